import { posix } from 'node:path';
import type { Host } from '@release-runbook/hosts/types';
import type { SqliteSpec } from '@release-runbook/runbook/schema/databases';
import { RunbookError } from '@release-runbook/units/error';
import { backupFiles, backupFolder, once, safeName } from './backup-files.ts';
import { makeFolder, needSpace, sizeOf } from './files.ts';
import { applied, applyFiles } from './sqlite/apply.ts';
import { backup, type Kept, space, verify } from './sqlite/backup.ts';
import { makeClient } from './sqlite/client.ts';
import { compare, compareSchema } from './sqlite/compare.ts';
import type { Context } from './sqlite/context.ts';
import { copyCold, removeDatabase } from './sqlite/files.ts';
import { inspect } from './sqlite/inspect.ts';
import { decode, type Step } from './sqlite/protocol.ts';
import { restore, warm, warmPath } from './sqlite/restore.ts';
import { exportSince, since } from './sqlite/since.ts';
import { splitStatements } from './sqlite/text.ts';
import type { Database, OpenOptions } from './types.ts';

const QUERY_MS = 10 * 60_000;

/** SQLite on its host; what opens the file there is chosen when first needed. */
export function openSqlite(name: string, spec: SqliteSpec, host: Host, options: OpenOptions = {}): Database {
  const client = makeClient(name, spec, host);
  const directory = once(() => backupFolder(name, host, options.directory));
  const remove = (path: string) => removeDatabase(host, path);
  const context: Context = {
    name,
    spec,
    host,
    client,
    path: once(() => resolve(host, spec.path)),
    directory,
    files: backupFiles<Kept>({ name, engine: 'sqlite', host, directory, ending: async () => '.sqlite', remove }),
  };
  const scratchFolder = async () => posix.join(await context.directory(), 'scratch');
  return {
    name,
    engine: 'sqlite',
    host,
    live: async () => ({ address: await context.path(), kind: 'live' }),
    environment: (instance) => (spec.env === undefined ? {} : { [spec.env]: instance.address }),
    inspect: (instance) => inspect(client, instance.address),
    space: () => space(context),
    backup: (id, progress) => backup(context, id, progress),
    verify: (taken, progress) => verify(context, taken, progress),
    backups: () => context.files.list(),
    note: (taken) => context.files.note(taken),
    prune: (keep, spare) => context.files.prune(keep, spare),
    async scratch(taken, label) {
      const path = posix.join(await scratchFolder(), `${safeName(label, 'scratch copy')}.sqlite`);
      await context.files.checkFile(taken);
      await makeFolder(host, await scratchFolder());
      await needSpace(host, await scratchFolder(), taken.bytes, `a copy of backup ${taken.id}`);
      await removeDatabase(host, path);
      await copyCold(host, taken.path, path);
      return { address: path, kind: 'scratch' };
    },
    async drop(instance) {
      if (instance.kind !== 'scratch' || posix.dirname(instance.address) !== (await scratchFolder()))
        throw new RunbookError(
          `database ${name}: ${instance.address} is no scratch copy, so it is not dropped; nothing was changed`,
        );
      await removeDatabase(host, instance.address);
    },
    applyFiles: (instance, files) => applyFiles(client, instance.address, files),
    applied: async (instance) => [...(await applied(client, instance.address)).keys()],
    async query(instance, sql) {
      const [statement, ...more] = splitStatements(sql);
      if (statement === undefined || more.length > 0)
        throw new RunbookError(
          `database ${name}: a query is one statement, this text holds ${more.length + (statement ? 1 : 0)}`,
        );
      const guard: Step[] = instance.kind === 'live' ? [{ sql: 'PRAGMA query_only = ON' }] : [];
      const { results } = await client.run(instance.address, {
        steps: [...guard, { sql: statement.sql }],
        timeoutMs: QUERY_MS,
      });
      const result = results.at(-1);
      return {
        columns: result?.columns ?? [],
        rows: (result?.rows ?? []).map((row) => row.map(decode)),
        ms: result?.ms ?? 0,
      };
    },
    compare: (taken, after) => compare(client, taken.path, after.address),
    compareSchema: (taken, after) => compareSchema(client, taken.path, after.address),
    since: (taken, tables, instance) => since(context, taken, tables, instance),
    exportSince: (taken, directory) => exportSince(context, taken, directory),
    restore: (taken, label) => restore(context, taken, label),
    interrupted: async () => (await sizeOf(host, await context.path())) === 0,
    warm: (taken, label) => warm(context, taken, label),
    dropWarm: async (label) => removeDatabase(host, await warmPath(context, label)),
    // Writers hold SQLite's lock for moments; how long to wait for it is `busy-timeout`.
    blockers: async () => [],
  };
}

/** Absolute, links resolved: a rename must replace the file, not a link to it. */
async function resolve(host: Host, path: string): Promise<string> {
  const absolute = posix.resolve(await host.directory(), path);
  const ended = await host.shell('readlink -f "$RR_FILE" || printf "%s\\n" "$RR_FILE"', { env: { RR_FILE: absolute } });
  return ended.stdout.replace(/\n$/, '') || absolute;
}
