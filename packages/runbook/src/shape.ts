import type * as z from 'zod/mini';
import { listed } from './finding.ts';
import { expectationOf, secret } from './schema/common.ts';
import { at, type Tree } from './tree.ts';
import type { RunbookPath } from './types.ts';

export type Schema = z.core.$ZodType;

/** The parts of zod's definitions that are read here. */
interface Def {
  type: string;
  innerType?: Schema;
  in?: Schema;
  shape?: Record<string, Schema>;
  options?: readonly Schema[];
  element?: Schema;
  keyType?: Schema;
  valueType?: Schema;
  entries?: Record<string, string | number>;
  values?: readonly unknown[];
}
export const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def;

type Choice =
  | { kind: 'option'; index: number }
  | { kind: 'both'; keys: readonly string[] }
  | { kind: 'none'; kinds: readonly (readonly string[])[] }
  /** The key whose word tells the kind is not there, or has another word. */
  | { kind: 'word'; key: string; words: readonly string[] }
  | { kind: 'type' };

/** Which of a union's options was meant: by the type of what stands there, and of maps by the key that tells the kind. */
export function choose(options: readonly Schema[], input: Tree): Choice {
  const kind = kindOf(input);
  const fitting = options.flatMap((option, index) => (kindsOf(option).has(kind) ? [{ option, index }] : []));
  if (fitting.length === 0) return { kind: 'type' };
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) return { kind: 'option', index: only.index };
  if (input.kind !== 'map') return kind === 'text' ? textChoice(fitting) : { kind: 'type' };
  const teller = tellingKey(fitting.map(({ option }) => option));
  if (teller !== undefined) {
    const value = input.entries.get(teller)?.value;
    const words = fitting.map(({ option }) => wordsAt(option, teller));
    const place = words.findIndex((some) => value?.kind === 'scalar' && some.includes(String(value.value)));
    const meant = fitting[place];
    return meant === undefined
      ? { kind: 'word', key: teller, words: words.flat() }
      : { kind: 'option', index: meant.index };
  }
  const required = fitting.map(({ option, index }) => ({ index, keys: requiredKeys(option) }));
  const telling = required.map(({ index, keys }) => ({
    index,
    keys: keys.filter((key) => !required.every((other) => other.keys.includes(key))),
  }));
  const present = telling
    .map(({ index, keys }) => ({ index, keys, met: keys.filter((key) => input.entries.has(key)) }))
    .filter(({ met }) => met.length > 0);
  const [first, second] = present;
  if (first === undefined) {
    const fallback = telling.find(({ keys }) => keys.length === 0);
    return fallback === undefined
      ? { kind: 'none', kinds: telling.map(({ keys }) => keys) }
      : { kind: 'option', index: fallback.index };
  }
  if (second === undefined) return { kind: 'option', index: first.index };
  return { kind: 'both', keys: [first.met[0] ?? '', second.met[0] ?? ''] };
}

const wordsAt = (option: Schema, key: string): string[] => {
  const schema = defOf(unwrap(option)).shape?.[key];
  return schema === undefined ? [] : wordsOf(schema);
};

/** The key whose word tells the options of a union apart (`engine`), where there is one. */
function tellingKey(options: readonly Schema[]): string | undefined {
  return requiredKeys(options[0] as Schema).find((key) => {
    const words = options.map((option) => wordsAt(option, key));
    const all = words.flat();
    return words.every((some) => some.length > 0) && new Set(all).size === all.length;
  });
}

function textChoice(fitting: readonly { option: Schema; index: number }[]): Choice {
  const free = fitting.find(({ option }) => wordsOf(option).length === 0);
  return free === undefined ? { kind: 'type' } : { kind: 'option', index: free.index };
}

/** The schema for a path, following in unions what was meant. */
export function schemaAt(root: Schema, whole: Tree, path: RunbookPath): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const [index, key] of path.entries()) {
    if (schema === undefined) return undefined;
    const input = at(whole, path.slice(0, index));
    const inner = input === undefined ? unwrap(schema) : meant(schema, input);
    if (inner === undefined) return undefined;
    const def = defOf(inner);
    schema = def.shape === undefined ? (def.element ?? def.valueType) : def.shape[String(key)];
  }
  return schema;
}

/** Of nested unions the option that was meant; undefined when that cannot be told. */
export function meant(schema: Schema, input: Tree): Schema | undefined {
  const inner = unwrap(schema);
  if (defOf(inner).type !== 'union') return inner;
  const choice = choose(optionsOf(inner), input);
  const option = choice.kind === 'option' ? optionsOf(inner)[choice.index] : undefined;
  return option === undefined ? undefined : meant(option, input);
}

