import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { runAction } from '../support/act/action.ts';
import { releaseByActions } from '../support/act/release.ts';
import { makeScene, type Scene } from '../support/act/scene.ts';

// A whole release on a machine that has other work to do.
jest.setTimeout(300_000);

let at: Scene;
afterEach(async () => {
  await at.close();
});

const NOT_PUBLISHED = /Could not be published:/;

describe('release and rollback go on, and say at the end what could not be published, while GitHub', () => {
  test.each([
    ['answers 500', () => void at.server.fail({ match: /./, status: 500 })],
    ['refuses every write with 403', () => void (at.server.state.permissions = 'read')],
    ['answers 429', () => void at.server.fail({ match: /./, limit: 'secondary', status: 429 })],
    ['answers nothing', () => void at.server.fail({ match: /./, hang: true })],
  ] satisfies [string, () => void][])('%s', async (_, begin) => {
    at = await makeScene({ versions: ['v1', 'v2'] });
    begin();
    const began = Date.now();
    const { ran } = await releaseByActions(at, 'v2.0.0');
    expect(await at.served()).toEqual(['v2.0.0']);
    const released = Date.now();
    expect(ran.at(-1)?.log).toMatch(NOT_PUBLISHED);
    const rollback = await runAction(
      at.suite,
      'rollback',
      { to: 'v1.0.0', reason: 'tried' },
      { ...(await at.job({ tag: 'v2.0.0' })), job: 'rollback' },
    );
    expect({ ...rollback, log: rollback.code === 0 ? '' : rollback.log }).toMatchObject({
      code: 0,
      outputs: { reason: 'rolled-back' },
    });
    expect(rollback.log).toMatch(NOT_PUBLISHED);
    console.log(`released in ${released - began} ms, back in ${Date.now() - released} ms`);
    expect(at.server.state.comments).toEqual([]);
    expect(at.server.violations).toEqual([]);
    await at.asBefore();
  });
});
