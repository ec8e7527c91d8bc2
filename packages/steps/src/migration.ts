import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import type { Database, Instance } from '@release-runbook/databases/types';
import { lastLines } from '@release-runbook/hosts/run';
import type { Job, JobResult } from '@release-runbook/hosts/types';
import type { Run } from '@release-runbook/runbook/schema/common';
import type { MigrationSpec } from '@release-runbook/runbook/schema/migrate';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';
import { openSource } from './source.ts';
import { releaseVariables } from './variables.ts';

const WITHIN = 30 * 60_000;

export interface ReleaseNames {
  readonly version: string;
  readonly previous: string | null;
  readonly release: string;
}

/** A database's migration of one release, with its files where the scripts will find them. */
export interface Migration {
  readonly database: Database;
  readonly spec: MigrationSpec;
  readonly names: ReleaseNames;
  /** Where its scripts start on the database's host. */
  readonly directory: string | undefined;
  readonly sql: readonly { name: string; sql: string }[];
  readonly withinMs: number;
}

/** The folder on the database's host that keeps what a release sent there: an undo days later runs from it. */
async function filesFolder(database: Database, release: string): Promise<string> {
  return posix.join(await database.host.state(), 'files', release, database.name);
}

/**
 * Brings what the migration needs of the version to the database's host. It lies in the suite's own folder there and touches
 * nothing else.
 */
export async function prepareMigration(
  ctx: StepContext,
  database: Database,
  spec: MigrationSpec,
  names: ReleaseNames,
): Promise<Migration> {
  const folder = await filesFolder(database, names.release);
  const paths = [...(spec.send ?? []), ...('files' in spec ? [spec.files] : [])];
  let sql: Migration['sql'] = [];
  if (paths.length > 0) {
    const temporary = await mkdtemp(join(tmpdir(), 'rr-files-'));
    try {
      const tree = join(temporary, database.name);
      await openSource(ctx.runbook).extract(names.version, paths, tree);
      if ('files' in spec) sql = await readSql(join(tree, spec.files), spec.files);
      await database.host.send(tree, folder);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return describe(database, spec, names, paths.length > 0 ? folder : undefined, sql);
}

/** The migration as an undo finds it: its files were sent when it was made. */
export async function sentMigration(database: Database, spec: MigrationSpec, names: ReleaseNames): Promise<Migration> {
  const sent = (spec.send ?? []).length > 0 || 'files' in spec;
  return describe(database, spec, names, sent ? await filesFolder(database, names.release) : undefined, []);
}

function describe(
  database: Database,
  spec: MigrationSpec,
  names: ReleaseNames,
  folder: string | undefined,
  sql: Migration['sql'],
): Migration {
  const directory = spec.directory ?? folder;
  return { database, spec, names, directory, sql, withinMs: spec.within ?? WITHIN };
}

/** The SQL files of a folder, in the order of their names; throws when there are none. */
export async function readSql(folder: string, label: string): Promise<Migration['sql']> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.sql')).sort();
  if (names.length === 0)
    throw new RunbookError(`${label} holds no .sql files in this version; nothing was changed`, {
      hint: 'see `migrate:` in the runbook',
    });
  return await Promise.all(names.map(async (name) => ({ name, sql: await readFile(join(folder, name), 'utf8') })));
}

/** The job that runs a script of the migration on an instance: the live database or a copy. */
export function scriptJob(
  ctx: StepContext,
  migration: Migration,
  run: Run,
  instance: Instance,
): Omit<Job, 'id' | 'release' | 'epoch' | 'announce'> {
  return {
    run,
    ...(migration.directory === undefined ? {} : { directory: migration.directory }),
    env: { ...releaseVariables(ctx, migration.names), ...migration.database.environment(instance) },
    timeoutMs: migration.withinMs,
    onOutput: (text) => ctx.platform.log(ctx.redact(text.trimEnd())),
  };
}

/** Throws when a script of a migration did not end well; the message carries the end of its output. */
export function mustSucceed(result: JobResult, what: string, withinMs: number): JobResult {
  if (result.timedOut)
    throw new RunbookError(
      `${what} took longer than ${formatDuration(withinMs)} and was stopped, with all that it had started`,
    );
  if (result.code !== 0)
    throw new RunbookError(
      `${what} ended with exit code ${result.code}: ${lastLines(result) || 'it printed nothing'}`,
      {
        hint: /database (table )?is locked/.test(result.output)
          ? 'another program holds the database: fuser -v FILE, or lsof FILE, on its host tells which'
          : undefined,
      },
    );
  return result;
}

/** The script that undoes a migration; undefined for `keep` and `restore`. */
export function downScript(spec: MigrationSpec): Run | undefined {
  const { undo } = spec;
  if (undo === 'keep') return undefined;
  if (typeof undo === 'string' || Array.isArray(undo)) return undo;
  return 'run' in undo ? undo.run : undefined;
}
