import type { Position } from '@release-runbook/units/error';

/** Steps that write into a record. */
export type Step =
  | 'preflight'
  | 'backup'
  | 'migrate'
  | 'deploy'
  | 'smoke'
  | 'canary'
  | 'rollback'
  | 'watch'
  | 'drill'
  | 'release';

export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'error';

/** Who writes: a job of a run in the forge, or a terminal. */
export interface Holder {
  /** The forge's run id, or `terminal`. */
  readonly run: string;
  readonly attempt: number;
  readonly job: string;
  /** Made once a job and shared by its steps; tells two holders with the same names apart. */
  readonly nonce: string;
  /** Of a terminal: host name, pid and boot id, so that its death can be seen from the same machine. */
  readonly terminal?: { readonly host: string; readonly pid: number; readonly startedAt: string };
  readonly since: string;
}

/** What undoing needs beside the runbook's own item: never a command, only data. */
export interface UndoData {
  /** The backup that a restore would use. */
  readonly backup?: string;
  readonly previousVersion?: string | null;
  /** Router weights before, by slot, percent. */
  readonly weights?: Readonly<Record<string, number>>;
  /** The slot that the item worked on; null for a service in one place. */
  readonly slot?: string | null;
  readonly [key: string]: unknown;
}

interface Base {
  /** The line's number in the record's file, from 0. */
  readonly seq: number;
  /** UTC, ISO 8601 with ms. */
  readonly at: string;
  readonly epoch: number;
  readonly step: Step;
}

export interface Opened extends Base {
  readonly event: 'opened';
  readonly release: string;
  readonly system: string;
  readonly environment: string;
  readonly version: string;
  /** Null on a first release. */
  readonly previous: string | null;
  /** Tracks by slot when the release opened; null for a system without slots. */
  readonly tracks: { readonly stable: string; readonly canary: string } | null;
  /** The resolved runbook (`Runbook.resolved`). */
  readonly runbook: unknown;
  /** What the version was, exactly: a commit, or the hash of its folder. */
  readonly commit: string;
  /** The digest of the plan that was approved: over system, environment, versions, commit and runbook. */
  readonly digest: string;
  readonly tool: string;
  readonly run: { readonly id: string; readonly attempt: number; readonly url?: string } | null;
  /** Set in a copy for everybody's eyes: names, paths and the runbook are left out, so that nothing can be undone from it. */
  readonly redacted?: true;
}
export interface Intends extends Base {
  readonly event: 'intends';
  readonly item: string;
  /** Host on which a supervised job of the item's name runs; absent for changes without one. */
  readonly host?: string;
  readonly undo: UndoData | null;
}
export interface Did extends Base {
  readonly event: 'did';
  readonly item: string;
  readonly ms: number;
  readonly data?: Readonly<Record<string, unknown>>;
}
export interface Failed extends Base {
  readonly event: 'failed';
  readonly item: string;
  readonly ms: number;
  readonly message: string;
}
export interface Measured extends Base {
  readonly event: 'measured';
  /** `smoke:history list`, `canary:25%:errors`, `rehearsal:main:up`. */
  readonly item: string;
  readonly value: number | null;
  /** ms, bytes, percent, per hour, rows, or a plain number. */
  readonly unit: string;
  readonly data?: Readonly<Record<string, unknown>>;
}
export interface Judged extends Base {
  readonly event: 'judged';
  readonly item: string;
  readonly verdict: Verdict;
  /** The numbers in words: "P95 412 ms, expected < 200 ms". */
  readonly text: string;
  /** The rule's place in the runbook. */
  readonly rule?: Position;
  /** Set on the judgement that ended a step: what was decided and by which reason of the closed list. */
  readonly decision?: string;
  readonly reason?: string;
}
export interface Held extends Base {
  readonly event: 'held';
  readonly why: string;
  /** Until when recovery leaves the release alone. */
  readonly until: string;
}
export interface Undoing extends Base {
  readonly event: 'undoing';
  readonly item: string;
  readonly host?: string;
}
export interface Undone extends Base {
  readonly event: 'undone';
  readonly item: string;
  readonly ms: number;
  /** What was done, in words. */
  readonly how: string;
  readonly data?: Readonly<Record<string, unknown>>;
}
export interface RolledBack extends Base {
  readonly event: 'rolled-back';
  /** From decision to verified, ms. */
  readonly ms: number;
  readonly lost: Readonly<Record<string, number>>;
  readonly exported: Readonly<Record<string, number>>;
  readonly text: string;
}
export interface Serving extends Base {
  readonly event: 'serving';
  readonly version: string;
  readonly slot: string | null;
}
export interface Noted extends Base {
  readonly event: 'noted';
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>>;
}
export interface Closed extends Base {
  readonly event: 'closed';
  readonly text: string;
}

export type RecordEvent =
  | Opened
  | Intends
  | Did
  | Failed
  | Measured
  | Judged
  | Held
  | Undoing
  | Undone
  | RolledBack
  | Serving
  | Noted
  | Closed;

/** An event before the store gives it `seq`, `at` and `epoch`. */
export type NewEvent = RecordEvent extends infer E
  ? E extends RecordEvent
    ? Omit<E, 'seq' | 'at' | 'epoch'>
    : never
  : never;
