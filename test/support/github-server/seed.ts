import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type {
  Approval,
  CheckRun,
  Comment,
  Commit,
  Deployment,
  DeploymentStatus,
  Issue,
  Job,
  Pull,
  Release,
  Run,
  State,
} from './state.ts';

/** Puts things into the state with everything that the test does not name filled in; each gives what it has put. */
export type Seed = ReturnType<typeof createSeed>;

export function createSeed(state: State, now: () => Date) {
  let lastId = 5000;
  const nextId = () => ++lastId;
  const time = () =>
    now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'); // GitHub's times have no fractions
  const nextNumber = () => Math.max(0, ...state.issues.map((one) => one.number)) + 1;
  const head = () => state.refs.get(`heads/${state.repo.defaultBranch}`)?.sha;
  const put = <T>(list: T[], one: T): T => {
    list.push(one);
    return one;
  };

  const seed = {
    nextId,
    time,

    /** On top of the default branch unless `parents` says otherwise; the branch moves along if it was its head. */
    commit(given: Partial<Commit> = {}): Commit {
      const tip = head();
      const parents = given.parents ?? (tip ? [tip] : []);
      const made = { message: `change ${state.commits.length + 1}`, author: 'dev', date: time(), ...given, parents };
      const sha =
        given.sha ??
        createHash('sha1')
          .update(JSON.stringify([made, state.commits.length]))
          .digest('hex');
      if (!tip || parents[0] === tip) state.refs.set(`heads/${state.repo.defaultBranch}`, { sha });
      return put(state.commits, { ...made, sha });
    },

    /** A branch or tag by its short ref, `tags/v1.0.0`; annotated when it has a message. */
    ref(name: string, sha = head() ?? seed.commit().sha, message?: string): void {
      const tag = message && { sha: createHash('sha1').update(`tag ${name} ${sha}`).digest('hex'), message };
      state.refs.set(name, { sha, ...(tag && { tag: { ...tag, date: time(), tagger: 'dev' } }) });
    },

    tag: (name: string, sha?: string, message?: string): void => seed.ref(`tags/${name}`, sha, message),

    issue(given: Partial<Issue> = {}): Issue {
      const number = given.number ?? nextNumber();
      const made = { id: nextId(), number, title: `Issue ${number}`, body: null, labels: [], user: 'dev' };
      const times = { createdAt: time(), updatedAt: given.createdAt ?? time(), closedAt: null };
      return put(state.issues, { ...made, state: 'open', stateReason: null, ...times, ...given });
    },

    /** Merged, when it has `mergeCommitSha`, else open. */
    pull(given: Partial<Pull> & Pick<Partial<Issue>, 'title' | 'body' | 'labels' | 'user' | 'state'> = {}): Pull {
      const { title, body = null, labels = [], user = 'dev', state: wanted, ...own } = given;
      const mergedAt = own.mergedAt ?? (own.mergeCommitSha ? time() : null);
      const issueState = wanted ?? (mergedAt ? 'closed' : 'open');
      const issue = seed.issue({
        ...(own.number !== undefined && { number: own.number }),
        ...(title !== undefined && { title }),
        body,
        labels,
        user,
        state: issueState,
        closedAt: issueState === 'closed' ? (mergedAt ?? time()) : null,
      });
      const headSha =
        own.headSha ?? own.commits?.at(-1) ?? createHash('sha1').update(`pull ${issue.number}`).digest('hex');
      const made = { base: state.repo.defaultBranch, head: `change-${issue.number}`, commits: [headSha] };
      return put(state.pulls, {
        ...made,
        headSha,
        baseSha: head() ?? headSha,
        mergeCommitSha: null,
        ...own,
        number: issue.number,
        mergedAt,
      });
    },

    comment(given: Partial<Comment> & Pick<Comment, 'issue'>): Comment {
      const createdAt = given.createdAt ?? time();
      const made = { id: nextId(), body: 'a comment', user: 'dev', createdAt, updatedAt: createdAt };
      return put(state.comments, { ...made, ...given });
    },

    /** Published, unless `draft`. */
    release(given: Partial<Release> & Pick<Release, 'tag'>): Release {
      const createdAt = given.createdAt ?? time();
      const made = { id: nextId(), target: state.repo.defaultBranch, name: given.tag, body: '', prerelease: false };
      const published = { draft: false, author: 'dev', createdAt, publishedAt: given.draft ? null : createdAt };
      return put(state.releases, { ...made, ...published, ...given });
    },

    run(given: Partial<Run> = {}): Run {
      const createdAt = given.createdAt ?? time();
      return put(state.runs, {
        id: nextId(),
        attempt: 1,
        number: state.runs.length + 1,
        name: 'release',
        path: '.github/workflows/release.yml',
        event: 'push',
        headBranch: state.repo.defaultBranch,
        headSha: head() ?? '0'.repeat(40),
        status: 'in_progress',
        conclusion: null,
        actor: 'dev',
        createdAt,
        updatedAt: createdAt,
        ...given,
      });
    },

    job(given: Partial<Job> & Pick<Job, 'run' | 'name'>): Job {
      const made = { id: nextId(), attempt: 1, status: 'in_progress', conclusion: null, runner: 'runner-1' } as const;
      const completedAt = given.status === 'completed' ? time() : null;
      return put(state.jobs, { ...made, startedAt: time(), completedAt, ...given });
    },

    approval(given: Partial<Approval> & Pick<Approval, 'run'>): Approval {
      const made = { environments: ['production'], state: 'approved', user: 'reviewer', comment: '' } as const;
      return put(state.approvals, { ...made, environments: [...made.environments], ...given });
    },

    checkRun(given: Partial<CheckRun> & Pick<CheckRun, 'sha'>): CheckRun {
      const made = { id: nextId(), name: 'ci', status: 'completed', conclusion: 'success', startedAt: time() } as const;
      const completedAt = (given.status ?? 'completed') === 'completed' ? time() : null;
      return put(state.checkRuns, { ...made, completedAt, ...given });
    },

    deployment(given: Partial<Deployment> & Pick<Deployment, 'ref' | 'sha'>): Deployment {
      const made = { id: nextId(), task: 'deploy', environment: 'production', payload: {}, description: null };
      const rest = { production: false, transient: false, creator: state.actor.login, createdAt: time() };
      return put(state.deployments, { ...made, ...rest, ...given });
    },

    deploymentStatus(
      given: Partial<DeploymentStatus> & Pick<DeploymentStatus, 'deployment' | 'state'>,
    ): DeploymentStatus {
      const made = { id: nextId(), description: '', logUrl: '', environmentUrl: '' };
      return put(state.deploymentStatuses, { ...made, creator: state.actor.login, createdAt: time(), ...given });
    },

    /** Commits, branches and tags of a real repository, so that the server and a checkout agree. May be called again. */
    async git(directory: string): Promise<void> {
      const git = async (...args: string[]) =>
        (await promisify(execFile)('git', ['-C', directory, ...args], { maxBuffer: 64 << 20 })).stdout;
      const log = await git('log', '--all', '--reverse', '--topo-order', '--format=%H%x1f%P%x1f%an%x1f%cI%x1f%B%x1e');
      const known = new Set(state.commits.map((one) => one.sha));
      for (const entry of log.split('\x1e')) {
        const [sha = '', parents = '', author = '', date = '', message = ''] = entry.trim().split('\x1f');
        if (!sha || known.has(sha)) continue;
        const at = new Date(date).toISOString().replace('.000Z', 'Z');
        state.commits.push({
          sha,
          parents: parents.split(' ').filter(Boolean),
          author,
          date: at,
          message: message.trim(),
        });
      }
      const format = '%(refname)%1f%(objecttype)%1f%(objectname)%1f%(*objectname)%1f%(contents:subject)';
      for (const line of (await git('for-each-ref', `--format=${format}`, 'refs/heads', 'refs/tags')).split('\n')) {
        const [ref = '', type, object = '', peeled = '', message = ''] = line.split('\x1f');
        if (!ref) continue;
        const tag = { sha: object, message, date: time(), tagger: 'dev' };
        state.refs.set(ref.slice('refs/'.length), type === 'tag' ? { sha: peeled, tag } : { sha: object });
      }
    },
  };
  return seed;
}
