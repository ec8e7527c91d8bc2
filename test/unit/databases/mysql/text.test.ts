import { describe, expect, test } from '@jest/globals';
import { errorIn, hintOf } from '@release-runbook/databases/mysql/errors';
import { commits, splitScript } from '@release-runbook/databases/mysql/text';

const pieces = (sql: string) => splitScript('f.sql', sql).statements.map(({ sql: text, line }) => [line, text]);

describe('a script is cut as the client cuts it', () => {
  test('at semicolons outside of quotes and comments', () => {
    expect(pieces('SELECT \'a;\\\';\' ; -- no; \n/* no; */ # no;\nSELECT `a;b`, "c;""d";\n\nSELECT 5--1')).toEqual([
      [1, "SELECT 'a;\\';'"],
      [3, 'SELECT `a;b`, "c;""d"'],
      [5, 'SELECT 5--1'],
    ]);
  });

  test('at the delimiter that was set, also where it touches a word', () => {
    const script = splitScript(
      'f.sql',
      'DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\ndelimiter //\nSELECT 2//\nSELECT 3',
    );
    expect(script.statements.map(({ sql }) => sql)).toEqual([
      'CREATE PROCEDURE p() BEGIN SELECT 1; END',
      'SELECT 2',
      'SELECT 3',
    ]);
    expect([script.delimiter, script.open]).toEqual(['//', true]);
  });

  test('comments that the server runs are statements', () => {
    expect(pieces('/*!40101 SET NAMES utf8mb4 */;\n/*M!100100 SET x=1 */;')).toHaveLength(2);
    expect(pieces('\uFEFF-- only a comment\n')).toEqual([]);
  });

  test.each(["SELECT 'x", 'SELECT `x', '/* x', "SELECT 1;\nSELECT 'it\\'s;"])('%s is never closed', (sql) => {
    expect(() => splitScript('f.sql', sql)).toThrow('never closed');
  });

  test('a text of megabytes', () => {
    const long = 'x'.repeat(3_000_000);
    expect(pieces(`INSERT INTO t VALUES ('${long}''\\'${long}');SELECT 1`)).toHaveLength(2);
  });
});

test('what commits by itself', () => {
  const verbs = (sql: string) => splitScript('f.sql', sql).statements.map(commits);
  expect(
    verbs(
      'ALTER TABLE t ADD a INT; INSERT INTO t VALUES (1); CREATE TEMPORARY TABLE x (a INT); SET autocommit=1; SET @a=1; TRUNCATE t',
    ),
  ).toEqual([true, false, false, true, false, true]);
});

test('errors of clients and dump programs, with what to do', () => {
  const server = { kind: 'live', host: 'h', port: 1, user: 'app', password: undefined } as const;
  const client = errorIn("some\nERROR 1142 (42000) at line 7: SELECT command denied to user 'app'@'h' for table 't'");
  expect(client).toMatchObject({ number: 1142, line: 7 });
  expect(hintOf(1142, client?.words ?? '', server, 'shop')).toBe(
    "as an administrator: GRANT SELECT ON `shop`.* TO 'app'@'%'",
  );
  expect(errorIn('mysqldump: Got error: 1045: Access denied when trying to connect')).toMatchObject({ number: 1045 });
  expect(
    errorIn(
      'mariadb-dump: Error 1412: Table definition has changed, please retry transaction when dumping table `t` at row: 0',
    ),
  ).toMatchObject({ number: 1412 });
  expect(errorIn("mysqldump: Couldn't execute 'show events': Access denied (1044)")).toMatchObject({ number: 1044 });
  expect(errorIn('nothing of the kind')).toBeUndefined();
});
