import type { StepResult } from '@release-runbook/steps/decision';
import { cut } from '@release-runbook/views/cut';
import { escapeText, fence, link, marker } from '@release-runbook/views/escape';
import { type Evidence, renderEvidence } from '@release-runbook/views/evidence';
import { type Locale, messages } from '@release-runbook/views/messages';
import { commentLimit, syncComment } from './comment.ts';
import type { Api } from './octokit.ts';
import { commitOfTag, pullOfMerge } from './pulls.ts';

export interface PlanComment {
  readonly result: StepResult;
  readonly evidence: Evidence;
  readonly locale: Locale;
  readonly runUrl: string | undefined;
  readonly redact: (text: string) => string;
}

/**
 * Why a release was refused before its record was opened, on the pull request whose merge the tag points at. A later preflight
 * that goes on replaces what was said; where nothing was said it says nothing.
 */
export async function commentPlan(api: Api, { result, evidence, locale, runUrl, redact }: PlanComment): Promise<void> {
  const { system, environment, version } = evidence.plan;
  const commit = await commitOfTag(api, version);
  const pull = commit === undefined ? undefined : await pullOfMerge(api, commit);
  if (pull === undefined) return;
  const m = messages(locale);
  const refused = result.decision === 'refuse';
  const parts = [
    `## ${refused ? '🚫' : '✅'} ${escapeText(m.headline(system, version, environment, refused ? m.refused : m.decision[result.decision]))}`,
    escapeText(`${m.stepName.preflight}: ${result.text}`),
    ...(result.next === undefined ? [] : [`${m.next}\n\n${fence(result.next)}`]),
    renderEvidence(evidence, locale),
    ...(runUrl === undefined ? [] : [`<sub>${link(m.run, runUrl)}</sub>`]),
  ];
  const mark = marker('plan', system, environment, version);
  const body = `${mark}\n${cut(redact(parts.join('\n\n')), commentLimit - mark.length - 1, `${m.cutShort} ${link(m.seeRun, runUrl)}`)}`;
  await syncComment(api, pull, mark, body, refused);
}
