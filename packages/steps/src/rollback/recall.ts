import { posix } from 'node:path';
import type { Backup, Database } from '@release-runbook/databases/types';
import type { Recorder } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import { backupIn, findBackup } from '../backup.ts';
import type { StepContext } from '../context.ts';
import type { Copy } from '../copies/copy.ts';

/**
 * Backups of this release that are gone from their hosts, or not proven since they came back, are brought back from their copies
 * and proven again. That may take long: `before` it, all requests go to the old version.
 */
export async function recallBackups(
  ctx: StepContext,
  recorder: Recorder,
  before: () => Promise<unknown>,
): Promise<void> {
  const state = recorder.state();
  for (const database of Object.values(ctx.databases)) {
    const id = backupIn(state, database.name);
    if (id === undefined || (await findBackup(database, id))?.verified !== undefined) continue;
    const known = await described(ctx, state, database, id);
    if (known === undefined) continue;
    await before();
    const { recallBackup } = await import('../copies/copy.ts');
    const from = await recallBackup(ctx, database.host, known);
    // The list of its rows may have gone with it; proving it again makes a new one.
    await database.verify({ ...known, verified: undefined });
    const text = `backup ${id} was gone from ${database.host.name}; it was brought back from ${from} and proven again`;
    await recorder.write({
      event: 'noted',
      step: 'rollback',
      text,
      data: { database: database.name, backup: id, from },
    });
    ctx.platform.log(text);
  }
}

/** What is known of a backup whose file is gone: from its host, else from beside one of its copies. */
async function described(
  ctx: StepContext,
  state: ReleaseState,
  database: Database,
  id: string,
): Promise<Backup | undefined> {
  const data = state.items.find(({ item }) => item === `backup:${database.name}`)?.did?.data;
  const copies = (data?.copies ?? []) as readonly Copy[];
  const path = data?.path;
  if (typeof path !== 'string' || copies.length === 0) return undefined;
  const description = posix.join(posix.dirname(path), `${id}.json`);
  let text = await database.host.read(description);
  if (text === undefined) {
    const { recallDescription } = await import('../copies/copy.ts');
    text = await recallDescription(ctx, id, copies);
  }
  return text === undefined ? undefined : { ...(JSON.parse(text) as Backup), copies };
}
