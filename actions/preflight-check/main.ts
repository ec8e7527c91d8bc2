import { runAction } from '@release-runbook/github/run-action';
import { withContext } from '@release-runbook/github/step-context';

/** Is everything ready, and is there a way back? */
export function run(): Promise<void> {
  return runAction('preflight-check', (inputs, around) =>
    withContext('preflight-check', inputs, around, undefined, async (ctx) => {
      const { preflight } = await import('@release-runbook/steps/preflight');
      return preflight(ctx, { rehearse: inputs.rehearse });
    }),
  );
}
