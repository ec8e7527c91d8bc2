/**
 * Queries of the system catalogs, the same from version 12 on: columns that came later are read by to_jsonb(row) ->> 'name'.
 * They run with an empty search_path, so that every name outside of pg_catalog is written with its schema.
 */

/** Is no object of an extension, which CREATE EXTENSION makes. */
export const notOfExtension = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalog}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;

const userSchema = (name: string) => `${name} <> 'information_schema' AND ${name} !~ '^pg_'`;

/** A name as users write it: with its schema where that is not public. */
export const labelled = (schema: string, name: string): string =>
  `CASE WHEN ${schema} = 'public' THEN '' ELSE quote_ident(${schema}) || '.' END || quote_ident(${name})`;

/** Relations of the application: not the server's, an extension's or the suite's own. */
export const RELATIONS = `
  SELECT c.*, n.nspname, ${labelled('n.nspname', 'c.relname')} AS label,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS full_name, pg_get_userbyid(c.relowner) AS owner
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${userSchema('n.nspname')} AND c.relname !~ '^_release_runbook_' AND c.relpersistence <> 't'
    AND ${notOfExtension('pg_class', 'c.oid')}`;

/** Tables that keep rows, a partitioned one counted as one. `source` is what a FROM reads. */
export const TABLES = `
  SELECT r.oid, r.label, CASE r.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || r.full_name AS source
  FROM (${RELATIONS}) r WHERE r.relkind IN ('r', 'p') AND NOT r.relispartition`;

/** Large objects stand in the list of tables under this name; a table of this name would be quoted. */
export const LARGE_OBJECTS = 'large objects';

/** A table's label, its key and its columns, as JSON lines. */
export const TABLE_SHAPES = `
WITH t AS MATERIALIZED (${TABLES}), k AS (
  SELECT DISTINCT ON (i.indrelid) i.indrelid, i.indkey::int2[] AS columns
  FROM pg_index i JOIN t ON t.oid = i.indrelid
  WHERE i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
    AND NOT EXISTS (SELECT FROM unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) u(n)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.n WHERE NOT a.attnotnull)
  ORDER BY i.indrelid, i.indisprimary DESC, i.indnkeyatts, i.indexrelid
), n AS (SELECT i.indrelid, i.indkey::int2[] AS columns, i.indnkeyatts FROM pg_index i)
SELECT json_build_object('table', t.label,
  'key', (SELECT json_agg(a.attname ORDER BY u.ordinality)
    FROM unnest(k.columns[0:(SELECT min(n.indnkeyatts) FROM n WHERE n.indrelid = k.indrelid AND n.columns = k.columns) - 1]) WITH ORDINALITY u(n, ordinality)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.n),
  'columns', (SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
    WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''))
FROM t LEFT JOIN k ON k.indrelid = t.oid ORDER BY t.label COLLATE "C";
SELECT json_build_object('table', '${LARGE_OBJECTS}', 'key', json_build_array('oid'), 'columns', json_build_array('data'))
WHERE EXISTS (SELECT FROM pg_largeobject_metadata);`;

/** Counts all tables, as JSON lines. For psql: each line that is made here is run. */
export const COUNTS = `
SELECT format('SELECT json_build_object(''table'', %L, ''rows'', count(*)) FROM %s', t.label, t.source)
FROM (${TABLES}) t ORDER BY t.label COLLATE "C" \\gexec
SELECT json_build_object('table', '${LARGE_OBJECTS}', 'rows', count(*)) FROM pg_largeobject_metadata HAVING count(*) > 0;`;

/** Who may not read what, as the GRANTs that are missing, one a line. */
export const MISSING_RIGHTS = `
SELECT format('GRANT SELECT ON %s TO %I', r.full_name, current_user) FROM (${RELATIONS}) r
WHERE r.relkind IN ('r', 'p', 'S') AND NOT CASE r.relkind WHEN 'S' THEN has_sequence_privilege(r.oid, 'SELECT')
  ELSE has_table_privilege(r.oid, 'SELECT') END
UNION ALL
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, current_user) FROM pg_namespace n
WHERE ${userSchema('n.nspname')} AND NOT has_schema_privilege(n.oid, 'USAGE')
  AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)
UNION ALL
SELECT format('ALTER ROLE %I BYPASSRLS (row security hides rows of %s from it)', current_user, r.full_name)
FROM (${RELATIONS}) r WHERE r.relkind IN ('r', 'p') AND row_security_active(r.oid);`;
