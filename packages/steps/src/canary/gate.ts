import type { Recorder } from '@release-runbook/record/recorder';
import type { CanarySpec } from '@release-runbook/runbook/schema/canary';
import type { StepContext } from '../context.ts';
import { notObserved, type TriggerState, type Triggers, triggerFinding } from '../triggers.ts';
import { Harm } from './harm.ts';
import { interruptible } from './interruptible.ts';
import type { GateMetrics } from './metrics.ts';
import type { Traffic } from './traffic.ts';

/** Everything that the gate works with while it watches. */
export interface Gate {
  readonly ctx: StepContext;
  readonly recorder: Recorder;
  readonly spec: CanarySpec;
  readonly traffic: Traffic;
  readonly metrics: GateMetrics;
  readonly triggers: Triggers;
  /** Pause between looks: triggers are evaluated, and progress is told. */
  readonly tickMs: number;
  readonly holdForMs: number;
}

/** How a weight ended without harm. */
export type WeightEnd =
  | { readonly passed: true; readonly text: string; readonly triggers: readonly TriggerState[] }
  | Held;

export interface Held {
  readonly passed: false;
  readonly reason: 'not-enough-data' | 'no-verdict';
  readonly text: string;
}

const MINUTE_MS = 60_000;

/** The pause between measurements: a tenth of the weight's time, at least 1 s, at most 1 min. */
export function defaultEvery(spec: CanarySpec): number {
  return spec.every ?? Math.min(MINUTE_MS, Math.max(1_000, spec.each / 10));
}

/**
 * Evaluates the triggers, in whatever state the gate is.
 * @throws Harm when one has fired, Cancelled when the job is being cancelled
 */
export async function lookAtTriggers(
  { ctx, triggers }: Gate,
  weight: number,
  options: { thorough?: boolean } = {},
): Promise<readonly TriggerState[]> {
  const states = await interruptible(triggers.evaluate(options), ctx.platform.signal);
  const fired = states.find(({ state }) => state === 'fired');
  if (fired === undefined) return states;
  const finding = triggerFinding(fired, 'canary');
  throw new Harm(
    'trigger-fired',
    { ...finding, text: `at ${weight}%: ${fired.text}` },
    { weight, trigger: fired.name },
  );
}

/** The last look at a weight, complete: what it says goes into the record. */
export async function concludeTriggers(gate: Gate, weight: number): Promise<readonly TriggerState[]> {
  const states = await lookAtTriggers(gate, weight, { thorough: true });
  const open = notObserved(states);
  if (open !== '') gate.ctx.platform.log(`${weight}%${open}`);
  return states;
}

export function nowMs({ ctx }: Pick<Gate, 'ctx'>): number {
  return ctx.clock.elapsed();
}
