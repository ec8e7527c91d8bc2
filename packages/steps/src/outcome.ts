import type { WayBack } from '@release-runbook/record/way-back';
import type { Decision, Reason, StepResult } from './decision.ts';

/** Ends a step from anywhere inside it with a decision. What is thrown otherwise is a mistake of the user, or a bug. */
export class Outcome extends Error {
  readonly decision: Decision;
  readonly reason: Reason;
  readonly next: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(
    decision: Decision,
    reason: Reason,
    text: string,
    more: { next?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(text, more.cause === undefined ? {} : { cause: more.cause });
    this.decision = decision;
    this.reason = reason;
    this.next = more.next;
    this.details = more.details ?? {};
  }
}

export function result(
  decision: Decision,
  reason: Reason,
  text: string,
  more: {
    release?: string | null;
    next?: string | undefined;
    wayBack?: WayBack | undefined;
    details?: Readonly<Record<string, unknown>>;
  } = {},
): StepResult {
  return {
    decision,
    reason,
    text,
    release: more.release ?? null,
    details: more.details ?? {},
    ...(more.next === undefined ? {} : { next: more.next }),
    ...(more.wayBack === undefined ? {} : { wayBack: more.wayBack }),
  };
}
