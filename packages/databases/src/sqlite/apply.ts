import { createHash } from 'node:crypto';
import { RunbookError } from '@release-runbook/units/error';
import { type Client, SqliteError } from './client.ts';
import { asText, id, literal, type Step } from './protocol.ts';
import { MIGRATIONS } from './schema.ts';
import { migrationStatements } from './text.ts';

interface SqlFile {
  readonly name: string;
  readonly sql: string;
}

/**
 * Applies the files that the database does not know yet, each in one transaction together with the note of it; so a death
 * anywhere leaves each file applied or not. Foreign keys are not enforced meanwhile (dropping a table to rebuild it would
 * delete its children), but a file that leaves more violations than it found is rolled back:
 * https://www.sqlite.org/lang_altertable.html#otheralter
 */
export async function applyFiles(client: Client, path: string, files: readonly SqlFile[]): Promise<readonly string[]> {
  const plans = files.map((file) => ({
    ...file,
    sha256: createHash('sha256').update(file.sql).digest('hex'),
    statements: migrationStatements(file.name, file.sql),
  }));
  const known = await applied(client, path);
  for (const { name, sha256 } of plans) {
    const before = known.get(name);
    if (before !== undefined && before !== sha256)
      throw new RunbookError(
        `${name} was changed after it was applied (SHA-256 then ${before.slice(0, 12)}…, now ${sha256.slice(0, 12)}…); nothing was changed`,
        {
          hint: `bring back its old text, and put what is new into a new file`,
        },
      );
  }
  const guard = await canCheckForeignKeys(client, path);
  const done: string[] = [];
  for (const plan of plans) {
    if (known.has(plan.name)) continue;
    await applyOne(client, path, plan, guard, done);
    done.push(plan.name);
  }
  return done;
}

/** Names and checksums of the files that were applied. */
export async function applied(client: Client, path: string): Promise<ReadonlyMap<string, string>> {
  const { results } = await client.run(path, {
    steps: [{ sql: `SELECT name FROM sqlite_master WHERE name = ${literal(MIGRATIONS)}` }],
  });
  if (results[0]?.rows.length !== 1) return new Map();
  const rows =
    (await client.run(path, { steps: [{ sql: `SELECT name, sha256 FROM ${MIGRATIONS}` }] })).results[0]?.rows ?? [];
  return new Map(rows.map((row) => [asText(row[0]), asText(row[1])]));
}

async function canCheckForeignKeys(client: Client, path: string): Promise<boolean> {
  try {
    await client.run(path, { steps: [{ sql: 'SELECT count(*) FROM pragma_foreign_key_check' }] });
    return true;
  } catch (error) {
    if (error instanceof SqliteError && /foreign key mismatch/.test(error.words)) return false;
    throw error;
  }
}

type Plan = SqlFile & { readonly sha256: string; readonly statements: ReturnType<typeof migrationStatements> };

async function applyOne(
  client: Client,
  path: string,
  plan: Plan,
  guard: boolean,
  done: readonly string[],
): Promise<void> {
  // A CHECK on a temporary table turns "more than before" into an error inside the transaction, whatever the client.
  const check = id('_release_runbook_check');
  const count = '(SELECT count(*) FROM pragma_foreign_key_check)';
  const before: Step[] = [
    { sql: 'PRAGMA foreign_keys = OFF' },
    ...(guard
      ? [
          {
            sql: `CREATE TEMP TABLE ${check} (before INTEGER, after INTEGER, CONSTRAINT no_new_foreign_key_violations CHECK (after <= before))`,
          },
        ]
      : []),
    { sql: 'BEGIN IMMEDIATE' },
    ...(guard ? [{ sql: `INSERT INTO temp.${check} VALUES (${count}, 0)` }] : []),
    {
      sql: `CREATE TABLE IF NOT EXISTS main.${MIGRATIONS} (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL) WITHOUT ROWID`,
    },
  ];
  const after: Step[] = [
    ...(guard ? [{ sql: `UPDATE temp.${check} SET after = ${count}` }] : []),
    {
      sql: `INSERT INTO main.${MIGRATIONS} VALUES (${literal(plan.name)}, ${literal(plan.sha256)}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`,
    },
    { sql: 'COMMIT' },
  ];
  try {
    await client.run(path, { steps: [...before, ...plan.statements.map(({ sql }) => ({ sql })), ...after] });
  } catch (error) {
    if (!(error instanceof SqliteError) || /database (table )?is locked/.test(error.words)) throw error;
    const state = `${plan.name} was rolled back as a whole${done.length > 0 ? `; applied before it and kept: ${done.join(', ')}` : '; nothing was changed'}`;
    if (/no_new_foreign_key_violations/.test(error.words))
      throw new RunbookError(`${plan.name} leaves rows whose parent is missing; ${state}`, {
        hint: 'PRAGMA foreign_key_check on a rehearsal copy lists them',
      });
    const line = plan.statements[error.step - before.length]?.line;
    throw new RunbookError(`${error.words}; ${state}`, { at: { file: plan.name, line: line ?? 1, column: 1 } });
  }
}
