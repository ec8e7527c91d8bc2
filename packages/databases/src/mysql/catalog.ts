import type { Place } from '../server/engine.ts';
import type { SchemaObject } from '../types.ts';
import { type Context, rows } from './client.ts';
import { readPrograms } from './kept.ts';
import { isOwn, literal, PROGRAMS, READING } from './sql.ts';

/** Objects that are made by SQL of their own and hold no rows. */
export const PROGRAM_KINDS: readonly string[] = [
  'view',
  'trigger',
  'function',
  'procedure',
  'event',
  'package',
  'package body',
  'library',
];

type Row = readonly [kind: string, name: string, ...parts: (string | number | null)[]];

/**
 * The objects of a database in a normal form: equal after a dump and its load, without the database's name, counters and the
 * hosts of definers. Of a copy that lies beside the live database, views, triggers, routines and events are those that wait
 * for the swap.
 */
export async function readObjects(context: Context, place: Place): Promise<readonly SchemaObject[]> {
  const found = (await rows<Row>(context, place, catalogSql(context, place), 'its objects cannot be read')).filter(
    ([, name]) => !isOwn(name),
  );
  const objects = found.map(([kind, name, ...parts]) => describe(place.database, kind, name, parts));
  const waiting = found.some(([kind]) => kind === 'waiting')
    ? (await readPrograms(context, place))?.objects
    : undefined;
  const all = objects.filter(({ kind }) => kind !== 'waiting');
  const whole = waiting === undefined ? all : [...all.filter(({ kind }) => !PROGRAM_KINDS.includes(kind)), ...waiting];
  const sequences = await readSequences(context, place, whole);
  return [...whole.filter(({ kind }) => kind !== 'sequence'), ...sequences].sort(
    (a, b) => order(a.kind, b.kind) || order(a.name, b.name),
  );
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function describe(
  database: string,
  kind: string,
  name: string,
  parts: readonly (string | number | null)[],
): SchemaObject {
  const words = parts.filter((part) => part !== null && part !== '').map(String);
  // MariaDB and MySQL write the database into the text of a view.
  const definition = kind === 'view' ? words.map((word) => word.replaceAll(`\`${database}\`.`, '')) : words;
  return { kind, name, definition: definition.join(' ') };
}

/** One statement for each kind; every row is a JSON array: kind, name, parts of the definition. */
function catalogSql({ flavour }: Context, { database }: Place): string {
  const db = literal(database);
  const maria = flavour === 'mariadb';
  const by = (mysql: string, mariadb: string) => (maria ? mariadb : mysql);
  const words = (prefix: string, value: string) => `IF(COALESCE(${value}, '') = '', '', CONCAT('${prefix}', ${value}))`;
  const user = (definer: string) => `CONCAT('definer=', SUBSTRING_INDEX(${definer}, '@', 1))`;
  const json = (...parts: string[]) => `JSON_ARRAY(${parts.join(', ')})`;
  const I = 'information_schema';
  const tables = `(SELECT TABLE_NAME FROM ${I}.TABLES WHERE TABLE_SCHEMA = ${db} AND TABLE_TYPE <> 'VIEW' AND TABLE_TYPE <> 'SEQUENCE')`;
  const parts = `(SELECT GROUP_CONCAT(CONCAT_WS(' ', PARTITION_NAME, PARTITION_METHOD, PARTITION_EXPRESSION, PARTITION_DESCRIPTION, SUBPARTITION_NAME, SUBPARTITION_METHOD, SUBPARTITION_EXPRESSION) ORDER BY PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION SEPARATOR ', ') FROM ${I}.PARTITIONS p WHERE p.TABLE_SCHEMA = t.TABLE_SCHEMA AND p.TABLE_NAME = t.TABLE_NAME AND p.PARTITION_NAME IS NOT NULL)`;
  const statements = [
    `SELECT ${json("'database'", "'defaults'", 'DEFAULT_CHARACTER_SET_NAME', 'DEFAULT_COLLATION_NAME')} FROM ${I}.SCHEMATA WHERE SCHEMA_NAME = ${db}`,
    `SELECT ${json(
      "IF(TABLE_TYPE = 'SEQUENCE', 'sequence', 'table')",
      'TABLE_NAME',
      "IF(TABLE_TYPE IN ('BASE TABLE', 'SEQUENCE'), '', LOWER(TABLE_TYPE))",
      "CONCAT('engine=', ENGINE)",
      "CONCAT('collation=', TABLE_COLLATION)",
      "TRIM(REPLACE(COALESCE(CREATE_OPTIONS, ''), 'partitioned', ''))",
      words('comment=', 'QUOTE(NULLIF(TABLE_COMMENT, ""))').replaceAll('""', "''"),
      words('partitions ', parts),
    )} FROM ${I}.TABLES t WHERE TABLE_SCHEMA = ${db} AND TABLE_TYPE <> 'VIEW'`,
    `SELECT ${json(
      "'column'",
      "CONCAT(c.TABLE_NAME, '.', c.COLUMN_NAME)",
      'c.COLUMN_TYPE',
      "IF(c.COLLATION_NAME IS NULL, '', CONCAT('collate ', c.COLLATION_NAME))",
      "IF(c.IS_NULLABLE = 'NO', 'not null', '')",
      "IF(c.COLUMN_DEFAULT IS NULL, '', CONCAT('default ', c.COLUMN_DEFAULT))",
      'LOWER(c.EXTRA)',
      "IF(COALESCE(c.GENERATION_EXPRESSION, '') = '', '', CONCAT('as (', c.GENERATION_EXPRESSION, ')'))",
      by("IF(c.SRS_ID IS NULL, '', CONCAT('srid ', c.SRS_ID))", "''"),
      "IF(c.COLUMN_COMMENT = '', '', CONCAT('comment=', QUOTE(c.COLUMN_COMMENT)))",
      "IF(c.ORDINAL_POSITION = 1, 'first', CONCAT('after ', (SELECT b.COLUMN_NAME FROM information_schema.COLUMNS b WHERE b.TABLE_SCHEMA = c.TABLE_SCHEMA AND b.TABLE_NAME = c.TABLE_NAME AND b.ORDINAL_POSITION < c.ORDINAL_POSITION ORDER BY b.ORDINAL_POSITION DESC LIMIT 1)))",
    )} FROM ${I}.COLUMNS c WHERE c.TABLE_SCHEMA = ${db} AND c.TABLE_NAME IN ${tables}`,
    `SELECT ${json(
      "'index'",
      "CONCAT(TABLE_NAME, '.', INDEX_NAME)",
      "IF(NON_UNIQUE = 0, 'unique', '')",
      'LOWER(INDEX_TYPE)',
      `CONCAT('(', GROUP_CONCAT(CONCAT(${by("COALESCE(COLUMN_NAME, CONCAT('(', EXPRESSION, ')'))", 'COLUMN_NAME')}, IF(SUB_PART IS NULL, '', CONCAT('(', SUB_PART, ')')), IF(COLLATION = 'D', ' desc', '')) ORDER BY SEQ_IN_INDEX SEPARATOR ', '), ')')`,
      by("IF(MAX(IS_VISIBLE) = 'NO', 'invisible', '')", "IF(MAX(IGNORED) = 'YES', 'ignored', '')"),
      "IF(MAX(INDEX_COMMENT) = '', '', CONCAT('comment=', QUOTE(MAX(INDEX_COMMENT))))",
    )} FROM ${I}.STATISTICS WHERE TABLE_SCHEMA = ${db} GROUP BY TABLE_NAME, INDEX_NAME, NON_UNIQUE, INDEX_TYPE`,
    `SELECT ${json(
      "'foreign key'",
      "CONCAT(k.TABLE_NAME, '.', k.CONSTRAINT_NAME)",
      "CONCAT('(', GROUP_CONCAT(k.COLUMN_NAME ORDER BY k.ORDINAL_POSITION SEPARATOR ', '), ')')",
      "CONCAT('references ', IF(k.REFERENCED_TABLE_SCHEMA = k.TABLE_SCHEMA, '', CONCAT(k.REFERENCED_TABLE_SCHEMA, '.')), k.REFERENCED_TABLE_NAME, ' (', GROUP_CONCAT(k.REFERENCED_COLUMN_NAME ORDER BY k.ORDINAL_POSITION SEPARATOR ', '), ')')",
      "CONCAT('on delete ', LOWER(MAX(r.DELETE_RULE)), ' on update ', LOWER(MAX(r.UPDATE_RULE)))",
    )} FROM ${I}.KEY_COLUMN_USAGE k JOIN ${I}.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME WHERE k.TABLE_SCHEMA = ${db} AND k.REFERENCED_TABLE_NAME IS NOT NULL GROUP BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME`,
    by(
      `SELECT ${json("'check'", "CONCAT(t.TABLE_NAME, '.', t.CONSTRAINT_NAME)", 'c.CHECK_CLAUSE', "IF(t.ENFORCED = 'NO', 'not enforced', '')")} FROM ${I}.TABLE_CONSTRAINTS t JOIN ${I}.CHECK_CONSTRAINTS c ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME WHERE t.TABLE_SCHEMA = ${db} AND t.CONSTRAINT_TYPE = 'CHECK'`,
      `SELECT ${json("'check'", "CONCAT(TABLE_NAME, '.', CONSTRAINT_NAME)", 'CHECK_CLAUSE')} FROM ${I}.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ${db}`,
    ),
    `SELECT ${json("'view'", 'TABLE_NAME', 'VIEW_DEFINITION', "IF(CHECK_OPTION = 'NONE', '', CONCAT('check option ', LOWER(CHECK_OPTION)))", "CONCAT('security ', LOWER(SECURITY_TYPE))", user('DEFINER'), by("''", "CONCAT('algorithm ', LOWER(ALGORITHM))"))} FROM ${I}.VIEWS WHERE TABLE_SCHEMA = ${db}`,
    `SELECT ${json("'trigger'", "CONCAT(EVENT_OBJECT_TABLE, '.', TRIGGER_NAME)", 'LOWER(ACTION_TIMING)', 'LOWER(EVENT_MANIPULATION)', 'ACTION_ORDER', 'ACTION_STATEMENT', user('DEFINER'), "CONCAT('sql_mode=', SQL_MODE)", "CONCAT('collation=', COLLATION_CONNECTION)")} FROM ${I}.TRIGGERS WHERE TRIGGER_SCHEMA = ${db}`,
    `SELECT ${json(
      'LOWER(ROUTINE_TYPE)',
      'ROUTINE_NAME',
      `CONCAT('(', COALESCE((SELECT GROUP_CONCAT(CONCAT_WS(' ', p.PARAMETER_MODE, p.PARAMETER_NAME, p.DTD_IDENTIFIER, p.COLLATION_NAME) ORDER BY p.ORDINAL_POSITION SEPARATOR ', ') FROM ${I}.PARAMETERS p WHERE p.SPECIFIC_SCHEMA = r.ROUTINE_SCHEMA AND p.SPECIFIC_NAME = r.SPECIFIC_NAME AND p.ROUTINE_TYPE = r.ROUTINE_TYPE AND p.ORDINAL_POSITION > 0), ''), ')')`,
      "IF(COALESCE(DTD_IDENTIFIER, '') = '', '', CONCAT_WS(' ', 'returns', DTD_IDENTIFIER, COLLATION_NAME))",
      'ROUTINE_DEFINITION',
      "IF(IS_DETERMINISTIC = 'YES', 'deterministic', '')",
      'LOWER(SQL_DATA_ACCESS)',
      "CONCAT('security ', LOWER(SECURITY_TYPE))",
      user('DEFINER'),
      "CONCAT('sql_mode=', SQL_MODE)",
      "IF(ROUTINE_COMMENT = '', '', CONCAT('comment=', QUOTE(ROUTINE_COMMENT)))",
    )} FROM ${I}.ROUTINES r WHERE ROUTINE_SCHEMA = ${db}`,
    `SELECT ${json("'event'", 'EVENT_NAME', 'LOWER(EVENT_TYPE)', 'EXECUTE_AT', "CONCAT_WS(' ', INTERVAL_VALUE, INTERVAL_FIELD)", "IF(STARTS IS NULL, '', CONCAT('starts ', STARTS))", "IF(ENDS IS NULL, '', CONCAT('ends ', ENDS))", 'TIME_ZONE', 'LOWER(STATUS)', 'LOWER(ON_COMPLETION)', 'EVENT_DEFINITION', user('DEFINER'), "CONCAT('sql_mode=', SQL_MODE)", "IF(EVENT_COMMENT = '', '', CONCAT('comment=', QUOTE(EVENT_COMMENT)))")} FROM ${I}.EVENTS WHERE EVENT_SCHEMA = ${db}`,
    `SELECT ${json("'waiting'", "''")} FROM ${I}.TABLES WHERE TABLE_SCHEMA = ${db} AND TABLE_NAME = '${PROGRAMS}'`,
  ];
  return `${READING}${statements.join(';\n')};\n`;
}

/** What a sequence is; where it stands is data. */
async function readSequences(
  context: Context,
  place: Place,
  objects: readonly SchemaObject[],
): Promise<readonly SchemaObject[]> {
  const names = objects.filter(({ kind }) => kind === 'sequence').map(({ name }) => name);
  if (names.length === 0) return [];
  const sql = names
    .map(
      (name) =>
        `SELECT JSON_ARRAY(${literal(name)}, CONCAT('from ', minimum_value, ' to ', maximum_value, ' start ', start_value, ' by ', increment, ' cache ', cache_size, IF(cycle_option, ' cycle', ''))) FROM \`${name.replaceAll('`', '``')}\`;\n`,
    )
    .join('');
  const found = await rows<readonly [string, string]>(context, place, READING + sql, 'its sequences cannot be read');
  return found.map(([name, definition]) => ({ kind: 'sequence', name, definition }));
}
