import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseRunbook } from '@release-runbook/runbook/load';
import { backup } from '@release-runbook/steps/backup';
import { canary } from '@release-runbook/steps/canary';
import { openContext, type StepContext, type StepInputs } from '@release-runbook/steps/context';
import type { StepResult } from '@release-runbook/steps/decision';
import { deploy } from '@release-runbook/steps/deploy';
import { terminalHolder } from '@release-runbook/steps/lock';
import { migrate } from '@release-runbook/steps/migrate';
import { preflight } from '@release-runbook/steps/preflight';
import { type RollbackOptions, rollback } from '@release-runbook/steps/rollback';
import { smoke } from '@release-runbook/steps/smoke';
import { parseDocument } from 'yaml';
import { type Watched, watchedPlatform } from '../platform.ts';
import { type Sshd, startSshd } from '../sshd.ts';
import { freePort, makeDatabase } from './app.ts';
import { assembleRepository, makeBareOrigin, type VersionName } from './assemble.ts';
import { pythonWithFlask } from './python.ts';
import { run, runOrFail } from './run.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples/brand-diagnosis');

export interface WorldOptions {
  readonly host?: 'local' | 'ssh';
  readonly manager?: 'pm2' | 'command';
  readonly versions?: readonly VersionName[];
  /** Changes of the runbook, by path: `{ 'migrate.main.undo': { restore: {} } }`; undefined deletes. */
  readonly runbook?: Readonly<Record<string, unknown>>;
}

/** brand-diagnosis on a host: v1.0.0 serves from slot blue behind the router, as its people had set it up by hand. */
export interface World {
  readonly folder: string;
  /** The host's directory. */
  readonly directory: string;
  readonly repository: string;
  readonly database: string;
  readonly python: string;
  readonly url: string;
  readonly ports: { readonly blue: number; readonly green: number };
  readonly runbookFile: string;
  readonly runbookText: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** The suite's folder on the host. */
  readonly root: string;
  /** Of a host by ssh. */
  readonly sshd: Sshd | undefined;
  inputs(version: string, more?: Partial<StepInputs>): Promise<StepInputs & { platform: Watched }>;
  /** All steps of a release, up to the first that does not proceed. */
  release(
    version: string,
    more?: Partial<StepInputs>,
  ): Promise<{ step: string; result: StepResult; platform: Watched }>;
  rollback(
    options?: Partial<RollbackOptions>,
    more?: Partial<StepInputs>,
  ): Promise<{ result: StepResult; platform: Watched }>;
  /** Version that the router's next answers come from. */
  served(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const { host = 'local', manager = 'command' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'brand-diagnosis-'));
  const directory = join(folder, 'srv');
  const root = join(folder, 'suite');
  const python = await pythonWithFlask();
  const sshd: Sshd | undefined = host === 'ssh' ? await startSshd({ home: folder }) : undefined;
  const [router, blue, green] = [await freePort(), await freePort(), await freePort()];
  const repository = join(folder, 'repository');
  const runbookText = await runbookFor(options, {
    directory,
    python,
    sshd,
    ports: { blue, green },
    repository,
    folder,
  });
  await assembleRepository(repository, {
    ...(options.versions === undefined ? {} : { versions: options.versions }),
    files: { '.github/runbook.yml': runbookText },
  });
  const origin = await makeBareOrigin(repository, join(folder, 'origin.git'));
  await mkdir(directory, { recursive: true });
  for (const slot of ['blue', 'green']) {
    await runOrFail('git', ['clone', '--quiet', origin, join(directory, slot)]);
    await runOrFail('git', ['-C', join(directory, slot), 'checkout', '--quiet', '--detach', 'v1.0.0']);
  }
  await writeFile(join(directory, '.env'), 'SECRET_KEY=Zq7vX2mK9pR4tW8yB3nF6hJ1dL5sG0aC\n');
  await cp(join(EXAMPLE, 'router'), join(directory, 'router'), { recursive: true });
  await writeFile(join(directory, 'router/state.json'), '{"blue":100,"green":0}');
  const database = join(directory, 'database.db');
  await makeDatabase({ tree: join(directory, 'blue'), database, python });

  const started: ChildProcess[] = [];
  started.push(
    spawn(process.execPath, ['router/router.mjs', String(router), String(blue), String(green), 'router/state.json'], {
      cwd: directory,
      stdio: 'ignore',
    }),
  );
  const secrets: Record<string, string> =
    sshd === undefined ? {} : { DEPLOY_KEY: sshd.key, KNOWN_HOSTS: sshd.knownHosts };
  const url = `http://127.0.0.1:${router}`;
  const runbookFile = join(repository, '.github/runbook.yml');

