import { assess, type Counters, countVerdict, noCounters, type Phase } from '@release-runbook/judge/threshold-judge';
import type { Verdict } from '@release-runbook/judge/verdict';
import { openMetric } from '@release-runbook/metrics/open';
import type { MetricContext, MetricSource, Sample, Track } from '@release-runbook/metrics/types';
import type { NewEvent } from '@release-runbook/record/events';
import { metricThreshold } from '@release-runbook/runbook/metric';
import type { CanarySpec, MetricSpec } from '@release-runbook/runbook/schema/canary';
import { type Position, RunbookError } from '@release-runbook/units/error';
import type { StepContext } from '../context.ts';
import type { OpenRelease } from '../open-release.ts';
import type { Finding } from './harm.ts';
import { judgeLook, type Look, shown } from './judge-metric.ts';
import { metricContext } from './metric-context.ts';

/** Requests by track since the weight's clock began; undefined where the router cannot tell. */
export interface Requests {
  readonly canary: number | undefined;
  readonly stable: number | undefined;
}

/** Where one metric stands at one weight. */
export interface Standing {
  readonly spec: MetricSpec;
  readonly rule: Position | undefined;
  /** Running, successful (decided), failed or error (decided against). */
  readonly phase: Phase;
  readonly counters: Counters;
  readonly verdict: Verdict | undefined;
  readonly text: string;
  /** Its share of the progress line. */
  readonly short: string;
  /** False: it is shown and never decides here (dry run, or only a rule against a stable without traffic). */
  readonly decides: boolean;
}

/** The metrics at one weight: measured when due, judged, counted. */
export interface WeightMetrics {
  /** When the next metric is due, ms since 1970. */
  dueAt(): number;
  /** Measures what is due; what the record is to be told of it. */
  measure(nowMs: number, requests: Requests): Promise<readonly NewEvent[]>;
  standings(): readonly Standing[];
}

export interface GateMetrics {
  /** Marks where each begins to look, before the first request comes. */
  begin(): Promise<void>;
  /** @param startMs when the weight's clock began */
  at(weight: number, startMs: number): Promise<WeightMetrics>;
}

/** How many measurements of a metric the record gets at a weight at most, changes of the verdict apart. */
const RECORDED = 20;

type Tried = (measure: () => Promise<Sample>) => Promise<Sample | Error>;

export function openMetrics(
  ctx: StepContext,
  release: Pick<OpenRelease, 'recorder'>,
  spec: CanarySpec,
  everyMs: number,
): GateMetrics {
  const metrics = (spec.metrics ?? []).map((metric, index) => {
    const context = metricContext(ctx, release, serviceOf(metric));
    return {
      metric,
      context,
      source: openMetric(metric, context),
      expected: metricThreshold(metric),
      rule: ctx.runbook.position(['canary', 'metrics', index]),
    };
  });
  /** What a source cannot measure is a verdict; anything else it throws is a bug. */
  const tried: Tried = async (measure) => {
    try {
      return await measure();
    } catch (error) {
      if (error instanceof RunbookError) return new RunbookError(ctx.redact(error.message));
      throw error;
    }
  };
  return {
    async begin() {
      for (const { source } of metrics) await quiet(() => source.begin?.('canary'));
    },
    async at(weight, startMs) {
      const running = await Promise.all(metrics.map((one) => openAt(one, weight, startMs)));
      return {
        dueAt: () => Math.min(...running.map(({ dueAt }) => dueAt()), Number.POSITIVE_INFINITY),
        async measure(nowMs, requests) {
          const events: NewEvent[] = [];
          // One after another: what measures times must not be disturbed by what else is measured.
          for (const one of running) if (one.dueAt() <= nowMs) events.push(...(await one.measure(nowMs, requests)));
          return events;
        },
        standings: () => running.map((one) => one.standing()),
      };
    },
  };

  async function openAt(
    { metric, context, source, expected, rule }: (typeof metrics)[number],
    weight: number,
    startMs: number,
  ) {
    const relative = metric['worse-than-stable'] !== undefined && weight < 100 && context.tracks.stable !== undefined;
    const compare = relative ? comparison(metric, context, source, weight, tried) : undefined;
    await compare?.begin();
    const pauseMs = metric.every ?? everyMs;
    const endMs = startMs + spec.each;
    const limits = {
      failureLimit: metric.failures,
      consecutiveErrorLimit: metric.errors,
      inconclusiveLimit: -1,
      intervalMs: pauseMs,
    };
    const decides = metric['dry-run'] !== true && (expected !== undefined || relative);
    const item = `canary:${weight}%:${metric.name}`;
    let dueAt = Math.min(startMs + pauseMs, endMs);
    let counters = noCounters;
    let verdict: Verdict | undefined;
    let recorded: { atMs: number; verdict: Verdict | undefined } | undefined;
    let text = `${metric.name} was not measured yet`;
    let short = `${metric.name} …`;
    return {
      dueAt: () => dueAt,
      async measure(nowMs: number, requests: Requests): Promise<readonly NewEvent[]> {
        // The last one stands at the end of the weight, whatever the pause.
        dueAt = nowMs < endMs ? Math.min(nowMs + pauseMs, endMs) : nowMs + pauseMs;
        const canary = await tried(() => source.measure('canary'));
        const look: Look = {
          canary,
          requests,
          ...(compare === undefined ? {} : { against: await compare.measure(canary) }),
        };
        const judged = judgeLook(metric, expected, look);
        verdict = judged.verdict;
        if (verdict !== undefined) counters = countVerdict(counters, verdict);
        text =
          relative || metric['worse-than-stable'] === undefined
            ? judged.text
            : `${judged.text}; not evaluated against stable, which has no traffic`;
        short = `${metric.name} ${shown(metric, canary)}${look.against === undefined ? '' : ` (stable ${shown(metric, look.against.stable)})`}`;
        if (recorded !== undefined && recorded.verdict === verdict && nowMs < recorded.atMs + spec.each / RECORDED)
          return [];
        recorded = { atMs: nowMs, verdict };
        return [
          {
            event: 'measured',
            step: 'canary',
            item,
            value: valueIn(canary),
            unit: unitIn(canary),
            data: dataOf(look, verdict),
          },
        ];
      },
      standing(): Standing {
        const phase = assess(counters, limits, { terminating: false, last: verdict });
        return {
          spec: metric,
          rule,
          phase: decided(phase, counters, verdict) ? 'successful' : phase,
          counters,
          verdict,
          text,
          short,
          decides,
        };
      },
    };
  }
}

