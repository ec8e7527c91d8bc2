import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseRunbook } from '@release-runbook/runbook/load';
import { openContext, type StepContext } from '@release-runbook/steps/context';
import { type Measured, measurePlaces } from '@release-runbook/steps/fingerprint/measure';
import { type Place, placesOf } from '@release-runbook/steps/fingerprint/places';
import { terminalHolder } from '@release-runbook/steps/lock';
import { watchedPlatform } from '../../support/platform.ts';
import { type Sshd, startSshd } from '../../support/sshd.ts';

const RELEASE = '20261121T020000Z-v2.0.0';
const tracks = { stable: 'blue', canary: 'green' };

let folder: string;
let ctx: StepContext | undefined;
let sshd: Sshd | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fingerprint-'));
});
afterEach(async () => {
  await ctx?.close();
  await sshd?.stop();
  ctx = undefined;
  sshd = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, 'srv', path, '..'), { recursive: true });
    await writeFile(join(folder, 'srv', path), text);
  }
}

/** A service in two slots, an item in the host's folder, a database between them. */
async function open(more: { service?: object; host?: object; ssh?: boolean } = {}): Promise<readonly Place[]> {
  await mkdir(join(folder, 'srv'), { recursive: true });
  sshd ??= more.ssh === true ? await startSshd({ home: folder }) : undefined;
  const host =
    sshd === undefined
      ? { local: true }
      : { ssh: `${sshd.user}@127.0.0.1`, port: sshd.port, key: '$KEY', 'known-hosts': '$HOSTS' };
  const slots = { blue: { port: 5000, directory: 'blue' }, green: { port: 5001, directory: 'green' } };
  const text = {
    runbook: 'v1',
    system: 'shop',
    hosts: { app: { ...host, directory: join(folder, 'srv'), ...more.host } },
    services: { web: { on: 'app', command: { start: ['true'] }, slots, log: ['out.txt'], ...more.service } },
    databases: { main: { engine: 'sqlite', path: 'shop.data', on: 'app' } },
    preflight: [{ env: { on: 'app', file: 'config/secrets', require: { KEY: {} } } }],
    deploy: [
      { name: 'code', service: 'web', run: 'a', undo: 'b' },
      { name: 'crontab', run: 'a', undo: 'b' },
      { restart: 'web' },
    ],
    canary: { traffic: { command: { on: 'app', set: ['a'], get: ['a'] } }, weights: ['100%'], each: '1s' },
  };
  ctx = await openContext({
    runbook: await parseRunbook(JSON.stringify(text), 'runbook.yml'),
    version: 'v2.0.0',
    holder: await terminalHolder(randomUUID(), new Date()),
    run: null,
    env: sshd === undefined ? {} : { KEY: sshd.key, HOSTS: sshd.knownHosts },
    root: join(folder, 'suite'),
    platform: watchedPlatform(),
  });
  return await placesOf(ctx, tracks);
}

async function measure(
  places: readonly Place[],
  again: boolean | 'steady' = false,
): Promise<Readonly<Record<string, Measured>>> {
  const measured = await measurePlaces(
    ctx as StepContext,
    RELEASE,
    places,
    again === 'steady' ? again : again ? 'after' : 'before',
  );
  return Object.fromEntries(measured.map((one) => [`${one.name}${one.code === null ? ' configuration' : ''}`, one]));
}

