import { exitCode } from '@release-runbook/steps/decision';
import { runbookOfRecord } from '@release-runbook/steps/record-copy';
import { RunbookError } from '@release-runbook/units/error';
import { messages } from '@release-runbook/views/messages';
import { consentToRollback } from './consent.ts';
import { cameBack, resultJson, tellEnd } from './end.ts';
import { type Call, loadCallRunbook, openCallContext, withContext } from './session.ts';

/** Undoes from the record what a release did, and proves that the system is as before. */
export async function rollbackByHand(call: Call): Promise<number> {
  const { args, terminal } = call;
  const [to, release, record] = [args.text('to'), args.text('release'), args.text('record')];
  const rowsWrittenSince = args.flag('keep-rows')
    ? 'keep'
    : (args.text('rows-written-since') as 'ask' | 'keep' | undefined);
  const acceptLoss = args.flag('accept-loss');
  if (args.flag('keep-rows') && args.text('rows-written-since') === 'ask')
    throw new RunbookError('--keep-rows and --rows-written-since ask contradict each other, expected one');
  if (acceptLoss && rowsWrittenSince === 'keep')
    throw new RunbookError(
      '--accept-loss restores the database, --keep-rows leaves it as it is; expected one of them',
      {
        hint: 'runbook rollback --dry-run tells what each would cost',
      },
    );
  const runbook =
    record === undefined ? await loadCallRunbook(call) : await runbookOfRecord(record, args.text('environment'));
  call.useLocale(runbook.locale);
  return withContext(await openCallContext(call, runbook), async (ctx) => {
    terminal.step(messages(call.locale()).stepName.rollback);
    const { rollback } = await import('@release-runbook/steps/rollback');
    const dryRun = args.flag('dry-run');
    const options = {
      reason: args.text('reason') ?? 'by hand',
      acceptLoss,
      acceptCode: args.flag('accept-code'),
      dryRun,
      ...(to === undefined ? {} : { to }),
      ...(release === undefined ? {} : { release }),
      ...(record === undefined ? {} : { record }),
      ...(rowsWrittenSince === undefined ? {} : { rowsWrittenSince }),
      force: args.flag('force'),
    };
    const consent = await consentToRollback(call, ctx, rollback, options);
    if (consent.said === 'no') {
      terminal.complain(call.messages().declinedRollback);
      return 1;
    }
    const result = consent.said === 'ended' ? consent.result : await rollback(ctx, options);
    // What waits for a person must not keep the environment from the person who decides.
    if (!dryRun && result.release !== null) await ctx.store.release(ctx.holder.nonce);
    if (call.json) {
      const came = cameBack(runbook, terminal.last()?.state.rolledBack?.ms);
      call.document({
        ...resultJson(result),
        dryRun,
        environment: runbook.environment,
        cameBack: came ?? null,
        record: ctx.store.place,
      });
    } else tellEnd(call, ctx, result);
    return exitCode(result.decision, 'terminal');
  });
}
