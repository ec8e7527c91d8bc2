import { describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@release-runbook/record/events';
import { fold } from '@release-runbook/record/fold';
import { number } from '@release-runbook/record/store';
import { buildRunbook } from '@release-runbook/runbook/load';
import { wayBackOf } from '@release-runbook/steps/way-back';

const slots = { blue: { port: 1, directory: 'b' }, green: { port: 2, directory: 'g' } };
const base = {
  runbook: 'v1',
  system: 'shop',
  hosts: { app: { local: true } },
  databases: {
    main: { engine: 'sqlite', path: 'a.db', on: 'app', env: 'DB' },
    other: { engine: 'sqlite', path: 'b.db', on: 'app', env: 'OTHER' },
  },
};
const canary = { traffic: { command: { on: 'app', set: ['a'], get: ['a'] } }, weights: ['100%'], each: '1s' };
const slotted = await buildRunbook({
  ...base,
  services: { web: { on: 'app', command: { start: ['a'] }, slots, health: 'http://127.0.0.1:$PORT/' } },
  smoke: [{ http: { url: 'http://127.0.0.1:$PORT/' } }],
  canary,
  deploy: [{ name: 'code', service: 'web', run: 'a', undo: 'b' }, { restart: 'web' }],
  migrate: {
    main: { run: 'a', undo: 'keep' },
    other: { run: 'a', undo: 'keep', 'old-version': { untried: 'nobody reads it' } },
  },
});
const inPlace = await buildRunbook({
  ...base,
  services: { web: { on: 'app', command: { start: ['a'] }, port: 1 } },
  'stop-writes': ['web'],
  deploy: [{ name: 'mail', on: 'app', run: 'a', undo: { none: 'the mail is sent' } }, { restart: 'web' }],
  migrate: { main: { run: 'a', undo: { restore: {} } } },
});

function state(
  tracks: { stable: string; canary: string } | null,
  previous: string | null,
  ...events: readonly NewEvent[]
) {
  const opened: NewEvent = {
    event: 'opened',
    step: 'release',
    release: 'r1',
    system: 'shop',
    environment: 'default',
    version: 'v2',
    previous,
    tracks,
    runbook: {},
    commit: 'c',
    digest: 'd',
    tool: 't',
    run: null,
  };
  return fold(
    number([opened, ...events], 0, 1)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(''),
    'r1',
  );
}
const done = (item: string, ms: number, undo: object | null = {}): readonly NewEvent[] => [
  { event: 'intends', step: 'deploy', item, undo: undo as Record<string, unknown> | null },
  { event: 'did', step: 'deploy', item, ms },
];
const blue = { stable: 'blue', canary: 'green' };

describe('the way back', () => {
  test('a backup alone leaves nothing to undo', () => {
    expect(wayBackOf({ runbook: slotted }, state(blue, 'v1', ...done('backup:main', 900, null)))).toMatchObject({
      possible: true,
      how: 'nothing',
      seconds: 0,
      to: 'v1',
    });
  });
  test('with two slots: by traffic, in the time of one shift and the code, nothing lost', () => {
    const now = state(
      blue,
      'v1',
      ...done('migrate:main', 500),
      ...done('deploy:code', 2000),
      ...done('restart:web', 3000),
      ...done('traffic:5%', 100),
      ...done('traffic:100%', 300),
    );
    expect(wayBackOf({ runbook: slotted }, now)).toEqual({
      possible: true,
      how: 'traffic',
      seconds: 2.3,
      lost: {},
      obstacles: [],
      to: 'v1',
    });
  });
  test('by a restore: what is lost is not known, the time is that of the backup with its proof', () => {
    const now = state(
      null,
      'v1',
      ...done('backup:main', 4000, null),
      ...done('stop-writes:web', 100),
      ...done('migrate:main', 500),
      ...done('restart:web', 1000),
    );
    expect(wayBackOf({ runbook: inPlace }, now)).toMatchObject({
      how: 'restore',
      seconds: 5,
      lost: undefined,
      possible: true,
    });
  });
  test('what was never measured is not guessed', () => {
    expect(wayBackOf({ runbook: inPlace }, state(null, 'v1', ...done('migrate:main', 500))).seconds).toBeUndefined();
  });
  test('an old version that nobody tried on the schema that stays is told, and stops nobody', () => {
    expect(wayBackOf({ runbook: slotted }, state(blue, 'v1', ...done('migrate:other', 10)))).toMatchObject({
      possible: true,
      obstacles: ['that v1 works on the new schema of other is not tried: nobody reads it'],
    });
  });
  test('a point of no return that was passed, and a first release, stand in the way', () => {
    expect(wayBackOf({ runbook: inPlace }, state(null, 'v1', ...done('deploy:mail', 10)))).toMatchObject({
      possible: false,
      obstacles: ['the mail is sent'],
    });
    expect(wayBackOf({ runbook: inPlace }, state(null, null, ...done('restart:web', 10)))).toMatchObject({
      possible: false,
      to: null,
    });
  });
});
