import type { NewEvent } from '@release-runbook/record/events';
import { fold } from '@release-runbook/record/fold';
import type { ReleaseState } from '@release-runbook/record/state';

export const opened: NewEvent = {
  event: 'opened',
  step: 'release',
  release: '20261121T021100Z-v1.1.0',
  system: 'shop',
  environment: 'production',
  version: 'v1.1.0',
  previous: 'v1.0.0',
  tracks: null,
  runbook: { system: 'shop', locale: 'en' },
  commit: 'c0ffee',
  digest: 'd'.repeat(64),
  tool: 'release-runbook 0.1.0',
  run: { id: '7', attempt: 1 },
} as NewEvent;

/** The state of a release with these events, one a second. */
export function record(...events: readonly NewEvent[]): ReleaseState {
  const start = Date.parse('2026-11-21T02:11:00.000Z');
  const lines = [opened, ...events].map((event, seq) =>
    JSON.stringify({ seq, at: new Date(start + seq * 1000).toISOString(), epoch: 1, ...event }),
  );
  return fold(`${lines.join('\n')}\n`, 'test');
}

export const intends = (step: 'backup' | 'migrate' | 'deploy' | 'canary', item: string): NewEvent => ({
  event: 'intends',
  step,
  item,
  undo: {},
});
export const did = (step: 'backup' | 'migrate' | 'deploy' | 'canary', item: string, ms = 1200): NewEvent => ({
  event: 'did',
  step,
  item,
  ms,
});

/** A release whose smoke checks failed and which was brought back. */
export const cameBack = (): ReleaseState =>
  record(
    intends('backup', 'backup:main'),
    did('backup', 'backup:main', 340),
    intends('migrate', 'migrate:main'),
    did('migrate', 'migrate:main', 2100),
    intends('deploy', 'restart:backend'),
    did('deploy', 'restart:backend', 4000),
    { event: 'measured', step: 'smoke', item: 'smoke:history list:p95', value: 412, unit: 'ms' },
    {
      event: 'judged',
      step: 'smoke',
      item: 'smoke:history list',
      verdict: 'fail',
      text: 'P95 412 ms, expected < 200 ms',
    },
    {
      event: 'judged',
      step: 'smoke',
      item: 'smoke',
      verdict: 'fail',
      text: 'history list: P95 412 ms, expected < 200 ms',
      decision: 'roll-back',
      reason: 'check-failed',
    },
    { event: 'undoing', step: 'rollback', item: 'restart:backend' },
    { event: 'undone', step: 'rollback', item: 'restart:backend', ms: 3100, how: 'v1.0.0 started again' },
    { event: 'undoing', step: 'rollback', item: 'migrate:main' },
    { event: 'undone', step: 'rollback', item: 'migrate:main', ms: 900, how: 'restored from the backup' },
    {
      event: 'rolled-back',
      step: 'rollback',
      ms: 5200,
      lost: {},
      exported: { orders: 3 },
      text: 'v1.0.0 serves again',
    },
  );
