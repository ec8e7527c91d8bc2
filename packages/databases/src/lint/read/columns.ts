import type { ColumnSpec, Constraint, Fallback } from '../changes.ts';
import { quote } from '../names.ts';
import { cursor, isWord, nameOf, split, written } from './cursor.ts';
import type { Dialect, Token } from './tokens.ts';

// Definitions of columns and constraints, as CREATE TABLE and ALTER TABLE have them, of MySQL, MariaDB and SQLite.

/** The first word after a type. */
const AFTER_TYPE = new Set(
  `CONSTRAINT PRIMARY KEY NOT NULL UNIQUE CHECK DEFAULT COLLATE REFERENCES GENERATED AS AUTOINCREMENT AUTO_INCREMENT DEFERRABLE ON
COMMENT CHARSET COLUMN_FORMAT STORAGE VIRTUAL STORED PERSISTENT INVISIBLE VISIBLE FIRST AFTER SRID ENGINE_ATTRIBUTE COMPRESSED
WITH WITHOUT ENFORCED`.split(/\s+/),
);

export interface Reader {
  readonly text: string;
  readonly dialect: Dialect;
}

/** @param tokens of one definition, its name first */
export function readColumn({ text, dialect }: Reader, tokens: readonly Token[]): ColumnSpec {
  const name = nameOf(tokens[0]) ?? '';
  const from = typeEnd(tokens);
  const type = typeText(tokens.slice(1, from));
  const rest = cursor(tokens.slice(from));
  const constraints: Constraint[] = [];
  let notNull = false;
  let fallback: Fallback | undefined;
  let generated: ColumnSpec['generated'];
  let counts = type === 'serial';
  let named: string | undefined;
  const add = (one: Partial<Constraint> & Pick<Constraint, 'type' | 'at'>) => {
    constraints.push({ ...EMPTY, name: named, columns: [name], keys: [quote(dialect, name)], ...one });
    named = undefined;
  };
  for (let token = rest.peek(); token !== undefined; token = rest.peek()) {
    const at = token.start;
    const before = rest.rest();
    const sql = () => written(text, before.slice(0, before.length - rest.rest().length));
    if (rest.take('CONSTRAINT')) named = isConstraint(rest.peek()) ? undefined : rest.word();
    else if (rest.take('NOT', 'NULL')) notNull = true;
    else if (rest.take('NULL')) continue;
    else if (rest.take('DEFAULT')) fallback = readFallback(text, rest);
    else if (rest.take('PRIMARY', 'KEY')) add({ type: 'primary', at, sql: `PRIMARY KEY (${quote(dialect, name)})` });
    else if (rest.take('UNIQUE')) {
      rest.take('KEY');
      add({ type: 'unique', at, sql: `UNIQUE (${quote(dialect, name)})` });
    } else if (rest.take('CHECK')) {
      const inner = rest.parens() ?? [];
      add({ type: 'check', at, condition: written(text, inner), neverNull: neverNull(inner), sql: sql() });
    } else if (rest.take('REFERENCES')) {
      const table = rest.name();
      const columns = names(rest.parens() ?? []);
      skipActions(rest);
      if (table !== undefined)
        add({
          type: 'foreign',
          at,
          references: { table, columns },
          sql: `FOREIGN KEY (${quote(dialect, name)}) ${sql()}`,
        });
    } else if (rest.take('GENERATED', 'ALWAYS', 'AS') || rest.take('AS')) {
      rest.parens();
      generated = rest.takeOne(['STORED', 'PERSISTENT']) === undefined ? 'virtual' : 'stored';
      rest.take('VIRTUAL');
    } else if (rest.takeOne(['AUTO_INCREMENT', 'AUTOINCREMENT']) !== undefined) counts = true;
    else if (rest.take('ON', 'UPDATE') || rest.take('COMMENT') || rest.take('COLLATE')) rest.next();
    else rest.next();
  }
  return {
    name,
    type,
    notNull: notNull || constraints.some((one) => one.type === 'primary' && dialect !== 'sqlite'),
    fallback,
    generated,
    identity: undefined,
    counts,
    constraints,
    sql: written(text, tokens.slice(1)),
  };
}

