import { runAction } from '@release-runbook/github/run-action';
import { withContext } from '@release-runbook/github/step-context';

/** Checks what was deployed. */
export function run(): Promise<void> {
  return runAction('smoke-test', (inputs, around) =>
    withContext('smoke-test', inputs, around, undefined, async (ctx) => {
      const { smoke } = await import('@release-runbook/steps/smoke');
      const result = await smoke(ctx);
      const checks = (result.details.checks ?? []) as readonly { verdict: string }[];
      const passed = checks.filter(({ verdict }) => verdict === 'pass').length;
      return { ...result, details: { passed, failed: checks.length - passed, ...result.details } };
    }),
  );
}
