import type { Host } from '@release-runbook/hosts/types';
import type { MongodbSpec } from '@release-runbook/runbook/schema/databases';
import { RunbookError } from '@release-runbook/units/error';
import { mongoPlace } from './mongodb/address.ts';
import { makeContext } from './mongodb/client.ts';
import { applied, apply, longTransactions, query } from './mongodb/commands.ts';
import { dropMembers, dump, load } from './mongodb/dump.ts';
import { beside, PLAN } from './mongodb/names.ts';
import { dataFolder, expiring, objects, selfCheck, size, version } from './mongodb/objects.ts';
import { count, exportRows, rowLines, tables } from './mongodb/rows.ts';
import { startScratch } from './mongodb/scratch.ts';
import { cannotSwap, exists, readMarker, swap, unfinished, writeMarker } from './mongodb/swap.ts';
import { variablesOf } from './server/address.ts';
import type { ServerEngine } from './server/engine.ts';
import type { OpenOptions } from './types.ts';

/** MongoDB and servers of its protocol: dumps by its tools on the host, everything else by its driver from this machine. */
export function mongodbEngine(name: string, spec: MongodbSpec, host: Host, options: OpenOptions): ServerEngine {
  const { live, scheme } = mongoPlace(name, spec, options.env ?? {});
  const context = makeContext(name, spec, host, live);
  const { read, change } = context;
  return {
    engine: 'mongodb',
    host,
    ending: 'archive',
    live,
    environment: (place) => variablesOf(spec, scheme, place),
    version: (place) => read(place, 'its version cannot be asked', version),
    exists: (place) => read(place, 'its collections cannot be listed', (db) => exists(db, place)),
    objects: (place) => read(place, 'its collections cannot be listed', (db) => objects(db, place)),
    tables: (place) => read(place, 'its collections cannot be listed', (db) => tables(db, place)),
    count: (place, wanted) => read(place, 'its documents cannot be counted', (db) => count(db, place, wanted)),
    expiring: (place) => read(place, 'its indexes cannot be listed', (db) => expiring(db, place)),
    size: (place) =>
      read(place, 'its size cannot be asked', async (db) => ({
        ...(await size(db, place)),
        dataFolder: await dataFolder(db),
      })),
    async checkDump(place) {
      await context.tools();
      await read(place, 'it cannot be dumped', async (db) => {
        for (const { table } of await tables(db, place))
          await db.collection(table).findOne({}, { projection: { _id: 1 } });
      });
      if ((await unfinished(context)) !== undefined)
        throw new RunbookError(
          `database ${name} is in the middle of a swap (its plan is in ${PLAN}); no dump was begun`,
          {
            hint: 'run the restore that began it again: it goes on',
          },
        );
    },
    dump: (place, file, progress) => dump(context, place, file, progress),
    load: (file, place, progress) => load(context, file, place, progress),
    selfCheck: (place) => read(place, 'it cannot be checked', (db) => selfCheck(db, place)),
    drop: (place) => dropMembers(context, place),
    startScratch: (folder) => startScratch(context, folder),
    rowLines: (place, table) => rowLines(context, place, table),
    exportRows: (place, table, keys) =>
      read(place, `the documents of ${table.table} cannot be read`, (db) => exportRows(db, place, table, keys)),
    query: (place, text, how) => query(context, place, text, how),
    applied: (place) => read(place, 'the migrations applied to it cannot be read', (db) => applied(db, place)),
    apply: (place, file) => apply(context, place, file),
    longTransactions: (place, seconds) =>
      read(place, 'its sessions cannot be listed', (db) => longTransactions(db, place, seconds)),
    marker: (place) => read(place, 'its marker cannot be read', (db) => readMarker(db, place)),
    mark: (place, text) => change(place, 'its marker cannot be written', (db) => writeMarker(db, place, text)),
    beside: (label) => beside(live.database, label),
    cannotSwap: (objectsOfBackup) =>
      read(live, 'its collections cannot be listed', (db) => cannotSwap(context, db, objectsOfBackup)),
    swap: (fresh, rescue) => swap(context, fresh, rescue),
  };
}
