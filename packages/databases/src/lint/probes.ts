import type { Change, ChangeOf, Constraint } from './changes.ts';
import { columnKey, display, type Name, quote, quoteName } from './names.ts';
import { doNotFit, duplicates, nulls, orphans, rowsOf, violations } from './queries.ts';
import { oldName, type Rebuild } from './rules/rebuild.ts';
import type { Rule } from './rules.ts';
import { columnText, isMysql, type Scene } from './scene.ts';
import { typeChange } from './type-change.ts';
import type { LintInput, Probe } from './types.ts';
import { walk } from './walk.ts';
import { wordsFor } from './words/words.ts';

/**
 * SELECTs for a restored copy before the migration: each counts rows on which a statement of it would fail, or that it would
 * cut. Names are those from before the migration; what the migration itself makes is not asked for.
 */
export async function dataProbes(input: LintInput): Promise<readonly Probe[]> {
  const { probe: words } = wordsFor(input.locale);
  const found: Probe[] = [];
  await walk(input, {
    step({ change, scene, rebuild, partOfRebuild }) {
      const asked = rebuild !== undefined ? ofRebuild(scene, rebuild) : partOfRebuild ? [] : questions(change, scene);
      for (const { rule, table, label, sql, mended = false } of asked) {
        const state = scene.world.table(table);
        const written = mended || scene.world.opaque || state.written;
        const counted = (count: number) => `${words.found(label, count)}${written ? words.written : ''}`;
        found.push({
          ...scene.position(change.at),
          table: display(state.original ?? table),
          rule,
          label,
          sql,
          expectZero: true,
          written,
          text: (count) => (count === 0 ? words.none(label) : counted(count)),
        });
      }
    },
  });
  return found;
}

interface Question {
  readonly rule: Rule;
  readonly table: Name;
  readonly label: string;
  readonly sql: string;
  /** The statement itself may mend what is counted. */
  readonly mended?: boolean;
}

function questions(change: Change, scene: Scene): Question[] {
  const { world } = scene;
  if (!('table' in change) || change.table === undefined || world.isNew(change.table)) return [];
  switch (change.kind) {
    case 'set-not-null':
      return nullsOf(scene, change.table, change.column, 'set-not-null');
    case 'restate-column':
      return ofRestated(scene, change);
    case 'alter-type':
      return change.using === undefined ? tooLarge(scene, change.table, change.column, change.to) : [];
    case 'add-column':
      return ofNewColumn(scene, change);
    case 'add-constraint':
      return ofConstraint(scene, change.table, change.constraint);
    case 'create-index':
      return change.unique ? duplicatesOf(scene, change.table, change, 'add-unique') : [];
    default:
      return [];
  }
}

/** A table and a column as they were called before the migration, as SQL; undefined: one of them is new. */
function before(scene: Scene, table: Name, column: string): { t: string; c: string; of: string } | undefined {
  const { original } = scene.world.table(table);
  if (original === undefined || scene.world.isNewColumn(table, column)) return undefined;
  const name = scene.world.column(table, column)?.original ?? column;
  return { t: quoteName(scene.engine, original), c: quote(scene.engine, name), of: columnText(original, name) };
}

function nullsOf(scene: Scene, table: Name, column: string, rule: Rule): Question[] {
  const names = before(scene, table, column);
  if (names === undefined || scene.world.column(table, column)?.notNull === true) return [];
  return [{ rule, table, label: scene.words.probe.nulls(names.of), sql: nulls(names.t, names.c) }];
}

function duplicatesOf(
  scene: Scene,
  table: Name,
  index: Pick<ChangeOf<'create-index'>, 'columns' | 'keys' | 'nullsEqual'> & { where?: string | undefined },
  rule: Rule,
): Question[] {
  const { original } = scene.world.table(table);
  const { columns, where } = index;
  if (original === undefined || usesNew(scene, table, [...index.keys, where ?? ''].join(' '))) return [];
  const names = columns?.map((column) => before(scene, table, column));
  if (names?.some((one) => one === undefined) === true) return [];
  // A prefix is asked for as it is written.
  const plain =
    names !== undefined && names.every((one, at) => index.keys[at] === quote(scene.engine, columns?.[at] ?? '') && one);
  const keys = plain ? names.flatMap((one) => one?.c ?? []) : index.keys;
  if (keys.length === 0) return [];
  const label = scene.words.probe.duplicates(columnText(original, keys.join(', ')));
  const sql = duplicates(scene.engine, quoteName(scene.engine, original), keys, {
    nullsEqual: index.nullsEqual,
    where,
  });
  return [{ rule, table, label, sql }];
}

/** Does an expression name a column that the migration made or renamed? */
function usesNew(scene: Scene, table: Name, sql: string): boolean {
  const words = new Set((sql.match(/[\p{L}\p{N}_$]+/gu) ?? []).map((word) => columnKey(scene.engine, word)));
  return [...scene.world.table(table).columns].some(([key, { name, original }]) => name !== original && words.has(key));
}

