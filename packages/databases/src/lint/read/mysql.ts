import type { Change, Reading, Statement } from '../changes.ts';
import type { Name } from '../names.ts';
import type { Source } from '../source.ts';
import { keyParts, type Reader, readColumn, readConstraint, readIndex } from './columns.ts';
import { type Cursor, cursor, find, isWord, split, written } from './cursor.ts';
import { readAlterTable } from './mysql-alter.ts';
import { readRights, readSet } from './mysql-server.ts';
import { type Piece, pieces } from './split.ts';
import { type Token, tokenize } from './tokens.ts';
import { readTruncate, readWrite } from './writes.ts';

/** The statements of a file for MySQL or MariaDB. */
export function readMysql(source: Source, dialect: 'mysql' | 'mariadb'): Reading {
  const { tokens, comments, open } = tokenize(source.text, dialect);
  const reader: Reader = { text: source.text, dialect };
  const statements = pieces(tokens, dialect).map((piece) => readStatement(reader, piece));
  if (open !== undefined) {
    const message = `this ${open.what} is never closed`;
    statements.push({ at: open.at, text: '', changes: [{ kind: 'syntax-error', message, at: open.at }] });
  }
  return { statements, comments };
}

function readStatement(reader: Reader, { tokens, needsDelimiter }: Piece): Statement {
  const at = tokens[0]?.start ?? 0;
  const text = written(reader.text, tokens);
  const rest = cursor(tokens);
  // MariaDB: a setting for one statement.
  const settled = rest.is('SET', 'STATEMENT') ? find(tokens, 'FOR') : -1;
  if (settled >= 0 && settled + 1 < tokens.length) {
    const waits = tokens.slice(0, settled).some((token) => isWord(token, 'LOCK_WAIT_TIMEOUT'));
    const inner = readStatement(reader, { tokens: tokens.slice(settled + 1), needsDelimiter });
    return waits ? { ...inner, waits } : inner;
  }
  if (rest.take('ALTER')) {
    while (rest.takeOne(['ONLINE', 'IGNORE']) !== undefined);
    if (rest.take('TABLE')) {
      rest.take('IF', 'EXISTS');
      return { at, text, ...readAlterTable(reader, rest, at) };
    }
  }
  const { changes, algorithm, lock } = readOther(reader, tokens, at);
  const found: readonly Change[] = needsDelimiter ? [...changes, { kind: 'needs-delimiter', at }] : changes;
  return { at, text, changes: found, algorithm, lock };
}

interface Read {
  readonly changes: readonly Change[];
  readonly algorithm?: string | undefined;
  readonly lock?: string | undefined;
}

function readOther(reader: Reader, tokens: readonly Token[], at: number): Read {
  const [first] = tokens;
  const one = (change: Change | undefined): Read => ({ changes: [change ?? { kind: 'other', at }] });
  if (first?.kind !== 'word') return one(first?.text === '(' ? undefined : unknown(first?.text ?? '', at));
  const rest = cursor(tokens.slice(1));
  const server = readRights(tokens, at) ?? readSet(tokens, at);
  if (server !== undefined) return { changes: server };
  switch (first.value) {
    case 'CREATE':
      return readCreate(reader, tokens, at);
    case 'DROP':
      return { changes: readDrop(rest, at) };
    case 'RENAME':
      return { changes: rest.takeOne(['TABLE', 'TABLES']) === undefined ? [] : readRenames(rest, at) };
    case 'TRUNCATE':
      return one(readTruncate(reader, tokens));
    case 'INSERT':
    case 'REPLACE':
    case 'UPDATE':
    case 'DELETE':
    case 'WITH':
      return one(readWrite(reader, tokens));
    case 'LOAD':
      return { changes: [{ kind: 'load', what: 'LOAD DATA', table: rowsInto(tokens), at }] };
    case 'SELECT':
      return one(
        find(tokens, 'OUTFILE', 'DUMPFILE') < 0
          ? undefined
          : { kind: 'load', what: 'SELECT … INTO OUTFILE', table: undefined, at },
      );
    case 'ALTER':
      return { changes: readAlterOther(rest, at) };
    case 'START':
    case 'BEGIN':
    case 'COMMIT':
    case 'ROLLBACK':
    case 'SAVEPOINT':
    case 'RELEASE':
      return one(readTransaction(rest, first.value, at));
    case 'LOCK':
      rest.takeOne(['TABLES', 'TABLE']);
      return one({ kind: 'lock-table', table: rest.name(), at });
    case 'OPTIMIZE':
    case 'REPAIR':
      rest.takeOne(['NO_WRITE_TO_BINLOG', 'LOCAL']);
      rest.takeOne(['TABLE', 'TABLES']);
      return one({ kind: 'maintain', verb: 'optimize', concurrently: false, table: rest.name(), at });
    case 'USE':
      return one({ kind: 'use', name: rest.word() ?? '', at });
    case 'CALL':
    case 'EXECUTE':
    case 'PREPARE':
    case 'SOURCE':
      if (first.value === 'SOURCE') return one({ kind: 'client-command', word: 'source', at });
      return one({ kind: 'opaque', what: first.value, parts: 0, at });
    default:
      return one(HARMLESS.has(first.value) ? undefined : unknown(first.text, at));
  }
}

