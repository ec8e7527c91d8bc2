import { posix } from 'node:path';
import { quote } from '@release-runbook/hosts/agent';
import type { Host } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';
import { failure, isFull } from '../files.ts';
import type { Lines, Place, Script, ServerEngine, TableShape } from './engine.ts';
import { PIPES } from './pipe.ts';

/**
 * Every row of a backup as one line: its key and one hash for each column, sorted by bytes, a file a table. It is made from the
 * restored backup when that is verified. So rows written since can be told years later by reading the live database once,
 * without loading the backup again; over any network only counts travel.
 */

/** One table's lines; `place` 1-based is the file's name in the folder. */
export interface IndexedTable extends TableShape {
  readonly file: string;
}

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly missing: number;
}

export interface TableResult extends Counts {
  readonly table: string;
  readonly key: readonly string[] | null;
  /** At most ten of each kind: keys as JSON, and of changed rows the columns. */
  readonly examples: readonly {
    readonly kind: 'added' | 'changed' | 'missing';
    readonly key: string;
    readonly columns: readonly string[];
  }[];
  /** Files of keys on the host, one a line; only where they were asked for. Changed: key, tab, columns by their index. */
  readonly lists: { readonly added: string; readonly changed: string; readonly missing: string } | undefined;
  /** Columns in the order that `changed` counts them by. */
  readonly columns: readonly string[];
}

const LONG = 12 * 3_600_000;

/**
 * `rr_rows OUT`: sorts what the function `rr_lines` prints into OUT, compressed by its ending. Both exit codes are checked; the
 * sort's own temporary files lie beside OUT.
 */
const ROWS = `
rr_rows() {
  rr_out=$1; rr_pipe="$rr_out.fifo"; rr_ok="$rr_out.ok"
  rm -f "$rr_pipe" "$rr_ok"; mkfifo -m 600 "$rr_pipe" || return 97
  rr_lines >"$rr_pipe" & rr_from=$!
  { LC_ALL=C sort -S 64M -T "$(dirname "$rr_out")" <"$rr_pipe" && : >"$rr_ok"; } | rr_pack "$rr_out" >"$rr_out.partial"; rr_packed=$?
  wait "$rr_from"; rr_code=$?
  rm -f "$rr_pipe"
  [ "$rr_code" -eq 0 ] || return "$rr_code"
  { [ "$rr_packed" -eq 0 ] && [ -e "$rr_ok" ]; } || return 97
  rm -f "$rr_ok"; mv "$rr_out.partial" "$rr_out"
}`;

/**
 * Merges two sorted files: `before` (an index, unpacked) and `after`. `map` names, for each column of `after`, the place of the
 * same column in `before`. Keys are compared as bytes; rows of equal keys (tables without a key) pair off in order.
 */
const MERGE = `
rr_merge() { # before after map folder-or-empty: prints "added changed missing", then the examples
  LC_ALL=C awk -F '\\t' -v before="$1" -v after="$2" -v map="$3" -v lists="$4" '
    function next_before() { if ((getline line < before) > 0) { n = index(line, "\\t"); bk = substr(line, 1, n - 1) ""; bv = substr(line, n + 1); return 1 } return 0 }
    function next_after() { if ((getline line < after) > 0) { n = index(line, "\\t"); ak = substr(line, 1, n - 1) ""; av = substr(line, n + 1); return 1 } return 0 }
    function say(kind, key, columns) {
      if (lists != "") print (columns == "" ? key : key "\\t" columns) > (lists "/" kind)
      if (++shown[kind] <= 10) examples = examples kind "\\t" key "\\t" columns "\\n"
    }
    BEGIN {
      width = split(map, at, " "); same = (map == "same")
      b = next_before(); a = next_after()
      while (b || a) {
        if (b && a && bk == ak) {
          if (same ? av != bv : 1) {
            columns = ""
            split(bv, old, " "); m = split(av, new, " ")
            for (i = 1; i <= m; i++) if ((new[i] "") != (old[same ? i : at[i]] "")) columns = columns (columns == "" ? "" : " ") i
            if (columns != "") { changed++; say("changed", ak, columns) }
          }
          b = next_before(); a = next_after()
        } else if (!a || (b && bk < ak)) { missing++; say("missing", bk, ""); b = next_before() }
        else { added++; say("added", ak, ""); a = next_after() }
      }
      printf "%d %d %d\\n%s", added, changed, missing, examples
    }' </dev/null
}`;

