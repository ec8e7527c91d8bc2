import { RunbookError } from '@release-runbook/units/error';
import type { Place, Script, TableShape } from '../server/engine.ts';
import { CLIENT, type Context, LONG_MS, programEnv, run } from './client.ts';
import type { Programs } from './programs.ts';
import { id, literal, READING } from './sql.ts';
import type { Kind } from './tables.ts';

const kindOf = (table: TableShape, column: string) => table.types?.[column] as Kind | undefined;

/** A value's canonical text. FLOAT as a dump holds it: six digits, which is what comes back from one. */
function textOf(table: TableShape, column: string): string {
  const c = id(column);
  switch (kindOf(table, column)) {
    case 'text':
    case 'json':
      return `CONVERT(${c} USING utf8mb4)`;
    case 'bit':
      return `CAST(${c} + 0 AS CHAR)`;
    case 'binary':
    case undefined:
      return c;
    default:
      return `CAST(${c} AS CHAR)`;
  }
}

const hashOf = (table: TableShape, column: string): string =>
  `COALESCE(LEFT(SHA2(${textOf(table, column)}, 256), 16), '-')`;

const wholeRow = (table: TableShape): string =>
  `LEFT(SHA2(CONCAT_WS(' ', ${table.columns.map((column) => hashOf(table, column)).join(', ')}), 256), 16)`;

/** A key as JSON on one line; for a table without one, the hash of the whole row. */
function keyOf(table: TableShape): string {
  if (table.key === null) return `CONCAT('["', ${wholeRow(table)}, '"]')`;
  const parts = table.key.map((column) => jsonOf(table, column));
  return `CONCAT('[', ${parts.join(", ',', ")}, ']')`;
}

const SAFE = '9007199254740991';

function jsonOf(table: TableShape, column: string): string {
  const c = id(column);
  switch (kindOf(table, column)) {
    case 'integer':
    case 'double':
      return `CAST(${c} AS CHAR)`;
    case 'float':
      return `CAST(${c} + 0e0 AS CHAR)`;
    case 'bigint':
      return `IF(${c} BETWEEN -${SAFE} AND ${SAFE}, CAST(${c} AS CHAR), CONCAT('"', ${c}, '"'))`;
    case 'bit':
      return `CONCAT('"', ${c} + 0, '"')`;
    case 'binary':
      return `CONCAT('"', HEX(${c}), '"')`;
    case 'text':
      return `JSON_QUOTE(CONVERT(${c} USING utf8mb4))`;
    case 'json':
      return `CONVERT(${c} USING utf8mb4)`;
    default:
      return `CONCAT('"', ${c}, '"')`;
  }
}

/** A value as a literal on one line, the same in every SQL mode. */
function sqlOf(table: TableShape, column: string): string {
  const c = id(column);
  switch (kindOf(table, column)) {
    case 'integer':
    case 'bigint':
    case 'decimal':
    case 'double':
      return `CAST(${c} AS CHAR)`;
    case 'float':
      return `CAST(${c} + 0e0 AS CHAR)`;
    case 'bit':
      return `CAST(${c} + 0 AS CHAR)`;
    case 'text':
    case 'json': {
      const text = `CONVERT(${c} USING utf8mb4)`;
      return `IF(${text} REGEXP '[[:cntrl:]\\\\\\\\]', CONCAT('_utf8mb4 X''', HEX(${text}), ''''), CONCAT('_utf8mb4''', REPLACE(${text}, '''', ''''''), ''''))`;
    }
    case 'other':
      return `CONCAT('''', ${c}, '''')`;
    default:
      return `CONCAT('X''', HEX(${c}), '''')`;
  }
}

const LINES = `${CLIENT}rr_mysql --database="$RR_DATABASE" <"$rr_here/sql"`;

/** One line a row: key, tab, one hash for each column. Text and null never meet: `-` is no hash. */
export function rowLines(programs: Programs, place: Place, table: TableShape, columns: readonly string[]): Script {
  const hashes = columns.length === 0 ? "''" : `CONCAT_WS(' ', ${columns.map((c) => hashOf(table, c)).join(', ')})`;
  const sql = `${READING}SELECT ${keyOf(table)}, ${hashes} FROM ${id(table.table)};`;
  return { text: LINES, env: { ...programEnv(programs, place.server, sql), RR_DATABASE: place.database } };
}

/** Rows read at once. */
const PORTION = 100;

export async function exportRows(
  context: Context,
  place: Place,
  table: TableShape,
  keys: readonly string[],
): Promise<readonly { readonly key: string; readonly json: string; readonly sql: string | undefined }[]> {
  const { columns } = table;
  const object = columns.map(
    (column, i) =>
      `${literal(`${i === 0 ? '{' : ','}${JSON.stringify(column)}:`)}, COALESCE(${jsonOf(table, column)}, 'null')`,
  );
  const names = columns.map(id).join(', ');
  const changes = columns.filter((column) => !table.key?.includes(column)).map((c) => `${id(c)} = VALUES(${id(c)})`);
  const [first = ''] = columns;
  const update =
    table.key === null
      ? ''
      : ` ON DUPLICATE KEY UPDATE ${changes.length === 0 ? `${id(first)} = ${id(first)}` : changes.join(', ')}`;
  const values = columns.map((column, i) => `${i === 0 ? '' : `', ', `}COALESCE(${sqlOf(table, column)}, 'NULL')`);
  const insert = `CONCAT(${literal(`INSERT INTO ${id(table.table)} (${names}) VALUES (`)}, ${values.join(', ')}, ${literal(`)${update};`)})`;
  const found: { key: string; json: string; sql: string }[] = [];
  for (let at = 0; at < keys.length; at += PORTION) {
    const sql = `${READING}SELECT ${keyOf(table)}, CONCAT(${object.join(', ')}, '}'), ${insert} FROM ${id(table.table)} WHERE ${keys
      .slice(at, at + PORTION)
      .map((key) => whereOf(table, key))
      .join(' OR ')};`;
    const text = await run(context, place, sql, `rows of ${table.table} cannot be read`, { timeoutMs: LONG_MS });
    for (const line of text.split('\n').filter((one) => one !== '')) {
      const [key = '', json = '', statement = ''] = line.split('\t');
      if (json === 'NULL' || statement === 'NULL')
        throw new RunbookError(
          `database ${context.name}: the row ${key} of ${table.table} is larger than max_allowed_packet of the server, so it cannot be exported`,
          { hint: 'SET GLOBAL max_allowed_packet = 1073741824, then run this again' },
        );
      found.push({ key, json, sql: statement });
    }
  }
  return found;
}

function whereOf(table: TableShape, key: string): string {
  const parts = JSON.parse(key) as unknown[];
  if (table.key === null) return `${wholeRow(table)} = ${literal(String(parts[0]))}`;
  const terms = table.key.map((column, i) => {
    const part = parts[i];
    switch (kindOf(table, column)) {
      case 'integer':
      case 'bigint':
      case 'decimal':
      case 'bit': {
        const text = String(part);
        if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Error(`not a number in a key: ${key}`);
        return `${id(column)} = ${text}`;
      }
      case 'binary': {
        const hex = String(part);
        if (!/^([0-9A-F]{2})*$/.test(hex)) throw new Error(`not hex in a key: ${key}`);
        return `${id(column)} = X'${hex}'`;
      }
      default:
        return `${id(column)} = ${literal(String(part))}`;
    }
  });
  return `(${terms.join(' AND ')})`;
}
