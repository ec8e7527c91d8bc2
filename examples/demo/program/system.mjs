// The small system that the demo releases: a folder of its own with a router, an application in two slots and a database.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../sqlite.mjs';

const example = fileURLToPath(new URL('..', import.meta.url));
const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
const parts = ['.github', 'versions', 'code.mjs', 'router.mjs', 'router-ctl.mjs', 'sqlite.mjs', 'sqlite-client.sh'];
const notesAtStart = 200;

/**
 * Copies the example into a folder, creates the database, starts v1.0.0 as the world that is there already, and the router.
 * What there is is told to `system` at once, so that it can be ended at any time.
 */
export async function buildSystem(system) {
  const root = mkdtempSync(join(tmpdir(), 'release-runbook-demo-'));
  system.root = root;
  const home = join(root, 'home');
  const wasm = join(dist, 'sqlite-client', 'node-sqlite3-wasm.cjs');
  for (const part of parts) cpSync(join(example, part), join(root, part), { recursive: true });
  for (const folder of ['home', 'bin', 'tmp', 'sqlite', 'slots/green'])
    mkdirSync(join(root, folder), { recursive: true });
  cpSync(join(root, 'versions/v1.0.0'), join(root, 'slots/blue'), { recursive: true });
  // `node` in the runbook is the Node that runs this.
  symlinkSync(process.execPath, join(root, 'bin/node'));
  const [router, blue, green] = await freePorts(3);
  const variables = {
    ROUTER: `http://127.0.0.1:${router}`,
    SQLITE_LIBRARY: process.env.SQLITE_LIBRARY,
    SQLITE_WASM: wasm,
  };
  const here = {
    hosts: { app: { directory: root, path: [join(root, 'bin')], env: variables } },
    services: { web: { slots: { blue: { port: blue }, green: { port: green } } } },
    databases: { main: { client: ['sh', join(root, 'sqlite-client.sh'), join(root, 'sqlite')] } },
  };
  // What differs from machine to machine is an environment; JSON is YAML as well.
  const runbook = join(root, '.github/runbook.yml');
  writeFileSync(runbook, `${readFileSync(runbook, 'utf8')}\nenvironments:\n  demo: ${JSON.stringify(here)}\n`);

  const env = {
    PATH: `${join(root, 'bin')}:${process.env.PATH}`,
    HOME: home,
    TMPDIR: join(root, 'tmp'),
    NO_COLOR: '1',
    LANG: process.env.LANG ?? 'C',
    ...variables,
  };
  Object.assign(system, { home, env, url: variables.ROUTER, ports: { blue, green }, database: join(root, 'notes.db') });
  await createDatabase(system.database);
  execFileSync('mkfifo', [join(root, 'sqlite/requests')]);
  start(system, [join(dist, 'sqlite-client', 'index.js'), '--serve', join(root, 'sqlite')], root, 'sqlite.log');
  await startOld(system);
  start(system, ['router.mjs', String(router), `blue=${blue}`, `green=${green}`], root, 'router.log');
  await answers(`${system.url}/health`);
}

async function createDatabase(path) {
  const db = await openDatabase(path);
  db.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, created_at TEXT NOT NULL)');
  db.exec('BEGIN');
  for (let i = 1; i <= notesAtStart; i++)
    db.all("INSERT INTO notes (text, created_at) VALUES (?, datetime('now'))", `old note ${i}`);
  db.exec('COMMIT');
  db.close();
}

function start(system, program, directory, log, env = {}) {
  const output = openSync(join(system.root, log), 'a');
  const child = spawn(process.execPath, program, {
    cwd: directory,
    env: { ...system.env, ...env },
    detached: true,
    stdio: ['ignore', output, output],
  });
  system.children.push(child);
  return child;
}

/**
 * The application as it would run on a host that the runbook takes over: started beforehand, and known to the runbook's
 * service by the file in which it remembers a process (pid, start in ticks since boot, boot).
 */
async function startOld(system) {
  const { blue } = system.ports;
  const child = start(system, ['app.mjs'], join(system.root, 'slots/blue'), 'old.log', {
    PORT: String(blue),
    DATABASE_PATH: system.database,
  });
  await answers(`http://127.0.0.1:${blue}/health`);
  const started = statOf(child.pid)[19];
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const folder = servicesFolder(system);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'web-blue.process'), `${child.pid} ${started} ${boot}\n`);
}

const servicesFolder = (system) => join(system.home, '.release-runbook/notes/demo/services');

/** Pids of the application's processes that the runbook's service knows, by place. */
export function processes(system) {
  const found = {};
  if (system.home === undefined || !existsSync(servicesFolder(system))) return found;
  for (const name of readdirSync(servicesFolder(system))) {
    if (!name.endsWith('.process')) continue;
    const pid = Number(readFileSync(join(servicesFolder(system), name), 'utf8').split(' ')[0]);
    if (alive(pid)) found[name.slice('web-'.length, -'.process'.length)] = pid;
  }
  return found;
}

async function endGroups(all) {
  const pids = all.filter((pid) => pid !== undefined);
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    for (const pid of pids.filter(alive)) {
      try {
        process.kill(leads(pid) ? -pid : pid, signal);
      } catch {
        // Gone meanwhile.
      }
    }
    for (let i = 0; i < 20 && pids.some(alive); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What a program that was killed in the middle of something has left: processes that work in the demo's folder. */
function inFolder(root) {
  const read = (what) => {
    try {
      return what();
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .filter(
      (pid) =>
        read(() => readlinkSync(`/proc/${pid}/cwd`)).startsWith(`${root}/`) ||
        read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).includes(`${root}/`),
    )
    .map(Number);
}

/** A zombie is not alive. */
function alive(pid) {
  return ![undefined, 'Z', 'X'].includes(statOf(pid)?.[0]);
}

const leads = (pid) => Number(statOf(pid)?.[2]) === pid;

/** The fields of /proc/PID/stat behind the name: state, parent, group … */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined;
  }
}

/** Ends what the demo started and what the release started: each by its pid. */
export async function endSystem(system, keep) {
  if (system.root === undefined) return;
  // The program first: it must not start anything while the rest is ended.
  const program = system.children.at(-1)?.pid;
  if (program !== undefined) await endGroups([program]);
  await endGroups([...system.children.map(({ pid }) => pid), ...Object.values(processes(system))]);
  await endGroups(inFolder(system.root));
  if (!keep) rmSync(system.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/**
 * Runs the program as anybody would; each line of its log goes to `onLine`.
 * @returns its exit code, and the JSON document that it printed
 */
export async function runbook(system, args, onLine) {
  const program = join(dist, 'cli/index.js');
  const child = spawn(process.execPath, [program, ...args], {
    cwd: system.root,
    env: system.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  system.children.push(child);
  let printed = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) onLine(line);
  });
  const [code] = await once(child, 'close');
  try {
    return { code, result: JSON.parse(printed) };
  } catch {
    for (const line of `${rest}${printed}`.split('\n')) if (line !== '') onLine(line);
    return { code, result: undefined };
  }
}

/** Asks until it answers 200; a JSON answer is read. */
export async function answers(url, withinMs = 5000) {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await ask(url).catch((error) => ({ status: 0, error }));
    if (found.status === 200) return found;
    if (Date.now() > end) throw new Error(`${url} gave ${found.status || found.error.message}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function ask(url) {
  return new Promise((resolve, reject) => {
    get(url, { timeout: 5000 }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode, version: answer.headers['x-version'], text });
    }).on('error', reject);
  });
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  for (const server of servers) server.close();
  return ports;
}
