import { nearest } from '@release-runbook/units/nearest';
import type { Reading } from './changes.ts';
import { isRule, RULES, type Rule } from './rules.ts';
import type { Source } from './source.ts';
import type { Finding } from './types.ts';
import type { Words } from './words/en.ts';

interface Waiver {
  readonly rule: Rule;
  readonly reason: string;
  readonly line: number;
  readonly column: number;
  /** The line that it stands before. */
  readonly target: number;
}

/**
 * `-- release-runbook: allow RULE: reason` on the line before a statement, or before the part of it that is found fault with,
 * lets the finding stand as waived. Several may stand below each other. One without a reason, for an unknown rule or before
 * nothing is a finding itself.
 */
export function applyWaivers(
  source: Source,
  reading: Reading,
  findings: readonly Finding[],
  words: Words,
): readonly Finding[] {
  const { waivers, wrong } = readWaivers(source, reading, words);
  const starts = reading.statements.map(({ at }) => source.position(at));
  /** The line of the statement that a place belongs to. */
  const statementLine = (finding: Finding): number =>
    starts.findLast(({ line, column }) => line < finding.line || (line === finding.line && column <= finding.column))
      ?.line ?? finding.line;
  const used = new Set<Waiver>();
  const judged = findings.map((finding): Finding => {
    const waiver = waivers.find(
      ({ rule, target }) => rule === finding.rule && (target === finding.line || target === statementLine(finding)),
    );
    if (waiver === undefined) return finding;
    used.add(waiver);
    return { ...finding, severity: 'notice', waived: waiver.reason };
  });
  const unused = waivers
    .filter((waiver) => !used.has(waiver))
    .map(({ rule, line, column }) => about(source, line, column, words.waiver.unused(rule), 'notice'));
  return [...judged, ...wrong, ...unused];
}

function readWaivers(source: Source, reading: Reading, words: Words): { waivers: Waiver[]; wrong: Finding[] } {
  const waivers: Waiver[] = [];
  const wrong: Finding[] = [];
  const comments = [...reading.comments, ...reading.statements.flatMap((statement) => statement.comments ?? [])];
  const commentLines = new Set(
    comments
      .filter(({ start, end }) => isAlone(source.text, start, end))
      .flatMap(({ start, end }) => range(source.position(start).line, source.position(end).line)),
  );
  for (const { text, start, end } of comments) {
    const said = /^(?:--|#|\/\*)\s*release-runbook:\s*(.*?)\s*(?:\*\/)?\s*$/is.exec(text)?.[1];
    if (said === undefined) continue;
    const { line, column } = source.position(start);
    const [, rule, reason = ''] = /^allow\s+([\w-]+)\s*(?::\s*(.*))?$/is.exec(said) ?? [];
    const fault =
      rule === undefined
        ? words.waiver.form
        : !isRule(rule)
          ? words.waiver.unknownRule(rule, nearest(rule, Object.keys(RULES)))
          : reason === ''
            ? words.waiver.noReason(rule)
            : undefined;
    if (fault !== undefined || rule === undefined || !isRule(rule)) {
      wrong.push(about(source, line, column, fault ?? '', 'warning'));
      continue;
    }
    let target = source.position(end).line + 1;
    while (commentLines.has(target)) target++;
    waivers.push({ rule, reason: reason.replace(/\s+/g, ' '), line, column, target });
  }
  return { waivers, wrong };
}

const about = (source: Source, line: number, column: number, text: string, severity: Finding['severity']): Finding => ({
  file: source.file,
  line,
  column,
  rule: 'waiver',
  severity,
  text,
  safeWay: [],
});

/** Is there nothing but the comment on its lines? */
function isAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const behind = text.slice(end, text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end));
  return before.trim() === '' && behind.trim() === '';
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
