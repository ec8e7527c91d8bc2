import { readQuantity, rounded, unexpected } from './quantity.ts';

const expected = 'a percentage such as "5%"';

export interface PercentOptions {
  /** "150%" has a meaning as a change, not as a share. */
  above100?: boolean;
}

/**
 * Reads "5%" as 5. "0" needs no sign.
 * @returns percent, not a fraction
 * @throws UnitError, also above 100 unless that was allowed
 */
export function parsePercent(text: string, options: PercentOptions = {}): number {
  return readPercent(text, 0, options);
}

/** As parsePercent, for the part of `text` from `from` to its end. */
export function readPercent(text: string, from: number, options: PercentOptions): number {
  const { value, unit, at, unitAt, end } = readQuantity(text, from, expected);
  const tail = text.slice(end);
  if (tail !== '') throw unexpected(expected, `${JSON.stringify(tail.slice(0, 20))} behind it`, { offset: end });
  if (unit === '' && value === 0) return 0;
  if (unit === '') throw unexpected(expected, 'a number without a percent sign', { offset: at });
  if (unit !== '%') throw unexpected(expected, `the unit ${JSON.stringify(unit)}`, { offset: unitAt, nearest: '%' });
  if (value > 100 && options.above100 !== true) {
    throw unexpected('a percentage from 0% to 100%', `${value}%`, { offset: at });
  }
  return value;
}

/** A percentage for people, with at most two decimals: "5%", "0.25%", "33.33%". */
export function formatPercent(percent: number): string {
  return `${rounded(percent, 2)}%`;
}
