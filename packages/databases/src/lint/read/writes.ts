import type { Change, ChangeOf } from '../changes.ts';
import type { Name } from '../names.ts';
import { names, type Reader } from './columns.ts';
import { cursor, find, isWord, nameOf, split, written } from './cursor.ts';
import type { Token } from './tokens.ts';

// INSERT, UPDATE, DELETE and CREATE TABLE … SELECT of MySQL, MariaDB and SQLite.

const MODIFIERS = ['LOW_PRIORITY', 'HIGH_PRIORITY', 'DELAYED', 'QUICK', 'IGNORE'];
const CONFLICTS = ['ROLLBACK', 'ABORT', 'REPLACE', 'FAIL', 'IGNORE'];

/** @param tokens of the whole statement; `WITH …` may stand before its verb. Undefined: it writes nothing. */
export function readWrite(reader: Reader, tokens: readonly Token[]): Change | undefined {
  const verb = isWord(tokens[0], 'WITH') ? find(tokens, 'INSERT', 'REPLACE', 'UPDATE', 'DELETE') : 0;
  if (verb < 0) return undefined;
  const at = tokens[0]?.start ?? 0;
  const rest = cursor(tokens.slice(verb));
  const word = rest.next()?.value;
  while (rest.takeOne(MODIFIERS) !== undefined);
  if (rest.take('OR')) rest.takeOne(CONFLICTS);
  const sql = written(reader.text, tokens);
  const base = { kind: 'write' as const, fromQuery: false, columns: [], reads: [], sql, at };
  switch (word) {
    case 'INSERT':
    case 'REPLACE': {
      rest.take('INTO');
      const table = rest.name();
      if (table === undefined) return undefined;
      const columns = names(rest.parens() ?? []);
      const tail = rest.rest();
      const query = find(tail, 'SELECT', 'TABLE');
      const fromQuery = query >= 0 || isWith(tail);
      return { ...base, verb: 'insert', table, bounded: false, fromQuery, columns, reads: tablesRead(tail) };
    }
    case 'UPDATE': {
      const table = rest.name();
      if (table === undefined) return undefined;
      const tail = rest.rest();
      const set = find(tail, 'SET');
      const columns = setColumns(tail.slice(set + 1));
      return { ...base, verb: 'update', table, bounded: isBounded(tail), columns };
    }
    case 'DELETE': {
      const all = rest.rest();
      const from = find(all, 'FROM');
      const table = cursor(from < 0 ? all : all.slice(from + 1)).name();
      if (table === undefined) return undefined;
      return { ...base, verb: 'delete', table, bounded: isBounded(all) };
    }
    default:
      return undefined;
  }
}

const isWith = (tokens: readonly Token[]): boolean => isWord(tokens[0], 'WITH') || isWord(tokens[0], '(');

/** The columns on the left of `=` between SET and what comes next. */
function setColumns(tokens: readonly Token[]): string[] {
  const end = find(tokens, 'WHERE', 'FROM', 'ORDER', 'LIMIT', 'RETURNING');
  return split(end < 0 ? tokens : tokens.slice(0, end)).flatMap((part) => {
    const equals = part.findIndex((token) => isWord(token, '='));
    const column = nameOf(part[equals - 1]);
    return column === undefined ? [] : [column];
  });
}

/** Does it choose rows: by a WHERE that can be false, a LIMIT, or a join? */
function isBounded(tokens: readonly Token[]): boolean {
  if (find(tokens, 'LIMIT') >= 0) return true;
  if (find(tokens, 'JOIN', 'USING') >= 0) return true;
  const where = find(tokens, 'WHERE');
  if (where < 0) return false;
  const behind = tokens.slice(where + 1);
  const end = find(behind, 'ORDER', 'RETURNING');
  return !isAlwaysTrue(end < 0 ? behind : behind.slice(0, end));
}

function isAlwaysTrue(tokens: readonly Token[]): boolean {
  const words = tokens.filter((token) => !isWord(token, '(') && !isWord(token, ')')).map(({ value }) => value);
  if (words.length === 1) return words[0] === 'TRUE' || /^[1-9]\d*$/.test(words[0] ?? '');
  const texts = tokens.every((token) => token.kind !== 'word' && token.kind !== 'quoted');
  return words.length === 3 && words[1] === '=' && words[0] === words[2] && texts;
}

/** The tables after FROM and JOIN, at any depth. */
export function tablesRead(tokens: readonly Token[]): Name[] {
  const found: Name[] = [];
  tokens.forEach((token, index) => {
    if (!isWord(token, 'FROM') && !isWord(token, 'JOIN')) return;
    if (isWord(tokens[index + 1], '(')) return;
    const name = cursor(tokens.slice(index + 1, index + 4)).name();
    if (name !== undefined) found.push(name);
  });
  return found;
}

/** A TRUNCATE, which is no statement of SQLite. */
export function readTruncate(reader: Reader, tokens: readonly Token[]): ChangeOf<'write'> | undefined {
  const rest = cursor(tokens);
  if (!rest.take('TRUNCATE')) return undefined;
  rest.take('TABLE');
  const table = rest.name();
  const at = tokens[0]?.start ?? 0;
  const nothing = { bounded: false, fromQuery: false, columns: [], reads: [] };
  return table && { kind: 'write', verb: 'truncate', table, ...nothing, sql: written(reader.text, tokens), at };
}
