import { holdsFor, type Sample } from '@release-runbook/judge/holds-for';
import { openTrigger } from '@release-runbook/metrics/triggers';
import type { Judged } from '@release-runbook/record/events';
import type { TriggerSpec } from '@release-runbook/runbook/schema/rollback';
import { formatDuration } from '@release-runbook/units/duration';
import { type Position, RunbookError } from '@release-runbook/units/error';
import { formatThreshold, holds, type Threshold } from '@release-runbook/units/threshold';
import { metricContext } from './canary/metric-context.ts';
import type { StepContext } from './context.ts';
import type { OpenRelease } from './open-release.ts';

/** Where one of `rollback: when:` stands. What nobody has watched for long enough is not passed, but not yet observed. */
export interface TriggerState {
  /** `severe-errors`; a second one of the kind is `severe-errors 2`. */
  readonly name: string;
  readonly state: 'fired' | 'clear' | 'not-yet-observed';
  /** The numbers, the rule, and for what is not yet observed, why. */
  readonly text: string;
  readonly rule: Position | undefined;
}

export interface Triggers {
  /** Looks at what is due (`thorough`: at everything) and says where each stands. Throws nothing for what cannot be looked at. */
  evaluate(options?: { readonly thorough?: boolean }): Promise<readonly TriggerState[]>;
}

interface Looker {
  readonly threshold: Threshold;
  readonly everyMs: number;
  /** The time that a rate speaks of. */
  readonly spanMs?: number;
  /** When what it counts began, ms since 1970. Default: when it was opened. */
  readonly sinceMs?: number;
  begin?(): Promise<void>;
  look(): Promise<{ readonly value: number | null; readonly text: string }>;
}

const OFTEN_MS = 5_000;
/** A forge counts our questions. */
const FORGE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * The runbook's triggers on the canary of a release.
 * @param everyMs pause between measurements of the gate: what sends requests is not done more often than that
 */
export async function openTriggers(
  ctx: StepContext,
  release: Pick<OpenRelease, 'recorder' | 'previous'>,
  everyMs = OFTEN_MS,
): Promise<Triggers> {
  const kinds = new Map<string, number>();
  const running: ((thorough: boolean) => Promise<TriggerState>)[] = [];
  for (const [index, spec] of (ctx.runbook.rollback.when ?? []).entries()) {
    const kind = kindOf(spec);
    const number = (kinds.get(kind) ?? 0) + 1;
    kinds.set(kind, number);
    const looker = await openLooker(ctx, release, spec, everyMs);
    const rule = ctx.runbook.position(['rollback', 'when', index]);
    running.push(
      await watched(ctx, looker, { name: number === 1 ? kind : `${kind} ${number}`, forMs: spec.for ?? 0, rule }),
    );
  }
  return {
    async evaluate(options = {}) {
      const states: TriggerState[] = [];
      for (const one of running) states.push(await one(options.thorough === true));
      return states;
    },
  };
}

/** The trigger's word in the runbook. */
function kindOf(spec: TriggerSpec): string {
  return Object.keys(spec).find((key) => key !== 'for' && key !== 'in' && key !== 'label') as string;
}

/** A trigger as the record tells it. */
export function triggerFinding(state: TriggerState, step: Judged['step']): Omit<Judged, 'seq' | 'at' | 'epoch'> {
  const verdict = state.state === 'fired' ? 'fail' : state.state === 'clear' ? 'pass' : 'inconclusive';
  return {
    event: 'judged',
    step,
    item: `trigger:${state.name}`,
    verdict,
    text: state.text,
    ...(state.rule === undefined ? {} : { rule: state.rule }),
  };
}

/** "; not yet observed: complaints (0 issues …)": what a step's end must not hide. Empty when all was observed. */
export function notObserved(states: readonly TriggerState[]): string {
  const open = states.filter(({ state }) => state === 'not-yet-observed');
  return open.length === 0 ? '' : `; not yet observed: ${open.map(({ text }) => text).join('; ')}`;
}

