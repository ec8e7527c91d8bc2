import type { ProgressLine } from '@release-runbook/steps/platform';
import { formatDuration } from '@release-runbook/units/duration';
import { formatSize } from '@release-runbook/units/size';
import type { CliMessages } from './messages.ts';

/** The rate is taken over the last of these, so that a stall shows within seconds and a burst does not lie for long. */
const windowMs = 10_000;

interface Sample {
  readonly at: number;
  readonly done: number;
}

/** How fast a long work goes, from what it reported so far. One for each `what`. */
export interface Pace {
  /** Takes a report at a time (ms); returns units a second, undefined while that cannot be told. */
  rate(at: number, done: number): number | undefined;
}

export function pace(): Pace {
  let samples: Sample[] = [];
  return {
    rate(at, done) {
      const last = samples.at(-1);
      // Less than before: it was begun again.
      if (last !== undefined && done < last.done) samples = [];
      samples.push({ at, done });
      while (samples.length > 2 && at - (samples[1]?.at ?? at) >= windowMs) samples.shift();
      const [first] = samples;
      if (first === undefined || at - first.at < 500) return undefined;
      return ((done - first.done) * 1000) / (at - first.at);
    },
  };
}

/** "main  120 MB of 2.1 GB (6 %), 85 MB/s, 23 s left" */
export function progressText(
  { what, done, total, unit }: ProgressLine,
  rate: number | undefined,
  m: CliMessages,
): string {
  const amount = (value: number): string => {
    if (unit === 'bytes') return formatSize(value);
    if (unit === 'ms') return formatDuration(value);
    return String(Math.round(value));
  };
  const name = unit === 'rows' || unit === 'checks' ? ` ${(total ?? done) === 1 ? unit.slice(0, -1) : unit}` : '';
  const share =
    total === undefined || total <= 0 || unit === 'checks'
      ? ''
      : ` (${Math.min(100, Math.floor((done / total) * 100))} %)`;
  const parts = [`${total === undefined ? amount(done) : m.of(amount(done), amount(total))}${name}${share}`];
  if (rate !== undefined && (unit === 'bytes' || unit === 'rows'))
    parts.push(`${amount(rate)}${unit === 'rows' ? ' rows' : ''}/s`);
  if (total !== undefined && done < total) {
    if (unit === 'ms') parts.push(m.left(formatDuration(total - done)));
    else if (rate !== undefined && rate > 0 && unit !== 'checks')
      parts.push(m.left(formatDuration(((total - done) / rate) * 1000)));
  }
  return `${what}  ${parts.join(', ')}`;
}
