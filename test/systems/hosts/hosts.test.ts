import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localHost } from '@release-runbook/hosts/local';
import { sshHost } from '@release-runbook/hosts/ssh';
import type { Host } from '@release-runbook/hosts/types';
import type { SshSpec } from '@release-runbook/runbook/schema/hosts';
import { type Sshd, startSshd } from '../../support/sshd.ts';

let folder: string;
let sshd: Sshd;
const scope = { system: 'hosts', environment: 'production' };
const secrets = () => ({ KEY: sshd.key, KNOWN: sshd.knownHosts });
const spec = (more: Partial<SshSpec> = {}): SshSpec => ({
  ssh: `${sshd.user}@127.0.0.1`,
  port: sshd.port,
  key: '$KEY',
  'known-hosts': '$KNOWN',
  directory: folder,
  ...more,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hosts-'));
  sshd = await startSshd({ home: folder });
});
afterAll(async () => {
  await sshd.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['local', 'ssh'])('a %s host', (kind) => {
  let host: Host;
  const own = { ...scope, environment: kind };
  beforeAll(() => {
    process.env.HOME = folder;
    host =
      kind === 'local'
        ? localHost('app', { local: true, directory: folder }, own)
        : sshHost('app', spec(), own, secrets());
  });
  afterAll(() => host.close());

  test('runs a program with its arguments as they are, and says its exit code', async () => {
    const arguments_ = ["it's", '$HOME', 'a b', '*', '"', '\\', 'ä\n'];
    const done = await host.exec(['printf', '[%s]', ...arguments_]);
    expect(done.stdout).toBe(arguments_.map((a) => `[${a}]`).join(''));
    expect((await host.exec(['sh', '-c', 'exit 7'])).code).toBe(7);
    expect((await host.exec(['cat'], { input: 'in' })).stdout).toBe('in');
  });

  test('gives up a program after its time', async () => {
    const done = await host.exec(['sleep', '30'], { timeoutMs: 300 });
    expect(done.timedOut).toBe(true);
    expect(done.ms).toBeLessThan(10_000);
  });

  test('a value of the environment stands in no argument list on the way', async () => {
    const running = host.exec(
      ['sh', '-c', 'for p in /proc/[0-9]*/cmdline; do tr "\\0" " " <"$p"; echo; done 2>/dev/null'],
      { env: { TOKEN: 'planted-value-1' } },
    );
    expect((await running).stdout).not.toContain('planted-value-1');
  });

  test('a script that reads standard input does not swallow its own rest', async () => {
    const done = await host.supervise({ id: 'reads', release: 'r', epoch: 1, run: 'echo one\ncat\necho two\n' });
    expect(done).toMatchObject({ code: 0, output: 'one\ntwo\n' });
  });

  test('a command that fails in the middle of a script ends it', async () => {
    expect(await host.supervise({ id: 'fails', release: 'r', epoch: 1, run: 'false\necho on\n' })).toMatchObject({
      code: 1,
      output: '',
    });
    expect(await host.supervise({ id: 'pipe', release: 'r', epoch: 1, run: 'false | cat\necho on\n' })).toMatchObject({
      code: 1,
    });
  });

  test('a job leaves its state behind, and an older epoch is refused', async () => {
    await host.supervise({ id: 'one', release: 'r', epoch: 3, run: ['sh', '-c', 'echo out; exit 4'] });
    expect(await host.jobState('r', 'one')).toEqual({ state: 'done', code: 4, output: 'out\n' });
    expect(await host.jobState('r', 'never')).toEqual({ state: 'none' });
    await expect(host.supervise({ id: 'two', release: 'r', epoch: 2, run: ['true'] })).rejects.toThrow(
      'was taken over by a newer run',
    );
    expect(await host.jobState('r', 'two')).toEqual({ state: 'none' });
  });

  test('a job that takes too long is stopped with all that it started', async () => {
    const done = await host.supervise({
      id: 'long',
      release: 'r',
      epoch: 3,
      run: 'sleep 98765 &\nsleep 98765\n',
      timeoutMs: 500,
    });
    expect(done.timedOut).toBe(true);
    expect((await host.exec(['pgrep', '-f', '[s]leep 98765'])).stdout.trim()).toBe('');
  });

  test('a job can be stopped from elsewhere', async () => {
    let listens = true;
    const running = host.supervise({
      id: 'stopped',
      release: 'r',
      epoch: 3,
      run: 'trap "" TERM; echo deaf; sleep 76543',
      onOutput: () => {
        listens = false;
      },
    });
    while (listens) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await host.jobState('r', 'stopped')).state).toBe('running');
    const after = await host.stopJob('r', 'stopped', 300);
    expect(after.state).not.toBe('running');
    expect((await running).code).toBe(137);
  });

  test('files and folders arrive whole, hashed at both ends', async () => {
    const source = join(folder, `source-${kind}`);
    await mkdir(join(source, 'sub'), { recursive: true });
    await writeFile(join(source, 'sub', 'b'), 'b');
    const bytes = Buffer.alloc(3_000_000, 7);
    await writeFile(join(source, 'a'), bytes);
    const sent = await host.send(join(source, 'a'), `there-${kind}/a`);
    expect(sent.bytes).toBe(bytes.length);
    await host.send(source, `tree-${kind}`);
    expect(await host.read(`tree-${kind}/sub/b`)).toBe('b');
    const back = await host.fetch(`there-${kind}/a`, join(folder, `back-${kind}`));
    expect(back).toEqual(sent);
    expect((await readFile(join(folder, `back-${kind}`))).equals(bytes)).toBe(true);
  });

  test('writes and reads a text, and starts a program that outlives the call', async () => {
    await host.write(`texts/${kind}`, "a 'text'\nä\n");
    expect(await host.read(`texts/${kind}`)).toBe("a 'text'\nä\n");
    expect(await host.read('texts/none')).toBeUndefined();
    const pid = await host.daemon({
      program: ['sleep', '4321'],
      log: join(folder, 'd.log'),
      pidFile: join(folder, 'd.pid'),
    });
    expect(process.kill(pid, 0)).toBe(true);
    process.kill(pid);
  });

  test('when the runner dies, its job is stopped', async () => {
    const marker = `54${kind === 'local' ? '1' : '2'}99`;
    const program = `
      import { localHost } from '${process.cwd()}/packages/hosts/lib/local.js';
      import { sshHost } from '${process.cwd()}/packages/hosts/lib/ssh.js';
      const { kind, spec, scope, secrets } = JSON.parse(process.env.GIVEN);
      const host = kind === 'local' ? localHost('app', spec, scope) : sshHost('app', spec, scope, secrets);
      await host.supervise({ id: 'dying', release: 'r', epoch: 3, run: 'sleep ${marker}' });`;
    const given = {
      kind,
      scope: own,
      secrets: secrets(),
      spec: kind === 'local' ? { local: true, directory: folder } : spec(),
    };
    const runner = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, GIVEN: JSON.stringify(given) },
      stdio: 'inherit',
    });
    for (let i = 0; i < 200 && (await host.jobState('r', 'dying')).state !== 'running'; i++)
      await new Promise((r) => setTimeout(r, 20));
    const before = await host.jobState('r', 'dying');
    expect(before.state).toBe('running');
    runner.kill('SIGKILL');
    let after = before;
    for (let i = 0; i < 100 && after.state === 'running'; i++) {
      await new Promise((r) => setTimeout(r, 100));
      after = await host.jobState('r', 'dying');
    }
    expect(after).toMatchObject({ state: 'done', code: 143 });
    expect((await host.exec(['pgrep', '-f', `[s]leep ${marker}`])).stdout.trim()).toBe('');
  });
});

describe('an ssh host that cannot be reached', () => {
  test('nobody listens', async () => {
    const host = sshHost('app', spec({ port: 1 }), scope, secrets());
    await expect(host.exec(['true'])).rejects.toThrow(
      /host app \(.*\) cannot be reached: .*refused.*nothing was started there/s,
    );
    await host.close();
  });
  test('a foreign host key is refused', async () => {
    const host = sshHost('app', spec(), scope, {
      ...secrets(),
      KNOWN: sshd.knownHosts.replace(/.{8}\n$/, 'AAAAAAAA\n'),
    });
    await expect(host.exec(['true'])).rejects.toThrow(/cannot be reached/);
    await host.close();
  });
  test('a missing secret is named', async () => {
    const host = sshHost('app', spec(), scope, {});
    await expect(host.exec(['true'])).rejects.toThrow('the secret $KEY is not in this step');
    await host.close();
  });
});
