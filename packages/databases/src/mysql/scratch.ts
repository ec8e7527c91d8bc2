import { RunbookError } from '@release-runbook/units/error';
import { shell } from '../files.ts';
import type { Scratch, Server } from '../server/engine.ts';
import { CLIENT, type Context, clientEnv, rows } from './client.ts';
import { version } from './dump.ts';
import { findServer } from './programs.ts';
import { READING } from './sql.ts';

/** Settings that a schema's meaning hangs on: as on the live server. */
const SAME = [
  'character_set_server',
  'collation_server',
  'lower_case_table_names',
  'explicit_defaults_for_timestamp',
  'innodb_strict_mode',
  'innodb_page_size',
  'innodb_default_row_format',
  'innodb_ft_min_token_size',
  'innodb_ft_max_token_size',
  'ngram_token_size',
  'default_collation_for_utf8mb4',
  'character_set_collations',
  'sql_generate_invisible_primary_key',
  'restrict_fk_on_non_standard_key',
  'group_concat_max_len',
  'default_week_format',
  'div_precision_increment',
];

/** Ends the server of a folder, if it is that one, and removes all of it. It holds nothing that is not elsewhere. */
const STOP = `
rr_stop_scratch() {
  [ -d "$RR_FOLDER" ] || return 0
  rr_home=$RR_FOLDER
  [ ! -s "$RR_FOLDER/home" ] || read -r rr_home <"$RR_FOLDER/home"
  case "$rr_home" in "$RR_FOLDER"|/var/tmp/release-runbook-*) ;; *) rr_home=$RR_FOLDER;; esac
  if [ -s "$rr_home/pid" ]; then
    read -r rr_pid <"$rr_home/pid"
    if { tr '\\000' '\\n' <"/proc/$rr_pid/cmdline" || ps -o args= -p "$rr_pid"; } 2>/dev/null | grep -qF -- "$rr_home/server.cnf"; then
      kill -9 "$rr_pid" 2>/dev/null
      rr_i=0; while kill -0 "$rr_pid" 2>/dev/null && [ "$rr_i" -lt 100 ]; do sleep 0.05; rr_i=$((rr_i + 1)); done
    fi
  fi
  rm -rf "$rr_home" "$RR_FOLDER"
}
`;

/**
 * Makes an empty data folder. As root the server runs as an unprivileged user, who must be able to enter the folder: where the
 * folders above do not let it, the server's lies under /var/tmp.
 */
const MAKE = `
umask 077
${STOP}
rr_stop_scratch || exit
mkdir -p "$RR_FOLDER" || exit
rr_home=$RR_FOLDER; rr_user=
if [ "$(id -u)" = 0 ]; then
  rr_user=root
  for u in mysql nobody; do if id "$u" >/dev/null 2>&1; then rr_user=$u; break; fi; done
  d=$(dirname "$RR_FOLDER")
  while [ "$d" != / ]; do
    case "$(ls -ld "$d" | cut -c10)" in x|t) ;; *) rr_home=; break;; esac
    d=$(dirname "$d")
  done
  [ -n "$rr_home" ] || rr_home=$(mktemp -d /var/tmp/release-runbook-XXXXXX) || exit
fi
echo "$rr_home" >"$RR_FOLDER/home" || exit
i=0
while :; do
  port=$(( $(od -An -N2 -tu2 /dev/urandom) % 12000 + 20000 ))
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q "$(printf ':%04X ' "$port")" || break
done
memory=$(sed -n 's/^MemAvailable: *\\([0-9]*\\) kB/\\1/p' /proc/meminfo 2>/dev/null)
pool=$(( \${memory:-2000000} / 4096 )); [ "$pool" -le 1024 ] || pool=1024; [ "$pool" -ge 128 ] || pool=128
{
  printf '[mysqld]\\n%s\\n' "$RR_SETTINGS"
  printf 'datadir=%s/data\\ntmpdir=%s\\npid-file=%s/data/server.pid\\nsecure-file-priv=%s/files\\nport=%s\\ninnodb-buffer-pool-size=%sM\\n' "$rr_home" "$rr_home" "$rr_home" "$rr_home" "$port" "$pool"
  if [ "\${#rr_home}" -le 90 ]; then printf 'socket=%s/socket\\n' "$rr_home"; else printf 'socket=socket\\n'; fi
  [ -z "$rr_user" ] || printf 'user=%s\\n' "$rr_user"
} >"$rr_home/server.cnf" || exit
printf '%s' "$RR_INIT" >"$rr_home/init.sql" || exit
unset RR_INIT RR_SETTINGS
mkdir "$rr_home/files" || exit
[ -z "$rr_user" ] || chown "$rr_user" "$rr_home" "$rr_home/files" "$rr_home/server.cnf" "$rr_home/init.sql" || exit
cd "$rr_home" || exit
if [ "$RR_INSTALL" = "$RR_SERVER" ]; then
  "$RR_SERVER" --defaults-file="$rr_home/server.cnf" --initialize-insecure >"$rr_home/log" 2>&1 </dev/null
else
  "$RR_INSTALL" --defaults-file="$rr_home/server.cnf" --basedir="$(dirname "$(dirname "$RR_INSTALL")")" --datadir="$rr_home/data" --skip-test-db --auth-root-authentication-method=normal \${rr_user:+--user="$rr_user"} >"$rr_home/log" 2>&1 </dev/null
fi || { { grep -iE '\\[ERROR\\]|error:|cannot|denied|failed to' "$rr_home/log" || tail -n 20 "$rr_home/log"; } | head -n 5 | tr '\\n' ' ' >&2; exit 1; }
printf 'init-file=%s/init.sql\\n' "$rr_home" >>"$rr_home/server.cnf"
printf '%s\\n%s\\n' "$rr_home" "$port"
[ "\${#rr_home}" -gt 90 ] || echo "$rr_home/socket"
`;

