/** Where in a runbook, or any other file, something stands; line and column start at 1. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

export interface RunbookErrorOptions {
  at?: Position | undefined;
  /** The next thing to do: a command, or the nearest valid word. */
  hint?: string | undefined;
  /** Everything found wrong at once, where one error stands for many. */
  problems?: readonly RunbookError[] | undefined;
  cause?: unknown;
}

/** An error whose message is written for the person running the release, so it is shown without a stack. */
export class RunbookError extends Error {
  override readonly name: string = 'RunbookError';
  readonly at: Position | undefined;
  readonly hint: string | undefined;
  readonly problems: readonly RunbookError[];

  constructor(message: string, options: RunbookErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.at = options.at;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
  }
}

export interface UnitErrorOptions {
  /** 0-based index within the text where reading stopped. */
  offset?: number | undefined;
  /** What would have been accepted, with an example; the message says it too. */
  expected?: string | undefined;
  /** The nearest valid word, when one is near enough. */
  nearest?: string | undefined;
}

/**
 * A text such as "< 200 ms" that could not be read. It knows no file: the caller adds `offset` to the text's own
 * position and makes a RunbookError with `at`.
 */
export class UnitError extends RunbookError {
  override readonly name: string = 'UnitError';
  readonly offset: number;
  readonly expected: string | undefined;
  readonly nearest: string | undefined;

  constructor(message: string, options: UnitErrorOptions = {}) {
    super(message, {
      hint: options.nearest === undefined ? undefined : `did you mean ${JSON.stringify(options.nearest)}?`,
    });
    this.offset = options.offset ?? 0;
    this.expected = options.expected;
    this.nearest = options.nearest;
  }
}

/** `file:line:column`, as compilers print it and editors open it. */
export function formatPosition(at: Position): string {
  return `${at.file}:${at.line}:${at.column}`;
}

/**
 * An error as text for a terminal: `file:line:column: message`, then the hint indented by two. Where the error carries
 * problems, they are printed one after another instead of the error that gathers them. Values that are no
 * RunbookError give their message alone.
 */
export function formatError(error: unknown): string {
  if (!(error instanceof RunbookError)) return error instanceof Error ? error.message : String(error);
  if (error.problems.length > 0) return error.problems.map(formatError).join('\n');
  const head = error.at === undefined ? error.message : `${formatPosition(error.at)}: ${error.message}`;
  return error.hint === undefined ? head : `${head}\n${error.hint.replace(/^(?=.)/gm, '  ')}`;
}
