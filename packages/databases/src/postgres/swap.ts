import { createHash } from 'node:crypto';
import { RunbookError } from '@release-runbook/units/error';
import { describe, dress } from './dress.ts';
import { postgresError } from './errors.ts';
import { exists } from './inspect.ts';
import { fromEnv, identifier, maintenanceShell, type Postgres, shell } from './session.ts';

/** A name has 63 bytes. */
const LONGEST = 63;

export function beside(database: string, label: string): { fresh: string; rescue: string } {
  const name = (end: string) => {
    const whole = `${database}${end}`;
    if (Buffer.byteLength(whole) <= LONGEST) return whole;
    const hash = createHash('sha256').update(whole).digest('hex').slice(0, 12);
    let start = database;
    while (Buffer.byteLength(start) > LONGEST - 24) start = start.slice(0, -1);
    return `${start}_${end.split('_')[1]}_${hash}`.slice(0, LONGEST);
  };
  return { fresh: name(`_fresh_${label}`), rescue: name(`_rescue_${label}`) };
}

/**
 * Both renames are one transaction: a death leaves the names of before or of after. The first locks its database, so that whoever
 * connects from then on waits for the commit; meanwhile a second session ends those that are connected, for which the rename
 * waits up to 5 s. Nothing else has to be undone when this dies.
 */
const SWAP = `
RR_TEMP=$(mktemp -d) || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
rr_sql >"$RR_TEMP/out" 2>&1 <<'RR_SQL' &
${fromEnv('live', 'RR_LIVE')}
${fromEnv('fresh', 'RR_FRESH')}
${fromEnv('rescue', 'RR_RESCUE')}
BEGIN;
SET LOCAL lock_timeout = '20s';
SET LOCAL statement_timeout = 0;
SELECT format('ALTER DATABASE %I RENAME TO %I', :'live', :'rescue') WHERE EXISTS (SELECT FROM pg_database WHERE datname = :'live') \\gexec
SELECT format('ALTER DATABASE %I RENAME TO %I', :'fresh', :'live') \\gexec
COMMIT;
RR_SQL
rr_renaming=$!
while kill -0 "$rr_renaming" 2>/dev/null; do
  rr_sql >"$RR_TEMP/ended" 2>&1 <<'RR_SQL' || :
${fromEnv('live', 'RR_LIVE')}
${fromEnv('fresh', 'RR_FRESH')}
-- Materialized: in one WHERE, sessions of other databases could be ended before they are told apart.
WITH found AS MATERIALIZED (
  SELECT a.pid, a.usename, pg_has_role(a.usesysid, 'MEMBER')
    OR (pg_has_role('pg_signal_backend', 'MEMBER') AND NOT (SELECT rolsuper FROM pg_roles WHERE oid = a.usesysid)) AS may
  FROM pg_stat_activity a WHERE a.datname IN (:'live', :'fresh') AND a.usesysid IS NOT NULL AND a.pid <> pg_backend_pid()
)
SELECT format('%s (%s)', pid, usename) || CASE WHEN NOT may THEN ' cannot be ended' WHEN pg_terminate_backend(pid) THEN '' END FROM found;
RR_SQL
  grep 'cannot be ended' "$RR_TEMP/ended" >"$RR_TEMP/others" && cp "$RR_TEMP/others" "$RR_TEMP/kept" || rm -f "$RR_TEMP/kept"
  sleep 0.05
done
wait "$rr_renaming"; rr_code=$?
[ "$rr_code" -eq 0 ] || { cat "$RR_TEMP/out" >&2; sed 's/^/rr-kept /' "$RR_TEMP/kept" >&2 2>/dev/null; exit "$rr_code"; }
`;

export async function swap(pg: Postgres, fresh: string, rescue: string): Promise<void> {
  const { server, database } = pg.live;
  const not = [database, fresh, rescue];
  const [hasLive, hasFresh, hasRescue] = await Promise.all([
    exists(pg, pg.live),
    exists(pg, { server, database: fresh }),
    exists(pg, { server, database: rescue }),
  ]);
  if (!hasFresh && hasLive) return;
  if (!hasFresh)
    throw new RunbookError(
      `database ${pg.name}: neither ${database} nor its copy ${fresh} is there${hasRescue ? `; the database of before is ${rescue}` : ''}`,
      {
        hint: hasRescue
          ? `ALTER DATABASE ${identifier(rescue)} RENAME TO ${identifier(database)}`
          : 'run the restore again',
      },
    );
  if (hasLive && hasRescue)
    throw new RunbookError(
      `database ${pg.name}: the rescue ${rescue} is there, and so are ${database} and ${fresh}: something has made a new database after a restore began; nothing was changed`,
      { hint: `look at ${database}, rename or drop it, then run this again` },
    );
  if (hasLive) await dress(pg, { server, database: fresh }, await describe(pg, pg.live));
  const ended = await shell(pg, pg.live, maintenanceShell(SWAP), {
    env: { RR_LIVE: database, RR_FRESH: fresh, RR_RESCUE: rescue, RR_NOT: not.join('\n') },
    timeoutMs: 120_000,
  });
  if (ended.code === 0) return;
  const kept = [...ended.stderr.matchAll(/^rr-kept (.*) cannot be ended$/gm)].map(([, who]) => who);
  if (kept.length > 0)
    throw new RunbookError(
      `database ${pg.name}: it could not be renamed, because sessions of others are connected to it: ${kept.join(', ')}; nothing was changed`,
      { hint: `stop these programs, or let a superuser run: GRANT pg_signal_backend TO ${identifier(server.user)}` },
    );
  throw postgresError(pg, pg.live, 'the names could not be swapped, and are as before', ended);
}
