import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { RULES, type Rule } from '@release-runbook/databases/lint/rules';
import type { Engine } from '@release-runbook/databases/lint/types';
import { KNOWN, lint } from './support.ts';

const REBUILD =
  'CREATE TABLE n (id INTEGER); INSERT INTO n SELECT * FROM orders; DROP TABLE orders; ALTER TABLE n RENAME TO orders';

/** A migration in which each rule finds something. */
const EXAMPLES: Readonly<Record<Rule, readonly [Engine, string]>> = {
  'drop-table': ['postgres', 'DROP TABLE orders'],
  'drop-column': ['postgres', 'ALTER TABLE orders DROP ref'],
  'drop-object': ['postgres', 'DROP VIEW v'],
  'drop-constraint': ['postgres', 'ALTER TABLE orders DROP CONSTRAINT c'],
  'drop-index': ['mysql', 'DROP INDEX i ON orders'],
  'drop-default': ['postgres', 'ALTER TABLE orders ALTER state DROP DEFAULT'],
  'drop-not-null': ['postgres', 'ALTER TABLE orders ALTER ref DROP NOT NULL'],
  'rename-table': ['mysql', 'RENAME TABLE orders TO purchases'],
  'rename-column': ['sqlite', 'ALTER TABLE orders RENAME note TO remark'],
  'rename-object': ['postgres', 'ALTER VIEW v RENAME TO w'],
  'replace-object': ['postgres', 'CREATE OR REPLACE VIEW v AS SELECT 1'],
  'narrow-type': ['postgres', 'ALTER TABLE orders ALTER ref TYPE varchar(2)'],
  'change-type': ['mysql', 'ALTER TABLE orders MODIFY amount DATE'],
  'restate-column': ['mysql', 'ALTER TABLE lines MODIFY a INT'],
  'set-not-null': ['sqlite', 'ALTER TABLE orders ALTER note SET NOT NULL'],
  'add-column-not-null': ['sqlite', 'ALTER TABLE orders ADD total INT NOT NULL'],
  'add-unique': ['mysql', 'ALTER TABLE orders ADD UNIQUE (note(10))'],
  'add-primary-key': ['postgres', 'ALTER TABLE orders ADD PRIMARY KEY (ref)'],
  'add-check': ['mysql', 'ALTER TABLE orders ADD CHECK (amount > 0)'],
  'add-foreign-key': ['mysql', 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)'],
  'add-trigger': ['mysql', 'CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET @a = 1'],
  'add-event': ['mysql', 'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1'],
  'drop-enum-value': ['mysql', "ALTER TABLE moods MODIFY m ENUM('a')"],
  'rename-enum-value': ['postgres', "ALTER TYPE mood RENAME VALUE 'a' TO 'b'"],
  'new-enum-value': ['postgres', "ALTER TYPE mood ADD VALUE 'b'"],
  'identity-always': ['postgres', 'ALTER TABLE orders ALTER id ADD GENERATED ALWAYS AS IDENTITY'],
  'row-security': ['postgres', 'ALTER TABLE orders ENABLE ROW LEVEL SECURITY'],
  'index-locks': ['sqlite', 'CREATE INDEX i ON orders (note)'],
  'drop-index-locks': ['postgres', 'DROP INDEX i'],
  'constraint-builds-index': ['postgres', 'ALTER TABLE orders ADD UNIQUE (note)'],
  'constraint-scans': ['postgres', 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users'],
  'not-null-scans': ['postgres', 'ALTER TABLE orders ALTER note SET NOT NULL'],
  'table-rewrite': ['mysql', 'ALTER TABLE orders FORCE'],
  'table-copy': ['mysql', 'ALTER TABLE orders MODIFY amount BIGINT'],
  'change-charset': ['mysql', 'ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4'],
  'change-primary-key': ['mysql', 'ALTER TABLE orders DROP PRIMARY KEY'],
  'vacuum-full': ['postgres', 'VACUUM FULL'],
  cluster: ['postgres', 'CLUSTER orders'],
  reindex: ['postgres', 'REINDEX TABLE orders'],
  'refresh-locks': ['postgres', 'REFRESH MATERIALIZED VIEW v'],
  'partition-locks': ['postgres', 'ALTER TABLE orders DETACH PARTITION p'],
  'lock-table': ['postgres', 'LOCK TABLE orders'],
  'backfill-under-lock': ['postgres', 'ALTER TABLE orders ADD b int; UPDATE orders SET b = 1'],
  'no-lock-timeout': ['postgres', 'ALTER TABLE orders ADD b int'],
  'concurrently-in-transaction': ['sqlite', 'VACUUM'],
  'delete-without-where': ['sqlite', 'DELETE FROM orders'],
  'update-without-where': ['sqlite', 'UPDATE orders SET note = 1'],
  truncate: ['mysql', 'TRUNCATE orders'],
  'drop-partition': ['mysql', 'ALTER TABLE orders DROP PARTITION p'],
  'table-rebuild': ['sqlite', REBUILD],
  'rebuild-order': [
    'sqlite',
    'ALTER TABLE orders RENAME TO o; CREATE TABLE orders (id); INSERT INTO orders SELECT id FROM o; DROP TABLE o',
  ],
  'rebuild-cascades': ['sqlite', `PRAGMA foreign_keys = ON; ${REBUILD}`],
  'checks-off': ['mysql', 'SET foreign_key_checks = 0'],
  'load-data': ['mysql', "LOAD DATA INFILE 'x' INTO TABLE orders"],
  'syntax-error': ['postgres', 'ALTER TABEL orders'],
  unsupported: ['sqlite', 'ALTER TABLE orders ADD COLUMN k TEXT UNIQUE'],
  'unknown-statement': ['sqlite', 'FROBNICATE'],
  'not-looked-into': ['postgres', "DO $$ BEGIN EXECUTE 'DROP TABLE orders'; END $$"],
  'explicit-transaction': ['sqlite', 'COMMIT'],
  'implicit-commit': ['mysql', 'BEGIN; DROP TABLE orders'],
  'half-applied': ['mysql', 'DROP TABLE orders; DELETE FROM users'],
  'enum-value-in-transaction': ['postgres', "BEGIN; ALTER TYPE mood ADD VALUE 'b'; INSERT INTO m VALUES ('b')"],
  'pragma-without-effect': ['sqlite', 'PRAGMA foreign_keys = OFF'],
  'needs-delimiter': ['mysql', 'CREATE PROCEDURE p() BEGIN SELECT 1; END'],
  'client-command': ['postgres', '\\copy a from b'],
  database: ['postgres', 'CREATE DATABASE d'],
  'other-database': ['mysql', 'USE other'],
  rights: ['postgres', 'GRANT SELECT ON orders TO reader'],
  'password-in-sql': ['postgres', "ALTER ROLE app PASSWORD 'hunter2'"],
  'server-setting': ['mysql', 'SET GLOBAL a = 1'],
  waiver: ['postgres', '-- release-runbook: allow truncate: x'],
};

const MOODS = { name: 'moods', columns: [{ name: 'm', type: "enum('a','b')", notNull: false, fallback: null }] };
const KEEP = { transaction: false };

async function example(rule: Rule, locale: string, canary = true) {
  const [engine, sql] = EXAMPLES[rule];
  // What a PRAGMA does inside a transaction it does not do outside of one.
  const files = [{ name: 'm.sql', sql, ...(rule === 'rebuild-cascades' ? KEEP : {}) }];
  const known = { ...KNOWN, tables: [...KNOWN.tables, MOODS] };
  const found = await lint(engine, sql, { files, known, locale, canary, lockTimeoutMs: undefined });
  return found.filter((finding) => finding.rule === rule);
}

describe.each(Object.keys(RULES) as Rule[])('%s', (rule) => {
  test.each(['en', 'zh-CN'])('in %s', async (locale) => {
    const [finding] = await example(rule, locale);
    if (finding === undefined) throw new Error('nothing was found');
    const [, sql] = EXAMPLES[rule];
    for (const text of [finding.text, ...finding.safeWay]) expect(text).not.toMatch(/undefined|\[object|NaN|\$\{/);
    expect(finding.text).not.toMatch(/\s{2}|\s[,:;.]|[(:,]$/);
    if (locale === 'zh-CN') expect(finding.text).toMatch(/[\u4e00-\u9fff]/);
    else expect([finding.text, ...finding.safeWay].join('')).not.toMatch(/[\u4e00-\u9fff]/);
    // What leads on to SQL is followed by some.
    finding.safeWay.forEach((step, index) => {
      expect(step).toMatch(/[.:;。：]$/);
      if (/[:：]$/.test(step)) expect(finding.safeWay[index + 1]).toBeDefined();
    });
    // No secret of the file is repeated.
    if (sql.includes('hunter2')) expect(JSON.stringify(finding)).not.toContain('hunter2');
  });

  test('is in the documentation', async () => {
    const page = await readFile(new URL('../../../../docs/migration-lint.md', import.meta.url), 'utf8');
    expect(page.split('\n').filter((line) => line.startsWith(`| \`${rule}\` |`))).toHaveLength(1);
  });
});

test('the documentation names no other rule', async () => {
  const page = await readFile(new URL('../../../../docs/migration-lint.md', import.meta.url), 'utf8');
  const rules = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, rule]) => rule ?? '');
  expect([...rules].sort()).toEqual(Object.keys(RULES).sort());
});

test('a version that has to come back is spoken of otherwise than one that runs', async () => {
  const [both] = await example('drop-column', 'en', true);
  const [back] = await example('drop-column', 'en', false);
  expect(both).toMatchObject({
    severity: 'error',
    text: 'column orders.ref is dropped: the old version fails on it while both versions run',
  });
  expect(back).toMatchObject({
    severity: 'warning',
    text: 'column orders.ref is dropped: the old version fails on it when it has to come back',
  });
});
