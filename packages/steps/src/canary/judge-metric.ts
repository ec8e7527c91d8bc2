import { judgeMeasurement, type Verdict } from '@release-runbook/judge/verdict';
import type { Sample } from '@release-runbook/metrics/types';
import { metricDimension } from '@release-runbook/runbook/metric';
import type { MetricSpec } from '@release-runbook/runbook/schema/canary';
import { counted } from '@release-runbook/units/count';
import { formatPercent } from '@release-runbook/units/percent';
import { formatThreshold, formatValue, type Threshold } from '@release-runbook/units/threshold';

/** One look at a metric: what each track gave. An Error: it could not be measured. */
export interface Look {
  readonly canary: Sample | Error;
  /** What a rule against stable compares. Undefined: there is no such rule, or stable has no traffic. */
  readonly against?: { readonly canary: Sample | Error; readonly stable: Sample | Error } | undefined;
  /** Requests that the canary, and stable, have got, where the rule asks for a minimum and the metric does not count them itself. */
  readonly requests?: { readonly canary: number | undefined; readonly stable: number | undefined } | undefined;
}

/** From grave to good: with two rules the graver verdict is the metric's. */
const gravity = ['fail', 'error', 'inconclusive', 'pass'] as const satisfies readonly Verdict[];

/**
 * The verdict on one look. Undefined: no rule of the metric applies, since its only one is against a stable that has no traffic.
 * @param expected the metric's `expect:`, parsed in its dimension
 */
export function judgeLook(
  spec: MetricSpec,
  expected: Threshold | undefined,
  look: Look,
): { verdict: Verdict | undefined; text: string } {
  const worse = spec['worse-than-stable'];
  const base = { noData: spec['no-data'], minimumRequests: spec['min-requests'] };
  const { canary, against } = look;
  const verdicts: Verdict[] = [];
  const texts = [`${spec.name} ${shown(spec, canary)}`];
  if (expected !== undefined) {
    verdicts.push(
      judgeMeasurement(numberOf(canary), { ...base, pass: expected }, requestsOf(spec, canary, look.requests?.canary)),
    );
    texts.push(`expected ${formatThreshold(expected)}`);
  }
  if (worse !== undefined && against !== undefined) {
    const { stable } = against;
    const higherIsWorse = expected === undefined || !expected.op.startsWith('>');
    const change = worseBy(numberOf(against.canary), numberOf(stable), higherIsWorse);
    const requests = Math.min(
      requestsOf(spec, against.canary, look.requests?.canary) ?? 0,
      requestsOf(spec, stable, look.requests?.stable) ?? 0,
    );
    verdicts.push(judgeMeasurement(change, { ...base, fail: worse }, requests));
    texts.push(
      `stable ${shown(spec, stable)}${typeof change === 'number' ? `: ${worsePercent(change)}` : ''}, fails when ${formatThreshold(worse)} worse`,
    );
  }
  const verdict = gravity.find((one) => verdicts.includes(one));
  if (base.minimumRequests !== undefined && verdict === 'inconclusive')
    texts.push(`no verdict below ${counted(base.minimumRequests, 'request')}`);
  return { verdict, text: texts.join(', ') };
}

/** "412 ms", "no data", or why it could not be measured. */
export function shown(spec: MetricSpec, sample: Sample | Error): string {
  if (sample instanceof Error) return `could not be measured (${sample.message})`;
  return sample.value === null || Number.isNaN(sample.value)
    ? 'no data'
    : formatValue(sample.value, metricDimension(spec) ?? 'number');
}

function worsePercent(change: number): string {
  if (change === Number.POSITIVE_INFINITY) return 'worse, where stable has none';
  return change < 0 ? `${formatPercent(-change)} better` : `${formatPercent(change)} worse`;
}

/** Percent by which the canary is worse; infinite where stable has nothing of a bad thing and the canary something. */
function worseBy(
  canary: number | null | Error,
  stable: number | null | Error,
  higherIsWorse: boolean,
): number | null | Error {
  if (canary instanceof Error) return canary;
  if (stable instanceof Error) return stable;
  if (canary === null || stable === null) return null;
  const difference = higherIsWorse ? canary - stable : stable - canary;
  if (difference === 0) return 0;
  if (stable === 0) return difference > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return (difference / Math.abs(stable)) * 100;
}

function numberOf(sample: Sample | Error): number | null | Error {
  return sample instanceof Error ? sample : sample.value;
}

/** Requests of its own are what an http metric's value rests on; others see what the users send. */
function requestsOf(spec: MetricSpec, sample: Sample | Error, seen: number | undefined): number | undefined {
  if (sample instanceof Error) return undefined;
  return 'http' in spec ? sample.count : seen;
}
