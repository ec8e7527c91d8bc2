import { counted } from '@release-runbook/units/count';
import { type Position, RunbookError } from '@release-runbook/units/error';
import type { Finding } from './finding.ts';
import { offsetOf, type Tree } from './tree.ts';

/** From an offset in a file to a position; undefined when there is no file. */
export type Locate = (offset: number) => Position | undefined;

/** One error for many: each is printed on its own line. */
export function gather(problems: readonly RunbookError[]): RunbookError {
  const [first] = problems;
  const count = problems.length === 1 ? 'a problem' : counted(problems.length, 'problem');
  const lines = problems.map(({ at, message }) =>
    at === undefined ? message : `${at.file}:${at.line}:${at.column}: ${message}`,
  );
  return new RunbookError(`the runbook has ${count}; nothing was touched:\n${lines.join('\n')}`, {
    at: first?.at,
    hint: first?.hint,
    problems,
  });
}

export function byPosition(a: RunbookError, b: RunbookError): number {
  return (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0);
}

/** Findings as errors at their positions, in the order of the file. */
export function errorsOf(findings: readonly Finding[], tree: Tree, locate: Locate): RunbookError[] {
  return findings
    .map(({ path, part, inside, message, hint }) => {
      const at = locate(offsetOf(tree, path, part, inside));
      return new RunbookError(message, { at, hint });
    })
    .sort(byPosition);
}
