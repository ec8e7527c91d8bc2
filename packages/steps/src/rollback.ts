import { HostError } from '@release-runbook/hosts/error';
import { type Recorder, resumeRecord } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import { AppendRefused, type Lease } from '@release-runbook/record/store';
import { restoreRunbook } from '@release-runbook/runbook/load';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { formatSize } from '@release-runbook/units/size';
import { openContext, type StepContext } from './context.ts';
import type { StepResult } from './decision.ts';
import { type Environment, readEnvironment, served } from './environment.ts';
import { freeDeadLock, takeLock } from './lock.ts';
import { Outcome, result } from './outcome.ts';
import { digestOf } from './plan.ts';
import { adoptRecord } from './rollback/adopt.ts';
import {
  type DatabaseWay,
  decideDatabase,
  exportedRows,
  exportRows,
  oldVersionWorks,
  runDown,
  runRestore,
} from './rollback/database.ts';
import { stableUp, stopAll, stopNew, trafficBack, undoDeploys } from './rollback/services.ts';
import { chooseTargets, type RollbackOptions } from './rollback/targets.ts';
import { verify } from './rollback/verify.ts';
import { refused } from './run-step.ts';
import { settle } from './settle.ts';
import { wayBackOf } from './way-back.ts';

export type { RollbackOptions };

const HOLD = 24 * 3600_000;

/**
 * Undoes releases from the end of their records to the beginning, on whatever state a crash left, and proves that the system
 * is as before. Can be run again until it is through.
 */
export async function rollback(ctx: StepContext, options: RollbackOptions): Promise<StepResult> {
  let release: string | null = null;
  try {
    const adopted = options.record === undefined ? undefined : await adoptRecord(ctx, options.record);
    const environment = await readEnvironment(ctx);
    const { targets, nothing } = chooseTargets(
      ctx,
      environment,
      adopted === undefined ? options : { ...options, release: adopted },
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
      // Undoing a newer release has written into the record of the one before it.
      const now = last === undefined ? environment : await readEnvironment(ctx);
      const fresh = now.releases.find((known) => known.release === target.release) ?? target;
      last = await withRecorded(ctx, fresh, (own) => undoRelease(own, now, fresh, lease, options));
      if (last.decision !== 'proceed') return last;
    }
    await ctx.store.release(lease.nonce);
    return last as StepResult;
  } catch (error) {
    return await failure(ctx, error, release);
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
  environment: Environment,
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
  const ways = await decideAll(ctx, target).catch((error: unknown) => trafficFirst(ctx, recorder, error));
  const known = target.events.find((event) => event.event === 'judged' && event.item === 'rollback');
  if (known === undefined)
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
  for (const line of describeChain(ctx, target, ways)) platform.log(line);
  const waits = ways
    .filter((way) => way.action === 'restore')
    .map(wouldLose)
    .filter((rows) => rows !== '')
    .join(', ');
  // A service in one place whose old version is not known to work on the new schema would be down while people decide.
  if (
    waits !== '' &&
    mustAsk(ctx, recorder, options) &&
    target.opened.tracks === null &&
    !oldVersionWorks(recorder.state())
  )
    return await hold(ctx, recorder, waits);

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
      {
        next: 'undo these by hand, then run it again',
      },
    );
  const executed = ctx.clock.elapsed();
  const exported = exportedRows(recorder.state());
  const verified = await platform.group('As before?', () => verify(ctx, recorder, done.ways));
  if (verified.problems.length > 0)
    throw new Outcome(
      'failed',
      'undo-failed',
      `after the rollback of ${target.opened.version}: ${verified.problems.join('; ')}`,
      { next: `runbook rollback --release ${target.release}` },
    );

  const ended = ctx.clock.elapsed();
  const text = summary(
    ctx,
    recorder,
    { total: ended - began, execute: executed - began, verify: ended - executed },
    remaining,
    exported,
  );
  await recorder.write(
    { event: 'measured', step: 'rollback', item: 'rollback:execute', value: Math.round(executed - began), unit: 'ms' },
    { event: 'measured', step: 'rollback', item: 'rollback:verify', value: Math.round(ended - executed), unit: 'ms' },
    { event: 'rolled-back', step: 'rollback', ms: Math.round(ended - began), lost: {}, exported, text },
  );
  await servesAgain(ctx, environment, target, lease);
  await platform.publish(recorder.state(), { wayBack: wayBackOf(ctx, recorder.state()), final: true });
  return result('proceed', 'rolled-back', text, {
    release: target.release,
    details: {
      ms: Math.round(ended - began),
      executeMs: Math.round(executed - began),
      verifyMs: Math.round(ended - executed),
      exported,
      lost: {},
      to: target.opened.previous,
      proof: verified.texts,
      remaining,
    },
  });
}

