import { randomBytes } from 'node:crypto';
import { RunbookError } from '@release-runbook/units/error';
import type { Scratch } from '../server/engine.ts';
import { postgresError } from './errors.ts';
import { size, version } from './inspect.ts';
import { serverPrograms } from './programs.ts';
import { identifier, jsonLines, type Postgres, serverSql } from './session.ts';

/** What a copy of the live server must be like, so that the same dump loads and the same migration runs. */
const FACTS = `
SELECT json_build_object(
  'encoding', pg_encoding_to_char(d.encoding), 'collate', d.datcollate, 'ctype', d.datctype, 'provider', j ->> 'datlocprovider',
  'icu', coalesce(j ->> 'datlocale', j ->> 'daticulocale'),
  'superuser', pg_get_userbyid(10),
  'settings', (SELECT json_object_agg(name, reset_val) FROM pg_settings WHERE name IN ('TimeZone', 'DateStyle', 'IntervalStyle', 'lc_monetary',
    'lc_numeric', 'lc_time', 'default_text_search_config', 'max_locks_per_transaction', 'max_prepared_transactions', 'shared_preload_libraries', 'max_connections')),
  'roles', (SELECT json_agg(json_build_object('name', rolname, 'attributes', concat_ws(' ', CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
      CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END, CASE WHEN NOT rolinherit THEN 'NOINHERIT' END,
      CASE WHEN rolbypassrls THEN 'BYPASSRLS' END), 'config', rolconfig)) FROM pg_roles WHERE rolname !~ '^pg_'),
  'members', (SELECT coalesce(json_agg(json_build_object('role', pg_get_userbyid(roleid), 'member', pg_get_userbyid(member), 'admin', admin_option)), '[]') FROM pg_auth_members))
FROM (SELECT *, to_jsonb(x) AS j FROM pg_database x) d WHERE d.datname IN (:'name', 'template0') ORDER BY d.datname <> :'name' LIMIT 1;`;

interface Facts {
  readonly encoding: string;
  readonly collate: string;
  readonly ctype: string;
  readonly provider: string | null;
  readonly icu: string | null;
  readonly superuser: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly roles: readonly {
    readonly name: string;
    readonly attributes: string;
    readonly config: readonly string[] | null;
  }[];
  readonly members: readonly unknown[];
}

/**
 * The server runs as the live server does where this is root, which PostgreSQL refuses: as the owner of its data folder, else
 * the user postgres. That user may not be able to enter the folder (it lies in root's home); then the data lie in its own home.
 * `data` and `socket` in the folder are links to where they are; a socket's path must be short.
 */
const AS = `
rr_user=; rr_base=$RR_FOLDER
if [ "$(id -u)" -eq 0 ]; then
  for rr_one in "$(stat -c %U "\${RR_LIKE:-/nowhere}" 2>/dev/null)" postgres nobody; do
    [ -n "$rr_one" ] && [ "$rr_one" != root ] && id "$rr_one" >/dev/null 2>&1 && { rr_user=$rr_one; break; }
  done
fi
rr_as() {
  if [ -z "$rr_user" ]; then "$@"
  elif command -v setpriv >/dev/null 2>&1; then setpriv --reuid="$rr_user" --regid="$(id -g "$rr_user")" --init-groups "$@"
  else runuser -u "$rr_user" -- "$@"
  fi
}
rr_end() { # the server of this folder, if its process is still the one that was started on these data, and all of its files
  rr_data=$(readlink "$RR_FOLDER/data") || rr_data=
  rr_socket=$(readlink "$RR_FOLDER/socket") || rr_socket=
  if [ -n "$rr_data" ] && read -r rr_pid 2>/dev/null <"$rr_data/postmaster.pid"; then
    if [ "$(readlink "/proc/$rr_pid/cwd")" = "$rr_data" ]; then
      kill -QUIT "$rr_pid"
      rr_n=0
      while [ "$(readlink "/proc/$rr_pid/cwd")" = "$rr_data" ]; do
        rr_n=$((rr_n + 1)); [ "$rr_n" -ne 100 ] || kill -KILL "$rr_pid"
        [ "$rr_n" -lt 200 ] || { echo "process $rr_pid does not end" >&2; exit 1; }
        sleep 0.1
      done
    fi
  fi
  case "$rr_data" in */release-runbook-pg-*) rm -rf "$rr_data";; esac
  case "$rr_socket" in /tmp/rr-pg-*) rm -rf "$rr_socket";; esac
  rm -rf "$RR_FOLDER"
}
`;

