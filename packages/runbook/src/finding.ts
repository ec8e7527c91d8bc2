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