const EMPTY = {
  references: undefined,
  condition: undefined,
  neverNull: undefined,
  nullsEqual: false,
  notValid: false,
  usingIndex: undefined,
  sql: '',
} as const;

/**
 * A constraint of a table; undefined: these tokens are none (they may be a column). Plain indexes that stand among them are
 * none either: `indexOf` reads those.
 */
export function readConstraint({ text, dialect }: Reader, tokens: readonly Token[]): Constraint | undefined {
  const at = tokens[0]?.start ?? 0;
  const rest = cursor(tokens);
  const name = rest.take('CONSTRAINT') && !isConstraint(rest.peek()) ? rest.word() : undefined;
  const sql = written(text, rest.rest());
  const base = { ...EMPTY, name, columns: undefined, keys: [], sql, at };
  const unique = rest.is('UNIQUE');
  if (unique || rest.is('PRIMARY', 'KEY')) {
    rest.next();
    const named = indexName(rest);
    const parts = keyParts(text, dialect, rest.parens() ?? []);
    return { ...base, type: unique ? 'unique' : 'primary', name: name ?? (unique ? named : undefined), ...parts };
  }
  if (rest.take('CHECK')) {
    const inner = rest.parens() ?? [];
    return { ...base, type: 'check', columns: [], condition: written(text, inner), neverNull: neverNull(inner) };
  }
  if (rest.take('FOREIGN', 'KEY')) {
    const named = rest.is('(') ? undefined : rest.word();
    const columns = names(rest.parens() ?? []);
    const table = rest.take('REFERENCES') ? rest.name() : undefined;
    const references = table && { table, columns: names(rest.parens() ?? []) };
    const keys = columns.map((column) => quote(dialect, column));
    return { ...base, type: 'foreign', name: name ?? named, columns, keys, references };
  }
  return undefined;
}

export interface IndexParts {
  readonly name: string | undefined;
  readonly method: 'fulltext' | 'spatial' | undefined;
  readonly columns: readonly string[] | undefined;
  readonly keys: readonly string[];
}

/** MySQL's `[FULLTEXT | SPATIAL] {INDEX | KEY} …` among the columns of a table; undefined: these tokens are none. */
export function readIndex({ text, dialect }: Reader, tokens: readonly Token[]): IndexParts | undefined {
  if (dialect === 'sqlite') return undefined;
  const rest = cursor(tokens);
  const special = rest.takeOne(['FULLTEXT', 'SPATIAL']);
  if (special === undefined && !rest.is('INDEX') && !rest.is('KEY')) return undefined;
  const name = indexName(rest);
  const method = special === undefined ? undefined : special === 'FULLTEXT' ? 'fulltext' : 'spatial';
  return { name, method, ...keyParts(text, dialect, rest.parens() ?? []) };
}

/** After UNIQUE or PRIMARY: [INDEX | KEY] [IF NOT EXISTS] [name] [USING type]; the cursor ends at the parenthesis. */
function indexName(rest: ReturnType<typeof cursor>): string | undefined {
  rest.takeOne(['INDEX', 'KEY']);
  rest.take('IF', 'NOT', 'EXISTS');
  const name = rest.is('(') || rest.is('USING') ? undefined : rest.word();
  while (rest.peek() !== undefined && !rest.is('(')) rest.next();
  return name;
}

