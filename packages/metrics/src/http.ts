import { sendRequest } from '@release-runbook/hosts/request';
import { substitute } from '@release-runbook/runbook/substitute';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import type { MetricOptions } from './open.ts';
import { variablesOf } from './place.ts';
import type { MetricContext, MetricSource } from './types.ts';

const defaultRequests = 20;

/** Requests of the suite's own to a track: their times, or the share of them that went wrong. */
export function httpMetric(options: MetricOptions<'http'>, context: MetricContext): MetricSource {
  const value = options.value ?? 'p95';
  return {
    async measure(track) {
      const variables = variablesOf(context, track);
      const { text: url, unknown } = substitute(options.url, variables);
      if (unknown.length > 0)
        throw new RunbookError(
          `the metric's address names ${unknown.map((name) => `$${name}`).join(', ')}, which has no value`,
        );
      const local = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(?=[:/?#]|$)/i.test(url);
      const host = local && context.defaultHost !== undefined ? context.hosts.get(context.defaultHost) : undefined;
      const count = options.requests ?? defaultRequests;
      const { timings } = await sendRequest(host, { url, count, contains: options.contains });
      const good = timings.filter(
        ({ status, contains }) =>
          status !== undefined &&
          (options.status === undefined ? status >= 200 && status <= 299 : status === options.status) &&
          contains !== false,
      );
      if (value === 'errors')
        return {
          value: ((timings.length - good.length) / timings.length) * 100,
          count: timings.length,
          unit: 'percent',
        };
      // A fast refusal is no fast answer: times are those of the good answers, and without one there is an error.
      if (good.length === 0) {
        const [first] = timings;
        throw new RunbookError(
          `none of ${counted(timings.length, 'request')} to the ${track} track was answered as it should: ${first?.error ?? `status ${first?.status}`}`,
        );
      }
      const times = good.map((each) => each.ms);
      if (times.some(Number.isNaN))
        throw new RunbookError('the host has no program that measures times; install python3 or curl there');
      return { value: percentile(times, percents[value]), count: times.length, unit: 'ms' };
    },
  };
}

const percents = { p50: 50, p95: 95, p99: 99, max: 100 } as const;

/** The nearest-rank percentile. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
