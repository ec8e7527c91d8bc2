import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach } from '@jest/globals';
import { openDatabase } from '@release-runbook/databases/open';
import { postgresEngine } from '@release-runbook/databases/postgres';
import { normalDefinition } from '@release-runbook/databases/postgres/normal';
import type { ServerEngine } from '@release-runbook/databases/server/engine';
import type { Database } from '@release-runbook/databases/types';
import { localHost } from '@release-runbook/hosts/local';
import type { Host } from '@release-runbook/hosts/types';
import type { PostgresSpec } from '@release-runbook/runbook/schema/databases';
import { type PostgresOptions, startPostgres } from '../../support/servers/postgres.ts';
import type { Account, SqlServer } from '../../support/servers/server.ts';

/** A PostgreSQL server of the test's own, and the suite's database on it. */
export const execute = promisify(execFile);

export interface World {
  readonly server: SqlServer;
  readonly folder: string;
  readonly host: Host;
  readonly db: Database;
  readonly engine: ServerEngine;
  /** As another account, or with other settings. */
  as(account: Account, spec?: Partial<PostgresSpec>): { db: Promise<Database>; engine: ServerEngine };
  close(): Promise<void>;
}

export async function makeWorld(options: PostgresOptions = {}, over?: { host: Host }): Promise<World> {
  const server = await startPostgres({ ...options, settings: { max_prepared_transactions: '5', ...options.settings } });
  const folder = mkdtempSync(join(tmpdir(), 'rr-postgres-'));
  const host =
    over?.host ??
    localHost(
      'db',
      { local: true, directory: folder },
      { system: 'demo', environment: 'test', root: join(folder, 'state') },
    );
  const as: World['as'] = (account, more = {}) => {
    const spec: PostgresSpec = { engine: 'postgres', url: '$URL', on: 'db', env: 'DATABASE_URL', ...more };
    const opened = { env: { URL: server.url({ account }) }, directory: join(folder, 'backups') };
    return { db: openDatabase('main', spec, host, opened), engine: postgresEngine('main', spec, host, opened) };
  };
  const { db, engine } = as(server.admin);
  return {
    server,
    folder,
    host,
    db: await db,
    engine,
    as,
    async close() {
      await host.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Everything that is in the database as pg_dump writes it, and what stands beside it: the proof of "as before". */
export async function everything({ server }: World, database = 'shop'): Promise<string> {
  const { stdout } = await execute(
    join(server.programs, 'pg_dump'),
    ['-w', '-h', '127.0.0.1', '-p', `${server.port}`, '-U', server.admin.user, database],
    {
      env: { PGPASSWORD: server.admin.password },
      maxBuffer: 1e9,
    },
  );
  const settings = await server.sql(
    `SELECT d.datdba::regrole, d.encoding, d.datcollate, d.datctype, d.datconnlimit, d.datacl, d.datallowconn,
       (SELECT array_agg((setrole, setconfig)::text ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = d.oid),
       regexp_replace(shobj_description(d.oid, 'pg_database'), '(^|\\n)\\[release-runbook.*', '')
     FROM pg_database d WHERE datname = '${database}'`,
  );
  // The restriction's token is another at each run.
  return normalDefinition(stdout.replaceAll(/^\\(un)?restrict .*$/gm, '')) + settings;
}

const open = new Set<ReturnType<typeof psql>>();
afterEach(() => {
  for (const child of open) child.kill('SIGKILL');
  open.clear();
});

/** A session of the application, which is told by its standard input. */
export function psql(server: SqlServer, account = server.owner) {
  const where = ['-h', '127.0.0.1', '-p', `${server.port}`, '-U', account.user, '-d', 'shop'];
  const child = spawn(join(server.programs, 'psql'), ['-X', '-q', '-A', '-t', ...where], {
    env: { PGPASSWORD: account.password },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stderr.resume();
  child.stdin.on('error', () => {});
  open.add(child);
  return child;
}

export const until = async (what: () => Promise<boolean> | boolean, ms = 20_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((next) => setTimeout(next, 30)))
    if (await what()) return;
  throw new Error(`not within ${ms} ms: ${what.toString()}`);
};

export const failure = async (
  work: Promise<unknown>,
): Promise<{ message: string; hint?: string; at?: { line: number } }> => {
  try {
    await work;
  } catch (error) {
    return error as { message: string };
  }
  throw new Error('nothing was thrown');
};