/** What an index or a constraint is over. A prefix, `note(10)`, counts as the expression that it is. */
export function keyParts(
  text: string,
  dialect: Dialect,
  tokens: readonly Token[],
): { columns: readonly string[] | undefined; keys: readonly string[] } {
  const columns: string[] = [];
  const keys: string[] = [];
  let plain = true;
  for (const part of split(tokens)) {
    const ordered = isWord(part.at(-1), 'ASC') || isWord(part.at(-1), 'DESC') ? part.slice(0, -1) : part;
    const [first] = ordered;
    const name = nameOf(first);
    if (name !== undefined && ordered.length === 1) {
      columns.push(name);
      keys.push(quote(dialect, name));
    } else if (dialect !== 'sqlite' && name !== undefined && isWord(ordered[1], '(') && ordered[2]?.kind === 'number') {
      columns.push(name);
      keys.push(`LEFT(${quote(dialect, name)}, ${ordered[2].text})`);
    } else {
      plain = plain && name !== undefined && isWord(ordered[1], 'COLLATE');
      if (name !== undefined) columns.push(name);
      keys.push(written(text, ordered));
    }
  }
  return { columns: plain ? columns : undefined, keys };
}

export const names = (tokens: readonly Token[]): string[] =>
  split(tokens).flatMap((part) => {
    const name = nameOf(part[0]);
    return name === undefined ? [] : [name];
  });

function isConstraint(token: Token | undefined): boolean {
  return ['PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN', 'REFERENCES', 'NOT', 'DEFAULT'].some((word) => isWord(token, word));
}

/** Index of the first token that belongs no more to the type. */
function typeEnd(tokens: readonly Token[]): number {
  let depth = 0;
  for (let at = 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (isWord(token, '(')) depth++;
    else if (isWord(token, ')')) depth--;
    else if (depth === 0 && token?.kind === 'word' && (AFTER_TYPE.has(token.value) || isCharset(tokens, at))) return at;
  }
  return tokens.length;
}

const isCharset = (tokens: readonly Token[], at: number): boolean =>
  isWord(tokens[at], 'CHARACTER') && isWord(tokens[at + 1], 'SET');

function typeText(tokens: readonly Token[]): string {
  let type = '';
  for (const token of tokens) {
    const word = token.kind === 'word' ? token.text.toLowerCase() : token.text;
    const tight = type === '' || /[(,]$/.test(type) || /^[(),]$/.test(word);
    type += tight ? word : ` ${word}`;
  }
  return type;
}

function readFallback(text: string, rest: ReturnType<typeof cursor>): Fallback {
  const before = rest.rest();
  const sql = () => written(text, before.slice(0, before.length - rest.rest().length));
  const inner = rest.parens();
  if (inner !== undefined) {
    const volatile = inner.some((token) => token.kind === 'word' && /^(RAND|RANDOM|UUID|RANDOMBLOB)/.test(token.value));
    return { sql: sql(), kind: volatile ? 'volatile' : 'fixed', computed: true };
  }
  rest.takeOne(['+', '-']);
  const first = rest.next();
  rest.parens();
  // An introducer or a prefix of a text: _utf8mb4'x', b'0'.
  if (first?.kind === 'word' && rest.peek()?.kind === 'string' && rest.peek()?.start === first.end) rest.next();
  const present = first?.kind === 'word' && /^(CURRENT_|NOW$|LOCALTIME)/.test(first.value);
  return { sql: sql(), kind: isWord(first, 'NULL') ? 'null' : 'fixed', computed: present };
}

function skipActions(rest: ReturnType<typeof cursor>): void {
  for (;;) {
    if (rest.take('ON', 'DELETE') || rest.take('ON', 'UPDATE')) {
      if (!rest.take('SET', 'NULL') && !rest.take('SET', 'DEFAULT') && !rest.take('NO', 'ACTION')) rest.next();
    } else if (rest.take('MATCH')) rest.next();
    else if (rest.take('NOT', 'DEFERRABLE') || rest.take('DEFERRABLE')) continue;
    else if (rest.take('INITIALLY')) rest.next();
    else return;
  }
}

/** The column of `column IS NOT NULL`. */
function neverNull(tokens: readonly Token[]): string | undefined {
  const name = nameOf(tokens[0]);
  const only = tokens.length === 4 && ['IS', 'NOT', 'NULL'].every((word, index) => isWord(tokens[index + 1], word));
  return only ? name : undefined;
}
