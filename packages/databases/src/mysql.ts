import { createHash, randomBytes } from 'node:crypto';
import type { Host } from '@release-runbook/hosts/types';
import type { MysqlSpec } from '@release-runbook/runbook/schema/databases';
import { apply } from './mysql/apply.ts';
import { readObjects } from './mysql/catalog.ts';
import { makeContext, run } from './mysql/client.ts';
import { checkTables, dump, version } from './mysql/dump.ts';
import { readApplied, readMarker, writeMarker } from './mysql/kept.ts';
import { load, selfCheck } from './mysql/load.ts';
import { query } from './mysql/query.ts';
import { checkRights } from './mysql/rights.ts';
import { exportRows, rowLines } from './mysql/rows.ts';
import { startScratch } from './mysql/scratch.ts';
import { longTransactions } from './mysql/sessions.ts';
import { id, literal } from './mysql/sql.ts';
import { cannotSwap, swap } from './mysql/swap.ts';
import { countRows, readSize, readTables } from './mysql/tables.ts';
import { livePlace, schemeOf, variablesOf } from './server/address.ts';
import type { ServerEngine } from './server/engine.ts';
import type { OpenOptions } from './types.ts';

/** MySQL and MariaDB by their own client programs on the database's host. */
export function mysqlEngine(name: string, spec: MysqlSpec, host: Host, options: OpenOptions): ServerEngine {
  const env = options.env ?? {};
  const live = livePlace(name, spec, env);
  const context = makeContext(name, spec, host, live);
  return {
    engine: spec.engine,
    host,
    ending: 'sql',
    live,
    environment: (place) => variablesOf(spec, schemeOf(spec, env), place),
    version: (place) => version(context, place),
    async exists(place) {
      const sql = `SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${literal(place.database)};`;
      return (await run(context, place, sql, 'it cannot be asked', { apart: true })).trim() === '1';
    },
    objects: (place) => readObjects(context, place),
    tables: (place) => readTables(context, place),
    count: (place, tables) =>
      countRows(
        context,
        place,
        tables.map(({ table }) => table),
      ),
    size: (place) => readSize(context, place),
    async checkDump(place) {
      await checkRights(context, place);
      await checkTables(context, place);
    },
    dump: (place, file, progress) => dump(context, place, file, progress),
    load: (file, place, progress) => load(context, file, place, progress),
    async selfCheck(place) {
      const objects = await readObjects(context, place);
      // What waits for the swap is not there yet.
      const kinds = place.database === live.database ? ['table', 'view'] : ['table'];
      const names = objects.filter(({ kind }) => kinds.includes(kind)).map((object) => object.name);
      return selfCheck(context, place, names);
    },
    async drop(place) {
      await run(context, place, `DROP DATABASE IF EXISTS ${id(place.database)};`, 'it cannot be dropped', {
        apart: true,
      });
    },
    startScratch: (folder) => startScratch(context, folder),
    rowLines: (place, table, columns) => rowLines(context.found(), place, table, columns),
    exportRows: (place, table, keys) => exportRows(context, place, table, keys),
    query: (place, sql, how) => query(context, place, sql, how),
    applied: (place) => readApplied(context, place),
    apply: (place, file) => apply(context, place, file),
    longTransactions: (place, seconds) => longTransactions(context, place, seconds),
    marker: (place) => readMarker(context, place),
    mark: (place, text) => writeMarker(context, place, text),
    beside: (label) => ({
      fresh: nameBeside(live.database, 'fresh', label),
      rescue: nameBeside(live.database, 'rescue', label),
    }),
    cannotSwap: () => cannotSwap(context, nameBeside(live.database, 'probe', randomBytes(4).toString('hex'))),
    swap: (fresh, rescue) => swap(context, fresh, rescue),
  };
}

const LONGEST = 64;

/** `shop_rescue_v1_2_0`: begins with the database's name, so that a GRANT on `shop\_%` reaches it. */
function nameBeside(database: string, what: string, label: string): string {
  const safe = label.toLowerCase().replaceAll(/[^a-z0-9]/g, '_');
  const name = `${database}_${what}_${safe}`;
  // Two labels must not meet in one name.
  if (name.length <= LONGEST && safe === label) return name;
  const hash = createHash('sha256').update(`${database} ${what} ${label}`).digest('hex').slice(0, 8);
  return `${name.slice(0, LONGEST - 9)}_${hash}`;
}
