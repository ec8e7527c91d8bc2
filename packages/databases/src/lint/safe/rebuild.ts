import { literal, type Name, quote, quoteName } from '../names.ts';
import type { Scene } from '../scene.ts';

/**
 * SQLite's way to a table of another shape, in the order in which other tables keep pointing at it:
 * https://www.sqlite.org/lang_altertable.html#otheralter
 * @param first how the new table is to differ, in words
 */
export function rebuildTable(scene: Scene, table: Name, first: (added: string, old: string) => string): string[] {
  const { engine, words, world } = scene;
  const added = { ...table, name: `${table.name}_new` };
  const [t, n] = [quoteName(engine, table), quoteName(engine, added)];
  const columns = (world.table(table).known?.columns ?? []).map(({ name }) => quote(engine, name)).join(', ');
  const copy =
    columns === ''
      ? `INSERT INTO ${n} SELECT * FROM ${t};`
      : `INSERT INTO ${n} (${columns}) SELECT ${columns} FROM ${t};`;
  return [
    first(added.name, table.name),
    `SELECT sql FROM sqlite_master WHERE tbl_name = ${literal(table.name)};`,
    words.say.rebuildSwap,
    copy,
    `DROP TABLE ${t};`,
    `ALTER TABLE ${n} RENAME TO ${quote(engine, table.name)};`,
    'PRAGMA foreign_key_check;',
  ];
}
