import { Refusal } from '@release-runbook/hosts/error';
import { type Recorder, resumeRecord } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import type { Lease } from '@release-runbook/record/store';
import { restoreRunbook } from '@release-runbook/runbook/load';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { openContext, type StepContext } from './context.ts';
import type { StepResult } from './decision.ts';
import { readEnvironment } from './environment.ts';
import { freeDeadLock, takeLock } from './lock.ts';
import { dropWarm } from './migrate.ts';
import { Outcome, result } from './outcome.ts';
import { digestOf } from './plan-digest.ts';
import { adoptRecord } from './rollback/adopt.ts';
import { exportedRows } from './rollback/database-undo.ts';
import { askedFirst, databasesBack, decideAll, hold } from './rollback/databases.ts';
import { recallBackups } from './rollback/recall.ts';
import { stableUp, stopNew, trafficBack, undoDeploys } from './rollback/services.ts';
import { chooseTargets, type RollbackOptions } from './rollback/targets.ts';
import {
  describeChain,
  rescuesOf,
  summary,
  type ToldTarget,
  tellTarget,
  wayBackOver,
  wouldLeave,
} from './rollback/told.ts';
import { verify } from './rollback/verify.ts';
import { refused } from './run-step.ts';
import { settle } from './settle.ts';
import { wayBackOf } from './way-back.ts';

export type { RollbackOptions };

/**
 * Undoes releases from the end of their records to the beginning, on whatever state a crash left, and proves that the system
 * is as before. Can be run again until it is through.
 */
export async function rollback(given: StepContext, options: RollbackOptions): Promise<StepResult> {
  let release: string | null = null;
  try {
    const adopted = options.record === undefined ? undefined : await adoptRecord(given, options.record, options.dryRun);
    const ctx = adopted === undefined ? given : { ...given, store: adopted.store };
    const environment = await readEnvironment(ctx);
    const { targets, nothing } = chooseTargets(
      ctx,
      environment,
      adopted === undefined ? options : { ...options, release: adopted.release },
    );
    if (targets.length === 0) {
      if (!options.dryRun && environment.open === undefined) await freeDeadLock(ctx, environment.lock);
      return result('proceed', 'nothing-to-do', nothing);
    }
    if (options.dryRun) return await dryRun(ctx, targets, options);
    const { lease, proof } = await takeLock(ctx, environment.lock, { human: options.force });
    if (proof !== undefined) ctx.platform.log(`lock taken over: ${proof.text}`);
    let last: StepResult | undefined;
    for (const target of targets) {
      release = target.release;
      last = await withRecorded(ctx, target, (own) => undoRelease(own, target, lease, options));
      if (last.decision !== 'proceed') return last;
    }
    await ctx.store.release(lease.nonce);
    return last as StepResult;
  } catch (error) {
    return await failure(given, error, release);
  }
}

/** The context of a release's own runbook: rollback uses what was approved, not what the branch says today. */
async function withRecorded<T>(
  ctx: StepContext,
  target: ReleaseState,
  work: (own: StepContext) => Promise<T>,
): Promise<T> {
  const { opened } = target;
  const runbook = await restoreRunbook(opened.runbook);
  const { system, environment, version, previous, commit, digest } = opened;
  if (digestOf({ system, environment, version, previous, commit, runbook: runbook.digest }) !== digest)
    throw new RunbookError(
      `the runbook in the record of ${target.release} is not the one that was approved; nothing was changed`,
      {
        hint: 'work from a whole copy of the record: runbook rollback --record FILE',
      },
    );
  const own = await openContext({ ...ctx, runbook: { ...runbook, locale: ctx.runbook.locale }, version });
  try {
    return await work({ ...own, store: ctx.store });
  } finally {
    await own.close();
  }
}

