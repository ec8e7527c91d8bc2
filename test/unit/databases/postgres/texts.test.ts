import { describe, expect, it } from '@jest/globals';
import { outsideTransactions } from '@release-runbook/databases/postgres/apply';
import { markIn, ownPart } from '@release-runbook/databases/postgres/dress';
import { parseError } from '@release-runbook/databases/postgres/errors';
import { normalDefinition } from '@release-runbook/databases/postgres/normal';
import { parseCsv, valueOf } from '@release-runbook/databases/postgres/query';
import { beside } from '@release-runbook/databases/postgres/swap';

describe('normalDefinition', () => {
  it.each([
    [
      `CHECK (((status)::text = ANY ((ARRAY['new'::character varying, 'it''s, (]'::character varying])::text[])))`,
      `CHECK (((status)::text = ANY (ARRAY[('new'::character varying)::text, ('it''s, (]'::character varying)::text])))`,
    ],
    [`((ARRAY[1, 2])::numeric(10,2)[])`, `(ARRAY[(1)::numeric(10,2), (2)::numeric(10,2)])`],
    [`(ARRAY[(ARRAY['a'::x])::text[]])::"odd type"[]`, `ARRAY[(ARRAY[('a'::x)::text])::"odd type"]`],
  ])('%s becomes what a load makes of it', (before, after) => {
    expect(normalDefinition(before)).toBe(after);
    expect(normalDefinition(after)).toBe(after);
  });

  it.each(["DEFAULT (ARRAY['open", 'x = (ARRAY[1, 2])', "concat('(ARRAY[', a)", ''])('leaves %s', (text) => {
    expect(normalDefinition(text)).toBe(text);
  });
});

describe('outsideTransactions', () => {
  it.each([
    'CREATE INDEX CONCURRENTLY',
    'DROP INDEX CONCURRENTLY',
    'REINDEX TABLE CONCURRENTLY',
    'ALTER TABLE DETACH PARTITION CONCURRENTLY',
    'VACUUM',
    'BEGIN',
    'COMMIT',
    'ALTER TYPE STATE ADD VALUE',
    'ALTER SYSTEM SET',
    'CREATE DATABASE',
  ])('%s needs a place outside', (text) => expect(outsideTransactions(text.split(' '))).toBeDefined());
  it.each([
    'CREATE INDEX',
    'ROLLBACK TO SAVEPOINT',
    'REFRESH MATERIALIZED VIEW CONCURRENTLY',
    'ALTER TYPE RENAME VALUE TO',
    'SELECT',
  ])('%s can be in one', (text) => expect(outsideTransactions(text.split(' '))).toBeUndefined());
});

describe('parseError', () => {
  it('reads code, line and the place within the statement', () => {
    expect(
      parseError(
        'psql:/tmp/a b/file.sql:12: ERROR:  42703: column "nope" does not exist\nLINE 3:   nope\n          ^\nLOCATION:  x',
      ),
    ).toEqual({ code: '42703', words: 'column "nope" does not exist', line: 12, inStatement: 3 });
  });
  it('takes the first error of a program, whatever warnings stand before it', () => {
    const text =
      'pg_dump: warning: x\npg_dump: error: query failed: ERROR:  permission denied for table t\npg_dump: detail: Query was: LOCK';
    expect(parseError(text).words).toBe('query failed: ERROR:  permission denied for table t');
  });
  it('reads what a server says in another language', () => {
    expect(parseError('psql:<stdin>:3: FEHLER:  42501: keine Berechtigung').code).toBe('42501');
  });
  it('reads a refused connection', () => {
    const text =
      'psql: error: connection to server at "127.0.0.1", port 1 failed: Connection refused\n\tIs the server running?';
    expect(parseError(text).words).toMatch(/^connection to server .* refused$/);
  });
});

describe('query results', () => {
  it('keeps line ends, commas, quotes and empty cells', () => {
    expect(parseCsv('a,b\n"x\n""y"",z",\n,1\n')).toEqual([
      ['a', 'b'],
      ['x\n"y",z', ''],
      ['', '1'],
    ]);
    expect(parseCsv('')).toEqual([]);
    expect(parseCsv('a\n\n""\n')).toEqual([['a'], [''], ['']]);
  });
  it.each([
    ['42', 'integer', 42],
    ['1.50', 'numeric(10,2)', 1.5],
    ['9007199254740993', 'bigint', '9007199254740993'],
    ['NaN', 'numeric', 'NaN'],
    ['1e-07', 'double precision', 1e-7],
    ['{1,2}', 'integer[]', '{1,2}'],
    ['007', 'text', '007'],
    ['t', 'boolean', true],
    ['t', 'text', 't'],
    ['{"a":[1]}', 'jsonb', { a: [1] }],
    ['\u0001null\u0001', 'text', null],
  ])('%s of type %s is %p', (cell, type, value) => expect(valueOf(cell, type)).toEqual(value));
});

describe('names and markers', () => {
  it('keeps names within 63 bytes, apart from each other', () => {
    const long = 'é'.repeat(40);
    const names = [
      ...['a', 'b'].flatMap((label) => Object.values(beside(long, label))),
      ...Object.values(beside('shop', 'r1')),
    ];
    expect(new Set(names).size).toBe(6);
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect(beside('shop', 'r1')).toEqual({ fresh: 'shop_fresh_r1', rescue: 'shop_rescue_r1' });
  });
  it('finds the marker behind what people wrote', () => {
    expect(markIn('the shop\n[release-runbook: restore r1]')).toBe('restore r1');
    expect(ownPart('the shop\n[release-runbook: restore r1]')).toBe('the shop');
    expect(markIn('[release-runbook: x] no')).toBeUndefined();
    expect(ownPart(null)).toBeNull();
  });
});
