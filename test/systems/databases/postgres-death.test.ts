import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Backup } from '@release-runbook/databases/types';
import { loadPostgres } from '../../support/servers/data/postgres.ts';

import { everything, execute, failure, makeWorld, type World } from './postgres-world.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const scratchFolders = () => readdirSync('/tmp').filter((name) => name.startsWith('rr-pg-'));

describe('death', () => {
  let world: World;
  let backup: Backup;
  let before: string;
  beforeAll(async () => {
    await execute(join(ROOT, 'node_modules/.bin/tsc'), ['-b', 'packages/databases'], { cwd: ROOT }).catch(
      () => undefined,
    );
    world = await makeWorld();
    await loadPostgres(world.server);
    await world.server.sql(
      `SET ROLE owner; CREATE TABLE filler AS SELECT g AS id, repeat(md5(g::text), 20) AS body FROM generate_series(1, 20000) g;`,
    );
    before = await everything(world);
    backup = await world.db.verify(await world.db.backup('b1'));
  });
  afterAll(() => world.close());

  /** A restore in a process of its own, killed after `ms`; true: it had ended by then. */
  async function killed(label: string, ms: number): Promise<boolean> {
    const file = join(world.folder, 'restore.mjs');
    writeFileSync(
      file,
      `import { openDatabase } from '${ROOT}packages/databases/lib/open.js';
       import { localHost } from '${ROOT}packages/hosts/lib/local.js';
       const [folder, label] = process.argv.slice(2);
       const host = localHost('db', { local: true, directory: folder }, { system: 'demo', environment: 'test', root: folder + '/state' });
       const db = await openDatabase('main', { engine: 'postgres', url: '$URL', on: 'db' }, host, { env: process.env, directory: folder + '/backups' });
       const backup = (await db.backups()).find(({ id }) => id === 'b1');
       process.stdout.write('go');
       await db.restore(backup, label);`,
    );
    const child = spawn(process.execPath, [file, world.folder, label], {
      env: { PATH: process.env.PATH, URL: world.server.url({ account: world.server.admin }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    const code = await ended;
    clearTimeout(timer);
    if (code !== null) expect(code).toBe(0);
    return code !== null;
  }

  it('of the runner anywhere in a restore leaves what the next call brings to the same end', async () => {
    const began = performance.now();
    await world.server.sql('DELETE FROM filler; DROP TABLE nothing_in_it');
    expect(await killed('whole', 120_000)).toBe(true);
    const whole = performance.now() - began;
    expect(await everything(world)).toBe(before);
    let deaths = 0;
    for (const percent of [10, 25, 40, 55, 70, 80, 90]) {
      const label = `r${percent}`;
      await world.server.sql(`DELETE FROM filler; CREATE TABLE of_${percent} ()`);
      if (!(await killed(label, (whole * percent) / 100))) deaths++;
      // What the dead runner had started may still be at work: the same call until it is through, as people would.
      let result: { rescue: string | undefined } | undefined;
      for (let tries = 0; result === undefined && tries < 5; tries++)
        result = await world.db.restore(backup, label).catch(() => undefined);
      expect(result?.rescue).toBe(`shop_rescue_${label}`);
      expect([percent, await everything(world)]).toEqual([percent, before]);
      expect(
        await world.server.sql(`SELECT to_regclass('of_${percent}')`, { database: `shop_rescue_${label}` }),
      ).toMatch(/of_/);
      expect(await world.server.sql(`SELECT count(*) FROM pg_database WHERE datname LIKE 'shop_fresh%'`)).toBe('0\n');
    }
    // How far a restore has come after so many milliseconds depends on the machine.
    expect(deaths).toBeGreaterThan(1);
  }, 300_000);

  it('goes on when the rescue was made and the live name is free', async () => {
    const { engine } = world;
    await engine.load(backup.path, { server: engine.live.server, database: 'shop_fresh_half' });
    await world.server.sql('ALTER DATABASE shop RENAME TO shop_rescue_half', { database: 'postgres' });
    await engine.swap('shop_fresh_half', 'shop_rescue_half');
    expect(await everything(world)).toBe(before);
  });

  it("of a scratch server's owner leaves one that the next ends", async () => {
    const { engine } = world;
    const folder = join(world.folder, 'left');
    const first = await engine.startScratch(folder);
    const second = await engine.startScratch(folder);
    expect(existsSync(first.server.socket ?? '')).toBe(false);
    const there = await failure(engine.version({ server: first.server, database: 'postgres' }));
    expect(there.message).toMatch(/No such file|refused/);
    const place = { server: second.server, database: 'postgres' };
    expect(await engine.version(place)).toBe(await engine.version(engine.live));
    // Over TCP it asks for the password of the live server.
    const { socket: _, ...tcp } = second.server;
    expect(await engine.exists({ server: tcp, database: 'postgres' })).toBe(true);
    expect((await failure(engine.exists({ server: { ...tcp, password: 'x' }, database: 'postgres' }))).message).toMatch(
      /password authentication failed/,
    );
    await second.stop();
    expect(existsSync(folder)).toBe(false);
    expect(scratchFolders()).not.toContain(second.server.socket?.slice(5));
  });
});
