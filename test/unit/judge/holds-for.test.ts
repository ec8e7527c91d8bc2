import { describe, expect, test } from '@jest/globals';
import { breachedInARow, holdsFor, type Sample } from '@release-runbook/judge/holds-for';
import fc from 'fast-check';

const minute = 60_000;

/** One sample every five minutes: x breached, . clear, ? no data. */
function every5m(marks: string): Sample[] {
  return Array.from(marks, (mark, index) => ({
    atMs: index * 5 * minute,
    breached: mark === '?' ? undefined : mark === 'x',
  }));
}

describe('holdsFor 30 minutes', () => {
  test.each([
    ['xxxxxxx', 'holds'],
    ['...xxxxxxx', 'holds'],
    ['xxxxxx', 'not-yet-observed'],
    ['......', 'not-yet-observed'],
    ['.......', 'clear'],
    ['xxxxxx.', 'clear'],
    ['.xxxxxx', 'clear'],
    ['xxx?xxx', 'not-yet-observed'],
    ['xxxxxxx?', 'not-yet-observed'],
    ['???????', 'not-yet-observed'],
    ['', 'not-yet-observed'],
  ])('%s: %s', (marks, expected) => {
    const samples = every5m(marks);
    expect(holdsFor(samples, 30 * minute, (samples.at(-1)?.atMs ?? 0) + minute)).toBe(expected);
  });

  test('time after the last sample was not seen', () => {
    expect(holdsFor(every5m('xxx'), 30 * minute, 60 * minute)).toBe('not-yet-observed');
  });

  test('samples after now do not count', () => {
    expect(holdsFor(every5m('xxxxxxx.'), 30 * minute, 30 * minute)).toBe('holds');
  });

  test('a gap is a hole in what was observed', () => {
    const samples = every5m('xxxxxxx').filter((_, index) => index !== 3);
    expect(holdsFor(samples, 30 * minute, 30 * minute)).toBe('holds');
    expect(holdsFor(samples, 30 * minute, 30 * minute, 7 * minute)).toBe('not-yet-observed');
    expect(holdsFor(every5m('.......'), 30 * minute, 40 * minute, 7 * minute)).toBe('not-yet-observed');
  });

  test('the order of the samples does not matter', () => {
    const marks = fc.string({ unit: fc.constantFrom('x', '.', '?'), maxLength: 12 });
    fc.assert(
      fc.property(marks, fc.nat(60), (text, forMinutes) => {
        const samples = every5m(text);
        const now = 120 * minute;
        expect(holdsFor(samples.toReversed(), forMinutes * minute, now)).toBe(
          holdsFor(samples, forMinutes * minute, now),
        );
      }),
    );
  });
});

test.each([
  ['', 0],
  ['xx.', 0],
  ['x.xxx', 3],
  ['x?xx', 2],
  ['xxxx', 4],
])('breached in a row in %j: %d', (marks, expected) => {
  expect(breachedInARow(every5m(marks))).toBe(expected);
});
