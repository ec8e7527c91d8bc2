import type { Run } from '@release-runbook/runbook/schema/common';
import type { ExecOptions, Host, ProgramResult } from './types.ts';

/** The program that a `run:` is: a text is a bash script that stops at the first error, a list goes to no shell. */
export function programOf(run: Run): readonly string[] {
  return typeof run === 'string' ? ['bash', '-eo', 'pipefail', '-c', run] : run;
}

/** Runs a `run:` whose output is the answer (a check, a router's, a service's command); a change with an end of its own goes to `supervise`. */
export function runOn(host: Host, run: Run, options: ExecOptions = {}): Promise<ProgramResult> {
  return host.exec(programOf(run), options);
}

/** The last lines that a program or a job wrote, in one, for messages: its errors, else its output. */
export function lastLines(result: { stdout: string; stderr: string } | { output: string }, lines = 5): string {
  const text = 'output' in result ? result.output : result.stderr.trim() === '' ? result.stdout : result.stderr;
  return text.trim().split('\n').slice(-lines).join(' | ');
}
