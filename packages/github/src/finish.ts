import type * as Core from '@actions/core';
import type { StepResult } from '@release-runbook/steps/decision';
import { code, escapeText, fence } from '@release-runbook/views/escape';
import type { Evidence } from '@release-runbook/views/evidence';
import { messages } from '@release-runbook/views/messages';
import { wayBackLine } from '@release-runbook/views/way-back-line';
import type { ActionName } from './actions.ts';
import type { Masker } from './mask.ts';
import { type GitHubPlatform, redactDeep } from './platform.ts';

/** Bytes of a job's outputs, all of them together, are 1 MB; a result beyond this keeps what decides and loses its details. */
const resultLimit = 400_000;

export interface Finish {
  readonly action: ActionName;
  readonly given: StepResult;
  /** It is annotated already, at its place. */
  readonly told: boolean;
  readonly masker: Masker;
  readonly core: Pick<typeof Core, 'setOutput' | 'error' | 'notice' | 'info' | 'summary'>;
  readonly schema: number;
  readonly outputs: readonly string[];
  readonly locale: string | undefined;
  readonly platform: GitHubPlatform | undefined;
}

const marks = { proceed: '✅', hold: '⏸️', refuse: '🚫', 'roll-back': '⏪', failed: '💥' } as const;

/** Tells a step's result: outputs, one annotation, the summary. Returns it as it was told, without secrets. */
export async function finishResult(finish: Finish): Promise<StepResult> {
  const { core, masker, platform } = finish;
  const result = redactDeep(finish.given, masker.redact);
  for (const [name, value] of Object.entries(outputsOf(result, finish))) core.setOutput(name, value);
  const m = messages(finish.locale);
  const line = `${finish.action} ${m.decision[result.decision]} (${result.reason}): ${result.text}`;
  const next = result.next === undefined ? '' : ` ${m.next} ${result.next}`;
  const kind = result.decision === 'hold' ? 'notice' : 'error';
  if (result.decision === 'proceed' || finish.told) (platform ?? { log: core.info }).log(line);
  else if (platform !== undefined) platform.annotate(kind, `${line}${next}`);
  else core[kind](`${line}${next}`);
  await summary(result, finish);
  return result;
}

function outputsOf(result: StepResult, finish: Finish): Record<string, string> {
  const { details, wayBack } = result;
  const whole = JSON.stringify({ schema: finish.schema, action: finish.action, ...result });
  const short = () =>
    JSON.stringify({ schema: finish.schema, action: finish.action, ...result, details: {}, cut: true });
  const values: Record<string, string> = {
    decision: result.decision,
    reason: result.reason,
    result: Buffer.byteLength(whole) > resultLimit ? short() : whole,
    record: textOf(details.record),
    release: result.release ?? '',
    'way-back': wayBack === undefined ? '' : wayBackLine(wayBack, messages(finish.locale).locale),
  };
  for (const name of finish.outputs) {
    if (!(name in values) && details[name] !== undefined) values[name] = textOf(details[name]);
  }
  return values;
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Of a preflight: what a reviewer decides by. */
export function isEvidence(details: object): details is Evidence {
  return 'plan' in details && 'checks' in details && 'rehearsals' in details;
}

/** Of a preflight that works alone: there is no release whose plan it could show. */
function hasChecks(details: object): details is Pick<Evidence, 'checks'> {
  return 'checks' in details && Array.isArray(details.checks) && details.checks.length > 0;
}

/** A result as everybody may read it, in a public repository: in the summary, the comment and the notes. */
export async function forEverybody(result: StepResult, platform: GitHubPlatform | undefined): Promise<StepResult> {
  if (platform === undefined) return result;
  const eyes = await platform.everybody();
  const { details, next } = result;
  return {
    ...result,
    text: eyes(result.text),
    ...(next === undefined ? {} : { next: eyes(next) }),
    details: isEvidence(details) ? evidenceForEverybody(details, eyes) : details,
  };
}

/** The plan is made of the runbook and the migrations, which are in the repository; what checks found is of the hosts. */
function evidenceForEverybody(evidence: Evidence, eyes: (text: string) => string): Record<string, unknown> {
  const { checks, rehearsals } = evidence;
  return {
    ...evidence,
    checks: checks.map((check) => ({ ...check, text: eyes(check.text) })),
    rehearsals: rehearsals.map((one) => ({
      ...one,
      oldVersion: eyes(one.oldVersion),
      problems: one.problems.map(eyes),
    })),
  };
}

async function summary(given: StepResult, { action, platform, locale, core, masker }: Finish): Promise<void> {
  const m = messages(locale);
  const result = await forEverybody(given, platform);
  const parts = [
    `## ${marks[result.decision]} ${code(action)}: ${escapeText(m.decision[result.decision])}`,
    `${escapeText(result.text)} (${code(result.reason)})`,
  ];
  if (result.next !== undefined) parts.push(`${m.next}\n\n${fence(result.next)}`);
  const shown = await platform?.shown(result.wayBack);
  if (shown !== undefined) {
    if (shown !== '') parts.push(shown);
  } else if (isEvidence(result.details)) {
    const { renderEvidence } = await import('@release-runbook/views/evidence');
    parts.push(renderEvidence(result.details, m.locale));
  } else if (hasChecks(result.details)) {
    const { renderChecks } = await import('@release-runbook/views/evidence');
    parts.push(renderChecks(result.details.checks, m.locale));
  } else if (result.wayBack !== undefined) parts.push(`**${escapeText(wayBackLine(result.wayBack, m.locale))}**`);
  const markdown = `${parts.join('\n\n')}\n`;
  if (platform !== undefined) return platform.summarize(markdown);
  try {
    await core.summary.addRaw(masker.redact(markdown)).write({ overwrite: true });
  } catch {
    // A runner without summaries has the annotation.
  }
}
