import { afterAll, describe, test } from '@jest/globals';
import { oneOfEachKind, pointsOf, reference, tellingPoints } from '../support/toy/matrix.ts';
import { removeRunner } from '../support/toy/program.ts';
import { expectRestored, pickedPoints, workers } from '../support/toy/report.ts';

const HOUR_MS = 3_600_000;
const FULL = process.env.FULL === '1';
const local = { kind: 'keep', host: 'local' } as const;

afterAll(removeRunner);

/**
 * SQLite with two slots and a canary, writers running: the process that works dies by SIGKILL just before and just after every
 * event of its record and in the middle of every change; `runbook rollback` twice then gives the system as it was.
 */
describe('killed at every event', () => {
  test(
    'a release that comes through, and its rollback by hand',
    async () => {
      const found = await reference({ ...local, traffic: 'writes', version: 'v2.0.0' });
      await expectRestored(pickedPoints(pointsOf(found)), workers);
    },
    HOUR_MS,
  );

  test(
    'a release that fails, and its own rollback',
    async () => {
      const found = await reference({ ...local, traffic: 'writes', version: 'v2.0.0-wrong' });
      const points = pointsOf(found);
      // Up to the check that fails, its events are those of the release that comes through.
      const fails = points.findIndex(({ key }) => key === 'judged smoke smoke #1');
      await expectRestored(pickedPoints(FULL ? points : tellingPoints(points.slice(fails))), workers);
    },
    HOUR_MS,
  );

  test(
    'a release that fails in its canary gate, and its own rollback',
    async () => {
      const found = await reference({ ...local, traffic: 'writes', version: 'v2.0.0-worse' });
      const points = pointsOf(found);
      const gate = points.findIndex(({ key }) => key === 'intends canary traffic:50% #1');
      await expectRestored(pickedPoints(FULL ? points : oneOfEachKind(tellingPoints(points.slice(gate)))), workers);
    },
    HOUR_MS,
  );

  test(
    'a release that its rehearsal refuses',
    async () => {
      const found = await reference({ ...local, traffic: 'writes', version: 'v2.0.0-refused' });
      const points = pointsOf(found);
      const fails = points.findIndex(({ key }) => key === 'noted migrate #1');
      await expectRestored(pickedPoints(FULL ? points : tellingPoints(points.slice(fails))), workers);
    },
    HOUR_MS,
  );

  test(
    'a migration that dies half-way while nobody writes: the schema is as before',
    async () => {
      const found = await reference({ ...local, traffic: 'reads', version: 'v2.0.0' });
      const points = pointsOf(found);
      await expectRestored(
        pickedPoints(
          FULL ? points : points.filter(({ key, phase }) => phase === 'release' && /^(intends|did) migrate /.test(key)),
        ),
        workers,
      );
    },
    HOUR_MS,
  );
});
