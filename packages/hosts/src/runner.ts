import { RunbookError } from '@release-runbook/units/error';

export interface RunnerResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program on the runner's side (git, tar) by @actions/exec: arguments as they are, no shell, nothing echoed.
 * Does not throw for a code other than 0; throws RunbookError when the program cannot be started.
 */
export async function runHere(
  program: string,
  args: readonly string[],
  options: { directory?: string } = {},
): Promise<RunnerResult> {
  const { getExecOutput } = await import('@actions/exec');
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  try {
    const { exitCode, stdout, stderr } = await getExecOutput(program, [...args], {
      silent: true,
      ignoreReturnCode: true,
      env: { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat' },
      ...(options.directory === undefined ? {} : { cwd: options.directory }),
    });
    return { code: exitCode, stdout, stderr };
  } catch (error) {
    throw new RunbookError(`${program} cannot be run on this machine: ${(error as Error).message}`, {
      hint: `install ${program}, or run from where it is`,
    });
  }
}
