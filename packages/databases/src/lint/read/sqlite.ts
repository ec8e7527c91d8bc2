import type { Change, Reading, Statement } from '../changes.ts';
import type { Name } from '../names.ts';
import type { Source } from '../source.ts';
import { keyParts, type Reader, readColumn, readConstraint } from './columns.ts';
import { type Cursor, cursor, isWord, split, written } from './cursor.ts';
import { pieces } from './split.ts';
import { type Token, tokenize } from './tokens.ts';
import { readWrite } from './writes.ts';

/** The statements of a file for SQLite. */
export function readSqlite(source: Source): Reading {
  const { tokens, comments, open } = tokenize(source.text, 'sqlite');
  const reader: Reader = { text: source.text, dialect: 'sqlite' };
  const statements = pieces(tokens, 'sqlite').flatMap((piece) => readPiece(reader, piece.tokens));
  if (open !== undefined) {
    const message = `this ${open.what} is never closed`;
    statements.push({ at: open.at, text: '', changes: [{ kind: 'syntax-error', message, at: open.at }] });
  }
  return { statements, comments };
}

/** A dot-command of the sqlite3 program has no semicolon: it ends with its line. */
function readPiece(reader: Reader, tokens: readonly Token[]): Statement[] {
  const [first, second] = tokens;
  const at = first?.start ?? 0;
  if (!isWord(first, '.') || second?.kind !== 'word')
    return [{ at, text: written(reader.text, tokens), changes: readStatement(reader, tokens, at) }];
  const end = reader.text.indexOf('\n', at);
  const behind = end < 0 ? [] : tokens.filter((token) => token.start > end);
  const word = `.${second.text}`;
  const command: Statement = { at, text: word, changes: [{ kind: 'client-command', word, at }] };
  return behind.length === 0 ? [command] : [command, ...readPiece(reader, behind)];
}

const NOWHERE: Name = { schema: undefined, name: '' };

function readStatement(reader: Reader, tokens: readonly Token[], at: number): Change[] {
  const [first] = tokens;
  if (first?.kind !== 'word') return [{ kind: 'unknown', word: first?.text ?? '', at }];
  const rest = cursor(tokens.slice(1));
  switch (first.value) {
    case 'CREATE':
      return readCreate(reader, tokens, at);
    case 'ALTER':
      return rest.take('TABLE') ? readAlter(reader, rest, at) : [unsupported(`ALTER ${rest.peek()?.text ?? ''}`, at)];
    case 'DROP':
      return [readDrop(rest, at)];
    case 'INSERT':
    case 'REPLACE':
    case 'UPDATE':
    case 'DELETE':
    case 'WITH':
      return [readWrite(reader, tokens) ?? { kind: 'other', at }];
    case 'BEGIN':
      return [{ kind: 'transaction', verb: 'begin', at }];
    case 'COMMIT':
    case 'END':
      return [{ kind: 'transaction', verb: 'commit', at }];
    case 'ROLLBACK':
      rest.take('TRANSACTION');
      return [{ kind: 'transaction', verb: rest.is('TO') ? 'savepoint' : 'rollback', at }];
    case 'SAVEPOINT':
    case 'RELEASE':
      return [{ kind: 'transaction', verb: 'savepoint', at }];
    case 'PRAGMA':
      return [readPragma(rest, at)];
    case 'VACUUM':
      return [{ kind: 'maintain', verb: 'vacuum-full', concurrently: false, table: undefined, at }];
    case 'REINDEX':
      return [{ kind: 'maintain', verb: 'reindex', concurrently: false, table: rest.name(), at }];
    case 'ATTACH':
    case 'DETACH':
      return [{ kind: 'use', name: rest.rest().at(-1)?.value ?? '', at }];
    case 'SELECT':
    case 'VALUES':
    case 'ANALYZE':
    case 'EXPLAIN':
      return [{ kind: 'other', at }];
    default:
      return [FOREIGN.has(first.value) ? unsupported(first.value, at) : { kind: 'unknown', word: first.text, at }];
  }
}

/** Statements of other engines. */
const FOREIGN = new Set(
  'TRUNCATE RENAME GRANT REVOKE LOCK UNLOCK MERGE COPY CALL COMMENT DO USE SET START LOAD'.split(' '),
);

const unsupported = (what: string, at: number, table?: Name, since?: string): Change => ({
  kind: 'unsupported',
  what,
  since,
  table,
  at,
});

function readPragma(rest: Cursor, at: number): Change {
  const name = rest.name()?.name.toLowerCase() ?? '';
  const value = (rest.take('=') ? rest.next() : rest.parens()?.[0])?.value.toLowerCase() ?? '';
  return value === '' ? { kind: 'other', at } : { kind: 'setting', name, value, scope: 'session', at };
}

