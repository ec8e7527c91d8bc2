import { copyFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Backup, Database, Instance } from '@release-runbook/databases/types';
import {
  changedTables,
  columnsOf,
  exportValues,
  type NewColumns,
  ownValues,
  writtenValues,
} from '@release-runbook/steps/new-columns';
import { startMariadb } from '../../support/servers/mysql.ts';
import { makeBench } from '../databases/mysql-support.ts';
import { makeWorld as makeServerWorld } from '../databases/postgres-world.ts';
import { makePlace, type Place, python } from '../databases/support.ts';

const SCHEMA = `
CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);
CREATE TABLE "odd ""name""" (id INTEGER PRIMARY KEY);
CREATE TABLE same (id INTEGER PRIMARY KEY);
INSERT INTO notes (text) VALUES ('a'), ('b'), ('c'), ('d');
INSERT INTO same VALUES (1);
`;
const UP = `
ALTER TABLE notes ADD COLUMN author TEXT; UPDATE notes SET author = 'unknown';
ALTER TABLE notes ADD COLUMN rank INTEGER; UPDATE notes SET rank = id * 10;
ALTER TABLE notes ADD COLUMN mark BLOB;
ALTER TABLE "odd ""name""" ADD COLUMN "a ""b""" TEXT;
CREATE TABLE fresh (id INTEGER PRIMARY KEY);
`;

let place: Place;
let backup: Backup;
let live: Instance;
let own: NewColumns;

async function start(client: 'python3' | 'sqlite3'): Promise<void> {
  place = await makePlace(client, SCHEMA);
  const { db } = place;
  backup = await db.backup('before');
  const copy = await db.scratch(backup, 'rehearsal-main-1');
  const tables = ['notes', 'odd "name"'];
  const before = await columnsOf(db, copy, tables);
  python(copy.address, UP);
  expect(await changedTables(db, backup, copy)).toEqual(tables);
  own = await ownValues(db, copy, before, await columnsOf(db, copy, tables));
  await db.drop(copy);
  live = await db.live();
  python(place.file, UP);
  copyFileSync(place.file, `${place.file}.migrated`);
}

/** What is found after some SQL on the migrated database. */
async function written(sql: string): Promise<Readonly<Record<string, number>>> {
  copyFileSync(`${place.file}.migrated`, place.file);
  python(place.file, sql);
  return await writtenValues(place.db, live, own);
}

describe('values in columns that a migration made', () => {
  beforeAll(() => start('python3'));
  afterAll(() => place.close());

  test('the migration’s own values are kept by number and hash, and lose nobody anything', async () => {
    expect(own).toEqual({
      notes: {
        author: { values: 4, fill: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), count: 4 } },
        rank: { values: 4, fill: null },
        mark: { values: 0, fill: null },
      },
      'odd "name"': { 'a "b"': { values: 0, fill: null } },
    });
    expect(JSON.stringify(own)).not.toContain('unknown');
    expect(await written('SELECT 1')).toEqual({});
  });

  test('new rows with the value that the migration fills in are nobody’s work', async () => {
    expect(await written("INSERT INTO notes (text, author) VALUES ('e', 'unknown'), ('f', 'unknown')")).toEqual({});
  });

  test.each<[string, string, Record<string, number>]>([
    ['a value instead of the filled one', "UPDATE notes SET author = 'ann' WHERE id = 1", { 'notes (author)': 1 }],
    ['all of them', "UPDATE notes SET author = 'ann'", { 'notes (author)': 4 }],
    [
      'more new ones than filled',
      "INSERT INTO notes (author) SELECT 'v2' FROM notes, notes AS n",
      { 'notes (author)': 16 },
    ],
    ['where there was none', "UPDATE notes SET mark = x'00ff' WHERE id < 3", { 'notes (mark)': 2 }],
    ['beside values of all kinds', "INSERT INTO notes (text, rank) VALUES ('e', 7)", { 'notes (rank)': 1 }],
    ['under odd names', 'INSERT INTO "odd ""name""" VALUES (1, \'x\')', { 'odd "name" (a "b")': 1 }],
  ])('%s', async (_name, sql, expected) => {
    expect(await written(sql)).toEqual(expected);
  });

  test('columns that are gone again, as after half a way back, are passed over', async () => {
    expect(await written('ALTER TABLE notes DROP COLUMN author; ALTER TABLE notes DROP COLUMN mark')).toEqual({});
  });

  test('they are exported with their whole rows, also when one answer cannot hold them', async () => {
    await written(
      "UPDATE notes SET mark = x'00ff' WHERE id = 2; INSERT INTO notes (text, mark) SELECT hex(zeroblob(3000)), 'm' FROM notes, notes AS n, notes AS o, notes AS p",
    );
    const text = await exportValues(place.db, live, 'notes', ['mark'], ['id']);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { row: { id: number } });
    expect(lines.map(({ row }) => row.id)).toEqual([2, ...Array.from({ length: 256 }, (_, i) => i + 5)]);
    expect(lines[0]).toEqual({
      table: 'notes',
      row: { id: 2, text: 'b', author: 'unknown', rank: 20, mark: "x'00ff'" },
    });
  });
});

