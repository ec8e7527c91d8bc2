import { sendRequest } from '@release-runbook/hosts/request';
import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { formatSize } from '@release-runbook/units/size';
import { captureFrom } from './answer.ts';
import { filler, hostOf, judged, type Outcome } from './outcome.ts';
import type { CheckContext } from './types.ts';

/** How many bytes the answer to a poll without news saves of the full answer. */
export async function checkPolling(
  spec: CheckSpecs['polling'],
  context: CheckContext,
  captured: Readonly<Record<string, string>>,
): Promise<Outcome> {
  let fill = filler(context.variables, captured);
  const get = async (text: string) => {
    const url = fill.fill(text);
    const answers = await sendRequest(hostOf(context, spec.on, url), {
      url,
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const [timing] = answers.timings;
    const good =
      timing?.status !== undefined && ((timing.status >= 200 && timing.status <= 299) || timing.status === 304);
    const problem = good
      ? undefined
      : `${text} gave ${timing?.status === undefined ? (timing?.error ?? 'no answer') : `status ${timing.status}`}`;
    return { answers, bytes: timing?.bytes ?? 0, problem };
  };
  const mend = 'the service answers a poll without news as if there were news; compare both answers by hand';
  if (spec.capture !== undefined) {
    const { answers, problem } = await get(spec.capture.url);
    if (problem !== undefined) return { verdict: 'fail', text: problem };
    fill = fill.with(captureFrom(spec.capture.values, answers));
  }
  const full = await get(spec.full);
  if (full.problem !== undefined) return { verdict: 'fail', text: full.problem };
  const poll = await get(spec.url);
  if (poll.problem !== undefined) return { verdict: 'fail', text: poll.problem };
  if (full.bytes === 0)
    return { verdict: 'error', text: `could not be judged: the full answer of ${spec.full} is empty` };
  const value = (1 - poll.bytes / full.bytes) * 100;
  const { good, text } = judged('saves', value, spec.saves);
  const measurements = [
    { name: 'saves', value, unit: 'percent' },
    { name: 'poll', value: poll.bytes, unit: 'bytes' },
    { name: 'full', value: full.bytes, unit: 'bytes' },
  ];
  return {
    verdict: good ? 'pass' : 'fail',
    text: `${formatSize(poll.bytes)} instead of ${formatSize(full.bytes)}: ${text}`,
    mend,
    measurements,
  };
}
