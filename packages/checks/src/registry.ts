import type { CheckKind, CheckSpec, CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { RunbookError } from '@release-runbook/units/error';
import { filler, type Outcome } from './outcome.ts';
import type { CheckContext, CheckResult } from './types.ts';

/** A kind's implementation; `captured` holds the values that earlier checks kept. */
export type Check<K extends CheckKind> = (
  spec: CheckSpecs[K],
  context: CheckContext,
  captured: Readonly<Record<string, string>>,
) => Promise<Outcome>;

/** Where each kind is implemented; a new kind is a line here. */
const kinds: { [K in CheckKind]: () => Promise<Check<K>> } = {
  http: async () => (await import('./http.ts')).checkHttp,
  journey: async () => (await import('./journey.ts')).checkJourney,
  polling: async () => (await import('./polling.ts')).checkPolling,
  disk: async () => (await import('./disk.ts')).checkDisk,
  env: async () => (await import('./env.ts')).checkEnv,
  'git-tag': async () => (await import('./git-tag.ts')).checkGitTag,
  command: async () => (await import('./command.ts')).checkCommand,
  sql: async () => (await import('./sql.ts')).checkSql,
  commit: async () => (await import('./commit.ts')).checkCommit,
};

/** A check that is not through by then is given up, whatever its own limits are. */
const longestMs = 15 * 60_000;

const stopMs = 3_000;

/** Runs one check. Never throws for what the check meets: what could not be judged has the verdict `error`. */
export async function runCheck(spec: CheckSpec, context: CheckContext): Promise<CheckResult> {
  return (await run(spec, context, {})).result;
}

interface Ran {
  readonly result: CheckResult;
  readonly captured: Readonly<Record<string, string>>;
}

async function run(spec: CheckSpec, context: CheckContext, captured: Readonly<Record<string, string>>): Promise<Ran> {
  const [kind, options] = Object.entries(spec)[0] as [CheckKind, CheckSpecs[CheckKind]];
  const start = performance.now();
  const outcome = await guarded(kind, options, context, captured);
  const fill = filler(context.variables);
  const hide = (text: string) => fill.hide(text);
  const result: CheckResult = {
    name: nameOf(spec),
    verdict: outcome.verdict,
    text: outcome.text.split('\n').map(hide).slice(0, 20).join('\n'),
    ...(outcome.mend === undefined || outcome.verdict === 'pass' ? {} : { mend: hide(outcome.mend) }),
    severity: options.severity ?? 'fail',
    measurements: outcome.measurements ?? [],
    ms: performance.now() - start,
  };
  return { result, captured: outcome.captured ?? {} };
}

async function guarded(
  kind: CheckKind,
  options: CheckSpecs[CheckKind],
  context: CheckContext,
  captured: Readonly<Record<string, string>>,
): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const given = new Promise<Outcome>((resolve) => {
    timer = setTimeout(
      () => resolve({ verdict: 'error', text: `given up after ${longestMs / 60_000} min` }),
      longestMs,
    );
    // A moment for the check to clean up after itself.
    stop = () => {
      clearTimeout(timer);
      timer = setTimeout(() => resolve({ verdict: 'error', text: 'stopped before it was through' }), stopMs);
    };
    if (context.signal?.aborted === true) resolve({ verdict: 'error', text: 'stopped before it began' });
    context.signal?.addEventListener('abort', stop, { once: true });
  });
  try {
    if (context.signal?.aborted === true) return await given;
    const check = (await kinds[kind]()) as Check<CheckKind>;
    return await Promise.race([check(options, context, captured), given]);
  } catch (error) {
    if (error instanceof RunbookError)
      return { verdict: 'error', text: `could not be judged: ${error.message}`, mend: error.hint };
    return {
      verdict: 'error',
      text: `could not be judged: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
    };
  } finally {
    clearTimeout(timer);
    if (stop !== undefined) context.signal?.removeEventListener('abort', stop);
  }
}

/** The check's `name:`, else one made of its kind and what it looks at. */
export function nameOf(spec: CheckSpec): string {
  const [kind, options] = Object.entries(spec)[0] as [CheckKind, { name?: string }];
  if (options.name !== undefined) return options.name;
  const about = options as Readonly<Record<string, string | undefined>>;
  const what = about.url ?? about.file ?? about.path ?? about.on ?? about.database;
  return what === undefined ? kind : `${kind} ${what}`;
}

export interface RunChecksOptions {
  /** How many at a time; those that measure time run alone. Default 4. */
  readonly parallel?: number;
  /** Called when a check ends, in the order of their ending. */
  readonly progress?: (result: CheckResult, done: number, total: number) => void;
}

/**
 * Runs checks and gives their results in the order of `specs`. Side by side, but for two reasons to wait: a check that uses
 * `${name}` begins after the one that captures it, and a check with a limit of time runs while no other does.
 */
export async function runChecks(
  specs: readonly CheckSpec[],
  context: CheckContext,
  options: RunChecksOptions = {},
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  let captured: Readonly<Record<string, string>> = {};
  let done = 0;
  const one = async (index: number): Promise<void> => {
    const spec = specs[index];
    if (spec === undefined) return;
    const ran = await run(spec, context, captured);
    results[index] = ran.result;
    captured = { ...captured, ...ran.captured };
    options.progress?.(ran.result, ++done, specs.length);
  };
  for (const group of groups(specs)) {
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = group[next++]; index !== undefined; index = group[next++]) await one(index);
    };
    await Promise.all(Array.from({ length: Math.min(options.parallel ?? 4, group.length) }, worker));
  }
  return results;
}

/** Indices that may run side by side, in order. */
export function groups(specs: readonly CheckSpec[]): readonly (readonly number[])[] {
  const all: number[][] = [];
  let open: number[] = [];
  let capturing = new Set<string>();
  const close = () => {
    if (open.length > 0) all.push(open);
    open = [];
    capturing = new Set();
  };
  for (const [index, spec] of specs.entries()) {
    const text = JSON.stringify(spec);
    const timed = /"(p95|max|time)":\{/.test(text);
    if (timed || [...capturing].some((name) => text.includes(`\${${name}}`))) close();
    open.push(index);
    for (const name of 'http' in spec ? Object.keys(spec.http.capture ?? {}) : []) capturing.add(name);
    if (timed) close();
  }
  close();
  return all;
}
