import { describe, expect, test } from '@jest/globals';
import { KNOWN, lint, short } from './support.ts';

const CASES: readonly [sql: string, ...findings: string[]][] = [
  // Nothing to say.
  [''],
  ['# only a comment\n-- and one more\n/* and */'],
  ['SELECT 1'],
  ['CREATE TABLE reports (id BIGINT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(200) NOT NULL) ENGINE=InnoDB'],
  ['CREATE TABLE reports LIKE orders'],
  ['CREATE TABLE reports (KEY k (id)) SELECT * FROM orders'],
  ['CREATE VIEW v AS SELECT * FROM orders'],
  ['CREATE INDEX i ON orders (note(20))'],
  ['ALTER TABLE orders ADD INDEX i (note(20)), ALGORITHM=INPLACE, LOCK=NONE'],
  ['ALTER TABLE orders ADD COLUMN note2 TEXT NULL'],
  ["ALTER TABLE orders ADD state2 VARCHAR(10) NOT NULL DEFAULT 'new' AFTER state"],
  ['ALTER TABLE orders ADD COLUMN at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP'],
  ['ALTER TABLE orders ADD COLUMN twice INT AS (amount * 2) VIRTUAL'],
  ["ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'x'"],
  ['ALTER TABLE orders RENAME INDEX a TO b'],
  ["ALTER TABLE orders COMMENT = 'DROP TABLE orders'"],
  ['ALTER TABLE orders AUTO_INCREMENT = 1000'],
  ['ALTER TABLE orders ADD PARTITION (PARTITION p9 VALUES LESS THAN (9))'],
  ["INSERT INTO orders (id, ref) VALUES (1, 'it\\'s; DROP TABLE x')"],
  ['INSERT IGNORE INTO orders SELECT * FROM staging'],
  ['REPLACE INTO orders VALUES (1)'],
  ['DELETE FROM orders WHERE id = 1'],
  ['DELETE FROM orders LIMIT 100'],
  ['DELETE o FROM orders o JOIN staging s ON s.id = o.id'],
  ['UPDATE orders SET note = 1 WHERE note IS NULL LIMIT 1000'],
  ['UPDATE orders JOIN users ON users.id = orders.user_id SET orders.note = users.email'],
  ['WITH old AS (SELECT id FROM orders) SELECT * FROM old'],
  ["SET NAMES utf8mb4; SET @x = 1; SET SESSION sql_mode = 'STRICT_ALL_TABLES'"],
  ['SET @OLD=@@FOREIGN_KEY_CHECKS, @y := 2'],
  ['SHOW TABLES; DESCRIBE orders; ANALYZE TABLE orders'],
  ['/*!40101 SET NAMES utf8mb4 */'],
  ['/*M! DROP TABLE orders */'],
  ['/*!999999\\- enable the sandbox mode */'],
  ['(SELECT 1) UNION (SELECT 2)'],

  // What the same migration made is nobody's.
  ['CREATE TABLE n (a INT); DROP TABLE n', 'N half-applied'],
  ['CREATE TEMPORARY TABLE n (a INT); ALTER TABLE n DROP COLUMN a'],
  [
    'CREATE TABLE n (a INT); ALTER TABLE `N` ADD b INT NOT NULL, DROP a, MODIFY b BIGINT, DROP PRIMARY KEY',
    'N half-applied',
  ],
  ['CREATE TABLE n (a INT); RENAME TABLE n TO m; ALTER TABLE m CHANGE a b TEXT', 'N half-applied'],
  ['ALTER TABLE orders ADD b INT, RENAME COLUMN b TO c, DROP COLUMN c'],
  // The rows are there, though the column is new.
  ['ALTER TABLE orders ADD b INT; ALTER TABLE orders MODIFY b BIGINT', 'N half-applied', 'W table-copy'],

  // The old version.
  ['DROP TABLE orders', 'E drop-table'],
  ['DROP TABLE IF EXISTS `orders`, lines', 'E drop-table', 'E drop-table'],
  ['CREATE OR REPLACE TABLE orders (id INT)', 'E drop-table'],
  ['/*!50000 DROP TABLE orders */', 'E drop-table'],
  ['/*!50000 DROP */ TABLE orders', 'E drop-table'],
  ['ALTER TABLE orders DROP COLUMN note', 'E drop-column'],
  ['ALTER TABLE orders DROP note, DROP `amount`', 'E drop-column', 'E drop-column'],
  ['ALTER TABLE orders RENAME TO purchases', 'E rename-table'],
  ['ALTER TABLE orders RENAME purchases', 'E rename-table'],
  ['RENAME TABLE orders TO purchases, lines TO items', 'E rename-table', 'E rename-table'],
  ['ALTER TABLE orders RENAME COLUMN note TO remark', 'E rename-column'],
  ['ALTER TABLE orders CHANGE note remark TEXT', 'E rename-column', 'W restate-column', 'W table-copy'],
  ['ALTER TABLE orders CHANGE COLUMN note note TEXT', 'W restate-column', 'W table-copy'],
  ['ALTER TABLE orders MODIFY note VARCHAR(20)', 'W restate-column', 'W table-copy'],
  ['ALTER TABLE orders MODIFY note VARCHAR(20), ALGORITHM=INPLACE', 'W restate-column'],
  ['ALTER TABLE orders MODIFY COLUMN note VARCHAR(20) NOT NULL FIRST, LOCK=NONE', 'W restate-column'],
  ['ALTER TABLE orders MODIFY note VARCHAR(20), ALGORITHM=COPY', 'W restate-column', 'W table-copy'],
  ['ALTER TABLE orders ADD total INT NOT NULL', 'E add-column-not-null'],
  ['ALTER TABLE orders ADD (a INT, b INT NOT NULL)', 'E add-column-not-null'],
  ['ALTER TABLE orders ALTER state DROP DEFAULT', 'E drop-default'],
  ['ALTER TABLE orders ADD UNIQUE KEY u (ref)', 'E add-unique'],
  ['ALTER TABLE orders ADD CONSTRAINT u UNIQUE INDEX (ref, note(10))', 'E add-unique'],
  ['CREATE UNIQUE INDEX u ON orders (ref)', 'E add-unique'],
  ['CREATE UNIQUE INDEX u ON orders ((lower(ref)))', 'E add-unique'],
  ['ALTER TABLE orders ADD n INT, ADD UNIQUE (n)'],
  ['ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0)', 'E add-check', 'W table-copy'],
  [
    'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id)',
    'E add-foreign-key',
    'W table-copy',
  ],
  [
    'ALTER TABLE orders ADD FOREIGN KEY f (user_id) REFERENCES users (id) ON DELETE SET NULL, ALGORITHM=INPLACE',
    'E add-foreign-key',
  ],
  ['ALTER TABLE orders DROP FOREIGN KEY f', 'N drop-constraint'],
  ['ALTER TABLE orders DROP CHECK c', 'N drop-constraint'],
  ['ALTER TABLE orders DROP CONSTRAINT c', 'W drop-constraint'],
  ['ALTER TABLE orders DROP INDEX i', 'W drop-index'],
  ['DROP INDEX i ON orders', 'W drop-index'],
  ['DROP VIEW v', 'E drop-object'],
  ['DROP PROCEDURE IF EXISTS p', 'E drop-object'],
  ['DROP TRIGGER t', 'E drop-object'],
  ['CREATE OR REPLACE VIEW v AS SELECT 1', 'N replace-object'],
  ['CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET NEW.a = 1', 'W add-trigger'],
  ['CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM orders', 'W add-event'],

  // Locks.
  ['ALTER TABLE orders ADD n INT AUTO_INCREMENT UNIQUE', 'W table-copy'],
  ['ALTER TABLE orders ADD twice INT GENERATED ALWAYS AS (amount * 2) STORED', 'W table-copy'],
  ['ALTER TABLE orders ADD u CHAR(36) DEFAULT (UUID())', 'W table-copy'],
  ['ALTER TABLE orders DROP PRIMARY KEY', 'E drop-constraint', 'W change-primary-key'],
  ['ALTER TABLE orders ADD PRIMARY KEY (id)', 'E add-primary-key', 'N change-primary-key'],
  [
    'ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (id, ref)',
    'E drop-constraint',
    'N change-primary-key',
    'E add-primary-key',
  ],
  ['ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', 'W change-charset'],
  ['ALTER TABLE orders ENGINE=InnoDB', 'N table-rewrite'],
  ['ALTER TABLE orders FORCE', 'N table-rewrite'],
  ['ALTER TABLE orders ROW_FORMAT=COMPRESSED', 'N table-rewrite'],
  ['ALTER TABLE orders ORDER BY note', 'W table-copy'],
  ['ALTER TABLE orders ADD FULLTEXT INDEX f (note)', 'W index-locks'],
  ['CREATE SPATIAL INDEX s ON orders (place)', 'W index-locks'],
  ['ALTER TABLE orders PARTITION BY HASH (id) PARTITIONS 4', 'W table-copy'],
  ['ALTER TABLE orders REORGANIZE PARTITION p INTO (PARTITION q VALUES LESS THAN (3))', 'W partition-locks'],
  ['OPTIMIZE TABLE orders', 'N table-rewrite'],
  ['LOCK TABLES orders WRITE', 'W lock-table'],

  // Rows.
  ['DELETE FROM orders', 'E delete-without-where'],
  ['DELETE QUICK FROM orders WHERE 1', 'E delete-without-where'],
  ['DELETE FROM orders -- WHERE id = 1\n', 'E delete-without-where'],
  ["DELETE FROM orders # 'WHERE'\n", 'E delete-without-where'],
  ['UPDATE orders SET note = NULL', 'W update-without-where'],
  ["UPDATE orders SET note = 'a WHERE b'", 'W update-without-where'],
  ['UPDATE orders SET note = NULL WHERE 1=1 ORDER BY id', 'W update-without-where'],
  ['TRUNCATE TABLE orders', 'E truncate'],
  ['TRUNCATE orders', 'E truncate'],
  ['ALTER TABLE orders DROP PARTITION p1', 'E drop-partition'],
  ['ALTER TABLE orders TRUNCATE PARTITION p1', 'E drop-partition'],
  ['SET foreign_key_checks = 0', 'W checks-off'],
  ['SET SESSION unique_checks=OFF, sql_log_bin = 0', 'W checks-off', 'W checks-off'],
  ['/*!40014 SET @OLD=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */', 'W checks-off'],
  ["LOAD DATA INFILE '/tmp/x' INTO TABLE orders", 'W load-data'],
  ["LOAD DATA LOCAL INFILE '/tmp/x' INTO TABLE orders", 'W load-data'],
  ["SELECT * FROM orders INTO OUTFILE '/tmp/x'", 'W load-data'],
  [
    'CREATE TABLE o2 LIKE orders; INSERT INTO o2 SELECT * FROM orders; RENAME TABLE orders TO o1, o2 TO orders; DROP TABLE o1',
    'W table-rebuild',
    'W half-applied',
  ],

  // Runs.
  ['ALTER TABLE orders ADD a INT; ALTER TABLE users ADD b INT', 'N half-applied'],
  ['ALTER TABLE orders ADD a INT; UPDATE orders SET a = 1 WHERE id < 5', 'W half-applied'],
  ['START TRANSACTION; DELETE FROM orders WHERE id = 1; COMMIT', 'N explicit-transaction'],
  ['BEGIN; ALTER TABLE orders ADD a INT; ROLLBACK', 'W implicit-commit'],
  ['SET autocommit = 0; ALTER TABLE orders ADD a INT', 'W implicit-commit'],
  ['USE other', 'E other-database'],
  ['CREATE DATABASE other', 'E database'],
  ['DROP SCHEMA other', 'E database'],
  ['ALTER DATABASE shop CHARACTER SET utf8mb4', 'E database'],
  ['GRANT SELECT ON shop.* TO reader', 'W rights'],
  ["CREATE USER 'app'@'%' IDENTIFIED BY 'secret'", 'W rights', 'E password-in-sql'],
  ["ALTER USER app IDENTIFIED WITH caching_sha2_password BY 'secret'", 'W rights', 'E password-in-sql'],
  ["SET PASSWORD = 'secret'", 'W rights', 'E password-in-sql'],
  ['DROP USER app', 'W rights'],
  ['SET GLOBAL max_connections = 10', 'W server-setting'],
  ['SET @@GLOBAL.max_connections = 10', 'W server-setting'],
  ['SET PERSIST max_connections = 10', 'W server-setting'],
  ['CALL tidy_up()', 'N not-looked-into'],
  ["PREPARE s FROM 'DROP TABLE orders'", 'N not-looked-into'],
  ['source other.sql', 'W client-command'],
  ['\\. other.sql', 'W client-command'],
  ['FROBNICATE orders', 'W unknown-statement'],
  ["INSERT INTO orders VALUES ('open", 'E syntax-error'],
  ['DELETE FROM other.orders WHERE id = 1', 'N other-database'],
  ['CREATE PROCEDURE p() BEGIN DELETE FROM orders; END', 'N needs-delimiter'],
  ['DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM orders; END//\nDELIMITER ;\nSELECT 1;'],
  [
    'delimiter $$\nCREATE PROCEDURE p() BEGIN IF 1 THEN DELETE FROM orders; END IF; END$$\nDELETE FROM orders$$',
    'E delete-without-where',
    'W half-applied',
  ],
  ['CREATE PROCEDURE p() DELETE FROM orders; SELECT 1'],
];