async function watched(
  ctx: Pick<StepContext, 'clock' | 'redact'>,
  looker: Looker,
  { name, forMs, rule }: { name: string; forMs: number; rule: Position | undefined },
): Promise<(thorough: boolean) => Promise<TriggerState>> {
  const { threshold, spanMs = 0 } = looker;
  const now = () => ctx.clock.now().getTime();
  await attempt(async () => looker.begin?.());
  const sinceMs = looker.sinceMs ?? now();
  let samples: Sample[] = [];
  let text = 'not looked at yet';
  let dueAt = 0;
  let pauseMs = looker.everyMs;
  return async (thorough) => {
    const began = now();
    if (thorough || began >= dueAt) {
      let value: number | null = null;
      const trouble = await attempt(async () => {
        const found = await looker.look();
        value = found.value;
        text = ctx.redact(found.text);
      });
      if (trouble !== undefined) text = ctx.redact(trouble);
      const atMs = now();
      samples.push({ atMs, breached: value === null ? undefined : holds(threshold, value) });
      // A look that takes long must not be all that is done.
      pauseMs = Math.max(looker.everyMs, 10 * (atMs - began));
      dueAt = began + pauseMs;
    }
    const gapMs = 3 * pauseMs + OFTEN_MS;
    samples = samples.filter(({ atMs }) => atMs >= now() - forMs - 2 * gapMs);
    const standing = forMs > 0 ? holdsFor(samples, forMs, now(), gapMs) : atOnce(samples.at(-1)?.breached);
    const watchedMs = now() - sinceMs;
    if (standing === 'holds')
      return {
        name,
        state: 'fired',
        text: `${name}: ${text}${forMs > 0 ? `, for ${formatDuration(forMs)}` : ''}`,
        rule,
      };
    if (standing === 'clear' && watchedMs >= spanMs) return { name, state: 'clear', text: `${name}: ${text}`, rule };
    const needsMs = Math.max(forMs, spanMs);
    const why = needsMs > 0 ? ` (watched for ${formatDuration(watchedMs)} of ${formatDuration(needsMs)})` : '';
    return { name, state: 'not-yet-observed', text: `${name}: ${text}${why}`, rule };
  };
}

function atOnce(breached: boolean | undefined): 'holds' | 'clear' | 'not-yet-observed' {
  return breached === undefined ? 'not-yet-observed' : breached ? 'holds' : 'clear';
}

async function openLooker(
  ctx: StepContext,
  release: Pick<OpenRelease, 'recorder' | 'previous'>,
  spec: TriggerSpec,
  everyMs: number,
): Promise<Looker> {
  const worded = (threshold: Threshold, found: { value: number | null; text: string }) => ({
    ...found,
    text: `${found.text}, fires when ${formatThreshold(threshold)}`,
  });
  if ('rows-lost' in spec) {
    const { rowsLost } = await import('./canary/rows-lost.ts');
    const threshold = spec['rows-lost'];
    const count = rowsLost(ctx, release, spec.in);
    return { threshold, everyMs: OFTEN_MS, look: async () => worded(threshold, await count()) };
  }
  if ('slower-than-before' in spec) {
    const { slowerThanBefore } = await import('./canary/slower.ts');
    const threshold = spec['slower-than-before'];
    const measure = slowerThanBefore(ctx, release);
    return { threshold, everyMs: Math.max(everyMs, OFTEN_MS), look: async () => worded(threshold, await measure()) };
  }
  const source = openTrigger(spec, metricContext(ctx, release));
  if (source === undefined) throw new Error(`no source for the trigger ${kindOf(spec)}`);
  const { threshold } = source;
  const look = () => source.measure();
  const begin = () => source.begin();
  if ('complaints' in spec)
    return {
      threshold,
      everyMs: FORGE_MS,
      spanMs: HOUR_MS,
      sinceMs: Date.parse(release.recorder.state().opened.at),
      begin,
      look,
    };
  if ('severe-errors' in spec) return { threshold, everyMs: OFTEN_MS, spanMs: HOUR_MS, begin, look };
  return { threshold, everyMs: Math.min(everyMs, OFTEN_MS), begin, look };
}

/** What cannot be looked at was not observed; the reason is told. Undefined: it went well. */
async function attempt(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof RunbookError) return error.message;
    throw error;
  }
}
