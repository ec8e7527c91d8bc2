import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Store } from '@release-runbook/record/store';
import { beforeEvent, expectTold, LIVE, migration, type Unlucky, unlucky, whenLogged } from './support.ts';

let it: Unlucky;
let disk: ReturnType<typeof smallDisk>;

beforeAll(async () => {
  it = await unlucky({ runbook: { 'migrate.main.run': migration('sleep 1') } });
  disk = smallDisk(it.world.root);
});
afterEach(async () => {
  disk.free();
  await it.world.rollback();
});
afterAll(async () => {
  disk.close();
  await it.close();
});

/** Puts a small file system of its own under a folder, with what lay in it. */
function smallDisk(folder: string): { fill(): void; free(): void; close(): void } {
  const [aside, filler] = [`${folder}.aside`, join(folder, 'filler')];
  execFileSync('cp', ['-a', folder, aside]);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    throw new Error(
      `this test mounts a small file system: run it as root (sudo npm test), in a container with --cap-add SYS_ADMIN: ${String(error)}`,
    );
  }
  execFileSync('cp', ['-a', `${aside}/.`, folder]);
  rmSync(aside, { recursive: true });
  return {
    fill() {
      const file = openSync(filler, 'a');
      for (const size of [65_536, 4096, 1]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(size));
        } catch {
          // Full to this size.
        }
      }
      closeSync(file);
    },
    free: () => rmSync(filler, { force: true }),
    close() {
      execFileSync('cp', ['-a', folder, aside]);
      // Lazily: the log of a service that runs lies in it.
      execFileSync('umount', ['-l', folder]);
      execFileSync('cp', ['-a', `${aside}/.`, folder]);
    },
  };
}

/** The disk is still full: nothing moves, and it is said. Then there is space again, and the release is undone. */
async function backAgain(): Promise<void> {
  const full = await it.world.rollback();
  expectTold(full.result, {
    decision: full.result.decision,
    reason: full.result.reason,
    text: /no space left/,
    next: /free some space.*runbook rollback|free some space.*run the same command again/,
  });
  expect(['refuse', 'failed']).toContain(full.result.decision);
  await it.stillServes();
  disk.free();
  expect((await it.world.rollback()).result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
  await it.stillServes();
  await it.nothingLeft();
}

describe('the disk of the suite on the host becomes full', () => {
  test('before the release: preflight refuses, and counts', async () => {
    disk.fill();
    const { step, result } = await it.world.release('v2.0.0');
    expect(step).toBe('preflight');
    expectTold(result, {
      decision: 'refuse',
      reason: 'not-ready',
      text: /space for main: .* needed .* 0 B free on app/,
      next: /nothing was changed; .*free some space on app/,
    });
    disk.free();
    await it.stillServes();
  });

  test('when the backup begins', async () => {
    const { step, result } = await it.world.release('v2.0.0', {
      wrapStore: (store) => afterIntends('backup:main')(padded(store)),
    });
    expect(step).toBe('backup');
    expectTold(result, {
      decision: 'refuse',
      reason: 'no-space',
      text: /the backup of database main needs .* are free; nothing was changed.*record.*cannot be written: no space left/,
      next: /nothing was changed; free.*runbook rollback/,
    });
    await it.stillServes();
    await backAgain();
  });

  test('when the record is to be opened: nothing of it stays', async () => {
    const { step, result } = await it.world.release('v2.0.0', {
      wrapStore: beforeEvent((event) => event.event === 'opened', disk.fill),
    });
    expect(step).toBe('backup');
    expectTold(result, {
      decision: 'refuse',
      reason: 'no-space',
      text: /the record at app:.* cannot be written: no space left.*was not started/,
      next: /free some space on that host.*then run the same command again/,
    });
    await it.stillServes();
    disk.free();
    expect((await it.world.rollback()).result).toMatchObject({ decision: 'proceed', reason: 'nothing-to-do' });
    await it.nothingLeft('own');
  });

  test('when the record is to be appended to', async () => {
    const { step, result } = await it.world.release('v2.0.0', {
      wrapStore: (store) =>
        beforeEvent((event) => event.event === 'did' && event.item === 'backup:main', disk.fill)(padded(store)),
    });
    expect(step).toBe('backup');
    expectTold(result, {
      decision: 'refuse',
      reason: 'no-space',
      text: /the record at app:.* cannot be written: no space left/,
      next: /nothing was changed; free some space.*runbook rollback/,
    });
    await it.stillServes();
    await backAgain();
  });

  test('while the migration runs, so that its end cannot be written', async () => {
    const { step, result } = await it.world.release('v2.0.0', { platform: whenLogged(LIVE, disk.fill) });
    expect(step).toBe('migrate');
    expectTold(result, {
      decision: 'roll-back',
      reason: 'step-failed',
      text: /no space left at .* while migrate:main ran, so how it ended could not be written/,
      next: /changed so far: migrate:main; go back with: runbook rollback --release .*free some space/,
    });
    await it.stillServes();
    await backAgain();
  });
});

/** The record's last block is full after the first change is announced: any further line needs space. */
function padded(store: Store): Store {
  return {
    ...store,
    async append(release, seq, lease, events) {
      const [event, ...more] = events;
      if (event?.event !== 'intends' || event.item !== 'backup:main' || more.length > 0)
        return store.append(release, seq, lease, events);
      const line = JSON.stringify({ seq, at: new Date().toISOString(), epoch: lease.epoch, ...event, padding: '' });
      const size = statSync(await it.recordFile()).size + line.length + 1;
      return store.append(release, seq, lease, [
        { ...event, padding: 'x'.repeat((4096 - (size % 4096)) % 4096) } as typeof event,
      ]);
    },
  };
}

function afterIntends(item: string): ReturnType<typeof beforeEvent> {
  return (store) => ({
    ...store,
    async append(release, seq, lease, events) {
      const written = await store.append(release, seq, lease, events);
      if (events.some((event) => event.event === 'intends' && event.item === item)) disk.fill();
      return written;
    },
  });
}
