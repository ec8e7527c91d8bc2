/** What the server remembers: small records, turned into GitHub's large objects by objects.ts when asked for. */
export type State = {
  repo: { id: number; owner: string; name: string; private: boolean; defaultBranch: string };
  /** Who the token is: an app's installation (GITHUB_TOKEN), which may not ask `GET /user`, or a person. */
  actor: { login: string; kind: 'integration' | 'user' };
  /** What the token may do, by the names of a workflow's `permissions:`; `all`, `read`, or a scope at a time. */
  permissions: 'all' | 'read' | Partial<Record<Scope, 'read' | 'write' | 'none'>>;
  /** Published releases are frozen but for title and notes. */
  immutableReleases: boolean;
  commits: Commit[];
  /** Without `refs/`: `heads/main`, `tags/v1.0.0`. */
  refs: Map<string, Ref>;
  pulls: Pull[];
  issues: Issue[];
  comments: Comment[];
  releases: Release[];
  assets: Asset[];
  runs: Run[];
  jobs: Job[];
  approvals: Approval[];
  checkRuns: CheckRun[];
  deployments: Deployment[];
  deploymentStatuses: DeploymentStatus[];
};

export type Scope = 'actions' | 'checks' | 'contents' | 'deployments' | 'issues' | 'metadata' | 'pull-requests';

export type Commit = { sha: string; parents: string[]; message: string; author: string; date: string };
/** `tag` is the annotated tag's own object, if it has one. */
export type Ref = { sha: string; tag?: { sha: string; message: string; date: string; tagger: string } };
export type Issue = {
  id: number;
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  stateReason: string | null;
  labels: string[];
  user: string;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
};
/** A pull request is also an issue: that one has its title, body, labels, state and comments. */
export type Pull = {
  number: number;
  base: string;
  head: string;
  headSha: string;
  baseSha: string;
  mergeCommitSha: string | null;
  mergedAt: string | null;
  /** The commits in it, besides the merge. */
  commits: string[];
};
export type Comment = {
  id: number;
  issue: number;
  body: string;
  user: string;
  createdAt: string;
  updatedAt: string;
};
export type Release = {
  id: number;
  tag: string;
  target: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  author: string;
  createdAt: string;
  publishedAt: string | null;
};
export type Asset = { id: number; release: number; name: string; size: number; type: string; createdAt: string };
export type Status = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
export type Conclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'
  | null;
export type Run = {
  id: number;
  attempt: number;
  number: number;
  name: string;
  path: string;
  event: string;
  headBranch: string;
  headSha: string;
  status: Status;
  conclusion: Conclusion;
  actor: string;
  createdAt: string;
  updatedAt: string;
};
export type Job = {
  id: number;
  run: number;
  attempt: number;
  name: string;
  status: Status;
  conclusion: Conclusion;
  runner: string | null;
  startedAt: string;
  completedAt: string | null;
};
export type Approval = {
  run: number;
  environments: string[];
  state: 'approved' | 'rejected' | 'pending';
  user: string;
  comment: string;
};
export type CheckRun = {
  id: number;
  sha: string;
  name: string;
  status: Status;
  conclusion: Conclusion;
  startedAt: string;
  completedAt: string | null;
};
export type Deployment = {
  id: number;
  sha: string;
  ref: string;
  task: string;
  environment: string;
  payload: Record<string, unknown> | string;
  description: string | null;
  production: boolean;
  transient: boolean;
  creator: string;
  createdAt: string;
};
export type DeploymentStatus = {
  id: number;
  deployment: number;
  state: 'error' | 'failure' | 'inactive' | 'pending' | 'success' | 'queued' | 'in_progress';
  description: string;
  logUrl: string;
  environmentUrl: string;
  creator: string;
  createdAt: string;
};

export function emptyState(owner: string, name: string): State {
  return {
    repo: { id: 1000, owner, name, private: false, defaultBranch: 'main' },
    actor: { login: 'github-actions[bot]', kind: 'integration' },
    permissions: 'all',
    immutableReleases: false,
    commits: [],
    refs: new Map(),
    pulls: [],
    issues: [],
    comments: [],
    releases: [],
    assets: [],
    runs: [],
    jobs: [],
    approvals: [],
    checkRuns: [],
    deployments: [],
    deploymentStatuses: [],
  };
}
