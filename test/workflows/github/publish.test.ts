import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Api } from '@release-runbook/github/octokit';
import { createPublisher, type Publisher } from '@release-runbook/github/publisher';
import type { ReleaseState } from '@release-runbook/record/state';
import { cameBack, did, intends, record } from '../../unit/views/records.ts';
import { type Fixture, open, start } from './fixture.ts';

let at: Fixture;
beforeEach(async () => {
  at = await start();
});
afterEach(async () => {
  expect(at.server.violations).toEqual([]);
  await at.server.close();
});

const runUrl = 'https://github.com/acme/shop/actions/runs/7';
const publisher = (api: Api | undefined = at.api): Publisher =>
  createPublisher({
    open: async () => api,
    locale: () => 'en',
    runUrl,
    redact: (text) => text.replaceAll('hunter22', '***'),
  });
async function publish(state: ReleaseState, final = true, api?: Api): Promise<Publisher> {
  const one = publisher(api);
  one.show({ state, final });
  await one.flush(20_000);
  return one;
}
const writes = () => at.server.requests.filter(({ method }) => method !== 'GET');
const commentsOf = (issue: number) => at.server.state.comments.filter((comment) => comment.issue === issue);
const serving = () =>
  record(intends('deploy', 'restart:web'), did('deploy', 'restart:web'), {
    event: 'serving',
    step: 'canary',
    version: 'v1.1.0',
    slot: null,
  });

describe('the comment', () => {
  test('is on the pull request whose merge the tag points at, one, updated in place', async () => {
    await publish(record(intends('deploy', 'restart:web')), false);
    expect(commentsOf(at.pull).map(({ body }) => body)).toEqual([
      expect.stringContaining('shop v1.1.0 to production: in progress'),
    ]);
    await publish(cameBack());
    const [comment, ...others] = commentsOf(at.pull);
    expect(others).toEqual([]);
    expect(comment?.body).toContain('rolled back');
    expect(comment?.body).toContain('P95 412 ms, expected &lt; 200 ms');
  });

  test('is not written again when nothing changed', async () => {
    await publish(cameBack());
    const before = writes().length;
    await publish(cameBack());
    expect(writes()).toHaveLength(before);
  });

  test('is found behind 250 others', async () => {
    await publish(record(intends('deploy', 'x')), false);
    const mine = at.server.state.comments.pop();
    for (let i = 0; i < 250; i += 1) at.server.seed.comment({ issue: at.pull, body: `comment ${i}` });
    if (mine !== undefined) at.server.state.comments.push({ ...mine, id: at.server.seed.nextId() });
    await publish(cameBack());
    expect(commentsOf(at.pull)).toHaveLength(251);
  });

  test('is one after two jobs made it at the same time', async () => {
    await Promise.all([publish(cameBack(), false, open(at.server)), publish(cameBack(), false, open(at.server))]);
    await publish(cameBack());
    expect(commentsOf(at.pull)).toHaveLength(1);
  });

  test('of another environment is another', async () => {
    const state = cameBack();
    await publish(state);
    await publish({ ...state, opened: { ...state.opened, environment: 'staging' } });
    expect(commentsOf(at.pull)).toHaveLength(2);
  });

  test('holds no secret and stays within its limit', async () => {
    const state = record(...Array.from({ length: 3000 }, (_, i) => intends('deploy', `item ${i} hunter22`)));
    await publish(state);
    const body = commentsOf(at.pull)[0]?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).not.toContain('hunter22');
    expect(body).toContain(`[the run](${runUrl})`);
  });

  test('of somebody who copied our marker is left alone', async () => {
    await publish(cameBack(), false);
    const [ours] = commentsOf(at.pull);
    expect(ours?.body.split('\n')[0]).toBe('<!-- release-runbook comment shop/production/v1.1.0 -->');
  });
});

