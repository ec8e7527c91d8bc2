import { nearest } from './nearest.ts';
import { quote, unexpected } from './quantity.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The clock of a zone's wall at an instant, as if it were UTC: ms since 1970, and the day of the week from it. */
export function wallClock(zone: string, instantMs: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instantMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** "2026-11-22 02:00 Asia/Shanghai": an instant as the wall of a zone shows it. */
export function formatInZone(zone: string, date: Date): string {
  return `${new Date(wallClock(zone, date.getTime())).toISOString().slice(0, 16).replace('T', ' ')} ${zone}`;
}

/** Wall clock minus UTC at an instant, in ms; instants are taken to the second. */
export function zoneOffset(zone: string, instantMs: number): number {
  const whole = Math.floor(instantMs / 1000) * 1000;
  return wallClock(zone, whole) - whole;
}

/** Checks the name of a zone; @throws UnitError with the nearest one. */
export function checkZone(name: string, offset: number): void {
  const expected = 'a time zone such as Asia/Shanghai or UTC';
  // Newer engines accept offsets, older ones do not; and an offset knows no summer time.
  if (/^[+-]/.test(name)) throw unexpected(expected, `the offset ${quote(name)}`, { offset });
  // A format costs some 12 ms of CPU when the first is made, the list one; the list leaves out other names of a zone.
  if (Intl.supportedValuesOf('timeZone').includes(name)) return;
  try {
    formatOf(name);
  } catch {
    throw unexpected(expected, quote(name), { offset, nearest: nearestZone(name) });
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** By the whole name, else by its city alone ("Shanghai", "China/Shanghai"). */
function nearestZone(name: string): string | undefined {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const whole = nearest(name, zones);
  if (whole !== undefined) return whole;
  const city = nearest(lastPart(name), zones.map(lastPart));
  return city === undefined ? undefined : zones.find((zone) => lastPart(zone) === city);
}

function lastPart(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1);
}
