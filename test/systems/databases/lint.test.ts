import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { knownSchema } from '@release-runbook/databases/lint/known';
import { lintMigration } from '@release-runbook/databases/lint/lint';
import { dataProbes } from '@release-runbook/databases/lint/probes';
import { typeChange } from '@release-runbook/databases/lint/type-change';
import type { Engine, Finding, Known, KnownColumn } from '@release-runbook/databases/lint/types';
import { openDatabase } from '@release-runbook/databases/open';
import type { Inspection } from '@release-runbook/databases/types';
import { localHost } from '@release-runbook/hosts/local';
import type { MysqlSpec, PostgresSpec } from '@release-runbook/runbook/schema/databases';
import { startMariadb, startMysql } from '../../support/servers/mysql.ts';
import { startPostgres } from '../../support/servers/postgres.ts';
import type { SqlServer } from '../../support/servers/server.ts';

// What the lint says of locks and refusals is what the servers do, and each safe way that it gives runs on them as it stands.

interface Subject {
  readonly engine: Engine;
  /** What the suite sees of it; undefined: it is no server. */
  readonly inspect?: () => Promise<Inspection>;
  /** Runs one statement by itself; gives the first column of what it answers. */
  run(sql: string): Promise<string>;
  /** Tables with rows, as every case wants them. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const KNOWN: Known = {
  tables: [
    {
      name: 'orders',
      columns: [
        { name: 'id', type: 'bigint', notNull: true, fallback: null },
        { name: 'ref', type: 'varchar(20)', notNull: true, fallback: null },
        { name: 'note', type: 'text', notNull: false, fallback: null },
        { name: 'state', type: 'varchar(10)', notNull: true, fallback: "'new'" },
        { name: 'amount', type: 'int', notNull: false, fallback: null },
        { name: 'price', type: 'numeric(10,2)', notNull: false, fallback: null },
        { name: 'user_id', type: 'int', notNull: false, fallback: null },
      ],
      primaryKey: ['id'],
      indexed: [['state']],
      rows: 3_000_000,
    },
    { name: 'users', primaryKey: ['id'], rows: 3_000_000 },
  ],
};

const TABLES = [
  'CREATE TABLE users (id int PRIMARY KEY, email varchar(200))',
  `CREATE TABLE orders (id bigint NOT NULL PRIMARY KEY, ref varchar(20) NOT NULL, note text, state varchar(10) DEFAULT 'new' NOT NULL,
     amount int, price numeric(10,2), user_id int)`,
  'CREATE INDEX orders_state ON orders (state)',
  "INSERT INTO users VALUES (1, 'a@example.com'), (2, 'b@example.com')",
  "INSERT INTO orders VALUES (1, 'a', 'one', 'new', 5, 1.5, 1), (2, 'b', NULL, 'done', 6, 2.5, 2), (3, 'c', 'three', 'new', NULL, 3, NULL)",
];

async function postgres(): Promise<Subject> {
  const server = await startPostgres();
  const run = async (sql: string) => (await server.sql(sql)).trim();
  const reset = async () => {
    await server.sql(
      `SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS "Other" CASCADE; CREATE SCHEMA "Other"; CREATE TABLE "Other".lines (id int NOT NULL); CREATE TYPE mood AS ENUM ('sad', 'ok');
       CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE SEQUENCE s; ${TABLES.join(';')};
       CREATE MATERIALIZED VIEW m AS SELECT id FROM orders; CREATE UNIQUE INDEX ON m (id);`,
    );
  };
  const spec: PostgresSpec = { engine: 'postgres', url: '$URL', on: 'db', programs: server.programs };
  return { engine: 'postgres', run, reset, inspect: () => inspect(server, spec), close: () => server.stop() };
}

async function mysqlLike(engine: 'mysql' | 'mariadb', start: () => Promise<SqlServer>): Promise<Subject> {
  const server = await start();
  // A trigger's body has semicolons.
  const run = async (sql: string) => (await server.sql(`DELIMITER //\n${sql.replaceAll(/;$/gm, '//')}//\n`)).trim();
  const reset = async () => {
    await server.sql(`DROP DATABASE shop; CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop; ${TABLES.join(';')};`);
  };
  const spec: MysqlSpec = { engine, url: '$URL', on: 'db', programs: server.programs };
  return { engine, run, reset, inspect: () => inspect(server, spec), close: () => server.stop() };
}

async function sqlite(): Promise<Subject> {
  let db = new DatabaseSync(':memory:');
  return {
    engine: 'sqlite',
    async run(sql) {
      const statement = db.prepare(sql);
      if (statement.columns().length > 0) return String(Object.values(statement.get() ?? {})[0] ?? '');
      statement.run();
      return '';
    },
    async reset() {
      db.close();
      db = new DatabaseSync(':memory:');
      for (const sql of TABLES) db.exec(sql);
    },
    async close() {
      db.close();
    },
  };
}

async function inspect(server: SqlServer, spec: PostgresSpec | MysqlSpec): Promise<Inspection> {
  const folder = mkdtempSync(join(tmpdir(), 'rr-lint-'));
  const host = localHost(
    'db',
    { local: true, directory: folder },
    { system: 'demo', environment: 'test', root: folder },
  );
  try {
    const database = await openDatabase('main', spec, host, { env: { URL: server.url({ account: server.admin }) } });
    return await database.inspect(await database.live());
  } finally {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const lint = (engine: Engine, sql: string): Promise<readonly Finding[]> =>
  lintMigration({ engine, files: [{ name: 'm.sql', sql }], canary: true, known: KNOWN, lockTimeoutMs: 5_000 });

const rulesOf = async (engine: Engine, sql: string): Promise<readonly string[]> =>
  (await lint(engine, sql)).map(({ rule }) => rule);

const isSql = (step: string): boolean => step.endsWith(';');

/** Runs the SQL of a finding's safe way in its order. Every count in it must give 0. */
async function follow(subject: Subject, finding: Finding): Promise<string[]> {
  const ran: string[] = [];
  let counts = false;
  let session = '';
  for (const step of finding.safeWay) {
    if (!isSql(step)) {
      counts = step.startsWith('Count first');
      continue;
    }
    // A setting holds for its session, and each statement here has one of its own.
    if (step.startsWith('SET ')) session = step;
    const answer = await subject.run(`${session}\n${step}`);
    if (counts) expect([step, answer]).toEqual([step, '0']);
    ran.push(step);
  }
  return ran;
}

/** Migrations whose safe ways are followed; with a table of everything they are about. */
const FOLLOWED: Readonly<Record<'postgres' | 'mysql' | 'sqlite', readonly string[]>> = {
  postgres: [
    'DROP TABLE users',
    'ALTER TABLE orders DROP COLUMN amount',
    'ALTER TABLE orders DROP COLUMN ref',
    'ALTER TABLE orders RENAME TO purchases',
    'ALTER TABLE orders RENAME note TO remark',
    'ALTER TABLE orders ALTER amount TYPE text',
    'ALTER TABLE orders ALTER note TYPE varchar(5)',
    'ALTER TABLE orders ALTER amount TYPE smallint',
    'ALTER TABLE orders ALTER note SET NOT NULL',
    'ALTER TABLE orders ALTER state DROP DEFAULT',
    'ALTER TABLE orders ADD COLUMN total numeric NOT NULL',
    'ALTER TABLE orders ADD COLUMN "Key" bigserial',
    'ALTER TABLE "Other".lines ADD COLUMN n serial, ADD COLUMN u int UNIQUE, ADD CHECK (id > 0)',
    'CREATE INDEX i ON "Other".lines (id)',
    'ALTER TABLE orders ADD COLUMN u uuid DEFAULT gen_random_uuid()',
    'ALTER TABLE orders ADD UNIQUE (ref)',
    'ALTER TABLE orders ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (ref, amount)',
    'ALTER TABLE orders ADD CHECK (amount > 0)',
    'ALTER TABLE orders ADD CONSTRAINT "big one" CHECK (amount < 100)',
    'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE SET NULL',
    'ALTER TABLE orders ADD COLUMN u int REFERENCES users (id)',
    'CREATE INDEX i ON orders (note)',
    'CREATE UNIQUE INDEX "I" ON orders (lower(ref)) WHERE note IS NOT NULL',
    'DROP INDEX orders_state',
    "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
    'ALTER TABLE orders ENABLE ROW LEVEL SECURITY',
    'VACUUM FULL orders',
    'REINDEX TABLE orders',
    'REFRESH MATERIALIZED VIEW m',
    'DELETE FROM orders',
    "UPDATE orders SET note = 'x'",
    'TRUNCATE orders',
  ],
  mysql: [
    'DROP TABLE orders',
    'ALTER TABLE orders DROP COLUMN amount',
    'ALTER TABLE orders DROP COLUMN ref',
    'RENAME TABLE orders TO purchases',
    'ALTER TABLE orders RENAME COLUMN note TO remark',
    'ALTER TABLE orders MODIFY amount varchar(20)',
    'ALTER TABLE orders MODIFY ref varchar(5) NOT NULL',
    'ALTER TABLE orders MODIFY amount smallint',
    'ALTER TABLE orders MODIFY amount int NOT NULL',
    'ALTER TABLE orders MODIFY note text NOT NULL',
    'ALTER TABLE orders ADD COLUMN doc TEXT NOT NULL, ADD COLUMN data JSON NOT NULL, ADD COLUMN at DATETIME NOT NULL',
    'ALTER TABLE orders ALTER state DROP DEFAULT',
    'ALTER TABLE orders ADD COLUMN total int NOT NULL AFTER ref',
    'ALTER TABLE orders ADD UNIQUE KEY `big one` (ref, note(10))',
    'ALTER TABLE orders ADD UNIQUE (ref)',
    'ALTER TABLE orders ADD CONSTRAINT c CHECK (amount > 0)',
    'ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL',
    'CREATE UNIQUE INDEX i ON orders (ref)',
    'DROP INDEX orders_state ON orders',
    'DELETE FROM orders',
    "UPDATE orders SET note = 'x'",
    'TRUNCATE orders',
  ],
  sqlite: [
    'DROP TABLE orders',
    'ALTER TABLE orders DROP COLUMN amount',
    'ALTER TABLE orders RENAME note TO remark',
    'ALTER TABLE orders ADD COLUMN total INTEGER NOT NULL',
    'ALTER TABLE orders ADD COLUMN k TEXT UNIQUE',
    "ALTER TABLE orders ADD COLUMN at TEXT DEFAULT (datetime('now'))",
    'CREATE UNIQUE INDEX i ON orders (lower(ref)) WHERE note IS NOT NULL',
    'DELETE FROM orders',
    "UPDATE orders SET note = 'x'",
  ],
};

const PROBED: Readonly<
  Record<'postgres' | 'mysql' | 'sqlite', readonly (readonly [sql: string, ...counts: string[]])[]>
> = {
  postgres: [
    ['ALTER TABLE orders ALTER note SET NOT NULL, ADD UNIQUE (state), ADD CHECK (amount > 5)', '1', '1', '1'],
    ['ALTER TABLE orders ADD UNIQUE NULLS NOT DISTINCT (ref, note), ALTER note TYPE varchar(4)', '0', '1'],
    ['UPDATE users SET id = 9 WHERE id = 2; ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users', '0'],
    ['CREATE UNIQUE INDEX ON orders (lower(state)) WHERE amount > 0; ALTER TABLE orders ADD n int NOT NULL', '0', '3'],
    ['ALTER TABLE orders ALTER amount TYPE smallint, ADD CONSTRAINT n CHECK (price < 3)', '0', '1'],
  ],
  mysql: [
    ['ALTER TABLE orders MODIFY note TEXT NOT NULL, ADD UNIQUE (state), ADD CHECK (amount > 5)', '1', '1', '1'],
    ['ALTER TABLE orders ADD UNIQUE (state(1)), MODIFY ref varchar(1) NOT NULL', '1', '0'],
    ['ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id), MODIFY amount tinyint unsigned', '0', '0'],
  ],
  sqlite: [
    ['CREATE UNIQUE INDEX i ON orders (state COLLATE NOCASE)', '1'],
    ['ALTER TABLE orders ADD n INTEGER NOT NULL', '3'],
    [
      'CREATE TABLE n (id INTEGER PRIMARY KEY, note TEXT NOT NULL UNIQUE); INSERT INTO n SELECT id, note FROM orders; DROP TABLE orders; ALTER TABLE n RENAME TO orders',
      '1',
      '0',
    ],
  ],
};

const MAKERS = {
  PostgreSQL: postgres,
  MariaDB: () => mysqlLike('mariadb', startMariadb),
  MySQL: () => mysqlLike('mysql', startMysql),
  SQLite: sqlite,
};
const subjects = new Map<string, Subject>();

beforeAll(async () => {
  for (const [name, make] of Object.entries(MAKERS)) subjects.set(name, await make());
});
afterAll(async () => {
  for (const subject of subjects.values()) await subject.close();
});

const subjectOf = (name: keyof typeof MAKERS): Subject => subjects.get(name) as Subject;

describe.each([
  ['PostgreSQL', 'postgres'],
  ['MariaDB', 'mysql'],
  ['MySQL', 'mysql'],
  ['SQLite', 'sqlite'],
] as const)('%s', (name, kind) => {
  test.each(FOLLOWED[kind])('the safe ways of: %s', async (sql) => {
    const subject = subjectOf(name);
    const findings = (await lint(subject.engine, sql)).filter(({ safeWay }) => safeWay.some(isSql));
    expect(findings).not.toEqual([]);
    for (const finding of findings) {
      await subject.reset();
      expect((await follow(subject, finding)).length).toBeGreaterThan(0);
    }
  });

  test.each(PROBED[kind])('the probes of: %s', async (sql, ...counts) => {
    const subject = subjectOf(name);
    await subject.reset();
    const probes = await dataProbes({
      engine: subject.engine,
      files: [{ name: 'm.sql', sql }],
      canary: true,
      known: KNOWN,
    });
    const found: string[] = [];
    for (const probe of probes) found.push(await subject.run(probe.sql));
    expect(found).toEqual(counts);
  });

  if (kind !== 'sqlite')
    test('an inspection says what the lint wants to know', async () => {
      const subject = subjectOf(name);
      await subject.reset();
      const inspection = await subject.inspect?.();
      if (inspection === undefined) throw new Error('it was not inspected');
      const known = knownSchema(subject.engine, inspection, 'shop');
      const orders = known.tables.find((table) => table.name === 'orders');
      expect(orders).toMatchObject({ primaryKey: ['id'], unique: [], indexed: [['state']], rows: 3 });
      const byName = (columns: readonly KnownColumn[] | undefined) =>
        [...(columns ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
      const expected = byName(KNOWN.tables[0]?.columns);
      const columns = byName(orders?.columns);
      const shape = ({ name: column, notNull, fallback }: KnownColumn) => [column, notNull, fallback !== null];
      expect(columns.map(shape)).toEqual(expected.map(shape));
      // Each type is the one that the table was made with, by whatever name the server calls it.
      for (const [index, { type }] of columns.entries())
        expect([type, typeChange(subject.engine, type, expected[index]?.type ?? '').effect]).toEqual([type, 'same']);
    });

  test('a column that is renamed stays in step while both versions write', async () => {
    const subject = subjectOf(name);
    await subject.reset();
    const rename = kind === 'mysql' ? 'RENAME COLUMN note TO remark' : 'RENAME note TO remark';
    const [finding] = await lint(subject.engine, `ALTER TABLE orders ${rename}`);
    const steps = finding?.safeWay.filter(isSql) ?? [];
    const later = steps.findIndex((step) => step.startsWith('DROP TRIGGER'));
    for (const step of steps.slice(0, later)) await subject.run(step);
    const both = async (id: number) =>
      await subject.run(
        `SELECT ${kind === 'mysql' ? "CONCAT(note, '/', remark)" : "note || '/' || remark"} FROM orders WHERE id = ${id}`,
      );
    expect(await both(1)).toBe('one/one');
    // The old version knows one of the columns alone.
    await subject.run("INSERT INTO orders (id, ref, note) VALUES (10, 'x', 'old')");
    expect(await both(10)).toBe('old/old');
    await subject.run("UPDATE orders SET note = 'older' WHERE id IN (1, 10)");
    expect([await both(1), await both(10)]).toEqual(['older/older', 'older/older']);
    // The new one too, but for SQLite, where it is said to write both.
    if (kind !== 'sqlite') {
      await subject.run("INSERT INTO orders (id, ref, remark) VALUES (11, 'y', 'new')");
      await subject.run("UPDATE orders SET remark = 'newer' WHERE id IN (10, 11)");
      expect([await both(10), await both(11)]).toEqual(['newer/newer', 'newer/newer']);
    }
    for (const step of steps.slice(later)) await subject.run(step);
    expect(await subject.run('SELECT remark FROM orders WHERE id = 10')).toBe(kind === 'sqlite' ? 'older' : 'newer');
  });
});

describe('PostgreSQL writes a table anew', () => {
  test.each([
    ['ADD COLUMN n int', false],
    ['ADD COLUMN n int NOT NULL DEFAULT 7', false],
    ['ADD COLUMN n timestamptz DEFAULT now()', false],
    ['ADD COLUMN n timestamptz DEFAULT clock_timestamp()', true],
    ['ADD COLUMN n uuid DEFAULT gen_random_uuid()', true],
    ['ADD COLUMN n serial', true],
    ['ADD COLUMN n int GENERATED BY DEFAULT AS IDENTITY', true],
    ['ADD COLUMN n int GENERATED ALWAYS AS (amount * 2) STORED', true],
    ["ADD COLUMN n text DEFAULT lower('X') || md5('y')", false],
    ['DROP COLUMN note', false],
    ['ALTER note SET NOT NULL', false],
    ['ALTER ref TYPE varchar(40)', false],
    ['ALTER ref TYPE text', false],
    ['ALTER ref TYPE varchar', false],
    ['ALTER ref TYPE varchar(10)', true],
    ['ALTER note TYPE varchar(100)', true],
    ['ALTER note TYPE varchar', false],
    ['ALTER ref TYPE char(20)', true],
    ['ALTER amount TYPE bigint', true],
    ['ALTER amount TYPE smallint', true],
    ['ALTER amount TYPE numeric', true],
    ['ALTER amount TYPE text USING amount::text', true],
    ['ALTER price TYPE numeric(12,2)', false],
    ['ALTER price TYPE numeric', false],
    ['ALTER price TYPE numeric(12,4)', true],
    ['ALTER price TYPE numeric(8,2)', true],
    ['ADD CONSTRAINT c CHECK (amount < 100)', false],
    ['ADD CONSTRAINT u UNIQUE (ref)', false],
    ['SET UNLOGGED', true],
  ])('at %s: %s', async (action, rewritten) => {
    const subject = subjectOf('PostgreSQL');
    await subject.reset();
    const node = "SELECT pg_relation_filenode('orders')";
    const before = await subject.run(node);
    await subject.run(`UPDATE orders SET note = coalesce(note, ''); ALTER TABLE orders ${action}`);
    expect((await subject.run(node)) !== before).toBe(rewritten);
    expect((await rulesOf('postgres', `ALTER TABLE orders ${action}`)).includes('table-rewrite')).toBe(rewritten);
  });
});

describe.each(['MariaDB', 'MySQL'] as const)('%s lets writers go on', (name) => {
  const blocking = new Set(['table-copy', 'index-locks', 'change-charset', 'change-primary-key']);
  test.each([
    ['ADD COLUMN n int', true],
    ['ADD COLUMN n int NOT NULL DEFAULT 7 AFTER id', true],
    ['DROP COLUMN note', true],
    ['RENAME COLUMN note TO remark', true],
    ["ALTER state SET DEFAULT 'x'", true],
    ['ADD INDEX i (amount)', true],
    ['ADD UNIQUE INDEX i (ref)', true],
    ['DROP INDEX orders_state', true],
    ['RENAME INDEX orders_state TO i', true],
    ['ADD COLUMN n int AS (amount * 2) VIRTUAL', true],
    ['MODIFY ref varchar(40) NOT NULL', true],
    ['DROP PRIMARY KEY, ADD PRIMARY KEY (id, ref)', true],
    ['ENGINE = InnoDB', true],
    ['FORCE', true],
    ['ADD COLUMN n int AUTO_INCREMENT UNIQUE', false],
    ['ADD COLUMN n int AS (amount * 2) STORED', false],
    // Only MySQL copies for a longer length of the length.
    ['MODIFY ref varchar(100) NOT NULL', 'MariaDB'],
    ['MODIFY ref varchar(10) NOT NULL', false],
    ['MODIFY amount bigint', false],
    ['MODIFY amount smallint', false],
    ['MODIFY amount varchar(20)', false],
    ['MODIFY note mediumtext', false],
    ['MODIFY price decimal(12,2)', false],
    ['DROP PRIMARY KEY', false],
    ['ADD FULLTEXT INDEX f (note)', false],
    ['ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users (id)', false],
    ['ADD CONSTRAINT c CHECK (amount < 100)', false],
    ['CONVERT TO CHARACTER SET latin1', false],
  ])('at %s: %s', async (action, allowed) => {
    const free = allowed === true || allowed === name;
    const subject = subjectOf(name);
    await subject.reset();
    const asked = subject.run(`ALTER TABLE orders ${action}, ALGORITHM=INPLACE, LOCK=NONE`).then(
      () => true,
      (error: Error) => {
        // Refused for the algorithm or the lock, not for anything else.
        expect(error.message).toMatch(/ERROR (1845|1846)/);
        return false;
      },
    );
    expect(await asked).toBe(free);
    const found = (await lint(subject.engine, `ALTER TABLE orders ${action}`)).filter(
      ({ rule, severity }) => blocking.has(rule) && severity !== 'notice',
    );
    expect(found.length === 0).toBe(free);
  });
});

describe('SQLite takes a statement', () => {
  test.each([
    ['ALTER TABLE orders ADD COLUMN n', true],
    ["ALTER TABLE orders ADD COLUMN n TEXT NOT NULL DEFAULT 'x'", true],
    ['ALTER TABLE orders ADD COLUMN n INTEGER REFERENCES users (id)', true],
    ['ALTER TABLE orders ADD COLUMN n INTEGER AS (amount * 2)', true],
    ['ALTER TABLE orders DROP COLUMN amount', true],
    ['ALTER TABLE orders RENAME amount TO n', true],
    ['ALTER TABLE orders DROP COLUMN state', false],
    ['ALTER TABLE orders DROP COLUMN id', false],
    ['ALTER TABLE orders ADD COLUMN n TEXT UNIQUE', false],
    ['ALTER TABLE orders ADD COLUMN n INTEGER PRIMARY KEY', false],
    ['ALTER TABLE orders ADD COLUMN n TEXT NOT NULL', false],
    ['ALTER TABLE orders ADD COLUMN n TEXT DEFAULT CURRENT_TIMESTAMP', false],
    ['ALTER TABLE orders ADD COLUMN n INTEGER AS (amount * 2) STORED', false],
    ['ALTER TABLE orders ALTER COLUMN amount TYPE TEXT', false],
    ['ALTER TABLE orders ADD CONSTRAINT u UNIQUE (ref)', false],
    ['TRUNCATE TABLE orders', false],
    ['DROP DATABASE x', false],
  ])('%s: %s', async (sql, taken) => {
    const subject = await sqlite();
    await subject.reset();
    const ran = await subject.run(sql).then(
      () => true,
      () => false,
    );
    await subject.close();
    expect(ran).toBe(taken);
    const rules = await rulesOf('sqlite', sql);
    expect(rules.includes('unsupported') || rules.includes('add-column-not-null')).toBe(!taken);
  });

  test('a table that is renamed away before its successor is there takes the foreign keys of others along', async () => {
    const sql = `ALTER TABLE users RENAME TO old; CREATE TABLE users (id INTEGER PRIMARY KEY); INSERT INTO users SELECT id FROM old; DROP TABLE old`;
    expect(await rulesOf('sqlite', sql)).toContain('rebuild-order');
    const db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
    db.exec('CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE orders (u REFERENCES users (id))');
    db.exec(sql);
    expect(String(db.prepare("SELECT sql FROM sqlite_master WHERE name = 'orders'").get()?.['sql'])).toContain('"old"');
    db.close();
  });
});
