import { lastLines } from '@release-runbook/hosts/run';
import type { Recorder } from '@release-runbook/record/recorder';
import { startOrder } from '@release-runbook/runbook/order';
import type { Place, Service } from '@release-runbook/services/types';
import { shift } from '@release-runbook/traffic/shift';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from '../context.ts';
import { placeOfItem } from '../deploy.ts';
import { releaseVariables, serviceVariables, slotOf } from '../variables.ts';

const WITHIN = 30 * 60_000;
const SHIFT_DEADLINE = 30_000;

/** All requests to the old version, confirmed by the router; the old version is up before. */
export async function trafficBack(ctx: StepContext, recorder: Recorder): Promise<boolean> {
  const { items, opened } = recorder.state();
  const moved = items.filter(({ item, state }) => item.startsWith('traffic') && state !== 'undone');
  const { router } = ctx;
  if (moved.length === 0 || router === undefined || opened.tracks === null || opened.previous === null) return false;
  const { stable, canary } = opened.tracks;
  await stableUp(ctx, recorder);
  for (const { item } of moved.toReversed()) {
    await recorder.undo({
      item,
      make: async () => {
        await shift(
          router,
          { [stable]: 100, [canary]: 0 },
          { deadlineMs: SHIFT_DEADLINE, now: () => ctx.clock.elapsed(), sleep: (ms) => ctx.clock.sleep(ms) },
        );
        return { how: `all requests to ${stable} (${opened.previous}), confirmed` };
      },
    });
  }
  return true;
}

/** Services that the release started, in the places of the new version. */
function started(
  ctx: StepContext,
  recorder: Recorder,
): readonly { service: Service; slot: string | null; item: string }[] {
  const { items, opened } = recorder.state();
  return items.flatMap(({ item, state }) => {
    const service = item.startsWith('restart:') ? ctx.services[item.slice('restart:'.length)] : undefined;
    if (service === undefined || state === 'undone') return [];
    return [{ service, slot: slotOf(ctx, service.name, opened.tracks, 'canary'), item }];
  });
}

/** Stops the new version. A service in one place is down from here until the old version is started. */
export async function stopNew(ctx: StepContext, recorder: Recorder): Promise<void> {
  for (const { service, slot, item } of started(ctx, recorder).toReversed()) {
    if (slot === null) {
      await recorder.write({ event: 'undoing', step: 'rollback', item });
      await service.stop(service.place(slot));
    } else {
      await recorder.undo({
        item,
        make: async () => {
          await service.stop(service.place(slot));
          return { how: `stopped in slot ${slot}` };
        },
      });
    }
  }
}

/** Code and configuration: the undo of each deploy item, newest first. */
export async function undoDeploys(ctx: StepContext, recorder: Recorder): Promise<readonly string[]> {
  const remaining: string[] = [];
  const { items, opened, release } = recorder.state();
  for (const { item, state, intends } of items.toReversed()) {
    const spec = ctx.runbook.deploy.find((one) => 'run' in one && `deploy:${one.name}` === item);
    if (spec === undefined || !('run' in spec) || state === 'undone') continue;
    const { undo } = spec;
    if (typeof undo === 'object' && !Array.isArray(undo) && 'none' in undo) {
      remaining.push(`${spec.name}: ${undo.none}`);
      await recorder.undo({ item, make: async () => ({ how: `cannot be undone: ${undo.none}` }) });
      continue;
    }
    if (opened.previous === null) {
      remaining.push(`${spec.name}: there was no version before`);
      await recorder.undo({ item, make: async () => ({ how: 'left as it is: there was no version before' }) });
      continue;
    }
    const { host, directory, slot, port } = placeOfItem(ctx, spec, recorder);
    const withinMs = spec.within ?? WITHIN;
    const previous = intends.undo?.previousVersion ?? opened.previous;
    await recorder.undo({
      item,
      host,
      make: async (start) => {
        const result = await start({
          run: undo as Exclude<typeof undo, { none: string }>,
          ...(directory === undefined ? {} : { directory }),
          env: {
            ...releaseVariables(ctx, { version: opened.version, previous, release }),
            TRACK: 'stable',
            SLOT: slot ?? '',
            PORT: port,
          },
          timeoutMs: withinMs,
          onOutput: (text) => ctx.platform.log(ctx.redact(text.trimEnd())),
        });
        if (result.timedOut)
          throw new RunbookError(
            `the undo of ${spec.name} took longer than ${formatDuration(withinMs)} and was stopped`,
          );
        if (result.code !== 0)
          throw new RunbookError(
            `the undo of ${spec.name} ended with exit code ${result.code}: ${lastLines(result) || 'it printed nothing'}`,
          );
        return { how: `undone to ${previous ?? 'nothing'}` };
      },
    });
  }
  return remaining;
}

