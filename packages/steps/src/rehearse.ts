import type { Finding } from '@release-runbook/databases/lint/types';
import type { Backup, Instance } from '@release-runbook/databases/types';
import { Refusal } from '@release-runbook/hosts/error';
import type { JobResult } from '@release-runbook/hosts/types';
import type { NewEvent } from '@release-runbook/record/events';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';
import { checkExpectations } from './expectations.ts';
import { lintFiles, probeData } from './lint.ts';
import { downScript, type Migration, mustSucceed, scriptJob } from './migration.ts';
import { changedTables, columnsOf, type NewColumns, ownValues } from './new-columns.ts';
import { type OldVersion, tryOldVersion } from './old-version.ts';
import { type RehearsalPlace, takePlace } from './rehearsal-place.ts';
import { untriedReason } from './way-back.ts';

export interface Rehearsal {
  readonly database: string;
  readonly upMs: number;
  readonly downMs: number | undefined;
  /** What the migration does to the schema, line by line. */
  readonly schema: readonly string[];
  /** Rows that the migration itself writes: nobody's work is lost with them. */
  readonly own: Readonly<Record<string, OwnRows>>;
  /** Columns that the migration makes and its down script drops, with what it writes into them. */
  readonly newColumns: NewColumns;
  readonly oldVersion: OldVersion;
  /** What the lint says of its SQL files. */
  readonly findings: readonly Finding[];
  /** Why a release must not be made; empty: rehearsed and good. */
  readonly problems: readonly string[];
  readonly events: readonly NewEvent[];
}

export interface OwnRows {
  readonly added: number;
  readonly changed: number;
  readonly missing: number;
}

/** What is found on the way; a rehearsal that breaks off tells what it had found. */
type Found = {
  -readonly [K in keyof Rehearsal]: K extends 'findings' | 'problems' | 'events'
    ? Rehearsal[K][number][]
    : Rehearsal[K];
};

/**
 * Takes a migration through its whole life on copies of a backup, with nothing live touched: up, expectations, the schema's
 * difference; the old version's smoke checks on the new schema; and where there is a down script: down, schema and rows equal
 * to before, up again.
 */
export async function rehearse(
  ctx: StepContext,
  migration: Migration,
  backup: Backup,
  epoch: number,
): Promise<Rehearsal> {
  const { database, spec, names } = migration;
  const found: Found = {
    database: database.name,
    upMs: 0,
    downMs: undefined,
    schema: [],
    own: {},
    newColumns: {},
    oldVersion: { tried: false, passes: false, text: 'not tried: the migration did not get through', checks: [] },
    findings: [],
    problems: [],
    events: [],
  };
  const place = await takePlace(ctx, database, names.release);
  try {
    if (isBlind(ctx, migration))
      found.problems.push(
        `the scripts of ${database.name} cannot be rehearsed: its \`env:\` names no variable by which they find the copy, so they would work on the live database`,
      );
    else await goThrough(ctx, migration, backup, place, epoch, found);
  } catch (error) {
    if (!(error instanceof RunbookError) || error instanceof Refusal) throw error;
    found.problems.push(ctx.redact(error.message));
  } finally {
    await place.leave();
  }
  const { upMs, downMs, oldVersion, problems } = found;
  ctx.platform.log(
    problems.length === 0
      ? `rehearsed on a restored backup: up in ${formatDuration(upMs)}${downMs === undefined ? '' : `, down in ${formatDuration(downMs)}`}; old version on the new schema: ${oldVersion.text}`
      : `the rehearsal found: ${problems.join('; ')}`,
  );
  if (spec.undo === 'keep' && untriedReason(spec) !== undefined) ctx.platform.annotate('warning', oldVersion.text);
  return found;
}

/** A script that is not told where its database is finds the live one. */
function isBlind(ctx: StepContext, { database, spec }: Migration): boolean {
  const scripts = !('files' in spec) || downScript(spec) !== undefined;
  return scripts && ctx.runbook.databases[database.name]?.env === undefined;
}