function ofConstraint(scene: Scene, table: Name, one: Constraint): Question[] {
  const { engine, world, words } = scene;
  const { original } = world.table(table);
  if (original === undefined || one.usingIndex !== undefined) return [];
  const columns = one.columns ?? [];
  switch (one.type) {
    case 'unique':
      return duplicatesOf(scene, table, one, 'add-unique');
    case 'primary':
      return [
        ...duplicatesOf(scene, table, one, 'add-primary-key'),
        ...columns.flatMap((column) => nullsOf(scene, table, column, 'add-primary-key')),
      ];
    case 'not-null':
      return columns.flatMap((column) => nullsOf(scene, table, column, 'set-not-null'));
    case 'check': {
      const { condition } = one;
      if (condition === undefined || usesNew(scene, table, condition)) return [];
      const label = words.probe.violations(display(original), condition.replace(/\s+/g, ' '));
      return [{ rule: 'add-check', table, label, sql: violations(quoteName(engine, original), condition) }];
    }
    case 'foreign': {
      const { references } = one;
      if (references === undefined || columns.some((column) => before(scene, table, column) === undefined)) return [];
      // Its rows are all written by the migration.
      if (world.isNew(references.table)) return [];
      const sql = orphans(engine, world, table, one);
      const label = words.probe.orphans(columnText(original, columns.join(', ')), display(references.table));
      return sql === undefined ? [] : [{ rule: 'add-foreign-key', table, label, sql }];
    }
    case 'exclude':
      return [];
  }
}

function ofNewColumn(scene: Scene, { table, spec }: ChangeOf<'add-column'>): Question[] {
  const { original } = scene.world.table(table);
  const own = spec.counts || spec.identity !== undefined || spec.generated !== undefined;
  const empty = spec.fallback === undefined || spec.fallback.kind === 'null';
  if (original === undefined || !spec.notNull || !empty || own || isMysql(scene.engine)) return [];
  const label = scene.words.probe.rows(display(original));
  return [{ rule: 'add-column-not-null', table, label, sql: rowsOf(quoteName(scene.engine, original)) }];
}

const INTEGERS = /^(tiny|small|medium|big)?int(eger|\d)?\b/i;

function tooLarge(scene: Scene, table: Name, column: string, type: string): Question[] {
  const names = before(scene, table, column);
  const from = scene.world.column(table, column)?.type;
  if (names === undefined) return [];
  if (from !== undefined && typeChange(scene.engine, from, type).effect !== 'narrows') return [];
  // A text cannot be compared with a number.
  if (INTEGERS.test(type) && !INTEGERS.test(from ?? '')) return [];
  const sql = doNotFit(scene.engine, names.t, names.c, type);
  return sql === undefined
    ? []
    : [{ rule: 'narrow-type', table, label: scene.words.probe.tooLong(names.of, type), sql }];
}

function ofRestated(scene: Scene, { table, column, spec }: ChangeOf<'restate-column'>): Question[] {
  const names = before(scene, table, column);
  if (names === undefined) return [];
  const from = scene.world.column(table, column)?.type;
  const removed = from === undefined ? [] : typeChange(scene.engine, from, spec.type).removed;
  const list = removed.join(', ');
  const gone: Question[] =
    removed.length === 0
      ? []
      : [
          {
            rule: 'drop-enum-value',
            table,
            label: scene.words.probe.gone(names.of, list),
            sql: `SELECT COUNT(*) FROM ${names.t} WHERE ${names.c} IN (${list});`,
          },
        ];
  return [
    ...(spec.notNull ? nullsOf(scene, table, column, 'set-not-null') : []),
    ...gone,
    ...tooLarge(scene, table, column, spec.type),
  ];
}

/** What the table that takes the old one's place demands and the old one does not. */
function ofRebuild(scene: Scene, rebuild: Rebuild): Question[] {
  const { engine, world } = scene;
  const { created } = rebuild;
  const table = oldName(rebuild);
  const { known } = world.table(table);
  if (known?.columns === undefined || world.isNew(table)) return [];
  const has = (column: string) => world.column(table, column) !== undefined;
  const same = (a: readonly string[], b: readonly string[]) =>
    a
      .map((one) => columnKey(engine, one))
      .sort()
      .join('\n') ===
    b
      .map((one) => columnKey(engine, one))
      .sort()
      .join('\n');
  const unique = [known.primaryKey ?? [], ...(known.unique ?? [])];
  const constraints = [...created.constraints, ...created.columns.flatMap((spec) => spec.constraints)];
  const asked = [
    ...created.columns
      .filter((spec) => spec.notNull && has(spec.name))
      .flatMap((spec) => nullsOf(scene, table, spec.name, 'set-not-null')),
    ...constraints
      .filter(({ type, columns = [] }) => (type === 'unique' || type === 'primary') && columns.every(has))
      .filter(({ columns = [] }) => !unique.some((one) => same(one, columns)))
      .flatMap((one) => duplicatesOf(scene, table, one, one.type === 'primary' ? 'add-primary-key' : 'add-unique')),
  ];
  return asked.map((question) => ({ ...question, mended: true }));
}
