import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { PYTHON } from '@release-runbook/databases/sqlite/python';
import { CLIENTS, FIXTURE, makePlace, type Place, select, startWriter, write } from './support.ts';

let place: Place;
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await place.close();
});

const FILLER = `INSERT INTO log SELECT hex(randomblob(500)) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n);`;
const ORPHANS =
  "SELECT count(*) FROM reports r WHERE title = 'writer' AND NOT EXISTS (SELECT 1 FROM results WHERE report = r.id AND \"the key\" = 'w')";
const modes = Object.entries(CLIENTS).flatMap(([name, { client, wal }]) =>
  wal ? [[name, 'wal', client] as const, [name, 'delete', client] as const] : [],
);

describe.each(modes)('%s, journal mode %s', (_name, mode, client) => {
  const start = async (more = '') => {
    place = await makePlace(client, `PRAGMA journal_mode = ${mode}; ${FIXTURE} ${more}`);
    return place.db;
  };
  const writing = (options: { hold?: boolean } = {}) => {
    const writer = startWriter(place.file, options);
    ends.push(() => writer.stop());
    return writer;
  };

  test('counts and copies one snapshot beside a writer', async () => {
    const db = await start(FILLER);
    const writer = writing();
    await writer.ready;
    for (let i = 0; i < 3; i++) {
      const before = writer.committed();
      const backup = await db.verify(await db.backup(`main-${i}`));
      expect(select(backup.path, 'SELECT max(id) FROM reports')[0]?.[0]).toBeGreaterThanOrEqual(before);
      expect(select(backup.path, ORPHANS)).toEqual([[0]]);
      expect(select(backup.path, 'SELECT count(*) FROM reports')).toEqual([[backup.inspection.rows['reports']]]);
      expect(writer.committed()).toBeGreaterThan(before);
    }
    await db.restore((await db.backups())[2] ?? fail(), 'r').then(
      () => fail('a running writer must stop the swap'),
      (error: Error) => expect(error.message).toMatch(new RegExp(`have .*open: .*${writer.child.pid} \\(python3`)),
    );
    await writer.stop();
    expect(select(place.file, 'SELECT max(id) FROM reports')[0]?.[0]).toBeGreaterThanOrEqual(writer.committed());
    expect(select(place.file, 'PRAGMA integrity_check')).toEqual([['ok']]);
  });

  test('says who may hold a lock, and changes nothing', async () => {
    await start();
    const writer = writing({ hold: true });
    await writer.ready;
    const db = await place.open({ 'busy-timeout': 200 });
    // In WAL mode readers do not wait for writers.
    const work =
      mode === 'wal'
        ? async () => db.applyFiles(await db.live(), [{ name: '1.sql', sql: 'SELECT 1' }])
        : () => db.backup('main-1');
    await expect(work()).rejects.toMatchObject({
      message: expect.stringMatching(/held a lock for longer than 200 ?ms; nothing was changed/),
      hint: expect.stringContaining(`lsof '${place.file}'`),
    });
    expect(existsSync(join(place.folder, '../backups/main/main-1.sqlite.partial'))).toBe(false);
  });

  test('a crashed writer: nothing that was committed is lost, its journal never meets the restored file', async () => {
    const db = await start();
    const backup = await db.verify(await db.backup('main-1'));
    const writer = writing();
    await writer.ready;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await writer.stop('SIGKILL');
    if (mode === 'wal') expect(statSync(`${place.file}-wal`).size).toBeGreaterThan(0);
    const { rescue = fail() } = await db.restore(backup, 'r');
    expect(readdirSync(place.folder).filter((n) => !n.includes('rescue'))).toEqual(['app.db']);
    expect(select(place.file, 'PRAGMA integrity_check')).toEqual([['ok']]);
    expect(select(place.file, 'PRAGMA main.journal_mode'.replace('PRAGMA main.', 'SELECT * FROM pragma_'))).toEqual([
      [mode],
    ]);
    expect(select(place.file, "SELECT count(*) FROM reports WHERE title = 'writer'")).toEqual([[0]]);
    expect(select(rescue, 'SELECT max(id) FROM reports')[0]?.[0]).toBeGreaterThanOrEqual(writer.committed());
    expect(select(rescue, ORPHANS)).toEqual([[0]]);
  });
});

