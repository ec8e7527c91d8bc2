import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { expectTold, holdDatabase, LIVE, migration, type Unlucky, unlucky, whenLogged } from './support.ts';

let it: Unlucky;
let holder: Awaited<ReturnType<typeof holdDatabase>> | undefined;
afterEach(async () => {
  await holder?.release();
  holder = undefined;
  await it.close();
});

describe('another program holds the database', () => {
  test('during the backup: the wait is the one of busy-timeout, and it is told how to see who', async () => {
    it = await unlucky({
      runbook: { 'databases.extra': { engine: 'sqlite', path: 'extra.db', on: 'app', 'busy-timeout': '700ms' } },
    });
    const extra = join(it.world.directory, 'extra.db');
    execFileSync(it.world.python, [
      '-c',
      'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("CREATE TABLE t (a)")',
      extra,
    ]);
    holder = await holdDatabase(it.world, extra);
    const began = performance.now();
    const { step, result } = await it.world.release('v2.0.0');
    expect(step).toBe('backup');
    expectTold(result, {
      decision: 'refuse',
      reason: 'not-ready',
      text: /database extra: another program held a lock for longer than 700 ms; nothing was changed/,
      next: /nothing was changed; see who holds it: fuser -v '.*extra\.db' or lsof .*busy-timeout/,
    });
    expect(performance.now() - began).toBeLessThan(30_000);
    await it.stillServes();
    await holder.release();
    holder = undefined;
    await it.nothingLeft();
  });

  test('during the migration, and while the backup is put back: the old version goes on serving each time', async () => {
    // Changes the schema, then fails: under `keep` that half-done state is replaced by the backup.
    it = await unlucky({
      runbook: { 'migrate.main.run': migration('sleep 0.5; exit 3'), 'databases.main.busy-timeout': '700ms' },
    });
    const take = () => void holdDatabase(it.world).then((taken) => (holder = taken));
    const locked = await it.world.release('v2.0.0', { platform: whenLogged('rehearsed on a restored backup', take) });
    expect(locked.step).toBe('migrate');
    expectTold(locked.result, {
      decision: 'roll-back',
      reason: 'step-failed',
      text: /the migration of main ended with exit code 1: .*database is locked/,
      next: /changed so far: migrate:main; go back with: runbook rollback --release .*fuser -v/,
    });
    await holder?.release();
    expect((await it.world.rollback()).result).toMatchObject({ reason: 'rolled-back' });
    await it.stillServes();

    // Now it gets through to its own failure, and somebody opens the database before the restore.
    const failed = await it.world.release('v2.0.0');
    expectTold(failed.result, {
      decision: 'roll-back',
      reason: 'step-failed',
      text: /ended with exit code 3/,
      next: /changed so far: migrate:main; go back with: runbook rollback/,
    });
    holder = await holdDatabase(it.world, it.world.database, 'BEGIN');
    const refused = await it.world.rollback();
    expectTold(refused.result, {
      decision: 'failed',
      reason: 'undo-failed',
      text: new RegExp(
        `cannot be swapped while processes have .* open: .*${holder.pid} \\(python.*nothing was changed`,
      ),
      next: /stop these processes.*run it again: runbook rollback --release .*; on call: /,
    });
    await it.stillServes();
    await holder.release();
    holder = undefined;
    expect((await it.world.rollback()).result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    await it.stillServes();
    await it.nothingLeft();
    expect(existsSync(`${it.world.database}.restoring`)).toBe(false);
  });
});

test('a migration that hangs is stopped after `within:` with all it started, and undone', async () => {
  const hanging = `case "$DATABASE_PATH" in */srv/database.db) echo "${LIVE}"; sleep 301 & sleep 302 ;; *) : ;; esac`;
  it = await unlucky({ runbook: { 'migrate.main.run': hanging, 'migrate.main.within': '3s' } });
  const began = performance.now();
  const { step, result } = await it.world.release('v2.0.0');
  expect(step).toBe('migrate');
  expectTold(result, {
    decision: 'roll-back',
    reason: 'timed-out',
    text: /the migration of main took longer than 3 s and was stopped, with all that it had started/,
    next: /changed so far: migrate:main; go back with: runbook rollback --release/,
  });
  expect(performance.now() - began).toBeLessThan(40_000);
  await it.stillServes();
  expect((await it.world.rollback()).result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
  await it.stillServes();
  await it.nothingLeft();
});
