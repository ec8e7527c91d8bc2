import { RunbookError } from '@release-runbook/units/error';
import { nearest } from '@release-runbook/units/nearest';
import { type Parsed, parseSections } from './assemble.ts';
import { canonicalJson, sha256Hex } from './digest.ts';
import { didYouMean, type Finding, listed, unknownWord } from './finding.ts';
import type { LoadOptions } from './load.ts';
import { byPosition, errorsOf, gather, type Locate } from './problems.ts';
import { environmentKeys, fileKeys, notYet, sectionNames } from './sections.ts';
import { at, child, emptyMap, isNull, type MapTree, merge, offsetOf, type Tree, toJson, without } from './tree.ts';
import type { Runbook, RunbookPath } from './types.ts';
import type { Located } from './yaml.ts';

/** A runbook, or the problems for which there is none. */
export interface Reading {
  readonly runbook: Runbook | undefined;
  readonly problems: readonly RunbookError[];
  readonly warnings: readonly RunbookError[];
}

function rootOf({ tree, position }: Located): MapTree {
  if (tree.kind === 'map') return tree;
  throw gather([
    new RunbookError('not a runbook, expected a map of sections that begins with "runbook: v1"', {
      at: position(tree.at),
    }),
  ]);
}

export function environmentNames(located: Located): readonly string[] {
  const environments = child(rootOf(located), 'environments');
  if (environments === undefined || isNull(environments)) return ['default'];
  const fault = environments.kind === 'map' && environments.entries.size > 0 ? undefined : environments;
  if (fault !== undefined || environments.kind !== 'map') {
    throw gather([
      new RunbookError('environments: expected a map of environments by name, such as "production:"', {
        at: located.position(environments.at),
      }),
    ]);
  }
  return [...environments.entries.keys()];
}

/** Reads one environment of a file: the common part with the environment's own laid over it. */
export async function assembleFile(located: Located, options: LoadOptions): Promise<Reading> {
  const { position } = located;
  const root = rootOf(located);
  const names = environmentNames(located);
  const findings = checkTop(root);
  const environment = options.environment ?? (names.length === 1 ? names[0] : undefined);
  if (environment === undefined || !names.includes(environment)) {
    findings.push(noEnvironment(root, names, environment));
    return { runbook: undefined, problems: errorsOf(findings, root, position), warnings: [] };
  }
  const own = at(root, ['environments', environment]);
  if (own !== undefined) checkEnvironment(environment, own, findings);

  const { findSecrets } = await import(/* webpackMode: "eager" */ './secrets.ts');
  const secrets = findSecrets(root);
  const hidden = new Set(secrets.map(({ path }) => offsetOf(root, path)));
  const common = without(root, ['runbook', 'environments']);
  const tree = dropEmpty(own?.kind === 'map' ? merge(common, own) : common);
  const { found, sections } = await examine(tree, options);
  const isHidden = (finding: Finding): boolean => hidden.has(offsetOf(tree, finding.path));
  const problems = [
    ...errorsOf([...findings, ...secrets], root, position),
    ...errorsOf(
      found.problems.filter((finding) => !isHidden(finding)),
      tree,
      position,
    ),
  ].sort(byPosition);
  return {
    runbook: problems.length > 0 ? undefined : runbookOf(tree, environment, sections, position),
    problems,
    warnings: errorsOf(found.warnings, tree, position),
  };
}

/** Everything that can be said of a merged runbook: by its schemas, and by how its parts fit together. */
async function examine(tree: MapTree, options: LoadOptions) {
  const parsed = await parseSections(tree);
  const { validate, unsetSecrets } = await import(/* webpackMode: "eager" */ './validate.ts');
  const found = validate(tree, parsed.sections);
  found.problems.push(...parsed.findings);
  if (options.variables !== undefined) found.problems.push(...unsetSecrets(parsed.sections, options.variables));
  return { found, sections: parsed.sections };
}

function dropEmpty(tree: MapTree): MapTree {
  return { ...tree, entries: new Map([...tree.entries].filter(([, { value }]) => !isNull(value))) };
}

function checkTop(root: MapTree): Finding[] {
  const findings: Finding[] = [];
  const version = child(root, 'runbook');
  if (version === undefined) {
    findings.push({ path: [], message: '"runbook" is missing, expected "runbook: v1" on the first line' });
  } else if (version.kind !== 'scalar' || version.value !== 'v1') {
    const newer = version.kind === 'scalar' && /^v\d+$/.test(String(version.value));
    findings.push({
      path: ['runbook'],
      message: 'runbook: expected "v1", the only version of the format that this tool knows',
      hint: newer ? 'was the file written for a newer version of the tool?' : undefined,
    });
  }
  if (!root.entries.has('system')) {
    findings.push({
      path: [],
      message: '"system" is missing, expected the name of the system, such as "system: web-shop"',
    });
  }
  unknownKeys(root, [], fileKeys, findings);
  return findings;
}

