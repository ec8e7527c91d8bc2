import { describe, expect, test } from '@jest/globals';
import { canary } from '@release-runbook/steps/canary';
import { readEnvironment } from '@release-runbook/steps/environment';
import { canaryRunbook } from '../../support/canary-runbook.ts';
import {
  BEFORE,
  fakeContext,
  fakeWorld,
  openFakeRelease,
  RELEASE,
  stateOf,
  type World,
} from '../../support/fake-context.ts';

const MINUTE = 60_000;

async function start(
  parts: Parameters<typeof canaryRunbook>[0] = {},
  options: Parameters<typeof openFakeRelease>[1] = {},
  rps = 50,
) {
  const world = await fakeWorld(canaryRunbook(parts), rps);
  const ctx = fakeContext(world);
  await openFakeRelease(ctx, options);
  return { world, ctx };
}

const events = (world: World) => stateOf(world).events.map(({ event }) => event);
const judged = (world: World, item: string) => stateOf(world).judged.filter((one) => one.item === item);
const green = (world: World) => world.router.inForce.green;

describe('a canary that is well', () => {
  test('goes through all weights and serves; the release before is superseded, the lock is free', async () => {
    const { world, ctx } = await start();
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'proceed', reason: 'done', details: { weight: 100, slot: 'green' } });
    expect(world.router.sets).toEqual([5, 25, 50, 100].map((green) => ({ blue: 100 - green, green })));
    expect(stateOf(world).status).toBe('serving');
    const { releases } = await readEnvironment(ctx);
    expect(releases.map(({ release, status }) => [release, status])).toEqual([
      [BEFORE, 'superseded'],
      [RELEASE, 'serving'],
    ]);
    expect(world.store.lock().holder).toBeUndefined();
    expect(world.clock.elapsed()).toBeGreaterThan(40 * MINUTE);
    expect(world.clock.elapsed()).toBeLessThan(41 * MINUTE);
    for (const weight of [5, 25, 50, 100]) {
      expect(judged(world, `canary:${weight}%`)).toMatchObject([{ verdict: 'pass' }]);
      expect(stateOf(world).measured.filter(({ item }) => item === `canary:${weight}%:errors`)).toHaveLength(10);
      expect(stateOf(world).measured.filter(({ item }) => item === `canary:${weight}%:share`)).toHaveLength(1);
    }
    expect(judged(world, 'canary:100%:errors')[0]?.text).toContain(
      'not evaluated against stable, which has no traffic',
    );
  });

  test('each weight is announced with the weights of before the release, and confirmed', async () => {
    const { world, ctx } = await start();
    await canary(ctx);
    const items = stateOf(world).items.filter(({ item }) => item.startsWith('traffic:'));
    expect(items.map(({ item }) => item)).toEqual(['traffic:5%', 'traffic:25%', 'traffic:50%', 'traffic:100%']);
    for (const { intends } of items) expect(intends.undo).toEqual({ weights: { blue: 100, green: 0 }, slot: 'green' });
    expect(items[1]?.did?.data).toEqual({
      step: 1,
      wanted: { blue: 75, green: 25 },
      confirmed: { blue: 75, green: 25 },
    });
  });

  test('is serving already when the step is run again', async () => {
    const { world, ctx } = await start();
    await canary(ctx);
    expect(await canary(fakeContext(world, { attempt: 2 }))).toMatchObject({
      decision: 'proceed',
      reason: 'already-done',
    });
  });

  test('without `canary:` it serves at once', async () => {
    const { world, ctx } = await start({ canary: 'none' }, { tracks: null });
    expect(await canary(ctx)).toMatchObject({ decision: 'proceed', text: 'v2.0.0 serves', details: { slot: null } });
    expect(world.router.sets).toEqual([]);
    expect(events(world).at(-1)).toBe('serving');
  });

  test('a first release takes all traffic at once, and nothing is compared with a stable that is none', async () => {
    const { world, ctx } = await start({}, { previous: null });
    expect(await canary(ctx)).toMatchObject({ decision: 'proceed' });
    expect(world.router.sets).toEqual([{ blue: 0, green: 100 }]);
  });

  test('progress says weight, time left and both tracks', async () => {
    const { ctx } = await start();
    await canary(ctx);
    expect(ctx.platform.progressed).toContainEqual('5% on green, 9 min left: errors 0 (stable 0)');
  });
});

describe('to:', () => {
  test('ends after that weight, and a later job goes on behind it', async () => {
    const { world, ctx } = await start();
    expect(await canary(ctx, { to: 25 })).toMatchObject({ decision: 'proceed', details: { weight: 25 } });
    expect(green(world)).toBe(25);
    expect(stateOf(world).status).toBe('open');
    expect(await canary(ctx, { to: 25 })).toMatchObject({ decision: 'proceed', details: { weight: 25 } });
    expect(await canary(ctx)).toMatchObject({ decision: 'proceed', details: { weight: 100 } });
    expect(world.router.sets).toHaveLength(4);
  });
  test('below the first weight is refused, and nothing is touched', async () => {
    const { world, ctx } = await start();
    const before = events(world);
    expect(await canary(ctx, { to: 3 })).toMatchObject({
      decision: 'refuse',
      reason: 'invalid-input',
      next: 'the lowest that has a meaning is 5',
    });
    expect(events(world)).toEqual(before);
  });
});

