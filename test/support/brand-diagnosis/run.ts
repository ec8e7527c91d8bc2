import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export type Ran = { code: number; stdout: string; stderr: string };

/** Runs a program without a shell. Never throws for its exit code: tests look at it. */
export async function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<Ran> {
  try {
    const { stdout, stderr } = await execute(program, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, ...options.env },
      timeout: options.timeoutMs ?? 60_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof failed.code !== 'number') throw error;
    return { code: failed.code, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' };
  }
}

/** As `run`, but an exit code other than 0 is an error with what the program said. */
export async function runOrFail(...args: Parameters<typeof run>): Promise<string> {
  const ran = await run(...args);
  if (ran.code !== 0) throw new Error(`${args[0]} ${args[1].join(' ')}: exit ${ran.code}\n${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}
