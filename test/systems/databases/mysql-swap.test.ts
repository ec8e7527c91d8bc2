import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Dumped, ServerEngine } from '@release-runbook/databases/server/engine';
import type { Backup } from '@release-runbook/databases/types';
import { type Bench, dying, ENGINES, makeBench } from './mysql-support.ts';

/** Everything that names its database, or that stops a renaming, in few rows. */
const FIXTURE = `
CREATE TABLE customers (id INT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(100) NOT NULL UNIQUE);
CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, customer INT NOT NULL, total DECIMAL(10, 2) NOT NULL DEFAULT 0,
  CONSTRAINT order_customer FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE);
CREATE TABLE audit (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(100));
DELIMITER //
CREATE TRIGGER order_made AFTER INSERT ON orders FOR EACH ROW BEGIN INSERT INTO shop.audit (what) VALUES (CONCAT('order ', NEW.id)); END//
CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC BEGIN RETURN n * 2; END//
CREATE PROCEDURE spend(IN who INT) BEGIN INSERT INTO shop.orders (customer) VALUES (who); END//
CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01' DO BEGIN DELETE FROM shop.audit WHERE id < 0; END//
DELIMITER ;
CREATE VIEW totals AS SELECT customer, shop.twice(COUNT(*)) AS n FROM shop.orders GROUP BY customer;
INSERT INTO customers (email) VALUES ('a@example.com'), ('b@example.com');
INSERT INTO orders (customer, total) VALUES (1, 10), (2, 20);
`;

/** What a release changed: all of it must be gone after the swap. */
const CHANGES = `
ALTER TABLE customers ADD COLUMN name VARCHAR(50);
CREATE TABLE coupons (id INT PRIMARY KEY);
INSERT INTO orders (customer, total) VALUES (1, 99);
DROP TRIGGER order_made;
CREATE TRIGGER order_changed BEFORE UPDATE ON orders FOR EACH ROW SET NEW.total = NEW.total;
DROP VIEW totals;
CREATE VIEW coupon_ids AS SELECT id FROM shop.coupons;
CREATE EVENT often ON SCHEDULE EVERY 1 DAY STARTS '2036-01-01' DO DELETE FROM shop.coupons WHERE id < 0;
DROP PROCEDURE spend;
`;

