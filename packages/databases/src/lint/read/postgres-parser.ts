import type { Node } from 'libpg-query';
import { type Source, source } from '../source.ts';

export interface Parsed {
  readonly node: Node;
  /** Offsets in UTF-16 units; the end is that of the text for the last one. */
  readonly start: number;
  readonly end: number;
  /** The offset of a `location` of the tree. */
  readonly offset: (location: number) => number;
}

/** Where PostgreSQL's grammar stopped, in UTF-16 units. */
export interface Refused {
  readonly message: string;
  readonly at: number;
}

export type Parser = (text: string) => readonly Parsed[] | Refused;

/** PostgreSQL's own grammar, compiled to WASM: loaded when a migration for PostgreSQL is met. */
export async function postgresParser(): Promise<Parser> {
  const { hasSqlDetails, loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  return (text) => {
    if (text.trim() === '') return [];
    // The library ends the text at a NUL, which no statement may hold.
    const nul = text.indexOf('\0');
    if (nul >= 0) return { message: 'a NUL character', at: nul };
    const of: Source = source('', text);
    try {
      return (parseSync(text).stmts ?? []).map(({ stmt, stmt_location = 0, stmt_len = 0 }) => ({
        node: stmt as Node,
        start: of.fromByte(stmt_location),
        end: stmt_len === 0 ? text.length : of.fromByte(stmt_location + stmt_len),
        offset: (location) => of.fromByte(location),
      }));
    } catch (error) {
      if (!hasSqlDetails(error)) throw error;
      return { message: error.message, at: of.fromCharacter(error.sqlDetails?.cursorPosition ?? 0) };
    }
  };
}
