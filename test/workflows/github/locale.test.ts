import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Fixture, start } from './fixture.ts';
import { startJob } from './process.ts';

let folder: string;
let fixture: Fixture;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'locale-'));
  fixture = await start();
});
afterEach(async () => {
  await fixture.server.close();
  await rm(folder, { recursive: true });
});

const comments = () => [...fixture.server.state.comments.values()].map(({ body }) => body ?? '');

test('before a release has a record, people read the language of the runbook, or the one that was asked for', async () => {
  const job = await startJob(folder, { GITHUB_API_URL: fixture.server.url, INPUT_TOKEN: 'a-token' });
  await mkdir(join(folder, 'work/.github'), { recursive: true });
  await mkdir(join(folder, 'work/versions/v1.1.0'), { recursive: true });
  await writeFile(
    join(folder, 'work/.github/runbook.yml'),
    `runbook: v1
system: shop
locale: zh-CN
previous: v1.0.0
hosts: { app: { local: true, directory: . } }
source: { directory: versions/$VERSION }
preflight: [{ command: { on: app, run: "false" } }]
`,
  );
  const refused = await job.run('preflight-check', { version: 'v1.1.0' });
  expect([refused.code, refused.outputs.reason]).toEqual([1, 'not-ready']);
  expect(refused.summary).toContain('拒绝，未做任何改动');
  expect(refused.summary).toContain('计划：shop v1.1.0 发布到 default');
  expect(refused.outputs['way-back']).toMatch(/^退路：/);
  expect(comments()).toHaveLength(1);
  expect(comments()[0]).toContain('shop v1.1.0 发布到 default：已拒绝，未做任何改动');
  const asked = await job.run('preflight-check', { version: 'v1.1.0', locale: 'en' });
  expect(asked.summary).toContain('refused, nothing changed');
  expect(comments()[0]).toContain('refused, nothing was changed');
});
