import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Job, type Ran, startJob } from './process.ts';

// The actions as a job without a runbook runs them.
let folder: string;
let job: Job;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alone-'));
  job = await startJob(folder);
  await mkdir(join(folder, 'work', 'migrations'), { recursive: true });
  await writeFile(join(folder, 'work', 'migrations', '001-note.sql'), 'ALTER TABLE orders ADD COLUMN note TEXT;\n');
  await sql("CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO orders (name) VALUES ('a'), ('b')");
});
afterEach(() => rm(folder, { recursive: true }));

const database = () => join(folder, 'work', 'app.db');
async function sql(text: string): Promise<string> {
  const script =
    'import sqlite3,sys,json; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]) if len(sys.argv)==3 else print(json.dumps(c.execute(sys.argv[3]).fetchall()))';
  const args = text.startsWith('SELECT') ? ['', text] : [text];
  return (await promisify(execFile)('python3', ['-c', script, database(), ...args])).stdout.trim();
}

const act = (action: string, inputs?: Readonly<Record<string, string>>) => job.run(action, inputs);

test('db-backup, migrate, and back again: the database is as before', async () => {
  const backup = await act('db-backup', { url: 'sqlite:app.db', to: 'backups', keep: '3' });
  expect([backup.code, backup.outputs]).toEqual([
    0,
    expect.objectContaining({
      decision: 'proceed',
      reason: 'done',
      verified: 'true',
      rows: '2',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    }),
  ]);
  expect(JSON.parse(backup.outputs.result ?? '')).toMatchObject({
    schema: 1,
    action: 'db-backup',
    decision: 'proceed',
  });
  expect(backup.summary).toContain('<code>db-backup</code>: goes on');
  expect(backup.summary).toContain('| backup | backup:app | done |');
  expectNoRelease(backup);
  const before = await sql('SELECT sql FROM sqlite_master');

  const migrated = await act('migrate', { url: 'sqlite:app.db', files: 'migrations' });
  expect([migrated.code, migrated.log]).toEqual([0, expect.stringContaining('Rehearsal of app')]);
  expect(migrated.outputs['way-back']).toMatch(/^Way back: yes, by code and a restore in about/);
  expect(migrated.summary).toContain('| migrate | migrate:app | done |');
  expectNoRelease(migrated);
  expect(await sql('SELECT sql FROM sqlite_master')).toContain('note');

  const back = await act('rollback');
  expect([back.code, back.outputs]).toEqual([
    0,
    expect.objectContaining({ decision: 'proceed', reason: 'rolled-back' }),
  ]);
  expect(back.summary).toContain('What was undone');
  expect(back.outputs.result).toContain('as it was before, after');
  expectNoRelease(back);
  expect(await sql('SELECT sql FROM sqlite_master')).toBe(before);
  expect(await sql('SELECT name FROM orders')).toBe('[["a"], ["b"]]');
});

/** There is none: nothing is in progress, no version serves, and no terminal finds its record. */
function expectNoRelease({ summary, log, outputs }: Ran): void {
  for (const text of [summary, log, JSON.stringify(outputs)])
    expect(text).not.toMatch(/in progress|runbook (rollback|release|status) /);
  for (const text of [summary, JSON.stringify(outputs)]) expect(text).not.toMatch(/before serves|to before/);
  expect(summary).not.toContain('Way back');
}

test('the restore command in the log of a backup brings the database back', async () => {
  const { log } = await act('db-backup', { url: 'sqlite:app.db', to: "back ups/it's" });
  const [, command = ''] = /To restore app, stop what writes to it, then run:\n {2}(.*)\n/.exec(log) ?? [];
  await sql('DROP TABLE orders; CREATE TABLE other (x); PRAGMA journal_mode = WAL; INSERT INTO other VALUES (1)');
  await promisify(execFile)('sh', ['-c', command], { cwd: '/' });
  expect(await sql('SELECT name FROM orders')).toBe('[["a"], ["b"]]');
  expect(await sql('SELECT count(*) FROM sqlite_master')).toBe('[[1]]');
});

