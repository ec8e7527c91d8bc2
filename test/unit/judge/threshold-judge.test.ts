import { describe, expect, test } from '@jest/globals';
import { assess, countVerdict, isDecided, noCounters } from '@release-runbook/judge/threshold-judge';
import type { Verdict } from '@release-runbook/judge/verdict';
import fc from 'fast-check';

const verdict = fc.constantFrom<Verdict>('pass', 'fail', 'inconclusive', 'error');
const interval = { intervalMs: 60_000 };
const count = (verdicts: readonly Verdict[]) => verdicts.reduce(countVerdict, noCounters);

function phase(verdicts: readonly Verdict[], limits: Parameters<typeof assess>[1], terminating = false) {
  return assess(count(verdicts), limits, { terminating, last: verdicts.at(-1) });
}

describe('countVerdict', () => {
  test('an error takes no turn, and breaks a row of successes', () => {
    expect(count(['pass', 'pass', 'error'])).toEqual({
      count: 2,
      successful: 2,
      failed: 0,
      inconclusive: 0,
      error: 1,
      consecutiveError: 1,
      consecutiveSuccess: 0,
    });
  });

  test('every verdict is counted once', () => {
    fc.assert(
      fc.property(fc.array(verdict), (verdicts) => {
        const counters = count(verdicts);
        expect(counters.successful + counters.failed + counters.inconclusive).toBe(counters.count);
        expect(counters.count + counters.error).toBe(verdicts.length);
        const other = verdicts.findLastIndex((one) => one !== 'pass');
        expect(counters.consecutiveSuccess).toBe(verdicts.length - 1 - other);
      }),
    );
  });
});

describe('assess', () => {
  test('before and during the first measurement', () => {
    expect(phase([], interval)).toBe('pending');
    expect(phase([], interval, true)).toBe('successful');
    expect(assess(noCounters, interval, { terminating: true, last: 'running' })).toBe('running');
  });

  test('the limit itself is allowed', () => {
    expect(phase(['fail', 'fail'], { ...interval, failureLimit: 2 })).toBe('running');
    expect(phase(['fail', 'fail', 'fail'], { ...interval, failureLimit: 2 })).toBe('failed');
    expect(phase(['error', 'error', 'error', 'error'], interval)).toBe('running');
    expect(phase(['error', 'error', 'error', 'error', 'error'], interval)).toBe('error');
    expect(phase(['inconclusive'], interval)).toBe('inconclusive');
  });

  test('without interval and count one measurement decides, and an error is tried again', () => {
    expect(phase(['pass'], {})).toBe('successful');
    expect(phase(['error'], {})).toBe('running');
    expect(phase(['error', 'pass'], {})).toBe('successful');
  });

  test('the count without the successes in a row that were asked for', () => {
    const verdicts: Verdict[] = ['pass', 'fail', 'pass'];
    expect(phase(verdicts, { ...interval, count: 3, consecutiveSuccessLimit: 2, failureLimit: -1 })).toBe('failed');
    expect(phase(verdicts, { ...interval, count: 3, consecutiveSuccessLimit: 2, failureLimit: 1 })).toBe(
      'inconclusive',
    );
  });

  test('whoever has more failures than allowed is never successful', () => {
    const limits = fc.record({
      failureLimit: fc.integer({ min: 0, max: 3 }),
      consecutiveSuccessLimit: fc.integer({ min: 0, max: 3 }),
      count: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 1 }), limits, fc.boolean(), (verdicts, some, terminating) => {
        const result = phase(verdicts, { ...interval, ...some }, terminating);
        if (count(verdicts).failed > some.failureLimit) expect(result).not.toBe('successful');
        if (terminating) expect(isDecided(result)).toBe(true);
      }),
    );
  });
});