const START = `${AS}
unset PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD PGDATA
rr_end
mkdir -p "$RR_FOLDER" || exit 1
if [ -n "$rr_user" ]; then chown "$rr_user" "$RR_FOLDER" || exit 1; fi
if ! (cd / && rr_as test -w "$RR_FOLDER"); then
  rr_home=$(getent passwd "$rr_user" | cut -d: -f6)
  rr_base=/var/tmp
  if [ -d "$rr_home" ] && (cd / && rr_as test -w "$rr_home"); then rr_base=$rr_home; fi
fi
rr_name=$(printf %s "$RR_FOLDER" | cksum); rr_name="release-runbook-pg-\${rr_name%% *}"
rr_data="$rr_base/$rr_name"
ln -s "$rr_data" "$RR_FOLDER/data" && rm -rf "$rr_data" || exit 1
rr_socket=$(mktemp -d /tmp/rr-pg-XXXXXX) && ln -s "$rr_socket" "$RR_FOLDER/socket" || exit 1
if [ -n "$rr_user" ]; then chown "$rr_user" "$rr_socket" || exit 1; fi
cd /
set -- -D "$rr_data" -U "$RR_SUPERUSER" -A trust --no-sync -E "$RR_ENCODING" --locale=C --lc-collate="$RR_COLLATE" --lc-ctype="$RR_CTYPE"
case "$RR_PROVIDER" in
  i) set -- "$@" --locale-provider=icu --icu-locale="$RR_ICU";;
  b) set -- "$@" --locale-provider=builtin --builtin-locale="$RR_ICU";;
esac
[ "$RR_MAJOR" -lt 18 ] || set -- "$@" --no-data-checksums
rr_as "$RR_SERVER/initdb" "$@" >"$rr_socket/initdb" 2>&1 || { cat "$rr_socket/initdb" >&2; exit 1; }
printf '%s\\n' 'local all all trust' 'host all all 127.0.0.1/32 scram-sha-256' >"$rr_data/pg_hba.conf"
printf '%s\\n' "$RR_CONFIG" "unix_socket_directories = '$rr_socket'" >>"$rr_data/postgresql.conf"
printf '%s' "$RR_SUPERUSER" >"$rr_socket/superuser"
for rr_try in 1 2 3 4 5; do
  rr_port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 30000))
  rr_as "$RR_SERVER/pg_ctl" -D "$rr_data" -o "-p $rr_port" -l "$rr_data/server.log" -w -t 60 start >/dev/null 2>&1 && break
  grep -q 'could not create any TCP/IP sockets' "$rr_data/server.log" && [ "$rr_try" -lt 5 ] || { cat "$rr_data/server.log" >&2; exit 1; }
  : >"$rr_data/server.log"
done
echo "$rr_port $rr_socket"
`;

/** Thrown away, so nothing waits for the disk; jobs of pg_cron would reach the world. */
const TUNING = {
  listen_addresses: '127.0.0.1',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  shared_buffers: '256MB',
  maintenance_work_mem: '256MB',
  password_encryption: 'scram-sha-256',
  log_min_error_statement: 'panic',
  lc_messages: 'C',
  'cron.launch_active_jobs': 'off',
};

