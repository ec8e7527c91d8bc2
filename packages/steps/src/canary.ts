import { Refusal } from '@release-runbook/hosts/error';
import { formatWeights } from '@release-runbook/traffic/weights';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { defaultEvery, type Gate, type Held } from './canary/gate.ts';
import { Harm } from './canary/harm.ts';
import { openMetrics } from './canary/metrics.ts';
import { openTraffic } from './canary/traffic.ts';
import { watchWeight, weightItem } from './canary/watch-weight.ts';
import { Cancelled, type StepContext } from './context.ts';
import type { StepResult } from './decision.ts';
import type { OpenRelease } from './open-release.ts';
import { Outcome } from './outcome.ts';
import { type Done, refused, runStep } from './run-step.ts';
import { resumeWrites, serve } from './serve.ts';
import { notObserved, openTriggers, type TriggerState } from './triggers.ts';
import { wayBackOf } from './way-back.ts';

export interface CanaryOptions {
  /** Percent: stop after this weight, with the release still open. Default: go on to 100 % and the promotion. */
  readonly to?: number;
}

/**
 * Gives the new version more and more of the traffic, watches it at each weight, and at the end lets it serve. Without `canary:`
 * it serves at once. Whatever goes wrong, the traffic is back at the stable track before this returns.
 */
export async function canary(ctx: StepContext, options: CanaryOptions = {}): Promise<StepResult> {
  const weights = ctx.runbook.canary?.weights ?? [100];
  if (options.to !== undefined && !weights.some((weight) => weight <= (options.to as number))) {
    const text = `to: ${options.to}% is below the first weight of the runbook (${weights.map((weight) => `${weight}%`).join(', ')}); nothing was changed`;
    return refused(ctx, new RunbookError(text, { hint: `the lowest that has a meaning is ${weights[0]}` }));
  }
  return runStep(ctx, 'canary', async (release) => {
    await resumeWrites(ctx, release);
    if (ctx.runbook.canary !== undefined) {
      const end = await guarded(ctx, release, options);
      if (end.serves === undefined) return end.done;
      await serve(ctx, release);
      return end.serves;
    }
    await serve(ctx, release);
    const { version, tracks } = release.recorder.state().opened;
    return { text: `${version} serves`, details: { weight: 100, slot: tracks?.canary ?? null } };
  });
}

type End = { readonly serves: Done } | { readonly serves?: undefined; readonly done: Done };

/** The gate, with the traffic set back when it ends in any way but a good one. */
async function guarded(ctx: StepContext, release: OpenRelease, options: CanaryOptions): Promise<End> {
  const { canary: spec } = ctx.runbook;
  if (spec === undefined || ctx.router === undefined) throw new Error('a gate needs `canary:` and its router');
  const { recorder } = release;
  const traffic = await openTraffic(ctx, recorder, ctx.router);
  const everyMs = defaultEvery(spec);
  try {
    const gate: Gate = {
      ctx,
      recorder,
      spec,
      traffic,
      metrics: openMetrics(ctx, release, spec, everyMs),
      triggers: await openTriggers(ctx, release, everyMs),
      tickMs: Math.min(everyMs, 5_000),
      holdForMs: spec['hold-for'] ?? spec.each,
    };
    return await climb(gate, options);
  } catch (error) {
    // Another run has taken this environment over: what the traffic should be is its business now.
    if (error instanceof Refusal) throw error;
    throw await setBack(ctx, traffic, release, error);
  }
}

async function climb(gate: Gate, { to = 100 }: CanaryOptions): Promise<End> {
  const { ctx, recorder, spec, traffic } = gate;
  const { opened, judged } = recorder.state();
  // Without a version before there is nothing to divide the traffic with.
  const weights = (opened.previous === null ? [100] : spec.weights).filter((weight) => weight <= to);
  const has = (weight: number) => judged.some(({ item, verdict }) => item === weightItem(weight) && verdict === 'pass');
  const last = weights.at(-1);
  if (last === undefined)
    return {
      done: {
        text: 'a first release has no version to divide the traffic with: it takes all of it at 100%, and none before',
        details: { weight: 0 },
      },
    };
  let triggers: readonly TriggerState[] = [];
  await gate.metrics.begin();
  for (const [step, weight] of weights.entries()) {
    if (ctx.platform.signal.aborted) throw new Cancelled();
    const passed = has(weight);
    if (passed && weight !== last) continue;
    const confirmed = await traffic.to(step, weight);
    if (passed) continue;
    ctx.platform.log(
      `${weight}%: the router confirms ${formatWeights(confirmed)}; watched for ${formatDuration(spec.each)}`,
    );
    const end = await watchWeight(gate, weight);
    if (!end.passed) return { done: hold(gate, weight, end) };
    triggers = end.triggers;
    await ctx.platform.publish(recorder.state(), { wayBack: wayBackOf(ctx, recorder.state()) });
  }
  const list = weights.map((weight) => `${weight}%`).join(', ');
  const details = {
    weight: last,
    slot: traffic.tracks.canary,
    triggers: triggers.map(({ name, state, text }) => ({ name, state, text })),
  };
  if (last < 100)
    return {
      done: { text: `${opened.version} passed at ${list}${notObserved(triggers)}; it stays at ${last}%`, details },
    };
  return { serves: { text: `${opened.version} serves: passed at ${list}${notObserved(triggers)}`, details } };
}

/** Time ran out without harm: the traffic stays where it is, and people decide. */
function hold({ ctx, recorder, traffic, holdForMs }: Gate, weight: number, { reason, text }: Held): Done {
  const { version } = recorder.state().opened;
  return {
    text,
    details: { weight, slot: traffic.tracks.canary },
    hold: {
      reason,
      until: new Date(ctx.clock.now().getTime() + holdForMs),
      next: `${version} stays at ${weight}% (slot ${traffic.tracks.canary}); run this job again to watch on from there, or go back: runbook rollback --release ${recorder.release}`,
    },
  };
}

/** Traffic first; then the finding is written, and the error told with the state that the system is in. */
async function setBack(
  ctx: StepContext,
  traffic: Awaited<ReturnType<typeof openTraffic>>,
  { recorder }: OpenRelease,
  error: unknown,
): Promise<unknown> {
  let state: string;
  try {
    const weights = await traffic.back();
    state = weights === undefined ? 'no traffic was shifted' : `traffic is back (${formatWeights(weights)})`;
  } catch (trouble) {
    if (!(trouble instanceof RunbookError) || trouble instanceof Refusal) throw trouble;
    state = `and the traffic could not be set back: ${trouble.message}`;
  }
  ctx.platform.log(ctx.redact(state));
  if (error instanceof Harm) {
    ctx.platform.annotate('error', ctx.redact(error.message), error.finding.rule);
    try {
      await recorder.write(error.finding);
    } catch (trouble) {
      if (!(trouble instanceof RunbookError)) throw trouble;
      state = `${state}; the finding could not be written: ${trouble.message}`;
    }
  }
  if (error instanceof Outcome)
    return new Outcome('roll-back', error.reason, `${error.message}; ${state}`, {
      ...(error.next === undefined ? {} : { next: error.next }),
      details: error.details,
      cause: error,
    });
  if (error instanceof Cancelled)
    return new Outcome('roll-back', 'cancelled', `the gate was cancelled; ${state}`, { cause: error });
  if (error instanceof RunbookError)
    return new RunbookError(`${error.message}; ${state}`, { hint: error.hint, at: error.at, cause: error });
  return error;
}