function readCreate(reader: Reader, tokens: readonly Token[], at: number): Change[] {
  const rest = cursor(tokens.slice(1));
  const temporary = rest.takeOne(['TEMP', 'TEMPORARY']) !== undefined;
  const unique = rest.take('UNIQUE');
  const virtual = rest.take('VIRTUAL');
  const what = rest.next()?.value ?? '';
  const ifNotExists = rest.take('IF', 'NOT', 'EXISTS');
  const name = rest.name() ?? NOWHERE;
  switch (what) {
    case 'TABLE': {
      const inner = virtual ? [] : (rest.parens() ?? []);
      const { columns, constraints } = readTable(reader, inner);
      return [{ kind: 'create-table', table: name, columns, constraints, temporary, ifNotExists, at }];
    }
    case 'INDEX': {
      rest.take('ON');
      const table = rest.name() ?? NOWHERE;
      const parts = keyParts(reader.text, 'sqlite', rest.parens() ?? []);
      const where = rest.take('WHERE') ? written(reader.text, rest.rest()) : undefined;
      const plain = { nullsEqual: false, concurrently: false, method: undefined, sql: written(reader.text, tokens) };
      return [{ kind: 'create-index', name: name.name, table, unique, ...parts, where, ...plain, at }];
    }
    case 'TRIGGER': {
      while (rest.peek() !== undefined && !rest.take('ON')) rest.next();
      return [{ kind: 'create-trigger', name: name.name, table: rest.name() ?? NOWHERE, at }];
    }
    case 'VIEW':
      return [{ kind: 'create-object', what: 'view', name, replaces: false, at }];
    default:
      return [unsupported(`CREATE ${what}`, at)];
  }
}

/** The parts of a CREATE TABLE. Also read from sqlite_master of a database that is there. */
export function readTable(reader: Reader, inner: readonly Token[]) {
  const columns = [];
  const constraints = [];
  for (const part of split(inner)) {
    const constraint = readConstraint(reader, part);
    if (constraint === undefined) columns.push(readColumn(reader, part));
    else constraints.push(constraint);
  }
  return { columns, constraints };
}

function readAlter(reader: Reader, rest: Cursor, at: number): Change[] {
  const table = rest.name() ?? NOWHERE;
  const verb = rest.next()?.value ?? '';
  const here = rest.peek()?.start ?? at;
  switch (verb) {
    case 'RENAME': {
      if (rest.take('TO')) return [{ kind: 'rename-table', table, to: rest.name() ?? NOWHERE, at }];
      rest.take('COLUMN');
      const column = rest.word() ?? '';
      rest.take('TO');
      return [{ kind: 'rename-column', table, column, to: rest.word() ?? '', at }];
    }
    case 'ADD': {
      const constraint = readConstraint(reader, rest.rest());
      if (constraint === undefined) {
        rest.take('COLUMN');
        const spec = readColumn(reader, rest.rest());
        return [{ kind: 'add-column', table, spec, placed: false, at }];
      }
      const check = constraint.type === 'check';
      const what = `ALTER TABLE … ADD CONSTRAINT${check ? ' … CHECK' : ''}`;
      return [
        unsupported(what, here, table, check ? '3.53' : undefined),
        ...(check ? [{ kind: 'add-constraint' as const, table, constraint, at: here }] : []),
      ];
    }
    case 'DROP': {
      if (rest.take('CONSTRAINT')) {
        const name = rest.word();
        return [
          unsupported('ALTER TABLE … DROP CONSTRAINT', here, table, '3.53'),
          { kind: 'drop-constraint', table, what: 'CONSTRAINT', name, at: here },
        ];
      }
      rest.take('COLUMN');
      return [{ kind: 'drop-column', table, column: rest.word() ?? '', at }];
    }
    case 'ALTER': {
      rest.take('COLUMN');
      const column = rest.word() ?? '';
      const set = rest.is('SET', 'NOT', 'NULL');
      if (!set && !rest.is('DROP', 'NOT', 'NULL')) return [unsupported('ALTER TABLE … ALTER COLUMN', here, table)];
      return [
        unsupported('ALTER TABLE … ALTER COLUMN … NOT NULL', here, table, '3.53'),
        { kind: set ? 'set-not-null' : 'drop-not-null', table, column, at: here },
      ];
    }
    default:
      return [unsupported(`ALTER TABLE … ${verb}`, here, table)];
  }
}

function readDrop(rest: Cursor, at: number): Change {
  const what = rest.next()?.value ?? '';
  rest.take('IF', 'EXISTS');
  const name = rest.name() ?? NOWHERE;
  if (what === 'TABLE') return { kind: 'drop-table', table: name, at };
  if (what === 'INDEX') return { kind: 'drop-index', name, table: undefined, concurrently: false, at };
  if (what === 'VIEW' || what === 'TRIGGER')
    return { kind: 'drop-object', what: what.toLowerCase(), name, table: undefined, at };
  return unsupported(`DROP ${what}`, at);
}
