import { posix } from 'node:path';
import type { Recorder } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from '../context.ts';
import { downScript, mustSucceed, scriptJob, sentMigration } from '../migration.ts';
import { exportValues } from '../new-columns.ts';
import type { DatabaseWay } from './database.ts';

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
      const schema = await database.compareSchema(backup, live);
      if (schema.length > 0)
        throw new RunbookError(
          `the down script of ${database.name} ended with exit code 0, and the schema is not as before: ${schema.join('; ')}`,
        );
      return { how: 'by the down script; the schema is as before' };
    },
  });
}

/** Keeps what was written since the backup as files, in a folder of its own for each attempt. */
export async function exportRows(ctx: StepContext, recorder: Recorder, way: DatabaseWay): Promise<void> {
  const { database, backup, differs, values } = way;
  if (backup === undefined || (!differs && values.length === 0)) return;
  const folder = posix.join(
    await database.host.state(),
    'exports',
    recorder.release,
    `${database.name}-${recorder.state().next}`,
  );
  const made = await database.exportSince(backup, folder);
  const live = await database.live();
  for (const { table, columns, key } of values)
    await database.host.write(
      posix.join(made.path, `values-${table.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 80)}.jsonl`),
      await exportValues(database, live, table, columns, key),
    );
  // What is in dropped columns is told beside the rows that differ anyway.
  const dropped = Object.entries(way.written).filter(([name]) =>
    values.some(({ table, columns }) => columns.some((column) => name === `${table} (${column})`)),
  );
  await recorder.write({
    event: 'noted',
    step: 'rollback',
    text: `rows written since the backup of ${database.name} exported to ${database.host.name}:${made.path}`,
    data: { exported: { ...made.rows, ...Object.fromEntries(dropped) }, path: made.path, database: database.name },
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
