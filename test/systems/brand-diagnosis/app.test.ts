import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type App, databaseScript, freePort, makeDatabase, startApp } from '../../support/brand-diagnosis/app.ts';
import {
  assembleRepository,
  makeBareOrigin,
  readVersions,
  type VersionName,
  writeTree,
} from '../../support/brand-diagnosis/assemble.ts';
import { get, type History, post, worksFully } from '../../support/brand-diagnosis/contract.ts';
import { pythonWithFlask } from '../../support/brand-diagnosis/python.ts';
import { run, runOrFail } from '../../support/brand-diagnosis/run.ts';
import { compareSnapshots, isSame, type Snapshot, snapshotDatabase } from '../../support/brand-diagnosis/snapshot.ts';
import { startDatabaseWriter, startHttpWriter } from '../../support/brand-diagnosis/writer.ts';

const home = mkdtempSync(join(tmpdir(), 'brand-diagnosis-'));
const running: App[] = [];
let python = '';
let databases = 0;

beforeAll(async () => {
  python = await pythonWithFlask();
  for (const name of (await readVersions()).keys()) await writeTree(tree(name), name);
}, 400_000);

afterAll(async () => {
  await Promise.all(running.map((app) => app.stop()));
  rmSync(home, { recursive: true });
});

const tree = (name: VersionName) => join(home, name);
const at = (name: VersionName, database: string) => ({ tree: tree(name), database, python });
const rowsOf = (snapshot: Snapshot, table = 'diagnosis_reports') =>
  Object.keys(snapshot.tables[table]?.rows ?? {}).length;

/** A new database at the schema of a version. */
async function databaseOf(name: VersionName): Promise<string> {
  databases += 1;
  const database = join(home, `${databases}.db`);
  await makeDatabase(at('v1', database));
  if (name !== 'v1') expect((await databaseScript(at(name, database), 'run_migration.py')).code).toBe(0);
  return database;
}

async function start(name: VersionName, database: string): Promise<App> {
  const app = await startApp(at(name, database));
  running.push(app);
  return app;
}

describe('the repository', () => {
  test('has a tag for each version, and the same commits each time', async () => {
    const runbook = { '.github/runbook.yml': 'runbook: v1\n' };
    const first = await assembleRepository(join(home, 'a'), { files: runbook });
    const second = await assembleRepository(join(home, 'b'), { files: runbook });
    expect(first).toEqual(second);
    expect(Object.values(first.tags)).toHaveLength(8);
    const bare = await makeBareOrigin(join(home, 'a'), join(home, 'a.git'));
    const kinds = await runOrFail('git', ['for-each-ref', '--format=%(refname:short) %(objecttype)', 'refs/tags'], {
      cwd: bare,
    });
    expect(kinds.trim().split('\n')).toEqual(expect.arrayContaining(['v1.0.0 tag', 'v2.0.0 tag', 'v3.0.0-slow tag']));
    for (const [name, tag] of Object.entries(first.tags)) {
      const version = await runOrFail('git', ['show', `${tag}:VERSION`], { cwd: bare });
      expect(`v${version.trim()}`).toBe(tag);
      if (!name.startsWith('v3')) continue;
      const parent = await runOrFail('git', ['rev-parse', `${tag}^{commit}^`], { cwd: bare });
      expect(parent.trim()).toBe(first.commits.v2);
    }
    expect((await run('git', ['status', '--porcelain'], { cwd: join(home, 'a') })).stdout).toBe('');
  });

  test('takes a part of the versions, with what they are based on', async () => {
    const { tags } = await assembleRepository(join(home, 'c'), { versions: ['v3-wrong'] });
    expect(Object.keys(tags)).toEqual(['v1', 'v2', 'v3-wrong']);
  });
});

