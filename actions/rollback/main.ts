import { runAction } from '@release-runbook/github/run-action';

/** Brings back what a release did, from its record. */
export function run(): Promise<void> {
  return runAction('rollback', async (inputs, around) => {
    const { rollbackAction } = await import('@release-runbook/github/rollback-action');
    return rollbackAction(inputs, around);
  });
}
