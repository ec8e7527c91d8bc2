import type { Place, Script, TableShape } from '../server/engine.ts';
import { LARGE_OBJECTS, TABLES } from './catalog.ts';
import { fromEnv, fromInput, jsonLines, type Postgres, reading, script, sql } from './session.ts';

/** A text of SQL as a literal in SQL: what format() makes SQL of. */
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * The hash of a value's text. Not md5: this takes a tenth of its time, a server in FIPS mode has no md5, and it tells as much as
 * 16 digits of it.
 */
const hashOf = (text: string) => `to_hex(hashtextextended((${text}) COLLATE "C", 0))`;

/**
 * Makes psql variables of a table's label, key and columns: `source` of a FROM, `key_text` and `hashes` as expressions over its
 * row `t`. Integers of a key are numbers whatever their width, so that a wider column leaves keys as they were; all else is text.
 */
const PREPARE = `
SELECT t.oid AS table_oid, t.source FROM (${TABLES}) t WHERE t.label = :'table'
UNION ALL SELECT 0, '(SELECT oid, lo_get(oid) AS data FROM pg_catalog.pg_largeobject_metadata)' WHERE :'table' = '${LARGE_OBJECTS}' \\gset
SELECT coalesce(string_agg(CASE WHEN coalesce(a.atttypid, 26) IN (20, 21, 23, 26) THEN format('t.%I', k.name) ELSE format('t.%I::text', k.name) END, ', ' ORDER BY n), '') AS key_parts,
  coalesce(string_agg(format('t.%I = (_release_runbook_key.k ->> %s)::%s', k.name, n - 1, coalesce(quote_ident(s.nspname) || '.' || quote_ident(y.typname), 'oid')), ' AND ' ORDER BY n), '') AS key_match
FROM json_array_elements_text(:'key') WITH ORDINALITY k(name, n) LEFT JOIN pg_attribute a ON a.attrelid = :table_oid AND a.attname = k.name
LEFT JOIN pg_type y ON y.oid = a.atttypid LEFT JOIN pg_namespace s ON s.oid = y.typnamespace \\gset
SELECT coalesce(string_agg(format('t.%I', name), ', ' ORDER BY n), '') AS whole FROM json_array_elements_text(:'all') WITH ORDINALITY c(name, n) \\gset
SELECT CASE WHEN :'key_parts' = '' THEN format(${quoted(hashOf('ROW(%s)::text'))}, :'whole') ELSE format('json_build_array(%s)::text', :'key_parts') END AS key_text \\gset
SELECT coalesce(string_agg(format(${quoted(`coalesce(${hashOf('t.%I::text')}, '-')`)}, name), ' || '' '' || ' ORDER BY n), '''''') AS hashes
FROM json_array_elements_text(:'columns') WITH ORDINALITY c(name, n) \\gset
`;

/**
 * COPY streams; its CSV with a quotation mark and a delimiter that no JSON has writes each line as it is. Equal rows of a table
 * without a key give equal lines.
 */
export function rowLines(pg: Postgres, place: Place, table: TableShape, columns: readonly string[]): Script {
  const copy = `COPY (SELECT %s || E'\\t' || %s FROM %s t) TO STDOUT WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')`;
  const text = reading(`${fromEnv('table', 'RR_TABLE')}
${fromEnv('key', 'RR_KEY')}
${fromEnv('all', 'RR_ALL')}
${fromEnv('columns', 'RR_COLUMNS')}
${PREPARE}
SELECT format(${quoted(copy)}, :'key_text', :'hashes', :'source') \\gexec`);
  return script(pg, place, text, variables(table, columns));
}

function variables(table: TableShape, columns: readonly string[]): Record<string, string> {
  return {
    RR_TABLE: table.table,
    RR_KEY: JSON.stringify(table.key ?? []),
    RR_ALL: JSON.stringify(table.columns),
    RR_COLUMNS: JSON.stringify(columns),
  };
}

