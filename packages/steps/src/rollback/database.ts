import type { Backup, Database, TableDifference } from '@release-runbook/databases/types';
import type { Item, ReleaseState } from '@release-runbook/record/state';
import { rowsOf } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { backupIn, findBackup } from '../backup.ts';
import type { StepContext } from '../context.ts';
import { keptTables } from '../expectations.ts';
import { downScript } from '../migration.ts';
import { type NewColumns, writtenValues } from '../new-columns.ts';
import type { OwnRows } from '../rehearse.ts';
import { undoesByRestore } from '../way-back.ts';

/** What has to be done to one database, decided before anything is undone. */
export interface DatabaseWay {
  readonly database: Database;
  readonly backup: Backup | undefined;
  readonly action: 'nothing' | 'down' | 'restore';
  readonly why: string;
  /** Rows written since the backup, by table (or "table (column)"): what the undo would take out of the live database. */
  readonly written: Readonly<Record<string, number>>;
  /** Columns that the down script drops with values that the migration did not write. */
  readonly values: readonly DroppedValues[];
  /** Anything at all differs from the backup: it is exported before a restore, whoever wrote it. */
  readonly differs: boolean;
  /** Rows of tables that never lose rows, which are gone. */
  readonly missing: Readonly<Record<string, number>>;
}

export interface DroppedValues {
  readonly table: string;
  readonly columns: readonly string[];
  /** By what the table's rows are told apart. */
  readonly key: readonly string[] | null;
}

const NOTHING = { written: {}, values: [], differs: false, missing: {} } as const;

export async function decideDatabase(ctx: StepContext, state: ReleaseState, database: Database): Promise<DatabaseWay> {
  const { name } = database;
  const id = backupIn(state, name);
  const item = state.items.find((known) => known.item === `migrate:${name}` && known.state !== 'undone');
  if (id === undefined)
    return {
      database,
      backup: undefined,
      action: 'nothing',
      why: 'no backup of this release: nothing was done to it',
      ...NOTHING,
    };
  const backup = await findBackup(database, id);
  if (backup === undefined)
    throw new RunbookError(
      `the backup ${id} of ${name} is no longer on ${database.host.name}; the database was not touched`,
      { hint: `bring a copy back to its folder there: ${copiesOf(state, name)}` },
    );
  const unfinished = restoring(state, name);
  if (unfinished && (await database.interrupted(state.release)))
    return { database, backup, action: 'restore', why: 'an earlier restore did not come to its end', ...NOTHING };
  let since: readonly TableDifference[];
  try {
    since = await database.since(backup);
  } catch (error) {
    // Death in the middle of a swap leaves no live file: the restore is gone on with, and needs no comparison.
    if (!unfinished || !(error instanceof RunbookError)) throw error;
    return {
      database,
      backup,
      action: 'restore',
      why: 'an earlier restore did not come to its end',
      ...NOTHING,
    };
  }
  const kept = keptTables(ctx.runbook.migrate[name], ctx.runbook.rollback.when);
  const missing = Object.fromEntries(
    since.filter((one) => kept.includes(one.table) && one.missing > 0).map(({ table, missing }) => [table, missing]),
  );
  const own = ownIn(since, item, ownRows(state, name));
  const all = writtenRows(since, kept, own, isQuiet(ctx, state));
  const { action, why } = await decide(ctx, database, backup, item, missing, all, state);
  const differs = since.some((one) => one.added + one.changed + one.missing > 0);
  if (action !== 'down') return { database, backup, action, why, written: all, values: [], differs, missing };
  // A down script drops what the migration made, with the rows and values that people wrote into it.
  const columns = newColumns(state, name);
  const counted = await writtenValues(database, await database.live(), columns);
  const values = Object.entries(columns).flatMap(([table, made]) => {
    const dropped = Object.keys(made).filter((column) => counted[`${table} (${column})`] !== undefined);
    const key = since.find((one) => one.table === table)?.key ?? null;
    return dropped.length === 0 ? [] : [{ table, columns: dropped, key }];
  });
  const fresh = Object.entries(all).filter(([table]) => !(table in backup.inspection.rows));
  return {
    database,
    backup,
    action,
    why,
    written: { ...Object.fromEntries(fresh), ...counted },
    values,
    differs,
    missing,
  };
}

