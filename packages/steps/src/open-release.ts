import { createRecord, type Recorder, resumeRecord } from '@release-runbook/record/recorder';
import { type ReleaseState, waitsInRollback } from '@release-runbook/record/state';
import type { DeathProof, Lease } from '@release-runbook/record/store';
import type { StepContext } from './context.ts';
import { type Environment, readEnvironment, served, tracksNow } from './environment.ts';
import { takeLock } from './lock.ts';
import { Outcome } from './outcome.ts';
import { planDigest } from './plan-digest.ts';
import { settle } from './settle.ts';
import { heldRollback, planChanged, samePlan } from './stops.ts';
import { TOOL } from './tool.ts';

/** A release that a step works on. */
export interface OpenRelease {
  readonly recorder: Recorder;
  readonly environment: Environment;
  readonly previous: ReleaseState | undefined;
  readonly lease: Lease;
}

/** A release of this run that is over: nothing is left to do, and nothing is done twice. */
export interface FinishedRelease {
  readonly finished: ReleaseState;
  readonly environment: Environment;
}

/**
 * Goes on with this run's release, or opens it: takes the lock, checks that the approved plan is the one that would run, and
 * writes `opened`. After a dead attempt, what is still in flight is stopped and settled first.
 */
export async function openRelease(ctx: StepContext): Promise<OpenRelease | FinishedRelease> {
  const environment = await readEnvironment(ctx);
  const own = ownRelease(ctx, environment);
  if (own !== undefined && own.status !== 'rolled-back' && !(own.status === 'closed' && !served(own))) {
    if (own.status === 'serving' || own.status === 'superseded' || own.status === 'closed')
      return { finished: own, environment };
    // Also one that waits for people in the middle of its rollback, and one whose gate has set traffic back.
    if (waitsInRollback(own)) throw refusedBy(own);
    if (own.events.some(({ event }) => event === 'undoing'))
      throw new Outcome('refuse', 'locked', `release ${own.release} is being rolled back; nothing was changed`, {
        next: 'runbook rollback',
      });
    await mustBeSamePlan(ctx, own);
    const { lease, proof } = await takeLock(ctx, environment.lock);
    ctx.hosts.fence({ release: own.release, epoch: lease.epoch });
    const recorder = resumeRecord(own, {
      store: ctx.store,
      lease,
      hosts: ctx.hosts,
      redact: ctx.redact,
      signal: ctx.platform.signal,
    });
    if (proof !== undefined) await takenOver(recorder, proof);
    // Also without another holder: the step before may have died in this very job.
    if (proof !== undefined || own.items.some(({ state }) => state === 'announced')) await settle(ctx, recorder);
    if (own.status === 'held')
      await recorder.write({
        event: 'noted',
        step: 'release',
        text: 'the held release goes on',
        data: { resumed: true },
      });
    return { recorder, environment, previous: environment.current, lease };
  }
  return await open(ctx, environment);
}

async function takenOver(recorder: Recorder, proof: DeathProof): Promise<void> {
  await recorder.write({
    event: 'noted',
    step: 'release',
    text: `lock taken over: ${proof.text}`,
    data: { epoch: recorder.epoch, by: proof.by },
  });
}

/** A record that lives for its job is shared by actions that each have a configuration of their own. */
async function mustBeSamePlan(ctx: StepContext, own: ReleaseState): Promise<void> {
  if (ctx.root !== undefined || (await samePlan(ctx, own))) return;
  const { text, next } = planChanged(own);
  throw new Outcome('refuse', 'plan-changed', text, { next });
}

