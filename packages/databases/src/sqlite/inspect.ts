import { RunbookError } from '@release-runbook/units/error';
import type { Inspection } from '../types.ts';
import type { Client } from './client.ts';
import { asText, id, type Step } from './protocol.ts';
import { MASTER, readSchema } from './schema.ts';

const ATTEMPTS = 3;

/**
 * Objects and exact counts of a file within one read transaction; `backup` copies the same snapshot into that file, before
 * the transaction ends. Counting needs the tables' names, so the schema is read first and again inside.
 */
export async function inspect(
  client: Client,
  path: string,
  options: { backup?: string; progress?: ((done: number, total: number) => void) | undefined } = {},
): Promise<Inspection> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const first = await client.run(path, { steps: [{ sql: MASTER }] });
    const outside = first.results[0];
    if (outside === undefined) break;
    const schema = readSchema(outside);
    const counts = schema.tables.map((table): Step => ({ sql: `SELECT count(*) FROM ${id(table.name)}` }));
    const copy: Step[] = options.backup === undefined ? [] : [{ backup: options.backup }];
    const { version, results } = await client.run(path, {
      steps: [
        { sql: 'BEGIN' },
        { sql: MASTER },
        { sql: 'PRAGMA page_count' },
        { sql: 'PRAGMA page_size' },
        ...counts,
        ...copy,
        { sql: 'COMMIT' },
      ],
      progress: options.progress,
    });
    if (JSON.stringify(results[1]?.rows) !== JSON.stringify(outside.rows)) continue;
    const number = (at: number) => Number(results[at]?.rows[0]?.[0]);
    return {
      objects: schema.objects,
      rows: Object.fromEntries(schema.tables.map((table, i) => [table.name, number(4 + i)])),
      bytes: number(2) * number(3),
      serverVersion: `SQLite ${version}`,
    };
  }
  throw new RunbookError(`the schema of ${path} changed ${ATTEMPTS} times while it was read; nothing was changed`, {
    hint: 'another migration seems to be running; wait for its end',
  });
}

/** SQLite's own checks of a file. */
export async function selfCheck(
  client: Client,
  path: string,
): Promise<{ integrity: string[]; foreignKeys: number | string }> {
  const { results } = await client.run(path, { steps: [{ sql: 'PRAGMA integrity_check(10)' }] });
  const integrity = (results[0]?.rows ?? []).map((row) => asText(row[0])).filter((line) => line !== 'ok');
  return { integrity, foreignKeys: await foreignKeyViolations(client, path) };
}

/** Rows whose parent is missing; a text where the keys themselves are declared wrongly, which SQLite tells only here. */
async function foreignKeyViolations(client: Client, path: string): Promise<number | string> {
  try {
    const { results } = await client.run(path, { steps: [{ sql: 'SELECT count(*) FROM pragma_foreign_key_check' }] });
    return Number(results[0]?.rows[0]?.[0]);
  } catch (error) {
    const words = (error as { words?: string }).words ?? '';
    if (/foreign key mismatch/.test(words)) return words;
    throw error;
  }
}
