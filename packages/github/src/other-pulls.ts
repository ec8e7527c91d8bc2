import { commentOnce } from './comment.ts';
import type { Api } from './octokit.ts';
import { pullsBetween } from './pulls.ts';

/** Writing goes at one comment in three seconds (GitHub's own limits); a long list is not worth minutes. */
const most = { commits: 100, pulls: 20 } as const;

/**
 * One comment, once, on each other pull request that a release brought out.
 * @returns whether all of them were reached
 */
export async function tellOtherPulls(
  api: Api,
  release: { readonly previous: string; readonly version: string; readonly main: number | undefined },
  marker: string,
  body: string,
): Promise<boolean> {
  const { numbers, complete } = await pullsBetween(api, release.previous, release.version, most);
  for (const number of numbers) {
    if (number !== release.main) await commentOnce(api, number, marker, body);
  }
  return complete;
}
