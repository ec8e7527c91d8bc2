import { expect, test } from '@jest/globals';
import { notReading } from '@release-runbook/runbook/sql';

test.each([
  'SELECT 1',
  'select count(*) from orders;',
  '  (SELECT 1) UNION (SELECT 2)',
  "SELECT replace(name, 'a', 'b') FROM orders -- ; DELETE FROM orders",
  'SELECT count(replace(name, x, y)) FROM orders /* DELETE */',
  'WITH a AS (SELECT 1 AS n), b AS (SELECT 2) SELECT * FROM a',
  'WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n',
  'VALUES (1)',
  'EXPLAIN QUERY PLAN SELECT 1',
  'PRAGMA user_version',
  'PRAGMA main.table_info(orders)',
  'PRAGMA integrity_check',
  'SELECT "into", `update` FROM orders',
  "SELECT 'it''s; DROP TABLE x'",
])('%s reads', (sql) => {
  expect(notReading(sql)).toBeUndefined();
});

test.each([
  ['DELETE FROM orders', 'the statement DELETE'],
  ['  -- a comment\nupdate orders set a = 1', 'the statement UPDATE'],
  ['WITH a AS (SELECT 1) INSERT INTO orders SELECT * FROM a', 'the statement INSERT'],
  ['WITH gone AS (DELETE FROM orders RETURNING id) SELECT count(*) FROM gone', 'the statement DELETE'],
  ['SELECT 1; DELETE FROM orders', 'several statements'],
  ['SELECT * INTO copy FROM orders', 'SELECT … INTO, which writes'],
  ['EXPLAIN ANALYZE DELETE FROM orders', 'the statement DELETE'],
  ['PRAGMA user_version = 5', 'PRAGMA user_version, which sets a value'],
  ['PRAGMA main.user_version(5)', 'PRAGMA user_version, which sets a value'],
  ['PRAGMA wal_checkpoint', 'PRAGMA wal_checkpoint, which does something'],
  ['count the orders', 'the statement COUNT'],
  ['  ', 'no statement'],
  ['WITH a AS (SELECT 1)', 'a WITH without its SELECT'],
])('%s does not: %s', (sql, why) => {
  expect(notReading(sql)).toBe(why);
});
