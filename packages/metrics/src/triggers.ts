import type { TriggerSpec } from '@release-runbook/runbook/schema/rollback';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { formatPercent } from '@release-runbook/units/percent';
import { formatThreshold, type Threshold } from '@release-runbook/units/threshold';
import { placeOf } from './place.ts';
import type { MetricContext, MetricSource, Sample, Track } from './types.ts';

export type TriggerKind = 'severe-errors' | 'slower-than-before' | 'complaints' | 'health-failed';

export interface TriggerSample extends Sample {
  /** "3 severe errors in the last hour, fires when > 10/h". */
  readonly text: string;
}

/** One of `rollback: when:`; the caller compares `value` with `threshold` and waits for `forMs`. */
export interface TriggerSource {
  readonly kind: TriggerKind;
  readonly threshold: Threshold;
  /** How long it must have held; undefined: once is enough. */
  readonly forMs: number | undefined;
  /** Marks where it begins to look. */
  begin(): Promise<void>;
  /** Throws RunbookError when it cannot look: that is "not observed", never "all is well". A null value is no data. */
  measure(): Promise<TriggerSample>;
}

export interface TriggerOptions {
  /** The track that is looked at. Default canary. */
  readonly track?: Track;
  /** What `slower-than-before` measures: an `http` metric in ms; undefined: it is never observed. */
  readonly speed?: MetricSource | undefined;
  /** P95 before the release, ms, from its record. */
  readonly beforeMs?: number | undefined;
}

/** The label of issues that `complaints` counts. */
export const complaintLabel = 'complaint';

/** The source of a trigger; undefined for `rows-lost`, which the steps that know the backup count themselves. */
export function openTrigger(
  spec: TriggerSpec,
  context: MetricContext,
  options: TriggerOptions = {},
): TriggerSource | undefined {
  const track = options.track ?? 'canary';
  const source = (
    kind: TriggerKind,
    threshold: Threshold,
    measure: () => Promise<Sample & { words: string }>,
    begin?: () => Promise<void>,
  ): TriggerSource => ({
    kind,
    threshold,
    forMs: spec.for,
    begin: begin ?? (async () => {}),
    async measure() {
      const { words, ...sample } = await measure();
      return { ...sample, text: `${words}, fires when ${formatThreshold(threshold)}` };
    },
  });
  if ('severe-errors' in spec) {
    const lines = lazy(async () => {
      const { countingLines, severePattern } = await import('./log.ts');
      return countingLines(context, undefined, (service) => service.spec.severe ?? severePattern);
    });
    return source(
      'severe-errors',
      spec['severe-errors'],
      async () => {
        const sample = await (await lines()).measure(track);
        return {
          ...sample,
          words: `${counted(sample.count, 'severe error')} in the log of the last hour`,
        };
      },
      async () => (await lines()).begin?.(track),
    );
  }
  if ('complaints' in spec) {
    const label = spec.label ?? complaintLabel;
    const issues = lazy(async () => (await import('./forge.ts')).forgeMetric({ label }, context));
    return source('complaints', spec.complaints, async () => {
      const sample = await (await issues()).measure(track);
      return {
        ...sample,
        words: `${counted(sample.count, 'issue')} labelled ${label} in the last hour`,
      };
    });
  }
  if ('slower-than-before' in spec)
    return source('slower-than-before', spec['slower-than-before'], () => slower(track, options));
  if ('health-failed' in spec) {
    const look = healthLooker(context, track);
    return source('health-failed', spec['health-failed'], look);
  }
  return undefined;
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function slower(track: Track, { speed, beforeMs }: TriggerOptions): Promise<Sample & { words: string }> {
  if (speed === undefined)
    throw new RunbookError(
      'slower-than-before cannot be observed: the canary has no `http` metric that measures times',
    );
  if (beforeMs === undefined || beforeMs <= 0)
    throw new RunbookError('slower-than-before cannot be observed: no time from before this release is in the record');
  const sample = await speed.measure(track);
  if (sample.value === null) return { value: null, count: 0, unit: 'percent', words: 'nothing was measured' };
  const value = (sample.value / beforeMs - 1) * 100;
  const change = value < 0 ? `${formatPercent(-value)} faster` : `${formatPercent(value)} slower`;
  const ms = (time: number) => `${Math.round(time * 10) / 10} ms`;
  return {
    value,
    count: sample.count,
    unit: 'percent',
    words: `${ms(sample.value)}, before ${ms(beforeMs)}: ${change}`,
  };
}

/** Looks that failed in a row, over all services of the track; one good look of all of them begins anew. */
function healthLooker(context: MetricContext, track: Track): () => Promise<Sample & { words: string }> {
  let inARow = 0;
  return async () => {
    const services = Object.values(context.services).filter((service) => service.spec.health !== undefined);
    if (services.length === 0) throw new RunbookError('health-failed cannot be observed: no service has a `health:`');
    const failed: string[] = [];
    for (const service of services) {
      const problem = await service.ask(placeOf(service, context, track));
      if (problem !== undefined) failed.push(`${service.name}: ${problem}`);
    }
    inARow = failed.length === 0 ? 0 : inARow + 1;
    const words =
      failed.length === 0
        ? `health is good (${services.map((each) => each.name).join(', ')})`
        : `health failed ${inARow} in a row (${failed.join('; ')})`;
    return { value: inARow, count: services.length, unit: 'count', words };
  };
}
