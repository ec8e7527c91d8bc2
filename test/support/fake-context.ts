import type { Database } from '@release-runbook/databases/types';
import type { Host, Hosts, ProgramResult } from '@release-runbook/hosts/types';
import type { NewEvent } from '@release-runbook/record/events';
import { fold } from '@release-runbook/record/fold';
import { createRecord, type Recorder } from '@release-runbook/record/recorder';
import type { ReleaseState } from '@release-runbook/record/state';
import type { Lease, Store } from '@release-runbook/record/store';
import { parseRunbook } from '@release-runbook/runbook/load';
import type { Runbook } from '@release-runbook/runbook/types';
import type { Place, Service } from '@release-runbook/services/types';
import { Cancelled, type Clock, type StepContext } from '@release-runbook/steps/context';
import { planDigest } from '@release-runbook/steps/plan-digest';
import type { Platform } from '@release-runbook/steps/platform';
import type { Router, Weights } from '@release-runbook/traffic/types';
import { type MemoryStore, memoryStore } from './memory-store.ts';

/** A clock that stands still until somebody sleeps on it. */
export interface VirtualClock extends Clock {
  /** Runs when the clock reaches that many ms after its start. */
  at(ms: number, what: () => void): void;
  /** Runs whenever time passes, with the ms that passed. */
  onPass(what: (ms: number) => void): void;
  elapsed(): number;
}

export function virtualClock(start = '2026-11-21T02:00:00.000Z'): VirtualClock {
  const origin = Date.parse(start);
  let nowMs = origin;
  let due: { atMs: number; what: () => void }[] = [];
  const passing: ((ms: number) => void)[] = [];
  const pass = (untilMs: number) => {
    for (const what of passing) what(untilMs - nowMs);
    nowMs = untilMs;
  };
  return {
    now: () => new Date(nowMs),
    elapsed: () => nowMs - origin,
    at: (ms, what) => void due.push({ atMs: origin + ms, what }),
    onPass: (what) => void passing.push(what),
    async sleep(ms, signal) {
      const stopped = () => signal?.aborted === true;
      if (stopped()) throw new Cancelled();
      const untilMs = nowMs + ms;
      for (;;) {
        const next = due.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        due = due.filter((one) => one !== next);
        pass(Math.max(nowMs, next.atMs));
        next.what();
        if (stopped()) throw new Cancelled();
      }
      pass(untilMs);
      // Other promises get their turn, as they would while a real timer runs.
      await new Promise((resolve) => setImmediate(resolve));
      if (stopped()) throw new Cancelled();
    },
  };
}

export interface FakeRouter extends Router {
  inForce: Weights;
  /** Requests a second that users send, over all slots. */
  rps: number;
  /** Percent that really come to each slot; default what is in force. */
  actual: ((inForce: Weights) => Weights) | undefined;
  /** False: the router cannot tell requests. */
  tells: boolean;
  /** Every weight that was set, in order. */
  readonly sets: Weights[];
}

export function fakeRouter(clock: VirtualClock, inForce: Weights, rps = 50): FakeRouter {
  const served: Record<string, number> = {};
  const router: FakeRouter = {
    inForce,
    rps,
    actual: undefined,
    tells: true,
    sets: [],
    async set(weights) {
      router.sets.push(weights);
      router.inForce = weights;
    },
    read: async () => router.inForce,
    requests: async () =>
      router.tells
        ? Object.fromEntries(Object.keys(router.inForce).map((slot) => [slot, Math.floor(served[slot] ?? 0)]))
        : undefined,
  };
  clock.onPass((ms) => {
    const weights = router.actual?.(router.inForce) ?? router.inForce;
    for (const [slot, percent] of Object.entries(weights))
      served[slot] = (served[slot] ?? 0) + (router.rps * ms * percent) / 100_000;
  });
  return router;
}

/** What a program on a host prints, by its words and environment; a number is its exit code. */
export type Answers = (program: readonly string[], env: Readonly<Record<string, string>>) => string | number;

