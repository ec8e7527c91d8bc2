import { describe, expect, test } from '@jest/globals';
import { code, escapeText, fence, link, marker, oneLine } from '@release-runbook/views/escape';
import fc from 'fast-check';

/** Texts made of what Markdown, HTML and GitHub read as their own. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '`',
        '```',
        '~~~',
        '<',
        '>',
        '</details>',
        '<!--',
        '-->',
        '|',
        '\n',
        '\r\n',
        '@octocat',
        '#1',
        '**',
        '_',
        '[x](http://evil.example)',
        '![',
        '\\',
        '&',
        '&#64;',
        'www.evil.example',
        'GH-12',
        'https://evil.example',
        '# ',
        '- ',
        '1. ',
        '\u001b[31m',
        '\u202e',
        '\u0000',
        '::error::',
        '$',
        '\ud800',
        '=',
        '    ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** What a browser shows of a text with entities. */
const shown = (html: string): string =>
  html
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replaceAll('\u200b', '');

describe('text in a line', () => {
  test('stays on its line and holds nothing that Markdown, HTML or GitHub would obey', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[\n\r<>`*[\]\\|~$]/);
        expect(escaped).not.toMatch(/[\u0000-\u001f\u007f\u202a-\u202e]|\p{Surrogate}/u);
        expect(escaped).not.toMatch(/@[A-Za-z0-9]|:\/\/|www\.|GH-\d/);
        expect(escaped).not.toMatch(/&(?!(?:amp|lt|gt|#\d+);)/);
        expect(escaped.replace(/&#\d+;/g, '')).not.toMatch(/#/);
        expect(escaped).not.toMatch(/^(?:[-+=]|\d+[.)](?:\s|$))/);
      }),
      { numRuns: 2000 },
    );
  });

  test('shows what it was', () => {
    fc.assert(
      fc.property(hostile, (text) => expect(shown(escapeText(text))).toBe(oneLine(text))),
      { numRuns: 1000 },
    );
  });

  test('leaves plain words, numbers and names readable as they are', () => {
    for (const text of ['P95 412 ms', 'diagnosis_reports lost 3 rows', 'v1.2.0-rc.1', '还原数据库', 'a-b (c)'])
      expect(escapeText(text)).toBe(text);
    expect(escapeText('P95 412 ms, expected < 200 ms')).toBe('P95 412 ms, expected &lt; 200 ms');
  });
});

describe('code', () => {
  test('in a line cannot be left', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const inner = /^<code>(.*)<\/code>$/s.exec(code(text))?.[1];
        expect(inner).toBeDefined();
        expect(inner).not.toMatch(/[\n<>`*_[\]\\|@]|:\/\//);
        expect(shown(inner ?? '')).toBe(oneLine(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('in a block cannot be left: no line of it closes the fence', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = fence(text).split('\n');
        const mark = lines[0] ?? '';
        expect(mark).toMatch(/^`{3,}$/);
        expect(lines.at(-1)).toBe(mark);
        for (const line of lines.slice(1, -1))
          expect(/^\s*(`+)\s*$/.exec(line)?.[1]?.length ?? 0).toBeLessThan(mark.length);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a link goes to a web address or nowhere', () => {
  expect(link('run', 'https://github.com/acme/shop/actions/runs/7')).toBe(
    '[run](https://github.com/acme/shop/actions/runs/7)',
  );
  for (const url of [
    'javascript:alert(1)',
    'https://a.example/) [x](https://b.example',
    'https://a.example/ "t"',
    'https://u:p@a.example/',
    undefined,
  ])
    expect(link('run', url)).toBe('run');
});

test('a marker cannot be closed by what it holds, and differs for what differs', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const made = marker('comment', a, b);
      expect(made.indexOf('-->')).toBe(made.length - 3);
      expect(made.slice(4, -3)).not.toMatch(/--|\n/);
    }),
  );
  expect(marker('comment', 'a/b', 'c')).not.toBe(marker('comment', 'a', 'b/c'));
});
