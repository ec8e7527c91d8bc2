import { UnitError } from './error.ts';
import { nearest } from './nearest.ts';

/** More digits than this would not survive arithmetic and printing unchanged. */
const mostDigits = 12;

/** One number with the unit behind it, as found in a text; offsets are 0-based. */
export interface Quantity {
  value: number;
  /** "" when there is none; "/h" for a rate, without the space. */
  unit: string;
  at: number;
  unitAt: number;
  end: number;
}

const pattern = /\s*(\d+(?:\.\d+)?)(\s*)(%|\/\s*[A-Za-z]*|[A-Za-zµ]+)?\s*/y;

/**
 * Reads the number and unit at `from`, with the spaces around them.
 * @param expected what stands there in a right text, such as `a duration such as "30m"`
 * @throws UnitError when there is no number, or one with more digits than can be kept
 */
export function readQuantity(text: string, from: number, expected: string): Quantity {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  if (found === null) throw unexpected(expected, got(text, from), { offset: skipSpace(text, from) });
  const [whole, digits = '', space = '', unit = ''] = found;
  const at = from + whole.indexOf(digits);
  if (digits.length - (digits.includes('.') ? 1 : 0) > mostDigits) {
    throw unexpected(expected, `a number of more than ${mostDigits} digits`, { offset: at });
  }
  return {
    value: Number(digits),
    unit: unit.replace(/\s/g, ''),
    at,
    unitAt: at + digits.length + space.length,
    end: from + whole.length,
  };
}

/** The number of `units` that a unit's name stands for; @throws UnitError naming the nearest one. */
export function unitOf(
  quantity: Quantity,
  units: Readonly<Record<string, number>>,
  words: Readonly<Record<string, string>>,
  expected: string,
): number {
  const { unit, unitAt } = quantity;
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (factor !== undefined) return factor;
  if (unit === '') throw unexpected(expected, 'a number without a unit', { offset: quantity.at });
  throw unexpected(expected, `the unit ${quote(unit)}`, { offset: unitAt, nearest: suggestUnit(unit, units, words) });
}

/** The unit that was probably meant; `words` maps spelled-out and ambiguous units to those that exist. */
export function suggestUnit(
  unit: string,
  units: Readonly<Record<string, number>>,
  words: Readonly<Record<string, string>>,
): string | undefined {
  const word = unit.toLowerCase();
  if (Object.hasOwn(words, word)) return words[word];
  const near = nearest(unit, Object.keys(units));
  // With two letters, one slip makes any unit of any other: "MB" is not a mistyped "ms".
  return unit.length > 2 || near?.toLowerCase() === word ? near : undefined;
}

/** A UnitError that says what was expected and what was got instead. */
export function unexpected(
  expected: string,
  actual: string,
  more: { offset: number; nearest?: string | undefined },
): UnitError {
  return new UnitError(`expected ${expected}, got ${actual}`, { ...more, expected });
}

/** What stands in the text at `from`, to be put after "got". */
export function got(text: string, from: number): string {
  const rest = text.slice(from).trim();
  return rest === '' ? 'nothing' : quote(rest);
}

/** A text in quotes, cut when it is too long for a message. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}

/** The offset of the first character at or after `from` that is no space. */
export function skipSpace(text: string, from: number): number {
  let offset = from;
  while (offset < text.length && /\s/.test(text.charAt(offset))) offset++;
  return offset;
}

/** A number with at most `decimals` decimals, and none that are zeros. */
export function rounded(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const short = text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

/** A number that was written, in digits alone: String would print very small ones as "1e-7". */
export function plain(value: number): string {
  const text = String(value);
  return text.includes('e-') ? rounded(value, mostDigits) : text;
}

/**
 * `value` in the unit that gives the shortest number which still reads back as exactly `value`; undefined when no unit
 * does. Of equally short ones the first wins. `kept` is the rounding that reading applies.
 */
export function shortest(
  value: number,
  units: Readonly<Record<string, number>>,
  names: readonly string[],
  kept: (value: number) => number = (value) => value,
): { digits: string; unit: string } | undefined {
  let best: { digits: string; unit: string } | undefined;
  for (const unit of names) {
    const factor = units[unit];
    if (factor === undefined) continue;
    const digits = plain(Number((value / factor).toPrecision(mostDigits)));
    const readable = /^\d+(\.\d+)?$/.test(digits) && digits.replace('.', '').length <= mostDigits;
    if (!readable || kept(Number(digits) * factor) !== value) continue;
    if (best === undefined || digits.length < best.digits.length) best = { digits, unit };
  }
  return best;
}
