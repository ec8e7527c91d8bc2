import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Refusal } from '@release-runbook/hosts/error';
import { fold } from '@release-runbook/record/fold';
import { createRecord, type Recorder, type RecorderOptions, resumeRecord } from '@release-runbook/record/recorder';
import { parseRunbook } from '@release-runbook/runbook/load';
import { openContext, type StepContext } from '@release-runbook/steps/context';
import { digestOf } from '@release-runbook/steps/plan-digest';
import { settle } from '@release-runbook/steps/settle';
import { watchedPlatform } from '../../support/platform.ts';
import { freePort, type Sshd, startSshd } from '../../support/sshd.ts';

const RELEASE = '20261121T020000Z-v2.0.0';
let folder: string;
let sshd: Sshd;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settle-'));
  for (const name of ['here', 'there']) await mkdir(join(folder, name));
  // Two machines: each host has a home of its own, and with it what the suite keeps there.
  process.env.HOME = join(folder, 'here');
  sshd = await startSshd({ home: join(folder, 'there') });
});
afterAll(async () => {
  await sshd.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The record's home `app`, and `lb` by ssh on a port. */
async function context(system: string, lb: number): Promise<StepContext & { lines: readonly string[] }> {
  const hosts = {
    app: { local: true, directory: folder },
    lb: { ssh: `${sshd.user}@127.0.0.1`, key: '$KEY', 'known-hosts': '$KNOWN', directory: folder, port: lb },
  };
  const runbook = {
    runbook: 'v1',
    system,
    environments: { test: { hosts } },
    previous: 'v1.0.0',
    deploy: [{ name: 'code', on: 'lb', run: 'true', undo: 'true' }],
  };
  const platform = watchedPlatform();
  const ctx = await openContext({
    runbook: await parseRunbook(JSON.stringify(runbook), 'runbook.yml'),
    version: 'v2.0.0',
    holder: { run: '7', attempt: 1, job: 'release', nonce: randomUUID(), since: new Date().toISOString() },
    run: null,
    env: { KEY: sshd.key, KNOWN: sshd.knownHosts.replace(`:${sshd.port} `, `:${lb} `) },
    platform,
  });
  return { ...ctx, lines: platform.lines };
}

/** Takes the lock, also from another, and opens the release's record or goes on with it. */
async function record(ctx: StepContext): Promise<Recorder> {
  const { lock } = await ctx.store.load(1);
  const { state } = await ctx.store.take(ctx.holder, lock.epoch);
  const lease = { nonce: ctx.holder.nonce, epoch: state.epoch };
  const options: RecorderOptions = { store: ctx.store, lease, hosts: ctx.hosts, redact: (text) => text };
  const text = await ctx.store.read(RELEASE);
  if (text !== undefined) return resumeRecord(fold(text, RELEASE), options);
  const plan = { system: ctx.runbook.system, environment: 'test', version: 'v2.0.0', previous: 'v1.0.0', commit: 'c' };
  const digest = digestOf({ ...plan, runbook: ctx.runbook.digest });
  const more = { release: RELEASE, tracks: null, runbook: ctx.runbook.resolved, digest, tool: 'test', run: null };
  return createRecord(RELEASE, { ...plan, ...more, event: 'opened', step: 'release' }, options);
}

/** A run that has no network any more: it works, and does not know that it is believed to be dead. */
async function olderRun(system: string) {
  const ctx = await context(system, sshd.port);
  const recorder = await record(ctx);
  ctx.hosts.fence({ release: RELEASE, epoch: recorder.epoch });
  const call = ctx.hosts.get('app').exec(['sleep', '987654']);
  const change = { item: 'deploy:code', undo: {}, host: 'lb' };
  const job = recorder.change('deploy', {
    ...change,
    make: async (start) => ({ value: await start({ run: 'sleep 987653' }) }),
  });
  const ended = job.catch((error: unknown) => error);
  const running = async () => (await ctx.hosts.get('lb').jobState(RELEASE, 'deploy:code')).state === 'running';
  while (!(await running())) await sleep(50);
  return { ctx, call, ended, running };
}

const notes = (recorder: Recorder) =>
  recorder.state().events.flatMap((event) => (event.event === 'noted' ? [event.text] : []));

test('what an older run left on any host is stopped and told, and the run is kept out there', async () => {
  const old = await olderRun('left');
  const own = await context('left', sshd.port);
  const recorder = await record(own);
  await settle(own, recorder);

  expect((await old.call).code).toBe(143);
  expect(await old.running()).toBe(false);
  expect(notes(recorder)).toEqual([
    expect.stringMatching(/^sleep of an earlier run was still running on app \(process group \d+\); it was stopped$/),
    expect.stringMatching(/^deploy:code was still running on lb \(process group \d+\); it was stopped$/),
  ]);
  expect(own.lines).toEqual(notes(recorder));
  expect(await old.ended).toBeInstanceOf(Error);
  for (const name of ['app', 'lb'])
    await expect(old.ctx.hosts.get(name).exec(['true'])).rejects.toBeInstanceOf(Refusal);
  expect((await own.hosts.get('lb').exec(['true'])).code).toBe(0);
  await old.ctx.close();
  await own.close();
});

test('a host that is away keeps nobody from the others, and is swept before anything else is done there', async () => {
  const old = await olderRun('away');
  const port = await freePort();
  const own = await context('away', port);
  const recorder = await record(own);
  await settle(own, recorder);
  expect((await old.call).code).toBe(143);
  expect(await old.running()).toBe(true);
  expect(notes(recorder)).toEqual([
    expect.stringMatching(/^sleep of an earlier run was still running on app /),
    expect.stringMatching(/^what an earlier run left on lb is not known yet; it is stopped before .*refused/),
  ]);
  await expect(own.hosts.get('lb').exec(['true'])).rejects.toThrow('cannot be reached');

  const way = await open(port);
  expect((await own.hosts.get('lb').exec(['echo', 'on'])).stdout).toBe('on\n');
  expect(await old.running()).toBe(false);
  await old.ctx.close();
  await own.close();
  await new Promise((resolve) => way.close(resolve));
});

/** From now on sshd answers on this port, too. */
async function open(port: number): Promise<Server> {
  const server = createServer((socket) => {
    const there = connect(sshd.port, '127.0.0.1');
    for (const one of [socket, there]) one.on('error', () => {});
    socket.pipe(there).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}