async function decide(
  ctx: StepContext,
  database: Database,
  backup: Backup,
  item: Item | undefined,
  missing: Readonly<Record<string, number>>,
  written: Readonly<Record<string, number>>,
  state: ReleaseState,
): Promise<Pick<DatabaseWay, 'action' | 'why'>> {
  const spec = ctx.runbook.migrate[database.name];
  const lost = rowsOf(missing);
  if (lost !== '') return { action: 'restore', why: `gone: ${lost}` };
  if (item === undefined || spec === undefined) return { action: 'nothing', why: 'it was not migrated' };
  const schema = await database.compareSchema(backup, await database.live());
  if (downScript(spec) !== undefined && item.state === 'undoing' && schema.length === 0) {
    const job = await database.host.jobState(state.release, `undo-${item.item}`);
    if (job.state === 'done' && job.code === 0)
      return { action: 'nothing', why: 'the down script came to its end before; the schema is as before' };
  }
  if (downScript(spec) !== undefined && (schema.length > 0 || item.state !== 'announced'))
    return { action: 'down', why: 'by the down script that was rehearsed' };
  if (undoesByRestore(ctx, database.name)) return { action: 'restore', why: 'as the runbook says' };
  if (schema.length === 0) return { action: 'nothing', why: 'the migration had not changed the schema' };
  if (item.state === 'done')
    return {
      action: 'nothing',
      why: oldVersionWorks(state)
        ? 'the schema stays: the old version works on it (rehearsed)'
        : 'the schema stays; that the old version works on it was not rehearsed',
    };
  if (Object.keys(written).length === 0)
    return { action: 'restore', why: 'the migration died half-way, and nothing was written since the backup' };
  return {
    action: 'nothing',
    why: `the migration died half-way and rows were written since; its changes stay, and the old version is checked on them: ${schema.join('; ')}`,
  };
}

/**
 * Rows that a restore would change or take away: new and changed ones, and deleted ones that would come back; less those that
 * the migration itself writes, as the rehearsal counted them.
 */
function writtenRows(
  since: readonly TableDifference[],
  kept: readonly string[],
  own: Readonly<Record<string, OwnRows>>,
  quiet: boolean,
): Readonly<Record<string, number>> {
  const beyond = (found: number, migration: number | undefined) => Math.max(0, found - (migration ?? 0));
  const rows = since.map((one) => {
    const mine = own[one.table];
    const deleted = kept.includes(one.table) ? 0 : beyond(one.missing, mine?.missing);
    // Which of the rows that a migration changes people have changed since cannot be told by counting, unless nobody could write.
    const changed = quiet ? beyond(one.changed, mine?.changed) : one.changed;
    return [one.table, beyond(one.added, mine?.added) + changed + deleted] as const;
  });
  return Object.fromEntries(rows.filter(([, count]) => count > 0));
}

/**
 * The migration's own rows among those found. One that died may have written none of its rows: then they are taken for its own
 * only where just so many were found. Everything is exported before a restore all the same.
 */
function ownIn(
  since: readonly TableDifference[],
  item: Item | undefined,
  rehearsed: Readonly<Record<string, OwnRows>>,
): Readonly<Record<string, OwnRows>> {
  if (item === undefined) return {};
  if (item.state === 'done') return rehearsed;
  return Object.fromEntries(
    since.flatMap(({ table, added }) => {
      const own = rehearsed[table];
      return own !== undefined && own.added === added ? [[table, own]] : [];
    }),
  );
}

/** Writes were stopped, and the new version was never started: nobody but the migration can have written. */
function isQuiet(ctx: StepContext, state: ReleaseState): boolean {
  return (
    ctx.runbook.stopWrites.length > 0 &&
    !state.items.some(({ item }) => item.startsWith('restart:') || item.startsWith('resume:'))
  );
}

/** A restore of this database was begun and has no end. */
function restoring(state: ReleaseState, name: string): boolean {
  const last = state.events.findLast(
    (event) =>
      (event.event === 'undoing' || event.event === 'undone') &&
      (event.item === `migrate:${name}` || event.item === `restore:${name}`),
  );
  return last?.event === 'undoing';
}

/** The rehearsal saw the old version pass on the new schema. */
export function oldVersionWorks(state: ReleaseState): boolean {
  return state.events.some(
    (event) => event.event === 'noted' && (event.data?.oldVersion as { passes?: boolean } | undefined)?.passes === true,
  );
}

function ownRows(state: ReleaseState, database: string): Readonly<Record<string, OwnRows>> {
  return (rehearsed(state, database)?.own as Readonly<Record<string, OwnRows>> | undefined) ?? {};
}

function newColumns(state: ReleaseState, database: string): NewColumns {
  return (rehearsed(state, database)?.newColumns as NewColumns | undefined) ?? {};
}

/** What the rehearsal of a database noted. */
function rehearsed(state: ReleaseState, database: string): Readonly<Record<string, unknown>> | undefined {
  const note = state.events.findLast(
    (event) => event.event === 'noted' && event.data?.database === database && event.data.own !== undefined,
  );
  return note?.event === 'noted' ? note.data : undefined;
}

function copiesOf(state: ReleaseState, name: string): string {
  const copies = state.items.find(({ item }) => item === `backup:${name}`)?.did?.data?.copies;
  return Array.isArray(copies) && copies.length > 0
    ? copies.map((one: { place: string; path: string }) => `${one.place}:${one.path}`).join(', ')
    : 'no copy was made elsewhere';
}
