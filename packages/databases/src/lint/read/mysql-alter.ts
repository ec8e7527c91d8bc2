import type { Change } from '../changes.ts';
import type { Name } from '../names.ts';
import { type Reader, readColumn, readConstraint, readIndex } from './columns.ts';
import { type Cursor, cursor, isWord, split, written } from './cursor.ts';
import type { Token } from './tokens.ts';

export interface Alteration {
  readonly changes: readonly Change[];
  readonly algorithm: string | undefined;
  readonly lock: string | undefined;
  readonly waits: boolean;
}

/** @param rest behind ALTER [ONLINE] [IGNORE] TABLE [IF EXISTS] */
export function readAlterTable(reader: Reader, rest: Cursor, at: number): Alteration {
  const table = rest.name();
  const waits = rest.take('NOWAIT') || (rest.take('WAIT') && rest.next() !== undefined);
  const changes: Change[] = [];
  let algorithm: string | undefined;
  let lock: string | undefined;
  if (table === undefined) return { changes: [{ kind: 'other', at }], algorithm, lock, waits };
  // Partitioning stands behind the other actions without a comma before it.
  const tokens = rest.rest();
  const partition = tokens.findIndex((token, i) => isWord(token, 'PARTITION') && isWord(tokens[i + 1], 'BY'));
  for (const part of split(partition < 0 ? tokens : tokens.slice(0, partition))) {
    const item = cursor(part);
    const option = item.takeOne(['ALGORITHM', 'LOCK']);
    if (option === undefined) changes.push(...readAction(reader, table, part));
    else {
      item.take('=');
      const value = item.peek()?.value.toLowerCase();
      if (option === 'LOCK') lock = value;
      else algorithm = value;
    }
  }
  if (partition >= 0)
    changes.push({ kind: 'rewrite', table, what: 'PARTITION BY', blocks: true, at: tokens[partition]?.start ?? at });
  return { changes: changes.length === 0 ? [{ kind: 'other', at }] : changes, algorithm, lock, waits };
}

function readAction(reader: Reader, table: Name, tokens: readonly Token[]): Change[] {
  const at = tokens[0]?.start ?? 0;
  const item = cursor(tokens);
  switch (item.next()?.value) {
    case 'ADD':
      return readAdd(reader, table, item, at);
    case 'DROP':
      return [readDrop(table, item, at)];
    case 'ALTER':
      return [readAlterColumn(table, item, at)];
    case 'CHANGE':
    case 'MODIFY': {
      const changes = isWord(tokens[0], 'CHANGE');
      item.take('COLUMN');
      item.take('IF', 'EXISTS');
      const old = changes ? item.word() : undefined;
      const spec = readColumn(reader, item.rest());
      const column = old ?? spec.name;
      const placed = isPlaced(tokens);
      const renamed = old !== undefined && old.toLowerCase() !== spec.name.toLowerCase();
      return [
        ...(renamed ? [{ kind: 'rename-column' as const, table, column, to: spec.name, at }] : []),
        { kind: 'restate-column', table, column: renamed ? spec.name : column, spec, placed, at },
      ];
    }
    case 'RENAME':
      return [readRename(table, item, at)];
    case 'CONVERT':
      item.take('TO');
      item.take('CHARACTER', 'SET');
      item.take('CHARSET');
      item.take('=');
      return [{ kind: 'charset', table, to: item.word() ?? '', at }];
    case 'ENGINE':
      item.take('=');
      return [{ kind: 'rewrite', table, what: `ENGINE = ${item.word() ?? ''}`, blocks: false, at }];
    case 'FORCE':
      return [{ kind: 'rewrite', table, what: 'FORCE', blocks: false, at }];
    case 'ROW_FORMAT':
    case 'KEY_BLOCK_SIZE':
      return [{ kind: 'rewrite', table, what: written(reader.text, tokens), blocks: false, at }];
    case 'ORDER':
      return [{ kind: 'rewrite', table, what: 'ORDER BY', blocks: true, at }];
    case 'TRUNCATE':
      return [{ kind: 'partition', verb: 'truncate', concurrently: false, table, at }];
    case 'COALESCE':
    case 'REORGANIZE':
    case 'REBUILD':
    case 'EXCHANGE':
    case 'REMOVE':
      return [{ kind: 'partition', verb: 'change', concurrently: false, table, at }];
    default:
      return [{ kind: 'other', at }];
  }
}

