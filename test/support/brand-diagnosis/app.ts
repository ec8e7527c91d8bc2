import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ran, run, runOrFail } from './run.ts';

export type App = {
  url: string;
  pid: number;
  /** From the start of the process to the first answer of /health. */
  startMs: number;
  /** What it wrote to standard error so far. */
  log: () => string;
  /** SIGTERM, then waits; gives the exit code and how long it took. */
  stop: () => Promise<{ code: number | null; tookMs: number }>;
};
export type AppOptions = { tree: string; database: string; python: string; port?: number };
type Script = 'init_db.py' | 'run_migration.py' | 'rollback_migration.py';

/** Starts one version's application as its service would, and waits until /health answers; fails if it exits before. */
export async function startApp(options: AppOptions): Promise<App> {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(options.python, ['backend_python/app.py'], {
    cwd: options.tree,
    env: { ...process.env, PORT: String(port), DATABASE_PATH: options.database },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  // 'close' comes after the last of its output; 'exit' may come before.
  const ended = once(child, 'close') as Promise<[number | null]>;
  const stop = async () => {
    const asked = performance.now();
    child.kill('SIGTERM');
    const [code] = await ended;
    return { code, tookMs: performance.now() - asked };
  };
  while (!(await answers(`${url}/health`))) {
    if (child.exitCode !== null) {
      await ended;
      throw new Error(`the application ended with exit ${child.exitCode}\n${log}`);
    }
    if (performance.now() - started > 15_000) {
      child.kill('SIGKILL');
      throw new Error(`no answer from ${url}/health within 15 s\n${log}`);
    }
    await sleep(20);
  }
  return { url, pid: child.pid ?? 0, startMs: performance.now() - started, log: () => log, stop };
}

/** Runs a script of a version's backend_python/database on a database. */
export async function databaseScript(
  options: Omit<AppOptions, 'port'>,
  script: Script,
  env: Record<string, string> = {},
): Promise<Ran> {
  const path = join(options.tree, 'backend_python/database', script);
  return await run(options.python, [path], { env: { DATABASE_PATH: options.database, ...env } });
}

/** A new database with the base schema and its six reports. */
export async function makeDatabase(options: Omit<AppOptions, 'port'>): Promise<void> {
  const path = join(options.tree, 'backend_python/database/init_db.py');
  await runOrFail(options.python, [path], { env: { DATABASE_PATH: options.database } });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
