import { runAction } from '@release-runbook/github/run-action';

/** Is everything ready, and is there a way back? */
export function run(): Promise<void> {
  return runAction('preflight-check', async (inputs, around) => {
    const { withContext } = await import('@release-runbook/github/step-context');
    return withContext('preflight-check', inputs, around, undefined, async (ctx) => {
      const { preflight } = await import('@release-runbook/steps/preflight');
      return preflight(ctx, { rehearse: inputs.rehearse });
    });
  });
}
