import type { Engine } from './types.ts';

/** What a change of a column's type does to the values in it. */
export interface TypeChange {
  /** widens: every value fits, and reads the same; narrows: some may not fit; changes: another kind of value. */
  readonly effect: 'same' | 'widens' | 'narrows' | 'changes';
  /** Is each row written anew? */
  readonly rewrites: boolean;
  /** Values of an enumeration that are there no more. */
  readonly removed: readonly string[];
}

const result = (effect: TypeChange['effect'], rewrites: boolean, removed: readonly string[] = []): TypeChange => ({
  effect,
  rewrites,
  removed,
});

export function typeChange(engine: Engine, from: string, to: string): TypeChange {
  const a = parse(engine, from);
  const b = parse(engine, to);
  if (a.base === b.base && a.rest === b.rest && a.args.join() === b.args.join()) return result('same', false);
  const family = (FAMILIES[engine] ?? []).find((types) => types.includes(a.base) && types.includes(b.base));
  if (a.rest !== b.rest) {
    // unsigned: the same bits for other numbers.
    const grows = a.rest === 'unsigned' && family !== undefined && family.indexOf(b.base) > family.indexOf(a.base);
    return result(grows ? 'widens' : 'narrows', true);
  }
  if (a.base === 'enum' && b.base === 'enum') return enumChange(a.args, b.args);
  if (isText(a) && isText(b)) return textChange(engine, a, b);
  if (a.base === b.base) return sizeChange(engine, a, b);
  if (family !== undefined) return result(family.indexOf(b.base) > family.indexOf(a.base) ? 'widens' : 'narrows', true);
  return result('changes', true);
}

interface Type {
  readonly base: string;
  readonly args: readonly string[];
  /** unsigned, [] … */
  readonly rest: string;
}

const POSTGRES_NAMES: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  bool: 'boolean',
  decimal: 'numeric',
  'character varying': 'varchar',
  character: 'char',
  bpchar: 'char',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
};
const MYSQL_NAMES: Readonly<Record<string, string>> = {
  integer: 'int',
  int4: 'int',
  bool: 'tinyint',
  boolean: 'tinyint',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  real: 'double',
  'double precision': 'double',
  character: 'char',
  'character varying': 'varchar',
};

/** From narrow to wide. */
const FAMILIES: Readonly<Partial<Record<Engine, readonly (readonly string[])[]>>> = {
  postgres: [
    ['smallint', 'integer', 'bigint'],
    ['real', 'double precision'],
  ],
  mysql: [
    ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'],
    ['float', 'double'],
    ['tinyblob', 'blob', 'mediumblob', 'longblob'],
  ],
  mariadb: [
    ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'],
    ['float', 'double'],
    ['tinyblob', 'blob', 'mediumblob', 'longblob'],
  ],
};

/** @param text such as `character varying(20)`, `int(11) unsigned`, `enum('a','b')`, `integer[]` */
function parse(engine: Engine, text: string): Type {
  const lower = text.trim();
  const [, head = lower, inner, tail = ''] = /^([^(]*)\((.*)\)([^()]*)$/s.exec(lower) ?? [];
  const words = `${head} ${tail}`.toLowerCase();
  const flags = [...words.matchAll(/\bunsigned\b|\[\]/g)].map(String);
  const name = words
    .replace(/\b(unsigned|signed|zerofill)\b|\[\]/g, ' ')
    .replace(/\bcharacter set \S+|\bcollate \S+|\bcharset \S+/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  const base = (engine === 'postgres' ? POSTGRES_NAMES : MYSQL_NAMES)[name] ?? name;
  const args = inner === undefined ? [] : values(inner);
  // The number behind an integer of MySQL is how wide it is shown.
  const shown = engine !== 'postgres' && base.endsWith('int');
  return { base, args: shown ? [] : args, rest: flags.join(' ') };
}

/** `'a','b,c'` or `10, 2`. */
const values = (inner: string): string[] =>
  [...inner.matchAll(/'(?:[^'\\]|''|\\.)*'|[^,\s]+/g)].map(([value]) => value);

const TEXTS = ['char', 'varchar', 'text', 'tinytext', 'mediumtext', 'longtext', 'citext'];
const isText = ({ base }: Type): boolean => TEXTS.includes(base);

/** How many characters (MySQL's texts: bytes) fit. */
function capacity(engine: Engine, { base, args }: Type): number {
  if (args[0] !== undefined) return Number(args[0]);
  if (base === 'char') return 1;
  if (engine === 'postgres') return Number.POSITIVE_INFINITY;
  return { tinytext: 255, text: 65_535, mediumtext: 16_777_215 }[base] ?? Number.POSITIVE_INFINITY;
}

function textChange(engine: Engine, a: Type, b: Type): TypeChange {
  const fits = capacity(engine, b) >= capacity(engine, a);
  if (engine === 'postgres') {
    const plain = a.base !== 'char' && b.base !== 'char' && a.base !== 'citext' && b.base !== 'citext';
    if (a.base === 'citext' || b.base === 'citext') return result('changes', false);
    return result(fits ? 'widens' : 'narrows', !(plain && fits));
  }
  // Up to 255 bytes the length takes one byte, then two, for which MySQL copies; a character may take four.
  const lengths = engine === 'mariadb' || capacity(engine, b) * 4 <= 255 || capacity(engine, a) > 255;
  const inPlace = a.base === 'varchar' && b.base === 'varchar' && fits && lengths;
  return result(fits ? 'widens' : 'narrows', !inPlace);
}

function enumChange(before: readonly string[], after: readonly string[]): TypeChange {
  const removed = before.filter((value) => !after.includes(value));
  const appended = before.every((value, index) => after[index] === value);
  if (removed.length > 0) return result('narrows', true, removed);
  return result('widens', !appended);
}

/** The same type with other numbers: numeric(10,2), timestamp(3), bit(8). */
function sizeChange(engine: Engine, a: Type, b: Type): TypeChange {
  const number = (type: Type, index: number, missing: number) => Number(type.args[index] ?? missing);
  if (a.base === 'numeric' || a.base === 'decimal') {
    const free = engine === 'postgres' ? Number.POSITIVE_INFINITY : 10;
    const anyScale = engine === 'postgres' && b.args.length === 0;
    const scale = [number(a, 1, 0), anyScale ? Number.POSITIVE_INFINITY : number(b, 1, 0)] as const;
    const whole = [number(a, 0, free) - scale[0], number(b, 0, free) - (anyScale ? 0 : scale[1])] as const;
    const fits =
      scale[1] >= scale[0] && whole[1] >= whole[0] && (engine !== 'postgres' || a.args.length > 0 || anyScale);
    const inPlace = engine === 'postgres' && fits && (anyScale || scale[0] === scale[1]);
    return result(fits ? 'widens' : 'narrows', !inPlace);
  }
  const whole = engine === 'postgres' ? (a.base.startsWith('time') || a.base === 'interval' ? 6 : 1) : 0;
  const fits = number(b, 0, whole) >= number(a, 0, whole);
  return result(fits ? 'widens' : 'narrows', !(engine === 'postgres' && fits && a.base !== 'bit'));
}
