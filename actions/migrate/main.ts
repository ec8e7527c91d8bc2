import { runAction } from '@release-runbook/github/run-action';
import { withContext } from '@release-runbook/github/step-context';

/** Migrates. Alone it makes the verified backup itself that a migration needs. */
export function run(): Promise<void> {
  return runAction('migrate', (inputs, around) =>
    withContext('migrate', inputs, around, undefined, async (ctx, alone) => {
      const { migrate } = await import('@release-runbook/steps/migrate');
      if (!alone) return migrate(ctx);
      const { backup } = await import('@release-runbook/steps/backup');
      const before = await backup(ctx);
      return before.decision === 'proceed' ? migrate(ctx) : before;
    }),
  );
}
