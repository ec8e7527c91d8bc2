import type { ReleaseState } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import type { StepContext } from './context.ts';

/** Forecast of what going back takes, by what has been done and what was measured. */
const SECONDS = { traffic: 3, service: 4, restore: 5 };

/**
 * The way back from a release as it stands now. Pure over the record: the same everywhere it is shown. Rows that a restore
 * would lose are not counted here (that asks the database); rollback and its dry run count them.
 */
export function wayBackOf(ctx: Pick<StepContext, 'runbook'>, state: ReleaseState): WayBack {
  const { runbook } = ctx;
  const to = state.opened.previous;
  const begun = state.items.filter((item) => item.intends.undo !== null && item.state !== 'undone');
  const obstacles = runbook.deploy
    .filter((item) => 'run' in item && typeof item.undo === 'object' && !Array.isArray(item.undo) && begun.some((done) => done.item === `deploy:${item.name}`))
    .map((item) => ('undo' in item && typeof item.undo === 'object' && 'none' in item.undo ? item.undo.none : ''));
  if (begun.length === 0) return { possible: true, how: 'nothing', seconds: 0, lost: {}, obstacles: [], to };
  const restores = begun.filter(({ item }) => item.startsWith('migrate:') && undoesByRestore(ctx, item.slice('migrate:'.length)));
  const slotted = state.opened.tracks !== null;
  const how = restores.length > 0 ? 'restore' : slotted ? 'traffic' : 'code';
  const measured = state.measured.filter(({ item }) => item.startsWith('undo:')).reduce((sum, { value }) => sum + (value ?? 0), 0) / 1000;
  const seconds = SECONDS.traffic + (slotted ? 0 : SECONDS.service) + restores.length * SECONDS.restore + measured;
  return {
    possible: to !== null && obstacles.length === 0,
    how,
    seconds,
    lost: restores.length > 0 ? undefined : {},
    obstacles: to === null ? ['this is the first release: there is no version to come back to', ...obstacles] : obstacles,
    to,
  };
}

export function undoesByRestore(ctx: Pick<StepContext, 'runbook'>, database: string): boolean {
  const undo = ctx.runbook.migrate[database]?.undo;
  return typeof undo === 'object' && !Array.isArray(undo) && 'restore' in undo;
}
