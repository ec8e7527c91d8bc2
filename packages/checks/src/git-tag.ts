import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import type { Outcome } from './outcome.ts';
import type { CheckContext } from './types.ts';
import { compareVersions } from './version.ts';

/** The version is a tag of the checkout; where asked it lies on a branch and is greater than the version before. */
export async function checkGitTag(spec: CheckSpecs['git-tag'], context: CheckContext): Promise<Outcome> {
  const { git, version, previous } = context;
  const checkout = 'check out the repository with its tags (actions/checkout with fetch-depth: 0)';
  if (git === undefined)
    return { verdict: 'error', text: 'could not be judged: there is no git checkout here', mend: checkout };
  const commit = await git.resolve(`refs/tags/${version}`);
  if (commit === undefined) {
    return {
      verdict: 'fail',
      text: `there is no tag ${version} in this checkout`,
      mend: `git tag ${version} && git push origin ${version}, or ${checkout}`,
    };
  }
  const said = [`tag ${version} is ${commit.slice(0, 10)}`];
  if (spec.branch !== undefined) {
    const names = [`refs/remotes/origin/${spec.branch}`, `refs/heads/${spec.branch}`];
    const known = [];
    for (const name of names) if ((await git.resolve(name)) !== undefined) known.push(name);
    const [branch] = known;
    if (branch === undefined)
      return {
        verdict: 'error',
        text: `could not be judged: there is no branch ${spec.branch} in this checkout`,
        mend: checkout,
      };
    if (!(await git.isAncestor(commit, branch))) {
      return {
        verdict: 'fail',
        text: `tag ${version} (${commit.slice(0, 10)}) does not lie on ${spec.branch}`,
        mend: `merge it into ${spec.branch} first, and tag the merge`,
      };
    }
    said.push(`on ${spec.branch}`);
  }
  if (spec.grows === true && previous !== null) {
    const order = compareVersions(version, previous);
    if (order === undefined) {
      return {
        verdict: 'error',
        text: `could not be judged: ${version} and ${previous} are not both versions such as v1.2.3`,
      };
    }
    if (order <= 0) {
      return {
        verdict: 'fail',
        text: `${version} is not greater than ${previous}, the version before`,
        mend: 'tag a greater version; going back is what rollback is for',
      };
    }
    said.push(`greater than ${previous}`);
  }
  return { verdict: 'pass', text: said.join(', ') };
}
