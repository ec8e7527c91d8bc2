import type { Runbook } from '@release-runbook/runbook/types';
import type { StepContext } from '@release-runbook/steps/context';
import type { StepResult } from '@release-runbook/steps/decision';
import { formatDuration } from '@release-runbook/units/duration';
import { wayBackLine } from '@release-runbook/views/way-back-line';
import type { Call } from './session.ts';
import type { Colour } from './terminal.ts';

const colours: Readonly<Record<StepResult['decision'], Colour>> = {
  proceed: 'green',
  hold: 'yellow',
  refuse: 'red',
  'roll-back': 'red',
  failed: 'red',
};

/** How an ended step or release is told: result, way back, time to come back against the budget, record, next command. */
export function tellEnd(call: Call, ctx: Pick<StepContext, 'store' | 'runbook'>, result: StepResult): void {
  const { terminal } = call;
  const m = call.messages();
  tellResult(call, result);
  if (call.quiet && result.decision === 'proceed') return;
  const last = terminal.last();
  const wayBack = result.wayBack ?? last?.wayBack;
  if (wayBack !== undefined) terminal.say(wayBackLine(wayBack, call.locale()));
  const came = cameBack(ctx.runbook, last?.state.rolledBack?.ms);
  if (came !== undefined) {
    const text = m.budget(
      formatDuration(came.ms),
      came.budgetMs === undefined ? undefined : formatDuration(came.budgetMs),
      came.within,
    );
    terminal.say(came.within ? text : terminal.colour('yellow', text));
  }
  terminal.say(m.record(result.release, ctx.store.place));
  if (result.next !== undefined) terminal.say(m.next(result.next));
}

/** "failed (check-failed): …" */
export function tellResult(call: Call, { decision, reason, text }: StepResult): void {
  const { terminal } = call;
  terminal.step('');
  const word = call.messages().done[decision];
  terminal.say(`${terminal.colour(colours[decision], reason === 'done' ? word : `${word} (${reason})`)}: ${text}`);
}

/** The time to come back, from decision to verified, against what the runbook allows to execute and verify. */
export function cameBack(
  runbook: Runbook,
  ms: number | undefined,
): { ms: number; budgetMs: number | undefined; within: boolean } | undefined {
  if (ms === undefined) return undefined;
  const { execute, verify } = runbook.rollback.budget ?? {};
  const budgetMs = execute === undefined && verify === undefined ? undefined : (execute ?? 0) + (verify ?? 0);
  return { ms, budgetMs, within: budgetMs === undefined || ms <= budgetMs };
}

/** A step's result for `--json`. */
export function resultJson(result: StepResult): object {
  const { decision, reason, text, next, release, wayBack, details } = result;
  return { decision, reason, text, next: next ?? null, release, wayBack: wayBack ?? null, details };
}
