import { afterAll, describe, expect, test } from '@jest/globals';
import { oneOfEachKind, pointsOf, reference, tellingPoints, tryPoint } from '../support/toy/matrix.ts';
import { removeRunner } from '../support/toy/program.ts';
import { expectRestored, pickedPoints, workers } from '../support/toy/report.ts';

const HOUR_MS = 3_600_000;
const FULL = process.env.FULL === '1';

afterAll(removeRunner);

const inEveryRun = [
  { kind: 'restore', host: 'local', traffic: 'writes', version: 'v2.0.0' },
  { kind: 'down', host: 'local', traffic: 'writes', version: 'v2.0.0-wrong' },
  { kind: 'keep', host: 'ssh', traffic: 'writes', version: 'v2.0.0-wrong' },
] as const;

const onlyInFull = [
  { kind: 'restore', host: 'local', traffic: 'writes', version: 'v2.0.0-wrong' },
  { kind: 'restore', host: 'local', traffic: 'reads', version: 'v2.0.0-wrong' },
  { kind: 'down', host: 'local', traffic: 'writes', version: 'v2.0.0' },
  { kind: 'keep', host: 'ssh', traffic: 'writes', version: 'v2.0.0' },
  { kind: 'restore', host: 'ssh', traffic: 'writes', version: 'v2.0.0' },
  { kind: 'down', host: 'ssh', traffic: 'writes', version: 'v2.0.0-wrong' },
] as const;

/** The other ways of undoing, and a real sshd: every kind of event once; every event with FULL=1. */
describe('killed at every kind of event', () => {
  test.each([...inEveryRun, ...(FULL ? onlyInFull : [])])(
    'undo: $kind on a $host host, $version with $traffic',
    async (variant) => {
      const points = pointsOf(await reference(variant));
      await expectRestored(pickedPoints(FULL ? points : oneOfEachKind(tellingPoints(points))), workers);
    },
    HOUR_MS,
  );
});

test.each(['keep', 'down', 'restore'] as const)(
  'a migration that does not stop when it is asked is ended before its undo begins (%s)',
  async (kind) => {
    const { problems } = await tryPoint({
      variant: { kind, host: 'local', traffic: 'reads', version: 'v2.0.0-slow' },
      phase: 'release',
      split: false,
      key: 'intends migrate migrate:main #1',
      moment: 'during',
      delayMs: 700,
    });
    expect(problems).toEqual([]);
  },
);