/** What the databases need could not be found out. Traffic needs none of that: it goes back before this is told. */
async function trafficFirst(ctx: StepContext, recorder: Recorder, error: unknown): Promise<never> {
  if (!(error instanceof RunbookError) || error instanceof AppendRefused) throw error;
  const back = await trafficBack(ctx, recorder);
  if (!back) throw error;
  throw new RunbookError(
    `${error.message}; all requests go to ${recorder.state().opened.previous} again, the rest waits`,
    { hint: error.hint, cause: error },
  );
}

async function decideAll(ctx: StepContext, target: ReleaseState): Promise<readonly DatabaseWay[]> {
  const ways: DatabaseWay[] = [];
  for (const database of Object.values(ctx.databases)) ways.push(await decideDatabase(ctx, target, database));
  return ways;
}

/** Undoes what the release did to the databases. `held`: rows would be lost, and nobody has accepted that. */
async function databasesBack(
  ctx: StepContext,
  recorder: Recorder,
  ways: readonly DatabaseWay[],
  options: RollbackOptions,
): Promise<{ held?: string; ways: readonly DatabaseWay[] }> {
  const accepted = isAccepted(recorder, options);
  const ask = mustAsk(ctx, recorder, options);
  const final: DatabaseWay[] = [];
  for (const way of ways) {
    if (way.action === 'down') {
      const gone = wouldLose(way);
      if (gone !== '' && ask) return { held: gone, ways: final };
      if (gone !== '') await exportRows(ctx, recorder, way);
      await runDown(ctx, recorder, way);
    }
    if (way.action !== 'restore') {
      await settleMigration(recorder, way);
      final.push(way);
      continue;
    }
    const before = wouldLose(way);
    if (before !== '' && ask) return { held: before, ways: final };
    if (before !== '' && !accepted) {
      const kept: DatabaseWay = {
        ...way,
        action: 'nothing',
        why: 'rows were written since the backup, and the runbook keeps them',
      };
      await settleMigration(recorder, kept);
      final.push(kept);
      continue;
    }
    await roomToRestore(way);
    // From here nothing writes any more; what was written between the first count and the stop is counted again.
    await stopAll(ctx, recorder);
    const now = await decideDatabase(ctx, recorder.state(), way.database).catch((error: unknown) =>
      upAgain(ctx, recorder, way, error),
    );
    const after = wouldLose(now);
    if (after !== '' && !accepted) {
      await stableUp(ctx, recorder);
      return { held: after, ways: final };
    }
    await runRestore(ctx, recorder, { ...now, action: 'restore', backup: way.backup }).catch((error: unknown) =>
      upAgain(ctx, recorder, way, error),
    );
    final.push(way);
  }
  return { ways: final };
}

/** Asked while the old version still runs: a full disk may keep it from being started again. */
async function roomToRestore({ database, backup }: DatabaseWay): Promise<void> {
  const needed = (backup?.bytes ?? 0) + 1024 * 1024;
  const { free } = await database.space();
  if (free < needed)
    throw new HostError(
      'no-space',
      `no space left to restore ${database.name}: ${formatSize(needed)} needed, ${formatSize(free)} free on ${database.host.name}; the database was not touched, and the old version goes on serving`,
      {
        hint: `free some space on ${database.host.name}`,
      },
    );
}

/**
 * A restore that did not come to its swap has changed nothing: the old version serves meanwhile as before. In the middle of a
 * swap nothing is started, since it would make a new file.
 */
async function upAgain(
  ctx: StepContext,
  recorder: Recorder,
  { database }: DatabaseWay,
  error: unknown,
): Promise<never> {
  if (error instanceof AppendRefused || !(error instanceof RunbookError)) throw error;
  try {
    const { code } = await database.host.shell('[ -s "$RR_FILE" ]', {
      env: { RR_FILE: (await database.live()).address },
    });
    if (code === 0) await stableUp(ctx, recorder);
  } catch (trouble) {
    if (!(trouble instanceof RunbookError)) throw trouble;
    throw new RunbookError(`${error.message}; and the old version is down: ${trouble.message}`, {
      hint: error.hint,
      cause: error,
    });
  }
  throw error;
}

