import { expect, test } from '@jest/globals';
import { tryPoint } from '../support/toy/matrix.ts';
test.each(['down', 'restore', 'keep'] as const)('%s', async (kind) => {
  const point = { variant: { kind, host: 'local', traffic: 'reads', version: 'v2.0.0-slow' }, phase: 'release', split: false, key: 'intends migrate migrate:main #1', moment: 'during', delayMs: 700 } as const;
  const { problems, ms } = await tryPoint(point);
  console.log(kind, ms, problems.join('\n'));
  expect(problems).toEqual([]);
});
