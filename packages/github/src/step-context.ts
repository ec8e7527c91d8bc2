import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as core from '@actions/core';
import type { Runbook } from '@release-runbook/runbook/types';
import type { StepContext, StepInputs } from '@release-runbook/steps/context';
import type { StepResult } from '@release-runbook/steps/decision';
import { RunbookError } from '@release-runbook/units/error';
import type { ActionName } from './actions.ts';
import { type AloneInputs, aloneRunbook, jobRoot } from './alone.ts';
import { aloneResult } from './alone-words.ts';
import { holderOf, type Job, versionOfEvent } from './job.ts';
import type { Around } from './run-action.ts';

/** The inputs that make a step's context. */
export interface ContextInputs extends AloneInputs {
  readonly version: string | undefined;
  readonly release: string | undefined;
  readonly approved?: string | undefined;
  readonly first?: boolean;
  readonly 'holder-result'?: string | undefined;
  readonly 'dry-run'?: boolean;
}

/**
 * Opens a step's context from an action's inputs, does the work with it, and closes it. The result gets what every action
 * tells: where the record is.
 * @param given a runbook that was found elsewhere; undefined: that of the inputs
 */
export async function withContext(
  action: ActionName,
  inputs: ContextInputs,
  around: Around,
  given: Runbook | undefined,
  work: (ctx: StepContext, alone: boolean) => Promise<StepResult>,
): Promise<StepResult> {
  const { job, masker } = around;
  const alone = given === undefined ? await aloneRunbook(action, inputs, job) : undefined;
  const runbook = given ?? alone ?? (await fileRunbook(inputs, job));
  const { openContext, secretsOf } = await import(/* webpackChunkName: "step" */ '@release-runbook/steps/context');
  masker.add(Object.values(secretsOf(runbook, process.env)));
  around.meets(runbook, alone !== undefined);
  const ctx = await openContext(await stepInputs(inputs, runbook, alone !== undefined, around));
  try {
    const result =
      inputs['dry-run'] === true && action !== 'rollback'
        ? await dryRun(ctx, action)
        : await work(ctx, alone !== undefined);
    const record = result.release === null ? undefined : await keepCopy(ctx, result.release, job);
    const whole = {
      ...result,
      details: { ...(record === undefined ? {} : { record }), place: ctx.store.place, ...result.details },
    };
    return ctx.root === undefined ? whole : aloneResult(whole);
  } finally {
    await ctx.close();
  }
}

/**
 * The record after each step, on the runner: a workflow keeps it as an artifact. Whole, or where everybody may read that,
 * redacted. Undefined: it cannot be read now.
 */
async function keepCopy(ctx: StepContext, release: string, job: Job): Promise<string | undefined> {
  try {
    const text = await ctx.store.read(release);
    if (text === undefined) return undefined;
    const file = join(job.temporary, 'release-runbook-records', `${release}.jsonl`);
    await mkdir(dirname(file), { recursive: true });
    const shown = job.public ? (await import('@release-runbook/views/redact')).redactRecord(text) : text;
    await writeFile(file, shown, { mode: 0o600 });
    return file;
  } catch (error) {
    ctx.platform.log(`the record was not copied to this runner: ${(error as Error).message}`);
    return undefined;
  }
}

async function fileRunbook(inputs: ContextInputs, job: Job): Promise<Runbook> {
  const { loadRunbook } = await import(/* webpackChunkName: "step" */ '@release-runbook/runbook/load');
  const file = inputs.runbook ?? '.github/runbook.yml';
  // Read from the checkout, and named as it was given, so that annotations find their line.
  if (resolve(job.workspace) !== process.cwd()) process.chdir(job.workspace);
  return loadRunbook(file, { environment: inputs.environment, variables: process.env });
}

async function stepInputs(
  inputs: ContextInputs,
  runbook: Runbook,
  alone: boolean,
  around: Around,
): Promise<StepInputs> {
  const { job, platform, forge } = around;
  const version = inputs.version ?? (await versionOfEvent(job)) ?? (alone ? await checkedOut(runbook, job) : undefined);
  if (version === undefined) {
    const { Outcome } = await import(/* webpackChunkName: "step" */ '@release-runbook/steps/outcome');
    throw new Outcome(
      'refuse',
      'unknown-version',
      'this workflow was not started by a tag, and no version was given; nothing was changed',
      {
        next: 'pass the input `version`, or start the workflow by a tag',
      },
    );
  }
  // The record of an action that works alone lives as long as its job.
  const root = alone && isLocal(runbook) ? { root: jobRoot(job) } : {};
  const first = inputs.first === true || (alone && runbook.previous === undefined);
  return {
    runbook,
    version,
    holder: holderOf(job, core.exportVariable),
    run: job.run,
    env: process.env,
    vanishing: job.vanishing,
    first,
    platform,
    forge,
    ...root,
    ...(inputs.release === undefined ? {} : { release: inputs.release }),
    ...(inputs.approved === undefined ? {} : { approved: inputs.approved }),
    ...(inputs['holder-result'] === undefined ? {} : { holderResult: inputs['holder-result'] }),
  };
}

/** Of an action alone: the version is what was checked out, with a tag or without one. */
async function checkedOut(runbook: Runbook, job: Job): Promise<string> {
  const { openSource } = await import('@release-runbook/steps/source');
  const { git } = openSource(runbook);
  if (git === undefined) return job.commit ?? 'job';
  const commit = await git.resolve('HEAD');
  if (commit !== undefined) return commit;
  throw new RunbookError(`the checkout in ${job.workspace} has no commit; nothing was changed`, {
    hint: 'put an actions/checkout before this step',
  });
}

const isLocal = (runbook: Runbook): boolean => {
  const home = runbook.home === undefined ? undefined : runbook.hosts[runbook.home];
  return home !== undefined && 'local' in home;
};

const planned: Partial<Record<ActionName, string>> = {
  'db-backup': 'backup',
  migrate: 'migrate',
  deploy: 'deploy',
  'canary-gate': 'canary',
};

/** What the step would do, out of the plan of the whole release. */
async function dryRun(ctx: StepContext, action: ActionName): Promise<StepResult> {
  const [{ planRelease }, { renderPlanText }, { result }] = await Promise.all([
    import('@release-runbook/steps/plan'),
    import('@release-runbook/views/text'),
    import(/* webpackChunkName: "step" */ '@release-runbook/steps/outcome'),
  ]);
  const plan = await planRelease(ctx);
  const items = plan.items.filter(({ step }) => step === planned[action]);
  ctx.platform.log(renderPlanText({ ...plan, items }, ctx.runbook.locale));
  const text = items.length === 0 ? 'nothing would be done' : `would do: ${items.map(({ what }) => what).join('; ')}`;
  return result('proceed', 'dry-run', text, { wayBack: plan.wayBack, details: { items, digest: plan.digest } });
}
