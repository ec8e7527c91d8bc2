import { HostError, Refusal } from '@release-runbook/hosts/error';
import type { Recorder } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import { rowsOf } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import type { StepContext } from '../context.ts';
import type { StepResult } from '../decision.ts';
import { result } from '../outcome.ts';
import { wayBackOf } from '../way-back.ts';
import { type DatabaseWay, decideDatabase, oldVersionWorks } from './database.ts';
import { exportRows, runDown, runRestore } from './database-undo.ts';
import { stableUp, stopAll } from './services.ts';
import type { RollbackOptions } from './targets.ts';

const HOLD = 24 * 3600_000;

/** What a person is asked about: rows that an undo would take out of a database. */
export interface Question {
  /** "12 rows of orders, 1 row of users" */
  readonly rows: string;
  readonly action: 'down' | 'restore';
}

export async function decideAll(ctx: StepContext, target: ReleaseState): Promise<readonly DatabaseWay[]> {
  const ways: DatabaseWay[] = [];
  for (const database of Object.values(ctx.databases)) ways.push(await decideDatabase(ctx, target, database));
  return ways;
}

/**
 * What has to be asked before anything is undone: a service in one place whose old version is not known to work on the new
 * schema would be down while people decide. Elsewhere code and traffic go back first.
 */
export function askedFirst(
  ctx: StepContext,
  recorder: Recorder,
  ways: readonly DatabaseWay[],
  options: RollbackOptions,
): Question | undefined {
  const { opened } = recorder.state();
  if (opened.tracks !== null || oldVersionWorks(recorder.state()) || !mustAsk(ctx, recorder, options)) return undefined;
  const questions = ways.map(questionOf).filter((one) => one !== undefined);
  const [first] = questions;
  return first === undefined ? undefined : { ...first, rows: questions.map(({ rows }) => rows).join(', ') };
}

/** Undoes what the release did to the databases. `held`: rows would be lost, and nobody has accepted that. */
export async function databasesBack(
  ctx: StepContext,
  recorder: Recorder,
  ways: readonly DatabaseWay[],
  options: RollbackOptions,
): Promise<{ held?: Question; ways: readonly DatabaseWay[] }> {
  const accepted = isAccepted(recorder, options);
  const ask = mustAsk(ctx, recorder, options);
  const final: DatabaseWay[] = [];
  for (const way of ways) {
    const question = questionOf(way);
    if (question !== undefined && ask) return { held: question, ways: final };
    if (question !== undefined && !accepted) {
      const kept: DatabaseWay = {
        ...way,
        action: 'nothing',
        why: 'rows were written since the backup, and they are kept',
      };
      await settleMigration(recorder, kept);
      final.push(kept);
      continue;
    }
    if (way.action !== 'restore') {
      if (way.action === 'down') {
        // What the new version wrote until it was stopped is counted again.
        const now = await decideDatabase(ctx, recorder.state(), way.database);
        const late = now.action === 'down' ? questionOf(now) : undefined;
        if (late !== undefined && ask) return { held: late, ways: final };
        if (late !== undefined) await exportRows(ctx, recorder, now);
        await runDown(ctx, recorder, way);
      }
      await settleMigration(recorder, way);
      final.push(way);
      continue;
    }
    await roomToRestore(way);
    // From here nothing writes any more; what was written between the first count and the stop is counted again.
    await stopAll(ctx, recorder);
    const now = await decideDatabase(ctx, recorder.state(), way.database).catch((error: unknown) =>
      upAgain(ctx, recorder, way, error),
    );
    const after = rowsOf(now.written);
    if (after !== '' && !accepted) {
      await stableUp(ctx, recorder);
      return { held: { rows: after, action: 'restore' }, ways: final };
    }
    await runRestore(ctx, recorder, { ...now, action: 'restore', backup: way.backup }).catch((error: unknown) =>
      upAgain(ctx, recorder, way, error),
    );
    final.push(way);
  }
  return { ways: final };
}

