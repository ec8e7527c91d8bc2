import { describe, expect, test } from '@jest/globals';
import { cut } from '@release-runbook/views/cut';
import { fence } from '@release-runbook/views/escape';
import fc from 'fast-check';

const section = fc.oneof(
  fc.string({ maxLength: 60 }).map((text) => `### Title\n\n${text.replace(/[`~<\n]/g, ' ')}`),
  fc.string({ maxLength: 60 }).map((text) => fence(`${text}\n# not a heading\n</details>`)),
  fc
    .string({ maxLength: 40 })
    .map((text) => `<details><summary>more</summary>\n\n${text.replace(/[`~<\n]/g, ' ')}\n\n</details>`),
);

/** Whether a text ends within a fence or an open <details>. */
function open(markdown: string): boolean {
  let fenced: string | undefined;
  let details = 0;
  for (const line of markdown.split('\n')) {
    const mark = /^(`{3,})/.exec(line)?.[1];
    if (fenced !== undefined)
      fenced = mark !== undefined && line.trim() === mark && mark.length >= fenced.length ? undefined : fenced;
    else if (mark !== undefined) fenced = mark;
    else details += (line.match(/<details/g)?.length ?? 0) - (line.match(/<\/details/g)?.length ?? 0);
  }
  return fenced !== undefined || details > 0;
}

describe('cutting', () => {
  test('stays within the limit, ends nowhere inside, and says where the whole is', () => {
    fc.assert(
      fc.property(
        fc.array(section, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 30, max: 600 }),
        (sections, limit) => {
          const whole = sections.join('\n\n');
          const short = cut(whole, limit, 'The whole: https://example.com');
          if (whole.length <= limit) return expect(short).toBe(whole);
          expect(short.length).toBeLessThanOrEqual(limit);
          expect(short).toContain('The whole: https://example.com');
          const kept = short.slice(0, short.indexOf('The whole:')).trimEnd();
          expect(whole.startsWith(kept)).toBe(true);
          expect(open(kept)).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('ends before a heading where there is one', () => {
    const text = `## One\n\ntext\n\n### Two\n\n${'line\n'.repeat(50)}`;
    expect(cut(text, 120, 'more')).toBe('## One\n\ntext\n\nmore\n');
  });

  test('counts bytes when asked to', () => {
    const text = `## 发布\n\n${'记录\n\n'.repeat(100)}`;
    const short = cut(text, 200, '完整内容', Buffer.byteLength);
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(200);
    expect(short.endsWith('完整内容\n')).toBe(true);
  });
});
