import type { Place } from '../server/engine.ts';
import { fromEnv, fromInput, jsonLines, type Postgres, serverSql } from './session.ts';

/** What belongs to a database as a whole, and so is in no dump of its content. */
export interface Looks {
  readonly owner: string;
  readonly connections: number;
  /** `ALTER DATABASE … SET`, and `ALTER ROLE … IN DATABASE … SET` where there is a role. */
  readonly settings: readonly { readonly role: string | null; readonly name: string; readonly value: string }[];
  /** Null: never changed. */
  readonly grants: readonly { readonly to: string | null; readonly what: string; readonly option: boolean }[] | null;
  readonly comment: string | null;
}

export async function describe(pg: Postgres, place: Place): Promise<Looks> {
  const text = `${fromEnv('name', 'RR_DATABASE')}
SELECT json_build_object('owner', pg_get_userbyid(d.datdba), 'connections', d.datconnlimit, 'comment', shobj_description(d.oid, 'pg_database'),
  'settings', (SELECT coalesce(json_agg(json_build_object('role', CASE WHEN s.setrole <> 0 THEN pg_get_userbyid(s.setrole) END,
      'name', split_part(c, '=', 1), 'value', substr(c, strpos(c, '=') + 1))), '[]') FROM pg_db_role_setting s, unnest(s.setconfig) c WHERE s.setdatabase = d.oid),
  'grants', CASE WHEN d.datacl IS NOT NULL THEN (SELECT coalesce(json_agg(json_build_object('to', CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END,
      'what', a.privilege_type, 'option', a.is_grantable)), '[]') FROM aclexplode(d.datacl) a) END)
FROM pg_database d WHERE d.datname = :'name';`;
  const [found] = jsonLines<Looks>(await serverSql(pg, place, 'its settings cannot be read', text));
  if (found === undefined) throw new Error(`there is no database ${place.database}`);
  return found;
}

/** Lists are stored as SET has them, which a literal would quote as one: those are taken over from the session. */
const LISTS = `('search_path', 'temp_tablespaces', 'local_preload_libraries', 'session_preload_libraries')`;

/** The marker stands on a line of its own after what people wrote. */
const MARK = /(?:^|\n)\[release-runbook: ([^\n]*)\]$/;

export const markIn = (comment: string | null): string | undefined => MARK.exec(comment ?? '')?.[1];

/** What people wrote; null: nothing. */
export const ownPart = (comment: string | null): string | null => (comment ?? '').replace(MARK, '') || null;

const COMMENT = `
SELECT format('COMMENT ON DATABASE %I IS %L', :'name', concat_ws(E'\\n', nullif(json_extract_path_text(:'looks', 'comment'), ''),
  substring(coalesce(shobj_description(d.oid, 'pg_database'), '') FROM '(?:^|\\n)(\\[release-runbook: [^\\n]*\\])$')))
FROM pg_database d WHERE d.datname = :'name' \\gexec`;

const DRESS = `
${fromEnv('name', 'RR_DATABASE')}
${fromInput('looks')}
BEGIN;
SELECT format('ALTER DATABASE %I OWNER TO %I', :'name', o) FROM json_extract_path_text(:'looks', 'owner') o, pg_database d
WHERE d.datname = :'name' AND o <> pg_get_userbyid(d.datdba) AND EXISTS (SELECT FROM pg_roles WHERE rolname = o) \\gexec
SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', :'name', json_extract_path_text(:'looks', 'connections')) \\gexec
SELECT format('ALTER DATABASE %I RESET ALL', :'name') \\gexec
SELECT CASE WHEN name IN ${LISTS} THEN format('SET LOCAL %I = %s', name, value) END,
  CASE WHEN role IS NULL THEN format('ALTER DATABASE %I SET ', :'name') ELSE format('ALTER ROLE %I IN DATABASE %I SET ', role, :'name') END
    || CASE WHEN name IN ${LISTS} THEN format('%s FROM CURRENT', name) ELSE format('%s TO %L', name, value) END
FROM json_to_recordset(json_extract_path(:'looks', 'settings')) AS s(role text, name text, value text)
WHERE role IS NULL OR EXISTS (SELECT FROM pg_roles WHERE rolname = role) \\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'name') WHERE json_extract_path_text(:'looks', 'granted') = 'true' \\gexec
SELECT format('GRANT %s ON DATABASE %I TO %s', what, :'name', CASE WHEN "to" IS NULL THEN 'PUBLIC' ELSE quote_ident("to") END) || CASE WHEN option THEN ' WITH GRANT OPTION' ELSE '' END
FROM json_to_recordset(json_extract_path(:'looks', 'grants')) AS g("to" text, what text, option boolean)
WHERE ("to" IS NULL OR EXISTS (SELECT FROM pg_roles WHERE rolname = "to")) \\gexec
${COMMENT}
COMMIT;`;

/** Gives a database what `looks` tells; a marker in its comment stays. */
export async function dress(pg: Postgres, place: Place, looks: Looks): Promise<void> {
  await serverSql(pg, place, `the settings of ${place.database} cannot be set`, DRESS, {
    input: JSON.stringify({
      ...looks,
      granted: looks.grants !== null,
      grants: looks.grants ?? [],
      comment: ownPart(looks.comment) ?? '',
    }),
  });
}

export async function marker(pg: Postgres, place: Place): Promise<string | undefined> {
  return markIn((await describe(pg, place)).comment);
}

/** Kept in the comment of the database, which moves with it when it is renamed, and is in no dump. */
export async function mark(pg: Postgres, place: Place, text: string): Promise<void> {
  const comment = ownPart((await describe(pg, place)).comment);
  const input = `${comment === null ? '' : `${comment}\n`}[release-runbook: ${text}]`;
  const set = `${fromEnv('name', 'RR_DATABASE')}
${fromInput('comment')}
SELECT format('COMMENT ON DATABASE %I IS %L', :'name', :'comment') \\gexec`;
  await serverSql(pg, place, `the comment of database ${place.database} cannot be set`, set, { input });
}
