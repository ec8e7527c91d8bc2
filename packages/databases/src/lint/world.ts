import type { Change, ColumnSpec, Constraint } from './changes.ts';
import { columnKey, keyOf, type Name } from './names.ts';
import type { Engine, Known, KnownTable } from './types.ts';

/** A column as it is at this point of the migration. */
export interface ColumnState {
  readonly name: string;
  /** Its name before the migration; undefined: the migration made it. */
  readonly original: string | undefined;
  readonly type: string | undefined;
  /** Undefined: not known. */
  readonly notNull: boolean | undefined;
  /** Null: none; undefined: not known. */
  readonly fallback: string | null | undefined;
}

export interface TableState {
  readonly name: Name;
  /** Its name before the migration; undefined: the migration made it. */
  readonly original: Name | undefined;
  readonly known: KnownTable | undefined;
  readonly columns: Map<string, ColumnState>;
  /** Constraints that this migration added, by name. */
  readonly checks: Map<string, { readonly neverNull: string | undefined; readonly validated: boolean }>;
  /** Rows were written by the migration. */
  written: boolean;
}

/** The schema as far as it is known, from before the migration up to the statement that is looked at. */
export interface World {
  /** Of a table that was not met before: it is taken to have been there before. */
  table(name: Name): TableState;
  isNew(name: Name): boolean;
  column(table: Name, column: string): ColumnState | undefined;
  isNewColumn(table: Name, column: string): boolean;
  rows(table: Name): number | undefined;
  /** Did this migration make an index, view, routine, type of that name? */
  made(what: string, name: Name): boolean;
  /** Is a CHECK in force and validated that the column is not null? */
  provenNotNull(table: Name, column: string): boolean;
  /** Something was run that cannot be looked into. */
  readonly opaque: boolean;
  apply(change: Change): void;
  /** A table made by the migration holds the rows of an older one, as it was, from here on. */
  inherit(name: Name, old: TableState): void;
}

