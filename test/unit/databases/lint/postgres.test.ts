import { describe, expect, test } from '@jest/globals';
import { KNOWN, lint, short } from './support.ts';

// Statements as migrations have them, in each its findings. The lock timeout is set by whoever applies the files.

const CASES: readonly [sql: string, ...findings: string[]][] = [
  // Nothing to say.
  [''],
  ['-- only a comment'],
  ['SELECT 1'],
  ['CREATE TABLE reports (id bigint PRIMARY KEY, title text NOT NULL)'],
  ['CREATE TABLE IF NOT EXISTS reports (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)'],
  ['CREATE TABLE reports AS SELECT * FROM orders'],
  ['SELECT * INTO reports FROM orders'],
  ['CREATE VIEW v AS SELECT * FROM orders'],
  ['CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ DELETE FROM orders; SELECT 1 $$'],
  ['CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC DELETE FROM orders; SELECT 1; END'],
  ["CREATE TYPE mood AS ENUM ('sad', 'ok')"],
  ["COMMENT ON TABLE orders IS 'DROP TABLE orders'"],
  ["INSERT INTO orders (id, ref) VALUES (1, 'DROP TABLE x')"],
  ['INSERT INTO orders SELECT * FROM staging'],
  ['ANALYZE orders'],
  ["SET lock_timeout = '5s'"],
  ["SET LOCAL statement_timeout = '1min'"],
  ['CREATE EXTENSION IF NOT EXISTS pgcrypto'],
  ['CREATE SEQUENCE s'],
  ['ALTER SEQUENCE s RESTART WITH 10'],
  ['ALTER TABLE orders ADD COLUMN note2 text'],
  ['ALTER TABLE orders ADD COLUMN note2 text DEFAULT NULL'],
  ["ALTER TABLE orders ADD COLUMN state2 text NOT NULL DEFAULT 'new'"],
  ["ALTER TABLE orders ADD COLUMN tags text[] NOT NULL DEFAULT ARRAY['a', 'b'], ADD COLUMN n int DEFAULT 1 + 2"],
  ['ALTER TABLE orders ADD COLUMN at timestamptz NOT NULL DEFAULT now()'],
  ['ALTER TABLE orders ADD COLUMN at timestamptz DEFAULT CURRENT_TIMESTAMP'],
  ["ALTER TABLE orders ADD COLUMN data jsonb DEFAULT '{}'::jsonb"],
  ['ALTER TABLE orders ADD COLUMN double_amount int GENERATED ALWAYS AS (amount * 2) VIRTUAL'],
  ['ALTER TABLE orders ADD COLUMN n int CHECK (n > 0)'],
  ["ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'x'"],
  ['ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500, SET (fillfactor = 70)'],
  ['ALTER TABLE orders RENAME CONSTRAINT a TO b'],
  ['ALTER INDEX i RENAME TO j'],
  ['ALTER TABLE orders VALIDATE CONSTRAINT c'],
  ['ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX i'],
  ['DELETE FROM orders WHERE id = 1'],
  ['UPDATE orders SET note = 1 WHERE note IS NULL'],
  ['UPDATE orders SET note = u.email FROM users u WHERE u.id = orders.user_id'],
  ['WITH old AS (SELECT id FROM orders LIMIT 10) DELETE FROM orders WHERE id IN (SELECT id FROM old)'],
  ['MERGE INTO orders o USING staging s ON s.id = o.id WHEN MATCHED THEN UPDATE SET note = s.note'],
  ['SAVEPOINT a; RELEASE a'],
  ['ALTER TYPE mood OWNER TO me'],

  // What the same migration made is nobody's.
  ['CREATE TABLE n (a int); DROP TABLE n'],
  ['CREATE TABLE n (a int); ALTER TABLE n ADD COLUMN b int NOT NULL, DROP COLUMN a, ALTER b TYPE text'],
  ['CREATE TABLE n (a int); CREATE INDEX ON n (a); CREATE UNIQUE INDEX ON n (a)'],
  ['CREATE TABLE n (a int); ALTER TABLE n RENAME TO m; ALTER TABLE m RENAME a TO b; TRUNCATE m; DELETE FROM m'],
  ['CREATE TABLE n (a int); ALTER TABLE public.n ADD FOREIGN KEY (a) REFERENCES users (id)'],
  ['CREATE TEMP TABLE n AS SELECT 1 AS a; UPDATE n SET a = 2; DROP TABLE n'],
  ['CREATE TABLE shop.n (a int); DROP TABLE shop.n'],
  // The rows are there, though the column is new.
  [
    'ALTER TABLE orders ADD COLUMN b int; ALTER TABLE orders ALTER b TYPE bigint; ALTER TABLE orders DROP COLUMN b',
    'W table-rewrite',
  ],
  ['ALTER TABLE orders ADD COLUMN b int; ALTER TABLE orders RENAME b TO c; ALTER TABLE orders ALTER c DROP DEFAULT'],
  [
    'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$; CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 2 $$',
  ],
  ['CREATE VIEW v AS SELECT 1; DROP VIEW v'],
  ["CREATE TYPE mood AS ENUM ('a'); DROP TYPE mood"],
  ["CREATE TYPE mood AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'b'", 'W half-applied'],
  ['CREATE TABLE n (a int); DROP TABLE shop.n', 'E drop-table'],
  ['DROP TABLE orders; CREATE TABLE orders (id int); ALTER TABLE orders ADD b int NOT NULL', 'E drop-table'],

  // The old version.
  ['DROP TABLE orders', 'E drop-table'],
  ['DROP TABLE IF EXISTS orders, shop.lines CASCADE', 'E drop-table', 'E drop-table'],
  ['ALTER TABLE orders DROP COLUMN note', 'E drop-column'],
  ['ALTER TABLE orders DROP note', 'E drop-column'],
  ['ALTER TABLE ONLY orders DROP COLUMN IF EXISTS note CASCADE', 'E drop-column'],
  ['ALTER TABLE orders RENAME TO purchases', 'E rename-table'],
  ['ALTER TABLE orders SET SCHEMA archive', 'E rename-table'],
  ['ALTER TABLE orders RENAME COLUMN note TO remark', 'E rename-column'],
  ['ALTER TABLE orders RENAME note TO remark', 'E rename-column'],
  ['ALTER VIEW v RENAME TO w', 'E rename-object'],
  ['ALTER VIEW v RENAME COLUMN a TO b', 'E rename-object'],
  ['ALTER FUNCTION f(int) RENAME TO g', 'E rename-object'],
  ['ALTER SCHEMA shop RENAME TO store', 'E rename-object'],
  ['DROP VIEW v', 'E drop-object'],
  ['DROP MATERIALIZED VIEW v', 'E drop-object'],
  ['DROP FUNCTION f(int)', 'E drop-object'],
  ['DROP TRIGGER t ON orders', 'E drop-object'],
  ['DROP SCHEMA shop CASCADE', 'E drop-object'],
  ['DROP TYPE mood', 'E drop-object'],
  ['DROP SEQUENCE s', 'E drop-object'],
  ['CREATE OR REPLACE VIEW v AS SELECT 1', 'N replace-object'],
  ['CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', 'N replace-object'],
  ['ALTER TABLE orders ADD COLUMN total numeric NOT NULL', 'E add-column-not-null'],
  ['ALTER TABLE orders ADD total numeric DEFAULT NULL NOT NULL', 'E add-column-not-null'],
  ['ALTER TABLE orders ALTER COLUMN state DROP DEFAULT', 'E drop-default'],
  ['ALTER TABLE orders ALTER COLUMN state DROP NOT NULL', 'N drop-not-null'],
  ['ALTER TABLE orders ALTER COLUMN note SET NOT NULL', 'E set-not-null', 'W not-null-scans'],
  ['ALTER TABLE orders ALTER note TYPE integer USING note::integer', 'W change-type', 'W table-rewrite'],
  ['ALTER TABLE orders ALTER id ADD GENERATED ALWAYS AS IDENTITY', 'E identity-always'],
  ['ALTER TABLE orders ALTER id ADD GENERATED BY DEFAULT AS IDENTITY'],
  ['ALTER TABLE orders ADD CONSTRAINT u UNIQUE (ref)', 'E add-unique', 'W constraint-builds-index'],
  ['ALTER TABLE orders ADD PRIMARY KEY (id)', 'E add-primary-key', 'W constraint-builds-index'],
  ['ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0)', 'E add-check', 'W constraint-scans'],
  ['ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0) NOT VALID', 'E add-check'],
  ['ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users', 'E add-foreign-key', 'W constraint-scans'],
  ['ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID', 'E add-foreign-key'],
  ['ALTER TABLE orders ADD CONSTRAINT n NOT NULL note', 'E set-not-null', 'W not-null-scans'],
  ['ALTER TABLE orders ADD CONSTRAINT n NOT NULL note NOT VALID', 'E set-not-null'],
  ['ALTER TABLE orders ADD EXCLUDE USING gist (during WITH &&)', 'E add-unique', 'W constraint-builds-index'],
  ['ALTER TABLE orders DROP CONSTRAINT c', 'W drop-constraint'],
  ['ALTER TABLE orders ADD COLUMN key text UNIQUE', 'W constraint-builds-index'],
  ['ALTER TABLE orders ADD COLUMN u int REFERENCES users (id)', 'W constraint-scans'],
  ["ALTER TABLE orders ADD COLUMN key text DEFAULT 'x' UNIQUE", 'E add-unique', 'W constraint-builds-index'],
  ['ALTER TABLE orders ADD u int; ALTER TABLE orders ADD FOREIGN KEY (u) REFERENCES users NOT VALID'],
  ['CREATE UNIQUE INDEX CONCURRENTLY i ON orders (ref)', 'E add-unique'],
  ['CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()', 'W add-trigger'],
  ['CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING', 'W add-trigger'],
  ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'", 'E rename-enum-value'],
  ["ALTER TYPE mood ADD VALUE 'glad' BEFORE 'ok'", 'N new-enum-value'],
  ['ALTER TABLE orders ENABLE ROW LEVEL SECURITY', 'E row-security'],
  ['CREATE POLICY p ON orders USING (user_id = 1)', 'E row-security'],

  // Locks.
  ['CREATE INDEX i ON orders (note)', 'W index-locks'],
  ['CREATE INDEX ON orders USING gin (to_tsvector($$simple$$, note))', 'W index-locks'],
  ['CREATE UNIQUE INDEX i ON orders (lower(ref))', 'E add-unique', 'W index-locks'],
  ['DROP INDEX i', 'W drop-index', 'W drop-index-locks'],
  ['DROP INDEX CONCURRENTLY i', 'W drop-index'],
  ['ALTER TABLE orders ADD COLUMN id2 uuid DEFAULT gen_random_uuid()', 'W table-rewrite'],
  ['ALTER TABLE orders ADD COLUMN at timestamptz DEFAULT clock_timestamp()', 'W table-rewrite'],
  ["ALTER TABLE orders ADD COLUMN n int DEFAULT nextval('s')", 'W table-rewrite'],
  ['ALTER TABLE orders ADD COLUMN x int DEFAULT my_function(1)', 'W table-rewrite'],
  ['ALTER TABLE orders ADD COLUMN n bigserial', 'W table-rewrite'],
  ['ALTER TABLE orders ADD COLUMN n bigint GENERATED BY DEFAULT AS IDENTITY', 'W table-rewrite'],
  ['ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (amount * 2) STORED', 'W table-rewrite'],
  ['ALTER TABLE orders SET TABLESPACE fast', 'W table-rewrite'],
  ['ALTER TABLE orders SET UNLOGGED', 'W table-rewrite'],
  ['ALTER TABLE orders ATTACH PARTITION p FOR VALUES FROM (1) TO (2)', 'W partition-locks'],
  ['ALTER TABLE orders DETACH PARTITION p', 'W partition-locks'],
  ['ALTER TABLE orders DETACH PARTITION p CONCURRENTLY'],
  ['VACUUM FULL orders', 'W vacuum-full'],
  ['VACUUM (FULL off) orders'],
  ['CLUSTER orders USING i', 'W cluster'],
  ['REINDEX TABLE orders', 'W reindex'],
  ['REINDEX (CONCURRENTLY) TABLE orders'],
  ['BEGIN; REINDEX TABLE CONCURRENTLY orders; COMMIT', 'E concurrently-in-transaction', 'N explicit-transaction'],
  ['CREATE INDEX CONCURRENTLY i ON orders (a); ALTER TABLE orders ADD b int', 'W half-applied'],
  ['CREATE INDEX CONCURRENTLY i ON orders (a); ANALYZE orders'],
  ['REFRESH MATERIALIZED VIEW v', 'W refresh-locks'],
  ['REFRESH MATERIALIZED VIEW CONCURRENTLY v'],
  ['LOCK TABLE orders IN ACCESS EXCLUSIVE MODE', 'W lock-table'],

  // Rows.
  ['DELETE FROM orders', 'E delete-without-where'],
  ['DELETE FROM orders WHERE true', 'E delete-without-where'],
  ['DELETE FROM orders USING users', 'E delete-without-where'],
  ['UPDATE orders SET note = NULL', 'W update-without-where'],
  ['UPDATE orders SET note = NULL WHERE 1 = 1', 'W update-without-where'],
  ['WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM gone', 'E delete-without-where'],
  ['TRUNCATE orders, users CASCADE', 'E truncate', 'E truncate'],
  ['ALTER TABLE orders DISABLE TRIGGER ALL', 'W checks-off'],
  ['SET session_replication_role = replica', 'W checks-off'],
  ['COPY orders FROM STDIN', 'W load-data'],
  ["COPY (SELECT 1) TO '/tmp/x'", 'W load-data'],

  // Runs.
  ['ALTER TABEL orders ADD a int', 'E syntax-error'],
  ['BEGIN; SELECT 1; COMMIT', 'N explicit-transaction'],
  ['BEGIN; ROLLBACK'],
  [
    "BEGIN; ALTER TYPE mood ADD VALUE 'x'; INSERT INTO m VALUES ('x'); COMMIT",
    'N new-enum-value',
    'E enum-value-in-transaction',
    'N explicit-transaction',
  ],
  ['CREATE DATABASE other', 'E database'],
  ['DROP DATABASE other', 'E database'],
  ['ALTER DATABASE shop SET work_mem = 1', 'W server-setting'],
  ['ALTER SYSTEM SET work_mem = 1', 'W server-setting'],
  ['GRANT SELECT ON orders TO reader', 'W rights'],
  ['REVOKE ALL ON orders FROM PUBLIC', 'W rights'],
  ["CREATE ROLE app LOGIN PASSWORD 'secret'", 'W rights', 'E password-in-sql'],
  ['CREATE ROLE app LOGIN', 'W rights'],
  ["ALTER USER app WITH PASSWORD 'secret'", 'W rights', 'E password-in-sql'],
  ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader', 'W rights'],
  ['CALL tidy_up()', 'N not-looked-into'],
  ['\\copy orders from orders.csv', 'W client-command'],
  ['\\set x 1\nDROP TABLE orders', 'W client-command', 'E drop-table'],
  ['DO $$ BEGIN PERFORM 1; END $$', 'N not-looked-into'],
  ['DO $$ BEGIN IF true THEN DROP TABLE orders; END IF; END $$', 'N not-looked-into', 'E drop-table'],
  ["DO $$ BEGIN EXECUTE 'TRUNCATE orders'; END $$", 'N not-looked-into', 'E truncate'],
  ['DO $x$ BEGIN EXECUTE $q$ALTER TABLE orders DROP COLUMN note$q$; END $x$', 'N not-looked-into', 'E drop-column'],
  ["DO $$ BEGIN EXECUTE 'DROP TABLE ' || name; END $$", 'N not-looked-into'],
  [
    'DO $$ BEGIN FOR r IN SELECT 1 LOOP UPDATE orders SET note = 1; END LOOP; END $$',
    'N not-looked-into',
    'W update-without-where',
  ],
  ['DO LANGUAGE plpython3u $$ plpy.execute("DROP TABLE orders") $$', 'N not-looked-into'],
  ['ALTER TABLE orders ADD COLUMN n int; UPDATE orders SET n = 1', 'W update-without-where', 'W backfill-under-lock'],
  [
    'CREATE TABLE o2 (id int); INSERT INTO o2 SELECT id FROM orders; ALTER TABLE orders RENAME TO o1; ALTER TABLE o2 RENAME TO orders; DROP TABLE o1',
    'W table-rebuild',
  ],
];

