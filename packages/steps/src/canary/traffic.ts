import { Refusal } from '@release-runbook/hosts/error';
import type { Recorder } from '@release-runbook/record/recorder';
import type { Item } from '@release-runbook/record/state';
import { shift } from '@release-runbook/traffic/shift';
import type { Router, Weights } from '@release-runbook/traffic/types';
import { formatWeights, sameWeights } from '@release-runbook/traffic/weights';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from '../context.ts';
import { Outcome } from '../outcome.ts';
import type { Tracks } from '../variables.ts';

/** The router as the gate uses it: every weight announced before it is set, and read back after. */
export interface Traffic {
  readonly router: Router;
  readonly tracks: Tracks;
  /** Weights for so many percent on the canary. */
  weights(percent: number): Weights;
  /** Sets the canary's share; the same again is confirmed, and set again where the router has lost it. */
  to(step: number, percent: number): Promise<Weights>;
  /** Back to the weights before this release, confirmed. Undefined: no traffic was shifted. */
  back(): Promise<Weights | undefined>;
}

const PREFIX = 'traffic:';

/** One item a weight: each is announced, and going back undoes all of them at once. */
export function trafficItem(percent: number): string {
  return `${PREFIX}${percent}%`;
}

export async function openTraffic(ctx: StepContext, recorder: Recorder, router: Router): Promise<Traffic> {
  const { tracks } = recorder.state().opened;
  if (tracks === null)
    throw new RunbookError('a canary needs a service with two slots, and this release was opened without');
  const weights = (percent: number): Weights => ({ [tracks.stable]: 100 - percent, [tracks.canary]: percent });
  const options = { now: () => ctx.clock.elapsed() };
  const shifted = (): readonly Item[] =>
    recorder.state().items.filter(({ item, state }) => item.startsWith(PREFIX) && state !== 'undone');
  const before = shifted()[0]?.intends.undo?.weights ?? (await weightsBefore(router, tracks, recorder));

  return {
    router,
    tracks,
    weights,
    async to(step, percent) {
      const wanted = weights(percent);
      const set = () => shift(router, wanted, { ...options, sleep: (ms) => ctx.clock.sleep(ms, ctx.platform.signal) });
      const done = await recorder.change('canary', {
        item: trafficItem(percent),
        undo: { weights: before, slot: tracks.canary },
        make: async () => {
          const confirmed = await set();
          return { value: confirmed, data: { step, wanted, confirmed } };
        },
      });
      if (done !== undefined) return done.value;
      // Done in an earlier attempt, and announced then. A router that was restarted since may have forgotten it.
      const inForce = await router.read();
      return sameWeights(inForce, wanted) ? inForce : await set();
    },
    async back() {
      const items = shifted();
      if (items.length === 0) return undefined;
      const began = performance.now();
      const announced = await tolerant(() =>
        recorder.write(...items.toReversed().map(({ item }) => ({ event: 'undoing', step: 'canary', item }) as const)),
      );
      // Not stopped by a cancellation: it is what a cancellation asks for.
      const confirmed = await shift(router, before, { ...options, sleep: (ms) => ctx.clock.sleep(ms) });
      const ms = Math.round(performance.now() - began);
      const how = `traffic is back: ${formatWeights(confirmed)}`;
      if (announced)
        await tolerant(() =>
          recorder.write(
            ...items
              .toReversed()
              .map(({ item }) => ({ event: 'undone', step: 'canary', item, ms, how, data: { confirmed } }) as const),
          ),
        );
      return confirmed;
    },
  };

  /**
   * Going back is absolute and safe to repeat, so a record that cannot be reached does not keep users on a bad version; the
   * rollback finds the items as done and undoes them again. Another holder of the lock is another matter.
   */
  async function tolerant(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (!(error instanceof RunbookError) || error instanceof Refusal) throw error;
      ctx.platform.annotate('warning', ctx.redact(`going back could not be written into the record: ${error.message}`));
      return false;
    }
  }
}

async function weightsBefore(router: Router, tracks: Tracks, recorder: Recorder): Promise<Weights> {
  const found = await router.read();
  // A first release has no version to divide the traffic with; what the router says there is nobody's promise.
  if (recorder.state().opened.previous === null || (found[tracks.canary] ?? 0) === 0) return found;
  throw new Outcome(
    'roll-back',
    'expectation-failed',
    `the router sends ${found[tracks.canary]}% to slot ${tracks.canary} before the canary has begun (${formatWeights(found)}); by the record ${tracks.stable} carries all traffic`,
    { next: `set the router to ${tracks.stable}=100 ${tracks.canary}=0, and look who changed it` },
  );
}
