import type { Handler } from '../handler.ts';
import { found, limited, Refusal, text } from '../handler.ts';
import type { Issue, State } from '../state.ts';
import { resolve } from './git.ts';

const issues = ['issues'] as const;
const comments = ['issues', 'pull-requests'] as const; // either is enough for the comments of a pull request
const pulls = ['pull-requests'] as const;
/** GitHub's limit of a comment's and an issue's body, in characters. */
const longest = 65_536;

const issueOf = (state: State, number: string | undefined): Issue =>
  found(state.issues.find((one) => one.number === Number(number)));
const commentOf = (state: State, id: string | undefined) => found(state.comments.find((one) => one.id === Number(id)));
const nameOf = (label: unknown) => (typeof label === 'string' ? label : text((label as { name?: unknown }).name));

/** Newest first unless asked otherwise; `sort` as the list of issues and that of pull requests know it. */
function ordered<T extends { createdAt: string; updatedAt: string; number: number }>(
  list: T[],
  query: URLSearchParams,
) {
  const at = (one: T) => Date.parse(query.get('sort') === 'updated' ? one.updatedAt : one.createdAt);
  const sorted = list.sort((a, b) => at(b) - at(a) || b.number - a.number);
  return query.get('direction') === 'asc' ? sorted.reverse() : sorted;
}

const inState = (query: URLSearchParams, state: string) => ['all', state].includes(query.get('state') ?? 'open');

export const issueHandlers: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/issues': {
    scope: comments,
    answer({ state, objects, query }) {
      const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
      const since = Date.parse(query.get('since') ?? '');
      const creator = query.get('creator');
      const all = state.issues
        .filter((one) => inState(query, one.state))
        .filter((one) => labels.every((wanted) => one.labels.some((l) => l.toLowerCase() === wanted.toLowerCase())))
        .filter((one) => !(Date.parse(one.updatedAt) < since))
        .filter((one) => creator === null || one.user === creator);
      return { all: ordered(all, query).map(objects.issue) };
    },
  },

  'POST /repos/{owner}/{repo}/issues': {
    scope: issues,
    answer({ state, seed, objects, body }) {
      const made = seed.issue({
        title: text(body.title),
        body: body.body === undefined ? null : limited('Issue', text(body.body), longest),
        labels: Array.isArray(body.labels) ? body.labels.map(nameOf) : [],
        user: state.actor.login,
      });
      return { status: 201, body: objects.issue(made) };
    },
  },

  'GET /repos/{owner}/{repo}/issues/{issue_number}': {
    scope: comments,
    answer: ({ state, objects, path }) => ({
      status: 200,
      body: objects.issue(issueOf(state, path.issue_number)),
    }),
  },

  'PATCH /repos/{owner}/{repo}/issues/{issue_number}': {
    scope: comments,
    answer({ state, seed, objects, path, body }) {
      const one = issueOf(state, path.issue_number);
      if (body.title !== undefined) one.title = text(body.title);
      if (body.body !== undefined) one.body = limited('Issue', text(body.body), longest);
      if (Array.isArray(body.labels)) one.labels = body.labels.map(nameOf);
      if (body.state === 'open' || body.state === 'closed') {
        one.state = body.state;
        one.closedAt = one.state === 'closed' ? seed.time() : null;
        one.stateReason = one.state === 'closed' ? text(body.state_reason ?? 'completed') : 'reopened';
      }
      one.updatedAt = seed.time();
      return { status: 200, body: objects.issue(one) };
    },
  },

  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    scope: comments,
    answer({ state, objects, path, query }) {
      const { number } = issueOf(state, path.issue_number);
      const since = Date.parse(query.get('since') ?? '');
      const all = state.comments.filter((one) => one.issue === number && !(Date.parse(one.updatedAt) < since));
      return { all: all.sort((a, b) => a.id - b.id).map(objects.comment) };
    },
  },

  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    scope: comments,
    answer({ state, seed, objects, path, body }) {
      const issue = issueOf(state, path.issue_number);
      const content = limited('IssueComment', text(body.body), longest);
      const made = seed.comment({ issue: issue.number, body: content, user: state.actor.login });
      issue.updatedAt = seed.time();
      return { status: 201, body: objects.comment(made) };
    },
  },

  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    scope: comments,
    answer: ({ state, objects, path }) => ({
      status: 200,
      body: objects.comment(commentOf(state, path.comment_id)),
    }),
  },

  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    scope: comments,
    answer({ state, seed, objects, path, body }) {
      const one = commentOf(state, path.comment_id);
      one.body = limited('IssueComment', text(body.body), longest);
      one.updatedAt = seed.time();
      return { status: 200, body: objects.comment(one) };
    },
  },

  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    scope: comments,
    answer({ state, path }) {
      const one = commentOf(state, path.comment_id);
      state.comments.splice(state.comments.indexOf(one), 1);
      return { status: 204 };
    },
  },

  'GET /repos/{owner}/{repo}/pulls': {
    scope: pulls,
    answer({ state, objects, query }) {
      const [base, head] = [query.get('base'), query.get('head')?.split(':').at(-1)];
      const all = state.pulls
        .map((pull) => ({ pull, issue: issueOf(state, String(pull.number)) }))
        .filter(({ issue }) => inState(query, issue.state))
        .filter(({ pull }) => (base ?? pull.base) === pull.base && (head ?? pull.head) === pull.head)
        .map(({ pull, issue }) => ({ ...issue, pull }));
      return { all: ordered(all, query).map(({ pull }) => objects.pullSimple(pull)) };
    },
  },

  'GET /repos/{owner}/{repo}/pulls/{pull_number}': {
    scope: pulls,
    answer: ({ state, objects, path }) => ({
      status: 200,
      body: objects.pull(found(state.pulls.find((one) => one.number === Number(path.pull_number)))),
    }),
  },

  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': {
    scope: pulls,
    answer({ state, objects, path }) {
      const commit = resolve(state, text(path.commit_sha));
      if (!commit) throw new Refusal(422, `No commit found for SHA: ${path.commit_sha}`);
      const holds = [...state.pulls].filter((one) =>
        [one.mergeCommitSha, one.headSha, ...one.commits].includes(commit.sha),
      );
      return { all: holds.map(objects.pullSimple) };
    },
  },
};
