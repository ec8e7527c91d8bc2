import { durationUnits, durationWords, formatDuration, printDuration, readDuration } from './duration.ts';
import { formatPercent, readPercent } from './percent.ts';
import { got, plain, quote, readQuantity, rounded, skipSpace, suggestUnit, unexpected } from './quantity.ts';
import { formatRate, printRate, rateUnits, rateWords, readRate } from './rate.ts';
import { formatSize, printSize, readSize, sizeUnits, sizeWords } from './size.ts';

export type Dimension = 'duration' | 'size' | 'percent' | 'rate' | 'count' | 'number';
export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** A condition on one measured value, such as "< 200 ms". */
export interface Threshold {
  op: Comparison;
  /** ms, bytes, percent, events per hour, or a plain number, as `dimension` says. */
  value: number;
  dimension: Dimension;
  /** For "> 3 in a row": how many it takes, here 4. The value compared is then the length of the run. */
  inARow?: number;
  /** As it was written. */
  text: string;
}

const examples = {
  duration: { article: 'a duration', text: '"< 200 ms"' },
  size: { article: 'a size', text: '">= 2 GB"' },
  percent: { article: 'a percentage', text: '"> 5%"' },
  rate: { article: 'a rate', text: '"> 10/h"' },
  count: { article: 'a count', text: '"> 3"' },
  number: { article: 'a plain number', text: '"> 3"' },
} as const satisfies Record<Dimension, { article: string; text: string }>;

const comparisons: Readonly<Record<string, Comparison | undefined>> = {
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '=': '=',
  '!=': '!=',
};

/** What people type instead. */
const comparisonWords: Readonly<Record<string, Comparison | undefined>> = {
  '==': '=',
  '===': '=',
  '=>': '>=',
  '=<': '<=',
  '<>': '!=',
  '!==': '!=',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '<': '<',
  '>': '>',
};

/**
 * Reads "< 200 ms", "> 5%", "> 10/h", ">= 2 GB", "> 3", "> 3 in a row", "= 0"; a bare number such as "0" means equality.
 * @param dimension what the place where it stands measures; without it, the unit decides
 * @throws UnitError, its offset being where in `text` the wrong part begins
 */
export function parseThreshold(text: string, dimension?: Dimension): Threshold {
  const wanted = expectation(dimension);
  const opAt = skipSpace(text, 0);
  const written = /^[<>=!≤≥≠<>]*/.exec(text.slice(opAt, opAt + 8))?.[0] ?? '';
  const op = written === '' ? '=' : comparisons[written];
  if (op === undefined) {
    throw unexpected(wanted, quote(written), { offset: opAt, nearest: comparisonWords[written] });
  }
  const from = opAt + written.length;
  const row = /\s+in\s+a\s+row\s*$/.exec(text.slice(-40));
  if (row !== null) return inARow(text, text.slice(0, text.length - row[0].length), from, op, dimension);
  const found = readValue(text, from, dimension);
  if (written === '' && found.dimension !== 'count' && found.dimension !== 'number' && found.value !== 0) {
    throw unexpected(wanted, `${got(text, 0)} without a comparison`, { offset: opAt });
  }
  return { op, ...found, text: text.trim() };
}

function expectation(dimension: Dimension | undefined): string {
  if (dimension === undefined) return 'a threshold such as "< 200 ms", "> 5%", "> 10/h" or ">= 2 GB"';
  return `${examples[dimension].article} such as ${examples[dimension].text}`;
}

function inARow(text: string, head: string, from: number, op: Comparison, dimension: Dimension | undefined): Threshold {
  if (dimension !== undefined && dimension !== 'count' && dimension !== 'number') {
    throw unexpected(expectation(dimension), 'a count "in a row"', { offset: skipSpace(text, from) });
  }
  const { value } = readValue(head, from, 'count');
  const least = op === '>' ? value + 1 : value;
  // "Fewer than 3 in a row" is true of nearly everything, and "other than 3" of nothing that is meant.
  if ((op !== '>' && op !== '>=') || least < 1) {
    throw unexpected('a run such as "> 3 in a row" or ">= 3 in a row"', quote(text.trim()), {
      offset: skipSpace(text, 0),
    });
  }
  return { op, value, dimension: 'count', inARow: least, text: text.trim() };
}

