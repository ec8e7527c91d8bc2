import { type HttpAnswers, sendRequest } from '@release-runbook/hosts/request';
import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { counted } from '@release-runbook/units/count';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { captureFrom, problemsOf, requestOf } from './answer.ts';
import { filler, hostOf, judged, type Outcome } from './outcome.ts';
import type { CheckContext, CheckMeasurement } from './types.ts';

type HttpSpec = CheckSpecs['http'];

/** Requests that are measured when a P95 is asked: fewer would make it the maximum. */
const requestsForP95 = 20;

/** An HTTP request, its answer, and how long it takes. */
export async function checkHttp(
  spec: HttpSpec,
  context: CheckContext,
  captured: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const until = performance.now() + (spec['retry-for'] ?? 0);
  let pauseMs = 250;
  for (let turn = 1; ; turn++) {
    const outcome = await once(spec, context, captured);
    if (outcome.verdict === 'pass' || performance.now() + pauseMs > until || context.signal?.aborted === true) {
      return turn === 1 || outcome.verdict === 'pass'
        ? outcome
        : { ...outcome, text: `${outcome.text} (tried ${turn} times)` };
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    pauseMs = Math.min(2_000, pauseMs * 2);
  }
}

async function once(
  spec: HttpSpec,
  context: CheckContext,
  captured: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const fill = filler(context.variables, captured);
  const count = spec.requests ?? (spec.p95 === undefined ? 1 : requestsForP95);
  const request = requestOf(spec, fill, { count, ...(context.signal === undefined ? {} : { signal: context.signal }) });
  const answers = await sendRequest(hostOf(context, spec.on, request.url), request);
  const problems = [...problemsOf(spec, answers, fill)];
  const { measurements, texts } = measure(spec, answers, problems);
  let kept: Readonly<Record<string, string>> = {};
  if (problems.length === 0) {
    try {
      kept = captureFrom(spec.capture ?? {}, answers);
    } catch (error) {
      if (!(error instanceof RunbookError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length === 0) {
    const status = `status ${answers.timings[0]?.status}`;
    return { verdict: 'pass', text: [status, ...texts].join('; '), measurements, captured: kept };
  }
  const mend = `look at the answer, from ${answers.from.replace(/ \(.*/, '')}: curl -i${spec.method === undefined || spec.method === 'GET' ? '' : ` -X ${spec.method}`} '${spec.url.replaceAll("'", '')}'`;
  return { verdict: 'fail', text: problems.join('; '), mend, measurements };
}

/** Times of the answers; limits that do not hold are added to `problems`. */
function measure(
  spec: HttpSpec,
  answers: HttpAnswers,
  problems: string[],
): { measurements: readonly CheckMeasurement[]; texts: readonly string[] } {
  const times = answers.timings.filter((each) => each.status !== undefined).map((each) => each.ms);
  const measurements: CheckMeasurement[] = [];
  const texts: string[] = [];
  if (times.length === 0) return { measurements, texts };
  if (times.some(Number.isNaN)) {
    if (spec.p95 !== undefined || spec.max !== undefined)
      problems.push(`${answers.from} cannot measure times; python3 or curl can`);
    return { measurements, texts };
  }
  const limits = [
    ['p95', 'P95', percentile(times, 95), spec.p95] as const,
    ['max', 'maximum', Math.max(...times), spec.max] as const,
  ];
  for (const [name, label, value, threshold] of limits) {
    if (threshold === undefined) continue;
    measurements.push({ name, value, unit: 'ms' });
    const { good, text } = judged(`${label} of ${counted(times.length, 'request')}`, value, threshold);
    (good ? texts : problems).push(text);
  }
  if (spec.p95 === undefined && spec.max === undefined) {
    const value = percentile(times, 50);
    measurements.push({ name: 'time', value, unit: 'ms' });
    texts.push(
      times.length === 1
        ? formatDuration(value)
        : `median of ${counted(times.length, 'request')} ${formatDuration(value)}`,
    );
  }
  return { measurements, texts };
}

/** The nearest-rank percentile: the smallest value that so many percent of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
