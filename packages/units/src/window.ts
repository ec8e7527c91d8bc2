import { UnitError } from './error.ts';
import { nearest } from './nearest.ts';
import { got, quote, skipSpace, unexpected } from './quantity.ts';
import { checkZone, wallClock, zoneOffset } from './zone.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** A time of day, by the wall clock of a zone, on some or all days. */
export interface Window {
  /** The days on which it opens, from Monday on; all seven when none were written. */
  days: readonly Weekday[];
  /** Minutes after midnight. */
  from: number;
  /** Minutes after midnight, not included; at most 1440. When below `from`, the window closes on the next day. */
  to: number;
  /** IANA name, such as Asia/Shanghai. */
  zone: string;
  /** As it was written. */
  text: string;
}

const expected = 'a window such as "02:00-12:00 Asia/Shanghai" or "Mon-Fri 21:30-02:00 Asia/Shanghai"';

/**
 * Reads "02:00-12:00 Asia/Shanghai", with days before it if it does not open on each: "Mon-Fri", "Mon,Wed,Sat-Sun".
 * A window that passes midnight belongs to the day on which it opens.
 * @throws UnitError
 */
export function parseWindow(text: string): Window {
  let at = skipSpace(text, 0);
  let days: readonly Weekday[] = weekdays;
  if (/[A-Za-z]/.test(text.charAt(at))) {
    const word = wordAt(text, at);
    days = parseDays(word, at);
    at = skipSpace(text, at + word.length);
  }
  const times = /^(\d{1,2}:\d\d)(\s*-\s*)(\d{1,2}:\d\d)(?=\s|$)/.exec(text.slice(at, at + 64));
  if (times === null) throw unexpected(expected, got(text, at), { offset: at });
  const [whole, first = '', dash = '', second = ''] = times;
  const from = parseTime(first, at, 1439);
  const to = parseTime(second, at + first.length + dash.length, 1440);
  if (from === to) {
    throw unexpected('a window that ends after it begins (00:00-24:00 is the whole day)', quote(whole), { offset: at });
  }
  at = skipSpace(text, at + whole.length);
  const zone = wordAt(text, at);
  if (zone === '') throw unexpected(expected, `${quote(text.trim())} without a time zone`, { offset: text.length });
  checkZone(zone, at);
  const end = skipSpace(text, at + zone.length);
  if (end < text.length) throw unexpected(expected, `${got(text, end)} behind it`, { offset: end });
  return { days, from, to, zone, text: text.trim() };
}

function wordAt(text: string, at: number): string {
  return /^\S*/.exec(text.slice(at, at + 256))?.[0] ?? '';
}

function parseTime(text: string, at: number, most: number): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  const total = hours * 60 + minutes;
  if (minutes > 59 || total > most) {
    throw unexpected(`a time from 00:00 to ${most === 1440 ? '24:00' : '23:59'}`, quote(text), { offset: at });
  }
  return total;
}

function parseDays(text: string, at: number): readonly Weekday[] {
  const found = new Set<Weekday>();
  let offset = at;
  for (const range of text.split(',')) {
    const [first = '', last = first, ...more] = range.split('-');
    if (more.length > 0) throw unexpected('days such as Mon-Fri', quote(range), { offset });
    const end = indexOfDay(last, offset + range.length - last.length);
    for (let index = indexOfDay(first, offset); ; index = (index + 1) % 7) {
      found.add(weekdays[index] ?? 'Mon');
      if (index === end) break;
    }
    offset += range.length + 1;
  }
  return weekdays.filter((day) => found.has(day));
}

function indexOfDay(text: string, offset: number): number {
  const index = (weekdays as readonly string[]).indexOf(text);
  if (index >= 0) return index;
  const full = weekdays.find((day) => text.slice(0, 3).toLowerCase() === day.toLowerCase());
  throw new UnitError(`expected a day (${weekdays.join(', ')}), got ${quote(text)}`, {
    offset,
    expected: 'a day such as Mon',
    nearest: full ?? nearest(text, weekdays),
  });
}

/** Whether the window is open at `date`; its first minute is in it, the minute at which it ends is not. */
export function inWindow(window: Window, date: Date): boolean {
  const wall = wallClock(window.zone, date.getTime());
  const minutes = Math.floor((wall - Math.floor(wall / dayMs) * dayMs) / minuteMs);
  if (window.from < window.to) return opensOn(window, wall) && minutes >= window.from && minutes < window.to;
  return (minutes >= window.from && opensOn(window, wall)) || (minutes < window.to && opensOn(window, wall - dayMs));
}

function opensOn(window: Window, wall: number): boolean {
  const day = weekdays[(new Date(wall).getUTCDay() + 6) % 7];
  return day !== undefined && window.days.includes(day);
}

/** The first instant at or after `date` at which the window is open: `date` itself while it is. */
export function nextOpening(window: Window, date: Date): Date {
  if (inWindow(window, date)) return date;
  const now = date.getTime();
  const wall = wallClock(window.zone, now);
  const today = Math.floor(wall / dayMs) * dayMs;
  let first = Number.POSITIVE_INFINITY;
  // Two weeks: a window of one day a week may fall into the hour that summer time leaves out.
  for (let day = -1; day <= 15; day++) {
    for (const instant of openings(window.zone, today + day * dayMs + window.from * minuteMs)) {
      if (instant > now && instant < first && inWindow(window, new Date(instant))) first = instant;
    }
  }
  return new Date(first);
}

/**
 * The instants at which the wall shows `wall` (none, one, or two where clocks are set back), and the one at which
 * clocks are changed near it, since that too can open a window.
 */
function openings(zone: string, wall: number): number[] {
  const before = zoneOffset(zone, wall - dayMs);
  const after = zoneOffset(zone, wall + dayMs);
  if (before === after) return [wall - before];
  let low = wall - dayMs;
  let high = wall + dayMs;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (zoneOffset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return [wall - before, high, wall - after];
}

/** The window in one canonical form, which parseWindow reads back as the same. */
export function formatWindow(window: Window): string {
  const times = `${clock(window.from)}-${clock(window.to)} ${window.zone}`;
  return window.days.length === 7 ? times : `${formatDays(window.days)} ${times}`;
}

function formatDays(days: readonly Weekday[]): string {
  const runs: Weekday[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && weekdays.indexOf(last) + 1 === weekdays.indexOf(day)) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => (run.length < 3 ? run.join(',') : `${run[0]}-${run.at(-1)}`)).join(',');
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
