import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { triggerFinding } from '../triggers.ts';
import { concludeTriggers, type Gate, lookAtTriggers, nowMs, type WeightEnd } from './gate.ts';
import { Harm } from './harm.ts';
import { interruptible } from './interruptible.ts';
import { findingOf, type Requests, type Standing, type WeightMetrics } from './metrics.ts';
import { type Counts, counts, waitForShare } from './wait-for-share.ts';

/** The record's item for a weight that passed: a gate that is begun again goes on behind it. */
export function weightItem(weight: number): string {
  return `canary:${weight}%`;
}

/**
 * Watches the canary at one weight: the observed share first, then metrics and triggers for `each`. What has no verdict then is
 * watched on for `hold-for`.
 * @throws Harm when a metric failed or a trigger fired, Cancelled when the job is being cancelled
 */
export async function watchWeight(gate: Gate, weight: number): Promise<WeightEnd> {
  const { ctx, recorder, spec } = gate;
  const { signal } = ctx.platform;
  const divided = await waitForShare(gate, weight);
  if (!divided.passed) return divided;

  const start = nowMs(gate);
  const end = start + spec.each;
  const metrics = await interruptible(gate.metrics.at(weight, start), signal);
  for (;;) {
    await lookAtTriggers(gate, weight);
    const requests = await requestsSince(gate, divided.counts);
    if (metrics.dueAt() <= nowMs(gate)) {
      await recorder.write(...(await interruptible(metrics.measure(nowMs(gate), requests), signal)));
      await failIfWorse(gate, metrics, weight);
      ctx.platform.log(line(gate, weight, end, metrics));
    }
    const now = nowMs(gate);
    if (now >= end) {
      const open = openQuestions(metrics, requests, divided.counts !== undefined);
      if (open.length === 0) return await pass(gate, weight, metrics);
      if (now >= end + gate.holdForMs) {
        await recorder.write(...metrics.standings().map((standing) => findingOf(standing, weight)));
        return {
          passed: false,
          reason: 'no-verdict',
          text: `${weight}%: no verdict after ${formatDuration(now - start)}: ${open.join('; ')}`,
        };
      }
    }
    ctx.platform.progress({
      what: line(gate, weight, end, metrics),
      done: Math.min(now - start, spec.each),
      total: spec.each,
      unit: 'ms',
    });
    const nextMs = Math.min(now + gate.tickMs, metrics.dueAt(), now < end ? end : end + gate.holdForMs);
    await ctx.clock.sleep(Math.max(1, nextMs - now), signal);
  }
}

async function pass(gate: Gate, weight: number, metrics: WeightMetrics): Promise<WeightEnd> {
  const triggers = await concludeTriggers(gate, weight);
  const standings = metrics.standings();
  const text =
    standings.length === 0
      ? 'no metric is configured; no trigger fired'
      : standings.map(({ text: one }) => one).join('; ');
  await gate.recorder.write(
    ...standings.map((standing) => findingOf(standing, weight)),
    ...triggers.map((state) => triggerFinding(state, 'canary')),
    { event: 'judged', step: 'canary', item: weightItem(weight), verdict: 'pass', text },
  );
  gate.ctx.platform.log(`${weight}% passed: ${text}`);
  return { passed: true, text, triggers };
}

async function failIfWorse({ recorder }: Gate, metrics: WeightMetrics, weight: number): Promise<void> {
  const bad = metrics.standings().find(({ decides, phase }) => decides && (phase === 'failed' || phase === 'error'));
  if (bad === undefined) return;
  const finding = findingOf(bad, weight);
  throw new Harm(
    bad.phase === 'failed' ? 'canary-worse' : 'check-failed',
    { ...finding, text: `at ${weight}%: ${finding.text}` },
    {
      weight,
      metric: bad.spec.name,
      measurements: recorder
        .state()
        .measured.filter(({ item }) => item === finding.item)
        .map(({ value }) => value),
    },
  );
}

/** What still has no verdict, in words. */
function openQuestions(metrics: WeightMetrics, requests: Requests, routerTells: boolean): readonly string[] {
  const open = metrics.standings().filter(({ decides, phase }) => decides && phase !== 'successful');
  const texts = open.map(({ text }) => text);
  // What came before the share was right proves nothing about the time since.
  return routerTells && (requests.canary ?? 0) === 0 ? ['no request came to the canary', ...texts] : texts;
}

async function requestsSince(gate: Gate, from: Counts | undefined): Promise<Requests> {
  const none = { canary: undefined, stable: undefined };
  if (from === undefined) return none;
  const to = await counts(gate, gate.traffic.router);
  if (to === undefined || to instanceof RunbookError) return none;
  const { stable, canary } = gate.traffic.tracks;
  // A router that counts from the beginning again has at least so many.
  const grown = (slot: string) =>
    (to[slot] ?? 0) >= (from[slot] ?? 0) ? (to[slot] ?? 0) - (from[slot] ?? 0) : (to[slot] ?? 0);
  return { canary: grown(canary), stable: grown(stable) };
}

/** "25% on green, 12 min left: errors 0.4% (stable 0.2%), p95 120 ms". */
function line(gate: Gate, weight: number, end: number, metrics: WeightMetrics): string {
  const leftMs = end - nowMs(gate);
  const left = leftMs > 0 ? `${formatDuration(leftMs)} left` : 'waiting for a verdict';
  const values = metrics.standings().map(({ short, decides }: Standing) => (decides ? short : `${short} (shown only)`));
  return `${weight}% on ${gate.traffic.tracks.canary}, ${left}${values.length === 0 ? '' : `: ${values.join(', ')}`}`;
}
