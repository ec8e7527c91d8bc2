import type { WayBack } from '@release-runbook/record/way-back';

export type Decision = 'proceed' | 'hold' | 'refuse' | 'roll-back' | 'failed';

/** Why, for machines: a closed list. */
export const REASONS = {
  proceed: ['done', 'already-done', 'nothing-to-do', 'rolled-back', 'dry-run'],
  hold: ['no-verdict', 'not-enough-data', 'rows-written-since'],
  refuse: [
    'invalid-runbook',
    'invalid-input',
    'plan-changed',
    'locked',
    'outside-window',
    'not-ready',
    'unverified-backup',
    'rehearsal-failed',
    'unknown-version',
    'no-previous-version',
    'no-such-release',
    'unreachable',
    'no-space',
  ],
  'roll-back': [
    'step-failed',
    'expectation-failed',
    'check-failed',
    'trigger-fired',
    'canary-worse',
    'not-healthy',
    'cancelled',
    'timed-out',
  ],
  failed: ['undo-failed', 'live-changed', 'bug'],
} as const satisfies Record<Decision, readonly string[]>;

export type Reason = (typeof REASONS)[Decision][number];

/** What a step came to. The decision table (docs/decisions.md) says for each its exit code and what the rollback job does. */
export interface StepResult {
  readonly decision: Decision;
  readonly reason: Reason;
  /** One line: what, with its numbers. */
  readonly text: string;
  /** On anything but proceed: the state the system is in, and the command to run next. */
  readonly next?: string;
  readonly release: string | null;
  readonly wayBack?: WayBack | undefined;
  /** The step's own numbers; JSON. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Exit code in a job of a forge and in a terminal. */
export function exitCode(decision: Decision, where: 'forge' | 'terminal'): number {
  if (decision === 'proceed') return 0;
  if (decision === 'hold') return where === 'forge' ? 0 : 75;
  return decision === 'failed' ? 2 : 1;
}
