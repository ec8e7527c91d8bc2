import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { githubForge } from '@release-runbook/github/forge';
import type { Forge } from '@release-runbook/steps/platform';
import { type Fixture, open, start } from './fixture.ts';

let at: Fixture;
let forge: Forge;
let troubles: string[];
beforeEach(async () => {
  at = await start();
  troubles = [];
  forge = githubForge(
    async () => open(at.server, { requestMs: 400, budgetMs: 800 }),
    (what) => void troubles.push(what),
  );
});
afterEach(async () => {
  expect(at.server.violations).toEqual([]);
  await at.server.close();
});

test('the checks of a commit, over all pages', async () => {
  const sha = at.server.state.commits[0]?.sha ?? '';
  for (let i = 0; i < 120; i += 1)
    at.server.seed.checkRun({ sha, name: `ci ${i}`, conclusion: i === 110 ? 'failure' : 'success' });
  const checks = await forge.commitChecks(sha);
  expect(checks).toHaveLength(120);
  expect(checks?.filter(({ conclusion }) => conclusion === 'failure')).toEqual([
    { name: 'ci 110', conclusion: 'failure' },
  ]);
});

test('issues with a label opened since: not those changed since, and no pull requests', async () => {
  const { seed } = at.server;
  seed.issue({ labels: ['complaint'], createdAt: '2026-11-20T00:00:00Z', updatedAt: '2026-11-21T05:00:00Z' });
  seed.issue({ labels: ['complaint'], createdAt: '2026-11-21T03:00:00Z', updatedAt: '2026-11-21T03:00:00Z' });
  seed.issue({
    labels: ['complaint'],
    createdAt: '2026-11-21T03:00:00Z',
    updatedAt: '2026-11-21T04:00:00Z',
    state: 'closed',
    closedAt: '2026-11-21T04:00:00Z',
  });
  seed.issue({ labels: ['other'], createdAt: '2026-11-21T03:00:00Z' });
  expect(await forge.issues('complaint', new Date('2026-11-21T02:00:00Z'))).toBe(2);
});

describe('has a job ended?', () => {
  test('its run has, or a later attempt began, or the job itself', async () => {
    const { seed } = at.server;
    const done = seed.run({ status: 'completed', conclusion: 'failure' });
    expect(await forge.ended(String(done.id), 1, 'release')).toBe(true);
    const again = seed.run({ attempt: 2 });
    expect(await forge.ended(String(again.id), 1, 'release')).toBe(true);
    const runs = seed.run();
    seed.job({ run: runs.id, name: 'call / release', status: 'completed', conclusion: 'cancelled' });
    seed.job({ run: runs.id, name: 'call / rollback' });
    expect(await forge.ended(String(runs.id), 1, 'release')).toBe(true);
    expect(await forge.ended(String(runs.id), 1, 'rollback')).toBe(false);
    expect(await forge.ended(String(runs.id), 1, 'unknown')).toBeUndefined();
  });

  test('by its key, whatever letters its displayed name begins with', async () => {
    const { seed } = at.server;
    const run = seed.run();
    seed.job({ run: run.id, name: 'Release', status: 'completed', conclusion: 'failure' });
    seed.job({ run: run.id, name: 'Production / Rollback (eu)' });
    expect(await forge.ended(String(run.id), 1, 'release')).toBe(true);
    expect(await forge.ended(String(run.id), 1, 'rollback')).toBe(false);
    expect(await forge.ended(String(run.id), 1, 'roll')).toBeUndefined();
  });

  test('not known where GitHub does not say', async () => {
    expect(await forge.ended('12345', 1, 'release')).toBeUndefined();
    expect(await forge.ended('local', 1, 'release')).toBeUndefined();
    at.server.fail({ match: /./, hang: true });
    expect(await forge.ended('1', 1, 'release')).toBeUndefined();
    expect(await forge.issues('x', new Date())).toBeUndefined();
    expect(troubles).toContain('issues labelled x');
  });
});

test('half an answer is none', async () => {
  at.server.fail({ match: /./, truncated: true });
  expect(await forge.issues('complaint', new Date())).toBeUndefined();
  expect(await forge.commitChecks('abc')).toBeUndefined();
});
