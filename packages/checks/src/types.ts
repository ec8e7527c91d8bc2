import type { Database } from '@release-runbook/databases/types';
import type { Hosts } from '@release-runbook/hosts/types';
import type { Verdict } from '@release-runbook/record/events';
import type { CheckSpec } from '@release-runbook/runbook/schema/checks';

export interface CheckMeasurement {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
}

export interface CheckResult {
  readonly name: string;
  readonly verdict: Verdict;
  /** The numbers in words: "P95 80 ms of 20 requests, expected < 200 ms". Never a secret's value. */
  readonly text: string;
  /** The command or the change that mends a failure. */
  readonly mend?: string;
  readonly severity: 'fail' | 'warn';
  readonly measurements: readonly CheckMeasurement[];
  readonly ms: number;
}

/** What checks may ask; each check uses what it needs. */
export interface CheckContext {
  readonly hosts: Hosts;
  readonly databases: Readonly<Record<string, Database>>;
  /** Replaces $NAME in texts: VERSION, PREVIOUS_VERSION, RELEASE, TRACK, PORT, and the secrets named in the step's environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly version: string;
  readonly previous: string | null;
  /** The checkout's git on the runner's side; undefined without one. */
  readonly git: Git | undefined;
  /** The commit's checks in the forge; undefined result: the forge cannot be asked. */
  readonly commitChecks:
    | ((commit: string) => Promise<readonly { name: string; conclusion: string | null }[] | undefined>)
    | undefined;
  /** The database instance that `sql` checks read, by database: a rehearsal gives its scratch copy. */
  readonly instances?: Readonly<Record<string, { address: string; kind: 'live' | 'scratch' }>>;
  /** Host of a request to 127.0.0.1 when the check does not say; undefined: the runner. */
  readonly defaultHost: string | undefined;
  readonly signal?: AbortSignal;
}

export interface Git {
  resolve(ref: string): Promise<string | undefined>;
  isAncestor(ancestor: string, ref: string): Promise<boolean>;
}

export type RunCheck = (spec: CheckSpec, context: CheckContext) => Promise<CheckResult>;