export function world(engine: Engine, known: Known | undefined): World {
  const tables = new Map<string, TableState>();
  const objects = new Set<string>();
  // Dropped, or renamed: what is known of that name is true no more.
  const gone = new Set<string>();
  let opaque = false;
  const key = (name: Name) => keyOf(engine, name, known?.database);
  const ofColumn = (column: string) => columnKey(engine, column);
  const knownTables = new Map((known?.tables ?? []).map((one) => [key({ schema: one.schema, name: one.name }), one]));

  /** As it was before the migration, if it was not met yet. */
  const table = (name: Name): TableState => tables.get(key(name)) ?? fromKnown(name);
  const fromKnown = (name: Name): TableState => {
    const from = gone.has(key(name)) ? undefined : knownTables.get(key(name));
    const columns = (from?.columns ?? []).map((one): [string, ColumnState] => [
      ofColumn(one.name),
      { name: one.name, original: one.name, type: one.type, notNull: one.notNull, fallback: one.fallback },
    ]);
    return { name, original: name, known: from, columns: new Map(columns), checks: new Map(), written: false };
  };
  /** To be changed. */
  const met = (name: Name): TableState => {
    const state = table(name);
    tables.set(key(name), state);
    return state;
  };
  /** A column of a known table that is not listed there does not exist; of another it is taken to. */
  const column = (of: Name, name: string): ColumnState | undefined => table(of).columns.get(ofColumn(name));
  const put = (of: Name, name: string, changed: Partial<ColumnState>) => {
    const before = column(of, name) ?? {
      name,
      original: name,
      type: undefined,
      notNull: undefined,
      fallback: undefined,
    };
    met(of).columns.set(ofColumn(name), { ...before, ...changed });
  };
  const add = (of: Name, spec: ColumnSpec) => {
    const state: ColumnState = { ...stateOf(spec), name: spec.name, original: undefined };
    met(of).columns.set(ofColumn(spec.name), state);
    for (const constraint of spec.constraints) constrain(of, constraint);
  };
  const constrain = (of: Name, constraint: Constraint) => {
    const name = constraint.name ?? `${constraint.type} ${table(of).checks.size}`;
    met(of).checks.set(name, { neverNull: constraint.neverNull, validated: !constraint.notValid });
    if (constraint.type === 'not-null' && constraint.neverNull !== undefined && !constraint.notValid)
      put(of, constraint.neverNull, { notNull: true });
  };

  return {
    table,
    isNew: (name) => table(name).original === undefined,
    column,
    isNewColumn: (of, name) =>
      table(of).original === undefined || (column(of, name) ?? { original: name }).original === undefined,
    rows: (name) => table(name).known?.rows,
    made: (what, name) => objects.has(`${what} ${key(name)}`),
    provenNotNull(of, name) {
      const wanted = ofColumn(name);
      return [...table(of).checks.values()].some(
        ({ neverNull, validated }) => validated && neverNull !== undefined && ofColumn(neverNull) === wanted,
      );
    },
    get opaque() {
      return opaque;
    },
    inherit(name, old) {
      const now = table(name);
      const columns = [...now.columns].map(([of, column]): [string, ColumnState] => {
        const before = old.columns.get(of);
        // Where the old columns are not known, those of the same name are taken to be the same.
        const original = old.known?.columns === undefined ? column.name : before?.original;
        return [of, { ...column, original: before?.original ?? original }];
      });
      const known = old.known && { name: name.name, rows: old.known.rows };
      tables.set(key(name), { ...now, original: old.original, known, columns: new Map(columns), written: true });
    },
    apply(change) {
      switch (change.kind) {
        case 'create-table': {
          const there = tables.get(key(change.table)) ?? knownTables.get(key(change.table));
          // One that was met before it is made was there; one that nobody named may be.
          if (change.ifNotExists && there !== undefined && !gone.has(key(change.table))) break;
          const columns = change.columns.map((spec): [string, ColumnState] => [
            ofColumn(spec.name),
            { ...stateOf(spec), name: spec.name, original: undefined },
          ]);
          tables.set(key(change.table), {
            name: change.table,
            original: undefined,
            known: undefined,
            columns: new Map(columns),
            checks: new Map(),
            written: false,
          });
          break;
        }
        case 'drop-table':
          tables.delete(key(change.table));
          gone.add(key(change.table));
          break;
        case 'rename-table': {
          const state = met(change.table);
          tables.delete(key(change.table));
          gone.add(key(change.table));
          tables.set(key(change.to), { ...state, name: change.to });
          break;
        }
        case 'add-column':
          add(change.table, change.spec);
          break;
        case 'drop-column':
          met(change.table).columns.delete(ofColumn(change.column));
          break;
        case 'rename-column': {
          put(change.table, change.column, {});
          const state = column(change.table, change.column);
          met(change.table).columns.delete(ofColumn(change.column));
          if (state !== undefined) met(change.table).columns.set(ofColumn(change.to), { ...state, name: change.to });
          break;
        }
        case 'alter-type':
          put(change.table, change.column, { type: change.to });
          break;
        case 'restate-column':
          put(change.table, change.column, { ...stateOf(change.spec), name: change.spec.name });
          break;
        case 'set-not-null':
        case 'drop-not-null':
          put(change.table, change.column, { notNull: change.kind === 'set-not-null' });
          break;
        case 'set-default':
        case 'drop-default':
          put(change.table, change.column, { fallback: change.kind === 'drop-default' ? null : 'set' });
          break;
        case 'add-constraint':
          constrain(change.table, change.constraint);
          break;
        case 'validate-constraint': {
          const { checks } = met(change.table);
          const check = checks.get(change.name);
          if (check !== undefined) checks.set(change.name, { ...check, validated: true });
          break;
        }
        case 'drop-constraint':
          if (change.name !== undefined) met(change.table).checks.delete(change.name);
          break;
        case 'create-index':
          if (change.name !== undefined)
            objects.add(`index ${key({ schema: change.table.schema, name: change.name })}`);
          break;
        case 'create-object':
          objects.add(`${change.what} ${key(change.name)}`);
          break;
        case 'create-trigger':
          objects.add(`trigger ${change.name}`);
          break;
        case 'write':
          met(change.table).written = true;
          break;
        case 'opaque':
          opaque = true;
          break;
        default:
      }
    },
  };
}

const stateOf = (spec: ColumnSpec) => ({
  type: spec.type,
  notNull: spec.notNull || spec.constraints.some(({ type }) => type === 'primary'),
  fallback:
    spec.fallback?.kind === 'null'
      ? null
      : (spec.fallback?.sql ??
        (spec.counts || spec.identity !== undefined || spec.generated !== undefined ? 'own' : null)),
});