describe('PostgreSQL', () => {
  test.each(CASES)('%s', async (sql, ...findings) => {
    expect(short(await lint('postgres', sql))).toEqual(findings);
  });

  test(`has ${CASES.length} cases`, () => expect(CASES.length).toBeGreaterThanOrEqual(100));

  test('says each finding where it stands, also behind characters of several bytes', async () => {
    const sql = `-- 迁移 😀 é
ALTER TABLE "größe"
  ADD COLUMN "ключ" text DEFAULT '😀', DROP COLUMN 名,
  ADD CONSTRAINT c CHECK (名 <> 'é');
SELECT '😀'; DROP TABLE a, "é", b;`;
    const found = await lint('postgres', sql);
    expect(found.map(({ line, column, rule }) => [line, column, rule])).toEqual([
      [3, 40, 'drop-column'],
      [4, 3, 'add-check'],
      [4, 3, 'constraint-scans'],
      [5, 14, 'drop-table'],
      [5, 28, 'drop-table'],
      [5, 33, 'drop-table'],
    ]);
    // What stands there is what the finding is about.
    const words = found.map(
      ({ line, column }) =>
        sql
          .split('\n')
          [line - 1]?.slice(column - 1)
          .split(/[ ;,]/)[0],
    );
    expect(words).toEqual(['DROP', 'ADD', 'ADD', 'DROP', '"é"', 'b']);
  });

  test('a syntax error has its place, and the other statements are read', async () => {
    const found = await lint('postgres', "SELECT '😀é';\nDROP TABLE orders;\n  ALTER TABEL x;\nDROP TABLE users;");
    expect(found.map(({ line, column, rule }) => [line, column, rule])).toEqual([
      [2, 1, 'drop-table'],
      [3, 9, 'syntax-error'],
      [4, 1, 'drop-table'],
    ]);
    expect(found[1]?.text).toBe('syntax error at or near "TABEL"');
  });

  test.each([
    "SELECT 'open",
    'SELECT "open',
    'SELECT $$open',
    'SELECT /* open',
    '\0',
    "SELECT '\ud800",
    ';;;',
    ')(',
    '\\',
  ])('takes %j without throwing', async (sql) => {
    await expect(lint('postgres', sql)).resolves.toBeDefined();
  });

  test('an INSERT of very many rows is read by its head', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `(${index}, 'x')`).join(', ');
    const known = { tables: [{ name: 'b', rows: 1 }] };
    const found = await lint('postgres', `INSERT INTO a VALUES ${rows} ON CONFLICT DO NOTHING;\nDROP TABLE b`, {
      known,
    });
    expect(found.map(({ line, rule }) => [line, rule])).toEqual([[2, 'drop-table']]);
  });

  test('a byte-order mark is no statement', async () => {
    expect((await lint('postgres', '\uFEFFDROP TABLE orders')).map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
    ]);
  });
});

