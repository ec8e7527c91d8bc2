import type { Approval, CheckRun, Job, Run, State } from '../state.ts';
import type { RepositoryObjects } from './repository.ts';
import { idOf, nodeId } from './repository.ts';

export function actionsObjects(state: State, { repoApi, repoWeb, minimalRepository, user }: RepositoryObjects) {
  const run = (one: Run, attempt = one.attempt) => {
    const api = `${repoApi()}/actions/runs/${one.id}`;
    const commit = state.commits.find((candidate) => candidate.sha === one.headSha);
    const attempted = attempt === one.attempt ? {} : earlier(one, attempt);
    return {
      id: one.id,
      node_id: nodeId('WorkflowRun', one.id),
      name: one.name,
      display_title: commit?.message.split('\n')[0] ?? one.name,
      path: one.path,
      workflow_id: idOf(one.path),
      run_number: one.number,
      run_attempt: attempt,
      event: one.event,
      status: one.status,
      conclusion: one.conclusion,
      head_branch: one.headBranch,
      head_sha: one.headSha,
      check_suite_id: idOf(one.headSha),
      check_suite_node_id: nodeId('CheckSuite', one.headSha),
      url: api,
      html_url: `${repoWeb()}/actions/runs/${one.id}`,
      created_at: one.createdAt,
      updated_at: one.updatedAt,
      run_started_at: one.createdAt,
      actor: user(one.actor),
      triggering_actor: user(one.actor),
      jobs_url: `${api}/jobs`,
      logs_url: `${api}/logs`,
      check_suite_url: `${repoApi()}/check-suites/${idOf(one.headSha)}`,
      artifacts_url: `${api}/artifacts`,
      cancel_url: `${api}/cancel`,
      rerun_url: `${api}/rerun`,
      previous_attempt_url: attempt > 1 ? `${api}/attempts/${attempt - 1}` : null,
      workflow_url: `${repoApi()}/actions/workflows/${idOf(one.path)}`,
      pull_requests: [],
      head_commit: commit
        ? {
            id: commit.sha,
            tree_id: commit.sha,
            message: commit.message,
            timestamp: commit.date,
            author: { name: commit.author, email: 'dev@example.com' },
            committer: { name: commit.author, email: 'dev@example.com' },
          }
        : null,
      repository: minimalRepository(),
      head_repository: minimalRepository(),
      ...attempted,
    };
  };

  /** An attempt before the last one has ended: as its worst job did. */
  const earlier = (one: Run, attempt: number) => {
    const ends = state.jobs.filter((job) => job.run === one.id && job.attempt === attempt).map((job) => job.conclusion);
    const bad = (['failure', 'timed_out', 'cancelled'] as const).find((end) => ends.includes(end));
    return { status: 'completed', conclusion: bad ?? 'success' };
  };

  const job = (one: Job) => {
    const of = state.runs.find((candidate) => candidate.id === one.run);
    return {
      id: one.id,
      node_id: nodeId('Job', one.id),
      run_id: one.run,
      run_url: `${repoApi()}/actions/runs/${one.run}`,
      run_attempt: one.attempt,
      workflow_name: of?.name ?? null,
      head_branch: of?.headBranch ?? null,
      head_sha: of?.headSha ?? '',
      name: one.name,
      url: `${repoApi()}/actions/jobs/${one.id}`,
      html_url: `${repoWeb()}/actions/runs/${one.run}/job/${one.id}`,
      check_run_url: `${repoApi()}/check-runs/${one.id}`,
      status: one.status,
      conclusion: one.conclusion,
      created_at: one.startedAt,
      started_at: one.startedAt,
      completed_at: one.completedAt,
      steps: [],
      labels: ['ubuntu-latest'],
      runner_id: one.runner ? idOf(one.runner) : null,
      runner_name: one.runner,
      runner_group_id: one.runner ? 1 : null,
      runner_group_name: one.runner ? 'Default' : null,
    };
  };

  const checkRun = (one: CheckRun) => ({
    id: one.id,
    node_id: nodeId('CheckRun', one.id),
    head_sha: one.sha,
    external_id: '',
    name: one.name,
    url: `${repoApi()}/check-runs/${one.id}`,
    html_url: `${repoWeb()}/runs/${one.id}`,
    details_url: `${repoWeb()}/runs/${one.id}`,
    status: one.status,
    conclusion: one.conclusion,
    started_at: one.startedAt,
    completed_at: one.completedAt,
    check_suite: { id: idOf(one.sha) },
    output: {
      title: null,
      summary: null,
      text: null,
      annotations_count: 0,
      annotations_url: `${repoApi()}/check-runs/${one.id}/annotations`,
    },
    app: null,
    pull_requests: [],
  });

  const approval = (one: Approval) => ({
    state: one.state,
    comment: one.comment,
    user: user(one.user),
    environments: one.environments.map((name) => ({
      id: idOf(name),
      node_id: nodeId('Environment', name),
      name,
      url: `${repoApi()}/environments/${encodeURIComponent(name)}`,
      html_url: `${repoWeb()}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
      created_at: '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
    })),
  });

  return { run, job, checkRun, approval };
}
