import { HostError } from '@release-runbook/hosts/error';
import type { Host } from '@release-runbook/hosts/types';
import { failure, isFull, look, shell } from '../files.ts';

/** Work on SQLite's files of the database's host; what any file needs is in ../files.ts. */

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

/** Whether the file's header says WAL; undefined for a file without a header. */
export async function journalMode(host: Host, path: string): Promise<'wal' | 'delete' | undefined> {
  const text = '[ ! -f "$RR_FILE" ] || dd if="$RR_FILE" bs=1 skip=18 count=1 2>/dev/null | od -An -tu1';
  const byte = (await look(host, text, { RR_FILE: path }, `${path} cannot be read`)).trim();
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
