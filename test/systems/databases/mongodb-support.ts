import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongodbEngine } from '@release-runbook/databases/mongodb';
import { openDatabase } from '@release-runbook/databases/open';
import type { ServerEngine } from '@release-runbook/databases/server/engine';
import type { Database } from '@release-runbook/databases/types';
import { localHost } from '@release-runbook/hosts/local';
import type { Host } from '@release-runbook/hosts/types';
import type { MongodbSpec } from '@release-runbook/runbook/schema/databases';
import { BSON, type Db, type MongoClient } from 'mongodb';
import { type MongoServer, startMongo } from '../../support/servers/mongo.ts';

/** A server, a folder for backups, and the database `main` of a runbook, which is `shop` there. */
export interface Place {
  readonly server: MongoServer;
  readonly folder: string;
  readonly client: MongoClient;
  readonly shop: Db;
  readonly db: Database;
  readonly engine: ServerEngine;
  open(options?: { url?: string; host?: Host; spec?: Partial<MongodbSpec> }): Promise<Database>;
  engineFor(spec: Partial<MongodbSpec>, url: string): ServerEngine;
  close(): Promise<void>;
}

export async function makePlace(): Promise<Place> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rr-mongo-')));
  const server = await startMongo();
  const client = await server.client();
  const spec: MongodbSpec = {
    engine: 'mongodb',
    url: '$DATABASE_URL',
    on: 'db',
    programs: server.programs,
    env: 'MONGO_URL',
  };
  const local = localHost(
    'db',
    { local: true, directory: folder },
    { system: 'demo', environment: 'test', root: join(folder, 'state') },
  );
  const options = (url: string) => ({ directory: join(folder, 'backups'), env: { DATABASE_URL: url } });
  const open: Place['open'] = ({ url = server.url(), host = local, spec: more = {} } = {}) =>
    openDatabase('main', { ...spec, ...more }, host, options(url));
  return {
    server,
    folder,
    client,
    shop: client.db('shop'),
    db: await open(),
    engine: mongodbEngine('main', spec, local, options(server.url())),
    open,
    engineFor: (more, url) => mongodbEngine('main', { ...spec, ...more }, local, options(url)),
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every document of every collection, byte by byte, in the order of keys. */
export async function contents(shop: Db): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const names = (await shop.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  for (const name of names.filter((one) => !one.startsWith('_r'))) {
    const documents = await shop.collection(name).find({}, { promoteValues: false }).toArray();
    found[name] = documents.map((document) => BSON.EJSON.stringify(document, { relaxed: false })).sort();
  }
  return found;
}

export const names = async (shop: Db): Promise<string[]> =>
  (await shop.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();

/** Inserts, changes and deletes documents until it is stopped. */
export function startWriter(shop: Db): { readonly written: () => number; stop(): Promise<void> } {
  let [running, n] = [true, 0];
  const work = (async () => {
    const orders = shop.collection<{ _id: number; [field: string]: unknown }>('written');
    while (running) {
      n++;
      await orders.insertOne({ _id: n, at: new Date(), body: 'x'.repeat(500) });
      if (n % 3 === 0) await orders.updateOne({ _id: n - 1 }, { $set: { seen: true } });
      if (n % 7 === 0) await orders.deleteOne({ _id: n - 5 });
    }
  })();
  return {
    written: () => n,
    async stop() {
      running = false;
      await work;
    },
  };
}