/** A script's variables travel inside the text, which goes over standard input. */
function asFunction(script: Script): string {
  const variables = Object.entries(script.env).map(([name, value]) => `export ${name}=${quote(value)}`);
  return `rr_lines() { (\n${variables.join('\n')}\n${script.text}\n) }\n`;
}

/** Lines that this machine makes go into a file on the host first. */
async function scriptOf(host: Host, made: Script | Lines, file: string): Promise<Script> {
  if (typeof made !== 'function') return made;
  const append = (portion: string) =>
    run(host, 'umask 077\ncat >>"$RR_LINES"', { RR_LINES: file }, `${file} cannot be written`, portion);
  await append('');
  await made(async (portion) => {
    await append(portion);
  });
  return { text: 'cat "$RR_LINES" && rm -f "$RR_LINES"', env: { RR_LINES: file } };
}

/** Writes the index of `place` (the restored backup) into a new folder; returns what `compareRows` needs to read it. */
export async function writeIndex(
  engine: ServerEngine,
  place: Place,
  folder: string,
  compression: string,
): Promise<readonly IndexedTable[]> {
  const tables = await engine.tables(place);
  const indexed = tables.map((table, i) => ({ ...table, file: `${String(i + 1).padStart(4, '0')}.${compression}` }));
  const what = 'the rows of the restored backup cannot be read';
  const begin = 'umask 077\nrm -rf "$RR_FOLDER" && mkdir -p "$RR_FOLDER" || exit 1\n';
  const made = indexed.map((table) => ({ table, lines: engine.rowLines(place, table, table.columns) }));
  const own = made.some(({ lines }) => typeof lines === 'function');
  if (own) await run(engine.host, begin, { RR_FOLDER: folder }, what);
  const part = (file: string, script: Script) => `${asFunction(script)}rr_rows ${quote(file)} || exit "$?"\n`;
  let text = '';
  for (const { table, lines } of made) {
    const file = posix.join(folder, table.file);
    text += part(file, await scriptOf(engine.host, lines, `${file}.lines`));
    if (!own) continue;
    // Table after table: their unsorted lines never lie on the disk all at once.
    await run(engine.host, `umask 077\n${PIPES}${ROWS}\n${text}`, {}, what);
    text = '';
  }
  if (!own) await run(engine.host, `${begin}${PIPES}${ROWS}\n${text}`, { RR_FOLDER: folder }, what);
  return indexed;
}

/**
 * What a place has, changed or lost against an index, table by table. With `lists` (a folder on the host), the keys of all those
 * rows are kept there as files.
 */
