import type { ChildProcess } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';

/** How a process ended, and the end of what it complained of. */
export async function endOf(
  child: ChildProcess,
): Promise<{ code: number | null; signal: NodeJS.Signals | null; errors: string }> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-10_000);
  });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    // Not `close`: what the process leaves behind may hold its pipes.
    child.once('exit', (code, signal) => resolve({ code, signal, errors }));
  });
}

/** Processes that work in a folder, or were told of it: "pid arguments". Zombies do not count. */
export async function suiteProcesses(
  folder: string,
  known: ReadonlySet<number | undefined>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || known.has(pid)) continue;
    const [cwd, environ, args, stat] = await Promise.all([
      readlink(`/proc/${pid}/cwd`).catch(() => ''),
      readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''),
      readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
      readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
    ]);
    if (/^\d+ \(.*\) Z/s.test(stat)) continue;
    if (cwd.startsWith(folder) || environ.includes(folder) || args.includes(folder))
      found.push(`${pid} ${args.replaceAll('\0', ' ').trim()}`);
  }
  return found;
}
