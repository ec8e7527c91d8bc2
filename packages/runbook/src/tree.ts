import type { RunbookPath } from './types.ts';

export interface MapTree {
  readonly kind: 'map';
  /** Offset in the file; -1 when the tree came from a record. */
  readonly at: number;
  readonly entries: Map<string, Entry>;
}
export interface ListTree {
  readonly kind: 'list';
  readonly at: number;
  readonly items: readonly Tree[];
}
export interface ScalarTree {
  readonly kind: 'scalar';
  readonly at: number;
  readonly value: string | number | boolean | null;
  /** As it stands in the file. */
  readonly source: string;
  /** Where the value's own characters begin, if they stand in the file one by one; else -1. */
  readonly inner: number;
}
export interface Entry {
  readonly keyAt: number;
  readonly value: Tree;
}
/** A YAML or JSON value that knows where each of its parts stands. Parts may be shared (aliases); there are no cycles. */
export type Tree = MapTree | ListTree | ScalarTree;

export const emptyMap = (at = -1): MapTree => ({ kind: 'map', at, entries: new Map() });

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: 'list', at: -1, items: value.map(treeOf) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return {
      kind: 'map',
      at: -1,
      entries: new Map(entries.map(([key, item]) => [key, { keyAt: -1, value: treeOf(item) }])),
    };
  }
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return { kind: 'scalar', at: -1, value: scalar, source: JSON.stringify(scalar), inner: -1 };
}

export function toJson(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(toJson);
    case 'map':
      return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, toJson(entry.value)]));
  }
}

export const isNull = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === null;

/** `over` laid over `base`: maps key by key, lists and scalars replaced, a key without a value takes the common one away. */
export function merge(base: MapTree, over: MapTree): MapTree {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const common = entries.get(key);
    if (common !== undefined && isNull(entry.value)) entries.delete(key);
    else if (common?.value.kind === 'map' && entry.value.kind === 'map') {
      entries.set(key, { keyAt: entry.keyAt, value: merge(common.value, entry.value) });
    } else entries.set(key, entry);
  }
  return { kind: 'map', at: base.at, entries };
}

/** `tree` without the given keys. */
export function without(tree: MapTree, keys: readonly string[]): MapTree {
  return { ...tree, entries: new Map([...tree.entries].filter(([key]) => !keys.includes(key))) };
}

export function child(tree: Tree | undefined, key: string | number): Tree | undefined {
  if (tree?.kind === 'map') return tree.entries.get(String(key))?.value;
  if (tree?.kind === 'list' && typeof key === 'number') return tree.items[key];
  return undefined;
}

export function at(tree: Tree, path: RunbookPath): Tree | undefined {
  let found: Tree | undefined = tree;
  for (const key of path) found = child(found, key);
  return found;
}

/**
 * The offset to point at for a path: a scalar itself, a map or list by its key, else where it begins; for something that
 * is not there, the nearest thing around it.
 * @param inside offset within a scalar's text
 */
export function offsetOf(tree: Tree, path: RunbookPath, part: 'key' | 'value' = 'value', inside = 0): number {
  let found = tree;
  let offset = tree.at;
  for (const key of path) {
    const next = child(found, key);
    if (next === undefined) return offset;
    const keyAt = found.kind === 'map' ? found.entries.get(String(key))?.keyAt : undefined;
    offset = keyAt !== undefined && (next.kind !== 'scalar' || part === 'key' || isNull(next)) ? keyAt : next.at;
    found = next;
  }
  return part === 'value' && inside > 0 && found.kind === 'scalar' && found.inner >= 0 ? found.inner + inside : offset;
}
