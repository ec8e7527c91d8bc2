import type { Dumped, Place } from '../server/engine.ts';
import { bytesIn, PIPES } from '../server/pipe.ts';
import type { Progress, SchemaObject } from '../types.ts';
import { RELATIONS } from './catalog.ts';
import { normal, rowsOf, SNAPSHOT, size, version } from './inspect.ts';
import { clientPrograms } from './programs.ts';
import { checked, HOUR_MS, jsonLines, type Postgres, SETTINGS, shell } from './session.ts';

/**
 * Opens the session whose snapshot the dump shares. Its tables are locked before the snapshot is taken (LOCK comes before a
 * transaction's first query): a table that is truncated or rewritten between a snapshot and pg_dump's own locks looks empty to
 * that snapshot, and would be dumped and counted as empty.
 */
const OPEN = `
BEGIN;
${SETTINGS}
SELECT coalesce(string_agg(format('LOCK TABLE ONLY %s IN ACCESS SHARE MODE;', full_name), ' ' ORDER BY full_name), 'SELECT;') AS locks
FROM (${RELATIONS}) r WHERE relkind IN ('r', 'p') \\gset
COMMIT;
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
${SETTINGS}
\\o /dev/null
:locks
\\o
SET LOCAL lock_timeout = 0;
SELECT pg_export_snapshot() \\g \`echo "$RR_TEMP/snapshot.partial"\`
\\! mv "$RR_TEMP/snapshot.partial" "$RR_TEMP/snapshot"
`;

const DUMP = `
RR_TEMP=$(mktemp -d) && export RR_TEMP || exit 1
rr_session=
trap '[ -z "$rr_session" ] || kill "$rr_session" 2>/dev/null; rm -rf "$RR_TEMP"' EXIT
trap 'exit 143' HUP INT TERM
mkfifo "$RR_TEMP/in" || exit 1
rr_sql <"$RR_TEMP/in" >"$RR_TEMP/out" 2>"$RR_TEMP/err" & rr_session=$!
exec 3>"$RR_TEMP/in"
rr_fail() { exec 3>&-; wait "$rr_session"; rr_code=$?; rr_session=; cat "$RR_TEMP/err" >&2; [ "$rr_code" -ne 0 ] || rr_code=1; exit "$rr_code"; }
cat >&3 <<'RR_SQL' || rr_fail
${OPEN}
RR_SQL
while [ ! -s "$RR_TEMP/snapshot" ]; do
  kill -0 "$rr_session" 2>/dev/null || rr_fail
  sleep 0.02
done
read -r rr_snapshot <"$RR_TEMP/snapshot"
cat >&3 <<'RR_SQL' || rr_fail
${SNAPSHOT}
RR_SQL
# The session has just had all of these locks: pg_dump waits only behind what queued up meanwhile, and that waits for the session.
# Uncompressed here: zstd on its own core is quicker and smaller than pg_dump's zlib.
rr_dump "$RR_FILE" "$RR_CLIENT/pg_dump" -w -Fc -Z0 --snapshot="$rr_snapshot" --lock-wait-timeout=2000 3>&-
rr_code=$?
# When the session has ended before, what pg_dump says follows from that; else it is ended, with its locks.
[ "$rr_code" -eq 0 ] || ! kill -0 "$rr_session" 2>/dev/null || exit "$rr_code"
exec 3>&-
wait "$rr_session"; rr_counted=$?; rr_session=
[ "$rr_counted" -eq 0 ] || { cat "$RR_TEMP/err" >&2; exit "$rr_counted"; }
echo rr-snapshot
cat "$RR_TEMP/out"
`;

/** A table was dropped or altered between being listed, being locked by the session, and being locked by pg_dump: then again. */
const MOVED =
  / 42P01: |pg_dump: error: .*(statement timeout|does not exist|could not open relation|cache lookup failed)/;

export async function dump(
  pg: Postgres,
  place: Place,
  file: string,
  progress?: (p: Progress) => void,
): Promise<Dumped> {
  const serverVersion = await version(pg, place);
  const { folder } = await clientPrograms(pg, serverVersion);
  const total = progress === undefined ? undefined : (await size(pg, place)).dump;
  const run = () =>
    shell(pg, place, `${PIPES}${DUMP}`, {
      env: {
        RR_FILE: file,
        RR_CLIENT: folder,
      },
      timeoutMs: 12 * HOUR_MS,
      ...(progress === undefined
        ? {}
        : { onOutput: bytesIn((done) => progress({ what: 'dump', done, total, unit: 'bytes' })) }),
    });
  let ended = await run();
  for (let left = 3; left > 0 && MOVED.test(ended.stderr); left--) ended = await run();
  const output = checked(pg, place, 'the dump failed', ended);
  const [rows = '', objects = ''] = output.slice(output.indexOf('rr-snapshot\n') + 12).split('rr-objects\n');
  return { rows: rowsOf(rows), objects: normal(jsonLines<SchemaObject>(objects)), serverVersion };
}
