import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '@release-runbook/databases/types';
import { openHosts } from '@release-runbook/hosts/open';
import type { Hosts } from '@release-runbook/hosts/types';
import type { RunbookError } from '@release-runbook/units/error';
import type { Db } from 'mongodb';
import { loadMongo } from '../../support/servers/data/mongo.ts';
import { startPostgres } from '../../support/servers/postgres.ts';
import { programPath, type SqlServer, urlOf } from '../../support/servers/server.ts';
import { type Sshd, startSshd } from '../../support/sshd.ts';
import { contents, makePlace, type Place } from './mongodb-support.ts';

let place: Place;
let db: Database;
let shop: Db;

beforeAll(async () => {
  place = await makePlace();
  ({ db, shop } = place);
  await loadMongo(place.server);
}, 180_000);

afterAll(async () => {
  await place?.close();
});

async function emptyStore(): Promise<SqlServer> {
  const store = await startPostgres({
    version: '18',
    bare: true,
    settings: {
      shared_preload_libraries: 'pg_cron,pg_documentdb_core,pg_documentdb',
      'cron.database_name': 'postgres',
    },
  });
  await store.sql('CREATE EXTENSION documentdb CASCADE', { database: 'postgres' });
  return store;
}

describe('files of commands', () => {
  const file = (name: string, commands: readonly unknown[] | string) => ({
    name,
    sql: typeof commands === 'string' ? commands : JSON.stringify(commands),
  });
  const index = { createIndexes: 'orders', indexes: [{ key: { at: 1 }, name: 'at' }] };
  const insert = { insert: 'orders', documents: [{ _id: 1, at: { $date: '2026-01-01T00:00:00Z' } }] };
  const live = () => db.live();

  test('are run once, in order, and remembered', async () => {
    const files = [
      file('001.json', [index, insert]),
      file('002.json', `${JSON.stringify({ insert: 'orders', documents: [{ _id: 2 }] })}\n`),
    ];
    expect(await db.applyFiles(await live(), files)).toEqual(['001.json', '002.json']);
    expect(await db.applyFiles(await live(), files)).toEqual([]);
    expect(await shop.collection('orders').findOne({ _id: 1 as never })).toEqual({
      _id: 1,
      at: new Date('2026-01-01T00:00:00Z'),
    });
    await expect(db.applyFiles(await live(), [file('001.json', [insert])])).rejects.toThrow(
      /was changed after it was applied/,
    );
    expect((await db.inspect(await live())).rows).not.toHaveProperty('_release_runbook_migrations');
  });

  test('that fail in the middle go on with the command that failed', async () => {
    const two = { insert: 'orders', documents: [{ _id: 3 }] };
    const again = { insert: 'orders', documents: [{ _id: 2 }] };
    const error = await db.applyFiles(await live(), [file('003.json', [two, again])]).then(
      () => undefined,
      (e: RunbookError) => e,
    );
    expect(error?.message).toMatch(
      /^003\.json: command 2 of 2 \(insert\) failed: document 1: .*; the 1 before it were run, and stay$/,
    );
    // What was run may not change.
    await expect(db.applyFiles(await live(), [file('003.json', [again, again])])).rejects.toThrow(
      /changed after its first 1 commands/,
    );
    const mended = { insert: 'orders', documents: [{ _id: 4 }] };
    expect(await db.applyFiles(await live(), [file('003.json', [two, mended])])).toEqual(['003.json']);
    expect(await shop.collection('orders').countDocuments()).toBe(4);
  });

  test('of which no command is left, are no files of commands', async () => {
    await expect(db.applyFiles(await live(), [file('004.js', 'db.orders.drop()')])).rejects.toMatchObject({
      hint: expect.stringContaining('run: mongosh'),
    });
    await expect(db.applyFiles(await live(), [file('005.json', '{"a":')])).rejects.toThrow(/005\.json:1 is no JSON/);
    await expect(db.applyFiles(await live(), [file('006.json', [])])).rejects.toThrow(/holds no commands/);
    await expect(db.applyFiles(await live(), [file('007.json', [{ dropp: 'orders' }])])).rejects.toThrow(
      /command 1 of 1 \(dropp\) failed: .*nothing was changed by this file/,
    );
  });

  test('move with the database: a restore forgets what came after the backup', async () => {
    const backup = await db.verify(await db.backup('main-files'));
    await db.applyFiles(await live(), [file('008.json', [{ insert: 'orders', documents: [{ _id: 8 }] }])]);
    await db.restore(backup, 'files');
    expect(
      await db.applyFiles(await live(), [file('008.json', [{ insert: 'orders', documents: [{ _id: 8 }] }])]),
    ).toEqual(['008.json']);
  });
});

