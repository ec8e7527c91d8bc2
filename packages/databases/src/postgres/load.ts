import type { Place } from '../server/engine.ts';
import { bytesIn, PIPES } from '../server/pipe.ts';
import type { Progress } from '../types.ts';
import { describe, dress } from './dress.ts';
import { exists, version } from './inspect.ts';
import { clientPrograms } from './programs.ts';
import { checked, fromEnv, HOUR_MS, type Postgres, serverSql, shell } from './session.ts';

/** Ends what is connected to a database and drops it; from version 13 on DROP DATABASE itself ends them. */
const DROP = `
${fromEnv('name', 'RR_DATABASE')}
SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity WHERE datname = :'name' AND pid <> pg_backend_pid() \\gset
SELECT format('DROP DATABASE IF EXISTS %I', :'name') || CASE WHEN current_setting('server_version_num')::int >= 130000 THEN ' WITH (FORCE)' ELSE '' END \\gexec
`;

/** With the encoding and locale of the live database, or of the template where there is none. */
const CREATE = `
${fromEnv('name', 'RR_DATABASE')}
${fromEnv('live', 'RR_LIVE')}
SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L', :'name', pg_encoding_to_char(d.encoding), d.datcollate, d.datctype)
  || CASE j ->> 'datlocprovider'
    WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', coalesce(j ->> 'datlocale', j ->> 'daticulocale')) || coalesce(format(' ICU_RULES %L', j ->> 'daticurules'), '')
    WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', j ->> 'datlocale')
    WHEN 'c' THEN ' LOCALE_PROVIDER libc' ELSE '' END
  || CASE WHEN t.spcname = 'pg_default' THEN '' ELSE format(' TABLESPACE %I', t.spcname) END
  || CASE WHEN d.datname = :'live' AND pg_has_role(d.datdba, 'MEMBER') THEN format(' OWNER %I', pg_get_userbyid(d.datdba)) ELSE '' END
FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace CROSS JOIN LATERAL to_jsonb(d) j
WHERE d.datname IN (:'live', 'template0') ORDER BY d.datname <> :'live' LIMIT 1 \\gexec
`;

export async function drop(pg: Postgres, place: Place): Promise<void> {
  await serverSql(pg, place, `database ${place.database} cannot be dropped`, DROP, { not: [place.database] });
}

/**
 * pg_restore works on several tables and indexes at once where it has a file: it is unpacked where there is space enough.
 * ANALYZE follows: a dump holds no statistics, and queries without them are slow.
 */
const LOAD = `
rr_jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
[ "$rr_jobs" -le 8 ] || rr_jobs=8
rr_from=$RR_FILE
rr_unpacked="$RR_FILE.unpacked-$$"
trap 'rm -f "$rr_unpacked"' EXIT
trap 'exit 143' HUP INT TERM
set -- "$RR_CLIENT/pg_restore" -w --exit-on-error -d "$RR_CONNINFO"
[ -z "\${RR_PLAIN_SPACE:-}" ] || set -- "$@" --no-tablespaces
if [ "$rr_jobs" -gt 1 ]; then
  rr_free=$(df -Pk "$(dirname "$RR_FILE")" | tail -n 1 | { read -r _ _ _ rr_kb _; echo "$rr_kb"; })
  # Some 16 times its size is the most that rows shrink to.
  if [ "$rr_free" -gt "$(($(wc -c <"$RR_FILE") / 1024 * 16 + 65536))" ]; then
    # Where that fails for want of space after all, the stream does it.
    if rr_load "$RR_FILE" sh -c 'cat >"$0"' "$rr_unpacked"; then rr_from=$rr_unpacked; else rm -f "$rr_unpacked"; fi
  fi
fi
if [ "$rr_from" = "$rr_unpacked" ]; then
  "$@" -j "$rr_jobs" "$rr_unpacked" >&2 || exit "$?"
else rr_load "$RR_FILE" "$@" || exit "$?"
fi
"$RR_CLIENT/vacuumdb" -q -w --analyze-only -j "$rr_jobs" -d "$RR_CONNINFO" >&2
`;

export async function load(pg: Postgres, file: string, place: Place, progress?: (p: Progress) => void): Promise<void> {
  const { folder } = await clientPrograms(pg, await version(pg, { ...place, database: 'template1' }));
  const scratch = place.server.kind === 'scratch';
  const looks = (await exists(pg, pg.live).catch(() => false)) ? await describe(pg, pg.live) : undefined;
  await drop(pg, place);
  await serverSql(pg, place, `database ${place.database} cannot be made`, CREATE, {
    env: { RR_LIVE: pg.live.database },
    not: [place.database],
  });
  if (looks !== undefined) await dress(pg, place, looks);
  const ended = await shell(pg, place, `${PIPES}${LOAD}`, {
    env: {
      RR_FILE: file,
      RR_CLIENT: folder,
      RR_CONNINFO: `dbname='${place.database.replaceAll(/['\\]/g, String.raw`\$&`)}'`,
      ...(scratch ? { RR_PLAIN_SPACE: '1' } : {}),
    },
    timeoutMs: 12 * HOUR_MS,
    ...(progress === undefined
      ? {}
      : { onOutput: bytesIn((done) => progress({ what: 'load', done, total: undefined, unit: 'bytes' })) }),
  });
  checked(pg, place, `loading into ${place.database} failed`, ended);
}
