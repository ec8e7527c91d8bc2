import { describe, expect, test } from '@jest/globals';
import { judgeMeasurement } from '@release-runbook/judge/verdict';
import { parseThreshold } from '@release-runbook/units/threshold';

const pass = parseThreshold('< 200 ms');
const fail = parseThreshold('> 1 s');

describe('judgeMeasurement', () => {
  test('a good value must be met', () => {
    expect([199, 200].map((value) => judgeMeasurement(value, { pass }))).toEqual(['pass', 'fail']);
  });

  test('a bad value must not be met', () => {
    expect([1000, 1001].map((value) => judgeMeasurement(value, { fail }))).toEqual(['pass', 'fail']);
  });

  test('between good and bad is inconclusive', () => {
    const verdicts = [100, 500, 5000].map((value) => judgeMeasurement(value, { pass, fail }));
    expect(verdicts).toEqual(['pass', 'inconclusive', 'fail']);
  });

  test('what could not be measured is an error, whatever the rule says of no data', () => {
    expect(judgeMeasurement(new Error('timed out'), { pass, noData: 'pass' })).toBe('error');
  });

  test.each([null, undefined, Number.NaN])('no data (%s) holds unless said otherwise', (value) => {
    expect(judgeMeasurement(value, { pass })).toBe('inconclusive');
    expect(judgeMeasurement(value, {})).toBe('inconclusive');
    expect(judgeMeasurement(value, { pass, noData: 'hold' })).toBe('inconclusive');
    expect(judgeMeasurement(value, { pass, noData: 'fail' })).toBe('fail');
    expect(judgeMeasurement(value, { fail, noData: 'pass' })).toBe('pass');
  });

  test('too few requests are inconclusive, and so is an unknown number of them', () => {
    const rule = { fail: parseThreshold('> 5%'), minimumRequests: 100 };
    const verdicts = [99, 100, undefined, Number.NaN].map((requests) => judgeMeasurement(50, rule, requests));
    expect(verdicts).toEqual(['inconclusive', 'fail', 'inconclusive', 'inconclusive']);
  });

  test('infinite is a value', () => {
    expect(judgeMeasurement(Number.POSITIVE_INFINITY, { pass })).toBe('fail');
  });
});
