import { describe, expect, test } from '@jest/globals';
import { dataProbes } from '@release-runbook/databases/lint/probes';
import type { Engine, LintInput } from '@release-runbook/databases/lint/types';
import { KNOWN } from './support.ts';

const probes = (engine: Engine, sql: string, options: Partial<LintInput> = {}) =>
  dataProbes({ engine, files: [{ name: 'm.sql', sql }], canary: true, ...options });

describe('probes', () => {
  test.each<[Engine, string, ...string[]]>([
    ['postgres', 'ALTER TABLE orders ALTER note SET NOT NULL', 'SELECT COUNT(*) FROM orders WHERE note IS NULL;'],
    [
      'postgres',
      'ALTER TABLE orders ADD UNIQUE (ref, "Note")',
      'SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT ref, "Note", COUNT(*) FROM orders WHERE ref IS NOT NULL AND "Note" IS NOT NULL GROUP BY 1, 2 HAVING COUNT(*) > 1) AS d (k0, k1, n);',
    ],
    [
      'postgres',
      'ALTER TABLE orders ADD UNIQUE NULLS NOT DISTINCT (ref)',
      'SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT ref, COUNT(*) FROM orders GROUP BY 1 HAVING COUNT(*) > 1) AS d (k0, n);',
    ],
    [
      'postgres',
      'CREATE UNIQUE INDEX ON shop."Order" (lower(ref) text_pattern_ops) WHERE NOT deleted',
      'SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT lower(ref), COUNT(*) FROM shop."Order" WHERE lower(ref) IS NOT NULL AND (NOT deleted) GROUP BY 1 HAVING COUNT(*) > 1) AS d (k0, n);',
    ],
    [
      'postgres',
      'ALTER TABLE orders ADD CHECK (amount\n > 0)',
      'SELECT COUNT(*) FROM orders WHERE NOT (amount\n > 0);',
    ],
    [
      'postgres',
      'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)',
      'SELECT COUNT(*) FROM orders AS c WHERE c.user_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM users AS p WHERE p.id = c.user_id);',
    ],
    // What users' primary key is has to be known.
    ['postgres', 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users'],
    ['postgres', 'ALTER TABLE orders ADD total int NOT NULL', 'SELECT COUNT(*) FROM orders;'],
    [
      'postgres',
      'ALTER TABLE orders ALTER note TYPE varchar(5)',
      'SELECT COUNT(*) FROM orders WHERE CHAR_LENGTH(CAST(note AS text)) > 5;',
    ],
    ['postgres', 'ALTER TABLE orders ALTER note TYPE varchar(5) USING left(note, 5)'],
    ['postgres', 'ALTER TABLE orders ADD n int UNIQUE, ADD m int NOT NULL DEFAULT 1, ALTER a DROP NOT NULL'],
    ['postgres', 'CREATE TABLE n (a int); ALTER TABLE n ALTER a SET NOT NULL; CREATE UNIQUE INDEX ON n (a)'],
    [
      'postgres',
      'ALTER TABLE orders ADD n int; ALTER TABLE orders ALTER n SET NOT NULL, ADD UNIQUE (n), ADD CHECK (n > 0)',
    ],
    ['postgres', 'CREATE INDEX ON orders (ref); DELETE FROM orders'],
    // By the names from before.
    [
      'postgres',
      'ALTER TABLE orders RENAME TO purchases; ALTER TABLE purchases RENAME note TO remark; ALTER TABLE purchases ALTER remark SET NOT NULL',
      'SELECT COUNT(*) FROM orders WHERE note IS NULL;',
    ],
    ['mysql', 'ALTER TABLE orders MODIFY `key` INT NOT NULL', 'SELECT COUNT(*) FROM orders WHERE `key` IS NULL;'],
    [
      'mysql',
      'ALTER TABLE orders ADD UNIQUE (ref, note(10))',
      'SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM orders WHERE ref IS NOT NULL AND LEFT(note, 10) IS NOT NULL GROUP BY ref, LEFT(note, 10) HAVING COUNT(*) > 1) AS d;',
    ],
    // MySQL fills in an empty value.
    ['mysql', 'ALTER TABLE orders ADD total INT NOT NULL'],
    [
      'mysql',
      'ALTER TABLE orders ADD PRIMARY KEY (id)',
      'SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM orders WHERE id IS NOT NULL GROUP BY id HAVING COUNT(*) > 1) AS d;',
      'SELECT COUNT(*) FROM orders WHERE id IS NULL;',
    ],
    [
      'sqlite',
      'CREATE UNIQUE INDEX u ON orders (ref COLLATE NOCASE)',
      'SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM orders WHERE ref COLLATE NOCASE IS NOT NULL GROUP BY ref COLLATE NOCASE HAVING COUNT(*) > 1) AS d;',
    ],
    ['sqlite', 'ALTER TABLE "my orders" ADD k TEXT NOT NULL', 'SELECT COUNT(*) FROM "my orders";'],
  ])('%s: %s', async (engine, sql, ...expected) => {
    expect((await probes(engine, sql)).map((probe) => probe.sql)).toEqual(expected);
  });

  test.each<[Engine, string, ...string[]]>([
    [
      'postgres',
      'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users',
      'SELECT COUNT(*) FROM orders AS c WHERE c.user_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM users AS p WHERE p.id = c.user_id);',
    ],
    ['postgres', 'ALTER TABLE orders ALTER ref SET NOT NULL'],
    ['postgres', 'ALTER TABLE orders ALTER ref TYPE varchar(40)'],
    [
      'postgres',
      'ALTER TABLE orders ALTER amount TYPE smallint',
      'SELECT COUNT(*) FROM orders WHERE amount NOT BETWEEN -32768 AND 32767;',
    ],
    [
      'mysql',
      'ALTER TABLE orders MODIFY amount TINYINT UNSIGNED',
      'SELECT COUNT(*) FROM orders WHERE amount NOT BETWEEN 0 AND 255;',
    ],
    ['mysql', 'ALTER TABLE orders MODIFY amount INT NOT NULL', 'SELECT COUNT(*) FROM orders WHERE amount IS NULL;'],
    [
      'sqlite',
      'CREATE TABLE n (id INTEGER PRIMARY KEY, note TEXT NOT NULL UNIQUE, ref TEXT UNIQUE); INSERT INTO n SELECT id, note, ref FROM orders; DROP TABLE orders; ALTER TABLE n RENAME TO orders',
      'SELECT COUNT(*) FROM orders WHERE note IS NULL;',
      'SELECT COALESCE(SUM(n - 1), 0) FROM (SELECT COUNT(*) AS n FROM orders WHERE note IS NOT NULL GROUP BY note HAVING COUNT(*) > 1) AS d;',
    ],
  ])('%s, known: %s', async (engine, sql, ...expected) => {
    expect((await probes(engine, sql, { known: KNOWN })).map((probe) => probe.sql)).toEqual(expected);
  });

  test('of a table that was rebuilt ask the old one', async () => {
    const sql =
      'CREATE TABLE n (id INTEGER PRIMARY KEY, ref TEXT); INSERT INTO n SELECT id, ref FROM orders; DROP TABLE orders; ALTER TABLE n RENAME TO orders; CREATE UNIQUE INDEX u ON orders (ref)';
    const found = await probes('sqlite', sql, { known: KNOWN });
    expect(
      found.map((probe) => [probe.sql.includes('FROM orders WHERE ref IS NOT NULL GROUP BY ref'), probe.written]),
    ).toEqual([[true, true]]);
  });

  test('values that an enumeration loses', async () => {
    const columns = [{ name: 's', type: "enum('a','b''c')", notNull: false, fallback: null }];
    const found = await probes('mysql', "ALTER TABLE orders MODIFY s ENUM('a')", {
      known: { tables: [{ name: 'orders', columns }] },
    });
    expect(found.map(({ sql }) => sql)).toEqual(["SELECT COUNT(*) FROM orders WHERE s IN ('b''c');"]);
  });

  test('say what they count, and where it comes from', async () => {
    const [probe] = await probes('postgres', '\n  ALTER TABLE orders\n    ALTER note SET NOT NULL');
    expect(probe).toMatchObject({
      file: 'm.sql',
      line: 3,
      column: 5,
      table: 'orders',
      rule: 'set-not-null',
      expectZero: true,
      written: false,
    });
    expect(probe?.text(0)).toBe('orders.note: rows without a value: none');
    expect(probe?.text(7)).toBe('orders.note: rows without a value: 7');
    const [zh] = await probes('postgres', 'ALTER TABLE orders ALTER note SET NOT NULL', { locale: 'zh-CN' });
    expect(zh?.text(7)).toBe('orders.note：没有值的行：7');
  });

  test.each([
    'UPDATE orders SET note = 1 WHERE note IS NULL',
    'DELETE FROM orders WHERE note IS NULL',
    'DO $$ BEGIN PERFORM 1; END $$',
  ])('%s may mend what is counted', async (before) => {
    const [probe] = await probes('postgres', `${before}; ALTER TABLE orders ALTER note SET NOT NULL`);
    expect(probe?.written).toBe(true);
    expect(probe?.text(7)).toContain('the migration writes this table before');
  });
});
