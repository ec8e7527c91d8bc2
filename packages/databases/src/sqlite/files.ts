import { HostError } from '@release-runbook/hosts/error';
import type { Host, ProgramResult } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';

/** Work on files of the database's host. Paths travel in variables; the texts are constant. */

async function shell(host: Host, text: string, env: Readonly<Record<string, string>>, what: string): Promise<string> {
  const ended = await host.shell(`umask 077\n${text}`, { env, timeoutMs: 6 * 3_600_000 });
  if (ended.code !== 0) throw failure(what, ended);
  return ended.stdout;
}

function failure(what: string, ended: ProgramResult): RunbookError {
  return new RunbookError(`${what}: ${reason(ended)}`);
}

const reason = (ended: ProgramResult) =>
  ended.timedOut ? 'no end in time' : ended.stderr.trim().split('\n').at(-1) || `exit ${ended.code}`;

export const isFull = (text: string) => /No space left|disk is full|Disk quota exceeded|File too large/i.test(text);

/** Size and hash of a file; undefined when there is none. */
export async function fingerprint(host: Host, path: string): Promise<{ bytes: number; sha256: string } | undefined> {
  const text = `[ -f "$RR_FILE" ] || exit 0
wc -c <"$RR_FILE" && if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$RR_FILE"; else shasum -a 256 <"$RR_FILE"; fi`;
  const [bytes, sum] = (await shell(host, text, { RR_FILE: path }, `${path} cannot be read`)).split('\n');
  const sha256 = /^[0-9a-f]{64}/.exec(sum ?? '')?.[0];
  return sha256 === undefined ? undefined : { bytes: Number(bytes), sha256 };
}

/** Bytes of a file, 0 when there is none. */
export async function sizeOf(host: Host, path: string): Promise<number> {
  return Number(
    await shell(
      host,
      'if [ -f "$RR_FILE" ]; then wc -c <"$RR_FILE"; else echo 0; fi',
      { RR_FILE: path },
      `${path} cannot be read`,
    ),
  );
}

/** Makes a folder for this user alone. */
export async function makeFolder(host: Host, path: string): Promise<void> {
  await shell(
    host,
    'mkdir -p "$RR_FOLDER" && [ -w "$RR_FOLDER" ]',
    { RR_FOLDER: path },
    `the folder ${path} cannot be made`,
  );
}

/** Free bytes, and a word that tells file systems apart. The folder need not be there yet. */
export async function freeSpace(host: Host, folder: string): Promise<{ free: number; device: string }> {
  const text = 'd="$RR_FOLDER"; while [ ! -d "$d" ]; do d=$(dirname "$d"); done; df -Pk "$d" | tail -n 1';
  const line = (await shell(host, text, { RR_FOLDER: folder }, `the free space of ${folder} cannot be read`)).trim();
  const match = /^(.*?)\s+\d+\s+\d+\s+(\d+)\s+\S+\s+(\/.*)$/.exec(line);
  if (!match) throw new RunbookError(`the free space of ${folder} cannot be read from "${line}"`);
  return { free: Number(match[2]) * 1024, device: `${match[1]} ${match[3]}` };
}

/** Throws before the first byte is written when there is not enough space. */
export async function needSpace(host: Host, folder: string, needed: number, what: string): Promise<void> {
  const { free } = await freeSpace(host, folder);
  if (free < needed)
    throw new HostError(
      'no-space',
      `${what} needs ${formatSize(needed)} in ${folder} on host ${host.name}, ${formatSize(free)} are free; nothing was changed`,
      {
        hint: 'free space there, or lower `keep:` of the backups',
      },
    );
}

/** Copies a file that nobody writes to, durably. What is left of an earlier copy, with its journals, goes first. */
export async function copyCold(host: Host, from: string, to: string): Promise<void> {
  const text = `rm -f "$RR_TO" "$RR_TO-wal" "$RR_TO-shm" "$RR_TO-journal" || exit 1
mkdir -p "$(dirname "$RR_TO")" && cp "$RR_FROM" "$RR_TO" && sync "$RR_TO" && exit 0
rm -f "$RR_TO"; exit 1`;
  const ended = await host.shell(`umask 077\n${text}`, { env: { RR_FROM: from, RR_TO: to }, timeoutMs: 6 * 3_600_000 });
  if (ended.code === 0) return;
  if (isFull(ended.stderr))
    throw new HostError(
      'no-space',
      `the disk under ${to} on host ${host.name} became full; the copy was removed and nothing else was changed`,
    );
  throw failure(`${from} cannot be copied to ${to}`, ended);
}

/** Removes databases with everything SQLite and its clients leave beside them. */
export async function removeDatabase(host: Host, path: string): Promise<void> {
  const text =
    'rm -f "$RR_FILE" "$RR_FILE-wal" "$RR_FILE-shm" "$RR_FILE-journal" && { [ ! -d "$RR_FILE.lock" ] || rmdir "$RR_FILE.lock"; }';
  await shell(host, text, { RR_FILE: path }, `${path} cannot be removed`);
}

/** Makes an empty file for this user alone, so that what fills it needs no umask. */
export async function createPrivate(host: Host, path: string): Promise<void> {
  await shell(host, 'rm -f "$RR_FILE" && : >"$RR_FILE"', { RR_FILE: path }, `${path} cannot be made`);
}

/** Gives a finished file its name: content durable first, then the name. */
export async function publish(host: Host, partial: string, path: string): Promise<void> {
  const text = 'sync "$RR_PARTIAL" && mv -f "$RR_PARTIAL" "$RR_FILE" && sync "$(dirname "$RR_FILE")"';
  await shell(host, text, { RR_PARTIAL: partial, RR_FILE: path }, `${partial} cannot be renamed to ${path}`);
}

/** Whether the file's header says WAL; undefined for a file without a header. */
export async function journalMode(host: Host, path: string): Promise<'wal' | 'delete' | undefined> {
  const text = '[ ! -f "$RR_FILE" ] || dd if="$RR_FILE" bs=1 skip=18 count=1 2>/dev/null | od -An -tu1';
  const byte = (await shell(host, text, { RR_FILE: path }, `${path} cannot be read`)).trim();
  return byte === '2' ? 'wal' : byte === '1' ? 'delete' : undefined;
}

export interface Holder {
  readonly pid: number;
  readonly program: string;
}

/** Processes that have the file open, as far as this user may see them. */
export async function holders(host: Host, path: string): Promise<Holder[]> {
  const text = `[ -f "$RR_FILE" ] || exit 0
if [ -d /proc/self/fd ]; then
  for f in /proc/[0-9]*/fd/*; do
    if [ "$f" -ef "$RR_FILE" ]; then p=\${f#/proc/}; p=\${p%%/*}; echo "$p $(cat "/proc/$p/comm" 2>/dev/null)"; fi
  done | sort -u
elif command -v lsof >/dev/null 2>&1; then lsof -F pc "$RR_FILE" | sed -n 's/^p//p' | while read -r p; do echo "$p $(ps -o comm= -p "$p")"; done
else echo "0 unknown: neither /proc nor lsof is here"; fi`;
  const lines = (await shell(host, text, { RR_FILE: path }, `who has ${path} open cannot be seen`)).trim().split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => ({ pid: Number(line.split(' ')[0]), program: line.replace(/^\d+ /, '') }));
}
