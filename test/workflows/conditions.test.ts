import { describe, expect, test } from '@jest/globals';
import { type Result, starts } from '../support/act/condition.ts';

// act's cancel is not GitHub's, so what the files ask for is evaluated.
describe('release.yml', () => {
  test.each([
    ['proceed', 'success', true],
    ['refuse', 'failure', false],
    ['', 'cancelled', false],
    ['hold', 'success', false],
  ] as const)(
    'the release after a prepare that decided "%s" and ended as %s: %s',
    async (decision, result, expected) => {
      expect(await starts('release.yml', 'release', { prepare: { result, outputs: { decision } } })).toBe(expected);
    },
  );

  test.each([
    ['success', 'success', false],
    // Failed, timed out, or rejected at the gate, which opened no release: then the action finds nothing to undo.
    ['success', 'failure', true],
    ['success', 'cancelled', true],
    ['failure', 'skipped', false],
    ['cancelled', 'skipped', false],
  ] as const)('the rollback after prepare: %s, release: %s: %s', async (prepare: Result, release: Result, expected) => {
    expect(
      await starts('release.yml', 'rollback', { prepare: { result: prepare }, release: { result: release } }),
    ).toBe(expected);
  });
});

test('rollback.yml waits for nobody', async () => {
  expect(await starts('rollback.yml', 'rollback', {})).toBe(true);
});
