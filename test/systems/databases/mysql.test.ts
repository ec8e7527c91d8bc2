import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Backup, Database } from '@release-runbook/databases/types';
import type { Loaded } from '../../support/servers/data/loaded.ts';
import { loadMysql } from '../../support/servers/data/mysql.ts';
import { type Bench, ENGINES, makeBench, startWriter } from './mysql-support.ts';

describe.each(ENGINES)('%s', (name, start) => {
  let bench: Bench;
  let db: Database;
  let data: Loaded;
  let backup: Backup;
  const sql = (text: string) => bench.server.sql(text);

  beforeAll(async () => {
    bench = await makeBench(start);
    data = await loadMysql(bench.server);
    db = await bench.database();
    backup = await db.verify(await db.backup('first'));
  }, 120_000);
  afterAll(() => bench.close(), 60_000);

  test('a backup of what bites restores to the same objects and rows', async () => {
    expect(backup.inspection.rows).toEqual(data.rows);
    expect(backup.verified?.how).toContain('restored into a scratch server');
    expect(await db.compare(backup, await db.live())).toEqual({ schema: [], rows: [] });
    const kinds = new Set(backup.inspection.objects.map(({ kind }) => kind));
    for (const kind of [
      'table',
      'column',
      'index',
      'foreign key',
      'check',
      'view',
      'trigger',
      'function',
      'procedure',
      'event',
    ])
      expect(kinds).toContain(kind);
    if (name === 'mariadb') expect(kinds).toContain('sequence');
    const texts = backup.inspection.objects.map(({ definition }) => definition).join('\n');
    expect(texts).not.toContain('`shop`.');
    expect(texts).not.toMatch(/auto_increment=\d/i);
  }, 60_000);

  test('no password in any file that is left, and no option file', () => {
    for (const entry of readdirSync(bench.folder, { recursive: true, withFileTypes: true })) {
      expect(entry.name).not.toMatch(/^mysql-\d+-/);
      if (!entry.isFile()) continue;
      expect(readFileSync(join(entry.parentPath, entry.name)).includes(bench.server.admin.password)).toBe(false);
    }
  });

  test('rows since the backup: counted, named, exported, and put back', async () => {
    await sql(`INSERT INTO customers (id, email, name, created) VALUES (77, 'new@example.com', 'tab\\t, quote '' and \\\\ 🎈', '2026-01-01');
      UPDATE every_type SET v = 'changed', d = 0.1 + 0.2, lb = x'00ff0a' WHERE id = 1;
      DELETE FROM order_lines WHERE order_id = 2;
      INSERT INTO log_without_key VALUES ('2025-01-01', 'twice'), ('2026-02-02', 'fresh');`);
    const since = Object.fromEntries(
      (await db.since(backup)).map((one) => [one.table, [one.added, one.changed, one.missing]]),
    );
    expect(since).toMatchObject({
      customers: [1, 0, 0],
      every_type: [0, 1, 0],
      order_lines: [0, 0, 1],
      log_without_key: [2, 0, 0],
      orders: [0, 0, 0],
    });
    const { rows } = await db.compare(backup, await db.live());
    expect(rows.join('\n')).toMatch(/every_type: 1 row changed.*\b1\b.*d, v, lb|every_type: 1 row changed/);
    expect(rows.join('\n')).toContain('77');
    const { path, rows: counts } = await db.exportSince(backup, 'since');
    expect(counts).toEqual({ customers: 1, every_type: 1, order_lines: 1, log_without_key: 2 });
    const before = await db.query(await db.live(), 'SELECT * FROM every_type WHERE id = 1');
    const customer = await db.query(await db.live(), 'SELECT * FROM customers WHERE id = 77');
    await sql(`DELETE FROM customers WHERE id = 77; UPDATE every_type SET v = '', d = 0, lb = '' WHERE id = 1;`);
    for (const file of readdirSync(path).filter((one) => one.endsWith('.sql') && /customers|every/.test(one)))
      await sql(
        `SET NAMES utf8mb4; SET time_zone = '+00:00'; SET sql_mode = 'NO_BACKSLASH_ESCAPES';\n${readFileSync(join(path, file), 'utf8')}`,
      );
    expect((await db.query(await db.live(), 'SELECT * FROM every_type WHERE id = 1')).rows).toEqual(before.rows);
    expect((await db.query(await db.live(), 'SELECT * FROM customers WHERE id = 77')).rows).toEqual(customer.rows);
    for (const file of readdirSync(path).filter((one) => one.endsWith('.jsonl')))
      for (const line of readFileSync(join(path, file), 'utf8').trim().split('\n')) JSON.parse(line);
  }, 60_000);

  test('a writer during the dump: the counts are those of its snapshot', async () => {
    const writer = startWriter(bench.server);
    await sleep(300);
    const taken = await db.backup('busy');
    expect(writer.ended()).toBe(false);
    const all = await writer.stop();
    expect(all).toBeGreaterThan(50);
    const verified = await db.verify(taken);
    expect(verified.inspection.rows.audit).toBeGreaterThan(backup.inspection.rows.audit as number);
    expect(verified.inspection.rows.audit).toBeLessThan((backup.inspection.rows.audit as number) + all);
  }, 60_000);

  test('an account that may not lock the server: exact while it is quiet, else counted apart, and said so', async () => {
    const own = bench.engine({ account: bench.server.owner });
    const file = join(bench.folder, 'owned.sql');
    const quiet = await own.dump(own.live, file);
    expect(quiet.countedApart).toBeUndefined();
    expect(quiet.rows).toEqual(await own.count(own.live, await own.tables(own.live)));
    const writer = startWriter(bench.server);
    await sleep(300);
    const busy = await own.dump(own.live, file);
    expect(writer.ended()).toBe(false); // no transaction of the application became the victim of a lock
    await writer.stop();
    expect(busy.countedApart).toContain('GRANT RELOAD');
  }, 60_000);

  test('files that are cut, damaged or empty are refused', async () => {
    const engine = bench.engine();
    const place = { server: engine.live.server, database: 'shop_elsewhere' };
    const whole = readFileSync(backup.path);
    const file = join(bench.folder, 'damaged.sql.zst');
    for (const bytes of [0, 20, Math.floor(whole.length / 2), whole.length - 3]) {
      writeFileSync(file, whole);
      truncateSync(file, bytes);
      await expect(engine.load(file, place)).rejects.toThrow(/cut|damaged|no dump/);
    }
    const plain = join(bench.folder, 'plain.sql');
    await bench.host.shell('zstd -qdcf "$A" >"$B"', { env: { A: backup.path, B: plain } });
    const text = readFileSync(plain, 'utf8');
    writeFileSync(plain, text.slice(0, text.indexOf('-- release-runbook programs')));
    await expect(engine.load(plain, place)).rejects.toThrow('ends before its trailer');
    writeFileSync(plain, '');
    appendFileSync(plain, text.replace('CREATE TABLE `audit`', 'CREATE TABLE audit audit'));
    await expect(engine.load(plain, place)).rejects.toThrow(/error 1064/);
    await engine.drop(place);
    expect(await engine.exists(place)).toBe(false);
    expect(statSync(backup.path).size).toBe(backup.bytes);
  }, 60_000);

  test('wrong password and missing rights are named, with what to run', async () => {
    const wrong = bench.engine({ account: bench.server.admin, password: 'not it' });
    await expect(wrong.version(wrong.live)).rejects.toThrow(/error 1045/);
    const reader = bench.engine({ account: bench.server.reader });
    await expect(reader.checkDump(reader.live)).rejects.toMatchObject({
      message: expect.stringContaining('lacks SHOW VIEW, TRIGGER, EVENT'),
      hint: expect.stringContaining("GRANT SHOW VIEW, TRIGGER, EVENT, EXECUTE ON `shop`.* TO 'reader'@'%'"),
    });
    const owner = bench.engine({ account: bench.server.owner });
    await expect(owner.longTransactions(owner.live, 1)).rejects.toMatchObject({
      hint: expect.stringContaining('GRANT PROCESS'),
    });
    // Objects of root are in the dump: the owner could not make them again, and nothing is dropped for that.
    await expect(owner.load(backup.path, owner.live)).rejects.toThrow('nothing was changed');
    expect((await owner.tables(owner.live)).length).toBeGreaterThan(5);
  }, 60_000);

  test('tables without transactions are refused with the ALTER to run', async () => {
    await sql('CREATE TABLE old_engine (id INT PRIMARY KEY) ENGINE=MyISAM');
    await expect(db.backup('mixed')).rejects.toMatchObject({
      hint: 'ALTER TABLE `shop`.`old_engine` ENGINE=InnoDB;',
    });
    await sql('DROP TABLE old_engine');
  }, 60_000);

  test('DDL while the dump runs is found', async () => {
    let stop = false;
    const changing = (async () => {
      for (let i = 0; !stop; i++) await sql(`ALTER TABLE documents ADD COLUMN d${i} INT`);
    })();
    const failures: string[] = [];
    for (let i = 0; i < 5 && failures.length === 0; i++)
      await db.backup(`ddl-${i}`).catch((error: Error) => failures.push(error.message));
    stop = true;
    await changing;
    await sql(
      (
        await sql(
          "SELECT CONCAT('ALTER TABLE documents DROP COLUMN ', column_name, ';') FROM information_schema.columns WHERE table_schema = 'shop' AND table_name = 'documents' AND column_name LIKE 'd%'",
        )
      ).replace(/.*COLUMN (id|body);\n/, ''),
    );
    expect(failures.join('\n')).toMatch(/changed \(DDL\)|error 1412|definition has changed/i);
  }, 120_000);

  test('a scratch copy: rehearsed on, compared, and ended by a later run when its own has died', async () => {
    const copy = await db.scratch(backup, 'rehearsal');
    expect(db.environment(copy).DATABASE_URL).toMatch(/^mysql:\/\/root:.*@127\.0\.0\.1:\d+\/shop$/);
    const files = [
      { name: '001.sql', sql: 'ALTER TABLE audit ADD COLUMN note TEXT;\nDELETE FROM audit WHERE id = 1;' },
      {
        name: '002.sql',
        sql: "DELIMITER //\nCREATE PROCEDURE extra() BEGIN SELECT 1; SELECT 2; END//\nDELIMITER ;\nUPDATE orders SET id_text = 'a;b' WHERE id = 1",
      },
    ];
    expect(await db.applyFiles(copy, files)).toEqual(['001.sql', '002.sql']);
    expect(await db.applyFiles(copy, files)).toEqual([]);
    const difference = await db.compare(backup, copy);
    expect(difference.schema.join('\n')).toMatch(/column audit\.note is new/);
    expect(difference.schema.join('\n')).toMatch(/procedure extra is new/);
    expect(difference.rows.join('\n')).toMatch(/audit.*1/);
    expect(difference.rows.join('\n')).toMatch(/orders: 1 row changed/);
    // The runner dies here; another one begins the same rehearsal.
    const [folder] = readdirSync(join(bench.folder, 'backups/main/scratch'));
    const home = readFileSync(join(bench.folder, 'backups/main/scratch', folder as string, 'home'), 'utf8').trim();
    const pid = Number(readFileSync(join(home, 'pid'), 'utf8'));
    process.kill(pid, 0);
    const second = await bench.database();
    const again = await second.scratch(backup, 'rehearsal');
    expect(() => process.kill(pid, 0)).toThrow();
    expect((await second.compareSchema(backup, again)).length).toBe(0);
    await second.drop(again);
    expect(readdirSync(join(bench.folder, 'backups/main/scratch'))).toEqual([]);
  }, 90_000);

  test('a file that fails in its middle: which statement, what stays', async () => {
    const live = await db.live();
    const bad = (text: string) => db.applyFiles(live, [{ name: 'bad.sql', sql: text }]);
    await expect(
      bad(
        "CREATE TABLE half (id INT);\nINSERT INTO half VALUES (1);\n\nINSERT INTO half\n VALUES ('x;', 2);\nDROP TABLE half;",
      ),
    ).rejects.toMatchObject({
      message: expect.stringMatching(
        /statement 3 of 4.*error 1136.*statement 1 is done and stays.*statement 2 was rolled back/,
      ),
    });
    expect((await db.query(live, 'SELECT COUNT(*) FROM half')).rows).toEqual([['0']]);
    await sql('DROP TABLE half');
    await expect(bad("INSERT INTO audit (what) VALUES ('never closed);")).rejects.toThrow('never closed');
    const engine = bench.engine();
    expect(await engine.applied(engine.live)).toEqual({});
  }, 60_000);

  test('a migration does not wait for a lock for ever, and who holds it is told', async () => {
    const held = bench.server.sql("BEGIN; UPDATE audit SET who = 'x' WHERE id = 1; DO SLEEP(8); ROLLBACK;");
    await sleep(2500);
    const engine = bench.engine();
    const [line] = await engine.longTransactions(engine.live, 1);
    expect(line).toMatch(/^session \d+ of root@.*transaction is open for \d+ s, \d+ rows locked/);
    const from = performance.now();
    await expect(
      db.applyFiles(await db.live(), [{ name: 'wait.sql', sql: 'ALTER TABLE audit ADD COLUMN w INT' }]),
    ).rejects.toThrow(/error 1205.*nothing of it was done/);
    expect(performance.now() - from).toBeLessThan(5500);
    await held;
  }, 60_000);

  test('a query on the live database only reads', async () => {
    const live = await db.live();
    await expect(db.query(live, 'DELETE FROM audit')).rejects.toThrow(/READ ONLY/i);
    await expect(db.query(live, 'DROP TABLE audit')).rejects.toThrow(/READ ONLY/i);
    await expect(db.query(live, 'SELECT 1; DELETE FROM audit')).rejects.toThrow('one statement');
    const { columns, rows, ms } = await db.query(live, "SELECT 'a<b>&\n\"' AS `x<y`, NULL AS n, SLEEP(0.2) AS s");
    expect(columns).toEqual(['x<y', 'n', 's']);
    expect(rows).toEqual([['a<b>&\n"', null, '0']]);
    expect(ms).toBeGreaterThan(190);
  }, 60_000);
});
