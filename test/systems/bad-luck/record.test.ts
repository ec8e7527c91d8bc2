import { appendFile, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fold } from '@release-runbook/record/fold';
import { systemClock } from '@release-runbook/steps/context';
import { expectTold, linesOf, type Unlucky, unlucky, whenLogged } from './support.ts';

let it: Unlucky;
let file: string;

beforeAll(async () => {
  it = await unlucky({ versions: ['v1', 'v2', 'v3-start'] });
});
afterAll(() => it.close());

describe('the record of an open release', () => {
  beforeEach(async () => {
    const { step } = await it.world.release('v3.0.0-start');
    expect(step).toBe('deploy');
    file = await it.recordFile();
  });

  test('has a damaged line: the rollback names it and refuses; a whole copy brings the old system back', async () => {
    const copy = join(it.world.folder, 'copy.jsonl');
    await copyFile(file, copy);
    const lines = linesOf(file);
    const middle = Math.floor(lines.length / 2);
    lines[middle] = (lines[middle] as string).replace('"', '#');
    await writeFile(file, lines.join('\n'));
    const { result } = await it.world.rollback();
    expectTold(result, {
      decision: 'refuse',
      reason: 'invalid-input',
      text: new RegExp(`the record of .*v3\\.0\\.0-start is damaged at line ${middle + 1}; nothing was changed`),
      next: /runbook rollback --record FILE/,
    });
    await it.stillServes();

    // A copy that is damaged itself is no help, and says so.
    const broken = join(it.world.folder, 'broken.jsonl');
    await writeFile(broken, lines.join('\n'));
    expectTold((await it.world.rollback({ record: broken })).result, {
      decision: 'refuse',
      reason: 'invalid-input',
      text: /broken\.jsonl is damaged at line/,
      next: /--record FILE/,
    });

    const back = await it.world.rollback({ record: copy });
    expect(back.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    expect(back.platform.lines.join('\n')).toMatch(/the record of .* was put back from .*copy\.jsonl/);
    await it.stillServes();
    await it.nothingLeft();
    expect((await it.record()).status).toBe('rolled-back');
  });

  test('ends in a torn line: it is passed over, told, and the rollback goes on', async () => {
    const { next } = fold(await readFile(file, 'utf8'), 'before');
    await appendFile(file, `{"seq":${next},"at":"2026-11-2`);
    const back = await it.world.rollback();
    expect(back.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
    expect(back.platform.annotations.join('\n')).toMatch(
      new RegExp(`warning: line ${next + 1} of the record of .* was torn`),
    );
    await it.stillServes();
    await it.nothingLeft();
    expect(await it.record()).toMatchObject({ status: 'rolled-back', torn: [next] });
  });
});

test("the runner's clock is set back, in the middle of a release and before the next: order and times stay true", async () => {
  const start = Date.now();
  let back = 0;
  const clock = { ...systemClock, now: () => new Date(Date.now() - back) };
  const jump = whenLogged('ok   history list', () => (back = 2 * 3600_000));
  const { step, result } = await it.world.release('v2.0.0', { clock, platform: jump });
  expect({ step, decision: result.decision, text: result.text }).toMatchObject({ step: 'canary', decision: 'proceed' });
  const first = await it.record();
  expect(first).toMatchObject({ status: 'serving', opened: { version: 'v2.0.0' } });
  expect(first.events.map(({ seq }) => seq)).toEqual(first.events.map((_, i) => i));
  expect(Math.min(...first.events.map(({ at }) => Date.parse(at)))).toBeLessThan(start - 3600_000);

  const next = await it.world.release('v3.0.0-start', { clock });
  expect(next.step).toBe('deploy');
  const second = await it.record();
  expect(second.opened).toMatchObject({ version: 'v3.0.0-start', previous: 'v2.0.0' });
  expect(second.release > first.release).toBe(true);
  expect((await it.world.rollback({}, { clock })).result).toMatchObject({ reason: 'rolled-back' });
  expect(await it.world.served()).toEqual(['v2.0.0']);
  const undone = await it.world.rollback({}, { clock });
  expect(undone.result).toMatchObject({ decision: 'proceed', reason: 'rolled-back' });
  expect(undone.result.text).not.toMatch(/-\d/);
  await it.stillServes();
  await it.nothingLeft();
});
