import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';
import { dropWarm } from './migrate.ts';
import type { OpenRelease } from './open-release.ts';
import { Outcome } from './outcome.ts';
import { serviceVariables, slotOf } from './variables.ts';

/**
 * The promotion: this release serves, and the lock is free for the next one. The old slot keeps running, so that the way back is
 * the traffic alone.
 */
export async function serve(ctx: StepContext, release: OpenRelease): Promise<void> {
  const { recorder, lease, previous } = release;
  await resumeWrites(ctx, release);
  const { opened } = recorder.state();
  await recorder.write({
    event: 'serving',
    step: 'canary',
    version: opened.version,
    slot: opened.tracks?.canary ?? null,
  });
  // The release before is superseded: nobody goes back from it in a hurry any more.
  if (previous !== undefined) await dropWarm(ctx, previous);
  try {
    await ctx.store.release(lease.nonce);
  } catch (error) {
    // The release serves all the same; the next one finds that this holder has ended.
    if (!(error instanceof RunbookError)) throw error;
    ctx.platform.annotate('warning', `the lock of this environment was not freed: ${ctx.redact(error.message)}`);
  }
}

/** Starts what `stop-writes:` stopped and deploy has not started since: traffic needs it, on the stable track as well. */
export async function resumeWrites(ctx: StepContext, { recorder }: Pick<OpenRelease, 'recorder'>): Promise<void> {
  const { opened, release } = recorder.state();
  for (const name of ctx.runbook.stopWrites) {
    const service = ctx.services[name];
    const { items } = recorder.state();
    const stopped = items.some(({ item, state }) => item === `stop-writes:${name}` && state !== 'undone');
    const resumed = items.some(({ item, state }) => item === `resume:${name}` && state === 'done');
    if (service === undefined || !stopped || resumed) continue;
    const slot = slotOf(ctx, name, opened.tracks, 'stable');
    const place = service.place(slot);
    if ((await service.status(place)).running) continue;
    // The stable slot holds the version before; a service in one place was deployed over.
    const version = slot === null ? opened.version : (opened.previous ?? opened.version);
    await recorder.change('canary', {
      item: `resume:${name}`,
      // Going back starts what has to run, by the item that stopped it.
      undo: null,
      make: async () => {
        const names = { version, previous: opened.previous, release };
        await service.start(place, await serviceVariables(ctx, names, name, slot, slot === null ? 'canary' : 'stable'));
        try {
          await service.healthy(place);
        } catch (error) {
          if (!(error instanceof RunbookError)) throw error;
          throw new Outcome('roll-back', 'not-healthy', error.message, { cause: error });
        }
        return { value: undefined, data: { slot } };
      },
    });
    ctx.platform.log(`${name}${slot === null ? '' : ` (${slot})`} is started again: writes go on`);
  }
}
