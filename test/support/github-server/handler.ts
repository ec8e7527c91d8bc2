import type { Objects } from './objects.ts';
import type { Seed } from './seed.ts';
import type { Scope, State } from './state.ts';

export type Context = {
  state: State;
  seed: Seed;
  objects: Objects;
  /** Path parameters, decoded. */
  path: Record<string, string>;
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** The body as it came, for uploads. */
  raw: Buffer;
  headers: Record<string, string>;
};

/** `all` is paged by the server; `list` is too, inside an object under that name with `total_count`. */
export type Answer = { status: number; body?: unknown } | { all: unknown[]; list?: string };

export type Handler = {
  /** Any one of these scopes is enough; writing needs `write` on it. */
  scope: readonly Scope[];
  answer(context: Context): Answer;
};

/** An answer that refuses, as GitHub words it. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: object[] | undefined;
  constructor(status: number, message: string, errors?: object[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export const notFound = () => new Refusal(404, 'Not Found');

export const invalid = (resource: string, field: string, code: string, message?: string) =>
  new Refusal(422, 'Validation Failed', [{ resource, field, code, ...(message !== undefined && { message }) }]);

export function found<T>(one: T | undefined): T {
  if (one === undefined) throw notFound();
  return one;
}

/** A parameter or property that the description promises to be text (or a number, as a title may be). */
export const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** GitHub counts characters, not bytes. */
export function limited(resource: string, value: string, characters: number): string {
  if (Array.from(value).length <= characters) return value;
  throw invalid(resource, 'body', 'custom', `body is too long (maximum is ${characters} characters)`);
}
