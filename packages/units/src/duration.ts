import { readQuantity, rounded, unexpected, unitOf } from './quantity.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const longest = 36_525 * day;

/** The units of durations, in ms. */
export const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: second,
  m: minute,
  min: minute,
  h: hour,
  d: day,
};

/** Other ways to write them, and what to write instead. */
export const durationWords: Readonly<Record<string, string>> = {
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  mins: 'min',
  minute: 'min',
  minutes: 'min',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
  msec: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
};

const expected = 'a duration such as "500 ms", "30m" or "1h30m"';

/**
 * Reads "500ms", "5 s", "30m", "1h30m", "72h", "14d". Units go from large to small, each once. "0" needs no unit.
 * @returns ms, exact to the microsecond, at most 100 years
 * @throws UnitError
 */
export function parseDuration(text: string): number {
  return readDuration(text, 0);
}

/** As parseDuration, for the part of `text` from `from` to its end. */
export function readDuration(text: string, from: number): number {
  let total = 0;
  let last = Number.POSITIVE_INFINITY;
  let offset = from;
  do {
    const quantity = readQuantity(text, offset, expected);
    if (quantity.unit === '' && quantity.value === 0 && offset === from && quantity.end === text.length) return 0;
    const unit = unitOf(quantity, durationUnits, durationWords, expected);
    if (unit >= last) {
      throw unexpected(expected, `"${quantity.unit}" after a unit that is not larger`, { offset: quantity.unitAt });
    }
    total += quantity.value * unit;
    last = unit;
    offset = quantity.end;
  } while (offset < text.length);
  if (total > longest) throw unexpected(expected, 'one of more than 100 years', { offset: from });
  return Math.round(total * 1000) / 1000;
}

/** A measured duration for people, rounded: "340 ms", "1.2 s", "10 min 3 s", "1 h 30 min", "3 d 2 h". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return `${ms} ms`;
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < 1 && ms > 0) return `${rounded(ms, 3)} ms`;
  // Compared after rounding, so that no "1000 ms" and no "60 s" come out.
  if (Math.round(ms * 10) < second * 10) return `${rounded(ms, 1)} ms`;
  if (Math.round(ms / 100) < 600) return `${rounded(ms / second, 1)} s`;
  if (Math.round(ms / second) < 3600) return pair(Math.round(ms / second), 60, 'min', 's');
  if (Math.round(ms / minute) < 1440) return pair(Math.round(ms / minute), 60, 'h', 'min');
  return pair(Math.round(ms / hour), 24, 'd', 'h');
}

function pair(total: number, size: number, large: string, small: string): string {
  const rest = total % size;
  const head = `${Math.floor(total / size)} ${large}`;
  return rest === 0 ? head : `${head} ${rest} ${small}`;
}

/** A duration that was written, printed so that parseDuration reads back exactly the same: "1 h 30 min", "1.234 s". */
export function printDuration(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const [name, size] of [
    ['d', day],
    ['h', hour],
    ['min', minute],
  ] as const) {
    const whole = Math.floor(rest / size);
    if (whole > 0) parts.push(`${whole} ${name}`);
    rest -= whole * size;
  }
  rest = Math.round(rest * 1000) / 1000;
  if (rest >= second) parts.push(`${rounded(rest / second, 6)} s`);
  else if (rest > 0 || parts.length === 0) parts.push(`${rounded(rest, 3)} ms`);
  return parts.join(' ');
}
