/** What a loader put into a server. */
export interface Loaded {
  readonly database: string;
  /** Exact rows (documents) of each table (collection), empty ones too. */
  readonly rows: Readonly<Record<string, number>>;
}
