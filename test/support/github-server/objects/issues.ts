import type { Comment, Issue, Pull, State } from '../state.ts';
import type { RepositoryObjects } from './repository.ts';
import { idOf, nodeId } from './repository.ts';

export function issueObjects(state: State, { repoApi, repoWeb, repository, user }: RepositoryObjects) {
  const label = (name: string) => ({
    id: idOf(name),
    node_id: nodeId('Label', name),
    url: `${repoApi()}/labels/${encodeURIComponent(name)}`,
    name,
    description: '',
    color: 'ededed',
    default: false,
  });

  const issue = (one: Issue) => {
    const api = `${repoApi()}/issues/${one.number}`;
    const pullOf = state.pulls.find((pull) => pull.number === one.number);
    const kind = pullOf ? 'pull' : 'issues';
    const diff = `${repoWeb()}/pull/${one.number}`;
    return {
      id: one.id,
      node_id: nodeId('Issue', one.id),
      url: api,
      repository_url: repoApi(),
      labels_url: `${api}/labels{/name}`,
      comments_url: `${api}/comments`,
      events_url: `${api}/events`,
      html_url: `${repoWeb()}/${kind}/${one.number}`,
      number: one.number,
      state: one.state,
      state_reason: one.stateReason,
      title: one.title,
      body: one.body,
      user: user(one.user),
      labels: one.labels.map(label),
      assignee: null,
      assignees: [],
      milestone: null,
      locked: false,
      comments: state.comments.filter((comment) => comment.issue === one.number).length,
      closed_at: one.closedAt,
      created_at: one.createdAt,
      updated_at: one.updatedAt,
      author_association: 'MEMBER',
      ...(pullOf && {
        pull_request: {
          url: `${repoApi()}/pulls/${one.number}`,
          html_url: diff,
          diff_url: `${diff}.diff`,
          patch_url: `${diff}.patch`,
          merged_at: pullOf.mergedAt,
        },
      }),
    };
  };

  const pullSimple = (one: Pull) => {
    const its = state.issues.find((candidate) => candidate.number === one.number);
    if (!its) throw new Error(`pull request ${one.number} has no issue: seed it with seed.pull`);
    const api = `${repoApi()}/pulls/${one.number}`;
    const page = `${repoWeb()}/pull/${one.number}`;
    const side = (ref: string, sha: string) => ({
      label: `${state.repo.owner}:${ref}`,
      ref,
      sha,
      repo: repository(),
      user: user(state.repo.owner),
    });
    const links = {
      comments_url: `${repoApi()}/issues/${one.number}/comments`,
      commits_url: `${api}/commits`,
      statuses_url: `${repoApi()}/statuses/${one.headSha}`,
      html_url: page,
      issue_url: `${repoApi()}/issues/${one.number}`,
      review_comments_url: `${api}/comments`,
      review_comment_url: `${repoApi()}/pulls/comments{/number}`,
    };
    return {
      id: its.id,
      node_id: nodeId('PullRequest', its.id),
      url: api,
      ...links,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      number: one.number,
      state: its.state,
      locked: false,
      title: its.title,
      body: its.body,
      user: user(its.user),
      labels: its.labels.map(label),
      milestone: null,
      assignee: null,
      assignees: [],
      requested_reviewers: [],
      requested_teams: [],
      draft: false,
      author_association: 'MEMBER',
      auto_merge: null,
      created_at: its.createdAt,
      updated_at: its.updatedAt,
      closed_at: its.closedAt,
      merged_at: one.mergedAt,
      merge_commit_sha: one.mergeCommitSha,
      head: side(one.head, one.headSha),
      base: side(one.base, one.baseSha),
      _links: {
        self: { href: api },
        ...Object.fromEntries(Object.entries(links).map(([key, href]) => [key.slice(0, -'_url'.length), { href }])),
      },
    };
  };

  const pull = (one: Pull) => ({
    ...pullSimple(one),
    additions: 1,
    deletions: 0,
    changed_files: 1,
    review_comments: 0,
    mergeable_state: 'clean',
    commits: one.commits.length,
    comments: state.comments.filter((comment) => comment.issue === one.number).length,
    mergeable: one.mergedAt ? null : true,
    merged: one.mergedAt !== null,
    merged_by: one.mergedAt ? user('maintainer') : null,
    maintainer_can_modify: false,
  });

  const comment = (one: Comment) => {
    const kind = state.pulls.some((candidate) => candidate.number === one.issue) ? 'pull' : 'issues';
    return {
      id: one.id,
      node_id: nodeId('IssueComment', one.id),
      url: `${repoApi()}/issues/comments/${one.id}`,
      html_url: `${repoWeb()}/${kind}/${one.issue}#issuecomment-${one.id}`,
      issue_url: `${repoApi()}/issues/${one.issue}`,
      user: user(one.user),
      created_at: one.createdAt,
      updated_at: one.updatedAt,
      body: one.body,
      author_association: 'MEMBER',
      performed_via_github_app: null,
    };
  };

  return { issue, pullSimple, pull, comment };
}