test('a backup that would vanish with its job is refused', async () => {
  const ran = await act('db-backup', { url: 'sqlite:app.db' });
  expect([ran.code, ran.outputs.decision]).toEqual([1, 'refuse']);
  expect(ran.log).toMatch(/::error::input "to" is missing: the backup would lie in this job's own folder, and vanish/);
});

test('a backup on a runner that vanishes is warned of', async () => {
  const hosted = await startJob(folder, { RUNNER_ENVIRONMENT: 'github-hosted' });
  const ran = await hosted.run('db-backup', { url: 'sqlite:app.db', to: 'backups' });
  expect([ran.code, ran.log]).toEqual([
    0,
    expect.stringMatching(/::warning::this backup lies in .*backups of a runner that vanishes/),
  ]);
});

test('preflight-check tells of its checks alone', async () => {
  const ran = await act('preflight-check', { config: '- disk: { name: the disk, on: runner, free: ">= 1 MB" }' });
  expect([ran.code, ran.outputs.decision, ran.outputs.digest, ran.outputs.plan]).toEqual([
    0,
    'proceed',
    undefined,
    undefined,
  ]);
  expect(ran.summary).toMatch(/\| the disk \| pass \| /);
  expect(ran.summary).not.toMatch(/Plan|c0ffee/);
  expectNoRelease(ran);
});

test('migrate without a tag runs what was checked out; what is not there is named', async () => {
  const git = (...args: string[]) =>
    promisify(execFile)('git', [
      '-C',
      join(folder, 'work'),
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.com',
      ...args,
    ]);
  await git('init', '--quiet');
  const empty = await act('migrate', { url: 'sqlite:app.db', files: 'migrations' });
  expect([empty.code, empty.log]).toEqual([1, expect.stringMatching(/the checkout in .*work has no commit/)]);
  await git('add', 'migrations');
  await git('commit', '--quiet', '-m', 'one');
  // GITHUB_SHA is another commit than the one checked out.
  const migrated = await act('migrate', { url: 'sqlite:app.db', files: 'migrations' });
  expect([migrated.code, migrated.outputs.decision]).toEqual([0, 'proceed']);
  const none = await act('migrate', { url: 'sqlite:app.db', files: 'sql' });
  expect(none.log).toMatch(/input "files": there is no sql in .*work; nothing was changed.*actions\/checkout/);
  for (const { log } of [empty, migrated, none]) expect(log).not.toMatch(/\blocal\b/);
});

test('rows written since stop a rollback until a person decides; then they are exported', async () => {
  await act('migrate', { url: 'sqlite:app.db', files: 'migrations' });
  await sql("INSERT INTO orders (name) VALUES ('later')");
  const asks = await act('rollback');
  expect([asks.code, asks.outputs]).toEqual([
    0,
    expect.objectContaining({ decision: 'hold', reason: 'rows-written-since' }),
  ]);
  expect(asks.summary).toContain('the action rollback in a later step of this job, with `accept-loss: true`');
  expect(asks.summary).toContain('nothing was undone yet: restoring the backup would take 1 row of orders');
  expectNoRelease(asks);
  expect(await sql('SELECT name FROM orders')).toContain('later');
  const goes = await act('rollback', { 'accept-loss': 'true' });
  expect([goes.code, goes.outputs]).toEqual([
    0,
    expect.objectContaining({ reason: 'rolled-back', exported: expect.stringContaining('orders') }),
  ]);
  expect(await sql('SELECT name FROM orders')).toBe('[["a"], ["b"]]');
});

describe('smoke-test', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((_, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => {
    server.close();
  });

  test('passes with its numbers', async () => {
    const ran = await act('smoke-test', { url, status: '200', p95: '< 5 s', contains: 'hello' });
    expect([ran.code, ran.outputs]).toEqual([
      0,
      expect.objectContaining({ decision: 'proceed', passed: '1', failed: '0' }),
    ]);
    expect(ran.log).toMatch(/P95 of 20 requests [\d.]+ ms, expected < 5 s/);
  });

  test('fails with the number that did', async () => {
    const ran = await act('smoke-test', { url, status: '404' });
    expect([ran.code, ran.outputs.decision]).toEqual([1, 'refuse']);
    expect(ran.log).toMatch(/::error::.*status 200, expected 404/);
  });
});

test('mistakes: each told once, at its place, exit 1, no stack, nothing touched', async () => {
  const misspelt = await act('deploy', { dryrun: 'true' });
  expect([misspelt.code, misspelt.log]).toEqual([
    1,
    expect.stringContaining('::error::unknown input "dryrun" of deploy (did you mean "dry-run"?)'),
  ]);
  await mkdir(join(folder, 'work', '.github'));
  await writeFile(join(folder, 'work', '.github', 'runbook.yml'), 'runbook: v1\nsystem: shop\nservces: {}\n');
  const wrong = await act('deploy', { version: 'v1.0.0' });
  expect([wrong.code, wrong.outputs.reason]).toEqual([1, 'invalid-runbook']);
  expect(wrong.log).toMatch(/::error file=\.github\/runbook\.yml,line=3,col=1::.*did you mean "services"/);
  for (const { log } of [misspelt, wrong]) expect(log).not.toMatch(/\bat .*\.js:\d+/);
});

test('a password never shows, in any form', async () => {
  const ran = await act('db-backup', { to: 'backups', url: 'mysql://root:p%40ss-w0rd@db.example.com/shop' });
  expect(ran.code).toBe(1);
  const shown =
    ran.log
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n') +
    ran.summary +
    JSON.stringify(ran.outputs);
  expect(shown).not.toMatch(/p%40ss-w0rd|p@ss-w0rd/);
  expect(ran.log).toContain('::add-mask::p@ss-w0rd');
});
