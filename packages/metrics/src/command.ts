import { lastLines, runOn } from '@release-runbook/hosts/run';
import { RunbookError } from '@release-runbook/units/error';
import type { MetricOptions } from './open.ts';
import { variablesOf } from './place.ts';
import type { MetricContext, MetricSource } from './types.ts';

const timeoutMs = 60_000;

/** The number that the user's own program prints. Nothing printed is no data; anything else than a number is an error. */
export function commandMetric(options: MetricOptions<'command'>, context: MetricContext): MetricSource {
  return {
    async measure(track) {
      const run = typeof options.run === 'string' ? options.run : [...options.run];
      const result = await runOn(context.hosts.get(options.on), run, { env: variablesOf(context, track), timeoutMs });
      if (result.timedOut)
        throw new RunbookError(`the metric's command on host ${options.on} did not end within ${timeoutMs / 1000} s`);
      if (result.code !== 0)
        throw new RunbookError(
          `the metric's command on host ${options.on} ended with ${result.code}: ${lastLines(result)}`,
        );
      const text = result.stdout.trim();
      if (text === '' || /^(nan|null|none)$/i.test(text)) return { value: null, count: 0, unit: 'number' };
      const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
      if (!Number.isFinite(value))
        throw new RunbookError(
          `the metric's command on host ${options.on} printed ${JSON.stringify(text.slice(0, 80))}, expected a number`,
        );
      return { value, count: 1, unit: 'number' };
    },
  };
}
