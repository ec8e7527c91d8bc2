import type { Did, Intends, Judged, Measured, Opened, RecordEvent, RolledBack, Undoing } from './events.ts';

/** Where an item of a release stands. `unknown`: announced, and nothing tells whether it happened. */
export type ItemState = 'announced' | 'done' | 'failed' | 'undoing' | 'undone';

export interface Item {
  readonly item: string;
  readonly state: ItemState;
  readonly intends: Intends;
  readonly did: Did | undefined;
  readonly message: string | undefined;
}

/** `superseded`: a newer release served after it. No record tells that of itself; the records of an environment do together. */
export type ReleaseStatus = 'open' | 'held' | 'serving' | 'superseded' | 'closed' | 'rolling-back' | 'rolled-back';

/** The state of one release, folded from its record. */
export interface ReleaseState {
  readonly release: string;
  readonly opened: Opened;
  readonly status: ReleaseStatus;
  /** In the order in which they were first announced; undo goes from the end to the beginning. */
  readonly items: readonly Item[];
  readonly measured: readonly Measured[];
  readonly judged: readonly Judged[];
  readonly rolledBack: RolledBack | undefined;
  readonly heldUntil: string | undefined;
  readonly events: readonly RecordEvent[];
  /** Lines that could not be read (a torn append), by number. */
  readonly torn: readonly number[];
  /** The `seq` of the next append. */
  readonly next: number;
}

/** Does a rollback of this release wait for people? It stopped at `ask`, and nothing was decided since. */
export function waitsInRollback({ events, status }: Pick<ReleaseState, 'events' | 'status'>): boolean {
  if (status === 'superseded') return false;
  const at = events.findLastIndex(({ event }) => event === 'held');
  return events[at]?.step === 'rollback' && !events.slice(at + 1).some(goesOn);
}

const goesOn = (event: RecordEvent): boolean =>
  ['intends', 'undoing', 'undone', 'rolled-back', 'serving', 'closed'].includes(event.event) ||
  (event.event === 'noted' && event.data?.resumed === true);

/** Where an item's supervised job may still run, and the job's id there: that of its undo while this is under way. */
export function jobOf(
  { events }: Pick<ReleaseState, 'events'>,
  { item, state, intends }: Item,
): { readonly id: string; readonly host: string | undefined } {
  if (state !== 'undoing') return { id: item, host: intends.host };
  const undoing = events.findLast((event): event is Undoing => event.event === 'undoing' && event.item === item);
  return { id: `undo-${item}`, host: undoing?.host };
}
