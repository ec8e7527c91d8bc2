import type { Host } from '@release-runbook/hosts/types';

/** One object of a schema: table, index, view, trigger, routine, sequence. `definition` in the engine's normal form. */
export interface SchemaObject {
  readonly kind: string;
  readonly name: string;
  readonly definition: string;
}

/** What a database holds. Counts are exact (`COUNT(*)`), never estimates. */
export interface Inspection {
  readonly objects: readonly SchemaObject[];
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly serverVersion: string;
}

export interface Backup {
  /** `<database>-<UTC time>-<release>`; the file's name without its ending. */
  readonly id: string;
  readonly database: string;
  readonly engine: string;
  /** Absolute path on the database's host. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly at: string;
  /** What the backup held, taken in its own snapshot. */
  readonly inspection: Inspection;
  readonly verified: { readonly at: string; readonly how: string } | undefined;
  readonly copies: readonly { readonly place: string; readonly path: string; readonly sha256: string }[];
}

/** Progress of long work; `total` where it is known beforehand. */
export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: 'bytes' | 'rows';
}

/** Rows of one table that differ between a backup and the live database, told apart by primary key. */
export interface TableDifference {
  readonly table: string;
  /** Null when the table has no key by which rows can be told apart. */
  readonly key: readonly string[] | null;
  readonly added: number;
  readonly changed: number;
  readonly missing: number;
}

/** A database that can be worked on: the live one, or a copy of a backup. */
export interface Instance {
  /** Path (SQLite) on the host, or `database@host:port`; for messages, and never with a password. */
  readonly address: string;
  readonly kind: 'live' | 'scratch';
}

/** A difference of schema or rows in words: "table reports: column note is gone", "reports: 2 rows changed (id 3, 7: title)". */
export interface Differences {
  readonly schema: readonly string[];
  readonly rows: readonly string[];
}

/**
 * One engine on one database. Everything runs on the database's host. Methods that change something take care to be
 * repeatable: run again after a death in their middle, they come to the same end.
 */
export interface Database {
  readonly name: string;
  readonly engine: string;
  readonly host: Host;
  /** The live database. */
  live(): Promise<Instance>;
  /** Environment for scripts and applications, so that they find `instance`. */
  environment(instance: Instance): Readonly<Record<string, string>>;
  inspect(instance: Instance): Promise<Inspection>;
  /** Bytes that a backup, its verification and a rescue need, and the bytes free where they would lie. */
  space(): Promise<{ needed: number; free: number }>;

  /**
   * Writes a consistent backup beside running writers: partial name, fsync, hash, rename. Counts rows in the backup's own
   * snapshot. A left-over partial of an earlier death is removed.
   */
  backup(id: string, progress?: (p: Progress) => void): Promise<Backup>;
  /** Restores into a scratch instance and compares objects, rows and the engine's own checks. Throws RunbookError with the difference. */
  verify(backup: Backup, progress?: (p: Progress) => void): Promise<Backup>;
  /** Backups of this database that lie on its host, oldest first; unverified ones included. */
  backups(): Promise<readonly Backup[]>;
  /** Saves what is known of a backup beside it (copies, verified). */
  note(backup: Backup): Promise<void>;
  /** Deletes all but the newest `keep` verified backups and those named in `spare`. Returns the ids deleted. */
  prune(keep: number, spare: readonly string[]): Promise<readonly string[]>;

  /** A copy of the backup to rehearse on. `drop` removes it. Left-overs of the same label are replaced. */
  scratch(backup: Backup, label: string): Promise<Instance>;
  drop(instance: Instance): Promise<void>;
  /** SQL from files, in order, each remembered with its checksum in the suite's own table; applied ones are skipped. */
  applyFiles(instance: Instance, files: readonly { name: string; sql: string }[]): Promise<readonly string[]>;
  /** Names of the files that `applyFiles` has applied there. */
  applied(instance: Instance): Promise<readonly string[]>;
  query(
    instance: Instance,
    sql: string,
  ): Promise<{ columns: readonly string[]; rows: readonly (readonly unknown[])[]; ms: number }>;
  /** What is different in an instance from what the backup holds; rows by key and value, at most ten examples a table. */
  compare(backup: Backup, after: Instance): Promise<Differences>;
  /** The schema's part of `compare` alone: quick at any size. */
  compareSchema(backup: Backup, after: Instance): Promise<readonly string[]>;
  /** What the live database (or another instance) has written since the backup, counted by key on the columns that both have. */
  since(backup: Backup, tables?: readonly string[], instance?: Instance): Promise<readonly TableDifference[]>;
  /** Exports what `since` tells as SQL and JSON lines into a folder on the host; returns its path and counts a table. */
  exportSince(backup: Backup, directory: string): Promise<{ path: string; rows: Readonly<Record<string, number>> }>;
  /**
   * Loads the backup beside the live database, checks it, then swaps; services are stopped by the caller. The present
   * database is kept as the rescue (undefined: there was none). Run again after a death anywhere, it ends in the same
   * state. SQLite refuses while a process has the file open; servers end such sessions.
   */
  restore(backup: Backup, label: string): Promise<{ rescue: string | undefined }>;
  /**
   * Did a restore of this label die where what is live is neither the database of before nor the backup? Then nothing may be
   * started on it, and only going on with the restore helps.
   */
  interrupted(label: string): Promise<boolean>;
  /**
   * Loads and checks the backup beside the live database now, so that `restore` of the same label is a swap of names, whose time
   * does not grow with the data. What was made ready and no longer is as it was made, is never swapped in.
   */
  warm(backup: Backup, label: string): Promise<void>;
  /** Removes what `warm` made ready and nobody needed. */
  dropWarm(label: string): Promise<void>;
  /** What would keep a migration waiting for its locks (transactions open for long), in words; empty: nothing. */
  blockers(): Promise<readonly string[]>;
}

export interface OpenOptions {
  /** Folder on the host under which backups lie, one folder a database. Default: `backups` in the suite's folder there. */
  readonly directory?: string;
  /** The step's environment, in which a section's secrets are named. Default: none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}