describe('MySQL', () => {
  test.each(CASES)('%s', async (sql, ...findings) => {
    expect(short(await lint('mysql', sql))).toEqual(findings);
  });

  test(`has ${CASES.length} cases`, () => expect(CASES.length).toBeGreaterThanOrEqual(100));
});

describe('MariaDB', () => {
  test.each<[string, ...string[]]>([
    ['/*M!100100 DROP TABLE orders */', 'E drop-table'],
    ['/*M!999999\\- enable the sandbox mode */'],
    // MySQL 5.7 and later say what only they know.
    ['/*!50700 DROP TABLE orders */'],
    ['/*!50600 DROP TABLE orders */', 'E drop-table'],
    ['ALTER TABLE orders DROP INDEX IF EXISTS i', 'W drop-index'],
    ['CREATE OR REPLACE PROCEDURE p() SELECT 1', 'N replace-object'],
    [
      'BEGIN NOT ATOMIC DELETE FROM orders; SELECT 1; END; DROP TABLE orders',
      'N not-looked-into',
      'N needs-delimiter',
      'E drop-table',
    ],
    ['SET STATEMENT lock_wait_timeout=1 FOR ALTER TABLE orders DROP COLUMN note', 'E drop-column'],
    ['ALTER ONLINE IGNORE TABLE orders DROP COLUMN IF EXISTS note', 'E drop-column'],
  ])('%s', async (sql, ...findings) => {
    expect(short(await lint('mariadb', sql))).toEqual(findings);
  });

  test('waiting for a lock can be limited in the statement', async () => {
    const rules = async (sql: string) => short(await lint('mariadb', sql, { lockTimeoutMs: undefined }));
    expect(await rules('ALTER TABLE orders ADD a INT')).toEqual(['W no-lock-timeout']);
    expect(await rules('ALTER TABLE orders NOWAIT ADD a INT')).toEqual([]);
    expect(await rules('ALTER TABLE orders WAIT 5 ADD a INT')).toEqual([]);
    expect(await rules('SET STATEMENT lock_wait_timeout=1 FOR ALTER TABLE orders ADD a INT')).toEqual([]);
    expect(await rules('SET SESSION lock_wait_timeout = 5; ALTER TABLE orders ADD a INT')).toEqual([]);
  });
});

