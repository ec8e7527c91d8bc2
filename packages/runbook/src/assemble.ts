import { nearest } from '@release-runbook/units/nearest';
import { type Finding, didYouMean, listed } from './finding.ts';
import { checkKinds, type CheckKind, type CheckSpec } from './schema/checks.ts';
import { checkSections, notYet, type SchemaSection, type Sections, sectionSchemas } from './sections.ts';
import { isNull, type MapTree, toJson, type Tree } from './tree.ts';
import type { RunbookPath } from './types.ts';

export type Checks = { -readonly [S in (typeof checkSections)[number]]?: CheckSpec[] };

export interface Parsed {
  /** Sections that are there and right; one with a mistake is left out. */
  readonly sections: Partial<Sections> & Checks;
  readonly findings: Finding[];
}

/** Parses each section that is there with its own schema. */
export async function parseSections(tree: MapTree): Promise<Parsed> {
  const findings: Finding[] = [];
  const sections: Record<string, unknown> = {};
  const present = [...tree.entries.keys()].filter((name): name is SchemaSection => Object.hasOwn(sectionSchemas, name));
  const parsing = present.map(async (name) => {
    const value = tree.entries.get(name)?.value;
    if (value === undefined || isNull(value)) return;
    const parsed = await parse(await sectionSchemas[name](), tree, [name], value, findings);
    if (parsed !== undefined) sections[name] = parsed.value;
  });
  const checking = checkSections.map(async (name) => {
    const value = tree.entries.get(name)?.value;
    if (value === undefined || isNull(value)) return;
    const checks = await parseChecks(tree, name, value, findings);
    if (checks !== undefined) sections[name] = checks;
  });
  await Promise.all([...parsing, ...checking]);
  return { sections: sections as Parsed['sections'], findings };
}

type AnySchema = Awaited<ReturnType<(typeof sectionSchemas)[SchemaSection] | (typeof checkKinds)[CheckKind]>>;

async function parse(
  schema: AnySchema,
  tree: MapTree,
  path: RunbookPath,
  value: Tree,
  findings: Finding[],
): Promise<{ value: unknown } | undefined> {
  const result = schema.safeParse(toJson(value));
  if (result.success) return { value: result.data };
  const { explain } = await import('./explain.ts');
  findings.push(...explain(schema, tree, result.error.issues, path));
  return undefined;
}

/** A list of checks: each entry a map of one kind to its options. */
async function parseChecks(
  tree: MapTree,
  section: string,
  list: Tree,
  findings: Finding[],
): Promise<CheckSpec[] | undefined> {
  const before = findings.length;
  if (list.kind !== 'list') {
    findings.push({ path: [section], message: `${section}: expected a list of checks, each such as "- http: { url: … }"` });
    return undefined;
  }
  const checks = await Promise.all(
    list.items.map(async (item, index) => {
      const path = [section, index];
      const kind = kindOf(item, path, findings);
      if (kind === undefined || item.kind !== 'map') return undefined;
      const options = item.entries.get(kind)?.value;
      if (options === undefined) return undefined;
      const schema: AnySchema = await checkKinds[kind]();
      // "- git-tag:" with nothing behind it has no options.
      const value: Tree = isNull(options) ? { kind: 'map', at: options.at, entries: new Map() } : options;
      const parsed = await parse(schema, tree, [...path, kind], value, findings);
      return parsed === undefined ? undefined : { [kind]: parsed.value };
    }),
  );
  return findings.length === before ? (checks as CheckSpec[]) : undefined;
}

function kindOf(item: Tree, path: RunbookPath, findings: Finding[]): CheckKind | undefined {
  const kinds = Object.keys(checkKinds);
  const where = `${path[0]}[${Number(path[1]) + 1}]`;
  if (item.kind !== 'map' || item.entries.size === 0) {
    const hint =
      item.kind === 'scalar' && typeof item.value === 'string' && kinds.includes(item.value)
        ? `write "- ${item.value}: {}"`
        : undefined;
    findings.push({ path, message: `${where}: expected a check, a map with one of ${listed(kinds)}`, hint });
    return undefined;
  }
  const keys = [...item.entries.keys()];
  const unknown = keys.filter((key) => !kinds.includes(key));
  for (const key of unknown) {
    const planned = notYet(path, key);
    findings.push({
      path: [...path, key],
      part: 'key',
      ...(planned ?? {
        message: `unknown check ${JSON.stringify(key)} in ${where}, expected one of ${listed(kinds)}`,
        hint: didYouMean(nearest(key, kinds)) ?? indentHint(keys, kinds),
      }),
    });
  }
  if (unknown.length > 0) return undefined;
  const [kind, second] = keys as CheckKind[];
  if (second === undefined) return kind;
  findings.push({
    path: [...path, second],
    part: 'key',
    message: `"${kind}" and "${second}" together in ${where}, expected one check an entry`,
    hint: `put "- " before "${second}"`,
  });
  return undefined;
}

/** Options one level too far left stand beside their check. */
const indentHint = (keys: readonly string[], kinds: readonly string[]): string | undefined => {
  const kind = keys.find((key) => kinds.includes(key));
  return kind === undefined ? undefined : `options of "${kind}" are indented below it`;
};
