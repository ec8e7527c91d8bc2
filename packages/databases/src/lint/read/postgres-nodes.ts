import type { Node, RangeVar, TypeName } from 'libpg-query';
import type { Fallback } from '../changes.ts';
import type { Name } from '../names.ts';

// Small things of PostgreSQL's parse tree: names, types, constants.

export type NodeKind = Node extends infer N ? (N extends unknown ? keyof N : never) : never;
/** What stands in a node of that kind. */
export type NodeOf<K extends NodeKind> = Extract<Node, Record<K, unknown>> extends Record<K, infer V> ? V : never;

export function nodeOf<K extends NodeKind>(node: Node | undefined, kind: K): NodeOf<K> | undefined {
  return (node as Partial<Record<K, NodeOf<K>>> | undefined)?.[kind];
}

export const relation = (range: RangeVar | undefined): Name => ({
  schema: range?.schemaname,
  name: range?.relname ?? '',
});

export const strings = (nodes: readonly Node[] | undefined): string[] =>
  (nodes ?? []).flatMap((node) => nodeOf(node, 'String')?.sval ?? []);

/** A name out of a list of its parts. */
export function listed(nodes: readonly Node[] | undefined): Name {
  const parts = strings(nodes);
  return { schema: parts.length > 1 ? parts.at(-2) : undefined, name: parts.at(-1) ?? '' };
}

/** `OBJECT_MATVIEW` as people write it. */
export function words(type: string | undefined): string {
  const word = (type ?? '').replace(/^OBJECT_/, '').toLowerCase();
  return word === 'matview' ? 'materialized view' : word.replaceAll('_', ' ');
}

/** The name of an object as DROP and RENAME list it. */
export function dropped(object: Node | undefined): Name {
  const list =
    nodeOf(object, 'List')?.items ?? nodeOf(object, 'TypeName')?.names ?? nodeOf(object, 'ObjectWithArgs')?.objname;
  return listed(list ?? (object === undefined ? [] : [object]));
}

/** PostgreSQL's own names of types as people write them. */
const WRITTEN: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  bpchar: 'char',
  varchar: 'varchar',
  timestamptz: 'timestamptz',
  timetz: 'timetz',
};

/** `varchar(20)`, `numeric(10,2)`, `integer[]`, `shop.status`. */
export function typeText(type: TypeName | undefined): string {
  const parts = strings(type?.names).filter((part) => part !== 'pg_catalog');
  const base = parts.map((part) => WRITTEN[part] ?? part).join('.');
  // An interval's modifier is a mask of fields.
  const modifiers = base === 'interval' ? [] : (type?.typmods ?? []).map(constant).filter((one) => one !== undefined);
  const size = modifiers.length === 0 ? '' : `(${modifiers.join(',')})`;
  return `${type?.setof === true ? 'setof ' : ''}${base}${size}${'[]'.repeat(type?.arrayBounds?.length ?? 0)}`;
}

/** A constant as text; undefined: the node is none. */
export function constant(node: Node | undefined): string | undefined {
  const value = nodeOf(node, 'A_Const');
  if (value === undefined) return undefined;
  if (value.isnull === true) return 'null';
  // Zero, false and an empty text are left out of the tree.
  if (value.ival !== undefined) return String(value.ival.ival ?? 0);
  if (value.boolval !== undefined) return String(value.boolval.boolval ?? false);
  return value.fval?.fval ?? value.sval?.sval ?? value.bsval?.bsval;
}

/** The same for every row of one statement: PostgreSQL computes them once, and rewrites nothing for a new column. */
const FIXED = new Set(
  `now transaction_timestamp statement_timestamp current_database current_schema current_setting to_timestamp to_date to_char
to_number make_date make_time make_timestamp make_interval date_trunc timezone date_part extract lower upper concat concat_ws
coalesce md5 length trim btrim ltrim rtrim replace substr substring left right lpad rpad round floor ceil abs array_fill
json_build_object jsonb_build_object json_build_array jsonb_build_array to_json to_jsonb version user inet_server_addr
uuid_nil uuid_ns_dns uuid_ns_url int4range int8range numrange tsrange tstzrange daterange date timestamptz`.split(
    /\s+/,
  ),
);
const VOLATILE = new Set(
  `random gen_random_uuid uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 uuidv4 uuidv7 clock_timestamp timeofday nextval
currval lastval setval txid_current gen_random_bytes random_normal pg_current_xact_id`.split(/\s+/),
);

/** A DEFAULT. @param sql as written */
export function fallbackOf(node: Node | undefined, sql: string): Fallback {
  if (constant(unwrap(node)) === 'null') return { sql, kind: 'null', computed: false };
  const functions = functionsIn(node);
  const kind = functions.some((name) => VOLATILE.has(name))
    ? 'volatile'
    : functions.every((name) => FIXED.has(name))
      ? 'fixed'
      : 'unknown';
  return { sql, kind, computed: constant(unwrap(node)) === undefined };
}

/** A value without its casts: 'x'::text. */
function unwrap(node: Node | undefined): Node | undefined {
  const cast = nodeOf(node, 'TypeCast');
  return cast === undefined ? node : unwrap(cast.arg);
}

/** Names of all functions that are called anywhere in there. */
export function functionsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(functionsIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'FuncCall'
      ? [strings((value as NodeOf<'FuncCall'>).funcname).at(-1) ?? '', ...functionsIn(Object.values(value as object))]
      : functionsIn(value),
  );
}

/** The columns that are named anywhere in there. */
export function columnsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(columnsIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'ColumnRef' ? strings((value as NodeOf<'ColumnRef'>).fields).slice(-1) : columnsIn(value),
  );
}

/** The column of `column IS NOT NULL`. */
export function neverNull(node: Node | undefined): string | undefined {
  const test = nodeOf(node, 'NullTest');
  if (test?.nulltesttype !== 'IS_NOT_NULL') return undefined;
  const fields = strings(nodeOf(test.arg, 'ColumnRef')?.fields);
  return fields.length === 1 ? fields[0] : undefined;
}

/** A condition that holds for every row: TRUE, 1 = 1. */
export function alwaysTrue(node: Node | undefined): boolean {
  if (constant(node) === 'true') return true;
  const compared = nodeOf(node, 'A_Expr');
  if (compared?.kind !== 'AEXPR_OP' || strings(compared.name)[0] !== '=') return false;
  const left = constant(compared.lexpr);
  return left !== undefined && left === constant(compared.rexpr);
}
