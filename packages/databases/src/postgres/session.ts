import type { Host, ProgramResult } from '@release-runbook/hosts/types';
import type { PostgresSpec } from '@release-runbook/runbook/schema/databases';
import type { Place, Script } from '../server/engine.ts';
import { postgresError } from './errors.ts';

/** What every part of the engine works with. */
export interface Postgres {
  readonly name: string;
  readonly spec: PostgresSpec;
  readonly host: Host;
  readonly live: Place;
}

export const HOUR_MS = 3_600_000;
/** How long a migration or a dump waits for the locks of others when the runbook does not say. */
const LOCK_MS = 10_000;

/**
 * Finds psql (any version speaks to any server), and sets who is asked for. `RR_ADMIN`: on a scratch server, its superuser,
 * whose name lies in the folder of its socket; elsewhere the user of the URL.
 */
const CONNECT = `
rr_psql=
if [ -n "\${RR_PROGRAMS:-}" ]; then rr_psql="$RR_PROGRAMS/psql"
else
  for rr_bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql@*/bin; do
    [ ! -x "$rr_bin/psql" ] || rr_psql="$rr_bin/psql"
  done
  [ -n "$rr_psql" ] || rr_psql=$(command -v psql || :)
fi
[ -x "$rr_psql" ] || { echo "rr-missing psql" >&2; exit 127; }
[ -z "\${RR_ADMIN:-}" ] || [ ! -r "\${PGHOST:-}/superuser" ] || PGUSER=$(cat "$PGHOST/superuser")
unset PGSERVICE PGSERVICEFILE PGHOSTADDR
rr_sql() { "$rr_psql" -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY="\${RR_VERBOSITY:-verbose}" -f - "$@"; }
`;

/**
 * For what belongs to a server and not to one of its databases: connects to one that is there and is not renamed or dropped
 * (RR_NOT, names by line).
 */
const MAINTENANCE = `
rr_first=
for rr_name in postgres template1 "$PGDATABASE"; do
  ! printf '%s\\n' "\${RR_NOT:-}" | grep -qxF -e "$rr_name" || continue
  if rr_said=$(PGDATABASE=$rr_name rr_sql -c 'SELECT 1' 2>&1 </dev/null); then rr_first=; PGDATABASE=$rr_name; break; fi
  [ -n "$rr_first" ] || rr_first=$rr_said
done
[ -z "$rr_first" ] || { printf '%s\\n' "$rr_first" >&2; exit 2; }
`;

/**
 * Settings that make texts of values equal everywhere. LOCAL, and so within a transaction: behind a pooler the next
 * transaction may run in another session, and a setting of the session would hit a stranger.
 */
export const SETTINGS = `
\\set rr_wait \`printf %s "$RR_LOCK_MS"\`
SET LOCAL lock_timeout = :'rr_wait';
SET LOCAL search_path = '';
SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL row_security = off;
SET LOCAL extra_float_digits = 3;
SET LOCAL IntervalStyle = 'iso_8601';
SET LOCAL DateStyle = 'ISO, YMD';
SET LOCAL TimeZone = 'UTC';
SET LOCAL bytea_output = 'hex';
SET LOCAL quote_all_identifiers = off;
`;

/** One snapshot, nothing written. */
export const reading = (sql: string): string =>
  `BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;\n${SETTINGS}\n${sql}\nCOMMIT;\n`;

export const writing = (sql: string): string => `BEGIN;\n${SETTINGS}\n${sql}\nCOMMIT;\n`;

/** Variables by which libpq finds a place. */
export function connection(pg: Postgres, place: Place, options: { admin?: boolean } = {}): Record<string, string> {
  const { server, database } = place;
  const host = server.socket ?? (server.host === '' ? fromUrl(server.parameters, 'host') : server.host);
  return {
    ...(host === undefined || host === '' ? {} : { PGHOST: host }),
    PGPORT: String(server.port),
    PGUSER: server.user,
    PGDATABASE: database,
    ...(server.password === undefined ? {} : { PGPASSWORD: server.password }),
    ...tls(server.parameters),
    PGCONNECT_TIMEOUT: '10',
    PGAPPNAME: 'release-runbook',
    PGCLIENTENCODING: 'UTF8',
    RR_LOCK_MS: String(pg.spec['lock-timeout'] ?? LOCK_MS),
    // Messages are matched by their words where the protocol gives no code (a refused connection).
    LC_ALL: 'C',
    ...(pg.spec.programs === undefined ? {} : { RR_PROGRAMS: pg.spec.programs }),
    ...((options.admin ?? server.kind === 'scratch') ? { RR_ADMIN: '1' } : {}),
  };
}

