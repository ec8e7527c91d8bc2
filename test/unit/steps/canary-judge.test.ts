import { describe, expect, test } from '@jest/globals';
import type { MetricSpec } from '@release-runbook/runbook/schema/canary';
import { canary } from '@release-runbook/steps/canary';
import { judgeLook } from '@release-runbook/steps/canary/judge-metric';
import { judgeShare, requestsNeeded } from '@release-runbook/steps/canary/share';
import { parseThreshold } from '@release-runbook/units/threshold';
import fc from 'fast-check';
import { canaryRunbook } from '../../support/canary-runbook.ts';
import { fakeContext, fakeWorld, openFakeRelease, stateOf } from '../../support/fake-context.ts';

const sample = (value: number | null, count = 20) => ({ value, count, unit: 'number' });
const worse = (percent: string) => ({ 'worse-than-stable': parseThreshold(percent, 'percent') });
const command = { name: 'm', command: { on: 'app', run: ['./m'] } };

describe('one look at a metric', () => {
  test.each([
    // canary, stable, expect, verdict
    [100, 100, undefined, 'pass'],
    [150, 100, undefined, 'pass'],
    [151, 100, undefined, 'fail'],
    [1, 0, undefined, 'fail'],
    [0, 0, undefined, 'pass'],
    [null, 100, undefined, 'inconclusive'],
    [100, null, undefined, 'inconclusive'],
    [100, 100, '< 50', 'fail'],
    [10, 100, '> 5', 'fail'],
    [200, 100, '> 5', 'pass'],
    [3, 1, '> 5', 'fail'],
  ])('canary %p, stable %p, expect %p: %s', (ours, theirs, expected, verdict) => {
    const spec = { ...command, ...worse('> 50%') } as MetricSpec;
    const canarySample = sample(ours);
    const look = { canary: canarySample, against: { canary: canarySample, stable: sample(theirs) } };
    expect(judgeLook(spec, expected === undefined ? undefined : parseThreshold(expected, 'number'), look).verdict).toBe(
      verdict,
    );
  });
  test('a failure of one rule is not hidden by an error of the other', () => {
    const spec = { ...command, ...worse('> 50%') } as MetricSpec;
    const look = { canary: sample(9), against: { canary: sample(9), stable: new Error('gone') } };
    expect(judgeLook(spec, parseThreshold('< 5', 'number'), look)).toMatchObject({ verdict: 'fail' });
    expect(judgeLook(spec, parseThreshold('< 50', 'number'), look)).toMatchObject({ verdict: 'error' });
  });
  test('with nothing but a rule against a stable that has no traffic there is no verdict', () => {
    expect(
      judgeLook({ ...command, ...worse('> 50%') } as MetricSpec, undefined, { canary: sample(9) }).verdict,
    ).toBeUndefined();
  });
});

describe('the share', () => {
  const observed = (green: number, requests: number) => ({ share: { blue: 100 - green, green }, requests });
  test.each([
    [undefined, 5, 'too-few-requests'],
    [observed(5, 59), 5, 'too-few-requests'],
    [observed(0, 60), 5, 'none'],
    [observed(5, 60), 5, 'as-wanted'],
    [observed(60, 60), 5, 'too-much'],
    [observed(5, 1_000_000), 5, 'as-wanted'],
    [observed(5.5, 1_000_000), 5, 'as-wanted'],
    [observed(7, 1_000_000), 5, 'too-much'],
    [observed(3, 1_000_000), 5, 'too-little'],
    [observed(100, 20), 100, 'as-wanted'],
    [observed(90, 20), 100, 'too-little'],
  ])('%j at %p%%: %s', (seen, wanted, verdict) => expect(judgeShare(seen, 'green', wanted)).toBe(verdict));
  test('a router that does what it should is seldom said not to', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    let wrong = 0;
    for (let run = 0; run < 2000; run++) {
      const wanted = [5, 25, 50][run % 3] as number;
      const requests = requestsNeeded(wanted) + (run % 200);
      let hits = 0;
      for (let i = 0; i < requests; i++) if (random() * 100 < wanted) hits++;
      const verdict = judgeShare(observed((hits / requests) * 100, requests), 'green', wanted);
      if (verdict === 'too-much' || verdict === 'too-little') wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(2);
  });
  test('every share has one verdict', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.nat(1e6),
        fc.integer({ min: 1, max: 100 }),
        (share, requests, wanted) => {
          expect(['as-wanted', 'too-few-requests', 'none', 'too-much', 'too-little']).toContain(
            judgeShare(observed(share, requests), 'green', wanted),
          );
        },
      ),
    );
  });
});

describe('in the gate', () => {
  test('the record gets a bounded number of measurements, however often there is one', async () => {
    const world = await fakeWorld(canaryRunbook({ canary: '{ weights: [50%, 100%], each: 30m, every: 1s' }));
    const ctx = fakeContext(world);
    await openFakeRelease(ctx);
    expect(await canary(ctx)).toMatchObject({ decision: 'proceed' });
    const taken = stateOf(world).measured.filter(({ item }) => item === 'canary:50%:errors');
    expect(taken.length).toBeGreaterThan(15);
    expect(taken.length).toBeLessThanOrEqual(21);
  });
  test('lines of the log are compared for as many requests as each track gets', async () => {
    const at = async (canaryLines: number) => {
      const metrics = '{ name: severe, log: {}, expect: "< 1000/h", worse-than-stable: "> 50%" }';
      const world = await fakeWorld(canaryRunbook({ canary: '{ weights: [5%, 100%], each: 10m, every: 5m', metrics }));
      const ctx = fakeContext(world);
      await openFakeRelease(ctx);
      const backend = world.services.backend as NonNullable<typeof world.services.backend>;
      world.clock.at(60_000, () => {
        backend.lines.blue = Array(95).fill('ERROR of old');
        backend.lines.green = Array(canaryLines).fill('ERROR of new');
      });
      return canary(ctx, { to: 5 });
    };
    // Stable has 95 at 95 %, so 5 are as many at 5 %.
    expect(await at(7)).toMatchObject({ decision: 'proceed' });
    const bad = await at(8);
    expect(bad).toMatchObject({ decision: 'roll-back', reason: 'canary-worse' });
    expect(bad.text).toContain('severe 8/h, expected < 1000/h, stable 5/h: 60% worse');
  });
});
