import { type Api, listOf, objectOf, statusOf } from './octokit.ts';

/** The commit that a tag points at, through an annotated tag; undefined when there is no such tag. */
export async function commitOfTag(api: Api, tag: string): Promise<string | undefined> {
  try {
    const { data } = await api.rest.git.getRef({ ...api.repository, ref: `tags/${tag}` });
    let target = objectOf(data, 'object').object;
    // A tag may point at a tag; nobody means more than a few.
    for (let depth = 0; target.type === 'tag' && depth < 5; depth += 1) {
      const answer = await api.rest.git.getTag({ ...api.repository, tag_sha: target.sha });
      target = objectOf(answer.data, 'object').object;
    }
    return target.type === 'commit' ? target.sha : undefined;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** The pull request whose merge is this commit; undefined when it was pushed without one. */
export async function pullOfMerge(api: Api, commit: string): Promise<number | undefined> {
  return (await pullsOf(api, commit)).find((pull) => pull.merge_commit_sha === commit && pull.merged_at !== null)
    ?.number;
}

async function pullsOf(api: Api, commit_sha: string) {
  const query = { ...api.repository, commit_sha, per_page: 100 };
  const pages = api.paginate.iterator(api.rest.repos.listPullRequestsAssociatedWithCommit, query);
  const found = [];
  for await (const page of pages) found.push(...listOf(page.data));
  return found;
}

/** Merged pull requests between two versions, lowest number first, and whether that are all of them. */
export async function pullsBetween(
  api: Api,
  previous: string,
  version: string,
  most: { readonly commits: number; readonly pulls: number },
): Promise<{ numbers: readonly number[]; complete: boolean }> {
  const basehead = `${previous}...${version}`;
  const commits: string[] = [];
  let complete = true;
  const pages = api.paginate.iterator(api.rest.repos.compareCommitsWithBasehead, {
    ...api.repository,
    basehead,
    per_page: 100,
  });
  for await (const page of pages) {
    // The paging plugin gives the list inside for some answers, and the answer for others.
    const data = page.data as unknown as { commits: { sha: string }[] } | { sha: string }[];
    commits.push(...listOf(Array.isArray(data) ? data : objectOf(data, 'commits').commits).map(({ sha }) => sha));
    if (commits.length < most.commits) continue;
    complete = commits.length === most.commits;
    break;
  }
  const numbers = new Set<number>();
  for (const commit of commits.slice(-most.commits)) {
    for (const pull of await pullsOf(api, commit)) {
      if (pull.merged_at !== null && pull.merge_commit_sha !== null) numbers.add(pull.number);
    }
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  return { numbers: sorted.slice(0, most.pulls), complete: complete && sorted.length <= most.pulls };
}
