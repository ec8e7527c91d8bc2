import { readFile } from 'node:fs/promises';
import { fold } from '@release-runbook/record/fold';
import { RunbookError } from '@release-runbook/units/error';
import type { StepContext } from '../context.ts';

/**
 * Puts a copy of a record in the place of one that is gone or damaged, and gives the release's id. A record in its place that
 * is whole and goes at least as far is used as it is: it knows more.
 */
export async function adoptRecord(ctx: StepContext, file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new RunbookError(`the copy of the record cannot be read: ${error.message}; nothing was changed`);
  });
  const copy = fold(text, file);
  const { system, environment, release } = copy.opened;
  if (system !== ctx.runbook.system || environment !== ctx.runbook.environment)
    throw new RunbookError(
      `${file} is a record of ${system}, ${environment}, and not of ${ctx.runbook.system}, ${ctx.runbook.environment}; nothing was changed`,
    );
  const there = await ctx.store.read(release);
  if (there !== undefined && reaches(there, release) >= copy.events.length) {
    ctx.platform.log(`the record of ${release} is whole in its place; the copy is not needed`);
    return release;
  }
  await ctx.store.adopt(release, text);
  ctx.platform.log(`the record of ${release} was put back from ${file} (${copy.events.length} events)`);
  return release;
}

/** How many events a record has; -1 when it is damaged. */
function reaches(text: string, release: string): number {
  try {
    return fold(text, release).events.length;
  } catch {
    return -1;
  }
}
