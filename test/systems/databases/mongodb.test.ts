import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Backup, Database } from '@release-runbook/databases/types';
import type { RunbookError } from '@release-runbook/units/error';
import { BSON, type Db, type Document, Long } from 'mongodb';
import { bulk } from '../../support/servers/data/bulk.ts';
import { loadMongo } from '../../support/servers/data/mongo.ts';
import { contents, makePlace, type Place, startWriter } from './mongodb-support.ts';

let place: Place;
let db: Database;
let shop: Db;
let loaded: Readonly<Record<string, number>>;

beforeAll(async () => {
  place = await makePlace();
  ({ db, shop } = place);
  loaded = (await loadMongo(place.server)).rows;
}, 180_000);

afterAll(async () => {
  await place?.close();
});

let backup: Backup;

test('what bites is backed up and verified', async () => {
  backup = await db.verify(await db.backup('main-1'));
  expect(backup.inspection.rows).toEqual(loaded);
  expect(backup.inspection.objects).toContainEqual({
    kind: 'index',
    name: 'customers.one_email',
    definition: expect.stringContaining('({"email":1}) '),
  });
  expect(backup.verified?.how).toContain('equal');
  expect(await db.since(backup)).toEqual(
    Object.keys(loaded).map((table) => ({ table, key: ['_id'], added: 0, changed: 0, missing: 0 })),
  );
  const { databases } = await place.client.db('admin').command({ listDatabases: 1 });
  expect((databases as { name: string }[]).map(({ name }) => name).filter((name) => name.includes('_rr_'))).toEqual([]);
  expect(readFileSync(join(place.folder, 'backups', 'main', 'main-1.json'), 'utf8')).not.toContain(
    place.server.owner.password,
  );
});

describe('a damaged file', () => {
  const damage = async (change: (whole: Buffer) => Buffer, hint: RegExp) => {
    const whole = readFileSync(backup.path);
    writeFileSync(backup.path, change(whole));
    try {
      await expect(db.verify(backup)).rejects.toThrow(hint);
      await expect(db.restore(backup, 'never')).rejects.toThrow(hint);
    } finally {
      writeFileSync(backup.path, whole);
    }
  };
  test('cut, changed, empty: refused before anything is touched', async () => {
    await damage((whole) => whole.subarray(0, whole.length - 1000), /was cut or replaced/);
    await damage(
      (whole) => Buffer.concat([whole.subarray(0, 5000), Buffer.from([1]), whole.subarray(5001)]),
      /SHA-256/,
    );
    await damage(() => Buffer.alloc(0), /was cut or replaced/);
    expect(await shop.collection('customers').countDocuments()).toBe(3);
  });

  test('also one whose hash is right does not load', async () => {
    const raw = join(place.folder, 'raw.archive');
    execFileSync('sh', [
      '-c',
      'case "$1" in *.zst) zstd -qdc "$1";; *) gzip -dc "$1";; esac >"$2"',
      'sh',
      backup.path,
      raw,
    ]);
    const bytes = readFileSync(raw);
    const { engine } = place;
    const there = { server: engine.live.server, database: 'shop_damaged' };
    for (const [name, part] of [
      ['half', bytes.subarray(0, bytes.length / 2)],
      ['no end', bytes.subarray(0, bytes.length - 10)],
      ['nothing', Buffer.alloc(0)],
    ] as const) {
      writeFileSync(raw, part);
      await expect(engine.load(raw, there).then(() => name)).rejects.toThrow(/cannot be loaded: .*not complete/);
    }
    // A bit that fell over inside a document: the archive carries a checksum of each collection.
    const middle = Math.floor(bytes.length / 2);
    writeFileSync(
      raw,
      Buffer.concat([
        bytes.subarray(0, middle),
        Buffer.from([(bytes[middle] as number) ^ 1]),
        bytes.subarray(middle + 1),
      ]),
    );
    await expect(engine.load(raw, there)).rejects.toThrow(/cannot be loaded/);
    await engine.drop(there);
    rmSync(raw);
  });
});

describe('who may', () => {
  test('a wrong password is told as that, and appears nowhere', async () => {
    const other = await place.open({
      url: place.server.url({ account: { ...place.server.owner, password: 'wr0ng-s3cret' } }),
    });
    const error = await other.backup('main-x').then(
      () => undefined,
      (e: RunbookError) => e,
    );
    expect(error?.message).toMatch(/Authentication failed; nothing was changed/);
    expect(error?.hint).toMatch(/does not accept user owner/);
    expect(`${error?.message} ${error?.hint}`).not.toContain('wr0ng');
  });

  test('who may only read can back up, and is told the grant that a restore needs', async () => {
    const reader = await place.open({ url: place.server.url({ account: place.server.reader }) });
    const taken = await reader.backup('main-reader');
    expect(taken.inspection.rows).toEqual(loaded);
    const error = await reader.restore(taken, 'reader').then(
      () => undefined,
      (e: RunbookError) => e,
    );
    expect(error?.hint).toBe(
      'as an administrator, in mongosh: db.getSiblingDB("admin").grantRolesToUser("reader", [{ role: "readWrite", db: "shop" }])',
    );
    expect(await shop.collection('customers').countDocuments()).toBe(3);
  });

  test('no server there; several servers; a socket', async () => {
    const nobody = await place.open({ url: 'mongodb://127.0.0.1:1/shop' });
    await expect(nobody.backup('x')).rejects.toMatchObject({
      message: expect.stringContaining('ECONNREFUSED'),
      hint: expect.stringContaining('does the server run'),
    });
    await expect(place.open({ url: 'mongodb://a:1,b:2/shop' })).rejects.toThrow(/names several servers/);
    await expect(place.open({ url: 'mongodb+srv://a.example.com/shop' })).rejects.toThrow(/mongodb\+srv/);
  });
});

