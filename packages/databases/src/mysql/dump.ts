import { RunbookError } from '@release-runbook/units/error';
import { schemaDifference } from '../schema-difference.ts';
import type { Dumped, Place } from '../server/engine.ts';
import { bytesIn, PIPES } from '../server/pipe.ts';
import type { Progress, SchemaObject } from '../types.ts';
import { PROGRAM_KINDS, readObjects } from './catalog.ts';
import { CLIENT, type Context, clientEnv, failed, LONG_MS, rows, run } from './client.ts';
import { checkAge, type Flavour } from './programs.ts';
import { mayLock } from './rights.ts';
import { id, literal, MARKER, PROGRAMS, READING } from './sql.ts';
import { countSql, countsIn, readTables } from './tables.ts';

/**
 * A dump is one SQL text that any client can load: a line that says which database it is of, its tables with their rows, a line
 * that begins what holds no rows (views, triggers, routines, events), and a last statement by which a load knows that it was
 * whole.
 */
export const HEADER = '-- release-runbook database ';
export const SEPARATOR = '-- release-runbook programs ';
export const END = 'release-runbook: end of dump';

export interface Header {
  readonly database: string;
  readonly characterSet: string;
  readonly collation: string;
  /** Accounts as whom its views, triggers, routines and events run: `owner@%`. */
  readonly definers: readonly string[];
  /** It has triggers or functions, which a server with a binary log does not let everybody make. */
  readonly logged: boolean;
}

/** Said one by one, so that no option file of the host says otherwise. Never --force, never --compact. */
function flags(flavour: Flavour): readonly string[] {
  return [
    '--single-transaction',
    '--quick',
    '--hex-blob',
    '--default-character-set=utf8mb4',
    '--no-tablespaces',
    '--max-allowed-packet=1073741824',
    '--skip-force',
    '--comments',
    '--set-charset',
    '--tz-utc',
    '--quote-names',
    '--create-options',
    '--add-drop-table',
    '--add-locks',
    '--disable-keys',
    '--extended-insert',
    // History: rows of system-versioned tables that are no longer current; older dump programs do not know it.
    ...(flavour === 'mysql' ? ['--set-gtid-purged=OFF', '--column-statistics=0'] : ['--loose-dump-history']),
  ];
}

const APART = ['--skip-routines', '--skip-events', '--skip-triggers'];
const DUMPED = /^-- Dump completed/m;

/** Arguments come one a line. */
const ARGUMENTS = `
rr_list=$RR_ARGUMENTS; unset RR_ARGUMENTS
set -f; IFS='
'; set -- $rr_list; unset IFS; set +f
`;

/** The SQL that makes views, triggers, routines and events again, whatever of them is there. */
export async function programsSql(context: Context, place: Place, objects: readonly SchemaObject[]): Promise<string> {
  const views = objects.filter(({ kind }) => kind === 'view').map(({ name }) => name);
  const dump = async (options: readonly string[]): Promise<string> => {
    const ended = await context.host.shell(`${CLIENT}${ARGUMENTS}rr_mysqldump "$@"`, {
      env: {
        ...(await clientEnv(context, place.server)),
        RR_ARGUMENTS: [...flags(context.flavour), ...options].join('\n'),
      },
      whole: true,
      timeoutMs: LONG_MS,
    });
    if (ended.code !== 0)
      throw failed(context, place, 'its views, triggers, routines and events cannot be dumped', ended);
    if (!DUMPED.test(ended.stdout))
      throw new RunbookError(
        `database ${context.name}: the dump of its views, triggers, routines and events ended without its trailer; nothing was changed`,
      );
    return ended.stdout;
  };
  const rest = await dump([
    '--no-data',
    '--no-create-info',
    '--triggers',
    '--add-drop-trigger',
    '--routines',
    '--events',
    '--',
    place.database,
  ]);
  // Views last: they may use functions.
  return views.length === 0 ? rest : rest + (await dump(['--no-data', ...APART, '--', place.database, ...views]));
}

/**
 * Opens two sessions beside the dump program, so that one of them counts what the dump's own snapshot holds. Where the account
 * may, the other holds a read lock over the server until the program's transaction has begun (nothing that it writes arrives
 * before that; some 0.1 s), and the counting transaction begins under it. Else the program is started until nothing was
 * committed between its beginning and that of the counting transaction, by the server's counters; on a server that is never
 * quiet for so long, the counts are said to be apart. Locks on the tables alone would not do: transactions of the application
 * that write to several of them end as victims of a deadlock.
 */
