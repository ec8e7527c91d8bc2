import type { Differences } from '../types.ts';
import type { Client } from './client.ts';
import { countSteps, differs, firstNumber, type Pair, type Pairs, readPairs, selections } from './pairs.ts';
import { decode, id, type Result, type Step } from './protocol.ts';
import type { Column } from './schema.ts';

const EXAMPLES = 10;

/** What is different in `after`. All comparing happens in SQL, on one snapshot of each file. */
export async function compare(client: Client, before: string, after: string): Promise<Differences> {
  if (before === after) return { schema: [], rows: [] };
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

const rowsText = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

function tableRows(
  p: Pair,
  counts: { added: number; changed: number; missing: number },
  examples: Examples | undefined,
): string[] {
  const lines: string[] = [];
  // Ten examples a table in all, the losses first.
  let left = EXAMPLES;
  const say = (count: number, what: string, groups: readonly { keys: readonly string[]; columns: string }[]) => {
    if (count === 0) return;
    const shown: string[] = [];
    let named = 0;
    for (const { keys, columns } of groups) {
      const some = keys.slice(0, left);
      if (some.length === 0) continue;
      left -= some.length;
      named += some.length;
      shown.push(some.join(', ') + columns);
    }
    const more = count > named ? `${shown.length > 0 ? '; ' : ''}${count - named} more` : '';
    const label = p.key === null ? '' : shown.length === 0 ? '' : ` (${p.key.join(', ')} ${shown.join('; ')}${more})`;
    lines.push(`${p.table}: ${rowsText(count)} ${what}${label}`);
  };
  const plain = (result: Result | undefined) => [
    { keys: (result?.rows ?? []).map((row) => keyText(p, row)), columns: '' },
  ];
  say(counts.missing, counts.missing === 1 ? 'is missing' : 'are missing', plain(examples?.missing));
  say(counts.changed, 'changed', changedGroups(p, examples?.changed));
  say(counts.added, counts.added === 1 ? 'is new' : 'are new', plain(examples?.added));
  return lines;
}

function changedGroups(p: Pair, result: Result | undefined) {
  const groups = new Map<string, string[]>();
  const width = p.key?.length ?? 0;
  for (const row of result?.rows ?? []) {
    const columns = p.columns.filter((_, i) => row[width + i] === 1).join(', ');
    groups.set(columns, [...(groups.get(columns) ?? []), keyText(p, row)]);
  }
  return [...groups].map(([columns, keys]) => ({ keys, columns: `: ${columns}` }));
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
