import { fold } from '@release-runbook/record/fold';
import type { Store, StoredRecord } from '@release-runbook/record/store';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from '../context.ts';
import { readRecordCopy } from '../record-copy.ts';

/**
 * Puts a copy of a record in the place of one that is gone or damaged, and gives the release's id. A record in its place that
 * is whole and goes at least as far is used as it is: it knows more. A dry run only looks: it gets a store that reads as if the
 * copy had been put there.
 */
export async function adoptRecord(
  ctx: StepContext,
  file: string,
  dryRun: boolean,
): Promise<{ readonly release: string; readonly store: Store }> {
  const { text, state } = await readRecordCopy(file);
  const { system, environment, release } = state.opened;
  if (system !== ctx.runbook.system || environment !== ctx.runbook.environment)
    throw new RunbookError(
      `${file} is a record of ${system}, ${environment}, and not of ${ctx.runbook.system}, ${ctx.runbook.environment}; nothing was changed`,
    );
  const there = await ctx.store.read(release);
  if (there !== undefined && reaches(there, release) >= state.events.length) {
    ctx.platform.log(`the record of ${release} is whole in its place; the copy is not needed`);
    return { release, store: ctx.store };
  }
  if (dryRun) {
    ctx.platform.log(
      `the record of ${release} would be put back from ${file} (${counted(state.events.length, 'event')})`,
    );
    return { release, store: asIfThere(ctx.store, { release, text }) };
  }
  await ctx.store.adopt(release, text);
  ctx.platform.log(`the record of ${release} was put back from ${file} (${counted(state.events.length, 'event')})`);
  return { release, store: ctx.store };
}

function asIfThere(store: Store, copy: StoredRecord): Store {
  return {
    ...store,
    async load(limit) {
      const { lock, records } = await store.load(limit);
      const all = [...records.filter(({ release }) => release !== copy.release), copy];
      return { lock, records: all.sort((a, b) => (a.release < b.release ? -1 : 1)) };
    },
    read: async (release) => (release === copy.release ? copy.text : store.read(release)),
  };
}

/** How many events a record has; -1 when it is damaged. */
function reaches(text: string, release: string): number {
  try {
    return fold(text, release).events.length;
  } catch {
    return -1;
  }
}
