import { describe, expect, test } from '@jest/globals';
import type { Store } from '@release-runbook/record/store';
import { canary } from '@release-runbook/steps/canary';
import { canaryRunbook } from '../../support/canary-runbook.ts';
import { fakeContext, fakeWorld, openFakeRelease, stateOf } from '../../support/fake-context.ts';

/** The process is gone: nothing that it would do next happens. */
class Dead extends Error {}

/** A job that dies at its nth append, before or after it lies in the store. */
function mortal(at: number, when: 'before' | 'after') {
  let appends = 0;
  let dead = false;
  const alive = () => {
    if (dead) throw new Dead();
  };
  const die = (): never => {
    dead = true;
    throw new Dead();
  };
  const wrap = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          alive();
          return Reflect.apply(value, target, args);
        };
      },
    });
  const wrapStore = (store: Store): Store => ({
    ...wrap(store),
    announce: () => undefined,
    async append(...args) {
      alive();
      appends++;
      if (appends === at && when === 'before') die();
      const written = await store.append(...args);
      if (appends === at) die();
      return written;
    },
  });
  return { wrap, wrapStore, appends: () => appends, isDead: () => dead };
}

const yaml = canaryRunbook({
  canary: '{ weights: [5%, 50%, 100%], each: 10s, every: 5s, hold-for: 10s',
  when: '{ health-failed: "> 3 in a row" }',
});

async function begin(at: number, when: 'before' | 'after') {
  const world = await fakeWorld(yaml);
  await openFakeRelease(fakeContext(world));
  const death = mortal(at, when);
  return { world, death, ctx: fakeContext(world, death) };
}

describe('a gate that dies', () => {
  test('at any of its appends is gone on with at its weight by the next attempt, and serves', async () => {
    const { death: counter, ctx } = await begin(Number.POSITIVE_INFINITY, 'before');
    await canary(ctx);
    const points = counter.appends();
    expect(points).toBeGreaterThan(15);
    for (let at = 1; at <= points; at++) {
      for (const when of ['before', 'after'] as const) {
        const { world, death, ctx: first } = await begin(at, when);
        await expect(canary(first)).rejects.toBeInstanceOf(Dead);
        expect(death.isDead()).toBe(true);
        const weight = world.router.inForce.green as number;
        const sets = world.router.sets.length;
        const result = await canary(fakeContext(world, { attempt: 2 }));
        expect(result).toMatchObject({ decision: 'proceed' });
        expect(stateOf(world).status).toBe('serving');
        expect(world.router.inForce).toEqual({ blue: 0, green: 100 });
        // Never back and never twice through a weight that passed.
        for (const set of world.router.sets.slice(sets)) expect(set.green).toBeGreaterThanOrEqual(weight);
        for (const passed of [5, 50, 100])
          expect(
            stateOf(world).judged.filter(({ item, verdict }) => item === `canary:${passed}%` && verdict === 'pass'),
          ).toHaveLength(1);
        for (const { intends } of stateOf(world).items.filter(({ item }) => item.startsWith('traffic:')))
          expect(intends.undo?.weights).toEqual({ blue: 100, green: 0 });
      }
    }
  });
});

describe('a gate that is cancelled', () => {
  test('wherever it is, sets the traffic back, confirmed and written', async () => {
    for (let at = 0; at <= 35_000; at += 1_700) {
      const world = await fakeWorld(yaml);
      const ctx = fakeContext(world);
      await openFakeRelease(ctx);
      world.clock.at(at, () => ctx.platform.controller.abort());
      const result = await canary(ctx);
      const cancelledAt = world.clock.elapsed();
      if (result.decision === 'proceed') {
        expect(stateOf(world).status).toBe('serving');
        continue;
      }
      expect(result).toMatchObject({ decision: 'roll-back', reason: 'cancelled' });
      expect(result.text).toMatch(/traffic is back \(blue=100 green=0\)|no traffic was shifted/);
      expect(cancelledAt - at).toBeLessThan(7_500);
      expect(world.router.inForce).toEqual({ blue: 100, green: 0 });
      expect(
        stateOf(world).items.filter(({ item, state }) => item.startsWith('traffic:') && state !== 'undone'),
      ).toEqual([]);
    }
  });

  test('while a question is not answered: it is not waited for', async () => {
    const world = await fakeWorld(yaml);
    const ctx = fakeContext(world);
    await openFakeRelease(ctx);
    let asked: () => void = () => {};
    const asking = new Promise<void>((resolve) => {
      asked = resolve;
    });
    if (world.services.backend !== undefined)
      world.services.backend.ask = () => {
        asked();
        return new Promise(() => {});
      };
    const running = canary(ctx);
    await asking;
    ctx.platform.controller.abort();
    expect(await running).toMatchObject({ decision: 'roll-back', reason: 'cancelled' });
    expect(world.router.inForce).toEqual({ blue: 100, green: 0 });
  });
});

describe('a gate that has lost its lock', () => {
  test('changes nothing more', async () => {
    const { world, ctx } = await begin(Number.POSITIVE_INFINITY, 'before');
    world.clock.at(
      4_000,
      () =>
        void world.store.take(
          { run: 'run-2', attempt: 1, job: 'rollback', nonce: 'other', since: '' },
          world.store.lock().epoch,
        ),
    );
    const result = await canary(ctx);
    expect(result.text).toContain('no longer held by this run');
    expect(world.router.inForce).toEqual({ blue: 95, green: 5 });
  });
});

describe('a record that cannot be written', () => {
  test('does not keep the traffic on a bad version', async () => {
    const world = await fakeWorld(yaml);
    await openFakeRelease(fakeContext(world));
    const { RunbookError } = await import('@release-runbook/units/error');
    const full = (store: Store): Store => ({
      ...store,
      append: (...args) =>
        world.clock.elapsed() > 6_000 ? Promise.reject(new RunbookError('no space left')) : store.append(...args),
    });
    const ctx = fakeContext(world, { wrapStore: full });
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'roll-back', reason: 'step-failed' });
    expect(result.text).toContain('traffic is back (blue=100 green=0)');
    expect(world.router.inForce).toEqual({ blue: 100, green: 0 });
  });
});
