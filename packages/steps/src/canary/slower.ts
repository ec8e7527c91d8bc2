import { nameOf, runCheck } from '@release-runbook/checks/registry';
import type { CheckContext } from '@release-runbook/checks/types';
import type { Track } from '@release-runbook/metrics/types';
import type { CheckSpec } from '@release-runbook/runbook/schema/checks';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { formatPercent } from '@release-runbook/units/percent';
import { parseThreshold } from '@release-runbook/units/threshold';
import { checkContext } from '../check-context.ts';
import type { StepContext } from '../context.ts';
import type { OpenRelease } from '../open-release.ts';
import { mainPort, portOf, slotOf } from '../variables.ts';

type Http = Extract<CheckSpec, { http: unknown }>;

/** Percent by which the slowest of the smoke checks is slower; null when none could be compared. */
export interface Slower {
  readonly value: number | null;
  readonly text: string;
}

/** Some ms more or less are the machine's mood, whatever they are in percent. */
const LEAST_MS = 5;
const REQUESTS = 20;
const always = parseThreshold('>= 0 ms', 'duration');

/**
 * Measures the smoke checks on the canary as smoke measured them, against the times in the record of the release before; where it
 * has none, against the stable track now. Only requests that read: a check that writes is not repeated every few seconds.
 */
export function slowerThanBefore(
  ctx: StepContext,
  { recorder, previous }: Pick<OpenRelease, 'recorder' | 'previous'>,
): () => Promise<Slower> {
  const readable = ctx.runbook.smoke.filter((spec): spec is Http => 'http' in spec && readsOnly(spec));
  const timed = readable.filter(({ http }) => http.p95 !== undefined);
  const checks = timed.length > 0 ? timed : readable;
  const { opened, release } = recorder.state();
  const contexts = new Map<string, CheckContext>();

  const p95 = async (spec: Http, track: Track): Promise<number | undefined> => {
    const { service } = spec.http;
    const port =
      service === undefined
        ? mainPort(ctx, opened.tracks, track)
        : portOf(ctx, service, slotOf(ctx, service, opened.tracks, track));
    const context =
      contexts.get(`${track}:${port}`) ??
      (await checkContext(
        ctx,
        { version: opened.version, previous: opened.previous, release },
        { PORT: port, TRACK: track },
      ));
    contexts.set(`${track}:${port}`, context);
    const { max: _max, 'retry-for': _retry, ...http } = spec.http;
    const result = await runCheck({ http: { ...http, p95: always, requests: http.requests ?? REQUESTS } }, context);
    return result.verdict === 'pass'
      ? (result.measurements.find(({ name }) => name === 'p95')?.value ?? undefined)
      : undefined;
  };
  const before = async (spec: Http): Promise<{ ms: number | undefined; of: string }> => {
    const item = `smoke:${nameOf(spec)}:p95`;
    const known =
      previous?.measured.findLast((measured) => measured.item === item && measured.unit === 'ms')?.value ?? undefined;
    if (known !== undefined) return { ms: known, of: previous?.opened.version ?? 'before' };
    return opened.tracks === null || opened.previous === null
      ? { ms: undefined, of: '' }
      : { ms: await p95(spec, 'stable'), of: 'stable now' };
  };

  return async () => {
    if (checks.length === 0)
      throw new RunbookError(
        'slower-than-before cannot be observed: no smoke check is an HTTP request that only reads',
      );
    let worst: { value: number; text: string } | undefined;
    for (const spec of checks) {
      const then = await before(spec);
      const now = then.ms === undefined || then.ms <= 0 ? undefined : await p95(spec, 'canary');
      if (then.ms === undefined || now === undefined) continue;
      const value = Math.abs(now - then.ms) < LEAST_MS ? 0 : (now / then.ms - 1) * 100;
      const words =
        value === 0 ? 'no slower' : value > 0 ? `${formatPercent(value)} slower` : `${formatPercent(-value)} faster`;
      if (worst === undefined || value > worst.value)
        worst = {
          value,
          text: `${nameOf(spec)}: P95 ${formatDuration(now)}, ${then.of} ${formatDuration(then.ms)}: ${words}`,
        };
    }
    return worst ?? { value: null, text: 'no smoke check gave times to compare' };
  };
}

function readsOnly({ http }: Http): boolean {
  // `${name}` stands for something that an earlier check captured, perhaps by writing.
  return (
    (http.method === undefined || http.method === 'GET' || http.method === 'HEAD') &&
    http.json === undefined &&
    !/\$\{[a-z]/.test(JSON.stringify(http))
  );
}