/** A column's value as a literal on one line, which its type reads. */
const LITERAL = String.raw`coalesce('E''' || replace(replace(replace(replace(t.%1$I::text, '\', '\\'), '''', ''''''), E'\n', '\n'), E'\r', '\r') || '''', 'NULL')`;
/** The sequence of a numbered column goes on after the row that was put back. */
const ADVANCE = ` || format(' SELECT setval(%%L, %%s) FROM %%s WHERE last_value <= %%s;', %2$L, t.%1$I, %2$L, t.%1$I)`;
const LARGE = `format('SELECT lo_unlink(oid) FROM pg_largeobject_metadata WHERE oid = %1$s; SELECT lo_from_bytea(%1$s, %2$L);', t.oid, t.data::text)`;

/** Makes of each found row its key, its JSON and the SQL that puts it back, whether it is missing or another. */
const EXPORT = `
SELECT replace(:'source', 'ONLY ', '') AS table_name \\gset
SELECT string_agg(format('%I', c.name), ', ' ORDER BY n) AS names,
  string_agg(format(${quoted(LITERAL)}, c.name), ' || '', '' || ' ORDER BY n) AS literals,
  coalesce(string_agg(format('%1$I = EXCLUDED.%1$I', c.name), ', ' ORDER BY n) FILTER (
    WHERE a.attidentity <> 'a' AND c.name NOT IN (SELECT json_array_elements_text(:'key'))), '') AS updates,
  coalesce(bool_or(a.attidentity <> ''), false) AS identity,
  coalesce(string_agg(format(${quoted(ADVANCE)}, c.name, sequence), '' ORDER BY n) FILTER (WHERE sequence IS NOT NULL), '') AS advance
FROM json_array_elements_text(:'all') WITH ORDINALITY c(name, n) LEFT JOIN pg_attribute a ON a.attrelid = :table_oid AND a.attname = c.name
CROSS JOIN LATERAL (SELECT CASE WHEN a.atttypid IN (20, 21, 23) THEN pg_get_serial_sequence(:'table_name', c.name) END) s(sequence) \\gset
SELECT coalesce(string_agg(format('%I', name), ', ' ORDER BY n), '') AS key_names FROM json_array_elements_text(:'key') WITH ORDINALITY k(name, n) \\gset
SELECT format('INSERT INTO %s (%s)%s VALUES (', :'table_name', :'names', CASE WHEN :'identity' THEN ' OVERRIDING SYSTEM VALUE' ELSE '' END) AS head,
  CASE WHEN :'key_names' = '' THEN ');' WHEN :'updates' = '' THEN format(') ON CONFLICT (%s) DO NOTHING;', :'key_names')
    ELSE format(') ON CONFLICT (%s) DO UPDATE SET %s;', :'key_names', :'updates') END AS tail \\gset
SELECT format('SELECT DISTINCT ON (%1$s) json_build_object(''key'', %1$s, ''json'', (SELECT row_to_json(_release_runbook_row)::text FROM (SELECT %2$s) _release_runbook_row), ''sql'', %3$s)::text FROM %4$s',
  :'key_text', :'whole',
  CASE WHEN :'table' = '${LARGE_OBJECTS}' THEN ${quoted(LARGE)} ELSE format('%L || %s || %L', :'head', :'literals', :'tail') || :'advance' END,
  CASE WHEN :'key_names' = '' THEN format('%s t WHERE %s IN (SELECT json_array_elements_text(%L))', :'source', :'key_text', :'wanted')
    ELSE format('json_array_elements(%L) _release_runbook_key(k) JOIN %s t ON %s', :'wanted', :'source', :'key_match') END) \\gexec
`;

export async function exportRows(
  pg: Postgres,
  place: Place,
  table: TableShape,
  keys: readonly string[],
): Promise<readonly { key: string; json: string; sql: string }[]> {
  if (keys.length === 0) return [];
  const text = reading(`${fromEnv('table', 'RR_TABLE')}
${fromEnv('key', 'RR_KEY')}
${fromEnv('all', 'RR_ALL')}
${fromEnv('columns', 'RR_COLUMNS')}
${fromInput('wanted')}
${PREPARE}
${EXPORT}`);
  const input = table.key === null ? JSON.stringify(keys) : `[${keys.join(',')}]`;
  const env = variables(table, table.columns);
  return jsonLines(await sql(pg, place, `rows of ${table.table} cannot be read`, text, { env, input }));
}
