import type { PlannedFinding } from '@release-runbook/record/plan';
import { code, escapeText, fence, oneLine, plain } from './escape.ts';
import { type Locale, type Messages, messages } from './messages.ts';
import { table } from './table.ts';

const ORDER = ['error', 'warning', 'notice'] as const;

/** Findings as Markdown: how many, a table with the worst first, then the safe way of each, folded. */
export function renderFindings(findings: readonly PlannedFinding[], locale: Locale): string {
  const m = messages(locale);
  return findingsSections(findings, m).join('\n\n').concat('\n');
}

/** The parts of it, for a text that may have to be cut. */
export function findingsSections(findings: readonly PlannedFinding[], m: Messages): string[] {
  const f = m.findings;
  if (findings.length === 0) return [f.none];
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  const rows = sorted.map((one) => [
    `${marks[one.severity]} ${f.severity[one.severity]}`,
    code(place(one)),
    code(one.rule),
    escapeText(said(one, m)),
  ]);
  const parts = [
    escapeText(counted(findings, m)),
    table([f.severityTitle, f.place, f.rule, f.found], rows),
    ...sorted.filter((one) => one.waived === undefined && one.safeWay.length > 0).map((one) => safeWay(one, m)),
  ];
  return parts;
}

const marks = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const;

/** Findings for a terminal, in the order of their places, as compilers print them: editors open `file:line:column`. */
export function renderFindingsText(findings: readonly PlannedFinding[], locale: Locale): string {
  const m = messages(locale);
  const f = m.findings;
  if (findings.length === 0) return `${f.none}\n`;
  const parts = findings.map((one) =>
    [
      `${oneLine(place(one))}: ${f.severity[one.severity]}: ${oneLine(said(one, m))} [${one.rule}]`,
      ...(one.waived === undefined ? one.safeWay : []).map(
        (step) => `${isSql(step) ? '      ' : '    '}${plain(step).replaceAll('\n', '\n      ')}`,
      ),
    ].join('\n'),
  );
  return `${parts.join('\n')}\n\n${counted(findings, m)}\n`;
}

const place = ({ file, line, column }: PlannedFinding): string => `${file}:${line}:${column}`;

/** Waived ones last. */
const rank = ({ severity, waived }: PlannedFinding): number =>
  waived === undefined ? ORDER.indexOf(severity) : ORDER.length;

const said = ({ text, waived }: PlannedFinding, m: Messages): string =>
  waived === undefined ? text : `${text} (${m.findings.waived(waived)})`;

function counted(findings: readonly PlannedFinding[], m: Messages): string {
  const open = findings.filter(({ waived }) => waived === undefined);
  const [errors, warnings, notices] = ORDER.map((severity) => open.filter((one) => one.severity === severity).length);
  return m.findings.count(errors ?? 0, warnings ?? 0, notices ?? 0, findings.length - open.length);
}

const isSql = (step: string): boolean => step.endsWith(';');

function safeWay(finding: PlannedFinding, m: Messages): string {
  const blocks: string[] = [];
  let sql: string[] = [];
  const flush = () => {
    if (sql.length > 0) blocks.push(fence(sql.join('\n'), 'sql'));
    sql = [];
  };
  for (const step of finding.safeWay) {
    if (isSql(step)) sql.push(step);
    else {
      flush();
      blocks.push(escapeText(step));
    }
  }
  flush();
  const head = `${m.findings.safeWay}: ${code(place(finding))} ${code(finding.rule)}`;
  return `<details><summary>${head}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`;
}
