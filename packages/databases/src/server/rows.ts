import { posix } from 'node:path';
import { RunbookError } from '@release-runbook/units/error';
import { type Difference, differenceLines, rowsText } from '../difference-text.ts';
import { makeFolder, shell } from '../files.ts';
import { schemaDifference } from '../schema-difference.ts';
import type { Backup, Differences, TableDifference } from '../types.ts';
import { rowsFolder } from './backup.ts';
import type { Context } from './database.ts';
import type { Place, TableShape } from './engine.ts';
import { compareRows, type TableResult } from './row-index.ts';

/** Rows exported at once: bounds what the runner holds. */
const BATCH = 500;

export async function rowsSince(
  context: Context,
  backup: Backup,
  place: Place,
  tables?: readonly string[],
): Promise<readonly TableDifference[]> {
  return (await compared(context, backup, place, { tables })).map(({ table, key, added, changed, missing }) => ({
    table,
    key,
    added,
    changed,
    missing,
  }));
}

export async function compareWith(context: Context, backup: Backup, place: Place): Promise<Differences> {
  const results = await compared(context, backup, place, {});
  const schema = schemaDifference(backup.inspection.objects, await context.engine.objects(place));
  const now = new Set((await context.engine.tables(place)).map(({ table }) => table));
  const rows = results.flatMap((one) => {
    if (!(one.table in backup.inspection.rows))
      return one.added > 0 ? [`${one.table}: ${rowsText(one.added)} in a new table`] : [];
    if (!now.has(one.table))
      return one.missing > 0 ? [`${one.table}: ${rowsText(one.missing)} gone with the table`] : [];
    return differenceLines(described(one));
  });
  return { schema, rows };
}

function described(one: TableResult): Difference {
  const keys = (kind: string) => one.examples.filter((e) => e.kind === kind).map(({ key }) => keyText(key));
  const groups = new Map<string, { keys: string[]; columns: readonly string[] }>();
  for (const { kind, key, columns } of one.examples) {
    if (kind !== 'changed') continue;
    const group = groups.get(columns.join()) ?? { keys: [], columns };
    groups.set(columns.join(), group);
    group.keys.push(keyText(key));
  }
  return { ...one, examples: { missing: keys('missing'), changed: [...groups.values()], added: keys('added') } };
}

/** `["a",3]` as people read it. */
function keyText(key: string): string {
  try {
    const parts = JSON.parse(key) as unknown;
    return Array.isArray(parts)
      ? parts.map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part))).join('/')
      : key;
  } catch {
    return key;
  }
}

async function compared(
  context: Context,
  backup: Backup,
  place: Place,
  options: { tables?: readonly string[] | undefined; lists?: string },
): Promise<readonly TableResult[]> {
  const stored = await context.files.read(backup.id);
  const tables = stored?.server?.tables;
  if (tables === undefined)
    throw new RunbookError(`backup ${backup.id} has no list of its rows: it was never verified`, {
      hint: 'rows written since can only be told from a verified backup',
    });
  const work = posix.join(await context.directory(), 'scratch', `rows-${process.pid}-${Date.now()}`);
  const index = { folder: rowsFolder(backup), tables, rows: backup.inspection.rows };
  return compareRows(context.engine, index, place, { ...options, work });
}

/**
 * What was written since as files in a folder on the host: `<n>-<table>.jsonl` tells each row with its key and what happened to
 * it (of deleted rows the key: the row itself is in the backup), `<n>-<table>.sql` brings new and changed rows back.
 */
export async function exportRowsSince(
  context: Context,
  backup: Backup,
  directory: string,
): Promise<{ path: string; rows: Readonly<Record<string, number>> }> {
  const { engine } = context;
  const { host } = engine;
  const path = posix.resolve(await host.directory(), directory);
  const lists = posix.join(path, 'keys');
  await makeFolder(host, lists);
  const results = await compared(context, backup, engine.live, { lists });
  const shapes = new Map((await engine.tables(engine.live)).map((table) => [table.table, table]));
  const rows: Record<string, number> = {};
  for (const [i, result] of results.entries()) {
    const count = result.added + result.changed + result.missing;
    if (count === 0) continue;
    rows[result.table] = count;
    const safe = result.table.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 80);
    const file = posix.join(path, `${String(i + 1).padStart(3, '0')}-${safe}`);
    const shape = shapes.get(result.table);
    await exportTable(context, result, shape, file);
  }
  await shell(host, 'rm -rf "$RR_LISTS" && sync "$RR_FOLDER"', { RR_LISTS: lists, RR_FOLDER: path }, `${path}`);
  return { path, rows };
}

async function exportTable(
  context: Context,
  result: TableResult,
  shape: TableShape | undefined,
  file: string,
): Promise<void> {
  const { engine } = context;
  const append = async (ending: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    const done = await engine.host.shell('umask 077\ncat >>"$RR_FILE"', {
      env: { RR_FILE: `${file}${ending}` },
      input: `${lines.join('\n')}\n`,
    });
    if (done.code !== 0) throw new RunbookError(`${file}${ending} cannot be written: ${done.stderr.trim()}`);
  };
  const json = (change: string, key: string, rest: string) =>
    `{"table":${JSON.stringify(result.table)},"change":"${change}"${result.key === null ? '' : `,"key":${key}`}${rest}}`;
  if (result.lists === undefined) {
    const { table, added, missing } = result;
    await append('.jsonl', [
      JSON.stringify({ table, added, missing, why: 'only counted: the table has gone, or its rows have no key' }),
    ]);
    return;
  }
  for (const kind of ['added', 'changed'] as const) {
    for await (const lines of batches(context, result.lists[kind])) {
      const columns = new Map(
        lines.map((line) => {
          const [key = '', places = ''] = line.split('\t');
          return [key, places.split(' ').flatMap((place) => result.columns[Number(place) - 1] ?? [])] as const;
        }),
      );
      const found =
        shape === undefined
          ? []
          : await engine.exportRows(engine.live, { ...shape, key: result.key }, [...columns.keys()]);
      const which = (key: string) => (kind === 'changed' ? `,"columns":${JSON.stringify(columns.get(key) ?? [])}` : '');
      await append(
        '.jsonl',
        found.map((row) => json(kind, row.key, `${which(row.key)},"row":${row.json}`)),
      );
      await append(
        '.sql',
        found.flatMap(({ sql }) => sql ?? []),
      );
    }
  }
  for await (const lines of batches(context, result.lists.missing)) {
    await append(
      '.jsonl',
      lines.map((key) => json('missing', key, '')),
    );
    await append(
      '.sql',
      lines.map((key) => `-- deleted from ${result.table}: ${key}`),
    );
  }
}

/** A file's lines in bounded portions; a file that is not there has none. */
async function* batches(context: Context, file: string): AsyncGenerator<readonly string[]> {
  for (let first = 1; ; first += BATCH) {
    const { code, stdout, stderr } = await context.engine.host.shell(
      '[ -e "$RR_FILE" ] || exit 0\nsed -n "$RR_FIRST,${RR_LAST}p;${RR_LAST}q" "$RR_FILE"',
      { env: { RR_FILE: file, RR_FIRST: String(first), RR_LAST: String(first + BATCH - 1) }, whole: true },
    );
    if (code !== 0) throw new RunbookError(`${file} cannot be read: ${stderr.trim()}`);
    const lines = stdout.split('\n').filter((line) => line !== '');
    if (lines.length > 0) yield lines;
    if (lines.length < BATCH) return;
  }
}
