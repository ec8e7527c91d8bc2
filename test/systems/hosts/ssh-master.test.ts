import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sshHost } from '@release-runbook/hosts/ssh';
import { type Sshd, startSshd } from '../../support/sshd.ts';

let folder: string;
let sshd: Sshd;
const scope = { system: 'master', environment: 'production' };
const secrets = () => ({ KEY: sshd.key, KNOWN: sshd.knownHosts });
const spec = () => ({
  ssh: `${sshd.user}@127.0.0.1`,
  port: sshd.port,
  key: '$KEY',
  'known-hosts': '$KNOWN',
  directory: folder,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-'));
  sshd = await startSshd({ home: folder });
});
afterAll(async () => {
  await sshd.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The connections to this sshd: pid and folder of each master. */
async function masters(): Promise<readonly { pid: number; folder: string }[]> {
  const found = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const args = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const [, place = ''] = /^ssh: (\/tmp\/rr-\w+)\/s \[mux\]/.exec(args) ?? [];
    const sockets = place === '' ? '' : await readFile(`/proc/${pid}/net/tcp`, 'utf8').catch(() => '');
    if (sockets.includes(`0100007F:${sshd.port.toString(16).toUpperCase().padStart(4, '0')}`))
      found.push({ pid: Number(pid), folder: place });
  }
  return found;
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; await sleep(50))
    if (await holds()) return true;
  return false;
}

test('key and known hosts are gone as soon as the connection stands, and all else when it is closed', async () => {
  const before = new Set((await masters()).map(({ pid }) => pid));
  const host = sshHost('app', spec(), scope, secrets());
  await Promise.all([host.exec(['true']), host.exec(['true']), host.exec(['true'])]);
  const own = (await masters()).filter(({ pid }) => !before.has(pid));
  expect(own).toHaveLength(1);
  const [master] = own as [{ pid: number; folder: string }];
  expect(await readdir(master.folder)).toEqual(['s']);
  await host.close();
  expect(existsSync(master.folder)).toBe(false);
  expect(await until(() => !existsSync(`/proc/${master.pid}`), 3000)).toBe(true);
});

test('a call goes on by a new connection when the old one was lost', async () => {
  const before = new Set((await masters()).map(({ pid }) => pid));
  const host = sshHost('app', spec(), scope, secrets());
  await host.exec(['true']);
  const own = async () => (await masters()).filter(({ pid }) => !before.has(pid));
  const [first] = await own();
  // With its socket left behind.
  process.kill(first?.pid as number, 'SIGKILL');
  await expect(host.exec(['true'])).rejects.toThrow('cannot be reached');
  expect((await host.exec(['echo', 'again'])).stdout).toBe('again\n');
  // With its socket removed.
  const [second] = await own();
  process.kill(second?.pid as number, 'SIGTERM');
  await until(() => !existsSync(join(second?.folder as string, 's')), 3000);
  expect((await host.exec(['echo', 'again'])).stdout).toBe('again\n');
  await host.close();
  expect(await until(() => !existsSync(second?.folder as string) && !existsSync(first?.folder as string), 3000)).toBe(
    true,
  );
});

test('when the runner is killed, its connection ends and nothing of it stays', async () => {
  const before = new Set((await masters()).map(({ pid }) => pid));
  const program = `
    import { sshHost } from '${process.cwd()}/packages/hosts/lib/ssh.js';
    const { spec, scope, secrets } = JSON.parse(process.env.GIVEN);
    const host = sshHost('app', spec, scope, secrets);
    await host.exec(['true']);
    console.log('connected');
    await host.exec(['sleep', '600'], { timeoutMs: 600_000 });`;
  const runner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, GIVEN: JSON.stringify({ spec: spec(), scope, secrets: secrets() }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => runner.stdout.once('data', resolve));
  const own = (await masters()).filter(({ pid }) => !before.has(pid));
  expect(own).toHaveLength(1);
  const [master] = own as [{ pid: number; folder: string }];
  runner.kill('SIGKILL');
  expect(await until(() => !existsSync(`/proc/${master.pid}`) && !existsSync(master.folder), 5000)).toBe(true);
});

test('an idle connection keeps no program from its end', async () => {
  const program = `
    import { sshHost } from '${process.cwd()}/packages/hosts/lib/ssh.js';
    const { spec, scope, secrets } = JSON.parse(process.env.GIVEN);
    await sshHost('app', spec, scope, secrets).exec(['true']);`;
  const runner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, GIVEN: JSON.stringify({ spec: spec(), scope, secrets: secrets() }) },
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => runner.once('exit', resolve));
  expect(code).toBe(0);
  expect(await until(async () => (await masters()).length === 0, 5000)).toBe(true);
});
