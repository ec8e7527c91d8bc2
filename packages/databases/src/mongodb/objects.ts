import type { Db, Document } from 'mongodb';
import type { Place } from '../server/engine.ts';
import type { SchemaObject } from '../types.ts';
import { holdsDocuments, type Member, usersMembers } from './members.ts';

/** Of an index: what a server adds by itself and another version of it adds otherwise. */
const SERVERS = ['v', 'ns', 'background', 'storageEngine', 'key', 'name'];

/**
 * Collections with their options, each index and each view on its own. Options are sorted by name; inside them, and in keys of
 * indexes and pipelines of views, the order has a meaning and is kept.
 */
export async function objects(db: Db, place: Place): Promise<readonly SchemaObject[]> {
  const { EJSON } = (await import(/* webpackChunkName: "mongodb" */ 'mongodb')).BSON;
  const text = (value: unknown) => EJSON.stringify(value, { relaxed: true });
  const options = (given: Document, without: readonly string[] = []) =>
    Object.keys(given)
      .filter((option) => !without.includes(option))
      .sort()
      .map((option) => (given[option] === true ? option : `${option} ${text(given[option])}`))
      .join(', ');
  const found: SchemaObject[] = [];
  const all = await usersMembers(db, place);
  for (const one of all) {
    if (one.type === 'view') {
      const { viewOn, pipeline, ...rest } = one.options;
      const more = options(rest);
      found.push({
        kind: 'view',
        name: one.name,
        definition: `on ${viewOn} ${text(pipeline ?? [])}${more === '' ? '' : ` ${more}`}`,
      });
      continue;
    }
    found.push({ kind: 'collection', name: one.name, definition: options(one.options) });
    for (const index of await db.collection(one.actual).listIndexes().toArray()) {
      const more = options(index, SERVERS);
      // Every collection has this one.
      if (index['name'] === '_id_' && more === '') continue;
      found.push({
        kind: 'index',
        name: `${one.name}.${index['name']}`,
        definition: `(${text(index['key'])})${more === '' ? '' : ` ${more}`}`,
      });
    }
  }
  return found.sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
}

/** Collections whose documents the server deletes by itself as time goes: by a TTL index or when they are full. */
export async function expiring(db: Db, place: Place): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of (await usersMembers(db, place)).filter(holdsDocuments)) {
    const own = one.options['expireAfterSeconds'] !== undefined;
    if (own || (await hasTtl(db, one))) found.push(one.name);
  }
  return found;
}

async function hasTtl(db: Db, { actual }: Member): Promise<boolean> {
  const indexes = await db.collection(actual).listIndexes().toArray();
  return indexes.some((index) => index['expireAfterSeconds'] !== undefined);
}

/** Bytes of documents, and of what they and their indexes take on the disk. */
export async function size(db: Db, place: Place): Promise<{ dump: number; disk: number }> {
  let [dump, disk] = [0, 0];
  for (const one of (await usersMembers(db, place)).filter(holdsDocuments)) {
    const stats = await db.command({ collStats: one.actual });
    dump += Number(stats['size'] ?? 0);
    disk += Number(stats['storageSize'] ?? 0) + Number(stats['totalIndexSize'] ?? 0);
  }
  return { dump, disk };
}

/** The server's own check of each collection; servers and accounts that cannot check have nothing to say. */
export async function selfCheck(db: Db, place: Place): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const one of (await usersMembers(db, place)).filter(holdsDocuments)) {
    let found: Document;
    try {
      found = await db.command({ validate: one.actual });
    } catch {
      return [];
    }
    if (found['valid'] === false)
      problems.push(
        `collection ${one.name} is not valid: ${(found['errors'] ?? []).join('; ') || 'the server does not say why'}`,
      );
  }
  return problems;
}

export async function version(db: Db): Promise<string> {
  const info = await db.admin().command({ buildInfo: 1 });
  const compatible = info['ferretdb'] as { version?: string } | undefined;
  return `${info['version']}${compatible === undefined ? '' : ` (FerretDB ${compatible.version ?? ''})`}`;
}

/** Where mongod keeps its data, if it says so. */
export async function dataFolder(db: Db): Promise<string | undefined> {
  try {
    const { parsed } = await db.admin().command({ getCmdLineOpts: 1 });
    const path = parsed?.storage?.dbPath;
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}
