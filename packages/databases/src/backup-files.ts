import { posix } from 'node:path';
import type { Host } from '@release-runbook/hosts/types';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { fingerprint, sizeOf } from './files.ts';
import type { Backup, Inspection } from './types.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;

/** A name that can be a file's; throws for any other. */
export function safeName(text: string, what: string): string {
  if (!ID.test(text) || text.length > 200)
    throw new RunbookError(
      `"${text.slice(0, 60)}" cannot be the name of a ${what}: letters, digits, ".", "_", "+" and "-" only, beginning with a letter or digit`,
    );
  return text;
}

/**
 * The backups of one database in its folder on the host: `<id><ending>` holds the data, `<id>.json` what is known of it.
 * `Extra` is what an engine keeps there besides.
 */
export interface BackupFiles<Extra = object> {
  readonly directory: () => Promise<string>;
  /** Where the data of a new backup lie. */
  path(id: string): Promise<string>;
  read(id: string): Promise<(Backup & Extra) | undefined>;
  /** The finished backup of this name, when it is whole by its size. */
  finished(id: string): Promise<(Backup & Extra) | undefined>;
  /** Replaces what is known of a backup; what an engine keeps besides stays. */
  note(backup: Backup): Promise<void>;
  /** Oldest first. */
  list(): Promise<readonly Backup[]>;
  /** Throws when the file is not the one that was written: its database, its size, its hash. */
  checkFile(backup: Backup): Promise<void>;
  /** Deletes all but the newest `keep` verified ones and those of `spare`; returns the ids deleted. */
  prune(keep: number, spare: readonly string[]): Promise<readonly string[]>;
  /** Partials of a dead writer, and files whose description was never written: neither was ever announced as a backup. */
  removePartials(): Promise<void>;
}

const LISTING = `
[ -d "$RR_FOLDER" ] || exit 0
cd "$RR_FOLDER" || exit 1
for f in *; do
  [ -e "$f" ] || continue
  printf '%s\\n' "$f"
  case "$f" in *.json) cat "$f"; echo;; esac
  printf '\\000'
done`;

export function backupFiles<Extra = object>(options: {
  readonly name: string;
  readonly engine: string;
  readonly host: Host;
  readonly directory: () => Promise<string>;
  readonly ending: () => Promise<string>;
  /** Removes a file or folder of this engine at the path, with what lies beside it. */
  readonly remove: (path: string) => Promise<void>;
}): BackupFiles<Extra> {
  const { name, engine, host, directory } = options;

  // All descriptions in one call: over ssh each costs as much as a hundred of them.
  const look = async (): Promise<{ names: readonly string[]; stored: ReadonlyMap<string, Backup & Extra> }> => {
    const { stdout } = await host.shell(LISTING, {
      env: { RR_FOLDER: await directory() },
      whole: true,
      unfenced: true,
    });
    const names: string[] = [];
    const stored = new Map<string, Backup & Extra>();
    for (const part of stdout.split('\0')) {
      const end = part.indexOf('\n');
      const file = part.slice(0, end < 0 ? undefined : end);
      if (file === '') continue;
      names.push(file);
      const id = file.replace(/\.json$/, '');
      const read = id === file || !ID.test(id) ? undefined : parse<Extra>(id, part.slice(end + 1));
      if (read !== undefined) stored.set(file, read);
    }
    return { names, stored };
  };
  const path = async (id: string) =>
    posix.join(await directory(), `${safeName(id, 'backup')}${await options.ending()}`);
  const read = async (id: string): Promise<(Backup & Extra) | undefined> => {
    const text = await host.read(posix.join(await directory(), `${safeName(id, 'backup')}.json`));
    if (text === undefined) return undefined;
    return parse<Extra>(id, text);
  };
  const list = async (): Promise<readonly Backup[]> => {
    const { names, stored } = await look();
    const found = [...stored.values()].filter(
      (one) => one.database === name && names.includes(posix.basename(one.path)),
    );
    return found.sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
  };
  return {
    directory,
    path,
    read,
    list,
    async finished(id) {
      const stored = await read(id);
      return stored !== undefined && (await sizeOf(host, stored.path)) === stored.bytes ? stored : undefined;
    },
    async note(backup) {
      const file = posix.join(await directory(), `${backup.id}.json`);
      await host.write(file, `${JSON.stringify({ ...(await read(backup.id)), ...backup }, null, 2)}\n`);
    },
    async checkFile(backup) {
      if (backup.database !== name || backup.engine !== engine)
        throw damaged(backup, `it is of database ${backup.database} (${backup.engine}), not of ${name} (${engine})`);
      const print = await fingerprint(host, backup.path);
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
    },
    async prune(keep, spare) {
      const all = await list();
      const verified = all.filter((b) => b.verified !== undefined);
      // Only verified backups count, one of them always stays, and what is newer than the newest may just be being verified.
      const newest = verified.at(-1);
      if (newest === undefined) return [];
      const stay = new Set([...verified.slice(-Math.max(1, keep)).map((b) => b.id), ...spare]);
      const gone = all.filter((b) => !stay.has(b.id) && !(b.verified === undefined && b.at > newest.at));
      for (const backup of gone) {
        // The description first: a file without one is removed before the next backup, a description without a file is none.
        await host.shell('rm -f "$RR_NOTE"', { env: { RR_NOTE: posix.join(await directory(), `${backup.id}.json`) } });
        await options.remove(backup.path);
      }
      return gone.map((b) => b.id);
    },
    async removePartials() {
      const folder = await directory();
      const { names, stored } = await look();
      const known = new Set([...stored.values()].map((one) => posix.basename(one.path)));
      const ending = await options.ending();
      for (const file of names) {
        const partial = /^(.*\.partial)(\.fifo|-wal|-shm|-journal|\.lock)?$/.exec(file)?.[1];
        const orphan = file.endsWith(ending) && !known.has(file);
        if (orphan || partial !== undefined) await options.remove(posix.join(folder, partial ?? file));
      }
    },
  };
}

