import type { ColumnSpec } from '../changes.ts';
import { literal, type Name, quote, quoteName } from '../names.ts';
import { columnText, isMysql, type Scene } from '../scene.ts';
import { batch, expandColumn, sampleDefault, sampleValue } from './expand.ts';
import { rebuildTable } from './rebuild.ts';

// The safe ways for changes of columns and tables.

export function dropTable(scene: Scene, table: Name): string[] {
  const { say } = scene.words;
  return [say.without(table.name), say.later, `DROP TABLE ${quoteName(scene.engine, table)};`];
}

export function dropColumn(scene: Scene, table: Name, column: string): string[] {
  const { engine, words, world } = scene;
  const [t, c] = [quoteName(engine, table), quote(engine, column)];
  const state = world.column(table, column);
  const demands = state?.notNull === true && state.fallback === null;
  const loosen =
    engine === 'postgres'
      ? `ALTER TABLE ${t} ALTER COLUMN ${c} DROP NOT NULL;`
      : isMysql(engine) && state?.type !== undefined
        ? `ALTER TABLE ${t} MODIFY ${c} ${state.type} NULL;`
        : undefined;
  return [
    words.say.without(columnText(table, column)),
    ...(demands && loosen !== undefined ? [words.say.insertsWithout(columnText(table, column)), loosen] : []),
    words.say.later,
    `ALTER TABLE ${t} DROP COLUMN ${c};`,
  ];
}

/** SQLite's views take no writes, so there the old name stays. */
export function renameTable(scene: Scene, table: Name, to: Name): string[] {
  const { engine, words } = scene;
  const [old, next] = [quoteName(engine, table), quoteName(engine, to)];
  if (engine === 'sqlite') return [words.say.keepName(table.name)];
  const rename =
    engine === 'postgres'
      ? `ALTER TABLE ${old} RENAME TO ${quote(engine, to.name)};`
      : `RENAME TABLE ${old} TO ${next};`;
  const move =
    table.schema === to.schema ? rename : `ALTER TABLE ${old} SET SCHEMA ${quote(engine, to.schema ?? 'public')};`;
  return [
    words.say.now,
    `CREATE VIEW ${next} AS SELECT * FROM ${old};`,
    words.say.later,
    `DROP VIEW ${next};`,
    engine === 'postgres' ? move : rename,
  ];
}

export function renameColumn(scene: Scene, table: Name, column: string, to: string): string[] {
  return [...expandColumn(scene, table, column, to, undefined)];
}

export function changeType(scene: Scene, table: Name, column: string, to: string): string[] {
  return expandColumn(scene, table, column, `${column}_new`, to);
}

/** @param count of the values that do not fit, as SQL @param alter the statement itself */
export function narrowType(
  scene: Scene,
  table: Name,
  column: string,
  count: string | undefined,
  alter: string,
): string[] {
  const { say } = scene.words;
  return [
    say.unlessFits(columnText(table, column)),
    ...(count === undefined ? [] : [say.count, count]),
    say.later,
    alter,
  ];
}

/** A CHECK is validated beside writers; SET NOT NULL then need not read the table. */
export function setNotNull(scene: Scene, table: Name, column: string): string[] {
  const { engine, words, world } = scene;
  const [t, c] = [quoteName(engine, table), quote(engine, column)];
  const type = world.column(table, column)?.type;
  const sample = sampleValue(type);
  const value = sampleDefault(engine, type);
  // MySQL's ALTER COLUMN takes no expression for a text, though its MODIFY does.
  const given = value.startsWith('(')
    ? `MODIFY ${c} ${type} DEFAULT ${value}`
    : `ALTER COLUMN ${c} SET DEFAULT ${value}`;
  const fallback = engine === 'sqlite' ? [] : [words.say.defaultFor, `ALTER TABLE ${t} ${given};`];
  return [
    words.say.alwaysWrites(columnText(table, column)),
    ...fallback,
    words.say.nullsLeft,
    batch(engine, t, `${c} = ${sample}`, `${c} IS NULL`),
    words.say.later,
    ...provenNotNull(scene, table, column),
  ];
}

export function provenNotNull(scene: Scene, table: Name, column: string): string[] {
  const { engine, words } = scene;
  const [t, c] = [quoteName(engine, table), quote(engine, column)];
  if (isMysql(engine)) {
    const type = scene.world.column(table, column)?.type;
    const alter = `ALTER TABLE ${t} MODIFY ${c} ${type} NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;`;
    return [...restate(scene, table), ...(type === undefined ? [] : [alter])];
  }
  if (engine === 'sqlite') return rebuildTable(scene, table, words.say.rebuildWith(`${c} NOT NULL`));
  const check = quote(engine, `${table.name}_${column}_not_null`);
  return [
    `ALTER TABLE ${t} ADD CONSTRAINT ${check} CHECK (${c} IS NOT NULL) NOT VALID;`,
    words.say.thenFile,
    `ALTER TABLE ${t} VALIDATE CONSTRAINT ${check};`,
    `ALTER TABLE ${t} ALTER COLUMN ${c} SET NOT NULL;`,
    `ALTER TABLE ${t} DROP CONSTRAINT ${check};`,
  ];
}

