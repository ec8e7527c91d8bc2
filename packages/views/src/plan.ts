import type { Plan } from '@release-runbook/record/plan';
import { formatDuration } from '@release-runbook/units/duration';
import { code, escapeText, fence } from './escape.ts';
import { findingsSections } from './findings.ts';
import { type Locale, type Messages, messages } from './messages.ts';
import { table } from './table.ts';
import { wayBackLine } from './way-back-line.ts';

/** The plan as Markdown: way back first, then what would be done and how each thing is undone. */
export function renderPlan(plan: Plan, locale: Locale): string {
  return planSections(plan, messages(locale), '##').join('\n\n').concat('\n');
}

/** @param level of the plan's own heading; the parts get one more */
export function planSections(plan: Plan, m: Messages, level: '##' | '###'): string[] {
  const p = m.plan;
  const sub = `${level}#`;
  const parts = [
    `${level} ${escapeText(p.title(plan.system, plan.version, plan.environment))}\n\n**${escapeText(wayBackLine(plan.wayBack, m.locale))}**\n\n${escapeText(p.from(plan.previous))}`,
  ];
  if (plan.window !== undefined) parts.push(escapeText(p.window(plan.window.text, plan.window.opens)));
  if (plan.warnings.length > 0) {
    parts.push(`${sub} ${p.warnings}\n\n${plan.warnings.map((warning) => `- ⚠️ ${escapeText(warning)}`).join('\n')}`);
  }
  parts.push(
    table(
      [m.step, m.itemTitle, p.what, p.undo, p.forecast],
      plan.items.map((item) => [
        escapeText(stepName(item.step, m)),
        escapeText(item.item),
        escapeText(item.what),
        escapeText(item.undo ?? p.changesNothing),
        item.forecastMs === undefined ? '' : escapeText(formatDuration(item.forecastMs)),
      ]),
    ),
  );
  const total = totalMs(plan);
  if (total !== undefined) parts.push(escapeText(p.total(formatDuration(total))));
  parts.push(schema(plan, p, sub));
  if (plan.findings.length > 0) parts.push(...findingsSections(plan.findings, m));
  parts.push(`${p.digest}: ${code(plan.digest)}`);
  // A plan that nothing stops says no more than itself.
  if (plan.stops.length > 0 || plan.joins !== undefined) parts.push(now(plan, m, sub));
  return parts;
}

function now(plan: Plan, m: Messages, sub: string): string {
  const lines = outlook(plan, m).map(
    ({ text, next }) => `- ${escapeText(next === undefined ? text : `${text} (${next})`)}`,
  );
  return `${sub} ${m.plan.now}\n\n${lines.join('\n')}`;
}

function schema(plan: Plan, p: Messages['plan'], sub: string): string {
  if (plan.schema === undefined) return p.notRehearsed;
  if (plan.schema.length === 0) return p.schemaSame;
  return `${sub} ${p.schema}\n\n${fence(plan.schema.join('\n'), 'diff')}`;
}

/** What would become of it now, one line each: why it would be refused, else that it begins. */
export function outlook(
  plan: Plan,
  m: Messages,
): readonly { readonly text: string; readonly next: string | undefined }[] {
  const p = m.plan;
  if (plan.stops.length > 0)
    return plan.stops.map(({ decision, text, next }) => ({
      text: decision === 'proceed' ? p.nothing(text) : p.refused(text),
      next,
    }));
  return [{ text: plan.joins === undefined ? p.begins : p.joins(plan.joins), next: undefined }];
}

/** Undefined where nothing has a forecast. */
export function totalMs(plan: Plan): number | undefined {
  const known = plan.items.flatMap((item) => (item.forecastMs === undefined ? [] : [item.forecastMs]));
  return known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms, 0);
}

export function stepName(step: string, m: Messages): string {
  return Object.hasOwn(m.stepName, step) ? m.stepName[step as keyof Messages['stepName']] : step;
}
