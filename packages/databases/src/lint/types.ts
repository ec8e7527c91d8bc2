import type { Rule } from './rules.ts';

export type Engine = 'postgres' | 'mysql' | 'mariadb' | 'sqlite';

/** error: the release would break or lose something; warning: it may; notice: good to know. */
export type Severity = 'error' | 'warning' | 'notice';

export interface LintFile {
  readonly name: string;
  readonly sql: string;
  /**
   * Is it applied within one transaction? Default: as the suite does it: SQLite yes, MySQL and MariaDB no, PostgreSQL unless it
   * has a statement that cannot be in one.
   */
  readonly transaction?: boolean | undefined;
}

export interface LintInput {
  readonly engine: Engine;
  /** In the order in which they are applied. */
  readonly files: readonly LintFile[];
  /** Do the old and the new version run at the same time (a canary, slots)? */
  readonly canary: boolean;
  /** The schema before the migration, as far as it is known: findings get fewer and more certain with it. */
  readonly known?: Known | undefined;
  /** What whoever applies the files sets as lock timeout beforehand, ms; undefined: nothing. */
  readonly lockTimeoutMs?: number | undefined;
  /** Language of the texts. Default English. */
  readonly locale?: string | undefined;
}

export interface Finding {
  readonly file: string;
  /** Starting at 1. */
  readonly line: number;
  /** Starting at 1, in UTF-16 units, as editors count. */
  readonly column: number;
  readonly rule: Rule;
  /** Of a waived finding always `notice`. */
  readonly severity: Severity;
  readonly text: string;
  /** Steps in order: a line that ends in a semicolon is SQL to run, any other is a sentence. */
  readonly safeWay: readonly string[];
  /** The reason given in the file for leaving it so. */
  readonly waived?: string;
}

/** A SELECT that counts rows which would break the migration, for a restored copy before it is migrated. */
export interface Probe {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly table: string;
  readonly rule: Rule;
  /** What is counted, such as "orders.email: duplicates". */
  readonly label: string;
  /** One row of one column: the count. */
  readonly sql: string;
  readonly expectZero: true;
  /** Whether the migration itself writes the table before, and so may mend what is counted. */
  readonly written: boolean;
  /** The result in words. */
  readonly text: (count: number) => string;
}

export interface Known {
  /** Name of the database, which statements may put before a table's name (MySQL, MariaDB). */
  readonly database?: string | undefined;
  readonly tables: readonly KnownTable[];
}

export interface KnownTable {
  /** PostgreSQL: undefined for `public`. */
  readonly schema?: string | undefined;
  readonly name: string;
  readonly columns?: readonly KnownColumn[] | undefined;
  readonly primaryKey?: readonly string[] | undefined;
  /** Unique constraints and unique indexes, without the primary key. */
  readonly unique?: readonly (readonly string[])[] | undefined;
  /** Columns of all other indexes. */
  readonly indexed?: readonly (readonly string[])[] | undefined;
  readonly rows?: number | undefined;
}

export interface KnownColumn {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  /** Null: none. */
  readonly fallback: string | null;
}
