import { posix } from 'node:path';
import type { Plan, PlanStop } from '@release-runbook/record/plan';
import { type ReleaseState, waitsInRollback } from '@release-runbook/record/state';
import { formatWindow, inWindow, nextOpening } from '@release-runbook/units/window';
import { formatInZone } from '@release-runbook/units/zone';
import type { StepContext } from './context.ts';
import type { Environment } from './environment.ts';
import { describeHolder } from './lock.ts';
import { planDigest } from './plan-digest.ts';
import { openSource } from './source.ts';

/** Whether the window is open now, and when it opens next, by the clock of its own zone. */
export function windowNow(ctx: Pick<StepContext, 'runbook' | 'clock'>): NonNullable<Plan['window']> | undefined {
  const { window } = ctx.runbook;
  if (window === undefined) return undefined;
  const now = ctx.clock.now();
  const open = inWindow(window, now);
  return {
    text: formatWindow(window),
    open,
    opens: open ? undefined : formatInZone(window.zone, nextOpening(window, now)),
  };
}

/** Everything that is known already to stop a release of `ctx.version` now, before anything is changed. */
export async function releaseStops(ctx: StepContext, environment: Environment): Promise<readonly PlanStop[]> {
  const { current, open } = environment;
  const previous = current?.opened.version ?? ctx.runbook.previous ?? null;
  const { commit } = await planDigest(ctx, previous);
  if (open === undefined && current?.opened.version === ctx.version && current.opened.commit === commit)
    return [served(current)];
  return [
    ...(previous === null && ctx.first !== true ? [noPrevious(ctx)] : []),
    ...outsideWindow(ctx, environment),
    ...locked(ctx, environment),
    ...(await underWay(ctx, environment)),
    ...(await missingFiles(ctx)),
  ];
}

function served({ release, opened }: ReleaseState): PlanStop {
  return {
    name: 'version',
    decision: 'proceed',
    reason: 'already-done',
    text: `${opened.version} serves already (release ${release})`,
    next: 'nothing is left to do; a change needs a version of its own',
  };
}

function noPrevious(ctx: StepContext): PlanStop {
  return {
    name: 'previous version',
    decision: 'refuse',
    reason: 'no-previous-version',
    text: `no earlier release of ${ctx.runbook.system} is recorded for ${ctx.runbook.environment}: there is nothing to come back to`,
    next: 'name the version that runs now in the runbook (`previous: v1.0.0`), or pass --first (input `first: true`) for a system that was never released',
  };
}

function outsideWindow(ctx: StepContext, { open }: Environment): readonly PlanStop[] {
  const window = windowNow(ctx);
  // What was begun inside of the window goes on.
  if (window === undefined || window.open || (open !== undefined && isOwn(ctx, open))) return [];
  return [
    {
      name: 'window',
      decision: 'refuse',
      reason: 'outside-window',
      text: `outside ${window.text}; it opens at ${window.opens}`,
      next: 'wait for the window, or change it in the runbook',
    },
  ];
}

function locked(ctx: StepContext, { lock: { holder }, open }: Environment): readonly PlanStop[] {
  const own =
    holder === undefined || holder.nonce === ctx.holder.nonce || (ctx.run !== null && holder.run === ctx.run.id);
  if (own || (open !== undefined && isOwn(ctx, open))) return [];
  return [
    {
      name: 'lock',
      decision: 'refuse',
      reason: 'locked',
      text: `the environment is held by ${describeHolder(holder)}`,
      next: 'wait for it, or see `runbook status`; when you know that it is dead: `runbook unlock`',
    },
  ];
}

/** Another release is under way, or the rollback of the one that serves waits for a decision. */
async function underWay(ctx: StepContext, { current, open }: Environment): Promise<readonly PlanStop[]> {
  const release = open ?? (current !== undefined && waitsInRollback(current) ? current : undefined);
  if (release === undefined) return [];
  const stop = { name: 'open release', decision: 'refuse' } as const;
  if (waitsInRollback(release)) return [{ ...stop, reason: 'locked', ...heldRollback(release) }];
  if (!isOwn(ctx, release))
    return [
      {
        ...stop,
        reason: 'locked',
        text: `release ${release.release} (${release.opened.version}) is under way (${release.status})`,
        next: `wait for it, or bring it back: runbook rollback --release ${release.release}`,
      },
    ];
  // In a job the release says so, whose rollback then brings it back.
  if (ctx.run !== null || (await samePlan(ctx, release))) return [];
  return [{ ...stop, reason: 'plan-changed', ...planChanged(release) }];
}

/** A release that this one goes on with: of the same run, or in a terminal of the same version. */
export function isOwn(ctx: Pick<StepContext, 'run' | 'release' | 'version'>, release: ReleaseState): boolean {
  if (release.status !== 'open' && release.status !== 'held') return false;
  if (release.events.some(({ event }) => event === 'undoing') || waitsInRollback(release)) return false;
  if (ctx.release !== undefined) return ctx.release === release.release;
  return ctx.run === null ? release.opened.version === ctx.version : release.opened.run?.id === ctx.run.id;
}

/** Why no other release may begin while a rollback waits: its decision is about the data that the next one would build on. */
export function heldRollback({ release, opened }: ReleaseState): { text: string; next: string } {
  return {
    text: `the rollback of ${opened.version} (release ${release}) waits for a decision about rows written since the backup`,
    next: `decide it first: runbook rollback --release ${release} --accept-loss restores the database (rows written since are exported first); runbook rollback --release ${release} --keep-rows leaves the database as it is`,
  };
}

/** A release goes on with the plan that it was opened with, or not at all: its undo is that of the recorded runbook. */
export async function samePlan(ctx: StepContext, own: ReleaseState): Promise<boolean> {
  return (await planDigest(ctx, own.opened.previous)).digest === own.opened.digest;
}

export function planChanged({ release }: ReleaseState): { text: string; next: string } {
  return {
    text: `release ${release} was opened with another plan: the tag or the runbook has changed since; nothing more is done`,
    next: `bring it back: runbook rollback --release ${release}`,
  };
}

/** Found here, and not after the backup with the services stopped. */
async function missingFiles(ctx: StepContext): Promise<readonly PlanStop[]> {
  const source = openSource(ctx.runbook);
  const stops: PlanStop[] = [];
  const miss = (database: string, text: string) =>
    stops.push({
      name: `files of ${database}`,
      decision: 'refuse',
      reason: 'not-ready',
      text,
      next: `see \`migrate: ${database}\` in the runbook, and what ${ctx.version} holds`,
    });
  for (const [database, spec] of Object.entries(ctx.runbook.migrate)) {
    for (const path of spec.send ?? [])
      if ((await source.files(ctx.version, path)).length === 0)
        miss(database, `${path}, which the migration of ${database} needs, is not in ${ctx.version}`);
    if (!('files' in spec)) continue;
    const folder = posix.normalize(spec.files).replace(/\/$/, '');
    const found = await source.files(ctx.version, spec.files);
    if (!found.some((name) => name.endsWith('.sql') && posix.dirname(name) === folder))
      miss(
        database,
        `${spec.files} holds no .sql files in ${ctx.version}${found.length === 0 ? ': it is not there' : ''}`,
      );
  }
  return stops;
}