const TLS: Readonly<Record<string, string>> = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  sslcrl: 'PGSSLCRL',
  channel_binding: 'PGCHANNELBINDING',
  target_session_attrs: 'PGTARGETSESSIONATTRS',
};

/** What drivers and libpq have in common; the rest of a URL's parameters is the application's own. */
function tls(parameters: string | undefined): Record<string, string> {
  const found = [...new URLSearchParams(parameters ?? '')].flatMap(([name, value]) => {
    const variable = TLS[name];
    return variable === undefined ? [] : [[variable, value] as const];
  });
  const set = Object.fromEntries(found);
  const plain = fromUrl(parameters, 'ssl');
  return plain === 'true' || plain === '1' ? { PGSSLMODE: 'require', ...set } : set;
}

function fromUrl(parameters: string | undefined, name: string): string | undefined {
  return new URLSearchParams(parameters ?? '').get(name) ?? undefined;
}

export interface Ask {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly admin?: boolean;
  readonly timeoutMs?: number;
  readonly onOutput?: (text: string) => void;
}

/** A sh text that runs SQL by psql. The text is constant; values travel in `env` and reach SQL by \\set. */
export function script(pg: Postgres, place: Place, sql: string, env: Readonly<Record<string, string>> = {}): Script {
  return {
    text: `${CONNECT}rr_sql <<'RR_SQL'\n${sql}\nRR_SQL\n`, // Its error is shown as it comes.
    env: { ...connection(pg, place), RR_VERBOSITY: 'terse', ...env },
  };
}

/** Runs a sh text in which `rr_sql` is psql connected to the place. */
export async function shell(pg: Postgres, place: Place, text: string, ask: Ask = {}): Promise<ProgramResult> {
  return pg.host.shell(`umask 077\n${CONNECT}${text}`, {
    env: { ...connection(pg, place, ask.admin === undefined ? {} : { admin: ask.admin }), ...ask.env },
    ...(ask.input === undefined ? {} : { input: ask.input }),
    ...(ask.onOutput === undefined ? {} : { onOutput: ask.onOutput }),
    timeoutMs: ask.timeoutMs ?? HOUR_MS,
    whole: true,
  });
}

/** What SQL prints. `what` is for the error: "its tables cannot be read". `input` is read by the SQL as $RR_INPUT. */
export async function sql(pg: Postgres, place: Place, what: string, text: string, ask: Ask = {}): Promise<string> {
  return checked(
    pg,
    place,
    what,
    await shell(pg, place, `${ask.input === undefined ? '' : INPUT}${heredoc(text)}`, ask),
  );
}

/** The same, connected to a database that is not the place's own: for databases as a whole. */
export async function serverSql(
  pg: Postgres,
  place: Place,
  what: string,
  text: string,
  ask: Ask & { readonly not?: readonly string[] } = {},
): Promise<string> {
  const env = { ...ask.env, RR_DATABASE: place.database, RR_NOT: (ask.not ?? []).join('\n') };
  const program = `${ask.input === undefined ? '' : INPUT}${MAINTENANCE}${heredoc(text)}`;
  return checked(pg, place, what, await shell(pg, place, program, { ...ask, env }));
}

/** A program in sh for the same. */
export const maintenanceShell = (text: string): string => `${MAINTENANCE}${text}`;

/** Variables longer than the system lets a program have travel over standard input into a file. */
const INPUT = `
RR_TEMP=$(mktemp -d) && export RR_INPUT="$RR_TEMP/input" || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
cat >"$RR_INPUT" || exit 1
`;

const heredoc = (text: string) => `rr_sql <<'RR_SQL'\n${text}\nRR_SQL\n`;

export function checked(pg: Postgres, place: Place, what: string, ended: ProgramResult): string {
  if (ended.code !== 0) throw postgresError(pg, place, what, ended);
  return ended.stdout;
}

/** Lines of JSON. */
export function jsonLines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** A psql line that makes the variable `name` of a variable of the environment, whatever it holds. */
export const fromEnv = (name: string, variable: string): string => `\\set ${name} \`printf %s "$${variable}"\``;
export const fromInput = (name: string): string => `\\set ${name} \`cat "$RR_INPUT"\``;

/** An identifier as SQL has it. */
export const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;
