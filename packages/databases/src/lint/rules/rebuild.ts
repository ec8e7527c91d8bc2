import type { Change, ChangeOf, Statement } from '../changes.ts';
import { columnKey, display, keyOf, type Name } from '../names.ts';
import { addNotNullColumn, dropColumn, setNotNull } from '../safe/columns.ts';
import { rebuildTable } from '../safe/rebuild.ts';
import { columnText, forOld, type Scene } from '../scene.ts';
import { typeChange } from '../type-change.ts';

// A table that is made anew under another name, filled from the old one and put in its place. SQLite has no other way for most
// changes, and others do it to keep writers going.

export interface Rebuild {
  readonly table: Name;
  readonly created: ChangeOf<'create-table'>;
  readonly copied: ChangeOf<'write'>;
  /** Renamed away before its successor was there, and what it was called then. */
  readonly away: Name | undefined;
  /** The changes that the rebuilding consists of; they are not judged one by one. */
  readonly parts: ReadonlySet<unknown>;
  /** The one from which on the new table stands in the old one's place. */
  readonly done: Change;
}

/** The rebuildings in a file's statements. */
export function rebuilds(scene: Scene, statements: readonly Statement[]): Rebuild[] {
  const changes = statements.flatMap((statement) => statement.changes);
  const same = (a: Name, b: Name) => keyOf(scene.engine, a) === keyOf(scene.engine, b);
  return changes.flatMap((copied, index): Rebuild[] => {
    if (copied.kind !== 'write' || copied.verb !== 'insert' || !copied.fromQuery) return [];
    const before = changes.slice(0, index);
    const behind = changes.slice(index + 1);
    const created = before.find(
      (one): one is ChangeOf<'create-table'> => one.kind === 'create-table' && same(one.table, copied.table),
    );
    if (created === undefined) return [];
    for (const source of copied.reads) {
      // The old one is renamed away first: its successor takes the name when it is made.
      const left = before.find(
        (one): one is ChangeOf<'rename-table'> =>
          one.kind === 'rename-table' && same(one.to, source) && same(one.table, created.table),
      );
      const dropped = behind.find((one) => one.kind === 'drop-table' && same(one.table, source));
      if (left !== undefined)
        return [
          { table: left.table, created, copied, away: left.to, parts: new Set([left, dropped, created]), done: copied },
        ];
      const renamed = behind.find(
        (one) => one.kind === 'rename-table' && same(one.table, created.table) && same(one.to, source),
      );
      if (renamed === undefined) continue;
      // Dropped, or renamed away in the same step.
      const cleared = behind.filter(
        (one) =>
          (one.kind === 'drop-table' || one.kind === 'rename-table') && one !== renamed && same(one.table, source),
      );
      const leftovers = cleared.flatMap((one) =>
        one.kind === 'rename-table'
          ? behind.filter((other) => other.kind === 'drop-table' && same(other.table, one.to))
          : [],
      );
      if (cleared.length > 0)
        return [
          {
            table: source,
            created,
            copied,
            away: undefined,
            parts: new Set([renamed, created, ...cleared, ...leftovers]),
            done: renamed,
          },
        ];
    }
    return [];
  });
}

/** What the old table is called when the new one is made. */
export const oldName = ({ table, away }: Rebuild): Name => away ?? table;

/** What the rebuilt table lacks, as if it had been altered. */
export function judgeRebuild(scene: Scene, rebuild: Rebuild): void {
  const { world, words, engine, file } = scene;
  const { created, table } = rebuild;
  const { at } = created;
  const { say } = words;
  if (world.isNew(oldName(rebuild))) return;
  const isSqlite = engine === 'sqlite';
  const params = { table: display(table), to: rebuild.away === undefined ? '' : display(rebuild.away) };
  if (rebuild.away !== undefined && isSqlite && !file.legacyAlter)
    scene.report({
      rule: 'rebuild-order',
      severity: 'error',
      at,
      params,
      safeWay: rebuildTable(scene, table, say.rebuildAs),
    });
  if (isSqlite && file.foreignKeys === true)
    scene.report({
      rule: 'rebuild-cascades',
      severity: 'error',
      at,
      params,
      safeWay: [say.instead, 'PRAGMA foreign_keys = OFF;'],
    });
  scene.report({
    rule: 'table-rebuild',
    severity: isSqlite ? 'notice' : 'warning',
    at,
    params: { ...params, what: isSqlite ? '' : 'swap' },
    safeWay: isSqlite ? [say.rebuild, 'PRAGMA foreign_key_check;'] : [say.swap],
  });
  compareColumns(scene, rebuild);
}

function compareColumns(scene: Scene, rebuild: Rebuild): void {
  const { world, engine } = scene;
  const { table, created } = rebuild;
  const { known, columns: before } = world.table(oldName(rebuild));
  const after = new Map(created.columns.map((spec) => [columnKey(engine, spec.name), spec]));
  const { at } = created;
  if (known?.columns === undefined || created.columns.length === 0) return;
  for (const [key, column] of before) {
    const spec = after.get(key);
    const params = { table: display(table), column: columnText(table, column.name) };
    if (spec === undefined) {
      const safeWay = dropColumn(scene, table, column.name);
      scene.report({ rule: 'drop-column', severity: forOld(scene, 'error'), at, params, safeWay });
      continue;
    }
    if (spec.notNull && column.notNull === false) {
      const safeWay = setNotNull(scene, table, column.name);
      scene.report({ rule: 'set-not-null', severity: forOld(scene, 'error'), at, params, safeWay });
    }
    const type = column.type;
    const { effect } = type === undefined ? { effect: 'same' } : typeChange(engine, type, spec.type);
    if (effect === 'changes' || effect === 'narrows')
      scene.report({
        rule: effect === 'changes' ? 'change-type' : 'narrow-type',
        // A type of SQLite refuses nothing.
        severity: forOld(scene, engine === 'sqlite' ? 'warning' : 'error'),
        at,
        params: { ...params, from: type ?? '', to: spec.type },
      });
  }
  for (const [key, spec] of after)
    if (!before.has(key) && spec.notNull && (spec.fallback === undefined || spec.fallback.kind === 'null')) {
      const params = { table: display(table), column: columnText(table, spec.name) };
      const safeWay = addNotNullColumn(scene, table, spec.name, spec.sql, spec.type);
      scene.report({ rule: 'add-column-not-null', severity: forOld(scene, 'error'), at, params, safeWay });
    }
}
