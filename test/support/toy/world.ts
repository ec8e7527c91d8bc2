import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRecord } from '@release-runbook/record/recorder';
import { parseRunbook } from '@release-runbook/runbook/load';
import { openContext, type StepContext } from '@release-runbook/steps/context';
import type { StepResult } from '@release-runbook/steps/decision';
import { terminalHolder } from '@release-runbook/steps/lock';
import { digestOf } from '@release-runbook/steps/plan-digest';
import type { RollbackOptions } from '@release-runbook/steps/rollback';
import { watchedPlatform } from '../platform.ts';
import { type Sshd, startSshd } from '../sshd.ts';
import { hashFolder } from './hash.ts';
import { client, type Looked, look, pythonFolder } from './look.ts';
import { endOf, suiteProcesses } from './processes.ts';
import { runnerProgram } from './program.ts';
import { type Kind, toyRunbook } from './runbook.ts';
import { startTraffic, type Traffic } from './traffic.ts';

const HERE = fileURLToPath(new URL('./', import.meta.url));
const ROUTER = fileURLToPath(new URL('../../../examples/brand-diagnosis/router', import.meta.url));
const execute = promisify(execFile);

/**
 * v2.0.0 goes through; -wrong starts and answers wrong; -worse passes its checks and fails in the canary gate; -refused does not
 * get through its rehearsal; -slow migrates for long.
 */
export const VERSIONS = ['v1.0.0', 'v2.0.0', 'v2.0.0-wrong', 'v2.0.0-worse', 'v2.0.0-refused', 'v2.0.0-slow'] as const;
export type Version = (typeof VERSIONS)[number];

export interface Variant {
  readonly kind: Kind;
  readonly host: 'local' | 'ssh';
  readonly traffic: 'writes' | 'reads';
  readonly version: Version;
}

/** Where the process that works is to die. */
export interface Fault {
  /** An event, by its kind, step, item and how-many-th of that name: `did migrate migrate:main #1`. */
  readonly key: string;
  readonly moment: 'before' | 'after' | 'during';
  /** After the event's append, for `during`. */
  readonly delayMs: number;
}

/** An event as it was written, at so many ms since the process began, in the how-many-th append. */
export interface Traced {
  readonly key: string;
  readonly at: number;
  readonly append: number;
}

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
  /** What it wrote when it came to its end. */
  readonly told:
    | {
        readonly results: readonly (StepResult & { step: string; ms: number })[];
        readonly lines: readonly string[];
        readonly trace: readonly Traced[];
      }
    | undefined;
}

export interface Before {
  readonly database: Looked;
  readonly code: string;
}