const DUMP = `${CLIENT}${PIPES}
cat >"$rr_here/tail" || exit 73
${ARGUMENTS}
rr_wait() { # line file pid: until the line is in the file; 1: the process has ended without it
  until grep -q "^$1$" "$2"; do
    kill -0 "$3" 2>/dev/null || { grep -q "^$1$" "$2"; return; }
    sleep 0.02
  done
}
rr_lock() { # 0: the lock is held by session $rr_locker, whose input is 5
  rm -f "$rr_here/lock.in"; mkfifo "$rr_here/lock.in" && : >"$rr_here/lock.out" || return 1
  rr_mysql --unbuffered --database="$RR_DATABASE" <"$rr_here/lock.in" >"$rr_here/lock.out" 2>"$rr_here/lock.err" & rr_locker=$!
  exec 5>"$rr_here/lock.in"
  printf '%s\\n' 'SET NAMES utf8mb4; SET SESSION lock_wait_timeout=3;' "$RR_LOCK;" "SELECT 'held';" >&5
  rr_wait held "$rr_here/lock.out" "$rr_locker" && return
  exec 5>&-; wait "$rr_locker"; return 1
}
rr_everything() { # 75: something was committed while it began
  printf '%s\\n' "$RR_HEADER" || return
  rr_held=
  if [ -n "$RR_LOCK" ]; then
    for rr_attempt in 1 2 3; do
      rr_lock && { rr_held=1; break; }
      grep -q '^ERROR 1205 ' "$rr_here/lock.err" || break
      sleep 1
    done
    [ -n "$rr_held" ] || RR_LOCK=
  fi
  rm -f "$rr_here/count.in"; mkfifo "$rr_here/count.in" && : >"$rr_here/count.out" || return 97
  # Nobody else may hold the other session's input open: its end is what ends the session.
  { exec 5>&-; rr_mysql --unbuffered --database="$RR_DATABASE"; } <"$rr_here/count.in" >"$rr_here/count.out" 2>"$rr_here/count.err" & rr_counter=$!
  exec 7>"$rr_here/count.in"
  printf '%s\\n' "$RR_READING" 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;' "$RR_STATUS" "SELECT 'asked';" >&7
  rr_wait asked "$rr_here/count.out" "$rr_counter" || return 98
  [ -z "$rr_held" ] || rr_begin || return 98
  "$RR_DUMP" --defaults-extra-file="$rr_here/options.cnf" "$@" 5>&- 7>&- & rr_dumper=$!
  until [ -e "$rr_began" ]; do kill -0 "$rr_dumper" 2>/dev/null || break; sleep 0.01; done
  if [ -n "$rr_held" ]; then echo 'UNLOCK TABLES;' >&5; exec 5>&-; wait "$rr_locker"
  else
    rr_begin || return 98
    if [ "$(sed '/^asked$/,$d' "$rr_here/count.out")" != "$(sed -e '1,/^asked$/d' -e '/^begun$/,$d' "$rr_here/count.out")" ]; then
      if [ "$rr_tries" -gt 1 ]; then
        exec 7>&-; kill "$rr_dumper" "$rr_counter" 2>/dev/null; wait; return 75
      fi
      : >"$rr_here/apart"
    fi
  fi
  cat "$rr_here/sql" >&7 & rr_feeder=$!
  wait "$rr_dumper"; rr_code=$?
  if [ "$rr_code" -ne 0 ]; then exec 7>&-; kill "$rr_feeder" "$rr_counter" 2>/dev/null; wait; return "$rr_code"; fi
  wait "$rr_feeder"; exec 7>&-
  wait "$rr_counter" || return 98
  cat "$rr_here/tail"
}
rr_begin() { # the session that counts begins its transaction
  printf '%s\\n' 'START TRANSACTION WITH CONSISTENT SNAPSHOT;' "$RR_STATUS" "SELECT 'begun';" >&7
  rr_wait begun "$rr_here/count.out" "$rr_counter"
}
rr_began="$rr_here/began"; rr_first=$RR_FIRST; rr_tries=10
while :; do
  rm -f "$rr_began"
  rr_dump "$RR_FILE" rr_everything "$@" 2>"$rr_here/err"; rr_code=$?
  [ "$rr_code" -eq 75 ] || break
  rr_tries=$((rr_tries - 1))
done
case "$rr_code" in 98) cat "$rr_here/count.err" >&2;; *) cat "$rr_here/err" >&2;; esac
[ "$rr_code" -eq 0 ] || exit "$rr_code"
[ ! -e "$rr_here/apart" ] || echo rr-apart
sed -e '1,/^begun$/d' -e 's/^/rr-count /' "$rr_here/count.out"
`;

/** What changes with every commit. */
const COUNTERS = `SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_rows_inserted', 'Innodb_rows_updated', 'Innodb_rows_deleted', 'Com_commit', 'Com_xa_commit', 'Com_truncate');`;
const STATUS: Readonly<Record<Flavour, string>> = {
  mysql: `SELECT @@GLOBAL.gtid_executed; ${COUNTERS}`,
  mariadb: `SELECT @@GLOBAL.gtid_binlog_pos; ${COUNTERS}`,
};

