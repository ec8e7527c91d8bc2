import { describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@release-runbook/record/events';
import { number } from '@release-runbook/record/store';
import { readEnvironment, servesSince } from '@release-runbook/steps/environment';
import { memoryStore } from '../../support/memory-store.ts';

const opened = (release: string, version: string): NewEvent => ({
  event: 'opened',
  step: 'release',
  release,
  system: 'shop',
  environment: 'production',
  version,
  previous: null,
  tracks: null,
  runbook: {},
  commit: 'c',
  digest: 'd',
  tool: 't',
  run: null,
});
const serving: NewEvent = { event: 'serving', step: 'canary', version: 'v', slot: null };
const undoing: NewEvent = { event: 'undoing', step: 'rollback', item: 'a' };
const rolledBack: NewEvent = { event: 'rolled-back', step: 'rollback', ms: 1, lost: {}, exported: {}, text: '' };

/** An environment with one record for each list of events, an hour apart. */
async function environment(...records: readonly (readonly NewEvent[])[]) {
  const store = memoryStore();
  records.forEach((events, index) => {
    const release = `r${index + 1}`;
    const lines = number([opened(release, `v${index + 1}`), ...events], 0, 1, () => new Date(index * 3_600_000));
    store.records.set(release, lines.map((event) => `${JSON.stringify(event)}\n`).join(''));
  });
  return await readEnvironment({ store });
}
const statuses = (found: Awaited<ReturnType<typeof environment>>) => found.releases.map(({ status }) => status);

describe('releases as they stand together', () => {
  test('one that another followed is superseded', async () => {
    const found = await environment([serving], [], [serving]);
    expect(statuses(found)).toEqual(['superseded', 'open', 'serving']);
    expect(found.current?.release).toBe('r3');
    expect(servesSince(found)).toBe('1970-01-01T02:00:00.000Z');
  });

  test('it serves again as soon as the one after it says that it is rolled back, and nobody writes that a second time', async () => {
    const found = await environment([serving], [serving, undoing, rolledBack]);
    expect(statuses(found)).toEqual(['serving', 'rolled-back']);
    expect(found.current?.release).toBe('r1');
    expect(servesSince(found)).toBe('1970-01-01T01:00:00.000Z');
  });

  test('while the one after it is being brought back, it is not serving yet', async () => {
    const found = await environment([serving], [serving, undoing]);
    expect(statuses(found)).toEqual(['superseded', 'rolling-back']);
    expect([found.current?.release, found.open?.release]).toEqual(['r1', 'r2']);
  });

  test('one that never served supersedes nobody', async () => {
    const closed: NewEvent = { event: 'closed', step: 'backup', text: 'refused' };
    const found = await environment([serving], [closed], [undoing, rolledBack]);
    expect(statuses(found)).toEqual(['serving', 'closed', 'rolled-back']);
    expect(servesSince(found)).toBe('1970-01-01T00:00:00.000Z');
  });

  test('several, brought back one after the other', async () => {
    const back = [serving, undoing, rolledBack];
    expect(statuses(await environment([serving], [serving], back))).toEqual(['superseded', 'serving', 'rolled-back']);
    expect(statuses(await environment([serving], back, back))).toEqual(['serving', 'rolled-back', 'rolled-back']);
  });
});