async function open(ctx: StepContext, environment: Environment): Promise<OpenRelease> {
  const { current } = environment;
  const waits = environment.open ?? current;
  if (waits !== undefined && waitsInRollback(waits)) throw refusedBy(waits);
  if (environment.open !== undefined)
    throw new Outcome(
      'refuse',
      'locked',
      `release ${environment.open.release} (${environment.open.opened.version}) is under way (${environment.open.status}); nothing was changed`,
      {
        next: 'wait for it, or bring it back: runbook rollback',
      },
    );
  const previous = current?.opened.version ?? ctx.runbook.previous ?? null;
  if (previous === null && ctx.first !== true)
    throw new Outcome(
      'refuse',
      'no-previous-version',
      `no earlier release of ${ctx.runbook.system} is recorded for ${ctx.runbook.environment}, so there is nothing to come back to; nothing was changed`,
      {
        next: 'name the version that runs now in the runbook (`previous: v1.0.0`), or pass --first (input `first: true`) for a system that was never released',
      },
    );
  const { digest, commit } = await planDigest(ctx, previous);
  if (current !== undefined && current.opened.version === ctx.version && current.opened.commit === commit)
    throw new Outcome(
      'proceed',
      'already-done',
      `${ctx.version} serves already (release ${current.release}); nothing was changed`,
    );
  if (ctx.approved !== undefined && ctx.approved !== '' && ctx.approved !== digest)
    throw new Outcome(
      'refuse',
      'plan-changed',
      `the plan is not the one that was approved (${ctx.approved.slice(0, 12)} then, ${digest.slice(0, 12)} now); nothing was changed`,
      {
        next: 'run all jobs again: the plan is made anew, and approved anew',
      },
    );
  const { lease, proof } = await takeLock(ctx, environment.lock);
  // Somebody may have opened, or come to serve, between the look and the lock.
  const now = await readEnvironment(ctx);
  if (
    now.releases.at(-1)?.next !== environment.releases.at(-1)?.next ||
    now.releases.length !== environment.releases.length
  ) {
    await ctx.store.release(lease.nonce);
    throw new Outcome(
      'refuse',
      'locked',
      'another release was written to this environment at the same time; nothing was changed',
      {
        next: 'runbook status, then run this again',
      },
    );
  }
  const release = releaseId(afterAll(environment, ctx.clock.now()), ctx.version);
  ctx.hosts.fence({ release, epoch: lease.epoch });
  try {
    const recorder = await createRecord(
      release,
      {
        event: 'opened',
        step: 'release',
        release,
        system: ctx.runbook.system,
        environment: ctx.runbook.environment,
        version: ctx.version,
        previous,
        tracks: tracksNow(ctx, current),
        runbook: ctx.runbook.resolved,
        commit,
        digest,
        tool: TOOL,
        run: ctx.run,
      },
      { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact, signal: ctx.platform.signal },
    );
    if (proof !== undefined) {
      await takenOver(recorder, proof);
      await settle(ctx, recorder);
    }
    return { recorder, environment, previous: current, lease };
  } catch (error) {
    await ctx.store.release(lease.nonce).catch(() => {});
    throw error;
  }
}

function refusedBy(held: ReleaseState): Outcome {
  const { text, next } = heldRollback(held);
  return new Outcome('refuse', 'locked', `${text}; nothing was changed`, { next });
}

function ownRelease(ctx: StepContext, environment: Environment): ReleaseState | undefined {
  const own = environment.releases.findLast((release) =>
    ctx.release === undefined
      ? ctx.run !== null && release.opened.run?.id === ctx.run.id
      : release.release === ctx.release,
  );
  if (own === undefined && ctx.release !== undefined)
    throw new Outcome(
      'refuse',
      'no-such-release',
      `there is no release ${ctx.release} in this environment; nothing was changed`,
      { next: 'runbook status' },
    );
  return own;
}

/** Records sort by the time in their names: a clock that was set back must not put this release before one that is there. */
function afterAll({ releases }: Environment, now: Date): Date {
  const newest = releases.at(-1)?.release.match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/);
  if (newest === undefined || newest === null) return now;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = newest.slice(1).map(Number);
  return new Date(Math.max(now.getTime(), Date.UTC(year, month - 1, day, hour, minute, second + 1)));
}

/** `20261121T021109Z-v2.0.0`: sorts by time, and is a file's name. */
export function releaseId(now: Date, version: string): string {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${time}-${version.replaceAll(/[^A-Za-z0-9_.+-]/g, '_').slice(0, 100)}`;
}
