import { type Finding, listed, unknownWord } from './finding.ts';
import { type CheckKind, type CheckSpec, checkKinds } from './schema/checks.ts';
import { checkSections, notYet, type SchemaSection, type Sections, sectionSchemas } from './sections.ts';
import { child, emptyMap, isNull, type MapTree, type Tree, toJson } from './tree.ts';
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
  for (const [name, { value }] of tree.entries) {
    if (isNull(value)) continue;
    if (isOneOf(checkSections, name)) {
      const checks = await parseChecks(tree, name, value, findings);
      if (checks !== undefined) sections[name] = checks;
    } else if (isSchemaSection(name)) {
      const parsed = await parse(await sectionSchemas[name](), tree, [name], value, findings);
      if (parsed !== undefined) sections[name] = parsed.value;
    }
  }
  return { sections: sections as Parsed['sections'], findings };
}

const isSchemaSection = (name: string): name is SchemaSection => Object.hasOwn(sectionSchemas, name);
const isOneOf = <T extends string>(words: readonly T[], word: string): word is T => words.some((one) => one === word);

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
    findings.push({
      path: [section],
      message: `${section}: expected a list of checks, each such as "- http: { url: … }"`,
    });
    return undefined;
  }
  const checks: unknown[] = [];
  for (const [index, item] of list.items.entries()) {
    const path = [section, index];
    const kind = kindOf(item, path, findings);
    const options = kind === undefined ? undefined : child(item, kind);
    if (kind === undefined || options === undefined) continue;
    // "- git-tag:" with nothing behind it has no options.
    const value = isNull(options) ? emptyMap(options.at) : options;
    const parsed = await parse(await checkKinds[kind](), tree, [...path, kind], value, findings);
    if (parsed !== undefined) checks.push({ [kind]: parsed.value });
  }
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
    const unknownCheck = unknownWord('check', key, where, kinds);
    const finding = planned ?? { ...unknownCheck, hint: unknownCheck.hint ?? indentHint(keys, kinds) };
    findings.push({ path: [...path, key], part: 'key', ...finding });
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
