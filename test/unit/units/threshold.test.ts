import { describe, expect, test } from '@jest/globals';
import { UnitError } from '@release-runbook/units/error';
import { type Dimension, formatThreshold, formatValue, holds, parseThreshold } from '@release-runbook/units/threshold';
import fc from 'fast-check';
import { caught, written } from './helpers.ts';

describe('parseThreshold', () => {
  test.each([
    ['< 200 ms', undefined, { op: '<', value: 200, dimension: 'duration' }],
    ['<1h30m', undefined, { op: '<', value: 5_400_000, dimension: 'duration' }],
    ['> 5%', undefined, { op: '>', value: 5, dimension: 'percent' }],
    ['> 150 %', undefined, { op: '>', value: 150, dimension: 'percent' }],
    ['> 10/h', undefined, { op: '>', value: 10, dimension: 'rate' }],
    ['> 2/min', undefined, { op: '>', value: 120, dimension: 'rate' }],
    ['>= 2 GB', undefined, { op: '>=', value: 2e9, dimension: 'size' }],
    ['> 3', undefined, { op: '>', value: 3, dimension: 'number' }],
    ['> 3', 'count', { op: '>', value: 3, dimension: 'count' }],
    ['= 0', 'count', { op: '=', value: 0, dimension: 'count' }],
    ['0', 'count', { op: '=', value: 0, dimension: 'count' }],
    ['0', undefined, { op: '=', value: 0, dimension: 'number' }],
    ['200', 'number', { op: '=', value: 200, dimension: 'number' }],
    ['> 0', 'duration', { op: '>', value: 0, dimension: 'duration' }],
    ['!= -1.5', 'number', { op: '!=', value: -1.5, dimension: 'number' }],
    ['> 3 in a row', undefined, { op: '>', value: 3, dimension: 'count', inARow: 4 }],
    ['>= 3 in  a row ', 'count', { op: '>=', value: 3, dimension: 'count', inARow: 3 }],
  ] as const)('%j as %s', (text, dimension, expected) => {
    expect(parseThreshold(text, dimension)).toEqual({ ...expected, text: text.trim() });
  });

  test.each([
    ['< 200 MB', 'duration', 'expected a duration such as "< 200 ms", got a size', 2, undefined],
    ['> 10', 'rate', 'expected a rate such as "> 10/h", got a number without a unit', 2, undefined],
    ['> 10 min', 'rate', 'expected a rate such as "> 10/h", got a duration', 2, undefined],
    ['> 5 %', 'count', 'expected a count such as "> 3", got a percentage', 2, undefined],
    ['> 0.5', 'count', 'expected a count such as "> 3", got a number with decimals', 2, undefined],
    ['> -1', 'count', 'expected a count such as "> 3", got a negative number', 2, undefined],
    ['< -5 ms', 'duration', 'expected a duration such as "< 200 ms", got a negative one', 2, undefined],
    ['< 200 msc', 'duration', 'expected a duration such as "< 200 ms", got the unit "msc"', 6, 'ms'],
    ['>= 2 gb', 'size', 'expected a size such as ">= 2 GB", got the unit "gb"', 5, 'GB'],
    ['> 10/hour', 'rate', 'expected a rate such as "> 10/h", got the unit "/hour"', 4, '/h'],
    ['=> 2 GB', 'size', 'expected a size such as ">= 2 GB", got "=>"', 0, '>='],
    ['≤ 200 ms', 'duration', 'expected a duration such as "< 200 ms", got "≤"', 0, '<='],
    ['200 ms', 'duration', 'expected a duration such as "< 200 ms", got "200 ms" without a comparison', 0, undefined],
    ['fast', 'duration', 'expected a duration such as "< 200 ms", got "fast"', 0, undefined],
    ['<', 'duration', 'expected a duration such as "< 200 ms", got nothing', 1, undefined],
    ['> 3 times', 'count', 'expected a count such as "> 3", got the unit "times"', 4, undefined],
    ['< 3 in a row', 'count', 'expected a run such as "> 3 in a row"', 0, undefined],
    ['> 3 in a row', 'rate', 'expected a rate such as "> 10/h", got a count "in a row"', 2, undefined],
  ] as const)('%j as %s is refused', (text, dimension, message, offset, nearest) => {
    const error = caught(() => parseThreshold(text, dimension));
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ offset, nearest });
  });

  test('without a wanted dimension the unit is still checked', () => {
    expect(caught(() => parseThreshold('> 5 minutes'))).toMatchObject({ nearest: 'min', offset: 4 });
    expect(caught(() => parseThreshold('5%')).message).toContain('got "5%" without a comparison');
  });
});

const comparison = fc.constantFrom('<', '<=', '>', '>=', '=', '!=');
const threshold = fc.oneof(
  fc
    .tuple(comparison, written(['', 'ms', 's', 'm', 'h', 'd', ' kB', 'MB', 'GiB', '%', '/s', '/m', '/h', ' / d']))
    .map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom('>', '>='), fc.integer({ min: 1, max: 999 })).map(([op, n]) => `${op} ${n} in a row`),
);

test('what is printed reads back the same', () => {
  fc.assert(
    fc.property(threshold, (text) => {
      const { text: written, ...read } = parseThreshold(text);
      const { text: printed, ...again } = parseThreshold(formatThreshold({ ...read, text: written }));
      expect(again).toEqual(read);
      expect(formatThreshold({ ...again, text: printed })).toBe(printed);
    }),
    { numRuns: 2000 },
  );
});

test('an arbitrary text gives a threshold or a UnitError', () => {
  const dimensions = [undefined, 'duration', 'size', 'percent', 'rate', 'count', 'number'] as const;
  const piece = fc.constantFrom(
    '<',
    '>=',
    '=',
    '≤',
    '-',
    '5',
    '0',
    '1.5',
    '.',
    ' ',
    'ms',
    'GB',
    '%',
    '/',
    'h',
    ' in a row',
  );
  const text = fc.oneof(
    fc.string(),
    threshold,
    fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(...dimensions), (any, dimension) => {
      try {
        const read = parseThreshold(any, dimension);
        expect(Number.isFinite(read.value)).toBe(true);
        if (dimension !== undefined && read.inARow === undefined) expect(read.dimension).toBe(dimension);
      } catch (error) {
        expect(error).toBeInstanceOf(UnitError);
        expect((error as UnitError).offset).toBeLessThanOrEqual(any.length);
      }
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['< 200 ms', 199.9, 200],
  ['<= 200 ms', 200, 200.1],
  ['> 5%', 5.1, 5],
  ['>= 2 GB', 2e9, 2e9 - 1],
  ['= 0', 0, 1],
  ['!= 0', 1, 0],
  ['> 3 in a row', 4, 3],
])('%s holds for %d, not for %d', (text, good, bad) => {
  expect(holds(parseThreshold(text), good)).toBe(true);
  expect(holds(parseThreshold(text), bad)).toBe(false);
});

test('what is not a number meets no threshold', () => {
  for (const op of ['<', '<=', '>', '>=', '=', '!=']) expect(holds(parseThreshold(`${op} 1`), Number.NaN)).toBe(false);
});

test('values are shown with their unit', () => {
  const values: [number, Dimension][] = [
    [187.44, 'duration'],
    [2.14e9, 'size'],
    [0.25, 'percent'],
    [12.5, 'rate'],
    [3, 'count'],
    [0.12345, 'number'],
  ];
  expect(values.map(([value, dimension]) => formatValue(value, dimension))).toEqual([
    '187.4 ms',
    '2.1 GB',
    '0.25%',
    '12.5/h',
    '3',
    '0.123',
  ]);
});
