import { describe, expect, test } from '@jest/globals';
import { formatDuration, parseDuration, printDuration } from '@release-runbook/units/duration';
import { UnitError } from '@release-runbook/units/error';
import { formatPercent, parsePercent } from '@release-runbook/units/percent';
import { formatRate, parseRate, printRate } from '@release-runbook/units/rate';
import { formatSize, parseSize, printSize } from '@release-runbook/units/size';
import fc from 'fast-check';
import { caught, written } from './helpers.ts';

describe('durations', () => {
  test.each([
    ['500ms', 500],
    ['5s', 5000],
    [' 5 s ', 5000],
    ['30m', 1_800_000],
    ['30 min', 1_800_000],
    ['1h30m', 5_400_000],
    ['1 h 30 min', 5_400_000],
    ['72h', 259_200_000],
    ['14d', 1_209_600_000],
    ['1.5h', 5_400_000],
    ['0.1 s', 100],
    ['0', 0],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    ['', 'got nothing', 0, undefined],
    ['5', 'got a number without a unit', 0, undefined],
    ['5 S', 'got the unit "S"', 2, 's'],
    ['5 minutes', 'got the unit "minutes"', 2, 'min'],
    ['30m1h', 'got "h" after a unit that is not larger', 4, undefined],
    ['1h 30', 'got a number without a unit', 3, undefined],
    ['-5s', 'got "-5s"', 0, undefined],
    ['5 MB', 'got the unit "MB"', 2, undefined],
    ['40000d', 'got one of more than 100 years', 0, undefined],
    ['1234567890123ms', 'got a number of more than 12 digits', 0, undefined],
    ['5 constructor', 'got the unit "constructor"', 2, undefined],
  ])('%j is refused', (text, message, offset, nearest) => {
    const error = caught(() => parseDuration(text));
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ offset, nearest });
  });

  test.each([
    [0, '0 ms'],
    [0.42, '0.42 ms'],
    [187.44, '187.4 ms'],
    [999.96, '1 s'],
    [1234, '1.2 s'],
    [59_960, '1 min'],
    [603_400, '10 min 3 s'],
    [5_400_000, '1 h 30 min'],
    [86_399_999, '1 d'],
    [266_400_000, '3 d 2 h'],
    [-1500, '-1.5 s'],
    [Number.NaN, 'NaN ms'],
  ])('%d ms is shown as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test('what is printed reads back the same', () => {
    fc.assert(
      fc.property(written(['ms', 's', 'min', 'h']), (text) => {
        const ms = parseDuration(text);
        expect(parseDuration(printDuration(ms))).toBe(ms);
      }),
    );
  });

  test('what is shown is near', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 10 }), (ms) => {
        expect(Math.abs(parseDuration(formatDuration(ms)) / ms - 1)).toBeLessThan(0.05);
      }),
    );
  });
});

describe('sizes', () => {
  test.each([
    ['2 GB', 2e9],
    ['2 GiB', 2 ** 31],
    ['512MB', 512e6],
    ['1.5 kB', 1500],
    ['10 KB', 10_000],
    ['7 B', 7],
    ['0', 0],
  ])('%s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each([
    ['2 gb', 2, 'GB'],
    ['2 G', 2, 'GiB'],
    ['2', 0, undefined],
    ['2 GB or so', 5, undefined],
    ['2 h', 2, undefined],
    ['100000 PB', 0, undefined],
    ['two', 0, undefined],
  ])('%j is refused', (text, offset, nearest) => {
    expect(caught(() => parseSize(text))).toMatchObject({ offset, nearest });
  });

  test.each([
    [0, '0 B'],
    [812, '812 B'],
    [999_999, '1 MB'],
    [2_140_000_000, '2.1 GB'],
    [512_000_000, '512 MB'],
  ])('%d B is shown as %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  test('is printed in the unit in which it is short', () => {
    expect([2 ** 31, 2e9, 1500, 1537].map(printSize)).toEqual(['2 GiB', '2 GB', '1.5 kB', '1537 B']);
  });

  test('what is printed reads back the same', () => {
    fc.assert(
      fc.property(written(['B', 'kB', 'MB', 'GB', 'MiB', 'GiB', 'TiB']), (text) => {
        const bytes = parseSize(text);
        expect(parseSize(printSize(bytes))).toBe(bytes);
      }),
    );
  });
});

describe('percentages', () => {
  test('are numbers in percent', () => {
    expect([parsePercent('5%'), parsePercent('0.25 %'), parsePercent('100%'), parsePercent('0')]).toEqual([
      5, 0.25, 100, 0,
    ]);
    expect([5, 0.25, 100 / 3].map(formatPercent)).toEqual(['5%', '0.25%', '33.33%']);
  });

  test('above 100 only where that has a meaning', () => {
    expect(parsePercent('150%', { above100: true })).toBe(150);
    expect(caught(() => parsePercent('150%')).message).toBe('expected a percentage from 0% to 100%, got 150%');
  });

  test.each(['5', '5 s', '%', '-5%', '5%%'])('%j is refused', (text) => {
    expect(caught(() => parsePercent(text))).toBeInstanceOf(UnitError);
  });
});

describe('rates', () => {
  test('are per hour', () => {
    expect([parseRate('10/h'), parseRate('1/min'), parseRate('2 / s'), parseRate('48/d')]).toEqual([10, 60, 7200, 2]);
    expect([10, 60, 7200, 1 / 24].map(printRate)).toEqual(['10/h', '1/min', '2/s', '1/d']);
    expect(formatRate(12.345)).toBe('12.3/h');
  });

  test('"10/hour" is answered with "/h"', () => {
    expect(caught(() => parseRate('10/hour'))).toMatchObject({ offset: 2, nearest: '/h' });
  });
});

test('an arbitrary text gives a number or a UnitError', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), written(['x', '%', '/h', 'm 3', 'GB'])),
      (text) => {
        for (const parse of [parseDuration, parseSize, parsePercent, parseRate]) {
          try {
            expect(parse(text)).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(error).toBeInstanceOf(UnitError);
            expect((error as UnitError).offset).toBeLessThanOrEqual(text.length);
          }
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test.each(['1', ' ', '1h', '1 ', '<', '-'])('five million times %j is answered at once', (part) => {
  const text = part.repeat(5_000_000 / part.length);
  for (const parse of [parseDuration, parseSize, parsePercent, parseRate]) {
    expect(caught(() => parse(text)).message.length).toBeLessThan(200);
  }
});
