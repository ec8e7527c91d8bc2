import type { Engine } from './types.ts';

/** A table's or another object's name as a statement has it. */
export interface Name {
  readonly schema: string | undefined;
  readonly name: string;
}

/** As people write it: `shop.orders`. */
export const display = ({ schema, name }: Name): string => (schema === undefined ? name : `${schema}.${name}`);

/** Schemas that need no naming: what lies there has the same name with and without them. */
const DEFAULT_SCHEMAS: Readonly<Record<Engine, readonly string[]>> = {
  postgres: ['public'],
  mysql: [],
  mariadb: [],
  sqlite: ['main'],
};

/** What two writings of one name have in common. @param database the MySQL database that needs no naming */
export function keyOf(engine: Engine, { schema, name }: Name, database?: string): string {
  const fold = (word: string) => (engine === 'postgres' ? word : word.toLowerCase());
  const own = schema === undefined || schema === database || DEFAULT_SCHEMAS[engine].includes(fold(schema));
  return own ? fold(name) : `${fold(schema)}.${fold(name)}`;
}

export const columnKey = (engine: Engine, column: string): string =>
  engine === 'postgres' ? column : column.toLowerCase();

// Reserved in one of the engines at least; a word too many costs two quotation marks.
const RESERVED = new Set(
  `all alter analyse analyze and any array as asc asymmetric before between bigint binary blob both by call cascade case cast
change char character check collate column condition constraint continue convert create cross cube current_date current_role
current_time current_timestamp current_user cursor database databases day_hour dec decimal declare default deferrable delayed
delete desc describe distinct div do double drop each else elseif end escaped except exists exit explain false fetch float for
force foreign from full fulltext function generated get grant group groups having high_priority if ignore in index infile initially
inner inout insert int integer intersect interval into is isnull join json_table key keys kill lateral lead leading leave left like
limit lines load localtime localtimestamp lock long loop low_priority match mediumint mod modifies natural not notnull null numeric
of off offset on only optimize option or order out outer over overlaps partition placing precision primary procedure range rank read
reads real recursive references regexp release rename repeat replace require restrict return returning revoke right rlike row rows
schema schemas select separator session_user set show similar smallint some spatial sql ssl starting stored symmetric system table
terminated text then tinyint to trailing transaction trigger true undo union unique unlock unsigned update usage use user using
values varbinary varchar variadic varying verbose view virtual when where while window with without write xor zerofill`
    .split(/\s+/)
    // Types are no reserved words where a column's name may stand.
    .filter((word) => word !== 'text'),
);

/** An identifier as the engine reads it back, in quotation marks only where it needs them. */
export function quote(engine: Engine, word: string): string {
  const plain = engine === 'postgres' ? /^[a-z_][a-z0-9_$]*$/ : /^[A-Za-z_][A-Za-z0-9_]*$/;
  if (plain.test(word) && !RESERVED.has(word.toLowerCase())) return word;
  return engine === 'mysql' || engine === 'mariadb'
    ? `\`${word.replaceAll('`', '``')}\``
    : `"${word.replaceAll('"', '""')}"`;
}

export const quoteName = (engine: Engine, { schema, name }: Name): string =>
  schema === undefined ? quote(engine, name) : `${quote(engine, schema)}.${quote(engine, name)}`;

/** A text literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
