import { randomBytes } from 'node:crypto';
import { RunbookError } from '@release-runbook/units/error';
import { pieces } from '../lint/read/split.ts';
import { tokenize } from '../lint/read/tokens.ts';
import type { Place } from '../server/engine.ts';
import { checked, type Postgres, shell } from './session.ts';

/** A result that is larger is no answer to a check. */
const LARGEST = 16 * 1024 * 1024;
/** A cell of a text that nobody has stands for null. */
const NULL = '\u0001null\u0001';

const QUERY = `
RR_TEMP=$(mktemp -d) || exit 1
trap 'rm -rf "$RR_TEMP"' EXIT
{ printf '\\\\set null \`printf %%s "$RR_NULL"\`\\n\\\\pset null :null\\n\\\\pset format csv\\n\\\\pset tuples_only off\\n\\\\pset footer off\\n\\\\set FETCH_COUNT 1000\\n'
  printf 'BEGIN %s;\\n' "$RR_MODE"
  cat >"$RR_TEMP/sql"
  cat "$RR_TEMP/sql"; printf '\\n\\\\gdesc\\n'
  printf '\\\\echo %s\\n\\\\pset tuples_only on\\nSELECT extract(epoch FROM clock_timestamp());\\n\\\\pset tuples_only off\\n' "$RR_MARK"
  cat "$RR_TEMP/sql"; printf '\\n;\\n'
  printf '\\\\echo %s\\n\\\\pset tuples_only on\\nSELECT extract(epoch FROM clock_timestamp());\\nCOMMIT;\\n' "$RR_MARK"
} >"$RR_TEMP/script"
{ rr_sql <"$RR_TEMP/script" 2>"$RR_TEMP/err"; echo "$?" >"$RR_TEMP/code"; } | head -c "$RR_LARGEST"
cat "$RR_TEMP/err" >&2
read -r rr_code <"$RR_TEMP/code"; exit "$rr_code"
`;

export async function query(
  pg: Postgres,
  place: Place,
  text: string,
  options: { readOnly: boolean },
): Promise<{ columns: readonly string[]; rows: readonly (readonly unknown[])[]; ms: number }> {
  const mark = `rr-${randomBytes(12).toString('hex')}`;
  const statement = oneStatement(pg, text);
  const ended = await shell(pg, place, QUERY, {
    input: statement,
    admin: false,
    env: {
      RR_MARK: mark,
      RR_NULL: NULL,
      RR_LARGEST: String(LARGEST + 1),
      RR_MODE: options.readOnly ? 'READ ONLY' : 'READ WRITE',
    },
    timeoutMs: 10 * 60_000,
  });
  if (Buffer.byteLength(ended.stdout) > LARGEST)
    throw new RunbookError(`database ${pg.name}: the result of the query is larger than 16 MiB`, {
      hint: 'add LIMIT, or count on the server',
    });
  const output = checked(pg, place, 'the query failed', ended);
  const [described = '', result = '', last = ''] = output.split(`${mark}\n`);
  const columns = parseCsv(described)
    .slice(1)
    .map(([name = '', type = '']) => ({ name, type }));
  const start = result.indexOf('\n');
  const ms = Math.max(0, (Number(last.trim()) - Number(result.slice(0, start))) * 1000);
  const rows = parseCsv(result.slice(start + 1)).slice(1);
  return {
    columns: columns.map(({ name }) => name),
    rows: columns.length === 0 ? [] : rows.map((row) => row.map((cell, i) => valueOf(cell, columns[i]?.type ?? ''))),
    ms,
  };
}

/** A second statement could end the transaction that keeps the first from writing, as could what psql takes for its own command. */
function oneStatement(pg: Postgres, text: string): string {
  const { tokens } = tokenize(text, 'postgres');
  const found = pieces(tokens, 'postgres');
  if (found.length !== 1 || tokens.some(({ kind, text: mark }) => kind === 'symbol' && mark === '\\'))
    throw new RunbookError(
      `database ${pg.name}: a query is one statement without commands of psql, this text holds ${found.length === 1 ? 'a backslash' : found.length}`,
    );
  return text.slice(0, found[0]?.tokens.at(-1)?.end);
}

/** Numbers and JSON as such where nothing is lost; all else as the text that the server writes. */
export function valueOf(cell: string, type: string): unknown {
  if (cell === NULL) return null;
  if (type === 'boolean') return cell === 't';
  if (/^(smallint|integer|bigint|real|double precision|numeric|oid)\b(?!.*\[\])/.test(type)) {
    const number = Number(cell);
    // 0.10 of a numeric is the number 0.1; digits beyond a double's stay text.
    const plain = /[.]/.test(cell) ? cell.replace(/0+$/, '').replace(/[.]$/, '') : cell;
    return Number.isFinite(number) && (type.startsWith('real') || type.startsWith('double') || String(number) === plain)
      ? number
      : cell;
  }
  if (type === 'json' || type === 'jsonb') {
    try {
      return JSON.parse(cell);
    } catch {
      return cell;
    }
  }
  return cell;
}

/** Records of cells; cells in quotation marks hold line ends. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '' && record.length === 0) break;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
    if (end === '') break;
  }
  return records;
}
