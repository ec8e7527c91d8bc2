import type { Job, JobResult } from '@release-runbook/hosts/types';
import type { NewEvent, Step, UndoData } from './events.ts';
import type { ReleaseState } from './state.ts';

/** A change to be announced, made and confirmed. */
export interface Change<T> {
  readonly item: string;
  readonly undo: UndoData | null;
  readonly make: (job: StartJob) => Promise<{ value: T; data?: Readonly<Record<string, unknown>> }>;
  /** The host on which `make` starts its supervised job, if it does. */
  readonly host?: string;
}

/** Starts a supervised job whose id, release, epoch (and, on the home host, announcement) the recorder fills in. */
export type StartJob = (job: Omit<Job, 'id' | 'release' | 'epoch' | 'announce'>) => Promise<JobResult>;

/** The open record of one release, held under the environment's lock. */
export interface Recorder {
  readonly release: string;
  readonly epoch: number;
  state(): ReleaseState;
  /** Writes one event that announces nothing. */
  write(event: NewEvent): Promise<void>;
  /**
   * Announces the change (durable), makes it, and writes `did` or `failed`. An item that is already done is skipped
   * (returns undefined); the caller settles one whose state is unknown first.
   */
  change<T>(step: Step, change: Change<T>): Promise<T | undefined>;
}
