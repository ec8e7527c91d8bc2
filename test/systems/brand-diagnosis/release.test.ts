import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { exitCode } from '@release-runbook/steps/decision';
import type { VersionName } from '../../support/brand-diagnosis/assemble.ts';
import { runOrFail } from '../../support/brand-diagnosis/run.ts';
import { compareSnapshots, snapshotDatabase } from '../../support/brand-diagnosis/snapshot.ts';
import { makeWorld, type World, type WorldOptions } from '../../support/brand-diagnosis/world.ts';
import { startHttpWriter } from '../../support/brand-diagnosis/writer.ts';

type Writer = ReturnType<typeof startHttpWriter>;
type Snapshot = Awaited<ReturnType<typeof snapshotDatabase>>;

let world: World;
let writer: Writer | undefined;
let before: Snapshot;

async function start(options: WorldOptions, writing = true): Promise<void> {
  world = await makeWorld(options);
  before = await snapshotDatabase(world.database, world.python);
  writer = writing ? startHttpWriter({ url: world.url, file: join(world.folder, 'written') }) : undefined;
}

afterEach(async () => {
  await writer?.stop();
  await world.close();
});

/** Design's "as before": the old version answers alone, no row from before is gone or changed, none that was acknowledged is. */
async function expectAsBefore(schema: 'as before' | 'as rehearsed', version = 'v1.0.0'): Promise<void> {
  expect(await world.served()).toEqual([version]);
  await writer?.stop();
  const after = await snapshotDatabase(world.database, world.python);
  const found = compareSnapshots(before, after, { acknowledged: writer === undefined ? [] : writer.acknowledged() });
  expect({ lost: found.lost, missing: found.missing }).toEqual({ lost: [], missing: [] });
  if (schema === 'as before') expect(found.schema).toEqual([]);
}

