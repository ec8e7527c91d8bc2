import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { releaseByActions } from '../support/act/release.ts';
import { expectJobs, expectTold, makeScene, type Scene } from '../support/act/scene.ts';
import { runOrFail } from '../support/brand-diagnosis/run.ts';
import { compareSnapshots, snapshotDatabase } from '../support/brand-diagnosis/snapshot.ts';

// A whole release on a machine that has other work to do.
jest.setTimeout(300_000);

let at: Scene;
afterEach(async () => {
  await at.close();
});

const byHand = (more: Record<string, string> = {}) => ({
  to: '',
  reason: 'history is empty for some users',
  'dry-run': 'false',
  'accept-loss': 'false',
  ...more,
});

test('a release of two days ago, from its record alone: a dry run, then the real one', async () => {
  at = await makeScene({ versions: ['v1', 'v2'] });
  await releaseByActions(at, 'v2.0.0');
  expect(await at.served()).toEqual(['v2.0.0']);
  const [file = ''] = await at.records();
  const twoDays = 48 * 3600_000;
  const aged = (await readFile(file, 'utf8')).replaceAll(
    /"at":"([^"]+)"/g,
    (_, time: string) => `"at":"${new Date(Date.parse(time) - twoDays).toISOString()}"`,
  );
  await writeFile(file, aged);
  await changeRunbookOnMain();

  const dry = await at.run({ inputs: byHand({ 'dry-run': 'true' }) });
  expectJobs(dry, { rollback: 'success' });
  expect(dry.outputs['rollback.rollback.reason']).toBe('dry-run');
  expect(dry.log.join('\n')).toContain('Rollback of v2.0.0');
  expect(await readFile(file, 'utf8')).toBe(aged);
  expect(await at.served()).toEqual(['v2.0.0']);

  const ran = await at.run({ inputs: byHand() });
  expectJobs(ran, { rollback: 'success' });
  expect(ran.outputs).toMatchObject({
    'rollback.rollback.reason': 'rolled-back',
    'rollback.rollback.version': 'v1.0.0',
  });
  expectTold(at, 'v2.0.0', 'rolled back', 'history is empty for some users', 'v1.0.0 serves again after');
  await at.asBefore();
});

/** What the branch says today has nothing to do with what was released then. */
async function changeRunbookOnMain(): Promise<void> {
  const clone = join(at.folder, 'somebody');
  const git = (...args: string[]) =>
    runOrFail('git', ['-C', clone, '-c', 'user.name=S', '-c', 'user.email=s@example.com', ...args]);
  await runOrFail('git', ['clone', '--quiet', at.origin, clone]);
  await git('checkout', '--quiet', 'main');
  const file = join(clone, '.github/runbook.yml');
  const text = await readFile(file, 'utf8');
  const changed = text
    .replaceAll('git checkout --quiet', 'no-such-program')
    .replaceAll('router/control.mjs', 'router/gone.mjs')
    .replaceAll('run_migration.py', 'gone.py');
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
  await git('commit', '--quiet', '-am', 'Another way to deploy');
  await git('push', '--quiet', 'origin', 'main');
}

test('v3-dataloss: the trigger fires, the rollback stops at what users wrote since, and a person who accepts the loss gets it exported', async () => {
  at = await makeScene({ versions: ['v1', 'v2', 'v3-dataloss'] });
  const tag = 'v3.0.0-dataloss';
  const ran = await at.run({ tag });
  expectJobs(ran, { prepare: 'success', release: 'failure', rollback: 'success' });
  expect(ran.outputs).toMatchObject({
    'release.canary.reason': 'trigger-fired',
    'rollback.rollback.decision': 'hold',
    'rollback.rollback.reason': 'rows-written-since',
  });
  expect(await at.served()).toEqual(['v1.0.0']);
  expectTold(at, tag, 'held', 'rows-lost', /rows of diagnosis_reports/, '--accept-loss');
  expect(ran.summaries.rollback).toContain('--accept-loss');

  await at.writer.stop();
  const accepted = await at.run({ inputs: byHand({ 'accept-loss': 'true' }) });
  expectJobs(accepted, { rollback: 'success' });
  expect(JSON.parse(accepted.outputs['rollback.rollback.exported'] ?? '{}')).toMatchObject({
    diagnosis_reports: expect.any(Number),
  });
  expectTold(at, tag, 'rolled back', /Exported for re-application: .*rows of diagnosis_reports/);
  expect(await at.served()).toEqual(['v1.0.0']);
  const found = compareSnapshots(at.before, await snapshotDatabase(at.database, at.python));
  expect({ schema: found.schema, lost: found.lost, changed: found.changed }).toEqual({
    schema: [],
    lost: [],
    changed: [],
  });
});