const ROLES = `
\\set given \`cat "$RR_INPUT"\`
SELECT format('CREATE ROLE %I %s', r.name, r.attributes) FROM json_to_recordset(json_extract_path(:'given', 'roles')) r(name text, attributes text)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r.name) \\gexec
SELECT format('GRANT %I TO %I', m.role, m.member) || CASE WHEN m.admin THEN ' WITH ADMIN OPTION' ELSE '' END
FROM json_to_recordset(json_extract_path(:'given', 'members')) m(role text, member text, admin boolean)
WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = m.role) AND EXISTS (SELECT FROM pg_roles WHERE rolname = m.member)
  AND NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = m.role::regrole AND member = m.member::regrole) \\gexec
SELECT format('ALTER ROLE %I PASSWORD %L', json_extract_path_text(:'given', 'user'), json_extract_path_text(:'given', 'password')) \\gexec
\\set ON_ERROR_STOP off
SELECT CASE WHEN n = 'search_path' THEN format('SET %I = %s', n, v) END,
  CASE WHEN n = 'search_path' THEN format('ALTER ROLE %I SET %I FROM CURRENT', r.name, n) ELSE format('ALTER ROLE %I SET %s TO %L', r.name, n, v) END
FROM json_to_recordset(json_extract_path(:'given', 'roles')) r(name text, config text[]), unnest(r.config) c,
  split_part(c, '=', 1) n, substr(c, strpos(c, '=') + 1) v WHERE n !~ 'preload|tablespace' \\gexec
`;

export async function startScratch(pg: Postgres, folder: string): Promise<Scratch> {
  const facts = await readFacts(pg);
  const live = await version(pg, { ...pg.live, database: 'template1' });
  const programs = await serverPrograms(pg, live);
  const like = await size(pg, pg.live).catch(() => undefined);
  const env = {
    RR_FOLDER: folder,
    RR_LIKE: like?.dataFolder ?? '',
    RR_SERVER: programs.folder,
    RR_MAJOR: String(programs.major),
    RR_SUPERUSER: facts.superuser,
    RR_ENCODING: facts.encoding,
    RR_COLLATE: facts.collate,
    RR_CTYPE: facts.ctype,
    RR_PROVIDER: facts.provider ?? '',
    RR_ICU: facts.icu ?? '',
    RR_CONFIG: Object.entries({ ...facts.settings, ...TUNING })
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
      .join('\n'),
    LC_ALL: 'C',
  };
  const started = await pg.host.shell(`umask 077\n${START}`, { env, timeoutMs: 180_000 });
  const stop = async () => {
    const ended = await pg.host.shell(`${AS}rr_end`, { env: { RR_FOLDER: folder }, timeoutMs: 60_000 });
    if (ended.code !== 0)
      throw new RunbookError(
        `database ${pg.name}: the scratch server in ${folder} cannot be ended: ${ended.stderr.trim()}`,
      );
  };
  const [port = '', socket = ''] = started.stdout.trim().split(' ');
  if (started.code !== 0 || socket === '') {
    await stop();
    throw postgresError(pg, pg.live, `no scratch server could be started in ${folder}`, started);
  }
  const { user } = pg.live.server;
  // A server that asks for no password would let everybody on this host read the copy.
  const password = pg.live.server.password ?? randomBytes(18).toString('base64url');
  const parameters = withoutAddress(pg.live.server.parameters);
  const server = {
    kind: 'scratch' as const,
    host: '127.0.0.1',
    port: Number(port),
    socket,
    user,
    password,
    ...(parameters === '' ? {} : { parameters }),
  };
  try {
    await serverSql(pg, { server, database: 'postgres' }, 'the roles of the scratch server cannot be made', ROLES, {
      input: JSON.stringify({ roles: facts.roles, members: facts.members, user, password }),
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { server, stop };
}

async function readFacts(pg: Postgres): Promise<Facts> {
  const text = `\\set name \`printf %s "$RR_DATABASE"\`\n${FACTS}`;
  const [facts] = jsonLines<Facts>(await serverSql(pg, pg.live, 'the server cannot be asked', text));
  if (facts === undefined) throw new Error(`no facts about ${identifier(pg.live.database)}`);
  return facts;
}

/** A scratch server has no certificate and one address. */
function withoutAddress(parameters: string | undefined): string {
  const kept = new URLSearchParams(parameters ?? '');
  for (const name of [...kept.keys()])
    if (/^ssl|^(host|port|hostaddr|target_session_attrs|channel_binding)$/i.test(name)) kept.delete(name);
  return kept.toString();
}
