import type { Forge } from '@release-runbook/steps/platform';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * GitHub as a terminal has it: with a token in the environment, and a checkout whose remote is on GitHub; undefined otherwise.
 * The remote is looked at, and the client loaded, when a step first asks.
 */
export async function terminalForge(env: Env, tell: (text: string) => void): Promise<Forge | undefined> {
  const token = env['GITHUB_TOKEN'] || env['GH_TOKEN'];
  if (token === undefined || token === '') return undefined;
  const { githubForge } = await import('@release-runbook/github/forge');
  const open = async () => {
    const repository = await findRepository(env);
    if (repository === undefined) return undefined;
    const { createApi } = await import('@release-runbook/github/octokit');
    return createApi({ token, ...repository });
  };
  let api: ReturnType<typeof open> | undefined;
  return githubForge(
    () => (api ??= open()),
    (what, error) => tell(`GitHub did not tell ${what}: ${error instanceof Error ? error.message : String(error)}`),
  );
}

interface Repository {
  readonly owner: string;
  readonly repo: string;
  readonly baseUrl: string;
}

async function findRepository(env: Env): Promise<Repository | undefined> {
  const { execFile } = await import('node:child_process');
  const url = await new Promise<string | undefined>((resolve) =>
    execFile('git', ['remote', 'get-url', 'origin'], { timeout: 5000 }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : undefined),
    ),
  );
  return url === undefined ? undefined : repositoryOf(url, env);
}

/** `git@github.com:owner/name.git`, `https://github.com/owner/name`, and those of an own server named by GH_HOST. */
export function repositoryOf(url: string, env: Env): Repository | undefined {
  const found =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/(?:[^@/]*@)?|[^@/:]+@)([^/:]+)(?::\d+)?[/:]([^/]+)\/([^/]+?)(?:\.git)?\/?$/.exec(
      url,
    );
  const [, host, owner, repo] = found ?? [];
  if (host === undefined || owner === undefined || repo === undefined) return undefined;
  const own = env['GH_HOST'];
  if (host !== 'github.com' && host !== own) return undefined;
  // A token goes to the server it is for and to no other.
  return { owner, repo, baseUrl: host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3` };
}
