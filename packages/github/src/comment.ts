import { type Api, listOf, objectOf, statusOf } from './octokit.ts';

/** Characters of a comment's body (GitHub counts characters; UTF-16 units are never fewer). */
export const commentLimit = 65_536;

interface Found {
  readonly id: number;
  readonly body: string;
}

/**
 * Brings the one comment with this marker up to date: made if there is none, changed only when it differs. Two jobs that make
 * one at the same time both look again: the lowest id wins, and the others go.
 * @param body with the marker as its first line
 * @param create false: one that is not there is not made
 */
export async function syncComment(api: Api, issue: number, marker: string, body: string, create = true): Promise<void> {
  const before = await find(api, issue, marker);
  if (before.length === 0 && !create) return;
  if (before.length === 0) {
    const { data } = await api.rest.issues.createComment({ ...api.repository, issue_number: issue, body });
    objectOf(data, 'id');
  }
  const [winner, ...others] = before.length === 0 ? await find(api, issue, marker) : before;
  for (const other of others) await remove(api, other.id);
  if (winner !== undefined && !same(winner.body, body)) {
    await api.rest.issues.updateComment({ ...api.repository, comment_id: winner.id, body });
  }
}

/** A comment that is made once and then left alone. Says whether it was made now. */
export async function commentOnce(api: Api, issue: number, marker: string, body: string): Promise<boolean> {
  if ((await find(api, issue, marker)).length > 0) return false;
  await api.rest.issues.createComment({ ...api.repository, issue_number: issue, body });
  const [, ...others] = await find(api, issue, marker);
  for (const other of others) await remove(api, other.id);
  return true;
}

/** Our comments over all pages, lowest id first. */
async function find(api: Api, issue: number, marker: string): Promise<Found[]> {
  const found: Found[] = [];
  const pages = api.paginate.iterator(api.rest.issues.listComments, {
    ...api.repository,
    issue_number: issue,
    per_page: 100,
  });
  for await (const page of pages) {
    for (const comment of listOf(page.data)) {
      const body = comment.body ?? '';
      // Anybody can copy a marker into a comment; ours are those of a bot, or of somebody who may write here.
      const trusted =
        comment.user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(comment.author_association ?? '');
      if (trusted && (body === marker || body.startsWith(`${marker}\n`) || body.startsWith(`${marker}\r\n`))) {
        found.push({ id: comment.id, body });
      }
    }
  }
  return found.sort((a, b) => a.id - b.id);
}

async function remove(api: Api, comment_id: number): Promise<void> {
  try {
    await api.rest.issues.deleteComment({ ...api.repository, comment_id });
  } catch (error) {
    // The other job has been here.
    if (statusOf(error) !== 404) throw error;
  }
}

/** GitHub trims what it stores, and may change the ends of lines. */
const same = (a: string, b: string): boolean => a.replace(/\r\n/g, '\n').trim() === b.replace(/\r\n/g, '\n').trim();