describe('while others work', () => {
  test('a writer runs during the dump: what is restored is what was dumped', async () => {
    await bulk(place.server, 20);
    const writer = startWriter(shop);
    let taken: Backup;
    let [before, after] = [0, 0];
    try {
      while (writer.written() < 100) await new Promise((next) => setTimeout(next, 10));
      before = writer.written();
      taken = await db.backup('main-busy');
      after = writer.written();
    } finally {
      await writer.stop();
    }
    expect(after).toBeGreaterThan(before);
    const verified = await db.verify(taken);
    const rows = verified.inspection.rows['written'] as number;
    expect(rows).toBeGreaterThan(0);
    const [since] = await db.since(verified, ['written']);
    const now = await shop.collection('written').countDocuments();
    expect(since).toMatchObject({ added: expect.any(Number), key: ['_id'] });
    expect(rows + (since?.added ?? 0) - (since?.missing ?? 0)).toBe(now);
    expect(await db.since(verified, ['bulk_events'])).toEqual([
      { table: 'bulk_events', key: ['_id'], added: 0, changed: 0, missing: 0 },
    ]);
  });

  test('collections or indexes that change during the dump: it is not taken', async () => {
    let done = false;
    const changing = (async () => {
      for (let i = 0; !done; i++) {
        await shop.collection('ddl').createIndex({ [`f${i % 50}`]: 1 });
        if (i % 50 === 49) await shop.dropCollection('ddl');
      }
    })();
    try {
      await expect(db.backup('main-ddl')).rejects.toThrow(/was changed .* while it was dumped: .*ddl/);
    } finally {
      done = true;
      await changing;
      await shop.dropCollection('ddl').catch(() => {});
    }
    expect((await db.backups()).map(({ id }) => id)).not.toContain('main-ddl');
  });
});

describe('rows since the backup', () => {
  test('are counted, named, exported, and can be put back', async () => {
    const taken = await db.verify(await db.backup('main-since'));
    const customers = shop.collection<{ _id: number | string; [field: string]: unknown }>('customers');
    await customers.insertOne({ _id: { a: 1, b: [1.5] } as never, email: 'new@example.com', note: 'tab\there' });
    await customers.insertOne({ _id: Long.fromString('9223372036854775806') as never, email: 'long@example.com' });
    await customers.updateOne({ _id: 1 }, { $set: { level: 10 } });
    await customers.deleteOne({ _id: 'text' });
    await shop.collection('fresh').insertOne({ n: 1 });
    const since = await db.since(taken);
    expect(since.filter(({ added, changed, missing }) => added + changed + missing > 0)).toEqual([
      { table: 'customers', key: ['_id'], added: 2, changed: 1, missing: 1 },
      { table: 'fresh', key: ['_id'], added: 1, changed: 0, missing: 0 },
    ]);
    const differences = await db.compare(taken, await db.live());
    expect(differences.schema).toEqual(['collection fresh is new']);
    expect(differences.rows.join('\n')).toMatch(/customers: 1 row changed \(_id 1: document\)/);
    expect(differences.rows.join('\n')).toMatch(/customers: 1 row is missing \(_id text\)/);
    const exported = await db.exportSince(taken, 'since');
    expect(exported.rows).toEqual({ customers: 4, fresh: 1 });
    const lines = readdirSync(exported.path)
      .filter((file) => file.endsWith('.jsonl'))
      .flatMap((file) => readFileSync(join(exported.path, file), 'utf8').trim().split('\n'))
      .map((line) => BSON.EJSON.parse(line, { relaxed: false }) as { table: string; change: string; row?: Document });
    // Back to the backup, then what was written since on top of it.
    const wanted = await contents(shop);
    await db.restore(taken, 'since');
    expect(await contents(shop)).not.toEqual(wanted);
    for (const { table, change, row } of lines.filter(({ row }) => row !== undefined)) {
      expect(['added', 'changed']).toContain(change);
      await shop.collection(table).replaceOne({ _id: row?.['_id'] as never }, row as Document, { upsert: true });
    }
    await customers.deleteOne({ _id: 'text' });
    expect(await contents(shop)).toEqual(wanted);
    await shop.dropCollection('fresh');
  });
});
