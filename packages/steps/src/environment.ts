import { fold } from '@release-runbook/record/fold';
import type { ReleaseState } from '@release-runbook/record/state';
import type { LockState, StoredRecord } from '@release-runbook/record/store';
import type { StepContext } from './context.ts';

/** How many of an environment's releases are looked at: enough for forecasts, and for going back several. */
const HISTORY = 30;
const ALL = 10_000;

/** What an environment's records say of it now. */
export interface Environment {
  readonly lock: LockState;
  /** Oldest first. */
  readonly releases: readonly ReleaseState[];
  /** The release that serves: the newest that came to serve and was not rolled back. */
  readonly current: ReleaseState | undefined;
  /** The release that is under way: open, held, or in the middle of a rollback. */
  readonly open: ReleaseState | undefined;
}

export async function readEnvironment(ctx: Pick<StepContext, 'store'>): Promise<Environment> {
  let { lock, records } = await ctx.store.load(HISTORY);
  // After many attempts that were refused or rolled back, the release that serves lies further back.
  if (records.length === HISTORY && !records.some(({ text }) => text.includes('"event":"serving"')))
    ({ lock, records } = await ctx.store.load(ALL));
  // A record without one whole line was never opened: its writer died, or found no space, at its first word.
  const releases = succession(foldNeeded(records.filter(({ text }) => text.includes('\n'))));
  const newestFirst = releases.toReversed();
  return {
    lock,
    releases,
    current: newestFirst.find(
      (release) => ['serving', 'superseded', 'closed'].includes(release.status) && served(release),
    ),
    open: newestFirst.find(({ status }) => status === 'open' || status === 'held' || status === 'rolling-back'),
  };
}

/** A damaged record older than the release that serves is no longer needed, and is passed over; any other is an error. */
function foldNeeded(records: readonly StoredRecord[]): readonly ReleaseState[] {
  const releases: ReleaseState[] = [];
  let behind = false;
  for (const { release, text } of records.toReversed()) {
    try {
      const state = fold(text, release);
      behind ||= served(state) && state.status !== 'rolled-back';
      releases.unshift(state);
    } catch (error) {
      if (!behind) throw error;
    }
  }
  return releases;
}

/**
 * Releases as they stand together, oldest first: one that served is superseded as long as a newer one that served was not
 * rolled back. Told by no record, so that no death can leave two that contradict each other.
 */
export function succession(releases: readonly ReleaseState[]): readonly ReleaseState[] {
  return releases.map((release, index) =>
    release.status === 'serving' &&
    releases.slice(index + 1).some((newer) => newer.status !== 'rolled-back' && served(newer))
      ? { ...release, status: 'superseded' }
      : release,
  );
}

/** Since when the current release serves, as an ISO time: since it came to serve, or since the one after it was brought back. */
export function servesSince({ current, releases }: Environment): string | undefined {
  if (current === undefined) return undefined;
  const times = [
    current.events.findLast(({ event }) => event === 'serving')?.at,
    ...releases
      .filter((newer) => newer.release > current.release && served(newer))
      .map(({ rolledBack }) => rolledBack?.at),
  ];
  return times
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
}

/** Did this release ever carry all traffic? One that was closed without is a refused one. */
export function served(release: ReleaseState): boolean {
  return release.events.some(({ event }) => event === 'serving');
}

/** Slots by track before a release: stable is where the serving release lies. Null without slotted services. */
export function tracksNow(
  ctx: Pick<StepContext, 'runbook'>,
  current: ReleaseState | undefined,
): { stable: string; canary: string } | null {
  const slotted = Object.values(ctx.runbook.services).find(({ slots }) => slots !== undefined);
  if (slotted?.slots === undefined) return null;
  const names = Object.keys(slotted.slots);
  const stable = servingSlot(current) ?? (names[0] as string);
  return { stable, canary: names.find((slot) => slot !== stable) as string };
}

function servingSlot(release: ReleaseState | undefined): string | undefined {
  const serving = release?.events.findLast((event) => event.event === 'serving');
  return serving?.event === 'serving' && serving.slot !== null ? serving.slot : undefined;
}

/** The version that lay in a slot before this release: what its undo puts back. Null: nothing is known of it. */
export function versionInSlot(
  environment: Environment,
  slot: string,
  first: { slot: string; version: string | null },
): string | null {
  const last = environment.releases.findLast(
    (release) => release.status !== 'rolled-back' && servingSlot(release) === slot,
  );
  if (last !== undefined) return last.opened.version;
  return first.slot === slot ? first.version : null;
}
