import { runAction } from '@release-runbook/github/run-action';

/** Deploys code, configuration and services. */
export function run(): Promise<void> {
  return runAction('deploy', async (inputs, around) => {
    const { withContext } = await import('@release-runbook/github/step-context');
    return withContext('deploy', inputs, around, undefined, async (ctx) =>
      (await import('@release-runbook/steps/deploy')).deploy(ctx),
    );
  });
}
