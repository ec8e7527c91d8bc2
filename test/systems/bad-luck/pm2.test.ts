import { mkdir, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseRunbook } from '@release-runbook/runbook/load';
import { backup } from '@release-runbook/steps/backup';
import { deploy } from '@release-runbook/steps/deploy';
import { migrate } from '@release-runbook/steps/migrate';
import { parseDocument } from 'yaml';
import { expectTold, type Unlucky, unlucky, withContext } from './support.ts';

const PM2 = fileURLToPath(new URL('../../../node_modules/.bin/pm2', import.meta.url));
const { PATH = '' } = process.env;
let it: Unlucky;

beforeEach(async () => {
  // A run by npm has node_modules/.bin in its path, and a local host inherits it.
  process.env.PATH = PATH.split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  it = await unlucky({ manager: 'pm2' });
});
afterEach(async () => {
  process.env.PATH = PATH;
  await it.close();
});

test('pm2 is not in the path: preflight says so, a deploy without preflight leaves the old version alone', async () => {
  const bin = join(it.world.folder, 'bin');
  await mkdir(bin);
  const doc = parseDocument(it.world.runbookText);
  doc.setIn(
    ['environments', 'production', 'hosts', 'app', 'path'],
    [dirname(it.world.python), dirname(process.execPath), bin],
  );
  // Without pm2 the rehearsal cannot start the old version.
  doc.setIn(['migrate', 'main', 'old-version'], { untried: 'this is about deploy' });
  const runbook = await parseRunbook(doc.toString(), '.github/runbook.yml');
  const missing = /pm2 was not found on host app/;
  const { step, result } = await it.world.release('v2.0.0', { runbook });
  expect(step).toBe('preflight');
  expectTold(result, {
    decision: 'refuse',
    reason: 'not-ready',
    text: missing,
    next: /nothing was changed; .*add its folder to the host's `path:`/,
  });
  await it.stillServes();

  const deployed = await withContext(it.world, 'v2.0.0', { runbook }, async (ctx) => {
    expect(await backup(ctx)).toMatchObject({ decision: 'proceed' });
    expect(await migrate(ctx)).toMatchObject({ decision: 'proceed' });
    return await deploy(ctx);
  });
  expectTold(deployed, {
    decision: 'roll-back',
    reason: 'step-failed',
    text: missing,
    next: /changed so far: migrate:main, deploy:code, restart:backend; go back with: runbook rollback --release .*`path:`/,
  });
  await it.stillServes();
  const blocked = await it.world.rollback();
  expectTold(blocked.result, {
    decision: 'failed',
    reason: 'undo-failed',
    text: missing,
    next: /`path:`.*npm install -g pm2; then run it again: runbook rollback --release .*on call: /,
  });
  await it.stillServes();

  await symlink(PM2, join(bin, 'pm2'));
  expect((await it.world.rollback()).result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
  await it.stillServes();
  await it.nothingLeft();
});