describe('a canary that is worse', () => {
  test('fails at 25 %: traffic is back before the finding is written, and the text has the numbers and the line', async () => {
    const { world, ctx } = await start();
    world.answers = (_program, { TRACK }) => (TRACK === 'canary' && green(world) === 25 ? '1.8' : '1');
    const result = await canary(ctx);
    expect(result).toMatchObject({
      decision: 'roll-back',
      reason: 'canary-worse',
      details: { weight: 25, metric: 'errors', measurements: [1.8] },
    });
    expect(result.text).toContain('errors 1.8, expected < 2, stable 1: 80% worse, fails when > 50% worse');
    expect(result.text).toMatch(/\(runbook\.yml:\d+\); traffic is back \(blue=100 green=0\)/);
    expect(world.router.inForce).toEqual({ blue: 100, green: 0 });
    const { items, status, judged: all } = stateOf(world);
    expect(items.filter(({ item }) => item.startsWith('traffic:')).map(({ state }) => state)).toEqual([
      'undone',
      'undone',
    ]);
    expect(status).toBe('rolling-back');
    expect(all.at(-2)).toMatchObject({ item: 'canary:25%:errors', verdict: 'fail', rule: { file: 'runbook.yml' } });
    expect(all.at(-1)).toMatchObject({ item: 'canary', decision: 'roll-back', reason: 'canary-worse' });
    expect(events(world).slice(-6)).toEqual(['undoing', 'undoing', 'undone', 'undone', 'judged', 'judged']);
    expect(ctx.platform.annotations).toMatchObject([{ kind: 'error' }]);
  });

  test('`failures:` allows some', async () => {
    const metrics = '{ name: errors, command: { on: app, run: [./errors] }, expect: "< 2", failures: 1 }';
    const bad = (times: number) => {
      let turn = 0;
      return () => (++turn <= times ? '5' : '0');
    };
    const one = await start({ metrics });
    one.world.answers = bad(1);
    expect(await canary(one.ctx)).toMatchObject({ decision: 'proceed' });
    const two = await start({ metrics });
    two.world.answers = bad(2);
    expect(await canary(two.ctx)).toMatchObject({ decision: 'roll-back', reason: 'canary-worse' });
  });

  test('a metric that cannot be measured is never a pass: errors in a row beyond the limit bring it back', async () => {
    const { world, ctx } = await start();
    world.answers = () => 3;
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'roll-back', reason: 'check-failed' });
    expect(result.text).toContain('5 could not be measured');
    expect(world.clock.elapsed()).toBeLessThan(6 * MINUTE);
  });

  test('a dry run is measured and shown, and decides nothing', async () => {
    const { world, ctx } = await start({
      metrics: '{ name: errors, command: { on: app, run: [./errors] }, expect: "< 2", dry-run: true }',
    });
    world.answers = () => '99';
    expect(await canary(ctx)).toMatchObject({ decision: 'proceed' });
    expect(judged(world, 'canary:5%:errors')).toMatchObject([{ verdict: 'fail' }]);
    expect(ctx.platform.progressed).toContainEqual('5% on green, 9 min left: errors 99 (shown only)');
  });
});

