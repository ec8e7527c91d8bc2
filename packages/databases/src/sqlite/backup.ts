import { posix } from 'node:path';
import { HostError } from '@release-runbook/hosts/error';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import type { Backup, Inspection, Progress } from '../types.ts';
import type { Context } from './context.ts';
import {
  copyCold,
  createPrivate,
  fingerprint,
  freeSpace,
  isFull,
  journalMode,
  makeFolder,
  needSpace,
  publish,
  removeDatabase,
  sizeOf,
} from './files.ts';
import { inspect, selfCheck } from './inspect.ts';

/** What lies beside a backup as JSON: what others know of it, and two things that only SQLite needs. */
interface Stored extends Backup {
  readonly sqlite: {
    /** Of the live database. The backup itself is always in mode delete: one file, whole by itself. */
    readonly journal: 'wal' | 'delete';
    /** SQLite does not enforce foreign keys by default: a live database may break some, and so does its backup. */
    readonly foreignKeys: number | string;
  };
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
const MARGIN = 1024 * 1024;

export function safeName(text: string, what: string): string {
  if (!ID.test(text) || text.length > 200)
    throw new RunbookError(
      `"${text.slice(0, 60)}" cannot be the name of a ${what}: letters, digits, ".", "_", "+" and "-" only, beginning with a letter or digit`,
    );
  return text;
}

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
  const file = posix.join(folder, `${safeName(name, 'backup')}.sqlite`);
  const partial = `${file}.partial`;
  const live = await context.path();
  const finished = await readStored(context, name);
  if (finished !== undefined && (await sizeOf(host, file)) === finished.bytes) return finished;
  await makeFolder(host, folder);
  await removePartials(context);
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
  const stored: Stored = {
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
  await write(context, stored);
  progress?.({ what: `backup of ${context.name}`, done: print.bytes, total: print.bytes, unit: 'bytes' });
  return stored;
}

export async function verify(context: Context, backup: Backup, progress?: (p: Progress) => void): Promise<Backup> {
  const { host, client } = context;
  const tell = (done: number) =>
    progress?.({ what: `verification of ${backup.id}`, done, total: backup.bytes, unit: 'bytes' });
  tell(0);
  await checkFile(context, backup);
  const scratch = posix.join(await context.directory(), 'scratch', `verify-${safeName(backup.id, 'backup')}.sqlite`);
  await makeFolder(host, posix.dirname(scratch));
  await needSpace(host, posix.dirname(scratch), backup.bytes + MARGIN, `verifying backup ${backup.id}`);
  try {
    await copyCold(host, backup.path, scratch);
    await checkContent(context, backup, scratch);
    const restored = await inspect(client, scratch);
    const problems = differences(backup.inspection, restored);
    if (problems.length > 0)
      throw damaged(backup, `what it restores to is not what it was taken of: ${problems.slice(0, 10).join('; ')}`);
  } finally {
    await removeDatabase(host, scratch);
  }
  tell(backup.bytes);
  const rows = Object.values(backup.inspection.rows).reduce((sum, n) => sum + n, 0);
  const verified = {
    at: new Date().toISOString(),
    how: `restored to a scratch file; integrity_check and foreign_key_check passed; ${backup.inspection.objects.length} objects and ${rows} rows equal to the snapshot's`,
  };
  const done: Backup = { ...backup, verified };
  await note(context, done);
  return done;
}

/** Whether the file is the one that was written: its database, its size, its hash. */
export async function checkFile(context: Context, backup: Backup): Promise<void> {
  if (backup.database !== context.name || backup.engine !== 'sqlite')
    throw damaged(backup, `it is of database ${backup.database} (${backup.engine}), not of ${context.name} (sqlite)`);
  const print = await fingerprint(context.host, backup.path);
  if (print === undefined) throw damaged(backup, `there is no file ${backup.path}`);
  if (print.bytes !== backup.bytes)
    throw damaged(
      backup,
      `${backup.path} has ${print.bytes} bytes and had ${backup.bytes} when it was written: it was cut or replaced`,
    );
  if (print.sha256 !== backup.sha256)
    throw damaged(
      backup,
      `${backup.path} is not what was written: its SHA-256 is ${print.sha256}, was ${backup.sha256}`,
    );
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
  const known = (await readStored(context, backup.id))?.sqlite?.foreignKeys ?? 0;
  if (check.foreignKeys !== known)
    throw damaged(backup, `foreign_key_check finds ${check.foreignKeys} violations, ${known} when it was written`);
}

function damaged(backup: Backup, why: string): RunbookError {
  return new RunbookError(`backup ${backup.id} cannot be trusted: ${why}`, {
    hint: 'take an older verified backup or a copy; `db-backup` makes a new one',
  });
}

function differences(wanted: Inspection, found: Inspection): string[] {
  const problems: string[] = [];
  const key = (o: Inspection['objects'][number]) => `${o.kind} ${o.name}`;
  const have = new Map(found.objects.map((o) => [key(o), o.definition]));
  for (const o of wanted.objects) {
    if (!have.has(key(o))) problems.push(`${key(o)} is missing`);
    else if (have.get(key(o)) !== o.definition) problems.push(`${key(o)} differs`);
    have.delete(key(o));
  }
  for (const name of have.keys()) problems.push(`${name} is too many`);
  for (const table of new Set([...Object.keys(wanted.rows), ...Object.keys(found.rows)]))
    if (wanted.rows[table] !== found.rows[table])
      problems.push(`${table} has ${found.rows[table] ?? 'no'} rows instead of ${wanted.rows[table] ?? 'no'}`);
  return problems;
}

async function readStored(context: Context, name: string): Promise<Stored | undefined> {
  const text = await context.host.read(posix.join(await context.directory(), `${safeName(name, 'backup')}.json`));
  if (text === undefined) return undefined;
  try {
    const stored = JSON.parse(text) as Stored;
    return typeof stored.sha256 === 'string' && stored.id === name
      ? { ...stored, verified: stored.verified ?? undefined }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The journal mode that the live database had when the backup was made. */
export const journalOf = async (context: Context, backup: Backup) =>
  (await readStored(context, backup.id))?.sqlite?.journal;

async function write(context: Context, stored: Backup): Promise<void> {
  await context.host.write(
    posix.join(await context.directory(), `${stored.id}.json`),
    `${JSON.stringify(stored, null, 2)}\n`,
  );
}

export async function note(context: Context, backup: Backup): Promise<void> {
  await write(context, { ...(await readStored(context, backup.id)), ...backup });
}

async function listing(context: Context): Promise<string[]> {
  const { stdout } = await context.host.shell('[ ! -d "$RR_FOLDER" ] || ls -1 "$RR_FOLDER"', {
    env: { RR_FOLDER: await context.directory() },
  });
  return stdout.split('\n').filter((line) => line !== '');
}

export async function backups(context: Context): Promise<readonly Backup[]> {
  const found: Backup[] = [];
  const names = await listing(context);
  for (const file of names) {
    const name = file.replace(/\.json$/, '');
    if (name === file || !ID.test(name) || !names.includes(`${name}.sqlite`)) continue;
    const stored = await readStored(context, name);
    if (stored?.database === context.name) found.push(stored);
  }
  return found.sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
}

const OLD_COPIES = '[ ! -d "$RR_FOLDER" ] || find "$RR_FOLDER" -type f -name "verify-*" -mmin +1440 -exec rm -f {} +';

/** Partials of a dead writer, and files whose description was never written: both were never announced as backups. */
async function removePartials(context: Context): Promise<void> {
  const names = await listing(context);
  await context.host.shell(OLD_COPIES, { env: { RR_FOLDER: posix.join(await context.directory(), 'scratch') } });
  for (const file of names) {
    const whole = /^(.*)\.sqlite$/.exec(file)?.[1];
    const orphan = whole !== undefined && !names.includes(`${whole}.json`);
    const partial = /^(.*\.partial)(-wal|-shm|-journal|\.lock)?$/.exec(file)?.[1];
    if (orphan || partial !== undefined)
      await removeDatabase(context.host, posix.join(await context.directory(), partial ?? file));
  }
}

export async function prune(context: Context, keep: number, spare: readonly string[]): Promise<readonly string[]> {
  const all = await backups(context);
  const verified = all.filter((b) => b.verified !== undefined);
  // Only verified backups count, one of them always stays, and what is newer than the newest may just be being verified.
  const newest = verified.at(-1);
  if (newest === undefined) return [];
  const stay = new Set([...verified.slice(-Math.max(1, keep)).map((b) => b.id), ...spare]);
  const gone = all.filter((b) => !stay.has(b.id) && !(b.verified === undefined && b.at > newest.at));
  const folder = await context.directory();
  for (const { id } of gone) {
    // The description first: a file without one is removed before the next backup, a description without a file is none.
    await context.host.shell('rm -f "$RR_NOTE"', { env: { RR_NOTE: posix.join(folder, `${id}.json`) } });
    await removeDatabase(context.host, posix.join(folder, `${id}.sqlite`));
  }
  return gone.map((b) => b.id);
}
