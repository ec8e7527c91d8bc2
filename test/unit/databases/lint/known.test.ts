import { describe, expect, test } from '@jest/globals';
import { knownSchema } from '@release-runbook/databases/lint/known';
import { lint, short } from './support.ts';

describe('what an inspection says', () => {
  test('SQLite: tables and indexes as they are defined', () => {
    const known = knownSchema('sqlite', {
      objects: [
        {
          kind: 'table',
          name: 'orders',
          definition:
            "CREATE TABLE orders(id INTEGER PRIMARY KEY,ref VARCHAR(20) NOT NULL DEFAULT 'x',u INT,UNIQUE(ref,u))",
        },
        { kind: 'index', name: 'i', definition: 'CREATE INDEX i ON orders(u)' },
        { kind: 'index', name: 'j', definition: 'CREATE UNIQUE INDEX j ON orders(u DESC)' },
        { kind: 'index', name: 'k', definition: 'CREATE UNIQUE INDEX k ON orders(ref) WHERE u IS NULL' },
        { kind: 'view', name: 'v', definition: 'CREATE VIEW v AS SELECT 1' },
      ],
      rows: { orders: 5 },
    });
    expect(known.tables).toEqual([
      {
        name: 'orders',
        columns: [
          { name: 'id', type: 'integer', notNull: false, fallback: null },
          { name: 'ref', type: 'varchar(20)', notNull: true, fallback: "'x'" },
          { name: 'u', type: 'int', notNull: false, fallback: null },
        ],
        primaryKey: ['id'],
        unique: [['ref', 'u'], ['u']],
        indexed: [['u']],
        rows: 5,
      },
    ]);
  });

  test('PostgreSQL: each object by itself', async () => {
    const known = knownSchema('postgres', {
      objects: [
        { kind: 'table', name: 'orders', definition: 'owner app' },
        { kind: 'table', name: '"Shop"."Order.s"', definition: 'owner app' },
        { kind: 'column', name: 'orders.id', definition: "bigint not null default nextval('orders_id_seq'::regclass)" },
        { kind: 'column', name: 'orders."Note"', definition: 'character varying(20) collate "C"' },
        { kind: 'column', name: 'orders.n', definition: 'numeric(10,2) not null generated always as identity' },
        { kind: 'column', name: '"Shop"."Order.s".a', definition: 'timestamp with time zone' },
        { kind: 'constraint', name: 'orders.orders_pkey', definition: 'PRIMARY KEY (id)' },
        { kind: 'constraint', name: 'orders.u', definition: 'UNIQUE ("Note", n)' },
        { kind: 'constraint', name: 'orders.c', definition: 'CHECK ((n > 0))' },
        { kind: 'index', name: 'orders.i', definition: 'CREATE UNIQUE INDEX i ON public.orders USING btree (n)' },
        {
          kind: 'index',
          name: 'orders.j',
          definition: 'CREATE UNIQUE INDEX j ON public.orders USING btree (n) WHERE (n > 1)',
        },
      ],
      rows: { orders: 5, '"Shop"."Order.s"': 6 },
    });
    expect(known.tables).toEqual([
      {
        schema: undefined,
        name: 'orders',
        columns: [
          { name: 'id', type: 'bigint', notNull: true, fallback: "nextval('orders_id_seq'::regclass)" },
          { name: 'Note', type: 'character varying(20)', notNull: false, fallback: null },
          { name: 'n', type: 'numeric(10,2)', notNull: true, fallback: 'own' },
        ],
        primaryKey: ['id'],
        unique: [['Note', 'n'], ['n']],
        indexed: [['n']],
        rows: 5,
      },
      {
        schema: 'Shop',
        name: 'Order.s',
        columns: [{ name: 'a', type: 'timestamp with time zone', notNull: false, fallback: null }],
        primaryKey: undefined,
        unique: [],
        indexed: [],
        rows: 6,
      },
    ]);
    expect(short(await lint('postgres', 'ALTER TABLE orders ALTER "Note" TYPE varchar(10)', { known }))).toEqual([
      'E narrow-type',
      'N table-rewrite',
    ]);
    expect(short(await lint('postgres', 'ALTER TABLE "Shop"."Order.s" ALTER a TYPE timestamptz', { known }))).toEqual(
      [],
    );
  });

  test('MySQL and MariaDB', () => {
    const known = knownSchema(
      'mysql',
      {
        objects: [
          { kind: 'table', name: 'orders', definition: 'engine=InnoDB' },
          { kind: 'column', name: 'orders.id', definition: 'bigint(20) unsigned not null auto_increment first' },
          {
            kind: 'column',
            name: 'orders.state',
            definition: "enum('a','not null') collate utf8mb4_bin not null default a after id",
          },
          { kind: 'column', name: 'orders.note', definition: 'text collate utf8mb4_bin after state' },
          { kind: 'index', name: 'orders.PRIMARY', definition: 'unique btree (id)' },
          { kind: 'index', name: 'orders.u', definition: 'unique btree (state, note(10))' },
          { kind: 'index', name: 'orders.i', definition: 'btree (note(10) desc)' },
        ],
        rows: { orders: 7 },
      },
      'shop',
    );
    expect(known).toEqual({
      database: 'shop',
      tables: [
        {
          schema: undefined,
          name: 'orders',
          columns: [
            { name: 'id', type: 'bigint(20) unsigned', notNull: true, fallback: 'own' },
            { name: 'state', type: "enum('a','not null')", notNull: true, fallback: 'a' },
            { name: 'note', type: 'text', notNull: false, fallback: null },
          ],
          primaryKey: ['id'],
          unique: [['state', 'note']],
          indexed: [['note']],
          rows: 7,
        },
      ],
    });
  });
});