export async function dump(
  context: Context,
  place: Place,
  file: string,
  progress?: (p: Progress) => void,
): Promise<Dumped> {
  const db = literal(place.database);
  const [found] = await rows<[string, string, string]>(
    context,
    place,
    `${READING}SELECT JSON_ARRAY(VERSION(), DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${db};`,
    'it cannot be dumped',
  );
  const [serverVersion = '', characterSet = '', collation = ''] = found ?? [];
  await checkAge(context.name, context.host, context.spec, await context.programs(), serverVersion);
  const objects = await readObjects(context, place);
  const tables = (await readTables(context, place)).map(({ table }) => table);
  const programs = objects.filter(({ kind }) => PROGRAM_KINDS.includes(kind));
  const definers = await readDefiners(context, place);
  const logged = programs.some(({ kind }) => kind === 'trigger' || kind === 'function');
  const header: Header = { database: place.database, characterSet, collation, definers, logged };
  const line = HEADER + JSON.stringify(header);
  const tail = `${SEPARATOR}${JSON.stringify(programs)}\n${await programsSql(context, place, objects)}\nSELECT '${END}' AS \`release-runbook\`;\n`;
  const left = [...objects.filter(({ kind }) => kind === 'view').map(({ name }) => name), MARKER, PROGRAMS];
  const options = [
    ...flags(context.flavour),
    ...APART,
    ...left.map((name) => `--ignore-table=${place.database}.${name}`),
    '--',
    place.database,
  ];
  const lock = (await mayLock(context, place)) ? 'FLUSH TABLES WITH READ LOCK' : '';
  const bytes = bytesIn((done) =>
    progress?.({ what: `dump of ${context.name}`, done, total: undefined, unit: 'bytes' }),
  );
  const ended = await context.host.shell(DUMP, {
    env: {
      ...(await clientEnv(context, place.server, countSql(tables))),
      RR_FILE: file,
      RR_DATABASE: place.database,
      RR_ARGUMENTS: options.join('\n'),
      RR_HEADER: line,
      // The header and one byte more: the dump program has written.
      RR_FIRST: String(Buffer.byteLength(line) + 2),
      RR_READING: READING,
      RR_LOCK: lock,
      RR_STATUS: STATUS[context.flavour],
    },
    input: tail,
    timeoutMs: LONG_MS,
    onOutput: bytes,
    whole: true,
  });
  if (ended.code !== 0)
    throw failed(
      context,
      place,
      ended.code === 98 ? 'its rows cannot be counted' : 'it cannot be dumped',
      ended,
      'the dump is not complete, and the database is as it was',
    );
  const changed = schemaDifference(objects, await readObjects(context, place));
  if (changed.length > 0)
    throw new RunbookError(
      `database ${context.name} was changed (DDL) while it was dumped: ${changed.slice(0, 5).join('; ')}; the dump is not taken`,
      { hint: 'let migrations and backups not run at once, and run this again' },
    );
  const counted = [...ended.stdout.matchAll(/^rr-count (\d+)$/gm)].map(([, n]) => n as string);
  return {
    objects,
    rows: countsIn(tables, counted.join('\n')),
    serverVersion,
    ...(/^rr-apart$/m.test(ended.stdout)
      ? {
          countedApart: `rows were counted a moment after the dump's snapshot: the server was never quiet, and user ${place.server.user} may not hold it still (GRANT RELOAD ON *.*)`,
        }
      : {}),
  };
}

async function readDefiners(context: Context, place: Place): Promise<readonly string[]> {
  const columns = {
    VIEWS: 'TABLE_SCHEMA',
    TRIGGERS: 'TRIGGER_SCHEMA',
    ROUTINES: 'ROUTINE_SCHEMA',
    EVENTS: 'EVENT_SCHEMA',
  };
  const lists = Object.entries(columns).map(
    ([table, schema]) =>
      `SELECT DEFINER AS d FROM information_schema.${table} WHERE ${schema} = ${literal(place.database)}`,
  );
  const sql = `${READING}SELECT JSON_ARRAY(d) FROM (${lists.join(' UNION ')}) x WHERE d LIKE '%@%' ORDER BY d;`;
  return (await rows<[string]>(context, place, sql, 'its definers cannot be read')).map(([definer]) => definer);
}

/** Throws where a dump would leave out rows or objects, or would not be of one moment. */
export async function checkTables(context: Context, place: Place): Promise<void> {
  const sql = `${READING}SELECT JSON_ARRAY(TABLE_NAME, ENGINE) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(place.database)} AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND COALESCE(ENGINE, '') <> 'InnoDB' ORDER BY TABLE_NAME;`;
  const others = await rows<[string, string | null]>(context, place, sql, 'its tables cannot be read');
  if (others.length === 0) return;
  const list = others.map(([table, engine]) => `${table} (${engine ?? 'damaged'})`).join(', ');
  throw new RunbookError(
    `database ${context.name} has tables without transactions, of which no dump of one moment can be made: ${list}; nothing was changed`,
    { hint: others.map(([table]) => `ALTER TABLE ${id(place.database)}.${id(table)} ENGINE=InnoDB;`).join('\n') },
  );
}

export async function version(context: Context, place: Place): Promise<string> {
  return (await run(context, place, 'SELECT VERSION();', 'it cannot be asked', { apart: true })).trim();
}
