import { differenceLines, EXAMPLES, rowsText } from '../difference-text.ts';
import type { Differences } from '../types.ts';
import type { Client } from './client.ts';
import { countSteps, differs, firstNumber, type Pair, type Pairs, readPairs, selections } from './pairs.ts';
import { decode, id, type Result, type Step } from './protocol.ts';
import type { Column } from './schema.ts';

/** The schema's part alone. */
export async function compareSchema(client: Client, before: string, after: string): Promise<readonly string[]> {
  return schemaDifferences(await readPairs(client, after, before));
}

/** What is different in `after`. All comparing happens in SQL, on one snapshot of each file. */
export async function compare(client: Client, before: string, after: string): Promise<Differences> {
  const pairs = await readPairs(client, after, before);
  const attach = [{ as: 'other', path: before }];
  const gone = pairs.schemas.other.tables.filter(
    (t) => !pairs.schemas.main.tables.some((other) => other.name === t.name),
  );
  const fresh = pairs.schemas.main.tables.filter(
    (t) => !pairs.schemas.other.tables.some((other) => other.name === t.name),
  );
  const { results } = await client.run(after, {
    attach,
    steps: [
      { sql: 'BEGIN' },
      ...gone.map((t): Step => ({ sql: `SELECT count(*) FROM other.${id(t.name)}` })),
      ...fresh.map((t): Step => ({ sql: `SELECT count(*) FROM main.${id(t.name)}` })),
      ...pairs.both.flatMap((p) => [...countSteps(p), ...exampleSteps(p)]),
      { sql: 'COMMIT' },
    ],
  });
  let at = 1;
  const take = () => results[at++];
  const rows = [
    ...gone.map((t) => [firstNumber(take()), `${t.name}: % gone with the table`] as const),
    ...fresh.map((t) => [firstNumber(take()), `${t.name}: % in a new table`] as const),
  ].flatMap(([count, text]) => (count > 0 ? [text.replace('%', rowsText(count))] : []));
  for (const p of pairs.both) {
    const [added, changed, missing] = [firstNumber(take()), firstNumber(take()), firstNumber(take())];
    const examples = p.key === null ? undefined : { missing: take(), changed: take(), added: take() };
    rows.push(...tableRows(p, { added, changed, missing }, examples));
  }
  return { schema: schemaDifferences(pairs), rows };
}

function exampleSteps(p: Pair): Step[] {
  if (p.key === null) return [];
  if (p.columns.length === 0)
    return [{ sql: 'SELECT 0 WHERE 0' }, { sql: 'SELECT 0 WHERE 0' }, { sql: 'SELECT 0 WHERE 0' }];
  const s = selections(p);
  const key = (row: string) => (p.key ?? []).map((c, i) => `${row}.${id(c)} AS k${i}`).join(', ');
  const which = p.columns.map((c, i) => `${differs('a', 'b', c)} AS d${i}`).join(', ');
  return [
    { sql: `SELECT ${key('b')} ${s.missing} LIMIT ${EXAMPLES}` },
    { sql: `SELECT ${key('a')}, ${which} ${s.changed} LIMIT ${EXAMPLES}` },
    { sql: `SELECT ${key('a')} ${s.added} LIMIT ${EXAMPLES}` },
  ];
}

interface Examples {
  readonly missing: Result | undefined;
  readonly changed: Result | undefined;
  readonly added: Result | undefined;
}

function tableRows(
  p: Pair,
  counts: { added: number; changed: number; missing: number },
  examples: Examples | undefined,
): string[] {
  const keys = (result: Result | undefined) => (result?.rows ?? []).map((row) => keyText(p, row));
  return differenceLines({
    table: p.table,
    key: p.key,
    ...counts,
    examples: {
      missing: keys(examples?.missing),
      changed: changedGroups(p, examples?.changed),
      added: keys(examples?.added),
    },
  });
}

function changedGroups(p: Pair, result: Result | undefined) {
  const groups = new Map<string, { keys: string[]; columns: readonly string[] }>();
  const width = p.key?.length ?? 0;
  for (const row of result?.rows ?? []) {
    const columns = p.columns.filter((_, i) => row[width + i] === 1);
    const group = groups.get(columns.join()) ?? { keys: [], columns };
    groups.set(columns.join(), group);
    group.keys.push(keyText(p, row));
  }
  return [...groups.values()];
}

function keyText(p: Pair, row: Result['rows'][number]): string {
  const parts = (p.key ?? []).map((_, i) => {
    const value = decode(row[i] ?? null);
    return typeof value === 'string'
      ? JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
      : String(value);
  });
  return parts.length === 1 ? (parts[0] ?? '') : `[${parts.join(', ')}]`;
}

/** The schema's differences in words; columns where they tell it, else that the definition differs. */
export function schemaDifferences({ schemas, columns }: Pick<Pairs, 'schemas' | 'columns'>): string[] {
  const lines: string[] = [];
  const key = (o: { kind: string; name: string }) => `${o.kind} ${o.name}`;
  const after = new Map(schemas.main.objects.map((o) => [key(o), o]));
  for (const old of schemas.other.objects) {
    const now = after.get(key(old));
    after.delete(key(old));
    if (now === undefined) lines.push(`${key(old)} is gone`);
    else if (now.definition !== old.definition) {
      const parts =
        old.kind === 'table'
          ? columnDifferences(columns.other.get(old.name) ?? [], columns.main.get(old.name) ?? [])
          : [];
      lines.push(...(parts.length > 0 ? parts : ['its definition differs']).map((part) => `${key(old)}: ${part}`));
    }
  }
  for (const name of after.keys()) lines.push(`${name} is new`);
  return lines;
}

function columnDifferences(before: readonly Column[], after: readonly Column[]): string[] {
  const lines: string[] = [];
  const now = new Map(after.map((c) => [c.name, c]));
  for (const old of before) {
    const column = now.get(old.name);
    now.delete(old.name);
    if (column === undefined) lines.push(`column ${old.name} is gone`);
    else if (declaration(column) !== declaration(old))
      lines.push(`column ${old.name} was ${declaration(old)}, is ${declaration(column)}`);
  }
  for (const column of now.values()) lines.push(`column ${column.name} is new (${declaration(column)})`);
  return lines;
}

function declaration(c: Column): string {
  const words = [
    c.type || 'no type',
    c.notNull ? 'NOT NULL' : '',
    c.fallback === null ? '' : `DEFAULT ${c.fallback}`,
    c.key > 0 ? `key ${c.key}` : '',
    c.generated ? 'generated' : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}
