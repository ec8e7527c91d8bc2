import type { Inspection, SchemaObject } from '../types.ts';
import { keyParts, names as listedNames } from './read/columns.ts';
import { cursor, isWord, written } from './read/cursor.ts';
import { readSqlite } from './read/sqlite.ts';
import { tokenize } from './read/tokens.ts';
import { source } from './source.ts';
import type { Engine, Known, KnownColumn, KnownTable } from './types.ts';

/**
 * What a database's inspection says of its tables, for the lint.
 * @param database its name on the server (MySQL, MariaDB)
 */
export function knownSchema(
  engine: Engine,
  inspection: Pick<Inspection, 'objects' | 'rows'>,
  database?: string,
): Known {
  const tables = engine === 'sqlite' ? ofSqlite(inspection.objects) : ofServer(engine, inspection.objects);
  const rows = new Map(Object.entries(inspection.rows));
  return { database, tables: tables.map(({ label, ...table }) => ({ ...table, rows: rows.get(label) })) };
}

/** A table with the name under which its rows are counted. */
type Labelled = KnownTable & { readonly label: string };

function ofSqlite(objects: readonly SchemaObject[]): Labelled[] {
  const indexes = objects
    .filter(({ kind }) => kind === 'index')
    .flatMap(({ definition }) => readSqlite(source('', definition)).statements)
    .flatMap(({ changes }) => changes.flatMap((change) => (change.kind === 'create-index' ? [change] : [])));
  return objects
    .filter(({ kind }) => kind === 'table')
    .flatMap(({ name, definition }): Labelled[] => {
      const [change] = readSqlite(source('', definition)).statements[0]?.changes ?? [];
      if (change?.kind !== 'create-table') return [];
      const constraints = [...change.constraints, ...change.columns.flatMap((spec) => spec.constraints)];
      const own = indexes.filter((index) => index.table.name.toLowerCase() === name.toLowerCase());
      const lists = (type: 'unique' | 'primary') =>
        constraints
          .filter((one) => one.type === type)
          .flatMap(({ columns }) => (columns === undefined ? [] : [columns]));
      return [
        {
          label: name,
          name,
          columns: change.columns.map((spec) => ({
            name: spec.name,
            type: spec.type,
            notNull: spec.notNull,
            fallback: spec.fallback?.sql ?? null,
          })),
          primaryKey: lists('primary')[0],
          unique: [
            ...lists('unique'),
            ...own.flatMap((one) => (one.unique && one.where === undefined ? [one.columns ?? []] : [])),
          ],
          indexed: own.flatMap((one) => (one.unique ? [] : [one.columns ?? []])),
        },
      ];
    });
}

/** Objects of a server: tables, and their columns, keys and indexes each by itself, named `<table>.<name>`. */
function ofServer(engine: Exclude<Engine, 'sqlite'>, objects: readonly SchemaObject[]): Labelled[] {
  const of = (kind: string, label: string) =>
    objects.filter((one) => one.kind === kind && one.name.startsWith(`${label}.`));
  return objects
    .filter(({ kind }) => kind === 'table')
    .map(({ name: label }): Labelled => {
      const inner = (object: SchemaObject) => object.name.slice(label.length + 1);
      const keys =
        engine === 'postgres'
          ? [...of('constraint', label).map(postgresKey), ...of('index', label).map(postgresKey)]
          : of('index', label).map((one) => mysqlKey(inner(one), one.definition));
      const columns = (role: Key['role']) => keys.flatMap((key) => (key?.role === role ? [key.columns] : []));
      const parts = engine === 'postgres' ? identifiers(label) : [label];
      return {
        label,
        schema: parts.length > 1 ? parts[0] : undefined,
        name: parts.at(-1) ?? label,
        columns: of('column', label).map((one) => column(engine, inner(one), one.definition)),
        primaryKey: columns('primary')[0],
        unique: columns('unique'),
        indexed: columns('plain'),
      };
    });
}

/** `"Shop".orders` as its parts. */
const identifiers = (text: string): string[] =>
  tokenize(text, 'postgres').tokens.flatMap((token) =>
    token.kind === 'quoted' ? [token.value] : token.kind === 'word' ? [token.text] : [],
  );

/** A type, then words about it: `character varying(20) not null default 'x'::text`. */
function column(engine: Engine, name: string, definition: string): KnownColumn {
  const dialect = engine === 'postgres' ? 'postgres' : 'mysql';
  const { tokens } = tokenize(definition, dialect);
  const at = (word: string, next?: string) =>
    tokens.findIndex((token, index) => isWord(token, word) && (next === undefined || isWord(tokens[index + 1], next)));
  const ends = [
    at('COLLATE'),
    at('NOT', 'NULL'),
    at('DEFAULT'),
    at('GENERATED'),
    at('STORAGE'),
    ...OTHERS.map((word) => at(word)),
  ];
  const end = Math.min(tokens.length, ...ends.filter((index) => index > 0));
  const start = at('DEFAULT');
  const own = at('GENERATED') >= 0 || at('AUTO_INCREMENT') >= 0;
  const behind =
    definition
      .slice(tokens[start]?.end)
      .trim()
      .split(/ after | first$/)[0] ?? '';
  // MariaDB says so of a column that may be NULL and has no other.
  const stated = start < 0 || /^null$/i.test(behind) ? null : behind;
  return {
    name: engine === 'postgres' ? (identifiers(name)[0] ?? name) : name,
    type: written(definition, tokens.slice(0, end)),
    notNull: at('NOT', 'NULL') > 0,
    fallback: stated ?? (own ? 'own' : null),
  };
}

/** What MySQL's and MariaDB's columns may have behind their type. */
const OTHERS = [
  'FIRST',
  'AFTER',
  'AUTO_INCREMENT',
  'COMMENT',
  'ON',
  'AS',
  'VIRTUAL',
  'STORED',
  'SRID',
  'INVISIBLE',
  'DEFAULT_GENERATED',
];

interface Key {
  readonly role: 'primary' | 'unique' | 'plain';
  readonly columns: readonly string[];
}

/** `PRIMARY KEY (id)`, `UNIQUE (a, b)`, `CREATE UNIQUE INDEX i ON t USING btree (a)`; undefined: no key, or one of a part. */
function postgresKey({ definition }: SchemaObject): Key | undefined {
  const { tokens } = tokenize(definition, 'postgres');
  const rest = cursor(tokens);
  const primary = rest.is('PRIMARY', 'KEY');
  const unique = rest.is('UNIQUE') || rest.is('CREATE', 'UNIQUE');
  if (!primary && !unique && !rest.is('CREATE', 'INDEX')) return undefined;
  while (rest.peek() !== undefined && !rest.is('(')) rest.next();
  const inner = rest.parens() ?? [];
  const partial = rest.rest().some((token) => isWord(token, 'WHERE'));
  const columns = listedNames(inner).map((name) => identifiers(name)[0] ?? name);
  return { role: primary ? 'primary' : unique && !partial ? 'unique' : 'plain', columns };
}

/** `unique btree (a, b(10))` under the name PRIMARY, or another. */
function mysqlKey(name: string, definition: string): Key | undefined {
  const { tokens } = tokenize(definition, 'mysql');
  const rest = cursor(tokens);
  while (rest.peek() !== undefined && !rest.is('(')) rest.next();
  const { columns } = keyParts(definition, 'mysql', rest.parens() ?? []);
  const unique = isWord(tokens[0], 'UNIQUE');
  if (columns === undefined) return undefined;
  return { role: name === 'PRIMARY' ? 'primary' : unique ? 'unique' : 'plain', columns };
}
