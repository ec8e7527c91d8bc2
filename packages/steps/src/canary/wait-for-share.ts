import { observedShare } from '@release-runbook/traffic/shift';
import type { Router } from '@release-runbook/traffic/types';
import { counted } from '@release-runbook/units/count';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { formatPercent } from '@release-runbook/units/percent';
import { type Gate, type Held, lookAtTriggers, nowMs } from './gate.ts';
import { Harm } from './harm.ts';
import { interruptible } from './interruptible.ts';
import { judgeShare, requestsNeeded } from './share.ts';

export type Counts = Readonly<Record<string, number>>;

/** The share is as it should be, or the router cannot tell. */
export interface Divided {
  readonly passed: true;
  /** The reading that showed it: requests are counted on from there. */
  readonly counts: Counts | undefined;
}

/** A canary that gets more than it should is harm; twice in a row is no accident of one look. */
const TOO_MUCH = 2;
/** The first pause between looks; each is twice the one before, up to the gate's. */
const FIRST_PAUSE_MS = 50;

/**
 * Waits until the users' requests are divided as the router was told, before the weight's clock starts. A router that cannot
 * tell is taken at its word, and the record says so. No requests within the time: a hold, never a pass.
 */
export async function waitForShare(gate: Gate, weight: number): Promise<Held | Divided> {
  const { ctx, recorder, traffic } = gate;
  const item = `canary:${weight}%:share`;
  const began = nowMs(gate);
  let from = await counts(gate, traffic.router);
  if (from === undefined) {
    await recorder.write({
      event: 'noted',
      step: 'canary',
      text: `${weight}%: the router cannot tell requests by slot, so the observed share was not compared`,
    });
    return { passed: true, counts: undefined };
  }
  let tooMuch = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let last = 'no request came';
  for (;;) {
    await lookAtTriggers(gate, weight);
    const to: Counts | undefined | RunbookError = await counts(gate, traffic.router);
    if (to instanceof RunbookError || to === undefined)
      last = to === undefined ? 'the router no longer tells requests' : to.message;
    else if (from instanceof RunbookError) from = to;
    else {
      const observed = observedShare(from, to);
      const verdict = judgeShare(observed, traffic.tracks.canary, weight);
      const share = observed?.share[traffic.tracks.canary] ?? 0;
      if (observed !== undefined)
        last = `${formatPercent(share)} of ${counted(observed.requests, 'request')} came to the canary, wanted ${weight}%`;
      if (verdict === 'as-wanted') {
        await recorder.write({
          event: 'measured',
          step: 'canary',
          item,
          value: share,
          unit: 'percent',
          data: { requests: observed?.requests ?? 0, wanted: weight },
        });
        ctx.platform.log(`${weight}%: ${last}`);
        return { passed: true, counts: to };
      }
      if (verdict === 'too-much') {
        tooMuch++;
        if (tooMuch >= TOO_MUCH) {
          const finding = {
            event: 'judged',
            step: 'canary',
            item,
            verdict: 'fail',
            text: `at ${weight}%: ${last}: the router sends more than it was told`,
          } as const;
          throw new Harm('expectation-failed', finding, { weight, share });
        }
      }
      // A wrong share is looked at anew from here, after the whole pause (connections of before may have lived on); what is
      // too little grows on.
      const wrong = verdict === 'too-much' || verdict === 'too-little';
      if (wrong) pauseMs = gate.tickMs;
      if (wrong || wentBack(from, to)) from = to;
    }
    const waitedMs = nowMs(gate) - began;
    if (waitedMs >= gate.holdForMs) {
      const text = `${weight}%: ${last} in ${formatDuration(waitedMs)} (at least ${requestsNeeded(weight)} are needed for a verdict on the share)`;
      return { passed: false, reason: 'not-enough-data', text };
    }
    ctx.platform.progress({
      what: `${weight}% on ${traffic.tracks.canary}, waiting for requests: ${last}`,
      done: waitedMs,
      total: gate.holdForMs,
      unit: 'ms',
    });
    await ctx.clock.sleep(Math.min(pauseMs, gate.tickMs, gate.holdForMs - waitedMs), ctx.platform.signal);
    pauseMs *= 2;
  }
}

/** A router that was restarted counts from the beginning. */
function wentBack(from: Counts, to: Counts): boolean {
  return Object.entries(to).some(([slot, count]) => count < (from[slot] ?? 0));
}

/** Requests by slot now. Undefined: the router cannot tell; an error: it could not be asked this time. */
export async function counts({ ctx }: Gate, router: Router): Promise<Counts | undefined | RunbookError> {
  try {
    return await interruptible(router.requests(), ctx.platform.signal);
  } catch (error) {
    if (error instanceof RunbookError) return error;
    throw error;
  }
}
