import { appendFile, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Around, runbook } from './support.ts';

// A system of one text file, on this machine: the whole way of the program without any server.
let folder: string;
let file: string;
const home = process.env['HOME'];

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'runbook-cli-')));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
afterAll(() => {
  process.env['HOME'] = home;
});

async function system(more = ''): Promise<void> {
  process.env['HOME'] = join(folder, 'home');
  file = join(folder, 'runbook.yml');
  for (const path of ['home', 'live', 'versions/v1', 'versions/v2', 'versions/bad'])
    await mkdir(join(folder, path), { recursive: true });
  for (const version of ['v1', 'v2', 'bad']) await writeFile(join(folder, `versions/${version}/page`), version);
  await writeFile(join(folder, 'live/page'), 'v1');
  await writeFile(
    file,
    `runbook: v1
system: shop
previous: v1
environments:
  test:
    hosts:
      app: { local: true, directory: ${folder}/live }
source: { directory: ${folder}/versions/$VERSION }
deploy:
  - name: page
    on: app
    run: cp "${folder}/versions/$VERSION/page" page; test ! -e ${folder}/slow || sleep 2
    undo: cp "${folder}/versions/$PREVIOUS_VERSION/page" page
smoke:
  - command: { on: app, run: "! grep -q bad page" }
rollback:
  budget: { execute: 5m, verify: 1m }
${more}`,
  );
}

const call = (argv: readonly string[], around?: Around) => runbook([...argv, '--runbook', file], around);
const page = () => readFile(join(folder, 'live/page'), 'utf8');
const json = async (argv: readonly string[]) => {
  const { code, out } = await call([...argv, '--json']);
  return { code, value: JSON.parse(out) };
};

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
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
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
    expect((await call(['plan', 'v2'])).out).toContain(plan.value.plan.digest);

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
    const back = await call(['rollback', '--reason', 'by hand']);
    expect(back.code).toBe(0);
    expect(back.out).toMatch(/Came back in .*; the budget is 6 min: kept\./);
    expect(await page()).toBe('v1');
    expect(await json(['rollback'])).toMatchObject({ code: 0, value: { reason: 'nothing-to-do' } });
  });

  test('what fails is brought back, and is a failure all the same', async () => {
    await system();
    const { code, out } = await call(['release', 'bad']);
    expect(code).toBe(1);
    expect(out).toContain('failed (check-failed)');
    expect(out).toContain('done (rolled-back)');
    expect(out).toContain('Way back:');
    expect(await page()).toBe('v1');
  });

  test('--no-rollback leaves it; the next release is refused, unlock finds the lock free, rollback brings it back', async () => {
    await system();
    const { code, err } = await call(['release', 'bad', '--no-rollback']);
    expect(code).toBe(1);
    expect(err).toContain('runbook rollback --release');
    expect(await page()).toBe('bad');
    expect((await json(['release', 'v2'])).value).toMatchObject({ decision: 'refuse' });
    expect(await call(['unlock'])).toMatchObject({ code: 0, out: expect.stringContaining('is free') });
    expect((await call(['status'])).out).toContain('shop bad to test: in progress');
    expect((await call(['rollback'])).code).toBe(0);
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
    await writeFile(join(folder, 'slow'), '');
    const { code, err, exits } = await call(['release', 'v2'], {
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
    await call(['release', 'v2']);
    const records = join(folder, 'home/.release-runbook/shop/test/records');
    const [name] = (await readdir(records)) as [string];
    const copy = join(folder, 'copy.jsonl');
    await rename(join(records, name), copy);
    expect(await runbook(['rollback', '--record', copy, '--environment', 'other'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('a record of test'),
    });
    expect((await runbook(['rollback', '--record', copy])).code).toBe(0);
    expect(await page()).toBe('v1');
  });

  test('a torn line is told, with its number', async () => {
    await system();
    await call(['release', 'v2']);
    const records = join(folder, 'home/.release-runbook/shop/test/records');
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
    await call(['release', 'v2']);
    const state = join(folder, 'home/.release-runbook/shop/test');
    const [epoch] = (await readFile(join(state, 'lock'), 'utf8')).split(' ');
    const holder = { run: '77', attempt: 1, job: 'release', nonce: 'n', since: '2026-11-21T02:11:09.120Z' };
    await writeFile(join(state, 'lock'), `${epoch} n\n${JSON.stringify(holder)}\n`);
    expect((await json(['release', 'v1'])).value).toMatchObject({ decision: 'refuse', reason: 'not-ready' });
    const freed = await json(['unlock']);
    expect(freed).toMatchObject({ code: 0, value: { freed: true, epoch: Number(epoch) + 1, holder: { run: '77' } } });

    await writeFile(join(state, 'lock'), 'what is this\n');
    expect(await call(['unlock'])).toMatchObject({ code: 1, err: expect.stringContaining('unlock --force') });
    expect((await call(['unlock', '--force'])).code).toBe(0);
    expect((await json(['status'])).value.environments[0].lock).toEqual({ epoch: Number(epoch) + 1, holder: null });
  });

  test('not while its holder lives on this machine', async () => {
    await system();
    await call(['release', 'v2']);
    const { terminalHolder } = await import('@release-runbook/steps/lock');
    const state = join(folder, 'home/.release-runbook/shop/test');
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
