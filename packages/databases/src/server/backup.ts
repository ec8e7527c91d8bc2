import { posix } from 'node:path';
import { HostError } from '@release-runbook/hosts/error';
import { counted } from '@release-runbook/units/count';
import { formatSize } from '@release-runbook/units/size';
import { damaged } from '../backup-files.ts';
import { fingerprint, freeSpace, isFull, makeFolder, needSpace, publish } from '../files.ts';
import type { Backup, Inspection, Progress } from '../types.ts';
import { type Context, checkLoaded, type Kept, scratchFolder, scratchPlace } from './database.ts';
import type { Place } from './engine.ts';
import { type IndexedTable, writeIndex } from './row-index.ts';

const MARGIN = 16 * 1024 * 1024;
/** Of what a dump writes, when no earlier backup tells: text of rows compresses to a third or better. */
const RATIO = 0.5;

/** Bytes that the next backup is likely to take: as the newest one did, in proportion. */
async function expectedBytes(context: Context, dump: number): Promise<number> {
  const last = (await context.files.list()).at(-1);
  if (last === undefined || last.inspection.bytes === 0) return dump * RATIO;
  return Math.max(last.bytes * 1.2, (last.bytes / last.inspection.bytes) * dump);
}

export async function space(context: Context): Promise<{ needed: number; free: number }> {
  const { dump, disk, dataFolder } = await context.engine.size(context.engine.live);
  const backup = await expectedBytes(context, dump);
  const apart = await freeSpace(context.engine.host, await context.directory());
  const beside =
    dataFolder === undefined ? undefined : await freeSpace(context.engine.host, dataFolder).catch(() => undefined);
  // The backup and the scratch server lie in the backups' folder; what a restore loads lies beside the live database.
  if (beside === undefined || beside.device === apart.device)
    return { needed: backup + 2 * disk + MARGIN, free: apart.free };
  return apart.free - backup < beside.free
    ? { needed: backup + disk + MARGIN, free: apart.free }
    : { needed: disk + MARGIN, free: beside.free };
}

export async function makeBackup(context: Context, id: string, progress?: (p: Progress) => void): Promise<Backup> {
  const { engine, files, name } = context;
  const { host } = engine;
  const finished = await files.finished(id);
  if (finished !== undefined) return finished;
  const folder = await context.directory();
  const file = await files.path(id);
  const partial = `${file}.partial`;
  await engine.checkDump(engine.live);
  await makeFolder(host, folder);
  await files.removePartials();
  const { dump, disk } = await engine.size(engine.live);
  const expected = await expectedBytes(context, dump);
  await needSpace(host, folder, expected + MARGIN, `the backup of database ${name}`);
  let inspection: Inspection;
  let countedApart: string | undefined;
  try {
    const { objects, rows, serverVersion, countedApart: why } = await engine.dump(engine.live, partial, progress);
    countedApart = why;
    inspection = { objects, rows, serverVersion, bytes: disk };
  } catch (error) {
    await host.shell('rm -f "$RR_FILE" "$RR_FILE.fifo"', { env: { RR_FILE: partial } });
    if (!(error instanceof Error) || !isFull(error.message)) throw error;
    const { free } = await freeSpace(host, folder);
    throw new HostError(
      'no-space',
      `the disk under ${folder} on host ${host.name} became full during the backup of database ${name} ` +
        `(some ${formatSize(expected)} needed, ${formatSize(free)} free now); the unfinished backup was removed and nothing else was changed`,
      { hint: 'free space there, or lower `keep:` of the backups' },
    );
  }
  await publish(host, partial, file);
  const print = await fingerprint(host, file);
  if (print === undefined || print.bytes === 0)
    throw new HostError('no-space', `the backup of database ${name} is empty or vanished from ${file}`, {
      hint: 'does something tidy up that folder?',
    });
  const backup: Backup & Kept = {
    id,
    database: name,
    engine: engine.engine,
    path: file,
    ...print,
    at: new Date().toISOString(),
    inspection,
    verified: undefined,
    copies: [],
    ...(countedApart === undefined ? {} : { server: { countedApart } }),
  };
  await files.note(backup);
  return backup;
}

/** Where the list of a backup's rows lies. */
export const rowsFolder = (backup: Backup): string => `${backup.path}.rows`;

export async function verifyBackup(
  context: Context,
  backup: Backup,
  progress?: (p: Progress) => void,
): Promise<Backup> {
  const { engine, files } = context;
  const { host } = engine;
  await files.checkFile(backup);
  const folder = await scratchFolder(context, `verify-${backup.id}`);
  await makeFolder(host, posix.dirname(folder));
  await needSpace(host, folder, backup.inspection.bytes + MARGIN, `verifying backup ${backup.id}`);
  const scratch = await engine.startScratch(folder);
  let tables: readonly IndexedTable[];
  let proven: Proven;
  try {
    const place = scratchPlace(engine, scratch);
    try {
      await engine.load(backup.path, place, progress);
    } catch (error) {
      throw damaged(backup, `it cannot be loaded: ${(error as Error).message}`);
    }
    const countedApart = (await files.read(backup.id))?.server?.countedApart;
    proven = await provenOf(context, backup, place, countedApart);
    tables = await writeIndex(engine, place, rowsFolder(backup), await context.compression());
  } finally {
    await scratch.stop();
  }
  const verified: Backup & Kept = {
    ...backup,
    inspection: proven.inspection,
    verified: {
      at: new Date().toISOString(),
      how: `restored into a scratch server (${backup.inspection.serverVersion}); ${proven.text}`,
    },
    server: { ...(await files.read(backup.id))?.server, tables },
  };
  await files.note(verified);
  return verified;
}

interface Proven {
  readonly inspection: Inspection;
  readonly text: string;
}

/**
 * Compares what was loaded with what the dump's snapshot held. Where the engine could not count in that snapshot, writers may
 * have come between: then the restored rows are what the backup holds, and the difference is told and refuses nothing. That
 * the dump is whole is proven apart from it: by its end, its hash and its objects.
 */
async function provenOf(
  context: Context,
  backup: Backup,
  place: Place,
  countedApart: string | undefined,
): Promise<Proven> {
  const { inspection } = backup;
  const objects = counted(inspection.objects.length, 'object');
  const sum = (rows: Inspection['rows']) => Object.values(rows).reduce((all, n) => all + n, 0);
  if (countedApart === undefined) {
    await checkLoaded(context, backup, place);
    return { inspection, text: `${objects} and ${counted(sum(inspection.rows), 'row')} equal to the snapshot's` };
  }
  const rows = await context.engine.count(place, await context.engine.tables(place));
  await checkLoaded(context, { ...backup, inspection: { ...inspection, rows } }, place);
  const empty = Object.keys(inspection.rows).filter((table) => rows[table] === 0 && (inspection.rows[table] ?? 0) > 0);
  if (empty.length > 0)
    throw damaged(backup, `${empty.slice(0, 5).join(', ')} came back empty, and had rows a moment after the dump`);
  const off = Object.keys(rows).filter((table) => rows[table] !== inspection.rows[table]);
  const difference =
    off.length === 0
      ? 'the same as'
      : `not the same as (${off
          .map((table) => `${table}: ${rows[table]} here, ${inspection.rows[table] ?? 'none'} then`)
          .slice(0, 5)
          .join(', ')})`;
  return {
    inspection: { ...inspection, rows },
    text: `${objects} equal to the snapshot's; ${counted(sum(rows), 'row')}, ${difference} what was counted apart from it: ${countedApart}`,
  };
}