function parse<Extra>(id: string, text: string): (Backup & Extra) | undefined {
  try {
    const stored = JSON.parse(text) as Backup & Extra;
    return typeof stored.sha256 === 'string' && stored.id === id
      ? { ...stored, verified: stored.verified ?? undefined }
      : undefined;
  } catch {
    return undefined;
  }
}

export function damaged(backup: Backup, why: string): RunbookError {
  return new RunbookError(`backup ${backup.id} cannot be trusted: ${why}`, {
    hint: 'take an older verified backup or a copy; `db-backup` makes a new one',
  });
}

/**
 * What differs between what a backup held and what it restored to, in words; empty: the same objects and rows. Of the tables
 * in `expiring` the server itself deletes rows as time goes: there may be fewer.
 */
export function contentDifferences(wanted: Inspection, found: Inspection, expiring: readonly string[] = []): string[] {
  const problems: string[] = [];
  const key = (o: Inspection['objects'][number]) => `${o.kind} ${o.name}`;
  const have = new Map(found.objects.map((o) => [key(o), o.definition]));
  for (const o of wanted.objects) {
    if (!have.has(key(o))) problems.push(`${key(o)} is missing`);
    else if (have.get(key(o)) !== o.definition) problems.push(`${key(o)} differs`);
    have.delete(key(o));
  }
  for (const name of have.keys()) problems.push(`${name} is too many`);
  for (const table of new Set([...Object.keys(wanted.rows), ...Object.keys(found.rows)])) {
    const [was, is] = [wanted.rows[table], found.rows[table]];
    const expired = was !== undefined && is !== undefined && is < was && expiring.includes(table);
    if (was !== is && !expired)
      problems.push(`${table} has ${is === undefined ? 'no rows' : counted(is, 'row')} instead of ${was ?? 'none'}`);
  }
  return problems;
}

/** The folder of a database's backups on its host. */
export async function backupFolder(name: string, host: Host, directory: string | undefined): Promise<string> {
  return directory === undefined
    ? posix.join(await host.state(), 'backups', name)
    : posix.resolve(await host.directory(), directory, name);
}

/** Remembers what was made; a failure is tried again at the next call. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    made.catch(() => {
      made = undefined;
    });
    return made;
  };
}