describe('the release notes', () => {
  test('are made when there are none, and what people write around our section stays', async () => {
    await publish(serving());
    const [release] = at.server.state.releases;
    expect(release).toMatchObject({ tag: 'v1.1.0', prerelease: false, body: expect.stringContaining('serving') });
    if (release !== undefined) release.body = `# What is new\n\n${release.body}\n\nThanks to all`;
    await publish(cameBack());
    const body = at.server.state.releases[0]?.body ?? '';
    expect(body).toMatch(
      /^# What is new\n\n<!-- release-runbook begin shop\/production -->[\s\S]*rolled back[\s\S]*<!-- release-runbook end shop\/production -->\n\nThanks to all$/,
    );
    expect(body).not.toContain(': serving');
  });

  test('are not made for a release that may still be refused, nor for a version without a tag', async () => {
    await publish(record(intends('deploy', 'x')), false);
    expect(at.server.state.releases).toEqual([]);
    const state = serving();
    await publish({ ...state, opened: { ...state.opened, version: 'v9.9.9' } });
    expect(at.server.state.releases).toEqual([]);
    expect([...at.server.state.refs.keys()]).not.toContain('tags/v9.9.9');
  });

  test('of a version that was brought back do not make it the latest', async () => {
    await publish(cameBack());
    expect(at.server.state.releases[0]?.prerelease).toBe(true);
  });

  test('of an immutable release change all the same', async () => {
    at.server.state.immutableReleases = true;
    at.server.seed.release({ tag: 'v1.1.0', body: 'By hand' });
    expect((await publish(serving())).problems.size).toBe(0);
    expect(at.server.state.releases[0]?.body).toMatch(/^By hand\n\n<!-- release-runbook begin/);
  });

  test('that are nearly full get what there is room for', async () => {
    at.server.seed.release({ tag: 'v1.1.0', body: 'x'.repeat(124_000) });
    expect((await publish(cameBack())).problems.size).toBe(0);
    expect(at.server.state.releases[0]?.body?.length).toBeLessThanOrEqual(125_000);
    expect(at.server.state.releases[0]?.body).toContain('rolled back');
  });
});

test('the other pull requests in the release get one comment at the end, once', async () => {
  await publish(record(intends('deploy', 'x')), false);
  expect(commentsOf(1)).toEqual([]);
  await publish(serving());
  await publish(serving());
  expect(commentsOf(1).map(({ body }) => body)).toEqual([expect.stringContaining('now serves')]);
  expect(commentsOf(at.pull)).toHaveLength(1);
});

describe('GitHub on a bad day', () => {
  test('a read-only token: said at the end, nothing thrown', async () => {
    at.server.state.permissions = 'read';
    const { problems } = await publish(cameBack());
    expect([...problems]).toEqual([
      ['comment', 'the token may not write there (403)'],
      ['release notes', 'the token may not write there (403)'],
    ]);
  });

  test.each([
    ['500 always', { status: 500 }],
    ['502 always', { status: 502 }],
    ['a rate limit', { limit: 'primary' as const }],
    ['a secondary rate limit', { limit: 'secondary' as const }],
    ['429', { status: 429 }],
    ['a connection that is cut', { drop: true }],
    ['half an answer', { truncated: true }],
    ['no answer', { hang: true }],
  ])('%s: over within the budget, and said', async (_, trouble) => {
    at.server.fail({ match: /./, ...trouble });
    const api = open(at.server, { requestMs: 400, budgetMs: 1000 });
    const started = Date.now();
    const { problems } = await publish(cameBack(), true, api);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(problems.size).toBeGreaterThan(0);
    expect(commentsOf(at.pull)).toEqual([]);
  });

  test('500 twice, then well: tried again, and nothing to say', async () => {
    at.server.fail({ match: /^GET .*git\/ref/, status: 500, times: 2 });
    expect((await publish(cameBack())).problems.size).toBe(0);
    expect(commentsOf(at.pull)).toHaveLength(1);
  });

  test.each([401, 404, 410, 422, 451])('%i is not asked twice', async (status) => {
    const injected = at.server.fail({ match: /^POST .*comments/, status });
    await publish(cameBack());
    expect(injected.hits).toBe(1);
  });

  test('the answer to a comment that was made gets lost: still one comment', async () => {
    at.server.fail({ match: /^POST .*comments/, drop: 'answer', times: 1 });
    await publish(cameBack());
    await publish(cameBack());
    expect(commentsOf(at.pull)).toHaveLength(1);
  });
});

test('showing costs a step nothing: it returns at once, and only the newest state is written', async () => {
  at.server.fail({ match: /./, delayMs: 50 });
  const one = publisher();
  const started = Date.now();
  for (let i = 0; i < 20; i += 1)
    one.show({ state: record(...Array.from({ length: i }, (_, n) => intends('deploy', `item ${n}`))), final: false });
  expect(Date.now() - started).toBeLessThan(40);
  await one.flush(20_000);
  expect(commentsOf(at.pull)[0]?.body).toContain('item 18');
  expect(writes().length).toBeLessThanOrEqual(3);
});
