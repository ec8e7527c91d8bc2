import { posix } from 'node:path';
import type { Backup, Database } from '@release-runbook/databases/types';
import type { Recorder } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import type { StepContext } from './context.ts';
import type { StepResult } from './decision.ts';
import type { OpenRelease } from './open-release.ts';
import { runStep } from './run-step.ts';
import { slotOf } from './variables.ts';

/** Verified backups below this number are never pruned. */
const KEEP = 14;

/** Stops what the runbook says must not write, backs up every database, proves each backup by restoring it, and copies it. */
export function backup(ctx: StepContext): Promise<StepResult> {
  return runStep(ctx, 'backup', async ({ recorder }) => {
    await stopWrites(ctx, recorder);
    const made: Backup[] = [];
    for (const database of Object.values(ctx.databases)) made.push(await backupOne(ctx, recorder, database));
    const archived =
      ctx.runbook.backup.archive === undefined ? [] : await (await import('./archive.ts')).archive(ctx, recorder);
    if (made.length + archived.length === 0) return { text: 'no database in the runbook: nothing to back up' };
    const rows = made.reduce((sum, one) => sum + total(one), 0);
    return {
      text: [
        ...made.map(
          (one) => `${one.database}: ${counted(total(one), 'row')} in ${formatSize(one.bytes)}, verified by restoring`,
        ),
        ...archived,
      ].join('; '),
      details: {
        backups: made.map(({ id, database, path, bytes, sha256, copies }) => ({
          id,
          database,
          path,
          bytes,
          sha256,
          copies,
        })),
        verified: true,
        rows,
      },
    };
  });
}

async function stopWrites(ctx: StepContext, recorder: Recorder): Promise<void> {
  const tracks = recorder.state().opened.tracks;
  for (const name of ctx.runbook.stopWrites) {
    const service = ctx.services[name];
    if (service === undefined) continue;
    const slot = slotOf(ctx, name, tracks, 'stable');
    await recorder.change('backup', {
      item: `stop-writes:${name}`,
      undo: { slot, previousVersion: recorder.state().opened.previous },
      make: async () => {
        await service.stop(service.place(slot));
        return { value: undefined };
      },
    });
    ctx.platform.log(`${name} is stopped: nothing is written until it is started again`);
  }
}

async function backupOne(ctx: StepContext, recorder: Recorder, database: Database): Promise<Backup> {
  const { name } = database;
  const known = backupIn(recorder.state(), name);
  const changed = await recorder.change('backup', {
    item: `backup:${name}`,
    undo: null,
    make: async () => {
      const id = `${name}-${recorder.release}`;
      const progress = (p: { what: string; done: number; total: number | undefined; unit: 'bytes' | 'rows' }) =>
        ctx.platform.progress({ ...p, what: `${name}: ${p.what}` });
      const written = await database.backup(id, progress);
      const verified = await database.verify(written, progress);
      const copied = await copies(ctx, database, verified);
      await database.note(copied);
      await copyDescription(ctx, database, copied);
      ctx.platform.log(
        `${name}: ${counted(total(copied), 'row')}, ${formatSize(copied.bytes)}, verified by restoring: ${copied.path}`,
      );
      return {
        value: copied,
        data: {
          id,
          path: copied.path,
          bytes: copied.bytes,
          sha256: copied.sha256,
          rows: copied.inspection.rows,
          verified: copied.verified?.how ?? null,
          copies: copied.copies,
        },
      };
    },
  });
  const backup = changed?.value ?? (await findBackup(database, known));
  if (backup === undefined)
    throw new RunbookError(`the backup ${known} of ${name} is no longer on ${database.host.name}`, {
      hint: 'run all jobs again: a new backup is made',
    });
  if (changed !== undefined) await prune(ctx, recorder, database);
  return backup;
}

/** Old backups go only after a new one was proven. One that cannot be deleted is no reason to fail a release. */
async function prune(ctx: StepContext, recorder: Recorder, database: Database): Promise<void> {
  try {
    const spare = recorder.state().items.flatMap(({ did }) => (typeof did?.data?.id === 'string' ? [did.data.id] : []));
    const gone = await database.prune(ctx.runbook.backup.keep ?? KEEP, spare);
    if (gone.length > 0)
      await recorder.write({
        event: 'noted',
        step: 'backup',
        text: `old backups of ${database.name} deleted: ${gone.join(', ')}`,
      });
  } catch (error) {
    ctx.platform.annotate('warning', `old backups of ${database.name} were not deleted: ${(error as Error).message}`);
  }
}

async function copies(ctx: StepContext, database: Database, backup: Backup): Promise<Backup> {
  if ((ctx.runbook.backup.copies ?? []).length === 0) return backup;
  const { copyFile } = await import('./copies/copy.ts');
  const { path, bytes, id } = backup;
  return { ...backup, copies: await copyFile(ctx, database.host, { path, bytes, what: id }) };
}

/** What is known of a backup, beside each copy of it: with both, another host can restore it. */
async function copyDescription(ctx: StepContext, database: Database, { id, path, copies }: Backup): Promise<void> {
  if (copies.length === 0) return;
  const description = posix.join(posix.dirname(path), `${id}.json`);
  const bytes = Buffer.byteLength((await database.host.read(description)) ?? '');
  const { copyFile } = await import('./copies/copy.ts');
  await copyFile(ctx, database.host, { path: description, bytes, what: `the description of ${id}` });
}

/** The id of the backup that a release made of a database. */
export function backupIn(state: ReleaseState, database: string): string | undefined {
  const did = state.items.find(({ item }) => item === `backup:${database}`)?.did;
  return typeof did?.data?.id === 'string' ? did.data.id : undefined;
}

export async function findBackup(database: Database, id: string | undefined): Promise<Backup | undefined> {
  return id === undefined ? undefined : (await database.backups()).find((backup) => backup.id === id);
}

/** The backup that this release made of a database, verified; throws when there is none. */
export async function backupOf(
  release: Pick<OpenRelease, 'recorder'>,
  database: Database,
): Promise<Backup | undefined> {
  const backup = await findBackup(database, backupIn(release.recorder.state(), database.name));
  return backup?.verified === undefined ? undefined : backup;
}

function total(backup: Backup): number {
  return Object.values(backup.inspection.rows).reduce((sum, rows) => sum + rows, 0);
}
