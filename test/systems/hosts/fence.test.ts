import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Refusal } from '@release-runbook/hosts/error';
import { localHost } from '@release-runbook/hosts/local';
import { sshHost } from '@release-runbook/hosts/ssh';
import type { Host } from '@release-runbook/hosts/types';
import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import { type Sshd, startSshd } from '../../support/sshd.ts';

let folder: string;
let sshd: Sshd;
let seconds = 700_000 + (process.pid % 1000) * 100;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fence-'));
  sshd = await startSshd({ home: folder });
});
afterAll(async () => {
  await sshd.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A `sleep` that no other test has, and whether it runs. */
function nap(): { run: string; runs(): Promise<boolean> } {
  const run = `sleep ${++seconds}`;
  return {
    run,
    async runs() {
      for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
        const args = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        if (args.replaceAll('\0', ' ').trim() === run) return true;
      }
      return false;
    },
  };
}

async function until(holds: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const end = performance.now() + withinMs; performance.now() < end; await sleep(50))
    if (await holds()) return true;
  return false;
}

describe.each(['local', 'ssh'] as const)('behind the fence on a %s host', (kind) => {
  const scope = () => ({ system: 'fence', environment: kind, root: join(folder, 'root') });
  const spec = (): HostSpec =>
    kind === 'local'
      ? { local: true, directory: folder }
      : {
          ssh: `${sshd.user}@127.0.0.1`,
          port: sshd.port,
          key: '$KEY',
          'known-hosts': '$KNOWN',
          directory: folder,
        };
  const secrets = () => ({ KEY: sshd.key, KNOWN: sshd.knownHosts });
  const open = (epoch: number): Host => {
    const given = spec();
    const host = 'ssh' in given ? sshHost('app', given, scope(), secrets()) : localHost('app', given, scope());
    host.fence({ release: 'r', epoch });
    opened.push(host);
    return host;
  };
  const jobs = () => join(folder, 'root/fence', kind, 'jobs/r');
  const calls = async () => (await readdir(jobs()).catch(() => [])).filter((name) => name.startsWith('call.'));
  const opened: Host[] = [];
  const runners: ChildProcess[] = [];

  /** A runner in a process of its own, that makes one call. */
  const runner = (epoch: number, call: string): ChildProcess => {
    const program = `
      import { localHost } from '${process.cwd()}/packages/hosts/lib/local.js';
      import { sshHost } from '${process.cwd()}/packages/hosts/lib/ssh.js';
      const { spec, scope, secrets, epoch } = JSON.parse(process.env.GIVEN);
      const host = 'ssh' in spec ? sshHost('app', spec, scope, secrets) : localHost('app', spec, scope);
      host.fence({ release: 'r', epoch });
      ${call}`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, GIVEN: JSON.stringify({ spec: spec(), scope: scope(), secrets: secrets(), epoch }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    runners.push(child);
    return child;
  };

  let host: Host;
  beforeAll(() => {
    host = open(1);
  });
  afterEach(async () => {
    for (const child of runners.splice(0)) child.kill('SIGKILL');
    for (const one of opened.splice(1)) await one.close();
  });
  afterAll(() => host.close());

  test('arguments, output, exit codes, signals and folders are as they are without it', async () => {
    const arguments_ = ["it's", '$HOME', 'a b', '*', '"', '\\', 'ä\n'];
    expect(await host.exec(['printf', '[%s]', ...arguments_])).toMatchObject({
      code: 0,
      stdout: arguments_.map((text) => `[${text}]`).join(''),
      stderr: '',
      timedOut: false,
    });
    expect(await host.exec(['sh', '-c', 'echo out; printf error >&2; exit 72'])).toMatchObject({
      code: 72,
      stdout: 'out\n',
      stderr: 'error',
    });
    expect((await host.exec(['sh', '-c', 'kill -9 $$'])).code).toBe(137);
    expect((await host.shell('echo "$A" "$#"; pwd; umask\n', { env: { A: "it's" } })).stdout).toBe(
      `it's 0\n${folder}\n${(await host.shell('umask\n', { unfenced: true })).stdout}`,
    );
    expect(await host.exec(['true'], { directory: 'none' })).toMatchObject({
      code: 126,
      stderr: expect.stringContaining('none is not there'),
    });
    expect((await host.exec(['env'])).stdout).not.toMatch(/^RR_/m);
    expect(await calls()).toEqual([]);
  });

  test('what a program reads reaches it whole, also when it reads nothing', async () => {
    const bytes = randomBytes(5 * 1024 * 1024 + 7);
    const sum = createHash('sha256').update(bytes).digest('hex');
    expect((await host.exec(['sha256sum'], { input: bytes })).stdout).toBe(`${sum}  -\n`);
    expect((await host.exec(['true'], { input: bytes })).code).toBe(0);
    expect((await host.exec(['wc', '-c'], { input: '' })).stdout.trim()).toBe('0');
    expect((await host.exec(['wc', '-c'])).stdout.trim()).toBe('0');
    const long = `: ${'x'.repeat(300_000)}\ncat\n`;
    expect((await host.shell(long, { input: "a 'text'\n" })).stdout).toBe("a 'text'\n");
    await host.write('texts/a', "it's\n");
    expect(await host.read('texts/a')).toBe("it's\n");
    expect(await calls()).toEqual([]);
  });

  test('a program that takes too long is stopped with all that it started', async () => {
    const [first, second] = [nap(), nap()];
    const done = await host.shell(`${first.run} &\n${second.run}\n`, { timeoutMs: 500 });
    expect(done).toMatchObject({ timedOut: true });
    expect(done.ms).toBeLessThan(10_000);
    expect([await first.runs(), await second.runs()]).toEqual([false, false]);
    expect(await calls()).toEqual([]);
  });

  test('what a program leaves running on purpose stays', async () => {
    const left = nap();
    await host.exec(['sh', '-c', `nohup ${left.run} >/dev/null 2>&1 & echo "$!"`]).then(async ({ stdout }) => {
      expect(await until(left.runs, 5000)).toBe(true);
      await sleep(300);
      expect(await left.runs()).toBe(true);
      process.kill(Number(stdout));
    });
  });

  test('while it runs, a call can be found', async () => {
    const { run, runs } = nap();
    const running = host.shell(`exec ${run}\n`);
    expect(await until(runs, 10_000)).toBe(true);
    const [, , pid = ''] = (await calls())[0]?.split('.') ?? [];
    expect((await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim()).toBe(run);
    process.kill(-Number(pid));
    expect((await running).code).toBe(143);
    expect(await calls()).toEqual([]);
  });

  test('a call of an older epoch is refused and not started', async () => {
    await open(3).exec(['true']);
    const file = join(folder, `late-${kind}`);
    for (const call of [
      () => host.exec(['touch', file]),
      () => host.shell('cat >"$RR_FILE"\n', { env: { RR_FILE: file }, input: 'secret' }),
      () => host.daemon({ program: ['touch', file], log: join(folder, 'd.log'), pidFile: join(folder, 'd.pid') }),
      () => host.write(file, 'text'),
      () => host.send(join(folder, 'texts/a'), file),
      () => host.supervise({ id: 'late', release: 'r', epoch: 1, run: ['touch', file] }),
      () => host.sweep(),
    ])
      await expect(call()).rejects.toBeInstanceOf(Refusal);
    await sleep(200);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    expect(await calls()).toEqual([]);
    // What only reads is not held up.
    expect(await host.read('texts/a')).toBe("it's\n");
  });

  test('when the runner dies, its call is stopped with all that it started', async () => {
    const [first, second] = [nap(), nap()];
    const child = runner(3, `await host.shell('${first.run} &\\n${second.run}\\n');`);
    expect(await until(async () => (await first.runs()) && (await second.runs()), 10_000)).toBe(true);
    child.kill('SIGKILL');
    expect(await until(async () => !(await first.runs()) && !(await second.runs()), 5000)).toBe(true);
    expect(await until(async () => (await calls()).length === 0, 5000)).toBe(true);
  });

  test('one that does not listen to TERM is killed', async () => {
    const left = nap();
    const child = runner(3, `await host.shell('trap "" TERM; ${left.run}; ${left.run}\\n');`);
    expect(await until(() => left.runs(), 10_000)).toBe(true);
    child.kill('SIGKILL');
    expect(await until(async () => !(await left.runs()), 15_000)).toBe(true);
  });

  test('a daemon outlives its runner', async () => {
    const left = nap();
    const given = JSON.stringify({
      program: left.run.split(' '),
      log: join(folder, 'd.log'),
      pidFile: join(folder, `d-${kind}.pid`),
    });
    const child = runner(3, `await host.daemon(${given}); console.log('started'); await host.exec(['sleep', '60']);`);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGKILL');
    expect(await until(async () => (await calls()).length === 0, 5000)).toBe(true);
    expect(await until(left.runs, 5000)).toBe(true);
    await sleep(500);
    expect(await left.runs()).toBe(true);
    process.kill(Number(await readFile(join(folder, `d-${kind}.pid`), 'utf8')));
  });

  test('a later run finds what a runner without a network left, stops it, and keeps it out', async () => {
    const [call, job] = [nap(), nap()];
    // Stopped, not killed: its connections stay, and it will go on.
    const child = runner(
      3,
      `const supervised = host.supervise({ id: 'migrate:main', release: 'r', epoch: 3, run: '${job.run}' });
      await host.shell('${call.run}\\n');
      await supervised;
      await host.exec(['true']).catch((error) => console.log(error.message));`,
    );
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect(await until(async () => (await call.runs()) && (await job.runs()), 10_000)).toBe(true);
    child.kill('SIGSTOP');

    const later = open(4);
    const began = performance.now();
    const found = await later.sweep();
    expect(performance.now() - began).toBeLessThan(8000);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ pid: expect.any(Number), path: 'jobs/r/migrate_main', program: 'sh' });
    expect(found).toContainEqual({
      pid: expect.any(Number),
      path: expect.stringMatching(/^jobs\/r\/call\.[0-9a-f]{12}$/),
      program: 'sh',
    });
    expect([await call.runs(), await job.runs()]).toEqual([false, false]);
    expect((await later.jobState('r', 'migrate:main')).state).not.toBe('running');
    expect(await later.sweep()).toEqual([]);

    child.kill('SIGCONT');
    expect(await until(async () => said.includes('taken over by a newer run'), 10_000)).toBe(true);
    expect(await calls()).toEqual([]);
  });

  test('what a killed machine left is not taken for a process of today', async () => {
    const other = spawn('sleep', ['60'], { detached: true });
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const start = (await readFile(`/proc/${other.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')[19];
    const later = open(5);
    // Of another boot, of an earlier process with the same number, and of one that is gone.
    await later.write(join(jobs(), `call.aaaaaaaaaaaa.${other.pid}.${start}.0-0-0`), '');
    await later.write(join(jobs(), `call.bbbbbbbbbbbb.${other.pid}.1.${boot}`), '');
    await later.write(join(jobs(), `call.cccccccccccc.4194304.1.${boot}`), '');
    expect(await later.sweep()).toEqual([]);
    expect(other.exitCode).toBeNull();
    expect(await calls()).toEqual([]);
    await later.write(join(jobs(), `call.dddddddddddd.${other.pid}.${start}.${boot}`), '');
    expect(await later.sweep()).toMatchObject([{ pid: other.pid, program: 'sleep' }]);
    expect(await until(async () => other.signalCode === 'SIGTERM', 2000)).toBe(true);
  });
});
