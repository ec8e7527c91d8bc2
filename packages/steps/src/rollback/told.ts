import type { Recorder } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import { rowsOf } from '@release-runbook/units/count';
import { formatDuration } from '@release-runbook/units/duration';
import type { StepContext } from '../context.ts';
import { wayBackOf } from '../way-back.ts';
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

/** A release that a dry run has looked at, with what would be done to its databases as things stand. */
export interface ToldTarget {
  readonly lines: readonly string[];
  readonly ways: readonly DatabaseWay[];
  readonly wayBack: WayBack;
}

/** @param keeps rows written since the backup keep their database as it is */
export function tellTarget(
  ctx: StepContext,
  target: ReleaseState,
  ways: readonly DatabaseWay[],
  keeps: boolean,
): ToldTarget {
  return {
    lines: describeChain(ctx, target, ways),
    ways: ways.filter(({ action, written }) => action !== 'nothing' && !(keeps && rowsOf(written) !== '')),
    wayBack: wayBackOf(ctx, target),
  };
}

/** Rows that would leave the databases, by table, as they were counted now. */
export function wouldLeave(told: readonly ToldTarget[]): Readonly<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const { written } of told.flatMap(({ ways }) => ways))
    for (const [table, count] of Object.entries(written)) rows[table] = (rows[table] ?? 0) + count;
  return rows;
}

/** The way back over all releases that would be undone: to where the last of them came from, at the cost that was counted. */
export function wayBackOver(told: readonly ToldTarget[]): WayBack {
  const all = told.map(({ wayBack }) => wayBack);
  const seconds = all.map((one) => one.seconds);
  return {
    possible: all.every(({ possible }) => possible),
    how: howOver(told),
    seconds: seconds.includes(undefined) ? undefined : seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    lost: wouldLeave(told),
    obstacles: all.flatMap(({ obstacles }) => obstacles),
    to: all.at(-1)?.to ?? null,
  };
}

function howOver(told: readonly ToldTarget[]): WayBack['how'] {
  if (told.some(({ ways }) => ways.some(({ action }) => action === 'restore'))) return 'restore';
  const hows = told.map(({ wayBack }) => wayBack.how).filter((how) => how !== 'nothing');
  if (hows.length === 0) return 'nothing';
  return hows.every((how) => how === 'traffic') ? 'traffic' : 'code';
}

/** The databases that restores replaced and kept, by name: each on its database's host. */
export function rescuesOf({ events }: ReleaseState): Readonly<Record<string, string>> {
  const kept = events.flatMap((event) =>
    event.event === 'undone' && typeof event.data?.rescue === 'string'
      ? [[event.item.slice(event.item.indexOf(':') + 1), event.data.rescue] as const]
      : [],
  );
  return Object.fromEntries(kept);
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
  const rescues = Object.entries(rescuesOf(recorder.state()));
  return [
    `${opened.previous ?? 'nothing'} serves again after ${formatDuration(ms.total)} (undone in ${against(ms.execute, budget?.execute)}, verified in ${against(ms.verify, budget?.verify)})`,
    exported === '' ? 'no row lost' : `exported: ${exported}`,
    ...rescues.map(
      ([name, path]) => `the ${name} that was replaced is kept as ${path} on ${ctx.databases[name]?.host.name}`,
    ),
    ...left.remaining.map((text) => `not undone: ${text}`),
    ...left.accepted.map((text) => `accepted: ${text}`),
  ].join('; ');
}
