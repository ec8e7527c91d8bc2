import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { failure, makeWorld, psql, until, type World } from './postgres-world.ts';

describe('while others work', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
    await world.server.sql(`
      SET ROLE owner;
      CREATE TABLE entries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, batch int NOT NULL, body text);
      CREATE TABLE totals (batch int PRIMARY KEY, entries int NOT NULL);
      CREATE TABLE filler AS SELECT g AS id, repeat(md5(g::text), 20) AS body FROM generate_series(1, 60000) g;`);
  });
  afterAll(() => world.close());

  /** Commits ten entries with their total, over and over, until it is stopped; gives what was acknowledged. */
  function writer() {
    let on = true;
    let acknowledged = 0;
    let longest = 0;
    const done = (async () => {
      while (on) {
        const child = psql(world.server);
        let text = '';
        child.stdout.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        const closed = new Promise((resolve) => child.on('close', resolve));
        let last = performance.now();
        while (on && child.exitCode === null) {
          const batch = Math.floor(Math.random() * 2 ** 31);
          text = '';
          child.stdin.write(
            `BEGIN; INSERT INTO entries (batch, body) SELECT ${batch}, 'x' FROM generate_series(1, 10); INSERT INTO totals VALUES (${batch}, 10); COMMIT; SELECT 'done';\n`,
          );
          await until(() => text.includes('done') || child.exitCode !== null, 60_000);
          if (!text.includes('done')) break;
          acknowledged++;
          longest = Math.max(longest, performance.now() - last);
          last = performance.now();
        }
        child.stdin.end();
        await closed;
      }
    })();
    return {
      acknowledged: () => acknowledged,
      async stop() {
        on = false;
        await done;
        return { acknowledged, longest };
      },
    };
  }

  it('counts and dumps one snapshot', async () => {
    const work = writer();
    await until(() => work.acknowledged() > 20);
    const taken = await world.db.backup('busy');
    const verified = await world.db.verify(taken);
    await work.stop();
    const { entries = 0, totals = 0 } = taken.inspection.rows;
    expect(entries).toBe(10 * totals);
    expect(verified.verified).toBeDefined();
    const more = (await world.db.since(verified)).find(({ table }) => table === 'entries');
    expect(more).toMatchObject({ changed: 0, missing: 0 });
    expect(entries + (more?.added ?? 0)).toBe(Number(await world.server.sql('SELECT count(*) FROM entries')));
    expect(more?.added).toBeGreaterThan(0);
  });

  it.each([
    ['before pg_dump has its locks', 1],
    ['after that', 2],
  ])('never dumps a table as empty that is truncated and rewritten meanwhile: %s', async (_when, holders) => {
    await world.server.sql(
      `INSERT INTO filler SELECT g, repeat(md5(g::text), 20) FROM generate_series(1, 60000 - (SELECT count(*) FROM filler)) g`,
    );
    const other = psql(world.server);
    const taken = world.db.backup(`truncated-${holders}`);
    await until(
      async () =>
        Number(
          await world.server.sql(
            `SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation WHERE relname = 'filler' AND granted`,
          ),
        ) >= holders,
    );
    other.stdin.end('TRUNCATE filler; ALTER TABLE filler ADD COLUMN more int DEFAULT random();');
    const verified = await world.db.verify(await taken);
    await until(() => other.exitCode !== null);
    // A TRUNCATE that came between the locks goes first, and the dump is made anew: then it is of the state after it.
    expect(holders === 1 ? [0, 60_000] : [60_000]).toContain(verified.inspection.rows.filler);
    expect(await world.server.sql('SELECT count(*) FROM filler')).toBe('0\n');
    await world.server.sql('ALTER TABLE filler DROP COLUMN more');
  });

  it('gives up a dump after lock-timeout, and says who holds the lock', async () => {
    const other = psql(world.server);
    other.stdin.write('BEGIN; LOCK TABLE filler IN ACCESS EXCLUSIVE MODE;\n');
    await until(async () => (await world.engine.longTransactions(world.engine.live, 0)).length > 0);
    const { db } = world.as(world.server.admin, { 'lock-timeout': 300 });
    const refused = await failure((await db).backup('locked'));
    expect(refused.message).toMatch(/lock timeout/);
    expect(refused.hint).toMatch(/pg_stat_activity/);
    other.stdin.end();
    await until(() => other.exitCode !== null);
  });

  it('swaps within two seconds under a writer, and loses nothing that was acknowledged', async () => {
    const taken = await world.db.verify(await world.db.backup('swap'));
    await world.engine.load(taken.path, { server: world.engine.live.server, database: 'shop_fresh_w' });
    const work = writer();
    await until(() => work.acknowledged() > 20);
    const idle = psql(world.server);
    const began = performance.now();
    await world.engine.swap('shop_fresh_w', 'shop_rescue_w');
    const ms = performance.now() - began;
    expect(
      await world.server.sql(
        `SELECT count(*) FROM pg_database WHERE datname IN ('shop', 'shop_rescue_w', 'shop_fresh_w') AND datallowconn`,
      ),
    ).toBe('2\n');
    expect(await world.server.sql(`SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop_rescue_w'`)).toBe('0\n');
    idle.kill();
    const at = work.acknowledged();
    await until(() => work.acknowledged() > at + 20);
    const { acknowledged } = await work.stop();
    const count = async (database: string) =>
      Number(await world.server.sql('SELECT count(*) FROM totals', { database }));
    const before = taken.inspection.rows.totals ?? 0;
    // Each batch is in the rescue or in the new database; one may be committed and not acknowledged.
    expect((await count('shop')) - before + (await count('shop_rescue_w')) - before).toBeGreaterThanOrEqual(
      acknowledged,
    );
    expect(ms).toBeLessThan(2000);
    await world.engine.swap('shop_fresh_w', 'shop_rescue_w');
  });

  it('finds the long transactions of sessions and those without a session', async () => {
    const other = psql(world.server);
    other.stdin.write('BEGIN; UPDATE totals SET entries = entries;\n');
    await world.server.sql(`BEGIN; CREATE TABLE forgotten (); PREPARE TRANSACTION 'left''over';`);
    await until(async () => (await world.engine.longTransactions(world.engine.live, 0)).length === 2);
    const found = await world.engine.longTransactions(world.engine.live, 0);
    expect(found[0]).toMatch(
      /^session \d+ of owner \(psql\): transaction open for \d+ s, idle in transaction, holds Row exclusive on totals$/,
    );
    expect(found[1]).toMatch(/^prepared transaction 'left''over' of postgres/);
    expect(await world.engine.longTransactions(world.engine.live, 3600)).toEqual([]);
    expect((await failure(world.engine.cannotSwap([]))).message).toMatch(/prepared transactions hold it: left'over/);
    await world.server.sql(`ROLLBACK PREPARED 'left''over'`);
    other.stdin.end();
    await until(() => other.exitCode !== null);
  });
});