const unknown = (word: string, at: number): Change =>
  word.startsWith('\\') ? { kind: 'client-command', word, at } : { kind: 'unknown', word, at };

const HARMLESS = new Set(
  `SELECT VALUES TABLE SHOW DESCRIBE DESC EXPLAIN ANALYZE CHECK CHECKSUM DEALLOCATE DO FLUSH UNLOCK HANDLER HELP IMPORT CACHE SIGNAL
RESIGNAL GET KILL`.split(/\s+/),
);

function readTransaction(rest: Cursor, word: string, at: number): Change {
  if (word === 'BEGIN' && rest.is('NOT')) return { kind: 'opaque', what: 'BEGIN NOT ATOMIC', parts: 0, at };
  if (word === 'START' && !rest.is('TRANSACTION')) return { kind: 'other', at };
  if (word === 'SAVEPOINT' || word === 'RELEASE' || rest.is('TO') || rest.is('WORK', 'TO'))
    return { kind: 'transaction', verb: 'savepoint', at };
  const verb = word === 'COMMIT' ? 'commit' : word === 'ROLLBACK' ? 'rollback' : 'begin';
  return { kind: 'transaction', verb, at };
}

function readCreate(reader: Reader, tokens: readonly Token[], at: number): Read {
  const rest = cursor(tokens.slice(1));
  const replaces = rest.take('OR', 'REPLACE');
  const temporary = rest.take('TEMPORARY');
  if (rest.take('TABLE')) {
    const ifNotExists = rest.take('IF', 'NOT', 'EXISTS');
    const table = rest.name() ?? { schema: undefined, name: '' };
    const inner = rest.is('(', 'SELECT') || rest.is('(', 'LIKE') ? undefined : rest.parens();
    const { columns, constraints } = readTable(reader, inner ?? []);
    const created: Change = { kind: 'create-table', table, columns, constraints, temporary, ifNotExists, at };
    return { changes: replaces ? [{ kind: 'drop-table', table, at }, created] : [created] };
  }
  if (rest.takeOne(['DATABASE', 'SCHEMA']) !== undefined) {
    rest.take('IF', 'NOT', 'EXISTS');
    return { changes: [{ kind: 'database', what: 'CREATE DATABASE', name: rest.word() ?? '', at }] };
  }
  rest.takeOne(['ONLINE', 'OFFLINE']);
  const special = rest.takeOne(['UNIQUE', 'FULLTEXT', 'SPATIAL']);
  if (rest.take('INDEX')) {
    rest.take('IF', 'NOT', 'EXISTS');
    const name = rest.is('ON') ? undefined : rest.word();
    while (rest.peek() !== undefined && !rest.take('ON')) rest.next();
    const table = rest.name() ?? { schema: undefined, name: '' };
    const parts = keyParts(reader.text, reader.dialect, rest.parens() ?? []);
    const method = special === 'FULLTEXT' ? 'fulltext' : special === 'SPATIAL' ? 'spatial' : undefined;
    const plain = { where: undefined, nullsEqual: false, concurrently: false, sql: written(reader.text, tokens) };
    const change: Change = {
      kind: 'create-index',
      name,
      table,
      unique: special === 'UNIQUE',
      method,
      ...parts,
      ...plain,
      at,
    };
    return { changes: [change], ...onlineOptions(rest.rest()) };
  }
  return { changes: [readCreateOther(tokens, replaces, at)] };
}

/** ALGORITHM and LOCK behind a CREATE INDEX. */
function onlineOptions(tokens: readonly Token[]): Pick<Read, 'algorithm' | 'lock'> {
  const value = (option: string) => {
    const index = tokens.findIndex((token) => isWord(token, option));
    if (index < 0) return undefined;
    return (isWord(tokens[index + 1], '=') ? tokens[index + 2] : tokens[index + 1])?.value.toLowerCase();
  };
  return { algorithm: value('ALGORITHM'), lock: value('LOCK') };
}

