import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { backup } from '@release-runbook/steps/backup';
import { openContext, type StepContext } from '@release-runbook/steps/context';
import type { StepResult } from '@release-runbook/steps/decision';
import { terminalHolder } from '@release-runbook/steps/lock';
import { migrate } from '@release-runbook/steps/migrate';
import { preflight } from '@release-runbook/steps/preflight';
import { freePort } from '../../support/brand-diagnosis/app.ts';
import { makeWorld, type World } from '../../support/brand-diagnosis/world.ts';
import { suiteProcesses } from '../../support/toy/processes.ts';

const DAY_MS = 24 * 3_600_000;

let world: World;
let suite: string;

beforeEach(async () => {
  world = await makeWorld({
    versions: ['v1', 'v2'],
    runbook: {
      smoke: [{ http: { url: 'http://127.0.0.1:$PORT/health' } }],
      'canary.metrics': undefined,
      'rollback.when': undefined,
    },
  });
  suite = join(world.root, 'brand-diagnosis/production');
});
afterEach(() => world.close());

async function withContext<T>(work: (ctx: StepContext) => Promise<T>): Promise<T> {
  const inputs = await world.inputs('v2.0.0', { holder: await terminalHolder(randomUUID(), new Date()) });
  const ctx = await openContext(inputs);
  try {
    return await work(ctx);
  } finally {
    await ctx.close();
  }
}

const rehearse = (): Promise<StepResult> => withContext((ctx) => preflight(ctx, { rehearse: true }));

/** Paths of the suite's folder on the host in which the word stands, but for backups. */
async function left(word = 'rehears'): Promise<readonly string[]> {
  const paths = await readdir(suite, { recursive: true });
  return paths
    .filter((path) => path.includes(word) && !/^rehearsals(\/main)?$|^backups\/main\/[^/]*\.(sqlite|json)$/.test(path))
    .sort();
}

const backups = async () =>
  (await readdir(join(suite, 'backups/main'))).filter((name) => name.endsWith('.json')).sort();
const running = async () =>
  (await suiteProcesses(world.folder, new Set([process.pid]))).filter((line) => line.includes('backend_python/app.py'));

test('two at once do not meet, and nothing of them stays but a backup that the next one uses', async () => {
  const results = await Promise.all([rehearse(), rehearse()]);
  for (const { decision, text, details } of results) {
    expect({ decision, text }).toMatchObject({ decision: 'proceed' });
    expect(details.rehearsals).toMatchObject([
      { problems: [], oldVersion: expect.stringContaining('passes its 1 check') },
    ]);
  }
  expect(await left()).toEqual([]);
  expect(await readdir(join(suite, 'backups/main/scratch'))).toEqual([]);
  expect(await running()).toHaveLength(1);
  const made = await backups();
  expect(made).toHaveLength(2);
  expect(made.every((name) => name.startsWith('main-rehearsal-'))).toBe(true);

  // A day later the older one goes, and the newer one serves until there is another.
  for (const name of made) {
    const file = join(suite, 'backups/main', name);
    const known = JSON.parse(await readFile(file, 'utf8')) as { at: string };
    await writeFile(file, JSON.stringify({ ...known, at: new Date(Date.parse(known.at) - 2 * DAY_MS).toISOString() }));
  }
  expect((await rehearse()).decision).toBe('proceed');
  expect(await backups()).toHaveLength(1);
});

test('what a dead one left goes with the next one, a day later', async () => {
  const old = new Date(Date.now() - 2 * DAY_MS);
  for (const path of [
    'files/rehearsal-dead/main/migrate.py',
    'jobs/rehearsal-dead/rehearsal_main_up/out',
    'rehearsals/main/1',
  ]) {
    await mkdir(join(suite, path, '..'), { recursive: true });
    await writeFile(join(suite, path), 'rehearsal-dead\n');
  }
  for (const path of ['files/rehearsal-dead', 'jobs/rehearsal-dead', 'rehearsals/main/1'])
    await utimes(join(suite, path), old, old);
  await mkdir(join(suite, 'jobs/rehearsal-alive'));
  await withContext(async ({ services: { backend } }) => {
    const place = { slot: 'rehearsal-main-1', port: await freePort(), directory: 'blue' };
    await backend?.start(place, { DATABASE_PATH: world.database });
    await backend?.healthy(place);
  });
  expect(await running()).toHaveLength(2);
  expect((await rehearse()).decision).toBe('proceed');
  expect(await running()).toHaveLength(1);
  expect(await left()).toEqual(['jobs/rehearsal-alive']);
});

test('the rehearsal of a release leaves only what its undo needs', async () => {
  await withContext(async (ctx) => {
    const own = { ...ctx, run: { id: 'run-1', attempt: 1 } };
    expect((await backup(own)).decision).toBe('proceed');
    expect((await migrate(own)).decision).toBe('proceed');
  });
  expect(await left()).toEqual([]);
  const [release = ''] = (await readdir(join(suite, 'records'))).map((name) => name.replace('.jsonl', ''));
  expect(await readdir(join(suite, 'files'))).toEqual([release]);
  expect(await readdir(join(suite, 'jobs', release))).toEqual(['migrate_main']);
});
