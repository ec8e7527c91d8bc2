import type { Host } from '@release-runbook/hosts/types';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';

/**
 * Reads what was added since a place. Per file: a line "name-of-part identity size", then base64 of the bytes.
 * Input: lines "identity offset path". A file that was rotated away is found again by its inode in the same folder, and its
 * rest is read before the new one. The 32 bytes before the offset are sent along: when they are others, the file was emptied
 * and written anew.
 */
const READ = `
part() { # path offset budget
  size=$(wc -c <"$1" | tr -d ' ')
  from=$(($2 > 32 ? $2 - 32 : 0))
  echo "part $(ls -id "$1" | awk '{print $1; exit}') $size $from"
  tail -c +$((from + 1)) "$1" | head -c $(($3 + 32)) | base64 | tr -d '\\n'
  echo
}
while read -r id offset budget path; do
  if [ ! -e "$path" ]; then
    if [ -d "$(dirname "$path")" ]; then echo "file absent"; else echo "file nofolder"; fi
    continue
  fi
  [ -r "$path" ] || { echo "file unreadable"; continue; }
  now=$(ls -id "$path" | awk '{print $1; exit}')
  if [ "$id" = end ]; then
    echo "file now"
    size=$(wc -c <"$path" | tr -d ' ')
    part "$path" "$size" 0
    continue
  fi
  if [ "$id" != "$now" ] && [ "$id" != - ]; then
    old=$(find "$(dirname "$path")" -maxdepth 1 -inum "$id" 2>/dev/null | head -n 1)
    echo "file rotated"
    if [ -n "$old" ] && [ -r "$old" ]; then part "$old" "$offset" "$budget"; else echo "part - 0 0"; echo; fi
    part "$path" 0 "$budget"
    continue
  fi
  echo "file now"
  part "$path" "$offset" "$budget"
done
`;

/** What fits encoded into the output of one program (1 MiB). */
const budgetBytes = 640 * 1024;

interface FileMark {
  readonly path: string;
  /** The inode; `-` when there was no file. */
  readonly id: string;
  readonly offset: number;
  /** Base64 of the bytes before the offset, at most 32. */
  readonly before: string;
}

/**
 * Lines written to the files since the mark; undefined marks the end as it is now and gives no lines. At most 640 KiB a call:
 * the next call goes on. A last line without its end is kept for the next call. Files that are not there yet are empty.
 * @throws RunbookError when a file cannot be read, or not even its folder is there
 */
export async function readLog(
  host: Host,
  files: readonly string[],
  mark: string | undefined,
): Promise<{ lines: readonly string[]; mark: string }> {
  const known = mark === undefined ? [] : parseMark(mark);
  const paths = [...new Set([...files, ...known.map((each) => each.path)])];
  const budget = Math.floor(budgetBytes / Math.max(1, paths.length * 2));
  const asked = paths.map((path) => {
    const found = known.find((each) => each.path === path);
    if (found !== undefined) return found;
    // A file that appears after the first call is new as a whole.
    return { path, id: mark === undefined ? 'end' : '-', offset: 0, before: '' };
  });
  const input = asked.map(({ id, offset, path }) => `${id} ${offset} ${budget} ${path}\n`).join('');
  const result = await host.shell(READ, { input, unfenced: true });
  if (result.code !== 0) throw new RunbookError(`host ${host.name}: logs cannot be read: ${result.stderr.trim()}`);
  const blocks = result.stdout.split(/^file /m).slice(1);
  if (blocks.length !== asked.length)
    throw new RunbookError(
      `host ${host.name}: logs cannot be read: an answer of ${counted(blocks.length, 'file')} for ${asked.length}`,
    );
  const lines: string[] = [];
  const marks: FileMark[] = [];
  for (const [index, each] of asked.entries()) {
    const { found, next } = readFile(host, each, blocks[index] ?? '', budget);
    lines.push(...found);
    marks.push(next);
  }
  return { lines, mark: JSON.stringify(marks) };
}

