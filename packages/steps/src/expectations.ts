import type { Backup, Database, Instance } from '@release-runbook/databases/types';
import type { MigrationSpec } from '@release-runbook/runbook/schema/migrate';
import { counted } from '@release-runbook/units/count';
import { formatThreshold, holds, parseThreshold } from '@release-runbook/units/threshold';

/** An expectation of `expect:` on an instance, with the number found. */
export interface Expected {
  readonly table: string;
  readonly holds: boolean;
  readonly rows: number | undefined;
  readonly text: string;
}

/**
 * Looks whether the tables hold what the runbook expects. `kept` compares by key with the backup; on a copy that nobody writes
 * to, the counts tell it.
 */
export async function checkExpectations(
  database: Database,
  spec: MigrationSpec,
  instance: Instance,
  backup: Backup,
): Promise<readonly Expected[]> {
  const expectations = Object.entries(spec.expect ?? {});
  if (expectations.length === 0) return [];
  const { rows } = await database.inspect(instance);
  const kept = expectations.filter(([, { rows: wanted }]) => wanted === 'kept').map(([table]) => table);
  const missing = kept.length === 0 ? new Map<string, number>() : await missingRows(database, backup, instance, kept);
  return expectations.map(([table, { rows: wanted }]) => {
    const found = rows[table];
    if (found === undefined) return { table, holds: false, rows: undefined, text: `${table}: there is no such table` };
    if (wanted === undefined) return { table, holds: true, rows: found, text: `${table}: ${counted(found, 'row')}` };
    if (wanted === 'kept') {
      const gone = missing.get(table) ?? 0;
      return {
        table,
        holds: gone === 0,
        rows: found,
        text:
          gone === 0
            ? `${table}: ${counted(found, 'row')}, none missing`
            : `${table}: ${gone} of ${counted(backup.inspection.rows[table] ?? gone, 'row')} of the backup ${gone === 1 ? 'is' : 'are'} missing`,
      };
    }
    const threshold = parseThreshold(typeof wanted === 'number' ? `= ${wanted}` : wanted, 'count');
    return {
      table,
      holds: holds(threshold, found),
      rows: found,
      text: `${table}: ${counted(found, 'row')}, expected ${formatThreshold(threshold)}`,
    };
  });
}

/** Rows of the backup, by key, that an instance no longer has. */
async function missingRows(
  database: Database,
  backup: Backup,
  instance: Instance,
  tables: readonly string[],
): Promise<Map<string, number>> {
  const differences = await database.since(backup, tables, instance);
  return new Map(differences.map(({ table, missing }) => [table, missing]));
}

/** Tables of which no row may ever be missing: those expected to be kept, and those of `rows-lost` triggers. */
export function keptTables(
  spec: MigrationSpec | undefined,
  triggers: readonly object[] | undefined,
): readonly string[] {
  const expected = Object.entries(spec?.expect ?? {}).flatMap(([table, { rows }]) => (rows === 'kept' ? [table] : []));
  const triggered = (triggers ?? []).flatMap((trigger) =>
    'rows-lost' in trigger && 'in' in trigger ? (trigger.in as readonly string[]) : [],
  );
  return [...new Set([...expected, ...triggered])];
}
