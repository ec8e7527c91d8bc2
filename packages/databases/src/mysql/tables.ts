import type { Place, TableShape } from '../server/engine.ts';
import { type Context, LONG_MS, rows, run } from './client.ts';
import { id, isOwn, literal, READING } from './sql.ts';

/** How values of a column are printed and written: what its type is as far as that goes. */
export type Kind = 'integer' | 'bigint' | 'decimal' | 'float' | 'double' | 'bit' | 'text' | 'binary' | 'json' | 'other';

const KINDS: Readonly<Record<string, Kind>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  year: 'integer',
  bigint: 'bigint',
  decimal: 'decimal',
  float: 'float',
  double: 'double',
  bit: 'bit',
  json: 'json',
};
const BYTES = /^(?:(?:var)?binary|(?:tiny|medium|long)?blob|vector|geom.*|point|linestring|polygon|multi.*)$/;

function kindOf(type: string, characterSet: string | null): Kind {
  // MariaDB's JSON is a text.
  return KINDS[type] ?? (BYTES.test(type) ? 'binary' : characterSet === null ? 'other' : 'text');
}

export interface Table extends TableShape {
  readonly types: Readonly<Record<string, Kind>>;
}

const I = 'information_schema';
/** Such values cannot be asked for by what is printed of them. */
const NO_KEY =
  /^(float|double|json|geometry|point|linestring|polygon|multi\w+|geom\w+|vector|(tiny|medium|long)?(text|blob))$/;

/** Tables with their columns in the order of their making; views, sequences and the suite's own tables left out. */
export async function readTables(context: Context, place: Place): Promise<readonly Table[]> {
  const db = literal(place.database);
  const maria = context.flavour === 'mariadb';
  const expression = maria ? "''" : "COALESCE(EXPRESSION, '')";
  const generated = maria ? "IS_GENERATED = 'ALWAYS'" : "GENERATION_EXPRESSION <> ''";
  const sql = `${READING}
SELECT JSON_ARRAY('t', TABLE_NAME, '', '', '', 0) FROM ${I}.TABLES WHERE TABLE_SCHEMA = ${db} AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED');
SELECT JSON_ARRAY('c', TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_SET_NAME, IF(${generated}, 1, 0)) FROM ${I}.COLUMNS WHERE TABLE_SCHEMA = ${db} ORDER BY TABLE_NAME, ORDINAL_POSITION;
SELECT JSON_ARRAY('k', TABLE_NAME, INDEX_NAME, COALESCE(COLUMN_NAME, ''), IF(NULLABLE = 'YES' OR SUB_PART IS NOT NULL OR ${expression} <> '', 'no', ''), SEQ_IN_INDEX) FROM ${I}.STATISTICS WHERE TABLE_SCHEMA = ${db} AND NON_UNIQUE = 0 ORDER BY TABLE_NAME, INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX;
`;
  type Line = readonly [kind: 't' | 'c' | 'k', table: string, a: string, b: string, c: string | null, n: number];
  const found = await rows<Line>(context, place, sql, 'its tables cannot be read');
  const columns = new Map<string, { name: string; type: string; kind: Kind; generated: boolean }[]>();
  const keys = new Map<string, Map<string, { columns: string[]; good: boolean }>>();
  for (const [kind, table, a, b, c, n] of found) {
    if (kind === 'c') {
      const list = columns.get(table) ?? [];
      columns.set(table, list);
      const type = b.toLowerCase();
      list.push({ name: a, type, kind: kindOf(type, c), generated: n === 1 });
    } else if (kind === 'k') {
      const indexes = keys.get(table) ?? new Map<string, { columns: string[]; good: boolean }>();
      keys.set(table, indexes);
      const index = indexes.get(a) ?? { columns: [], good: true };
      indexes.set(a, index);
      index.columns.push(b);
      const type = columns.get(table)?.find(({ name }) => name === b)?.type ?? '';
      if (c === 'no' || NO_KEY.test(type)) index.good = false;
    }
  }
  return found
    .filter(([kind, table]) => kind === 't' && !isOwn(table))
    .map(([, table]) => {
      const all = columns.get(table) ?? [];
      return {
        table,
        key: [...(keys.get(table)?.values() ?? [])].find(({ good }) => good)?.columns ?? null,
        columns: all.filter(({ generated }) => !generated).map(({ name }) => name),
        types: Object.fromEntries(all.map(({ name, kind }) => [name, kind])),
      };
    })
    .sort((a, b) => (a.table < b.table ? -1 : 1));
}

/** Exact counts, all in one snapshot. */
export async function countRows(
  context: Context,
  place: Place,
  tables: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  if (tables.length === 0) return {};
  const sql = `${READING}START TRANSACTION WITH CONSISTENT SNAPSHOT;\n${countSql(tables)}COMMIT;\n`;
  return countsIn(tables, await run(context, place, sql, 'its rows cannot be counted', { timeoutMs: LONG_MS }));
}

/** One statement a table; each lets go of its table at once, so that no DDL waits for the last one. */
export function countSql(tables: readonly string[]): string {
  return tables
    .map((table) => `SAVEPOINT rr;\nSELECT COUNT(*) FROM ${id(table)};\nROLLBACK TO SAVEPOINT rr;\n`)
    .join('');
}

export function countsIn(tables: readonly string[], text: string): Readonly<Record<string, number>> {
  const numbers = text.split('\n').filter((line) => line !== '');
  if (numbers.length !== tables.length) throw new Error(`${numbers.length} counts for ${tables.length} tables`);
  return Object.fromEntries(tables.map((table, i) => [table, Number(numbers[i])]));
}

export async function readSize(
  context: Context,
  place: Place,
): Promise<{ dump: number; disk: number; dataFolder: string | undefined }> {
  const sql = `${READING}SELECT JSON_ARRAY(COALESCE(SUM(DATA_LENGTH), 0), COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0), @@datadir) FROM ${I}.TABLES WHERE TABLE_SCHEMA = ${literal(place.database)} AND TABLE_TYPE <> 'VIEW';`;
  const [found] = await rows<[number, number, string]>(context, place, sql, 'its size cannot be read');
  const [dump = 0, disk = 0, folder = ''] = found ?? [];
  // On another host, or in a container, the folder is not there.
  const here = await context.host.shell('[ -d "$RR_FOLDER" ]', { env: { RR_FOLDER: folder } });
  return { dump: Number(dump), disk: Number(disk), dataFolder: here.code === 0 ? folder : undefined };
}
