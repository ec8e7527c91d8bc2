import type { Change, ChangeOf, Statement } from './changes.ts';
import { display, type Name, quote, quoteName } from './names.ts';
import type { Rule } from './rules.ts';
import type { Engine, Severity } from './types.ts';
import type { Params, Words } from './words/en.ts';
import type { World } from './world.ts';

/** What the rules see of the file that they are in. */
export interface FileState {
  readonly statements: readonly Statement[];
  /** Index of the statement that is looked at. */
  statement: number;
  /** Is it applied within one transaction? */
  readonly transaction: boolean;
  /** A BEGIN of its own is open. */
  open: boolean;
  lockTimeout: boolean;
  /** The first statement that took a lock for which others wait. */
  lock: { readonly table: Name; readonly line: number } | undefined;
  foreignKeys: boolean | undefined;
  /** Added so far. */
  readonly enumValues: ChangeOf<'add-enum-value'>[];
  legacyAlter: boolean;
  /** Once a file is enough. */
  readonly told: Set<Rule>;
}

export interface Report {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly at: number;
  readonly params?: Partial<Params>;
  readonly safeWay?: readonly string[];
}

/** What a rule is given to judge a change by. */
export interface Scene {
  readonly engine: Engine;
  readonly canary: boolean;
  /** Name of the database that is migrated, where it is known. */
  readonly database: string | undefined;
  readonly world: World;
  readonly words: Words;
  readonly file: FileState;
  report(report: Report): void;
  position(offset: number): { readonly file: string; readonly line: number; readonly column: number };
}

export type Judge = (change: Change, scene: Scene) => void;

/** A lock on a table of so few rows is over before anybody waits for it. */
export const SMALL = 10_000;

/** The severity of what breaks the old version: less where it does not run beside the new one. */
export function forOld(scene: Scene, worst: Severity): Severity {
  if (scene.canary) return worst;
  return worst === 'error' ? 'warning' : 'notice';
}

/** The severity of a lock on a table, which is small where that is known. */
export function forLock(scene: Scene, table: Name | undefined, worst: Severity): Severity {
  const rows = table === undefined ? undefined : scene.world.rows(table);
  return rows !== undefined && rows < SMALL ? 'notice' : worst;
}

export const isMysql = (engine: Engine): boolean => engine === 'mysql' || engine === 'mariadb';

/** `orders.note`. */
export const columnText = (table: Name, column: string): string => `${display(table)}.${column}`;

/** Names as the engine's SQL has them. */
export function sqlNames(scene: Scene) {
  return {
    t: (name: Name) => quoteName(scene.engine, name),
    c: (name: string) => quote(scene.engine, name),
  };
}

/** The parameters that every finding on a table has. */
export function onTable(scene: Scene, table: Name): Pick<Params, 'table' | 'rows'> {
  const rows = scene.world.rows(table);
  return { table: display(table), rows: rows === undefined ? '' : scene.words.rows(rows.toLocaleString('en-US')) };
}

/** The statement that is looked at. */
export const current = (scene: Scene): Statement | undefined => scene.file.statements[scene.file.statement];
