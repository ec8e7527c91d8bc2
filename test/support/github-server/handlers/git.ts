import type { Context, Handler } from '../handler.ts';
import { found, notFound, Refusal, text } from '../handler.ts';
import type { Commit, State } from '../state.ts';

const scope = ['contents'] as const;

/** A branch, a tag, a full ref or a commit's (abbreviated) hash. */
export function resolve(state: State, name: string): Commit | undefined {
  const short = name.replace(/^refs\//, '');
  const ref = state.refs.get(short) ?? state.refs.get(`heads/${short}`) ?? state.refs.get(`tags/${short}`);
  const sha = ref?.sha ?? name;
  return state.commits.find((one) => one.sha === sha || (/^[0-9a-f]{7,40}$/.test(sha) && one.sha.startsWith(sha)));
}

/** The commit and all its ancestors. */
function history(state: State, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (seen.has(sha)) continue;
    seen.add(sha);
    open.push(...(state.commits.find((one) => one.sha === sha)?.parents ?? []));
  }
  return seen;
}

function compare({ state, objects, path }: Context) {
  const [baseName = '', headName = ''] = text(path.basehead).split('...');
  const base = found(resolve(state, baseName));
  const head = found(resolve(state, headName));
  const [before, after] = [history(state, base.sha), history(state, head.sha)];
  // Commits are kept in the order they were made, parents first, which is the order GitHub lists them in.
  const ahead = state.commits.filter((one) => after.has(one.sha) && !before.has(one.sha));
  const behind = state.commits.filter((one) => before.has(one.sha) && !after.has(one.sha));
  const common = state.commits.filter((one) => before.has(one.sha) && after.has(one.sha)).at(-1);
  if (!common) throw new Refusal(404, 'No common ancestor between the two commits');
  const page = `${objects.repoWeb()}/compare/${baseName}...${headName}`;
  const status = ahead.length ? (behind.length ? 'diverged' : 'ahead') : behind.length ? 'behind' : 'identical';
  return {
    url: `${objects.repoApi()}/compare/${baseName}...${headName}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: objects.commit(base),
    merge_base_commit: objects.commit(common),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.map(objects.commit),
    files: [],
  };
}

const unknownRef = () => new Refusal(422, 'Reference does not exist');

export const gitHandlers: Record<string, Handler> = {
  'GET /repos/{owner}/{repo}/tags': {
    scope,
    answer: ({ state, objects }) => ({
      all: [...state.refs]
        .filter(([name]) => name.startsWith('tags/'))
        .map(([name, ref]) => objects.tag(name.slice('tags/'.length), ref))
        .reverse(),
    }),
  },

  'GET /repos/{owner}/{repo}/commits': {
    scope,
    answer({ state, objects, query }) {
      const from = found(resolve(state, query.get('sha') ?? state.repo.defaultBranch));
      const reached = history(state, from.sha);
      const [since, until] = [Date.parse(query.get('since') ?? ''), Date.parse(query.get('until') ?? '')];
      const within = (date: string) => !(Date.parse(date) < since) && !(Date.parse(date) > until);
      const all = state.commits.filter((one) => reached.has(one.sha) && within(one.date));
      return { all: all.reverse().map(objects.commit) };
    },
  },

  'GET /repos/{owner}/{repo}/commits/{ref}': {
    scope,
    answer({ state, objects, path }) {
      const commit = resolve(state, text(path.ref));
      if (!commit) throw new Refusal(422, `No commit found for SHA: ${path.ref}`);
      return { status: 200, body: objects.commit(commit) };
    },
  },

  // The page of commits is cut inside the one comparison, so it is not a list of the server's.
  'GET /repos/{owner}/{repo}/compare/{basehead}': {
    scope,
    answer(context) {
      const whole = compare(context);
      const size = Number(context.query.get('per_page') ?? 250);
      const page = Number(context.query.get('page') ?? 1);
      return { status: 200, body: { ...whole, commits: whole.commits.slice((page - 1) * size, page * size) } };
    },
  },

  'GET /repos/{owner}/{repo}/git/ref/{ref}': {
    scope,
    answer({ state, objects, path }) {
      const name = text(path.ref);
      return { status: 200, body: objects.gitRef(name, found(state.refs.get(name))) };
    },
  },

  'GET /repos/{owner}/{repo}/git/tags/{tag_sha}': {
    scope,
    answer({ state, objects, path }) {
      for (const [name, { sha, tag }] of state.refs) {
        if (!tag || tag.sha !== path.tag_sha) continue;
        return { status: 200, body: objects.gitTag(name.replace(/^tags\//, ''), { sha, tag }) };
      }
      throw notFound();
    },
  },

  'POST /repos/{owner}/{repo}/git/refs': {
    scope,
    answer({ state, objects, body }) {
      const name = text(body.ref);
      if (!/^refs\/[^/]+\/./.test(name))
        throw new Refusal(422, 'Reference name must start with refs/ and have two slashes');
      const short = name.slice('refs/'.length);
      if (state.refs.has(short)) throw new Refusal(422, 'Reference already exists');
      const commit = state.commits.find((one) => one.sha === body.sha);
      if (!commit) throw new Refusal(422, 'Object does not exist');
      state.refs.set(short, { sha: commit.sha });
      return { status: 201, body: objects.gitRef(short, { sha: commit.sha }) };
    },
  },

  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': {
    scope,
    answer({ state, objects, path, body }) {
      const name = text(path.ref);
      const before = state.refs.get(name);
      if (!before) throw unknownRef();
      const commit = state.commits.find((one) => one.sha === body.sha);
      if (!commit) throw new Refusal(422, 'Object does not exist');
      const forward = history(state, commit.sha).has(before.sha);
      if (!forward && body.force !== true) throw new Refusal(422, 'Update is not a fast forward');
      state.refs.set(name, { sha: commit.sha });
      return { status: 200, body: objects.gitRef(name, { sha: commit.sha }) };
    },
  },

  'DELETE /repos/{owner}/{repo}/git/refs/{ref}': {
    scope,
    answer({ state, path }) {
      if (!state.refs.delete(text(path.ref))) throw unknownRef();
      return { status: 204 };
    },
  },
};
