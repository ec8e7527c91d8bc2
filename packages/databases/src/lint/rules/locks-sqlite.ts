import type { ChangeOf } from '../changes.ts';
import { columnKey, display, quote, quoteName } from '../names.ts';
import { rebuildTable } from '../safe/rebuild.ts';
import { columnText, forLock, type Judge, onTable, type Scene } from '../scene.ts';

// SQLite has one writer, and an ALTER TABLE that cannot do much: https://www.sqlite.org/lang_altertable.html

export const judgeSqlite: Judge = (change, scene) => {
  const { world, words } = scene;
  switch (change.kind) {
    case 'create-index':
      if (!world.isNew(change.table))
        scene.report({
          rule: 'index-locks',
          severity: 'notice',
          at: change.at,
          params: { ...onTable(scene, change.table), name: change.name ?? '', what: 'database' },
          safeWay: [words.say.quiet],
        });
      break;
    case 'add-column':
      refusedColumn(change, scene);
      break;
    case 'drop-column':
      if (!world.isNew(change.table)) dropColumn(change, scene);
      break;
    case 'maintain':
      if (change.verb === 'vacuum-full') {
        const severity = scene.file.transaction ? 'error' : 'warning';
        const rule = scene.file.transaction ? 'concurrently-in-transaction' : 'table-rewrite';
        const params = { table: '*', what: 'VACUUM', to: 'sqlite-lock' };
        scene.report({ rule, severity, at: change.at, params, safeWay: [words.say.remove('VACUUM')] });
      }
      break;
    default:
  }
};

/** What ADD COLUMN does not take, or not on a table with rows. */
function refusedColumn({ table, spec, at }: ChangeOf<'add-column'>, scene: Scene): void {
  const key = spec.constraints.find(({ type }) => type === 'primary' || type === 'unique');
  const { say } = scene.words;
  const t = quoteName('sqlite', table);
  const c = quote('sqlite', spec.name);
  const refuse = (what: string, safeWay: readonly string[]) =>
    scene.report({ rule: 'unsupported', severity: 'error', at, params: { what: `ADD COLUMN ${what}` }, safeWay });
  if (key?.type === 'primary') refuse('… PRIMARY KEY', rebuildTable(scene, table, say.rebuildWith('… PRIMARY KEY')));
  if (key?.type === 'unique') {
    const index = quote('sqlite', `${table.name}_${spec.name}_key`);
    const plain = `ALTER TABLE ${t} ADD COLUMN ${c} ${spec.type};`;
    refuse('… UNIQUE', [say.instead, plain, `CREATE UNIQUE INDEX ${index} ON ${t} (${c});`]);
  }
  if (spec.generated === 'stored') refuse('… GENERATED … STORED', [say.statedValue]);
  if (spec.fallback?.computed === true && !scene.world.isNew(table))
    refuse(`… DEFAULT ${spec.fallback.sql}`, [
      say.defaultLater,
      `ALTER TABLE ${t} ADD COLUMN ${c} ${spec.type};`,
      `UPDATE ${t} SET ${c} = ${spec.fallback.sql} WHERE ${c} IS NULL;`,
    ]);
}

function dropColumn({ table, column, at }: ChangeOf<'drop-column'>, scene: Scene): void {
  const { world, words } = scene;
  const { known } = world.table(table);
  const wanted = columnKey('sqlite', column);
  const lists = [known?.primaryKey ?? [], ...(known?.unique ?? []), ...(known?.indexed ?? [])];
  const used = lists.some((list) => list.some((one) => columnKey('sqlite', one) === wanted));
  if (used)
    scene.report({
      rule: 'unsupported',
      severity: 'error',
      at,
      params: { what: words.usedColumn(columnText(table, column)) },
      safeWay: rebuildTable(scene, table, words.say.rebuildWithout(column)),
    });
  else
    scene.report({
      rule: 'table-rewrite',
      severity: forLock(scene, table, 'notice'),
      at,
      params: { ...onTable(scene, table), table: display(table), what: 'DROP COLUMN', to: 'sqlite-lock' },
      safeWay: [words.say.quiet],
    });
}
