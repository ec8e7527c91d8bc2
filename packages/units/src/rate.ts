import { readQuantity, rounded, shortest, unexpected, unitOf } from './quantity.ts';

/** The units of rates, in events per hour. */
export const rateUnits: Readonly<Record<string, number>> = {
  '/s': 3600,
  '/min': 60,
  '/m': 60,
  '/h': 1,
  '/d': 1 / 24,
};

/** Other ways to write them, and what to write instead. */
export const rateWords: Readonly<Record<string, string>> = {
  '/': '/h',
  '/sec': '/s',
  '/second': '/s',
  '/minute': '/min',
  '/hr': '/h',
  '/hour': '/h',
  '/day': '/d',
};

const expected = 'a rate such as "10/h" or "5/min"';

/**
 * Reads "10/h", "5/min", "2 / s", "100/d". "0" needs no unit.
 * @returns events per hour
 * @throws UnitError
 */
export function parseRate(text: string): number {
  return readRate(text, 0);
}

/** As parseRate, for the part of `text` from `from` to its end. */
export function readRate(text: string, from: number): number {
  const quantity = readQuantity(text, from, expected);
  const tail = text.slice(quantity.end);
  if (tail !== '')
    throw unexpected(expected, `${JSON.stringify(tail.slice(0, 20))} behind it`, { offset: quantity.end });
  if (quantity.unit === '' && quantity.value === 0) return 0;
  return quantity.value * unitOf(quantity, rateUnits, rateWords, expected);
}

/** A measured rate for people, per hour: "12.5/h". */
export function formatRate(perHour: number): string {
  return `${rounded(perHour, perHour < 10 ? 2 : 1)}/h`;
}

/** A rate that was written, printed so that parseRate reads back exactly the same. */
export function printRate(perHour: number): string {
  const found = shortest(perHour, rateUnits, ['/h', '/min', '/s', '/d']);
  return found === undefined ? formatRate(perHour) : found.digits + found.unit;
}
