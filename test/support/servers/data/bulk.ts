import { randomBytes } from 'node:crypto';
import type { MongoServer } from '../mongo.ts';
import { DATABASE, type Server, type SqlServer } from '../server.ts';

/**
 * Adds about `megabytes` of rows that do not compress, 1 kB each, to the table (collection) `bulk_events` of the database
 * `shop`, and a small row for every ten of them to `bulk_totals`. Gives the number of rows in each. May be called again: it
 * adds.
 */
export async function bulk(
  server: Server,
  megabytes: number,
): Promise<{ readonly bulk_events: number; readonly bulk_totals: number }> {
  const rows = Math.ceil(megabytes * 1000);
  if (server.engine === 'mongodb') return await mongo(server as MongoServer, rows);
  const sql = server as SqlServer;
  await sql.sql(server.engine === 'postgres' ? postgres(rows) : mysql(rows));
  const [events, totals] = (await sql.sql(COUNT)).trim().split(/\s+/).map(Number);
  return { bulk_events: events as number, bulk_totals: totals as number };
}

const COUNT = 'SELECT (SELECT COUNT(*) FROM bulk_events), (SELECT COUNT(*) FROM bulk_totals);';

const mysql = (rows: number) => `
CREATE TABLE IF NOT EXISTS bulk_events (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, customer INT NOT NULL, at DATETIME(3) NOT NULL, body VARBINARY(1000) NOT NULL,
  KEY customer (customer)
) ENGINE=InnoDB;
CREATE TABLE IF NOT EXISTS bulk_totals (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, amount DECIMAL(12, 2)) ENGINE=InnoDB;
SET SESSION unique_checks = 0;
INSERT INTO bulk_events (customer, at, body)
  WITH RECURSIVE thousand (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM thousand WHERE i < 1000)
  SELECT FLOOR(RAND() * 10000), TIMESTAMPADD(SECOND, a.i * 1000 + b.i, '2025-01-01'), RANDOM_BYTES(960)
  FROM thousand a CROSS JOIN thousand b
  WHERE a.i <= ${Math.ceil(rows / 1000)} LIMIT ${rows};
INSERT INTO bulk_totals (amount) SELECT customer / 7 FROM bulk_events LIMIT ${Math.ceil(rows / 10)};
`;

// Sixty digests of 16 bytes a row; "s.i" makes them differ from row to row.
const postgres = (rows: number) => `
SET client_min_messages = warning;
SET ROLE owner;
CREATE TABLE IF NOT EXISTS bulk_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer int NOT NULL, at timestamptz NOT NULL, body bytea NOT NULL
);
ALTER TABLE bulk_events ALTER body SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS bulk_customer ON bulk_events (customer);
CREATE TABLE IF NOT EXISTS bulk_totals (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount numeric(12, 2));
INSERT INTO bulk_events (customer, at, body)
  SELECT random() * 10000, timestamptz '2025-01-01Z' + s.i * interval '1 second',
    decode((SELECT string_agg(md5(s.i::text || k || random()), '') FROM generate_series(1, 60) k), 'hex')
  FROM generate_series(1, ${rows}) s (i);
INSERT INTO bulk_totals (amount) SELECT customer / 7 FROM bulk_events LIMIT ${Math.ceil(rows / 10)};
`;

async function mongo(server: MongoServer, rows: number) {
  const db = (await server.client()).db(DATABASE);
  await db.collection('bulk_events').createIndex({ customer: 1 });
  const batch = 2000;
  const starts = Array.from({ length: Math.ceil(rows / batch) }, (_, i) => i * batch);
  const worker = async () => {
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      const documents = Array.from({ length: Math.min(batch, rows - start) }, (_, i) => ({
        customer: Math.floor(Math.random() * 10_000),
        at: new Date(1_735_689_600_000 + ((start as number) + i) * 1000),
        body: randomBytes(900),
      }));
      await db.collection('bulk_events').insertMany(documents, { ordered: false });
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  await db
    .collection('bulk_totals')
    .insertMany(Array.from({ length: Math.ceil(rows / 10) }, (_, i) => ({ amount: i / 7 })));
  return {
    bulk_events: await db.collection('bulk_events').countDocuments(),
    bulk_totals: await db.collection('bulk_totals').countDocuments(),
  };
}