describe('MySQL, with what is known', () => {
  test.each<[string, ...string[]]>([
    ['ALTER TABLE orders MODIFY ref VARCHAR(40) NOT NULL'],
    // From 64 characters of four bytes on, the length takes two bytes.
    ['ALTER TABLE orders MODIFY ref VARCHAR(80) NOT NULL', 'W table-copy'],
    ['ALTER TABLE orders MODIFY ref VARCHAR(10) NOT NULL', 'E narrow-type', 'W table-copy'],
    ['ALTER TABLE orders MODIFY ref VARCHAR(20)', 'N drop-not-null'],
    ['ALTER TABLE orders MODIFY amount INT(11) NOT NULL', 'E set-not-null'],
    ['ALTER TABLE orders MODIFY amount BIGINT', 'W table-copy'],
    ['ALTER TABLE orders MODIFY amount SMALLINT', 'E narrow-type', 'W table-copy'],
    ['ALTER TABLE orders MODIFY amount INT UNSIGNED', 'E narrow-type', 'W table-copy'],
    ['ALTER TABLE orders MODIFY amount DATE', 'E change-type', 'W table-copy'],
    ['ALTER TABLE orders MODIFY state VARCHAR(10) NOT NULL', 'E drop-default'],
    ["ALTER TABLE orders MODIFY state VARCHAR(10) NOT NULL DEFAULT 'new'"],
    ['ALTER TABLE shop.orders DROP note', 'E drop-column', 'N other-database'],
    ['ALTER TABLE other.orders DROP note', 'E drop-column', 'E other-database'],
  ])('%s', async (sql, ...findings) => {
    const found = short(await lint('mysql', sql, { known: KNOWN }));
    expect([...found].sort()).toEqual([...findings].sort());
  });

  const enumKnown = (type: string) => ({
    known: { tables: [{ name: 'orders', columns: [{ name: 's', type, notNull: false, fallback: null }] }] },
  });
  test.each<[string, string, ...string[]]>([
    ["enum('a','b')", "ENUM('a','b','c')"],
    ["enum('a','b')", "ENUM('a','c')", 'E drop-enum-value', 'W table-copy'],
    ["enum('a','b')", "ENUM('x','a','b')", 'W table-copy'],
    ["enum('a','b,c','it''s')", "ENUM('a','b,c','it''s')"],
  ])('%s becomes %s', async (from, to, ...findings) => {
    expect(short(await lint('mysql', `ALTER TABLE orders MODIFY s ${to}`, enumKnown(from)))).toEqual(findings);
  });
});

test('each part of an ALTER TABLE has its place', async () => {
  const sql =
    "-- 迁移\nALTER TABLE `größe`\n  ADD a INT COMMENT 'ü, DROP x', DROP b,\n  DROP c;\nRENAME TABLE d TO e,\n  f TO g;";
  const found = await lint('mysql', sql);
  expect(
    found.filter(({ rule }) => rule !== 'half-applied').map(({ line, column, rule }) => [line, column, rule]),
  ).toEqual([
    [3, 34, 'drop-column'],
    [4, 3, 'drop-column'],
    [5, 1, 'rename-table'],
    [6, 3, 'rename-table'],
  ]);
});
