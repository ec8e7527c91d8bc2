import type { Forge } from '@release-runbook/steps/platform';
import type { Api } from './octokit.ts';

/**
 * What steps ask GitHub. Undefined for all that it does not answer, and `trouble` is told why: an answer that is not there
 * is never a pass.
 */
export function githubForge(
  open: () => Promise<Api | undefined>,
  trouble: (what: string, error: unknown) => void,
): Forge {
  async function ask<T>(what: string, question: (api: Api) => Promise<T | undefined>): Promise<T | undefined> {
    try {
      const api = await open();
      return api === undefined ? undefined : await question(api);
    } catch (error) {
      trouble(what, error);
      return undefined;
    }
  }
  return {
    commitChecks: (commit) =>
      ask(`checks of commit ${commit}`, async (api) => {
        const { listOf } = await import('./octokit.ts');
        const found: { name: string; conclusion: string | null }[] = [];
        const query = { ...api.repository, ref: commit, per_page: 100 };
        for await (const page of api.paginate.iterator(api.rest.checks.listForRef, query)) {
          found.push(...listOf(page.data).map(({ name, conclusion }) => ({ name, conclusion })));
        }
        return found;
      }),
    issues: (label, since) =>
      ask(`issues labelled ${label}`, async (api) => {
        const { listOf } = await import('./octokit.ts');
        // GitHub's `since` means "changed since"; what was opened earlier is left out here, and so are pull requests.
        const query = {
          ...api.repository,
          labels: label,
          state: 'all',
          since: since.toISOString(),
          per_page: 100,
        } as const;
        let count = 0;
        for await (const page of api.paginate.iterator(api.rest.issues.listForRepo, query)) {
          count += listOf(page.data).filter(
            (issue) => Date.parse(issue.created_at) >= floor(since) && issue.pull_request === undefined,
          ).length;
        }
        return count;
      }),
    ended: (run, attempt, job) => ask(`run ${run}`, (api) => ended(api, Number(run), attempt, job)),
  };
}

/** GitHub's times have whole seconds. */
const floor = (since: Date): number => Math.floor(since.getTime() / 1000) * 1000;

async function ended(api: Api, run_id: number, attempt: number, job: string): Promise<boolean | undefined> {
  if (!Number.isSafeInteger(run_id)) return undefined;
  const { listOf, objectOf } = await import('./octokit.ts');
  const at = { ...api.repository, run_id };
  const run = objectOf((await api.rest.actions.getWorkflowRun(at)).data, 'id', 'status');
  // The next attempt begins when the one before has ended.
  if ((run.run_attempt ?? 1) > attempt || run.status === 'completed') return true;
  const jobs: { name: string; status: string }[] = [];
  const query = { ...at, attempt_number: attempt, per_page: 100 };
  for await (const page of api.paginate.iterator(api.rest.actions.listJobsForWorkflowRunAttempt, query))
    jobs.push(...listOf(page.data));
  // The API knows jobs by their displayed name: "call / release" for a called workflow's, "release (a, b)" in a matrix, and
  // "Release" where `name:` says so; the holder has the job's key.
  const key = job.toLowerCase();
  const named = jobs.filter(({ name }) => {
    const last = (name.split(' / ').at(-1) ?? name).toLowerCase();
    return last === key || last.startsWith(`${key} (`);
  });
  if (named.length === 0) return undefined;
  return named.every(({ status }) => status === 'completed');
}
