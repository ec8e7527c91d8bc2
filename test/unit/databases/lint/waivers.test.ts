import { describe, expect, test } from '@jest/globals';
import { lint, short } from './support.ts';

const allow = (rule: string, reason: string, mark = '--') => `${mark} release-runbook: allow ${rule}: ${reason}`;

describe('a waiver on the line before', () => {
  test('silences its rule, and the reason is told', async () => {
    const [finding] = await lint('postgres', `${allow('drop-column', 'read by nobody')}\nALTER TABLE orders DROP note`);
    expect(finding).toMatchObject({ rule: 'drop-column', severity: 'notice', waived: 'read by nobody', line: 2 });
  });

  test.each<[string, string, string[]]>([
    [
      'above one part of a statement',
      `ALTER TABLE orders\n${allow('drop-column', 'x')}\n DROP a,\n DROP b`,
      ['waived drop-column', 'E drop-column'],
    ],
    [
      'above the statement, for all parts',
      `${allow('drop-column', 'x')}\nALTER TABLE orders\n DROP a,\n DROP b`,
      ['waived drop-column', 'waived drop-column'],
    ],
    [
      'several below each other',
      `${allow('drop-table', 'x')}\n${allow('drop-object', 'y')}\n-- more\nDROP TABLE a; DROP VIEW b`,
      ['waived drop-table', 'waived drop-object'],
    ],
    [
      'in a comment of the other kind',
      `/* release-runbook: allow drop-table: x */\nDROP TABLE a`,
      ['waived drop-table'],
    ],
    ['of another rule', `${allow('truncate', 'x')}\nDROP TABLE a`, ['N waiver', 'E drop-table']],
    ['two lines before', `${allow('drop-table', 'x')}\n\nDROP TABLE a`, ['N waiver', 'E drop-table']],
    ['behind it', `DROP TABLE a; ${allow('drop-table', 'x')}`, ['E drop-table', 'N waiver']],
    [
      'for the first of two',
      `${allow('drop-table', 'x')}\nDROP TABLE a;\nDROP TABLE b`,
      ['waived drop-table', 'E drop-table'],
    ],
    ['without a reason', '-- release-runbook: allow drop-table\nDROP TABLE a', ['W waiver', 'E drop-table']],
    ['with an empty reason', '-- release-runbook: allow drop-table:  \nDROP TABLE a', ['W waiver', 'E drop-table']],
    ['of no rule', '-- release-runbook: allow drop-tabel: x\nDROP TABLE a', ['W waiver', 'E drop-table']],
    ['that says something else', '-- release-runbook: ignore drop-table\nDROP TABLE a', ['W waiver', 'E drop-table']],
    ['within a text', `SELECT '\n${allow('drop-table', 'x')}\n';\nDROP TABLE a`, ['E drop-table']],
  ])('%s', async (_, sql, expected) => {
    // SQLite changes one thing a statement.
    for (const engine of sql.includes('DROP b') ? (['postgres'] as const) : (['postgres', 'sqlite'] as const))
      expect(short(await lint(engine, sql)).filter((one) => one !== 'N table-rewrite')).toEqual(expected);
  });

  test('in a comment of MySQL', async () => {
    expect(short(await lint('mysql', `${allow('drop-table', 'x', '#')}\nDROP TABLE a`))).toEqual(['waived drop-table']);
  });

  test('within a block that is run', async () => {
    const sql = `DO $$\nBEGIN\n  ${allow('truncate', 'a cache')}\n  TRUNCATE orders;\nEND $$`;
    expect(short(await lint('postgres', sql))).toEqual(['N not-looked-into', 'waived truncate']);
  });

  test('one that is misspelt is helped', async () => {
    const [finding] = await lint('postgres', '-- release-runbook: allow drop-tabel: x\nDROP TABLE a');
    expect(finding?.text).toContain('drop-table');
  });
});
