import type { ChangeOf, Constraint } from '../changes.ts';
import { display, type Name } from '../names.ts';
import { setNotNull } from '../safe/columns.ts';
import * as safe from '../safe/constraints.ts';
import { columnText, forOld, type Judge, type Scene } from '../scene.ts';

// New constraints, which writes of the old version may break.

export const judgeConstraints: Judge = (change, scene) => {
  const { world } = scene;
  switch (change.kind) {
    case 'add-constraint':
      if (!world.isNew(change.table)) constraint(scene, change.table, change.constraint, change.at);
      break;
    case 'add-column':
      if (!world.isNew(change.table)) ofNewColumn(change, scene);
      break;
    case 'create-index':
      if (change.unique && !world.isNew(change.table)) uniqueIndex(change, scene);
      break;
    default:
  }
};

function constraint(scene: Scene, table: Name, one: Constraint, at: number): void {
  const list = (one.columns ?? one.keys).join(', ');
  const params = { table: display(table), name: one.name ?? '', list };
  const severity = forOld(scene, 'error');
  switch (one.type) {
    case 'unique':
    case 'primary':
    case 'exclude': {
      // The index was judged where it was made.
      if (one.usingIndex !== undefined || leavesNull(scene, table, one.columns)) return;
      const rule = one.type === 'primary' ? 'add-primary-key' : 'add-unique';
      scene.report({ rule, severity, at, params, safeWay: safe.addUnique(scene, table, one) });
      return;
    }
    case 'check':
      scene.report({ rule: 'add-check', severity, at, params, safeWay: safe.addCheck(scene, table, one) });
      return;
    case 'foreign': {
      if (leavesNull(scene, table, one.columns)) return;
      const to = one.references === undefined ? '' : display(one.references.table);
      const safeWay = safe.addForeignKey(scene, table, one);
      scene.report({ rule: 'add-foreign-key', severity, at, params: { ...params, to }, safeWay });
      return;
    }
    case 'not-null': {
      const [column] = one.columns ?? [];
      if (column === undefined || scene.world.isNewColumn(table, column)) return;
      const safeWay = setNotNull(scene, table, column);
      scene.report({ rule: 'set-not-null', severity, at, params: { column: columnText(table, column) }, safeWay });
    }
  }
}

/**
 * A column that the old version does not know: what it leaves out is NULL, and breaks nothing, unless the column has a default
 * of its own.
 */
function ofNewColumn(change: ChangeOf<'add-column'>, scene: Scene): void {
  const { table, spec } = change;
  for (const one of spec.constraints)
    if (one.type === 'primary' || (one.type === 'unique' && spec.fallback?.kind === 'fixed'))
      constraint(scene, table, one, one.at);
}

function uniqueIndex(change: ChangeOf<'create-index'>, scene: Scene): void {
  if (leavesNull(scene, change.table, change.columns)) return;
  scene.report({
    rule: 'add-unique',
    severity: forOld(scene, 'error'),
    at: change.at,
    params: { table: display(change.table), list: (change.columns ?? change.keys).join(', ') },
    safeWay: safe.addUniqueIndex(scene, change),
  });
}

/** Is one of the columns new and NULL in rows of the old version, so that the constraint passes? */
function leavesNull(scene: Scene, table: Name, columns: readonly string[] | undefined): boolean {
  return (columns ?? []).some((column) => {
    const state = scene.world.column(table, column);
    return scene.world.isNewColumn(table, column) && state?.fallback === null && state.notNull !== true;
  });
}
