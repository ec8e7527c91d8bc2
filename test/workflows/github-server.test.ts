import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { retry } from '@octokit/plugin-retry';
import { Octokit } from '@octokit/rest';
import { createRouter } from '../support/github-server/routes.ts';
import type { GitHubServer } from '../support/github-server/server.ts';
import { startGitHubServer } from '../support/github-server/server.ts';

const operations = JSON.parse(
  readFileSync(new URL('../support/github-server/operations.json', import.meta.url), 'utf8'),
) as string[];
const here = { owner: 'acme', repo: 'shop' };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

let server: GitHubServer;
let api: Octokit;

beforeEach(async () => {
  server = await startGitHubServer(here);
  api = new Octokit({ baseUrl: server.url, auth: 'a-token', log: quiet });
});
afterEach(() => server.close());

const statusOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { status?: number; message: string }) => ({ status: error.status, message: error.message }),
  );

describe('what it answers', () => {
  test('every operation, in the form that GitHub describes', async () => {
    const { seed, state } = server;
    state.actor = { login: 'dev', kind: 'user' };
    const first = seed.commit({ message: 'first' });
    seed.tag('v1.0.0', first.sha, 'the first release');
    const merge = seed.commit({ message: 'Merge pull request' });
    seed.tag('v1.1.0');
    const { number } = seed.pull({ title: 'Add reports', mergeCommitSha: merge.sha, labels: ['feature'] });
    const open = seed.pull({ title: 'Not yet' });
    seed.checkRun({ sha: merge.sha });
    const run = seed.run({ attempt: 2, status: 'completed', conclusion: 'success' });
    const job = seed.job({ run: run.id, name: 'release', status: 'completed', conclusion: 'failure' });
    seed.job({ run: run.id, name: 'release', attempt: 2, status: 'completed', conclusion: 'success' });
    seed.approval({ run: run.id });

    await api.rateLimit.get();
    await api.users.getAuthenticated();
    await api.repos.get(here);
    await api.repos.listTags(here);
    await api.repos.listCommits(here);
    await api.repos.getCommit({ ...here, ref: 'v1.1.0' });
    const pulls = await api.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: merge.sha });
    expect(pulls.data.map((one) => one.number)).toEqual([number]);
    await api.checks.listForRef({ ...here, ref: merge.sha });
    const compared = await api.repos.compareCommitsWithBasehead({ ...here, basehead: 'v1.0.0...v1.1.0' });
    expect(compared.data).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0, total_commits: 1 });
    const ref = await api.git.getRef({ ...here, ref: 'tags/v1.0.0' });
    expect(ref.data.object.type).toBe('tag');
    const tag = await api.git.getTag({ ...here, tag_sha: ref.data.object.sha });
    expect(tag.data.object.sha).toBe(first.sha);
    await api.git.createRef({ ...here, ref: 'refs/runbook/lock', sha: first.sha });
    await api.git.updateRef({ ...here, ref: 'runbook/lock', sha: merge.sha });
    await api.git.deleteRef({ ...here, ref: 'runbook/lock' });
    expect((await api.pulls.list({ ...here, state: 'all' })).data.map((one) => one.number)).toEqual([
      open.number,
      number,
    ]);
    expect((await api.pulls.get({ ...here, pull_number: number })).data.merged).toBe(true);

    const issue = await api.issues.create({ ...here, title: 'It is slow', labels: ['complaint'] });
    await api.issues.get({ ...here, issue_number: issue.data.number });
    await api.issues.update({ ...here, issue_number: issue.data.number, state: 'closed' });
    const since = '2026-01-01T00:00:00Z';
    const complaints = await api.issues.listForRepo({ ...here, labels: 'complaint', state: 'all', since });
    expect(complaints.data.map((one) => one.title)).toEqual(['It is slow']);
    const comment = await api.issues.createComment({ ...here, issue_number: number, body: 'hello' });
    await api.issues.updateComment({ ...here, comment_id: comment.data.id, body: 'hello again' });
    expect((await api.issues.getComment({ ...here, comment_id: comment.data.id })).data.body).toBe('hello again');
    expect((await api.issues.listComments({ ...here, issue_number: number })).data).toHaveLength(1);
    await api.issues.deleteComment({ ...here, comment_id: comment.data.id });
    expect(state.comments).toEqual([]);

    const release = await api.repos.createRelease({ ...here, tag_name: 'v1.1.0', body: 'notes' });
    const release_id = release.data.id;
    await api.repos.updateRelease({ ...here, release_id, body: 'better notes' });
    expect((await api.repos.getReleaseByTag({ ...here, tag: 'v1.1.0' })).data.body).toBe('better notes');
    await api.repos.getLatestRelease(here);
    await api.repos.getRelease({ ...here, release_id });
    await api.repos.uploadReleaseAsset({ ...here, release_id, name: 'record.jsonl', data: '{}', baseUrl: server.url });
    expect((await api.repos.listReleaseAssets({ ...here, release_id })).data[0]?.size).toBe(2);
    expect((await api.repos.listReleases(here)).data[0]?.assets).toHaveLength(1);

    const at = { ...here, run_id: run.id };
    expect((await api.actions.getWorkflowRun(at)).data).toMatchObject({ run_attempt: 2, conclusion: 'success' });
    const firstTry = await api.actions.getWorkflowRunAttempt({ ...at, attempt_number: 1 });
    expect(firstTry.data).toMatchObject({ run_attempt: 1, conclusion: 'failure' });
    expect((await api.actions.listJobsForWorkflowRun(at)).data.jobs.map((one) => one.conclusion)).toEqual(['success']);
    const tried = await api.actions.listJobsForWorkflowRunAttempt({ ...at, attempt_number: 1 });
    expect(tried.data.jobs.map((one) => one.conclusion)).toEqual(['failure']);
    await api.actions.getJobForWorkflowRun({ ...here, job_id: job.id });
    expect((await api.actions.getReviewsForRun(at)).data[0]).toMatchObject({ state: 'approved' });

    const made = await api.repos.createDeployment({ ...here, ref: 'v1.1.0', environment: 'production' });
    const deployment_id = (made.data as { id: number }).id;
    await api.repos.createDeploymentStatus({ ...here, deployment_id, state: 'success' });
    await api.repos.getDeployment({ ...here, deployment_id });
    await api.repos.listDeployments({ ...here, environment: 'production' });
    expect((await api.repos.listDeploymentStatuses({ ...here, deployment_id })).data[0]?.state).toBe('success');

    expect(server.violations).toEqual([]);
    const route = createRouter(operations);
    const asked = server.requests.map(({ method, path }) => route(method, new URL(path, server.url).pathname)?.key);
    expect(operations.filter((key) => !asked.includes(key))).toEqual([]);
  });

  test('a list in pages, with links to the next', async () => {
    const { number: issue } = server.seed.issue();
    for (let at = 1; at <= 250; at += 1) server.seed.comment({ issue, body: `comment ${at}` });
    const first = await api.issues.listComments({ ...here, issue_number: issue, per_page: 100 });
    expect(first.headers.link).toBe(
      `<${server.url}/repos/acme/shop/issues/${issue}/comments?per_page=100&page=2>; rel="next", ` +
        `<${server.url}/repos/acme/shop/issues/${issue}/comments?per_page=100&page=3>; rel="last"`,
    );
    const all = await api.paginate(api.issues.listComments, { ...here, issue_number: issue, per_page: 100 });
    expect(all.map((one) => one.body)).toEqual(Array.from({ length: 250 }, (_, at) => `comment ${at + 1}`));
    expect((await api.issues.listComments({ ...here, issue_number: issue })).data).toHaveLength(30);
    expect(server.violations).toEqual([]);
  });

  test('a repository of its own: the commits, branches and tags of a checkout', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'github-server-'));
    try {
      const git = (...args: string[]) =>
        execFileSync('git', ['-C', folder, '-c', 'user.name=Ann Other', '-c', 'user.email=ann@example.com', ...args]);
      git('init', '--quiet', '-b', 'main');
      git('commit', '--quiet', '--allow-empty', '-m', 'one');
      git('tag', 'v1.0.0');
      git('commit', '--quiet', '--allow-empty', '-m', 'two', '-m', 'with a body');
      git('tag', '-a', 'v1.1.0', '-m', 'annotated');
      await server.seed.git(folder);
      const { data } = await api.repos.compareCommitsWithBasehead({ ...here, basehead: 'v1.0.0...v1.1.0' });
      expect(data.commits.map((one) => one.commit.message)).toEqual(['two\n\nwith a body']);
      expect((await api.git.getRef({ ...here, ref: 'heads/main' })).data.object.sha).toBe(data.commits[0]?.sha);
      expect((await api.git.getRef({ ...here, ref: 'tags/v1.1.0' })).data.object.type).toBe('tag');
      expect(server.violations).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('refusals in the words of GitHub, which are no violations', async () => {
    const { number } = server.seed.issue();
    server.seed.commit();
    server.seed.release({ tag: 'v1.0.0' });
    expect(await statusOf(api.repos.getReleaseByTag({ ...here, tag: 'v9' }))).toMatchObject({ status: 404 });
    expect(await statusOf(api.issues.createComment({ ...here, issue_number: 99, body: 'x' }))).toMatchObject({
      status: 404,
    });
    const twice = await statusOf(api.repos.createRelease({ ...here, tag_name: 'v1.0.0' }));
    expect(twice).toMatchObject({ status: 422, message: expect.stringContaining('already_exists') });
    const long = await statusOf(api.issues.createComment({ ...here, issue_number: number, body: 'x'.repeat(65_537) }));
    expect(long).toMatchObject({ status: 422, message: expect.stringContaining('65536') });
    expect(await statusOf(api.users.getAuthenticated())).toMatchObject({ status: 403 });
    expect(await statusOf(api.repos.get({ owner: 'acme', repo: 'other' }))).toMatchObject({ status: 404 });
    expect(server.violations).toEqual([]);
  });
});