describe('a query', () => {
  test('is one command', async () => {
    const live = await db.live();
    expect(await db.query(live, '{"count": "customers", "query": {}}')).toMatchObject({ columns: ['n'], rows: [[3]] });
    expect(
      await db.query(live, '{"find": "customers", "filter": {"_id": 1}, "projection": {"email": 1, "created": 1}}'),
    ).toMatchObject({
      columns: ['_id', 'email', 'created'],
      rows: [[1, 'ada@example.com', '2025-01-02T03:04:05.678Z']],
    });
    expect(
      await db.query(live, '{"aggregate": "recent", "pipeline": [{"$match": {"i": {"$gt": 4}}}, {"$count": "n"}]}'),
    ).toMatchObject({ columns: ['n'], rows: [[5]] });
    expect((await db.query(live, '{"distinct": "recent", "key": "i"}')).rows).toHaveLength(10);
  });

  test('only reads in the live database', async () => {
    const live = await db.live();
    for (const text of [
      '{"delete": "customers", "deletes": [{"q": {}, "limit": 0}]}',
      '{"drop": "customers"}',
      '{"aggregate": "customers", "pipeline": [{"$out": "copy"}]}',
      '{"aggregate": "customers", "pipeline": [{"$match": {}}, {"$merge": {"into": "copy"}}]}',
      '{"explain": {"update": "customers", "updates": []}}',
      '{"findAndModify": "customers", "remove": true}',
    ])
      await expect(db.query(live, text)).rejects.toThrow(/only reads here/);
    await expect(db.query(live, 'select 1')).rejects.toThrow(/is no JSON/);
    expect(await shop.collection('customers').countDocuments()).toBe(3);
  });

  test('nobody holds a transaction open', async () => {
    expect(await db.blockers()).toEqual([]);
  });
});

describe('a copy to rehearse on', () => {
  test('is a database of its own on the same server, found by its own URL', async () => {
    const backup = await db.verify(await db.backup('main-scratch'));
    const before = await contents(shop);
    const copy = await db.scratch(backup, 'rehearsal');
    const url = db.environment(copy)['MONGO_URL'] as string;
    expect(new URL(url).pathname).toMatch(/^\/shop_rr_scratch_[0-9a-f]{8}$/);
    expect(await db.applyFiles(copy, [{ name: '100.json', sql: '[{"drop": "customers"}]' }])).toEqual(['100.json']);
    expect(await db.compareSchema(backup, copy)).toContain('collection customers is gone');
    expect(await contents(shop)).toEqual(before);
    await db.drop(copy);
  });
});