function readAdd(reader: Reader, table: Name, item: Cursor, at: number): Change[] {
  if (item.take('PARTITION')) return [{ kind: 'other', at }];
  const definition = item.rest();
  const constraint = readConstraint(reader, definition);
  if (constraint !== undefined) return [{ kind: 'add-constraint', table, constraint, at }];
  const index = readIndex(reader, definition);
  if (index !== undefined) {
    const { name, method, columns, keys } = index;
    const sql = written(reader.text, definition);
    const plain = { unique: false, where: undefined, nullsEqual: false, concurrently: false };
    return [{ kind: 'create-index', table, name, method, columns, keys, ...plain, sql, at }];
  }
  item.take('COLUMN');
  item.take('IF', 'NOT', 'EXISTS');
  const several = item.parens();
  const columns = several === undefined ? [item.rest()] : split(several);
  return columns.map((column) => ({
    kind: 'add-column' as const,
    table,
    spec: readColumn(reader, column),
    placed: isPlaced(column),
    at: several === undefined ? at : (column[0]?.start ?? at),
  }));
}

function isPlaced(tokens: readonly Token[]): boolean {
  return isWord(tokens.at(-1), 'FIRST') || isWord(tokens.at(-2), 'AFTER');
}

function readDrop(table: Name, item: Cursor, at: number): Change {
  if (item.take('PRIMARY', 'KEY')) return { kind: 'drop-constraint', table, what: 'PRIMARY KEY', name: undefined, at };
  if (item.take('PARTITION')) return { kind: 'partition', verb: 'drop', concurrently: false, table, at };
  if (item.takeOne(['INDEX', 'KEY']) !== undefined) {
    item.take('IF', 'EXISTS');
    const name = { schema: undefined, name: item.word() ?? '' };
    return { kind: 'drop-index', name, table, concurrently: false, at };
  }
  const what = item.take('FOREIGN', 'KEY') ? 'FOREIGN KEY' : item.takeOne(['CONSTRAINT', 'CHECK']);
  if (what === undefined) item.take('COLUMN');
  item.take('IF', 'EXISTS');
  const name = item.word() ?? '';
  return what === undefined
    ? { kind: 'drop-column', table, column: name, at }
    : { kind: 'drop-constraint', table, what, name, at };
}

function readAlterColumn(table: Name, item: Cursor, at: number): Change {
  if (item.takeOne(['INDEX', 'CHECK', 'CONSTRAINT']) !== undefined) return { kind: 'other', at };
  item.take('COLUMN');
  item.take('IF', 'EXISTS');
  const column = item.word() ?? '';
  if (item.take('SET', 'DEFAULT')) return { kind: 'set-default', table, column, at };
  return item.take('DROP', 'DEFAULT') ? { kind: 'drop-default', table, column, at } : { kind: 'other', at };
}

function readRename(table: Name, item: Cursor, at: number): Change {
  if (item.takeOne(['INDEX', 'KEY']) !== undefined) {
    const name = { schema: undefined, name: item.word() ?? '' };
    item.take('TO');
    return { kind: 'rename-object', what: 'index', name, to: item.word() ?? '', at };
  }
  if (item.take('COLUMN')) {
    item.take('IF', 'EXISTS');
    const column = item.word() ?? '';
    item.take('TO');
    return { kind: 'rename-column', table, column, to: item.word() ?? '', at };
  }
  item.takeOne(['TO', 'AS', '=']);
  return { kind: 'rename-table', table, to: item.name() ?? table, at };
}
