import { type Dimension, parseThreshold, type Threshold } from '@release-runbook/units/threshold';
import type { MetricSpec } from './schema/canary.ts';
import type { Expectation } from './schema/migrate.ts';

/** What a metric's value is measured in; undefined for a command's number, whose unit its author knows. */
export function metricDimension(metric: MetricSpec): Dimension | undefined {
  if ('http' in metric) return metric.http.value === 'errors' ? 'percent' : 'duration';
  return 'command' in metric ? undefined : 'rate';
}

/**
 * The metric's `expect:`, read in the dimension of its value.
 * @throws UnitError
 */
export function metricThreshold(metric: MetricSpec): Threshold | undefined {
  return metric.expect === undefined ? undefined : parseThreshold(metric.expect, metricDimension(metric));
}

/**
 * `rows:` as a threshold on the count; undefined for `kept` or when nothing is expected.
 * @throws UnitError
 */
export function rowsThreshold(expectation: Expectation): Threshold | undefined {
  const { rows } = expectation;
  return rows === undefined || rows === 'kept' ? undefined : parseThreshold(String(rows), 'count');
}