function readFile(
  host: Host,
  mark: FileMark,
  block: string,
  budget: number,
): { found: readonly string[]; next: FileMark } {
  const [state = '', ...rest] = block.split('\n');
  if (state === 'absent') return { found: [], next: { path: mark.path, id: '-', offset: 0, before: '' } };
  if (state !== 'now' && state !== 'rotated') {
    throw new RunbookError(
      `host ${host.name}: the log ${mark.path} cannot be read${state === 'nofolder' ? ': its folder is not there' : ''}`,
      {
        hint: 'see `log:` of the service, and whether the login may read it',
      },
    );
  }
  const parts = [];
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [, id = '-', size = '0', from = '0'] = (rest[at] ?? '').split(' ');
    parts.push({ id, size: Number(size), from: Number(from), bytes: Buffer.from(rest[at + 1] ?? '', 'base64') });
  }
  const [first, second] = parts;
  if (first === undefined) throw new RunbookError(`host ${host.name}: the log ${mark.path} cannot be read`);
  if (mark.id === 'end') {
    return {
      found: [],
      next: { path: mark.path, id: first.id, offset: first.size, before: first.bytes.toString('base64') },
    };
  }
  if (state === 'rotated' && second !== undefined) {
    const old = take({ ...first, mark, whole: true }, budget);
    // More of the old file than fits: it is read to its end first.
    if (!old.atEnd && first.id !== '-') return { found: old.lines, next: { ...old.next, path: mark.path } };
    const fresh = take(
      { ...second, mark: { path: mark.path, id: second.id, offset: 0, before: '' }, whole: false },
      budget,
    );
    return { found: [...old.lines, ...fresh.lines], next: fresh.next };
  }
  const result = take({ ...first, mark, whole: false }, budget);
  return { found: result.lines, next: result.next };
}

interface Part {
  readonly id: string;
  readonly size: number;
  /** Where in the file `bytes` begins. */
  readonly from: number;
  readonly bytes: Buffer;
  readonly mark: FileMark;
  /** Nothing will be added, so a last line without an end is a line. */
  readonly whole: boolean;
}

function take(
  { id, size, from, bytes, mark, whole }: Part,
  budget: number,
): { lines: readonly string[]; next: FileMark; atEnd: boolean } {
  const lead = bytes.subarray(0, Math.max(0, mark.offset - from));
  const before = Buffer.from(mark.before, 'base64');
  const compared = Math.min(lead.length, before.length);
  const same =
    size >= mark.offset && lead.subarray(lead.length - compared).equals(before.subarray(before.length - compared));
  if (!same) {
    // Emptied and written anew: what is in it is read from its beginning, by the next call.
    return { lines: [], next: { path: mark.path, id, offset: 0, before: '' }, atEnd: false };
  }
  const fresh = bytes.subarray(lead.length, lead.length + budget);
  const atEnd = mark.offset + fresh.length >= size;
  const lastEnd = fresh.lastIndexOf(10) + 1;
  // One line longer than all that is read at once is given in pieces, or it would never be passed.
  const used = (whole && atEnd) || (lastEnd === 0 && fresh.length >= budget) ? fresh.length : lastEnd;
  const text = fresh.subarray(0, used).toString('utf8');
  const lines =
    text === ''
      ? []
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => line.replace(/\r$/, ''));
  const offset = mark.offset + used;
  const tail = Buffer.concat([lead, fresh.subarray(0, used)]).subarray(-32);
  return { lines, next: { path: mark.path, id, offset, before: tail.toString('base64') }, atEnd };
}

function parseMark(mark: string): readonly FileMark[] {
  try {
    const read: unknown = JSON.parse(mark);
    if (Array.isArray(read)) return read as FileMark[];
  } catch {
    // Said below.
  }
  throw new RunbookError('the mark of a log cannot be read; measure again without it');
}

/** The last lines of the files together, for messages; nothing when they cannot be read. */
export async function tailLog(host: Host, files: readonly string[], lines: number): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const text = 'while read -r path; do [ -r "$path" ] && tail -n "$RR_LINES" "$path" | cut -c 1-500; done; exit 0\n';
  const result = await host.shell(text, { env: { RR_LINES: String(lines) }, input: `${files.join('\n')}\n` });
  const found = result.stdout.split('\n').filter((line) => line.trim() !== '');
  return found.slice(-lines);
}
