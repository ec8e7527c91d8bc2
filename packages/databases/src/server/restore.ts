import { posix } from 'node:path';
import { RunbookError } from '@release-runbook/units/error';
import { makeFolder, publish, sizeOf } from '../files.ts';
import { schemaDifference } from '../schema-difference.ts';
import type { Backup } from '../types.ts';
import { type Context, checkLoaded } from './database.ts';
import type { Place } from './engine.ts';

/**
 * Loads the backup beside the live database, checks it, marks it, then swaps names. The marker lies in the database itself and
 * moves with it, so a death anywhere leaves what the next call can read: live carries the marker: all is done; the copy
 * carries it: it is whole, only the swap is missing; neither does: the load begins anew.
 */
export async function restoreBeside(
  context: Context,
  backup: Backup,
  label: string,
): Promise<{ rescue: string | undefined }> {
  const { engine } = context;
  const { live } = engine;
  const { fresh, rescue } = engine.beside(label);
  const mark = markerOf(backup, label);
  const server = live.server;
  const hasLive = await engine.exists(live);
  const hasRescue = () => engine.exists({ server, database: rescue });
  if (hasLive) {
    const found = await engine.marker(live);
    if (found === mark) {
      await engine.host.shell('rm -f "$RR_FILE"', { env: { RR_FILE: await loadingFile(context, label) } });
      // The swap may have died after its last rename, with things of its own still to do.
      await engine.swap(fresh, rescue);
      return { rescue: (await hasRescue()) ? rescue : await rescueDump(context, label) };
    }
    if (found?.startsWith(`${PREFIX} ${label} of `))
      throw new RunbookError(
        `restore ${label} of database ${context.name} already put another backup back (${found}), not ${backup.id}; nothing was changed`,
        { hint: 'give this restore a label of its own' },
      );
  }
  const reason = await engine.cannotSwap(backup.inspection.objects);
  if (reason !== undefined) return plainRestore(context, backup, label, mark);
  await prepare(context, backup, label);
  await engine.swap(fresh, rescue);
  return { rescue: (await hasRescue()) ? rescue : undefined };
}

/** Loads the backup beside the live database and marks it when it was checked; a copy that carries the marker is taken as it is. */
export async function prepare(context: Context, backup: Backup, label: string): Promise<void> {
  const { engine } = context;
  const place: Place = { server: engine.live.server, database: engine.beside(label).fresh };
  const mark = markerOf(backup, label);
  if ((await engine.exists(place)) && (await engine.marker(place)) === mark) {
    const changed = schemaDifference(backup.inspection.objects, await engine.objects(place));
    if (changed.length === 0) return;
    throw new RunbookError(
      `the copy ${place.database} that was made ready for ${backup.id} is not as it was made (${changed.slice(0, 3).join('; ')}); it was not swapped in`,
      { hint: `drop the database ${place.database}, then run this again: it is loaded anew` },
    );
  }
  await context.files.checkFile(backup);
  await engine.load(backup.path, place);
  await checkLoaded(context, backup, place);
  await engine.mark(place, mark);
}

/** The load of a restore, made before the migration: `restore` of the same label finds it and only swaps. */
export async function warm(context: Context, backup: Backup, label: string): Promise<void> {
  const reason = await context.engine.cannotSwap(backup.inspection.objects);
  if (reason !== undefined)
    throw new RunbookError(`database ${context.name} cannot be kept warm: ${reason}; nothing was changed`, {
      hint: 'leave out `warm:`; a restore then dumps what is there as the rescue, and loads the backup over it',
    });
  await prepare(context, backup, label);
}

/** Removes a copy that was made ready and never swapped in. */
export async function dropWarm({ engine }: Context, label: string): Promise<void> {
  const place: Place = { server: engine.live.server, database: engine.beside(label).fresh };
  if (await engine.exists(place)) await engine.drop(place);
}

const PREFIX = 'release-runbook restore';

function markerOf(backup: Backup, label: string): string {
  return `${PREFIX} ${label} of ${backup.id} ${backup.sha256.slice(0, 16)}`;
}

async function rescuePath(context: Context, label: string): Promise<string> {
  return posix.join(await context.directory(), 'rescues', posix.basename(await context.files.path(label)));
}

async function rescueDump(context: Context, label: string): Promise<string | undefined> {
  const path = await rescuePath(context, label);
  const { code } = await context.engine.host.shell('[ -e "$RR_FILE" ]', { env: { RR_FILE: path } });
  return code === 0 ? path : undefined;
}

/** While this file is there, what is live may be half of a load; the rescue is whole. */
const loadingFile = async (context: Context, label: string): Promise<string> =>
  `${await rescuePath(context, label)}.loading`;

/** Whether a restore of this label died in a plain load, or between the names of a swap. */
export async function interrupted(context: Context, label: string): Promise<boolean> {
  const { engine } = context;
  const { code } = await engine.host.shell('[ -e "$RR_FILE" ]', {
    env: { RR_FILE: await loadingFile(context, label) },
  });
  return code === 0 || !(await engine.exists(engine.live));
}

/**
 * Where names cannot be swapped: a dump of what is there now is the rescue, then the backup is loaded over it. From the first
 * change of the live database to its mark a file says so: a death in between must find this rescue, and not dump what the load
 * left. A rescue of an attempt that never came so far is made anew: the old version has gone on writing since.
 */
async function plainRestore(
  context: Context,
  backup: Backup,
  label: string,
  mark: string,
): Promise<{ rescue: string | undefined }> {
  const { engine } = context;
  const { host, live } = engine;
  await context.files.checkFile(backup);
  const rescue = await rescuePath(context, label);
  const loading = await loadingFile(context, label);
  const begun = (await host.shell('[ -e "$RR_FILE" ]', { env: { RR_FILE: loading } })).code === 0;
  if (!begun && (await engine.exists(live))) {
    await makeFolder(host, posix.dirname(rescue));
    await engine.dump(live, `${rescue}.partial`);
    await publish(host, `${rescue}.partial`, rescue);
    if ((await sizeOf(host, rescue)) === 0)
      throw new RunbookError(`the rescue ${rescue} could not be made; database ${context.name} was not touched`);
  }
  await host.write(loading, `${backup.id}\n`);
  await engine.load(backup.path, live);
  await checkLoaded(context, backup, live);
  await engine.mark(live, mark);
  await host.shell('rm -f "$RR_FILE"', { env: { RR_FILE: loading } });
  return { rescue: await rescueDump(context, label) };
}
