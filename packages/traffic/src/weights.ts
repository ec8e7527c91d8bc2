import { RunbookError } from '@release-runbook/units/error';
import { nearest } from '@release-runbook/units/nearest';
import type { Weights } from './types.ts';

/** Rounding in a router (HAProxy has 256 steps) must not look like a lost part of the traffic. */
const tolerance = 0.5;

/** "blue=95 green=5", as scripts get it and print it. */
export function formatWeights(weights: Weights): string {
  return Object.entries(weights)
    .map(([slot, percent]) => `${slot}=${Number(percent.toFixed(3))}`)
    .join(' ');
}

/**
 * Reads "blue=95 green=5" (a percent sign may follow, commas or lines may stand between).
 * @param slots the only names allowed, all of which must be there; undefined: any
 * @throws RunbookError that names what was printed
 */
export function parseWeights(text: string, slots: readonly string[] | undefined, what: string): Weights {
  const weights = parsePairs(text, slots, what, 'weights such as "blue=95 green=5"', '%?');
  const sum = Object.values(weights).reduce((total, percent) => total + percent, 0);
  if (Math.abs(sum - 100) > tolerance) {
    throw new RunbookError(
      `${what} printed ${shown(text)}: the weights add up to ${Number(sum.toFixed(3))}, not to 100`,
    );
  }
  return weights;
}

/** Reads "blue=950 green=50", requests by slot. */
export function parseRequests(
  text: string,
  slots: readonly string[] | undefined,
  what: string,
): Readonly<Record<string, number>> {
  return parsePairs(text, slots, what, 'requests such as "blue=950 green=50"', '');
}

function parsePairs(
  text: string,
  slots: readonly string[] | undefined,
  what: string,
  expected: string,
  sign: string,
): Record<string, number> {
  const pattern = new RegExp(`^([A-Za-z0-9][A-Za-z0-9_.-]*)=(\\d{1,15}(?:\\.\\d{1,9})?)${sign}$`);
  const found: Record<string, number> = {};
  const words = text
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (words.length === 0) throw new RunbookError(`${what} printed nothing, expected ${expected}`);
  for (const word of words) {
    const [, name, value] = pattern.exec(word) ?? [];
    if (name === undefined) throw new RunbookError(`${what} printed ${shown(text)}, expected ${expected}`);
    if (Object.hasOwn(found, name))
      throw new RunbookError(`${what} printed ${shown(text)}: ${name} stands there twice`);
    if (slots !== undefined && !slots.includes(name)) {
      const near = nearest(name, slots);
      throw new RunbookError(
        `${what} printed ${shown(text)}: there is no slot ${name}, expected ${slots.join(' and ')}`,
        {
          hint: near === undefined ? undefined : `did you mean ${near}?`,
        },
      );
    }
    found[name] = Number(value);
  }
  const missing = (slots ?? []).filter((slot) => !Object.hasOwn(found, slot));
  if (missing.length > 0) throw new RunbookError(`${what} printed ${shown(text)}: ${missing.join(' and ')} is missing`);
  return found;
}

function shown(text: string): string {
  const line = text.trim();
  return JSON.stringify(line.length > 200 ? `${line.slice(0, 199)}…` : line);
}

/** Whether two sets of weights are the same, up to rounding; a slot that is not named has 0. */
export function sameWeights(a: Weights, b: Weights): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (slot) => Math.abs((a[slot] ?? 0) - (b[slot] ?? 0)) <= tolerance,
  );
}

/** @throws RunbookError for weights that no router should be given */
export function checkWeights(weights: Weights): void {
  const values = Object.values(weights);
  const sum = values.reduce((total, percent) => total + percent, 0);
  if (values.every((percent) => percent >= 0 && percent <= 100) && Math.abs(sum - 100) <= tolerance) return;
  throw new RunbookError(`weights must be from 0 to 100 and add up to 100, got ${formatWeights(weights)}`);
}
