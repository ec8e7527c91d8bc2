import { type Item, type ReleaseState, waitsInRollback } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import type { MigrationSpec } from '@release-runbook/runbook/schema/migrate';
import type { StepContext } from './context.ts';

/**
 * The way back from a release as it stands now. Pure over the record: the same everywhere it is shown. Rows that a restore
 * would lose are not counted here (that asks the database); rollback and its dry run count them.
 */
export function wayBackOf(ctx: Pick<StepContext, 'runbook'>, state: ReleaseState): WayBack {
  const { runbook } = ctx;
  const to = state.opened.previous;
  const begun = state.items.filter((item) => item.intends.undo !== null && item.state !== 'undone');
  if (begun.length === 0) return { possible: true, how: 'nothing', seconds: 0, lost: {}, obstacles: [], to };
  const obstacles = to === null ? ['this is the first release: there is no version to come back to'] : [];
  for (const item of runbook.deploy)
    if (
      'run' in item &&
      typeof item.undo === 'object' &&
      'none' in item.undo &&
      begun.some((done) => done.item === `deploy:${item.name}`)
    )
      obstacles.push(item.undo.none);
  // A rollback that waits has code and traffic back; what is left to do is the restore, and it costs what people are asked about.
  const restores =
    waitsInRollback(state) ||
    begun.some(({ item }) => item.startsWith('migrate:') && undoesByRestore(ctx, item.slice('migrate:'.length)));
  const ms = forecastMs(ctx, state, begun);
  const migrated = begun.flatMap(({ item }) => (item.startsWith('migrate:') ? [item.slice('migrate:'.length)] : []));
  return {
    possible: obstacles.length === 0,
    how: restores ? 'restore' : state.opened.tracks !== null ? 'traffic' : 'code',
    seconds: ms === undefined ? undefined : ms / 1000,
    lost: restores ? undefined : {},
    obstacles: [...obstacles, ...untried(ctx, to, migrated)],
    to,
  };
}

/**
 * How long going back takes, from what this release measured of the same work done forward: a shift of traffic, a start until
 * healthy, an item of code, the down script of the rehearsal, and for a restore the backup with its verification. Undefined
 * when something of it was never measured.
 */
function forecastMs(
  ctx: Pick<StepContext, 'runbook'>,
  state: ReleaseState,
  begun: readonly Item[],
): number | undefined {
  const slotted = state.opened.tracks !== null;
  const took = (name: string) => state.items.find(({ item }) => item === name)?.did?.ms;
  const measured = (name: string) => state.measured.findLast(({ item }) => item === name)?.value ?? undefined;
  const times = begun.map(({ item, did }): number | undefined => {
    const [kind, name = ''] = item.split(/:(.*)/s);
    if (kind === 'migrate') {
      if (ctx.runbook.migrate[name]?.undo === 'keep') return 0;
      if (!undoesByRestore(ctx, name)) return measured(`undo:${name}`);
      // Kept warm, a restore looks at the copy and swaps names; else it is what the backup with its proof was, the other way.
      const checkMs = state.items.find((one) => one.item === `warm:${name}`)?.did?.data?.checkMs;
      return typeof checkMs === 'number' ? checkMs : took(`backup:${name}`);
    }
    // Beside a stable slot that still runs, stopping the new version keeps nobody waiting.
    if (kind === 'restart' && slotted) return 0;
    if (kind === 'stop-writes') return 0;
    return did?.ms ?? 0;
  });
  // One shift brings all traffic back, whatever the number of weights was.
  const shifts = begun.flatMap(({ item, did }) => (item.startsWith('traffic') ? [did?.ms ?? 0] : []));
  if (times.includes(undefined)) return undefined;
  const all = times.reduce<number>((sum, time) => sum + (time ?? 0), 0);
  return all - shifts.reduce((sum, time) => sum + time, 0) + Math.max(0, ...shifts);
}

export function undoesByRestore(ctx: Pick<StepContext, 'runbook'>, database: string): boolean {
  const undo = ctx.runbook.migrate[database]?.undo;
  return typeof undo === 'object' && !Array.isArray(undo) && 'restore' in undo;
}

/** Why the runbook says that the old version cannot be tried on the new schema; undefined: it says nothing of that. */
export function untriedReason(spec: Pick<MigrationSpec, 'old-version'> | undefined): string | undefined {
  const old = spec?.['old-version'];
  return typeof old === 'object' ? old.untried : undefined;
}

/** What nobody has seen, and the way back rests on: a schema that stays, and an old version that was not tried on it. */
export function untried(
  { runbook }: Pick<StepContext, 'runbook'>,
  previous: string | null,
  databases: readonly string[],
): readonly string[] {
  if (previous === null) return [];
  return databases.flatMap((name) => {
    const spec = runbook.migrate[name];
    const why = spec?.undo === 'keep' ? untriedReason(spec) : undefined;
    return why === undefined ? [] : [`that ${previous} works on the new schema of ${name} is not tried: ${why}`];
  });
}
