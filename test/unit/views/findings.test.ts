import { describe, expect, test } from '@jest/globals';
import type { PlannedFinding } from '@release-runbook/record/plan';
import { renderFindings, renderFindingsText } from '@release-runbook/views/findings';

const finding = (over: Partial<PlannedFinding> = {}): PlannedFinding => ({
  file: 'db/001.sql',
  line: 3,
  column: 5,
  rule: 'drop-column',
  severity: 'error',
  text: 'column orders.note is dropped',
  safeWay: [],
  ...over,
});

const SEVERAL = [
  finding({ severity: 'notice', rule: 'drop-not-null', line: 1, text: 'a notice' }),
  finding({ severity: 'warning', rule: 'index-locks', line: 2, text: 'a warning' }),
  finding({
    safeWay: [
      'In this release:',
      'ALTER TABLE a ADD b int;',
      'UPDATE a SET b = 1;',
      'In a later one:',
      'DROP TABLE `x``y` @ops;',
    ],
  }),
  finding({ severity: 'notice', waived: 'nobody reads it', line: 9, safeWay: ['not shown'] }),
];

describe('findings for a terminal', () => {
  test('stand in the order of their places, as compilers print them', () => {
    expect(renderFindingsText(SEVERAL, 'en')).toBe(`db/001.sql:1:5: notice: a notice [drop-not-null]
db/001.sql:2:5: warning: a warning [index-locks]
db/001.sql:3:5: error: column orders.note is dropped [drop-column]
    In this release:
      ALTER TABLE a ADD b int;
      UPDATE a SET b = 1;
    In a later one:
      DROP TABLE \`x\`\`y\` @ops;
db/001.sql:9:5: notice: column orders.note is dropped (waived: nobody reads it) [drop-column]

1 error, 1 warning, 1 notice, 1 waived
`);
  });

  test('have no escape sequences of what they tell', () => {
    const text = renderFindingsText([finding({ text: 'a\u001b[31mb\nc', file: 'x\u202e.sql' })], 'en');
    expect(text).toContain('x.sql:3:5: error: ab c [drop-column]');
  });
});

describe('findings as Markdown', () => {
  test('have the worst first and the waived last, and their safe ways folded', () => {
    const text = renderFindings(SEVERAL, 'en');
    expect(
      [...text.matchAll(/^\| (?!---|Severity)\S+ (\w+) \| <code>db\/001.sql:(\d)/gm)].map((row) => [row[1], row[2]]),
    ).toEqual([
      ['error', '3'],
      ['warning', '2'],
      ['notice', '1'],
      ['notice', '9'],
    ]);
    expect(text.startsWith('1 error, 1 warning, 1 notice, 1 waived\n')).toBe(true);
    expect(text.match(/<details>/g)).toHaveLength(1);
    expect(text).toContain(
      'In this release:\n\n```sql\nALTER TABLE a ADD b int;\nUPDATE a SET b = 1;\n```\n\nIn a later one:\n\n```sql\nDROP',
    );
    expect(text).not.toContain('not shown');
  });

  test('obey nothing that stands in them', () => {
    const text = renderFindings(
      [finding({ text: '| <b>x</b> @ops [a](b) `c`', file: 'a|b`.sql', waived: '#1 @you' })],
      'en',
    );
    expect(text).not.toMatch(/<b>|@ops|@you|\[a\]/);
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith('| ❌') || line.startsWith('| ℹ'))
        .every((line) => line.split(' | ').length === 4),
    ).toBe(true);
  });

  test('say that there are none', () => {
    expect(renderFindings([], 'en')).toBe('The migration lint found nothing.\n');
    expect(renderFindingsText([], 'zh-CN')).toBe('迁移检查未发现问题。\n');
  });

  test('in Chinese', () => {
    const text = renderFindings(SEVERAL, 'zh-CN');
    expect(text).toContain('错误 1、警告 1、提示 1、已豁免 1');
    expect(text).toContain('| 级别 | 位置 | 规则 | 问题 |');
    expect(renderFindingsText(SEVERAL, 'zh-CN')).toContain('db/001.sql:3:5: 错误: ');
  });
});