function readValue(
  text: string,
  from: number,
  dimension: Dimension | undefined,
): { value: number; dimension: Dimension } {
  const wanted = expectation(dimension);
  const start = skipSpace(text, from);
  const minus = text.charAt(start) === '-';
  const { value, unit, at, unitAt, end } = readQuantity(text, minus ? start + 1 : from, wanted);
  if (unit === '') {
    if (end !== text.length) throw unexpected(wanted, `${got(text, end)} behind the number`, { offset: end });
    return { value: minus && value !== 0 ? -value : value, dimension: bare(value, minus, dimension, at) };
  }
  if (minus) throw unexpected(wanted, 'a negative one', { offset: start });
  const actual = dimensionOf(unit);
  if (actual === undefined) {
    throw unexpected(wanted, `the unit ${quote(unit)}`, { offset: unitAt, nearest: suggestion(unit, dimension) });
  }
  if (dimension !== undefined && actual !== dimension) {
    throw unexpected(wanted, examples[actual].article, { offset: at });
  }
  return { value: readers[actual](text, from), dimension: actual };
}

/** The dimension of a number without a unit. */
function bare(value: number, minus: boolean, dimension: Dimension | undefined, at: number): Dimension {
  if (dimension === undefined || dimension === 'number') return 'number';
  if (minus && value !== 0) throw unexpected(expectation(dimension), 'a negative number', { offset: at - 1 });
  if (dimension === 'count') {
    if (!Number.isInteger(value)) throw unexpected(expectation('count'), 'a number with decimals', { offset: at });
    return 'count';
  }
  // Nothing is nothing in every unit.
  if (value !== 0) throw unexpected(expectation(dimension), 'a number without a unit', { offset: at });
  return dimension;
}

const readers: Record<Exclude<Dimension, 'count' | 'number'>, (text: string, from: number) => number> = {
  duration: readDuration,
  size: readSize,
  percent: (text, from) => readPercent(text, from, { above100: true }),
  rate: readRate,
};

function dimensionOf(unit: string): Exclude<Dimension, 'count' | 'number'> | undefined {
  if (unit === '%') return 'percent';
  if (Object.hasOwn(rateUnits, unit)) return 'rate';
  if (Object.hasOwn(durationUnits, unit)) return 'duration';
  return Object.hasOwn(sizeUnits, unit) ? 'size' : undefined;
}

function suggestion(unit: string, dimension: Dimension | undefined): string | undefined {
  if (dimension === 'rate' || (dimension === undefined && unit.startsWith('/'))) {
    return suggestUnit(unit.startsWith('/') ? unit : `/${unit}`, rateUnits, rateWords);
  }
  if (dimension === 'duration') return suggestUnit(unit, durationUnits, durationWords);
  if (dimension === 'size') return suggestUnit(unit, sizeUnits, sizeWords);
  if (dimension !== undefined) return undefined;
  return suggestUnit(unit, { ...durationUnits, ...sizeUnits }, { ...sizeWords, ...durationWords });
}

/** Whether `value`, in the threshold's base unit, meets the condition. What is not a number meets none. */
export function holds(threshold: Threshold, value: number): boolean {
  if (Number.isNaN(value)) return false;
  switch (threshold.op) {
    case '<':
      return value < threshold.value;
    case '<=':
      return value <= threshold.value;
    case '>':
      return value > threshold.value;
    case '>=':
      return value >= threshold.value;
    case '=':
      return value === threshold.value;
    case '!=':
      return value !== threshold.value;
  }
}

/** The threshold in one canonical form, which parseThreshold reads back as the same. */
export function formatThreshold(threshold: Threshold): string {
  const { op, value, dimension } = threshold;
  return `${op} ${printers[dimension](value)}${threshold.inARow === undefined ? '' : ' in a row'}`;
}

const printers: Record<Dimension, (value: number) => string> = {
  duration: printDuration,
  size: printSize,
  percent: (value) => `${plain(value)}%`,
  rate: printRate,
  count: plain,
  number: plain,
};

/** A measured value for people, rounded, with its unit: "187.4 ms", "2.1 GB", "0.25%", "12.5/h", "3". */
export function formatValue(value: number, dimension: Dimension): string {
  switch (dimension) {
    case 'duration':
      return formatDuration(value);
    case 'size':
      return formatSize(value);
    case 'percent':
      return formatPercent(value);
    case 'rate':
      return formatRate(value);
    case 'count':
    case 'number':
      return rounded(value, 3);
  }
}
