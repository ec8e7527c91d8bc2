/** Can we go back now, how, in how many seconds, and what would be lost. Computed once, shown everywhere. */
export interface WayBack {
  readonly possible: boolean;
  /** `nothing`: nothing to undo yet. `traffic`: the old version runs beside. `code`: old code, data stay. `restore`: data too. */
  readonly how: 'nothing' | 'traffic' | 'code' | 'restore';
  /** Forecast from what was measured in this release and earlier ones; undefined: never measured. */
  readonly seconds: number | undefined;
  /** Rows that would be lost by table; empty: none. Undefined: not known. */
  readonly lost: Readonly<Record<string, number>> | undefined;
  /** Declared points of no return that have been passed, what stands in the way, and what nobody has tried. */
  readonly obstacles: readonly string[];
  /** Version that would serve afterwards. */
  readonly to: string | null;
}
