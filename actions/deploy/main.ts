import { runAction } from '@release-runbook/github/run-action';
import { withContext } from '@release-runbook/github/step-context';

/** Deploys code, configuration and services. */
export function run(): Promise<void> {
  return runAction('deploy', (inputs, around) =>
    withContext('deploy', inputs, around, undefined, async (ctx) =>
      (await import('@release-runbook/steps/deploy')).deploy(ctx),
    ),
  );
}
