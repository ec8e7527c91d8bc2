import { RunbookError } from '@release-runbook/units/error';
import type { SchemaObject } from '../types.ts';
import { checkSession } from './pooler.ts';
import { fromEnv, fromInput, identifier, jsonLines, type Postgres, serverSql } from './session.ts';

const RIGHTS = `${fromEnv('name', 'RR_DATABASE')}
${fromInput('owners')}
SELECT json_build_object('creates', r.rolsuper OR r.rolcreatedb, 'owner', pg_get_userbyid(d.datdba),
  'owns', d.oid IS NULL OR r.rolsuper OR pg_has_role(d.datdba, 'MEMBER'),
  'slots', (SELECT coalesce(json_agg(slot_name), '[]') FROM pg_replication_slots WHERE database = :'name' AND NOT temporary),
  'foreign', (SELECT coalesce(json_agg(o), '[]') FROM json_array_elements_text(:'owners') o
    WHERE NOT EXISTS (SELECT FROM pg_roles x WHERE x.rolname = o AND pg_has_role(x.oid, 'MEMBER'))), 'super', r.rolsuper,
  'prepared', (SELECT coalesce(json_agg(gid), '[]') FROM pg_prepared_xacts WHERE database = :'name'))
FROM pg_roles r LEFT JOIN pg_database d ON d.datname = :'name' WHERE r.rolname = current_user;`;

interface Rights {
  readonly super: boolean;
  readonly creates: boolean;
  readonly owner: string | null;
  readonly owns: boolean;
  /** Owners in the backup that the user is no member of, or that are no roles here. */
  readonly foreign: readonly string[];
  readonly slots: readonly string[];
  readonly prepared: readonly string[];
}

/**
 * Owners, grants and policies must be as before after a restore, so that a user who cannot set them cannot restore.
 * @throws RunbookError with the GRANT to run: what a swap needs, a restore without one would need as well
 */
export async function checkSwap(pg: Postgres, backup: readonly SchemaObject[]): Promise<void> {
  await checkSession(pg, pg.live);
  const input = JSON.stringify([...new Set(backup.flatMap((object) => ownerOf(object) ?? []))]);
  const ask = { not: [pg.live.database], input };
  const [found] = jsonLines<Rights>(await serverSql(pg, pg.live, 'the server cannot be asked', RIGHTS, ask));
  if (found === undefined) throw new Error('no answer about the rights');
  const { user } = pg.live.server;
  const problem = (what: string, hint: string) =>
    new RunbookError(`database ${pg.name}: no backup can be restored, because ${what}; nothing was changed`, { hint });
  const name = identifier;
  if (!found.creates)
    throw problem(
      `user ${user} may not create the database beside it that is swapped in`,
      `a superuser runs: ALTER ROLE ${name(user)} CREATEDB`,
    );
  if (!found.owns)
    throw problem(
      `user ${user} may not rename it: it belongs to ${found.owner}`,
      `a superuser runs: GRANT ${name(found.owner ?? '')} TO ${name(user)}`,
    );
  if (found.foreign.length > 0)
    throw problem(
      `user ${user} cannot give its objects to their owners: ${found.foreign.join(', ')}`,
      `a superuser runs (CREATE ROLE before, where there is none): GRANT ${found.foreign.map(name).join(', ')} TO ${name(user)}`,
    );
  const apart = found.super ? undefined : ownedApart(backup, user, found.owner ?? user);
  if (apart !== undefined)
    throw problem(
      `only a superuser can give ${apart.kind} ${apart.name} to ${ownerOf(apart)}, who does not own its schema`,
      'name a superuser in the url of this database',
    );
  const trigger = backup.find(({ kind }) => kind === 'event trigger');
  if (trigger !== undefined && !found.super)
    throw problem(
      `only a superuser can make its event trigger ${trigger.name}`,
      'name a superuser in the url of this database',
    );
  if (found.slots.length > 0)
    throw problem(
      `replication slots belong to it and would stay with the rescue: ${found.slots.join(', ')}`,
      `drop them, and make them again after the restore: SELECT pg_drop_replication_slot('${found.slots[0]}')`,
    );
  if (found.prepared.length > 0)
    throw problem(
      `prepared transactions hold it: ${found.prepared.join(', ')}`,
      `in it: ROLLBACK PREPARED '${found.prepared[0]}' (or COMMIT)`,
    );
}

function ownerOf({ definition }: SchemaObject): string | undefined {
  const [, quoted, plain] = /owner (?:"((?:[^"]|"")*)"|(\S+))$/.exec(definition) ?? [];
  return quoted?.replaceAll('""', '"') ?? plain;
}

/** An owner must be able to make things in the schema; and grants come last in a dump. */
function ownedApart(backup: readonly SchemaObject[], user: string, databaseOwner: string): SchemaObject | undefined {
  const schemas = new Map(
    backup.filter(({ kind }) => kind === 'schema').map((object) => [object.name, ownerOf(object)]),
  );
  return backup.find((object) => {
    const owner = ownerOf(object);
    if (object.kind === 'schema' || owner === undefined || owner === user) return false;
    const schema = /^((?:"(?:[^"]|"")*"|[^".(])+)\./.exec(object.name)?.[1] ?? 'public';
    return owner !== (schemas.get(schema) ?? databaseOwner);
  });
}
