import type { ProgramResult } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { identifier, type Postgres } from './session.ts';

/** An error of psql, pg_dump or pg_restore as its parts. */
export interface ServerSaid {
  /** SQLSTATE, where psql tells it. */
  readonly code: string | undefined;
  readonly words: string;
  /** Of the text that psql read. */
  readonly line: number | undefined;
  /** `LINE n` within the statement, where the server points at a place. */
  readonly inStatement: number | undefined;
}

/** The first error in what a client program wrote; its severity may be in the server's own language. */
export function parseError(stderr: string): ServerSaid {
  const psql = /^psql:(?:.*?):(\d+): \S+?:\s+([0-9A-Z]{5}): (.*)$/m.exec(stderr);
  const inStatement = /^LINE (\d+):/m.exec(stderr)?.[1];
  const at = inStatement === undefined ? undefined : Number(inStatement);
  if (psql !== null) return { code: psql[2], words: psql[3] ?? '', line: Number(psql[1]), inStatement: at };
  const bare = /^(?:psql:(?:.*?):(\d+): )?\S+?:\s+([0-9A-Z]{5}): (.*)$/m.exec(stderr);
  if (bare !== null) return { code: bare[2], words: bare[3] ?? '', line: undefined, inStatement: at };
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^rr-bytes |warning:/i.test(line));
  const program =
    lines.find((line) => /^(pg_dump|pg_restore|psql|initdb|pg_ctl|vacuumdb):.*\b(error|fatal):/i.test(line)) ??
    lines.find((line) => /\b(FATAL|ERROR):/.test(line)) ??
    lines.at(-1) ??
    '';
  const words = program
    .replace(/^(pg_dump|pg_restore|psql|initdb|pg_ctl|vacuumdb):\s+(error|fatal):\s+/i, '')
    .replace(/^could not execute query:\s+/, '')
    .replace(/^(ERROR|FATAL):\s+/, '')
    .trim();
  return { code: undefined, words, line: undefined, inStatement: at };
}

/** What a client program said in words for the person at the release, with the command to run next. */
export function postgresError(pg: Postgres, place: Place, what: string, ended: ProgramResult): RunbookError {
  const label = `database ${pg.name}: ${what}`;
  const missing = /^rr-missing (.*)$/m.exec(ended.stderr)?.[1];
  if (missing !== undefined)
    return new RunbookError(`${label}: ${missing} is not on host ${pg.host.name}`, {
      hint: `install it there (Debian: apt-get install postgresql-client; RHEL: dnf install postgresql), or name its folder in \`programs:\``,
    });
  if (ended.timedOut) return new RunbookError(`${label}: no end in time`);
  const said = parseError(ended.stderr);
  const hint = hintFor(place, ended.stderr, said);
  return new RunbookError(`${label}: ${said.words === '' ? `exit ${ended.code}` : said.words}`, { hint });
}

function hintFor(place: Place, stderr: string, said: ServerSaid): string | undefined {
  const { server } = place;
  const user = identifier(server.user);
  const where = `${server.socket ?? server.host} port ${server.port}`;
  const match = (pattern: RegExp) => pattern.exec(stderr);
  if (match(/password authentication failed/))
    return `the server at ${where} refuses user ${server.user} with this password: compare the secret with the application's own`;
  if (match(/no password supplied/))
    return 'name the secret that holds the password in `password:`, or put it into the URL';
  if (match(/Peer authentication failed|Ident authentication failed/))
    return `the server trusts only the system's user of the same name on its socket: use host 127.0.0.1 and a password in the url`;
  if (match(/no pg_hba\.conf entry/))
    return `let user ${server.user} in from this host: a line in the server's pg_hba.conf, then SELECT pg_reload_conf()`;
  if (match(/Connection refused|No such file or directory|timeout expired|could not translate|Network is unreachable/))
    return `is the server up? pg_isready -h ${server.socket ?? server.host} -p ${server.port}`;
  if (match(/too many (clients|connections)|remaining connection slots/))
    return 'all connections of the server are taken: SELECT usename, count(*) FROM pg_stat_activity GROUP BY 1';
  if (match(/server version mismatch/)) return 'install the client programs of the version of the server';
  const role = match(/(?:must be member of role|must be able to SET ROLE) "(.*)"/)?.[1];
  if (role !== undefined) return `let it set this owner: GRANT ${identifier(role)} TO ${user}`;
  const gone = match(/role "(.*)" does not exist/)?.[1];
  if (gone !== undefined) return `the backup needs this role: CREATE ROLE ${identifier(gone)}`;
  if (match(/permission denied to create database/)) return `ALTER ROLE ${user} CREATEDB`;
  const extension = match(/permission denied to create extension "(.*)"/)?.[1];
  if (extension !== undefined)
    return `a superuser makes it once in the template: psql -d template1 -c 'CREATE EXTENSION ${identifier(extension)}'`;
  const owner = match(/must be owner of (database|table|view|sequence|schema|function) (\S+)/);
  if (owner !== null) return `GRANT the role that owns ${owner[1]} ${owner[2]} TO ${user}`;
  const denied = match(/permission denied for (table|sequence|schema|database|function|view|large object) (\S+)/);
  if (denied !== null)
    return `GRANT ${PRIVILEGE[denied[1] ?? ''] ?? 'ALL'} ON ${(denied[1] ?? '').toUpperCase().replace('VIEW', 'TABLE')} ${denied[2]} TO ${user}`;
  if (match(/row-level security/)) return `row security hides rows from it: ALTER ROLE ${user} BYPASSRLS`;
  if (said.code === '55P03' || match(/lock timeout|could not obtain lock/))
    return `see who holds the lock: SELECT pid, usename, state, xact_start, query FROM pg_stat_activity WHERE datname = current_database(); a longer wait is set by lock-timeout`;
  if (match(/out of shared memory/)) return 'raise max_locks_per_transaction of the server';
  return undefined;
}

const PRIVILEGE: Readonly<Record<string, string>> = {
  table: 'SELECT',
  view: 'SELECT',
  sequence: 'SELECT',
  schema: 'USAGE',
  database: 'CONNECT',
  function: 'EXECUTE',
  'large object': 'SELECT',
};