describe('what it finds', () => {
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { 'user-agent': 'test', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  test('a body that GitHub would not take', async () => {
    server.seed.issue({ number: 1 });
    const answer = await send('POST', '/repos/acme/shop/issues/1/comments', { body: 5, colour: 'red' });
    expect(answer.status).toBe(422);
    expect(server.violations).toEqual([
      'POST /repos/acme/shop/issues/1/comments: body/body must be string',
      'POST /repos/acme/shop/issues/1/comments: body/colour is not a property of this request',
    ]);
    expect(server.state.comments).toEqual([]);
  });

  test.each([
    ['a missing body', 'POST', '/repos/acme/shop/issues', undefined, /body is missing/],
    ['an unknown query', 'GET', '/repos/acme/shop/issues?label=bug', undefined, /query label is not a parameter/],
    ['a query of a wrong type', 'GET', '/repos/acme/shop/issues?per_page=ten', undefined, /per_page must be integer/],
    [
      'a word not in the list',
      'GET',
      '/repos/acme/shop/issues?state=shut',
      undefined,
      /query state must be equal to one/,
    ],
    ['a path of a wrong type', 'GET', '/repos/acme/shop/actions/runs/last', undefined, /path run_id must be integer/],
    ['an unknown path', 'GET', '/repos/acme/shop/nothing', undefined, /not among the operations/],
    [
      'an answer of its own that is wrong',
      'GET',
      '/repos/acme/shop/issues/7',
      undefined,
      /200: answer\/title must be string/,
    ],
  ])('%s', async (_, method, path, body, expected) => {
    server.seed.issue({ number: 7 }).title = 5 as unknown as string;
    await send(method, path, body);
    expect(server.violations).toEqual([expect.stringMatching(expected)]);
  });

  test('a request without User-Agent', async () => {
    await fetch(`${server.url}/rate_limit`, { headers: { 'user-agent': '' } });
    expect(server.violations).toEqual([expect.stringContaining('no User-Agent')]);
  });
});

describe('what it may be asked to do wrong', () => {
  test('a read-only token reads and does not write', async () => {
    server.state.permissions = 'read';
    const { number: issue_number } = server.seed.issue();
    expect(await statusOf(api.issues.listComments({ ...here, issue_number }))).toBe('done');
    const refused = await statusOf(api.issues.createComment({ ...here, issue_number, body: 'x' }));
    expect(refused).toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    });
    server.state.permissions = { 'pull-requests': 'write' };
    expect(await statusOf(api.issues.createComment({ ...here, issue_number, body: 'x' }))).toBe('done');
    expect(await statusOf(api.repos.createRelease({ ...here, tag_name: 'v1' }))).toMatchObject({ status: 403 });
    expect(server.violations).toEqual([]);
  });

  test('an immutable release: title and notes stay editable', async () => {
    server.state.immutableReleases = true;
    server.seed.commit();
    const { id: release_id } = server.seed.release({ tag: 'v1.0.0' });
    expect(await statusOf(api.repos.updateRelease({ ...here, release_id, name: 'One', body: 'notes' }))).toBe('done');
    expect(await statusOf(api.repos.updateRelease({ ...here, release_id, tag_name: 'v2' }))).toMatchObject({
      status: 422,
    });
    const upload = api.repos.uploadReleaseAsset({ ...here, release_id, name: 'x', data: 'x', baseUrl: server.url });
    expect(await statusOf(upload)).toMatchObject({ status: 422 });
    expect(server.state.releases[0]).toMatchObject({ tag: 'v1.0.0', name: 'One', body: 'notes' });
    expect(server.violations).toEqual([]);
  });

  test.each([500, 502, 403, 404, 422, 429])('answers %i as often as asked', async (status) => {
    const injected = server.fail({ match: /^GET \/repos\/acme\/shop$/, status, times: 2 });
    for (const _ of [1, 2]) expect(await statusOf(api.repos.get(here))).toMatchObject({ status });
    expect(await statusOf(api.repos.get(here))).toBe('done');
    expect(injected.hits).toBe(2);
    expect(server.requests.map((one) => [one.status, one.troubled])).toEqual([
      [status, true],
      [status, true],
      [200, false],
    ]);
    expect(server.violations).toEqual([]);
  });

  test('the secondary rate limit, with the time to wait', async () => {
    server.fail({ match: /^POST/, limit: 'secondary', headers: { 'retry-after': '7' } });
    const answer = await fetch(`${server.url}/repos/acme/shop/issues`, {
      method: 'POST',
      headers: { 'user-agent': 'test' },
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([403, '7']);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('exceeded a secondary rate limit') });
  });

  test('trouble that passes is overcome by the retry plugin', async () => {
    server.fail({ match: /./, status: 502, times: 1 });
    const patient = new (Octokit.plugin(retry))({ baseUrl: server.url, log: quiet, retry: { retryAfterBaseValue: 1 } });
    expect((await patient.repos.get(here)).data.full_name).toBe('acme/shop');
    expect(server.requests).toHaveLength(2);
  });

  test('an answer that is cut, lost or never comes', async () => {
    const { number: issue_number } = server.seed.issue();
    const post = (body: string, signal?: AbortSignal) =>
      statusOf(api.issues.createComment({ ...here, issue_number, body, ...(signal && { request: { signal } }) }));
    const once = { match: /^POST/, times: 1 };
    server.fail({ ...once, truncated: true });
    // Octokit takes what was cut for a success without JSON: its callers must look at what they got.
    const cut = await api.issues.createComment({ ...here, issue_number, body: 'cut' });
    expect([cut.status, cut.data]).toEqual([201, '']);
    server.fail({ ...once, truncated: true });
    const plain = await fetch(`${server.url}/repos/acme/shop/issues`, {
      method: 'POST',
      headers: { 'user-agent': 'test' },
      body: '{"title":"x"}',
    });
    await expect(plain.text()).rejects.toThrow();
    server.fail({ ...once, drop: 'answer' });
    expect(await post('lost')).not.toBe('done');
    server.fail({ ...once, drop: true });
    expect(await post('dropped')).not.toBe('done');
    server.fail({ ...once, hang: true });
    expect(await post('hanging', AbortSignal.timeout(100))).not.toBe('done');
    server.fail({ ...once, delayMs: 50 });
    expect(await post('late')).toBe('done');
    expect(server.state.comments.map((one) => one.body)).toEqual(['cut', 'lost', 'late']);
    expect(server.violations).toEqual([]);
  });
});
