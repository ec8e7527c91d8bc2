import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { parseRecord } from '@release-runbook/record/fold';
import { descendants } from '../support/act/processes.ts';
import { expectJobs, expectTold, makeScene, type Scene } from '../support/act/scene.ts';
import { runOrFail } from '../support/brand-diagnosis/run.ts';

// A whole release on a machine that has other work to do.
jest.setTimeout(300_000);

let at: Scene;
afterEach(async () => {
  await at.close();
});

test('two releases at once: the second is refused, and its rollback job touches nothing', async () => {
  at = await makeScene({ versions: ['v1', 'v2', 'v3-slow'] });
  const second = at.server.seed.run().id;
  const letGo = await at.hold('release', second);
  const late = await at.start({ tag: 'v3.0.0-slow', run: second });
  await late.until(/preflight-check goes on/);
  const first = await at.start({ tag: 'v2.0.0' });
  await first.until(/db-backup goes on/);
  await letGo();
  await Promise.all([first.ended, late.ended]);
  expectJobs(late, { prepare: 'success', release: 'failure', rollback: 'success' });
  expect(late.outputs).toMatchObject({
    'release.backup.decision': 'refuse',
    'release.backup.reason': 'locked',
    'rollback.rollback.reason': 'nothing-to-do',
  });
  expectJobs(first, { release: 'success', rollback: 'skipped' });
  expect(first.outputs['release.canary.decision']).toBe('proceed');
  expectTold(at, 'v2.0.0', 'serving');
  expect(at.comments('v3.0.0-slow')).toEqual([]);
  expect(at.notes('v3.0.0-slow')).toBeUndefined();
  expect(await at.records()).toHaveLength(1);
  await at.asBefore({ version: 'v2.0.0' });
});

test('the plan changed between approval and release: refused, nothing undone', async () => {
  at = await makeScene({ versions: ['v1', 'v2'] });
  const run = at.server.seed.run().id;
  const letGo = await at.hold('release', run);
  const ran = await at.start({ tag: 'v2.0.0', run });
  await ran.until(/preflight-check goes on/);
  // Somebody moves the tag to a commit with another runbook while people read the plan.
  const clone = join(at.folder, 'somebody');
  const git = (...args: string[]) =>
    runOrFail('git', ['-C', clone, '-c', 'user.name=S', '-c', 'user.email=s@example.com', ...args]);
  await runOrFail('git', ['clone', '--quiet', at.origin, clone]);
  await git('checkout', '--quiet', 'v2.0.0');
  const file = join(clone, '.github/runbook.yml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('rows-written-since: ask', 'rows-written-since: keep'));
  await git('commit', '--quiet', '-am', 'Keep rows');
  await git('tag', '-f', 'v2.0.0');
  await git('push', '--quiet', '--force', 'origin', 'v2.0.0');
  await letGo();
  await ran.ended;
  expectJobs(ran, { prepare: 'success', release: 'failure', rollback: 'success' });
  expect(ran.outputs).toMatchObject({
    'release.backup.reason': 'plan-changed',
    'rollback.rollback.reason': 'nothing-to-do',
  });
  expect(await at.records()).toEqual([]);
  expect(at.server.violations).toEqual([]);
  await at.asBefore({ schema: 'as before' });
});

test('a dead runner: attempt 2 takes the lock over with a new epoch and goes on; one comment', async () => {
  at = await makeScene({ versions: ['v1', 'v2'], runbook: { 'canary.each': '6s' } });
  const run = at.server.seed.run().id;
  const first = await at.start({ tag: 'v2.0.0', run });
  await first.until(/smoke-test goes on/);
  while (
    !(await newest()).some(({ event, ...rest }) => event === 'did' && 'item' in rest && rest.item === 'traffic:25%')
  )
    await new Promise((next) => setTimeout(next, 100));
  // The machine is gone, with act and the actions' processes; what runs on the host is another machine's.
  for (const pid of [first.pid, ...(await descendants(first.pid, /\/dist\/[a-z-]+\/index\.js/))])
    process.kill(pid, 'SIGKILL');
  await first.ended;
  await cp((await at.records())[0] ?? '', join(at.folder, 'left.jsonl'));
  expect(first.jobs.release).toBeUndefined();

  const again = await at.run({ tag: 'v2.0.0', run, attempt: 2 });
  expectJobs(again, { prepare: 'success', release: 'success', rollback: 'skipped' });
  expect(again.outputs['release.canary.decision']).toBe('proceed');
  expect(await at.records()).toHaveLength(1);
  const events = await newest();
  expect(new Set(events.map(({ epoch }) => epoch)).size).toBe(2);
  expect(events.filter(({ event }) => event === 'opened')).toHaveLength(1);
  expect(JSON.stringify(events)).toContain('lock taken over: attempt 1 of the same run ended before attempt 2 began');
  expectTold(at, 'v2.0.0', 'serving');
  await at.asBefore({ version: 'v2.0.0' });
});

async function newest() {
  const file = (await at.records()).at(-1);
  return file === undefined ? [] : parseRecord(await readFile(file, 'utf8'), file).events;
}
