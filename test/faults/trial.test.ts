import { writeFile } from 'node:fs/promises';
import { test } from '@jest/globals';
import { pointsOf, reference } from '../support/toy/matrix.ts';
test('reference', async () => {
  for (const variant of [
    { kind: 'keep', host: 'local', traffic: 'writes', version: 'v2.0.0' },
    { kind: 'keep', host: 'local', traffic: 'writes', version: 'v2.0.0-wrong' },
    { kind: 'keep', host: 'local', traffic: 'writes', version: 'v2.0.0-refused' },
    { kind: 'down', host: 'local', traffic: 'writes', version: 'v2.0.0' },
    { kind: 'restore', host: 'local', traffic: 'writes', version: 'v2.0.0' },
    { kind: 'keep', host: 'ssh', traffic: 'writes', version: 'v2.0.0' },
  ] as const) {
    const began = performance.now();
    try {
      const found = await reference(variant);
      console.log(JSON.stringify(variant), Math.round(performance.now() - began), found.release.length, found.rollback.length, pointsOf(found).length, '\n' + [...found.release, { key: '-----', at: 0 }, ...found.rollback].map(({ key, at }) => `${Math.round(at)} ${key}`).join('\n'));
    } catch (error) { console.log(JSON.stringify(variant), String(error)); }
  }
}, 600_000);
