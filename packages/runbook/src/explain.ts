import { nearest } from '@release-runbook/units/nearest';
import type * as z from 'zod/mini';
import { type Finding, didYouMean, listed } from './finding.ts';
import { expectationOf, secret } from './schema/common.ts';
import { notYet } from './sections.ts';
import { at, type ScalarTree, type Tree } from './tree.ts';
import type { RunbookPath } from './types.ts';

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

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
const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def;

/** What zod found, in words, at its place; of a union only what concerns the kind that was meant. */
export function explain(schema: Schema, tree: Tree, issues: readonly Issue[], base: RunbookPath): Finding[] {
  const whole: Tree | undefined = at(tree, base);
  if (whole === undefined) return [];
  const found = issues.flatMap((issue) => explainIssue(schema, whole, issue, [], base));
  const covering = found.filter(({ covers }) => covers === true);
  return found.filter(
    (finding) =>
      finding.covers === true ||
      !covering.some(({ path }) => path.slice(0, -1).every((key, index) => key === finding.path[index])),
  );
}

function explainIssue(schema: Schema, whole: Tree, issue: Issue, from: RunbookPath, base: RunbookPath): Finding[] {
  const local = [...from, ...(issue.path as (string | number)[])];
  const path = [...base, ...local];
  const input = at(whole, local);
  const here = schemaAt(schema, whole, local);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, here === undefined ? [] : keysOf(here)));
    case 'invalid_union':
      return here === undefined ? [] : explainUnion(here, whole, issue, local, base, schema);
    case 'custom': {
      const { offset, hint } = (issue.params ?? {}) as { offset?: number; hint?: string };
      return [{ path, inside: offset ?? 0, message: `${label(path)}${issue.message}`, hint }];
    }
    case 'invalid_key': {
      const keys = schemaAt(schema, whole, local.slice(0, -1));
      const expected = keys === undefined ? 'another key' : describe(defOf(keys).keyType ?? keys);
      return [{ path, part: 'key', message: `the key ${quote(String(path.at(-1)))}: expected ${expected}` }];
    }
    default:
      if (input === undefined) return [missing(path, here)];
      return [wrong(path, input, here, issue)];
  }
}

function missing(path: RunbookPath, schema: Schema | undefined): Finding {
  const expected = schema === undefined ? '' : `, expected ${describe(schema)}`;
  const key = String(path.at(-1));
  const owner = path.length > 1 ? ` in ${place(path.slice(0, -1))}` : '';
  return { path: path.slice(0, -1), message: `${quote(key)} is missing${owner}${expected}` };
}

function wrong(path: RunbookPath, input: Tree, schema: Schema | undefined, issue: Issue): Finding {
  if (schema === undefined) return { path, message: `${label(path)}not valid here` };
  if (isSecret(schema)) {
    return {
      path,
      message: `${label(path)}expected ${describe(schema)}, got something else`,
      hint: 'the value itself never stands in the file: put it in the environment of the step and name it here',
    };
  }
  const words = wordsOf(schema);
  if (input.kind === 'scalar' && typeof input.value === 'string') {
    const planned = notYet(path.slice(0, -1), input.value);
    if (planned !== undefined) return { path, ...planned, covers: true };
  }
  const short = issue.code === 'too_small' && (issue.origin === 'array' || issue.origin === 'string');
  const actual = short ? 'an empty one' : got(input);
  const close =
    words.length > 0 && input.kind === 'scalar' && typeof input.value === 'string'
      ? didYouMean(nearest(input.value, words))
      : quotesHint(input, schema);
  return { path, message: `${label(path)}expected ${describe(schema)}, got ${actual}`, hint: close };
}

function quotesHint(input: Tree, schema: Schema): string | undefined {
  if (input.kind !== 'scalar' || input.value === null) return undefined;
  const wanted = kindsOf(schema);
  if (typeof input.value !== 'string' && wanted.has('text')) return `write it in quotes: "${input.source}"`;
  if (typeof input.value !== 'string' || input.value.trim() === '') return undefined;
  if (wanted.has('number') && Number.isFinite(Number(input.value))) return `write it without quotes: ${input.value}`;
  return undefined;
}

/** An unknown key, or a known one of a later version. */
export function unknownKey(key: string, path: RunbookPath, known: readonly string[]): Finding {
  const planned = notYet(path, key);
  const at: RunbookPath = [...path, key];
  if (planned !== undefined) return { path: at, part: 'key', ...planned, covers: true };
  const owner = path.length === 0 ? '' : ` in ${place(path)}`;
  return {
    path: at,
    part: 'key',
    message: `unknown key ${quote(key)}${owner}, expected ${known.length === 0 ? 'none' : oneOf(known)}`,
    hint: didYouMean(nearest(key, known)),
  };
}

function explainUnion(
  union: Schema,
  whole: Tree,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  local: RunbookPath,
  base: RunbookPath,
  root: Schema,
): Finding[] {
  const input = at(whole, local);
  const path = [...base, ...local];
  if (input === undefined) return [missing(path, union)];
  const choice = choose(optionsOf(union), input);
  if (choice.kind === 'option') {
    const errors = issue.errors[choice.index] ?? [];
    return errors.flatMap((error) => explainIssue(root, whole, error, local, base));
  }
  if (choice.kind === 'both') {
    const [first = '', second = ''] = choice.keys;
    return [
      {
        path: [...path, second],
        part: 'key',
        message: `${quote(first)} and ${quote(second)} together in ${place(path)}, expected one of them`,
      },
    ];
  }
  if (choice.kind === 'none') {
    const known = [...new Set(optionsOf(union).flatMap(keysOf))];
    const keys = input.kind === 'map' ? [...input.entries.keys()] : [];
    const unknown = keys.filter((key) => !known.includes(key)).map((key) => unknownKey(key, path, known));
    if (unknown.some(({ covers, hint }) => covers === true || hint !== undefined)) return unknown;
    const kinds = choice.kinds.map((words) => (words.length === 1 ? quote(words[0] ?? '') : `{ ${words.join(', ')} }`));
    return [{ path, message: `${label(path)}expected one of ${kinds.join(', ')}, got ${keysGot(keys)}` }];
  }
  return [wrong(path, input, union, issue)];
}