  // One person at one terminal: release and rollback come from the same holder.
  const holder = await terminalHolder(randomUUID(), new Date());
  const inputs: World['inputs'] = async (version, more = {}) => ({
    runbook: await parseRunbook(runbookText, '.github/runbook.yml'),
    version,
    holder,
    run: null,
    env: secrets,
    root,
    ...more,
    platform: (more.platform as Watched | undefined) ?? watchedPlatform(),
  });
  const withContext = async <T>(given: StepInputs, work: (ctx: StepContext) => Promise<T>): Promise<T> => {
    const ctx = await openContext(given);
    try {
      return await work(ctx);
    } finally {
      await ctx.close();
    }
  };
  const world: World = {
    folder,
    directory,
    repository,
    database,
    python,
    url,
    ports: { blue, green },
    runbookFile,
    runbookText,
    secrets,
    root,
    sshd,
    inputs,
    async release(version, more = {}) {
      const given = await inputs(version, { run: { id: randomUUID(), attempt: 1 }, ...more });
      return await withContext(given, async (ctx) => {
        const steps = [
          ['preflight', () => preflight(ctx, { rehearse: false })],
          ['backup', () => backup(ctx)],
          ['migrate', () => migrate(ctx)],
          ['deploy', () => deploy(ctx)],
          ['smoke', () => smoke(ctx)],
          ['canary', () => canary(ctx, {})],
        ] as const;
        let last: { step: string; result: StepResult } | undefined;
        for (const [step, work] of steps) {
          last = { step, result: await work() };
          if (last.result.decision !== 'proceed') break;
        }
        return { ...(last as { step: string; result: StepResult }), platform: given.platform };
      });
    },
    async rollback(options = {}, more = {}) {
      const given = await inputs('', more);
      const all: RollbackOptions = {
        reason: 'asked for by the test',
        acceptLoss: false,
        dryRun: false,
        force: false,
        ...options,
      };
      return { result: await withContext(given, (ctx) => rollback(ctx, all)), platform: given.platform };
    },
    async served() {
      const versions = new Set<string>();
      for (let i = 0; i < 25; i++) {
        const answer = await fetch(`${url}/health`);
        await answer.arrayBuffer();
        const version = answer.headers.get('x-version');
        versions.add(version === null ? String(answer.status) : `v${version}`);
      }
      return [...versions];
    },
    async close() {
      await withContext(await inputs('v1.0.0'), async (ctx) => {
        for (const service of Object.values(ctx.services))
          for (const place of service.places()) await service.stop(place);
      });
      if (manager === 'pm2')
        await run(join(ROOT, 'node_modules/.bin/pm2'), ['kill'], {
          env: { ...process.env, PM2_HOME: join(folder, 'pm2') },
        });
      for (const child of started) child.kill('SIGKILL');
      await sshd?.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  await withContext(await inputs('v1.0.0'), async (ctx) => {
    const service = ctx.services.backend;
    if (service === undefined) throw new Error('no service');
    await service.start(service.place('blue'), {
      PORT: String(blue),
      DATABASE_PATH: database,
      SLOT: 'blue',
      TRACK: 'stable',
      VERSION: 'v1.0.0',
    });
    await service.healthy(service.place('blue'));
  });
  for (
    let i = 0;
    i < 100 &&
    !(await fetch(`${url}/health`).then(
      (a) => a.ok,
      () => false,
    ));
    i++
  )
    await sleep(50);
  return world;
}

/** The example's own runbook with the test's host, ports and times. */
async function runbookFor(
  { manager = 'command', runbook = {} }: WorldOptions,
  world: {
    directory: string;
    python: string;
    sshd: Sshd | undefined;
    ports: { blue: number; green: number };
    repository: string;
    folder: string;
  },
): Promise<string> {
  const doc = parseDocument(await readFile(join(EXAMPLE, '.github/runbook.yml'), 'utf8'));
  const { directory, python, sshd, ports, repository, folder } = world;
  const shared = {
    directory,
    path: [dirname(python), dirname(process.execPath), join(ROOT, 'node_modules/.bin')],
    env: { PM2_HOME: join(folder, 'pm2') },
  };
  doc.setIn(
    ['environments', 'production', 'hosts', 'app'],
    sshd === undefined
      ? { local: true, ...shared }
      : {
          ssh: `${sshd.user}@127.0.0.1`,
          port: sshd.port,
          key: '$DEPLOY_KEY',
          'known-hosts': '$KNOWN_HOSTS',
          ...shared,
        },
  );
  doc.deleteIn(['environments', 'production', 'window']);
  doc.setIn(['source'], { git: { directory: repository } });
  doc.setIn(['services', 'backend', 'slots'], {
    blue: { port: ports.blue, directory: 'blue' },
    green: { port: ports.green, directory: 'green' },
  });
  if (manager === 'command') {
    doc.deleteIn(['services', 'backend', 'pm2']);
    doc.setIn(['services', 'backend', 'command'], { start: ['python3', 'backend_python/app.py'] });
    doc.deleteIn(['services', 'backend', 'start']);
  }
  doc.setIn(['canary', 'weights'], ['25%', '100%']);
  doc.setIn(['canary', 'each'], '2s');
  doc.setIn(['canary', 'every'], '1s');
  // On a machine under load a verdict may take longer; a gate in a test waits for it.
  doc.setIn(['canary', 'hold-for'], '60s');
  for (const [path, value] of Object.entries(runbook)) {
    if (value === undefined) doc.deleteIn(path.split('.'));
    else doc.setIn(path.split('.'), value);
  }
  return doc.toString();
}
