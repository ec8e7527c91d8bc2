import type { ChangeOf, Constraint } from '../changes.ts';
import { display, type Name, quote, quoteName } from '../names.ts';
import { duplicates, orphans, violations } from '../queries.ts';
import { isMysql, type Scene } from '../scene.ts';
import { rebuildTable } from './rebuild.ts';

// The safe ways for constraints and indexes.

/** A constraint's name, or the one that PostgreSQL would give it. */
export function constraintName(table: Name, constraint: Constraint): string {
  const ends = {
    unique: 'key',
    primary: 'pkey',
    check: 'check',
    foreign: 'fkey',
    'not-null': 'not_null',
    exclude: 'excl',
  };
  const columns = constraint.type === 'primary' ? [] : (constraint.columns ?? []);
  return constraint.name ?? [table.name, ...columns, ends[constraint.type]].join('_');
}

export function addUnique(scene: Scene, table: Name, constraint: Constraint): string[] {
  const { say } = scene.words;
  if (constraint.type === 'exclude') return [say.unlessFits(display(table)), say.laterAlone];
  return [
    ...firstUnique(scene, table, constraint.keys, { nullsEqual: constraint.nullsEqual }),
    ...buildUnique(scene, table, constraint),
  ];
}

/** A unique index as written. */
export function addUniqueIndex(scene: Scene, change: ChangeOf<'create-index'>): string[] {
  const { table, keys, nullsEqual, where, sql } = change;
  const steps = firstUnique(scene, table, keys, { nullsEqual, where });
  return [...steps, ...(scene.engine === 'postgres' ? indexConcurrently(scene, change) : [`${sql};`])];
}

function firstUnique(
  scene: Scene,
  table: Name,
  keys: readonly string[],
  options: { nullsEqual: boolean; where?: string | undefined },
): string[] {
  const { engine, words } = scene;
  return [
    words.say.unlessFits(`${display(table)} (${keys.join(', ')})`),
    words.say.count,
    duplicates(engine, quoteName(engine, table), keys, options),
    words.say.later,
  ];
}

/** The index beside writers, then the constraint on it, which is quick. */
export function buildUnique(scene: Scene, table: Name, constraint: Constraint): string[] {
  const { engine, words } = scene;
  const t = quoteName(engine, table);
  const name = quote(engine, constraintName(table, constraint));
  const keys = constraint.keys.join(', ');
  const kind = constraint.type === 'primary' ? 'PRIMARY KEY' : 'UNIQUE';
  if (engine === 'sqlite') return [`CREATE UNIQUE INDEX ${name} ON ${t} (${keys});`];
  if (isMysql(engine)) return [`ALTER TABLE ${t} ADD ${constraint.sql}, ALGORITHM=INPLACE, LOCK=NONE;`];
  const nulls = constraint.nullsEqual ? ' NULLS NOT DISTINCT' : '';
  return [
    words.say.ownFile,
    `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${t} (${keys})${nulls};`,
    words.say.thenFile,
    `ALTER TABLE ${t} ADD CONSTRAINT ${name} ${kind} USING INDEX ${name};`,
  ];
}

export function addCheck(scene: Scene, table: Name, constraint: Constraint): string[] {
  const { engine, words } = scene;
  const count =
    constraint.condition === undefined
      ? []
      : [words.say.count, violations(quoteName(engine, table), constraint.condition)];
  return [words.say.unlessFits(display(table)), ...count, words.say.later, ...checkLater(scene, table, constraint)];
}

export function addForeignKey(scene: Scene, table: Name, constraint: Constraint): string[] {
  const { engine, words, world } = scene;
  const count = orphans(engine, world, table, constraint);
  return [
    words.say.unlessFits(display(table)),
    ...(count === undefined ? [] : [words.say.count, count]),
    words.say.later,
    ...checkLater(scene, table, constraint),
  ];
}

/** First for new rows, then for those that are there: the second reads beside writers. */
export function checkLater(scene: Scene, table: Name, constraint: Constraint): string[] {
  const { engine, words } = scene;
  const t = quoteName(engine, table);
  const name = quote(engine, constraintName(table, constraint));
  if (engine === 'sqlite') return rebuildTable(scene, table, words.say.rebuildWith(constraint.sql));
  const add = `ALTER TABLE ${t} ADD CONSTRAINT ${name} ${constraint.sql}`;
  if (isMysql(engine)) return [`${add};`];
  return [`${add} NOT VALID;`, words.say.thenFile, `ALTER TABLE ${t} VALIDATE CONSTRAINT ${name};`];
}

/** CREATE INDEX as written, beside writers. */
export function indexConcurrently(scene: Scene, change: ChangeOf<'create-index'>): string[] {
  const { say } = scene.words;
  const sql = change.sql.replace(/\bindex\b(\s+concurrently\b)?/i, 'INDEX CONCURRENTLY');
  const name = change.name === undefined ? undefined : { schema: change.table.schema, name: change.name };
  return [
    say.ownFile,
    `${sql};`,
    ...(name === undefined
      ? []
      : [say.failedIndex, `DROP INDEX CONCURRENTLY IF EXISTS ${quoteName(scene.engine, name)};`]),
  ];
}

export function dropIndex(scene: Scene, name: Name, table: Name | undefined): string[] {
  const { engine, words } = scene;
  const i = quote(engine, name.name);
  if (engine === 'postgres')
    return [
      words.say.unused,
      `SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = '${name.name.replaceAll("'", "''")}';`,
      words.say.later,
      `DROP INDEX CONCURRENTLY ${quoteName(engine, name)};`,
    ];
  if (table === undefined || engine === 'sqlite') return [words.say.later, `DROP INDEX ${quoteName(engine, name)};`];
  const t = quoteName(engine, table);
  const hidden = engine === 'mysql' ? 'INVISIBLE' : 'IGNORED';
  return [
    words.say.invisible,
    `ALTER TABLE ${t} ALTER INDEX ${i} ${hidden};`,
    words.say.later,
    `DROP INDEX ${i} ON ${t};`,
  ];
}
