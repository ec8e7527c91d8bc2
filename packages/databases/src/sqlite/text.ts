import { RunbookError } from '@release-runbook/units/error';

interface Token {
  readonly kind: 'gap' | 'word' | 'quoted' | 'string' | 'semi' | 'other';
  readonly text: string;
  readonly line: number;
}

const TOKEN =
  /(\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|([A-Za-z0-9_$\u0080-\uffff]+(?:\.[0-9]+)?)|("(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?)|('(?:[^']|'')*'?)|(;)|[\s\S]/g;

/** The tokens of SQLite's SQL as far as statements need them; spaces and comments are gaps. */
function tokens(sql: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  for (const match of sql.matchAll(TOKEN)) {
    const [text, gap, word, quoted, string, semi] = match;
    const kind =
      gap !== undefined
        ? 'gap'
        : word !== undefined
          ? 'word'
          : quoted !== undefined
            ? 'quoted'
            : string !== undefined
              ? 'string'
              : semi !== undefined
                ? 'semi'
                : 'other';
    found.push({ kind, text, line });
    for (const char of text) if (char === '\n') line++;
  }
  return found;
}

export interface Statement {
  readonly sql: string;
  /** Of its first word, starting at 1. */
  readonly line: number;
  /** Its first word in capitals. */
  readonly verb: string;
}

/**
 * A text as single statements, without their semicolons. Ends where SQLite's sqlite3_complete() says: a trigger only at
 * `; END ;`. Comments before a statement are dropped, those inside stay, since they become part of the schema.
 */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = [];
  let current: Token[] = [];
  const flush = () => {
    const first = current[0];
    while (current.at(-1)?.kind === 'gap') current.pop();
    if (first)
      statements.push({
        sql: current.map((t) => t.text).join(''),
        line: first.line,
        verb: first.kind === 'word' ? first.text.toUpperCase() : '',
      });
    current = [];
  };
  let head: string[] = [];
  let tail: string[] = [];
  for (const token of tokens(sql.replace(/^\uFEFF/, ''))) {
    if (token.kind === 'gap') {
      if (current.length > 0) current.push(token);
      continue;
    }
    const word = token.kind === 'semi' ? ';' : token.kind === 'word' ? token.text.toUpperCase() : '·';
    if (head.length < 4) head.push(word);
    const trigger = isTrigger(head);
    if (word === ';' && (!trigger || (tail.at(-1) === 'END' && tail.at(-2) === ';'))) {
      flush();
      head = [];
      tail = [];
      continue;
    }
    tail = [...tail.slice(-1), word];
    current.push(token);
  }
  flush();
  return statements;
}

function isTrigger(head: readonly string[]): boolean {
  const at = head[0] === 'EXPLAIN' ? 1 : 0;
  if (head[at] !== 'CREATE') return false;
  return head[at + 1] === 'TRIGGER' || (/^TEMP(ORARY)?$/.test(head[at + 1] ?? '') && head[at + 2] === 'TRIGGER');
}

const CONTROL: Readonly<Record<string, string>> = {
  BEGIN: 'each file is one transaction already',
  COMMIT: 'each file is one transaction already',
  END: 'each file is one transaction already',
  ROLLBACK: 'each file is one transaction already',
  VACUUM: 'SQLite does not run it inside a transaction',
  ATTACH: 'a migration changes one database',
  DETACH: 'a migration changes one database',
};

/** The statements of a migration's file. Throws where one would break out of the file's transaction. */
export function migrationStatements(name: string, sql: string): Statement[] {
  const statements = splitStatements(sql);
  for (const { verb, line, sql: text } of statements) {
    const at = { file: name, line, column: 1 };
    if (verb === 'ROLLBACK' && /^rollback\s+(transaction\s+)?to\b/i.test(text)) continue;
    const why = CONTROL[verb];
    if (why !== undefined)
      throw new RunbookError(`${verb} is not allowed here: ${why}; nothing was changed`, {
        at,
        hint: 'remove this statement',
      });
    if (verb === '')
      throw new RunbookError(`this is no SQL statement: ${text.slice(0, 40)}; nothing was changed`, { at });
  }
  return statements;
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
const TIGHT = /^[(),=<>|*]$/;

/**
 * A definition in normal form, for comparison: no comments, single spaces, identifiers unquoted where they can be
 * (SQLite quotes names when it rewrites a definition in ALTER TABLE).
 */
export function normalise(sql: string): string {
  let text = '';
  let gap = false;
  let last = '';
  for (const token of tokens(sql)) {
    if (token.kind === 'gap') {
      gap = true;
      continue;
    }
    let next = token.text;
    if (token.kind === 'quoted') {
      const inner = next.slice(1, -1);
      next = PLAIN.test(inner)
        ? inner
        : id(next[0] === '[' ? inner : inner.replaceAll((next[0] ?? '').repeat(2), next[0] ?? ''));
    }
    // A name that lost its quotes must not run into the word before it: DEFAULT"x".
    const wordy = token.kind !== 'other' && token.kind !== 'semi';
    const glued = token.kind === 'quoted' && /\w$/.test(last);
    if (
      text !== '' &&
      (gap || glued) &&
      !(TIGHT.test(last) && wordy) &&
      !(TIGHT.test(next) && !TIGHT.test(last)) &&
      !(TIGHT.test(last) && TIGHT.test(next))
    )
      text += ' ';
    text += next;
    last = next;
    gap = false;
  }
  return text.replace(/ ?;+$/, '');
}

const id = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Whether a table's definition ends in WITHOUT ROWID. */
export function isWithoutRowid(sql: string): boolean {
  const words: string[] = [];
  let depth = 0;
  for (const token of tokens(sql)) {
    if (token.text === '(') depth++;
    if (token.text === ')') {
      depth--;
      if (depth === 0) words.length = 0;
    }
    if (depth === 0 && token.kind === 'word') words.push(token.text.toUpperCase());
  }
  return words.some((word, i) => word === 'WITHOUT' && words[i + 1] === 'ROWID');
}

/** The module of a virtual table's definition in lower case; undefined for other definitions. */
export function virtualModule(sql: string): string | undefined {
  const found = tokens(sql).filter((token) => token.kind !== 'gap');
  const word = (at: number) => (found[at]?.kind === 'word' ? found[at].text.toUpperCase() : '');
  if (word(0) !== 'CREATE' || word(1) !== 'VIRTUAL') return undefined;
  const using = found.findIndex((_, at) => word(at) === 'USING');
  return using < 0 ? undefined : found[using + 1]?.text.toLowerCase();
}
