import type { Plan } from '@release-runbook/record/plan';
import type { ReleaseState } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import type { Position } from '@release-runbook/units/error';

/** A line of progress on long work. `total` where it is known. */
export interface ProgressLine {
  readonly what: string;
  readonly done: number;
  readonly total?: number | undefined;
  readonly unit: 'bytes' | 'rows' | 'ms' | 'checks';
}

/** What a step tells the people who watch it. A terminal and a job of a forge each have one; none may throw. */
export interface Platform {
  /** A line of the log. */
  log(text: string): void;
  /** Groups the lines that `work` logs under a title. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  progress(line: ProgressLine): void;
  /** Something a person should see beside the log; with the runbook's line where one caused it. */
  annotate(kind: 'error' | 'warning' | 'notice', text: string, at?: Position): void;
  /** Brings every view of the record up to date (comment, notes, summary). Failures are kept and told at the end. */
  publish(
    state: ReleaseState,
    extra: { wayBack?: WayBack | undefined; plan?: Plan | undefined; final?: boolean },
  ): Promise<void>;
  /** Set when the job is being cancelled: start nothing new, write what is known. */
  readonly signal: AbortSignal;
}

/** The little that steps ask of a forge. Undefined: it cannot be asked (no token, no network, an error); never a pass. */
export interface Forge {
  commitChecks(commit: string): Promise<readonly { name: string; conclusion: string | null }[] | undefined>;
  /** Issues with the label opened since then. */
  issues(label: string, since: Date): Promise<number | undefined>;
  /** Has this job's run (or attempt, or job) ended? */
  ended(run: string, attempt: number, job: string): Promise<boolean | undefined>;
}
