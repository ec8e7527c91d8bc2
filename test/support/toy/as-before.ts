import { readdir, readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { fold } from '@release-runbook/record/fold';
import type { ReleaseState } from '@release-runbook/record/state';
import { succession } from '@release-runbook/steps/environment';
import { hashFolder } from './hash.ts';
import { look } from './look.ts';
import type { World } from './world.ts';

/** The objects that a migration of the toy makes. */
const NEW_SCHEMA = {
  'table notes': 'CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, author TEXT)',
  'table tags': 'CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL)',
  'index notes_by_author': 'CREATE INDEX notes_by_author ON notes (author)',
};

/** All records as they stand together, oldest first; one that was never opened is none. */
async function recordsOf(world: World): Promise<readonly ReleaseState[]> {
  const folder = join(world.root, 'toy/test/records');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return succession(texts.flatMap((text, index) => (text.includes('\n') ? [fold(text, names[index] as string)] : [])));
}

/** The record of the release in which the fault fell; undefined: it was never opened. */
export async function recordOf(world: World): Promise<ReleaseState | undefined> {
  const folder = join(world.root, 'toy/test/records');
  const file = (await readdir(folder)).find((name) => name.endsWith(`-${world.variant.version}.jsonl`));
  return file === undefined
    ? undefined
    : fold(await readFile(join(folder, file), 'utf8'), file.slice(0, -'.jsonl'.length));
}

/** Everything in which the system is not as it was before the release; empty: it is. */
export async function notAsBefore(world: World): Promise<readonly string[]> {
  const problems: string[] = [];
  const expect = (good: boolean, text: string) => {
    if (!good) problems.push(text);
  };
  const state = await recordOf(world);
  const { kind } = world.variant;

  // Traffic and the version that answers.
  if (kind !== 'restore') {
    const weights = await readFile(join(world.directory, 'router/state.json'), 'utf8');
    expect(JSON.stringify(JSON.parse(weights)) === '{"blue":100,"green":0}', `the router divides ${weights}`);
    expect(!(await listens(world.ports.green)), 'the canary still listens');
  }
  const served = new Set<string>();
  for (let i = 0; i < 5; i++)
    served.add(await fetch(`${world.url}/notes`).then((a) => `${a.status} ${a.headers.get('x-version')}`, String));
  expect(served.size === 1 && served.has('200 v1.0.0'), `answers come from ${[...served].join(', ')}`);
  const written = await fetch(`${world.url}/notes`, { method: 'POST', body: 'after the rollback' }).then(
    (a) => a.status,
    String,
  );
  expect(written === 201, `writing gives ${written}`);
  await world.traffic.stop();

  // Code.
  expect((await hashFolder(world.directory, ['blue', 'green'])) === world.before.code, 'code folders differ');

  // Schema and rows.
  const after = await look(world.database);
  expect(after.sound.join() === 'ok', `the database is not sound: ${after.sound.join()}`);
  expect(after.journal === 'wal', `journal mode is ${after.journal}`);
  for (const text of schemaProblems(world, state, after.schema)) problems.push(text);
  const lost = Object.entries(world.before.database.notes).filter(([id, text]) => after.notes[id] !== text);
  expect(lost.length === 0, `${lost.length} rows of before are gone or changed`);
  const kept = new Set(Object.values(after.notes));
  const exported = await exports(world);
  const missing = world.traffic.acknowledged.filter(
    (text) => !kept.has(text) && !exported.includes(JSON.stringify(text)),
  );
  expect(
    missing.length === 0,
    `${missing.length} of ${world.traffic.acknowledged.length} acknowledged rows are neither there nor exported: ${missing.slice(0, 3).join(', ')}`,
  );

  // What the suite leaves.
  const left = await world.leftovers();
  const services = left.filter((line) => line.endsWith('app.py'));
  const others = left.filter((line) => !line.endsWith('app.py'));
  expect(services.length === 1, `${services.length} services run: ${services.join('; ')}`);
  expect(others.length === 0, `processes are left: ${others.join('; ')}`);
  expect(state === undefined || ['rolled-back', 'closed'].includes(state.status), `the release is ${state?.status}`);
  const lock = await readFile(join(world.root, 'toy/test/lock'), 'utf8');
  expect(/^\d+ -\n/.test(lock), `the lock is held: ${lock}`);
  const [earlier] = await recordsOf(world);
  expect(earlier?.status === 'serving', `the release before is ${earlier?.status}`);
  return problems;
}

function schemaProblems(
  world: World,
  state: ReleaseState | undefined,
  found: Readonly<Record<string, string>>,
): readonly string[] {
  const before = world.before.database.schema;
  const rehearsed = { ...before, ...NEW_SCHEMA };
  if (same(found, before)) return [];
  if (world.variant.kind !== 'keep') return [`schema: ${JSON.stringify(found)}`];
  if (same(found, rehearsed)) return [];
  // The migration was killed between its two commits, and rows were written since: each object is the old or the rehearsed one.
  const died =
    world.variant.traffic === 'writes' &&
    state?.items.some(({ item, did }) => item === 'migrate:main' && did === undefined);
  const between =
    Object.entries(found).every(
      ([name, sql]) => sql === before[name] || sql === (rehearsed as Record<string, string>)[name],
    ) && Object.keys(before).every((name) => name in found);
  return died === true && between ? [] : [`schema: ${JSON.stringify(found)}`];
}

function same(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);
}

/** All that the suite exported, as text. */
async function exports(world: World): Promise<string> {
  const folder = join(world.root, 'toy/test/exports');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const texts = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
  );
  return texts.join('\n');
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
