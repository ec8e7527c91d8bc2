import { runAction } from '@release-runbook/github/run-action';

/** Migrates. Alone it makes the verified backup itself that a migration needs. */
export function run(): Promise<void> {
  return runAction('migrate', async (inputs, around) => {
    const { withContext } = await import('@release-runbook/github/step-context');
    return withContext('migrate', inputs, around, undefined, async (ctx, alone) => {
      const { migrate } = await import('@release-runbook/steps/migrate');
      if (!alone) return migrate(ctx);
      const { backup } = await import('@release-runbook/steps/backup');
      const before = await backup(ctx);
      return before.decision === 'proceed' ? migrate(ctx) : before;
    });
  });
}
