import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { checkRunbook, parseRunbook, restoreRunbook } from '@release-runbook/runbook/load';
import { RunbookError } from '@release-runbook/units/error';
import fc from 'fast-check';

const full = readFileSync(fileURLToPath(new URL('fixtures/full.yml', import.meta.url)), 'utf8');

async function onlyRunbookErrors(text: string): Promise<void> {
  try {
    await parseRunbook(text, 'any.yml', { environment: 'production' });
  } catch (error) {
    if (!(error instanceof RunbookError)) throw error;
    for (const { at } of error.problems) {
      expect(at?.line).toBeGreaterThan(0);
      expect(at?.line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
      expect(at?.column).toBeGreaterThan(0);
    }
  }
  const { problems } = await checkRunbook(text, 'any.yml');
  expect(Array.isArray(problems)).toBe(true);
}

test('any text gives a runbook or a RunbookError', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), onlyRunbookErrors), { numRuns: 300 });
});

test('any text of the characters that YAML gives a meaning', async () => {
  const words = [
    'runbook: v1',
    'system: a',
    'hosts:',
    '\n',
    '\n  ',
    '- ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a ',
    '*a',
    '<<: ',
    '? ',
    '|',
    '>',
    '"',
    "'",
    '#',
    '%',
    '!',
    '~',
    'smoke',
    '---\n',
    '\t',
    '\r\n',
    '0',
    'x',
  ];
  const text = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join(''));
  await fc.assert(fc.asyncProperty(text, onlyRunbookErrors), { numRuns: 500 });
});

test('a runbook with a hole, a repetition or a foreign piece in it', async () => {
  const spot = fc.nat(full.length);
  const piece = fc.oneof(
    fc.string({ maxLength: 5 }),
    fc.constantFrom('{', '}', '- ', '\n', ': ', '"', '5', 'null', '[]'),
  );
  await fc.assert(
    fc.asyncProperty(spot, fc.nat(60), piece, async (from, length, put) => {
      await onlyRunbookErrors(full.slice(0, from) + put + full.slice(from + length));
    }),
    { numRuns: 200 },
  );
});

test('any value in the place of any other', async () => {
  const base = (await parseRunbook(full, 'full.yml', { environment: 'production' })).resolved as Record<
    string,
    unknown
  >;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(base)), fc.jsonValue({ maxDepth: 4 }), async (key, value) => {
      try {
        await restoreRunbook({ ...base, [key]: value });
      } catch (error) {
        if (!(error instanceof RunbookError)) throw error;
      }
      await onlyRunbookErrors(JSON.stringify({ ...base, environment: undefined, [key]: value }));
    }),
    { numRuns: 300 },
  );
});
