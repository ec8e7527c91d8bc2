import type { Backup, Instance } from '@release-runbook/databases/types';
import type { JobResult } from '@release-runbook/hosts/types';
import type { NewEvent } from '@release-runbook/record/events';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';
import { checkExpectations } from './expectations.ts';
import { downScript, type Migration, mustSucceed, scriptJob } from './migration.ts';
import { type OldVersion, tryOldVersion } from './old-version.ts';

export interface Rehearsal {
  readonly database: string;
  readonly upMs: number;
  readonly downMs: number | undefined;
  /** What the migration does to the schema, line by line. */
  readonly schema: readonly string[];
  /** Rows that the migration itself writes: nobody's work is lost with them. */
  readonly own: Readonly<Record<string, OwnRows>>;
  readonly oldVersion: OldVersion;
  /** Why a release must not be made; empty: rehearsed and good. */
  readonly problems: readonly string[];
  readonly events: readonly NewEvent[];
}

export interface OwnRows {
  readonly added: number;
  readonly changed: number;
  readonly missing: number;
}

/**
 * Takes a migration through its whole life on copies of a backup, with nothing live touched: up, expectations, the schema's
 * difference; the old version's smoke checks on the new schema; and where there is a down script: down, schema and rows equal
 * to before, up again.
 */
export async function rehearse(
  ctx: StepContext,
  migration: Migration,
  backup: Backup,
  epoch: number,
): Promise<Rehearsal> {
  const { database, spec } = migration;
  const { host } = database;
  const problems: string[] = [];
  const events: NewEvent[] = [];
  const label = `rehearsal:${database.name}`;
  const run = async (what: string, script: Parameters<typeof scriptJob>[2], instance: Instance): Promise<JobResult> =>
    mustSucceed(
      await host.supervise({
        ...scriptJob(ctx, migration, script, instance),
        id: `${label}:${what}`,
        release: migration.names.release,
        epoch,
      }),
      `the rehearsal of ${database.name} (${what})`,
      migration.withinMs,
    );
  const up = async (what: string, instance: Instance): Promise<number> => {
    const began = performance.now();
    if ('files' in spec) await database.applyFiles(instance, migration.sql);
    else await run(what, spec.run, instance);
    return performance.now() - began;
  };
  if (ctx.runbook.databases[database.name]?.env === undefined && !('files' in spec && downScript(spec) === undefined))
    problems.push(
      `the scripts of ${database.name} cannot be rehearsed: its \`env:\` names no variable by which they find the copy, so they would work on the live database`,
    );
  if (problems.length > 0)
    return {
      database: database.name,
      upMs: 0,
      downMs: undefined,
      schema: [],
      own: {},
      oldVersion: { tried: false, passes: false, text: 'not tried', checks: [] },
      problems,
      events,
    };
  const before: Instance = { address: backup.path, kind: 'scratch' };
  const copy = await database.scratch(backup, 'rehearsal');
  let upMs = 0;
  let downMs: number | undefined;
  let schema: readonly string[] = [];
  let own: Record<string, OwnRows> = {};
  let oldVersion: OldVersion = {
    tried: false,
    passes: false,
    text: 'not tried: the migration did not get through',
    checks: [],
  };
  try {
    upMs = await up('up', copy);
    events.push(measured(`${label}:up`, upMs));
    for (const expected of await checkExpectations(database, spec, copy, backup)) {
      events.push({
        event: 'judged',
        step: 'migrate',
        item: `${label}:${expected.table}`,
        verdict: expected.holds ? 'pass' : 'fail',
        text: expected.text,
      });
      if (!expected.holds) problems.push(expected.text);
    }
    schema = (await database.compare(before, copy)).schema;
    own = Object.fromEntries(
      (await database.since(backup, undefined, copy)).map(({ table, added, changed, missing }) => [
        table,
        { added, changed, missing },
      ]),
    );
    const down = downScript(spec);
    if (down !== undefined) {
      const began = performance.now();
      await run('down', down, copy);
      downMs = performance.now() - began;
      events.push(measured(`${label}:down`, downMs), measured(`undo:${database.name}`, downMs));
      const left = await database.compare(before, copy);
      const differs = [...left.schema, ...left.rows];
      events.push({
        event: 'judged',
        step: 'migrate',
        item: `${label}:down`,
        verdict: differs.length === 0 ? 'pass' : 'fail',
        text:
          differs.length === 0
            ? 'after the down script, schema and rows are as before'
            : `the down script ended with exit code 0 and did not undo: ${differs.join('; ')}`,
      });
      if (differs.length > 0)
        problems.push(`the down script ended with exit code 0 and did not undo: ${differs.join('; ')}`);
      else await up('up again', copy);
    }
    oldVersion = await tryOldVersion(ctx, migration, backup, up);
    events.push({
      event: 'judged',
      step: 'migrate',
      item: `${label}:old-version`,
      verdict: !oldVersion.tried ? 'inconclusive' : oldVersion.passes ? 'pass' : 'fail',
      text: oldVersion.text,
    });
    if (spec.undo === 'keep' && oldVersion.tried && !oldVersion.passes)
      problems.push(`undo is \`keep\`, and the old version does not work on the new schema: ${oldVersion.text}`);
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    problems.push(ctx.redact(error.message));
  } finally {
    await database
      .drop(copy)
      .catch((error: unknown) =>
        ctx.platform.log(`the rehearsal's copy ${copy.address} was not removed: ${String(error)}`),
      );
  }
  ctx.platform.log(
    problems.length === 0
      ? `rehearsed on a restored backup: up in ${formatDuration(upMs)}${downMs === undefined ? '' : `, down in ${formatDuration(downMs)}`}; old version on the new schema: ${oldVersion.text}`
      : `the rehearsal found: ${problems.join('; ')}`,
  );
  return { database: database.name, upMs, downMs, schema, own, oldVersion, problems, events };
}

function measured(item: string, ms: number): NewEvent {
  return { event: 'measured', step: 'migrate', item, value: Math.round(ms), unit: 'ms' };
}
