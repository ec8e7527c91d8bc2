import type { ChangeOf } from '../changes.ts';
import { display, quote, quoteName } from '../names.ts';
import { renameEnumValue } from '../safe/columns.ts';
import { dropIndex } from '../safe/constraints.ts';
import { forOld, isMysql, type Judge, onTable, type Scene } from '../scene.ts';
import type { Engine, Severity } from '../types.ts';

// Indexes, views, routines, triggers, enumerations: what else the old version may lean on.

export const judgeObjects: Judge = (change, scene) => {
  const { engine, world, words } = scene;
  const { say } = words;
  const { at } = change;
  switch (change.kind) {
    case 'drop-constraint':
      if (!world.isNew(change.table) && !world.table(change.table).checks.has(change.name ?? ''))
        scene.report({
          rule: 'drop-constraint',
          severity: dropped(change.what, scene),
          at,
          params: { ...onTable(scene, change.table), what: change.what, name: change.name ?? '' },
          safeWay: [say.later, dropConstraint(engine, change)],
        });
      break;
    case 'drop-index':
      if (!world.made('index', change.name) && !(change.table !== undefined && world.isNew(change.table)))
        scene.report({
          rule: 'drop-index',
          severity: forOld(scene, 'warning'),
          at,
          params: { name: display(change.name) },
          safeWay: dropIndex(scene, change.name, change.table),
        });
      break;
    case 'drop-object':
      if (world.made(change.what, change.name) || (change.table !== undefined && world.isNew(change.table))) break;
      scene.report({
        rule: 'drop-object',
        // A schema takes all tables in it along.
        severity: change.what === 'schema' ? 'error' : forOld(scene, 'error'),
        at,
        params: { what: change.what, name: display(change.name) },
        safeWay: [say.without(`${change.what} ${display(change.name)}`), say.dropOld],
      });
      break;
    case 'rename-object':
      if (change.what !== 'index' && !world.made(change.what, change.name))
        scene.report({
          rule: 'rename-object',
          severity: forOld(scene, 'error'),
          at,
          params: { what: change.what, name: display(change.name), to: change.to },
          safeWay: [say.newName(display(change.name)), say.dropOld],
        });
      break;
    case 'create-object':
      if (change.replaces && !world.made(change.what, change.name))
        scene.report({
          rule: 'replace-object',
          severity: 'notice',
          at,
          params: { what: change.what, name: display(change.name) },
          safeWay: [say.newName(display(change.name)), say.dropOld],
        });
      break;
    case 'create-trigger':
      if (!world.isNew(change.table))
        scene.report({
          rule: 'add-trigger',
          severity: forOld(scene, 'warning'),
          at,
          params: { ...onTable(scene, change.table), name: change.name },
          safeWay: [say.ignoresOld],
        });
      break;
    case 'create-event':
      scene.report({
        rule: 'add-event',
        severity: 'warning',
        at,
        params: { name: change.name },
        safeWay: [say.disabledEvent, `ALTER EVENT ${quote(engine, change.name)} DISABLE;`],
      });
      break;
    case 'rename-enum-value':
      scene.report({
        rule: 'rename-enum-value',
        severity: forOld(scene, 'error'),
        at,
        params: { name: display(change.type), from: change.value, to: change.to },
        safeWay: renameEnumValue(scene, change.type, change.value, change.to),
      });
      break;
    case 'add-enum-value':
      if (!world.made('type', change.type))
        scene.report({
          rule: 'new-enum-value',
          severity: 'notice',
          at,
          params: { name: display(change.type), to: change.value },
          safeWay: [say.readBoth(change.value), say.writeThen(change.value)],
        });
      break;
    case 'row-security':
      if (!world.isNew(change.table))
        scene.report({
          rule: 'row-security',
          severity: forOld(scene, 'error'),
          at,
          params: onTable(scene, change.table),
          safeWay: [say.later, `ALTER TABLE ${quoteName(engine, change.table)} ENABLE ROW LEVEL SECURITY;`],
        });
      break;
    default:
  }
};

function dropConstraint(engine: Engine, { table, what, name }: ChangeOf<'drop-constraint'>): string {
  const t = quoteName(engine, table);
  if (name === undefined) return `ALTER TABLE ${t} DROP PRIMARY KEY;`;
  return `ALTER TABLE ${t} DROP ${isMysql(engine) ? what : 'CONSTRAINT'} ${quote(engine, name)};`;
}

/** What a FOREIGN KEY or a CHECK refused is allowed from then on: that breaks no write. */
function dropped(what: string, scene: Scene): Severity {
  if (what === 'FOREIGN KEY' || what === 'CHECK') return 'notice';
  return forOld(scene, what === 'PRIMARY KEY' ? 'error' : 'warning');
}
