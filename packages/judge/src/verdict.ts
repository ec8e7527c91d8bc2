import { holds, type Threshold } from '@release-runbook/units/threshold';

export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'error';

/** What a measurement without a value counts as. */
export type NoData = 'hold' | 'fail' | 'pass';

/** How one measurement is judged; values are in the thresholds' base units (ms, bytes, percent, events per hour). */
export interface MeasurementRule {
  /** Met by a good value. */
  pass?: Threshold | undefined;
  /** Met by a bad value; looked at first. With both, a value that meets neither is inconclusive. */
  fail?: Threshold | undefined;
  /** Default `hold`: no data is never success unless that is said. */
  noData?: NoData | undefined;
  /** Below so many requests a ratio says nothing, and the measurement is inconclusive. */
  minimumRequests?: number | undefined;
}

const noDataVerdicts = { hold: 'inconclusive', fail: 'fail', pass: 'pass' } as const satisfies Record<NoData, Verdict>;

/**
 * The verdict on one measurement. An Error means that it could not be taken; null, undefined and NaN (a ratio of
 * nothing to nothing) mean that it was taken and there was no data.
 * @param requests how many requests the value comes from, where the rule asks for a minimum of them
 */
export function judgeMeasurement(
  value: number | null | undefined | Error,
  rule: MeasurementRule,
  requests?: number,
): Verdict {
  if (value instanceof Error) return 'error';
  if (value === null || value === undefined || Number.isNaN(value)) return noDataVerdicts[rule.noData ?? 'hold'];
  // A number of requests that is not known is not enough. (NaN compares false, so it is not enough either.)
  if (rule.minimumRequests !== undefined && !((requests ?? 0) >= rule.minimumRequests)) return 'inconclusive';
  if (rule.fail !== undefined && holds(rule.fail, value)) return 'fail';
  if (rule.pass !== undefined && holds(rule.pass, value)) return 'pass';
  if (rule.pass !== undefined && rule.fail !== undefined) return 'inconclusive';
  return rule.pass === undefined ? 'pass' : 'fail';
}
