import { runAction } from '@release-runbook/github/run-action';
import { withContext } from '@release-runbook/github/step-context';

/** Gives traffic to the new version in steps, or takes it back. */
export function run(): Promise<void> {
  return runAction('canary-gate', (inputs, around) =>
    withContext('canary-gate', inputs, around, undefined, async (ctx) =>
      (await import('@release-runbook/steps/canary')).canary(ctx),
    ),
  );
}
