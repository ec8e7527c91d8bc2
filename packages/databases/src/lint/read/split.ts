import type { Dialect, Token } from './tokens.ts';

export interface Piece {
  /** Without what ends it; never empty. */
  readonly tokens: readonly Token[];
  /** A routine with a body, ended by a semicolon of the body unless the client is told another delimiter. */
  readonly needsDelimiter: boolean;
}

/**
 * The tokens of each statement. A semicolon within a body (BEGIN … END) ends none: SQLite's triggers end at `; END ;`, as its
 * sqlite3_complete() has it, MySQL's routines and PostgreSQL's BEGIN ATOMIC where their outermost block ends.
 */
export function pieces(tokens: readonly Token[], dialect: Dialect): Piece[] {
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  const found: Piece[] = [];
  let current: Token[] = [];
  let depth = 0;
  let parentheses = 0;
  let needsDelimiter = false;
  const flush = () => {
    if (current.length > 0) found.push({ tokens: current, needsDelimiter });
    current = [];
    depth = 0;
    parentheses = 0;
    needsDelimiter = false;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'end') {
      if (token.kind === 'word' && (mysql ? hasBody(current, token) : isAtomic(dialect, current, token, depth)))
        depth = Math.max(0, depth + nesting(token, tokens[index - 1], tokens[index + 1]));
      // As psql has it: CREATE RULE … DO (a; b).
      if (dialect === 'postgres' && token.value === '(') parentheses++;
      if (dialect === 'postgres' && token.value === ')') parentheses = Math.max(0, parentheses - 1);
      current.push(token);
      continue;
    }
    if (token.text !== ';') flush();
    else if (dialect === 'sqlite') {
      if (!isTrigger(current) || endsTrigger(current)) flush();
      else current.push(token);
    } else if (depth > 0 || (parentheses > 0 && current[0]?.value !== '\\')) {
      needsDelimiter = mysql;
      current.push(token);
    } else flush();
  }
  flush();
  return found;
}

const word = (token: Token | undefined): string => (token?.kind === 'word' ? token.value : '');

function isTrigger(tokens: readonly Token[]): boolean {
  const at = word(tokens[0]) === 'EXPLAIN' ? 1 : 0;
  if (word(tokens[at]) !== 'CREATE') return false;
  const next = word(tokens[at + 1]);
  return next === 'TRIGGER' || ((next === 'TEMP' || next === 'TEMPORARY') && word(tokens[at + 2]) === 'TRIGGER');
}

const endsTrigger = (tokens: readonly Token[]): boolean =>
  word(tokens.at(-1)) === 'END' && tokens.at(-2)?.kind === 'end';

const ROUTINES = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT', 'PACKAGE']);
const OTHERS = new Set(['TABLE', 'VIEW', 'INDEX', 'DATABASE', 'SCHEMA', 'USER', 'ROLE', 'SEQUENCE', 'SERVER']);

/** Is this a word of a statement that may hold a body? MariaDB also runs a block that belongs to nothing. */
function hasBody(before: readonly Token[], token: Token): boolean {
  const first = word(before[0]);
  if (first === 'BEGIN') return word(before[1] ?? token) === 'NOT';
  if (first !== 'CREATE' && first !== 'ALTER') return false;
  // DEFINER = `a`@`b`, OR REPLACE, AGGREGATE, IF NOT EXISTS may stand before it.
  const what = before.slice(1, 12).find((one) => ROUTINES.has(word(one)) || OTHERS.has(word(one)));
  return what !== undefined && ROUTINES.has(word(what));
}

/** Within a body of PostgreSQL that is no text, or at its begin. */
function isAtomic(dialect: Dialect, before: readonly Token[], token: Token, depth: number): boolean {
  if (dialect !== 'postgres' || word(before[0]) !== 'CREATE') return false;
  return depth > 0 ? token.value !== 'ATOMIC' : token.value === 'ATOMIC' && word(before.at(-1)) === 'BEGIN';
}

function nesting(token: Token, before: Token | undefined, after: Token | undefined): number {
  switch (token.value) {
    case 'NOT':
      // BEGIN NOT ATOMIC
      return word(before) === 'BEGIN' && word(after) === 'ATOMIC' ? 1 : 0;
    case 'ATOMIC':
      return word(before) === 'BEGIN' ? 1 : 0;
    case 'BEGIN':
      return 1;
    case 'CASE':
      return word(before) === 'END' ? 0 : 1;
    case 'END':
      // These have no BEGIN of their own to count.
      return ['IF', 'LOOP', 'REPEAT', 'WHILE'].includes(word(after)) ? 0 : -1;
    default:
      return 0;
  }
}
