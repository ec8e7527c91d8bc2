import type { Did, Intends, Judged, Measured, Opened, RecordEvent, RolledBack } from './events.ts';

/** Where an item of a release stands. `unknown`: announced, and nothing tells whether it happened. */
export type ItemState = 'announced' | 'done' | 'failed' | 'undoing' | 'undone';

export interface Item {
  readonly item: string;
  readonly state: ItemState;
  readonly intends: Intends;
  readonly did: Did | undefined;
  readonly message: string | undefined;
}

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
