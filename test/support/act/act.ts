import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const STUBS = fileURLToPath(new URL('./actions/', import.meta.url));
const ACT = join(process.env.RELEASE_RUNBOOK_CACHE ?? join(homedir(), '.cache', 'release-runbook'), 'bin', 'act');
/** Node 24 first: act takes whatever `node` it finds for actions. */
export const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);

/** Third-party actions of the workflows, by their pinned commits, and what stands in for them. */
const STUBBED = {
  checkout: 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8',
  'upload-artifact': 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02',
};

/** One line of `act --json`, as far as it matters here. */
interface Line {
  readonly job?: string;
  readonly jobID?: string;
  readonly jobResult?: string;
  readonly msg?: string;
  readonly step?: string;
  readonly stepID?: readonly string[];
  readonly stepResult?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly summary?: string;
  readonly content?: string;
  readonly raw_output?: boolean;
}

export interface ActRun {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Result by job id: success, failure or skipped; without those that have not ended. */
  readonly jobs: Readonly<Record<string, string>>;
  /** Output by `job.step.name`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What the actions printed, a line each. */
  readonly log: readonly string[];
  /** All summaries of a job's steps, in their order. */
  readonly summaries: Readonly<Record<string, string>>;
  /** Everything, for a test that fails. */
  readonly raw: readonly string[];
  readonly ended: Promise<number | null>;
  /** Waits for a line of an action's output. */
  until(pattern: RegExp): Promise<void>;
}

export interface ActOptions {
  readonly event: 'push' | 'workflow_dispatch';
  readonly workflow: string;
  readonly eventFile: string;
  /** The repository that act believes to be in. */
  readonly directory: string;
  /** The checkout of this repository: suiteCopy(). */
  readonly suite: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** What `uses: …@v1` brings: workflows, actions and dist, without node_modules. */
export async function suiteCopy(target: string): Promise<string> {
  if (!existsSync(join(ROOT, 'dist/program/index.js'))) throw new Error('dist/ is not there: npm run build');
  await mkdir(target, { recursive: true });
  for (const part of ['.github', 'actions', 'dist'])
    await cp(join(ROOT, part), join(target, part), { recursive: true });
  return target;
}

/** Starts act on a workflow; what it prints is read as it comes. */
export function startAct(options: ActOptions): ActRun {
  const pairs = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const args = [
    options.event,
    ...['--json', '--no-cache-server', '--no-skip-checkout', '--pull=false', '--action-offline-mode', '--rm'],
    ...['-W', options.workflow, '-e', options.eventFile, '-P', 'ubuntu-latest=-self-hosted'],
    ...[
      '--action-cache-path',
      join(options.home, '.cache/act'),
      '--env-file',
      '/dev/null',
      '--secret-file',
      '/dev/null',
      '--var-file',
      '/dev/null',
      '--input-file',
      '/dev/null',
    ],
    ...['--local-repository', `release-runbook/release-runbook@v1=${options.suite}`],
    ...Object.entries(STUBBED).flatMap(([name, repository]) => [
      '--local-repository',
      `${repository}=${join(STUBS, name)}`,
    ]),
    ...pairs('--env', { HOME: options.home, RUNNER_ENVIRONMENT: 'self-hosted', ...options.env }),
    ...pairs('--secret', options.secrets),
    ...pairs('--input', options.inputs ?? {}),
  ];
  // A group of its own, so that a test can kill it with all that it started, as a power cut would.
  const child = spawn(ACT, args, {
    cwd: options.directory,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME: options.home, GIT_PAGER: 'cat', LANG: process.env.LANG ?? 'C.UTF-8' },
  });
  const jobs: Record<string, string> = {};
  const outputs: Record<string, string> = {};
  const summaries: Record<string, string> = {};
  const log: string[] = [];
  const raw: string[] = [];
  const waiting = new Set<{ pattern: RegExp; done: () => void }>();
  const read = (text: string) => {
    raw.push(text);
    const line = parse(text);
    const job = line.jobID ?? '';
    if (line.jobResult !== undefined) jobs[job] = line.jobResult;
    if (line.command === 'set-output' && line.name !== undefined)
      outputs[`${job}.${(line.stepID ?? []).at(-1) ?? ''}.${line.name}`] = line.arg ?? '';
    if (line.command === 'summary') summaries[job] = (summaries[job] ?? '') + (line.content ?? '');
    if (line.raw_output === true || line.command !== undefined) log.push((line.msg ?? '').trimEnd());
    for (const one of waiting) if (one.pattern.test(line.msg ?? text)) one.done();
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', read);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    pid: child.pid ?? 0,
    child,
    jobs,
    outputs,
    log,
    summaries,
    raw,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        if (raw.some((text) => pattern.test(parse(text).msg ?? text))) return resolve();
        const one = {
          pattern,
          done: () => {
            waiting.delete(one);
            resolve();
          },
        };
        waiting.add(one);
        void ended.then(() => reject(new Error(`act ended before ${pattern}\n${log.slice(-40).join('\n')}`)));
      }),
  };
}

function parse(text: string): Line {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return { msg: text };
  }
}
