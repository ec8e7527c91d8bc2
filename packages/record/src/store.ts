import type { Announcement } from '@release-runbook/hosts/types';
import type { Holder, NewEvent, RecordEvent } from './events.ts';

export interface LockState {
  /** Raised whenever the lock passes to another holder: a fencing token. 0 before the first. */
  readonly epoch: number;
  /** Undefined while nobody holds it. */
  readonly holder: Holder | undefined;
}

/** How a lock's holder is known to be dead. */
export interface DeathProof {
  readonly by: 'same-run' | 'needs-result' | 'forge' | 'process-gone' | 'human';
  readonly text: string;
}

/** A record as it lies in the store. */
export interface StoredRecord {
  readonly release: string;
  readonly text: string;
}

/** The right to write: what `take` gave. */
export interface Lease {
  readonly nonce: string;
  readonly epoch: number;
}

/** Where an environment's records and lock live. Every method throws RunbookError when the place cannot be reached. */
export interface Store {
  /** For people: `app:~/.release-runbook/shop/production`. */
  readonly place: string;
  /** The lock and the newest `limit` records, oldest first. */
  load(limit: number): Promise<{ lock: LockState; records: readonly StoredRecord[] }>;
  read(release: string): Promise<string | undefined>;
  /**
   * Appends events; durable (fsync) when it returns. Throws `Refusal` when another writer appended since (`seq`), when
   * the lock is another's, or the epoch was raised.
   */
  append(release: string, seq: number, lease: Lease, events: readonly NewEvent[]): Promise<readonly RecordEvent[]>;
  /** For a job on the record's home: what the supervisor appends in the call that starts the job. Undefined elsewhere. */
  announce(
    host: string,
    release: string,
    seq: number,
    lease: Lease,
    event: NewEvent,
  ): { announcement: Announcement; event: RecordEvent } | undefined;
  /**
   * Takes the lock. Free: taken, with a higher epoch. Held by the same nonce: nothing changes. Held by another: refused,
   * unless `takeover` is the epoch at which its holder was proven dead.
   */
  take(holder: Holder, takeover?: number): Promise<{ taken: boolean; state: LockState }>;
  /**
   * Puts a copy of a record in its place, when the one there is gone or damaged; what was there is kept beside it.
   */
  adopt(release: string, text: string): Promise<void>;
  /**
   * A lock that cannot be read keeps everybody out: it is written anew, free, and its epoch goes on. By a person's word alone.
   * Says whether there was one; a lock that can be read stays as it is.
   */
  mend(): Promise<boolean>;
  /** Frees the lock when `nonce` holds it. */
  release(nonce: string): Promise<void>;
}

/** Lines for events, numbered from `seq`. */
export function number(
  events: readonly NewEvent[],
  seq: number,
  epoch: number,
  now: () => Date = () => new Date(),
): readonly RecordEvent[] {
  return events.map((event, i) => ({ seq: seq + i, at: now().toISOString(), epoch, ...event }) as RecordEvent);
}
