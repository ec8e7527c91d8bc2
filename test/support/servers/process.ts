import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Numeric ids of the user that a program runs as; empty for the tester's own. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** The unprivileged user that a server's package made, for a tester who is root; else the tester. */
export async function unprivileged(name: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  const id = async (what: string) => Number((await exec('id', [what, name])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

/** A temporary folder that belongs to `identity`. Short: a socket's path has 107 bytes. */
export async function temporaryFolder(name: string, identity: Identity = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  await give(folder, identity);
  return folder;
}

export async function give(path: string, { uid, gid }: Identity): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

export interface Running {
  readonly pid: number;
  /** Asks it to end (SIGKILL after 20 s) and waits until it has. */
  stop(signal: NodeJS.Signals): Promise<void>;
  /** Whether it still runs. */
  alive(): boolean;
}

/**
 * Starts a server in the background with its output appended to `log`, and waits until `ready` holds. When the test dies,
 * however it dies, the server is killed and `folder` removed: a watchdog holds a pipe that then closes.
 */
export async function launch(options: {
  program: string;
  args: readonly string[];
  folder: string;
  log: string;
  identity?: Identity;
  env?: Readonly<Record<string, string>>;
  ready: () => Promise<boolean>;
}): Promise<Running> {
  const log = await open(options.log, 'a');
  const child = spawn(options.program, [...options.args], {
    ...options.identity,
    cwd: options.folder,
    env: { PATH: process.env.PATH, HOME: options.folder, LC_ALL: 'C.UTF-8', ...options.env },
    stdio: ['ignore', log.fd, log.fd],
    detached: true, // Ctrl-C at the terminal reaches the test, which then stops its servers itself
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  failed.catch(() => {});
  await log.close();
  const alive = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const dog = child.pid === undefined ? undefined : watchdog(child.pid, options.folder);
  child.once('close', () => dog?.kill('SIGKILL'));
  child.unref();
  const stop = async (signal: NodeJS.Signals) => {
    if (!alive()) return;
    const children = await childrenOf(child.pid as number);
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.ref();
    await ended;
    clearTimeout(late);
    // A killed PostgreSQL's children notice it a moment later, and until then its data cannot be opened again.
    for (const pid of children) while (await lives(pid)) await new Promise((next) => setTimeout(next, 10));
  };
  const until = Date.now() + 60_000;
  for (;;) {
    if (await Promise.race([options.ready(), failed])) break;
    if (!alive() || Date.now() > until) {
      await stop('SIGKILL');
      throw new Error(
        `${options.program} did not start: ${(await readFile(options.log, 'utf8').catch(() => '')).slice(-3000)}`,
      );
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  return { pid: child.pid as number, stop, alive };
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

/** Whether a process runs: one that has ended and was not yet waited for does not. */
export async function lives(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}

function watchdog(pid: number, folder: string): ChildProcess {
  const dog = spawn(
    '/bin/sh',
    ['-c', 'read -r line; kill -9 "$1"; sleep 1; rm -rf "$2"', 'watchdog', `${pid}`, folder],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  );
  dog.unref();
  (dog.stdin as unknown as { unref(): void }).unref();
  return dog;
}

/** Whether something listens on 127.0.0.1. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Runs a program to its end. Throws with its error output when it fails; its output otherwise. */
export function run(
  program: string,
  args: readonly string[],
  options: { input?: string; env?: Readonly<Record<string, string>>; identity?: Identity; cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      ...options.identity,
      cwd: options.cwd,
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ended with ${code}: ${errors || output}`));
    });
    child.stdin.on('error', () => {}); // it ended early: its exit code says why
    child.stdin.end(options.input ?? '');
  });
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
