import { hash } from 'node:crypto';
import { RunbookError } from '@release-runbook/units/error';
import type { BSON, Db, FindCursor } from 'mongodb';
import type { Place, TableShape } from '../server/engine.ts';
import type { Context } from './client.ts';
import { holdsDocuments, members, usersMembers } from './members.ts';

/** Fields differ from document to document: each is compared as a whole, byte by byte as the server stores it. */
const DOCUMENT = 'document';

export async function tables(db: Db, place: Place): Promise<readonly TableShape[]> {
  return (await usersMembers(db, place)).filter(holdsDocuments).map(({ name, type }) => ({
    table: name,
    // In a time series several may have one _id.
    key: type === 'timeseries' ? null : ['_id'],
    columns: [DOCUMENT],
  }));
}

/** Where a collection's documents lie now. */
async function actualOf(db: Db, place: Place, table: string): Promise<string> {
  const found = (await members(db, place)).find(({ name }) => name === table);
  if (found === undefined) throw new RunbookError(`there is no collection ${table} in ${place.database}`);
  return found.actual;
}

export async function count(
  db: Db,
  place: Place,
  wanted: readonly TableShape[],
): Promise<Readonly<Record<string, number>>> {
  const there = await members(db, place);
  const counts: Record<string, number> = {};
  for (const { table } of wanted) {
    const actual = there.find(({ name }) => name === table)?.actual;
    counts[table] = actual === undefined ? 0 : await db.collection(actual).countDocuments({});
  }
  return counts;
}

type Bson = typeof BSON;

/** 132 bits: no two of a billion documents have one by chance. */
const hashOf = (bytes: Uint8Array) => hash('sha256', bytes, 'base64url').slice(0, 22);

/** The bytes of a document's `_id`, as a document of their own. */
function idBytes({ onDemand }: Bson, bytes: Uint8Array): Uint8Array | undefined {
  for (const [, nameOffset, nameLength, offset, length] of onDemand.parseToElements(bytes)) {
    if (nameLength !== 3 || Buffer.from(bytes.subarray(nameOffset, nameOffset + 3)).toString() !== '_id') continue;
    const element = bytes.subarray(nameOffset - 1, offset + length);
    const document = Buffer.alloc(element.length + 5);
    document.writeInt32LE(document.length);
    document.set(element, 4);
    return document;
  }
  return undefined;
}

/** Most documents begin so: `_id` as an ObjectId. */
const OBJECT_ID = Buffer.from('\x07_id\0', 'latin1');

/** The key of a document as JSON on one line. Numbers that JSON cannot tell apart keep their type. */
function keyOf(bson: Bson, bytes: Buffer): string {
  if (bytes.compare(OBJECT_ID, 0, 5, 4, 9) === 0) return `[{"$oid":"${bytes.toString('hex', 9, 21)}"}]`;
  const id = idBytes(bson, bytes);
  if (id === undefined) return '[]';
  const { _id } = bson.deserialize(id, { promoteValues: true });
  if (typeof _id === 'string' || Number.isSafeInteger(_id)) return JSON.stringify([_id]);
  const typed = bson.deserialize(id, { promoteValues: false, bsonRegExp: true });
  return `[${bson.EJSON.stringify(typed['_id'], { relaxed: false })}]`;
}

function idOf({ EJSON }: Bson, key: string): unknown {
  const [id] = EJSON.parse(key, { relaxed: false }) as unknown as unknown[];
  return id;
}

/** Documents of a cursor's batch: the server sends no more than 16 MB of them at once. */
const PORTION = 500;

/** A batch at a time: to wait for each document alone costs more than to hash it. */
async function eachDocument(cursor: FindCursor, work: (document: Buffer) => void | Promise<void>): Promise<void> {
  try {
    while (await cursor.hasNext())
      for (const document of cursor.readBufferedDocuments()) {
        const waits = work(document as unknown as Buffer);
        if (waits !== undefined) await waits;
      }
  } finally {
    await cursor.close();
  }
}

const RAW = { raw: true, batchSize: PORTION } as const;

/** Lines as `rowLines` describes them, in portions: documents are hashed here, for no program on the host can. */
export function rowLines(
  context: Context,
  place: Place,
  table: TableShape,
): (to: (lines: string) => Promise<void>) => Promise<void> {
  return (to) =>
    context.read(place, `the documents of ${table.table} cannot be read`, async (db) => {
      const { BSON } = await import(/* webpackChunkName: "mongodb" */ 'mongodb');
      let text = '';
      const cursor = db.collection(await actualOf(db, place, table.table)).find({}, RAW);
      await eachDocument(cursor, (document) => {
        const whole = hashOf(document);
        const line = `${table.key === null ? whole : keyOf(BSON, document)}\t${whole}\n`;
        text += line;
        if (text.length < LINES) return undefined;
        const portion = text;
        text = '';
        return to(portion);
      });
      if (text !== '') await to(text);
    });
}

const LINES = 1024 * 1024;

/** As canonical extended JSON, which mongoimport takes; there is no SQL. */
export async function exportRows(
  db: Db,
  place: Place,
  table: TableShape,
  keys: readonly string[],
): Promise<readonly { readonly key: string; readonly json: string; readonly sql: undefined }[]> {
  const { BSON } = await import(/* webpackChunkName: "mongodb" */ 'mongodb');
  const json = (bytes: Uint8Array) =>
    BSON.EJSON.stringify(BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true }), { relaxed: false });
  const found: { key: string; json: string; sql: undefined }[] = [];
  const collection = db.collection(await actualOf(db, place, table.table));
  if (table.key === null) {
    const wanted = new Set(keys);
    await eachDocument(collection.find({}, RAW), (document) => {
      const key = hashOf(document);
      if (wanted.has(key)) found.push({ key, json: json(document), sql: undefined });
    });
    return found;
  }
  const ids = keys.map((key) => idOf(BSON, key));
  await eachDocument(collection.find({ _id: { $in: ids as never[] } }, RAW), (document) => {
    found.push({ key: keyOf(BSON, document), json: json(document), sql: undefined });
  });
  return found;
}
