import type { Announcement } from '@release-runbook/hosts/types';
import type { Holder, NewEvent, RecordEvent } from './events.ts';

export interface LockState {
  readonly epoch: number;
  /** Undefined while nobody holds it. */
  readonly holder: Holder | undefined;
}

/** How a lock's holder is known to be dead. */
export type DeathProof =
  | { readonly by: 'same-run'; readonly text: string }
  | { readonly by: 'needs-result'; readonly text: string }
  | { readonly by: 'forge'; readonly text: string }
  | { readonly by: 'process-gone'; readonly text: string }
  | { readonly by: 'human'; readonly text: string };

/** Where an environment's records, lock and epoch live. Every method throws RunbookError when the place cannot be reached. */
export interface Store {
  /** For people: `app:~/.release-runbook/shop/production`. */
  readonly place: string;
  /** Ids of the releases of the environment, oldest first. */
  releases(): Promise<readonly string[]>;
  /** The record's lines as they lie there, torn ones included; undefined when there is no such release. */
  read(release: string): Promise<string | undefined>;
  /**
   * Appends events; durable (fsync) when it returns. Throws `Conflict` when another writer appended since (`seq`), and
   * `Superseded` when the lock is another's or the epoch was raised.
   */
  append(release: string, seq: number, lock: { nonce: string; epoch: number }, events: readonly NewEvent[]): Promise<readonly RecordEvent[]>;
  /**
   * For a job on the record's home host: what the supervisor appends in the same call that starts the job.
   * Undefined when `host` is not the home.
   */
  announce(host: string, release: string, seq: number, lock: { nonce: string; epoch: number }, event: NewEvent): { announcement: Announcement; event: RecordEvent } | undefined;
  lock(): Promise<LockState>;
  /**
   * Takes the lock. Free: taken, epoch kept. Held by the same nonce: nothing changes. Held by another: refused with the
   * holder, unless `proof` shows that it is dead, or `expect` (the epoch seen when the proof was made) no longer matches;
   * then taken with a higher epoch.
   */
  take(holder: Holder, takeover?: { proof: DeathProof; expect: number }): Promise<{ taken: boolean; state: LockState }>;
  /** Frees the lock when `nonce` holds it. */
  release(nonce: string): Promise<void>;
}