/** @param definition the column's, as written */
export function addNotNullColumn(
  scene: Scene,
  table: Name,
  column: string,
  definition: string,
  type: string,
): string[] {
  const { engine, words } = scene;
  const where = / (FIRST|AFTER \S+)$/i.exec(definition)?.[0] ?? '';
  // A key, or a reference to another table, is no part of SQLite's new columns with a value.
  const plain = engine === 'sqlite' ? `${type} NOT NULL` : definition.slice(0, definition.length - where.length);
  return [
    words.say.now,
    `ALTER TABLE ${quoteName(engine, table)} ADD COLUMN ${quote(engine, column)} ${plain} DEFAULT ${sampleDefault(engine, type)}${where};`,
  ];
}

export function dropDefault(scene: Scene, table: Name, column: string): string[] {
  const { engine, words } = scene;
  return [
    words.say.alwaysWrites(columnText(table, column)),
    words.say.later,
    `ALTER TABLE ${quoteName(engine, table)} ALTER COLUMN ${quote(engine, column)} DROP DEFAULT;`,
  ];
}

export function dropEnumValues(
  scene: Scene,
  table: Name,
  column: string,
  removed: readonly string[],
  kept: string | undefined,
  alter: string,
): string[] {
  const { engine, words } = scene;
  const [t, c] = [quoteName(engine, table), quote(engine, column)];
  const where = `${c} IN (${removed.join(', ')})`;
  return [
    words.say.unlessFits(columnText(table, column)),
    words.say.count,
    `SELECT COUNT(*) FROM ${t} WHERE ${where};`,
    ...(kept === undefined ? [] : [words.say.nullsLeft, batch(engine, t, `${c} = ${kept}`, where)]),
    words.say.later,
    alter,
  ];
}

export function renameEnumValue(scene: Scene, type: Name, from: string, to: string): string[] {
  const { engine, words } = scene;
  return [
    words.say.now,
    `ALTER TYPE ${quoteName(engine, type)} ADD VALUE IF NOT EXISTS ${literal(to)};`,
    words.say.readBoth(`${from}, ${to}`),
    words.say.writeThen(to),
  ];
}

/** How a table is shown, for a definition that must be repeated whole. */
export function restate(scene: Scene, table: Name): string[] {
  return [scene.words.say.repeat, `SHOW CREATE TABLE ${quoteName(scene.engine, table)};`];
}

/** Numbers for a new column without a lock over all rows. */
export function numberedColumn(scene: Scene, table: Name, column: string, type: string): string[] {
  const { engine, words } = scene;
  const [t, c] = [quoteName(engine, table), quote(engine, column)];
  // It is owned by a column of its own schema alone.
  const sequence = quoteName(engine, { ...table, name: `${table.name}_${column}_seq` });
  const plain = /big/.test(type) ? 'bigint' : /small/.test(type) ? 'smallint' : /serial/.test(type) ? 'integer' : type;
  return [
    words.say.sequence,
    `ALTER TABLE ${t} ADD COLUMN ${c} ${plain};`,
    `CREATE SEQUENCE ${sequence} OWNED BY ${t}.${c};`,
    `ALTER TABLE ${t} ALTER COLUMN ${c} SET DEFAULT nextval(${literal(sequence)});`,
    batch(engine, t, `${c} = nextval(${literal(sequence)})`, `${c} IS NULL`),
  ];
}

/** A new column without its constraints, which are then added by themselves. */
export function columnAlone(scene: Scene, table: Name, { name, type, notNull, fallback }: ColumnSpec): string[] {
  const { engine, words } = scene;
  const value = fallback === undefined ? '' : ` DEFAULT ${fallback.sql}`;
  const definition = `${quote(engine, name)} ${type}${notNull ? ' NOT NULL' : ''}${value}`;
  return [words.say.columnAlone, `ALTER TABLE ${quoteName(engine, table)} ADD COLUMN ${definition};`];
}

/** A default that is computed for each row, without a lock over all rows. */
export function computedDefault(scene: Scene, table: Name, column: string, type: string, sql: string): string[] {
  const { engine, words } = scene;
  const [t, c] = [quoteName(engine, table), quote(engine, column)];
  return [
    words.say.defaultLater,
    `ALTER TABLE ${t} ADD COLUMN ${c} ${type};`,
    `ALTER TABLE ${t} ALTER COLUMN ${c} SET DEFAULT ${sql};`,
    batch(engine, t, `${c} = ${sql}`, `${c} IS NULL`),
  ];
}
