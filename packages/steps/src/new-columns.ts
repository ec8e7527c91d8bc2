import type { Backup, Database, Instance } from '@release-runbook/databases/types';
import { sha256Hex } from '@release-runbook/runbook/digest';
import { RunbookError } from '@release-runbook/units/error';

/** What a migration itself put into a column that it made; kept in the record, so without the values. */
export interface OwnValues {
  /** Values that are not null. */
  readonly values: number;
  /** SHA-256 of the most frequent one (what the migration filled in), and how often it stands there; null: none stands there twice. */
  readonly fill: { readonly sha256: string; readonly count: number } | null;
}

/** By table and column. */
export type NewColumns = Readonly<Record<string, Readonly<Record<string, OwnValues>>>>;

/** How engines write a name; which of them one takes is found out by asking. */
const QUOTES = ['"', '`'] as const;
type Quote = (name: string) => string;

/** Values told apart; a fill that is rarer than all these is taken for none, which asks too often and never too seldom. */
const MOST_VALUES = 50;

/**
 * Columns of tables whose definition a migration changed, by table. On an empty table as well: the join gives one row of
 * nulls. A table that cannot be asked this way is left out.
 */
export async function columnsOf(
  database: Database,
  instance: Instance,
  tables: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const table of tables) {
    const asked = await ask(database, instance, table);
    if (asked !== undefined) found.set(table, asked.columns);
  }
  return found;
}

/** Tables of the backup that the instance has as well, with another definition. */
export async function changedTables(
  database: Database,
  backup: Backup,
  instance: Instance,
): Promise<readonly string[]> {
  const now = new Map((await database.inspect(instance)).objects.map((one) => [`${one.kind} ${one.name}`, one]));
  return backup.inspection.objects
    .filter((one) => one.kind === 'table')
    .filter((one) => {
      const after = now.get(`table ${one.name}`);
      return after !== undefined && after.definition !== one.definition;
    })
    .map(({ name }) => name);
}

/** Columns of `after` that `before` has not, with what stands in them now. */
export async function ownValues(
  database: Database,
  instance: Instance,
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
): Promise<NewColumns> {
  const own: Record<string, Record<string, OwnValues>> = {};
  for (const [table, columns] of after) {
    const old = before.get(table);
    const fresh = old === undefined ? [] : columns.filter((column) => !old.includes(column));
    const asked = fresh.length === 0 ? undefined : await ask(database, instance, table);
    for (const column of asked === undefined ? [] : fresh) {
      const { values, groups } = await valuesIn(database, instance, asked as Asked, column);
      const [fill] = groups;
      // One that stands there once is somebody's value, and nothing of it is kept.
      own[table] = { ...own[table], [column]: { values, fill: fill === undefined || fill.count < 2 ? null : fill } };
    }
  }
  return own;
}

/**
 * Values in new columns that the migration did not write, by "table (column)": a down script takes them away. A column that
 * the migration filled with values of all kinds hides those of them that were changed since.
 */
export async function writtenValues(
  database: Database,
  instance: Instance,
  own: NewColumns,
): Promise<Readonly<Record<string, number>>> {
  const written: Record<string, number> = {};
  for (const [table, columns] of Object.entries(own)) {
    const asked = await ask(database, instance, table);
    if (asked === undefined) continue;
    for (const [column, mine] of Object.entries(columns)) {
      if (!asked.columns.includes(column)) continue;
      const { values, groups } = await valuesIn(database, instance, asked, column);
      const filled = groups.find(({ sha256 }) => sha256 === mine.fill?.sha256)?.count ?? 0;
      const others = values - filled - (mine.values - (mine.fill?.count ?? 0));
      if (others > 0) written[`${table} (${column})`] = others;
    }
  }
  return written;
}

/** Rows that have a value in one of the columns, as JSON lines with all their columns. `key`: by what they are ordered. */
export async function exportValues(
  database: Database,
  instance: Instance,
  table: string,
  columns: readonly string[],
  key: readonly string[] | null,
): Promise<string> {
  const asked = await ask(database, instance, table);
  if (asked === undefined) throw new RunbookError(`${database.name}: the table ${table} cannot be read`);
  const { from, quote } = asked;
  const where = columns.map((column) => `${quote(column)} IS NOT NULL`).join(' OR ');
  const order = (key ?? asked.columns).map(quote).join(', ');
  const lines: string[] = [];
  // One answer of the database's program is bounded: wide rows come fewer at a time.
  for (let page = 500; ; ) {
    try {
      const { columns: names, rows } = await database.query(
        instance,
        `SELECT * FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ${page} OFFSET ${lines.length}`,
      );
      for (const row of rows)
        lines.push(
          JSON.stringify({ table, row: Object.fromEntries(names.map((name, index) => [name, plain(row[index])])) }),
        );
      if (rows.length < page) return lines.map((line) => `${line}\n`).join('');
    } catch (error) {
      if (!(error instanceof RunbookError) || page === 1) throw error;
      page = Math.ceil(page / 8);
    }
  }
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : (value ?? null);
}

interface Asked {
  readonly from: string;
  readonly quote: Quote;
  readonly columns: readonly string[];
}

/** How a table is named in a query of this engine, and its columns. Undefined: it cannot be asked by a query. */
async function ask(database: Database, instance: Instance, table: string): Promise<Asked | undefined> {
  for (const mark of QUOTES) {
    const quote: Quote = (name) => `${mark}${name.replaceAll(mark, mark + mark)}${mark}`;
    const [schema = '', name] = table.split(/\.(.*)/s);
    for (const from of [quote(table), ...(name === undefined ? [] : [`${quote(schema)}.${quote(name)}`])]) {
      try {
        const { columns } = await database.query(
          instance,
          `SELECT t.* FROM (SELECT 1 AS one) AS o LEFT JOIN ${from} AS t ON 1 = 1 LIMIT 1`,
        );
        return { from, quote, columns };
      } catch (error) {
        if (!(error instanceof RunbookError)) throw error;
      }
    }
  }
  return undefined;
}

async function valuesIn(
  database: Database,
  instance: Instance,
  { from, quote }: Asked,
  column: string,
): Promise<{ values: number; groups: readonly { sha256: string; count: number }[] }> {
  const name = quote(column);
  const counted = await database.query(instance, `SELECT COUNT(${name}) FROM ${from}`);
  const values = Number(counted.rows[0]?.[0] ?? 0);
  if (values === 0) return { values, groups: [] };
  try {
    const { rows } = await database.query(
      instance,
      `SELECT ${name}, COUNT(*) FROM ${from} WHERE ${name} IS NOT NULL GROUP BY ${name} ORDER BY 2 DESC, 1 LIMIT ${MOST_VALUES}`,
    );
    return {
      values,
      groups: rows.map(([value, count]) => ({ sha256: sha256Hex(String(plain(value))), count: Number(count) })),
    };
  } catch (error) {
    // Values of some types cannot be told apart (PostgreSQL's json): then they are only counted.
    if (!(error instanceof RunbookError)) throw error;
    return { values, groups: [] };
  }
}