describe('PostgreSQL, with what is known', () => {
  const cases: readonly [sql: string, ...findings: string[]][] = [
    ['ALTER TABLE orders ALTER ref TYPE varchar(40)'],
    ['ALTER TABLE orders ALTER ref TYPE text'],
    ['ALTER TABLE orders ALTER ref TYPE varchar(10)', 'E narrow-type', 'W table-rewrite'],
    ['ALTER TABLE orders ALTER amount TYPE bigint', 'W table-rewrite'],
    ['ALTER TABLE orders ALTER amount TYPE smallint', 'E narrow-type', 'W table-rewrite'],
    ['ALTER TABLE orders ALTER amount TYPE numeric', 'E change-type', 'W table-rewrite'],
    ['ALTER TABLE orders ALTER note TYPE varchar(100)', 'E narrow-type', 'W table-rewrite'],
    ['ALTER TABLE orders ALTER ref SET NOT NULL'],
    ['ALTER TABLE orders ALTER note DROP NOT NULL'],
    ['ALTER TABLE orders ALTER note DROP DEFAULT'],
    ['ALTER TABLE public.orders ALTER state DROP DEFAULT', 'E drop-default'],
    // Over before anybody waits.
    ['CREATE INDEX i ON users (email)', 'N index-locks'],
    ['UPDATE users SET email = NULL', 'N update-without-where'],
    // A CHECK that was validated spares SET NOT NULL its reading.
    [
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c; ALTER TABLE orders ALTER note SET NOT NULL',
      'E add-check',
      'E set-not-null',
    ],
    [
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (note IS NOT NULL) NOT VALID; ALTER TABLE orders ALTER note SET NOT NULL',
      'E add-check',
      'E set-not-null',
      'W not-null-scans',
    ],
    ['CREATE TABLE IF NOT EXISTS orders (id int); DROP TABLE orders', 'E drop-table'],
  ];
  test.each(cases)('%s', async (sql, ...findings) => {
    expect(short(await lint('postgres', sql, { known: KNOWN }))).toEqual(findings);
  });
});

