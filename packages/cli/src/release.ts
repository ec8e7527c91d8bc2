import type { Step } from '@release-runbook/record/events';
import type { StepContext } from '@release-runbook/steps/context';
import { exitCode, type StepResult } from '@release-runbook/steps/decision';
import { readEnvironment } from '@release-runbook/steps/environment';
import { isOwn } from '@release-runbook/steps/stops';
import { formatDuration } from '@release-runbook/units/duration';
import { messages } from '@release-runbook/views/messages';
import { type Consent, consentToRelease } from './consent.ts';
import { cameBack, resultJson, tellEnd, tellResult } from './end.ts';
import { type Call, loadCallRunbook, openCallContext, withContext } from './session.ts';

type StepFunction = (ctx: StepContext) => Promise<StepResult>;

/** A release's steps in their order; each one's code is loaded when its turn comes. */
const steps: readonly { readonly step: Step; readonly load: () => Promise<StepFunction> }[] = [
  {
    step: 'preflight',
    load: async () => {
      const { preflight } = await import('@release-runbook/steps/preflight');
      // The migration is rehearsed by its own step, on this release's backup and before anything changes; not twice.
      return (ctx) => preflight(ctx, { rehearse: false });
    },
  },
  { step: 'backup', load: async () => (await import('@release-runbook/steps/backup')).backup },
  { step: 'migrate', load: async () => (await import('@release-runbook/steps/migrate')).migrate },
  { step: 'deploy', load: async () => (await import('@release-runbook/steps/deploy')).deploy },
  { step: 'smoke', load: async () => (await import('@release-runbook/steps/smoke')).smoke },
  { step: 'canary', load: async () => (await import('@release-runbook/steps/canary')).canary },
];

interface Taken {
  readonly step: Step;
  readonly ms: number;
  readonly result: StepResult;
}

/** The whole release in one process; a step that does not say "proceed" ends it, and one that says "roll-back" undoes it. */
export async function release(call: Call): Promise<number> {
  const { args, terminal } = call;
  const version = args.positionals[0] as string;
  const runbook = await loadCallRunbook(call);
  const approved = args.text('approved');
  const inputs = { version, first: args.flag('first'), ...(approved === undefined ? {} : { approved }) };
  return withContext(await openCallContext(call, runbook, inputs), async (opened) => {
    const joined = await joinedRelease(call, opened);
    const ctx: StepContext = joined === undefined ? opened : { ...opened, release: joined };
    const consent = await consentToRelease(call, ctx, joined !== undefined);
    if (consent.said === 'no') {
      terminal.complain(call.messages().declined);
      return 1;
    }
    terminal.undoOnStop(!args.flag('no-rollback'));
    const { taken, last, ctx: after } = await carryOut(call, ctx, consent, joined !== undefined);
    const back =
      last.decision === 'roll-back' && last.release !== null ? await bringBack(call, after, last) : undefined;
    // An orderly end frees the environment; a release that still waits is guarded by its record.
    if (last.release !== null) await after.store.release(after.holder.nonce);
    if (call.json) {
      const rolledBack = terminal.last()?.state.rolledBack;
      call.document({
        ...resultJson(last),
        version,
        environment: runbook.environment,
        steps: taken.map(({ step, ms, result }) => ({ step, ms, ...resultJson(result) })),
        rollback: back === undefined ? null : { ...resultJson(back), ...cameBack(runbook, rolledBack?.ms) },
        record: ctx.store.place,
      });
    } else {
      // What failed first, then what came of it.
      if (back !== undefined) tellResult(call, last);
      tellEnd(call, ctx, back ?? last);
    }
    // A release that came back has still failed; one that could not come back is worse.
    return back === undefined || back.decision === 'proceed'
      ? exitCode(last.decision, 'terminal')
      : exitCode(back.decision, 'terminal');
  });
}

/** This version's release that waits, or whose process died: it is gone on with instead of refused. The lock still guards it. */
async function joinedRelease(call: Call, ctx: StepContext): Promise<string | undefined> {
  const { open } = await readEnvironment(ctx);
  if (open === undefined || !isOwn(ctx, open)) return undefined;
  ctx.platform.log(call.messages().joins(open.release, messages(call.locale()).status[open.status]));
  return open.release;
}

interface Carried {
  readonly taken: readonly Taken[];
  readonly last: StepResult;
  readonly ctx: StepContext;
}

async function carryOut(
  call: Call,
  ctx: StepContext,
  consent: Exclude<Consent, { said: 'no' }>,
  joined: boolean,
): Promise<Carried> {
  if (consent.said === 'ended') return { taken: [], last: consent.result, ctx };
  // What a person said yes to is what is approved.
  return take(call, consent.approved === undefined ? ctx : { ...ctx, approved: consent.approved }, joined);
}

async function take(call: Call, opened: StepContext, joined: boolean): Promise<Carried> {
  const { terminal } = call;
  const names = messages(call.locale()).stepName;
  const taken: Taken[] = [];
  let ctx = opened;
  // What goes on was found ready when it began.
  for (const { step, load } of joined ? steps.slice(1) : steps) {
    terminal.step(names[step]);
    const run = await load();
    const began = performance.now();
    const result = terminal.stopped() ? cancelled(call, ctx) : await runOne(call, ctx, run);
    const ms = Math.round(performance.now() - began);
    taken.push({ step, ms, result });
    ctx.platform.log(`${call.messages().done[result.decision]}: ${result.text} (${formatDuration(ms)})`);
    if (result.decision !== 'proceed' || result.reason === 'already-done') return { taken, last: result, ctx };
    if (result.release !== null) ctx = { ...ctx, release: result.release };
  }
  return { taken, last: (taken.at(-1) as Taken).result, ctx };
}

/** A step, of which a stop by hand may leave nothing but "aborted": that is no mistake of the program's own. */
async function runOne(call: Call, ctx: StepContext, run: StepFunction): Promise<StepResult> {
  try {
    return await run(ctx);
  } catch (error) {
    if (call.terminal.stopped() && error instanceof Error && error.name === 'AbortError') return cancelled(call, ctx);
    throw error;
  }
}

/** Stopped by hand. Once a record is open it alone knows what was changed; its rollback finds nothing to do where nothing was. */
function cancelled(call: Call, ctx: StepContext): StepResult {
  const release = ctx.release ?? call.terminal.last()?.state.release ?? null;
  const text = call.messages().cancelled;
  if (release === null) return { decision: 'refuse', reason: 'invalid-input', text, release, details: {} };
  return {
    decision: 'roll-back',
    reason: 'cancelled',
    text,
    release,
    next: `runbook rollback --release ${release}`,
    details: {},
  };
}

async function bringBack(call: Call, ctx: StepContext, failed: StepResult): Promise<StepResult | undefined> {
  const { terminal } = call;
  const m = call.messages();
  const id = failed.release as string;
  if (call.args.flag('no-rollback')) {
    terminal.complain(m.noRollback(id));
    return undefined;
  }
  const { rollback } = await import('@release-runbook/steps/rollback');
  terminal.step(messages(call.locale()).stepName.rollback);
  const platform = terminal.stopped() ? terminal.renew() : ctx.platform;
  platform.log(terminal.stopped() ? m.cancelledRollback : m.rollingBack(id));
  terminal.undoOnStop(false);
  return rollback(
    { ...ctx, platform },
    { release: id, reason: failed.text, acceptLoss: false, dryRun: false, force: false },
  );
}
