import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseRunbook } from '@release-runbook/runbook/load';
import { openSource } from '@release-runbook/steps/source';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'source-'));
  const at = join(folder, 'v1');
  await mkdir(join(at, 'sql/later'), { recursive: true });
  for (const name of ['sql/1 ü.sql', 'sql/later/2.sql', 'app']) await writeFile(join(at, name), '');
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-C', at, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);
  await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '-m', 'one');
  await git('tag', 'v1');
  await rm(join(at, 'app'));
});
afterAll(() => rm(folder, { recursive: true }));

const source = async (spec: string) =>
  openSource(await parseRunbook(`runbook: v1\nsystem: s\nsource: ${spec}\n`, 'runbook.yml'));

test.each([
  ['of a tag', () => source(`{ git: { directory: ${folder}/v1 } }`)],
  ['of a folder', () => source(`{ directory: ${folder}/$VERSION }`)],
])('the files %s at a path', async (where, open) => {
  const it = await open();
  expect((await it.files('v1', 'sql')).filter((name) => name.endsWith('.sql')).sort()).toEqual([
    'sql/1 ü.sql',
    'sql/later/2.sql',
  ]);
  expect((await it.files('v1', './sql/')).length).toBeGreaterThan(1);
  // Git has what was committed, also when the checkout lost it.
  expect(await it.files('v1', 'app')).toEqual(where === 'of a tag' ? ['app'] : []);
  expect(await it.files('v1', 'none')).toEqual([]);
  expect(await it.files('v1', 'sql/later/2.sql')).toEqual(['sql/later/2.sql']);
});
