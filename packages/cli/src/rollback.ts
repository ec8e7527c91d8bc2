import { readFile } from 'node:fs/promises';
import { RunbookError } from '@release-runbook/units/error';
import { parseRecord } from '@release-runbook/record/fold';
import type { Runbook } from '@release-runbook/runbook/types';
import { exitCode } from '@release-runbook/steps/decision';
import { messages } from '@release-runbook/views/messages';
import { cameBack, resultJson, tellEnd } from './end.ts';
import { type Call, loadCallRunbook, openCallContext, withContext } from './session.ts';

/** Undoes from the record what a release did, and proves that the system is as before. */
export async function rollbackByHand(call: Call): Promise<number> {
  const { args, terminal } = call;
  const [to, release, record] = [args.text('to'), args.text('release'), args.text('record')];
  const rowsWrittenSince = args.flag('keep-rows') ? 'keep' : (args.text('rows-written-since') as 'ask' | 'keep' | undefined);
  const acceptLoss = args.flag('accept-loss');
  if (args.flag('keep-rows') && args.text('rows-written-since') === 'ask')
    throw new RunbookError('--keep-rows and --rows-written-since ask contradict each other, expected one');
  if (acceptLoss && rowsWrittenSince === 'keep')
    throw new RunbookError('--accept-loss restores the database, --keep-rows leaves it as it is; expected one of them', {
      hint: 'runbook rollback --dry-run tells what each would cost',
    });
  const runbook = record === undefined || args.text('runbook') !== undefined ? await loadCallRunbook(call) : await runbookOfRecord(call, record);
  return withContext(await openCallContext(call, runbook), async (ctx) => {
    terminal.step(messages(call.locale()).stepName.rollback);
    const { rollback } = await import('@release-runbook/steps/rollback');
    const dryRun = args.flag('dry-run');
    const result = await rollback(ctx, {
      reason: args.text('reason') ?? 'by hand',
      acceptLoss,
      dryRun,
      ...(to === undefined ? {} : { to }),
      ...(release === undefined ? {} : { release }),
      ...(rowsWrittenSince === undefined ? {} : { rowsWrittenSince }),
      ...(record === undefined ? {} : { record }),
      force: args.flag('force'),
    });
    // What waits for a person must not keep the environment from the person who decides.
    if (!dryRun && result.release !== null) await ctx.store.release(ctx.holder.nonce);
    if (call.json) {
      const came = cameBack(runbook, terminal.last()?.state.rolledBack?.ms);
      call.document({ ...resultJson(result), dryRun, environment: runbook.environment, cameBack: came ?? null, record: ctx.store.place });
    } else tellEnd(call, ctx, result);
    return exitCode(result.decision, 'terminal');
  });
}

/** A copy of a record holds the runbook it was made with: no checkout is needed to come back. */
async function runbookOfRecord(call: Call, file: string): Promise<Runbook> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new RunbookError(`--record ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); nothing was changed`, {
      hint: 'expected a copy of a record, one event a line (.jsonl): each job keeps one as an artifact',
    });
  }
  const [opened] = parseRecord(text, file).events;
  if (opened?.event !== 'opened') throw new RunbookError(`${file} is no record: its first line is no "opened" event; nothing was changed`);
  const environment = call.args.text('environment');
  if (environment !== undefined && environment !== opened.environment)
    throw new RunbookError(`${file} is a record of ${opened.environment}, expected one of ${environment}; nothing was changed`);
  const { restoreRunbook } = await import('@release-runbook/runbook/load');
  const runbook = await restoreRunbook(opened.runbook);
  call.useLocale(runbook.locale);
  return runbook;
}
