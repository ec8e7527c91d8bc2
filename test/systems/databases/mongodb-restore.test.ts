import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Backup, Database } from '@release-runbook/databases/types';
import type { Db } from 'mongodb';
import { loadMongo } from '../../support/servers/data/mongo.ts';
import { contents, makePlace, names, type Place, startWriter } from './mongodb-support.ts';

let place: Place;
let db: Database;
let shop: Db;
let wanted: Record<string, string[]>;
let backup: Backup;

beforeAll(async () => {
  place = await makePlace();
  ({ db, shop } = place);
  await loadMongo(place.server);
}, 180_000);

afterAll(async () => {
  await place?.close();
});

/** As an application and a migration leave it: documents, a collection and an index more, one collection less. */
async function spoil(): Promise<Record<string, string[]>> {
  await shop.collection<{ _id: number }>('customers').deleteMany({ _id: 1 });
  await shop
    .collection('customers')
    .dropIndex('high_levels')
    .catch(() => {});
  await shop.collection('sessions').drop();
  await shop.collection('after').insertOne({ new: true });
  await shop.collection('after').createIndex({ new: 1 });
  return contents(shop);
}

const rescued = async (prefix: string): Promise<Record<string, string[]>> => {
  const all: Record<string, string[]> = {};
  for (const name of (await names(shop)).filter((one) => one.startsWith(prefix) && !one.includes('_release_runbook_')))
    all[name.slice(prefix.length)] = (await shop.collection(name).find().toArray()).map(({ _id }) => String(_id));
  return all;
};

describe('where a collection cannot be renamed', () => {
  test('a dump of what is there is the rescue, and the backup is loaded over it', async () => {
    wanted = await contents(shop);
    backup = await db.verify(await db.backup('main-1'));
    const spoiled = await spoil();
    expect(await place.engine.cannotSwap([])).toMatch(/dot in its name \(odd name.with dots\)/);
    const { rescue } = await db.restore(backup, 'r1');
    expect(await contents(shop)).toEqual(wanted);
    expect(await place.engine.objects(place.engine.live)).toEqual(backup.inspection.objects);
    // Again: nothing more is done, also when something was written since.
    await shop.collection('nothing_in_it').insertOne({ _id: 'since' as never });
    expect(await db.restore(backup, 'r1')).toEqual({ rescue });
    expect(await shop.collection('nothing_in_it').countDocuments()).toBe(1);
    // The rescue is a dump like any other.
    await place.engine.load(rescue as string, place.engine.live);
    expect(await contents(shop)).toEqual(spoiled);
    await expect(db.warm(backup, 'w1')).rejects.toThrow(/cannot be kept warm: FerretDB renames no/);
  });
});

describe('by names', () => {
  beforeAll(async () => {
    await db.restore(backup, 'again');
    await shop.dropCollection('odd name.with dots');
    wanted = await contents(shop);
    backup = await db.verify(await db.backup('main-2'));
  });

  test('the copy is made ready beside, the swap takes no time, the rescue stays', async () => {
    await db.warm(backup, 'rel-1');
    expect(await contents(shop)).toEqual(wanted);
    await spoil();
    const before = await rescued('');
    const started = performance.now();
    const { rescue } = await db.restore(backup, 'rel-1');
    expect(performance.now() - started).toBeLessThan(2000);
    expect(rescue).toBe('shop/_rr_rel-1_rescue');
    expect(await contents(shop)).toEqual(wanted);
    expect(await place.engine.objects(place.engine.live)).toEqual(backup.inspection.objects);
    const kept = await rescued('_rr_rel-1_rescue_');
    expect(Object.keys(kept)).toContain('after');
    expect(kept['customers']).toEqual(before['customers']);
    expect((await names(shop)).filter((name) => name.includes('fresh') || name === '_rr_swap')).toEqual([]);
    expect(await db.restore(backup, 'rel-1')).toEqual({ rescue });
    expect(await db.since(backup)).toEqual(
      Object.keys(wanted).map((table) => ({ table, key: ['_id'], added: 0, changed: 0, missing: 0 })),
    );
    // What lies beside is no part of the next backup.
    expect(Object.keys((await db.backup('main-3')).inspection.rows).sort()).toEqual(Object.keys(wanted).sort());
  });

  test('a copy that was changed is not swapped in, and can be removed', async () => {
    await db.warm(backup, 'rel-2');
    await shop.collection('_rr_rel-2_fresh_customers').dropIndex('one_email');
    await expect(db.restore(backup, 'rel-2')).rejects.toThrow(/is not as it was made/);
    await db.dropWarm('rel-2');
    expect((await names(shop)).filter((name) => name.includes('rel-2'))).toEqual([]);
  });

  test('what an application writes into the gap is kept beside the rescue', async () => {
    await db.warm(backup, 'rel-3');
    const writer = startWriter(shop);
    while (writer.written() < 20) await new Promise((next) => setTimeout(next, 5));
    await db.restore(backup, 'rel-3');
    await writer.stop();
    const all = await names(shop);
    const kept = all.filter((name) => name.includes('rel-3_rescue_written') || name === 'written');
    let documents = 0;
    for (const name of kept) documents += await shop.collection(name).countDocuments();
    // A document that was deleted in the gap was in the rescue by then.
    expect(documents).toBeGreaterThanOrEqual(writer.written() - Math.floor(writer.written() / 7));
    if (all.includes('written')) await shop.dropCollection('written');
  });
});