function checkEnvironment(name: string, own: Tree, findings: Finding[]): void {
  const path = ['environments', name];
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(name)) {
    findings.push({
      path,
      part: 'key',
      message: `${JSON.stringify(name)} is no name of an environment, expected letters, digits, "-", "_", "."`,
    });
  }
  if (own.kind === 'map') unknownKeys(own, path, environmentKeys, findings);
  else if (!isNull(own)) findings.push({ path, message: `${path.join('.')}: expected a map of sections` });
}

function unknownKeys(tree: MapTree, path: RunbookPath, known: readonly string[], findings: Finding[]): void {
  for (const key of tree.entries.keys()) {
    if (known.includes(key)) continue;
    const planned = notYet([], key);
    findings.push({
      path: [...path, key],
      part: 'key',
      ...(planned ?? unknownWord('key', key, path.join('.'), known)),
    });
  }
}

function noEnvironment(root: MapTree, names: readonly string[], wanted: string | undefined): Finding {
  if (!root.entries.has('environments')) {
    return {
      path: [],
      message: `no environment is called "${wanted}": this runbook has no "environments:", and is itself the environment "default"`,
    };
  }
  const message =
    wanted === undefined
      ? `this runbook has ${names.length} environments, expected the name of one of ${listed(names)}`
      : `no environment is called ${JSON.stringify(wanted)}, expected one of ${listed(names)}`;
  const hint = wanted === undefined ? `name it: --environment ${names[0]}` : didYouMean(nearest(wanted, names));
  return { path: ['environments'], part: 'key', message, hint };
}

/** Reads what a record keeps, or a program has put together. `checked`: it was validated before. */
export async function restore(
  tree: Tree,
  { checked, position = () => undefined }: { checked: boolean; position?: Locate | undefined },
): Promise<Reading> {
  if (tree.kind !== 'map') {
    throw new RunbookError('the record holds no runbook, expected a map of sections', {
      hint: 'is this the right file?',
    });
  }
  const findings: Finding[] = [];
  unknownKeys(tree, [], ['runbook', 'environment', ...sectionNames], findings);
  const environmentTree = child(tree, 'environment');
  const environment =
    environmentTree?.kind === 'scalar' && typeof environmentTree.value === 'string' ? environmentTree.value : 'default';
  const system = { keyAt: -1, value: { kind: 'scalar', at: -1, value: 'alone', source: 'alone', inner: -1 } as const };
  const own = without(dropEmpty(tree), ['runbook', 'environment']);
  const complete = merge({ ...emptyMap(own.at), entries: new Map([['system', system]]) }, own);
  if (checked) {
    const parsed = await parseSections(complete);
    findings.push(...parsed.findings);
    const problems = errorsOf(findings, complete, position);
    return {
      runbook: problems.length > 0 ? undefined : runbookOf(complete, environment, parsed.sections),
      problems,
      warnings: [],
    };
  }
  const { findSecrets } = await import(/* webpackMode: "eager" */ './secrets.ts');
  findings.push(...findSecrets(complete));
  const { found, sections } = await examine(complete, {});
  const problems = errorsOf([...findings, ...found.problems], complete, position);
  return {
    runbook: problems.length > 0 ? undefined : runbookOf(complete, environment, sections),
    problems,
    warnings: errorsOf(found.warnings, complete, position),
  };
}

function runbookOf(
  tree: MapTree,
  environment: string,
  sections: Parsed['sections'],
  position: Locate = () => undefined,
): Runbook {
  const hosts = sections.hosts ?? {};
  const home = sections.record?.on ?? Object.keys(hosts)[0];
  const written = toJson(tree) as Record<string, unknown>;
  // The first host is the home: said outright, since a record may keep its keys in another order.
  const record = home === undefined ? {} : { record: { on: home } };
  const resolved = { runbook: 'v1', environment, ...written, ...record };
  let digest: string | undefined;
  return {
    system: sections.system ?? 'alone',
    locale: sections.locale ?? 'en',
    environment,
    window: sections.window,
    hosts,
    home,
    services: sections.services ?? {},
    databases: sections.databases ?? {},
    source: sections.source ?? { git: {} },
    preflight: sections.preflight ?? [],
    backup: sections.backup ?? {},
    migrate: sections.migrate ?? {},
    stopWrites: sections['stop-writes'] ?? [],
    deploy: sections.deploy ?? [],
    smoke: sections.smoke ?? [],
    canary: sections.canary,
    rollback: sections.rollback ?? {},
    previous: sections.previous,
    onCall: sections['on-call'],
    resolved,
    // Few steps ask for it before they begin, and node:crypto is a twentieth of a start.
    get digest() {
      digest ??= sha256Hex(canonicalJson(resolved));
      return digest;
    },
    position: (path) => position(offsetOf(tree, path)),
  };
}
