import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openHosts } from '@release-runbook/hosts/open';
import type { Hosts } from '@release-runbook/hosts/types';
import { openRouter } from '@release-runbook/traffic/open';
import { observedShare, shift } from '@release-runbook/traffic/shift';
import type { Router, Weights } from '@release-runbook/traffic/types';
import { checkWeights, formatWeights, parseWeights, sameWeights } from '@release-runbook/traffic/weights';
import { RunbookError } from '@release-runbook/units/error';
import fc from 'fast-check';

const slots = ['blue', 'green'];

describe('weights', () => {
  test('what is formatted is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (tenths) => {
        const weights = { blue: tenths / 10, green: 100 - tenths / 10 };
        expect(sameWeights(parseWeights(formatWeights(weights), slots, 'x'), weights)).toBe(true);
      }),
    );
  });
  test.each([
    ['blue=95 green=5', { blue: 95, green: 5 }],
    [' blue=94.9%\n green=5.1%\n', { blue: 94.9, green: 5.1 }],
    ['green=0,blue=100', { green: 0, blue: 100 }],
    ['blue=99.6 green=0', { blue: 99.6, green: 0 }],
  ])('%j is read', (text, weights) => expect(parseWeights(text, slots, 'get')).toEqual(weights));
  test.each([
    ['', 'get printed nothing'],
    ['blue=95', 'get printed "blue=95": green is missing'],
    ['blue=95 green=4', 'add up to 99, not to 100'],
    ['blue=95 gren=5', 'there is no slot gren, expected blue and green'],
    ['blue: 95', 'get printed "blue: 95", expected weights such as'],
    ['blue=95 blue=5 green=0', 'blue stands there twice'],
    ['blue=-5 green=105', 'expected weights such as'],
    ['error: no socket', 'get printed "error: no socket"'],
    ['blue=NaN green=1', 'expected weights such as'],
  ])('%j is an error', (text, message) => expect(() => parseWeights(text, slots, 'get')).toThrow(message));
  test('any text is read or refused with a RunbookError', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        try {
          checkWeights(parseWeights(text, undefined, 'get'));
        } catch (error) {
          expect(error).toBeInstanceOf(RunbookError);
        }
      }),
    );
  });
});

describe('shift', () => {
  const clock = () => {
    let time = 0;
    return { now: () => time, sleep: async (ms: number) => void (time += ms) };
  };
  const fake = (over: Partial<Router> = {}, start: Weights = { blue: 100, green: 0 }): Router & { sets: number } => {
    let weights = start;
    return {
      sets: 0,
      async set(wanted) {
        this.sets++;
        weights = wanted;
      },
      read: async () => weights,
      requests: async () => undefined,
      ...over,
    } as Router & { sets: number };
  };
  test('is over when the router tells the weights', async () => {
    const router = fake();
    expect(await shift(router, { blue: 95, green: 5 }, clock())).toEqual({ blue: 95, green: 5 });
    expect(router.sets).toBe(1);
  });
  test('tries again when the router refuses at first', async () => {
    let left = 2;
    const router = fake({
      async set() {
        if (left-- > 0) throw new RunbookError('busy');
      },
      read: async () => (left < 0 ? { blue: 50, green: 50 } : { blue: 100, green: 0 }),
    });
    expect(await shift(router, { blue: 50, green: 50 }, clock())).toEqual({ blue: 50, green: 50 });
  });
  test('says what is in force when it ends in vain', async () => {
    const router = fake({ set: async () => {} });
    await expect(shift(router, { blue: 0, green: 100 }, { ...clock(), deadlineMs: 5_000 })).rejects.toThrow(
      'the weights blue=0 green=100 could not be set within 5 s; in force are blue=100 green=0. the router took them without an error',
    );
  });
  test('says so when nothing can be read', async () => {
    const router = fake({ read: () => Promise.reject(new RunbookError('no socket')) });
    await expect(shift(router, { blue: 0, green: 100 }, clock())).rejects.toThrow('is not known. no socket');
  });
  test('a bug is not tried again', async () => {
    const router = fake({ set: () => Promise.reject(new TypeError('x')) });
    await expect(shift(router, { blue: 0, green: 100 }, clock())).rejects.toThrow(TypeError);
  });
});

test('the observed share is the growth', () => {
  expect(observedShare({ blue: 100, green: 10 }, { blue: 195, green: 15 })).toEqual({
    share: { blue: 95, green: 5 },
    requests: 100,
  });
  expect(observedShare({ blue: 100 }, { blue: 100 })).toBeUndefined();
  expect(observedShare({ blue: 100, green: 5 }, { blue: 10, green: 50 })).toBeUndefined();
  expect(observedShare(undefined, { blue: 1 })).toBeUndefined();
  expect(observedShare({ blue: 1 }, { blue: 3, green: 2 })?.share).toEqual({ blue: 50, green: 50 });
});

describe('a router of scripts', () => {
  let root: string;
  let hosts: Hosts;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'router-'));
    hosts = await openHosts(
      { lb: { local: true, directory: root } },
      { system: 'traffic-test', environment: 'unit' },
      {} as never,
    );
  });
  afterAll(async () => {
    await hosts.close();
    await rm(root, { recursive: true, force: true });
  });
  const router = (over: object = {}) =>
    openRouter(
      {
        command: {
          on: 'lb',
          set: 'printf "%s" "$WEIGHTS" >weights',
          get: ['cat', 'weights'],
          requests: 'echo blue=950 green=$COUNT',
          ...over,
        },
      },
      hosts,
      { COUNT: '50' },
      slots,
    );
  test('is set, read and asked for its requests', async () => {
    expect(await shift(router(), { blue: 95, green: 5 })).toEqual({ blue: 95, green: 5 });
    expect(await readFile(join(root, 'weights'), 'utf8')).toBe('blue=95 green=5');
    expect(await router().requests()).toEqual({ blue: 950, green: 50 });
    expect(await openRouter({ command: { on: 'lb', set: 'true', get: 'true' } }, hosts, {}).requests()).toBeUndefined();
  });
  test('errors name what was said', async () => {
    await expect(router({ set: 'echo socket gone >&2; exit 3' }).set({ blue: 100, green: 0 })).rejects.toThrow(
      "router's `set` on host lb ended with 3: socket gone",
    );
    await writeFile(join(root, 'weights'), 'blue=95 red=5');
    await expect(router().read()).rejects.toThrow('the router\'s `get` printed "blue=95 red=5": there is no slot red');
    await expect(router().set({ blue: 95, green: 10 })).rejects.toThrow('add up to 100');
    await expect(openRouter({ command: { on: 'lc', set: 'true', get: 'true' } }, hosts, {}).read()).rejects.toThrow(
      'there is no host "lc"',
    );
  });
});
