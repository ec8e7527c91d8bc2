import type { Host } from '@release-runbook/hosts/types';
import type { Progress, SchemaObject } from '../types.ts';

/** A database server that answers: the live one, or a scratch server that the suite started. */
export interface Server {
  readonly kind: 'live' | 'scratch';
  /** As seen from the database's host. */
  readonly host: string;
  readonly port: number;
  /** Unix socket (MySQL: the file, PostgreSQL: its folder); preferred by the client programs where there is one. */
  readonly socket?: string;
  readonly user: string;
  /** Secret. Undefined: the server asks for none. */
  readonly password: string | undefined;
  /** Everything after `?` in the URL, for scripts. */
  readonly parameters?: string;
}

/** One database on one server. */
export interface Place {
  readonly server: Server;
  readonly database: string;
}

/** A table (collection) whose rows are kept; views and foreign tables are not. */
export interface TableShape {
  /** As the engine's users write it, with the schema where it is not the default: `orders`, `billing.orders`. */
  readonly table: string;
  /** The primary key's columns, or a unique key's without nulls; null: rows are told apart only as a whole. */
  readonly key: readonly string[] | null;
  /** Without generated columns. */
  readonly columns: readonly string[];
  /** What the engine must know of its columns to read their values; its own words, kept with the table. */
  readonly types?: Readonly<Record<string, string>>;
}

/** What a dump's own snapshot held. */
export interface Dumped {
  readonly objects: readonly SchemaObject[];
  readonly rows: Readonly<Record<string, number>>;
  readonly serverVersion: string;
  /** Why the counts are not of the dump's own snapshot; undefined: they are. */
  readonly countedApart?: string;
}

/** A program on the database's host that writes lines to its standard output. Values travel in `env`, never in the text. */
export interface Script {
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Lines that are made on this machine, where no program on the host can: handed on in portions of a few MB, whole lines. */
export type Lines = (to: (portion: string) => Promise<void>) => Promise<void>;

/** What is known of the server program beside the database. */
export interface Scratch {
  readonly server: Server;
  /** Where the database has another name than the live one: a server that has no program beside it lends one of its own. */
  readonly database?: string;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/**
 * What one kind of server must give; `server/database.ts` makes a `Database` of it. Everything runs on the database's host by
 * the engine's own client programs (or its driver, where there is no such program), with the password in a 0600 file or a
 * variable, never in an argument list. Everything is repeatable: run again after a death in its middle, it comes to the same
 * end. Errors are RunbookErrors that say what is missing (a right: the GRANT to run; a program: how to install it).
 */
export interface ServerEngine {
  readonly engine: 'mysql' | 'mariadb' | 'postgres' | 'mongodb';
  readonly host: Host;
  /** Of a dump's file, before that of the compression: `sql`, `dump`, `archive`. */
  readonly ending: string;
  /** Dumps are compressed by the engine's own program, so that `ending` is all of it. */
  readonly packs?: boolean;
  /** The live database. */
  readonly live: Place;
  /** Variables by which scripts and applications find a place. */
  environment(place: Place): Readonly<Record<string, string>>;

  version(place: Place): Promise<string>;
  exists(place: Place): Promise<boolean>;
  /** Without what the suite itself keeps in the database (`_release_runbook_…`). Sorted by kind and name. */
  objects(place: Place): Promise<readonly SchemaObject[]>;
  tables(place: Place): Promise<readonly TableShape[]>;
  /** Exact, all in one snapshot. */
  count(place: Place, tables: readonly TableShape[]): Promise<Readonly<Record<string, number>>>;
  /** Tables whose rows the server itself deletes as time goes: there may be fewer than were loaded. */
  expiring?(place: Place): Promise<readonly string[]>;
  /** An estimate of what a dump writes before compression, and of what the data take on the server's disk. */
  size(place: Place): Promise<{ dump: number; disk: number; dataFolder: string | undefined }>;

  /** Throws before anything is written when a safe dump is not possible: missing rights, tables without transactions. */
  checkDump(place: Place): Promise<void>;
  /** Writes a dump of one snapshot to `file` (compressed by `compress`: see pipe.ts), and tells what that snapshot held. */
  dump(place: Place, file: string, progress?: (p: Progress) => void): Promise<Dumped>;
  /** Makes the database `place.database` and loads the dump into it; stops at the first error. What was there goes first. */
  load(file: string, place: Place, progress?: (p: Progress) => void): Promise<void>;
  /** The engine's own checks of what was loaded; empty: all good. */
  selfCheck(place: Place): Promise<readonly string[]>;
  drop(place: Place): Promise<void>;

  /**
   * A server of the same version beside the live one: own folder, reachable from this host alone, same user and password. A
   * server left in this folder by a dead run is ended first.
   */
  startScratch(folder: string): Promise<Scratch>;

  /**
   * Prints one line a row: the key, a tab, then one hash for each of `columns`, separated by spaces. The key is JSON on one
   * line (an array of texts or numbers, one for each key column) that `exportRows` understands; for a table without a key,
   * it is the hash of the whole row (of `table.columns`). Equal values have equal hashes across servers of one version; null is `-`.
   */
  rowLines(place: Place, table: TableShape, columns: readonly string[]): Script | Lines;
  /**
   * Rows by the keys that `rowLines` printed (for a table without a key: hashes of the whole row), those still there: as a JSON
   * object on one line, and as SQL on one line that puts the row back whether it is missing or changed (mongodb: JSON only).
   */
  exportRows(
    place: Place,
    table: TableShape,
    keys: readonly string[],
  ): Promise<readonly { readonly key: string; readonly json: string; readonly sql: string | undefined }[]>;

  query(
    place: Place,
    sql: string,
    options: { readOnly: boolean },
  ): Promise<{ columns: readonly string[]; rows: readonly (readonly unknown[])[]; ms: number }>;
  /** Names and checksums in the suite's own table `_release_runbook_migrations`; empty when there is none. */
  applied(place: Place): Promise<Readonly<Record<string, string>>>;
  /** Runs one file as the engine's own client does, and remembers it; where the engine can, in one transaction. */
  apply(place: Place, file: { name: string; sql: string; sha256: string }): Promise<void>;
  /** Sessions of others that hold a transaction open or a lock in the database for longer than `seconds`: in words. */
  longTransactions(place: Place, seconds: number): Promise<readonly string[]>;

  /** A text kept in the database itself, which moves with it when names are swapped. */
  marker(place: Place): Promise<string | undefined>;
  mark(place: Place, text: string): Promise<void>;
  /** Names beside the live database, valid for this engine and short enough. */
  beside(label: string): { readonly fresh: string; readonly rescue: string };
  /**
   * Why names cannot be swapped here, given the objects of the backup that is to be live; undefined: they can. Else a rescue
   * dump comes before a plain load.
   */
  cannotSwap(backup: readonly SchemaObject[]): Promise<string | undefined>;
  /**
   * Live becomes `rescue`, `fresh` becomes live, as nearly at once as the engine can; sessions on both are ended where that is
   * needed. Called again after a death in its middle, it goes on.
   */
  swap(fresh: string, rescue: string): Promise<void>;
}
