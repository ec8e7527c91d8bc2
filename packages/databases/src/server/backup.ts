import { posix } from 'node:path';
import { HostError } from '@release-runbook/hosts/error';
import { counted } from '@release-runbook/units/count';
import { formatSize } from '@release-runbook/units/size';
import { damaged } from '../backup-files.ts';
import { fingerprint, freeSpace, isFull, makeFolder, needSpace, publish } from '../files.ts';
import type { Backup, Inspection, Progress } from '../types.ts';
import { type Context, checkLoaded, type Kept, scratchFolder, scratchPlace } from './database.ts';
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
  try {
    const { objects, rows, serverVersion } = await engine.dump(engine.live, partial, progress);
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
  const backup: Backup = {
    id,
    database: name,
    engine: engine.engine,
    path: file,
    ...print,
    at: new Date().toISOString(),
    inspection,
    verified: undefined,
    copies: [],
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
  try {
    const place = scratchPlace(engine, scratch);
    try {
      await engine.load(backup.path, place, progress);
    } catch (error) {
      throw damaged(backup, `it cannot be loaded: ${(error as Error).message}`);
    }
    await checkLoaded(context, backup, place);
    tables = await writeIndex(engine, place, rowsFolder(backup), await context.compression());
  } finally {
    await scratch.stop();
  }
  const rows = Object.values(backup.inspection.rows).reduce((sum, n) => sum + n, 0);
  const verified: Backup & Kept = {
    ...backup,
    verified: {
      at: new Date().toISOString(),
      how: `restored into a scratch server (${backup.inspection.serverVersion}); ${counted(backup.inspection.objects.length, 'object')} and ${counted(rows, 'row')} equal to the snapshot's`,
    },
    server: { tables },
  };
  await files.note(verified);
  return verified;
}
