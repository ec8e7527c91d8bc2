import type { Verdict } from './verdict.ts';

/** What the measurements of one metric have come to. */
export interface Counters {
  /** Measurements that gave a verdict other than error: an error is tried again, and takes no turn. */
  count: number;
  successful: number;
  failed: number;
  inconclusive: number;
  error: number;
  consecutiveError: number;
  consecutiveSuccess: number;
}

/**
 * How much a metric may have of each; the limit itself is still allowed, one more decides. A negative limit is none.
 * Names, defaults and meaning are those of Argo Rollouts' AnalysisTemplate.
 */
export interface Limits {
  /** Failures in all. Default 0. */
  failureLimit?: number | undefined;
  /** Inconclusive ones in all. Default 0. */
  inconclusiveLimit?: number | undefined;
  /** Errors in a row. Default 4. */
  consecutiveErrorLimit?: number | undefined;
  /** So many successes in a row end the metric as successful, and without them it is never so. Default 0: not asked. */
  consecutiveSuccessLimit?: number | undefined;
  /** The measurements to take. Default: one if there is no interval, else no end. */
  count?: number | undefined;
  /** ms from one measurement to the next. */
  intervalMs?: number | undefined;
}

export type Phase = 'pending' | 'running' | 'successful' | 'failed' | 'inconclusive' | 'error';

export interface Moment {
  /** The metric is to end now, and gives what it has. */
  terminating: boolean;
  /** The newest measurement's verdict; `running` while it is under way, undefined before the first. */
  last: Verdict | 'running' | undefined;
}

export const noCounters: Counters = {
  count: 0,
  successful: 0,
  failed: 0,
  inconclusive: 0,
  error: 0,
  consecutiveError: 0,
  consecutiveSuccess: 0,
};

/** The counters after one more verdict. */
export function countVerdict(counters: Counters, verdict: Verdict): Counters {
  if (verdict === 'error') {
    return {
      ...counters,
      error: counters.error + 1,
      consecutiveError: counters.consecutiveError + 1,
      consecutiveSuccess: 0,
    };
  }
  return {
    ...counters,
    count: counters.count + 1,
    successful: counters.successful + (verdict === 'pass' ? 1 : 0),
    failed: counters.failed + (verdict === 'fail' ? 1 : 0),
    inconclusive: counters.inconclusive + (verdict === 'inconclusive' ? 1 : 0),
    consecutiveError: 0,
    consecutiveSuccess: verdict === 'pass' ? counters.consecutiveSuccess + 1 : 0,
  };
}

/**
 * Where a metric stands. Limits that are exceeded decide first, and of several the gravest: error, inconclusive,
 * failed. Then successes in a row; then the count, which without the successes asked for is a failure, or
 * inconclusive where failures are limited too and stayed within their limit.
 *
 * A metric that is told to end before anything decided is successful, as in Argo Rollouts; a gate that wants more
 * than the absence of failure asks for a count.
 */
export function assess(counters: Counters, limits: Limits, { terminating, last }: Moment): Phase {
  if (last === undefined) return terminating ? 'successful' : 'pending';
  if (last === 'running') return 'running';
  const exceeded = limitExceeded(counters, limits);
  if (exceeded !== undefined) return exceeded;
  const wantedInARow = limits.consecutiveSuccessLimit ?? 0;
  if (wantedInARow > 0 && counters.consecutiveSuccess >= wantedInARow) return 'successful';
  if (counters.count >= measurementsToTake(limits)) {
    if (wantedInARow <= 0) return 'successful';
    return (limits.failureLimit ?? 0) < 0 ? 'failed' : 'inconclusive';
  }
  return terminating ? 'successful' : 'running';
}

/** Whether a phase is final. */
export function isDecided(phase: Phase): boolean {
  return phase !== 'pending' && phase !== 'running';
}

function limitExceeded(counters: Counters, limits: Limits): Phase | undefined {
  if (exceeds(counters.consecutiveError, limits.consecutiveErrorLimit ?? 4)) return 'error';
  if (exceeds(counters.inconclusive, limits.inconclusiveLimit ?? 0)) return 'inconclusive';
  return exceeds(counters.failed, limits.failureLimit ?? 0) ? 'failed' : undefined;
}

function exceeds(value: number, limit: number): boolean {
  return limit >= 0 && value > limit;
}

function measurementsToTake({ count = 0, intervalMs }: Limits): number {
  if (count > 0) return count;
  return intervalMs === undefined ? 1 : Number.POSITIVE_INFINITY;
}
