import type { Host, ProgramResult } from '@release-runbook/hosts/types';
import type { MysqlSpec } from '@release-runbook/runbook/schema/databases';
import { RunbookError } from '@release-runbook/units/error';
import { once } from '../backup-files.ts';
import type { Place, Server } from '../server/engine.ts';
import { errorIn, hintOf, MysqlError } from './errors.ts';
import { type Flavour, findClients, type Programs } from './programs.ts';

/** What every part of the engine works with. */
export interface Context {
  readonly name: string;
  readonly spec: MysqlSpec;
  readonly flavour: Flavour;
  readonly host: Host;
  readonly live: Place;
  readonly programs: () => Promise<Programs>;
  /** The programs, once anything was asked of the server. */
  readonly found: () => Programs;
}

export function makeContext(name: string, spec: MysqlSpec, host: Host, live: Place): Context {
  let known: Programs | undefined;
  return {
    name,
    spec,
    flavour: spec.engine,
    host,
    live,
    programs: once(async () => {
      known = await findClients(name, host, spec);
      return known;
    }),
    found() {
      if (known === undefined) throw new Error('the programs were not looked for yet');
      return known;
    },
  };
}

/** Dumps and loads of any size end by themselves. */
export const LONG_MS = 24 * 3_600_000;
const QUERY_MS = 10 * 60_000;

/**
 * The beginning of every script: the account in an option file that only this user reads and that goes with the script (or,
 * after a kill, with the next one). HOME is that folder, so that no ~/.my.cnf speaks for another account.
 *
 * - `rr_mysql [OPTIONS]`: the client; rows come as lines, columns separated by tabs, as they are.
 * - `rr_mysqldump [OPTIONS]`: the dump program.
 */
export const CLIENT = `
umask 077
rr_sql=\${RR_SQL-}; rr_options=$RR_OPTIONS; unset RR_SQL RR_OPTIONS
mkdir -p "$RR_STATE" || exit 73
for rr_old in "$RR_STATE"/mysql-[0-9]*; do
  rr_pid=\${rr_old##*/mysql-}
  [ ! -d "$rr_old" ] || [ ! -d /proc/self ] || [ -d "/proc/\${rr_pid%%-*}" ] || rm -rf "$rr_old"
done
rr_here=$(mktemp -d "$RR_STATE/mysql-$$-XXXXXX") || exit 73
trap 'rm -rf "$rr_here"' EXIT
trap 'exit 143' HUP INT TERM
printf '%s' "$rr_options" >"$rr_here/options.cnf" && printf '%s' "$rr_sql" >"$rr_here/sql" || exit 73
unset rr_sql rr_options
export HOME="$rr_here"
rr_mysql() {
  "$RR_CLIENT" --defaults-extra-file="$rr_here/options.cnf" --batch --raw --skip-column-names --quick --skip-reconnect --default-character-set=utf8mb4 --max-allowed-packet=1073741824 "$@"
}
rr_mysqldump() {
  "$RR_DUMP" --defaults-extra-file="$rr_here/options.cnf" "$@"
}
`;

/** An option file: values in double quotes, with the escapes that option files know. */
function optionFile(server: Server): string {
  const quoted = (value: string) =>
    `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;
  const parameters = new URLSearchParams(server.parameters ?? '');
  const tls = ['ssl-mode', 'ssl-ca', 'ssl-capath', 'ssl-cert', 'ssl-key', 'ssl-verify-server-cert'].flatMap(
    (option) => {
      const value = parameters.get(option) ?? parameters.get(option.replaceAll('-', '_'));
      return value === null ? [] : [`loose-${option}=${quoted(value)}`];
    },
  );
  const lines = [
    '[client]',
    `user=${quoted(server.user)}`,
    `password=${quoted(server.password ?? '')}`,
    ...(server.socket === undefined
      ? ['protocol=tcp', `host=${quoted(server.host)}`, `port=${server.port}`]
      : ['protocol=socket', `socket=${quoted(server.socket)}`]),
    'loose-get-server-public-key',
    ...tls,
  ];
  return `${lines.join('\n')}\n`;
}

/** The variables of a script that begins with CLIENT. */
export async function clientEnv(context: Context, server: Server, sql = ''): Promise<Readonly<Record<string, string>>> {
  return programEnv(await context.programs(), server, sql);
}

export function programEnv(programs: Programs, server: Server, sql: string): Readonly<Record<string, string>> {
  return { RR_OPTIONS: optionFile(server), RR_CLIENT: programs.client, RR_DUMP: programs.dump, RR_SQL: sql };
}

/** What a failed script says, as an error for people. `state`: what the system is in now. */
export function failed(
  context: Context,
  place: Place,
  what: string,
  ended: ProgramResult,
  state = 'nothing was changed',
): RunbookError {
  const where = `database ${context.name}`;
  const found = errorIn(ended.stderr);
  if (found !== undefined) {
    const hint = hintOf(found.number, found.words, place.server, place.database);
    return new MysqlError(`${where}: ${what}: error ${found.number}: ${found.words}; ${state}`, found, hint);
  }
  const said = ended.timedOut ? 'no end in time' : ended.stderr.trim().split('\n').at(-1) || `exit ${ended.code}`;
  return new RunbookError(`${where}: ${what}: ${said}; ${state}`);
}

const RUN = `${CLIENT}
if [ -n "$RR_DATABASE" ]; then set -- --database="$RR_DATABASE"; else set --; fi
rr_mysql "$@" <"$rr_here/sql"`;

export interface RunOptions {
  /** Connects to no database: it may not be there. */
  readonly apart?: boolean;
  readonly timeoutMs?: number;
  readonly state?: string;
}

/** Runs SQL; gives what it prints. Throws MysqlError. */
export async function run(
  context: Context,
  place: Place,
  sql: string,
  what: string,
  options: RunOptions = {},
): Promise<string> {
  const ended = await context.host.shell(RUN, {
    env: {
      ...(await clientEnv(context, place.server, sql)),
      RR_DATABASE: options.apart === true ? '' : place.database,
    },
    whole: true,
    timeoutMs: options.timeoutMs ?? QUERY_MS,
  });
  if (ended.code !== 0) throw failed(context, place, what, ended, options.state);
  return ended.stdout;
}

/** Runs statements that print one JSON value a line. */
export async function rows<T>(
  context: Context,
  place: Place,
  sql: string,
  what: string,
  options: RunOptions = {},
): Promise<T[]> {
  const text = await run(context, place, sql, what, options);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
