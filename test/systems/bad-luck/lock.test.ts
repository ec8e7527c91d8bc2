import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Holder } from '@release-runbook/record/events';
import { backup } from '@release-runbook/steps/backup';
import { processStart } from '@release-runbook/steps/lock';
import type { Forge } from '@release-runbook/steps/platform';
import { expectTold, type Unlucky, unlucky, withContext } from './support.ts';

let it: Unlucky;
const since = '2026-11-21T02:00:00.000Z';

beforeAll(async () => {
  it = await unlucky();
});
afterAll(() => it.close());
afterEach(async () => {
  // Whatever the test left under way is brought back by a person who says that its holder is dead.
  await it.world.rollback({ force: true });
  await it.stillServes();
  await it.nothingLeft();
});

const job = (run: string, attempt = 1): Holder => ({ run, attempt, job: 'release', nonce: randomUUID(), since });

/** A process of this machine, and a holder that runs in it. */
async function terminal(): Promise<{ holder: Holder; pid: number; end(): Promise<void> }> {
  const child = spawn('sleep', ['300'], { stdio: 'ignore' });
  const pid = child.pid as number;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const startedAt = (await processStart(pid)) as string;
  const holder: Holder = {
    run: 'terminal',
    attempt: 1,
    job: 'runbook',
    nonce: randomUUID(),
    since,
    terminal: { host: hostname(), pid, startedAt },
  };
  return {
    holder,
    pid,
    async end() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A release that a holder began; it holds the lock from then on. */
const begin = (holder: Holder, run = holder.run) =>
  withContext(
    it.world,
    'v2.0.0',
    { holder, run: holder.terminal === undefined ? { id: run, attempt: holder.attempt } : null },
    async (ctx) => {
      expect(await backup(ctx)).toMatchObject({ decision: 'proceed' });
    },
  );

const forge = (ended: Forge['ended']): Forge => ({
  commitChecks: async () => undefined,
  issues: async () => undefined,
  ended,
});

describe('the lock is held', () => {
  test('by a terminal that lives: refused, with its name; by one that died: taken over', async () => {
    const { holder, pid, end } = await terminal();
    await begin(holder);
    const live = await it.world.rollback();
    expectTold(live.result, {
      decision: 'refuse',
      reason: 'locked',
      text: new RegExp(`held by a terminal \\(${hostname()}, process ${pid}, since ${since}\\); nothing was changed`),
      next: /wait for it, or see `runbook status`; .*`runbook unlock`/,
    });
    await it.stillServes();
    await end();
    const back = await it.world.rollback();
    expect(back.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    expect(back.platform.lines).toContain(`lock taken over: process ${pid} is gone`);
  });

  test('by a terminal on another machine: nobody here can tell, so it is refused', async () => {
    const { holder, end } = await terminal();
    const { terminal: own } = holder;
    await begin({ ...holder, terminal: { ...(own as NonNullable<typeof own>), host: 'laptop-of-somebody' } });
    await end();
    expectTold((await it.world.rollback()).result, {
      decision: 'refuse',
      reason: 'locked',
      text: /a terminal \(laptop-of-somebody, process \d+/,
      next: /runbook unlock/,
    });
  });

  test('by a run of a forge that cannot be asked: refused; by the word of a person: taken over', async () => {
    await begin(job('4711'));
    for (const asked of [undefined, forge(async () => undefined), forge(async () => false)]) {
      const { result } = await it.world.rollback({}, asked === undefined ? {} : { forge: asked });
      expectTold(result, {
        decision: 'refuse',
        reason: 'locked',
        text: /held by run 4711, attempt 1, job release \(since .*\); nothing was changed/,
        next: /runbook unlock/,
      });
    }
    const { step, result } = await it.world.release('v2.0.0');
    expect(step).toBe('preflight');
    expectTold(result, {
      decision: 'refuse',
      reason: 'locked',
      text: /lock: the environment is held by run 4711, attempt 1, job release/,
      next: /nothing was changed; wait for it, or see `runbook status`/,
    });
    const forced = await it.world.rollback({ force: true });
    expect(forced.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    expect(forced.platform.lines).toContain('lock taken over: a person says that the holder is dead');
  });

  test('by a run that the forge says has ended: taken over, and the dead one can write no more', async () => {
    const dead = job('4712');
    await begin(dead);
    const back = await it.world.rollback({}, { forge: forge(async (run) => run === '4712') });
    expect(back.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    expect(back.platform.lines).toContain('lock taken over: the forge says that run 4712 has ended');
  });
});
