import { expect, test } from '@jest/globals';
import type { NewEvent, Opened, RecordEvent } from '@release-runbook/record/events';
import { foldEvents } from '@release-runbook/record/fold';
import { jobOf, waitsInRollback } from '@release-runbook/record/state';
import { number } from '@release-runbook/record/store';

const opened: NewEvent = {
  event: 'opened',
  step: 'release',
  release: 'r1',
  system: 'shop',
  environment: 'production',
  version: 'v2',
  previous: 'v1',
  tracks: null,
  runbook: {},
  commit: 'c',
  digest: 'd',
  tool: 't',
  run: null,
};
const state = (...events: readonly NewEvent[]) => {
  const all = number([opened, ...events], 0, 1);
  return foldEvents(all[0] as Opened, all as readonly RecordEvent[], [], all.length);
};
const intends = (item: string, host?: string): NewEvent => ({
  event: 'intends',
  step: 'deploy',
  item,
  undo: {},
  ...(host === undefined ? {} : { host }),
});
const undoing = (item: string, host?: string): NewEvent => ({
  event: 'undoing',
  step: 'rollback',
  item,
  ...(host === undefined ? {} : { host }),
});
const held = (step: 'rollback' | 'canary'): NewEvent => ({ event: 'held', step, why: 'rows', until: '' });
const serving: NewEvent = { event: 'serving', step: 'canary', version: 'v2', slot: null };

test.each<[string, readonly NewEvent[], boolean]>([
  ['of one that serves, before anything was undone', [serving, held('rollback')], true],
  ['in its middle', [undoing('a'), held('rollback')], true],
  ['asked about twice', [held('rollback'), held('rollback')], true],
  ['that a person has decided', [serving, held('rollback'), undoing('a')], false],
  ['of a gate that waits', [held('canary')], false],
  ['that was not begun', [serving], false],
])('a rollback %s waits: %#', (_name, events, waits) => {
  expect(waitsInRollback(state(...events))).toBe(waits);
});

test('a job is looked for on the host of what was announced last of its own item', () => {
  const found = (...events: readonly NewEvent[]) => {
    const release = state(...events);
    return release.items.map((item) => jobOf(release, item));
  };
  expect(found(intends('a', 'app'))).toEqual([{ id: 'a', host: 'app' }]);
  expect(found(intends('a', 'app'), undoing('a', 'db'))).toEqual([{ id: 'undo-a', host: 'db' }]);
  // What another item's undo is doing says nothing about this one's.
  expect(found(intends('a', 'app'), intends('b', 'app'), undoing('a', 'db'), undoing('b'))).toEqual([
    { id: 'undo-a', host: 'db' },
    { id: 'undo-b', host: undefined },
  ]);
});
