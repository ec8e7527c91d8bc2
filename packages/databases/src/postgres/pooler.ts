import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { type Postgres, shell } from './session.ts';

/**
 * Behind PgBouncer, each transaction may run in another session, and databases are those of its configuration: a database that
 * was just made is none. Its console is a database of the name `pgbouncer`, which no server has.
 */
export async function checkSession(pg: Postgres, place: Place): Promise<void> {
  const ended = await shell(pg, { ...place, database: 'pgbouncer' }, "rr_sql -c 'SHOW VERSION' </dev/null\n");
  if (!/^PgBouncer /m.test(ended.stdout) && !/FATAL: +(?:[0-9A-Z]{5}: +)?(not allowed|no such user)/.test(ended.stderr))
    return;
  throw new RunbookError(
    `database ${pg.name}: a pooler (PgBouncer) answers at ${place.server.host} port ${place.server.port}; a restore needs the server itself; nothing was changed`,
    {
      hint: 'let the url of this database name the address of the server (in a secret of its own, where the application keeps the pooler)',
    },
  );
}
