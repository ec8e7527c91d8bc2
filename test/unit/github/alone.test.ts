import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActionName } from '@release-runbook/github/actions';
import { aloneRunbook, jobEnvironments } from '@release-runbook/github/alone';
import { readJob } from '@release-runbook/github/job';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alone-'));
});
afterAll(() => rm(folder, { recursive: true }));

const alone = (action: ActionName, inputs: Record<string, string>) =>
  aloneRunbook(
    action,
    { runbook: '.github/runbook.yml', config: undefined, environment: undefined, ...inputs },
    readJob({ GITHUB_REPOSITORY: 'acme/shop.js', GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder }),
  );
const refusal = (action: ActionName, inputs: Record<string, string>) =>
  alone(action, inputs).then(
    () => 'taken',
    (error: Error) => error.message,
  );

test('what left something to undo, that which began last first', async () => {
  const event = (seq: number, more: object) =>
    `${JSON.stringify({ seq, at: '2026-11-21T02:00:00.000Z', epoch: 1, step: 'deploy', ...more })}\n`;
  for (const [environment, name, undo] of [
    ['db-backup', '20261121T020000Z-c', null],
    ['deploy', '20261121T030000Z-c', {}],
    ['migrate', '20261121T023000Z-c', {}],
  ] as const) {
    const records = join(folder, 'release-runbook/shop.js', environment, 'records');
    await mkdir(records, { recursive: true });
    const text = event(0, { event: 'opened', release: name }) + event(1, { event: 'intends', item: 'a', undo });
    await writeFile(join(records, `${name}.jsonl`), text);
  }
  const job = readJob({ GITHUB_REPOSITORY: 'acme/shop.js', GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder });
  expect(await jobEnvironments(job)).toEqual(['deploy', 'migrate']);
});

describe('an action alone', () => {
  test('db-backup with a URL and a folder', async () => {
    const runbook = await alone('db-backup', { url: 'sqlite:app.db', to: 'backups', keep: '5' });
    expect(runbook).toMatchObject({
      system: 'shop.js',
      environment: 'db-backup',
      home: 'runner',
      databases: { app: { engine: 'sqlite', path: join(folder, 'app.db'), on: 'runner' } },
      backup: { keep: 5, directory: join(folder, 'backups') },
    });
  });

  test.each([
    ['sqlite:app.db', 'app.db'],
    ['sqlite://./data/app.db', 'data/app.db'],
    ['sqlite:app.db?mode=ro', 'app.db'],
  ])('%s', async (url, path) => {
    expect((await alone('db-backup', { url, to: 'backups' }))?.databases.app).toMatchObject({
      path: join(folder, path),
    });
  });
  test('an absolute path', async () => {
    expect((await alone('db-backup', { url: 'sqlite:///srv/app.db', to: '/b' }))?.databases.app).toMatchObject({
      path: '/srv/app.db',
    });
  });

  test('db-backup over ssh', async () => {
    const runbook = await alone('db-backup', {
      url: 'sqlite:app.db',
      to: 'ssh://backup@vault.example.com/backups/shop',
      name: 'orders',
    });
    expect(Object.keys(runbook?.databases ?? {})).toEqual(['orders']);
    expect(runbook?.backup.copies).toEqual([{ ssh: 'backup@vault.example.com', directory: '/backups/shop' }]);
  });

  test('migrate with a URL and files is undone by a restore', async () => {
    await mkdir(join(folder, 'migrations'), { recursive: true });
    expect((await alone('migrate', { url: 'sqlite:app.db', files: 'migrations' }))?.migrate).toEqual({
      app: { files: 'migrations', undo: { restore: {} } },
    });
  });

  test('smoke-test with a URL and thresholds', async () => {
    const runbook = await alone('smoke-test', {
      url: 'http://127.0.0.1:5000/',
      status: '200',
      p95: '< 200 ms',
      contains: 'ok',
    });
    expect(runbook?.smoke).toMatchObject([{ http: { url: 'http://127.0.0.1:5000/', status: 200, contains: 'ok' } }]);
  });

  test('a config keeps its record on the host that it names', async () => {
    const runbook = await alone('deploy', {
      config: 'hosts: { app: { ssh: deploy@app.example.com } }\ndeploy: []\nprevious: v1.0.0',
    });
    expect(runbook?.home).toBe('app');
    const smoke = await alone('smoke-test', { config: '- http: { url: http://127.0.0.1/ }' });
    expect([smoke?.home, smoke?.smoke.length]).toEqual(['runner', 1]);
  });

  test('a rollback needs nothing but the record; with a runbook in the checkout it is that one', async () => {
    expect((await alone('rollback', {}))?.home).toBe('runner');
    expect(await alone('deploy', {})).toBeUndefined();
  });

  test.each<[ActionName, Record<string, string>, RegExp]>([
    [
      'db-backup',
      { url: 'mysql://root:hunter22@db/shop' },
      /^not yet supported: databases by a URL of scheme "mysql"$/,
    ],
    ['db-backup', { url: 'app.db' }, /no URL/],
    ['db-backup', { url: 'sqlite:' }, /names no file/],
    ['db-backup', { url: 'sqlite:a.db', to: 's3://bucket/x' }, /^not yet supported: backups to "s3:"$/],
    ['db-backup', { url: 'sqlite:a.db', to: 'ssh://host' }, /names no folder/],
    ['db-backup', { url: 'sqlite:a.db', keep: 'many' }, /"keep" is "many", expected a whole number/],
    ['migrate', { url: 'sqlite:a.db' }, /"files" is missing/],
    ['migrate', { url: 'sqlite:a.db', files: 'sql' }, /^input "files": there is no sql in /],
    ['db-backup', { url: 'sqlite:a.db' }, /^input "to" is missing: the backup would lie in this job's own folder/],
    ['db-backup', { config: 'databases: { a: { engine: sqlite, path: a.db, on: runner } }' }, /^input "to" is missing/],
    ['smoke-test', { config: '- htp: {}' }, /htp/],
  ])('%s %j is refused', async (action, inputs, message) => {
    const told = await refusal(action, inputs);
    expect(told).toMatch(message);
    expect(told).not.toContain('hunter22');
  });
});
