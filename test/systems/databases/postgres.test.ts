import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Backup } from '@release-runbook/databases/types';
import { sshHost } from '@release-runbook/hosts/ssh';
import { loadPostgres } from '../../support/servers/data/postgres.ts';
import { startSshd } from '../../support/sshd.ts';

import { everything, execute, failure, makeWorld, type World } from './postgres-world.ts';

describe('a database with all that bites', () => {
  let world: World;
  let backup: Backup;
  beforeAll(async () => {
    world = await makeWorld();
    await loadPostgres(world.server);
    await world.server.sql(`
      ALTER DATABASE shop SET search_path TO sales, "Odd Schema", public;
      ALTER DATABASE shop SET statement_timeout = '10min';
      ALTER ROLE reader IN DATABASE shop SET work_mem = '8MB';
      ALTER DATABASE shop CONNECTION LIMIT 77;
      COMMENT ON DATABASE shop IS 'the shop; ''quoted''';
      CREATE TABLE sales.coupons (code varchar(10) PRIMARY KEY, kind varchar NOT NULL CHECK (kind IN ('fixed', 'percent')));
      ALTER TABLE sales.coupons OWNER TO owner;
      INSERT INTO sales.coupons VALUES ('a', 'fixed');`);
    backup = await world.db.verify(await world.db.backup('b1'));
  });
  afterAll(() => world.close());

  it('is backed up, restored into a scratch server, and found equal in objects and rows', () => {
    expect(backup.verified?.how).toMatch(/restored into a scratch server \(15/);
    expect(backup.inspection.rows).toMatchObject({
      'sales.customers': 4,
      every_type: 3,
      measurements: 3,
      animals: 1,
      dogs: 1,
      'large objects': 1,
    });
    const kinds = new Set(backup.inspection.objects.map(({ kind }) => kind));
    for (const kind of [
      'table',
      'column',
      'constraint',
      'index',
      'trigger',
      'view',
      'materialized view',
      'sequence',
      'function',
      'procedure',
      'aggregate',
      'type',
      'domain',
      'policy',
      'rule',
      'statistics',
      'schema',
      'extension',
      'event trigger',
      'grant',
      'comment',
      'default privileges',
    ])
      expect(kinds).toContain(kind);
    expect(backup.inspection.objects.find(({ name }) => name === 'sales.orders.total')?.definition).toBe(
      'sales.positive not null',
    );
  });

  it('leaves no scratch server, no folder and no snapshot behind', async () => {
    expect(existsSync(join(world.folder, 'backups/main/scratch/verify-b1'))).toBe(false);
    expect(
      await world.server.sql(
        `SELECT count(*) FROM pg_stat_activity WHERE application_name IN ('release-runbook', 'pg_dump')`,
      ),
    ).toBe('0\n');
  });

  it('tells rows written since by key, exports them, and what it exported brings them back', async () => {
    expect((await world.db.since(backup)).filter((t) => t.added + t.changed + t.missing > 0)).toEqual([]);
    const before = await everything(world);
    await world.server.sql(`
      INSERT INTO sales.customers (email, name) VALUES ('new@example.com', E'a\\nb \\\\ ''q'' 😀');
      UPDATE every_type SET t = E'line\\r\\nend', jb = '{"x": [1, 2]}', arr = '{{7}}' WHERE id = 3;
      DELETE FROM animals WHERE id = 1;
      INSERT INTO measurements VALUES ('2026-02-02', 9, 'NaN');
      INSERT INTO log_without_key VALUES ('2026-02-02Z', 'new');
      INSERT INTO "Odd Schema"."odd ""name"" of a table" VALUES (7, 'y', 8);
      SELECT lo_from_bytea(4242424, 'abc');`);
    const counts = await world.db.since(backup);
    expect(Object.fromEntries(counts.map((t) => [t.table, [t.added, t.changed, t.missing]]))).toMatchObject({
      'sales.customers': [1, 0, 0],
      every_type: [0, 1, 0],
      animals: [0, 0, 1],
      measurements: [1, 0, 0],
      log_without_key: [1, 0, 0],
      '"Odd Schema"."odd ""name"" of a table"': [1, 0, 0],
      'large objects': [1, 0, 0],
      'sales.orders': [0, 0, 0],
    });
    const { rows } = await world.db.compare(backup, await world.db.live());
    expect(rows).toContain('animals: 1 row is missing (id 1)');
    expect(rows.find((line) => line.startsWith('every_type'))).toBe('every_type: 1 row changed (id 3: t, jb, arr)');

    const exported = await world.db.exportSince(backup, join(world.folder, 'since'));
    const changed = await everything(world);
    await world.db.restore(backup, 'for-export');
    expect(await everything(world)).toBe(before);
    const files = readdirSync(exported.path)
      .filter((name) => name.endsWith('.sql'))
      .toSorted();
    for (let twice = 0; twice < 2; twice++)
      for (const file of files)
        if (!/log_without_key/.test(file) || twice === 0)
          await world.server.sql(readFileSync(join(exported.path, file), 'utf8'));
    await world.server.sql('DELETE FROM animals WHERE id = 1');
    const left = (await world.db.since(backup)).filter((t) => t.added + t.changed + t.missing > 0);
    expect(left).toEqual(counts.filter((t) => t.added + t.changed + t.missing > 0));
    // But for the order of rows in their tables, which an UPDATE changes as well.
    const sorted = (text: string) => text.split('\n').toSorted().join('\n');
    expect(sorted(await everything(world))).toBe(sorted(changed));
    await world.db.restore(backup, 'clean');
    expect(await everything(world)).toBe(before);
  });

  it('says what a migration changed', async () => {
    const copy = await world.db.scratch(backup, 'rehearsal');
    try {
      await world.db.applyFiles(copy, [
        {
          name: '1.sql',
          sql: `ALTER TABLE sales.orders ADD note text DEFAULT 'x'; DROP INDEX sales.net_total; GRANT INSERT ON sales.orders TO reader; ALTER TABLE sales.orders OWNER TO postgres`,
        },
      ]);
      expect((await world.db.compare(backup, copy)).schema).toEqual(
        expect.arrayContaining([
          expect.stringContaining('column sales.orders.note is new'),
          'index sales.orders.net_total is gone',
          expect.stringContaining('grant table sales.orders to reader'),
          expect.stringContaining('owner postgres'),
        ]),
      );
      expect(world.db.environment(copy).DATABASE_URL).toMatch(/^postgres:\/\/postgres:.*@127\.0\.0\.1:\d+\/shop$/);
    } finally {
      await world.db.drop(copy);
    }
    expect((await world.db.compare(backup, await world.db.live())).schema).toEqual([]);
  });

  it('gives query results with their types, one statement at a time, without writing', async () => {
    const live = await world.db.live();
    const asked = await world.db.query(
      live,
      `SELECT 1 AS a, null AS a, '' AS c, 1.50 AS n, true AS t, '{"x":[1]}'::jsonb AS j, E'a,"b\\n;' AS s; `,
    );
    expect(asked).toMatchObject({
      columns: ['a', 'a', 'c', 'n', 't', 'j', 's'],
      rows: [[1, null, '', 1.5, true, { x: [1] }, 'a,"b\n;']],
    });
    expect((await failure(world.db.query(live, 'DELETE FROM animals'))).message).toMatch(/read-only transaction/);
    expect((await failure(world.db.query(live, 'COMMIT; DELETE FROM animals'))).message).toMatch(/one statement/);
    expect(
      (await failure(world.db.query(live, `SELECT repeat('x', 1000) FROM generate_series(1, 30000)`))).message,
    ).toMatch(/larger than 16 MiB/);
    expect((await world.db.query(live, 'SELECT 1 WHERE false')).rows).toEqual([]);
  });

  it('refuses a backup that was cut, changed or emptied', async () => {
    const whole = readFileSync(backup.path);
    const spoil: Record<string, () => void> = {
      cut: () => truncateSync(backup.path, Math.floor(whole.length * 0.9)),
      changed: () =>
        writeFileSync(backup.path, Buffer.from(whole).fill(0x55, whole.length >> 1, (whole.length >> 1) + 8)),
      emptied: () => truncateSync(backup.path, 0),
    };
    for (const [what, work] of Object.entries(spoil)) {
      work();
      expect([what, (await failure(world.db.verify(backup))).message]).toEqual([what, expect.stringMatching(/b1/)]);
      // And where the description was changed with the file, loading finds it.
      const load = world.engine.load(backup.path, { server: world.engine.live.server, database: 'shop_spoiled' });
      expect([what, (await failure(load)).message]).toEqual([
        what,
        expect.stringMatching(/loading into shop_spoiled failed/),
      ]);
    }
    writeFileSync(backup.path, whole);
    expect(createHash('sha256').update(readFileSync(backup.path)).digest('hex')).toBe(backup.sha256);
    await world.engine.drop({ server: world.engine.live.server, database: 'shop_spoiled' });
  });

  it('names what an account lacks', async () => {
    const { server } = world;
    const wrong = await failure(
      world
        .as({ ...server.admin, password: 'wrong' })
        .engine.version(world.as({ ...server.admin, password: 'wrong' }).engine.live),
    );
    expect(wrong.message).toMatch(/password authentication failed/);
    expect(JSON.stringify([wrong.message, wrong.hint])).not.toMatch(/wrong"|PGPASSWORD/);
    const poor = await failure((await world.as(server.reader).db).backup('poor'));
    expect(poor.hint).toMatch(/GRANT SELECT ON public\.every_type TO reader|GRANT USAGE ON SCHEMA/);
    expect(existsSync(join(world.folder, 'backups/main/poor.dump.zst.partial'))).toBe(false);
    const owner = await failure((await world.as(server.owner).db).restore(backup, 'owner'));
    expect(owner.hint).toMatch(/ALTER ROLE "owner" CREATEDB/);
    const gone = await failure(
      world
        .as({ ...server.admin, port: 1 })
        .engine.exists({ ...world.engine.live, server: { ...world.engine.live.server, port: 1 } }),
    );
    expect(gone.hint).toMatch(/pg_isready -h 127\.0\.0\.1 -p 1/);
  });

  it('finds clients and servers of the right version, or says what to install', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'rr-empty-'));
    try {
      const { engine } = world.as(world.server.admin, { programs: empty });
      const found = await failure(engine.version(engine.live));
      expect(found.message).toMatch(/psql is not on host db/);
      for (const name of ['psql', 'pg_dump', 'pg_restore'])
        await execute('ln', ['-s', join(world.server.programs, name), join(empty, name)]);
      const { message, hint } = await failure(engine.startScratch(join(world.folder, 'none')));
      expect(message).toMatch(/needs the server program of PostgreSQL 15/);
      expect(hint).toMatch(/apt-get install postgresql-15/);
    } finally {
      rmSync(empty, { recursive: true });
    }
  });
});

