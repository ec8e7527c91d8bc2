import type { WayBack } from '@release-runbook/record/way-back';
import { formatDuration } from '@release-runbook/units/duration';
import { type Locale, type Messages, messages } from './messages.ts';

/** The one line that is shown everywhere: can we go back now, how, in how many seconds, and what would be lost. Plain text. */
export function wayBackLine(wayBack: WayBack, locale: Locale): string {
  const m = messages(locale);
  const w = m.wayBack;
  const separator = locale === 'zh-CN' ? '，' : ', ';
  const colon = locale === 'zh-CN' ? '：' : ': ';
  const obstacles = wayBack.obstacles.length === 0 ? [] : [w.obstacles(wayBack.obstacles.join('; '))];
  const told = (parts: readonly string[]) => `${w.label}${colon}${parts.join(separator)}`;
  if (!wayBack.possible) return told([w.no, ...obstacles]);
  if (wayBack.how === 'nothing') return told([w.nothing(wayBack.to), ...obstacles]);
  const time = w.time(wayBack.seconds === undefined ? undefined : formatDuration(wayBack.seconds * 1000));
  const joined = locale === 'zh-CN' || wayBack.seconds === undefined ? separator : ' ';
  const how = `${w.how[wayBack.how]}${w.to(wayBack.to)}`;
  return told([w.yes, `${how}${joined}${time}`, losses(wayBack, m), ...obstacles]);
}

function losses(wayBack: WayBack, m: Messages): string {
  if (wayBack.lost === undefined) return m.wayBack.notKnown;
  const text = rowsByTable(wayBack.lost, m);
  return text === '' ? m.wayBack.nothingLost : m.wayBack.lost(text);
}

/** "12 rows of orders, 1 row of users"; empty when there is none. */
export function rowsByTable(rows: Readonly<Record<string, number>>, m: Messages): string {
  return Object.entries(rows)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => m.rows(count, table))
    .join(m.and);
}
