import type { Constraint } from './changes.ts';
import { type Name, quote, quoteName } from './names.ts';
import type { Engine } from './types.ts';
import type { World } from './world.ts';

// SELECTs that count what would break. Each gives one row of one column.

/** How many rows are too many under a unique key. @param keys as SQL */
export function duplicates(
  engine: Engine,
  table: string,
  keys: readonly string[],
  options: { nullsEqual?: boolean; where?: string | undefined } = {},
): string {
  // Where NULL is a value like any other, rows with it count too.
  const filled = options.nullsEqual === true ? [] : keys.map((key) => `${key} IS NOT NULL`);
  const conditions = [...filled, ...(options.where === undefined ? [] : [`(${options.where})`])];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const groups = engine === 'postgres' ? keys.map((_, index) => index + 1).join(', ') : keys.join(', ');
  const columns = engine === 'postgres' ? `${keys.join(', ')}, COUNT(*)` : 'COUNT(*)';
  const alias = engine === 'postgres' ? `d (${[...keys.map((_, index) => `k${index}`), 'n'].join(', ')})` : 'd';
  const counted = engine === 'postgres' ? columns : `${columns} AS n`;
  return `SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT ${counted} FROM ${table}${where} GROUP BY ${groups} HAVING COUNT(*) > 1) AS ${alias};`;
}

export const nulls = (table: string, column: string): string =>
  `SELECT COUNT(*) FROM ${table} WHERE ${column} IS NULL;`;

/** A CHECK lets NULL pass. */
export const violations = (table: string, condition: string): string =>
  `SELECT COUNT(*) FROM ${table} WHERE NOT (${condition});`;

export const rowsOf = (table: string): string => `SELECT COUNT(*) FROM ${table};`;

/**
 * Rows whose foreign key points at no row; undefined: the columns that it points at are not known. Names are those from before
 * the migration.
 */
export function orphans(engine: Engine, world: World, table: Name, constraint: Constraint): string | undefined {
  const { references, columns } = constraint;
  if (references === undefined || columns === undefined || columns.length === 0) return undefined;
  const target = world.table(references.table);
  const own = world.table(table);
  const wanted = references.columns.length > 0 ? references.columns : target.known?.primaryKey;
  if (wanted === undefined || wanted.length !== columns.length) return undefined;
  const before = (of: Name, column: string) => world.column(of, column)?.original ?? column;
  const pairs = columns.map((column, index) => {
    const [child, parent] = [before(table, column), before(references.table, wanted[index] ?? '')];
    return `p.${quote(engine, parent)} = c.${quote(engine, child)}`;
  });
  const filled = columns.map((column) => `c.${quote(engine, before(table, column))} IS NOT NULL`);
  const [child, parent] = [own.original ?? table, target.original ?? references.table];
  return `SELECT COUNT(*) FROM ${quoteName(engine, child)} AS c WHERE ${filled.join(' AND ')} AND NOT EXISTS (SELECT 1 FROM ${quoteName(engine, parent)} AS p WHERE ${pairs.join(' AND ')});`;
}

/** Values that a smaller type does not take; undefined: that cannot be asked in one way for this type. */
export function doNotFit(engine: Engine, table: string, column: string, type: string): string | undefined {
  const [, base = '', size] = /^([a-z ]+?)(?:\((\d+)(?:,\d+)?\))?(?: unsigned)?$/.exec(type.toLowerCase()) ?? [];
  if (/^(varchar|char|character varying|character)$/.test(base) && size !== undefined) {
    const length =
      engine === 'sqlite'
        ? `LENGTH(${column})`
        : `CHAR_LENGTH(${engine === 'postgres' ? `CAST(${column} AS text)` : column})`;
    return `SELECT COUNT(*) FROM ${table} WHERE ${length} > ${size};`;
  }
  const bits = { tinyint: 8, smallint: 16, int2: 16, mediumint: 24, int: 32, integer: 32, int4: 32 }[base];
  if (bits === undefined) return undefined;
  const unsigned = /unsigned/.test(type);
  const low = unsigned ? 0 : -(2 ** (bits - 1));
  const high = unsigned ? 2 ** bits - 1 : 2 ** (bits - 1) - 1;
  return `SELECT COUNT(*) FROM ${table} WHERE ${column} NOT BETWEEN ${low} AND ${high};`;
}