describe('v1 and v2', () => {
  test('v1 works, starts within a second, and leaves no file in its tree', async () => {
    const database = await databaseOf('v1');
    const snapshot = await snapshotDatabase(database);
    expect(snapshot).toMatchObject({ journal: 'wal', integrity: ['ok'], foreignKeys: [] });
    expect(rowsOf(snapshot)).toBe(6);
    await makeDatabase(at('v1', database));
    expect(isSame(compareSnapshots(snapshot, await snapshotDatabase(database)))).toBe(true);
    const app = await start('v1', database);
    expect(app.startMs).toBeLessThan(2_000);
    await worksFully(app, '1.0.0');
    expect((await get(app, '/api/history')).ms).toBeLessThan(200);
    expect(existsSync(`${database}-wal`)).toBe(true);
    expect(await app.stop()).toMatchObject({ code: 0 });
    const files = readdirSync(tree('v1'), { recursive: true }).map(String);
    expect(files.filter((file) => /pycache|\.db|\.log/.test(file))).toEqual([]);
  });

  test('a damaged report is an error, not an answer', async () => {
    const database = await databaseOf('v1');
    const statement =
      'import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute("UPDATE diagnosis_reports SET question=question||1 WHERE id=2"); c.commit()';
    await runOrFail(python, ['-c', statement, database]);
    const app = await start('v1', database);
    expect((await get(app, '/api/reports/1')).status).toBe(200);
    expect((await get(app, '/api/reports/2')).status).toBe(500);
    expect(app.log()).toMatch(/^CRITICAL .*report 2: checksum/m);
  });

  test('a request in flight is answered although the application is told to stop', async () => {
    const app = await start('v3-slow', await databaseOf('v2'));
    const answer = get<History>(app, '/api/history');
    await sleep(200);
    expect((await app.stop()).code).toBe(0);
    expect((await answer).body.total).toBe(6);
  });

  test('without its database it ends with a message', async () => {
    await expect(startApp(at('v1', join(home, 'none.db')))).rejects.toThrow(/exit 1\nCRITICAL .*none\.db/);
    expect(existsSync(join(home, 'none.db'))).toBe(false);
  });

  test('v2 migrates, may migrate again, works, and v1 works fully on its schema', async () => {
    const database = await databaseOf('v1');
    const before = await snapshotDatabase(database);
    const migrated = await databaseScript(at('v2', database), 'run_migration.py');
    expect(migrated).toMatchObject({ code: 0, stdout: expect.stringContaining('diagnosis_results: 0 rows') });
    const after = await snapshotDatabase(database);
    expect(compareSnapshots(before, after)).toEqual({
      schema: ['index idx_reports_tier', 'table diagnosis_archives', 'table diagnosis_reports'],
      lost: [],
      changed: [],
      added: [{ table: 'schema_migrations', key: '0002_storage_tiers' }],
      missing: [],
    });
    expect((await databaseScript(at('v2', database), 'run_migration.py')).code).toBe(0);
    expect(isSame(compareSnapshots(after, await snapshotDatabase(database)))).toBe(true);

    const two = await start('v2', database);
    await worksFully(two, '2.0.0');
    expect((await get<History>(two, '/api/history')).body.items[0]?.storage_tier).toBe('hot');
    expect((await post(two, '/api/reports/1/archive', {})).body).toEqual({ id: 1, storage_tier: 'cold' });
    // Both at once, as in a canary.
    const one = await start('v1', database);
    await worksFully(one, '1.0.0');
    await worksFully(two, '2.0.0');
    expect((await get(one, '/api/reports/1')).status).toBe(200);
  });

  test('v2 works on the schema of v1', async () => {
    const app = await start('v2', await databaseOf('v1'));
    await worksFully(app, '2.0.0');
    expect((await post(app, '/api/reports/1/archive', {})).status).toBe(404);
  });

  test('the way down gives back schema and rows exactly, with a writer at work', async () => {
    const database = await databaseOf('v1');
    const before = await snapshotDatabase(database);
    const writer = startDatabaseWriter({ database, file: join(home, 'down.ids'), everyMs: 5, python });
    const waitFor = async (count: number) => {
      while (writer.acknowledged().length < count) await sleep(20);
    };
    await waitFor(5);
    expect((await databaseScript(at('v2', database), 'run_migration.py')).code).toBe(0);
    await waitFor(writer.acknowledged().length + 5);
    for (let twice = 0; twice < 2; twice += 1)
      expect((await databaseScript(at('v2', database), 'rollback_migration.py')).code).toBe(0);
    const acknowledged = await writer.stop();
    const after = await snapshotDatabase(database);
    expect(acknowledged.length).toBeGreaterThanOrEqual(10);
    const difference = compareSnapshots(before, after, { acknowledged });
    expect(difference).toMatchObject({ schema: [], lost: [], changed: [], missing: [] });
    expect(difference.added.map(({ key }) => Number(key))).toEqual(expect.arrayContaining(acknowledged));
  });

  test('a migration that is killed leaves nothing behind', async () => {
    const database = await databaseOf('v1');
    const before = await snapshotDatabase(database);
    const pause = { MIGRATION_PAUSE_SECONDS: '30' };
    const script = join(tree('v2'), 'backend_python/database/run_migration.py');
    const killed = run(python, [script], { env: { DATABASE_PATH: database, ...pause }, timeoutMs: 1_000 });
    await expect(killed).rejects.toMatchObject({ signal: 'SIGTERM', stdout: expect.stringContaining('ADD COLUMN') });
    expect(isSame(compareSnapshots(before, await snapshotDatabase(database)))).toBe(true);
  });

  test('what an HTTP writer was told is kept is there, and comparing finds what is not', async () => {
    const database = await databaseOf('v2');
    const app = await start('v2', database);
    const writer = startHttpWriter({ url: app.url, file: join(home, 'http.ids'), everyMs: 5 });
    while (writer.acknowledged().length < 10) await sleep(20);
    const acknowledged = await writer.stop();
    expect(writer.failures()).toEqual([]);
    const after = await snapshotDatabase(database);
    expect(compareSnapshots(after, after, { acknowledged }).missing).toEqual([]);
    expect(compareSnapshots(after, after, { acknowledged: [...acknowledged, 4711] }).missing).toEqual([4711]);
  });
});

