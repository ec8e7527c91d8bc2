import type { Verdict } from '@release-runbook/record/events';
import type { Plan } from '@release-runbook/record/plan';
import { formatDuration } from '@release-runbook/units/duration';
import { escapeText } from './escape.ts';
import { type Locale, messages } from './messages.ts';
import { planSections } from './plan.ts';
import { table } from './table.ts';

/** What a reviewer has before the gate: the plan, how its rehearsal went, and what the checks found. */
export interface Evidence {
  readonly plan: Plan;
  readonly checks: readonly { readonly name: string; readonly verdict: Verdict; readonly text: string }[];
  readonly rehearsals: readonly {
    readonly database: string;
    readonly upMs: number;
    readonly downMs?: number | undefined;
    readonly oldVersion: string;
    readonly problems: readonly string[];
  }[];
}

/** What checks found, without a plan: for a preflight that works alone. */
export function renderChecks(checks: Evidence['checks'], locale: Locale): string {
  const m = messages(locale);
  const rows = checks.map(({ name, verdict, text }) => [
    escapeText(name),
    escapeText(m.verdict[verdict]),
    escapeText(text),
  ]);
  return `### ${m.verdicts}\n\n${table([m.itemTitle, m.verdictTitle, m.numbers], rows)}`;
}

export function renderEvidence(evidence: Evidence, locale: Locale): string {
  const m = messages(locale);
  const { plan, checks, rehearsals } = evidence;
  const parts = planSections(plan, m, '##');
  if (rehearsals.length > 0) {
    const lines = rehearsals.flatMap(({ database, upMs, downMs, oldVersion, problems }) => {
      const down = downMs === undefined ? undefined : formatDuration(downMs);
      return [
        `- ${escapeText(m.plan.rehearsed(database, formatDuration(upMs), down, oldVersion))}`,
        ...problems.map((problem) => `- ❌ ${escapeText(problem)}`),
      ];
    });
    parts.push(`### ${m.plan.rehearsal}\n\n${lines.join('\n')}`);
  }
  if (checks.length > 0) parts.push(renderChecks(checks, locale));
  return `${parts.join('\n\n')}\n`;
}