export async function compareRows(
  engine: ServerEngine,
  index: {
    readonly folder: string;
    readonly tables: readonly IndexedTable[];
    readonly rows: Readonly<Record<string, number>>;
  },
  place: Place,
  options: { readonly tables?: readonly string[] | undefined; readonly lists?: string; readonly work: string },
): Promise<readonly TableResult[]> {
  const live = await engine.tables(place);
  const wanted = (name: string) => options.tables === undefined || options.tables.includes(name);
  const work: { before: TableShape & { readonly file?: string }; shared: readonly string[]; whole: boolean }[] = [];
  const counted: TableShape[] = [];
  const results = new Map<string, TableResult>();
  const plain = (table: TableShape, counts: Counts): TableResult => ({
    table: table.table,
    key: table.key,
    columns: table.columns,
    examples: [],
    lists: undefined,
    ...counts,
  });
  for (const before of index.tables.filter(({ table }) => wanted(table))) {
    const now = live.find(({ table }) => table === before.table);
    if (now === undefined) {
      results.set(before.table, plain(before, { added: 0, changed: 0, missing: index.rows[before.table] ?? 0 }));
      continue;
    }
    const shared = before.columns.filter((column) => now.columns.includes(column));
    const keyed =
      before.key?.every((column) => now.columns.includes(column) || !before.columns.includes(column)) ?? false;
    // Rows without a key, or whose key has gone, are told apart only as a whole: by the columns that the backup has.
    if (!keyed && (before.key !== null || shared.length < before.columns.length)) counted.push(before);
    else work.push({ before, shared, whole: shared.length === before.columns.length });
  }
  const fresh = live.filter(({ table }) => wanted(table) && !index.tables.some((one) => one.table === table));
  // A new table's rows are all new: where their keys are asked for, they are compared with nothing.
  if (options.lists !== undefined)
    for (const table of fresh) work.push({ before: table, shared: table.columns, whole: true });
  const counts = await engine.count(place, [...counted, ...fresh]);
  for (const table of fresh)
    results.set(table.table, plain(table, { added: counts[table.table] ?? 0, changed: 0, missing: 0 }));
  for (const table of counted) {
    const difference = (counts[table.table] ?? 0) - (index.rows[table.table] ?? 0);
    results.set(
      table.table,
      plain({ ...table, key: null }, { added: Math.max(0, difference), changed: 0, missing: Math.max(0, -difference) }),
    );
  }
  const made = work.map(({ before, shared }) =>
    engine.rowLines(place, { ...before, columns: before.key === null ? before.columns : shared }, shared),
  );
  const own = made.some((lines) => typeof lines === 'function');
  const part = ({ before, shared, whole }: (typeof work)[number], i: number, script: Script) => {
    const map = whole ? 'same' : shared.map((column) => before.columns.indexOf(column) + 1).join(' ');
    const lists = options.lists === undefined ? '' : posix.join(options.lists, String(i));
    return `${asFunction(script)}
rm -f "$RR_WORK/before" "$RR_WORK/after"; mkfifo "$RR_WORK/before" || exit 1
rr_rows "$RR_WORK/after" || exit "$?"
${lists === '' ? '' : `rm -rf ${quote(lists)}; mkdir -p ${quote(lists)} || exit 1\n`}rr_index=${quote(before.file === undefined ? '/dev/null' : posix.join(index.folder, before.file))}
[ -r "$rr_index" ] || exit 96
rr_unpack "$rr_index" <"$rr_index" >"$RR_WORK/before" & rr_unpacker=$!
echo "rr-table ${i}"
rr_merge "$RR_WORK/before" "$RR_WORK/after" ${quote(map)} ${quote(lists)} || exit 97
wait "$rr_unpacker" || exit 96
`;
  };
  const what = `the rows of ${place.database} cannot be read`;
  const merge = (text: string) =>
    run(
      engine.host,
      `umask 077\nmkdir -p "$RR_WORK" || exit 1\ntrap 'rm -rf "$RR_WORK"' EXIT\n${PIPES}${ROWS}\n${MERGE}\n${text}`,
      { RR_WORK: options.work },
      what,
    );
  let [text, output] = ['', ''];
  for (const [i, one] of work.entries()) {
    if (own)
      await run(engine.host, 'umask 077\nrm -rf "$RR_WORK"; mkdir -p "$RR_WORK"', { RR_WORK: options.work }, what);
    text += part(one, i, await scriptOf(engine.host, made[i] as Script | Lines, posix.join(options.work, 'lines')));
    if (!own) continue;
    output += await merge(text);
    text = '';
  }
  if (!own && work.length > 0) output = await merge(text);
  if (output !== '') {
    for (const block of output.split(/^rr-table /m).slice(1)) {
      const [first = '', numbers = '', ...lines] = block.split('\n');
      const { before, shared } = work[Number(first)] as (typeof work)[number];
      const [added = 0, changed = 0, missing = 0] = numbers.split(' ').map(Number);
      const folder = options.lists === undefined ? undefined : posix.join(options.lists, first);
      results.set(before.table, {
        table: before.table,
        key: before.key,
        columns: shared,
        added,
        changed,
        missing,
        lists:
          folder === undefined
            ? undefined
            : {
                added: posix.join(folder, 'added'),
                changed: posix.join(folder, 'changed'),
                missing: posix.join(folder, 'missing'),
              },
        examples: lines
          .filter((line) => line !== '')
          .map((line) => {
            const [kind = '', key = '', columns = ''] = line.split('\t');
            return {
              kind: kind as 'added' | 'changed' | 'missing',
              key,
              columns: columns.split(' ').flatMap((place) => shared[Number(place) - 1] ?? []),
            };
          }),
      });
    }
  }
  const order = [...index.tables.map(({ table }) => table), ...fresh.map(({ table }) => table)];
  return order.flatMap((table) => results.get(table) ?? []);
}

async function run(
  host: Host,
  text: string,
  env: Readonly<Record<string, string>>,
  what: string,
  input?: string,
): Promise<string> {
  const ended = await host.shell(text, {
    env,
    timeoutMs: LONG,
    whole: true,
    ...(input === undefined ? {} : { input }),
  });
  if (ended.code === 0) return ended.stdout;
  if (isFull(ended.stderr)) throw new RunbookError(`${what}: no space left on host ${host.name}`);
  if (ended.code === 96)
    throw new RunbookError(`${what}: the list of the backup's rows is damaged`, {
      hint: 'verify the backup again, or take another one',
    });
  throw failure(what, ended);
}
