import type { Host } from '@release-runbook/hosts/types';
import type { DatabaseSpec, ServerSpec } from '@release-runbook/runbook/schema/databases';
import type { ServerEngine } from './server/engine.ts';
import type { Database, OpenOptions } from './types.ts';

/** One line an engine; its code is loaded when a runbook has it. */
const SERVERS = {
  mysql: async () => (await import('./mysql.ts')).mysqlEngine,
  mariadb: async () => (await import('./mysql.ts')).mysqlEngine,
  postgres: async () => (await import('./postgres.ts')).postgresEngine,
  mongodb: async () => (await import('./mongodb.ts')).mongodbEngine,
} satisfies {
  [E in ServerSpec['engine']]: () => Promise<
    (name: string, spec: Extract<ServerSpec, { engine: E }>, host: Host, options: OpenOptions) => ServerEngine
  >;
};

/** A database by its section of the runbook. Nothing is touched until the first call; `name` is its name in the runbook. */
export async function openDatabase(
  name: string,
  spec: DatabaseSpec,
  host: Host,
  options: OpenOptions = {},
): Promise<Database> {
  if (spec.engine === 'sqlite') return (await import('./sqlite.ts')).openSqlite(name, spec, host, options);
  const [{ serverDatabase }, make] = await Promise.all([import('./server/database.ts'), SERVERS[spec.engine]()]);
  return serverDatabase(name, (make as Make)(name, spec, host, options), options);
}

type Make = (name: string, spec: ServerSpec, host: Host, options: OpenOptions) => ServerEngine;
