import type { Plan, PlannedFinding, PlannedItem } from '@release-runbook/record/plan';
import type { ReleaseState } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import { counted } from '@release-runbook/units/count';
import { formatPercent } from '@release-runbook/units/percent';
import type { StepContext } from './context.ts';
import { readEnvironment, tracksNow } from './environment.ts';
import { lintVersion } from './lint.ts';
import { planDigest } from './plan-digest.ts';
import { openSource } from './source.ts';
import { isOwn, releaseStops, windowNow } from './stops.ts';
import { undoesByRestore, untried, untriedReason } from './way-back.ts';

/** Everything that a release of `ctx.version` would do, in order, with the way back of each item. */
export async function planRelease(
  ctx: StepContext,
  rehearsed?: { schema: readonly string[]; findings: readonly PlannedFinding[]; wayBack?: Partial<WayBack> },
): Promise<Plan> {
  const environment = await readEnvironment(ctx);
  const previous = environment.current?.opened.version ?? ctx.runbook.previous ?? null;
  const { digest } = await planDigest(ctx, previous);
  const items = plannedItems(ctx, environment.releases, environment.current);
  const warnings: string[] = [];
  if (previous === null) warnings.push('This is the first release: there is no version to come back to.');
  const { open } = environment;
  // An action alone, whose record lives for its job, has no version before.
  if (ctx.root === undefined && previous !== null && environment.current === undefined)
    warnings.push(...(await unknownPrevious(ctx, previous)));
  return {
    system: ctx.runbook.system,
    environment: ctx.runbook.environment,
    version: ctx.version,
    previous,
    items,
    warnings,
    window: windowNow(ctx),
    stops: await releaseStops(ctx, environment),
    joins: open !== undefined && isOwn(ctx, open) ? open.release : undefined,
    wayBack: plannedWayBack(ctx, previous, items, rehearsed?.wayBack),
    schema: rehearsed?.schema,
    findings: rehearsed?.findings ?? (await lintVersion(ctx, ctx.version)),
    digest,
  };
}

/** Of the version that `previous:` names, git or the folder of versions may know nothing. */
export async function unknownPrevious(ctx: StepContext, previous: string): Promise<readonly string[]> {
  return (await openSource(ctx.runbook).identify(previous)) === undefined
    ? [`${previous}, which \`previous:\` names, is not known here: an undo that fetches it would fail`]
    : [];
}

function plannedItems(
  ctx: StepContext,
  releases: readonly ReleaseState[],
  current: ReleaseState | undefined,
): readonly PlannedItem[] {
  const { runbook } = ctx;
  const tracks = tracksNow(ctx, current);
  const items: PlannedItem[] = [];
  const add = (step: string, item: string, what: string, undo: string | null) =>
    items.push({ step, item, what, undo, forecastMs: lastTime(releases, item) });
  for (const service of runbook.stopWrites)
    add('backup', `stop-writes:${service}`, `stop ${service}, so that nothing is written`, `start ${service}`);
  for (const database of Object.keys(runbook.databases))
    add('backup', `backup:${database}`, `back up ${database}, and prove it by restoring it`, null);
  for (const [database, migration] of Object.entries(runbook.migrate)) {
    const what =
      'files' in migration
        ? `apply the files of ${migration.files} to ${database}`
        : `migrate ${database}: ${firstLine(migration.run)}`;
    const undo =
      migration.undo === 'keep'
        ? keepInWords(untriedReason(migration))
        : undoesByRestore(ctx, database)
          ? 'restore the backup'
          : 'the down script, which the rehearsal tries';
    add('migrate', `migrate:${database}`, `${what} (after a rehearsal on a restored backup)`, undo);
  }
  for (const item of runbook.deploy) {
    if ('restart' in item) {
      const slotted = runbook.services[item.restart]?.slots !== undefined && tracks !== null;
      add(
        'deploy',
        `restart:${item.restart}`,
        slotted
          ? `start ${item.restart} in slot ${tracks.canary}, beside the old version in ${tracks.stable}`
          : `start the new ${item.restart} in place of the old one`,
        slotted ? `stop it in slot ${tracks.canary}` : `start the old ${item.restart}`,
      );
    } else {
      const undo =
        typeof item.undo === 'object' && !Array.isArray(item.undo)
          ? `cannot be undone: ${item.undo.none}`
          : firstLine(item.undo);
      add('deploy', `deploy:${item.name}`, `${item.name}: ${firstLine(item.run)}`, undo);
    }
  }
  if (runbook.smoke.length > 0)
    add('smoke', 'smoke', `${counted(runbook.smoke.length, 'check')} of the new version`, null);
  for (const weight of runbook.canary?.weights ?? [])
    add(
      'canary',
      `traffic:${formatPercent(weight)}`,
      `${formatPercent(weight)} of the requests to the new version`,
      'all requests to the old version',
    );
  return items;
}

/** How long the item took when it was last done, ms. */
function lastTime(releases: readonly ReleaseState[], item: string): number | undefined {
  for (const release of releases.toReversed()) {
    const known = release.items.find((candidate) => candidate.item === item)?.did?.ms;
    if (known !== undefined) return known;
  }
  return undefined;
}

function plannedWayBack(
  ctx: StepContext,
  previous: string | null,
  items: readonly PlannedItem[],
  rehearsed: Partial<WayBack> | undefined,
): WayBack {
  const restores = Object.keys(ctx.runbook.migrate).some((database) => undoesByRestore(ctx, database));
  const obstacles = items
    .filter(({ undo }) => undo?.startsWith('cannot be undone') === true)
    .map(({ what, undo }) => `${what}: ${undo}`);
  if (previous === null) obstacles.unshift('this is the first release: there is no version to come back to');
  return {
    possible: obstacles.length === 0,
    how: restores ? 'restore' : ctx.runbook.canary !== undefined ? 'traffic' : 'code',
    seconds: undefined,
    lost: restores ? undefined : {},
    obstacles: [...obstacles, ...untried(ctx, previous, Object.keys(ctx.runbook.migrate))],
    to: previous,
    ...rehearsed,
  };
}

function keepInWords(untriedWhy: string | undefined): string {
  return untriedWhy === undefined
    ? 'none: the old version must work on the new schema, which the rehearsal tries'
    : `none: the schema stays; that the old version works on it is not tried: ${untriedWhy}`;
}

function firstLine(run: string | readonly string[]): string {
  if (typeof run !== 'string') return run.join(' ');
  const lines = run.trim().split('\n');
  return lines.length > 1 ? `${lines[0]} … (${counted(lines.length, 'line')})` : (lines[0] ?? '');
}
