import { sendRequest } from '@release-runbook/hosts/request';
import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { counted } from '@release-runbook/units/count';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { captureFrom, problemsOf, type RequestSpec, requestOf } from './answer.ts';
import { type Filler, filler, hostOf, type Outcome } from './outcome.ts';
import type { CheckContext, CheckMeasurement } from './types.ts';

/** Steps one after another, each with what earlier ones captured; the first that fails ends it. Cleanup is sent always. */
export async function checkJourney(
  spec: CheckSpecs['journey'],
  context: CheckContext,
  captured: Readonly<Record<string, string>>,
): Promise<Outcome> {
  let fill = filler(context.variables, captured);
  const measurements: CheckMeasurement[] = [];
  let failure: string | undefined;
  let totalMs = 0;
  for (const [index, step] of spec.steps.entries()) {
    const name = step.name ?? `step ${index + 1}`;
    const sent = await attempt(step, spec.on, context, fill);
    if (sent.ms !== undefined) {
      measurements.push({ name, value: sent.ms, unit: 'ms' });
      totalMs += sent.ms;
    }
    if (sent.problem !== undefined) {
      failure = `${name} (${index + 1} of ${spec.steps.length}): ${sent.problem}`;
      break;
    }
    fill = fill.with(sent.captured);
  }
  const left: string[] = [];
  // Cleaning up goes on when the run is told to stop.
  const { signal: _, ...calm } = context;
  for (const [index, request] of (spec.cleanup ?? []).entries()) {
    const sent = await attempt(request, spec.on, calm, fill);
    // What was never captured was never made, so there is nothing to clean.
    if (sent.problem !== undefined && !(failure !== undefined && sent.unfilled))
      left.push(`cleanup ${index + 1}: ${sent.problem}`);
  }
  if (failure !== undefined) {
    const mend = 'send the step by hand; what came before it passed';
    return { verdict: 'fail', text: [failure, ...left].join('; '), mend, measurements };
  }
  if (left.length > 0)
    return {
      verdict: 'fail',
      text: `all steps passed, ${left.join('; ')}`,
      mend: 'remove by hand what the journey left',
      measurements,
    };
  return {
    verdict: 'pass',
    text: `${counted(spec.steps.length, 'step')} in ${formatDuration(totalMs)}`,
    measurements,
  };
}

interface Sent {
  readonly ms?: number;
  readonly problem?: string;
  readonly unfilled?: boolean;
  readonly captured: Readonly<Record<string, string>>;
}

async function attempt(spec: RequestSpec, on: string | undefined, context: CheckContext, fill: Filler): Promise<Sent> {
  let request: ReturnType<typeof requestOf>;
  try {
    request = requestOf(spec, fill, context.signal === undefined ? {} : { signal: context.signal });
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return { problem: error.message, unfilled: true, captured: {} };
  }
  try {
    const answers = await sendRequest(hostOf(context, on, request.url), request);
    const ms = answers.timings[0]?.ms;
    const timed = ms === undefined || Number.isNaN(ms) ? {} : { ms };
    const problems = problemsOf(spec, answers, fill);
    if (problems.length > 0) return { ...timed, problem: problems.join('; '), captured: {} };
    return { ...timed, captured: captureFrom(spec.capture ?? {}, answers) };
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return { problem: error.message, captured: {} };
  }
}
