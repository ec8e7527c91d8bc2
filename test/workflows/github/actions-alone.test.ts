import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

// The actions as a job without a runbook runs them: the compiled program, in a process of its own.
const program = new URL('../../../actions/lib/program.js', import.meta.url).href;

let folder: string;
let nonce: string | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alone-'));
  nonce = undefined;
  await mkdir(join(folder, 'temp'));
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

interface Ran {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

async function act(action: string, inputs: Record<string, string> = {}): Promise<Ran> {
  const file = (name: string) => join(folder, name);
  for (const name of ['output', 'summary', 'env']) await writeFile(file(name), '');
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_WORKSPACE: join(folder, 'work'),
    RUNNER_TEMP: file('temp'),
    GITHUB_RUN_ID: '7',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'job',
    GITHUB_SHA: 'c0ffee',
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_ENV: file('env'),
    ...(nonce === undefined ? {} : { RELEASE_RUNBOOK_NONCE: nonce }),
    ...given,
  };
  const ran = await new Promise<{ code: number; log: string }>((resolve) =>
    execFile(
      process.execPath,
      ['--input-type=module', '-e', `const { run } = await import('${program}'); await run('${action}')`],
      { cwd: env.GITHUB_WORKSPACE, env },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), log: stdout + stderr }),
    ),
  );
  nonce ??= /RELEASE_RUNBOOK_NONCE<<.*\n(.*)\n/.exec(await readFile(file('env'), 'utf8'))?.[1];
  const outputs = Object.fromEntries(
    [...(await readFile(file('output'), 'utf8')).matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(
      ([, name = '', , value = '']) => [name, value],
    ),
  );
  return { ...ran, outputs, summary: await readFile(file('summary'), 'utf8') };
}

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
  const before = await sql('SELECT sql FROM sqlite_master');

  const migrated = await act('migrate', { url: 'sqlite:app.db', files: 'migrations' });
  expect([migrated.code, migrated.log]).toEqual([0, expect.stringContaining('Rehearsal of app')]);
  expect(migrated.outputs['way-back']).toMatch(/^Way back: yes, by code and a restore to before/);
  expect(await sql('SELECT sql FROM sqlite_master')).toContain('note');

  const back = await act('rollback');
  expect([back.code, back.outputs]).toEqual([
    0,
    expect.objectContaining({ decision: 'proceed', reason: 'rolled-back' }),
  ]);
  expect(await sql('SELECT sql FROM sqlite_master')).toBe(before);
  expect(await sql('SELECT name FROM orders')).toBe('[["a"], ["b"]]');
});

test('rows written since stop a rollback until a person decides; then they are exported', async () => {
  await act('migrate', { url: 'sqlite:app.db', files: 'migrations' });
  await sql("INSERT INTO orders (name) VALUES ('later')");
  const asks = await act('rollback');
  expect([asks.code, asks.outputs]).toEqual([
    0,
    expect.objectContaining({ decision: 'hold', reason: 'rows-written-since' }),
  ]);
  expect(asks.summary).toContain('--accept-loss');
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
  const ran = await act('db-backup', { url: 'mysql://root:p%40ss-w0rd@db.example.com/shop' });
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