export interface World {
  readonly folder: string;
  readonly root: string;
  readonly directory: string;
  readonly database: string;
  readonly url: string;
  readonly ports: { readonly router: number; readonly blue: number; readonly green: number };
  readonly variant: Variant;
  readonly before: Before;
  readonly traffic: Traffic;
  /** A process of its own that releases, or brings back. */
  run(
    mode: 'release' | 'rollback',
    more?: { fault?: Fault | undefined; split?: boolean; options?: Partial<RollbackOptions> },
  ): Promise<Ran>;
  /** Processes that the suite has started in this world, other than those that are meant to run. */
  leftovers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The toy at v1.0.0, released by the suite a while ago, with requests running. */
export async function makeWorld(variant: Variant): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'toy-'));
  const [directory, root, versions] = [join(folder, 'srv'), join(folder, 'suite'), join(folder, 'versions')];
  const sshd: Sshd | undefined = variant.host === 'ssh' ? await startSshd({ home: folder }) : undefined;
  const ports = { router: await nextPort(), blue: await nextPort(), green: await nextPort() };
  await mkdir(join(folder, 'tmp'), { recursive: true });
  for (const version of VERSIONS) {
    await mkdir(join(versions, version), { recursive: true });
    for (const file of ['app.py', 'migrate.py']) await cp(join(HERE, file), join(versions, version, file));
    await writeFile(join(versions, version, 'VERSION'), `${version}\n`);
  }
  for (const slot of variant.kind === 'restore' ? ['blue'] : ['blue', 'green']) {
    await mkdir(join(directory, slot), { recursive: true });
    for (const file of ['app.py', 'VERSION']) await cp(join(versions, 'v1.0.0', file), join(directory, slot, file));
  }
  const database = join(directory, 'database.db');
  const python = await pythonFolder();
  await execute(join(python, 'python3'), ['-c', FILL, database]);
  const shared = { directory, path: [python] };
  const host =
    sshd === undefined
      ? { local: true, ...shared }
      : {
          ssh: `${sshd.user}@127.0.0.1`,
          port: sshd.port,
          key: '$DEPLOY_KEY',
          'known-hosts': '$KNOWN_HOSTS',
          ...shared,
        };
  const env: Record<string, string> = sshd === undefined ? {} : { DEPLOY_KEY: sshd.key, KNOWN_HOSTS: sshd.knownHosts };
  const text = toyRunbook({ kind: variant.kind, host, versions, client: await client(), ports });
  const runbook = join(folder, 'runbook.yml');
  await writeFile(runbook, text);

  const started: ChildProcess[] = [];
  let url = `http://127.0.0.1:${ports.blue}`;
  if (variant.kind !== 'restore') {
    await cp(ROUTER, join(directory, 'router'), { recursive: true });
    await writeFile(join(directory, 'router/state.json'), '{"blue":100,"green":0}');
    started.push(
      spawn(
        process.execPath,
        ['router/router.mjs', String(ports.router), String(ports.blue), String(ports.green), 'router/state.json'],
        { cwd: directory, stdio: 'ignore' },
      ),
    );
    url = `http://127.0.0.1:${ports.router}`;
  }
  const withContext = async <T>(work: (ctx: StepContext) => Promise<T>): Promise<T> => {
    const holder = await terminalHolder(randomUUID(), new Date());
    const ctx = await openContext({
      runbook: await parseRunbook(text, 'runbook.yml'),
      version: 'v1.0.0',
      holder,
      run: null,
      env,
      root,
      platform: watchedPlatform(),
    });
    try {
      return await work(ctx);
    } finally {
      await ctx.close();
    }
  };
  await withContext(async (ctx) => {
    await earlierRelease(ctx, variant);
    const service = ctx.services.backend;
    if (service === undefined) throw new Error('no service');
    const place = service.place(variant.kind === 'restore' ? null : 'blue');
    await service.start(place, {
      PORT: String(ports.blue),
      DATABASE_PATH: database,
      VERSION: 'v1.0.0',
      TRACK: 'stable',
      SLOT: place.slot ?? '',
    });
    await service.healthy(place);
  });
  for (
    let i = 0;
    i < 200 &&
    !(await fetch(`${url}/health`).then(
      (a) => a.ok,
      () => false,
    ));
    i++
  )
    await sleep(25);
  const before: Before = { database: await look(database), code: await hashFolder(directory, ['blue', 'green']) };
  // A weight's share needs some requests before its clock starts.
  const traffic = startTraffic(url, variant.traffic, 20);
  const known = new Set([...started.map(({ pid }) => pid), sshd?.pid]);

  return {
    folder,
    root,
    directory,
    database,
    url,
    ports,
    variant,
    before,
    traffic,
    async run(mode, { fault, split = true, options = {} } = {}) {
      const id = randomUUID();
      const file = join(folder, `${id}.json`);
      const out = join(folder, `${id}.out`);
      await writeFile(
        file,
        JSON.stringify({
          mode,
          runbook,
          version: mode === 'release' ? variant.version : '',
          nonce: id,
          root,
          env,
          out,
          fault: fault ?? null,
          split,
          options,
        }),
      );
      const ended = await endOf(
        spawn(process.execPath, [await runnerProgram(), file], {
          cwd: folder,
          env: { ...process.env, TMPDIR: join(folder, 'tmp') },
          stdio: ['ignore', 'ignore', 'pipe'],
        }),
      );
      const told = await readFile(out, 'utf8').then(JSON.parse, () => undefined);
      return { ...ended, told };
    },
    leftovers: () => suiteProcesses(folder, known),
    async close() {
      await traffic.stop();
      await withContext(async (ctx) => {
        for (const service of Object.values(ctx.services))
          for (const place of service.places()) await service.stop(place);
      }).catch(() => {});
      for (const child of started) child.kill('SIGKILL');
      for (const line of await suiteProcesses(folder, known)) process.kill(Number(line.split(' ')[0]), 'SIGKILL');
      await sshd?.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** The release that brought v1.0.0, as its record would tell: the fault's release supersedes it. */
async function earlierRelease(ctx: StepContext, variant: Variant): Promise<void> {
  const { state } = await ctx.store.take(ctx.holder);
  const lease = { nonce: ctx.holder.nonce, epoch: state.epoch };
  const { system, environment } = ctx.runbook;
  const plan = { system, environment, version: 'v1.0.0', previous: 'v0.9.0', commit: 'none' };
  const slots = variant.kind === 'restore' ? null : { stable: 'green', canary: 'blue' };
  const recorder = await createRecord(
    '20200101T000000Z-v1.0.0',
    {
      ...plan,
      event: 'opened',
      step: 'release',
      release: '20200101T000000Z-v1.0.0',
      tracks: slots,
      runbook: ctx.runbook.resolved,
      digest: digestOf({ ...plan, runbook: ctx.runbook.digest }),
      tool: 'test',
      run: null,
    },
    { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact },
  );
  await recorder.write({ event: 'serving', step: 'canary', version: 'v1.0.0', slot: slots === null ? null : 'blue' });
  await ctx.store.release(ctx.holder.nonce);
}

const FILL = `
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
connection.executemany("INSERT INTO notes (text) VALUES (?)", [(f"note {i}",) for i in range(50)])
connection.commit()
`;

// Below the ports that the system gives to clients: none of the many requests takes a server's port away.
let port = 20_000 + (process.pid % 50) * 200;

async function nextPort(): Promise<number> {
  for (;;) {
    const candidate = port++;
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(candidate, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return candidate;
  }
}
