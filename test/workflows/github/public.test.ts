import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fold } from '@release-runbook/record/fold';
import { startJob } from './process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'public-'));
  await mkdir(join(folder, 'work/.github'), { recursive: true });
  await mkdir(join(folder, 'srv'));
  await mkdir(join(folder, 'work/versions/v2'), { recursive: true });
  await writeFile(
    join(folder, 'work/.github/runbook.yml'),
    `runbook: v1
system: shop
previous: v1
hosts: { frontend: { local: true, directory: ${folder}/srv } }
source: { directory: versions/$VERSION }
deploy:
  - { name: page, on: frontend, run: 'echo "$VERSION" >page; echo "user Bob at ${folder}/srv" >&2; exit 3', undo: rm -f page }
`,
  );
});
afterEach(() => rm(folder, { recursive: true }));

async function release(visibility: 'public' | 'private') {
  const event = join(folder, 'event.json');
  await writeFile(event, JSON.stringify({ repository: { visibility } }));
  const job = await startJob(folder, { GITHUB_EVENT_PATH: event });
  const failed = await job.run('deploy', { version: 'v2' });
  expect([failed.code, failed.outputs.decision]).toEqual([1, 'roll-back']);
  return { job, failed, copy: await readFile(failed.outputs.record ?? '', 'utf8') };
}

test('the copy and the summary of a public repository tell of no place and no output, and nothing is undone from them', async () => {
  const { job, failed, copy } = await release('public');
  for (const text of [copy, failed.summary]) {
    expect(text).toContain('ended with exit code 3');
    expect(text).not.toMatch(/Bob|frontend/);
    expect(text).not.toContain(folder);
  }
  expect(fold(copy, 'copy').items).toMatchObject([{ item: 'deploy:page', state: 'failed' }]);
  const refused = await job.run('rollback', { record: failed.outputs.record ?? '' });
  expect([refused.code, refused.outputs.reason]).toEqual([1, 'invalid-input']);
  expect(refused.log).toMatch(/is a redacted copy, .* nothing can be undone from it; nothing was changed/);
  // The record on the host is whole.
  expect((await job.run('rollback')).outputs.reason).toBe('rolled-back');
});

test('elsewhere they are whole', async () => {
  const { job, failed, copy } = await release('private');
  for (const text of [copy, failed.summary]) expect(text).toContain(`user Bob at ${folder}/srv`);
  const told = await job.run('rollback', { record: failed.outputs.record ?? '', 'dry-run': 'true' });
  expect(told.outputs.reason).toBe('dry-run');
});