function questionOf({ action, written }: DatabaseWay): Question | undefined {
  const rows = action === 'nothing' ? '' : rowsOf(written);
  return rows === '' || action === 'nothing' ? undefined : { rows, action };
}

/** A person's word holds until the same person, or another, says to keep the rows. */
function isAccepted(recorder: Recorder, options: RollbackOptions): boolean {
  if (options.rowsWrittenSince === 'keep') return false;
  return recorder.state().events.some((event) => event.event === 'noted' && event.data?.acceptLoss === true);
}

function mustAsk(ctx: StepContext, recorder: Recorder, options: RollbackOptions): boolean {
  return (
    !isAccepted(recorder, options) &&
    (options.rowsWrittenSince ?? ctx.runbook.rollback['rows-written-since'] ?? 'ask') === 'ask'
  );
}

/** Waits for a person. Whoever decides has time only while something serves: what the release had stopped is started again. */
export async function hold(ctx: StepContext, recorder: Recorder, { rows, action }: Question): Promise<StepResult> {
  const { release, opened, status, items } = recorder.state();
  const begun = status === 'rolling-back';
  const stopped = items.some(({ item, state }) => item.startsWith('stop-writes:') && state !== 'undone');
  if (begun || stopped) await stableUp(ctx, recorder);
  const state = begun
    ? `code and traffic are back on ${opened.previous}; the database waits`
    : stopped
      ? `the services that were stopped run again, on ${opened.previous}; the database waits`
      : `nothing was undone yet, ${opened.version} is still in place`;
  const what = action === 'restore' ? 'restoring the backup' : 'the down script';
  const why = `${state}: ${what} would take ${rows} out of the database, written since (they would be exported first)`;
  const until = new Date(ctx.clock.now().getTime() + HOLD);
  await recorder.write({ event: 'held', step: 'rollback', why, until: until.toISOString() });
  await ctx.platform.publish(recorder.state(), { wayBack: wayBackOf(ctx, recorder.state()) });
  return result('hold', 'rows-written-since', why, {
    release,
    next: `${action === 'restore' ? 'restore' : 'run the down script'} and export: runbook rollback --release ${release} --accept-loss; or leave the database as it is: runbook rollback --release ${release} --keep-rows`,
    details: { waits: rows },
  });
}

/** The migration stays, or was undone by a script: its item has an end either way. */
async function settleMigration(recorder: Recorder, way: DatabaseWay): Promise<void> {
  const item = recorder.state().items.find((known) => known.item === `migrate:${way.database.name}`);
  if (item === undefined || item.state === 'undone') return;
  await recorder.undo({ item: item.item, make: async () => ({ how: `left as it is: ${way.why}` }) });
}

/** Asked while the old version still runs: a full disk may keep it from being started again. */
async function roomToRestore({ database, backup }: DatabaseWay): Promise<void> {
  const needed = (backup?.bytes ?? 0) + 1024 * 1024;
  const { free } = await database.space();
  if (free < needed)
    throw new HostError(
      'no-space',
      `no space left to restore ${database.name}: ${formatSize(needed)} needed, ${formatSize(free)} free on ${database.host.name}; the database was not touched, and the old version goes on serving`,
      { hint: `free some space on ${database.host.name}` },
    );
}

/**
 * A restore that did not come to its swap has changed nothing: the old version serves meanwhile as before. In the middle of a
 * swap nothing is started, since it would make a new file.
 */
async function upAgain(ctx: StepContext, recorder: Recorder, way: DatabaseWay, error: unknown): Promise<never> {
  if (error instanceof Refusal || !(error instanceof RunbookError)) throw error;
  try {
    if (!(await way.database.interrupted(recorder.release))) await stableUp(ctx, recorder);
  } catch (trouble) {
    if (!(trouble instanceof RunbookError)) throw trouble;
    throw new RunbookError(`${error.message}; and the old version is down: ${trouble.message}`, {
      hint: error.hint,
      cause: error,
    });
  }
  throw error;
}
