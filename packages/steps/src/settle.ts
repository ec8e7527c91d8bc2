import { Refusal } from '@release-runbook/hosts/error';
import { jobFolder } from '@release-runbook/hosts/supervise';
import type { Leftover } from '@release-runbook/hosts/types';
import type { NewEvent } from '@release-runbook/record/events';
import type { Recorder } from '@release-runbook/record/recorder';
import { jobOf } from '@release-runbook/record/state';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from './context.ts';
import { stopRehearsal } from './old-version.ts';

/**
 * After a dead runner. On every host of the environment the epoch is raised, so that nothing of an older run begins any more,
 * and what still runs there is stopped; what is known of items without an end is written. Undo then starts from a state that no
 * longer moves. A host that cannot be asked keeps nobody from the others: its own calls wait for it (Host.sweep).
 */
export async function settle(ctx: StepContext, recorder: Recorder): Promise<void> {
  const { release, epoch } = recorder;
  ctx.hosts.fence({ release, epoch });
  const names = ctx.hosts.names();
  const swept = new Map(await Promise.all(names.map(async (name) => [name, await sweep(ctx, name)] as const)));
  const notes = [...swept].flatMap(([host, found]) => leftovers(recorder, host, found));
  const state = recorder.state();
  for (const item of state.items) {
    const { id, host } = jobOf(state, item);
    if (item.state === 'done' || item.state === 'undone' || host === undefined) continue;
    const found = swept.get(host);
    if (!isSwept(found)) continue;
    const running = found.find(({ path }) => path === jobFolder(release, id));
    // A failure that was told has its end, unless its job went on all the same: the connection had broken, not the job.
    if (item.state === 'failed' && running === undefined) continue;
    const after = await ctx.hosts.get(host).jobState(release, id);
    const text =
      running !== undefined
        ? `${item.item} was still running on ${host} (process group ${running.pid}); it was stopped`
        : after.state === 'done'
          ? `${item.item} ended on ${host} with exit code ${after.code}, unseen`
          : after.state === 'lost'
            ? `${item.item} was begun on ${host} and did not come to an end`
            : `${item.item} was announced and not begun on ${host}`;
    const data = { item: item.item, host, found: running === undefined ? after.state : 'running', after: after.state };
    notes.push({ event: 'noted', step: 'rollback', text, data });
  }
  for (const { text } of notes) ctx.platform.log(text);
  await recorder.write(...notes);
  await stopRehearsal(ctx, recorder.state());
}

async function sweep(ctx: StepContext, name: string): Promise<readonly Leftover[] | RunbookError> {
  try {
    return await ctx.hosts.get(name).sweep();
  } catch (error) {
    if (!(error instanceof RunbookError) || error instanceof Refusal) throw error;
    return error;
  }
}

function isSwept(found: readonly Leftover[] | RunbookError | undefined): found is readonly Leftover[] {
  return found !== undefined && !(found instanceof RunbookError);
}

/** Of a host that was not reached, and of what ran beside the items' own jobs. */
function leftovers(
  { release, state }: Recorder,
  host: string,
  found: readonly Leftover[] | RunbookError,
): (NewEvent & { event: 'noted'; text: string })[] {
  const note = (text: string, data: Readonly<Record<string, unknown>>) =>
    ({ event: 'noted', step: 'rollback', text, data }) as const;
  if (!isSwept(found))
    return [
      note(
        `what an earlier run left on ${host} is not known yet; it is stopped before anything else is done there (${found.message})`,
        { host },
      ),
    ];
  const own = state().items.map((item) => jobFolder(release, jobOf(state(), item).id));
  return found
    .filter(({ path }) => !own.includes(path))
    .map(({ pid, path, program }) =>
      note(`${program} of an earlier run was still running on ${host} (process group ${pid}); it was stopped`, {
        host,
        path,
        pid,
      }),
    );
}