const WAIT = `${CLIENT}
i=0
until rr_mysql -e 'SELECT 1' >/dev/null 2>"$rr_here/err"; do
  i=$((i + 1))
  { [ -s "$RR_PIDFILE" ] && read -r pid <"$RR_PIDFILE" && kill -0 "$pid" 2>/dev/null && [ "$i" -lt 1200 ]; } || { tail -n 5 "$RR_LOG" >&2; cat "$rr_here/err" >&2; exit 1; }
  sleep 0.05
done
rm -f "$RR_INITFILE"`;

export async function startScratch(context: Context, folder: string): Promise<Scratch> {
  const { host, live, name, flavour } = context;
  const serverVersion = await version(context, live);
  const programs = await findServer(name, host, context.spec, serverVersion);
  const same = await rows<[string, string]>(
    context,
    live,
    `${READING}SELECT JSON_ARRAY(LOWER(VARIABLE_NAME), VARIABLE_VALUE) FROM ${flavour === 'mysql' ? 'performance_schema.global_variables' : 'information_schema.GLOBAL_VARIABLES'} WHERE LOWER(VARIABLE_NAME) IN ('sql_mode', 'time_zone', ${SAME.map((one) => `'${one}'`).join(', ')});`,
    'its settings cannot be read',
    { apart: true },
  );
  const value = (setting: string) => same.find(([one]) => one === setting)?.[1] ?? '';
  const settings = [
    ...same.filter(([setting, text]) => SAME.includes(setting) && text !== '').map(([s, text]) => `loose-${s}=${text}`),
    ...(value('time_zone') === 'SYSTEM' ? [] : [`default-time-zone=${value('time_zone')}`]),
    ...SETTINGS,
  ].join('\n');
  const stop = async () => {
    await shell(
      host,
      `${STOP}rr_stop_scratch`,
      { RR_FOLDER: folder },
      `the scratch server in ${folder} cannot be ended`,
    );
  };
  try {
    const made = await shell(
      host,
      MAKE,
      {
        RR_FOLDER: folder,
        RR_SERVER: programs.server,
        RR_INSTALL: programs.install,
        RR_SETTINGS: settings,
        RR_INIT: initSql(flavour, live.server, value('sql_mode')),
      },
      `database ${name}: no scratch server can be made in ${folder}`,
    );
    const [home = '', port = '', socket] = made.trim().split('\n');
    await host.daemon({
      program: [programs.server, `--defaults-file=${home}/server.cnf`],
      directory: home,
      log: `${home}/log`,
      pidFile: `${home}/pid`,
    });
    const { parameters: _, ...account } = live.server;
    const server: Server = {
      ...account,
      kind: 'scratch',
      host: '127.0.0.1',
      port: Number(port),
      ...(socket === undefined ? {} : { socket }),
    };
    const waited = await host.shell(WAIT, {
      env: {
        ...(await clientEnv(context, server)),
        RR_PIDFILE: `${home}/pid`,
        RR_LOG: `${home}/log`,
        RR_INITFILE: `${home}/init.sql`,
      },
      timeoutMs: 180_000,
    });
    if (waited.code !== 0)
      throw new RunbookError(
        `database ${name}: the scratch server in ${home} did not start: ${waited.stderr.trim().split('\n').slice(-5).join(' / ')}; the live server was not touched`,
      );
    return { server, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/** It is thrown away: nothing of it need survive a crash, and nothing in it runs by itself. */
const SETTINGS = [
  'bind-address=127.0.0.1',
  'skip-name-resolve',
  'skip-log-bin',
  'event-scheduler=OFF',
  'performance-schema=OFF',
  'max-allowed-packet=1G',
  'loose-mysqlx=0',
  'loose-innodb-redo-log-capacity=64M',
  'loose-innodb-log-file-size=512M',
  'innodb-flush-log-at-trx-commit=0',
  'innodb-doublewrite=0',
  'loose-innodb-flush-method=nosync',
];

/** The live account, with all rights, from everywhere on this host. */
function initSql(flavour: Context['flavour'], { user, password }: Server, sqlMode: string): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n')}'`;
  const by = `IDENTIFIED BY ${quoted(password ?? '')}`;
  const lines = ['%', 'localhost', '127.0.0.1'].flatMap((from) => {
    const account = `${quoted(user)}@'${from}'`;
    return [
      ...(flavour === 'mysql'
        ? [`CREATE USER IF NOT EXISTS ${account} ${by}`, `ALTER USER ${account} ${by}`]
        : [`CREATE OR REPLACE USER ${account} ${by}`]),
      `GRANT ALL ON *.* TO ${account} WITH GRANT OPTION`,
    ];
  });
  if (flavour === 'mysql') lines.push('ALTER INSTANCE DISABLE INNODB REDO_LOG');
  lines.push(`SET GLOBAL sql_mode = ${quoted(sqlMode)}`);
  return lines.map((line) => `${line};\n`).join('');
}
