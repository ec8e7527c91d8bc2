import { fileURLToPath } from 'node:url';
import { runOrFail } from './run.ts';

const SCRIPT = fileURLToPath(new URL('scripts/snapshot.py', import.meta.url));

type Row = Record<string, unknown>;
export type Snapshot = {
  journal: string;
  /** ['ok'] if sound. */
  integrity: string[];
  /** Rows whose parent is missing. */
  foreignKeys: unknown[][];
  /** 'table diagnosis_reports': its SQL with single blanks; indexes, views and triggers likewise. */
  schema: Record<string, string>;
  /** Rows by their primary key (as text; a JSON array if it has several columns). */
  tables: Record<string, { key: string[]; columns: string[]; rows: Record<string, Row> }>;
};
export type Difference = {
  /** Names of objects that are only in one of the two, or differ. */
  schema: string[];
  /** Rows of before that are gone. */
  lost: { table: string; key: string }[];
  /** Rows in both whose values differ, in columns that both have. */
  changed: { table: string; key: string; columns: string[] }[];
  added: { table: string; key: string }[];
  /** Acknowledged reports that are not in after: whoever wrote them was told that they are safe. */
  missing: number[];
};

/** Schema and rows of a SQLite file, read in one transaction while others may write. */
export async function snapshotDatabase(path: string, python = 'python3'): Promise<Snapshot> {
  return JSON.parse(await runOrFail(python, [SCRIPT, path])) as Snapshot;
}

/** What differs. `acknowledged`: ids of diagnosis_reports whose write was confirmed, by whatever writer. */
export function compareSnapshots(
  before: Snapshot,
  after: Snapshot,
  options: { acknowledged?: readonly number[] } = {},
): Difference {
  const names = new Set([...Object.keys(before.schema), ...Object.keys(after.schema)]);
  const difference: Difference = {
    schema: [...names].filter((name) => before.schema[name] !== after.schema[name]).sort(),
    lost: [],
    changed: [],
    added: [],
    missing: (options.acknowledged ?? []).filter((id) => !after.tables.diagnosis_reports?.rows[String(id)]),
  };
  for (const table of new Set([...Object.keys(before.tables), ...Object.keys(after.tables)])) {
    const was = before.tables[table]?.rows ?? {};
    const is = after.tables[table]?.rows ?? {};
    for (const [key, row] of Object.entries(was)) {
      const now = is[key];
      if (!now) {
        difference.lost.push({ table, key });
        continue;
      }
      const columns = Object.keys(row).filter((name) => name in now && !same(row[name], now[name]));
      if (columns.length > 0) difference.changed.push({ table, key, columns });
    }
    for (const key of Object.keys(is)) if (!(key in was)) difference.added.push({ table, key });
  }
  return difference;
}

/** No difference at all, and nothing acknowledged is missing. */
export function isSame(difference: Difference): boolean {
  return Object.values(difference).every((list) => list.length === 0);
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
