import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type SmallSystem, smallSystem } from './system.ts';

let it: SmallSystem;
beforeEach(async () => {
  it = await smallSystem();
});
afterEach(() => it.remove());

describe('a release', () => {
  test('where nobody can be asked is refused, with the commands that say so', async () => {
    const { code, out } = await it.call(['release', 'v2', '--environment', 'test']);
    expect(code).toBe(1);
    expect(out).toContain(
      'refused (invalid-input): release asks before it begins, and nobody can be asked here (no terminal); nothing was changed',
    );
    const options = `--runbook ${it.file} --environment test`;
    expect(out).toContain(`Next: runbook release v2 --yes ${options}; only as it was approved: `);
    expect(out).toContain(`runbook release v2 --approved DIGEST ${options}, which runbook plan v2 ${options} prints`);
    expect(await it.page()).toBe('v1');
    expect((await it.call(['release', 'v2', '--yes'])).code).toBe(0);
    expect(await it.page()).toBe('v2');
  });

  test('with --json nobody is asked, also at a terminal', async () => {
    const { code, out } = await it.call(['release', 'v2', '--json'], { answer: true });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ decision: 'refuse', reason: 'invalid-input', steps: [], rollback: null });
    expect(await it.page()).toBe('v1');
  });

  test('at a terminal is asked about once, with its plan; yes is for that plan', async () => {
    expect(await it.call(['release', 'v2'], { answer: false })).toMatchObject({
      code: 1,
      out: expect.stringMatching(/Plan digest[\s\S]*Release v2 to test as planned\? \[y\/N\] $/),
    });
    const yes = await it.call(['release', 'v2'], { answer: true });
    expect([yes.code, yes.out.match(/\[y\/N\]/g)]).toEqual([0, ['[y/N]']]);
    expect(await it.page()).toBe('v2');
  });

  test('that would be refused is not asked about', async () => {
    await it.call(['release', 'v2', '--yes']);
    const again = await it.call(['release', 'v2'], { answer: true });
    expect(again.out).not.toContain('[y/N]');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('done (already-done): v2 serves already') });
  });
});

describe('a rollback', () => {
  beforeEach(async () => {
    expect((await it.call(['release', 'v2', '--yes'])).code).toBe(0);
  });

  test('where nobody can be asked needs --yes, and its dry run nothing', async () => {
    const { code, out } = await it.call(['rollback', '--reason', "it's slow"]);
    expect(code).toBe(1);
    expect(out).toContain(
      `Next: runbook rollback --yes --reason 'it'\\''s slow' --runbook ${it.file}; what it would undo:`,
    );
    expect(await it.page()).toBe('v2');
    expect((await it.call(['rollback', '--dry-run'])).code).toBe(0);
    expect((await it.json(['rollback'])).value).toMatchObject({ decision: 'refuse', reason: 'invalid-input' });
    expect(await it.page()).toBe('v2');
    expect((await it.call(['rollback', '--yes'])).code).toBe(0);
    expect(await it.page()).toBe('v1');
  });

  test('at a terminal tells what it would undo, asks, and does it', async () => {
    const no = await it.call(['rollback'], { answer: false });
    expect(no).toMatchObject({ code: 1, err: expect.stringContaining('not brought back: nothing was changed') });
    expect(no.out).toMatch(/to undo, in this order: deploy:page[\s\S]*Bring it back\? \[y\/N\] $/);
    expect(await it.page()).toBe('v2');
    const quiet = await it.call(['rollback', '--quiet'], { answer: true });
    expect(quiet).toMatchObject({ code: 0, out: expect.stringContaining('to undo, in this order: deploy:page') });
    expect(await it.page()).toBe('v1');
  });

  test('with nothing to undo, or of a release that there is none of, asks nothing', async () => {
    const none = await it.call(['rollback', '--release', 'none'], { answer: true });
    expect(none).toMatchObject({ code: 1, out: expect.stringContaining('no-such-release') });
    await it.call(['rollback', '--yes']);
    const done = await it.call(['rollback'], { answer: false });
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('nothing-to-do') });
    for (const { out } of [none, done]) expect(out).not.toContain('[y/N]');
  });

  test('whose cost cannot be told is asked about all the same', async () => {
    const [name = ''] = await readdir(join(it.state, 'records'));
    const record = join(it.state, 'records', name);
    await writeFile(record, (await readFile(record, 'utf8')).replace('"digest":"', '"digest":"0'));
    const { out, err } = await it.call(['rollback'], { answer: false });
    expect(err).toContain('what it would cost cannot be told now: the runbook in the record');
    expect(out).toContain('[y/N]');
  });
});
