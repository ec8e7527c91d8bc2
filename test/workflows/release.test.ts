import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { parseRecord } from '@release-runbook/record/fold';
import { expectJobs, expectTold, makeScene, type Scene } from '../support/act/scene.ts';
import type { VersionName } from '../support/brand-diagnosis/assemble.ts';

// A whole release on a machine that has other work to do.
jest.setTimeout(300_000);

let at: Scene;
afterEach(async () => {
  await at.close();
});

test('a tag: prepared, released to 100 % under pm2, told in one comment and in the notes', async () => {
  at = await makeScene({ versions: ['v1', 'v2'], manager: 'pm2', runbook: { locale: 'zh-CN' } });
  const ran = await at.run({ tag: 'v2.0.0' });
  expectJobs(ran, { prepare: 'success', release: 'success', rollback: 'skipped' });
  expect(ran.outputs['release.canary.decision']).toBe('proceed');
  expectTold(at, 'v2.0.0', '已上线', 'smoke:history list', 'traffic:100%');
  const others = at.server.state.comments.filter(({ issue }) => issue === at.other);
  expect(others).toHaveLength(1);
  expect(others[0]?.body).toContain('v2.0.0');
  expect(at.server.state.comments).toHaveLength(2);
  expect(at.server.state.releases).toMatchObject([{ tag: 'v2.0.0', prerelease: false }]);
  await at.asBefore({ version: 'v2.0.0' });
  expect(at.writer.failures()).toEqual([]);
  // The plan and the rehearsal are there before anybody approves.
  expect(ran.summaries.prepare).toContain('v1.0.0');
  const artifact = join(at.artifacts, 'release-record-1');
  const [copy = ''] = await readdir(artifact);
  const { events } = parseRecord(await readFile(join(artifact, copy), 'utf8'), copy);
  expect(events.map(({ event }) => event)).toContain('serving');
});

const v3 = (name: VersionName) => ({ versions: ['v1', 'v2', name] as const });

describe('refused before anything changed', () => {
  test.each([
    ['v3-migration', 'v3.0.0-migration', {}, /ended with exit code 1/],
    [
      'v3-badundo',
      'v3.0.0-badundo',
      { 'migrate.main.undo': 'python3 backend_python/database/rollback_migration.py' },
      /exit code 0 and did not undo[\s\S]*requested_by/,
    ],
  ] as const)('%s: by the rehearsal, before the gate', async (name, tag, runbook, why) => {
    at = await makeScene({ ...v3(name), runbook });
    const ran = await at.run({ tag });
    expectJobs(ran, { prepare: 'failure', release: 'skipped', rollback: 'skipped' });
    expect(ran.outputs).toMatchObject({
      'prepare.preflight.decision': 'refuse',
      'prepare.preflight.reason': 'rehearsal-failed',
    });
    expect(ran.summaries.prepare).toMatch(why);
    expect(await at.records()).toEqual([]);
    const [comment = '', ...others] = at.comments(tag);
    expect(others).toEqual([]);
    expect(comment).toMatch(why);
    expect(comment).toContain('refused, nothing was changed');
    expect(at.server.state.releases).toEqual([]);
    expect(at.server.violations).toEqual([]);
    await at.asBefore({ schema: 'as before' });
  });
});

describe('rolled back', () => {
  test.each([
    ['v3-start', 'v3.0.0-start', 'deploy', [/❌.*deploy/, "No module named 'ranking'", 'restart:backend']],
    ['v3-wrong', 'v3.0.0-wrong', 'smoke', [/❌.*smoke/, 'history list', 'total']],
    ['v3-slow', 'v3.0.0-slow', 'smoke', [/❌.*smoke/, /P95 of 20 requests \d{3,4}.* ms, expected &lt; 200 ms/]],
  ] as const)(
    '%s: the comment says which number failed, where, what was undone, and what it cost',
    async (name, tag, step, texts) => {
      at = await makeScene(v3(name));
      const ran = await at.run({ tag });
      expectJobs(ran, { prepare: 'success', release: 'failure', rollback: 'success' });
      expect(ran.outputs).toMatchObject({
        [`release.${step}.decision`]: 'roll-back',
        'rollback.rollback.reason': 'rolled-back',
      });
      expectTold(at, tag, 'rolled back', 'v1.0.0 serves again after', /no row lost/i, ...texts);
      expect(Number(ran.outputs['rollback.rollback.seconds'])).toBeLessThan(10);
      await at.asBefore();
    },
  );
});
