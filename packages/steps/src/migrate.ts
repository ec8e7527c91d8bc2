import type { Backup, Database } from '@release-runbook/databases/types';
import type { NewEvent } from '@release-runbook/record/events';
import type { ReleaseState } from '@release-runbook/record/state';
import { counted } from '@release-runbook/units/count';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { backupIn, backupOf } from './backup.ts';
import type { StepContext } from './context.ts';
import type { StepResult } from './decision.ts';
import { checkExpectations } from './expectations.ts';
import { type Migration, mustSucceed, prepareMigration, scriptJob } from './migration.ts';
import type { OpenRelease } from './open-release.ts';
import { Outcome } from './outcome.ts';
import { rehearse } from './rehearse.ts';
import { runStep } from './run-step.ts';
import { stoppable } from './stoppable.ts';
import { undoesByRestore } from './way-back.ts';

/** Migrates every database of `migrate:`: rehearsed on this release's verified backup first, then for real. */
export function migrate(ctx: StepContext): Promise<StepResult> {
  return runStep(ctx, 'migrate', async (release) => {
    const texts: string[] = [];
    const details: Record<string, unknown> = {};
    const applied: string[] = [];
    let backup: unknown;
    for (const name of Object.keys(ctx.runbook.migrate)) {
      const done = await migrateOne(ctx, release, name);
      texts.push(done.text);
      details[name] = done.details;
      applied.push(...done.applied);
      backup ??= backupIn(release.recorder.state(), name);
    }
    return {
      text: texts.length === 0 ? 'no migration in the runbook' : texts.join('; '),
      details: { ...details, applied, backup: backup ?? '' },
    };
  });
}

async function migrateOne(
  ctx: StepContext,
  release: OpenRelease,
  name: string,
): Promise<{ text: string; applied: readonly string[]; details: Record<string, unknown> }> {
  const { recorder } = release;
  const database = ctx.databases[name];
  const spec = ctx.runbook.migrate[name];
  if (database === undefined || spec === undefined) throw new Error(`no database ${name}`);
  const backup = await backupOf(release, database);
  if (backup === undefined)
    throw new Outcome('refuse', 'unverified-backup', `${name} has no verified backup of this release`, {
      next: 'run the backup step before the migration',
    });
  const { version, previous } = recorder.state().opened;
  const migration = await prepareMigration(ctx, database, spec, { version, previous, release: recorder.release });
  const known = recorder.state().items.find(({ item }) => item === `migrate:${name}`);
  if (known?.state === 'done') return { text: `${name} is migrated already`, applied: [], details: {} };
  if (known !== undefined && known.state !== 'undone')
    throw new Outcome(
      'roll-back',
      'step-failed',
      `an earlier attempt died in the migration of ${name}; what it did is not known`,
    );

  const rehearsal = await ctx.platform.group(`Rehearsal of ${name} on a restored backup`, () =>
    rehearse(ctx, migration, backup, recorder.epoch),
  );
  const seen: NewEvent = {
    event: 'noted',
    step: 'migrate',
    text: `rehearsal of ${name}`,
    data: {
      database: name,
      schema: rehearsal.schema,
      own: rehearsal.own,
      newColumns: rehearsal.newColumns,
      oldVersion: rehearsal.oldVersion,
      upMs: rehearsal.upMs,
      downMs: rehearsal.downMs ?? null,
    },
  };
  await recorder.write(...rehearsal.events, seen);
  await mustBeUntouched(release, database, backup);
  if (rehearsal.problems.length > 0)
    throw new Outcome(
      'refuse',
      'rehearsal-failed',
      `the rehearsal of ${name} on a restored backup failed: ${rehearsal.problems.join('; ')}`,
      { next: 'mend the migration and release again' },
    );
  ctx.platform.signal.throwIfAborted();
  ctx.platform.log(`forecast for the migration of ${name}: ${formatDuration(rehearsal.upMs)}`);

  await keepWarm(ctx, release, database, backup);
  await mustBeQuick(database);
  const applied = await apply(ctx, release, migration, backup.id);
  const live = await database.live();
  const expected = await checkExpectations(database, spec, live, backup);
  await recorder.write(
    ...expected.map(
      (one): NewEvent => ({
        event: 'judged',
        step: 'migrate',
        item: `expect:${one.table}`,
        verdict: one.holds ? 'pass' : 'fail',
        text: one.text,
      }),
    ),
  );
  const broken = expected.filter((one) => !one.holds);
  if (broken.length > 0)
    throw new Outcome(
      'roll-back',
      'expectation-failed',
      `after the migration of ${name}: ${broken.map(({ text }) => text).join('; ')}`,
    );
  return {
    text: `${name} migrated (${counted(rehearsal.schema.length, 'change')} of the schema)`,
    applied,
    details: {
      schema: rehearsal.schema,
      oldVersion: rehearsal.oldVersion.text,
      forecastMs: Math.round(rehearsal.upMs),
    },
  };
}

