import type { Recorder } from '@release-runbook/record/recorder';
import type { StepContext } from './context.ts';
import { stopRehearsal } from './old-version.ts';

/**
 * After a dead runner: items that were announced and have no end. Their jobs may still run on the host; they are stopped, and
 * what is known of them is written. Undo then starts from a state that no longer moves.
 */
export async function settle(ctx: StepContext, recorder: Recorder): Promise<void> {
  const { items, release, events } = recorder.state();
  const undoing = events.findLast((event) => event.event === 'undoing');
  for (const { item, state, intends } of items) {
    const id = state === 'undoing' ? `undo-${item}` : item;
    const host =
      state === 'undoing' && undoing?.event === 'undoing' && undoing.item === item ? undoing.host : intends.host;
    if (state === 'done' || state === 'undone' || host === undefined) continue;
    const on = ctx.hosts.get(host);
    const found = await on.jobState(release, id);
    // A failure that was told has its end, unless its job goes on all the same: the connection had broken, not the job.
    if (state === 'failed' && found.state !== 'running') continue;
    if (found.state === 'running')
      ctx.platform.log(`${item}: process group ${found.pid} still runs on ${host}; stopping it`);
    const after = found.state === 'running' ? await on.stopJob(release, id) : found;
    const text =
      found.state === 'running'
        ? `${item} was still running on ${host} (process group ${found.pid}); it was stopped`
        : after.state === 'done'
          ? `${item} ended on ${host} with exit code ${after.code}, unseen`
          : after.state === 'lost'
            ? `${item} was begun on ${host} and did not come to an end`
            : `${item} was announced and not begun on ${host}`;
    await recorder.write({
      event: 'noted',
      step: 'rollback',
      text,
      data: { item, host, found: found.state, after: after.state },
    });
  }
  await stopRehearsal(ctx, recorder.state());
}