describe('elsewhere', () => {
  it('works over ssh, for an owner who may make databases', async () => {
    const home = mkdtempSync(join(tmpdir(), 'rr-home-'));
    const sshd = await startSshd({ home });
    const host = sshHost(
      'db',
      { ssh: `${sshd.user}@127.0.0.1`, port: sshd.port, key: '$KEY', 'known-hosts': '$KNOWN' },
      { system: 'demo', environment: 'test' },
      { KEY: sshd.key, KNOWN: sshd.knownHosts },
    );
    const world = await makeWorld({}, { host });
    try {
      await world.server.sql(`
        ALTER ROLE owner CREATEDB; CREATE ROLE other;
        CREATE SCHEMA theirs AUTHORIZATION other; CREATE TABLE theirs.others (); ALTER TABLE theirs.others OWNER TO other;
        GRANT USAGE ON SCHEMA theirs TO owner; GRANT SELECT ON theirs.others TO owner; CREATE TABLE apart (); ALTER TABLE apart OWNER TO owner;`);
      await world.server.sql(
        `CREATE TABLE t (id int PRIMARY KEY, x text); INSERT INTO t SELECT g, 'x' FROM generate_series(1, 1000) g; GRANT SELECT ON t TO reader`,
        { account: { ...world.server.admin } },
      );
      await world.server.sql('ALTER TABLE t OWNER TO owner; GRANT SELECT ON t TO reader');
      const db = await world.as(world.server.owner).db;
      const before = await everything(world);
      const backup = await db.verify(await db.backup('b1'));
      await world.server.sql('UPDATE t SET x = NULL WHERE id = 7');
      expect(await db.compare(backup, await db.live())).toEqual({ schema: [], rows: ['t: 1 row changed (id 7: x)'] });
      const refused = await failure(db.restore(backup, 'r1'));
      expect(refused.message).toMatch(/cannot give its objects to their owners: other; nothing was changed/);
      expect(refused.hint).toMatch(/GRANT "other" TO "owner"/);
      await world.server.sql('GRANT other TO owner; ALTER TABLE apart OWNER TO other');
      const apart = await db.verify(await db.backup('apart'));
      expect((await failure(db.restore(apart, 'r0'))).message).toMatch(
        /only a superuser can give table apart to other/,
      );
      await world.server.sql('ALTER TABLE apart OWNER TO owner');
      expect(await db.restore(backup, 'r1')).toEqual({ rescue: 'shop_rescue_r1' });
      expect(await everything(world)).toBe(before);
    } finally {
      await world.close();
      await sshd.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('works with PostgreSQL 18', async () => {
    const world = await makeWorld({ version: '18' });
    try {
      await loadPostgres(world.server);
      const db = await world.as(world.server.admin, { programs: world.server.programs }).db;
      const before = await everything(world);
      const backup = await db.verify(await db.backup('b1'));
      await world.server.sql(`DELETE FROM dogs; UPDATE sales.customers SET name = 'x' WHERE id = 2`);
      expect((await db.compare(backup, await db.live())).rows).toEqual([
        'dogs: 1 row is missing',
        'sales.customers: 1 row changed (id 2: name)',
      ]);
      await db.restore(backup, 'r1');
      expect(await everything(world)).toBe(before);
    } finally {
      await world.close();
    }
  });
});
