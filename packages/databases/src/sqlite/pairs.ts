import type { Client } from './client.ts';
import { id, type Result, type Step } from './protocol.ts';
import { type Column, columnsQuery, MASTER, readColumns, readSchema, type Schema, type Table } from './schema.ts';

/** A table that two files have, and how its rows are told apart. In SQL the files are `main` and `other`. */
export interface Pair {
  readonly table: string;
  /** Null: only whole rows can be compared. */
  readonly key: readonly string[] | null;
  /** Where the key may hold NULL, which is never unique: the rowid, which tells such rows apart. */
  readonly tie: string | undefined;
  /** What both have, without generated columns. */
  readonly columns: readonly string[];
  readonly main: readonly Column[];
  readonly other: readonly Column[];
  /** The condition under which rows `a` and `b` are the same row. */
  on(a: string, b: string): string;
}

export interface Pairs {
  readonly schemas: { readonly main: Schema; readonly other: Schema };
  readonly columns: {
    readonly main: ReadonlyMap<string, readonly Column[]>;
    readonly other: ReadonlyMap<string, readonly Column[]>;
  };
  readonly both: readonly Pair[];
}

/** The tables of two files side by side. */
export async function readPairs(client: Client, main: string, other: string): Promise<Pairs> {
  const attach = [{ as: 'other', path: other }];
  const masters = await client.run(main, {
    attach,
    steps: [
      { sql: MASTER.replace('sqlite_master', 'main.sqlite_master') },
      { sql: MASTER.replace('sqlite_master', 'other.sqlite_master') },
    ],
  });
  const [left, right] = masters.results;
  const schemas = { main: readSchema(left as Result), other: readSchema(right as Result) };
  const names = { main: schemas.main.tables.map((t) => t.name), other: schemas.other.tables.map((t) => t.name) };
  const { results } = await client.run(main, {
    attach,
    steps: [...columnsQuery(names.main, 'main'), ...columnsQuery(names.other, 'other')],
  });
  const columns = results.map(readColumns);
  const of = {
    main: new Map(names.main.map((name, i) => [name, columns[i] ?? []])),
    other: new Map(names.other.map((name, i) => [name, columns[names.main.length + i] ?? []])),
  };
  const before = new Map(schemas.other.tables.map((t) => [t.name, t]));
  const both = schemas.main.tables.flatMap((table) => {
    const old = before.get(table.name);
    return old === undefined ? [] : [pair(table, old, of.main.get(table.name) ?? [], of.other.get(table.name) ?? [])];
  });
  return { schemas, columns: of, both };
}

/** The primary key's columns in its order, or an alias of the rowid, or null. */
export function keyOf(table: Table, columns: readonly Column[]): readonly string[] | null {
  const key = columns.filter((c) => c.key > 0).sort((a, b) => a.key - b.key);
  if (key.length > 0) return key.map((c) => c.name);
  if (table.module !== undefined && !/^(fts|rtree|geopoly)/.test(table.module)) return null;
  const rowid = rowidOf(columns);
  return rowid === undefined ? null : [rowid];
}

/** A name of the rowid that no column has taken. */
function rowidOf(columns: readonly Column[]): string | undefined {
  const taken = new Set(columns.map((c) => c.name.toLowerCase()));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name));
}

