import type { Change, ChangeOf } from '../changes.ts';
import { display, type Name, quoteName } from '../names.ts';
import * as columns from '../safe/columns.ts';
import * as constraints from '../safe/constraints.ts';
import { columnText, current, forLock, type Judge, onTable, type Report, type Scene } from '../scene.ts';
import { typeChange } from '../type-change.ts';

// What makes others wait in PostgreSQL: https://www.postgresql.org/docs/current/sql-altertable.html, explicit-locking.html

export const judgePostgresLocks: Judge = (change, scene) => {
  const { world, words } = scene;
  const { say } = words;
  const { at } = change;
  if ('table' in change && change.table !== undefined && world.isNew(change.table)) return;
  switch (change.kind) {
    case 'create-index':
      if (change.concurrently) concurrently(scene, change, 'CREATE INDEX CONCURRENTLY');
      else
        report(scene, change, 'index-locks', { name: change.name ?? '' }, constraints.indexConcurrently(scene, change));
      break;
    case 'drop-index':
      if (change.concurrently) concurrently(scene, change, 'DROP INDEX CONCURRENTLY');
      else if (!world.made('index', change.name))
        scene.report({
          rule: 'drop-index-locks',
          severity: 'warning',
          at,
          params: { name: display(change.name) },
          safeWay: [say.ownFile, `DROP INDEX CONCURRENTLY ${quoteName('postgres', change.name)};`],
        });
      break;
    case 'add-constraint':
      constraint(scene, change);
      break;
    case 'set-not-null':
      if (
        world.provenNotNull(change.table, change.column) ||
        world.column(change.table, change.column)?.notNull === true
      )
        break;
      report(
        scene,
        change,
        'not-null-scans',
        { column: columnText(change.table, change.column) },
        columns.provenNotNull(scene, change.table, change.column),
      );
      break;
    case 'alter-type':
      alterType(scene, change);
      break;
    case 'add-column':
      addColumn(scene, change);
      break;
    case 'rewrite':
      report(scene, change, 'table-rewrite', { what: change.what }, [say.quiet]);
      break;
    case 'maintain':
      maintain(scene, change);
      break;
    case 'partition':
      if (change.verb === 'detach' && change.concurrently)
        concurrently(scene, change, 'DETACH PARTITION … CONCURRENTLY');
      else if (change.verb === 'attach' || change.verb === 'detach') {
        const what = `${change.verb.toUpperCase()} PARTITION`;
        const sql = current(scene)?.text ?? '';
        const safeWay = change.verb === 'attach' ? [say.bounds] : [say.ownFile, `${sql} CONCURRENTLY;`];
        report(scene, change, 'partition-locks', { what, to: change.verb }, safeWay);
      }
      break;
    case 'lock-table':
      scene.report({
        rule: 'lock-table',
        severity: forLock(scene, change.table, 'warning'),
        at,
        params: { table: change.table === undefined ? '' : display(change.table) },
        safeWay: [say.remove('LOCK TABLE')],
      });
      break;
    case 'database':
      if (change.what !== 'ALTER DATABASE') concurrently(scene, change, change.what);
      break;
    default:
  }
};

function report(
  scene: Scene,
  change: Change & { table: Name },
  rule: Report['rule'],
  params: NonNullable<Report['params']>,
  safeWay: readonly string[],
): void {
  const severity = forLock(scene, change.table, 'warning');
  scene.report({ rule, severity, at: change.at, params: { ...onTable(scene, change.table), ...params }, safeWay });
}

/** Statements that PostgreSQL refuses inside a transaction. */
function concurrently(scene: Scene, { at }: { at: number }, what: string): void {
  if (!scene.file.transaction && !scene.file.open) return;
  const sql = current(scene)?.text;
  const safeWay = [scene.words.say.ownFile, ...(sql === undefined ? [] : [`${sql};`])];
  scene.report({ rule: 'concurrently-in-transaction', severity: 'error', at, params: { what }, safeWay });
}

