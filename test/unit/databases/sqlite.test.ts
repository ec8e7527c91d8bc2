import { describe, expect, test } from '@jest/globals';
import { cliProgram, cliReply, cliScript } from '@release-runbook/databases/sqlite/cli';
import { schemaDifferences } from '@release-runbook/databases/sqlite/compare';
import { any, pair } from '@release-runbook/databases/sqlite/pairs';
import { decode, type Request } from '@release-runbook/databases/sqlite/protocol';
import { type Column, readSchema } from '@release-runbook/databases/sqlite/schema';

const request = (steps: Request['steps']): Request => ({
  protocol: 1,
  path: '/srv/a.db',
  busyMs: 5000,
  attach: [],
  steps,
});
const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: 'TEXT',
  notNull: false,
  fallback: null,
  key: 0,
  generated: false,
  ...more,
});

describe('the program sqlite3', () => {
  test('gets the file as a URI, which never is an option and is not created', () => {
    expect(cliProgram('/srv/-a b?#.db').at(-1)).toBe('file:/srv/-a%20b%3F%23.db?mode=rw');
  });

  test('gets paths between quotes of its own', () => {
    expect(cliScript(request([{ backup: '/a "b" \\c' }]), '3.40.1', 'M')).toContain(
      '.backup main "/a \\"b\\" \\\\c"\n',
    );
    expect(() => cliScript(request([{ backup: '/a\n.shell' }]), '3.40.1', 'M')).toThrow('control characters');
  });

  test.each(['.shell touch x', ' SELECT 1', 'SELECT 1\n/\n', 'SELECT\nGO -- now'])('never gets %j', (sql) => {
    expect(() => cliScript(request([{ sql }]), '3.40.1', 'M')).toThrow();
  });

  test('prints raw where it would escape', () => {
    expect(cliScript(request([{ sql: 'SELECT 1' }]), '3.40.1', 'M')).not.toContain('--escape');
    expect(cliScript(request([{ sql: 'SELECT 1' }]), '3.50.0', 'M')).toContain('.mode quote --escape off');
  });

  test('is read value by value', () => {
    const text =
      "M\n'a','b''c'\n1,'x,\n''y'''\nNULL,X'00FF'\n-9223372036854775808,1.5e+300\nInf,-Inf\nRun Time: real 0.012 user 0.0 sys 0.0\nM\n'sqlite_version()'\n'3.40.1'\n";
    expect(cliReply(text, '', 'M', 1)).toEqual({
      ok: true,
      version: '3.40.1',
      results: [
        {
          columns: ['a', "b'c"],
          ms: 12,
          rows: [
            [1, "x,\n'y'"],
            [null, { blob: '00ff' }],
            [{ int: '-9223372036854775808' }, 1.5e300],
            [{ real: 'Infinity' }, { real: '-Infinity' }],
          ],
        },
      ],
    });
    expect(cliReply("M\n'a'\nunistr('x\\u000ay\\\\')\nM\n'v'\n'3.50.0'\n", '', 'M', 1)).toMatchObject({
      results: [{ rows: [['x\ny\\']] }],
    });
  });

  test.each([
    ['Runtime error near line 7: database is locked (5)', 'database is locked'],
    ['Error: near line 7: no such table: a', 'no such table: a'],
    ['Parse error near line 5: near "x": syntax error\n  SELECT x\n', 'near "x": syntax error'],
    ['Error: database or disk is full', 'database or disk is full'],
    ['', 'sqlite3 ended without a word; is the statement complete?'],
  ])('fails with its words: %s', (stderr, message) => {
    expect(cliReply('M\nM\n', stderr, 'M', 3)).toEqual({ ok: false, at: 1, message });
  });
});

test('values that JSON cannot carry', () => {
  expect([
    decode({ int: '9007199254740993' }),
    decode({ blob: '00' }),
    decode({ real: '-Infinity' }),
    decode('x'),
  ]).toEqual(['9007199254740993', "x'00'", -Infinity, 'x']);
});

