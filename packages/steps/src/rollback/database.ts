import { posix } from 'node:path';
import type { Backup, Database, TableDifference } from '@release-runbook/databases/types';
import type { Recorder } from '@release-runbook/record/recorder';
import type { Item, ReleaseState } from '@release-runbook/record/state';
import { RunbookError } from '@release-runbook/units/error';
import { backupIn, findBackup } from '../backup.ts';
import type { StepContext } from '../context.ts';
import { keptTables } from '../expectations.ts';
import { downScript, mustSucceed, scriptJob, sentMigration } from '../migration.ts';
import type { OwnRows } from '../rehearse.ts';
import { undoesByRestore } from '../way-back.ts';

/** What has to be done to one database, decided before anything is undone. */
export interface DatabaseWay {
  readonly database: Database;
  readonly backup: Backup | undefined;
  readonly action: 'nothing' | 'down' | 'restore';
  readonly why: string;
  /** Rows written since the backup, by table: what a restore would take out of the live database. */
  readonly written: Readonly<Record<string, number>>;
  /** Anything at all differs from the backup: it is exported before a restore, whoever wrote it. */
  readonly differs: boolean;
  /** Rows of tables that never lose rows, which are gone. */
  readonly missing: Readonly<Record<string, number>>;
}

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
      written: {},
      differs: false,
      missing: {},
    };
  const backup = await findBackup(database, id);
  if (backup === undefined)
    throw new RunbookError(
      `the backup ${id} of ${name} is no longer on ${database.host.name}; the database was not touched`,
      {
        hint: `bring a copy back to its folder there: ${copiesOf(state, name)}`,
      },
    );
  const unfinished = restoring(state, name);
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
      written: {},
      differs: false,
      missing: {},
    };
  }
  const kept = keptTables(ctx.runbook.migrate[name], ctx.runbook.rollback.when);
  const missing = Object.fromEntries(
    since.filter((one) => kept.includes(one.table) && one.missing > 0).map(({ table, missing }) => [table, missing]),
  );
  const own = ownIn(since, item, ownRows(state, name));
  const all = writtenRows(since, kept, own, isQuiet(ctx, state));
  const { action, why } = await decide(ctx, database, backup, item, missing, all, state);
  // A down script drops what the migration made, and rows that people wrote into it.
  const written =
    action === 'down'
      ? Object.fromEntries(Object.entries(all).filter(([table]) => !(table in backup.inspection.rows)))
      : all;
  return {
    database,
    backup,
    action,
    why,
    written,
    differs: since.some((one) => one.added + one.changed + one.missing > 0),
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
  const lost = Object.entries(missing).map(([table, rows]) => `${rows} rows of ${table}`);
  if (lost.length > 0) return { action: 'restore', why: `${lost.join(', ')} are gone` };
  if (item === undefined || spec === undefined) return { action: 'nothing', why: 'it was not migrated' };
  const { schema } = await database.compare({ address: backup.path, kind: 'scratch' }, await database.live());
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
  const note = state.events.findLast(
    (event) => event.event === 'noted' && event.data?.database === database && event.data.own !== undefined,
  );
  return note?.event === 'noted' ? (note.data?.own as Readonly<Record<string, OwnRows>>) : {};
}

function copiesOf(state: ReleaseState, name: string): string {
  const copies = state.items.find(({ item }) => item === `backup:${name}`)?.did?.data?.copies;
  return Array.isArray(copies) && copies.length > 0
    ? copies.map((one: { place: string; path: string }) => `${one.place}:${one.path}`).join(', ')
    : 'no copy was made elsewhere';
}

/** Runs the down script on the live database, and proves that it undid: the schema is that of the backup. */
export async function runDown(ctx: StepContext, recorder: Recorder, way: DatabaseWay): Promise<void> {
  const { database, backup } = way;
  const spec = ctx.runbook.migrate[database.name];
  const down = spec === undefined ? undefined : downScript(spec);
  if (spec === undefined || down === undefined || backup === undefined)
    throw new Error(`${database.name} has no down script`);
  const { version, previous } = recorder.state().opened;
  const migration = await sentMigration(database, spec, { version, previous, release: recorder.release });
  await recorder.undo({
    item: `migrate:${database.name}`,
    host: database.host.name,
    make: async (start) => {
      const live = await database.live();
      mustSucceed(
        await start(scriptJob(ctx, migration, down, live)),
        `the down script of ${database.name}`,
        migration.withinMs,
      );
      const { schema } = await database.compare({ address: backup.path, kind: 'scratch' }, live);
      if (schema.length > 0)
        throw new RunbookError(
          `the down script of ${database.name} ended with exit code 0, and the schema is not as before: ${schema.join('; ')}`,
        );
      return { how: 'by the down script; the schema is as before' };
    },
  });
}

/** Keeps what was written since the backup as files, in a folder of its own for each attempt. */
export async function exportRows(
  ctx: StepContext,
  recorder: Recorder,
  { database, backup, differs }: DatabaseWay,
): Promise<void> {
  if (!differs || backup === undefined) return;
  const folder = posix.join(
    await database.host.state(),
    'exports',
    recorder.release,
    `${database.name}-${recorder.state().next}`,
  );
  const made = await database.exportSince(backup, folder);
  await recorder.write({
    event: 'noted',
    step: 'rollback',
    text: `rows written since the backup of ${database.name} exported to ${database.host.name}:${made.path}`,
    data: { exported: made.rows, path: made.path, database: database.name },
  });
  ctx.platform.log(`rows written since the backup are kept in ${made.path} on ${database.host.name}`);
}

/** Rows exported by this rollback, by table, over all its attempts. */
export function exportedRows(state: ReleaseState): Readonly<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const event of state.events) {
    if (event.event !== 'noted' || event.data?.exported === undefined) continue;
    for (const [table, count] of Object.entries(event.data.exported as Record<string, number>))
      if (count > 0) rows[table] = Math.max(rows[table] ?? 0, count);
  }
  return rows;
}

/** Exports what was written since the backup, then restores: the present database is kept as the rescue. */
export async function runRestore(ctx: StepContext, recorder: Recorder, way: DatabaseWay): Promise<void> {
  const { database, backup } = way;
  if (backup === undefined) throw new Error(`${database.name} has no backup`);
  await exportRows(ctx, recorder, way);
  const item = `migrate:${database.name}`;
  const known = recorder.state().items.some((one) => one.item === item);
  await recorder.undo({
    item: known ? item : `restore:${database.name}`,
    make: async () => {
      const { rescue } = await database.restore(backup, recorder.release);
      return {
        how: `restored from ${backup.id}${rescue === undefined ? '' : `; the database that was replaced is kept as ${rescue}`}`,
        data: { backup: backup.id, rescue: rescue ?? null },
      };
    },
  });
}
