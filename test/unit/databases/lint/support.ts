import { lintMigration } from '@release-runbook/databases/lint/lint';
import type { Engine, Finding, Known, LintInput } from '@release-runbook/databases/lint/types';

/** Lints one file in which everything is as the suite applies it; a test says what else it wants. */
export const lint = (engine: Engine, sql: string, options: Partial<LintInput> = {}): Promise<readonly Finding[]> =>
  lintMigration({ engine, files: [{ name: 'm.sql', sql }], canary: true, lockTimeoutMs: 10_000, ...options });

const LETTERS = { error: 'E', warning: 'W', notice: 'N' } as const;

/** `E drop-column`, in the order of the places. */
export const short = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, rule, waived }) => `${waived === undefined ? LETTERS[severity] : 'waived'} ${rule}`);

export const KNOWN: Known = {
  database: 'shop',
  tables: [
    {
      name: 'orders',
      columns: [
        { name: 'id', type: 'bigint', notNull: true, fallback: null },
        { name: 'ref', type: 'varchar(20)', notNull: true, fallback: null },
        { name: 'note', type: 'text', notNull: false, fallback: null },
        { name: 'state', type: 'varchar(10)', notNull: true, fallback: "'new'" },
        { name: 'amount', type: 'int', notNull: false, fallback: null },
        { name: 'user_id', type: 'int', notNull: false, fallback: null },
      ],
      primaryKey: ['id'],
      unique: [['ref']],
      indexed: [['state']],
      rows: 2_000_000,
    },
    {
      name: 'users',
      columns: [
        { name: 'id', type: 'int', notNull: true, fallback: null },
        { name: 'email', type: 'varchar(200)', notNull: false, fallback: null },
      ],
      primaryKey: ['id'],
      rows: 300,
    },
  ],
};
