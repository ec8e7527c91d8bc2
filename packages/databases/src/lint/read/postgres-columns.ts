import type { ColumnDef, IndexElem, Node, Constraint as PgConstraint } from 'libpg-query';
import type { ColumnSpec, Constraint, Fallback } from '../changes.ts';
import { quote } from '../names.ts';
import { cursor, isWord, split, written } from './cursor.ts';
import { columnsIn, fallbackOf, neverNull, nodeOf, relation, strings, typeText } from './postgres-nodes.ts';
import type { Token } from './tokens.ts';

/** A statement, or a part of one, that is being read. */
export interface Here {
  readonly text: string;
  /** Its tokens, which know the places that the tree leaves out. */
  readonly tokens: readonly Token[];
  /** The offset in the file of a `location` of the tree. */
  readonly offset: (location: number) => number;
}

export const at = (here: Here, location?: number): number =>
  location === undefined || location < 0 ? (here.tokens[0]?.start ?? 0) : here.offset(location);

/** The tokens from an offset on. */
export const from = (here: Here, offset: number): readonly Token[] =>
  here.tokens.filter((token) => token.start >= offset);

const SERIAL = /^(small|big)?serial[248]?$/;

/** @param here whose tokens end with the definition */
export function readColumn(here: Here, def: ColumnDef): ColumnSpec {
  const name = def.colname ?? '';
  const type = typeText(def.typeName);
  const nodes = (def.constraints ?? []).flatMap((node) => nodeOf(node, 'Constraint') ?? []);
  const starts = nodes.map((node) => at(here, node.location));
  const constraints: Constraint[] = [];
  let fallback: Fallback | undefined;
  let generated: ColumnSpec['generated'];
  let identity: ColumnSpec['identity'];
  let notNull = def.is_not_null === true;
  for (const [index, node] of nodes.entries()) {
    const start = starts[index] ?? 0;
    const end = Math.min(...starts.filter((one) => one > start));
    const own = (here.tokens.length === 0 ? [] : from(here, start)).filter((token) => token.start < end);
    switch (node.contype) {
      case 'CONSTR_NOTNULL':
        notNull = true;
        break;
      case 'CONSTR_DEFAULT':
        fallback = fallbackOf(node.raw_expr, written(here.text, own.slice(1)));
        break;
      case 'CONSTR_GENERATED':
        generated = node.generated_kind === 'v' ? 'virtual' : 'stored';
        break;
      case 'CONSTR_IDENTITY':
        identity = node.generated_when === 'a' ? 'always' : 'by default';
        notNull = true;
        break;
      default: {
        const constraint = readConstraint({ ...here, tokens: own }, node, name);
        if (constraint !== undefined) constraints.push(constraint);
      }
    }
  }
  const counts = SERIAL.test(type);
  notNull ||= counts || constraints.some((one) => one.type === 'primary');
  const tail = from(here, at(here, def.location)).slice(1);
  return { name, type, notNull, fallback, generated, identity, counts, constraints, sql: written(here.text, tail) };
}

const TYPES: Readonly<Record<string, Constraint['type']>> = {
  CONSTR_PRIMARY: 'primary',
  CONSTR_UNIQUE: 'unique',
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreign',
  CONSTR_NOTNULL: 'not-null',
  CONSTR_EXCLUSION: 'exclude',
};

/** @param here whose tokens are the constraint's @param column that it stands behind, if it is a column's */
export function readConstraint(here: Here, node: PgConstraint, column?: string): Constraint | undefined {
  const type = TYPES[node.contype ?? ''];
  if (type === undefined) return undefined;
  const own = isWord(here.tokens[0], 'CONSTRAINT') ? here.tokens.slice(2) : here.tokens;
  const listed = strings(type === 'foreign' ? node.fk_attrs : node.keys);
  const columns = column !== undefined ? [column] : type === 'check' ? unique(columnsIn(node.raw_expr)) : listed;
  const head = column === undefined ? '' : `${HEADS[type] ?? ''}`.replace('?', quote('postgres', column));
  return {
    type,
    name: node.conname,
    columns,
    keys: type === 'check' ? [] : columns.map((one) => quote('postgres', one)),
    references:
      node.pktable === undefined ? undefined : { table: relation(node.pktable), columns: strings(node.pk_attrs) },
    condition: type === 'check' ? conditionOf(here.text, own) : undefined,
    neverNull: type === 'not-null' ? columns[0] : neverNull(node.raw_expr),
    nullsEqual: node.nulls_not_distinct === true,
    notValid: node.skip_validation === true,
    usingIndex: node.indexname,
    sql:
      column !== undefined && type !== 'check' && type !== 'foreign'
        ? head
        : `${head}${withoutNotValid(here.text, own)}`,
    at: at(here, node.location),
  };
}

/** A column's constraint as one of its table. */
const HEADS: Readonly<Partial<Record<Constraint['type'], string>>> = {
  primary: 'PRIMARY KEY (?)',
  unique: 'UNIQUE (?)',
  foreign: 'FOREIGN KEY (?) ',
};

const unique = (words: readonly string[]): string[] => [...new Set(words)];

function withoutNotValid(text: string, tokens: readonly Token[]): string {
  const end = tokens.findIndex((token, index) => isWord(token, 'NOT') && isWord(tokens[index + 1], 'VALID'));
  return written(text, end < 0 ? tokens : tokens.slice(0, end));
}

function conditionOf(text: string, tokens: readonly Token[]): string | undefined {
  const check = tokens.findIndex((token) => isWord(token, 'CHECK'));
  const inner = check < 0 ? undefined : cursor(tokens.slice(check + 1)).parens();
  return inner === undefined ? undefined : written(text, inner);
}

/** @param tokens behind the table of a CREATE INDEX */
export function indexKeys(
  text: string,
  tokens: readonly Token[],
  params: readonly Node[] | undefined,
): { columns: readonly string[] | undefined; keys: readonly string[] } {
  const open = tokens.findIndex((token) => isWord(token, '('));
  const parts = split(cursor(tokens.slice(Math.max(open, 0))).parens() ?? []);
  const elements = (params ?? []).flatMap((node): IndexElem | readonly never[] => nodeOf(node, 'IndexElem') ?? []);
  const keys = elements.map((element, index) => {
    if (element.name !== undefined) return quote('postgres', element.name);
    const part = parts[index] ?? [];
    // lower(email) text_pattern_ops DESC: the expression ends with its first pair of parentheses.
    const rest = cursor(part);
    while (rest.peek() !== undefined && !rest.is('(')) rest.next();
    rest.parens();
    return written(text, part.slice(0, part.length - rest.rest().length));
  });
  const named = elements.flatMap(({ name }) => name ?? []);
  return { columns: named.length === elements.length ? named : undefined, keys };
}
