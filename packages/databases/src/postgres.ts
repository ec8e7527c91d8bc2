import type { Host } from '@release-runbook/hosts/types';
import type { PostgresSpec } from '@release-runbook/runbook/schema/databases';
import { applied, apply } from './postgres/apply.ts';
import { mark, marker } from './postgres/dress.ts';
import { dump } from './postgres/dump.ts';
import { checkRights, count, exists, objects, selfCheck, size, tables, version } from './postgres/inspect.ts';
import { drop, load } from './postgres/load.ts';
import { longTransactions } from './postgres/long-transactions.ts';
import { query } from './postgres/query.ts';
import { checkSwap } from './postgres/rights.ts';
import { exportRows, rowLines } from './postgres/rows.ts';
import { startScratch } from './postgres/scratch.ts';
import type { Postgres } from './postgres/session.ts';
import { beside, swap } from './postgres/swap.ts';
import { livePlace, schemeOf, variablesOf } from './server/address.ts';
import type { ServerEngine } from './server/engine.ts';
import type { OpenOptions } from './types.ts';

/** PostgreSQL from version 12 on, by its own client programs on the host. */
export function postgresEngine(name: string, spec: PostgresSpec, host: Host, options: OpenOptions = {}): ServerEngine {
  const env = options.env ?? {};
  const scheme = schemeOf(spec, env);
  const pg: Postgres = { name, spec, host, live: livePlace(name, spec, env) };
  return {
    engine: 'postgres',
    host,
    ending: 'dump',
    live: pg.live,
    environment: (place) => variablesOf(spec, scheme, place),
    version: (place) => version(pg, place),
    exists: (place) => exists(pg, place),
    objects: (place) => objects(pg, place),
    tables: (place) => tables(pg, place),
    count: (place, wanted) => count(pg, place, wanted),
    size: (place) => size(pg, place),
    checkDump: (place) => checkRights(pg, place),
    dump: (place, file, progress) => dump(pg, place, file, progress),
    load: (file, place, progress) => load(pg, file, place, progress),
    selfCheck: (place) => selfCheck(pg, place),
    drop: (place) => drop(pg, place),
    startScratch: (folder) => startScratch(pg, folder),
    rowLines: (place, table, columns) => rowLines(pg, place, table, columns),
    exportRows: (place, table, keys) => exportRows(pg, place, table, keys),
    query: (place, sql, asked) => query(pg, place, sql, asked),
    applied: (place) => applied(pg, place),
    apply: (place, file) => apply(pg, place, file),
    longTransactions: (place, seconds) => longTransactions(pg, place, seconds),
    marker: (place) => marker(pg, place),
    mark: (place, text) => mark(pg, place, text),
    beside: (label) => beside(pg.live.database, label),
    // What stands in the way of a swap would stand in the way of a plain load as well, and is told with the way to remove it.
    async cannotSwap(backup) {
      await checkSwap(pg, backup);
      return undefined;
    },
    swap: (fresh, rescue) => swap(pg, fresh, rescue),
  };
}
