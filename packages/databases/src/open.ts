import type { Host } from '@release-runbook/hosts/types';
import type { DatabaseSpec } from '@release-runbook/runbook/schema/databases';
import type { Database, OpenOptions } from './types.ts';

/** One line an engine; its code is loaded when a runbook has it. */
const ENGINES = {
  sqlite: async () => (await import('./sqlite.ts')).openSqlite,
} satisfies {
  [E in DatabaseSpec['engine']]: () => Promise<
    (name: string, spec: Extract<DatabaseSpec, { engine: E }>, host: Host, options?: OpenOptions) => Database
  >;
};

/** A database by its section of the runbook. Nothing is touched until the first call; `name` is its name in the runbook. */
export async function openDatabase(
  name: string,
  spec: DatabaseSpec,
  host: Host,
  options: OpenOptions = {},
): Promise<Database> {
  const open = await ENGINES[spec.engine]();
  return open(name, spec, host, options);
}
