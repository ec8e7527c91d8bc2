import { execFile } from 'node:child_process';
import { RunbookError } from '@release-runbook/units/error';
import type { Git } from './types.ts';

interface GitResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The runner's git on a checkout. Refs are never read as options, and never by a shell. */
export function openGit(directory: string): Git {
  const run = (...args: readonly string[]) => git(directory, args);
  return {
    async resolve(ref) {
      const { code, stdout } = await run('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
      // Versions of git differ in whether they print the separator again.
      const hash = stdout.trim().split('\n').at(-1) ?? '';
      return code === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? hash : undefined;
    },
    async isAncestor(ancestor, ref) {
      const [older, newer] = [await this.resolve(ancestor), await this.resolve(ref)];
      if (older === undefined || newer === undefined) {
        throw new RunbookError(`git does not know ${older === undefined ? ancestor : ref} in this checkout`, {
          hint: 'fetch it with its history: git fetch --tags --unshallow, or actions/checkout with fetch-depth: 0',
        });
      }
      const { code, stderr } = await run('merge-base', '--is-ancestor', older, newer);
      if (code === 0 || code === 1) return code === 0;
      throw new RunbookError(`git could not compare ${ancestor} and ${ref}: ${stderr.trim()}`);
    },
  };
}

function git(directory: string, args: readonly string[]): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: directory,
      timeout: 60_000,
      maxBuffer: 1024 * 1024,
      env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat' },
    };
    execFile('git', [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ code, stdout, stderr });
      else
        reject(
          new RunbookError(
            code === 'ENOENT'
              ? 'git was not found on this machine, or the folder is not there'
              : `git gave no answer: ${error?.message}`,
          ),
        );
    });
  });
}
