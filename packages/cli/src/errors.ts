import { Cancelled } from '@release-runbook/steps/context';
import { exitCode } from '@release-runbook/steps/decision';
import { Outcome } from '@release-runbook/steps/outcome';
import { formatError, RunbookError } from '@release-runbook/units/error';
import type { Call } from './session.ts';

/** The one place that tells what was thrown. Returns the exit code. */
export async function tellError(call: Call, error: unknown): Promise<number> {
  const { terminal } = call;
  if (error instanceof Outcome) {
    const { decision, reason, message, next, details } = error;
    if (call.json) call.document({ decision, reason, text: message, next: next ?? null, details });
    terminal.complain(terminal.colour('red', message));
    if (next !== undefined) terminal.complain(`  ${next}`);
    return exitCode(decision, 'terminal');
  }
  if (error instanceof RunbookError) {
    const problems = error.problems.length > 0 ? error.problems : [error];
    const reason = error.problems.length > 0 ? 'invalid-runbook' : 'invalid-input';
    if (call.json)
      call.document({
        decision: 'refuse',
        reason,
        text: error.message,
        next: error.hint ?? null,
        problems: problems.map(problemJson),
      });
    terminal.complain(formatError(error));
    return 1;
  }
  if (error instanceof Cancelled) {
    if (call.json) call.document({ decision: 'refuse', reason: 'invalid-input', text: error.message, next: null });
    return 130;
  }
  const message = error instanceof Error ? error.message : String(error);
  const m = call.messages();
  const release = terminal.last()?.state.release;
  if (call.json)
    call.document({
      decision: 'failed',
      reason: 'bug',
      text: message,
      release: release ?? null,
      next: 'runbook status',
    });
  terminal.complain(terminal.colour('red', m.bug(message)));
  terminal.complain(m.bugState(release));
  terminal.complain(m.bugReport);
  if ((call.io.env['RUNBOOK_DEBUG'] ?? '') !== '' && error instanceof Error) terminal.complain(error.stack ?? '');
  return exitCode('failed', 'terminal');
}

export function problemJson({ at, message, hint }: RunbookError): object {
  return { file: at?.file ?? null, line: at?.line ?? null, column: at?.column ?? null, message, hint: hint ?? null };
}
