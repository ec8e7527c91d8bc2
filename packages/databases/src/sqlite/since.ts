import { posix } from 'node:path';
import { createPrivate, makeFolder } from '../files.ts';
import type { Backup, Instance, TableDifference } from '../types.ts';
import type { Context } from './context.ts';
import { countSteps, firstNumber, keyOf, type Pair, readPairs, selections, surplus } from './pairs.ts';
import { id, literal, type Step } from './protocol.ts';
import type { Column, Table } from './schema.ts';

type Work =
  | { readonly kind: 'pair'; readonly pair: Pair }
  | { readonly kind: 'fresh' | 'gone'; readonly table: Table; readonly columns: readonly Column[] };

const nameOf = (work: Work) => (work.kind === 'pair' ? work.pair.table : work.table.name);

async function readWork(
  context: Context,
  backup: Backup,
  tables: readonly string[] | undefined,
  path: string,
): Promise<Work[]> {
  const { schemas, columns, both } = await readPairs(context.client, path, backup.path);
  const only = (here: readonly Table[], there: readonly Table[]) =>
    here.filter((t) => !there.some((other) => other.name === t.name));
  const work: Work[] = [
    ...both.map((pair): Work => ({ kind: 'pair', pair })),
    ...only(schemas.main.tables, schemas.other.tables).map(
      (table): Work => ({ kind: 'fresh', table, columns: columns.main.get(table.name) ?? [] }),
    ),
    ...only(schemas.other.tables, schemas.main.tables).map(
      (table): Work => ({ kind: 'gone', table, columns: columns.other.get(table.name) ?? [] }),
    ),
  ];
  return tables === undefined ? work : work.filter((w) => tables.includes(nameOf(w)));
}

function workCounts(work: Work): Step[] {
  if (work.kind === 'pair') return countSteps(work.pair);
  const count = { sql: `SELECT count(*) FROM ${work.kind === 'fresh' ? 'main' : 'other'}.${id(work.table.name)}` };
  const none = { sql: 'SELECT 0' };
  return work.kind === 'fresh' ? [count, none, none] : [none, none, count];
}

/** What the live database (or another instance) has, changed or lost against the backup: all tables, or those named. */
export async function since(
  context: Context,
  backup: Backup,
  tables?: readonly string[],
  instance?: Instance,
): Promise<readonly TableDifference[]> {
  await context.files.checkFile(backup);
  const path = instance?.address ?? (await context.path());
  const work = await readWork(context, backup, tables, path);
  const { results } = await context.client.run(path, {
    attach: [{ as: 'other', path: backup.path }],
    steps: [{ sql: 'BEGIN' }, ...work.flatMap(workCounts), { sql: 'COMMIT' }],
  });
  return work.map((w, i) => ({
    table: nameOf(w),
    key: w.kind === 'pair' ? w.pair.key : keyOf(w.table, w.columns),
    added: firstNumber(results[1 + 3 * i]),
    changed: firstNumber(results[2 + 3 * i]),
    missing: firstNumber(results[3 + 3 * i]),
  }));
}

/**
 * Those rows as files: `<n>-<table>.jsonl` with all columns (integers beyond 2^53 as text, blobs as hex) and
 * `<n>-<table>.sql`, which brings additions and changes back into the backup's schema. Deletions are comments there:
 * deleting again is a human's decision.
 */
export async function exportSince(
  context: Context,
  backup: Backup,
  directory: string,
): Promise<{ path: string; rows: Readonly<Record<string, number>> }> {
  const { host, client } = context;
  const path = posix.resolve(await host.directory(), directory);
  await makeFolder(host, path);
  await context.files.checkFile(backup);
  const work = await readWork(context, backup, undefined, await context.path());
  const steps: Step[] = [{ sql: 'BEGIN' }];
  for (const [i, w] of work.entries()) {
    const file = posix.join(
      path,
      `${String(i + 1).padStart(3, '0')}-${nameOf(w)
        .replaceAll(/[^A-Za-z0-9_-]/g, '_')
        .slice(0, 80)}`,
    );
    for (const ending of ['.jsonl', '.sql']) await createPrivate(host, file + ending);
    steps.push(
      ...workCounts(w),
      { sql: exportQuery(w, 'json'), to: `${file}.jsonl` },
      { sql: exportQuery(w, 'sql'), to: `${file}.sql` },
    );
  }
  const { results } = await client.run(await context.path(), {
    attach: [{ as: 'other', path: backup.path }],
    steps: [...steps, { sql: 'COMMIT' }],
  });
  const rows: Record<string, number> = {};
  for (const [i, w] of work.entries()) {
    const count = [1, 2, 3].reduce((sum, n) => sum + firstNumber(results[5 * i + n]), 0);
    if (count > 0) rows[nameOf(w)] = count;
  }
  await host.shell('find "$RR_FOLDER" -type f -name "[0-9]*-*" -size 0 -exec rm -f {} + && sync "$RR_FOLDER"', {
    env: { RR_FOLDER: path },
  });
  return { path, rows };
}

type Format = 'json' | 'sql';

