import { runAction } from '@release-runbook/github/run-action';

/** Gives traffic to the new version in steps, or takes it back. */
export function run(): Promise<void> {
  return runAction('canary-gate', async (inputs, around) => {
    const { withContext } = await import('@release-runbook/github/step-context');
    return withContext('canary-gate', inputs, around, undefined, async (ctx) =>
      (await import('@release-runbook/steps/canary')).canary(ctx),
    );
  });
}
