import type { StepContext } from '@release-runbook/steps/context';
import { word } from '@release-runbook/views/commands';

/** What the step tells of a backup that it made. */
export interface MadeBackup {
  readonly id: string;
  readonly database: string;
  readonly path: string;
  readonly sha256: string;
  readonly copies: readonly { readonly place: string; readonly path: string }[];
}

/** SQLite's backup interface the other way round: it waits for locks, keeps the file's owner, and needs no file removed by hand. */
const python = 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))';

/**
 * The lines that tell how a backup is put back by hand, without this suite: real commands, to be run on the database's host.
 * None for an engine whose own backup needs more than a line.
 */
export async function restoreLines(
  ctx: StepContext,
  backup: MadeBackup,
  vanishes: boolean,
): Promise<readonly string[]> {
  const spec = ctx.runbook.databases[backup.database];
  const database = ctx.databases[backup.database];
  if (spec === undefined || database === undefined || spec.engine !== 'sqlite') return [];
  const live = (await database.live()).address;
  const [copy] = backup.copies;
  // What lies on a runner goes with it: then the copy is what there will be.
  const elsewhere = vanishes && copy !== undefined;
  const file = elsewhere ? `/tmp/${copy.path.split('/').at(-1)}` : backup.path;
  const fetch = elsewhere ? [`scp ${word(`${copy.place}:${copy.path}`)} ${word(file)}`] : [];
  const { stdout } = await database.host.shell('command -v python3 || :');
  const restore =
    stdout.trim() === ''
      ? `sqlite3 ${word(live)} ${word(`.restore "${file.replace(/["\\]/g, '\\$&')}"`)}`
      : `python3 -c ${word(python)} ${word(file)} ${word(live)}`;
  return [
    `To restore ${backup.database}, stop what writes to it, then run${database.host.kind === 'local' ? '' : ` on ${database.host.name}`}:`,
    ...[...fetch, restore].map((line) => `  ${line}`),
  ];
}
