import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { restoreLines } from '@release-runbook/github/restore-command';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "it's-"));
});
afterEach(() => rm(folder, { recursive: true }));

const run = promisify(execFile);
const sqlite = async (file: string, text: string) => (await run('sqlite3', [file, text])).stdout.trim();

const context = (programs: string, live: string, kind = 'local') =>
  ({
    runbook: { databases: { main: { engine: 'sqlite' }, other: { engine: 'mysql' } } },
    databases: {
      main: {
        live: async () => ({ address: live }),
        host: { name: 'app', kind, shell: async () => ({ stdout: programs }) },
      },
      other: {},
    },
  }) as unknown as Parameters<typeof restoreLines>[0];

const backup = (path: string, database = 'main') => ({
  id: 'b',
  database,
  path,
  sha256: '',
  copies: [{ place: 'backup@vault.example.com', path: '/backups/shop/b 1.sqlite' }],
});

test.each([
  ['python3', '/usr/bin/python3\n'],
  ['sqlite3', ''],
])('by %s: a command that brings it back', async (program, found) => {
  const [live, file] = [join(folder, 'live.db'), join(folder, 'backup 1.sqlite')];
  await sqlite(file, "CREATE TABLE orders (name); INSERT INTO orders VALUES ('a')");
  await sqlite(live, 'PRAGMA journal_mode = WAL; CREATE TABLE spoilt (x)');
  const [head, line = '', ...more] = await restoreLines(context(found, live), backup(file), false);
  expect([head, more]).toEqual(['To restore main, stop what writes to it, then run:', []]);
  expect(line.trim()).toMatch(new RegExp(`^${program} `));
  await run('sh', ['-c', line]);
  expect(await sqlite(live, 'SELECT name FROM orders; SELECT count(*) FROM sqlite_master; PRAGMA journal_mode')).toBe(
    'a\n1\nwal',
  );
});

test('what vanishes with a runner is fetched from its copy', async () => {
  const lines = await restoreLines(context('', '/srv/app.db', 'ssh'), backup('/runner/temp/b 1.sqlite'), true);
  expect(lines).toEqual([
    'To restore main, stop what writes to it, then run on app:',
    "  scp 'backup@vault.example.com:/backups/shop/b 1.sqlite' '/tmp/b 1.sqlite'",
    '  sqlite3 /srv/app.db \'.restore "/tmp/b 1.sqlite"\'',
  ]);
});

test('of another engine nothing is told that was not tried', async () => {
  expect(await restoreLines(context('', ''), backup('/b', 'other'), false)).toEqual([]);
});