/** One text column: a line for each row. */
export function exportQuery(work: Work, format: Format): string {
  const union = (parts: readonly string[]) => parts.map((part) => `SELECT * FROM (${part})`).join(' UNION ALL ');
  if (work.kind !== 'pair') {
    const [alias, side] = work.kind === 'fresh' ? ['a', 'main'] : ['b', 'other'];
    const line = makeLine(work.table.name, keyOf(work.table, work.columns), plain(work.columns), format);
    return `SELECT ${work.kind === 'fresh' ? line.added('a') : line.missing('b')} AS line FROM ${side}.${id(work.table.name)} AS ${alias}`;
  }
  const p = work.pair;
  if (p.columns.length === 0) return "SELECT '' AS line WHERE 0";
  if (p.key === null) {
    const line = makeLine(p.table, null, p.columns, format);
    return union([
      `SELECT ${line.missing('b')} AS line FROM (${surplus(p, 'other')}) AS b`,
      `SELECT ${line.added('a')} AS line FROM (${surplus(p, 'main')}) AS a`,
    ]);
  }
  // JSON tells everything that a row has; SQL what the backup's schema can take.
  const line = makeLine(p.table, p.key, format === 'json' ? plain(p.main) : p.columns, format, p.tie);
  const old = makeLine(p.table, p.key, format === 'json' ? plain(p.other) : p.columns, format, p.tie);
  const s = selections(p);
  return union([
    `SELECT ${old.missing('b')} AS line ${s.missing}`,
    `SELECT ${line.changed('a', 'b', plain(p.other))} AS line ${s.changed}`,
    `SELECT ${line.added('a')} AS line ${s.added}`,
  ]);
}

const plain = (columns: readonly Column[]) => columns.filter((c) => !c.generated).map((c) => c.name);

function makeLine(
  table: string,
  key: readonly string[] | null,
  columns: readonly string[],
  format: Format,
  tie?: string,
) {
  const names = [...(key ?? []).filter((k) => !columns.includes(k)), ...columns];
  if (format === 'json') {
    const object = (row: string, of: readonly string[]) =>
      concat([
        "'{'",
        ...of.flatMap((c, i) => [literal(`${i > 0 ? ',' : ''}${JSON.stringify(c)}:`), jsonValue(`${row}.${id(c)}`)]),
        "'}'",
      ]);
    const start = (change: string) => literal(`{"table":${JSON.stringify(table)},"change":"${change}",`);
    const keyPart = (row: string) => (key === null ? [] : [literal('"key":'), object(row, key), "','"]);
    return {
      added: (a: string) => concat([start('added'), ...keyPart(a), literal('"row":'), object(a, columns), "'}'"]),
      changed: (a: string, b: string, before: readonly string[]) =>
        concat([
          start('changed'),
          ...keyPart(a),
          literal('"row":'),
          object(a, columns),
          literal(',"before":'),
          object(b, before),
          "'}'",
        ]),
      missing: (b: string) => concat([start('missing'), ...keyPart(b), literal('"row":'), object(b, columns), "'}'"]),
    };
  }
  const where = (row: string) =>
    [...(key ?? columns), ...(tie === undefined ? [] : [tie])].flatMap((c, i) => [
      literal(`${i > 0 ? ' AND ' : ' WHERE '}${id(c)} IS `),
      sqlValue(`${row}.${id(c)}`),
    ]);
  return {
    added: (a: string) =>
      concat([
        literal(`INSERT INTO ${id(table)} (${names.map(id).join(', ')}) VALUES (`),
        ...names.flatMap((c, i) => [...(i > 0 ? ["', '"] : []), sqlValue(`${a}.${id(c)}`)]),
        "');'",
      ]),
    changed: (a: string) =>
      concat([
        literal(`UPDATE ${id(table)} SET `),
        ...columns.flatMap((c, i) => [literal(`${i > 0 ? ', ' : ''}${id(c)} = `), sqlValue(`${a}.${id(c)}`)]),
        ...where(a),
        "';'",
      ]),
    missing: (b: string) => concat([literal(`-- DELETE FROM ${id(table)}`), ...where(b), "';'"]),
  };
}

/** Balanced, because SQLite allows expressions of depth 1000. */
function concat(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? "''";
  const half = parts.length >> 1;
  return `(${concat(parts.slice(0, half))} || ${concat(parts.slice(half))})`;
}

const MAX = '1.7976931348623157e308';

function jsonValue(v: string): string {
  return (
    `CASE typeof(${v}) WHEN 'null' THEN 'null' WHEN 'blob' THEN '"' || hex(${v}) || '"' ` +
    `WHEN 'integer' THEN CASE WHEN +${v} BETWEEN -9007199254740991 AND 9007199254740991 THEN CAST(${v} AS TEXT) ELSE '"' || ${v} || '"' END ` +
    `WHEN 'real' THEN CASE WHEN abs(${v}) > ${MAX} THEN '"' || CASE WHEN +${v} < 0 THEN '-' ELSE '' END || 'Infinity"' ELSE printf('%!.17g', ${v}) END ` +
    `ELSE json_quote(${v}) END`
  );
}

/** A literal on one line, without control characters: programs print those in their own ways. */
function sqlValue(v: string): string {
  const control = `instr(${v}, char(0)) > 0 OR ${v} GLOB '*[' || char(1) || '-' || char(8) || char(11) || char(12) || char(14) || '-' || char(31) || ']*'`;
  return (
    `CASE typeof(${v}) WHEN 'text' THEN CASE WHEN ${control} THEN 'CAST(x''' || hex(${v}) || ''' AS TEXT)' ` +
    `ELSE replace(replace(quote(${v}), char(10), '''||char(10)||'''), char(13), '''||char(13)||''') END ` +
    `WHEN 'real' THEN CASE WHEN +${v} > ${MAX} THEN '9e999' WHEN +${v} < -${MAX} THEN '-9e999' ELSE printf('%!.17g', ${v}) END ` +
    `ELSE quote(${v}) END`
  );
}
