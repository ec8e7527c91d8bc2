import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { type Context, rows } from './client.ts';
import { readRights } from './rights.ts';
import { literal, READING } from './sql.ts';

/** Sessions of others on the database that hold a transaction open, or run one statement, for longer than `seconds`. */
export async function longTransactions(context: Context, place: Place, seconds: number): Promise<readonly string[]> {
  const rights = await readRights(context, place);
  if (!['PROCESS', 'ALL PRIVILEGES'].some((name) => rights.everywhere.has(name)))
    throw new RunbookError(
      `database ${context.name}: user ${place.server.user} lacks PROCESS, so it cannot be seen who holds transactions open; nothing was changed`,
      { hint: `as an administrator: GRANT PROCESS ON *.* TO '${place.server.user}'@'%';` },
    );
  const db = literal(place.database);
  const I = 'information_schema';
  const sql = `${READING}SELECT JSON_ARRAY(p.ID, p.USER, p.HOST, p.COMMAND, TIMESTAMPDIFF(SECOND, t.trx_started, SYSDATE()), t.trx_rows_locked, t.trx_rows_modified)
FROM ${I}.INNODB_TRX t JOIN ${I}.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id
WHERE p.DB = ${db} AND p.ID <> CONNECTION_ID() AND TIMESTAMPDIFF(SECOND, t.trx_started, SYSDATE()) > ${Math.floor(seconds)};
SELECT JSON_ARRAY(p.ID, p.USER, p.HOST, p.COMMAND, p.TIME, NULL, NULL) FROM ${I}.PROCESSLIST p
WHERE p.DB = ${db} AND p.ID <> CONNECTION_ID() AND p.COMMAND IN ('Query', 'Execute') AND p.TIME > ${Math.floor(seconds)}
AND p.ID NOT IN (SELECT trx_mysql_thread_id FROM ${I}.INNODB_TRX);`;
  type Line = [
    id: number,
    user: string,
    host: string,
    command: string,
    seconds: number,
    locked: number | null,
    modified: number | null,
  ];
  // The server's times are in its own zone: compared there, not here.
  const found = await rows<Line>(
    context,
    place,
    sql.replace("time_zone='+00:00'", 'time_zone=@@GLOBAL.time_zone'),
    'its sessions cannot be read',
  );
  return found.map(([session, user, host, command, time, locked, modified]) => {
    const what =
      locked === null
        ? `a statement runs for ${time} s`
        : `a transaction is open for ${time} s, ${locked} rows locked, ${modified} changed${command === 'Sleep' ? ', idle' : ''}`;
    return `session ${session} of ${user}@${host}: ${what}`;
  });
}