/**
 * Absence of failure is not enough: the last look and at least half of all were conclusive, and one passed. Counted failures
 * within the limit are no failure.
 */
function decided(phase: Phase, counters: Counters, last: Verdict | undefined): boolean {
  if (phase !== 'running' || (last !== 'pass' && last !== 'fail')) return false;
  return counters.successful > 0 && counters.successful + counters.failed >= counters.inconclusive;
}

/** What the record is told of a metric at the end of its weight, or when it failed. */
export function findingOf({ spec, rule, phase, verdict, text, decides, counters }: Standing, weight: number): Finding {
  const { successful, failed, inconclusive, error } = counters;
  const taken = [
    `${successful} passed`,
    failed > 0 && `${failed} failed`,
    inconclusive > 0 && `${inconclusive} without a verdict`,
    error > 0 && `${error} could not be measured`,
  ];
  const shownOnly = decides
    ? ''
    : spec['dry-run'] === true
      ? '; a dry run, which decides nothing'
      : '; nothing is decided by it at this weight';
  return {
    event: 'judged',
    step: 'canary',
    item: `canary:${weight}%:${spec.name}`,
    verdict:
      phase === 'successful' && decides
        ? 'pass'
        : phase === 'failed'
          ? 'fail'
          : phase === 'error'
            ? 'error'
            : decides
              ? 'inconclusive'
              : (verdict ?? 'inconclusive'),
    text: `${text}; measurements: ${taken.filter((one) => one !== false).join(', ')}${shownOnly}`,
    ...(rule === undefined ? {} : { rule }),
  };
}

interface Comparison {
  begin(): Promise<void>;
  measure(canary: Sample | Error): Promise<NonNullable<Look['against']>>;
}

/**
 * What a rule against stable compares. Lines of a log are counts, not ratios: they are counted anew at each weight, and those of
 * stable are taken for as many requests as the canary gets.
 */
function comparison(
  metric: MetricSpec,
  context: MetricContext,
  source: MetricSource,
  weight: number,
  tried: Tried,
): Comparison {
  if (!('log' in metric))
    return {
      begin: async () => {},
      measure: async (canary) => ({ canary, stable: await tried(() => source.measure('stable')) }),
    };
  const own = openMetric(metric, context);
  const begin = (track: Track) => quiet(() => own.begin?.(track));
  return {
    async begin() {
      await begin('canary');
      await begin('stable');
    },
    async measure() {
      const stable = await tried(() => own.measure('stable'));
      const scaled =
        stable instanceof Error || stable.value === null
          ? stable
          : { ...stable, value: (stable.value * weight) / (100 - weight) };
      return { canary: await tried(() => own.measure('canary')), stable: scaled };
    },
  };
}

function serviceOf(metric: MetricSpec): string | undefined {
  return 'http' in metric ? metric.http.service : undefined;
}

/** A source that cannot begin says so when it is measured. */
async function quiet(begin: () => Promise<void> | undefined): Promise<void> {
  try {
    await begin();
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
  }
}

function valueIn(sample: Sample | Error): number | null {
  return sample instanceof Error ? null : sample.value;
}

function unitIn(sample: Sample | Error): string {
  return sample instanceof Error ? 'number' : sample.unit;
}

function dataOf({ canary, against }: Look, verdict: Verdict | undefined): Readonly<Record<string, unknown>> {
  return {
    verdict: verdict ?? 'inconclusive',
    ...(canary instanceof Error ? { error: canary.message } : { count: canary.count }),
    ...(against === undefined ? {} : { stable: valueIn(against.stable) }),
  };
}
