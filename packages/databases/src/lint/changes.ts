import type { Name } from './names.ts';

// What the statements of a migration do, in words that all engines share. The readers of read/ make these from SQL, the rules
// judge them; neither knows the other.

export interface Fallback {
  /** As written. */
  readonly sql: string;
  /** fixed: the same value for all rows; volatile: another for each; unknown: a function that the reader does not know. */
  readonly kind: 'null' | 'fixed' | 'volatile' | 'unknown';
  /** The present time, or an expression in parentheses. */
  readonly computed: boolean;
}

export interface Constraint {
  readonly type: 'primary' | 'unique' | 'check' | 'foreign' | 'not-null' | 'exclude';
  readonly name: string | undefined;
  /** Columns; for `check` those that are known to be in it. Undefined: expressions. */
  readonly columns: readonly string[] | undefined;
  /** What is unique, as SQL: quoted columns, expressions. */
  readonly keys: readonly string[];
  readonly references: { readonly table: Name; readonly columns: readonly string[] } | undefined;
  /** The condition of a CHECK. */
  readonly condition: string | undefined;
  /** The one column that a CHECK says is not null. */
  readonly neverNull: string | undefined;
  readonly nullsEqual: boolean;
  /** Not checked for rows that are there already. */
  readonly notValid: boolean;
  readonly usingIndex: string | undefined;
  /** As written, without its name. */
  readonly sql: string;
  readonly at: number;
}

export interface ColumnSpec {
  readonly name: string;
  /** In lower case, without spaces that mean nothing: `varchar(20)`. */
  readonly type: string;
  readonly notNull: boolean;
  readonly fallback: Fallback | undefined;
  readonly generated: 'stored' | 'virtual' | undefined;
  readonly identity: 'always' | 'by default' | undefined;
  /** AUTO_INCREMENT, serial. */
  readonly counts: boolean;
  readonly constraints: readonly Constraint[];
  /** The definition after the name, as written. */
  readonly sql: string;
}

interface OnTable {
  readonly table: Name;
}
interface OnColumn extends OnTable {
  readonly column: string;
}