/** A script that does not use the variable it is given works on the live database even in a rehearsal: then go back at once. */
async function mustBeUntouched({ recorder }: OpenRelease, database: Database, backup: Backup): Promise<void> {
  const schema = await database.compareSchema(backup, await database.live());
  if (schema.length === 0) return;
  const item = `migrate:${database.name}`;
  const text = `the rehearsal changed the live database: the script does not use the variable that names the copy (${schema.join('; ')})`;
  await recorder.write(
    { event: 'intends', step: 'migrate', item, undo: { backup: backup.id } },
    { event: 'failed', step: 'migrate', item, ms: 0, message: text },
  );
  throw new Outcome('roll-back', 'step-failed', text);
}

/** `warm: true`: the load of a restore is made now, so that coming back is a swap of names. */
async function keepWarm(
  ctx: StepContext,
  { recorder }: OpenRelease,
  database: Database,
  backup: Backup,
): Promise<void> {
  const undo = ctx.runbook.migrate[database.name]?.undo;
  if (typeof undo !== 'object' || Array.isArray(undo) || !('restore' in undo) || undo.warm !== true) return;
  await recorder.change('migrate', {
    item: warmItem(database.name),
    undo: null,
    make: async () => {
      await database.warm(backup, recorder.release);
      const began = performance.now();
      // Made ready twice, it is only looked at: what a restore does before it swaps.
      await database.warm(backup, recorder.release);
      return { value: undefined, data: { backup: backup.id, checkMs: Math.round(performance.now() - began) } };
    },
  });
  ctx.platform.log(
    `${database.name}: a second load of ${backup.id} is ready beside it; coming back is a swap of names`,
  );
}

export const warmItem = (database: string): string => `warm:${database}`;

/** Removes what a release kept warm and no longer needs. What cannot be removed is said, and is no failure. */
export async function dropWarm(ctx: StepContext, state: ReleaseState): Promise<void> {
  for (const database of Object.values(ctx.databases)) {
    const item = state.items.find((one) => one.item === warmItem(database.name));
    if (item === undefined) continue;
    try {
      await database.dropWarm(state.release);
    } catch (error) {
      if (!(error instanceof RunbookError)) throw error;
      ctx.platform.annotate(
        'warning',
        `the warm copy of ${database.name} was not removed: ${ctx.redact(error.message)}`,
      );
    }
  }
}

/** Transactions that stay open would keep the migration waiting, and everybody behind it. */
async function mustBeQuick(database: Database): Promise<void> {
  const blockers = await database.blockers();
  if (blockers.length === 0) return;
  throw new Outcome(
    'refuse',
    'not-ready',
    `${database.name} is not migrated while transactions are open: ${blockers.slice(0, 5).join('; ')}`,
    { next: 'let them end, or end these sessions, then release again' },
  );
}

async function apply(
  ctx: StepContext,
  { recorder }: OpenRelease,
  migration: Migration,
  backup: string,
): Promise<readonly string[]> {
  const { database, spec, names } = migration;
  const live = await database.live();
  const undo = { backup, previousVersion: names.previous, restore: undoesByRestore(ctx, database.name) };
  const item = `migrate:${database.name}`;
  return await ctx.platform.group(`Migration of ${database.name}`, async () => {
    if ('files' in spec) {
      const make = async () => {
        const applied = await database.applyFiles(live, migration.sql);
        return { value: applied, data: { applied } };
      };
      return (await recorder.change('migrate', { item, undo, make }))?.value ?? [];
    }
    await recorder.change('migrate', {
      item,
      undo,
      host: database.host.name,
      make: async (start) => {
        const job = { host: database.host.name, release: recorder.release, id: item };
        const result = await stoppable(ctx, job, () => start(scriptJob(ctx, migration, spec.run, live)));
        if (result.timedOut)
          throw new Outcome(
            'roll-back',
            'timed-out',
            `the migration of ${database.name} took longer than ${formatDuration(migration.withinMs)} and was stopped, with all that it had started`,
          );
        mustSucceed(result, `the migration of ${database.name}`, migration.withinMs);
        return { value: undefined };
      },
    });
    return [database.name];
  });
}
