import type { Weights } from '@release-runbook/traffic/types';

/** Below so many requests nothing is said of a share. */
const LEAST_REQUESTS = 20;
/** So many requests have to be expected on the canary: with three, none at all comes by chance in 5 % of the looks. */
const LEAST_ON_CANARY = 3;
/** Standard deviations that chance may take, two sides: one wrong alarm in some 16,000 looks. */
const DEVIATIONS = 4;
/** Routers round (256 steps, whole percents), and connections outlive a change: percent points. */
const ROUNDING = 1;

export type ShareVerdict = 'as-wanted' | 'too-few-requests' | 'none' | 'too-much' | 'too-little';

/** How many requests are needed to say anything of a share in percent. */
export function requestsNeeded(wanted: number): number {
  return Math.max(LEAST_REQUESTS, Math.ceil((LEAST_ON_CANARY * 100) / wanted));
}

/**
 * Whether the observed share is the wanted one, as far as chance allows: the binomial deviation of so many requests, and the
 * router's rounding.
 * @param wanted percent on the canary
 */
export function judgeShare(
  observed: { readonly share: Weights; readonly requests: number } | undefined,
  canary: string,
  wanted: number,
): ShareVerdict {
  if (observed === undefined || observed.requests < requestsNeeded(wanted)) return 'too-few-requests';
  const share = observed.share[canary] ?? 0;
  if (share === 0) return 'none';
  const p = wanted / 100;
  const allowed = DEVIATIONS * 100 * Math.sqrt((p * (1 - p)) / observed.requests) + ROUNDING;
  if (share > wanted + allowed) return 'too-much';
  return share < wanted - allowed ? 'too-little' : 'as-wanted';
}
