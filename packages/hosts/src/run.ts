import type { Run } from '@release-runbook/runbook/schema/common';
import type { ExecOptions, Host, ProgramResult } from './types.ts';

/** The program that a `run:` is: a text is a bash script that stops at the first error, a list goes to no shell. */
export function programOf(run: Run): readonly string[] {
  return typeof run === 'string' ? ['bash', '-eo', 'pipefail', '-c', run] : run;
}

/** Runs a `run:` that changes nothing (a check, a question to a router); what changes something goes to `supervise`. */
export function runOn(host: Host, run: Run, options: ExecOptions = {}): Promise<ProgramResult> {
  return host.exec(programOf(run), options);
}

/** The last lines that a program wrote, for messages: its errors, else its output. */
export function lastLines(result: Pick<ProgramResult, 'stdout' | 'stderr'>, lines = 5): string {
  const text = result.stderr.trim() === '' ? result.stdout : result.stderr;
  return text.trim().split('\n').slice(-lines).join('\n');
}
