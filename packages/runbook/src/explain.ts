import { nearest } from '@release-runbook/units/nearest';
import type * as z from 'zod/mini';
import { didYouMean, type Finding, listed, quote, unknownWord } from './finding.ts';
import { notYet } from './sections.ts';
import {
  choose,
  defOf,
  describe,
  isSecret,
  keysOf,
  kindsOf,
  meant,
  optionsOf,
  plainOf,
  type Schema,
  schemaAt,
  unwrap,
  wordsOf,
} from './shape.ts';
import { at, type ScalarTree, type Tree } from './tree.ts';
import type { RunbookPath } from './types.ts';

type Issue = z.core.$ZodIssue;

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
      return issue.keys.map((key) => {
        const kind = here === undefined || input === undefined ? here : (meant(here, input) ?? here);
        return unknownKey(key, path, kind === undefined ? [] : keysOf(kind));
      });
    case 'invalid_union':
      return here === undefined ? [] : explainUnion(here, whole, issue, local, base, schema);
    case 'custom': {
      const { offset, hint } = (issue.params ?? {}) as { offset?: number; hint?: string };
      return [{ path, inside: offset ?? 0, message: `${label(path)}${issue.message}`, hint }];
    }
    case 'invalid_key': {
      const keys = schemaAt(schema, whole, local.slice(0, -1));
      const expected = keys === undefined ? 'another key' : describe(defOf(unwrap(keys)).keyType ?? keys);
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
  // A number without its unit is not mended by quotes.
  const plain = defOf(plainOf(schema)).type === 'string';
  if (typeof input.value !== 'string' && plain) return `write it in quotes: "${input.source}"`;
  if (typeof input.value !== 'string' || input.value.trim() === '') return undefined;
  if (wanted.has('number') && Number.isFinite(Number(input.value))) return `write it without quotes: ${input.value}`;
  return undefined;
}

/** An unknown key, or a known one of a later version. */
function unknownKey(key: string, path: RunbookPath, known: readonly string[]): Finding {
  const planned = notYet(path, key);
  const at: RunbookPath = [...path, key];
  if (planned !== undefined) return { path: at, part: 'key', ...planned, covers: true };
  return { path: at, part: 'key', ...unknownWord('key', key, path.length === 0 ? '' : place(path), known) };
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
  if (choice.kind === 'word') {
    const value = input.kind === 'map' ? input.entries.get(choice.key)?.value : undefined;
    const expected = `expected one of ${listed(choice.words)}`;
    if (value === undefined)
      return [{ path, message: `${quote(choice.key)} is missing in ${place(path)}, ${expected}` }];
    const word = value.kind === 'scalar' ? String(value.value) : '';
    const planned = notYet(path, word);
    if (planned !== undefined) return [{ path: [...path, choice.key], ...planned, covers: true }];
    const hint = didYouMean(nearest(word, choice.words));
    return [
      { path: [...path, choice.key], message: `${place([...path, choice.key])}: ${expected}, got ${got(value)}`, hint },
    ];
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

const keysGot = (keys: readonly string[]): string =>
  keys.length === 0 ? 'an empty map' : `a map with ${listed(keys.slice(0, 6))}`;

/** A path for people: services.backend.slots.blue.port, smoke[2].http.url */
function place(path: RunbookPath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key + 1}]` : index === 0 ? key : `.${key}`)).join('');
}

const label = (path: RunbookPath): string => (path.length === 0 ? '' : `${place(path)}: `);

/** What stands there, to be put after "got". */
function got(input: Tree): string {
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
