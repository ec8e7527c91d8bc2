import { posix } from 'node:path';
import { RunbookError } from '@release-runbook/units/error';
import {
  type BackupFiles,
  backupFiles,
  backupFolder,
  contentDifferences,
  damaged,
  once,
  safeName,
} from '../backup-files.ts';
import { shell } from '../files.ts';
import { schemaDifference } from '../schema-difference.ts';
import type { Backup, Database, Inspection, Instance, OpenOptions } from '../types.ts';
import { applyFiles } from './apply.ts';
import { makeBackup, space, verifyBackup } from './backup.ts';
import type { Place, Scratch, ServerEngine } from './engine.ts';
import { COMPRESSION } from './pipe.ts';
import { dropWarm, interrupted, restoreBeside, warm } from './restore.ts';
import type { IndexedTable } from './row-index.ts';
import { compareWith, exportRowsSince, rowsSince } from './rows.ts';

/** Transactions that are open for longer keep a migration waiting for its locks. */
const LONG_TRANSACTION_S = 10;

/** What is known of a server's backup beside what all backups have. */
export interface Kept {
  readonly server?: {
    /** The list of rows, made when the backup was verified; it lies in `<file>.rows`. */
    readonly tables?: readonly IndexedTable[];
    /** Why rows were not counted in the dump's own snapshot; undefined: they were. */
    readonly countedApart?: string;
  };
}

/** What every part of a server's database works with. */
export interface Context {
  readonly name: string;
  readonly engine: ServerEngine;
  readonly files: BackupFiles<Kept>;
  readonly directory: () => Promise<string>;
  /** `zst` or `gz`: what the host has. */
  readonly compression: () => Promise<string>;
  /** The place behind an instance that this object gave out. */
  place(instance: Instance): Place;
}

/** A database of one kind of server. Nothing is touched until the first call. */
export function serverDatabase(name: string, engine: ServerEngine, options: OpenOptions): Database {
  const { host } = engine;
  const directory = once(() => backupFolder(name, host, options.directory));
  const compression = once(async () => (await shell(host, COMPRESSION, {}, 'the host cannot be asked')).trim());
  const ending = async () => `.${engine.ending}${engine.packs === true ? '' : `.${await compression()}`}`;
  const remove = async (path: string) => {
    await shell(
      host,
      'rm -rf "$RR_FILE" "$RR_FILE.rows" "$RR_FILE.fifo"',
      { RR_FILE: path },
      `${path} cannot be removed`,
    );
  };
  const scratches = new Map<string, { place: Place; scratch: Scratch }>();
  const live: Instance = { address: addressOf(engine.live), kind: 'live' };
  const context: Context = {
    name,
    engine,
    directory,
    compression,
    files: backupFiles<Kept>({ name, engine: engine.engine, host, directory, ending, remove }),
    place(instance) {
      const found = instance.kind === 'live' ? engine.live : scratches.get(instance.address)?.place;
      if (found === undefined)
        throw new RunbookError(
          `database ${name}: the copy ${instance.address} is no longer there; nothing was changed`,
        );
      return found;
    },
  };
  return {
    name,
    engine: engine.engine,
    host,
    live: async () => live,
    environment: (instance) => engine.environment(context.place(instance)),
    inspect: (instance) => inspect(engine, context.place(instance)),
    space: () => space(context),
    backup: (id, progress) => makeBackup(context, id, progress),
    verify: (backup, progress) => verifyBackup(context, backup, progress),
    backups: () => context.files.list(),
    note: (backup) => context.files.note(backup),
    prune: (keep, spare) => context.files.prune(keep, spare),
    async scratch(backup, label) {
      await context.files.checkFile(backup);
      const scratch = await engine.startScratch(await scratchFolder(context, label));
      const place = scratchPlace(engine, scratch);
      try {
        await engine.load(backup.path, place);
      } catch (error) {
        await scratch.stop();
        throw error;
      }
      const address = addressOf(place);
      scratches.set(address, { place, scratch });
      return { address, kind: 'scratch' };
    },
    async drop(instance) {
      const found = scratches.get(instance.address);
      if (instance.kind !== 'scratch' || found === undefined)
        throw new RunbookError(
          `database ${name}: ${instance.address} is no scratch copy, so it is not dropped; nothing was changed`,
        );
      await found.scratch.stop();
      scratches.delete(instance.address);
    },
    applyFiles: (instance, files) => applyFiles(context, context.place(instance), files),
    applied: async (instance) => Object.keys(await engine.applied(context.place(instance))),
    query: (instance, sql) => engine.query(context.place(instance), sql, { readOnly: instance.kind === 'live' }),
    compare: (backup, after) => compareWith(context, backup, context.place(after)),
    compareSchema: async (backup, after) =>
      schemaDifference(backup.inspection.objects, await engine.objects(context.place(after))),
    since: (backup, tables, instance) =>
      rowsSince(context, backup, instance === undefined ? engine.live : context.place(instance), tables),
    exportSince: (backup, folder) => exportRowsSince(context, backup, folder),
    restore: (backup, label) => restoreBeside(context, backup, label),
    interrupted: (label) => interrupted(context, label),
    warm: (backup, label) => warm(context, backup, label),
    dropWarm: (label) => dropWarm(context, label),
    blockers: () => engine.longTransactions(engine.live, LONG_TRANSACTION_S),
  };
}

/** Every scratch server has a folder of its own under the backups' folder. */
export async function scratchFolder(context: Context, label: string): Promise<string> {
  return posix.join(await context.directory(), 'scratch', safeName(label, 'scratch copy'));
}

export function scratchPlace(engine: ServerEngine, { server, database }: Scratch): Place {
  return { server, database: database ?? engine.live.database };
}

export async function inspect(engine: ServerEngine, place: Place): Promise<Inspection> {
  const tables = await engine.tables(place);
  const [objects, rows, size, serverVersion] = await Promise.all([
    engine.objects(place),
    engine.count(place, tables),
    engine.size(place),
    engine.version(place),
  ]);
  return { objects, rows, bytes: size.disk, serverVersion };
}

/** Throws when what a backup was loaded into is not what the backup was taken of. */
export async function checkLoaded(context: Context, backup: Backup, place: Place): Promise<Inspection> {
  const found = await inspect(context.engine, place);
  const expiring = (await context.engine.expiring?.(place)) ?? [];
  const problems = contentDifferences(backup.inspection, found, expiring);
  if (problems.length > 0)
    throw damaged(backup, `what it restores to is not what it was taken of: ${problems.slice(0, 10).join('; ')}`);
  const own = await context.engine.selfCheck(place);
  if (own.length > 0) throw damaged(backup, own.slice(0, 3).join('; '));
  return found;
}

function addressOf({ server, database }: Place): string {
  return `${database}@${server.host}:${server.port}`;
}