describe.each([
  { host: 'local', manager: 'command' },
  { host: 'local', manager: 'pm2' },
  { host: 'ssh', manager: 'pm2' },
] as const)('brand-diagnosis on a $host host under $manager', (kind) => {
  test('v2 goes through all steps to 100 %, and comes back by hand with every row', async () => {
    await start({ ...kind, versions: ['v1', 'v2'] });
    const { step, result } = await world.release('v2.0.0');
    expect({ step, text: result.text, next: result.next, decision: result.decision }).toMatchObject({
      step: 'canary',
      decision: 'proceed',
    });
    expect(await world.served()).toEqual(['v2.0.0']);
    const began = performance.now();
    const back = await world.rollback();
    const tookMs = performance.now() - began;
    expect(back.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    await expectAsBefore('as rehearsed');
    expect(writer?.failures()).toEqual([]);
    // From the decision to the proof; its runbook allows 5 + 10 + 5 minutes.
    expect(tookMs).toBeLessThan(10_000);
  });
});

describe('a bad release ends with the old system serving', () => {
  const bad = (version: VersionName) => ({ versions: ['v1', 'v2', version] as const });

  test('v3-migration: the rehearsal refuses it before anything is changed', async () => {
    await start(bad('v3-migration'));
    const { step, result } = await world.release('v3.0.0-migration');
    expect({ step, ...result }).toMatchObject({ step: 'migrate', decision: 'refuse', reason: 'rehearsal-failed' });
    expect(result.text).toContain('ended with exit code 1');
    await expectAsBefore('as before');
    expect((await world.rollback()).result).toMatchObject({ reason: 'nothing-to-do' });
  });

  test('v3-start: it does not start, and is taken away', async () => {
    await start(bad('v3-start'));
    const { step, result } = await world.release('v3.0.0-start');
    expect({ step, ...result }).toMatchObject({ step: 'deploy', decision: 'roll-back', reason: 'not-healthy' });
    expect(result.text).toContain("No module named 'ranking'");
    expect((await world.rollback()).result).toMatchObject({ reason: 'rolled-back' });
    await expectAsBefore('as rehearsed');
  });

  test('v3-wrong: healthy, and its answers are wrong', async () => {
    await start(bad('v3-wrong'));
    const { step, result } = await world.release('v3.0.0-wrong');
    expect({ step, ...result }).toMatchObject({ step: 'smoke', decision: 'roll-back', reason: 'check-failed' });
    expect(result.text).toContain('history list');
    expect((await world.rollback()).result).toMatchObject({ reason: 'rolled-back' });
    await expectAsBefore('as rehearsed');
  });

  test('v3-slow: the number that failed is named', async () => {
    await start(bad('v3-slow'));
    const { step, result } = await world.release('v3.0.0-slow');
    expect({ step, ...result }).toMatchObject({ step: 'smoke', decision: 'roll-back', reason: 'check-failed' });
    expect(result.text).toMatch(/P95 of 20 requests [67]\d\d.* ms, expected < 200 ms/);
    expect((await world.rollback()).result).toMatchObject({ reason: 'rolled-back' });
    await expectAsBefore('as rehearsed');
  });

  test('v3-dataloss: the trigger fires; rows written since wait for a person, whose word brings the lost ones back', async () => {
    await start(bad('v3-dataloss'));
    const { step, result } = await world.release('v3.0.0-dataloss');
    expect({ step, ...result }).toMatchObject({ step: 'canary', decision: 'roll-back', reason: 'trigger-fired' });
    expect(result.text).toContain('rows-lost');
    const first = await world.rollback();
    expect(first.result).toMatchObject({ decision: 'hold', reason: 'rows-written-since' });
    expect(await world.served()).toEqual(['v1.0.0']);
    const dry = await world.rollback({ dryRun: true });
    expect(dry.result.details.wouldExport).toHaveProperty('diagnosis_reports');
    await writer?.stop();
    const second = await world.rollback({ acceptLoss: true });
    expect(second.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    const after = await snapshotDatabase(world.database, world.python);
    const found = compareSnapshots(before, after, {});
    expect({ schema: found.schema, lost: found.lost, changed: found.changed }).toEqual({
      schema: [],
      lost: [],
      changed: [],
    });
    const exported = second.result.details.exported as Record<string, number>;
    expect(exported.diagnosis_reports).toBeGreaterThan(0);
    expect(await world.served()).toEqual(['v1.0.0']);
  });

  test('v3-badundo: its down script exits 0 and loses values, and the rehearsal sees it', async () => {
    await start({
      ...bad('v3-badundo'),
      runbook: { 'migrate.main.undo': 'python3 backend_python/database/rollback_migration.py' },
    });
    const { step, result } = await world.release('v3.0.0-badundo');
    expect({ step, ...result }).toMatchObject({ step: 'migrate', decision: 'refuse', reason: 'rehearsal-failed' });
    expect(result.text).toMatch(/exit code 0 and did not undo.*requested_by/);
    await expectAsBefore('as before');
  });
});

/** What makes a release short where its judgement is not the point. */
const SHORT = {
  smoke: [{ http: { url: 'http://127.0.0.1:$PORT/health' } }],
  'canary.metrics': undefined,
  'rollback.when': undefined,
} as const;

describe('as before is asked of code and configuration too', () => {
  test('an undo that exits 0 and does nothing is found, told with its place, and mended by hand', async () => {
    await start({ versions: ['v1', 'v2'], runbook: { ...SHORT, 'deploy.0.undo': 'true' } });
    expect((await world.release('v2.0.0')).result).toMatchObject({ decision: 'proceed' });
    const { result } = await world.rollback();
    expect(result).toMatchObject({ decision: 'failed', reason: 'undo-failed' });
    expect(exitCode(result.decision, 'forge')).toBe(2);
    expect(result.text).toMatch(/backend \(green\): the code is not as before: commit [0-9a-f]{12}, was [0-9a-f]{12}/);
    expect(result.text).not.toContain('blue');
    expect(result.next).toContain(`git -C ${join(world.directory, 'green')} diff --stat`);
    expect(await world.served()).toEqual(['v1.0.0']);
    // It says so again until somebody has mended it.
    expect((await world.rollback()).result).toMatchObject({ decision: 'failed', text: result.text });
    await runOrFail('git', ['-C', join(world.directory, 'green'), 'checkout', '--quiet', '--detach', 'v1.0.0']);
    const again = await world.rollback();
    expect(again.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    expect(again.result.details.proof).toEqual(
      expect.arrayContaining([expect.stringMatching(/^backend \(blue\) is as before: commit [0-9a-f]{8}/)]),
    );
    await expectAsBefore('as rehearsed');
  });

  test('configuration that nobody put back is told by its name; a person may leave it as it is', async () => {
    const settings = {
      name: 'settings',
      on: 'app',
      run: 'echo DEBUG=1 >>.env\necho v2 >settings.txt',
      undo: 'rm settings.txt',
    };
    await start({ versions: ['v1', 'v2'], runbook: { ...SHORT, 'deploy.2': settings } });
    expect((await world.release('v2.0.0')).result).toMatchObject({ decision: 'proceed' });
    const first = await world.rollback();
    expect(first.result).toMatchObject({ decision: 'failed', reason: 'undo-failed' });
    expect(first.result.text).toContain('host app: the configuration is not as before: .env differs');
    expect(first.result.text).not.toMatch(/requests|settings/);
    expect(first.result.text).not.toContain('DEBUG');
    const accepted = await world.rollback({ acceptCode: true });
    expect(accepted.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    expect(accepted.result.text).toContain('accepted: host app: the configuration is not as before: .env differs');
  });
});

test('a down script that would drop what people wrote into a new column asks, and exports it first', async () => {
  const down = 'python3 backend_python/database/rollback_migration.py';
  await start({ versions: ['v1', 'v2'], runbook: { ...SHORT, 'migrate.main.undo': down } });
  expect((await world.release('v2.0.0')).result).toMatchObject({ decision: 'proceed' });
  await writer?.stop();
  await runOrFail(world.python, [
    '-c',
    'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute("UPDATE diagnosis_reports SET storage_tier = \'by hand\' WHERE id IN (1, 2)"); c.commit()',
    world.database,
  ]);
  const asked = await world.rollback();
  expect(asked.result).toMatchObject({ decision: 'hold', reason: 'rows-written-since' });
  expect(asked.result.text).toMatch(/the down script would take \d+ rows of diagnosis_reports \(storage_tier\) out/);
  expect(await world.served()).toEqual(['v1.0.0']);
  const done = await world.rollback({ acceptLoss: true });
  expect(done.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
  expect(
    (done.result.details.exported as Record<string, number>)['diagnosis_reports (storage_tier)'],
  ).toBeGreaterThanOrEqual(2);
  const exports = join(world.root, 'brand-diagnosis/production/exports');
  const files = await readdir(exports, { recursive: true });
  const values = files.find((name) => name.endsWith('/values-diagnosis_reports.jsonl')) ?? '';
  const lines = (await readFile(join(exports, values), 'utf8')).trimEnd().split('\n');
  expect(lines.filter((line) => line.includes('by hand'))).toHaveLength(2);
  await expectAsBefore('as before');
});

describe('undo: keep rests on an old version that was tried', () => {
  const unheard = { smoke: [{ http: { url: 'http://127.0.0.1:$PORT/health', contains: 'never said' } }] };

  test('not tried: refused before anything is changed', async () => {
    await start({ versions: ['v1', 'v2'], runbook: { ...SHORT, ...unheard } });
    const { step, result } = await world.release('v2.0.0');
    expect({ step, ...result }).toMatchObject({ step: 'migrate', decision: 'refuse', reason: 'rehearsal-failed' });
    expect(result.text).toMatch(
      /whether the old version works on the new schema is not known: not tried: v1.0.0 passes none/,
    );
    await expectAsBefore('as before');
  });

  test('people say why that is safe: the release goes on, and plan and way back say so', async () => {
    const untried = { untried: 'v1.0.0 reads none of it' };
    await start({
      versions: ['v1', 'v2'],
      runbook: { ...SHORT, smoke: undefined, 'migrate.main.old-version': untried },
    });
    const { result } = await world.release('v2.0.0');
    expect(result).toMatchObject({ decision: 'proceed', wayBack: { possible: true } });
    expect(result.wayBack?.obstacles).toEqual([
      'that v1.0.0 works on the new schema of main is not tried: v1.0.0 reads none of it',
    ]);
    expect((await world.rollback()).result).toMatchObject({ reason: 'rolled-back' });
    await expectAsBefore('as rehearsed');
  });
});

test('two releases in a row, and back over both to the first', async () => {
  await start({
    versions: ['v1', 'v2', 'v3-slow'],
    runbook: {
      smoke: [{ http: { url: 'http://127.0.0.1:$PORT/health' } }],
      'canary.metrics': undefined,
      'rollback.when': [{ 'health-failed': '> 3 in a row' }],
    },
  });
  expect((await world.release('v2.0.0')).result).toMatchObject({ decision: 'proceed' });
  expect((await world.release('v3.0.0-slow')).result).toMatchObject({ decision: 'proceed' });
  expect(await world.served()).toEqual(['v3.0.0-slow']);
  const back = await world.rollback({ to: 'v1.0.0' });
  expect(back.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
  await expectAsBefore('as rehearsed');
});