describe('a server program beside the live one', () => {
  let store: SqlServer;
  beforeAll(async () => {
    store = await emptyStore();
  });
  afterAll(async () => {
    await store?.stop();
  });

  /** No mongod can be had here: a program of that name, with its options, in front of an empty store. */
  const standIn = (): string => {
    const folder = join(place.folder, 'programs');
    mkdirSync(folder, { recursive: true });
    for (const name of ['mongodump', 'mongorestore']) symlinkSync(programPath(name), join(folder, name));
    writeFileSync(
      join(folder, 'mongod'),
      `#!/bin/sh
[ "$1" != --version ] || { echo 'db version v${place.server.version} (FerretDB v2.7.0)'; exit; }
for a in "$@"; do case "$a" in --port=*) port=\${a#*=};; --dbpath=*) data=\${a#*=};; esac; done
echo "$*" >"$data/../arguments"
FERRETDB_POSTGRESQL_URL='${urlOf('postgres', store.admin, 'postgres')}' DO_NOT_TRACK=1 exec '${programPath('ferretdb')}' --state-dir="$data" --listen-addr="127.0.0.1:$port" --telemetry=disable --debug-addr=- --log-level=WARN --no-auth
`,
    );
    chmodSync(join(folder, 'mongod'), 0o755);
    return folder;
  };

  test('is started in its own folder, with the same user, loaded, and ended', async () => {
    const url = place.server.url({ database: 'besides' });
    const engine = place.engineFor({ programs: standIn() }, url);
    await place.client
      .db('besides')
      .collection('a')
      .insertOne({ _id: 1 as never });
    const file = join(place.folder, 'besides.archive');
    await engine.dump(engine.live, file);
    const at = join(place.folder, 'backups', 'scratch-server');
    const first = await engine.startScratch(at);
    expect(first.server).toMatchObject({ kind: 'scratch', host: '127.0.0.1', user: 'owner' });
    expect(first.database).toBeUndefined();
    expect(first.server.port).not.toBe(place.server.port);
    const there = { server: first.server, database: 'besides' };
    expect(await engine.exists(there)).toBe(false);
    await engine.load(file, there);
    expect(await engine.count(there, await engine.tables(there))).toEqual({ a: 1 });
    const pid = Number(readFileSync(join(at, 'pid'), 'utf8'));
    expect(readFileSync(join(at, 'arguments'), 'utf8')).toContain('--bind_ip=127.0.0.1');
    expect(readFileSync(join(at, 'arguments'), 'utf8')).not.toContain(place.server.owner.password);
    // A later run ends what a dead one left there; a real server's folder would be empty again.
    await store.sql('DROP OWNED BY owner; DROP ROLE owner', { database: 'postgres' });
    const second = await engine.startScratch(at);
    expect(() => process.kill(pid, 0)).toThrow();
    const next = Number(readFileSync(join(at, 'pid'), 'utf8'));
    await second.stop();
    expect(() => process.kill(next, 0)).toThrow();
    expect(existsSync(at)).toBe(false);
    expect(await engine.count(engine.live, await engine.tables(engine.live))).toEqual({ a: 1 });
  });
});

describe('over ssh', () => {
  let sshd: Sshd;
  let hosts: Hosts;
  beforeAll(async () => {
    sshd = await startSshd();
    hosts = await openHosts(
      { db: { ssh: `${sshd.user}@127.0.0.1`, port: sshd.port, key: '$KEY', 'known-hosts': '$KNOWN' } },
      { system: 'demo', environment: 'test' },
      { KEY: sshd.key, KNOWN: sshd.knownHosts },
    );
  });
  afterAll(async () => {
    await hosts?.close();
    await sshd?.stop();
  });

  test('backed up, verified, compared; the driver goes through the connection of the host', async () => {
    const remote = await place.open({ host: hosts.get('db') });
    const backup = await remote.verify(await remote.backup('main-ssh'));
    expect(backup.verified).toBeDefined();
    await shop.collection('customers').insertOne({ email: 'ssh@example.com' });
    expect((await remote.since(backup, ['customers']))[0]).toMatchObject({ added: 1, changed: 0, missing: 0 });
    const far = await hosts.get('db').forward({ host: '127.0.0.1', port: place.server.port });
    expect(far.port).not.toBe(place.server.port);
    await far.close();
  });

  test('a server that is not there is told in words of the host', async () => {
    const remote = await place.open({ host: hosts.get('db'), url: 'mongodb://127.0.0.1:1/shop' });
    await expect(remote.backup('main-none')).rejects.toThrow(/Connection refused|open failed|connection .*closed/i);
  });
});
