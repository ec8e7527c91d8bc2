import { randomBytes } from 'node:crypto';
import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'mongodb';
import type { MongoServer } from '../mongo.ts';
import { DATABASE } from '../server.ts';
import type { Loaded } from './loaded.ts';

/**
 * Fills the database `shop` with what dumps, comparisons and restores trip over: unique, compound, TTL, partial and text
 * indexes, every type, a document of 15 MB, a capped collection (whose limits FerretDB ignores).
 */
export async function loadMongo(server: MongoServer): Promise<Loaded> {
  const db = (await server.client()).db(DATABASE);
  const customers = db.collection<{ _id: number | string | ObjectId; [field: string]: unknown }>('customers');
  await customers.createIndex({ email: 1 }, { unique: true, name: 'one_email' });
  await customers.createIndex({ name: 1, created: -1 });
  await customers.createIndex({ level: 1 }, { partialFilterExpression: { level: { $gt: 5 } }, name: 'high_levels' });
  await customers.createIndex({ note: 'text' });
  await customers.insertMany([
    {
      _id: 1,
      email: 'ada@example.com',
      name: 'Ada',
      level: 9,
      created: new Date('2025-01-02T03:04:05.678Z'),
      note: 'the quick fox',
    },
    {
      _id: 'text',
      email: 'grin@example.com',
      name: '😀 𠜎 品牌',
      level: 1,
      created: new Date(-1),
      tags: [[], [1, [null]], {}],
    },
    {
      _id: new ObjectId('65a000000000000000000001'),
      email: 'quote@example.com',
      name: 'O\'Reilly \\ "x"\n\t',
      'odd name; $': 1,
    },
  ]);
  const sessions = db.collection('sessions');
  await sessions.createIndex({ seen: 1 }, { expireAfterSeconds: 10 * 365 * 86_400 });
  await sessions.insertMany([{ seen: new Date(), user: 1 }, { user: 2 }]);
  const every = db.collection<{ _id: number; [field: string]: unknown }>('every_type');
  await every.insertOne({
    _id: 1,
    decimal: Decimal128.fromString('-12345678901234567890.12345678901234'),
    int: new Int32(-2147483648),
    long: Long.fromString('9223372036854775807'),
    double: new Double(-0),
    whole: new Double(1),
    nan: NaN,
    infinity: -Infinity,
    date: new Date('9999-12-31T23:59:59.999Z'),
    timestamp: new Timestamp({ t: 1_700_000_000, i: 7 }),
    binary: new Binary(Buffer.from(Array.from({ length: 256 }, (_, i) => i))),
    uuid: new UUID('01234567-89ab-4cde-8f01-23456789abcd'),
    regex: /^a.*\/$/i,
    nothing: null,
    empty: '',
    zero: 'a\0b',
    min: new MinKey(),
    max: new MaxKey(),
    nested: { deeper: { deepest: { list: [1, 'two', { three: 3 }] } } },
  });
  await db.collection<{ _id: string; body: Binary }>('files').insertOne({
    _id: 'large',
    body: new Binary(randomBytes(15_000_000)),
  });
  await db.createCollection('recent', { capped: true, size: 65_536, max: 100 });
  await db.collection('recent').insertMany(Array.from({ length: 10 }, (_, i) => ({ i })));
  await db.createCollection('nothing_in_it');
  await db.collection('odd name.with dots').insertOne({ a: 1 });
  const rows = {
    customers: 3,
    every_type: 1,
    files: 1,
    nothing_in_it: 0,
    'odd name.with dots': 1,
    recent: 10,
    sessions: 2,
  };
  return { database: DATABASE, rows };
}
