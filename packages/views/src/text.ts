import type { Plan } from '@release-runbook/record/plan';
import type { ReleaseState } from '@release-runbook/record/state';
import { formatDuration } from '@release-runbook/units/duration';
import { acceptLossCommand, keepRowsCommand, resumeCommand, rollbackCommand } from './commands.ts';
import { oneLine, plain } from './escape.ts';
import { clock, failures, heldWhy, itemMs, lastVerdicts, undone, waitsForLoss, wasRefused } from './facts.ts';
import { renderFindingsText } from './findings.ts';
import { type Locale, type Messages, messages } from './messages.ts';
import { outlook, stepName, totalMs } from './plan.ts';
import type { ReleaseView } from './release.ts';
import { columns } from './table.ts';
import { rowsByTable, wayBackLine } from './way-back-line.ts';

/** The record for a terminal: headline, way back, what waits, what failed, what was undone, the steps. No colours. */
export function renderStatusText(state: ReleaseState, view: ReleaseView): string {
  const m = messages(view.locale);
  const { system, version, environment } = state.opened;
  const parts = [
    oneLine(m.headline(system, version, environment, wasRefused(state) ? m.refused : m.status[state.status])),
  ];
  if (view.wayBack !== undefined) parts.push(oneLine(wayBackLine(view.wayBack, view.locale)));
  parts.push(...waits(state, view, m), ...went(state, m));
  const rows = state.items.map((item) => {
    const ms = itemMs(state, item);
    return [
      m.stepName[item.intends.step],
      oneLine(item.item),
      m.item[item.state],
      ms === undefined ? '' : formatDuration(ms),
    ];
  });
  if (rows.length > 0) parts.push('', `${m.steps}:`, columns(rows));
  const judged = lastVerdicts(state).map((one) => [
    m.stepName[one.step],
    oneLine(one.item),
    m.verdict[one.verdict],
    oneLine(one.text),
  ]);
  if (judged.length > 0) parts.push('', `${m.verdicts}:`, columns(judged));
  parts.push('', m.record(oneLine(state.release), view.place === undefined ? undefined : oneLine(view.place)));
  if (state.torn.length > 0) parts.push(m.torn(state.torn.join(', ')));
  return `${parts.join('\n')}\n`;
}

function waits(state: ReleaseState, view: ReleaseView, m: Messages): string[] {
  const why = heldWhy(state);
  const lines: string[] = [];
  if (why !== undefined) {
    lines.push('', `${m.waits}: ${oneLine(why)}`);
    if (state.heldUntil !== undefined) lines.push(`  ${m.until(clock(state.heldUntil))}`);
  }
  if (view.next !== undefined) lines.push(`  ${m.next} ${oneLine(view.next)}`);
  else if (why !== undefined && waitsForLoss(state)) {
    lines.push(`  ${m.acceptLoss} ${acceptLossCommand(state)}`, `  ${m.keepRows} ${keepRowsCommand(state)}`);
  } else if (why !== undefined) {
    lines.push(`  ${m.resume} ${resumeCommand(state)}`, `  ${m.comeBack} ${rollbackCommand(state)}`);
  }
  return lines;
}

function went(state: ReleaseState, m: Messages): string[] {
  const lines: string[] = [];
  const bad = failures(state);
  if (bad.length > 0) {
    lines.push(
      '',
      `${m.failures}:`,
      ...bad.map(({ step, item, text }) => `  ${oneLine(m.failedAt(m.stepName[step], item, text))}`),
    );
  }
  const back = undone(state);
  if (back.length > 0) {
    lines.push('', `${m.undone}:`);
    for (const one of back)
      lines.push(`  ${oneLine(m.undoneItem(m.stepName[one.of], one.item, one.how, formatDuration(one.ms)))}`);
  }
  const cost = state.rolledBack;
  if (cost !== undefined) {
    const lost = rowsByTable(cost.lost, m);
    const exported = rowsByTable(cost.exported, m);
    lines.push(`  ${m.cost(formatDuration(cost.ms))} ${lost === '' ? m.noneLost : oneLine(m.lost(lost))}`);
    if (exported !== '') lines.push(`  ${oneLine(m.exported(exported))}`);
  }
  return lines;
}

/** The plan for a terminal. */
export function renderPlanText(plan: Plan, locale: Locale): string {
  const m = messages(locale);
  const p = m.plan;
  const parts = [
    oneLine(p.title(plan.system, plan.version, plan.environment)),
    oneLine(wayBackLine(plan.wayBack, locale)),
    oneLine(p.from(plan.previous)),
    ...(plan.window === undefined ? [] : [oneLine(p.window(plan.window.text, plan.window.opens))]),
    ...plan.warnings.map((warning) => `! ${oneLine(warning)}`),
    '',
    columns([
      [m.step, m.itemTitle, p.what, p.undo, p.forecast],
      ...plan.items.map((item) => [
        oneLine(stepName(item.step, m)),
        oneLine(item.item),
        oneLine(item.what),
        oneLine(item.undo ?? p.changesNothing),
        item.forecastMs === undefined ? '' : formatDuration(item.forecastMs),
      ]),
    ]),
  ];
  const total = totalMs(plan);
  if (total !== undefined) parts.push(p.total(formatDuration(total)));
  if (plan.schema === undefined) parts.push('', p.notRehearsed);
  else if (plan.schema.length === 0) parts.push('', p.schemaSame);
  else parts.push('', `${p.schema}:`, ...plan.schema.map((line) => `  ${plain(line)}`));
  if (plan.findings.length > 0) parts.push('', renderFindingsText(plan.findings, m.locale).trimEnd());
  parts.push('', `${p.digest}: ${plan.digest}`);
  const [first, ...more] = outlook(plan, m).map(({ text }) => oneLine(text));
  parts.push(`${p.now}: ${first}`, ...more.map((text) => `  ${text}`));
  return `${parts.join('\n')}\n`;
}
