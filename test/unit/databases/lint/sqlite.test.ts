import { describe, expect, test } from '@jest/globals';
import { KNOWN, lint, short } from './support.ts';

const REBUILD = 'INSERT INTO n SELECT * FROM orders; DROP TABLE orders; ALTER TABLE n RENAME TO orders';

const CASES: readonly [sql: string, ...findings: string[]][] = [
  // Nothing to say.
  [''],
  ['-- only a comment'],
  ['SELECT 1; VALUES (1); EXPLAIN SELECT 1; ANALYZE'],
  ['CREATE TABLE reports (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT'],
  ['CREATE TABLE reports AS SELECT * FROM orders'],
  ['CREATE TABLE IF NOT EXISTS [my reports] ("a b" TEXT)'],
  ['CREATE VIRTUAL TABLE search USING fts5 (title, body)'],
  ['CREATE VIEW v AS SELECT * FROM orders'],
  ['CREATE TEMP TABLE t (a)'],
  ['ALTER TABLE orders ADD COLUMN note2 TEXT'],
  ['ALTER TABLE orders ADD note2'],
  ["ALTER TABLE orders ADD COLUMN state2 TEXT NOT NULL DEFAULT 'new'"],
  ['ALTER TABLE orders ADD COLUMN u INTEGER REFERENCES users (id)'],
  ['ALTER TABLE orders ADD COLUMN n INTEGER CHECK (n > 0)'],
  ['ALTER TABLE orders ADD COLUMN twice INTEGER AS (amount * 2)'],
  ["INSERT INTO orders VALUES (1, 'DROP TABLE x; it''s')"],
  ['INSERT OR REPLACE INTO orders SELECT * FROM staging'],
  ['DELETE FROM orders WHERE id = 1'],
  ['DELETE FROM orders WHERE rowid IN (SELECT rowid FROM orders LIMIT 100)'],
  ['UPDATE OR IGNORE orders SET note = 1 WHERE note IS NULL'],
  ['UPDATE orders SET note = s.note FROM staging AS s WHERE s.id = orders.id'],
  ['WITH x AS (SELECT 1) INSERT INTO orders SELECT * FROM x'],
  ['PRAGMA user_version'],
  ['PRAGMA user_version = 7'],
  ['PRAGMA foreign_key_check'],
  ['SAVEPOINT a; RELEASE a'],

  // What the same migration made is nobody's.
  ['CREATE TABLE n (a); DROP TABLE n'],
  ['CREATE TABLE n (a); ALTER TABLE N ADD COLUMN b TEXT DEFAULT (1); ALTER TABLE main.n RENAME a TO c'],
  ['CREATE TABLE n (a); CREATE UNIQUE INDEX i ON n (a); DROP INDEX i; DELETE FROM n'],
  ['CREATE TABLE n (a); CREATE TRIGGER t AFTER INSERT ON n BEGIN SELECT 1; END; DROP TRIGGER t'],
  ['ALTER TABLE orders ADD COLUMN b TEXT; ALTER TABLE orders RENAME COLUMN b TO c'],

  // The old version.
  ['DROP TABLE orders', 'E drop-table'],
  ['DROP TABLE IF EXISTS "orders"', 'E drop-table'],
  ['DROP TABLE [orders]', 'E drop-table'],
  ['ALTER TABLE orders RENAME TO purchases', 'E rename-table'],
  ['ALTER TABLE orders RENAME COLUMN note TO remark', 'E rename-column'],
  ['ALTER TABLE orders RENAME note TO remark', 'E rename-column'],
  ['ALTER TABLE orders DROP COLUMN note', 'E drop-column', 'N table-rewrite'],
  ['ALTER TABLE orders DROP `note`', 'E drop-column', 'N table-rewrite'],
  ['DROP VIEW v', 'E drop-object'],
  ['DROP TRIGGER t', 'E drop-object'],
  ['DROP INDEX i', 'W drop-index'],
  ['CREATE TRIGGER t AFTER INSERT ON orders BEGIN DELETE FROM users; END', 'W add-trigger'],
  [
    'CREATE TEMP TRIGGER t BEFORE UPDATE OF note ON orders WHEN 1 BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 1',
    'W add-trigger',
  ],
  ['CREATE UNIQUE INDEX u ON orders (ref)', 'E add-unique', 'N index-locks'],
  ['CREATE UNIQUE INDEX u ON orders (ref COLLATE NOCASE DESC) WHERE ref IS NOT NULL', 'E add-unique', 'N index-locks'],
  ['ALTER TABLE orders ADD COLUMN n INTEGER; CREATE UNIQUE INDEX u ON orders (n)', 'N index-locks'],
  ['ALTER TABLE orders ADD COLUMN total REAL NOT NULL', 'E add-column-not-null'],
  ['ALTER TABLE orders ADD COLUMN total REAL NOT NULL DEFAULT NULL', 'E add-column-not-null'],

  // What SQLite does not take.
  ['ALTER TABLE orders ADD COLUMN k TEXT UNIQUE', 'E unsupported'],
  ['ALTER TABLE orders ADD COLUMN k INTEGER PRIMARY KEY', 'E add-primary-key', 'E unsupported'],
  ['ALTER TABLE orders ADD COLUMN at TEXT DEFAULT CURRENT_TIMESTAMP', 'E unsupported'],
  ["ALTER TABLE orders ADD COLUMN at TEXT DEFAULT (datetime('now'))", 'E unsupported'],
  ['ALTER TABLE orders ADD COLUMN twice INTEGER GENERATED ALWAYS AS (amount * 2) STORED', 'E unsupported'],
  ['ALTER TABLE orders ALTER COLUMN note TYPE TEXT', 'E unsupported'],
  ['ALTER TABLE orders MODIFY note TEXT', 'E unsupported'],
  ['ALTER TABLE orders ADD CONSTRAINT u UNIQUE (ref)', 'E unsupported'],
  ['ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)', 'E unsupported'],
  ['TRUNCATE TABLE orders', 'E unsupported'],
  ['GRANT SELECT ON orders TO x', 'E unsupported'],
  ['SET foreign_keys = 0', 'E unsupported'],
  ['DROP DATABASE x', 'E unsupported'],
  ['CREATE FUNCTION f() RETURNS INT', 'E unsupported'],
  ['ALTER INDEX i RENAME TO j', 'E unsupported'],
  // From 3.53 on.
  ['ALTER TABLE orders ALTER COLUMN note SET NOT NULL', 'E set-not-null', 'W unsupported'],
  ['ALTER TABLE orders ALTER note DROP NOT NULL', 'N drop-not-null', 'W unsupported'],
  ['ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0)', 'E add-check', 'W unsupported'],
  ['ALTER TABLE orders DROP CONSTRAINT c', 'W drop-constraint', 'W unsupported'],

  // Locks.
  ['CREATE INDEX i ON orders (note)', 'N index-locks'],
  ['CREATE INDEX IF NOT EXISTS i ON orders (lower(note))', 'N index-locks'],
  ['VACUUM', 'E concurrently-in-transaction'],

  // Rows.
  ['DELETE FROM orders', 'E delete-without-where'],
  ['DELETE FROM orders WHERE 1', 'E delete-without-where'],
  ['DELETE FROM orders WHERE (1 = 1)', 'E delete-without-where'],
  ['DELETE FROM orders WHERE true RETURNING id', 'E delete-without-where'],
  ['UPDATE orders SET note = NULL', 'W update-without-where'],
  ['UPDATE orders SET (note, state) = (1, 2)', 'W update-without-where'],
  ["UPDATE orders SET note = 'WHERE'", 'W update-without-where'],
  ['UPDATE orders SET note = (SELECT 1 FROM users WHERE id = 1)', 'W update-without-where'],
  ['WITH x AS (SELECT 1) DELETE FROM orders', 'E delete-without-where'],

  // A table made anew.
  [`CREATE TABLE n (id INTEGER); ${REBUILD}`, 'N table-rebuild'],
  [
    `PRAGMA foreign_keys=OFF; CREATE TABLE n (id); ${REBUILD}; PRAGMA foreign_keys=ON`,
    'N pragma-without-effect',
    'N table-rebuild',
    'N pragma-without-effect',
  ],
  [
    'ALTER TABLE orders RENAME TO old; CREATE TABLE orders (id); INSERT INTO orders SELECT id FROM old; DROP TABLE old',
    'E rebuild-order',
    'N table-rebuild',
  ],
  [
    'PRAGMA legacy_alter_table=ON; ALTER TABLE orders RENAME TO old; CREATE TABLE orders (id); INSERT INTO orders SELECT id FROM old; DROP TABLE old',
    'N checks-off',
    'N table-rebuild',
  ],
  // From then on it is the old table again, with its rows.
  [
    `CREATE TABLE n (id INTEGER, a TEXT); ${REBUILD}; CREATE UNIQUE INDEX u ON orders (a); UPDATE orders SET a = 1`,
    'N table-rebuild',
    'E add-unique',
    'N index-locks',
    'W update-without-where',
  ],
  [`CREATE TABLE n (id); INSERT INTO n SELECT * FROM orders; DROP TABLE orders`, 'E drop-table'],
  [`CREATE TABLE n (id); INSERT INTO n VALUES (1); DROP TABLE orders; ALTER TABLE n RENAME TO orders`, 'E drop-table'],

  // Runs.
  ['BEGIN; SELECT 1; COMMIT', 'E explicit-transaction', 'E explicit-transaction'],
  ['BEGIN IMMEDIATE TRANSACTION', 'E explicit-transaction'],
  ['END TRANSACTION', 'E explicit-transaction'],
  ['ROLLBACK TO a'],
  ['PRAGMA foreign_keys = OFF', 'N pragma-without-effect'],
  ['PRAGMA journal_mode(delete)', 'N pragma-without-effect'],
  ['PRAGMA writable_schema = 1', 'E checks-off'],
  ['PRAGMA main.ignore_check_constraints = yes', 'N checks-off'],
  ["ATTACH 'x.db' AS x", 'E other-database'],
  ['.read other.sql', 'E client-command'],
  ['.mode csv\n.import x orders\nDROP TABLE orders;', 'E client-command', 'E client-command', 'E drop-table'],
  ['FROBNICATE', 'W unknown-statement'],
  ['REINDEX orders'],
  ["INSERT INTO orders VALUES ('open", 'E syntax-error'],
  ['SELECT 1 /* open', 'E syntax-error'],
];