/** The parts of a CREATE TABLE. Also read from what a server says of a table that is there. */
export function readTable(reader: Reader, inner: readonly Token[]) {
  const columns = [];
  const constraints = [];
  const indexes = [];
  for (const part of split(inner)) {
    const constraint = readConstraint(reader, part);
    const index = constraint === undefined ? readIndex(reader, part) : undefined;
    if (constraint !== undefined) constraints.push(constraint);
    else if (index !== undefined) indexes.push(index);
    else if (!isWord(part[0], 'PERIOD') && !isWord(part[0], 'LIKE')) columns.push(readColumn(reader, part));
  }
  return { columns, constraints, indexes };
}

const OBJECTS = ['VIEW', 'PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT', 'SEQUENCE', 'SERVER', 'PACKAGE'];

function readCreateOther(tokens: readonly Token[], replaces: boolean, at: number): Change {
  const index = tokens.findIndex((token) => token.kind === 'word' && OBJECTS.includes(token.value));
  if (index < 0) return { kind: 'other', at };
  const what = tokens[index]?.value ?? '';
  const rest = cursor(tokens.slice(index + 1));
  rest.take('BODY');
  rest.take('IF', 'NOT', 'EXISTS');
  const name = rest.name() ?? { schema: undefined, name: '' };
  if (what === 'EVENT') return { kind: 'create-event', name: name.name, at };
  if (what === 'TRIGGER') {
    while (rest.peek() !== undefined && !rest.take('ON')) rest.next();
    return { kind: 'create-trigger', name: name.name, table: rest.name() ?? name, at };
  }
  return { kind: 'create-object', what: what.toLowerCase(), name, replaces, at };
}

function readDrop(rest: Cursor, at: number): Change[] {
  rest.take('TEMPORARY');
  const what = rest.next()?.value ?? '';
  rest.take('IF', 'EXISTS');
  if (what === 'TABLE' || what === 'TABLES')
    return nameList(rest).map(({ name, start }, index) => ({
      kind: 'drop-table',
      table: name,
      at: index === 0 ? at : start,
    }));
  if (what === 'DATABASE' || what === 'SCHEMA')
    return [{ kind: 'database', what: 'DROP DATABASE', name: rest.word() ?? '', at }];
  if (what === 'PREPARE') return [{ kind: 'other', at }];
  const named = nameList(rest);
  const name = named[0]?.name ?? { schema: undefined, name: '' };
  if (what === 'INDEX') {
    while (rest.peek() !== undefined && !rest.take('ON')) rest.next();
    return [{ kind: 'drop-index', name, table: rest.name(), concurrently: false, at }];
  }
  return [{ kind: 'drop-object', what: what.toLowerCase(), name, table: undefined, at }];
}

/** Names with commas between them. */
function nameList(rest: Cursor): { name: Name; start: number }[] {
  const found: { name: Name; start: number }[] = [];
  do {
    const start = rest.peek()?.start ?? 0;
    const name = rest.name();
    if (name !== undefined) found.push({ name, start });
  } while (rest.take(','));
  return found;
}

function readRenames(rest: Cursor, at: number): Change[] {
  rest.take('IF', 'EXISTS');
  return split(rest.rest()).map((part, index) => {
    const one = cursor(part);
    const table = one.name() ?? { schema: undefined, name: '' };
    while (one.peek() !== undefined && !one.take('TO')) one.next();
    return { kind: 'rename-table', table, to: one.name() ?? table, at: index === 0 ? at : (part[0]?.start ?? at) };
  });
}

function readAlterOther(rest: Cursor, at: number): Change[] {
  const what = rest.next()?.value;
  if (what === 'DATABASE' || what === 'SCHEMA')
    return [{ kind: 'database', what: 'ALTER DATABASE', name: rest.word() ?? '', at }];
  if (what === 'EVENT') return [{ kind: 'create-event', name: rest.name()?.name ?? '', at }];
  return [{ kind: 'other', at }];
}

function rowsInto(tokens: readonly Token[]): Name | undefined {
  const table = tokens.findIndex((token, index) => isWord(token, 'TABLE') && isWord(tokens[index - 1], 'INTO'));
  return table < 0 ? undefined : cursor(tokens.slice(table + 1)).name();
}