async function undoRelease(
  ctx: StepContext,
  target: ReleaseState,
  lease: Lease,
  options: RollbackOptions,
): Promise<StepResult> {
  const { platform } = ctx;
  const began = ctx.clock.elapsed();
  const recorder = resumeRecord(target, { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact });
  if (target.torn.length > 0)
    platform.annotate(
      'warning',
      `line ${target.torn.map((line) => line + 1).join(', ')} of the record of ${target.release} was torn while it was written: what it was to announce was not begun`,
    );
  await settle(ctx, recorder);
  await recallBackups(ctx, recorder, () => trafficBack(ctx, recorder)).catch((error: unknown) =>
    trafficFirst(ctx, recorder, error),
  );
  const ways = await decideAll(ctx, target).catch((error: unknown) => trafficFirst(ctx, recorder, error));
  await tellWhy(ctx, recorder, options);
  for (const line of describeChain(ctx, target, ways)) platform.log(line);
  const question = askedFirst(ctx, recorder, ways, options);
  if (question !== undefined) return await hold(ctx, recorder, question);

  await platform.group('Traffic to the old version', () => trafficBack(ctx, recorder));
  await platform.group('The new version is stopped', () => stopNew(ctx, recorder));
  const remaining = await platform.group('Code and configuration', () => undoDeploys(ctx, recorder));
  const done = await platform.group('Databases', () => databasesBack(ctx, recorder, ways, options));
  if (done.held !== undefined) return await hold(ctx, recorder, done.held);
  await platform.group('The old version is up', () => stableUp(ctx, recorder));
  const left = recorder.state().items.filter(({ intends, state }) => intends.undo !== null && state !== 'undone');
  if (left.length > 0)
    throw new Outcome(
      'failed',
      'undo-failed',
      `not undone: ${left.map(({ item }) => item).join(', ')}; the recorded runbook does not say how`,
      { next: 'undo these by hand, then run it again' },
    );
  const executed = ctx.clock.elapsed();
  const exported = exportedRows(recorder.state());
  const verified = await platform.group('As before?', () => verify(ctx, recorder, done.ways, options));
  if (verified.problems.length > 0)
    throw new Outcome(
      'failed',
      'undo-failed',
      `after the rollback of ${target.opened.version}: ${verified.problems.join('; ')}`,
      verified.look.length === 0
        ? {}
        : { next: `${verified.look.join('; ')}; put it back by hand, or let it stay with --accept-code` },
    );

  const ended = ctx.clock.elapsed();
  const text = summary(
    ctx,
    recorder,
    { total: ended - began, execute: executed - began, verify: ended - executed },
    { remaining, exported, accepted: verified.accepted },
  );
  await recorder.write(
    { event: 'measured', step: 'rollback', item: 'rollback:execute', value: Math.round(executed - began), unit: 'ms' },
    { event: 'measured', step: 'rollback', item: 'rollback:verify', value: Math.round(ended - executed), unit: 'ms' },
    { event: 'rolled-back', step: 'rollback', ms: Math.round(ended - began), lost: {}, exported, text },
  );
  await dropWarm(ctx, recorder.state());
  await platform.publish(recorder.state(), { wayBack: wayBackOf(ctx, recorder.state()), final: true });
  return result('proceed', 'rolled-back', text, {
    release: target.release,
    details: {
      ms: Math.round(ended - began),
      executeMs: Math.round(executed - began),
      verifyMs: Math.round(ended - executed),
      exported,
      lost: {},
      rescues: rescuesOf(recorder.state()),
      to: target.opened.previous,
      proof: verified.texts,
      remaining,
    },
  });
}

/** Why, for the record, and the words of people that this rollback rests on. */
async function tellWhy(ctx: StepContext, recorder: Recorder, options: RollbackOptions): Promise<void> {
  const { events } = recorder.state();
  if (!events.some((event) => event.event === 'judged' && event.item === 'rollback'))
    await recorder.write({
      event: 'judged',
      step: 'rollback',
      item: 'rollback',
      verdict: 'fail',
      text: options.reason,
      decision: 'roll-back',
      reason: options.reason,
    });
  if (ctx.run !== null)
    await recorder.write({
      event: 'noted',
      step: 'rollback',
      text: `rolled back by run ${ctx.run.id}, attempt ${ctx.run.attempt}`,
      data: { rollbackRun: ctx.run.id },
    });
  if (options.acceptLoss)
    await recorder.write({
      event: 'noted',
      step: 'rollback',
      text: 'a person accepts the loss of rows written since the backup',
      data: { acceptLoss: true },
    });
}

