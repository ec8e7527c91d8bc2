import { literal, type Name, quote, quoteName } from '../names.ts';
import { isMysql, type Scene } from '../scene.ts';
import type { Engine } from '../types.ts';

// The way of expand and contract: a new column beside the old one, kept in step, filled in batches, the old one dropped later.

/** So many rows a batch: short enough for a lock, long enough to get through. */
const BATCH = 10_000;

/** An UPDATE of a part of the rows, to be repeated. @param set `a = b` @param where of the rows that are still to be done */
export function batch(engine: Engine, table: string, set: string, where: string): string {
  switch (engine) {
    case 'postgres':
      return `UPDATE ${table} SET ${set} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${where} LIMIT ${BATCH}));`;
    case 'sqlite':
      return `UPDATE ${table} SET ${set} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${where} LIMIT ${BATCH});`;
    default:
      return `UPDATE ${table} SET ${set} WHERE ${where} LIMIT ${BATCH};`;
  }
}

/** Two values that are not the same, NULL counted as a value. */
export function differs(engine: Engine, a: string, b: string): string {
  if (engine === 'postgres') return `${a} IS DISTINCT FROM ${b}`;
  return engine === 'sqlite' ? `${a} IS NOT ${b}` : `NOT (${a} <=> ${b})`;
}

/**
 * A column under a new name or of a new type, for both versions at once.
 * @param type of the new column; undefined: as the old one, which is not known here
 */
export function expandColumn(scene: Scene, of: Name, old: string, added: string, type: string | undefined): string[] {
  const { engine, words } = scene;
  const { say } = words;
  const table = quoteName(engine, of);
  const [a, b] = [quote(engine, old), quote(engine, added)];
  const present = scene.world.column(of, old)?.type;
  const set = type === undefined ? `${b} = ${a}` : `${b} = ${cast(engine, a, type)}`;
  return [
    say.now,
    `ALTER TABLE ${table} ADD COLUMN ${b} ${type ?? present ?? 'text'};`,
    ...(type === undefined && present === undefined ? [say.typeOfOld] : []),
    say.sync,
    ...sync(engine, of, old, added),
    ...(engine === 'sqlite' ? [say.syncByCode] : [say.readNew]),
    say.batches,
    batch(engine, table, set, differs(engine, b, type === undefined ? a : cast(engine, a, type))),
    say.later,
    ...dropSync(engine, of, added),
    `ALTER TABLE ${table} DROP COLUMN ${a};`,
  ];
}

function cast(engine: Engine, column: string, type: string): string {
  // MySQL converts in an assignment, and its CAST knows other names.
  return engine === 'postgres' || engine === 'sqlite' ? `CAST(${column} AS ${type})` : column;
}

const syncName = (table: Name, column: string): string => `${table.name}_${column}_sync`;

/** A trigger that brings what one version writes to the column of the other. */
function sync(engine: Engine, of: Name, old: string, added: string): string[] {
  const table = quoteName(engine, of);
  const [a, b] = [quote(engine, old), quote(engine, added)];
  const name = quote(engine, syncName(of, added));
  switch (engine) {
    case 'postgres': {
      const insert = `IF NEW.${b} IS NULL THEN NEW.${b} := NEW.${a}; ELSIF NEW.${a} IS NULL THEN NEW.${a} := NEW.${b}; END IF;`;
      const update = `IF NEW.${b} IS DISTINCT FROM OLD.${b} THEN NEW.${a} := NEW.${b}; ELSIF NEW.${a} IS DISTINCT FROM OLD.${a} THEN NEW.${b} := NEW.${a}; END IF;`;
      return [
        `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'INSERT' THEN ${insert} ELSE ${update} END IF; RETURN NEW; END $$;`,
        `CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}();`,
      ];
    }
    case 'sqlite': {
      const key = 'rowid = NEW.rowid';
      const both = `${a} IS NOT ${b}`;
      return [
        `CREATE TRIGGER ${name} AFTER INSERT ON ${table} WHEN NEW.${b} IS NULL BEGIN UPDATE ${table} SET ${b} = ${a} WHERE ${key} AND ${both}; END;`,
        `CREATE TRIGGER ${quote(engine, `${syncName(of, added)}_update`)} AFTER UPDATE OF ${a} ON ${table} WHEN NEW.${b} IS OLD.${b} BEGIN UPDATE ${table} SET ${b} = ${a} WHERE ${key} AND ${both}; END;`,
      ];
    }
    default: {
      const onInsert = `IF NEW.${b} IS NULL THEN SET NEW.${b} = NEW.${a}; ELSEIF NEW.${a} IS NULL THEN SET NEW.${a} = NEW.${b}; END IF;`;
      const onUpdate = `IF NOT (NEW.${b} <=> OLD.${b}) THEN SET NEW.${a} = NEW.${b}; ELSEIF NOT (NEW.${a} <=> OLD.${a}) THEN SET NEW.${b} = NEW.${a}; END IF;`;
      return [
        `CREATE TRIGGER ${name} BEFORE INSERT ON ${table} FOR EACH ROW BEGIN ${onInsert} END;`,
        `CREATE TRIGGER ${quote(engine, `${syncName(of, added)}_update`)} BEFORE UPDATE ON ${table} FOR EACH ROW BEGIN ${onUpdate} END;`,
      ];
    }
  }
}

function dropSync(engine: Engine, of: Name, added: string): string[] {
  const name = quote(engine, syncName(of, added));
  if (engine === 'postgres') return [`DROP TRIGGER ${name} ON ${quoteName(engine, of)};`, `DROP FUNCTION ${name}();`];
  return [`DROP TRIGGER ${name};`, `DROP TRIGGER ${quote(engine, `${syncName(of, added)}_update`)};`];
}

/** A value of a type as a DEFAULT; MySQL takes one for its texts in parentheses alone. */
export function sampleDefault(engine: Engine, type: string | undefined): string {
  const value = sampleValue(type);
  const bare = !isMysql(engine) || /^-?\d|^false$/.test(value) || /^(var)?char|^enum/i.test(type ?? '');
  return bare ? value : `(${value})`;
}

/** A value of a type for an example, as SQL. */
export function sampleValue(type: string | undefined): string {
  const word = (type ?? '').toLowerCase();
  if (/int|numeric|decimal|real|double|float|serial/.test(word)) return '0';
  if (/bool/.test(word)) return 'false';
  if (/^(timestamp|date)/.test(word)) return 'CURRENT_TIMESTAMP';
  if (word.startsWith('json')) return literal('{}');
  if (word.startsWith('uuid')) return literal('00000000-0000-0000-0000-000000000000');
  const [, first] = /^enum\('((?:[^']|'')*)'/i.exec(type ?? '') ?? [];
  return first === undefined ? literal('') : `'${first}'`;
}