export function pair(table: Table, old: Table, main: readonly Column[], other: readonly Column[]): Pair {
  const had = new Set(other.filter((c) => !c.generated).map((c) => c.name));
  const keys = [keyOf(table, main), keyOf(old, other)];
  const key = JSON.stringify(keys[0]) === JSON.stringify(keys[1]) ? (keys[0] ?? null) : null;
  // SQLite lets NULL into primary keys, except these; `=` would never find such a row again.
  const never = (name: string) =>
    [main, other].every((columns, i) => {
      const column = columns.find((c) => c.name === name);
      const integer = column?.type === 'INTEGER' && columns.filter((c) => c.key > 0).length === 1;
      return column === undefined || column.notNull || integer || [table, old][i]?.withoutRowid === true;
    });
  const loose = (key ?? []).filter((name) => !never(name));
  const tie = loose.length === 0 ? undefined : rowidOf([...main, ...other]);
  const same = (a: string, b: string) =>
    (key ?? []).map((name) => `${b}.${id(name)} ${loose.includes(name) ? 'IS' : '='} ${a}.${id(name)}`);
  const tied = (a: string, b: string) =>
    tie === undefined
      ? []
      : [`(${a}.${tie} = ${b}.${tie} OR ${loose.map((name) => `${a}.${id(name)} IS NOT NULL`).join(' AND ')})`];
  return {
    table: table.name,
    key,
    tie,
    columns: main.filter((c) => !c.generated && had.has(c.name)).map((c) => c.name),
    main,
    other,
    on: (a, b) => [...same(a, b), ...tied(a, b)].join(' AND '),
  };
}

/** Values differ: by type and content, whatever collation and affinity the columns have. */
export const differs = (a: string, b: string, column: string) =>
  `+${a}.${id(column)} COLLATE BINARY IS NOT +${b}.${id(column)}`;

/** A condition out of many, without a deep tree: SQLite allows expressions of depth 1000, tables 2000 columns. */
export function any(conditions: readonly string[]): string {
  if (conditions.length <= 1) return conditions[0] ?? '0';
  const half = conditions.length >> 1;
  return `(${any(conditions.slice(0, half))} OR ${any(conditions.slice(half))})`;
}

/** FROM … WHERE … for the three ways in which rows of a pair with a key differ; `a` is the row of main, `b` of other. */
export function selections(p: Pair): { added: string; changed: string; missing: string } {
  const t = id(p.table);
  return {
    added: `FROM main.${t} AS a WHERE NOT EXISTS (SELECT 1 FROM other.${t} AS b WHERE ${p.on('a', 'b')})`,
    changed: `FROM main.${t} AS a JOIN other.${t} AS b ON ${p.on('a', 'b')} WHERE ${any(p.columns.map((c) => differs('a', 'b', c)))}`,
    missing: `FROM other.${t} AS b WHERE NOT EXISTS (SELECT 1 FROM main.${t} AS a WHERE ${p.on('b', 'a')})`,
  };
}

/** Rows of one side that the other has fewer of, for tables without a key; `n` is how many. */
export function surplus(p: Pair, side: 'main' | 'other'): string {
  const t = id(p.table);
  const columns = p.columns.map((c) => `${id(c)} COLLATE BINARY AS ${id(c)}`).join(', ');
  const names = p.columns.map(id).join(', ');
  const [plus, minus] = side === 'main' ? ['main', 'other'] : ['other', 'main'];
  return (
    `SELECT ${names}, sum(s) AS n FROM (SELECT ${columns}, 1 AS s FROM ${plus}.${t} UNION ALL SELECT ${columns}, -1 AS s FROM ${minus}.${t}) ` +
    `GROUP BY ${p.columns.map((c) => `${id(c)} COLLATE BINARY, typeof(${id(c)})`).join(', ')} HAVING sum(s) > 0`
  );
}

/** Three statements, each with one number: added, changed, missing. */
export function countSteps(p: Pair): Step[] {
  if (p.columns.length === 0) return [{ sql: 'SELECT 0' }, { sql: 'SELECT 0' }, { sql: 'SELECT 0' }];
  if (p.key === null)
    return [
      { sql: `SELECT coalesce(sum(n), 0) FROM (${surplus(p, 'main')})` },
      { sql: 'SELECT 0' },
      { sql: `SELECT coalesce(sum(n), 0) FROM (${surplus(p, 'other')})` },
    ];
  const s = selections(p);
  return [
    { sql: `SELECT count(*) ${s.added}` },
    { sql: `SELECT count(*) ${s.changed}` },
    { sql: `SELECT count(*) ${s.missing}` },
  ];
}

export const firstNumber = (result: Result | undefined) => Number(result?.rows[0]?.[0] ?? 0);
