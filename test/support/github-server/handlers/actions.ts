import type { Context, Handler } from '../handler.ts';
import { found, Refusal, text } from '../handler.ts';
import type { Job, Run } from '../state.ts';
import { resolve } from './git.ts';

const actions = ['actions'] as const;

const runOf = ({ state, path }: Context): Run => found(state.runs.find((one) => one.id === Number(path.run_id)));

function attemptOf(context: Context, run: Run): number {
  const attempt = Number(context.path.attempt_number);
  return found(attempt >= 1 && attempt <= run.attempt ? attempt : undefined);
}

/** Of each job its newest execution: what a re-run of the failed jobs did not run again stays as it was. */
function latest(jobs: Job[]): Job[] {
  const byName = new Map<string, Job>();
  for (const job of jobs) if (job.attempt >= (byName.get(job.name)?.attempt ?? 0)) byName.set(job.name, job);
  return [...byName.values()];
}

/** @param perHour GitHub's limit for the token's kind */
export function rateLimit(used: number, now: Date, perHour = 5000) {
  const reset = Math.ceil(now.getTime() / 3_600_000) * 3600;
  return { limit: perHour, used, remaining: Math.max(0, perHour - used), reset };
}

export const actionsHandlers: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': {
    scope: actions,
    answer: (context) => ({ status: 200, body: context.objects.run(runOf(context)) }),
  },

  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs': {
    scope: actions,
    answer(context) {
      const run = runOf(context);
      const jobs = context.state.jobs.filter((one) => one.run === run.id);
      const shown = context.query.get('filter') === 'all' ? jobs : latest(jobs);
      return { all: shown.map(context.objects.job), list: 'jobs' };
    },
  },

  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}': {
    scope: actions,
    answer(context) {
      const run = runOf(context);
      return { status: 200, body: context.objects.run(run, attemptOf(context, run)) };
    },
  },

  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs': {
    scope: actions,
    answer(context) {
      const run = runOf(context);
      const attempt = attemptOf(context, run);
      // As of that attempt: jobs that it did not run again are listed as an earlier one left them.
      const jobs = latest(context.state.jobs.filter((one) => one.run === run.id && one.attempt <= attempt));
      return { all: jobs.map(context.objects.job), list: 'jobs' };
    },
  },

  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals': {
    scope: actions,
    answer(context) {
      const run = runOf(context);
      const its = context.state.approvals.filter((one) => one.run === run.id);
      return { status: 200, body: its.map(context.objects.approval) };
    },
  },

  'GET /repos/{owner}/{repo}/actions/jobs/{job_id}': {
    scope: actions,
    answer: ({ state, objects, path }) => ({
      status: 200,
      body: objects.job(found(state.jobs.find((one) => one.id === Number(path.job_id)))),
    }),
  },

  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': {
    scope: ['checks'],
    answer({ state, objects, path, query }) {
      const commit = resolve(state, text(path.ref));
      if (!commit) throw new Refusal(422, `No commit found for SHA: ${path.ref}`);
      const [name, status] = [query.get('check_name'), query.get('status')];
      const asked = state.checkRuns
        .filter((one) => one.sha === commit.sha)
        .filter((one) => (name ?? one.name) === one.name && (status ?? one.status) === one.status);
      // GitHub shows the newest of each name, unless asked for all.
      const newest = asked.filter((one) => asked.findLast((other) => other.name === one.name) === one);
      const shown = query.get('filter') === 'all' ? asked : newest;
      return { all: shown.map(objects.checkRun), list: 'check_runs' };
    },
  },
};

export const repositoryHandlers: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}': {
    scope: ['metadata'],
    answer: ({ objects }) => ({ status: 200, body: objects.fullRepository() }),
  },

  'GET /user': {
    scope: [],
    answer({ state, objects }) {
      if (state.actor.kind === 'integration') throw new Refusal(403, 'Resource not accessible by integration');
      return { status: 200, body: objects.privateUser(state.actor.login) };
    },
  },
};
