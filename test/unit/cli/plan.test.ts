import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { formatInZone } from '@release-runbook/units/zone';
import { type SmallSystem, smallSystem } from './system.ts';

let it: SmallSystem;
afterEach(() => it.remove());

const zone = 'Asia/Shanghai';
/** "2026-11-22 02:00" of the zone, so many hours from now, at the full hour. */
const wall = (hours: number) =>
  formatInZone(zone, new Date(Math.floor(Date.now() / 3600_000 + hours) * 3600_000)).slice(0, 16);
const clock = (hours: number) => wall(hours).slice(11);

test('a closed window: the plan says when it opens, by the clock of its zone, and the command for then', async () => {
  it = await smallSystem(`window: ${clock(2)}-${clock(4)} ${zone}\n`);
  const { code, out } = await it.call(['plan', 'v2']);
  const opens = `${wall(2)} ${zone}`;
  expect(code).toBe(0);
  expect(out).toContain(`Window: ${clock(2)}-${clock(4)} ${zone}, closed now; it opens at ${opens}.`);
  expect(out).toContain(
    `If it were started now: refused: outside ${clock(2)}-${clock(4)} ${zone}; it opens at ${opens}`,
  );
  expect(out).toMatch(/Next: wait for the window, .*; then: runbook release v2 --approved [0-9a-f]{64} --runbook /);
  const released = await it.json(['release', 'v2', '--yes']);
  expect(released.value).toMatchObject({
    decision: 'refuse',
    reason: 'outside-window',
    text: expect.stringContaining(opens),
  });
});

test('an open window, and nothing in the way: the command goes on', async () => {
  it = await smallSystem(`window: 00:00-24:00 ${zone}\n`);
  const { out } = await it.call(['plan', 'v2']);
  expect(out).toContain(`Window: 00:00-24:00 ${zone}, open now.`);
  expect(out).toContain('If it were started now: it begins');
  const next = /Next: runbook (release .*)\n/.exec(out)?.[1]?.split(' ') ?? [];
  expect((await it.call(next.slice(0, -2))).code).toBe(0);
  expect(await it.page()).toBe('v2');
});

test('a previous version that is not known is told, and one that is missing stops', async () => {
  it = await smallSystem();
  const text = await readFile(it.file, 'utf8');
  await writeFile(it.file, text.replace('previous: v1', 'previous: v0'));
  expect((await it.call(['plan', 'v2'])).out).toContain('! v0, which `previous:` names, is not known here');
  await writeFile(it.file, text.replace('previous: v1\n', ''));
  const { out } = await it.call(['plan', 'v2']);
  expect(out).toContain('refused: no earlier release of shop is recorded for test');
  expect(out).toMatch(/Next: name the version .* or pass --first .*; then: runbook plan v2 --runbook /);
  const first = await it.call(['plan', 'v2', '--first']);
  expect(first.out).toMatch(/Next: runbook release v2 --approved [0-9a-f]{64} --first --runbook /);
});

test('migrations that the version does not hold stop it, before a backup is made', async () => {
  it = await smallSystem(`databases: { main: { engine: sqlite, path: app.db, on: app, env: DATABASE_PATH } }
migrate: { main: { files: migrations, undo: [./down], send: [lib] } }
`);
  const { value } = await it.json(['plan', 'v2']);
  expect(value.plan.stops).toMatchObject([
    { reason: 'not-ready', text: 'lib, which the migration of main needs, is not in v2' },
    { reason: 'not-ready', text: 'migrations holds no .sql files in v2: it is not there' },
  ]);
  await mkdir(join(it.folder, 'versions/v2/migrations/later'), { recursive: true });
  await writeFile(join(it.folder, 'versions/v2/lib'), '');
  await writeFile(join(it.folder, 'versions/v2/migrations/later/001.sql'), '');
  expect((await it.json(['plan', 'v2'])).value.plan.stops).toMatchObject([
    { text: 'migrations holds no .sql files in v2' },
  ]);
  await writeFile(join(it.folder, 'versions/v2/migrations/001.sql'), 'SELECT 1;');
  expect((await it.json(['plan', 'v2'])).value.plan.stops).toEqual([]);
});

test('what the checks find is what would become of it', async () => {
  it = await smallSystem('preflight: [{ command: { name: the disk, on: app, run: "false" } }]\n');
  const { code, out, err } = await it.call(['plan', 'v2', '--rehearse']);
  expect(code).toBe(1);
  expect(out).toMatch(/If it were started now: refused: the disk: /);
  expect(err).toContain('Next: nothing was changed');
  expect(`${out}${err}`).not.toContain('--approved');
});

test('what is under way, and what serves already', async () => {
  it = await smallSystem();
  await it.call(['release', 'bad', '--yes', '--no-rollback']);
  const other = await it.call(['plan', 'v2']);
  expect(other.out).toMatch(/refused: release \S+-bad \(bad\) is under way \(open\)/);
  expect(other.out).toMatch(
    /Next: wait for it, or bring it back: runbook rollback --release \S+-bad; then: runbook plan v2 /,
  );
  const same = await it.call(['plan', 'bad']);
  expect(same.out).toMatch(/If it were started now: release \S+-bad is under way: it goes on/);
  expect(same.out).toContain('Next: runbook release bad --runbook');
  await it.call(['rollback', '--yes']);
  await it.call(['release', 'v2', '--yes']);
  const served = await it.call(['plan', 'v2']);
  expect(served.out).toContain('If it were started now: nothing would be done: v2 serves already');
  expect(served.out).not.toContain('--approved');
});