describe('SQLite', () => {
  test.each(CASES)('%s', async (sql, ...findings) => {
    // The parts of a statement stand in no order here.
    expect([...short(await lint('sqlite', sql))].sort()).toEqual([...findings].sort());
  });

  test(`has ${CASES.length} cases`, () => expect(CASES.length).toBeGreaterThanOrEqual(100));
});

describe('SQLite, with what is known', () => {
  const head = 'id INTEGER PRIMARY KEY, ref VARCHAR(20) NOT NULL';
  const tail = "state VARCHAR(10) NOT NULL DEFAULT 'new', amount INT, user_id INT";
  test.each<[string, ...string[]]>([
    [`CREATE TABLE n (${head}, note TEXT, ${tail}); ${REBUILD}`, 'N table-rebuild', 'W change-type'],
    [`CREATE TABLE n (${head.replace('INTEGER', 'bigint')}, note TEXT, ${tail}); ${REBUILD}`, 'N table-rebuild'],
    [`CREATE TABLE n (${head.replace('INTEGER', 'bigint')}, ${tail}); ${REBUILD}`, 'N table-rebuild', 'E drop-column'],
    [
      `CREATE TABLE n (${head.replace('INTEGER', 'bigint')}, note TEXT NOT NULL, ${tail}, extra TEXT NOT NULL); ${REBUILD}`,
      'N table-rebuild',
      'E set-not-null',
      'E add-column-not-null',
    ],
    ['ALTER TABLE orders DROP COLUMN note', 'E drop-column', 'N table-rewrite'],
    // Used by an index, a unique key, the primary key.
    ['ALTER TABLE orders DROP COLUMN state', 'E drop-column', 'E unsupported'],
    ['ALTER TABLE orders DROP COLUMN REF', 'E drop-column', 'E unsupported'],
    ['ALTER TABLE orders DROP COLUMN id', 'E drop-column', 'E unsupported'],
  ])('%s', async (sql, ...findings) => {
    expect(short(await lint('sqlite', sql, { known: KNOWN }))).toEqual(findings);
  });
});

test('a table that is renamed away first is compared with its successor too', async () => {
  const sql =
    'ALTER TABLE users RENAME TO old; CREATE TABLE users (id INT); INSERT INTO users SELECT id FROM old; DROP TABLE old';
  expect(short(await lint('sqlite', sql, { known: KNOWN }))).toEqual([
    'E rebuild-order',
    'N table-rebuild',
    'E drop-column',
  ]);
});

test('outside of a transaction PRAGMA foreign_keys works', async () => {
  const rules = async (sql: string) =>
    short(await lint('sqlite', '', { files: [{ name: 'm.sql', sql, transaction: false }] }));
  expect(await rules(`PRAGMA foreign_keys=ON; CREATE TABLE n (id); ${REBUILD}`)).toEqual([
    'E rebuild-cascades',
    'N table-rebuild',
  ]);
  expect(await rules(`PRAGMA foreign_keys=OFF; CREATE TABLE n (id); ${REBUILD}`)).toEqual([
    'N checks-off',
    'N table-rebuild',
  ]);
  expect(await rules('PRAGMA foreign_keys=OFF; BEGIN; SELECT 1; COMMIT')).toEqual([
    'N checks-off',
    'N explicit-transaction',
  ]);
});