describe.each(ENGINES)('%s', (name, start) => {
  let bench: Bench;
  let engine: ServerEngine;
  let dumped: Dumped;
  let file: string;
  const sql = (text: string) => bench.server.sql(text);
  const fresh = 'shop_fresh_x';
  const rescue = 'shop_rescue_x';

  beforeAll(async () => {
    bench = await makeBench(start);
    engine = bench.engine();
    await sql(FIXTURE);
    file = join(bench.folder, 'shop.sql');
    dumped = await engine.dump(engine.live, file);
  }, 120_000);
  afterAll(() => bench.close(), 60_000);

  /** Live as the release left it, and the backup loaded beside it. */
  async function makeReady(): Promise<void> {
    await sql(`DROP DATABASE IF EXISTS ${rescue}; DROP DATABASE IF EXISTS ${fresh};`);
    await engine.load(file, engine.live);
    await sql(CHANGES);
    const place = { server: engine.live.server, database: fresh };
    await engine.load(file, place);
    expect(await engine.objects(place)).toEqual(dumped.objects);
    await engine.mark(place, 'marked');
  }

  async function mustBeBack(): Promise<void> {
    expect(await engine.objects(engine.live)).toEqual(dumped.objects);
    expect(await engine.count(engine.live, await engine.tables(engine.live))).toEqual(dumped.rows);
    expect(await engine.marker(engine.live)).toBe('marked');
    expect(await engine.exists({ ...engine.live, database: fresh })).toBe(false);
    const left = { ...engine.live, database: rescue };
    expect((await engine.tables(left)).map(({ table }) => table)).toEqual(['audit', 'coupons', 'customers', 'orders']);
    expect((await engine.count(left, await engine.tables(left))).orders).toBe(3);
    const kept = (await engine.objects(left)).map(({ kind, name }) => `${kind} ${name}`);
    for (const one of ['trigger orders.order_changed', 'view coupon_ids', 'event often', 'function twice'])
      expect(kept).toContain(one);
    // What names the database leads to the live one.
    const before = Number(await sql('SELECT COUNT(*) FROM audit'));
    await sql('CALL spend(2); SELECT * FROM totals;');
    expect(Number(await sql('SELECT COUNT(*) FROM audit'))).toBe(before + 1);
    await expect(sql('INSERT INTO orders (customer) VALUES (12345)')).rejects.toThrow(/foreign key/i);
  }

  test('live becomes the rescue, the copy becomes live, quickly', async () => {
    await makeReady();
    const from = performance.now();
    await engine.swap(fresh, rescue);
    const ms = performance.now() - from;
    console.log(`${engine.engine}: swapped in ${Math.round(ms)} ms`);
    expect(ms).toBeLessThan(10_000); // under 2 s on a machine that does nothing else
    await mustBeBack();
    await engine.swap(fresh, rescue);
    await expect(engine.swap('shop_fresh_y', 'shop_rescue_y')).rejects.toThrow('no copy');
  }, 60_000);

  test('a rescue can itself be swapped back in', async () => {
    await makeReady();
    const before = await engine.objects(engine.live);
    await engine.swap(fresh, rescue);
    await engine.swap(rescue, 'shop_back_x');
    expect(await engine.objects(engine.live)).toEqual(before);
    expect((await engine.count(engine.live, await engine.tables(engine.live))).orders).toBe(3);
    await sql('DROP DATABASE shop_back_x');
  }, 60_000);

  test('a runner that dies at any call leaves what the next one finishes', async () => {
    let end = 'dead';
    // Every call of one server, and every third of the other: both go the same way.
    const step = name === 'mariadb' || process.env.FULL === '1' ? 1 : 3;
    for (let n = 1; end === 'dead'; n += step) {
      await makeReady();
      end = await bench
        .engine({ host: dying(bench.host, n) })
        .swap(fresh, rescue)
        .then(
          () => 'through',
          (error: Error) => error.message,
        );
      await bench.engine().swap(fresh, rescue);
      await mustBeBack();
    }
    expect(end).toBe('through');
  }, 600_000);

  test('a client that is killed while its statement waits for a lock', async () => {
    await makeReady();
    const held = sql('BEGIN; SELECT * FROM orders; DO SLEEP(6);').catch(() => {});
    await sleep(500);
    let dead = false;
    const shell: typeof bench.host.shell = async (text, options) => {
      const ended = dead ? undefined : await bench.host.shell(text, options);
      if (ended === undefined || dead) throw new Error('dead');
      return ended;
    };
    const first = bench
      .engine({ host: { ...bench.host, shell } })
      .swap(fresh, rescue)
      .catch(() => {});
    await sleep(2500);
    dead = true;
    await bench.host.shell(
      'for p in /proc/[0-9]*; do if tr "\\0" " " <"$p/cmdline" 2>/dev/null | grep -q -- "--defaults-extra-file=$RR_STATE/"; then kill -9 "${p#/proc/}"; fi; done',
    );
    await bench.engine().swap(fresh, rescue);
    await first;
    await held;
    await mustBeBack();
  }, 60_000);

  test('sessions that hold the tables are ended', async () => {
    await makeReady();
    let ended = false;
    const held = sql('BEGIN; SELECT * FROM orders; DO SLEEP(60);').catch(() => {
      ended = true;
    });
    await sleep(500);
    await engine.swap(fresh, rescue);
    await held;
    expect(ended).toBe(true);
    await mustBeBack();
  }, 60_000);

  test('names that cannot be swapped, and why', async () => {
    await makeReady();
    expect(await engine.cannotSwap([])).toBeUndefined();
    const owner = bench.engine({ account: bench.server.owner });
    expect(await owner.cannotSwap([])).toMatch(/GRANT ALL ON `shop\\_%`\.\*/);
    await sql(
      'CREATE DATABASE other; CREATE TABLE other.child (c INT, FOREIGN KEY stray (c) REFERENCES shop.customers (id));',
    );
    expect(await engine.cannotSwap([])).toContain('other.child would follow');
    await sql('DROP DATABASE other');
    const { fresh: a, rescue: b } = engine.beside(`V1.2.0-${'x'.repeat(100)}`);
    expect([a.length, b.length]).toEqual([64, 64]);
    expect(engine.beside('v1.2').fresh).not.toBe(engine.beside('v1-2').fresh);
  }, 60_000);

  test('a whole restore: rescue kept, repeatable, another backup under the same label refused', async () => {
    await sql(`DROP DATABASE IF EXISTS ${rescue}; DROP DATABASE IF EXISTS ${fresh};`);
    await engine.load(file, engine.live);
    const db = await bench.database();
    const backup: Backup = await db.verify(await db.backup('before'));
    await sql(CHANGES);
    const { rescue: kept } = await db.restore(backup, 'v1.2.0');
    expect(kept).toMatch(/^shop_rescue_v1_2_0_/);
    expect(await db.restore(backup, 'v1.2.0')).toEqual({ rescue: kept });
    expect(await db.compare(backup, await db.live())).toEqual({ schema: [], rows: [] });
    const second = await db.verify(await db.backup('after'));
    expect(await db.compareSchema(second, await db.live())).toEqual([]);
    await expect(db.restore(second, 'v1.2.0')).rejects.toThrow('another backup');
  }, 120_000);
});
