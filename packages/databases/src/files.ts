import { HostError } from '@release-runbook/hosts/error';
import type { Host, ProgramResult } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';

/** Work on files of the database's host. Paths travel in variables; the texts are constant. */

export async function shell(
  host: Host,
  text: string,
  env: Readonly<Record<string, string>>,
  what: string,
  options: { unfenced?: boolean } = {},
): Promise<string> {
  const ended = await host.shell(`umask 077\n${text}`, { env, timeoutMs: 6 * 3_600_000, ...options });
  if (ended.code !== 0) throw failure(what, ended);
  return ended.stdout;
}

/** As `shell`, for what only reads: past the fence, which takes longer than most of this. */
export const look = (host: Host, text: string, env: Readonly<Record<string, string>>, what: string): Promise<string> =>
  shell(host, text, env, what, { unfenced: true });

export function failure(what: string, ended: ProgramResult): RunbookError {
  return new RunbookError(`${what}: ${reason(ended)}`);
}

const reason = (ended: ProgramResult) =>
  ended.timedOut ? 'no end in time' : ended.stderr.trim().split('\n').at(-1) || `exit ${ended.code}`;

export const isFull = (text: string) => /No space left|disk is full|Disk quota exceeded|File too large/i.test(text);

/** Size and hash of a file; undefined when there is none. */
export async function fingerprint(host: Host, path: string): Promise<{ bytes: number; sha256: string } | undefined> {
  const text = `[ -f "$RR_FILE" ] || exit 0
wc -c <"$RR_FILE" && if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$RR_FILE"; else shasum -a 256 <"$RR_FILE"; fi`;
  const [bytes, sum] = (await look(host, text, { RR_FILE: path }, `${path} cannot be read`)).split('\n');
  const sha256 = /^[0-9a-f]{64}/.exec(sum ?? '')?.[0];
  return sha256 === undefined ? undefined : { bytes: Number(bytes), sha256 };
}

/** Bytes of a file, 0 when there is none. */
export async function sizeOf(host: Host, path: string): Promise<number> {
  return Number(
    await look(
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
  const line = (await look(host, text, { RR_FOLDER: folder }, `the free space of ${folder} cannot be read`)).trim();
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

/** Makes an empty file for this user alone, so that what fills it needs no umask. */
export async function createPrivate(host: Host, path: string): Promise<void> {
  await shell(host, 'rm -f "$RR_FILE" && : >"$RR_FILE"', { RR_FILE: path }, `${path} cannot be made`);
}

/** Gives a finished file its name: content durable first, then the name. */
export async function publish(host: Host, partial: string, path: string): Promise<void> {
  const text = 'sync "$RR_PARTIAL" && mv -f "$RR_PARTIAL" "$RR_FILE" && sync "$(dirname "$RR_FILE")"';
  await shell(host, text, { RR_PARTIAL: partial, RR_FILE: path }, `${partial} cannot be renamed to ${path}`);
}