/** Every service that the old version runs: those that the release replaced or stopped, and the stable slots. */
export function stableServices(
  ctx: StepContext,
  recorder: Recorder,
): readonly { service: Service; slot: string | null }[] {
  const { tracks } = recorder.state().opened;
  return startOrder(ctx.runbook.services).flatMap((name) => {
    const service = ctx.services[name];
    return service === undefined ? [] : [{ service, slot: slotOf(ctx, name, tracks, 'stable') }];
  });
}

/** Known to its manager as running, or answering all the same: a version that people had started by hand serves as well. */
export async function isUp(service: Service, place: Place): Promise<boolean> {
  if ((await service.status(place)).running) return true;
  return service.spec.health !== undefined && (await service.ask(place)) === undefined;
}

/** Starts the old version where it does not run, and waits until it is healthy. */
export async function stableUp(ctx: StepContext, recorder: Recorder): Promise<void> {
  const { items, opened, release } = recorder.state();
  if (opened.previous === null) {
    for (const { item, state } of items)
      if ((item.startsWith('restart:') || item.startsWith('stop-writes:')) && state !== 'undone')
        await recorder.undo({ item, make: async () => ({ how: 'stopped; there was no version before' }) });
    return;
  }
  const stopped = stoppedServices(recorder);
  const names = { version: opened.previous, previous: opened.previous, release };
  for (const { service, slot } of stableServices(ctx, recorder)) {
    const place = service.place(slot);
    const replaced = items.find(
      ({ item, state }) =>
        (item === `restart:${service.name}` || item === `stop-writes:${service.name}`) &&
        state !== 'undone' &&
        slot === null,
    );
    const touched =
      slot !== null ||
      replaced !== undefined ||
      stopped.includes(service.name) ||
      items.some(({ item }) => item === `restart:${service.name}` || item === `stop-writes:${service.name}`);
    if (!touched) continue;
    const start = async () => {
      if (!(await isUp(service, place)))
        await service.start(place, await serviceVariables(ctx, names, service.name, slot, 'stable'));
      await service.healthy(place);
    };
    if (replaced === undefined) await start();
    else
      await recorder.undo({
        item: replaced.item,
        make: async () => {
          await start();
          return { how: `${opened.previous} started and healthy` };
        },
      });
  }
  // Before the new version is stopped in its slot, its items are not undone yet: `stopNew` undoes them.
  const slotted = (item: string) =>
    item.startsWith('restart:') && ctx.runbook.services[item.slice('restart:'.length)]?.slots !== undefined;
  for (const { item, state } of recorder.state().items)
    if ((item.startsWith('stop-writes:') || item.startsWith('restart:')) && !slotted(item) && state !== 'undone')
      await recorder.undo({ item, make: async () => ({ how: 'the old version runs and is healthy' }) });
}

/** Services that a rollback of this release has stopped, over all its attempts. */
function stoppedServices(recorder: Recorder): readonly string[] {
  return recorder
    .state()
    .events.flatMap((event) =>
      event.event === 'noted' && Array.isArray(event.data?.stopped) ? (event.data.stopped as string[]) : [],
    );
}

/** Stops everything that may have the database open. */
export async function stopAll(ctx: StepContext, recorder: Recorder): Promise<void> {
  const { tracks } = recorder.state().opened;
  // Told first: whoever goes on after a death here starts them again.
  const running: string[] = [];
  for (const { service, slot } of stableServices(ctx, recorder))
    if ((await service.status(service.place(slot))).running) running.push(service.name);
  await recorder.write({
    event: 'noted',
    step: 'rollback',
    text: `stopping ${running.join(', ') || 'nothing'}: nothing may have the database open`,
    data: { stopped: running },
  });
  for (const { service } of stableServices(ctx, recorder).toReversed())
    for (const slot of tracks === null || service.spec.slots === undefined ? [null] : [tracks.canary, tracks.stable])
      await service.stop(service.place(slot));
}