const git = (slot: string, ...args: readonly string[]) =>
  execFileSync(
    'git',
    ['-C', join(folder, 'srv', slot), '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args],
    {
      encoding: 'utf8',
    },
  ).trim();

async function repository(slot: string): Promise<string> {
  await write({ [`${slot}/app.py`]: 'one', [`${slot}/old name.py`]: 'two' });
  git(slot, 'init', '--quiet');
  git(slot, 'add', '.');
  git(slot, 'commit', '--quiet', '-m', 'first');
  return git(slot, 'rev-parse', 'HEAD');
}

describe('the places of a release', () => {
  test('both slots, the folder of an item without a service, and the files that env checks name', async () => {
    const places = await open();
    expect(
      places.map(({ name, how, stable, items }) => ({ name, how, stable: stable?.split('/').at(-1), items })),
    ).toEqual([
      { name: 'web (blue)', how: 'all', stable: undefined, items: [] },
      { name: 'web (green)', how: 'all', stable: 'blue', items: ['deploy:code', 'restart:web'] },
      { name: 'host app', how: 'all', stable: undefined, items: ['deploy:crontab'] },
      { name: 'host app', how: 'named', stable: undefined, items: [] },
    ]);
    expect(places[2]?.skip).toEqual(expect.arrayContaining(['./blue', './green', './shop.data', './shop.data-*']));
  });

  test('an item in a login directory has no place of its own', async () => {
    const places = await open({ host: { directory: undefined } });
    expect(places.filter(({ items }) => items.includes('deploy:crontab'))).toEqual([]);
  });
});

describe.each([{ ssh: false }, { ssh: true }])('measured on a host (ssh: $ssh)', ({ ssh }) => {
  test('a work tree of git: commit and changed files, and what runs leave does not count', async () => {
    const commit = await repository('blue');
    await write({ 'blue/out.txt': 'log', 'green/VERSION': '1' });
    const places = await open({ ssh });
    const before = await measure(places);
    expect(before['web (blue)']?.code).toMatchObject({ kind: 'git', commit, files: 0 });
    await write({ 'blue/uploads/a.png': 'x', 'blue/__pycache__/a.pyc': 'x', 'blue/out.txt': 'more' });
    expect((await measure(places, true))['web (blue)']?.code).toEqual(before['web (blue)']?.code);
    await write({ 'blue/old name.py': 'changed' });
    expect((await measure(places, true))['web (blue)']).toMatchObject({
      code: { kind: 'git', commit, files: 1 },
      changed: { code: { count: 1, names: ['old name.py'] } },
    });
    git('blue', 'commit', '--quiet', '-am', 'second');
    const after = (await measure(places, true))['web (blue)']?.code;
    expect(after).toMatchObject({ kind: 'git', files: 0 });
    expect(after).not.toMatchObject({ commit });
  });

  test('a plain folder: contents, modes, links and names, at most ten of which are told', async () => {
    await write({
      'green/VERSION': '1',
      'green/lib/a b.py': 'a',
      'green/bin/run': 'r',
      'green/logs/x': 'x',
      'green/app.db': 'x',
    });
    await symlink('VERSION', join(folder, 'srv/green/current'));
    const places = await open({ ssh });
    const before = await measure(places);
    expect(before['web (green)']?.code).toMatchObject({ kind: 'files', files: 4 });
    await write({
      'green/logs/x': 'y',
      'green/app.db': 'y',
      'green/app.db-wal': 'y',
      'green/a.pid': '7',
      'green/out.txt': 'l',
    });
    expect((await measure(places, true))['web (green)']?.code).toEqual(before['web (green)']?.code);

    const changed = async () => (await measure(places, true))['web (green)']?.changed.code;
    await chmod(join(folder, 'srv/green/bin/run'), 0o777);
    expect(await changed()).toEqual({ count: 1, names: ['bin/run'] });
    await rm(join(folder, 'srv/green/current'));
    await symlink('lib', join(folder, 'srv/green/current'));
    expect(await changed()).toEqual({ count: 2, names: ['bin/run', 'current'] });
    await write(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`green/new${i}.py`, 'n'])));
    await rm(join(folder, 'srv/green/lib/a b.py'));
    expect(await changed()).toMatchObject({ count: 23, names: expect.arrayContaining(['lib/a b.py']) });
    expect((await changed())?.names).toHaveLength(10);
  });

  test('the folder of a host leaves out its slots, its database and its logs; named paths are all that counts', async () => {
    await write({ 'blue/a': '1', 'green/a': '1', crontab: '1', 'shop.data': '1' });
    const places = await open({ ssh });
    expect((await measure(places))['host app']?.code).toMatchObject({ kind: 'files', files: 1 });
    await write({ 'blue/a': '2', 'green/a': '2', 'shop.data': '2', 'shop.data-wal': '2', 'shop.data.rescue-x': '2' });
    expect((await measure(places, true))['host app']?.changed.code).toEqual({ count: 0, names: [] });
    await ctx?.close();

    const named = await open({ ssh, service: { fingerprint: ['a', 'node_modules/x', 'gone'] } });
    await write({ 'blue/node_modules/x/index.js': '1', 'blue/else': '1' });
    expect((await measure(named))['web (blue)']?.code).toMatchObject({ kind: 'files', files: 2 });
    await write({ 'blue/else': '2', 'blue/node_modules/y': '1' });
    expect((await measure(named, true))['web (blue)']?.changed.code).toEqual({ count: 0, names: [] });
    await write({ 'blue/node_modules/x/index.js': '2' });
    expect((await measure(named, true))['web (blue)']?.changed.code).toEqual({
      count: 1,
      names: ['node_modules/x/index.js'],
    });
  });

  test('configuration: names are told, and neither values nor hashes that anybody could try them against', async () => {
    await write({
      'blue/.env': 'A=1',
      'green/.env': 'A=1',
      'green/sub/.env.local': 'B=1',
      'config/secrets': 'KEY=secret',
    });
    const places = await open({ ssh });
    const before = await measure(places);
    expect(before['web (green)']?.configuration.files).toEqual(['.env', 'sub/.env.local']);
    expect(before['host app configuration']?.configuration.files).toEqual([join(folder, 'srv/config/secrets')]);
    expect(before['web (green)']?.code).toMatchObject({ files: 0 });
    const lists = join(folder, 'suite/shop/default/fingerprints', RELEASE);
    const key = await readFile(join(lists, 'key'), 'utf8');
    expect(JSON.stringify(before)).not.toContain(key);
    await write({ 'green/.env': 'A=2', 'config/secrets': 'KEY=other' });
    const after = await measure(places, true);
    expect(after['web (green)']?.changed.configuration).toEqual({ count: 1, names: ['.env'] });
    expect(after['host app configuration']?.changed.configuration?.count).toBe(1);
    expect(after['web (blue)']?.configuration).toEqual(before['web (blue)']?.configuration);
    expect((await readdir(lists)).sort()).toEqual(['after', 'before', 'key']);
    await rm(join(lists, 'key'));
    expect((await measure(places, true))['web (green)']?.configuration.hash).toBeNull();
  });

  test('a file that changed while nothing was deployed does not count afterwards', async () => {
    await write({ 'green/VERSION': '1', 'green/requests': '1' });
    const places = await open({ ssh });
    await measure(places);
    await write({ 'green/requests': '2' });
    expect((await measure(places, 'steady'))['web (green)']?.changed.code).toEqual({ count: 1, names: ['requests'] });
    await write({ 'green/requests': '3' });
    expect((await measure(places, true))['web (green)']?.changed.code).toEqual({ count: 0, names: [] });
    await write({ 'green/requests': '4', 'green/VERSION': '2' });
    expect((await measure(places, true))['web (green)']?.changed.code).toEqual({ count: 1, names: ['VERSION'] });
  });

  test('folders that are not there, and too many files, are told and no error', async () => {
    await write({ 'green/a': '1' });
    const places = await open({ ssh });
    const before = await measure(places);
    expect(before['web (blue)']?.code).toEqual({ kind: 'absent' });
    for (let part = 0; part < 3; part++)
      execFileSync('sh', ['-c', `mkdir -p m${part} && cd m${part} && seq 7000 | xargs touch`], {
        cwd: join(folder, 'srv/green'),
      });
    expect((await measure(places, true))['web (green)']?.code).toEqual({ kind: 'unbounded', files: 21_001 });
  });
});
