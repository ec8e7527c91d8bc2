import type { Backup, Database } from '@release-runbook/databases/types';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { backupIn, findBackup } from '../backup.ts';
import type { StepContext } from '../context.ts';
import type { OpenRelease } from '../open-release.ts';

export interface Lost {
  readonly value: number;
  readonly text: string;
}

/**
 * Counts rows of this release's verified backup that are missing now, by key.
 * @throws RunbookError for what cannot be told: no verified backup, a table that no backup has, or one without a key
 */
export function rowsLost(
  ctx: StepContext,
  { recorder }: Pick<OpenRelease, 'recorder'>,
  tables: readonly string[],
): () => Promise<Lost> {
  const found = new Map<Database, Backup>();
  const backups = async (): Promise<ReadonlyMap<Database, Backup>> => {
    for (const database of Object.values(ctx.databases)) {
      if (found.has(database)) continue;
      const backup = await findBackup(database, backupIn(recorder.state(), database.name));
      if (backup?.verified !== undefined) found.set(database, backup);
    }
    if (found.size === 0)
      throw new RunbookError('rows-lost cannot be observed: this release has no verified backup to compare with');
    return found;
  };
  return async () => {
    const missing: Record<string, number> = {};
    for (const [database, backup] of await backups()) {
      const own = tables.filter((table) => Object.hasOwn(backup.inspection.rows, table));
      if (own.length === 0) continue;
      for (const { table, key, missing: count } of await database.since(backup, own)) {
        if (key === null)
          throw new RunbookError(
            `rows-lost cannot be observed in ${table}: it has no key by which rows are told apart`,
          );
        missing[table] = (missing[table] ?? 0) + count;
      }
    }
    const unknown = tables.filter((table) => !Object.hasOwn(missing, table));
    if (unknown.length > 0)
      throw new RunbookError(
        `rows-lost cannot be observed: no verified backup of this release has the table ${unknown.join(', ')}`,
      );
    const value = Object.values(missing).reduce((sum, count) => sum + count, 0);
    const where = Object.entries(missing)
      .filter(([, count]) => count > 0)
      .map(([table, count]) => `${table}: ${count}`);
    return {
      value,
      text:
        value === 0
          ? `no row of the backup is missing in ${tables.join(', ')}`
          : `${counted(value, 'row')} of the backup ${value === 1 ? 'is' : 'are'} missing (${where.join(', ')})`,
    };
  };
}
