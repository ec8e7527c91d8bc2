import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Place, ServerEngine, TableShape } from '@release-runbook/databases/server/engine';
import { compareRows, writeIndex } from '@release-runbook/databases/server/row-index';
import { openHosts } from '@release-runbook/hosts/open';
import type { Host, Hosts } from '@release-runbook/hosts/types';

type Row = { readonly key: string; readonly values: Readonly<Record<string, string>> };
type Tables = Readonly<Record<string, { readonly shape: TableShape; readonly rows: readonly Row[] }>>;

let folder: string;
let hosts: Hosts;
let host: Host;
let files = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rr-rows-'));
  const scope = { system: 's', environment: 'e', root: folder };
  hosts = await openHosts({ app: { local: true, directory: folder } }, scope, process.env);
  host = hosts.get('app');
});
afterAll(async () => {
  await hosts.close();
  rmSync(folder, { recursive: true, force: true });
});

const place: Place = { server: { kind: 'live', host: 'h', port: 1, user: 'u', password: undefined }, database: 'd' };

/** The part of an engine that rows need, over tables in memory: what a server would print is a file. */
function engine(tables: Tables): ServerEngine {
  const one = (name: string) => tables[name] as Tables[string];
  return {
    host,
    tables: async () => Object.values(tables).map(({ shape }) => shape),
    count: async (_: Place, shapes: readonly TableShape[]) =>
      Object.fromEntries(shapes.map(({ table }) => [table, one(table).rows.length])),
    rowLines(_: Place, { table, key, columns: all }: TableShape, columns: readonly string[]) {
      const lines = one(table).rows.map((row) => {
        const whole = all.map((column) => row.values[column]).join('_');
        return `${key === null ? whole : row.key}\t${columns.map((column) => row.values[column]).join(' ')}\n`;
      });
      const file = join(folder, `lines-${files++}`);
      writeFileSync(file, lines.join(''));
      return { text: 'cat "$RR_TEST_FILE"', env: { RR_TEST_FILE: file } };
    },
  } as unknown as ServerEngine;
}

const table = (name: string, key: readonly string[] | null, columns: readonly string[], rows: readonly Row[]) => ({
  [name]: { shape: { table: name, key, columns }, rows },
});
const row = (key: string, ...values: string[]): Row => ({
  key,
  values: Object.fromEntries(values.map((value, i) => ['abcdef'[i] as string, value])),
});

async function compare(before: Tables, after: Tables, lists?: string) {
  const index = join(folder, `index-${files++}`);
  const tables = await writeIndex(engine(before), place, index, 'gz');
  const rows = Object.fromEntries(Object.entries(before).map(([name, { rows }]) => [name, rows.length]));
  const work = join(folder, `work-${files++}`);
  return compareRows(engine(after), { folder: index, tables, rows }, place, { work, ...(lists ? { lists } : {}) });
}

test('random tables: what is new, changed and gone is told exactly', async () => {
  let seed = 7;
  const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 12; round++) {
    // Keys that sort differently as numbers, texts and JSON, and that are each other's beginnings.
    const keys = Array.from({ length: 60 }, (_, i) =>
      JSON.stringify([i % 3 === 0 ? i * 7 : `k ${'a'.repeat(i % 5)}${i}é"`]),
    );
    const some = () => keys.filter(() => random(4) > 0).map((key) => row(key, `h${random(3)}`, `h${random(3)}`));
    const [before, after] = [some(), some()];
    const old = new Map(before.map((one) => [one.key, one]));
    const now = new Map(after.map((one) => [one.key, one]));
    const [found] = await compare(table('t', ['k'], ['a', 'b'], before), table('t', ['k'], ['a', 'b'], after));
    expect(found).toMatchObject({
      table: 't',
      added: after.filter(({ key }) => !old.has(key)).length,
      missing: before.filter(({ key }) => !now.has(key)).length,
      changed: after.filter(({ key, values }) => {
        const was = old.get(key);
        return was !== undefined && JSON.stringify(was.values) !== JSON.stringify(values);
      }).length,
    });
  }
});

test('columns that came or went are left out, and those that changed are named', async () => {
  const before = table('t', ['k'], ['a', 'b', 'c'], [row('[1]', 'x', 'y', 'z'), row('[2]', 'x', 'y', 'z')]);
  const after = {
    t: {
      shape: { table: 't', key: ['k'], columns: ['c', 'e', 'a'] },
      rows: [
        { key: '[1]', values: { c: 'z', e: 'new', a: 'x' } },
        { key: '[2]', values: { c: 'other', e: 'new', a: 'x' } },
      ],
    },
  };
  const [found] = await compare(before, after);
  expect(found).toMatchObject({ added: 0, changed: 1, missing: 0 });
  expect(found?.examples).toEqual([{ kind: 'changed', key: '[2]', columns: ['c'] }]);
});

test('rows without a key are told apart as a whole, also when some are equal', async () => {
  const rows = (...values: string[]) =>
    table(
      'log',
      null,
      ['a'],
      values.map((value) => row('', value)),
    );
  expect(await compare(rows('x', 'x', 'y'), rows('x', 'y', 'y', '12', '1e1'))).toMatchObject([
    { added: 3, changed: 0, missing: 1 },
  ]);
});

test('new tables and tables that are gone; lists of keys where they are asked for', async () => {
  const lists = join(folder, 'lists');
  const before = {
    ...table('old', ['k'], ['a'], [row('[1]', 'x')]),
    ...table('both', ['k'], ['a'], [row('[1]', 'x')]),
  };
  const after = {
    ...table('both', ['k'], ['a'], [row('[1]', 'y'), row('[9]', 'x')]),
    ...table('new', ['k'], ['a'], [row('[5]', 'x')]),
  };
  const found = await compare(before, after, lists);
  expect(found.map(({ table: name, added, changed, missing }) => [name, added, changed, missing])).toEqual([
    ['old', 0, 0, 1],
    ['both', 1, 1, 0],
    ['new', 1, 0, 0],
  ]);
  const both = found[1]?.lists;
  expect(readFileSync(both?.changed as string, 'utf8')).toBe('[1]\t1\n');
  expect(readFileSync(both?.added as string, 'utf8')).toBe('[9]\n');
  expect(readFileSync(found[2]?.lists?.added as string, 'utf8')).toBe('[5]\n');
  expect(readdirSync(lists)).toHaveLength(2);
});

test('a reader that fails, and an index that was damaged, are errors and never "nothing changed"', async () => {
  const tables = table('t', ['k'], ['a'], [row('[1]', 'x')]);
  const failing = { ...engine(tables), rowLines: () => ({ text: 'echo "[1]"; exit 3', env: {} }) } as ServerEngine;
  await expect(writeIndex(failing, place, join(folder, 'failing'), 'gz')).rejects.toThrow('cannot be read');
  const index = join(folder, 'damaged');
  const indexed = await writeIndex(engine(tables), place, index, 'gz');
  const file = join(index, indexed[0]?.file as string);
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, bytes.length - 9));
  const work = join(folder, 'work');
  await expect(
    compareRows(engine(tables), { folder: index, tables: indexed, rows: { t: 1 } }, place, { work }),
  ).rejects.toThrow("the list of the backup's rows is damaged");
});
