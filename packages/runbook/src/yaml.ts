import { type Position, RunbookError } from '@release-runbook/units/error';
import type { Document, Node, Pair, Scalar } from 'yaml';
import { gather } from './problems.ts';
import type { Entry, Tree } from './tree.ts';

/** A runbook is a page; what is larger is something else. */
export const mostBytes = 1024 * 1024;
/** With all aliases written out. */
const mostValues = 100_000;
const deepest = 60;
const mostProblems = 20;

export interface Located {
  readonly tree: Tree;
  position(offset: number): Position | undefined;
}

export function tooLarge(file: string, bytes: number): RunbookError {
  const size = bytes < 1e7 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e6)} MB`;
  return gather([
    new RunbookError(`the file has ${size}, expected a runbook of at most 1 MiB; nothing of it was read`, {
      at: { file, line: 1, column: 1 },
      hint: 'is this the right file? a runbook is a page of YAML',
    }),
  ]);
}

/**
 * Reads a file's text.
 * @throws RunbookError with every place where it is not YAML
 */
export async function readTree(text: string, file: string): Promise<Located> {
  const bytes = Buffer.byteLength(text);
  if (bytes > mostBytes) throw tooLarge(file, bytes);
  const fail = (message: string, line = 1, column = 1, hint?: string) =>
    gather([new RunbookError(message, { at: { file, line, column }, hint })]);
  const binary = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffd]/);
  if (binary >= 0) {
    const before = text.slice(0, binary).split('\n');
    throw fail('not a YAML file: it holds bytes that are no text', before.length, (before.at(-1)?.length ?? 0) + 1);
  }
  // The YAML library compiles a regular expression as long as the indentation: this one would end the process.
  const deepLine = text.split('\n').findIndex((line) => /^[\s?:-]{400}/.test(line));
  if (deepLine >= 0) throw fail(`nested too deep, expected at most ${deepest} levels`, deepLine + 1);

  const yaml = await import(/* webpackMode: "eager" */ 'yaml');
  const lines = new yaml.LineCounter();
  const position = (offset: number): Position | undefined => {
    if (offset < 0) return undefined;
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  let document: Document.Parsed;
  try {
    document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    if (error instanceof RangeError) throw fail(`nested too deep, expected at most ${deepest} levels`);
    throw error;
  }
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) throw gather(explainFaults(faults, text, position));
  if (document.contents === null) {
    throw fail('the file is empty, expected a runbook that begins with "runbook: v1"');
  }
  return { tree: new Converter(yaml, document, text, position).convert(document.contents, 0), position };
}

interface Fault {
  readonly code: string;
  readonly pos: readonly [number, number];
  readonly message: string;
}

/** Errors of the YAML library in words for people; of several in one line the first, the others follow from it. */
function explainFaults(
  faults: readonly Fault[],
  text: string,
  position: (offset: number) => Position | undefined,
): RunbookError[] {
  const problems = new Map<number, RunbookError>();
  for (const fault of [...faults].sort((a, b) => a.pos[0] - b.pos[0])) {
    const [offset] = fault.pos;
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    const line = text.slice(start, text.indexOf('\n', offset) < 0 ? undefined : text.indexOf('\n', offset));
    // Faults behind an unquoted ">" are found only where the text goes on.
    const threshold = /(?:^|[\s:,[{-])([<>]=?\s*\d[^\s,}\]#]*)/.exec(line);
    const at = position(
      threshold === null ? offset : start + threshold.index + threshold[0].indexOf(threshold[1] ?? ''),
    );
    if (at === undefined || problems.has(at.line)) continue;
    problems.set(at.line, new RunbookError(...wordsFor(fault, text, threshold?.[1], at)));
  }
  return [...problems.values()].slice(0, mostProblems);
}

function wordsFor(
  fault: Fault,
  text: string,
  threshold: string | undefined,
  at: Position,
): [string, { at: Position; hint?: string }] {
  if (threshold !== undefined && fault.code !== 'DUPLICATE_KEY') {
    return [
      'not valid YAML: a value cannot begin with ">", expected a text in quotes',
      { at, hint: `write ">…" in quotes, such as "> 10/h"` },
    ];
  }
  switch (fault.code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^\s:,}]+/.exec(text.slice(fault.pos[0]))?.[0] ?? '';
      return [`the key "${key.slice(0, 40)}" stands here a second time, expected each key once`, { at }];
    }
    case 'TAB_AS_INDENT':
      return ['a tab, expected spaces: YAML does not allow tabs as indentation', { at }];
    case 'MULTIPLE_DOCS':
      return ['a second document begins here, expected one runbook a file', { at, hint: 'take the line "---" away' }];
    case 'TAG_RESOLVE_FAILED':
      return ['a tag ("!…"), expected plain YAML without tags', { at }];
    default:
      return [`not valid YAML: ${fault.message.split('\n')[0]?.replace(/; please .*$/, '')}`, { at }];
  }
}

class Converter {
  readonly #known = new Map<Node, { tree: Tree; size: number }>();
  readonly #open = new Set<Node>();
  readonly #yaml: typeof import('yaml');
  readonly #document: Document.Parsed;
  readonly #text: string;
  readonly #position: (offset: number) => Position | undefined;

  constructor(
    yaml: typeof import('yaml'),
    document: Document.Parsed,
    text: string,
    position: (offset: number) => Position | undefined,
  ) {
    this.#yaml = yaml;
    this.#document = document;
    this.#text = text;
    this.#position = position;
  }

  convert(node: Node, depth: number): Tree {
    return this.#read(node, depth).tree;
  }

  #fail(message: string, node: Node): never {
    throw gather([new RunbookError(message, { at: this.#position(node.range?.[0] ?? 0) })]);
  }

  #read(node: Node, depth: number): { tree: Tree; size: number } {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    if (depth > deepest) this.#fail(`nested too deep, expected at most ${deepest} levels`, node);
    if (this.#open.has(node)) this.#fail('an alias inside of what it stands for, expected one that ends', node);
    this.#open.add(node);
    const found = this.#build(node, depth);
    this.#open.delete(node);
    if (found.size > mostValues) {
      this.#fail(`aliases that stand for more than ${mostValues} values, expected a runbook of a page`, node);
    }
    this.#known.set(node, found);
    return found;
  }

  #build(node: Node, depth: number): { tree: Tree; size: number } {
    const at = node.range?.[0] ?? 0;
    if (this.#yaml.isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target === undefined) this.#fail(`the alias "*${node.source}" stands for nothing above it`, node);
      return this.#read(target, depth + 1);
    }
    if (this.#yaml.isMap(node)) return this.#map(node, node.items as Pair<Node, Node | null>[], depth);
    if (this.#yaml.isSeq(node)) {
      const read = (node.items as Node[]).map((item) => {
        if (this.#yaml.isPair(item)) this.#fail('a pair, expected a value', node);
        return this.#read(item, depth + 1);
      });
      return {
        tree: { kind: 'list', at, items: read.map(({ tree }) => tree) },
        size: read.reduce((sum, { size }) => sum + size, 1),
      };
    }
    return { tree: this.#scalar(node as Scalar), size: 1 };
  }

  #map(node: Node, pairs: readonly Pair<Node, Node | null>[], depth: number): { tree: Tree; size: number } {
    const entries = new Map<string, Entry>();
    let size = 1;
    const inherited: Tree[] = [];
    for (const { key, value } of pairs) {
      const name = 'value' in key ? (key as Scalar).value : undefined;
      if (name === undefined || name === null || typeof name === 'object' || name === '__proto__') {
        this.#fail('expected a key that is a word', key);
      }
      const keyAt = key.range?.[0] ?? 0;
      const word = typeof name === 'string' ? name : ((key as Scalar).source ?? JSON.stringify(name));
      const read =
        value === null
          ? { tree: { kind: 'scalar', at: keyAt, value: null, source: '', inner: -1 } as const, size: 1 }
          : this.#read(value, depth + 1);
      size += read.size;
      if (word === '<<') inherited.push(...(read.tree.kind === 'list' ? read.tree.items : [read.tree]));
      else entries.set(word, { keyAt, value: read.tree });
    }
    // The merge key of YAML 1.1: what stands in the map itself wins.
    for (const from of inherited) {
      if (from.kind !== 'map') this.#fail('expected a map behind "<<"', node);
      for (const [word, entry] of from.entries) if (!entries.has(word)) entries.set(word, entry);
    }
    return { tree: { kind: 'map', at: node.range?.[0] ?? 0, entries }, size };
  }

  #scalar(node: Scalar): Tree {
    const [start = 0, end = 0] = node.range ?? [];
    const source = this.#text.slice(start, end);
    const { value } = node;
    if (typeof value === 'number' && !Number.isFinite(value)) this.#fail('expected a number that is finite', node);
    const scalar =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
        ? value
        : this.#fail('expected a text, a number, true or false', node);
    let inner = -1;
    if (source === scalar) inner = start;
    else if (source.slice(1, -1) === scalar) inner = start + 1;
    return { kind: 'scalar', at: start, value: scalar, source, inner };
  }
}
