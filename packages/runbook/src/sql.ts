const reading = new Set(['SELECT', 'VALUES', 'SHOW', 'TABLE']);
const writing = new Set(['INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'MERGE']);

/** SQLite's PRAGMAs that only read with a name in parentheses; any other takes what stands there as its new value. */
const asking = new Set([
  'TABLE_INFO',
  'TABLE_XINFO',
  'TABLE_LIST',
  'INDEX_INFO',
  'INDEX_XINFO',
  'INDEX_LIST',
  'FOREIGN_KEY_LIST',
  'FOREIGN_KEY_CHECK',
  'INTEGRITY_CHECK',
  'QUICK_CHECK',
]);
/** And those that do something without any value. */
const acting = new Set(['OPTIMIZE', 'INCREMENTAL_VACUUM', 'WAL_CHECKPOINT', 'SHRINK_MEMORY']);

/**
 * Why a statement of a check is not one that only reads, in words to be put after "got"; undefined when it is. What a function
 * of the database does is not looked at.
 */
export function notReading(sql: string): string | undefined {
  const tokens = tokensOf(sql);
  const end = tokens.indexOf(';');
  const statement = end < 0 ? tokens : tokens.slice(0, end);
  if (end >= 0 && tokens.slice(end).some((token) => token !== ';')) return 'several statements';
  return notOneReading(statement);
}

function notOneReading(tokens: readonly string[]): string | undefined {
  const [first] = tokens.filter((token) => token !== '(');
  if (first === undefined) return 'no statement';
  if (first === 'PRAGMA') return pragma(tokens.slice(1));
  if (first === 'EXPLAIN') return notOneReading(tokens.filter((token) => !explaining.has(token)));
  if (first !== 'WITH' && !reading.has(first)) return `the statement ${first}`;
  // Also one within a WITH: WITH gone AS (DELETE … RETURNING …).
  const within = tokens.find((token, index) => writes(tokens, index) && tokens[index - 1] === '(');
  if (within !== undefined) return `the statement ${within}`;
  const top = atTop(tokens);
  if (first === 'WITH') {
    const main = top.findIndex((token, index) => reading.has(token) || writes(top, index));
    if (main < 0) return 'a WITH without its SELECT';
    if (writes(top, main)) return `the statement ${top[main]}`;
  }
  return top.includes('INTO') ? 'SELECT … INTO, which writes' : undefined;
}

/** Followed by a parenthesis it is a function: replace(text, a, b). */
const writes = (tokens: readonly string[], index: number): boolean =>
  writing.has(tokens[index] ?? '') && tokens[index + 1] !== '(';

const explaining = new Set(['EXPLAIN', 'QUERY', 'PLAN', 'ANALYZE', 'VERBOSE']);

function pragma(tokens: readonly string[]): string | undefined {
  const dot = tokens.indexOf('.');
  const [name = '', next] = dot === 1 ? tokens.slice(2) : tokens;
  if (next === undefined && !acting.has(name)) return name === '' ? 'a PRAGMA without its name' : undefined;
  if (next === '(' && asking.has(name)) return undefined;
  return `PRAGMA ${name.toLowerCase()}, which ${acting.has(name) ? 'does something' : 'sets a value'}`;
}

/** The tokens outside of parentheses, and the parentheses that open there. */
function atTop(tokens: readonly string[]): readonly string[] {
  let depth = 0;
  return tokens.filter((token) => {
    if (token === ')') depth--;
    const top = depth <= 0;
    if (token === '(') depth++;
    return top;
  });
}

/** Words in upper case and marks; comments, texts and quoted names are left out, but for a mark in their place. */
function tokensOf(sql: string): readonly string[] {
  const found = sql.matchAll(
    /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|[A-Za-z_$][\w$]*|\d[\w.]*|[^\s]/g,
  );
  const tokens: string[] = [];
  for (const [token] of found) {
    if (token.startsWith('--') || token.startsWith('/*')) continue;
    tokens.push(/^['"`]/.test(token) ? "'" : token.toUpperCase());
  }
  return tokens;
}
