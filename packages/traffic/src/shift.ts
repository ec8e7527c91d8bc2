import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import type { Router, Weights } from './types.ts';
import { formatWeights, sameWeights } from './weights.ts';

export interface ShiftOptions {
  /** How long it is tried. Default 30 s. */
  readonly deadlineMs?: number;
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}

/**
 * Sets weights and reads them back until the router tells the same. Safe to repeat.
 * @returns the weights that were read back
 * @throws RunbookError that says which weights are in force
 */
export async function shift(router: Router, wanted: Weights, options: ShiftOptions = {}): Promise<Weights> {
  const {
    deadlineMs = 30_000,
    now = () => performance.now(),
    sleep = (ms) => new Promise<void>((done) => setTimeout(done, ms)),
  } = options;
  const until = now() + deadlineMs;
  let inForce: Weights | undefined;
  let problem: string;
  let pauseMs = 100;
  for (;;) {
    try {
      await router.set(wanted);
      problem = 'the router took them without an error, and tells others';
    } catch (error) {
      problem = messageOf(error);
    }
    // Read also after a refusal: what counts is what is in force, and a script may fail after it has set them.
    try {
      inForce = await router.read();
      if (sameWeights(inForce, wanted)) return inForce;
    } catch (error) {
      inForce = undefined;
      problem = messageOf(error);
    }
    if (now() + pauseMs > until) break;
    await sleep(pauseMs);
    pauseMs = Math.min(2_000, pauseMs * 2);
  }
  const state =
    inForce === undefined ? 'which weights are in force is not known' : `in force are ${formatWeights(inForce)}`;
  throw new RunbookError(
    `the weights ${formatWeights(wanted)} could not be set within ${formatDuration(deadlineMs)}; ${state}. ${problem}`,
  );
}

function messageOf(error: unknown): string {
  if (error instanceof RunbookError) return error.message;
  throw error;
}

/**
 * The share of the requests between two readings that each slot got, in percent; undefined when there were none, or when the
 * router began to count anew between them.
 */
export function observedShare(
  before: Readonly<Record<string, number>> | undefined,
  after: Readonly<Record<string, number>> | undefined,
): { readonly share: Weights; readonly requests: number } | undefined {
  if (before === undefined || after === undefined) return undefined;
  const growth = Object.entries(after).map(([slot, count]) => [slot, count - (before[slot] ?? 0)] as const);
  const requests = growth.reduce((total, [, count]) => total + count, 0);
  if (requests <= 0 || growth.some(([, count]) => count < 0)) return undefined;
  return { share: Object.fromEntries(growth.map(([slot, count]) => [slot, (count / requests) * 100])), requests };
}
