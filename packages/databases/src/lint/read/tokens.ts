import type { Comment } from '../changes.ts';

// The tokens of SQL, as far as it takes to tell statements, names, texts and comments apart. PostgreSQL's are for the places
// and comments that its parse tree leaves out.

export type Dialect = 'postgres' | 'mysql' | 'mariadb' | 'sqlite';

export interface Token {
  /** `end`: what ends a statement. */
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'end';
  readonly text: string;
  /** A word in upper case; a quoted name or a text without its quotation marks; else the text. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  /** What begins and never ends. */
  readonly open: { readonly what: 'text' | 'name' | 'comment'; readonly at: number } | undefined;
}

const WORD = /[A-Za-z0-9_$\u0080-\uffff]+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z0-9_$\u0080-\uffff])|0[xX][0-9a-fA-F]+\b/y;
const GAP = /\s+/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;

/** Never throws: a text that is no SQL gives tokens too. */
export function tokenize(text: string, dialect: Dialect): Tokens {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  let open: Tokens['open'];
  let delimiter = ';';
  // Depth of executable comments, whose content counts as if it stood outside.
  let executable = 0;
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: Token['kind'], length: number, value?: string) => {
    const word = text.slice(at, at + length);
    tokens.push({ kind, text: word, value: value ?? word, start: at, end: at + length });
    at += length;
  };
  const comment = (end: number) => {
    comments.push({ text: text.slice(at, end), start: at, end });
    at = end;
  };
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  const atStatement = () => tokens.length === 0 || tokens.at(-1)?.kind === 'end';
  while (at < text.length) {
    const gap = match(GAP);
    if (gap !== undefined) {
      at += gap.length;
      continue;
    }
    const line = lineComment(text, at, dialect);
    if (line !== undefined) {
      comment(line);
      continue;
    }
    if (text.startsWith('/*', at)) {
      const opener = executableOpener(text, at, dialect);
      if (opener > 0) {
        executable++;
        at += opener;
        continue;
      }
      const end = commentEnd(text, at, dialect);
      if (end === undefined) open = { what: 'comment', at };
      comment(end ?? text.length);
      continue;
    }
    if (executable > 0 && text.startsWith('*/', at)) {
      executable--;
      at += 2;
      continue;
    }
    if (text.startsWith(delimiter, at)) {
      push('end', delimiter.length);
      continue;
    }
    const dollar = dialect === 'postgres' ? match(DOLLAR) : undefined;
    if (dollar !== undefined) {
      const end = text.indexOf(dollar, at + dollar.length);
      if (end < 0) open = { what: 'text', at };
      const stop = end < 0 ? text.length : end;
      push('string', (end < 0 ? stop : stop + dollar.length) - at, text.slice(at + dollar.length, stop));
      continue;
    }
    const mark = quotation(text[at] ?? '', dialect, tokens.at(-1)?.end === at ? tokens.at(-1)?.value : undefined);
    if (mark !== undefined) {
      const end = closing(text, at, mark);
      if (end === undefined) open = { what: mark.kind === 'string' ? 'text' : 'name', at };
      const stop = end ?? text.length;
      push(mark.kind, stop - at, unquote(text.slice(at + 1, end === undefined ? stop : stop - 1), mark));
      continue;
    }
    const number = match(NUMBER);
    // `t.1` and `1st` are names, `1.5` is none.
    if (number !== undefined && !(number.startsWith('.') && isNameBefore(tokens, at))) {
      push('number', number.length);
      continue;
    }
    let word = match(WORD);
    if (word !== undefined) {
      if (mysql && atStatement() && /^delimiter$/i.test(word)) {
        const end = lineEnd(text, at);
        const chosen = text
          .slice(at + word.length, end)
          .trim()
          .split(/\s/)[0];
        if (chosen !== undefined && chosen !== '') delimiter = chosen;
        at = end;
        continue;
      }
      // A delimiter of letters or dollars ends a word too: END$$
      const cut = word.indexOf(delimiter);
      if (cut > 0) word = word.slice(0, cut);
      push('word', word.length, word.toUpperCase());
      continue;
    }
    push('symbol', 1);
  }
  return { tokens, comments, open };
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** Where a comment that runs to the end of its line ends; undefined: none starts here. */
function lineComment(text: string, at: number, dialect: Dialect): number | undefined {
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  if (mysql && text[at] === '#') return lineEnd(text, at);
  if (!text.startsWith('--', at)) return undefined;
  // MySQL's needs a space: 5--1 is 6.
  if (mysql && at + 2 < text.length && !/[\s\p{Cc}]/u.test(text[at + 2] ?? '')) return undefined;
  return lineEnd(text, at);
}

