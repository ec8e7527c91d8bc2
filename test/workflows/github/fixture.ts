import { type Api, createApi } from '@release-runbook/github/octokit';
import type { GitHubServer } from '../../support/github-server/server.ts';
import { startGitHubServer } from '../../support/github-server/server.ts';

type Options = Parameters<typeof startGitHubServer>[0];

export interface Fixture {
  readonly server: GitHubServer;
  readonly api: Api;
  /** The pull request whose merge v1.1.0 points at. */
  readonly pull: number;
}

/** A repository with v1.0.0, two pull requests merged since, and v1.1.0 on the second one's merge. */
export async function start(
  options: Options = {},
  limits: Partial<Parameters<typeof createApi>[0]> = {},
): Promise<Fixture> {
  const server = await startGitHubServer(options);
  server.seed.commit();
  server.seed.tag('v1.0.0');
  const first = server.seed.commit({ message: 'Merge first' });
  server.seed.pull({ title: 'First', mergeCommitSha: first.sha });
  const second = server.seed.commit({ message: 'Merge second' });
  const { number } = server.seed.pull({ title: 'Second', mergeCommitSha: second.sha });
  server.seed.tag('v1.1.0', second.sha, 'annotated');
  return { server, api: open(server, limits), pull: number };
}

export function open(server: GitHubServer, limits: Partial<Parameters<typeof createApi>[0]> = {}): Api {
  return createApi({
    token: 'a-token',
    baseUrl: server.url,
    owner: 'acme',
    repo: 'shop',
    spacing: false,
    retryMs: 20,
    ...limits,
  });
}