export function fakeHosts(answers: Answers): Hosts {
  const host = (name: string): Host => {
    const missing = (what: string) => () => Promise.reject(new Error(`the fake host cannot ${what}`));
    return {
      name,
      kind: 'local',
      spec: { local: true },
      state: async () => '/state',
      directory: async () => '/srv',
      async exec(program, options = {}): Promise<ProgramResult> {
        const answer = answers(program, options.env ?? {});
        return {
          code: typeof answer === 'number' ? answer : 0,
          stdout: typeof answer === 'number' ? '' : answer,
          stderr: typeof answer === 'number' ? 'it failed' : '',
          ms: 1,
          timedOut: false,
        };
      },
      shell: missing('run a shell'),
      supervise: missing('supervise'),
      jobState: async () => ({ state: 'none' }),
      stopJob: async () => ({ state: 'none' }),
      fence: () => {},
      sweep: async () => [],
      daemon: missing('start a daemon'),
      read: missing('read'),
      write: missing('write'),
      send: missing('send'),
      fetch: missing('fetch'),
      forward: missing('connect'),
      close: async () => {},
    };
  };
  return { get: host, names: () => ['app'], fence: () => {}, close: async () => {} };
}

export interface FakeService extends Service {
  /** Running slots; '' for a service in one place. */
  readonly running: Set<string>;
  /** Lines by slot, as its log has them. */
  readonly lines: Record<string, string[]>;
  /** What `ask` answers for a slot; undefined: healthy. */
  health: (slot: string | null) => string | undefined;
  readonly started: { place: Place; env: Readonly<Record<string, string>> }[];
}

export function fakeService(name: string, runbook: Runbook, host: Host): FakeService {
  const spec = runbook.services[name];
  if (spec === undefined) throw new Error(`the runbook has no service ${name}`);
  const places: Place[] =
    spec.slots === undefined
      ? [{ slot: null, port: spec.port, directory: spec.directory ?? '.' }]
      : Object.entries(spec.slots).map(([slot, { port, directory }]) => ({ slot, port, directory }));
  const service: FakeService = {
    name,
    host,
    spec,
    running: new Set(places.map(({ slot }) => slot ?? '')),
    lines: {},
    health: () => undefined,
    started: [],
    places: () => places,
    place: (slot) => places.find((each) => each.slot === slot) as Place,
    async start(place, env) {
      service.started.push({ place, env });
      service.running.add(place.slot ?? '');
    },
    stop: async ({ slot }) => void service.running.delete(slot ?? ''),
    forget: async ({ slot }) => void service.running.delete(slot ?? ''),
    status: async ({ slot }) => ({ running: service.running.has(slot ?? ''), pid: 1, restarts: 0, memoryBytes: 0 }),
    healthy: async () => ({ ms: 1 }),
    ask: async ({ slot }) => service.health(slot),
    async log({ slot }, mark) {
      const lines = service.lines[slot ?? ''] ?? [];
      return { lines: mark === undefined ? [] : lines.slice(Number(mark)), mark: String(lines.length) };
    },
  };
  return service;
}

export interface FakePlatform extends Platform {
  readonly lines: string[];
  readonly annotations: { kind: string; text: string; line: number | undefined }[];
  readonly progressed: string[];
  readonly controller: AbortController;
}

export function fakePlatform(): FakePlatform {
  const controller = new AbortController();
  const platform: FakePlatform = {
    lines: [],
    annotations: [],
    progressed: [],
    controller,
    signal: controller.signal,
    log: (text) => void platform.lines.push(text),
    group: (_title, work) => work(),
    progress: ({ what }) => void platform.progressed.push(what),
    annotate: (kind, text, at) => void platform.annotations.push({ kind, text, line: at?.line }),
    publish: async () => {},
  };
  return platform;
}

/** Everything outside the process: it outlives the contexts that work with it. */
export interface World {
  readonly runbook: Runbook;
  readonly clock: VirtualClock;
  readonly store: MemoryStore;
  readonly router: FakeRouter;
  readonly services: Readonly<Record<string, FakeService>>;
  readonly databases: Record<string, Database>;
  answers: Answers;
  issues: (label: string, since: Date) => number | undefined;
}