/** The migration stays, or was undone by a script: its item has an end either way. */
async function settleMigration(recorder: Recorder, way: DatabaseWay): Promise<void> {
  const item = recorder.state().items.find((known) => known.item === `migrate:${way.database.name}`);
  if (item === undefined || item.state === 'undone') return;
  await recorder.undo({ item: item.item, make: async () => ({ how: `left as it is: ${way.why}` }) });
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

function wouldLose(way: DatabaseWay): string {
  return Object.entries(way.written)
    .map(([table, rows]) => `${rows} rows of ${table}`)
    .join(', ');
}

async function hold(ctx: StepContext, recorder: Recorder, rows: string): Promise<StepResult> {
  const { release, opened, status } = recorder.state();
  const begun = status === 'rolling-back';
  // Whoever decides has time only while something serves: what the release had stopped is started again.
  const stopped = recorder
    .state()
    .items.some(({ item, state }) => item.startsWith('stop-writes:') && state !== 'undone');
  if (begun || stopped) await stableUp(ctx, recorder);
  const state = begun
    ? `code and traffic are back on ${opened.previous}; the database waits`
    : stopped
      ? `the services that were stopped run again, on ${opened.previous}; the database waits`
      : `nothing was undone yet, ${opened.version} is still in place`;
  const why = `${state}: restoring the backup would take ${rows} out of the database, written since (they would be exported first)`;
  const until = new Date(ctx.clock.now().getTime() + HOLD);
  await recorder.write({ event: 'held', step: 'rollback', why, until: until.toISOString() });
  await ctx.platform.publish(recorder.state(), { wayBack: wayBackOf(ctx, recorder.state()) });
  return result('hold', 'rows-written-since', why, {
    release,
    next: `restore and export: runbook rollback --release ${release} --accept-loss; or leave the database as it is: runbook rollback --release ${release} --keep-rows`,
    details: { waits: rows },
  });
}

/** The release before carries all traffic again, and its record says so. */
async function servesAgain(
  ctx: StepContext,
  environment: Environment,
  target: ReleaseState,
  lease: Lease,
): Promise<void> {
  const index = environment.releases.findIndex(({ release }) => release === target.release);
  const before = environment.releases
    .slice(0, index)
    .findLast((release) => served(release) && release.status !== 'rolled-back');
  if (before === undefined || before.status === 'serving') return;
  const serving = before.events.findLast((event) => event.event === 'serving');
  const recorder = resumeRecord(before, { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact });
  await recorder.write({
    event: 'serving',
    step: 'rollback',
    version: before.opened.version,
    slot: serving?.event === 'serving' ? serving.slot : null,
  });
}

function describeChain(ctx: StepContext, target: ReleaseState, ways: readonly DatabaseWay[]): readonly string[] {
  const { opened, items } = target;
  const begun = items.filter((item) => item.intends.undo !== null && item.state !== 'undone').map(({ item }) => item);
  return [
    `Rollback of ${opened.version} (${target.release}) to ${opened.previous ?? 'nothing: it was the first release'}`,
    `  to undo, in this order: ${inOrder(begun).join(', ') || 'nothing'}`,
    ...ways.map((way) => {
      const rows = wouldLose(way);
      const cost =
        way.action !== 'restore'
          ? ''
          : rows === ''
            ? '; no row was written since its backup'
            : `; ${rows} written since its backup would leave it (exported first)`;
      return `  database ${way.database.name}: ${way.action === 'nothing' ? 'stays' : way.action === 'down' ? 'down script' : 'restore'} (${way.why})${cost}`;
    }),
    `  rows written since: ${ctx.runbook.rollback['rows-written-since'] ?? 'ask'}`,
  ];
}

function inOrder(items: readonly string[]): readonly string[] {
  const order = ['traffic', 'restart', 'deploy', 'migrate', 'resume', 'stop-writes'];
  const rank = (item: string) => order.findIndex((kind) => item.startsWith(kind));
  return items.toReversed().sort((a, b) => rank(a) - rank(b));
}

async function dryRun(
  ctx: StepContext,
  targets: readonly ReleaseState[],
  options: RollbackOptions,
): Promise<StepResult> {
  const chain: string[] = [];
  const written: Record<string, number> = {};
  for (const target of targets) {
    const lines = await withRecorded(ctx, target, async (own) => {
      const ways = await decideAll(own, target);
      for (const way of ways) if (way.action === 'restore') Object.assign(written, way.written);
      return describeChain(own, target, ways);
    });
    chain.push(...lines);
  }
  for (const line of chain) ctx.platform.log(line);
  const newest = targets[0] as ReleaseState;
  return result('proceed', 'dry-run', `dry run: ${targets.length} release(s) would be undone; nothing was changed`, {
    release: newest.release,
    wayBack: wayBackOf(ctx, newest),
    next: options.to === undefined ? 'runbook rollback' : `runbook rollback --to ${options.to}`,
    details: { chain, wouldExport: written },
  });
}

function summary(
  ctx: StepContext,
  recorder: Recorder,
  ms: { total: number; execute: number; verify: number },
  remaining: readonly string[],
  exported: Readonly<Record<string, number>>,
): string {
  const { opened } = recorder.state();
  const budget = ctx.runbook.rollback.budget;
  const against = (spent: number, allowed: number | undefined) =>
    allowed === undefined ? formatDuration(spent) : `${formatDuration(spent)} of ${formatDuration(allowed)}`;
  const rows = Object.entries(exported).map(([table, count]) => `${count} rows of ${table}`);
  return [
    `${opened.previous ?? 'nothing'} serves again after ${formatDuration(ms.total)} (undone in ${against(ms.execute, budget?.execute)}, verified in ${against(ms.verify, budget?.verify)})`,
    rows.length === 0 ? 'no row lost' : `exported: ${rows.join(', ')}`,
    ...remaining.map((text) => `not undone: ${text}`),
  ].join('; ');
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
