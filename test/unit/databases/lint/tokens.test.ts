import { describe, expect, test } from '@jest/globals';
import { cursor, find, split } from '@release-runbook/databases/lint/read/cursor';
import { pieces } from '@release-runbook/databases/lint/read/split';
import { type Dialect, type Token, tokenize } from '@release-runbook/databases/lint/read/tokens';
import * as fc from 'fast-check';

const DIALECTS = ['postgres', 'mysql', 'mariadb', 'sqlite'] as const;
const read = (sql: string, dialect: Dialect) => tokenize(sql, dialect).tokens;
const texts = (sql: string, dialect: Dialect) => read(sql, dialect).map(({ text }) => text);
const statements = (sql: string, dialect: Dialect) =>
  pieces(read(sql, dialect), dialect).map(({ tokens }) => sql.slice(tokens[0]?.start, tokens.at(-1)?.end));

describe('tokens', () => {
  test.each<[Dialect, string, string[]]>([
    ['mysql', "'it''s' 'a\\'b' \"x\\\"y\" `a``b`", ["'it''s'", "'a\\'b'", '"x\\"y"', '`a``b`']],
    ['sqlite', '\'a\\\' [b c] "d""e"', ["'a\\'", '[b c]', '"d""e"']],
    [
      'postgres',
      "E'a\\'b' 'c\\' $$d;$$ $x$ $$ $x$ \"e\"\"f\"",
      ['E', "'a\\'b'", "'c\\'", '$$d;$$', '$x$ $$ $x$', '"e""f"'],
    ],
    ['postgres', '/* a /* b */ c */ d', ['d']],
    ['mysql', '/* a /* b */ c', ['c']],
    ['mysql', '5--1 -- 2', ['5', '-', '-', '1']],
    ['sqlite', '5--1', ['5']],
    ['mysql', 'a # b', ['a']],
    ['sqlite', 'a # b', ['a', '#', 'b']],
    ['mysql', '/*!50000 a */ b /*! c*/', ['a', 'b', 'c']],
    ['mysql', '/*! a /* no */ b */ c', ['a', 'b', 'c']],
    ['mysql', '/*M! a */ b', ['b']],
    ['mariadb', '/*M! a */ b', ['a', 'b']],
    ['mariadb', '/*!80000 a */ b', ['b']],
    ['mysql', '/*!99999 a */ b', ['b']],
    ['sqlite', '/*! a */ b', ['b']],
    ['mysql', '/*+ HINT */ b', ['b']],
    ['mysql', 'a.1b 1.5 .5e3 0xFF 2fa', ['a', '.', '1b', '1.5', '.5e3', '0xFF', '2fa']],
    ['postgres', 'a::text[1]', ['a', ':', ':', 'text', '[', '1', ']']],
    ['mysql', "_utf8mb4'x' @@global.a", ['_utf8mb4', "'x'", '@', '@', 'global', '.', 'a']],
    ['mysql', 'END$$', ['END$$']],
    ['mysql', 'DELIMITER $$\nEND$$ a;b', ['END', '$$', 'a', ';', 'b']],
    ['mysql', 'SELECT delimiter;', ['SELECT', 'delimiter', ';']],
    ['sqlite', 'DELIMITER x', ['DELIMITER', 'x']],
    ['postgres', '名 "größe" 😀', ['名', '"größe"', '😀']],
  ])('%s: %s', (dialect, sql, expected) => expect(texts(sql, dialect)).toEqual(expected));

  test('values are without their marks', () => {
    expect(read('"a""b" [c]', 'sqlite').map(({ kind, value }) => [kind, value])).toEqual([
      ['quoted', 'a"b'],
      ['quoted', 'c'],
    ]);
    expect(read('select', 'mysql')[0]?.value).toBe('SELECT');
  });

  test.each<[string, string]>([
    ["'open", 'text'],
    ['`open', 'name'],
    ['/* open', 'comment'],
  ])('%s is never closed', (sql, what) => {
    expect(tokenize(`SELECT ${sql}`, 'mysql').open).toEqual({ what, at: 7 });
  });

  test('any text at all gives tokens that lie in it, in order, with gaps and comments between them', () => {
    const sql = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            "'",
            '"',
            '`',
            '[',
            ']',
            '\\',
            '--',
            '/*',
            '*/',
            '/*!',
            '$$',
            '$a$',
            ';',
            '\n',
            ' ',
            'BEGIN',
            'END',
            'CASE',
            'CREATE',
            'TRIGGER',
            'DELIMITER',
            '//',
            'é',
            '😀',
            '1.',
            '.5',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(sql, fc.constantFrom(...DIALECTS), (text, dialect) => {
        const { tokens, comments } = tokenize(text, dialect);
        const lies = (one: { start: number; end: number; text: string }, index: number) =>
          one.start >= (tokens[index - 1]?.end ?? 0) &&
          one.end > one.start &&
          text.slice(one.start, one.end) === one.text;
        expect(tokens.filter((token, index) => !lies(token, index))).toEqual([]);
        expect(comments.filter((one) => text.slice(one.start, one.end) !== one.text)).toEqual([]);
        // Nothing is lost: what belongs to no token is space, a comment, or what opens and closes an executable one.
        const covered = [...tokens, ...comments].sort((x, y) => x.start - y.start);
        let outside = '';
        let at = 0;
        for (const one of covered) {
          outside += text.slice(at, one.start);
          at = one.end;
        }
        outside += text.slice(at);
        if (!/delimiter/i.test(text)) expect(outside.replace(/\/\*M?!\d*|\*\/|\s/g, '')).toBe('');
        expect(pieces(tokens, dialect).every(({ tokens: piece }) => piece.length > 0)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('texts, names and comments of any content are one token, or none', () => {
    const body = fc.string({
      unit: fc.constantFrom('a', "'", '"', '`', '\\', ';', '\n', '-', '*', '/', '#', 'é', '😀', ']'),
    });
    const piece = (dialect: Dialect) => {
      const mysql = dialect === 'mysql' || dialect === 'mariadb';
      const escape = (text: string, mark: string) =>
        mark + (mysql ? text.replaceAll('\\', '\\\\') : text).replaceAll(mark, mark + mark) + mark;
      return fc.oneof(
        body.map((text) => ({
          sql: escape(text, "'"),
          value: mysql ? text.replaceAll('\\', '\\\\') : text,
          counts: 1,
        })),
        body.map((text) => ({
          sql: escape(text, '"'),
          value: mysql ? text.replaceAll('\\', '\\\\') : text,
          counts: 1,
        })),
        ...(dialect === 'postgres'
          ? []
          : [body.map((text) => ({ sql: `\`${text.replaceAll('`', '``')}\``, value: text, counts: 1 }))]),
        ...(dialect === 'postgres' ? [body.map((text) => ({ sql: `$q$${text}$q$`, value: text, counts: 1 }))] : []),
        body.map((text) => ({ sql: `/* ${text.replaceAll('*', '').replaceAll('/', '')} */`, value: '', counts: 0 })),
        body.map((text) => ({ sql: `-- ${text.replaceAll('\n', '')}\n`, value: '', counts: 0 })),
      );
    };
    for (const dialect of DIALECTS)
      fc.assert(
        fc.property(fc.array(piece(dialect), { minLength: 1 }), (parts) => {
          const sql = `SELECT ${parts.map(({ sql: one }) => one).join(' , ')} ; SELECT 2`;
          const [first, second] = pieces(read(sql, dialect), dialect);
          expect(second?.tokens.map(({ text }) => text)).toEqual(['SELECT', '2']);
          const found = (first?.tokens ?? []).filter(({ kind }) => kind === 'string' || kind === 'quoted');
          expect(found.map(({ value }) => value)).toEqual(
            parts.filter(({ counts }) => counts === 1).map(({ value }) => value),
          );
        }),
        { numRuns: 100 },
      );
  });
});

describe('statements', () => {
  test.each<[Dialect, string, string[]]>([
    ['sqlite', 'SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
    ['sqlite', ';;; -- x\n;', []],
    [
      'sqlite',
      'CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 3',
      ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END', 'SELECT 3'],
    ],
    [
      'sqlite',
      'EXPLAIN CREATE TEMP TRIGGER t BEGIN SELECT 1; END; SELECT 2',
      ['EXPLAIN CREATE TEMP TRIGGER t BEGIN SELECT 1; END', 'SELECT 2'],
    ],
    [
      'mysql',
      'CREATE PROCEDURE p() BEGIN IF a THEN b; END IF; WHILE c DO d; END WHILE; CASE e WHEN 1 THEN f; END CASE; END; SELECT 1',
      [
        'CREATE PROCEDURE p() BEGIN IF a THEN b; END IF; WHILE c DO d; END WHILE; CASE e WHEN 1 THEN f; END CASE; END',
        'SELECT 1',
      ],
    ],
    [
      'mysql',
      'CREATE DEFINER=`a`@`b` FUNCTION f() RETURNS INT RETURN CASE 1 WHEN 1 THEN 2 END; SELECT 1',
      ['CREATE DEFINER=`a`@`b` FUNCTION f() RETURNS INT RETURN CASE 1 WHEN 1 THEN 2 END', 'SELECT 1'],
    ],
    ['mysql', 'CREATE TABLE `begin` (`trigger` INT); SELECT 1', ['CREATE TABLE `begin` (`trigger` INT)', 'SELECT 1']],
    [
      'mysql',
      'DELIMITER //\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @a = 1; END//\nDELIMITER ;\nSELECT 1;',
      ['CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @a = 1; END', 'SELECT 1'],
    ],
    ['mysql', 'BEGIN; SELECT 1; COMMIT', ['BEGIN', 'SELECT 1', 'COMMIT']],
    ['mariadb', 'BEGIN NOT ATOMIC SELECT 1; END; SELECT 2', ['BEGIN NOT ATOMIC SELECT 1; END', 'SELECT 2']],
    [
      'postgres',
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 2; END; SELECT 3',
      ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 2; END', 'SELECT 3'],
    ],
    ['postgres', 'BEGIN; SELECT 1; END', ['BEGIN', 'SELECT 1', 'END']],
    [
      'postgres',
      "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT ')'); SELECT 2",
      ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT ')')", 'SELECT 2'],
    ],
    ['postgres', 'SELECT 1); SELECT 2', ['SELECT 1)', 'SELECT 2']],
    ['postgres', '\\echo (\nSELECT 1; SELECT 2', ['\\echo (\nSELECT 1', 'SELECT 2']],
  ])('%s: %s', (dialect, sql, expected) => expect(statements(sql, dialect)).toEqual(expected));
});

describe('a cursor', () => {
  const over = (sql: string) => cursor(read(sql, 'mysql'));
  const named = (tokens: readonly Token[] | undefined) => tokens?.map(({ text }) => text).join(' ');
  test('takes words and names', () => {
    const c = over('ALTER `table` `my.db`.t (a, (b, c), d) rest');
    expect(c.take('ALTER', 'TABLE')).toBe(false);
    expect(c.take('ALTER')).toBe(true);
    // A quoted word is a name.
    expect(c.is('TABLE')).toBe(false);
    expect(c.name()).toEqual({ schema: undefined, name: 'table' });
    expect(c.name()).toEqual({ schema: 'my.db', name: 't' });
    expect(split(c.parens() ?? []).map(named)).toEqual(['a', '( b , c )', 'd']);
    expect(named(c.rest())).toBe('rest');
  });
  test('a parenthesis that is never closed ends with the text', () => {
    const c = over('(a, b');
    expect(named(c.parens())).toBe('a , b');
    expect(c.peek()).toBeUndefined();
  });
  test('finds words outside of parentheses', () => {
    expect(find(read('a (b WHERE) WHERE', 'mysql'), 'WHERE')).toBe(5);
    expect(find(read('a (b WHERE)', 'mysql'), 'WHERE')).toBe(-1);
  });
});
