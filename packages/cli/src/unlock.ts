import { hostname } from 'node:os';
import type { Holder } from '@release-runbook/record/events';
import { resumeRecord } from '@release-runbook/record/recorder';
import { jobOf } from '@release-runbook/record/state';
import type { StepContext } from '@release-runbook/steps/context';
import { type Environment, readEnvironment } from '@release-runbook/steps/environment';
import { describeHolder, processStart, takeLock } from '@release-runbook/steps/lock';
import { settle } from '@release-runbook/steps/settle';
import { type Call, loadCallRunbook, openCallContext, withContext } from './session.ts';

/** A job of the open release that still runs on a host. */
interface Running {
  readonly item: string;
  readonly host: string;
  readonly pid: number;
}

/** Frees the environment's lock by the word of a person that its holder is dead. Looks first whether it seems so. */
export async function unlock(call: Call): Promise<number> {
  const runbook = await loadCallRunbook(call);
  return withContext(await openCallContext(call, runbook), async (ctx) => {
    const mended = call.args.flag('force') && (await ctx.store.mend());
    if (mended) call.terminal.complain(call.messages().unlock.mended);
    const environment = await readEnvironment(ctx);
    const { holder, epoch } = environment.lock;
    const m = call.messages().unlock;
    if (holder === undefined) {
      if (call.json)
        call.document({ environment: runbook.environment, freed: mended, holder: null, epoch, obstacles: [] });
      else call.terminal.say(m.free(runbook.environment, epoch));
      return 0;
    }
    call.terminal.complain(m.held(describeHolder(holder)));
    const running = await stillRunning(ctx, environment);
    const obstacles = [
      ...(await signsOfLife(call, holder)),
      ...running.map(({ item, host, pid }) => m.running(item, host, pid)),
    ];
    for (const obstacle of obstacles) call.terminal.complain(`  ${obstacle}`);
    if (obstacles.length > 0 && !call.args.flag('force')) {
      if (call.json)
        call.document({
          decision: 'refuse',
          reason: 'locked',
          environment: runbook.environment,
          freed: false,
          holder,
          epoch,
          obstacles,
        });
      call.terminal.complain(call.terminal.colour('red', m.refused));
      call.terminal.complain(`  ${m.refusedNext}`);
      return 1;
    }
    const raised = await free(call, ctx, environment);
    const { open } = environment;
    if (call.json)
      call.document({
        environment: runbook.environment,
        freed: true,
        holder,
        epoch: raised,
        obstacles,
        open: open?.release ?? null,
      });
    else {
      call.terminal.say(call.terminal.colour('green', m.freed(runbook.environment, raised)));
      if (open !== undefined) call.terminal.say(call.messages().next(m.open(open.release, open.opened.version)));
    }
    return 0;
  });
}

async function signsOfLife(call: Call, holder: Holder): Promise<readonly string[]> {
  const m = call.messages().unlock;
  const { terminal } = holder;
  // Of a job of the forge, the person who calls this knows more than this program: steps ask the forge by themselves.
  if (terminal === undefined) return [];
  if (terminal.host !== hostname()) {
    call.terminal.complain(`  ${m.otherMachine(terminal.host)}`);
    return [];
  }
  return (await processStart(terminal.pid)) === terminal.startedAt ? [m.alive(terminal.pid)] : [];
}

async function stillRunning(ctx: StepContext, { open }: Environment): Promise<readonly Running[]> {
  if (open === undefined) return [];
  const found: Running[] = [];
  for (const item of open.items) {
    if (item.state !== 'announced' && item.state !== 'undoing') continue;
    const { id, host } = jobOf(open, item);
    if (host === undefined) continue;
    const job = await ctx.hosts.get(host).jobState(open.release, id);
    if (job.state === 'running') found.push({ item: item.item, host, pid: job.pid });
  }
  return found;
}

/** Takes the lock with a higher epoch, so that the old holder can write no more; stops what it left running; frees the lock. */
async function free(call: Call, ctx: StepContext, { lock, open }: Environment): Promise<number> {
  const { lease } = await takeLock(ctx, lock, { human: true });
  try {
    if (open !== undefined) {
      const recorder = resumeRecord(open, { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact });
      await recorder.write({
        event: 'noted',
        step: 'release',
        text: call.messages().unlock.noted,
        data: { epoch: lease.epoch, by: 'human' },
      });
      await settle(ctx, recorder);
    }
  } finally {
    await ctx.store.release(lease.nonce);
  }
  return lease.epoch;
}