export async function fakeWorld(yaml: string, rps = 50): Promise<World> {
  const runbook = await parseRunbook(yaml, 'runbook.yml', {});
  const clock = virtualClock();
  const hosts = fakeHosts((program, env) => world.answers(program, env));
  const world: World = {
    runbook,
    clock,
    store: memoryStore(() => clock.now()),
    router: fakeRouter(clock, { blue: 100, green: 0 }, rps),
    services: Object.fromEntries(
      Object.keys(runbook.services).map((name) => [name, fakeService(name, runbook, hosts.get('app'))]),
    ),
    databases: {},
    answers: () => '0',
    issues: () => 0,
  };
  return world;
}

export interface FakeContext extends StepContext {
  readonly platform: FakePlatform;
}

/** A job of attempt `attempt` in that world. `wrapStore` puts faults in front of the store, `wrap` in front of the rest. */
export function fakeContext(
  world: World,
  options: {
    attempt?: number;
    wrapStore?: (store: Store) => Store;
    wrap?: <T extends object>(part: T) => T;
    version?: string;
  } = {},
): FakeContext {
  const { attempt = 1, wrap = (part) => part } = options;
  const { runbook, clock } = world;
  return {
    runbook,
    version: options.version ?? 'v2.0.0',
    holder: { run: 'run-1', attempt, job: 'release', nonce: `nonce-${attempt}`, since: clock.now().toISOString() },
    run: { id: 'run-1', attempt },
    env: {},
    platform: fakePlatform(),
    forge: {
      commitChecks: async () => [],
      issues: async (label, since) => world.issues(label, since),
      ended: async () => undefined,
    },
    clock,
    hosts: wrap(fakeHosts((program, env) => world.answers(program, env))),
    store: options.wrapStore?.(world.store) ?? world.store,
    services: Object.fromEntries(Object.entries(world.services).map(([name, service]) => [name, wrap(service)])),
    databases: world.databases,
    router: runbook.canary === undefined ? undefined : wrap(world.router),
    secrets: {},
    redact: (text) => text,
    close: async () => {},
  };
}

export const RELEASE = '20261121T020000Z-v2.0.0';
export const BEFORE = '20261101T020000Z-v1.0.0';

/** v1.0.0 serves in blue, and v2.0.0 is open with what deploy did, its lock held by the given job. */
export async function openFakeRelease(
  ctx: FakeContext,
  options: {
    previous?: string | null;
    tracks?: { stable: string; canary: string } | null;
    before?: readonly NewEvent[];
    events?: readonly NewEvent[];
  } = {},
): Promise<{ recorder: Recorder; lease: Lease }> {
  const { previous = 'v1.0.0', tracks = { stable: 'blue', canary: 'green' } } = options;
  const { state } = await ctx.store.take(ctx.holder);
  const lease = { nonce: ctx.holder.nonce, epoch: state.epoch };
  const more = { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact };
  const common = {
    event: 'opened',
    step: 'release',
    system: ctx.runbook.system,
    environment: ctx.runbook.environment,
    runbook: ctx.runbook.resolved,
    ...(await planDigest(ctx, previous)),
    tool: '0.0.0',
  } as const;
  if (previous !== null) {
    const before = await createRecord(
      BEFORE,
      { ...common, release: BEFORE, version: previous, previous: 'v0.9.0', tracks, run: { id: 'run-0', attempt: 1 } },
      more,
    );
    await before.write(...(options.before ?? []), {
      event: 'serving',
      step: 'canary',
      version: previous,
      slot: tracks === null ? null : tracks.stable,
    });
  }
  const recorder = await createRecord(
    RELEASE,
    { ...common, release: RELEASE, version: ctx.version, previous, tracks, run: ctx.run },
    more,
  );
  await recorder.write(
    { event: 'intends', step: 'deploy', item: 'restart:backend', undo: { slot: tracks?.canary ?? null } },
    { event: 'did', step: 'deploy', item: 'restart:backend', ms: 1 },
    ...(options.events ?? []),
  );
  return { recorder, lease };
}

export function stateOf(world: World, release = RELEASE): ReleaseState {
  return fold(world.store.records.get(release) as string, release);
}
