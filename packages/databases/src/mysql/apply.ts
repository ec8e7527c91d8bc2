import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { CLIENT, type Context, clientEnv, failed, LONG_MS } from './client.ts';
import { MysqlError } from './errors.ts';
import { id, literal, MIGRATIONS } from './sql.ts';
import { commits, type Script, splitScript } from './text.ts';

const APPLY = `${CLIENT}rr_mysql --database="$RR_DATABASE"`;
const LOCK_TIMEOUT_MS = 10_000;

/**
 * Runs a file by the client, so that DELIMITER means what it means there, and notes it in the same session and transaction.
 * MySQL commits at every DDL statement: a file that fails in its middle stays there, and the error says what stays.
 */
export async function apply(
  context: Context,
  place: Place,
  file: { name: string; sql: string; sha256: string },
): Promise<void> {
  const script = splitScript(file.name, file.sql);
  const seconds = Math.max(1, Math.round((context.spec['lock-timeout'] ?? LOCK_TIMEOUT_MS) / 1000));
  const before = `SET NAMES utf8mb4;
SET SESSION lock_wait_timeout=${seconds}, innodb_lock_wait_timeout=${seconds};
CREATE TABLE IF NOT EXISTS ${id(MIGRATIONS)} (name VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY, sha256 CHAR(64) NOT NULL, applied_at VARCHAR(30) NOT NULL) ENGINE=InnoDB;
SET autocommit=0;
`;
  const end = script.open ? `\n${script.delimiter}\n` : '\n';
  const note = `DELIMITER ;
REPLACE INTO ${id(MIGRATIONS)} VALUES (${literal(file.name)}, '${file.sha256}', DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ'));
COMMIT;
`;
  const text = file.sql.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const ended = await context.host.shell(APPLY, {
    env: { ...(await clientEnv(context, place.server)), RR_DATABASE: place.database },
    input: before + text + end + note,
    timeoutMs: LONG_MS,
  });
  if (ended.code === 0) return;
  const error = failed(context, place, `${file.name} failed`, ended, 'see below');
  if (!(error instanceof MysqlError) || error.line === undefined)
    throw failed(context, place, `${file.name} failed`, ended, 'what of it was done is not known');
  throw stopped(file.name, script, error, error.line - before.split('\n').length + 1);
}

/** Which statement failed, which before it are done for good, and which were rolled back. */
function stopped(name: string, { statements }: Script, error: MysqlError, line: number): RunbookError {
  const at = Math.max(
    0,
    statements.findLastIndex((statement) => statement.line <= line),
  );
  const statement = statements[at];
  // A DDL statement commits what came before it even when it fails itself.
  const last = statements.slice(0, at + 1).findLastIndex(commits);
  const kept = last === at ? at : last + 1;
  const words = (from: number, to: number) => (to === from ? `statement ${from}` : `statements ${from} to ${to}`);
  const done =
    kept === 0
      ? 'nothing of it was done'
      : `${words(1, kept)} ${kept === 1 ? 'is' : 'are'} done and stay${kept === 1 ? 's' : ''} (DDL commits at once)`;
  const undone = at > kept ? `, ${words(kept + 1, at)} ${at - kept === 1 ? 'was' : 'were'} rolled back` : '';
  const sql = statement?.sql.replaceAll(/\s+/g, ' ').slice(0, 80) ?? '';
  return new RunbookError(
    `statement ${at + 1} of ${statements.length} failed (${sql}): error ${error.number}: ${error.words}; ${done}${undone}; ${name} is not noted as applied`,
    {
      at: { file: name, line: statement?.line ?? 1, column: 1 },
      hint: error.hint ?? 'put the database back from its backup, or finish by hand what is left of the file',
    },
  );
}
