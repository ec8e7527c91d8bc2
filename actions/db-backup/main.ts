import { runAction } from '@release-runbook/github/run-action';

/** Backs up and proves it. The outputs of its own tell of the first database: alone there is one. */
export function run(): Promise<void> {
  return runAction('db-backup', async (inputs, around) => {
    const { withContext } = await import('@release-runbook/github/step-context');
    return withContext('db-backup', inputs, around, undefined, async (ctx) => {
      const { backup } = await import('@release-runbook/steps/backup');
      const result = await backup(ctx);
      const [first] = (result.details.backups ?? []) as readonly { id: string; path: string; sha256: string }[];
      if (first === undefined) return result;
      return { ...result, details: { backup: first.id, file: first.path, sha256: first.sha256, ...result.details } };
    });
  });
}