test('a schema without what extensions and the suite keep for themselves', () => {
  const row = (type: string, name: string, table: string, sql: string | null) => [type, name, table, sql];
  const schema = readSchema({
    columns: [],
    ms: 0,
    rows: [
      row('table', 'docs', 'docs', 'CREATE VIRTUAL TABLE docs USING fts5(a)'),
      row('table', 'docs_data', 'docs_data', "CREATE TABLE 'docs_data'(id)"),
      row('table', 'other_data', 'other_data', 'CREATE TABLE other_data(id)'),
      row('table', 'sqlite_sequence', 'sqlite_sequence', 'CREATE TABLE sqlite_sequence(name,seq)'),
      row('index', 'sqlite_autoindex_a_1', 'a', null),
      row('table', '_release_runbook_migrations', '_release_runbook_migrations', 'CREATE TABLE x(y)'),
    ],
  });
  expect(schema.tables.map((t) => [t.name, t.module])).toEqual([
    ['docs', 'fts5'],
    ['other_data', undefined],
  ]);
});

describe('how rows are told apart', () => {
  const table = (withoutRowid = false) => ({ name: 't', withoutRowid, module: undefined });
  const on = (columns: Column[], withoutRowid = false) => {
    const p = pair(table(withoutRowid), table(withoutRowid), columns, columns);
    return [p.key, p.key === null ? '' : p.on('a', 'b')];
  };
  test.each([
    ['an integer key', [column('id', { key: 1, type: 'INTEGER' }), column('x')], false, [['id'], 'b."id" = a."id"']],
    [
      'a composite key in its own order',
      [column('x', { key: 2 }), column('y', { key: 1 })],
      true,
      [['y', 'x'], 'b."y" = a."y" AND b."x" = a."x"'],
    ],
    [
      'a key that may be NULL',
      [column('k', { key: 1 })],
      false,
      [['k'], 'b."k" IS a."k" AND (a.rowid = b.rowid OR a."k" IS NOT NULL)'],
    ],
    ['no key', [column('x'), column('rowid')], false, [['_rowid_'], 'b."_rowid_" = a."_rowid_"']],
    ['no key and no name for the rowid', [column('ROWID'), column('oid'), column('_rowid_')], false, [null, '']],
  ])('%s', (_what, columns, withoutRowid, expected) => expect(on(columns, withoutRowid)).toEqual(expected));

  test('not at all when the key itself changed', () => {
    expect(pair(table(), table(), [column('a', { key: 1 })], [column('a'), column('b', { key: 1 })]).key).toBeNull();
  });
});

test('many conditions make no deep tree', () => {
  const deep = (text: string) => {
    let [depth, most] = [0, 0];
    for (const char of text) {
      depth += char === '(' ? 1 : char === ')' ? -1 : 0;
      most = Math.max(most, depth);
    }
    return most;
  };
  expect(deep(any(Array.from({ length: 2000 }, (_, i) => `c${i}`)))).toBeLessThan(13);
});

test('columns tell what changed where they can', () => {
  const object = (definition: string) => ({ objects: [{ kind: 'table' as const, name: 't', definition }], tables: [] });
  const of = (old: Column[], now: Column[]) =>
    schemaDifferences({
      schemas: { main: object('new'), other: object('old') },
      columns: { main: new Map([['t', now]]), other: new Map([['t', old]]) },
    });
  expect(of([column('a')], [column('a')])).toEqual(['table t: its definition differs']);
  expect(
    of([column('a'), column('b')], [column('a', { type: 'INTEGER', notNull: true, fallback: '0' }), column('c')]),
  ).toEqual([
    'table t: column a was TEXT, is INTEGER NOT NULL DEFAULT 0',
    'table t: column b is gone',
    'table t: column c is new (TEXT)',
  ]);
});
