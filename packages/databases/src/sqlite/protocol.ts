/**
 * The protocol between the suite and the program that opens the file: one JSON request on standard input, one JSON
 * reply as the last line of standard output. A request is one connection; its steps run in order and end at the first error. An open
 * transaction is rolled back when the connection closes. A reply beyond 1,000,000 characters becomes an error, since hosts
 * keep 1 MiB of a program's output.
 */
export interface Request {
  readonly protocol: 1;
  /** Absolute. Must exist. */
  readonly path: string;
  /** How long to wait for a lock of another program. */
  readonly busyMs: number;
  /** Files attached before the first step; absolute, must exist. */
  readonly attach: readonly { readonly as: string; readonly path: string }[];
  readonly steps: readonly Step[];
}

export type Step =
  /** One statement; its rows come back. */
  | { readonly sql: string }
  /** One statement with one text column; its rows become the lines of this file. */
  | { readonly sql: string; readonly to: string }
  /** The main database as this connection's transaction sees it, into this file. */
  | { readonly backup: string };

/** Values that JSON cannot carry: integers beyond 2^53, blobs (hex), infinities. */
export type WireValue = null | number | string | { int: string } | { blob: string } | { real: string };

export interface Result {
  /** Some clients know no names where no row came. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly WireValue[])[];
  readonly ms: number;
}

export type Reply =
  | { readonly ok: true; readonly version: string; readonly results: readonly Result[] }
  /** `at`: the step that failed, -1 while opening. `message`: SQLite's own words. */
  | { readonly ok: false; readonly at: number; readonly message: string };

/** While a backup runs, clients may write such lines before the reply: bytes done, bytes in all. */
export const PROGRESS = /^progress (\d+) (\d+)$/;

/** A value as SQL would write it: big integers and blobs as text. */
export function decode(value: WireValue): null | number | string {
  if (value === null || typeof value !== 'object') return value;
  if ('int' in value) return value.int;
  if ('blob' in value) return `x'${value.blob}'`;
  return value.real === '-Infinity' ? -Infinity : Infinity;
}

/** A value that is a text, or as text. */
export const asText = (value: WireValue | undefined) => String(decode(value ?? null));

/** `name` as an identifier in SQL. */
export const id = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** `text` as a literal in SQL. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
