import type { ReleaseState } from '@release-runbook/record/state';
import type { StepContext } from '../context.ts';
import { type Environment, served } from '../environment.ts';
import { Outcome } from '../outcome.ts';

export interface RollbackOptions {
  /** This release, by its id. */
  readonly release?: string | undefined;
  /** The release that a run opened: what a workflow's own rollback job undoes, and never another. */
  readonly ofRun?: string | undefined;
  /** A copy of the release's record to work from, where the record itself is gone or damaged. */
  readonly record?: string | undefined;
  /** The version wanted back; default: the one before the newest release. */
  readonly to?: string | undefined;
  readonly reason: string;
  /** A person accepts that rows written since the backup leave the live database (they are exported first). */
  readonly acceptLoss: boolean;
  /** A person has looked: code or configuration that is not as before stays as it is. */
  readonly acceptCode?: boolean | undefined;
  /** Overrides the runbook's `rows-written-since`. */
  readonly rowsWrittenSince?: 'ask' | 'keep' | undefined;
  readonly dryRun: boolean;
  /** A person says that whoever holds the lock is dead. */
  readonly force: boolean;
}

/** The releases to undo, newest first; empty with a reason when there is nothing to undo. */
export function chooseTargets(
  ctx: StepContext,
  environment: Environment,
  options: RollbackOptions,
): { targets: readonly ReleaseState[]; nothing: string } {
  const undoable = environment.releases.filter((release) => isUndoable(release));
  if (options.release !== undefined)
    return one(
      environment,
      undoable,
      environment.releases.find(({ release }) => release === options.release),
      options.release,
    );
  if (options.ofRun !== undefined) {
    const own = environment.releases.findLast(({ opened }) => opened.run?.id === options.ofRun);
    if (own === undefined)
      return { targets: [], nothing: `run ${options.ofRun} opened no release: nothing was changed` };
    if (own.status === 'serving' || own.status === 'superseded')
      return { targets: [], nothing: `${own.opened.version} serves: its release came through before the run ended` };
    if (own.status === 'held' && Date.parse(own.heldUntil ?? '') > ctx.clock.now().getTime())
      return { targets: [], nothing: `release ${own.release} is held until ${own.heldUntil}: it is left alone` };
    return one(environment, undoable, own, own.release);
  }
  const again =
    ctx.run === null ? undefined : environment.releases.findLast((release) => rolledBackBy(release, ctx.run?.id));
  if (again !== undefined && options.to === undefined) return one(environment, undoable, again, again.release);
  if (options.to !== undefined) return backTo(undoable, options.to);
  const newest = undoable.at(-1);
  return newest === undefined
    ? { targets: [], nothing: 'no release of this environment is left to undo' }
    : { targets: [newest], nothing: '' };
}

function one(
  environment: Environment,
  undoable: readonly ReleaseState[],
  target: ReleaseState | undefined,
  id: string,
): { targets: readonly ReleaseState[]; nothing: string } {
  if (target === undefined)
    throw new Outcome('refuse', 'no-such-release', `there is no release ${id}; nothing was changed`, {
      next: environment.releases.length === 0 ? 'runbook release VERSION' : 'runbook status --all',
    });
  if (!undoable.includes(target))
    return { targets: [], nothing: `release ${id} is ${target.status}: nothing is left to undo` };
  const newer = undoable.slice(undoable.indexOf(target) + 1);
  if (newer.length > 0)
    throw new Outcome(
      'refuse',
      'no-such-release',
      `release ${id} is not the newest: ${newer.map(({ opened }) => opened.version).join(', ')} came after it; nothing was changed`,
      {
        next: `undo all of them, newest first: runbook rollback --to ${target.opened.previous ?? '(none)'}`,
      },
    );
  return { targets: [target], nothing: '' };
}

function backTo(
  undoable: readonly ReleaseState[],
  version: string,
): { targets: readonly ReleaseState[]; nothing: string } {
  const targets: ReleaseState[] = [];
  for (const release of undoable.toReversed()) {
    if (release.opened.version === version && served(release)) return { targets, nothing: `${version} serves already` };
    targets.push(release);
    if (release.opened.previous === version) return { targets, nothing: '' };
  }
  throw new Outcome('refuse', 'unknown-version', `the record knows no way back to ${version}; nothing was changed`, {
    next: `versions that can be brought back: ${[...new Set(undoable.map(({ opened }) => opened.previous ?? ''))].filter((known) => known !== '').join(', ') || 'none'}`,
  });
}

/** A run that is started again goes on with the release that it had begun to bring back, and never takes the next. */
function rolledBackBy(release: ReleaseState, run: string | undefined): boolean {
  return release.events.some((event) => event.event === 'noted' && event.data?.rollbackRun === run);
}

function isUndoable(release: ReleaseState): boolean {
  if (release.status === 'rolled-back') return false;
  return served(release) || release.status === 'open' || release.status === 'held' || release.status === 'rolling-back';
}
