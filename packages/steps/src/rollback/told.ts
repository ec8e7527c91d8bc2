import type { Recorder } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import { rowsOf } from '@release-runbook/units/count';
import { formatDuration } from '@release-runbook/units/duration';
import type { StepContext } from '../context.ts';
import type { DatabaseWay } from './database.ts';

/** The whole chain in words, before anything is undone: what, in which order, and what it costs. */
export function describeChain(ctx: StepContext, target: ReleaseState, ways: readonly DatabaseWay[]): readonly string[] {
  const { opened, items } = target;
  const begun = items.filter((item) => item.intends.undo !== null && item.state !== 'undone').map(({ item }) => item);
  return [
    `Rollback of ${opened.version} (${target.release}) to ${opened.previous ?? 'nothing: it was the first release'}`,
    `  to undo, in this order: ${inOrder(begun).join(', ') || 'nothing'}`,
    ...ways.map((way) => `  database ${way.database.name}: ${HOW[way.action]} (${way.why})${costOf(way)}`),
    `  rows written since: ${ctx.runbook.rollback['rows-written-since'] ?? 'ask'}`,
  ];
}

const HOW: Readonly<Record<DatabaseWay['action'], string>> = {
  nothing: 'stays',
  down: 'down script',
  restore: 'restore',
};

function costOf({ action, written }: DatabaseWay): string {
  const rows = rowsOf(written);
  if (rows !== '' && action !== 'nothing') return `; ${rows} written since its backup would leave it (exported first)`;
  return action === 'restore' ? '; no row was written since its backup' : '';
}

function inOrder(items: readonly string[]): readonly string[] {
  const order = ['traffic', 'restart', 'deploy', 'migrate', 'resume', 'stop-writes'];
  const rank = (item: string) => order.findIndex((kind) => item.startsWith(kind));
  return items.toReversed().sort((a, b) => rank(a) - rank(b));
}

/** What it came to, in one line: how long, against its budget, and what it cost. */
export function summary(
  ctx: StepContext,
  recorder: Recorder,
  ms: { total: number; execute: number; verify: number },
  left: { remaining: readonly string[]; exported: Readonly<Record<string, number>>; accepted: readonly string[] },
): string {
  const { opened } = recorder.state();
  const budget = ctx.runbook.rollback.budget;
  const against = (spent: number, allowed: number | undefined) =>
    allowed === undefined ? formatDuration(spent) : `${formatDuration(spent)} of ${formatDuration(allowed)}`;
  const exported = rowsOf(left.exported);
  return [
    `${opened.previous ?? 'nothing'} serves again after ${formatDuration(ms.total)} (undone in ${against(ms.execute, budget?.execute)}, verified in ${against(ms.verify, budget?.verify)})`,
    exported === '' ? 'no row lost' : `exported: ${exported}`,
    ...left.remaining.map((text) => `not undone: ${text}`),
    ...left.accepted.map((text) => `accepted: ${text}`),
  ].join('; ');
}
