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

export interface Plan {
  readonly system: string;
  readonly environment: string;
  readonly version: string;
  readonly previous: string | null;
  readonly items: readonly PlannedItem[];
  readonly warnings: readonly string[];
  readonly wayBack: WayBack;
  /** Schema difference seen by the rehearsal, a readable diff; undefined: not rehearsed. */
  readonly schema: readonly string[] | undefined;
  /** SHA-256 over what would be done (not over what was measured), hex. */
  readonly digest: string;
}
