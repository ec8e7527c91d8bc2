const hourMs = 3_600_000;

/**
 * Events of the last 60 minutes. A rate "10/h" is compared with their number: ten errors in a minute are ten an hour as soon as
 * they are there, and one error in the first six seconds is one, not 600. So a rule can fire before an hour is over, and never
 * because of a short time multiplied.
 */
export interface EventWindow {
  /** Adds events seen at a time (ms since 1970). */
  add(count: number, atMs: number): void;
  /** Events in the hour before a time. */
  count(nowMs: number): number;
}

export function eventWindow(): EventWindow {
  let seen: { readonly atMs: number; readonly count: number }[] = [];
  return {
    add(count, atMs) {
      if (count > 0) seen.push({ atMs, count });
    },
    count(nowMs) {
      seen = seen.filter((each) => each.atMs > nowMs - hourMs);
      return seen.reduce((total, each) => total + each.count, 0);
    },
  };
}
