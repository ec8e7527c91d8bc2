import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { NewEvent } from '@release-runbook/record/events';
import { fold } from '@release-runbook/record/fold';
import type { ReleaseState } from '@release-runbook/record/state';
import type { Store } from '@release-runbook/record/store';
import { openContext, type StepContext, type StepInputs } from '@release-runbook/steps/context';
import type { StepResult } from '@release-runbook/steps/decision';
import { compareSnapshots, snapshotDatabase } from '../../support/brand-diagnosis/snapshot.ts';
import { makeWorld, type World, type WorldOptions } from '../../support/brand-diagnosis/world.ts';
import { type Watched, watchedPlatform } from '../../support/platform.ts';
import { suiteProcesses } from '../../support/toy/processes.ts';

/** Printed by MIGRATION when it works on the live database, and not on a rehearsal's copy. */
export const LIVE = 'the live database is next';
const isLive = (then: string) => `case "$DATABASE_PATH" in */srv/database.db) ${then} ;; esac`;

/** A migration script that says when it begins on the live database, and what it does there afterwards. */
export function migration(afterwards = ':'): string {
  return [isLive(`echo "${LIVE}"`), 'python3 backend_python/database/run_migration.py', isLive(afterwards)].join('\n');
}

/** What makes a release short; the long one is proven elsewhere. */
export const SHORT: Readonly<Record<string, unknown>> = {
  'migrate.main.run': migration(),
  deploy: [
    {
      name: 'code',
      service: 'backend',
      run: 'git fetch --quiet --tags origin\ngit checkout --quiet --detach "$VERSION"',
      undo: 'git checkout --quiet --detach "$PREVIOUS_VERSION"',
    },
    { restart: 'backend' },
  ],
  smoke: [{ http: { name: 'history list', url: 'http://127.0.0.1:$PORT/api/history', status: 200 } }],
  'canary.traffic.command.requests': undefined,
  'canary.weights': ['100%'],
  'canary.each': '500ms',
  'canary.every': '500ms',
  'canary.metrics': undefined,
  'rollback.when': undefined,
};

export interface Unlucky {
  readonly world: World;
  /** v1.0.0 answers alone, and no row of the start is gone. */
  stillServes(): Promise<void>;
  /** Nothing half-done lies about, only the old version runs, and the lock is free (or held by the one who asks). */
  nothingLeft(lock?: 'own'): Promise<void>;
  /** The newest release, from its record on the disk. */
  record(): Promise<ReleaseState>;
  recordFile(): Promise<string>;
  close(): Promise<void>;
}

export async function unlucky(options: WorldOptions = {}): Promise<Unlucky> {
  const world = await makeWorld({ versions: ['v1', 'v2'], ...options, runbook: { ...SHORT, ...options.runbook } });
  const before = await snapshotDatabase(world.database, world.python);
  const folder = join(world.root, 'brand-diagnosis/production');
  const recordFile = async () => {
    const names = (await readdir(join(folder, 'records'))).filter((name) => name.endsWith('.jsonl')).sort();
    return join(folder, 'records', names.at(-1) as string);
  };
  return {
    world,
    recordFile,
    async record() {
      const file = await recordFile();
      return fold(await readFile(file, 'utf8'), file);
    },
    async stillServes() {
      expect(await world.served()).toEqual(['v1.0.0']);
      const answer = await fetch(`${world.url}/api/history`);
      expect(answer.status).toBe(200);
      const { lost, changed } = compareSnapshots(before, await snapshotDatabase(world.database, world.python));
      expect({ lost, changed }).toEqual({ lost: [], changed: [] });
    },
    async nothingLeft(lock) {
      const names = await readdir(world.folder, { recursive: true }).catch(() => []);
      const left = names.filter(
        (name) =>
          !name.includes('/.git/') &&
          !name.startsWith('pm2/') &&
          /\.partial|\.restoring|\.unpacked|pid\.(leader|parent)$|\/scratch\/.*\.sqlite/.test(name),
      );
      expect(left).toEqual([]);
      expect(await processesOf(world)).toEqual([expect.stringContaining('backend_python/app.py')]);
      if (lock === undefined) expect(await readFile(join(folder, 'lock'), 'utf8')).toMatch(/^\d+ -\n/);
    },
    close: () => world.close(),
  };
}

/** What runs in a world beside its router: pid and arguments. pm2's own daemon is not counted. */
export async function processesOf(world: World): Promise<readonly string[]> {
  const all = async () =>
    (await suiteProcesses(world.folder, new Set([process.pid]))).filter(
      (line) => !/router\.mjs|God Daemon|ProcessContainer|sshd/.test(line),
    );
  // What was told to end has a moment to do so.
  for (let i = 0; i < 20 && (await all()).length > 1; i++) await sleep(50);
  return await all();
}

/** A result that people can work with: no stack trace, the state that the system is in, the next command. */
export function expectTold(
  result: StepResult,
  expected: { decision: string; reason: string; text: RegExp; next: RegExp },
): void {
  expect({ decision: result.decision, reason: result.reason, text: result.text, next: result.next }).toEqual({
    decision: expected.decision,
    reason: expected.reason,
    text: expect.stringMatching(expected.text),
    next: expect.stringMatching(expected.next),
  });
  expect(`${result.text}${result.next}`).not.toMatch(/\n\s+at |node:internal|\[object |undefined/);
}

/** Does `work` once, when the first line that holds `text` is logged. */
export function whenLogged(text: string, work: () => void): Watched {
  const platform = watchedPlatform();
  let done = false;
  return {
    ...platform,
    log(line) {
      platform.log(line);
      if (done || !line.includes(text)) return;
      done = true;
      work();
    },
  };
}

/** Does `work` once, before the append that holds an event which `is` finds. */
export function beforeEvent(is: (event: NewEvent) => boolean, work: () => void): (store: Store) => Store {
  let done = false;
  return (store) => ({
    ...store,
    append(release, seq, lease, events) {
      if (!done && events.some(is)) {
        done = true;
        work();
      }
      return store.append(release, seq, lease, events);
    },
  });
}

/** A single step, in a context of its own. */
export async function withContext<T>(
  world: World,
  version: string,
  more: Partial<StepInputs>,
  work: (ctx: StepContext) => Promise<T>,
): Promise<T> {
  const ctx = await openContext(await world.inputs(version, { run: { id: randomUUID(), attempt: 1 }, ...more }));
  try {
    return await work(ctx);
  } finally {
    await ctx.close();
  }
}

/** Another program in the database, with a lock on all of it, until it is let go. */
export async function holdDatabase(
  world: World,
  file = world.database,
  statement = 'BEGIN EXCLUSIVE',
): Promise<{ pid: number; release(): Promise<void> }> {
  const program = `import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)\nc.execute(sys.argv[2])\nc.execute("SELECT count(*) FROM sqlite_schema").fetchone()\nprint("held", flush=True)\nsys.stdin.read()`;
  const child: ChildProcess = spawn(world.python, ['-c', program, file, statement], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) =>
    child.stdout?.once('data', resolve).once('end', () => reject(new Error('the holder ended'))),
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    pid: child.pid as number,
    async release() {
      child.stdin?.end();
      await ended;
    },
  };
}

/** Pids below one, by what they are called: its children, their children, and so on. */
export function descendants(pid: number): readonly { pid: number; name: string }[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='])
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const below = (parent: number): { pid: number; name: string }[] =>
    lines
      .filter(([, ppid]) => Number(ppid) === parent)
      .flatMap(([own, , name]) => [{ pid: Number(own), name: name ?? '' }, ...below(Number(own))]);
  return below(pid);
}

export function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n');
}
