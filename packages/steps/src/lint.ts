import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import type { Engine, Finding, LintInput } from '@release-runbook/databases/lint/types';
import type { Backup, Database } from '@release-runbook/databases/types';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';
import { readSql } from './migration.ts';
import { openSource } from './source.ts';

const DEFAULT_LOCK_TIMEOUT_MS = 10_000;

type SqlFiles = readonly { readonly name: string; readonly sql: string }[];

/**
 * What a migration's SQL files are dangerous for, with file:line and the safe way; empty for scripts, and for engines without
 * SQL. With a backup the schema before is known, and findings are fewer and more certain.
 */
export async function lintFiles(
  ctx: StepContext,
  database: string,
  sql: SqlFiles,
  backup?: Backup,
): Promise<readonly Finding[]> {
  const input = await inputOf(ctx, database, sql, backup);
  if (input === undefined) return [];
  const { lintMigration } = await import('@release-runbook/databases/lint/lint');
  return lintMigration(input);
}

/** The findings of every `migrate: files:` of a version that would be applied now, before anything is backed up. */
export async function lintVersion(ctx: StepContext, version: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const source = openSource(ctx.runbook);
  for (const [name, spec] of Object.entries(ctx.runbook.migrate)) {
    if (!('files' in spec)) continue;
    // That the folder, its files or the version are not there is said elsewhere in the plan, as what stops the release.
    const folder = posix.join(spec.files, '.').replace(/\/$/, '');
    const files = await source.files(version, spec.files);
    if (!files.some((file) => file.endsWith('.sql') && posix.dirname(file) === folder)) continue;
    const temporary = await mkdtemp(join(tmpdir(), 'rr-lint-'));
    try {
      await source.extract(version, [spec.files], temporary);
      const sql = await readSql(join(temporary, spec.files), spec.files);
      findings.push(...(await lintFiles(ctx, name, await pending(ctx, name, sql))));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return findings;
}

/** Files that the live database does not know yet; all of them when it cannot be asked from here. */
async function pending(ctx: StepContext, name: string, sql: SqlFiles): Promise<SqlFiles> {
  const database = ctx.databases[name];
  if (database === undefined) return sql;
  try {
    const known = await database.applied(await database.live());
    return sql.filter((file) => !known.includes(file.name));
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return sql;
  }
}

/**
 * Counts, on a copy before it is migrated, the rows on which the migration would fail: duplicates before UNIQUE, nulls before NOT
 * NULL, orphans before a foreign key. Returns what was found, in words.
 */
export async function probeData(
  ctx: StepContext,
  database: Database,
  sql: SqlFiles,
  backup: Backup,
  ask: (query: string) => Promise<readonly (readonly unknown[])[]>,
): Promise<readonly string[]> {
  const input = await inputOf(ctx, database.name, sql, backup);
  if (input === undefined) return [];
  const { dataProbes } = await import('@release-runbook/databases/lint/probes');
  const found: string[] = [];
  for (const probe of await dataProbes(input)) {
    const count = Number((await ask(probe.sql))[0]?.[0] ?? 0);
    // What the migration itself may mend is not yet a reason to refuse it: the rehearsal tells.
    if (count > 0 && !probe.written) found.push(`${probe.file}:${probe.line}: ${probe.text(count)}`);
  }
  return found;
}

async function inputOf(
  ctx: StepContext,
  name: string,
  sql: SqlFiles,
  backup: Backup | undefined,
): Promise<LintInput | undefined> {
  const spec = ctx.runbook.databases[name];
  const migration = ctx.runbook.migrate[name];
  if (spec === undefined || migration === undefined || !('files' in migration) || sql.length === 0) return undefined;
  if (spec.engine === 'mongodb') return undefined;
  const engine: Engine = spec.engine;
  const canary = ctx.runbook.canary !== undefined;
  const lockTimeoutMs = 'lock-timeout' in spec ? spec['lock-timeout'] : undefined;
  const { knownSchema } = await import('@release-runbook/databases/lint/known');
  return {
    engine,
    files: sql.map((file) => ({ name: posix.join(migration.files, file.name), sql: file.sql })),
    canary,
    lockTimeoutMs: lockTimeoutMs ?? DEFAULT_LOCK_TIMEOUT_MS,
    locale: ctx.runbook.locale,
    ...(backup === undefined ? {} : { known: knownSchema(engine, backup.inspection) }),
  };
}
