import { RunbookError } from '@release-runbook/units/error';
import { pieces } from '../lint/read/split.ts';
import { tokenize } from '../lint/read/tokens.ts';
import type { Place } from '../server/engine.ts';
import { parseError, postgresError } from './errors.ts';
import { fromEnv, HOUR_MS, jsonLines, type Postgres, shell, sql } from './session.ts';

/** In whatever schema it was made: the first of the search_path then. */
const REMEMBERED = `SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = '_release_runbook_migrations' AND c.relkind = 'r' AND n.nspname !~ '^pg_' ORDER BY n.nspname <> current_schema() LIMIT 1`;

export async function applied(pg: Postgres, place: Place): Promise<Readonly<Record<string, string>>> {
  const text = `BEGIN READ ONLY;
SELECT format('SELECT json_build_object(''name'', name, ''sha256'', sha256) FROM %s', found) FROM (${REMEMBERED}) t(found) \\gexec
COMMIT;`;
  const rows = jsonLines<{ name: string; sha256: string }>(
    await sql(pg, place, 'what was applied to it cannot be read', text, { admin: false }),
  );
  return Object.fromEntries(rows.map(({ name, sha256 }) => [name, sha256]));
}

interface Statement {
  readonly words: readonly string[];
  /** Lines of the file, starting at 1. */
  readonly first: number;
  readonly last: number;
}

function statements(text: string): readonly Statement[] {
  const line = (at: number) => text.slice(0, at).split('\n').length;
  return pieces(tokenize(text, 'postgres').tokens, 'postgres').map(({ tokens }) => ({
    words: tokens.filter(({ kind }) => kind === 'word').map(({ value }) => value),
    first: line(tokens[0]?.start ?? 0),
    last: line(tokens.at(-1)?.end ?? 0),
  }));
}

/** Why a statement cannot be in the transaction of its file; undefined: it can. */
export function outsideTransactions(words: readonly string[]): string | undefined {
  const [first = '', second = '', third = ''] = words;
  const has = (word: string) => words.includes(word);
  if (/^(BEGIN|COMMIT|ROLLBACK|END|ABORT)$/.test(first) && !(first === 'ROLLBACK' && has('TO'))) return first;
  if (first === 'START' && second === 'TRANSACTION') return 'START TRANSACTION';
  if (first === 'VACUUM' || (first === 'CLUSTER' && words.length === 1)) return first;
  if (has('CONCURRENTLY') && /^(CREATE|DROP|REINDEX|ALTER)$/.test(first)) return `${first} … CONCURRENTLY`;
  if (first === 'REINDEX' && (second === 'DATABASE' || second === 'SYSTEM' || second === 'SCHEMA'))
    return `REINDEX ${second}`;
  if (/^(CREATE|DROP)$/.test(first) && /^(DATABASE|TABLESPACE|SUBSCRIPTION)$/.test(second)) return `${first} ${second}`;
  if (first === 'ALTER' && second === 'SYSTEM') return 'ALTER SYSTEM';
  if (first === 'ALTER' && second === 'DATABASE' && has('TABLESPACE')) return 'ALTER DATABASE … SET TABLESPACE';
  // Its value cannot be used in the transaction that made it.
  if (first === 'ALTER' && second === 'TYPE' && has('ADD') && has('VALUE')) return 'ALTER TYPE … ADD VALUE';
  if (first === 'CALL' || (first === 'DISCARD' && third === '' && second === 'ALL')) return first;
  return undefined;
}

/** `-1` makes one transaction of all three files; without it each statement is one of its own. */
const APPLY = `
RR_TEMP=$(mktemp -d) || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
cat >"$RR_TEMP/file.sql"
cat >"$RR_TEMP/before.sql" <<'RR_SQL'
SET client_min_messages = warning;
${fromEnv('wait', 'RR_LOCK_MS')}
SET lock_timeout = :'wait';
SELECT format('CREATE TABLE %I._release_runbook_migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  coalesce(current_schema(), 'public')) WHERE NOT EXISTS (${REMEMBERED}) \\gexec
RESET client_min_messages;
RR_SQL
cat >"$RR_TEMP/after.sql" <<'RR_SQL'
${fromEnv('name', 'RR_NAME')}
${fromEnv('sha256', 'RR_SHA256')}
RESET ROLE;
SELECT format('INSERT INTO %s (name, sha256) VALUES (%L, %L)', found, :'name', :'sha256') FROM (${REMEMBERED}) t(found) \\gexec
RR_SQL
"$rr_psql" -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=verbose \${RR_ONE:+-1} -f "$RR_TEMP/before.sql" -f "$RR_TEMP/file.sql" -f "$RR_TEMP/after.sql" >/dev/null
`;

export async function apply(
  pg: Postgres,
  place: Place,
  file: { name: string; sql: string; sha256: string },
): Promise<void> {
  const found = statements(file.sql);
  const alone = found.map(({ words }) => outsideTransactions(words)).find((why) => why !== undefined);
  const ended = await shell(pg, place, APPLY, {
    input: file.sql,
    admin: false,
    timeoutMs: 12 * HOUR_MS,
    env: {
      RR_NAME: file.name,
      RR_SHA256: file.sha256,
      ...(alone === undefined ? { RR_ONE: '1' } : {}),
    },
  });
  if (ended.code === 0) return;
  const state =
    alone === undefined
      ? `${file.name} was rolled back as a whole`
      : `${file.name} cannot be one transaction (${alone}), so that its statements before this one stay applied`;
  const said = parseError(ended.stderr);
  if (said.line === undefined || !/file\.sql:\d+: /.test(ended.stderr))
    throw postgresError(pg, place, `${file.name} could not be applied; ${state}`, ended);
  const { hint } = postgresError(pg, place, '', ended);
  throw new RunbookError(`${said.words}; ${state}`, {
    at: { file: file.name, line: lineOf(found, said.line, said.inStatement), column: 1 },
    hint,
  });
}

/** psql tells the line at which it had read the statement's end, the server a line within the statement. */
function lineOf(found: readonly Statement[], read: number, within: number | undefined): number {
  const statement = found.find(({ first, last }) => first <= read && read <= last);
  if (statement === undefined) return read;
  return within === undefined ? statement.first : Math.min(statement.first + within - 1, statement.last);
}
