import { RunbookError } from '@release-runbook/units/error';
import type { Place, TableShape } from '../server/engine.ts';
import type { SchemaObject } from '../types.ts';
import { COUNTS, LARGE_OBJECTS, MISSING_RIGHTS, TABLE_SHAPES, TABLES } from './catalog.ts';
import { normalDefinition } from './normal.ts';
import { OBJECTS } from './objects.ts';
import { fromInput, jsonLines, type Postgres, reading, serverSql, sql } from './session.ts';

export async function objects(pg: Postgres, place: Place): Promise<readonly SchemaObject[]> {
  return normal(jsonLines(await sql(pg, place, 'its objects cannot be read', reading(OBJECTS))));
}

export const normal = (found: readonly SchemaObject[]): readonly SchemaObject[] =>
  found.map((object) => ({ ...object, definition: normalDefinition(object.definition) }));

export async function tables(pg: Postgres, place: Place): Promise<readonly TableShape[]> {
  return jsonLines(await sql(pg, place, 'its tables cannot be read', reading(TABLE_SHAPES)));
}

export async function count(
  pg: Postgres,
  place: Place,
  wanted: readonly TableShape[],
): Promise<Readonly<Record<string, number>>> {
  if (wanted.length === 0) return {};
  const text = reading(`${fromInput('wanted')}
SELECT format('SELECT json_build_object(''table'', %L, ''rows'', count(*)) FROM %s', t.label, t.source)
FROM (${TABLES}) t WHERE t.label IN (SELECT json_array_elements_text(:'wanted')) ORDER BY t.label COLLATE "C" \\gexec
SELECT json_build_object('table', '${LARGE_OBJECTS}', 'rows', count(*)) FROM pg_largeobject_metadata
WHERE '${LARGE_OBJECTS}' IN (SELECT json_array_elements_text(:'wanted')) HAVING count(*) > 0;`);
  const input = JSON.stringify(wanted.map(({ table }) => table));
  return rowsOf(await sql(pg, place, 'its rows cannot be counted', text, { input }));
}

export function rowsOf(text: string): Record<string, number> {
  const lines = jsonLines<{ table: string; rows: number }>(text);
  return Object.fromEntries(lines.map(({ table, rows }) => [table, rows]));
}

/** What is counted and read inside a dump's snapshot, one after another. */
export const SNAPSHOT = `${COUNTS}\n\\echo rr-objects\n${OBJECTS}\n`;

/** @throws RunbookError with the GRANTs to run, when the user cannot read all that a dump must hold */
export async function checkRights(pg: Postgres, place: Place): Promise<void> {
  const found = (await sql(pg, place, 'it cannot be asked', reading(MISSING_RIGHTS))).split('\n').filter(Boolean);
  if (found.length === 0) return;
  throw new RunbookError(
    `database ${pg.name}: the user ${place.server.user} cannot read all of it, so that a backup would not be whole; nothing was changed`,
    {
      hint: `a superuser runs: ${found.slice(0, 10).join('; ')}${found.length > 10 ? `; and ${found.length - 10} more` : ''}${found[0]?.startsWith('GRANT') === true ? ` (or, from version 14 on: GRANT pg_read_all_data TO ${place.server.user})` : ''}`,
    },
  );
}

export async function version(pg: Postgres, place: Place): Promise<string> {
  const text = await sql(pg, place, 'its version cannot be read', `SELECT current_setting('server_version');`);
  return (text.trim().split(' ')[0] ?? '').trim();
}

export async function exists(pg: Postgres, place: Place): Promise<boolean> {
  const text = `\\set name \`printf %s "$RR_DATABASE"\`\nSELECT count(*) FROM pg_database WHERE datname = :'name';`;
  return (await serverSql(pg, place, 'the server cannot be asked', text)).trim() === '1';
}

/** The dump writes texts of the rows without indexes; on the disk lies all. */
export async function size(
  pg: Postgres,
  place: Place,
): Promise<{ dump: number; disk: number; dataFolder: string | undefined }> {
  const text = reading(`
SELECT json_build_object('disk', pg_database_size(current_database()),
  'dump', (SELECT coalesce(sum(pg_table_size(c.oid)), 0) FROM pg_class c WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
    AND c.relnamespace <> 'pg_catalog'::regnamespace),
  'here', inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr(),
  'folder', CASE WHEN pg_has_role('pg_read_all_settings', 'MEMBER') THEN current_setting('data_directory') END);`);
  const answer = await sql(pg, place, 'its size cannot be read', text);
  const [found] = jsonLines<{ disk: number; dump: number; here: boolean; folder: string | null }>(answer);
  if (found === undefined) throw new Error('no answer about the size');
  const folder = found.here && found.folder !== null ? found.folder : undefined;
  return { dump: found.dump, disk: found.disk, dataFolder: folder };
}

/** What the comparison of objects and rows leaves open: an index that was left half built. */
export async function selfCheck(pg: Postgres, place: Place): Promise<readonly string[]> {
  const text = reading(`
SELECT format('index %s is not valid', x.indexrelid::regclass) FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
WHERE NOT (x.indisvalid AND x.indisready) AND c.relkind = 'i';`);
  return (await sql(pg, place, 'it cannot be checked', text)).split('\n').filter(Boolean);
}
