import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Place } from './support.ts';
import { CLIENTS, FIXTURE, makePlace, python, select } from './support.ts';

let place: Place;
afterEach(() => place.close());

describe.each(Object.entries(CLIENTS))('%s', (_name, { client }) => {
  const start = async (sql: string | undefined = FIXTURE) => {
    place = await makePlace(client, sql);
    return place.db;
  };
  const rehearse = async () => {
    const db = await start();
    const backup = await db.backup('main-1');
    return { db, backup, copy: await db.scratch(backup, 'rehearsal') };
  };

  test('tells objects and exact rows, without the parts of a search index', async () => {
    const db = await start();
    const found = await db.inspect(await db.live());
    expect(found.rows).toEqual({
      reports: 4,
      results: 3,
      tags: 3,
      log: 3,
      sums: 2,
      'odd "name" /': 1,
      pages: 2,
      blank: 0,
    });
    expect(found.objects.filter((o) => o.kind !== 'table').map((o) => `${o.kind} ${o.name}`)).toEqual([
      'index reports_title',
      'trigger reports_log',
      'view titles',
    ]);
    expect(found.bytes).toBe(statSync(place.file).size);
    expect(found.serverVersion).toMatch(/^SQLite 3\.\d+/);
  });

  test('brings every kind of value through', async () => {
    const db = await start();
    const result = await db.query(
      await db.live(),
      'SELECT id, title, note, score, big, data, 0.1 + 0.2 AS sum FROM reports -- all\nORDER BY id;',
    );
    expect(result.columns).toEqual(['id', 'title', 'note', 'score', 'big', 'data', 'sum']);
    expect(result.rows).toEqual([
      [1, 'one', null, 1.5, '9007199254740993', "x'00ff10'", 0.1 + 0.2],
      [2, "zwei; 'quoted'", 'line\nfeed\ttab', 0.1, '-9223372036854775808', "x''", 0.1 + 0.2],
      [3, '三 ☃ 🎈', '', Infinity, 0, null, 0.1 + 0.2],
      [4, '', 'x', expect.closeTo(0), null, "x'000000'", 0.1 + 0.2],
    ]);
    expect(result.ms).toBeGreaterThanOrEqual(0);
    expect(result.ms).toBeLessThan(5000);
  });

  test('measures the query inside the client', async () => {
    const db = await start();
    const { ms } = await db.query(
      await db.live(),
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT sum(i) FROM n',
    );
    expect(ms).toBeGreaterThan(5);
  });

  test('refuses a result that no host would keep', async () => {
    const db = await start();
    await expect(db.query(await db.live(), 'SELECT hex(zeroblob(300000)) AS a FROM log')).rejects.toThrow(
      'the result is larger than 1 MB',
    );
  });

  test('asks the live database without changing it', async () => {
    const db = await start();
    await expect(db.query(await db.live(), 'DELETE FROM log')).rejects.toThrow(/readonly|read.only/);
    await expect(db.query(await db.live(), 'SELECT 1; SELECT 2')).rejects.toThrow('one statement');
    await expect(db.query(await db.live(), 'SELECT * FROM nowhere')).rejects.toThrow(
      'database main: no such table: nowhere',
    );
    expect(select(place.file, 'SELECT count(*) FROM log')).toEqual([[3]]);
  });

  test('makes a backup that restores', async () => {
    const db = await start();
    const progress: number[] = [];
    const backup = await db.backup('main-20261121T021109Z-v1.2.0', (p) => progress.push(p.done));
    expect(backup).toMatchObject({
      database: 'main',
      engine: 'sqlite',
      bytes: statSync(backup.path).size,
      verified: undefined,
      inspection: { rows: { reports: 4 } },
    });
    expect(progress.at(-1)).toBe(backup.bytes);
    expect(statSync(backup.path).mode & 0o777).toBe(0o600);
    const verified = await db.verify(backup);
    expect(verified.verified?.how).toMatch('integrity_check and foreign_key_check passed');
    expect(await db.backups()).toEqual([verified]);
    expect(select(backup.path, 'SELECT * FROM results ORDER BY 1, 2').length).toBe(3);
    const folder = join(backup.path, '..');
    expect(readdirSync(folder).sort()).toEqual([`${backup.id}.json`, `${backup.id}.sqlite`, 'scratch']);
    expect(readdirSync(join(folder, 'scratch'))).toEqual([]);
    expect(await db.compare(backup, await db.live())).toEqual({
      schema: [],
      rows: [],
    });
  });

  test('an empty database has a backup too', async () => {
    const db = await start('');
    const backup = await db.verify(await db.backup('main-1'));
    expect(backup.inspection).toMatchObject({ objects: [], rows: {} });
    expect((await db.restore(backup, 'r')).rescue).toBe(`${place.file}.rescue-r`);
  });

  test('a copy is a copy', async () => {
    const { db, copy } = await rehearse();
    expect(db.environment(copy)).toEqual({ DB_PATH: copy.address });
    await db.query(copy, 'DELETE FROM log');
    expect((await db.inspect(copy)).rows['log']).toBe(0);
    expect((await db.inspect(await db.live())).rows['log']).toBe(3);
    await db.drop(copy);
    expect(existsSync(copy.address)).toBe(false);
    await expect(db.drop(await db.live())).rejects.toThrow('is no scratch copy');
  });

  test('says what differs, in schema and rows', async () => {
    const { db, backup, copy } = await rehearse();
    python(
      copy.address,
      `ALTER TABLE reports ADD COLUMN owner TEXT DEFAULT 'nobody'; ALTER TABLE log RENAME COLUMN line TO text; DROP VIEW titles; DROP INDEX reports_title;
       CREATE TABLE fresh (id INTEGER PRIMARY KEY); INSERT INTO fresh VALUES (1); DROP TABLE sums;
       UPDATE reports SET title = upper(title) WHERE id IN (1, 2); UPDATE reports SET note = 'n', big = 1 WHERE id = 3; DELETE FROM results WHERE report = 1;
       INSERT INTO tags VALUES ('z', NULL); DELETE FROM tags WHERE tag IS NULL; UPDATE pages SET body = 'other' WHERE rowid = 2;
       INSERT INTO "odd ""name"" /" VALUES ('1', '2', '3');`,
    );
    const found = await db.compare(backup, copy);
    expect(found.schema.toSorted()).toEqual([
      'index reports_title is gone',
      'table fresh is new',
      'table log: column line is gone',
      'table log: column text is new (TEXT)',
      "table reports: column owner is new (TEXT DEFAULT 'nobody')",
      'table sums is gone',
      'view titles is gone',
      // Renaming a column rewrites the trigger that names it only where it does so by name.
    ]);
    expect(found.rows.toSorted()).toEqual([
      'fresh: 1 row in a new table',
      'odd "name" /: 1 row is new',
      'pages: 1 row changed (rowid 2: body)',
      'reports: 3 rows changed (id 1, 2: title; 3: note, big)',
      'results: 2 rows are missing (report, the key [1, "a"], [1, "b"])',
      'sums: 2 rows gone with the table',
      'tags: 1 row is missing (tag null)',
      'tags: 1 row is new (tag "z")',
    ]);
  });

  test('applies files once, each as a whole', async () => {
    const { db, copy } = await rehearse();
    const files = [
      {
        name: '001-owner.sql',
        sql: "-- adds owners; really\nALTER TABLE reports ADD COLUMN owner TEXT;\nUPDATE reports SET owner = 'a;b' /* ; */;\n",
      },
      {
        name: "002-it's.sql",
        sql: 'CREATE TRIGGER t2 AFTER INSERT ON log BEGIN\n  UPDATE log SET line = line;\n  SELECT 1;\nEND;\nINSERT INTO blank VALUES (1)',
      },
    ];
    expect(await db.applyFiles(copy, files)).toEqual(['001-owner.sql', "002-it's.sql"]);
    expect(await db.applyFiles(copy, files)).toEqual([]);
    const after = await db.inspect(copy);
    expect(after.rows['blank']).toBe(1);
    expect(Object.keys(after.rows)).not.toContain('_release_runbook_migrations');
    expect(after.objects.some((o) => o.name === 't2')).toBe(true);
    await expect(db.applyFiles(copy, [{ name: '001-owner.sql', sql: 'SELECT 1' }])).rejects.toThrow(
      '001-owner.sql was changed after it was applied',
    );
    const broken = { name: '003.sql', sql: 'INSERT INTO blank VALUES (2);\n\nINSERT INTO nowhere VALUES (1);' };
    await expect(db.applyFiles(copy, [broken])).rejects.toMatchObject({
      message: 'no such table: nowhere; 003.sql was rolled back as a whole; nothing was changed',
      at: { file: '003.sql', line: 3 },
    });
    await expect(db.applyFiles(copy, [{ name: '004.sql', sql: 'SELECT 1;\n  COMMIT;' }])).rejects.toMatchObject({
      at: { file: '004.sql', line: 2 },
    });
    await expect(db.applyFiles(copy, [{ name: '005.sql', sql: 'SELECT 1;\n.shell touch /tmp/never' }])).rejects.toThrow(
      'no SQL statement',
    );
    expect((await db.inspect(copy)).rows['blank']).toBe(1);
  });

  test('a file that orphans rows is rolled back, and rebuilding a table does not delete its children', async () => {
    const { db, copy } = await rehearse();
    await expect(db.applyFiles(copy, [{ name: '1.sql', sql: 'DELETE FROM reports WHERE id = 1' }])).rejects.toThrow(
      'leaves rows whose parent is missing',
    );
    const rebuild =
      'CREATE TABLE new (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO new SELECT id, title FROM reports; DROP VIEW titles; DROP TABLE reports; ALTER TABLE new RENAME TO reports;';
    await db.applyFiles(copy, [{ name: '2.sql', sql: rebuild }]);
    expect((await db.inspect(copy)).rows).toMatchObject({ reports: 4, results: 3 });
  });

  test('counts and exports what was written since', async () => {
    const db = await start();
    const backup = await db.backup('main-1');
    python(
      place.file,
      `ALTER TABLE reports ADD COLUMN owner TEXT; INSERT INTO reports (title, note, big, data, owner) VALUES ('neu' || char(10) || 'zwei' || char(13) || char(7), 'it''s', 9007199254740993, x'00FF', 'me');
       UPDATE reports SET score = 2.5 WHERE id = 2; DELETE FROM results WHERE report = 2; INSERT INTO results VALUES (3, 'k', 1e300);
       INSERT INTO log VALUES ('same'); INSERT INTO "odd ""name"" /" VALUES ('1', '2', NULL); CREATE TABLE fresh (id INTEGER PRIMARY KEY, t TEXT); INSERT INTO fresh VALUES (7, 't');
       INSERT INTO sums VALUES (5, 6); UPDATE reports SET owner = 'only new column' WHERE id = 1; INSERT INTO tags VALUES (NULL, '9');`,
    );
    const found = Object.fromEntries((await db.since(backup)).map((d) => [d.table, d]));
    expect(found['reports']).toEqual({ table: 'reports', key: ['id'], added: 1, changed: 1, missing: 0 });
    expect(found['results']).toEqual({
      table: 'results',
      key: ['report', 'the key'],
      added: 1,
      changed: 0,
      missing: 1,
    });
    expect(found['log']).toEqual({ table: 'log', key: ['rowid'], added: 1, changed: 0, missing: 0 });
    expect(found['odd "name" /']).toEqual({ table: 'odd "name" /', key: null, added: 1, changed: 0, missing: 0 });
    expect(found['fresh']).toEqual({ table: 'fresh', key: ['id'], added: 1, changed: 0, missing: 0 });
    expect(found['blank']).toEqual({ table: 'blank', key: ['id'], added: 0, changed: 0, missing: 0 });
    expect((await db.since(backup, ['log'])).map((d) => d.table)).toEqual(['log']);

    const exported = await db.exportSince(backup, join(place.folder, 'export'));
    expect(exported.rows).toMatchObject({ reports: 2, results: 2, log: 1, fresh: 1, sums: 1 });
    const names = readdirSync(exported.path);
    const read = (table: string, ending: string) =>
      readFileSync(join(exported.path, names.find((n) => n.endsWith(`-${table}.${ending}`)) ?? '?'), 'utf8');
    for (const name of names) expect(statSync(join(exported.path, name)).mode & 0o777).toBe(0o600);
    const lines = read('reports', 'jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      expect.objectContaining({
        change: 'changed',
        key: { id: 2 },
        row: expect.objectContaining({
          score: 2.5,
          note: 'line\nfeed\ttab',
          data: '',
          big: '-9223372036854775808',
          owner: null,
        }),
        before: expect.objectContaining({ score: 0.1 }),
      }),
      {
        table: 'reports',
        change: 'added',
        key: { id: 5 },
        row: {
          id: 5,
          title: 'neu\nzwei\r\u0007',
          note: "it's",
          score: null,
          big: '9007199254740993',
          data: '00FF',
          owner: 'me',
        },
      },
    ]);
    expect(read('results', 'sql')).toContain(`-- DELETE FROM "results" WHERE "report" IS 2 AND "the key" IS 'a';`);

    // Restored, then given back what was written: equal again in what the old schema has.
    await db.restore(backup, 'r1');
    for (const name of names.filter((n) => n.endsWith('.sql') && !n.includes('fresh')))
      python(place.file, readFileSync(join(exported.path, name), 'utf8'));
    const left = (await db.compare({ ...backup, path: `${place.file}.rescue-r1` }, await db.live())).rows;
    expect(left.toSorted()).toEqual([
      'fresh: 1 row gone with the table',
      'results: 1 row is new (report, the key [2, "a"])',
    ]);
  });

  test('restores what was backed up, and keeps the rescue', async () => {
    const db = await start();
    const backup = await db.backup('main-1');
    python(place.file, "DELETE FROM results; UPDATE reports SET title = 'spoilt'; CREATE TABLE more (x);");
    const { rescue } = await db.restore(backup, 'v1.2.0');
    expect(rescue).toBe(`${place.file}.rescue-v1.2.0`);
    expect(await db.compare(backup, await db.live())).toEqual({
      schema: [],
      rows: [],
    });
    expect(select(rescue ?? '', "SELECT count(*) FROM reports WHERE title = 'spoilt'")).toEqual([[4]]);
    python(place.file, "INSERT INTO log VALUES ('written afterwards')");
    expect(await db.restore(backup, 'v1.2.0')).toEqual({ rescue });
    expect(select(place.file, "SELECT count(*) FROM log WHERE line = 'written afterwards'")).toEqual([[1]]);
  });

  test('a missing file is told, and comes back by a restore', async () => {
    const db = await start();
    const backup = await db.backup('main-1');
    rmSync(place.file);
    await expect(db.inspect(await db.live())).rejects.toThrow(`the file ${place.file} cannot be opened`);
    expect(existsSync(place.file)).toBe(false);
    expect(await db.restore(backup, 'r')).toEqual({ rescue: undefined });
    expect((await db.inspect(await db.live())).rows['reports']).toBe(4);
  });
});
