import type { Change, ChangeOf } from '../changes.ts';
import { display, type Name, quote, quoteName } from '../names.ts';
import { orphans } from '../queries.ts';
import * as columns from '../safe/columns.ts';
import { current, forLock, type Judge, onTable, type Scene } from '../scene.ts';
import { typeChange } from '../type-change.ts';

// What makes others wait in MySQL and MariaDB: https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html,
// https://mariadb.com/kb/en/innodb-online-ddl-overview/. Where ALGORITHM or LOCK is stated the server refuses instead.

export const judgeMysqlLocks: Judge = (change, scene) => {
  const { world, words } = scene;
  const { say } = words;
  if ('table' in change && change.table !== undefined && world.isNew(change.table)) return;
  switch (change.kind) {
    case 'restate-column': {
      const type = world.column(change.table, change.column)?.type;
      // NULL to NOT NULL and a new place build the table anew beside its writers.
      if (type === undefined ? isStated(scene) : !typeChange(scene.engine, type, change.spec.type).rewrites) break;
      const what = `MODIFY ${change.column} ${change.spec.type}`;
      const { table, column, spec } = change;
      copies(scene, change, what, [...columns.changeType(scene, table, column, spec.type), say.onlineTool]);
      break;
    }
    case 'add-column':
      addColumn(scene, change);
      break;
    case 'add-constraint':
      addConstraint(scene, change);
      break;
    case 'drop-constraint':
      if (change.what === 'PRIMARY KEY') primaryKey(scene, change);
      break;
    case 'create-index':
      if (change.method !== undefined && !isStated(scene))
        scene.report({
          rule: 'index-locks',
          severity: forLock(scene, change.table, 'warning'),
          at: change.at,
          params: { ...onTable(scene, change.table), name: change.name ?? '' },
          safeWay: [say.quiet],
        });
      break;
    case 'charset':
      scene.report({
        rule: 'change-charset',
        severity: forLock(scene, change.table, 'warning'),
        at: change.at,
        params: { ...onTable(scene, change.table), to: change.to },
        safeWay: [say.onlineTool, say.quiet],
      });
      break;
    case 'rewrite':
      if (change.blocks) copies(scene, change, change.what, [say.onlineTool, say.quiet]);
      else if (!isStated(scene)) rebuilds(scene, change.table, change.at, change.what);
      break;
    case 'maintain':
      if (change.table !== undefined) rebuilds(scene, change.table, change.at, 'OPTIMIZE TABLE');
      break;
    case 'partition':
      if (change.verb === 'change')
        scene.report({
          rule: 'partition-locks',
          severity: forLock(scene, change.table, 'warning'),
          at: change.at,
          params: { ...onTable(scene, change.table), what: 'PARTITION', to: 'change' },
          safeWay: [say.quiet],
        });
      break;
    case 'lock-table':
      scene.report({
        rule: 'lock-table',
        severity: forLock(scene, change.table, 'warning'),
        at: change.at,
        params: { table: change.table === undefined ? '' : display(change.table) },
        safeWay: [say.remove('LOCK TABLES')],
      });
      break;
    default:
  }
};

/** Is it said how the table may be changed, so that the server refuses to copy it under a lock? */
function isStated(scene: Scene): boolean {
  const { algorithm, lock } = current(scene) ?? {};
  return (algorithm !== undefined && algorithm !== 'copy' && algorithm !== 'default') || lock === 'none';
}

function copies(scene: Scene, change: { table: Name; at: number }, what: string, safeWay: readonly string[]): void {
  if (isStated(scene)) return;
  scene.report({
    rule: 'table-copy',
    severity: forLock(scene, change.table, 'warning'),
    at: change.at,
    params: { ...onTable(scene, change.table), what },
    safeWay,
  });
}

function rebuilds(scene: Scene, table: Name, at: number, what: string): void {
  const params = { ...onTable(scene, table), what, to: 'online' };
  scene.report({ rule: 'table-rewrite', severity: 'notice', at, params, safeWay: [scene.words.say.quiet] });
}

function addColumn(scene: Scene, change: ChangeOf<'add-column'>): void {
  const { spec } = change;
  const { say } = scene.words;
  const what = `ADD COLUMN ${spec.name}`;
  if (spec.counts) copies(scene, change, `${what} AUTO_INCREMENT`, [say.onlineTool, say.quiet]);
  else if (spec.generated === 'stored') copies(scene, change, `${what} STORED`, [say.statedValue, say.onlineTool]);
  else if (spec.fallback?.kind === 'volatile')
    copies(scene, change, what, [say.defaultLater, ...plainColumn(scene, change)]);
}

function plainColumn(scene: Scene, { table, spec }: ChangeOf<'add-column'>): string[] {
  const [t, c] = [quoteName(scene.engine, table), quote(scene.engine, spec.name)];
  const sql = spec.fallback?.sql ?? 'NULL';
  return [
    `ALTER TABLE ${t} ADD COLUMN ${c} ${spec.type} NULL;`,
    `ALTER TABLE ${t} ALTER COLUMN ${c} SET DEFAULT ${sql};`,
    `UPDATE ${t} SET ${c} = ${sql} WHERE ${c} IS NULL LIMIT 10000;`,
  ];
}

function addConstraint(scene: Scene, change: ChangeOf<'add-constraint'>): void {
  const { constraint: one, table } = change;
  const { say } = scene.words;
  if (one.type === 'primary') primaryKey(scene, change);
  if (one.type === 'foreign') {
    // Without its checks InnoDB adds it in place; what is there already stays unchecked.
    const count = orphans(scene.engine, scene.world, table, one);
    const name = one.name === undefined ? '' : `CONSTRAINT ${quote(scene.engine, one.name)} `;
    copies(scene, change, 'ADD FOREIGN KEY', [
      ...(count === undefined ? [] : [say.count, count]),
      say.instead,
      'SET SESSION foreign_key_checks = 0;',
      `ALTER TABLE ${quoteName(scene.engine, table)} ADD ${name}${one.sql}, ALGORITHM=INPLACE, LOCK=NONE;`,
      'SET SESSION foreign_key_checks = 1;',
    ]);
  }
  if (one.type === 'check') copies(scene, change, 'ADD CHECK', [say.quiet]);
}

function primaryKey(scene: Scene, change: ChangeOf<'add-constraint'> | ChangeOf<'drop-constraint'>): void {
  // Dropped and added in one statement it is one change.
  if (current(scene)?.changes.find(isPrimary) !== change) return;
  const added = current(scene)?.changes.some(
    (one) => one.kind === 'add-constraint' && one.constraint.type === 'primary',
  );
  // Dropped alone it copies under a lock; together with a new one it is built anew beside writers.
  const blocked = added !== true && !isStated(scene);
  scene.report({
    rule: 'change-primary-key',
    severity: forLock(scene, change.table, blocked ? 'warning' : 'notice'),
    at: change.at,
    params: { ...onTable(scene, change.table), what: blocked ? ', while writes to it wait' : '' },
    safeWay: [scene.words.say.onlineTool, scene.words.say.quiet],
  });
}

const isPrimary = (change: Change): boolean =>
  (change.kind === 'drop-constraint' && change.what === 'PRIMARY KEY') ||
  (change.kind === 'add-constraint' && change.constraint.type === 'primary');