describe('no verdict', () => {
  test('no data holds at the weight, says how to go on, and the next job goes on there', async () => {
    const { world, ctx } = await start();
    world.answers = () => (green(world) === 25 ? '' : '0');
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'hold', reason: 'no-verdict', details: { weight: 25 } });
    expect(result.text).toContain('errors no data');
    expect(result.next).toContain(`runbook rollback --release ${RELEASE}`);
    expect(green(world)).toBe(25);
    const { status, heldUntil } = stateOf(world);
    expect(status).toBe('held');
    expect(Date.parse(heldUntil as string)).toBe(world.clock.now().getTime() + 5 * MINUTE);
    world.answers = () => '0';
    const sets = world.router.sets.length;
    expect(await canary(fakeContext(world, { attempt: 2 }))).toMatchObject({ decision: 'proceed' });
    expect(world.router.sets.slice(sets).map(({ green: one }) => one)).toEqual([50, 100]);
  });

  test.each([
    ['fail', 'roll-back'],
    ['pass', 'proceed'],
  ])('no-data: %s', async (noData, decision) => {
    const { world, ctx } = await start({
      metrics: `{ name: errors, command: { on: app, run: [./errors] }, expect: "< 2", no-data: ${noData} }`,
    });
    world.answers = () => '';
    expect(await canary(ctx)).toMatchObject({ decision });
  });

  test('a verdict that comes late, within hold-for, is a verdict', async () => {
    const { world, ctx } = await start();
    world.answers = () => (world.clock.elapsed() > 9 * MINUTE ? '0' : '');
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'hold' });
    // At least half of the looks must have said something: 8 without, and 7 with, until hold-for ended.
    expect(stateOf(world).measured.filter(({ item }) => item === 'canary:5%:errors').length).toBeGreaterThan(1);
    const earlier = await start();
    earlier.world.answers = () => (earlier.world.clock.elapsed() > 6 * MINUTE ? '0' : '');
    expect(await canary(earlier.ctx)).toMatchObject({ decision: 'proceed' });
  });

  test('no traffic is a hold, not a pass', async () => {
    const { world, ctx } = await start({}, {}, 0);
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'hold', reason: 'not-enough-data' });
    expect(result.text).toBe('5%: no request came in 5 min (at least 60 are needed for a verdict on the share)');
    expect(green(world)).toBe(5);
  });

  test('traffic that ends while the clock runs is a hold as well', async () => {
    const { world, ctx } = await start();
    const one = await canary(ctx, { to: 5 });
    expect(one.decision).toBe('proceed');
    const from = world.clock.elapsed();
    world.clock.onPass(() => {
      // A few seconds for the share, then nobody.
      if (world.clock.elapsed() > from + 3_000) world.router.rps = 0;
    });
    const result = await canary(ctx, { to: 25 });
    expect(result.text).toContain(result.decision === 'hold' ? 'no request came to the canary' : 'passed');
  });

  test('too few requests for `min-requests` hold', async () => {
    const { ctx } = await start({
      metrics: '{ name: errors, command: { on: app, run: [./errors] }, expect: "< 2", min-requests: 100000 }',
    });
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'hold', reason: 'no-verdict' });
    expect(result.text).toContain('no verdict below 100000 requests');
  });
});

describe('the observed share', () => {
  test('more than wanted brings the traffic back', async () => {
    const { world, ctx } = await start();
    world.router.actual = (inForce) => (inForce.green === 5 ? { blue: 40, green: 60 } : inForce);
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'roll-back', reason: 'expectation-failed' });
    expect(result.text).toMatch(
      /at 5%: 60(\.\d+)?% of \d+ requests came to the canary, wanted 5%: the router sends more than it was told/,
    );
    expect(world.clock.elapsed()).toBeLessThan(MINUTE);
    expect(green(world)).toBe(0);
  });

  test('less than wanted is no harm: it holds', async () => {
    const { world, ctx } = await start();
    world.router.actual = () => ({ blue: 99.5, green: 0.5 });
    expect(await canary(ctx, { to: 50 })).toMatchObject({
      decision: 'hold',
      reason: 'not-enough-data',
      details: { weight: 25 },
    });
    expect(judged(world, 'canary:5%')).toHaveLength(1);
  });

  test('a router that cannot tell is taken at its word, and the record says so', async () => {
    const { world, ctx } = await start();
    world.router.tells = false;
    expect(await canary(ctx)).toMatchObject({ decision: 'proceed' });
    expect(
      stateOf(world).events.filter((event) => event.event === 'noted' && event.text.includes('cannot tell requests')),
    ).toHaveLength(4);
  });

  test('a router that sends traffic to the idle slot before the canary began is found', async () => {
    const { world, ctx } = await start();
    world.router.inForce = { blue: 50, green: 50 };
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'roll-back', reason: 'expectation-failed' });
    expect(result.text).toContain('the router sends 50% to slot green before the canary has begun');
    expect(world.router.sets).toEqual([]);
  });

  test('a router that does not take the weights: traffic back, and the state is told', async () => {
    const { world, ctx } = await start();
    world.router.set = async (weights) => void world.router.sets.push(weights);
    const result = await canary(ctx);
    expect(result).toMatchObject({ decision: 'roll-back', reason: 'step-failed' });
    expect(result.text).toContain('could not be set within 30 s');
    expect(result.text).toContain('traffic is back (blue=100 green=0)');
  });
});

describe('stop-writes', () => {
  test('what was stopped and not started since is started on the stable track before traffic is divided', async () => {
    const stopped = [
      { event: 'intends', step: 'backup', item: 'stop-writes:backend', undo: { slot: 'blue' } },
      { event: 'did', step: 'backup', item: 'stop-writes:backend', ms: 1 },
    ] as const;
    const { world, ctx } = await start({ more: 'stop-writes: [backend]' }, { events: stopped });
    world.services.backend?.running.delete('blue');
    expect(await canary(ctx)).toMatchObject({ decision: 'proceed' });
    expect(world.services.backend?.started).toMatchObject([
      { place: { slot: 'blue' }, env: { VERSION: 'v1.0.0', TRACK: 'stable', PORT: '5000' } },
    ]);
    const names = stateOf(world).items.map(({ item }) => item);
    expect(names.indexOf('resume:backend')).toBeLessThan(names.indexOf('traffic:5%'));
  });
});
