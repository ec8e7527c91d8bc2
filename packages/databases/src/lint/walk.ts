import type { Change, Reading } from './changes.ts';
import { readMysql } from './read/mysql.ts';
import { readPostgres } from './read/postgres.ts';
import { postgresParser } from './read/postgres-parser.ts';
import { pieces } from './read/split.ts';
import { readSqlite } from './read/sqlite.ts';
import { type Token, tokenize } from './read/tokens.ts';
import { oldName, type Rebuild, rebuilds } from './rules/rebuild.ts';
import type { FileState, Report, Scene } from './scene.ts';
import { type Source, source } from './source.ts';
import type { Engine, LintInput } from './types.ts';
import { wordsFor } from './words/words.ts';
import { type TableState, world } from './world.ts';

export interface Step {
  readonly change: Change;
  readonly scene: Scene;
  /** The rebuilding of a table that begins with this change. */
  readonly rebuild: Rebuild | undefined;
  /** A part of a rebuilding, which is judged as a whole. */
  readonly partOfRebuild: boolean;
}

export interface Visitor {
  step(step: Step): void;
  /** After the last statement of a file. */
  file?(scene: Scene, source: Source, reading: Reading): void;
  report?(source: Source, report: Report): void;
}

/** Goes through a migration in the order in which it is applied, with the schema as it is at each statement. */
export async function walk(input: LintInput, visitor: Visitor): Promise<void> {
  const { engine } = input;
  const { read, inTransaction } = await reader(engine);
  const words = wordsFor(input.locale);
  const state = world(engine, input.known);
  for (const { name, sql, transaction } of input.files) {
    const from = source(name, sql);
    const reading = read(from);
    const file: FileState = {
      statements: reading.statements,
      statement: 0,
      transaction: transaction ?? inTransaction(from),
      open: false,
      lockTimeout: input.lockTimeoutMs !== undefined,
      lock: undefined,
      foreignKeys: undefined,
      enumValues: [],
      legacyAlter: false,
      told: new Set(),
    };
    const scene: Scene = {
      engine,
      canary: input.canary,
      database: input.known?.database,
      world: state,
      words,
      file,
      report: (report) => visitor.report?.(from, report),
      position: (offset) => ({ file: name, ...from.position(offset) }),
    };
    const rebuilt = rebuilds(scene, reading.statements);
    const old = new Map<Rebuild, TableState>();
    for (const [index, statement] of reading.statements.entries()) {
      file.statement = index;
      for (const change of statement.changes) {
        const rebuild = rebuilt.find(({ created }) => created === change);
        if (rebuild !== undefined) old.set(rebuild, state.table(oldName(rebuild)));
        visitor.step({ change, scene, rebuild, partOfRebuild: rebuilt.some(({ parts }) => parts.has(change)) });
        state.apply(change);
        const over = rebuilt.find(({ done }) => done === change);
        if (over !== undefined) state.inherit(over.table, old.get(over) ?? state.table(over.table));
      }
    }
    visitor.file?.(scene, from, reading);
  }
}

interface Reader {
  read(from: Source): Reading;
  /** Whether the suite applies such a file in one transaction. */
  inTransaction(from: Source): boolean;
}

async function reader(engine: Engine): Promise<Reader> {
  if (engine === 'sqlite') return { read: readSqlite, inTransaction: () => true };
  if (engine !== 'postgres') return { read: (from) => readMysql(from, engine), inTransaction: () => false };
  const [parser, { outsideTransactions }] = await Promise.all([postgresParser(), import('../postgres/apply.ts')]);
  const words = (tokens: readonly Token[]) => tokens.filter(({ kind }) => kind === 'word').map(({ value }) => value);
  return {
    read: (from) => readPostgres(parser, from),
    inTransaction: ({ text }) =>
      pieces(tokenize(text, 'postgres').tokens, 'postgres').every(
        ({ tokens }) => outsideTransactions(words(tokens)) === undefined,
      ),
  };
}
