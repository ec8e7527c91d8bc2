import type { WayBack } from './way-back.ts';

/** One thing that a release would do, in order. */
export interface PlannedItem {
  readonly step: string;
  readonly item: string;
  readonly what: string;
  /** How it is undone, in words; `null`: changes nothing. */
  readonly undo: string | null;
  /** Forecast from earlier records, ms. */
  readonly forecastMs: number | undefined;
}

/** Why a release of this plan would not begin as things stand, and what goes on. Nothing is changed by finding that out. */
export interface PlanStop {
  /** What is looked at: the name of the check in preflight. */
  readonly name: string;
  /** `proceed`: nothing is left to do. */
  readonly decision: 'refuse' | 'proceed';
  /** Out of the closed list of reasons. */
  readonly reason: string;
  readonly text: string;
  /** What to do, or the command that goes on. */
  readonly next: string;
}

/** What the lint says of a migration's file, as it is shown. */
export interface PlannedFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'notice';
  readonly text: string;
  /** A line that ends in a semicolon is SQL, any other a sentence. */
  readonly safeWay: readonly string[];
  /** The reason given in the file for leaving it so. */
  readonly waived?: string | undefined;
}

export interface Plan {
  readonly system: string;
  readonly environment: string;
  readonly version: string;
  readonly previous: string | null;
  readonly items: readonly PlannedItem[];
  readonly warnings: readonly string[];
  /** The runbook's window, now. Undefined: it has none. */
  readonly window?: { readonly text: string; readonly open: boolean; readonly opens: string | undefined } | undefined;
  /** What would stop this release now; empty: it would begin. */
  readonly stops: readonly PlanStop[];
  /** A release under way that this one would go on with. */
  readonly joins?: string | undefined;
  readonly wayBack: WayBack;
  /** Schema difference seen by the rehearsal, a readable diff; undefined: not rehearsed. */
  readonly schema: readonly string[] | undefined;
  /** Of the migrations' SQL files; empty: nothing was found, or there are none. */
  readonly findings: readonly PlannedFinding[];
  /** SHA-256 over what would be done (not over what was measured), hex. */
  readonly digest: string;
}