const keysGot = (keys: readonly string[]): string => (keys.length === 0 ? 'an empty map' : `a map with ${listed(keys.slice(0, 6))}`);

type Choice =
  | { kind: 'option'; index: number }
  | { kind: 'both'; keys: readonly string[] }
  | { kind: 'none'; kinds: readonly (readonly string[])[] }
  | { kind: 'type' };

/** Which of a union's options was meant: by the type of what stands there, and of maps by the key that tells the kind. */
function choose(options: readonly Schema[], input: Tree): Choice {
  const kind = kindOf(input);
  const fitting = options.flatMap((option, index) => (kindsOf(option).has(kind) ? [{ option, index }] : []));
  if (fitting.length === 0) return { kind: 'type' };
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) return { kind: 'option', index: only.index };
  if (input.kind !== 'map') return kind === 'text' ? textChoice(fitting) : { kind: 'type' };
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

function textChoice(fitting: readonly { option: Schema; index: number }[]): Choice {
  const free = fitting.find(({ option }) => wordsOf(option).length === 0);
  return free === undefined ? { kind: 'type' } : { kind: 'option', index: free.index };
}

/** The schema for a path, following in unions what was meant. */
function schemaAt(root: Schema, whole: Tree, path: RunbookPath): Schema | undefined {
  let schema: Schema | undefined = root;
  for (const [index, key] of path.entries()) {
    if (schema === undefined) return undefined;
    const input = at(whole, path.slice(0, index));
    let inner: Schema | undefined = unwrap(schema);
    while (inner !== undefined && defOf(inner).type === 'union' && input !== undefined) {
      const choice = choose(optionsOf(inner), input);
      const option: Schema | undefined = choice.kind === 'option' ? optionsOf(inner)[choice.index] : undefined;
      inner = option === undefined ? undefined : unwrap(option);
    }
    if (inner === undefined) return undefined;
    const def = defOf(inner);
    schema = def.shape === undefined ? (def.element ?? def.valueType) : def.shape[String(key)];
  }
  return schema;
}

function unwrap(schema: Schema): Schema {
  const { type, innerType, in: input } = defOf(schema);
  if (type === 'optional' && innerType !== undefined) return unwrap(innerType);
  return type === 'pipe' && input !== undefined ? unwrap(input) : schema;
}

const optionsOf = (schema: Schema): readonly Schema[] => defOf(unwrap(schema)).options ?? [];

function keysOf(schema: Schema): string[] {
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

function kindsOf(schema: Schema): Set<Kind> {
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
function wordsOf(schema: Schema): string[] {
  const def = defOf(unwrap(schema));
  if (def.type === 'enum') return Object.values(def.entries ?? {}).map(String);
  if (def.type === 'literal') return (def.values ?? []).filter((value) => typeof value === 'string');
  return [];
}

function isSecret(schema: Schema): boolean {
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
      return 'a list of at least one entry'.replace(minimumOf(schema) === 0 ? ' of at least one entry' : '', '');
    case 'number':
    case 'int':
      return number(schema);
    case 'boolean':
      return 'true or false';
    case 'enum':
    case 'literal':
      return oneOf(wordsOf(schema).length === 0 ? (def.values ?? []).map(String) : wordsOf(schema), def.values?.[0] === true);
    case 'union':
      return [...new Set((def.options ?? []).map(describe))].join(', or ');
    default:
      return 'a text';
  }
}

function minimumOf(schema: Schema): number {
  const { minimum } = schema._zod.bag as { minimum?: number };
  return minimum ?? 0;
}

function number(schema: Schema): string {
  const { minimum, maximum } = schema._zod.bag as { minimum?: number; maximum?: number };
  const from = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const to = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (from !== undefined && to !== undefined) return `a whole number from ${from} to ${to}`;
  return from === undefined ? 'a whole number' : `a whole number of at least ${from}`;
}

function oneOf(words: readonly string[], plain = false): string {
  if (plain) return words.join(' or ');
  return words.length === 1 ? listed(words) : `one of ${listed(words)}`;
}

export const quote = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** A path for people: services.backend.slots.blue.port, smoke[2].http.url */
export function place(path: RunbookPath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key + 1}]` : index === 0 ? key : `.${key}`)).join('');
}

const label = (path: RunbookPath): string => (path.length === 0 ? '' : `${place(path)}: `);

/** What stands there, to be put after "got". */
export function got(input: Tree): string {
  switch (input.kind) {
    case 'map':
      return 'a map';
    case 'list':
      return input.items.length === 0 ? 'an empty list' : 'a list';
    case 'scalar':
      return gotScalar(input);
  }
}

function gotScalar({ value, source }: ScalarTree): string {
  if (value === null) return 'nothing';
  if (typeof value === 'number') return `the number ${source}`;
  return typeof value === 'string' ? `the text ${quote(value)}` : String(value);
}
