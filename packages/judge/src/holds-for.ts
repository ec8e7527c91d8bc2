/** One look at a condition. */
export interface Sample {
  /** ms since 1970. */
  atMs: number;
  /** Whether the condition held; undefined when there was no data, which ends a run and counts as not observed. */
  breached: boolean | undefined;
}

/** `not-yet-observed`: nobody has looked for long enough to say either. */
export type HoldsFor = 'holds' | 'clear' | 'not-yet-observed';

/**
 * Whether a condition has held, without a break, for `forMs` up to now ("for: 30m"). Only time between two samples
 * counts: what comes after the last one was not seen.
 * @param samples in any order; those after `nowMs` are ignored
 * @param maxGapMs samples further apart, or the last one longer ago, leave a hole in what was observed
 */
export function holdsFor(
  samples: readonly Sample[],
  forMs: number,
  nowMs: number,
  maxGapMs: number = Number.POSITIVE_INFINITY,
): HoldsFor {
  const backwards = samples.filter((sample) => sample.atMs <= nowMs).toSorted((a, b) => b.atMs - a.atMs);
  const last = backwards[0];
  if (last === undefined || nowMs - last.atMs > maxGapMs) return 'not-yet-observed';
  if (spanMs(backwards, maxGapMs, (sample) => sample.breached === true) >= forMs) return 'holds';
  const observedMs = spanMs(backwards, maxGapMs, (sample) => sample.breached !== undefined);
  return observedMs >= forMs ? 'clear' : 'not-yet-observed';
}

/** The ms from the newest sample back to the last one of its run; -1 when the newest does not match. */
function spanMs(backwards: readonly Sample[], maxGapMs: number, matches: (sample: Sample) => boolean): number {
  const newest = backwards[0];
  let oldest: Sample | undefined;
  for (const sample of backwards) {
    if (!matches(sample) || (oldest !== undefined && oldest.atMs - sample.atMs > maxGapMs)) break;
    oldest = sample;
  }
  return newest === undefined || oldest === undefined ? -1 : newest.atMs - oldest.atMs;
}

/** How many of the newest samples, given from old to new, were breached in a row ("> 3 in a row"). */
export function breachedInARow(samples: readonly Pick<Sample, 'breached'>[]): number {
  const lastOther = samples.findLastIndex((sample) => sample.breached !== true);
  return samples.length - 1 - lastOther;
}