describe('killed', () => {
  const child = join(import.meta.dirname, 'mongodb-restore-child.ts');
  const node = createRequire(import.meta.url).resolve('node/bin/node');
  /** Runs a restore in a process that kills itself before or after its nth command of that name. */
  const run = (label: string, at: string): Promise<{ signal: string | null; text: string }> =>
    new Promise((resolve) => {
      const started = spawn(node, ['--no-warnings', child], {
        env: {
          ...process.env,
          RR_FOLDER: place.folder,
          RR_PROGRAMS: place.server.programs,
          DATABASE_URL: place.server.url(),
          RR_BACKUP: backup.id,
          RR_LABEL: label,
          RR_AT: at,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let text = '';
      for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (text += chunk));
      started.on('close', (_, signal) => resolve({ signal, text }));
    });

  test.each([
    'before insert 1',
    'after insert 1',
    'before rename 1',
    'after rename 1',
    'after rename 2',
    'before rename 6',
    'after rename 10',
    'before drop 1',
    'after drop 1',
  ])('%s: run again, it comes to the same end', async (at) => {
    const label = `kill-${at.replaceAll(' ', '-')}`;
    await db.warm(backup, label);
    const spoiled = await spoil();
    const { signal, text } = await run(label, at);
    expect({ signal, text }).toMatchObject({ signal: 'SIGKILL' });
    const middle = (await names(shop)).includes('_rr_swap');
    if (middle) {
      // Whoever looks in between sees the database as it was, and nobody dumps it.
      expect((await db.since(backup, ['after']))[0]).toMatchObject({ added: 1 });
      await expect(db.backup('main-middle')).rejects.toThrow(/in the middle of a swap/);
      await expect(place.engine.swap('shop/_rr_other_fresh', 'shop/_rr_other_rescue')).rejects.toThrow(/another swap/);
    }
    const { rescue } = await db.restore(backup, label);
    expect(await contents(shop)).toEqual(wanted);
    expect(await place.engine.objects(place.engine.live)).toEqual(backup.inspection.objects);
    expect(Object.keys(await rescued(`${rescue?.slice('shop/'.length)}_`)).sort()).toEqual(Object.keys(spoiled).sort());
    expect((await names(shop)).filter((name) => name.includes('_fresh_') || name === '_rr_swap')).toEqual([]);
    await place.engine.drop({ ...place.engine.live, database: rescue as string });
  });

  test('an application that writes meanwhile makes a collection anew: it is put beside the rescue', async () => {
    await db.warm(backup, 'gap');
    const { signal, text } = await run('gap', 'after rename 1');
    expect({ signal, text }).toMatchObject({ signal: 'SIGKILL' });
    expect(await names(shop)).not.toContain('customers');
    await shop.collection('customers').insertOne({ _id: 'gap' as never });
    await db.restore(backup, 'gap');
    expect(await contents(shop)).toEqual(wanted);
    const aside = await shop.collection('_rr_gap_rescue_customers_written_in_the_swap_1').find().toArray();
    expect(aside).toEqual([{ _id: 'gap' }]);
  });

  test('in the middle of the load: it begins anew', async () => {
    const { signal } = await run('load', 'load');
    expect(signal).toBe('SIGKILL');
    await spoil();
    await db.restore(backup, 'load');
    expect(await contents(shop)).toEqual(wanted);
  });

  test('a scratch database of a dead run goes with the next', async () => {
    const databases = async () =>
      ((await place.client.db('admin').command({ listDatabases: 1 }))['databases'] as { name: string }[]).map(
        ({ name }) => name,
      );
    const { signal, text } = await run('verify', 'before count 1');
    expect({ signal, text }).toMatchObject({ signal: 'SIGKILL' });
    expect((await databases()).filter((name) => name.includes('_rr_scratch_'))).toHaveLength(1);
    await db.verify(backup);
    expect((await databases()).filter((name) => name.includes('_rr_scratch_'))).toEqual([]);
    expect(readFileSync(backup.path).length).toBe(backup.bytes);
  });
});