test('a client that tells no columns of an empty table finds the same', async () => {
  await start('sqlite3');
  try {
    expect(own.notes?.author).toMatchObject({ values: 4, fill: { count: 4 } });
    expect(own['odd "name"']).toEqual({ 'a "b"': { values: 0, fill: null } });
    expect(await written("UPDATE notes SET author = 'ann' WHERE id = 1")).toEqual({ 'notes (author)': 1 });
  } finally {
    await place.close();
  }
});

/** Engines that quote names in their own way, or cannot compare values of a type. */
describe('on a database server', () => {
  const migrated = async (db: Database, sql: (text: string) => Promise<unknown>, json: string) => {
    await sql("CREATE TABLE notes (id INT PRIMARY KEY, text VARCHAR(20)); INSERT INTO notes VALUES (1, 'a'), (2, 'b')");
    const at = await db.live();
    const before = await columnsOf(db, at, ['notes']);
    await sql(
      `ALTER TABLE notes ADD COLUMN author VARCHAR(20) NOT NULL DEFAULT 'unknown'; ALTER TABLE notes ADD COLUMN extra ${json}`,
    );
    const made = await ownValues(db, at, before, await columnsOf(db, at, ['notes']));
    expect(made).toEqual({
      notes: {
        author: { values: 2, fill: { sha256: expect.any(String), count: 2 } },
        extra: { values: 0, fill: null },
      },
    });
    await sql("UPDATE notes SET author = 'ann', extra = '{}' WHERE id = 2; INSERT INTO notes (id) VALUES (3)");
    expect(await writtenValues(db, at, made)).toEqual({ 'notes (author)': 1, 'notes (extra)': 1 });
    const text = await exportValues(db, at, 'notes', ['extra'], ['id']);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(text)).toMatchObject({ table: 'notes', row: { text: 'b', author: 'ann' } });
  };

  test('MariaDB, with names in backticks', async () => {
    const bench = await makeBench(startMariadb);
    try {
      await migrated(await bench.database(), (text) => bench.server.sql(text), 'LONGTEXT');
    } finally {
      await bench.close();
    }
  });

  test('PostgreSQL, with json, of which no two values can be compared, and a table of another schema', async () => {
    const server = await makeServerWorld();
    try {
      const sql = (text: string) => server.server.sql(text);
      await migrated(server.db, sql, 'json');
      await sql('CREATE SCHEMA billing; CREATE TABLE billing.orders (id INT PRIMARY KEY)');
      const found = await columnsOf(server.db, await server.db.live(), ['billing.orders', 'gone']);
      expect([...found]).toEqual([['billing.orders', ['id']]]);
    } finally {
      await server.close();
    }
  });
});
