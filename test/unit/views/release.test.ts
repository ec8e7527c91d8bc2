import { describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@release-runbook/record/events';
import type { Plan } from '@release-runbook/record/plan';
import { messages } from '@release-runbook/views/messages';
import { renderPlan } from '@release-runbook/views/plan';
import { renderRelease, renderSummary } from '@release-runbook/views/release';
import { renderPlanText, renderStatusText } from '@release-runbook/views/text';
import { wayBackLine } from '@release-runbook/views/way-back-line';
import fc from 'fast-check';
import { cameBack, did, intends, record } from './records.ts';

const yes = { possible: true, how: 'traffic', seconds: 4, lost: {}, obstacles: [], to: 'v1.0.0' } as const;

describe('the way back in one line', () => {
  test.each([
    [
      yes,
      'Way back: yes, by traffic to v1.0.0 in about 4 s, nothing lost',
      '退路：有，切换流量回到 v1.0.0，约需 4 s，不丢失数据',
    ],
    [
      { ...yes, how: 'nothing' as const },
      'Way back: nothing to undo yet, v1.0.0 serves',
      '退路：尚无需要撤销的内容，v1.0.0 正在服务',
    ],
    [
      { ...yes, how: 'code' as const, seconds: undefined },
      'Way back: yes, by code alone to v1.0.0, time not measured yet, nothing lost',
      undefined,
    ],
    [
      { ...yes, how: 'restore' as const, lost: undefined },
      'Way back: yes, by code and a restore to v1.0.0 in about 4 s, rows lost: not known',
      undefined,
    ],
    [
      { ...yes, how: 'restore' as const, lost: { orders: 12, users: 1, empty: 0 } },
      'Way back: yes, by code and a restore to v1.0.0 in about 4 s, loses 12 rows of orders, 1 row of users',
      undefined,
    ],
    [
      { ...yes, possible: false, obstacles: ['mail was sent'] },
      'Way back: no, in the way: mail was sent',
      '退路：无，阻碍：mail was sent',
    ],
  ])('%#', (wayBack, en, zh) => {
    expect(wayBackLine(wayBack, 'en')).toBe(en);
    if (zh !== undefined) expect(wayBackLine(wayBack, 'zh-CN')).toBe(zh);
  });
});

describe('a release', () => {
  test('that was brought back: which number failed at which step, what was undone, what it cost', () => {
    const text = renderRelease(cameBack(), {
      locale: 'en',
      wayBack: yes,
      runUrl: 'https://github.com/acme/shop/actions/runs/7',
      place: 'app:~/.release-runbook',
    });
    const lines = text.split('\n');
    expect(lines[0]).toBe('## ↩️ shop v1.1.0 to production: rolled back');
    expect(lines[2]).toBe('**Way back: yes, by traffic to v1.0.0 in about 4 s, nothing lost**');
    expect(text).toContain('- ❌ smoke, smoke:history list: P95 412 ms, expected &lt; 200 ms');
    // The judgement that ended the step says the same again.
    expect(text.match(/expected &lt; 200 ms/g)).toHaveLength(2);
    expect(text).toContain('- deploy, restart:backend: v1.0.0 started again (3.1 s)');
    expect(text).toContain('- migrate, migrate:main: restored from the backup (900 ms)');
    expect(text).toContain(
      'From decision to verified: 5.2 s. No row was lost. Exported for re-application: 3 rows of orders.',
    );
    expect(text).toContain('| backup | backup:main | done | 340 ms |');
    expect(text).toContain('| migrate | migrate:main | undone | 2.1 s |');
    expect(text).toContain('| smoke | smoke:history list:p95 | 412 ms |');
    expect(text).toContain('[Run](https://github.com/acme/shop/actions/runs/7)');
  });

  test('that waits for a decision: what waits, and the exact commands', () => {
    const asked = record(
      intends('migrate', 'migrate:main'),
      did('migrate', 'migrate:main'),
      { event: 'undoing', step: 'rollback', item: 'migrate:main' },
      {
        event: 'held',
        step: 'rollback',
        why: 'restoring would lose 4 rows of orders',
        until: '2026-11-22T02:11:00.000Z',
      },
    );
    const text = renderRelease(asked, { locale: 'en' });
    expect(text).toContain('restoring would lose 4 rows of orders');
    expect(text).toContain('Until 2026-11-22 02:11:00 UTC it is left alone.');
    expect(text).toContain(
      '```\nrunbook rollback --environment production --release 20261121T021100Z-v1.1.0 --accept-loss\n```',
    );
    expect(text).toContain('--rows-written-since keep');
    expect(renderStatusText(asked, { locale: 'en' })).toContain(
      'runbook rollback --environment production --release 20261121T021100Z-v1.1.0 --accept-loss',
    );
  });

  test('that was refused says so', () => {
    const refused = record({
      event: 'closed',
      step: 'migrate',
      text: 'refused before anything was changed: rehearsal failed',
    });
    expect(renderRelease(refused, { locale: 'en' })).toContain(
      '## 🚫 shop v1.1.0 to production: refused, nothing was changed',
    );
    expect(renderRelease(refused, { locale: 'zh-CN' })).toContain(
      'shop v1.1.0 发布到 production：已拒绝，未做任何改动',
    );
  });

  test('in a summary has a timeline', () => {
    const text = renderSummary(cameBack(), { locale: 'en' });
    expect(text).toContain(
      '```mermaid\ngantt\n  dateFormat x\n  axisFormat %H:%M:%S\n  section backup\n  backup main :done, 1795227061000, 1795227062000',
    );
    expect(text).toContain('  section rollback\n  restart backend :done,');
  });

  test('in a terminal', () => {
    const text = renderStatusText(cameBack(), { locale: 'zh-CN', wayBack: yes });
    expect(text).toContain(
      'shop v1.1.0 发布到 production：已回滚\n退路：有，切换流量回到 v1.0.0，约需 4 s，不丢失数据',
    );
    expect(text).toContain('迁移  migrate:main     已撤销  2.1 s');
  });

  test('whatever its record holds, the sections are ours alone', () => {
    const evil = fc.oneof(
      fc.constantFrom(
        '```\n# owned',
        '</details><script>',
        '| a | b |',
        '@acme/all',
        '<!-- release-runbook end -->',
        '\n\n## Injected',
        '- [ ] x\n- y',
        '\u001b[2J::error::',
      ),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
    );
    const clean = renderSummary(hostileRecord('x'), { locale: 'en' }).split('\n').length;
    fc.assert(
      fc.property(evil, (text) => {
        const markdown = renderSummary(hostileRecord(text), { locale: 'en', runUrl: text, place: text });
        const lines = markdown.split('\n');
        expect(lines.filter((line) => /^#{1,6} /.test(line))).toHaveLength(6);
        expect(lines.filter((line) => /^`{3,}/.test(line))).toHaveLength(2);
        expect(lines).toHaveLength(clean);
        expect(markdown).not.toMatch(/<(?!\/?(?:details|summary|sub|code)>)/);
        expect(markdown.match(/<details>/g)).toHaveLength(1);
        expect(markdown).not.toMatch(/@[A-Za-z0-9]/);
        for (const line of lines.filter((one) => one.startsWith('|')))
          expect(line.split('|').length).toBeLessThanOrEqual(6);
      }),
      { numRuns: 300 },
    );
  });
});

function hostileRecord(text: string) {
  const item = `i ${text}`;
  const events: NewEvent[] = [
    intends('deploy', item),
    { event: 'failed', step: 'deploy', item, ms: 5, message: `m ${text}` },
    { event: 'measured', step: 'smoke', item, value: 1, unit: `u ${text}` },
    { event: 'judged', step: 'smoke', item, verdict: 'fail', text: `j ${text}` },
    { event: 'undoing', step: 'rollback', item },
    { event: 'undone', step: 'rollback', item, ms: 3, how: `h ${text}` },
  ];
  return record(...events);
}

const plan: Plan = {
  system: 'shop',
  environment: 'production',
  version: 'v1.1.0',
  previous: 'v1.0.0',
  items: [
    { step: 'backup', item: 'backup:main', what: 'back up main', undo: null, forecastMs: 340 },
    { step: 'migrate', item: 'migrate:main', what: 'migrate main', undo: 'the down script', forecastMs: 2000 },
  ],
  warnings: ['v1.1.0 <already> serves'],
  stops: [],
  findings: [],
  wayBack: yes,
  schema: ['+ CREATE TABLE `t` (x)', '- ``` end'],
  digest: 'ab'.repeat(32),
};

describe('a plan', () => {
  test('in Markdown: way back first, items with their undo, the schema in a fence that it cannot leave', () => {
    const text = renderPlan(plan, 'en');
    expect(text).toContain('## Plan: shop v1.1.0 to production\n\n**Way back: yes');
    expect(text).toContain('| migrate | migrate:main | migrate main | the down script | 2 s |');
    expect(text).toContain('| backup | backup:main | back up main | changes nothing | 340 ms |');
    expect(text).toContain('- ⚠️ v1.1.0 &lt;already&gt; serves');
    expect(text).toContain('````diff\n+ CREATE TABLE `t` (x)\n- ``` end\n````');
    expect(text).toContain(plan.digest);
  });
  test('in a terminal', () => {
    expect(renderPlanText(plan, 'en')).toContain('migrate  migrate:main  migrate main  the down script  2 s');
    expect(renderPlanText({ ...plan, schema: undefined }, 'zh-CN')).toContain('未预演。');
  });
  test('what would stop it now, and the window', () => {
    const stop = { name: 'window', decision: 'refuse', reason: 'outside-window', next: 'wait' } as const;
    const stopped = {
      ...plan,
      window: { text: '02:00-12:00 Asia/Shanghai', open: false, opens: '2026-11-22 02:00 Asia/Shanghai' },
      stops: [
        { ...stop, text: 'outside <it>' },
        { ...stop, text: 'held' },
      ],
    };
    expect(renderPlan(stopped, 'en')).toContain(
      '### If it were started now\n\n- refused: outside &lt;it&gt; (wait)\n- refused: held (wait)',
    );
    expect(renderPlan(stopped, 'zh-CN')).toContain('当前关闭；2026-11-22 02:00 Asia/Shanghai 开放。');
    expect(renderPlan(plan, 'en')).not.toContain('started now');
    expect(renderPlanText(stopped, 'en')).toMatch(
      /If it were started now: refused: outside <it>\n {2}refused: held\n$/,
    );
    expect(renderPlanText(plan, 'en')).toMatch(/If it were started now: it begins\n$/);
    const served = { ...plan, stops: [{ ...stop, decision: 'proceed' as const, text: 'v1.1.0 serves already' }] };
    expect(renderPlanText(served, 'en')).toContain('nothing would be done: v1.1.0 serves already');
  });
});

test('both languages have every text, and no text of one is left in the other', () => {
  const paths = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => paths(item, `${path}.${key}`))
      : [path];
  expect(paths(messages('zh-CN'))).toEqual(paths(messages('en')));
  for (const [path, text] of flat(messages('zh-CN'))) {
    if (['.locale', '.title', '.wayBack.how.nothing'].includes(path) || typeof text === 'function') continue;
    expect([path, /[\u4e00-\u9fff、]/.test(String(text))]).toEqual([path, true]);
  }
});

function flat(value: unknown, path = ''): [string, unknown][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => flat(item, `${path}.${key}`))
    : [[path, value]];
}
