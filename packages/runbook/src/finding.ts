import { nearest } from '@release-runbook/units/nearest';
import type { RunbookPath } from './types.ts';

/** Something wrong, or worth a warning, at a path of the runbook. */
export interface Finding {
  readonly path: RunbookPath;
  /** The key itself, or what stands behind it. Default value. */
  readonly part?: 'key' | 'value';
  /** Within a scalar's text. */
  readonly inside?: number;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The other findings under its path follow from this one. */
  readonly covers?: boolean;
}

/** A word in quotes, with all that would be accepted when it is a short list. */
export const listed = (words: Iterable<string>): string => [...words].map((word) => JSON.stringify(word)).join(', ');

export const didYouMean = (word: string | undefined): string | undefined =>
  word === undefined ? undefined : `did you mean ${JSON.stringify(word)}?`;

export const quote = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** "unknown key "sevices" in hosts.app, expected …" with the nearest; a long list only when nothing is near. */
export function unknownWord(
  what: string,
  word: string,
  where: string,
  known: readonly string[],
): { message: string; hint?: string } {
  const near = nearest(word, known);
  const owner = where === '' ? '' : ` in ${where}`;
  const expected =
    near !== undefined && known.length > 8
      ? quote(near)
      : known.length === 1
        ? listed(known)
        : `one of ${listed(known)}`;
  const message = `unknown ${what} ${quote(word)}${owner}, expected ${expected}`;
  return near === undefined ? { message } : { message, hint: `did you mean ${JSON.stringify(near)}?` };
}
