import type { Name } from '../names.ts';
import type { Token } from './tokens.ts';

/** A place in a list of tokens, which moves on as what stands there is taken. */
export interface Cursor {
  /** The next token, or one further on. */
  peek(ahead?: number): Token | undefined;
  /** Do these words (in capitals) or symbols come next? A quoted name is never a word. */
  is(...words: readonly string[]): boolean;
  /** Takes them if they come next. */
  take(...words: readonly string[]): boolean;
  /** Takes the one of these words that comes next. */
  takeOne(words: readonly string[]): string | undefined;
  next(): Token | undefined;
  /** A name that may have a schema before it. */
  name(): Name | undefined;
  /** A name without one. */
  word(): string | undefined;
  /** What stands in the parentheses that open here. */
  parens(): readonly Token[] | undefined;
  rest(): readonly Token[];
}

export function cursor(tokens: readonly Token[]): Cursor {
  let at = 0;
  const self: Cursor = {
    peek: (ahead = 0) => tokens[at + ahead],
    is: (...words) => words.every((word, index) => isWord(tokens[at + index], word)),
    take(...words) {
      const there = self.is(...words);
      if (there) at += words.length;
      return there;
    },
    takeOne: (words) => words.find((word) => self.take(word)),
    next: () => tokens[at++],
    name() {
      const first = self.word();
      if (first === undefined) return undefined;
      if (!self.is('.')) return { schema: undefined, name: first };
      at++;
      return { schema: first, name: self.word() ?? '' };
    },
    word() {
      const token = tokens[at];
      const named = nameOf(token);
      if (named !== undefined) at++;
      return named;
    },
    parens() {
      if (!self.is('(')) return undefined;
      const end = closingOf(tokens, at);
      const inner = tokens.slice(at + 1, end);
      at = end + 1;
      return inner;
    },
    rest: () => tokens.slice(at),
  };
  return self;
}

export const isWord = (token: Token | undefined, word: string): boolean =>
  (token?.kind === 'word' || token?.kind === 'symbol') && token.value === word;

/** An identifier, quoted or not. Also a text in its place, which MySQL and SQLite take for aliases and old names. */
export function nameOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'word') return token.text;
  return token?.kind === 'quoted' || token?.kind === 'string' ? token.value : undefined;
}

/** Index of the parenthesis that closes the one at `open`; the list's length when none does. */
function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (isWord(tokens[index], '(')) depth++;
    else if (isWord(tokens[index], ')') && --depth === 0) return index;
  }
  return tokens.length;
}

/** The parts between commas that stand in no parentheses and no brackets. */
export function split(tokens: readonly Token[]): (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isWord(token, '(') || isWord(token, '[')) depth++;
    else if (isWord(token, ')') || isWord(token, ']')) depth--;
    if (depth === 0 && isWord(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Index of a word that stands in no parentheses; -1: none does. */
export function find(tokens: readonly Token[], ...words: readonly string[]): number {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (isWord(token, '(')) depth++;
    else if (isWord(token, ')')) depth--;
    else if (depth === 0 && token.kind === 'word' && words.includes(token.value)) return index;
  }
  return -1;
}

/** The text from the first of these tokens to the last, as written. */
export const written = (text: string, tokens: readonly Token[]): string =>
  tokens.length === 0 ? '' : text.slice(tokens[0]?.start, tokens.at(-1)?.end);
