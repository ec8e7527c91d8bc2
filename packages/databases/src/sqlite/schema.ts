import type { SchemaObject } from '../types.ts';
import { asText, literal, type Result } from './protocol.ts';
import { isWithoutRowid, normalise, virtualModule } from './text.ts';

/** The suite's own table, which says which migration files were applied. Left out of all that is compared. */
export const MIGRATIONS = '_release_runbook_migrations';

export const MASTER = 'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name';

export interface Schema {
  readonly objects: readonly SchemaObject[];
  readonly tables: readonly Table[];
}

export interface Table {
  readonly name: string;
  readonly withoutRowid: boolean;
  /** fts5, rtree …; undefined: an ordinary table. */
  readonly module: string | undefined;
}

/** Tables in which extensions keep a virtual table's content: their rows are no rows of the application. */
const SHADOWS: Readonly<Record<string, readonly string[]>> = {
  fts3: ['content', 'segments', 'segdir', 'docsize', 'stat'],
  fts4: ['content', 'segments', 'segdir', 'docsize', 'stat'],
  fts5: ['data', 'idx', 'content', 'docsize', 'config'],
  rtree: ['node', 'rowid', 'parent'],
  rtree_i32: ['node', 'rowid', 'parent'],
  geopoly: ['node', 'rowid', 'parent'],
};

/** The result of MASTER as objects and tables. */
export function readSchema(master: Result): Schema {
  const rows = master.rows.map((row) => ({
    kind: row[0] as SchemaObject['kind'],
    name: asText(row[1]),
    table: asText(row[2]),
    sql: row[3] as string | null,
  }));
  const modules = new Map<string, string>();
  for (const { name, sql } of rows) {
    const module = sql === null ? undefined : virtualModule(sql);
    if (module !== undefined) modules.set(name, module);
  }
  const shadows = new Set(
    [...modules].flatMap(([name, module]) => (SHADOWS[module] ?? []).map((end) => `${name}_${end}`)),
  );
  const own = rows.filter(({ name, table }) => !/^sqlite_/i.test(name) && table !== MIGRATIONS && !shadows.has(table));
  return {
    objects: own.map(({ kind, name, sql }) => ({ kind, name, definition: normalise(sql ?? '') })),
    tables: own
      .filter(({ kind }) => kind === 'table')
      .map(({ name, sql }) => ({ name, withoutRowid: isWithoutRowid(sql ?? ''), module: modules.get(name) })),
  };
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly fallback: string | null;
  /** Place in the primary key, starting at 1; 0: not in it. */
  readonly key: number;
  readonly generated: boolean;
}

/** The columns of all tables at once: result rows begin with the table's name. `schema`: main, or an attached one. */
export function columnsQuery(tables: readonly string[], schema: string): { sql: string }[] {
  return tables.map((table) => ({
    sql: `SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(${literal(table)}, ${literal(schema)})`,
  }));
}

export function readColumns(result: Result): Column[] {
  return (
    result.rows
      // 1: hidden columns of virtual tables, which are arguments rather than data.
      .filter((row) => row[5] !== 1)
      .map((row) => ({
        name: asText(row[0]),
        type: asText(row[1]).toUpperCase(),
        notNull: row[2] === 1,
        fallback: row[3] as string | null,
        key: Number(row[4]),
        generated: row[5] === 2 || row[5] === 3,
      }))
  );
}
