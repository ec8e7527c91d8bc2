import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, jest, test } from '@jest/globals';
import { processesIn } from '../../support/act/processes.ts';
import { type SmallSystem, smallSystem } from '../../unit/cli/system.ts';

// A whole release and more, on a machine that has other work to do.
jest.setTimeout(300_000);

let it: SmallSystem;
afterEach(async () => {
  for (const pid of await processesIn(it.folder)) process.kill(pid, 'SIGKILL');
  await it.remove();
});

const sql = async (text: string) =>
  (await promisify(execFile)('sqlite3', [join(it.folder, 'live/app.db'), text])).stdout.trim();

/** v2 has been released, with this migration and its undo. */
async function release(migration: string, undo: string, more = ''): Promise<void> {
  it = await smallSystem(`databases: { main: { engine: sqlite, path: app.db, on: app, env: DATABASE } }
migrate: { main: { files: migrations, undo: ${undo} } }
${more}`);
  await sql("CREATE TABLE notes (text); INSERT INTO notes VALUES ('bread')");
  for (const [version, text] of Object.entries({ v2: migration, v3: 'ALTER TABLE notes ADD COLUMN v3;' })) {
    await mkdir(join(it.folder, `versions/${version}/migrations`), { recursive: true });
    await writeFile(join(it.folder, `versions/${version}/migrations/${version}.sql`), text);
  }
  expect((await it.call(['release', 'v2', '--yes'])).code).toBe(0);
}

/** Another version is refused, by plan and release, with both ways out. */
async function expectRefused(id: string): Promise<void> {
  const ways = ['--accept-loss', '--keep-rows'].map((way) => `runbook rollback --release ${id} ${way}`);
  const plan = await it.call(['plan', 'v3']);
  expect(plan.out).toContain(
    `refused: the rollback of v2 (release ${id}) waits for a decision about rows written since`,
  );
  const other = await it.json(['release', 'v3', '--yes']);
  expect(other).toMatchObject({ code: 1, value: { decision: 'refuse', reason: 'locked' } });
  for (const way of ways) for (const text of [plan.out, other.value.next]) expect(text).toContain(way);
}

test('a rollback that waits before anything was undone is not overtaken by another version', async () => {
  await release('CREATE TABLE tags (name);', `{ run: 'sqlite3 "$DATABASE" "DROP TABLE tags"' }`);
  await sql("INSERT INTO tags VALUES ('home')");
  const held = await it.json(['rollback', '--yes']);
  expect(held).toMatchObject({ code: 75, value: { decision: 'hold', reason: 'rows-written-since' } });
  // The release still serves; nothing but its record says that a rollback is under way.
  expect((await it.json(['status'])).value.environments[0]).toMatchObject({ serving: { version: 'v2' }, open: null });
  expect((await it.call(['status'])).out).toContain('What waits: nothing was undone yet');
  await expectRefused(held.value.release);
  expect((await it.call(['rollback', '--yes', '--keep-rows'])).code).toBe(0);
  expect(await sql('SELECT count(*) FROM tags')).toBe('1');
  expect((await it.json(['plan', 'v3'])).value.plan.stops).toEqual([]);
});

test('a rollback that waits in its middle: neither; its dry run tells the cost, its result the rescue', async () => {
  await release(
    'ALTER TABLE notes ADD COLUMN v2;',
    '{ restore: {} }',
    "stop-writes: [web]\nservices: { web: { on: app, command: { start: [sleep, '3600'] } } }\n",
  );
  await sql("INSERT INTO notes (text) VALUES ('milk')");
  const told = await it.call(['rollback', '--dry-run']);
  expect(told.out).toMatch(/Way back: yes, by code and a restore to v1 .*, loses 1 row of notes/);
  expect(told.out).not.toContain('not known');
  const kept = await it.call(['rollback', '--dry-run', '--keep-rows']);
  expect(kept.out).toMatch(/Way back: yes, by code alone to v1 .*, nothing lost/);

  const held = await it.json(['rollback', '--yes']);
  expect(held).toMatchObject({ code: 75, value: { decision: 'hold', reason: 'rows-written-since' } });
  await expectRefused(held.value.release);
  expect(await sql('SELECT count(*) FROM notes')).toBe('2');

  const done = await it.json(['rollback', '--yes', '--accept-loss']);
  expect(done).toMatchObject({
    code: 0,
    value: {
      reason: 'rolled-back',
      details: { exported: { notes: 1 }, rescues: { main: expect.stringContaining('app.db.rescue-') } },
    },
  });
  expect(done.value.text).toMatch(/the main that was replaced is kept as \S+app\.db\.rescue-\S+ on app/);
  expect(await sql('SELECT count(*) FROM notes')).toBe('1');
});
