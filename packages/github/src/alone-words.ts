import type { WayBack } from '@release-runbook/record/way-back';
import type { StepResult } from '@release-runbook/steps/decision';

/** What an action alone calls the version before: there is none, only a state before it. */
export const BEFORE = 'before';

/**
 * A result in the words of an action that works alone: no release is under way, no terminal finds its record, and the way back
 * is the action `rollback` in the same job.
 */
export function aloneResult(result: StepResult): StepResult {
  const { next, wayBack, details, ...rest } = result;
  const { plan, digest: _, ...own } = details;
  const back = wayBack === undefined || plan !== undefined ? undefined : aloneWayBack(wayBack);
  return {
    ...rest,
    text: words(result.text),
    details: own,
    ...(next === undefined ? {} : { next: words(next) }),
    ...(back === undefined ? {} : { wayBack: back }),
  };
}

/** Undefined where nothing was done that could be undone. */
function aloneWayBack(wayBack: WayBack): WayBack | undefined {
  if (wayBack.how === 'nothing') return undefined;
  return wayBack.to === BEFORE ? { ...wayBack, to: null } : wayBack;
}

const action = 'the action rollback in a later step of this job';

function words(text: string): string {
  return text
    .replace(/`?runbook rollback(?: --release \S+)? --accept-loss`?/g, `${action}, with \`accept-loss: true\``)
    .replace(/`?runbook rollback(?: --release \S+)? --keep-rows`?/g, `${action}, with \`rows-written-since: keep\``)
    .replace(/`?runbook rollback(?: --release [^\s;)`]+)?`?/g, action)
    .replace(/, \S+ is still in place/g, '')
    .replaceAll(`${BEFORE} serves again after`, 'as it was before, after');
}
