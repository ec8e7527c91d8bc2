import { RunbookError } from '@release-runbook/units/error';
import type { MetricOptions } from './open.ts';
import type { MetricContext, MetricSource } from './types.ts';

const hourMs = 3_600_000;

/** Issues with a label opened since the release began, at most within the last 60 minutes. Both tracks get the same number. */
export function forgeMetric(options: MetricOptions<'forge'>, context: MetricContext): MetricSource {
  return {
    async measure() {
      if (context.issues === undefined)
        throw new RunbookError(
          `issues labelled ${options.label} cannot be counted: the forge cannot be asked without a token`,
        );
      const since = new Date(Math.max(context.since.getTime(), context.now().getTime() - hourMs));
      const count = await context.issues(options.label, since);
      if (count === undefined)
        throw new RunbookError(`issues labelled ${options.label} cannot be counted: the forge gave no answer`);
      return { value: count, count, unit: 'per hour' };
    },
  };
}