describe('migrations', () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
    await world.server.sql('SET ROLE owner; CREATE SCHEMA shop; CREATE TABLE shop.goods (id int PRIMARY KEY)');
  });
  afterAll(() => world.close());
  const files = (...sql: string[]) => sql.map((text, i) => ({ name: `${i + 1}.sql`, sql: text }));

  it('are applied once, as one transaction each, and tell the line of an error', async () => {
    const db = await world.as(world.server.owner).db;
    await world.server.sql('GRANT CREATE ON SCHEMA public TO owner');
    const live = await db.live();
    const good = [
      'CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);',
      `CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\nSELECT $x$;$x$;`,
    ];
    expect(await db.applyFiles(live, files(...good))).toEqual(['1.sql', '2.sql']);
    const bad =
      'CREATE TABLE b (id int);\n\n-- a comment; with a semicolon\nINSERT INTO b\n  SELECT nope\n  FROM a;\nSELECT 1;';
    const error = await failure(db.applyFiles(live, files(...good, 'INSERT INTO a VALUES (2)', bad)));
    expect(error.message).toMatch(
      /column "nope" does not exist; 4\.sql was rolled back as a whole; applied before it: 3\.sql/,
    );
    expect(error.at).toMatchObject({ file: '4.sql', line: 5 });
    expect(await world.server.sql(`SELECT to_regclass('public.b') IS NULL, count(*) FROM a`)).toBe('t\t2\n');
    expect((await failure(db.applyFiles(live, files('changed')))).message).toMatch(
      /1\.sql was changed after it was applied/,
    );
    expect((await db.inspect(live)).objects.some(({ name }) => name.includes('_release_runbook'))).toBe(false);
    expect(Object.keys((await db.inspect(live)).rows)).toEqual(['a', 'shop.goods']);
  });

  it('run outside of a transaction where a statement must', async () => {
    const live = await world.db.live();
    const sql = 'ALTER TABLE shop.goods ADD name text;\nCREATE INDEX CONCURRENTLY goods_name ON shop.goods (name);';
    expect(await world.db.applyFiles(live, [{ name: 'c1.sql', sql }])).toEqual(['c1.sql']);
    const error = await failure(
      world.db.applyFiles(live, [{ name: 'c2.sql', sql: `ALTER TABLE shop.goods ADD more text;\n${sql}` }]),
    );
    expect(error.message).toMatch(
      /already exists; c2\.sql cannot be one transaction \(CREATE … CONCURRENTLY\), so that its statements before this one stay applied/,
    );
    expect(error.at?.line).toBe(2);
    expect(await world.engine.applied(world.engine.live)).toEqual(
      expect.not.objectContaining({ 'c2.sql': expect.anything() }),
    );
  });

  it('wait for a lock no longer than lock-timeout', async () => {
    const other = psql(world.server);
    other.stdin.write('BEGIN; SELECT * FROM shop.goods;\n');
    await until(async () => (await world.engine.longTransactions(world.engine.live, 0)).length > 0);
    const db = await world.as(world.server.admin, { 'lock-timeout': 200 }).db;
    const error = await failure(
      db.applyFiles(await db.live(), [{ name: 'd.sql', sql: '\nALTER TABLE shop.goods ADD late int;' }]),
    );
    expect(error.message).toMatch(/lock timeout; d\.sql was rolled back as a whole/);
    expect(error.at?.line).toBe(2);
    other.stdin.end();
    await until(() => other.exitCode !== null);
  });

  it('are rehearsed with the rights of their user', async () => {
    const db = await world.as(world.server.owner).db;
    const backup = await db.verify(await db.backup('rights'));
    const copy = await db.scratch(backup, 'rights');
    try {
      const error = await failure(db.applyFiles(copy, [{ name: 'super.sql', sql: 'CREATE ROLE more' }]));
      expect(error.message).toMatch(/permission denied to create role/);
      await db.applyFiles(copy, [{ name: 'own.sql', sql: 'ALTER TABLE shop.goods ADD own int' }]);
    } finally {
      await db.drop(copy);
    }
  });
});
