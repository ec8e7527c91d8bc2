import { runChecks } from '@release-runbook/checks/registry';
import type { CheckResult } from '@release-runbook/checks/types';
import type { NewEvent, Step } from '@release-runbook/record/events';
import { counted } from '@release-runbook/units/count';
import { checkContext } from './check-context.ts';
import type { StepContext } from './context.ts';
import type { StepResult } from './decision.ts';
import { Outcome } from './outcome.ts';
import { runStep } from './run-step.ts';
import { mainPort } from './variables.ts';

/** Proves the new version where it runs, before any traffic goes to it: functions and times, with numbers. */
export function smoke(ctx: StepContext): Promise<StepResult> {
  return runStep(ctx, 'smoke', async ({ recorder }) => {
    const { opened, release } = recorder.state();
    const context = await checkContext(
      ctx,
      { version: opened.version, previous: opened.previous, release },
      { PORT: mainPort(ctx, opened.tracks, 'canary'), TRACK: 'canary' },
    );
    const results = await runChecks(ctx.runbook.smoke, context);
    await recorder.write(...results.flatMap((one, i) => checkEvents('smoke', one, ctx.runbook.position(['smoke', i]))));
    for (const [i, one] of results.entries()) {
      ctx.platform.log(
        `${one.verdict === 'pass' ? 'ok  ' : one.severity === 'warn' ? 'warn' : 'FAIL'} ${one.name}: ${one.text}`,
      );
      if (one.verdict !== 'pass')
        ctx.platform.annotate(
          one.severity === 'warn' ? 'warning' : 'error',
          `${one.name}: ${one.text}`,
          ctx.runbook.position(['smoke', i]),
        );
    }
    const broken = results.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'fail');
    if (broken.length > 0)
      throw new Outcome('roll-back', 'check-failed', broken.map(({ name, text }) => `${name}: ${text}`).join('; '), {
        details: { checks: summary(results) },
      });
    return {
      text: `${results.length} of ${counted(results.length, 'check')} passed`,
      details: { checks: summary(results) },
    };
  });
}

/** Events of a check: its measurements and its verdict. */
export function checkEvents(
  step: Step,
  check: CheckResult,
  rule?: { file: string; line: number; column: number },
): readonly NewEvent[] {
  return [
    ...check.measurements.map(
      (one): NewEvent => ({
        event: 'measured',
        step,
        item: `${step}:${check.name}:${one.name}`,
        value: one.value,
        unit: one.unit,
      }),
    ),
    {
      event: 'judged',
      step,
      item: `${step}:${check.name}`,
      verdict: check.verdict,
      text: check.text,
      ...(rule === undefined ? {} : { rule }),
    },
  ];
}

function summary(results: readonly CheckResult[]): unknown {
  return results.map(({ name, verdict, text, ms }) => ({ name, verdict, text, ms: Math.round(ms) }));
}
