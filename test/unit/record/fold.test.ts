import { describe, expect, test } from '@jest/globals';
import type { NewEvent, RecordEvent } from '@release-runbook/record/events';
import { fold, parseRecord } from '@release-runbook/record/fold';
import { number } from '@release-runbook/record/store';
import { RunbookError } from '@release-runbook/units/error';
import fc from 'fast-check';

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
const intends = (item: string): NewEvent => ({ event: 'intends', step: 'deploy', item, undo: {} });
const did = (item: string): NewEvent => ({ event: 'did', step: 'deploy', item, ms: 1 });
const undoing = (item: string): NewEvent => ({ event: 'undoing', step: 'rollback', item });
const undone = (item: string): NewEvent => ({ event: 'undone', step: 'rollback', item, ms: 1, how: 'undone' });
const held: NewEvent = { event: 'held', step: 'canary', why: 'waits', until: '2026-11-22T00:00:00.000Z' };
const serving: NewEvent = { event: 'serving', step: 'canary', version: 'v2', slot: null };
const text = (...events: readonly NewEvent[]) =>
  number([opened, ...events], 0, 1)
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('');

describe('the state of a release', () => {
  test.each<[string, readonly NewEvent[], string]>([
    ['nothing yet', [], 'open'],
    ['a held one', [intends('a'), did('a'), held], 'held'],
    ['one that went on after a hold', [held, intends('a')], 'open'],
    ['one that serves', [intends('a'), did('a'), serving], 'serving'],
    ['one in the middle of a rollback', [intends('a'), did('a'), undoing('a')], 'rolling-back'],
    ['one that waits for people in a rollback', [intends('a'), undoing('a'), undone('a'), held], 'held'],
    [
      'one that was rolled back',
      [
        intends('a'),
        undoing('a'),
        undone('a'),
        { event: 'rolled-back', step: 'rollback', ms: 1, lost: {}, exported: {}, text: '' },
      ],
      'rolled-back',
    ],
    ['one that was closed', [serving, { event: 'closed', step: 'watch', text: '' }], 'closed'],
  ])('%s', (_name, events, status) => {
    expect(fold(text(...events), 'r1').status).toBe(status);
  });

  test('items stand in the order in which they were last announced, each with its state', () => {
    const { items } = fold(text(intends('a'), did('a'), intends('b'), undoing('a'), undone('a'), intends('a')), 'r1');
    expect(items.map(({ item, state }) => [item, state])).toEqual([
      ['b', 'announced'],
      ['a', 'announced'],
    ]);
  });
});

describe('a torn line', () => {
  const whole = text(intends('a'), did('a'), intends('b'));

  test('cut anywhere, the events before it stand, and the next append has its own number', () => {
    fc.assert(
      fc.property(fc.integer({ min: text().length, max: whole.length }), (cut) => {
        const { events, torn, next } = parseRecord(whole.slice(0, cut), 'r1');
        const lines = whole.slice(0, cut).split('\n');
        const rest = lines.pop();
        expect(events).toHaveLength(lines.length);
        expect(torn).toEqual(rest === '' ? [] : [lines.length]);
        expect(next).toBe(lines.length + (rest === '' ? 0 : 1));
      }),
    );
  });

  test('in the middle, after which others went on: left out, and reported', () => {
    const [first, second, third] = whole.split('\n') as [string, string, string];
    const later = number([did('b')], 3, 1).map((event: RecordEvent) => `${JSON.stringify(event)}\n`);
    const state = fold(`${first}\n${second}\n${third.slice(0, 30)}\n${later.join('')}`, 'r1');
    expect(state.torn).toEqual([2]);
    expect(state.next).toBe(4);
  });
});

describe('damage', () => {
  test('is an error that names the line, and never another record', () => {
    expect(() => fold(text(intends('a')).replace('"seq":1', '"seq":7'), 'r1')).toThrow(
      'the record of r1 is damaged at line 2; nothing was changed',
    );
    expect(() => fold('', 'r1')).toThrow(RunbookError);
    expect(() => fold(text().slice(5), 'r1')).toThrow(RunbookError);
  });

  test('no text at all makes anything but a state or a RunbookError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.json()).map((lines) => lines.join('\n')),
        ),
        (any) => {
          try {
            fold(any, 'r1');
          } catch (error) {
            expect(error).toBeInstanceOf(RunbookError);
          }
        },
      ),
    );
  });
});
