import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, jest, test } from '@jest/globals';
import { runAction, startAction } from '../support/act/action.ts';
import { expectTold, makeScene, type Scene } from '../support/act/scene.ts';
import { run } from '../support/brand-diagnosis/run.ts';

// A whole release on a machine that has other work to do.
jest.setTimeout(300_000);

let at: Scene;
afterEach(async () => {
  await at.close();
});

/** Slow on the live database alone: the rehearsal's copy lies elsewhere. */
const slowly = `case "$DATABASE_PATH" in */srv/database.db) export MIGRATION_PAUSE_SECONDS=30;; esac
python3 backend_python/database/run_migration.py`;

/** What the runner does to a step when a person cancels: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL. */
async function cancel({ child, ended }: Awaited<ReturnType<typeof startAction>>): Promise<{ tookMs: number }> {
  const began = performance.now();
  child.kill('SIGINT');
  if ((await Promise.race([ended, sleep(7500, 'still there' as const)])) === 'still there') child.kill('SIGTERM');
  if ((await Promise.race([ended, sleep(2500, 'still there' as const)])) === 'still there') child.kill('SIGKILL');
  await ended;
  return { tookMs: performance.now() - began };
}

async function migrations(): Promise<string> {
  const { stdout } = await run('pgrep', ['-af', 'run_migration.py']);
  const own = stdout.split('\n').filter((line) => line.includes(at.folder));
  return own.join('\n');
}

test('in the middle of the migration: it is stopped, and the rollback job brings everything back', async () => {
  at = await makeScene({ versions: ['v1', 'v2'], runbook: { 'migrate.main.run': slowly } });
  const job = await at.job({ tag: 'v2.0.0' });
  const backup = await runAction(at.suite, 'db-backup', {}, job);
  expect({ code: backup.code, log: backup.code === 0 ? '' : backup.log }).toEqual({ code: 0, log: '' });
  const migrate = await startAction(at.suite, 'migrate', {}, job);
  await migrate.until(/Migration of main[\s\S]*ALTER TABLE/);
  const { tookMs } = await cancel(migrate);
  expect(tookMs).toBeLessThan(10_500);
  const died = await migrate.ended;
  console.log(
    `the cancelled migrate ended after ${Math.round(tookMs)} ms with ${died.code}, decision ${died.outputs.decision ?? 'none'}`,
  );
  expect(died.code).not.toBe(0);

  const rollback = await runAction(
    at.suite,
    'rollback',
    { 'of-run': String(job.run), 'holder-result': 'cancelled' },
    { ...(await at.job({ tag: 'v2.0.0' })), run: job.run, job: 'rollback' },
  );
  expect({
    code: rollback.code,
    outputs: rollback.outputs,
    log: rollback.code === 0 ? '' : rollback.log,
  }).toMatchObject({ code: 0, outputs: { reason: 'rolled-back' }, log: '' });
  expect(await migrations()).toBe('');
  expectTold(at, 'v2.0.0', 'rolled back', 'v1.0.0 serves again after');
  await at.asBefore({ schema: 'as before' });
});

test('between two items of the deployment: nothing more is started, and what was begun is undone', async () => {
  const slow = [
    {
      name: 'code',
      service: 'backend',
      run: 'git checkout --quiet --detach "$VERSION"; echo waiting; sleep 2',
      undo: 'git checkout --quiet --detach "$PREVIOUS_VERSION"',
    },
    { restart: 'backend' },
  ];
  at = await makeScene({ versions: ['v1', 'v2'], runbook: { deploy: slow } });
  const job = await at.job({ tag: 'v2.0.0' });
  for (const name of ['db-backup', 'migrate'])
    expect(await runAction(at.suite, name, {}, job)).toMatchObject({ code: 0 });
  const deploy = await startAction(at.suite, 'deploy', {}, job);
  await deploy.until(/waiting/);
  await cancel(deploy);
  expect(await deploy.ended).toMatchObject({ code: 1, outputs: { decision: 'roll-back', reason: 'cancelled' } });
  const rollback = await runAction(
    at.suite,
    'rollback',
    { 'of-run': String(job.run), 'holder-result': 'cancelled' },
    { ...(await at.job({ tag: 'v2.0.0' })), run: job.run, job: 'rollback' },
  );
  expect(rollback).toMatchObject({ code: 0, outputs: { reason: 'rolled-back' } });
  expectTold(at, 'v2.0.0', 'rolled back', 'deploy:code');
  await at.asBefore();
});

test('at the gate, by a reviewer who says no: no release was opened, and the rollback job touches nothing', async () => {
  at = await makeScene({ versions: ['v1', 'v2'] });
  const ran = await runAction(
    at.suite,
    'rollback',
    { 'holder-result': 'failure' },
    await at.job({ tag: 'v2.0.0', job: 'rollback' }),
  );
  expect(ran).toMatchObject({ code: 0, outputs: { decision: 'proceed', reason: 'nothing-to-do' } });
  expect(await at.records()).toEqual([]);
  expect(at.server.state.comments).toEqual([]);
  await at.asBefore({ schema: 'as before' });
});
