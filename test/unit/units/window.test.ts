import { describe, expect, test } from '@jest/globals';
import { UnitError } from '@release-runbook/units/error';
import { formatWindow, inWindow, nextOpening, parseWindow } from '@release-runbook/units/window';
import fc from 'fast-check';
import { caught } from './helpers.ts';

describe('parseWindow', () => {
  test('times and zone', () => {
    const text = '02:00-12:00 Asia/Shanghai';
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    expect(parseWindow(text)).toEqual({ days, from: 120, to: 720, zone: 'Asia/Shanghai', text });
  });

  test.each([
    ['Mon-Fri 21:30-02:00 Asia/Shanghai', ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']],
    ['Fri-Mon 9:00-24:00 UTC', ['Mon', 'Fri', 'Sat', 'Sun']],
    ['Wed,Mon 09:00-17:00 UTC', ['Mon', 'Wed']],
    ['Sun 00:00-24:00 Europe/Berlin', ['Sun']],
  ])('%s', (text, days) => {
    expect(parseWindow(text).days).toEqual(days);
  });

  test.each([
    ['02:00-12:00', 'without a time zone', 11, undefined],
    ['02:00-12:00 Asia/Shanhai', 'got "Asia/Shanhai"', 12, 'Asia/Shanghai'],
    ['02:00-12:00 Shanghai', 'got "Shanghai"', 12, 'Asia/Shanghai'],
    ['02:00-12:00 +08:00', 'got the offset "+08:00"', 12, undefined],
    ['02:00-25:00 UTC', 'expected a time from 00:00 to 24:00, got "25:00"', 6, undefined],
    ['24:00-03:00 UTC', 'expected a time from 00:00 to 23:59, got "24:00"', 0, undefined],
    ['02:60-03:00 UTC', 'got "02:60"', 0, undefined],
    ['02:00-02:00 UTC', '00:00-24:00 is the whole day', 0, undefined],
    ['Mon-Fir 02:00-03:00 UTC', 'got "Fir"', 4, 'Fri'],
    ['Mon,Tuesday 02:00-03:00 UTC', 'got "Tuesday"', 4, 'Tue'],
    ['Mon 2-3 UTC', 'got "2-3 UTC"', 4, undefined],
    ['02:00-12:00 UTC daily', 'got "daily" behind it', 16, undefined],
    ['', 'got nothing', 0, undefined],
  ])('%j is refused', (text, message, offset, nearest) => {
    const error = caught(() => parseWindow(text));
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ offset, nearest });
  });

  test('an arbitrary text gives a window or a UnitError', () => {
    const piece = fc.constantFrom('Mon', '-', ',', ' ', '02:00', '24:00', 'UTC', 'Asia/', 'Shanghai', ':', '99:99');
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 9 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        try {
          parseWindow(any);
        } catch (error) {
          expect(error).toBeInstanceOf(UnitError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const zones = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const days = fc.constantFrom('', 'Mon-Fri ', 'Sun ', 'Fri-Mon ', 'Tue,Thu ', 'Mon,Wed,Sat-Sun ');
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const windows = fc
  .tuple(days, clock, clock, fc.constantFrom(...zones))
  .filter(([, from, to]) => from !== to)
  .map(([day, from, to, zone]) => parseWindow(`${day}${from}-${to} ${zone}`));
const dates = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

test('what is printed reads back the same', () => {
  fc.assert(
    fc.property(windows, (window) => {
      const printed = formatWindow(window);
      const again = parseWindow(printed);
      expect(again).toEqual({ ...window, text: printed });
      expect(formatWindow(again)).toBe(printed);
    }),
  );
});

describe('inWindow', () => {
  test.each([
    ['02:00-12:00 Asia/Shanghai', '2026-11-20T18:00:00Z', true],
    ['02:00-12:00 Asia/Shanghai', '2026-11-20T17:59:59.999Z', false],
    ['02:00-12:00 Asia/Shanghai', '2026-11-21T03:59:59.999Z', true],
    ['02:00-12:00 Asia/Shanghai', '2026-11-21T04:00:00Z', false],
    // 2026-11-20 is a Friday; its window ends on Saturday, but Saturday and Sunday open none.
    ['Mon-Fri 21:30-02:00 UTC', '2026-11-20T21:30:00Z', true],
    ['Mon-Fri 21:30-02:00 UTC', '2026-11-21T01:59:00Z', true],
    ['Mon-Fri 21:30-02:00 UTC', '2026-11-21T21:30:00Z', false],
    ['Mon-Fri 21:30-02:00 UTC', '2026-11-23T01:00:00Z', false],
    ['Sun 00:00-24:00 UTC', '2026-11-22T23:59:59Z', true],
    ['Sun 00:00-24:00 UTC', '2026-11-23T00:00:00Z', false],
    // Berlin: one hour ahead of UTC in winter, two in summer.
    ['08:00-09:00 Europe/Berlin', '2026-01-15T07:30:00Z', true],
    ['08:00-09:00 Europe/Berlin', '2026-07-15T07:30:00Z', false],
    ['08:00-09:00 Europe/Berlin', '2026-07-15T06:30:00Z', true],
  ])('%s at %s: %s', (text, at, open) => {
    expect(inWindow(parseWindow(text), new Date(at))).toBe(open);
  });
});

describe('nextOpening', () => {
  test.each([
    ['02:00-12:00 Asia/Shanghai', '2026-11-21T05:00:00Z', '2026-11-21T18:00:00.000Z'],
    ['02:00-12:00 Asia/Shanghai', '2026-11-20T20:00:00Z', '2026-11-20T20:00:00.000Z'],
    ['Mon-Fri 21:30-02:00 UTC', '2026-11-21T02:00:00Z', '2026-11-23T21:30:00.000Z'],
    // Clocks go from 02:00 to 03:00 on 2026-03-29 in Berlin.
    ['02:30-05:00 Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-29T01:00:00.000Z'],
    ['02:15-02:45 Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-30T00:15:00.000Z'],
    ['Sun 02:15-02:45 Europe/Berlin', '2026-03-29T00:30:00Z', '2026-04-05T00:15:00.000Z'],
    // And from 03:00 back to 02:00 on 2026-10-25: the hour comes twice.
    ['02:15-02:45 Europe/Berlin', '2026-10-25T00:50:00Z', '2026-10-25T01:15:00.000Z'],
    ['22:00-02:30 Europe/Berlin', '2026-10-25T00:45:00Z', '2026-10-25T01:00:00.000Z'],
  ])('%s from %s: %s', (text, from, opening) => {
    expect(nextOpening(parseWindow(text), new Date(from)).toISOString()).toBe(opening);
  });

  test('is open, not before the date, and nothing in between is', () => {
    fc.assert(
      fc.property(
        windows,
        dates,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (window, date, part) => {
          const opening = nextOpening(window, date);
          expect(inWindow(window, opening)).toBe(true);
          const wait = opening.getTime() - date.getTime();
          expect(wait).toBeGreaterThanOrEqual(0);
          if (wait === 0) return;
          expect(inWindow(window, new Date(opening.getTime() - 1))).toBe(false);
          expect(inWindow(window, new Date(date.getTime() + Math.floor(part * wait)))).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
