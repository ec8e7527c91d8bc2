import { appendFile, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Around, runbook } from './support.ts';
import { type SmallSystem, smallSystem } from './system.ts';

let it: SmallSystem;
afterEach(() => it?.remove());
const system = async (more?: string): Promise<void> => {
  it = await smallSystem(more);
};
const call = (argv: readonly string[], around?: Around) => it.call(argv, around);
const json = (argv: readonly string[]) => it.json(argv);
const page = () => it.page();

describe('check', () => {
  test('a right runbook', async () => {
    await system();
    expect(await call(['check'])).toMatchObject({ code: 0, out: expect.stringContaining('is right (test)') });
  });

  test('problems have file:line:column and 1, also as JSON', async () => {
    await system('sevices: {}\n');
    const { code, err, out } = await call(['check']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/runbook\.yml:18:1: .*"sevices"/);
    expect(err).toContain('services');
    const { code: also, value } = await json(['check']);
    expect(also).toBe(1);
    expect(value).toMatchObject({
      schema: 1,
      command: 'check',
      environments: ['test'],
      problems: [{ line: 18, column: 1, environments: ['test'] }],
    });
  });

  test('a problem of one environment says of which', async () => {
    await system();
    const text = await readFile(it.file, 'utf8');
    await writeFile(
      it.file,
      text.replace('environments:', 'environments:\n  other:\n    hosts:\n      app: { local: true, directry: x }'),
    );
    expect((await call(['check'])).err).toContain('(in other)');
  });

  test('no file', async () => {
    expect(await runbook(['check', '/nonexistent/runbook.yml'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no runbook at'),
    });
  });
});

describe('release and rollback', () => {
  test('plan, release, status, rollback by hand, twice', async () => {
    await system();
    const plan = await json(['plan', 'v2']);
    expect(plan).toMatchObject({ code: 0, value: { plan: { version: 'v2', previous: 'v1' } } });
    expect((await call(['plan', 'v2'])).out).toContain(`--approved ${plan.value.plan.digest} --runbook ${it.file}\n`);

    const stale = await json(['release', 'v2', '--approved', 'deadbeef']);
    expect(stale).toMatchObject({ code: 1, value: { decision: 'refuse', reason: 'plan-changed' } });
    expect(await page()).toBe('v1');

    const released = await json(['release', 'v2', '--approved', plan.value.plan.digest]);
    expect(released).toMatchObject({ code: 0, value: { decision: 'proceed', version: 'v2', rollback: null } });
    expect(released.value.steps.map(({ step }: { step: string }) => step)).toEqual([
      'preflight',
      'backup',
      'migrate',
      'deploy',
      'smoke',
      'canary',
    ]);
    expect(await page()).toBe('v2');

    const status = await json(['status']);
    expect(status.value.environments).toMatchObject([
      { serving: { version: 'v2' }, lock: { holder: null }, open: null, wayBack: { possible: true, to: 'v1' } },
    ]);
    expect((await call(['status'])).out).toMatch(/Serving: v2, since .*\nLock: free/);

    expect((await call(['rollback', '--dry-run'])).code).toBe(0);
    expect(await page()).toBe('v2');
    const back = await call(['rollback', '--yes', '--reason', 'by hand']);
    expect(back.code).toBe(0);
    expect(back.out).toMatch(/Came back in .*; the budget is 6 min: kept\./);
    expect(await page()).toBe('v1');
    expect(await json(['rollback', '--yes'])).toMatchObject({ code: 0, value: { reason: 'nothing-to-do' } });
  });

  test('what fails is brought back, and is a failure all the same', async () => {
    await system();
    const { code, out } = await call(['release', 'bad', '--yes']);
    expect(code).toBe(1);
    expect(out).toContain('failed (check-failed)');
    expect(out).toContain('done (rolled-back)');
    expect(out).toContain('Way back:');
    expect(await page()).toBe('v1');
  });

  test('--no-rollback leaves it; the next release is refused, unlock finds the lock free, rollback brings it back', async () => {
    await system();
    const { code, err } = await call(['release', 'bad', '--no-rollback', '--yes']);
    expect(code).toBe(1);
    expect(err).toContain('runbook rollback --release');
    expect(await page()).toBe('bad');
    expect((await json(['release', 'v2', '--yes'])).value).toMatchObject({ decision: 'refuse' });
    expect(await call(['unlock'])).toMatchObject({ code: 0, out: expect.stringContaining('is free') });
    expect((await call(['status'])).out).toContain('shop bad to test: in progress');
    expect((await call(['rollback', '--yes'])).code).toBe(0);
    expect(await page()).toBe('v1');
  });

  test('a person at the terminal is shown the plan and asked', async () => {
    await system();
    const no = await call(['release', 'v2'], { answer: false });
    expect(no).toMatchObject({
      code: 1,
      out: expect.stringContaining('Plan digest'),
      err: expect.stringContaining('nothing was changed'),
    });
    expect(await page()).toBe('v1');
    expect((await call(['release', 'v2', '--yes'], { answer: false })).code).toBe(0);
  });

  test('Ctrl-C in the middle of a step: what was changed is brought back', async () => {
    await system();
    await writeFile(join(it.folder, 'slow'), '');
    const { code, err, exits } = await call(['release', 'v2', '--yes'], {
      started: (signal, seen) => {
        const timer = setInterval(() => {
          if (!/ deploy {2}page/.test(seen())) return;
          clearInterval(timer);
          signal();
        }, 20);
      },
    });
    expect({ code, exits }).toEqual({ code: 1, exits: [] });
    expect(err).toContain('nothing new is started');
    expect(await page()).toBe('v1');
    expect((await json(['status'])).value.environments[0]).toMatchObject({
      open: null,
      lock: { holder: null },
      serving: null,
    });
  });

  test('a lost record comes back from a copy, without a checkout', async () => {
    await system();
    await call(['release', 'v2', '--yes']);
    const records = join(it.state, 'records');
    const [name] = (await readdir(records)) as [string];
    const copy = join(it.folder, 'copy.jsonl');
    await rename(join(records, name), copy);
    expect(await runbook(['rollback', '--record', copy, '--environment', 'other'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('a record of test'),
    });
    // A dry run reads the copy, and puts nothing anywhere.
    const told = await runbook(['rollback', '--dry-run', '--record', copy]);
    expect(told).toMatchObject({
      code: 0,
      out: expect.stringMatching(/would be put back from[\s\S]*in this order: deploy:page/),
    });
    expect(told.out).toContain(`Next: runbook rollback --record ${copy}`);
    expect(await readdir(records)).toEqual([]);
    expect((await runbook(['rollback', '--yes', '--record', copy])).code).toBe(0);
    expect(await page()).toBe('v1');
  });

  test('a dry run over several releases tells where it leads', async () => {
    await system();
    await call(['release', 'v2', '--yes']);
    await call(['release', 'v3', '--yes']);
    const { out } = await call(['rollback', '--to', 'v1', '--dry-run']);
    expect(out).toContain('dry run: 2 releases would be undone');
    expect(out).toMatch(/Way back: yes, by code alone to v1 in about .*, nothing lost/);
    expect((await json(['rollback', '--to', 'v1', '--dry-run'])).value).toMatchObject({
      wayBack: { to: 'v1', lost: {} },
    });
    expect(await page()).toBe('v3');
  });

  test('a copy that is none, or one for everybody’s eyes, is refused', async () => {
    await system();
    await call(['release', 'v2', '--yes']);
    const records = join(it.state, 'records');
    const [name] = (await readdir(records)) as [string];
    const copy = join(it.folder, 'copy.jsonl');
    await writeFile(copy, '{"some":"json"}\n');
    expect((await runbook(['rollback', '--yes', '--record', copy])).err).toContain('is no record: its first line');
    const text = await readFile(join(records, name), 'utf8');
    await writeFile(copy, text.replace('"release":', '"redacted":true,"release":'));
    const redacted = await runbook(['rollback', '--yes', '--record', copy]);
    expect(redacted).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing can be undone from it; nothing was changed'),
    });
    expect(redacted.err).toContain('runbook rollback --release');
    expect((await runbook(['rollback', '--record', '/nonexistent'])).err).toContain('cannot be read (ENOENT)');
    expect(await page()).toBe('v2');
  });

  test('a torn line is told, with its number', async () => {
    await system();
    await call(['release', 'v2', '--yes']);
    const records = join(it.state, 'records');
    const [name] = (await readdir(records)) as [string];
    const lines = (await readFile(join(records, name), 'utf8')).trimEnd().split('\n').length;
    await appendFile(join(records, name), `{"seq":${lines},"at":"20`);
    expect((await call(['status'])).out).toContain(`line ${lines + 1} of the record was cut off`);
    expect((await json(['status'])).value.environments[0].release.torn).toEqual([lines + 1]);
  });
});

