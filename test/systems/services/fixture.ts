import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { localHost } from '@release-runbook/hosts/local';
import type { Host } from '@release-runbook/hosts/types';

/** A folder with two slots, each with an application, and a host that starts there. */
export interface Fixture {
  readonly root: string;
  readonly host: Host;
  readonly ports: { readonly blue: number; readonly green: number };
  readonly close: () => Promise<void>;
}

const app = `
const http = require('node:http');
const started = Date.now();
if (process.env.CRASH) { console.error('CRITICAL: no database'); process.exit(3); }
console.log('starting', process.env.VERSION);
const server = http.createServer((request, response) => {
  if (request.url === '/fail') { console.error('ERROR failed on request'); response.statusCode = 500; }
  if (request.url === '/health' && Date.now() - started < Number(process.env.SLOW || 0)) response.statusCode = 503;
  response.end(JSON.stringify({ version: process.env.VERSION, note: process.env.NOTE ?? null, pid: process.pid, args: process.argv.slice(2) }));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
if (process.env.STUBBORN) { process.on('SIGTERM', () => {}); process.on('SIGINT', () => {}); }
if (process.env.CHILD) require('node:child_process').spawn('sleep', ['300'], { stdio: 'ignore' });
`;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

export async function fixture(): Promise<Fixture> {
  const root = await mkdtemp(join(tmpdir(), 'services-'));
  for (const slot of ['blue', 'green']) {
    await mkdir(join(root, slot, 'logs'), { recursive: true });
    await writeFile(join(root, slot, 'app.cjs'), app);
  }
  const spec = {
    local: true as const,
    directory: root,
    path: [resolve('node_modules/.bin')],
    env: { PM2_HOME: join(root, 'pm2'), HOME: root },
  };
  const host = localHost('app', spec, { system: 'services-test', environment: root.replace(/\W/g, '-') });
  return {
    root,
    host,
    ports: { blue: await freePort(), green: await freePort() },
    async close() {
      const state = await host.state();
      await host.shell('[ ! -e "$PM2_HOME/pm2.pid" ] || pm2 kill >/dev/null 2>&1; exit 0\n');
      await host.close();
      await rm(root, { recursive: true, force: true });
      await rm(state, { recursive: true, force: true });
    },
  };
}

export async function ask(
  port: number,
  path = '/',
): Promise<{ version: string; note: string | null; pid: number; args: string[] }> {
  return (await (await fetch(`http://127.0.0.1:${port}${path}`)).json()) as never;
}

/** Whether a process of this number runs (a zombie does not). */
export async function alive(host: Host, pid: number): Promise<boolean> {
  const text =
    '[ -d /proc/self ] || { kill -0 "$RR_PID"; exit; }\nread -r line 2>/dev/null <"/proc/$RR_PID/stat" || exit 1\ncase "${line##*) }" in Z*) exit 1 ;; esac\n';
  return (await host.shell(text, { env: { RR_PID: String(pid) } })).code === 0;
}
