import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { counted } from '@release-runbook/units/count';
import type { Outcome } from './outcome.ts';
import type { CheckContext } from './types.ts';

const passed = ['success', 'neutral', 'skipped'];

/** The commit of the version has passed its checks in the forge: those named, else all that it has (and it has some). */
export async function checkCommit(spec: CheckSpecs['commit'], context: CheckContext): Promise<Outcome> {
  const commit = await context.git?.resolve(context.version);
  if (commit === undefined) {
    const text =
      context.git === undefined ? 'there is no git checkout here' : `git does not know ${context.version} here`;
    return {
      verdict: 'error',
      text: `could not be judged: ${text}`,
      mend: 'check out the repository with its tags (actions/checkout with fetch-depth: 0)',
    };
  }
  const checks = await context.commitChecks?.(commit);
  if (checks === undefined) {
    return {
      verdict: 'inconclusive',
      text: 'the forge cannot be asked for the checks of the commit',
      mend: 'give a token that may read checks (checks: read)',
    };
  }
  const short = commit.slice(0, 10);
  const names = spec.checks ?? [...new Set(checks.map((check) => check.name))];
  if (names.length === 0)
    return {
      verdict: 'fail',
      text: `commit ${short} has no checks`,
      mend: 'run the tests on this commit, or name the checks that it must have',
    };
  const problems: string[] = [];
  let waiting = 0;
  for (const name of names) {
    const runs = checks.filter((check) => check.name === name);
    const bad = runs.find((check) => check.conclusion !== null && !passed.includes(check.conclusion));
    if (runs.length === 0) problems.push(`${name} did not run`);
    else if (bad !== undefined) problems.push(`${name}: ${bad.conclusion}`);
    else if (runs.some((check) => check.conclusion === null))
      waiting += problems.push(`${name} is still running`) > 0 ? 1 : 0;
  }
  const measurements = [{ name: 'passed', value: names.length - problems.length, unit: 'checks' }];
  if (problems.length === 0)
    return {
      verdict: 'pass',
      text: `commit ${short}: ${names.length} of ${counted(names.length, 'check')} passed`,
      measurements,
    };
  const text = `commit ${short}: ${problems.join('; ')}`;
  if (waiting === problems.length)
    return { verdict: 'inconclusive', text, mend: 'wait until they have ended, and run this step again', measurements };
  return {
    verdict: 'fail',
    text,
    mend: 'mend the commit and tag a new version, or run its failed checks again',
    measurements,
  };
}
