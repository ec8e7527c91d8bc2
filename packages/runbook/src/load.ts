import { readFileSync, statSync } from 'node:fs';
import { RunbookError } from '@release-runbook/units/error';
import { byPosition, gather } from './problems.ts';
import { assembleFile, environmentNames, type Reading, restore } from './reading.ts';
import { emptyMap, type MapTree, merge, treeOf } from './tree.ts';
import type { Runbook } from './types.ts';
import { type Located, mostBytes, readTree, tooLarge } from './yaml.ts';

export interface LoadOptions {
  /** Which of the file's environments. Default: the only one. */
  environment?: string | undefined;
  /** The environment of the step (process.env): with it, secrets that the runbook names and nobody set are problems. */
  variables?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Reads a runbook file for one environment.
 * @throws RunbookError with every problem of the file, each at its position
 */
export async function loadRunbook(file: string, options: LoadOptions = {}): Promise<Runbook> {
  return parseRunbook(await readRunbookText(file), file, options);
}

/** The text of a runbook file, refused when it is too large, missing, or no UTF-8. */
export async function readRunbookText(file: string): Promise<string> {
  try {
    // At once: the file is small, and fs/promises is a sixtieth of an action's start.
    const { size } = statSync(file);
    if (size > mostBytes) throw tooLarge(file, size);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof RunbookError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const reasons: Record<string, string> = {
      ENOENT: `there is no runbook at ${file}`,
      EISDIR: `${file} is a folder, expected a runbook file`,
      EACCES: `${file} may not be read by this user`,
    };
    throw new RunbookError(reasons[code] ?? `${file} cannot be read (${code})`, {
      hint: 'the default is .github/runbook.yml in the checkout; is the repository checked out, and the path right?',
      cause: error,
    });
  }
}

/** As loadRunbook, for a text already read; `file` is the name that positions get. */
export async function parseRunbook(text: string, file: string, options: LoadOptions = {}): Promise<Runbook> {
  const located = await readTree(text, file);
  return finish(await assembleFile(located, options));
}

/**
 * The environments that a file has, in its order; "default" for a file without any.
 * @throws RunbookError when the file is not YAML, or its environments are no map
 */
export async function readEnvironments(text: string, file: string): Promise<readonly string[]> {
  return environmentNames(await readTree(text, file));
}

export interface CheckedRunbook {
  readonly environments: readonly string[];
  readonly problems: readonly RunbookError[];
  /** What is allowed and probably not meant. */
  readonly warnings: readonly RunbookError[];
}

/** Every problem and warning of every environment of a file; throws nothing for what stands in it. */
export async function checkRunbook(
  text: string,
  file: string,
  options: Pick<LoadOptions, 'variables'> = {},
): Promise<CheckedRunbook> {
  let located: Located;
  let environments: readonly string[];
  try {
    located = await readTree(text, file);
    environments = environmentNames(located);
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    return { environments: [], problems: error.problems.length > 0 ? error.problems : [error], warnings: [] };
  }
  const readings: Reading[] = [];
  for (const environment of environments) readings.push(await assembleFile(located, { ...options, environment }));
  return {
    environments,
    problems: unique(readings.flatMap(({ problems }) => problems)),
    warnings: unique(readings.flatMap(({ warnings }) => warnings)),
  };
}

/** Environments share the common part, and so its problems. */
function unique(errors: readonly RunbookError[]): RunbookError[] {
  const seen = new Map<string, RunbookError>();
  for (const error of errors) {
    const key = `${error.at?.line}:${error.at?.column}:${error.message}`;
    if (!seen.has(key)) seen.set(key, error);
  }
  return [...seen.values()].sort(byPosition);
}

/**
 * The runbook that a record keeps (`Runbook.resolved`). Only the schema is checked again: a runbook that was good enough
 * to release with must be good enough to come back with.
 */
export async function restoreRunbook(resolved: unknown): Promise<Runbook> {
  return finish(await restore(treeOf(resolved), { checked: true }));
}

/** A runbook put together by a program, such as an action that works alone; checked as a file would be. */
export async function buildRunbook(resolved: Readonly<Record<string, unknown>>): Promise<Runbook> {
  return finish(await restore(treeOf(resolved), { checked: false }));
}

export interface InlineOptions {
  /** The section that the text is; a text with this section's own key, or of several sections, is taken as these. */
  section: string;
  /** YAML: a whole section, or several sections by their names. */
  config: string;
  system?: string | undefined;
  environment?: string | undefined;
  /** Sections made from other inputs, laid under what the text says. */
  base?: Readonly<Record<string, unknown>> | undefined;
}

/** The runbook of an action that works alone with `config: |`. Errors stand at `config:line:column`. */
export async function inlineRunbook(options: InlineOptions): Promise<Runbook> {
  const { section, config, system, environment, base = {} } = options;
  const located = config.trim() === '' ? undefined : await readTree(config, 'config');
  const under = treeOf({
    ...base,
    ...(system === undefined ? {} : { system }),
    ...(environment === undefined ? {} : { environment }),
  });
  const written = located === undefined ? emptyMap() : asSections(located, section);
  const tree = merge(under as MapTree, written);
  return finish(await restore(tree, { checked: false, position: located?.position }));
}

function asSections({ tree }: Located, section: string): MapTree {
  if (tree.kind === 'map' && (tree.entries.has(section) || isSections(tree))) return tree;
  return { kind: 'map', at: tree.at, entries: new Map([[section, { keyAt: tree.at, value: tree }]]) };
}

const several = [
  'hosts',
  'services',
  'databases',
  'deploy',
  'preflight',
  'smoke',
  'canary',
  'backup',
  'migrate',
  'rollback',
];
const isSections = (tree: MapTree): boolean =>
  tree.entries.size > 0 && [...tree.entries.keys()].some((key) => several.includes(key));

function finish(reading: Reading): Runbook {
  if (reading.runbook === undefined || reading.problems.length > 0) throw gather(reading.problems);
  return reading.runbook;
}