describe('each v3 fails in its one way', () => {
  test('v3-migration: stops half-way with the first change committed; its way down repairs that', async () => {
    const database = await databaseOf('v2');
    const before = await snapshotDatabase(database);
    for (let twice = 0; twice < 2; twice += 1) {
      const ran = await databaseScript(at('v3-migration', database), 'run_migration.py');
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/IntegrityError|duplicate column/) });
    }
    const half = compareSnapshots(before, await snapshotDatabase(database));
    expect(half).toMatchObject({ schema: ['table diagnosis_reports'], lost: [], changed: [] });
    await worksFully(await start('v2', database), '2.0.0');
    expect((await databaseScript(at('v3-migration', database), 'rollback_migration.py')).code).toBe(0);
    expect(compareSnapshots(before, await snapshotDatabase(database))).toMatchObject({
      schema: [],
      lost: [],
      changed: [],
    });
  });

  test('v3-start: does not start', async () => {
    const starting = startApp(at('v3-start', await databaseOf('v3-start')));
    await expect(starting).rejects.toThrow(/exit 1\n[\s\S]*ModuleNotFoundError: No module named 'ranking'/);
  });

  test('v3-wrong: healthy, but its history is empty', async () => {
    const app = await start('v3-wrong', await databaseOf('v3-wrong'));
    expect(await get(app, '/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await get(app, '/api/history')).toMatchObject({ status: 200, body: { items: [], total: 0 } });
    expect((await get(app, '/api/reports/1')).status).toBe(200);
  });

  test('v3-slow: right answers, but the history takes more than 600 ms', async () => {
    const app = await start('v3-slow', await databaseOf('v3-slow'));
    const history = await get<History>(app, '/api/history');
    expect(history.body.total).toBe(6);
    expect(history.ms).toBeGreaterThan(600);
    expect((await get(app, '/api/history?page=2')).ms).toBeLessThan(200);
    expect((await get(app, '/api/reports/1')).ms).toBeLessThan(200);
    expect((await get<{ ms: number }>(app, '/api/stats/query')).body.ms).toBeGreaterThan(600);
  });

  test('v3-dataloss: works, and soon after its start deletes old reports', async () => {
    const database = await databaseOf('v3-dataloss');
    const before = await snapshotDatabase(database);
    const app = await start('v3-dataloss', database);
    await worksFully(app, '3.0.0-dataloss');
    while (!/reports cleared/.test(app.log())) await sleep(50);
    const lost = compareSnapshots(before, await snapshotDatabase(database));
    expect(lost).toMatchObject({ schema: [], changed: [] });
    expect(lost.lost.map(({ key }) => key)).toEqual(['1', '2', '3']);
    expect(app.log()).not.toMatch(/^(ERROR|CRITICAL)/m);
  });

  test('v3-badundo: migrates and works; its way down exits 0 and loses who asked', async () => {
    const database = await databaseOf('v2');
    const before = await snapshotDatabase(database);
    expect((await databaseScript(at('v3-badundo', database), 'run_migration.py')).code).toBe(0);
    expect(compareSnapshots(before, await snapshotDatabase(database))).toMatchObject({ lost: [], changed: [] });
    cpSync(database, `${database}.copy`);
    await worksFully(await start('v3-badundo', `${database}.copy`), '3.0.0-badundo');
    await worksFully(await start('v2', `${database}.copy`), '2.0.0');
    expect((await databaseScript(at('v3-badundo', database), 'rollback_migration.py')).code).toBe(0);
    const difference = compareSnapshots(before, await snapshotDatabase(database));
    expect(difference).toMatchObject({ schema: [], lost: [] });
    expect(difference.changed.map(({ key, columns }) => [key, ...columns])).toEqual(
      ['1', '2', '4', '5', '6'].map((key) => [key, 'requested_by']),
    );
  });

  test('each v3 with a right way down takes v1 back to v1', async () => {
    const database = await databaseOf('v1');
    const before = await snapshotDatabase(database);
    for (const name of ['v3-migration', 'v3-start', 'v3-wrong', 'v3-slow', 'v3-dataloss'] as const) {
      const ran = await databaseScript(at(name, database), 'run_migration.py');
      expect(ran.code).toBe(name === 'v3-migration' ? 1 : 0);
      expect((await databaseScript(at(name, database), 'rollback_migration.py')).code).toBe(0);
      expect(isSame(compareSnapshots(before, await snapshotDatabase(database)))).toBe(true);
    }
  });

  test('a version without a migration of its own takes back none of v2', async () => {
    const database = await databaseOf('v2');
    const before = await snapshotDatabase(database);
    for (const name of ['v3-start', 'v3-wrong', 'v3-slow', 'v3-dataloss'] as const) {
      expect((await databaseScript(at(name, database), 'run_migration.py')).code).toBe(0);
      expect((await databaseScript(at(name, database), 'rollback_migration.py')).code).toBe(0);
    }
    expect(isSame(compareSnapshots(before, await snapshotDatabase(database)))).toBe(true);
  });
});

test('a port in use ends the start with a message', async () => {
  const database = await databaseOf('v1');
  const port = await freePort();
  running.push(await startApp({ ...at('v1', database), port }));
  const second = await run(python, ['backend_python/app.py'], {
    cwd: tree('v1'),
    env: { PORT: String(port), DATABASE_PATH: database },
  });
  expect(second).toMatchObject({ code: 1, stderr: expect.stringMatching(/in use/) });
});

test('the front end builds, each time the same', async () => {
  const build = async () => {
    await runOrFail('npm', ['run', 'build'], { cwd: join(tree('v2'), 'miniprogram') });
    return await runOrFail(process.execPath, ['-p', "require('fs').readFileSync('dist/manifest.json','utf8')"], {
      cwd: join(tree('v2'), 'miniprogram'),
    });
  };
  const first = await build();
  expect(JSON.parse(first)).toMatchObject({ version: '2.0.0' });
  expect(await build()).toBe(first);
});
