import { join } from 'node:path';
import { expect } from '@jest/globals';
import { compareSnapshots, type Snapshot, snapshotDatabase } from '../brand-diagnosis/snapshot.ts';
import type { WorldOptions } from '../brand-diagnosis/world.ts';
import { startHttpWriter, type Writer } from '../brand-diagnosis/writer.ts';
import type { ActRun } from './act.ts';
import { type ActWorld, makeActWorld } from './world.ts';

/** A world with people at work in it: what it was like before, and everything that its users were told is saved. */
export interface Scene extends ActWorld {
  readonly writer: Writer;
  readonly before: Snapshot;
  /** The old version alone serves, no row of before is gone or changed, none that a user was told is saved is missing. */
  asBefore(options?: { schema?: 'as before'; version?: string }): Promise<void>;
}

export async function makeScene(options: WorldOptions = {}): Promise<Scene> {
  const world = await makeActWorld({ ...options, runbook: { locale: 'en', ...options.runbook } });
  const before = await snapshotDatabase(world.database, world.python);
  const writer = startHttpWriter({ url: world.url, file: join(world.folder, 'written') });
  return {
    ...world,
    writer,
    before,
    async asBefore({ schema, version = 'v1.0.0' } = {}) {
      expect(await world.served()).toEqual([version]);
      await writer.stop();
      const after = await snapshotDatabase(world.database, world.python);
      const found = compareSnapshots(before, after, { acknowledged: writer.acknowledged() });
      expect({ lost: found.lost, changed: found.changed, missing: found.missing }).toEqual({
        lost: [],
        changed: [],
        missing: [],
      });
      if (schema === 'as before') expect(found.schema).toEqual([]);
    },
    async close() {
      await writer.stop();
      await world.close();
    },
  };
}

/** The results of a run's jobs; when they are others, the end of its log is in the failure. */
export function expectJobs(ran: ActRun, jobs: Readonly<Record<string, string>>): void {
  const log = Object.entries(jobs).every(([job, result]) => (ran.jobs[job] ?? 'skipped') === result)
    ? ''
    : ran.log.slice(-30).join('\n');
  expect({ jobs: Object.fromEntries(Object.keys(jobs).map((job) => [job, ran.jobs[job] ?? 'skipped'])), log }).toEqual({
    jobs,
    log: '',
  });
}

/** The one comment on the tag's pull request, and its release notes, have all of these. */
export function expectTold(world: ActWorld, tag: string, ...texts: readonly (string | RegExp)[]): void {
  expect(world.server.violations).toEqual([]);
  const comments = world.comments(tag);
  expect(comments).toHaveLength(1);
  for (const place of [comments[0], world.notes(tag)]) {
    for (const text of texts) {
      if (typeof text === 'string') expect(place).toContain(text);
      else expect(place).toMatch(text);
    }
  }
}
