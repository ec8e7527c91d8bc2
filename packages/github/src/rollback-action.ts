import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { StepResult } from '@release-runbook/steps/decision';
import { RunbookError } from '@release-runbook/units/error';
import { jobEnvironments } from './alone.ts';
import type { Inputs } from './inputs.ts';
import type { Job } from './job.ts';
import type { Around } from './run-action.ts';
import { withContext } from './step-context.ts';

/**
 * Undoes a release from its record. Started by a workflow on its own, it undoes what this very run released and nothing
 * else; started by hand, the newest, or back to the version that was named.
 */
export async function rollbackAction(inputs: Inputs<'rollback'>, around: Around): Promise<StepResult> {
  const { job } = around;
  const file = resolve(job.workspace, inputs.runbook ?? '');
  const elsewhere =
    [inputs.environment, inputs.config, inputs.record].some((given) => given !== undefined) || existsSync(file);
  const environments = elsewhere ? [] : await jobEnvironments(job);
  if (environments.length === 0) return undo(inputs, around);
  // Several actions that worked alone: what began last goes first, as within one record.
  const texts: string[] = [];
  let main: StepResult | undefined;
  for (const environment of environments) {
    const result = await undo({ ...inputs, environment }, around);
    if (result.decision !== 'proceed') return result;
    texts.push(`${environment}: ${result.text}`);
    if (main === undefined || main.reason === 'nothing-to-do') main = result;
  }
  return { ...(main as StepResult), text: texts.join('; ') };
}

async function undo(inputs: Inputs<'rollback'>, around: Around): Promise<StepResult> {
  const { job } = around;
  const rowsWrittenSince = rowsRule(inputs['rows-written-since'], inputs['accept-loss']);
  const runbook =
    inputs.record === undefined
      ? undefined
      : await (await import('@release-runbook/steps/record-copy')).runbookOfRecord(
          resolve(job.workspace, inputs.record),
          inputs.environment,
        );
  // A rollback finds its own version in the record; the tag that started this workflow says nothing about it.
  const own = { ...inputs, version: inputs.version ?? '-' };
  return withContext('rollback', own, around, runbook, async (ctx) => {
    const { rollback } = await import('@release-runbook/steps/rollback');
    const ofRun = runToUndo(inputs, job);
    const result = await rollback(ctx, {
      reason:
        inputs.reason ??
        (ofRun === undefined ? `by hand, ${job.actor ?? 'somebody'}` : `run ${ofRun} did not come through`),
      acceptLoss: inputs['accept-loss'],
      dryRun: inputs['dry-run'],
      // A person has other ways to say so than a workflow that may start on its own.
      force: false,
      release: inputs.release,
      to: inputs.to,
      ofRun,
      rowsWrittenSince,
      record: inputs.record === undefined ? undefined : resolve(job.workspace, inputs.record),
    });
    // What waits for people must not keep the environment from the person who decides.
    if (!inputs['dry-run'] && result.decision === 'hold') await ctx.store.release(ctx.holder.nonce);
    return { ...result, details: { ...outputsOf(result), ...result.details } };
  });
}

/** The outputs of this action's own, out of the step's numbers. */
function outputsOf({ details }: StepResult): Record<string, unknown> {
  return {
    version: details.to,
    ...(typeof details.ms === 'number' ? { seconds: Math.round(details.ms / 100) / 10 } : {}),
  };
}

function runToUndo(inputs: Inputs<'rollback'>, job: Job): string | undefined {
  if (inputs['of-run'] !== undefined) return inputs['of-run'];
  // What a run left held waits for people, and only people give these.
  const decided = inputs['accept-loss'] || inputs['rows-written-since'] !== undefined;
  const named = inputs.release !== undefined || inputs.to !== undefined;
  if (decided || named || process.env.GITHUB_EVENT_NAME === 'workflow_dispatch') return undefined;
  return job.run?.id;
}

function rowsRule(given: string | undefined, acceptLoss: boolean): 'ask' | 'keep' | undefined {
  if (given === undefined) return undefined;
  if (given !== 'ask' && given !== 'keep') {
    throw new RunbookError(`input "rows-written-since" is ${JSON.stringify(given)}, expected ask or keep`);
  }
  if (given === 'keep' && acceptLoss) {
    throw new RunbookError(
      '"accept-loss" restores the database, "rows-written-since: keep" leaves it as it is; expected one of them',
      {
        hint: 'a dry run tells what each would cost',
      },
    );
  }
  return given;
}
