import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Holder } from '@release-runbook/record/events';
import type { DeathProof, Lease, LockState } from '@release-runbook/record/store';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';
import { Outcome } from './outcome.ts';

/** Takes the environment's lock, from a dead holder when that can be shown; refuses with the holder's name otherwise. */
export async function takeLock(
  ctx: StepContext,
  lock: LockState,
  options: { human?: boolean } = {},
): Promise<{ lease: Lease; proof: DeathProof | undefined }> {
  const holder = lock.holder;
  const other = holder !== undefined && holder.nonce !== ctx.holder.nonce;
  const proof = other ? await proveDead(ctx, holder, options.human === true) : undefined;
  if (other && proof === undefined) throw locked(holder);
  const { taken, state } = await ctx.store.take(ctx.holder, proof === undefined ? undefined : lock.epoch);
  if (!taken) throw locked(state.holder);
  return { lease: { nonce: ctx.holder.nonce, epoch: state.epoch }, proof };
}

/** Frees the lock of a holder that is shown to be dead. For when no release is under way, so that nothing is left that it guards. */
export async function freeDeadLock(ctx: StepContext, lock: LockState): Promise<void> {
  const { holder } = lock;
  if (holder === undefined || holder.nonce === ctx.holder.nonce) return;
  const proof = await proveDead(ctx, holder, false);
  if (proof === undefined) return;
  const { taken } = await ctx.store.take(ctx.holder, lock.epoch);
  if (!taken) return;
  await ctx.store.release(ctx.holder.nonce);
  ctx.platform.log(`lock freed: ${proof.text}`);
}

function locked(holder: Holder | undefined): Outcome {
  return new Outcome(
    'refuse',
    'locked',
    `this environment is held by ${holder === undefined ? 'another run' : describeHolder(holder)}; nothing was changed`,
    {
      next: 'wait for it, or see `runbook status`; when you know that it is dead: `runbook unlock`',
    },
  );
}

export function describeHolder(holder: Holder): string {
  if (holder.terminal !== undefined)
    return `a terminal (${holder.terminal.host}, process ${holder.terminal.pid}, since ${holder.since})`;
  return `run ${holder.run}, attempt ${holder.attempt}, job ${holder.job} (since ${holder.since})`;
}

/** Proof that a lock's holder is dead; undefined when nothing shows it. */
async function proveDead(ctx: StepContext, holder: Holder, human: boolean): Promise<DeathProof | undefined> {
  const { holder: own } = ctx;
  if (human) return { by: 'human', text: 'a person says that the holder is dead' };
  if (holder.terminal !== undefined) {
    if (holder.terminal.host !== hostname()) return undefined;
    const started = await processStart(holder.terminal.pid);
    return started === holder.terminal.startedAt
      ? undefined
      : { by: 'process-gone', text: `process ${holder.terminal.pid} is gone` };
  }
  if (holder.run === own.run && holder.attempt < own.attempt)
    return {
      by: 'same-run',
      text: `attempt ${holder.attempt} of the same run ended before attempt ${own.attempt} began`,
    };
  if (holder.run === own.run && ctx.holderResult !== undefined && ctx.holderResult !== '' && holder.job !== own.job)
    return { by: 'needs-result', text: `the job ${holder.job} ended: ${ctx.holderResult}` };
  const ended = await ctx.forge?.ended(holder.run, holder.attempt, holder.job);
  return ended === true ? { by: 'forge', text: `the forge says that run ${holder.run} has ended` } : undefined;
}

/** When a process of this machine started; undefined: there is none. Tells it from a later one with the same number. */
export async function processStart(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${boot.trim()}/${fields[19]}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // No /proc on this system: whether the process is there is all that can be told.
  try {
    process.kill(pid, 0);
    return 'running';
  } catch {
    return undefined;
  }
}

/** The holder for a terminal: this process. */
export async function terminalHolder(nonce: string, now: Date): Promise<Holder> {
  const startedAt = await processStart(process.pid);
  if (startedAt === undefined) throw new RunbookError('this process cannot find itself');
  return {
    run: 'terminal',
    attempt: 1,
    job: 'runbook',
    nonce,
    terminal: { host: hostname(), pid: process.pid, startedAt },
    since: now.toISOString(),
  };
}
