import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { type Decision, exitCode, REASONS } from '@release-runbook/steps/decision';

const text = await readFile(new URL('../../../docs/decisions.md', import.meta.url), 'utf8');

/** The rows of the table under a heading, cell by cell, without its head. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const lines = section.split('\n');
  const from = lines.findIndex((line) => line.startsWith('| Decision |'));
  const to = lines.findIndex((line, index) => index > from && !line.startsWith('|'));
  const cells = (line: string) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', ''));
  return lines.slice(from + 2, to).map(cells);
}

test('the page has every reason of the closed list, in its order, with a sentence', () => {
  const rows = tableUnder('Every reason');
  const wanted = Object.entries(REASONS).flatMap(([decision, reasons]) =>
    reasons.map((reason) => `${decision} ${reason}`),
  );
  expect(rows.map(([decision, reason]) => `${decision} ${reason}`)).toEqual(wanted);
  for (const [, , sentence = ''] of rows) expect(sentence).toMatch(/^[A-Z].{8,}\.$/);
});

test('every reason is given somewhere', async () => {
  const packages = new URL('../../../packages/', import.meta.url);
  let code = '';
  for (const name of await readdir(packages, { recursive: true }))
    if (/^[^/]+\/src\/.*\.ts$/.test(name) && !name.endsWith('steps/src/decision.ts'))
      code += await readFile(new URL(name, packages), 'utf8');
  expect(
    Object.values(REASONS)
      .flat()
      .filter((reason) => !code.includes(`'${reason}'`)),
  ).toEqual([]);
});

test('the page tells the exit codes that the code gives', () => {
  const rows = tableUnder('What a decision means');
  expect(rows.map(([decision]) => decision)).toEqual(Object.keys(REASONS));
  for (const [decision, , job, terminal] of rows) {
    expect([decision, job, terminal]).toEqual([
      decision,
      String(exitCode(decision as Decision, 'forge')),
      String(exitCode(decision as Decision, 'terminal')),
    ]);
  }
});
