import { runHere } from '@release-runbook/hosts/runner';
import { RunbookError } from '@release-runbook/units/error';
import type { Git } from './types.ts';

/** The runner's git on a checkout. Refs are never read as options, and never by a shell. */
export function openGit(directory: string): Git {
  const run = (...args: readonly string[]) => runHere('git', args, { directory });
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
