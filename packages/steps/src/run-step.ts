import { HostError, Refusal } from '@release-runbook/hosts/error';
import type { Step } from '@release-runbook/record/events';
import type { ReleaseState } from '@release-runbook/record/state';
import { RunbookError } from '@release-runbook/units/error';
import { Cancelled, type StepContext } from './context.ts';
import { REASONS, type Reason, type StepResult } from './decision.ts';
import { measureBefore } from './fingerprint/measure.ts';
import { type FinishedRelease, type OpenRelease, openRelease } from './open-release.ts';
import { Outcome, result } from './outcome.ts';
import { wayBackOf } from './way-back.ts';

/** What a step's work comes to when it went well. */
export interface Done {
  readonly text: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Another end than proceed: `hold` with its reason. */
  readonly hold?: {
    readonly reason: 'no-verdict' | 'not-enough-data';
    readonly until: Date;
    readonly next: string;
  };
}

/**
 * The frame of every step that changes something: joins or opens the release, does the work, writes how it ended, and turns
 * whatever was thrown into a decision. Nothing that has an undo was begun: `refuse`, and the release is closed. Otherwise a
 * failure asks for the rollback of this very release.
 */
export async function runStep(
  ctx: StepContext,
  step: Step,
  work: (release: OpenRelease) => Promise<Done>,
): Promise<StepResult> {
  let opened: OpenRelease | FinishedRelease;
  try {
    opened = await openRelease(ctx);
  } catch (error) {
    return refused(ctx, error);
  }
  if ('finished' in opened) {
    const { finished, environment } = opened;
    // Its job died between the last event and freeing the lock: nobody else would.
    const holder = environment.lock.holder;
    if (holder !== undefined && ctx.run !== null && holder.run === ctx.run.id) await ctx.store.release(holder.nonce);
    return result(
      'proceed',
      'already-done',
      `${finished.opened.version} already serves (release ${finished.release})`,
      {
        release: finished.release,
        wayBack: wayBackOf(ctx, finished),
      },
    );
  }
  const { recorder } = opened;
  try {
    await measureBefore(ctx, recorder);
    const done = await work(opened);
    const state = recorder.state();
    const wayBack = wayBackOf(ctx, state);
    if (done.hold !== undefined)
      await recorder.write({ event: 'held', step, why: done.text, until: done.hold.until.toISOString() });
    await ctx.platform.publish(recorder.state(), { wayBack });
    return done.hold === undefined
      ? result('proceed', 'done', done.text, { release: recorder.release, wayBack, details: done.details ?? {} })
      : result('hold', done.hold.reason, done.text, {
          release: recorder.release,
          wayBack,
          next: done.hold.next,
          details: done.details ?? {},
        });
  } catch (error) {
    return await failed(ctx, step, opened, ctx.platform.signal.aborted && isAbort(error) ? new Cancelled() : error);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Before the record was opened: nothing has changed. */
export function refused(ctx: StepContext, error: unknown): StepResult {
  if (error instanceof Outcome)
    return result(error.decision, error.reason, ctx.redact(error.message), {
      next: error.next,
      details: error.details,
    });
  if (error instanceof RunbookError) {
    const reason = error instanceof HostError ? error.lack : error instanceof Refusal ? 'locked' : 'invalid-input';
    return result('refuse', reason, ctx.redact(error.message), { next: error.hint });
  }
  if (error instanceof Cancelled) return result('refuse', 'invalid-input', 'cancelled before anything was changed');
  throw error;
}

async function failed(ctx: StepContext, step: Step, opened: OpenRelease, error: unknown): Promise<StepResult> {
  const { recorder, lease } = opened;
  // Another run has taken the environment over: what is to be done to this release is its decision now.
  if (error instanceof Refusal)
    return result('refuse', 'locked', error.message, { release: recorder.release, next: error.hint });
  if (!(error instanceof Outcome) && !(error instanceof RunbookError) && !(error instanceof Cancelled)) throw error;
  const text = ctx.redact(error.message);
  const state = recorder.state();
  const undoable = state.items.some((item) => item.intends.undo !== null && item.state !== 'undone');
  const reason =
    error instanceof Cancelled
      ? 'cancelled'
      : error instanceof Outcome
        ? error.reason
        : error instanceof HostError
          ? error.lack
          : 'step-failed';
  const decision = undoable ? 'roll-back' : 'refuse';
  // What has ended is written while it can be: a record that cannot be written stays open, and is found by the next job.
  const trouble = await attempt(async () => {
    await recorder.write({ event: 'judged', step, item: step, verdict: 'fail', text, decision, reason });
    if (decision === 'refuse') {
      await recorder.write({ event: 'closed', step, text: `refused before anything was changed: ${text}` });
      await ctx.store.release(lease.nonce);
    }
  });
  const wayBack = wayBackOf(ctx, recorder.state());
  await ctx.platform.publish(recorder.state(), { wayBack });
  const hint = error instanceof RunbookError ? error.hint : error instanceof Outcome ? error.next : undefined;
  return result(
    decision,
    reasonFor(decision, reason),
    trouble === undefined || text.includes(trouble) ? text : `${text}; and ${trouble}`,
    {
      release: recorder.release,
      wayBack,
      next:
        decision === 'roll-back'
          ? next(state, hint)
          : `nothing was changed${hint === undefined ? '' : `; ${hint}`}${trouble === undefined ? '' : `; then free this environment: runbook rollback --release ${recorder.release}`}`,
      details: error instanceof Outcome ? error.details : {},
    },
  );
}

/** A reason of the decision's own closed list; one of another decision's becomes the list's most general. */
function reasonFor(decision: 'roll-back' | 'refuse', reason: string): StepResult['reason'] {
  const own: readonly Reason[] = REASONS[decision];
  return own.find((known) => known === reason) ?? (decision === 'refuse' ? 'not-ready' : 'step-failed');
}

function next(state: ReleaseState, hint: string | undefined): string {
  const done = state.items
    .filter((item) => item.intends.undo !== null && item.state !== 'undone')
    .map(({ item }) => item);
  return `changed so far: ${done.join(', ')}; go back with: runbook rollback --release ${state.release}${hint === undefined ? '' : ` (${hint})`}`;
}

async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