async function goThrough(
  ctx: StepContext,
  migration: Migration,
  backup: Backup,
  place: RehearsalPlace,
  epoch: number,
  found: Found,
): Promise<void> {
  const { database, spec, names } = migration;
  const label = `rehearsal:${database.name}`;
  const run = async (what: string, script: Parameters<typeof scriptJob>[2], instance: Instance): Promise<JobResult> =>
    mustSucceed(
      await database.host.supervise({
        ...scriptJob(ctx, migration, script, instance),
        id: `${label}:${what}`,
        release: names.release,
        epoch,
      }),
      `the rehearsal of ${database.name} (${what})`,
      migration.withinMs,
    );
  const up = async (what: string, instance: Instance): Promise<number> => {
    const began = performance.now();
    if ('files' in spec) await database.applyFiles(instance, migration.sql);
    else await run(what, spec.run, instance);
    return performance.now() - began;
  };
  const judge = (item: string, verdict: 'pass' | 'fail' | 'inconclusive', text: string) =>
    found.events.push({ event: 'judged', step: 'migrate', item: `${label}:${item}`, verdict, text });

  const copy = await database.scratch(backup, place.label);
  try {
    const known = await database.applied(copy);
    const pending = migration.sql.filter(({ name }) => !known.includes(name));
    for (const finding of await lintFiles(ctx, database.name, pending, backup)) {
      found.findings.push(finding);
      if (finding.severity === 'error') found.problems.push(`${finding.file}:${finding.line}: ${finding.text}`);
    }
    const ask = async (query: string) => (await database.query(copy, query)).rows;
    for (const text of await probeData(ctx, database, pending, backup, ask)) {
      judge('data', 'fail', text);
      found.problems.push(text);
    }
    found.upMs = await up('up', copy);
    found.events.push(measured(`${label}:up`, found.upMs));
    for (const { table, holds, text } of await checkExpectations(database, spec, copy, backup)) {
      judge(table, holds ? 'pass' : 'fail', text);
      if (!holds) found.problems.push(text);
    }
    found.schema = await database.compareSchema(backup, copy);
    found.own = Object.fromEntries(
      (await database.since(backup, undefined, copy)).map(({ table, added, changed, missing }) => [
        table,
        { added, changed, missing },
      ]),
    );
    const down = downScript(spec);
    if (down !== undefined) {
      const changed = await changedTables(database, backup, copy);
      const after = await columnsOf(database, copy, changed);
      const began = performance.now();
      await run('down', down, copy);
      found.downMs = performance.now() - began;
      found.events.push(measured(`${label}:down`, found.downMs), measured(`undo:${database.name}`, found.downMs));
      const left = await database.compare(backup, copy);
      const differs = [...left.schema, ...left.rows];
      const wrong = `the down script ended with exit code 0 and did not undo: ${differs.join('; ')}`;
      if (differs.length > 0) {
        judge('down', 'fail', wrong);
        found.problems.push(wrong);
      } else {
        judge('down', 'pass', 'after the down script, schema and rows are as before');
        const before = await columnsOf(database, copy, [...after.keys()]);
        await up('up again', copy);
        found.newColumns = await ownValues(database, copy, before, after);
      }
    }
    const old = await tryOldVersion(ctx, migration, backup, place, up);
    found.oldVersion = old;
    judge('old-version', !old.tried ? 'inconclusive' : old.passes ? 'pass' : 'fail', old.text);
    const problem = keepProblem(migration, old);
    if (problem !== undefined) found.problems.push(problem);
  } finally {
    await database
      .drop(copy)
      .catch((error: unknown) =>
        ctx.platform.log(`the rehearsal's copy ${copy.address} was not removed: ${ctx.redact(String(error))}`),
      );
  }
}

/** With `keep` the way back rests on the old version working on the new schema: seen, or answered for by people. */
function keepProblem({ spec, names }: Migration, old: OldVersion): string | undefined {
  if (spec.undo !== 'keep' || names.previous === null) return undefined;
  if (old.tried)
    return old.passes
      ? undefined
      : `undo is \`keep\`, and the old version does not work on the new schema: ${old.text}`;
  if (untriedReason(spec) !== undefined) return undefined;
  return `undo is \`keep\`, and whether the old version works on the new schema is not known: ${old.text} (where it cannot be tried, say why it is safe all the same: old-version: { untried: "why" })`;
}

function measured(item: string, ms: number): NewEvent {
  return { event: 'measured', step: 'migrate', item, value: Math.round(ms), unit: 'ms' };
}