export function plainOf(schema: Schema): Schema {
  const { type, innerType } = defOf(schema);
  return type === 'optional' && innerType !== undefined ? plainOf(innerType) : schema;
}

export function unwrap(schema: Schema): Schema {
  const { type, innerType, in: input } = defOf(schema);
  if (type === 'optional' && innerType !== undefined) return unwrap(innerType);
  return type === 'pipe' && input !== undefined ? unwrap(input) : schema;
}

export const optionsOf = (schema: Schema): readonly Schema[] => defOf(unwrap(schema)).options ?? [];

export function keysOf(schema: Schema): string[] {
  const def = defOf(unwrap(schema));
  if (def.options !== undefined) return [...new Set(def.options.flatMap(keysOf))];
  return Object.keys(def.shape ?? {});
}

function requiredKeys(schema: Schema): string[] {
  const shape = defOf(unwrap(schema)).shape ?? {};
  return Object.keys(shape).filter((key) => shape[key]?._zod.optin !== 'optional');
}

type Kind = 'map' | 'list' | 'text' | 'number' | 'boolean' | 'nothing';

function kindOf(tree: Tree): Kind {
  if (tree.kind !== 'scalar') return tree.kind;
  const { value } = tree;
  if (value === null) return 'nothing';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}

export function kindsOf(schema: Schema): Set<Kind> {
  const def = defOf(unwrap(schema));
  switch (def.type) {
    case 'object':
    case 'record':
      return new Set(['map']);
    case 'array':
      return new Set(['list']);
    case 'number':
    case 'int':
      return new Set(['number']);
    case 'boolean':
      return new Set(['boolean']);
    case 'literal':
      return new Set((def.values ?? []).map((value) => (typeof value === 'boolean' ? 'boolean' : 'text')));
    case 'union':
      return new Set((def.options ?? []).flatMap((option) => [...kindsOf(option)]));
    case 'unknown':
      return new Set(['map', 'list', 'text', 'number', 'boolean']);
    default:
      return new Set(['text']);
  }
}

/** The only words that a schema takes; none when it takes other texts too. */
export function wordsOf(schema: Schema): string[] {
  const def = defOf(unwrap(schema));
  if (def.type === 'union') {
    const texts = (def.options ?? []).filter((option) => kindsOf(option).has('text')).map(wordsOf);
    return texts.some((words) => words.length === 0) ? [] : texts.flat();
  }
  if (def.type === 'enum') return Object.values(def.entries ?? {}).map(String);
  if (def.type === 'literal') return (def.values ?? []).filter((value) => typeof value === 'string');
  return [];
}

export function isSecret(schema: Schema): boolean {
  return expectationOf(unwrap(schema)) === expectationOf(secret);
}

/** What a schema takes, to be put after "expected". */
export function describe(schema: Schema): string {
  const def = defOf(schema);
  const told = expectationOf(schema);
  if (told !== undefined) return told;
  if (def.type === 'optional' && def.innerType !== undefined) return describe(def.innerType);
  if (def.type === 'pipe' && def.in !== undefined) return describe(def.in);
  switch (def.type) {
    case 'object': {
      const keys = requiredKeys(schema);
      return keys.length === 0 ? `a map with any of ${listed(keysOf(schema))}` : `a map with ${listed(keys)}`;
    }
    case 'record':
      return 'a map';
    case 'array':
      return boundsOf(schema).least === undefined ? 'a list' : 'a list with at least one entry';
    case 'number':
    case 'int':
      return number(schema);
    case 'boolean':
      return 'true or false';
    case 'enum':
    case 'literal':
      return oneOf(
        wordsOf(schema).length === 0 ? (def.values ?? []).map(String) : wordsOf(schema),
        def.values?.[0] === true,
      );
    case 'union':
      return [...new Set((def.options ?? []).map(describe))].join(', or ');
    default:
      return 'a text';
  }
}

/** The bounds that checks set: of a number, of a text's or a list's length. */
function boundsOf(schema: Schema): { least: number | undefined; most: number | undefined } {
  const checks = (schema._zod.def as { checks?: readonly z.core.$ZodCheck[] }).checks ?? [];
  const defs = checks.map((check) => check._zod.def as { check: string; value?: number; minimum?: number });
  return {
    least:
      defs.find(({ check }) => check === 'greater_than')?.value ??
      defs.find(({ check }) => check === 'min_length')?.minimum,
    most: defs.find(({ check }) => check === 'less_than')?.value,
  };
}

function number(schema: Schema): string {
  const { least, most } = boundsOf(schema);
  if (least === undefined) return 'a whole number';
  return most === undefined ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`;
}

function oneOf(words: readonly string[], plain = false): string {
  if (plain) return words.join(' or ');
  return words.length === 1 ? listed(words) : `one of ${listed(words)}`;
}