describe('unlock', () => {
  test('a lock of a run on the forge is freed by word, its epoch raised; one that cannot be read only by --force', async () => {
    await system();
    await call(['release', 'v2', '--yes']);
    const state = it.state;
    const [epoch] = (await readFile(join(state, 'lock'), 'utf8')).split(' ');
    const holder = { run: '77', attempt: 1, job: 'release', nonce: 'n', since: '2026-11-21T02:11:09.120Z' };
    await writeFile(join(state, 'lock'), `${epoch} n\n${JSON.stringify(holder)}\n`);
    expect((await json(['release', 'v1', '--yes'])).value).toMatchObject({ decision: 'refuse', reason: 'locked' });
    const freed = await json(['unlock']);
    expect(freed).toMatchObject({ code: 0, value: { freed: true, epoch: Number(epoch) + 1, holder: { run: '77' } } });

    await writeFile(join(state, 'lock'), 'what is this\n');
    expect(await call(['unlock'])).toMatchObject({ code: 1, err: expect.stringContaining('unlock --force') });
    expect((await call(['unlock', '--force'])).code).toBe(0);
    expect((await json(['status'])).value.environments[0].lock).toEqual({ epoch: Number(epoch) + 1, holder: null });
  });

  test('not while its holder lives on this machine', async () => {
    await system();
    await call(['release', 'v2', '--yes']);
    const { terminalHolder } = await import('@release-runbook/steps/lock');
    const state = it.state;
    await writeFile(join(state, 'lock'), `9 n\n${JSON.stringify(await terminalHolder('n', new Date()))}\n`);
    expect(await call(['unlock'])).toMatchObject({
      code: 1,
      err: expect.stringContaining(`process ${process.pid} lives`),
    });
    expect((await call(['unlock', '--force'])).code).toBe(0);
  });
});

test('bad input as JSON: one document, 1', async () => {
  const { code, out } = await runbook(['status', '--json', '--runbook', '/nonexistent.yml']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ schema: 1, command: 'status', decision: 'refuse', reason: 'invalid-input' });
});