/** What a change is about; `at`: offset in the file's text. */
export type Change = { readonly at: number } & (
  | ({
      readonly kind: 'create-table';
      readonly columns: readonly ColumnSpec[];
      readonly constraints: readonly Constraint[];
      readonly temporary: boolean;
      readonly ifNotExists: boolean;
    } & OnTable)
  | ({ readonly kind: 'drop-table' } & OnTable)
  | ({ readonly kind: 'rename-table'; readonly to: Name } & OnTable)
  | ({
      readonly kind: 'add-column';
      readonly spec: ColumnSpec;
      /** MySQL: FIRST or AFTER. */
      readonly placed: boolean;
    } & OnTable)
  | ({ readonly kind: 'drop-column' } & OnColumn)
  | ({ readonly kind: 'rename-column'; readonly to: string } & OnColumn)
  | ({ readonly kind: 'alter-type'; readonly to: string; readonly using: string | undefined } & OnColumn)
  /** MODIFY and CHANGE: the whole definition anew. */
  | ({ readonly kind: 'restate-column'; readonly spec: ColumnSpec; readonly placed: boolean } & OnColumn)
  | ({ readonly kind: 'set-not-null' } & OnColumn)
  | ({ readonly kind: 'drop-not-null' } & OnColumn)
  | ({ readonly kind: 'set-default' } & OnColumn)
  | ({ readonly kind: 'drop-default' } & OnColumn)
  | ({ readonly kind: 'set-identity'; readonly always: boolean } & OnColumn)
  | ({ readonly kind: 'add-constraint'; readonly constraint: Constraint } & OnTable)
  | ({ readonly kind: 'validate-constraint'; readonly name: string } & OnTable)
  | ({ readonly kind: 'drop-constraint'; readonly what: string; readonly name: string | undefined } & OnTable)
  | ({
      readonly kind: 'create-index';
      readonly name: string | undefined;
      readonly unique: boolean;
      readonly columns: readonly string[] | undefined;
      readonly keys: readonly string[];
      readonly where: string | undefined;
      readonly nullsEqual: boolean;
      readonly concurrently: boolean;
      /** FULLTEXT and SPATIAL. */
      readonly method: 'fulltext' | 'spatial' | undefined;
      /** The statement as written; for an ALTER TABLE the part of it. */
      readonly sql: string;
    } & OnTable)
  | {
      readonly kind: 'drop-index';
      readonly name: Name;
      readonly table: Name | undefined;
      readonly concurrently: boolean;
    }
  | ({ readonly kind: 'create-trigger'; readonly name: string } & OnTable)
  | { readonly kind: 'create-event'; readonly name: string }
  | { readonly kind: 'create-object'; readonly what: string; readonly name: Name; readonly replaces: boolean }
  | { readonly kind: 'drop-object'; readonly what: string; readonly name: Name; readonly table: Name | undefined }
  | { readonly kind: 'rename-object'; readonly what: string; readonly name: Name; readonly to: string }
  | { readonly kind: 'add-enum-value'; readonly type: Name; readonly value: string }
  | { readonly kind: 'rename-enum-value'; readonly type: Name; readonly value: string; readonly to: string }
  | ({ readonly kind: 'row-security' } & OnTable)
  | ({
      readonly kind: 'write';
      readonly verb: 'insert' | 'update' | 'delete' | 'truncate';
      /** Has it a WHERE that can be false, a LIMIT, or a join that chooses rows? */
      readonly bounded: boolean;
      /** Its rows come from a query. */
      readonly fromQuery: boolean;
      /** The columns set, or listed by an INSERT. */
      readonly columns: readonly string[];
      /** The tables that it reads. */
      readonly reads: readonly Name[];
      /** As written. */
      readonly sql: string;
    } & OnTable)
  | { readonly kind: 'transaction'; readonly verb: 'begin' | 'commit' | 'rollback' | 'savepoint' }
  | {
      readonly kind: 'setting';
      /** In lower case. */
      readonly name: string;
      readonly value: string;
      readonly scope: 'session' | 'transaction' | 'server';
    }
  | ({
      readonly kind: 'maintain';
      readonly verb: 'vacuum' | 'vacuum-full' | 'cluster' | 'reindex' | 'refresh' | 'optimize';
      readonly concurrently: boolean;
    } & { readonly table: Name | undefined })
  /** Storage changes: table space, engine, row format, order. `blocks`: writes wait meanwhile. */
  | ({ readonly kind: 'rewrite'; readonly what: string; readonly blocks: boolean } & OnTable)
  | ({ readonly kind: 'charset'; readonly to: string } & OnTable)
  | ({
      readonly kind: 'partition';
      readonly verb: 'attach' | 'detach' | 'drop' | 'truncate' | 'change';
      readonly concurrently: boolean;
    } & OnTable)
  | { readonly kind: 'lock-table'; readonly table: Name | undefined }
  | { readonly kind: 'checks-off'; readonly what: string }
  | { readonly kind: 'load'; readonly what: string; readonly table: Name | undefined }
  | { readonly kind: 'database'; readonly what: string; readonly name: string }
  | { readonly kind: 'use'; readonly name: string }
  | { readonly kind: 'rights'; readonly what: string; readonly password: boolean }
  /** A block or a call that is run and cannot be read to its end. `parts`: what was found in it. */
  | { readonly kind: 'opaque'; readonly what: string; readonly parts: number }
  | { readonly kind: 'syntax-error'; readonly message: string }
  /** A statement or clause that this engine does not have; `since`: the version from which on it does. */
  | {
      readonly kind: 'unsupported';
      readonly what: string;
      readonly since: string | undefined;
      readonly table: Name | undefined;
    }
  | { readonly kind: 'unknown'; readonly word: string }
  | { readonly kind: 'client-command'; readonly word: string }
  | { readonly kind: 'needs-delimiter' }
  /** Read and of no interest here: SELECT, ANALYZE, COMMENT … */
  | { readonly kind: 'other' }
);

export type Kind = Change['kind'];
export type ChangeOf<K extends Kind> = Extract<Change, { kind: K }>;

export interface Statement {
  /** Offset of its first token. */
  readonly at: number;
  readonly text: string;
  /** Those of a block that is run (DO) are among them. */
  readonly changes: readonly Change[];
  /** MySQL and MariaDB: how an ALTER TABLE is to be made; the server refuses where it cannot. */
  readonly algorithm?: string | undefined;
  readonly lock?: string | undefined;
  /** Within a block that is run. */
  readonly comments?: readonly Comment[];
  /** MariaDB: WAIT n or NOWAIT. */
  readonly waits?: boolean;
}

export interface Comment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A file as its reader understood it. */
export interface Reading {
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
}
