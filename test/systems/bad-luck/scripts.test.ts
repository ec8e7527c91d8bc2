import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { parseRunbook } from '@release-runbook/runbook/load';
import type { StepInputs } from '@release-runbook/steps/context';
import { parseDocument } from 'yaml';
import { expectTold, migration, SHORT, type Unlucky, unlucky } from './support.ts';

let it: Unlucky;
afterEach(() => it.close());

const CODE = (SHORT.deploy as readonly [{ run: string; undo: string }, unknown])[0];
const code = (more: { run: string; undo?: string }) => [
  { name: 'code', service: 'backend', run: more.run, undo: `${CODE.undo}\n${more.undo ?? ':'}` },
  { restart: 'backend' },
];

test('scripts that read standard input lose nothing of themselves', async () => {
  it = await unlucky({
    runbook: {
      'migrate.main.run': `cat\nread -r line || true\n${migration()}`,
      deploy: code({
        run: `cat >/dev/null\n${CODE.run}\ncat\ntouch read-to-the-end`,
        undo: 'cat\nrm -f read-to-the-end',
      }),
    },
  });
  const { step, result } = await it.world.release('v2.0.0');
  expect({ step, text: result.text, decision: result.decision }).toMatchObject({ step: 'canary', decision: 'proceed' });
  const marker = join(it.world.directory, 'green/read-to-the-end');
  expect(existsSync(marker)).toBe(true);
  expect(await it.world.served()).toEqual(['v2.0.0']);
  expect((await it.world.rollback()).result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
  expect(existsSync(marker)).toBe(false);
  await it.stillServes();
  await it.nothingLeft();
});

test('a deploy script that fails half-way is undone', async () => {
  it = await unlucky({
    runbook: { deploy: code({ run: `${CODE.run}\ntouch half\nfalse\ntouch whole`, undo: 'rm -f half whole' }) },
  });
  const { step, result } = await it.world.release('v2.0.0');
  expect(step).toBe('deploy');
  expectTold(result, {
    decision: 'roll-back',
    reason: 'step-failed',
    text: /^code ended with exit code 1: it printed nothing$/,
    next: /changed so far: migrate:main, deploy:code; go back with: runbook rollback --release /,
  });
  const green = join(it.world.directory, 'green');
  expect([existsSync(join(green, 'half')), existsSync(join(green, 'whole'))]).toEqual([true, false]);
  await it.stillServes();
  expect((await it.world.rollback()).result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
  expect(existsSync(join(green, 'half'))).toBe(false);
  expect((await readFile(join(green, 'VERSION'), 'utf8')).trim()).toBe('1.0.0');
  await it.stillServes();
  await it.nothingLeft();
});

describe('a secret that a failing program prints', () => {
  const TOKEN = 'sk-Tz81mQ4vLx97aR2dYw';
  const PEM = '-----BEGIN KEY-----\nMHcCAQEEIBkg9qFz1XoYw3\nAwEHoUQDQgAE5k7v2Ppl0s\n-----END KEY-----';
  const parts = [TOKEN, 'MHcCAQEEIBkg9qFz1XoYw3', 'AwEHoUQDQgAE5k7v2Ppl0s', TOKEN.slice(0, 12), TOKEN.slice(12)];

  const inputs = async (changes: Readonly<Record<string, unknown>>): Promise<Partial<StepInputs>> => {
    const doc = parseDocument(it.world.runbookText);
    for (const [path, value] of Object.entries(changes)) doc.setIn(path.split('.'), value);
    return {
      runbook: await parseRunbook(doc.toString(), '.github/runbook.yml'),
      env: { ...it.world.secrets, API_TOKEN: TOKEN, SIGNING_KEY: PEM },
    };
  };
  /** All that anybody could read of the release. */
  const told = async (ran: {
    result: unknown;
    platform: { lines: readonly string[]; annotations: readonly string[]; published: readonly unknown[] };
  }) => {
    const { lines, annotations, published } = ran.platform;
    const folder = join(it.world.root, 'brand-diagnosis/production/records');
    const records = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
    return [JSON.stringify([ran.result, annotations, published]), lines.join('\n'), ...records].join('\n');
  };
  const expectHidden = async (ran: Parameters<typeof told>[0]) => {
    const text = await told(ran);
    for (const part of parts) expect(text).not.toContain(part);
    expect(text).toContain('***');
  };

  test('by a deploy script: whole, over several lines, and in two pieces', async () => {
    it = await unlucky();
    const run = `echo "token: $API_TOKEN"\necho "$SIGNING_KEY"\nprintf '%s' "\${API_TOKEN:0:12}"; sleep 0.4; printf '%s\\n' "\${API_TOKEN:12}"\necho "refused with $API_TOKEN" >&2\nexit 4`;
    const more = await inputs({
      'environments.production.hosts.app.env': {
        PM2_HOME: '/nonexistent',
        API_TOKEN: '$API_TOKEN',
        SIGNING_KEY: '$SIGNING_KEY',
      },
      deploy: code({ run }),
    });
    const ran = await it.world.release('v2.0.0', more);
    expect(ran.step).toBe('deploy');
    expectTold(ran.result, {
      decision: 'roll-back',
      reason: 'step-failed',
      text: /code ended with exit code 4: .*refused with \*\*\*/,
      next: /runbook rollback --release/,
    });
    await expectHidden(ran);
    const back = await it.world.rollback({}, more);
    expect(back.result).toMatchObject({ reason: 'rolled-back' });
    await expectHidden(back);
    await it.stillServes();
    await it.nothingLeft();
  });

  test('by the service that does not start, and by a migration', async () => {
    it = await unlucky();
    const program = 'import os, sys; print("cannot log in with", os.environ["API_TOKEN"], flush=True); sys.exit(1)';
    const service = {
      'services.backend.env': { API_TOKEN: '$API_TOKEN' },
      'services.backend.command.start': ['python3', '-c', program],
      // Its old version would not start either.
      'migrate.main.old-version': { untried: 'this is about the new one' },
    };
    const failing = await it.world.release('v2.0.0', await inputs(service));
    expect(failing.step).toBe('deploy');
    expectTold(failing.result, {
      decision: 'roll-back',
      reason: 'not-healthy',
      text: /cannot log in with \*\*\*/,
      next: /changed so far: .*restart:backend; go back with: runbook rollback/,
    });
    await expectHidden(failing);
    await it.stillServes();
    expect((await it.world.rollback({}, await inputs(service))).result).toMatchObject({ reason: 'rolled-back' });

    const migrating = {
      'environments.production.hosts.app.env': { API_TOKEN: '$API_TOKEN' },
      'migrate.main.run': 'echo "$API_TOKEN is no password" >&2\nexit 5',
    };
    const refused = await it.world.release('v2.0.0', await inputs(migrating));
    expect(refused.step).toBe('migrate');
    expectTold(refused.result, {
      decision: 'refuse',
      reason: 'rehearsal-failed',
      text: /exit code 5: \*\*\* is no password/,
      next: /nothing was changed/,
    });
    await expectHidden(refused);
    await it.stillServes();
    await it.nothingLeft();
  });
});