describe('killed clients', () => {
  const killed = (seconds: number) => ['timeout', '-s', 'KILL', String(seconds), 'python3', '-I', '-c', PYTHON];

  test('a backup begins again, and the partial is gone', async () => {
    place = await makePlace('python3', FIXTURE + FILLER);
    let deaths = 0;
    for (let i = 0; i < 12; i++) {
      const dying = await place.open({ client: killed(0.06 + 0.02 * i) });
      await dying.backup('main-1').catch((error: Error) => {
        deaths++;
        expect(error.message).toMatch('gave no answer');
      });
      expect(readdirSync(join(place.folder, '../backups/main')).filter((n) => n.includes('partial'))).toEqual([]);
      if ((await place.db.backups()).length > 0) break;
    }
    expect(deaths).toBeGreaterThan(2);
    write(join(place.folder, '../backups/main/main-0.sqlite.partial'), 'left');
    write(join(place.folder, '../backups/main/main-0.sqlite.partial-journal'), 'left');
    write(join(place.folder, '../backups/main/orphan.sqlite'), 'left');
    await place.db.verify(await place.db.backup('main-2'));
    expect(readdirSync(join(place.folder, '../backups/main')).filter((n) => /partial|orphan/.test(n))).toEqual([]);
  });

  test('a migration is applied or not', async () => {
    place = await makePlace('python3', `PRAGMA journal_mode = wal; ${FIXTURE}`);
    const sql = `CREATE TABLE late (x); ${'INSERT INTO late SELECT hex(randomblob(100)) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n);'.repeat(4)}`;
    let deaths = 0;
    for (let i = 0; i < 10; i++) {
      const dying = await place.open({ client: killed(0.05 + 0.03 * i) });
      await dying.applyFiles(await dying.live(), [{ name: '1.sql', sql }]).catch(() => deaths++);
      const rows = (await place.db.inspect(await place.db.live())).rows['late'];
      expect([undefined, 80_000]).toContain(rows);
      if (rows !== undefined) break;
    }
    expect(deaths).toBeGreaterThan(1);
    await place.db.applyFiles(await place.db.live(), [{ name: '1.sql', sql }]);
    expect((await place.db.inspect(await place.db.live())).rows['late']).toBe(80_000);
  });
});

describe('node-sqlite3-wasm', () => {
  const wasm = CLIENTS['wasm']?.client;
  const node = createRequire(import.meta.url).resolve('node/bin/node');

  test('locks against programs of its own kind, and frees what a dead one left', async () => {
    place = await makePlace(wasm, FIXTURE + FILLER);
    const program = `const { Database } = require('node-sqlite3-wasm'); const db = new Database(process.argv[1]); db.exec('PRAGMA busy_timeout = 20000');
      for (;;) { db.exec("BEGIN IMMEDIATE; INSERT INTO reports (title) VALUES ('writer'); INSERT INTO results VALUES (last_insert_rowid(), 'w', 1); COMMIT"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15); }`;
    const child = spawn(node, ['-e', program, place.file], { cwd: new URL('.', import.meta.url).pathname });
    let errors = '';
    child.stderr.on('data', (chunk) => (errors += chunk));
    const ended = new Promise((resolve) => child.on('close', resolve));
    ends.push(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    const db = await place.open({ 'busy-timeout': 20_000 });
    for (let i = 0; i < 3; i++) {
      const backup = await db.verify(await db.backup(`main-${i}`));
      expect(select(backup.path, ORPHANS)).toEqual([[0]]);
    }
    expect((await db.backups())[2]?.inspection.rows['reports']).toBeGreaterThan(4);
    child.kill('SIGKILL');
    await ended;
    expect(errors).toBe('');
    if (!existsSync(`${place.file}.lock`)) execFileSync('mkdir', [`${place.file}.lock`]);
    execFileSync('touch', ['-d', '1 minute ago', `${place.file}.lock`]);
    await db.inspect(await db.live());
    expect(existsSync(`${place.file}.lock`)).toBe(false);
  });

  test('refuses a database in WAL mode', async () => {
    place = await makePlace(wasm, `PRAGMA journal_mode = wal; ${FIXTURE}`);
    await expect(place.db.backup('main-1')).rejects.toThrow('WAL mode, which node-sqlite3-wasm does not know');
  });
});

function fail(message = 'missing'): never {
  throw new Error(message);
}