function constraint(scene: Scene, change: ChangeOf<'add-constraint'>): void {
  const { constraint: one, table } = change;
  const name = one.name ?? '';
  switch (one.type) {
    case 'unique':
    case 'primary':
      if (one.usingIndex !== undefined) return;
      report(
        scene,
        change,
        'constraint-builds-index',
        { what: one.type === 'primary' ? 'PRIMARY KEY' : 'UNIQUE', name },
        constraints.buildUnique(scene, table, one),
      );
      return;
    case 'exclude':
      report(scene, change, 'constraint-builds-index', { what: 'EXCLUDE', name }, [scene.words.say.quiet]);
      return;
    case 'check':
    case 'foreign': {
      const to = one.references === undefined ? '' : display(one.references.table);
      const what = one.type === 'check' ? 'CHECK' : 'FOREIGN KEY';
      // A new table that is referenced has no writers.
      if (one.notValid) return;
      report(scene, change, 'constraint-scans', { what, name, to }, constraints.checkLater(scene, table, one));
      return;
    }
    case 'not-null': {
      const [column] = one.columns ?? [];
      if (one.notValid || column === undefined || scene.world.provenNotNull(table, column)) return;
      const safeWay = columns.provenNotNull(scene, table, column);
      report(scene, change, 'not-null-scans', { column: columnText(table, column) }, safeWay);
    }
  }
}

function alterType(scene: Scene, change: ChangeOf<'alter-type'>): void {
  const { table, column, to } = change;
  const from = scene.world.column(table, column)?.type;
  if (from !== undefined && change.using === undefined && !typeChange('postgres', from, to).rewrites) return;
  const what = `ALTER COLUMN ${column} TYPE ${to}`;
  report(scene, change, 'table-rewrite', { what }, columns.changeType(scene, table, column, to));
}

function addColumn(scene: Scene, change: ChangeOf<'add-column'>): void {
  const { table, spec } = change;
  const { say } = scene.words;
  const what = `ADD COLUMN ${spec.name}`;
  const type = spec.type;
  if (spec.counts || spec.identity !== undefined)
    report(scene, change, 'table-rewrite', { what }, columns.numberedColumn(scene, table, spec.name, type));
  else if (spec.generated === 'stored') report(scene, change, 'table-rewrite', { what }, [say.statedValue, say.quiet]);
  else if (spec.fallback?.kind === 'volatile' || spec.fallback?.kind === 'unknown') {
    const to = spec.fallback.kind === 'unknown' ? 'perhaps-volatile' : '';
    const safeWay = columns.computedDefault(scene, table, spec.name, type, spec.fallback.sql);
    report(scene, change, 'table-rewrite', { what, to }, safeWay);
  }
  for (const one of spec.constraints) {
    const at = { ...change, at: one.at };
    if (one.type === 'unique' || one.type === 'primary') {
      const kind = one.type === 'primary' ? 'PRIMARY KEY' : 'UNIQUE';
      const safeWay = [...columns.columnAlone(scene, table, spec), ...constraints.buildUnique(scene, table, one)];
      report(scene, at, 'constraint-builds-index', { what: kind, name: one.name ?? '' }, safeWay);
    } else if (one.type === 'foreign' || (one.type === 'check' && spec.fallback !== undefined)) {
      const to = one.references === undefined ? '' : display(one.references.table);
      const kind = one.type === 'check' ? 'CHECK' : 'FOREIGN KEY';
      const safeWay = [...columns.columnAlone(scene, table, spec), ...constraints.checkLater(scene, table, one)];
      report(scene, at, 'constraint-scans', { what: kind, name: one.name ?? '', to }, safeWay);
    }
  }
}

function maintain(scene: Scene, change: ChangeOf<'maintain'>): void {
  const { say } = scene.words;
  const { table, verb, at } = change;
  const t = table === undefined ? '' : ` ${quoteName('postgres', table)}`;
  const params = table === undefined ? { table: '*' } : onTable(scene, table);
  const severity = forLock(scene, table, 'warning');
  const transaction = verb === 'vacuum' || verb === 'vacuum-full' || change.concurrently;
  if (verb === 'vacuum-full')
    scene.report({ rule: 'vacuum-full', severity, at, params, safeWay: [say.ordinary, `VACUUM (ANALYZE)${t};`] });
  if (verb === 'cluster') scene.report({ rule: 'cluster', severity, at, params, safeWay: [say.quiet] });
  if (verb === 'reindex' && !change.concurrently) {
    const sql = current(scene)?.text.replace(/^reindex(\s*\([^)]*\))?\s+(\w+)/i, 'REINDEX $2 CONCURRENTLY');
    scene.report({ rule: 'reindex', severity, at, params, safeWay: [say.ownFile, `${sql};`] });
  }
  if (verb === 'refresh') {
    if (change.concurrently) return;
    const safeWay = [say.needsUnique, `REFRESH MATERIALIZED VIEW CONCURRENTLY${t};`];
    scene.report({ rule: 'refresh-locks', severity, at, params, safeWay });
    return;
  }
  if (transaction) concurrently(scene, change, verb === 'reindex' ? 'REINDEX CONCURRENTLY' : 'VACUUM');
}
