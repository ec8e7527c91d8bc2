import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

/** The connections to this sshd: pid and folder of each. */
async function masters(): Promise<readonly { pid: number; folder: string }[]> {
  const found = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    const place = args.find((arg) => arg.startsWith('ControlPath='));
    if (args[0] === 'ssh' && args[1] === '-N' && args.includes(String(sshd.port)) && place !== undefined)
      found.push({ pid: Number(pid), folder: dirname(place.slice('ControlPath='.length)) });
  }
  return found;
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; await sleep(50))
    if (await holds()) return true;
  return false;
}

test('key and known hosts are gone as soon as the connection stands, and all else when it is closed', async () => {
  const host = sshHost('app', spec(), scope, secrets());
  await Promise.all([host.exec(['true']), host.exec(['true']), host.exec(['true'])]);
  const own = await masters();
  expect(own).toHaveLength(1);
  const [master] = own as [{ pid: number; folder: string }];
  expect(await readdir(master.folder)).toEqual(['s']);
  await host.close();
  expect(existsSync(master.folder)).toBe(false);
  expect(await until(() => !existsSync(`/proc/${master.pid}`), 3000)).toBe(true);
});

test('a call goes on by a new connection when the old one was lost', async () => {
  const host = sshHost('app', spec(), scope, secrets());
  await host.exec(['true']);
  const [first] = await masters();
  // With its socket left behind.
  process.kill(first?.pid as number, 'SIGKILL');
  await expect(host.exec(['true'])).rejects.toThrow('cannot be reached');
  expect((await host.exec(['echo', 'again'])).stdout).toBe('again\n');
  // With its socket removed.
  const [second] = await masters();
  process.kill(second?.pid as number, 'SIGTERM');
  await until(() => !existsSync(join(second?.folder as string, 's')), 3000);
  expect((await host.exec(['echo', 'again'])).stdout).toBe('again\n');
  await host.close();
  expect(await until(() => !existsSync(second?.folder as string) && !existsSync(first?.folder as string), 3000)).toBe(
    true,
  );
});

test('when the runner is killed, its connection ends and nothing of it stays', async () => {
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
  const own = await masters();
  const [master] = own as [{ pid: number; folder: string }];
  runner.kill('SIGKILL');
  expect(own).toHaveLength(1);
  expect(await until(() => !existsSync(`/proc/${master.pid}`) && !existsSync(master.folder), 5000)).toBe(true);
});

test('nor when it is killed while it connects, at whatever moment', async () => {
  const program = `
    import { sshHost } from '${process.cwd()}/packages/hosts/lib/ssh.js';
    const { spec, scope, secrets } = JSON.parse(process.env.GIVEN);
    const host = sshHost('app', spec, scope, secrets);
    console.log('begins');
    await host.exec(['sleep', '600'], { timeoutMs: 600_000 });`;
  const folders = new Set<string>();
  for (let delayMs = 0; delayMs < 400; delayMs += 25) {
    const runner = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, GIVEN: JSON.stringify({ spec: spec(), scope, secrets: secrets() }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => runner.stdout.once('data', resolve));
    await sleep(delayMs);
    for (const master of await masters()) folders.add(master.folder);
    runner.kill('SIGKILL');
  }
  expect(folders.size).toBeGreaterThan(3);
  expect(await until(async () => (await masters()).length === 0, 10_000)).toBe(true);
  expect(await until(() => ![...folders].some((one) => existsSync(one)), 5000)).toBe(true);
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