/** What the databases need could not be found out. Traffic needs none of that: it goes back before this is told. */
async function trafficFirst(ctx: StepContext, recorder: Recorder, error: unknown): Promise<never> {
  if (!(error instanceof RunbookError) || error instanceof Refusal) throw error;
  const back = await trafficBack(ctx, recorder);
  if (!back) throw error;
  throw new RunbookError(
    `${error.message}; all requests go to ${recorder.state().opened.previous} again, the rest waits`,
    { hint: error.hint, cause: error },
  );
}

async function dryRun(
  ctx: StepContext,
  targets: readonly ReleaseState[],
  options: RollbackOptions,
): Promise<StepResult> {
  const told: ToldTarget[] = [];
  for (const target of targets)
    told.push(
      await withRecorded(ctx, target, async (own) => {
        const rule = options.rowsWrittenSince ?? own.runbook.rollback['rows-written-since'];
        return tellTarget(own, target, await decideAll(own, target), rule === 'keep' && !options.acceptLoss);
      }),
    );
  const chain = told.flatMap(({ lines }) => lines);
  for (const line of chain) ctx.platform.log(line);
  return result(
    'proceed',
    'dry-run',
    `dry run: ${counted(targets.length, 'release')} would be undone; nothing was changed`,
    {
      release: (targets[0] as ReleaseState).release,
      wayBack: wayBackOver(told),
      next: again(options),
      details: { chain, wouldExport: wouldLeave(told) },
    },
  );
}

/** The command that does it, with all that this dry run was asked with. */
function again({ to, release, record, rowsWrittenSince, acceptLoss }: RollbackOptions): string {
  const options = [
    ...(to === undefined ? [] : [`--to ${to}`]),
    ...(release === undefined ? [] : [`--release ${release}`]),
    ...(record === undefined ? [] : [`--record ${record}`]),
    ...(rowsWrittenSince === undefined ? [] : [`--rows-written-since ${rowsWrittenSince}`]),
    ...(acceptLoss ? ['--accept-loss'] : []),
  ];
  return ['runbook rollback', ...options].join(' ');
}

/** People see where it stopped, and whoever goes on finds the lock free: this rollback has ended in good order. */
async function tellFailure(ctx: StepContext, release: string): Promise<void> {
  try {
    const state = (await readEnvironment(ctx)).releases.find((known) => known.release === release);
    if (state !== undefined) await ctx.platform.publish(state, { wayBack: wayBackOf(ctx, state) });
    await ctx.store.release(ctx.holder.nonce);
  } catch (error) {
    ctx.platform.log(`the record cannot be asked now: ${ctx.redact(String(error))}`);
  }
}

async function failure(ctx: StepContext, error: unknown, release: string | null): Promise<StepResult> {
  const again = `run it again: runbook rollback${release === null ? '' : ` --release ${release}`}`;
  const contact = ctx.runbook.onCall === undefined ? '' : `; on call: ${ctx.runbook.onCall}`;
  if (error instanceof Outcome && error.decision !== 'failed') return { ...refused(ctx, error), release };
  if (error instanceof Outcome || error instanceof RunbookError) {
    const hint = error instanceof RunbookError ? error.hint : error.next;
    if (release === null) return refused(ctx, error);
    await tellFailure(ctx, release);
    return result('failed', 'undo-failed', ctx.redact(error.message), {
      release,
      next: `${hint === undefined ? '' : `${hint}; then `}${again}${contact}`,
    });
  }
  throw error;
}
