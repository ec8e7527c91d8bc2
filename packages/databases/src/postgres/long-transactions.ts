import type { Place } from '../server/engine.ts';
import { fromEnv, type Postgres, reading, sql } from './session.ts';

/**
 * Sessions of others that hold a transaction open, and prepared transactions, which no session shows. Of others' sessions a user
 * without pg_monitor sees no times: those that hold a lock which a migration would wait for are told all the same.
 */
const LONG = `${fromEnv('seconds', 'RR_SECONDS')}
SELECT format('session %s of %s%s: transaction open for %s s, %s%s', a.pid, a.usename, coalesce(format(' (%s)', nullif(a.application_name, '')), ''),
  extract(epoch FROM clock_timestamp() - a.xact_start)::int, a.state,
  coalesce(format(', holds %s', (SELECT string_agg(DISTINCT replace(replace(l.mode, 'Lock', ''), 'Exclusive', ' exclusive') || ' on ' || c.relname, ', ')
    FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE l.pid = a.pid AND l.granted AND l.mode <> 'AccessShareLock' AND c.relkind IN ('r', 'p', 'm'))), ''))
FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'
  AND a.xact_start < clock_timestamp() - make_interval(secs => :'seconds'::float8)
ORDER BY a.xact_start;
SELECT format('session %s of %s holds %s on %s; since when only a member of pg_monitor sees', a.pid, a.usename, l.mode, c.relname)
FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid JOIN pg_class c ON c.oid = l.relation
WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type IS NULL AND l.granted
  AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock');
SELECT format('prepared transaction %s of %s: since %s s (COMMIT PREPARED or ROLLBACK PREPARED ends it)', quote_literal(p.gid), p.owner,
  extract(epoch FROM clock_timestamp() - p.prepared)::int)
FROM pg_prepared_xacts p WHERE p.database = current_database() AND p.prepared < clock_timestamp() - make_interval(secs => :'seconds'::float8)
ORDER BY p.prepared;`;

export async function longTransactions(pg: Postgres, place: Place, seconds: number): Promise<readonly string[]> {
  const text = await sql(pg, place, 'its sessions cannot be read', reading(LONG), {
    env: { RR_SECONDS: String(seconds) },
  });
  return text.split('\n').filter(Boolean);
}
