import { describe, expect, test } from '@jest/globals';
import {
  isWithoutRowid,
  migrationStatements,
  normalise,
  splitStatements,
  virtualModule,
} from '@release-runbook/databases/sqlite/text';
import * as fc from 'fast-check';

describe('statements', () => {
  test.each([
    ['', []],
    [';;  -- nothing\n;', []],
    ['SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    [
      "INSERT INTO t VALUES ('a;''b;'); SELECT \";\", `;`, [;] /* ; */ -- ;\n;",
      ["INSERT INTO t VALUES ('a;''b;')", 'SELECT ";", `;`, [;]'],
    ],
    [
      'CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 3',
      ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END', 'SELECT 3'],
    ],
    [
      'explain create temp trigger x begin select 1; end; select 2',
      ['explain create temp trigger x begin select 1; end', 'select 2'],
    ],
    ['CREATE TABLE trigger_like (a); SELECT 1', ['CREATE TABLE trigger_like (a)', 'SELECT 1']],
    ['\uFEFFSELECT 1 -- end', ['SELECT 1']],
    ["SELECT 'open", ["SELECT 'open"]],
  ])('%j', (sql, expected) => {
    expect(splitStatements(sql).map((s) => s.sql)).toEqual(expected);
  });

  test('know their lines', () => {
    expect(splitStatements('-- one\n\nSELECT\n1;\n/* a\nb */ DELETE FROM t;').map((s) => [s.verb, s.line])).toEqual([
      ['SELECT', 3],
      ['DELETE', 6],
    ]);
  });

  test('literals and comments never end one', () => {
    const piece = fc.oneof(
      fc.string().map((s) => `'${s.replaceAll("'", "''")}'`),
      fc.string().map((s) => `"${s.replaceAll('"', '""')}"`),
      fc.string().map((s) => `/* ${s.replaceAll('*/', '')} x*/`),
      fc.string().map((s) => `-- ${s.replaceAll('\n', '')}\n`),
      fc.constantFrom('+', ',', '(1)', 'x'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) =>
        expect(splitStatements(`SELECT 0 ${pieces.join(' ')}\n; SELECT 1`)).toHaveLength(2),
      ),
    );
  });
});

describe('migration files', () => {
  test.each(['BEGIN', 'commit', 'END TRANSACTION', 'ROLLBACK', 'VACUUM', "ATTACH 'x' AS y"])(
    'refuse %s with its line',
    (word) => {
      expect(() => migrationStatements('m.sql', `SELECT 1;\n${word};`)).toThrow(
        expect.objectContaining({ at: { file: 'm.sql', line: 2, column: 1 } }),
      );
    },
  );
  test('take savepoints and triggers', () => {
    const sql = 'SAVEPOINT a; ROLLBACK TO a; RELEASE a; CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; END;';
    expect(migrationStatements('m.sql', sql)).toHaveLength(4);
  });
});

describe('normal form', () => {
  test.each([
    ['CREATE TABLE  a (\n  id INTEGER, -- the id\n  "name" TEXT\n)', 'CREATE TABLE a(id INTEGER,name TEXT)'],
    ['CREATE TABLE "a"(id INTEGER,[name] TEXT)', 'CREATE TABLE a(id INTEGER,name TEXT)'],
    ['CREATE TABLE a("a b" DEFAULT \'x  y\')', 'CREATE TABLE a("a b" DEFAULT \'x  y\')'],
    ['CREATE TABLE a(`o``dd`, [k k])', 'CREATE TABLE a("o`dd","k k")'],
    ['CREATE VIEW v AS SELECT a/*x*/b FROM t WHERE a  =  1', 'CREATE VIEW v AS SELECT a b FROM t WHERE a=1'],
  ])('%j', (sql, expected) => {
    expect(normalise(sql)).toBe(expected);
    expect(normalise(expected)).toBe(expected);
  });
  test('keeps different literals different', () => {
    expect(normalise("CREATE TABLE a(x DEFAULT 'a b')")).not.toBe(normalise("CREATE TABLE a(x DEFAULT 'a  b')"));
  });
});

test.each([
  ['CREATE TABLE a (id PRIMARY KEY) WITHOUT ROWID', true],
  ['CREATE TABLE a (id PRIMARY KEY) STRICT, without /* */ rowid', true],
  ["CREATE TABLE a (id CHECK (id <> 'WITHOUT ROWID'))", false],
  ['CREATE TABLE "WITHOUT ROWID" (id)', false],
])('%s', (sql, expected) => expect(isWithoutRowid(sql)).toBe(expected));

test('modules of virtual tables', () => {
  expect(virtualModule('CREATE VIRTUAL TABLE "a using b" USING FTS5 (x, y)')).toBe('fts5');
  expect(virtualModule('CREATE TABLE a (using_fts5)')).toBeUndefined();
});
