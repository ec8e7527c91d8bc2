import { posix } from 'node:path';
import { HostError } from '@release-runbook/hosts/error';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import { contentDifferences, damaged, safeName } from '../backup-files.ts';
import { createPrivate, fingerprint, freeSpace, isFull, makeFolder, needSpace, publish, sizeOf } from '../files.ts';
import type { Backup, Inspection, Progress } from '../types.ts';
import type { Context } from './context.ts';
import { copyCold, journalMode, removeDatabase } from './files.ts';
import { inspect, selfCheck } from './inspect.ts';

/** What only SQLite needs to know of a backup, beside what all engines do. */
export interface Kept {
  readonly sqlite: {
    /** Of the live database. The backup itself is always in mode delete: one file, whole by itself. */
    readonly journal: 'wal' | 'delete';
    /** SQLite does not enforce foreign keys by default: a live database may break some, and so does its backup. */
    readonly foreignKeys: number | string;
  };
}

const MARGIN = 1024 * 1024;

/** Bytes of the live database with what waits in its WAL. */
export async function liveBytes({ host, path }: Context): Promise<number> {
  const live = await path();
  return (await sizeOf(host, live)) + (await sizeOf(host, `${live}-wal`));
}

export async function space(context: Context): Promise<{ needed: number; free: number }> {
  const bytes = await liveBytes(context);
  const [beside, apart] = [
    await freeSpace(context.host, posix.dirname(await context.path())),
    await freeSpace(context.host, await context.directory()),
  ];
  // The backup and its verification lie in the backups' folder, what a restore loads lies beside the live database.
  if (beside.device === apart.device) return { needed: 3 * bytes + MARGIN, free: apart.free };
  return apart.free / 2 < beside.free
    ? { needed: 2 * bytes + MARGIN, free: apart.free }
    : { needed: bytes + MARGIN, free: beside.free };
}

export async function backup(context: Context, name: string, progress?: (p: Progress) => void): Promise<Backup> {
  const { host, client } = context;
  const folder = await context.directory();
  const file = await context.files.path(name);
  const partial = `${file}.partial`;
  const live = await context.path();
  const finished = await context.files.finished(name);
  if (finished !== undefined) return finished;
  await makeFolder(host, folder);
  await tidy(context);
  const expected = await liveBytes(context);
  await needSpace(host, folder, expected + MARGIN, `the backup of database ${context.name}`);

  let inspection: Inspection;
  try {
    await createPrivate(host, partial);
    inspection = await inspect(client, live, {
      backup: partial,
      progress:
        progress && ((done, total) => progress({ what: `backup of ${context.name}`, done, total, unit: 'bytes' })),
    });
    if ((await journalMode(host, partial)) === 'wal')
      await client.run(partial, { steps: [{ sql: 'PRAGMA journal_mode = DELETE' }] });
  } catch (error) {
    await removeDatabase(host, partial);
    if (!(error instanceof Error) || !isFull(error.message)) throw error;
    const { free } = await freeSpace(host, folder);
    throw new HostError(
      'no-space',
      `the disk under ${folder} on host ${host.name} became full during the backup of database ${context.name} ` +
        `(some ${formatSize(expected)} needed, ${formatSize(free)} free now); the unfinished backup was removed and nothing else was changed`,
      { hint: 'free space there, or lower `keep:` of the backups' },
    );
  }
  const { foreignKeys } = await selfCheck(client, partial);
  const print = await fingerprint(host, partial);
  if (print === undefined)
    throw new RunbookError(`the backup of database ${context.name} vanished from ${partial} while it was written`, {
      hint: 'does something tidy up that folder?',
    });
  await publish(host, partial, file);
  const stored: Backup & Kept = {
    id: name,
    database: context.name,
    engine: 'sqlite',
    path: file,
    ...print,
    at: new Date().toISOString(),
    inspection,
    verified: undefined,
    copies: [],
    sqlite: { journal: (await journalMode(host, live)) ?? 'delete', foreignKeys },
  };
  await context.files.note(stored);
  progress?.({ what: `backup of ${context.name}`, done: print.bytes, total: print.bytes, unit: 'bytes' });
  return stored;
}

export async function verify(context: Context, backup: Backup, progress?: (p: Progress) => void): Promise<Backup> {
  const { host, client } = context;
  const tell = (done: number) =>
    progress?.({ what: `verification of ${backup.id}`, done, total: backup.bytes, unit: 'bytes' });
  tell(0);
  await context.files.checkFile(backup);
  const scratch = posix.join(await context.directory(), 'scratch', `verify-${safeName(backup.id, 'backup')}.sqlite`);
  await makeFolder(host, posix.dirname(scratch));
  await needSpace(host, posix.dirname(scratch), backup.bytes + MARGIN, `verifying backup ${backup.id}`);
  try {
    await copyCold(host, backup.path, scratch);
    await checkContent(context, backup, scratch);
    const restored = await inspect(client, scratch);
    const problems = contentDifferences(backup.inspection, restored);
    if (problems.length > 0)
      throw damaged(backup, `what it restores to is not what it was taken of: ${problems.slice(0, 10).join('; ')}`);
  } finally {
    await removeDatabase(host, scratch);
  }
  tell(backup.bytes);
  const rows = Object.values(backup.inspection.rows).reduce((sum, n) => sum + n, 0);
  const verified = {
    at: new Date().toISOString(),
    how: `restored to a scratch file; integrity_check and foreign_key_check passed; ${counted(backup.inspection.objects.length, 'object')} and ${counted(rows, 'row')} equal to the snapshot's`,
  };
  const done: Backup = { ...backup, verified };
  await context.files.note(done);
  return done;
}

/** SQLite's own checks on a copy of the backup. */
export async function checkContent(context: Context, backup: Backup, copy: string): Promise<void> {
  let check: Awaited<ReturnType<typeof selfCheck>>;
  try {
    check = await selfCheck(context.client, copy);
  } catch (error) {
    throw damaged(backup, `SQLite cannot read it: ${(error as Error).message}`);
  }
  if (check.integrity.length > 0) throw damaged(backup, `integrity_check: ${check.integrity.slice(0, 3).join('; ')}`);
  const known = (await context.files.read(backup.id))?.sqlite?.foreignKeys ?? 0;
  if (check.foreignKeys !== known)
    throw damaged(backup, `foreign_key_check finds ${check.foreignKeys} violations, ${known} when it was written`);
}

/** The journal mode that the live database had when the backup was made. */
export const journalOf = async (context: Context, backup: Backup) =>
  (await context.files.read(backup.id))?.sqlite?.journal;

const OLD_COPIES = '[ ! -d "$RR_FOLDER" ] || find "$RR_FOLDER" -type f -name "verify-*" -mmin +1440 -exec rm -f {} +';

async function tidy(context: Context): Promise<void> {
  await context.host.shell(OLD_COPIES, { env: { RR_FOLDER: posix.join(await context.directory(), 'scratch') } });
  await context.files.removePartials();
}
