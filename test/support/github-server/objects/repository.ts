import type { Commit, Ref, State } from '../state.ts';

export const nodeId = (kind: string, id: number | string) => Buffer.from(`${kind}:${id}`).toString('base64url');

/** A number that stays the same for a name: accounts, labels and environments have ids nobody seeds. */
export const idOf = (name: string) =>
  Array.from(name).reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1_000_000, 7) + 1;

export type RepositoryObjects = ReturnType<typeof repositoryObjects>;

/** @param url where the server listens, without a slash at the end */
export function repositoryObjects(state: State, url: string) {
  const web = 'https://github.example.com';
  const repoApi = () => `${url}/repos/${state.repo.owner}/${state.repo.name}`;
  const repoWeb = () => `${web}/${state.repo.owner}/${state.repo.name}`;

  const user = (login: string) => {
    const api = `${url}/users/${encodeURIComponent(login)}`;
    const bot = login.endsWith('[bot]');
    return {
      login,
      id: idOf(login),
      node_id: nodeId('User', login),
      avatar_url: `${web}/avatars/${idOf(login)}`,
      gravatar_id: '',
      url: api,
      html_url: `${web}/${bot ? `apps/${login.slice(0, -'[bot]'.length)}` : encodeURIComponent(login)}`,
      followers_url: `${api}/followers`,
      following_url: `${api}/following{/other_user}`,
      gists_url: `${api}/gists{/gist_id}`,
      starred_url: `${api}/starred{/owner}{/repo}`,
      subscriptions_url: `${api}/subscriptions`,
      organizations_url: `${api}/orgs`,
      repos_url: `${api}/repos`,
      events_url: `${api}/events{/privacy}`,
      received_events_url: `${api}/received_events`,
      type: bot ? 'Bot' : 'User',
      site_admin: false,
    };
  };

  const privateUser = (login: string) => ({
    ...user(login),
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    private_gists: 0,
    total_private_repos: 0,
    owned_private_repos: 0,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
    created_at: '2020-01-01T00:00:00Z',
    updated_at: '2020-01-01T00:00:00Z',
  });

  const minimalRepository = () => {
    const { id, name, owner } = state.repo;
    const api = repoApi();
    const plain = 'contributors deployments downloads events forks hooks languages merges stargazers subscribers';
    const links = `${plain} subscription tags teams`.split(' ');
    const templates = {
      archive_url: '{archive_format}{/ref}',
      assignees_url: '{/user}',
      blobs_url: 'git/blobs{/sha}',
      branches_url: '{/branch}',
      collaborators_url: '{/collaborator}',
      comments_url: '{/number}',
      commits_url: '{/sha}',
      compare_url: '/{base}...{head}',
      contents_url: '/{+path}',
      git_commits_url: 'git/commits{/sha}',
      git_refs_url: 'git/refs{/sha}',
      git_tags_url: 'git/tags{/sha}',
      issue_comment_url: 'issues/comments{/number}',
      issue_events_url: 'issues/events{/number}',
      issues_url: '{/number}',
      keys_url: '{/key_id}',
      labels_url: '{/name}',
      milestones_url: '{/number}',
      notifications_url: '{?since,all,participating}',
      pulls_url: '{/number}',
      releases_url: '{/id}',
      statuses_url: '{/sha}',
      trees_url: 'git/trees{/sha}',
    };
    return {
      id,
      node_id: nodeId('Repository', id),
      name,
      full_name: `${owner}/${name}`,
      private: state.repo.private,
      owner: user(owner),
      html_url: repoWeb(),
      description: null,
      fork: false,
      url: api,
      ...Object.fromEntries(links.map((link) => [`${link}_url`, `${api}/${link}`])),
      ...Object.fromEntries(
        Object.entries(templates).map(([key, rest]) => [
          key,
          `${api}/${/^[a-z]/.test(rest) ? rest : key.slice(0, -'_url'.length) + rest}`,
        ]),
      ),
    };
  };

  const repository = () => ({
    ...minimalRepository(),
    clone_url: `${repoWeb()}.git`,
    git_url: `git:${repoWeb().slice('https:'.length)}.git`,
    ssh_url: `git@github.example.com:${state.repo.owner}/${state.repo.name}.git`,
    svn_url: repoWeb(),
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    default_branch: state.repo.defaultBranch,
    open_issues: state.issues.filter((one) => one.state === 'open').length,
    open_issues_count: state.issues.filter((one) => one.state === 'open').length,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    has_downloads: true,
    archived: false,
    disabled: false,
    visibility: state.repo.private ? 'private' : 'public',
    pushed_at: '2026-01-01T00:00:00Z',
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  });

  const commit = (one: Commit) => {
    const api = `${repoApi()}/commits/${one.sha}`;
    const person = { name: one.author, email: `${idOf(one.author)}@example.com`, date: one.date };
    // An author's name that is no login belongs to nobody known here, as with real commits.
    const account = /^[A-Za-z0-9-]+(\[bot\])?$/.test(one.author) ? user(one.author) : null;
    return {
      sha: one.sha,
      node_id: nodeId('Commit', one.sha),
      url: api,
      html_url: `${repoWeb()}/commit/${one.sha}`,
      comments_url: `${api}/comments`,
      commit: {
        author: person,
        committer: person,
        message: one.message,
        tree: { sha: one.sha, url: `${repoApi()}/git/trees/${one.sha}` },
        url: `${repoApi()}/git/commits/${one.sha}`,
        comment_count: 0,
      },
      author: account,
      committer: account,
      parents: one.parents.map((sha) => ({ sha, url: `${repoApi()}/commits/${sha}` })),
    };
  };

  const gitRef = (name: string, ref: Ref) => {
    const [type, sha] = ref.tag ? (['tag', ref.tag.sha] as const) : (['commit', ref.sha] as const);
    return {
      ref: `refs/${name}`,
      node_id: nodeId('Ref', name),
      url: `${repoApi()}/git/refs/${name}`,
      object: { type, sha, url: `${repoApi()}/git/${type}s/${sha}` },
    };
  };

  const gitTag = (name: string, ref: Ref & { tag: NonNullable<Ref['tag']> }) => ({
    node_id: nodeId('Tag', ref.tag.sha),
    tag: name,
    sha: ref.tag.sha,
    url: `${repoApi()}/git/tags/${ref.tag.sha}`,
    message: ref.tag.message,
    tagger: { name: ref.tag.tagger, email: `${ref.tag.tagger}@example.com`, date: ref.tag.date },
    object: { type: 'commit', sha: ref.sha, url: `${repoApi()}/git/commits/${ref.sha}` },
  });

  const tag = (name: string, ref: Ref) => ({
    name,
    node_id: nodeId('Ref', name),
    commit: { sha: ref.sha, url: `${repoApi()}/commits/${ref.sha}` },
    zipball_url: `${repoApi()}/zipball/refs/tags/${name}`,
    tarball_url: `${repoApi()}/tarball/refs/tags/${name}`,
  });

  return {
    repoApi,
    repoWeb,
    user,
    privateUser,
    minimalRepository,
    repository,
    fullRepository: () => ({ ...repository(), network_count: 0, subscribers_count: 0 }),
    commit,
    gitRef,
    gitTag,
    tag,
  };
}