/** Where a comment that begins here ends; undefined: nowhere. PostgreSQL's may lie within each other. */
function commentEnd(text: string, at: number, dialect: Dialect): number | undefined {
  if (dialect !== 'postgres') {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? undefined : end + 2;
  }
  let depth = 0;
  for (const mark of text.slice(at).matchAll(/\/\*|\*\//g)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return at + mark.index + 2;
  }
  return undefined;
}

/**
 * Length of what opens a comment that the server executes: MySQL's and MariaDB's `/*!`, with the version from which on, and
 * MariaDB's own `/*M!`. 0: a true comment.
 */
function executableOpener(text: string, at: number, dialect: Dialect): number {
  if (dialect === 'sqlite' || dialect === 'postgres') return 0;
  const [opener, own, digits] = /^\/\*(M?)!(\d{5,6})?/.exec(text.slice(at, at + 11)) ?? [];
  if (opener === undefined) return 0;
  if (own === 'M' && dialect === 'mysql') return 0;
  const version = digits === undefined ? 0 : Number(digits);
  // MariaDB leaves out what MySQL 5.7 and later have for themselves; neither has reached 99999 (MySQL) or 999999 (MariaDB).
  const newer =
    dialect === 'mysql' ? version >= 99_999 : own === '' ? version >= 50_700 && version <= 99_999 : version >= 999_999;
  return newer || version >= 999_999 ? 0 : opener.length;
}

interface Quotation {
  readonly kind: 'string' | 'quoted';
  readonly close: string;
  /** A doubled mark stands for one. */
  readonly doubled: boolean;
  readonly backslash: boolean;
}

/** @param prefix the word that stands right before it */
function quotation(mark: string, dialect: Dialect, prefix: string | undefined): Quotation | undefined {
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  const backslash = mysql || (dialect === 'postgres' && prefix === 'E');
  if (mark === "'") return { kind: 'string', close: "'", doubled: true, backslash };
  if (mark === '"') return { kind: mysql ? 'string' : 'quoted', close: '"', doubled: true, backslash: mysql };
  if (mark === '`' && dialect !== 'postgres') return { kind: 'quoted', close: '`', doubled: true, backslash: false };
  if (mark === '[' && dialect === 'sqlite') return { kind: 'quoted', close: ']', doubled: false, backslash: false };
  return undefined;
}

/** Just after the closing mark; undefined: there is none. */
function closing(text: string, at: number, { close, doubled, backslash }: Quotation): number | undefined {
  for (let here = at + 1; here < text.length; here++) {
    if (backslash && text[here] === '\\') here++;
    else if (text[here] === close) {
      if (!(doubled && text[here + 1] === close)) return here + 1;
      here++;
    }
  }
  return undefined;
}

const unquote = (inner: string, { close, doubled }: Quotation): string =>
  doubled ? inner.replaceAll(close + close, close) : inner;

function isNameBefore(tokens: readonly Token[], at: number): boolean {
  const last = tokens.at(-1);
  return last !== undefined && last.end === at && (last.kind === 'word' || last.kind === 'quoted');
}