describe('without a canary', () => {
  test.each([
    ['DROP TABLE orders', 'W drop-table'],
    ['CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()', 'N add-trigger'],
    // It fails in any case.
    ['ALTER TABLE orders ADD COLUMN a int NOT NULL', 'E add-column-not-null'],
    ['CREATE INDEX i ON orders (a)', 'W index-locks'],
  ])('%s', async (sql, finding) => {
    const found = await lint('postgres', sql, { canary: false });
    expect(short(found)).toEqual([finding]);
    expect(found[0]?.text).not.toContain('both versions');
  });
});

describe('how the files are applied', () => {
  test('outside of a transaction what cannot run inside one is right', async () => {
    const sql = 'CREATE INDEX CONCURRENTLY i ON orders (note)';
    const files = (transaction: boolean) => ({ files: [{ name: 'm.sql', sql, transaction }] });
    expect(short(await lint('postgres', sql, files(false)))).toEqual([]);
    expect(short(await lint('postgres', sql, files(true)))).toEqual(['E concurrently-in-transaction']);
    const begun = { files: [{ name: 'm.sql', sql: `BEGIN; ${sql}; COMMIT`, transaction: false }] };
    expect(short(await lint('postgres', sql, begun))).toEqual([
      'E concurrently-in-transaction',
      'N explicit-transaction',
    ]);
  });

  test('a lock timeout is asked for once a file, where nobody sets one', async () => {
    const files = [
      { name: 'a.sql', sql: 'ALTER TABLE orders ADD a int; ALTER TABLE orders ADD b int' },
      { name: 'b.sql', sql: "SET lock_timeout = '2s'; ALTER TABLE orders ADD c int" },
      { name: 'c.sql', sql: 'CREATE TABLE n (a int); ALTER TABLE n ADD c int' },
      { name: 'd.sql', sql: 'ALTER TABLE users ADD c int' },
    ];
    const found = await lint('postgres', '', { files, lockTimeoutMs: undefined });
    expect(found.map(({ file, rule }) => `${file} ${rule}`)).toEqual([
      'a.sql no-lock-timeout',
      'd.sql no-lock-timeout',
    ]);
  });

  test('a table that an earlier file made is new in a later one', async () => {
    const files = [
      { name: '1.sql', sql: 'CREATE TABLE n (a int)' },
      { name: '2.sql', sql: 'ALTER TABLE n DROP COLUMN a' },
    ];
    expect(await lint('postgres', '', { files })).toEqual([]);
  });
});
