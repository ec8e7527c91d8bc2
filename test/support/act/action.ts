import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PATH } from './act.ts';

/** What the runner knows of a job. */
export interface RunnerJob {
  readonly workspace: string;
  readonly temporary: string;
  readonly home: string;
  readonly repository: string;
  readonly run: number;
  readonly attempt: number;
  readonly job: string;
  readonly event: string;
  readonly api: string;
  readonly token: string;
  readonly tag: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ran {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly log: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  /** Waits until the action's output has it. */
  until(pattern: RegExp): Promise<void>;
}

let count = 0;

/** Starts an action's program as the runner does: inputs and files by the environment, and what earlier steps exported. */
export async function startAction(
  suite: string,
  name: string,
  inputs: Readonly<Record<string, string>>,
  job: RunnerJob,
): Promise<Started> {
  count += 1;
  await mkdir(job.temporary, { recursive: true });
  const file = (kind: string) => join(job.temporary, `${kind}-${count}`);
  // The job's environment outlives its steps.
  const exported = join(job.temporary, 'environment');
  for (const kind of ['output', 'summary', 'state']) await writeFile(file(kind), '');
  await writeFile(file('event'), JSON.stringify({ repository: { private: true } }));
  const before = await readFile(exported, 'utf8').catch(() => '');
  await writeFile(exported, before);
  const child = spawn('node', [join(suite, 'dist', name, 'index.js')], {
    cwd: job.workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME: job.home,
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: job.repository,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: job.api,
      GITHUB_RUN_ID: String(job.run),
      GITHUB_RUN_ATTEMPT: String(job.attempt),
      GITHUB_JOB: job.job,
      GITHUB_EVENT_NAME: job.event,
      GITHUB_EVENT_PATH: file('event'),
      GITHUB_WORKSPACE: job.workspace,
      GITHUB_ACTOR: 'dev',
      GITHUB_OUTPUT: file('output'),
      GITHUB_ENV: exported,
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_STATE: file('state'),
      RUNNER_TEMP: job.temporary,
      RUNNER_ENVIRONMENT: 'self-hosted',
      ...(job.tag === ''
        ? {}
        : { GITHUB_REF: `refs/tags/${job.tag}`, GITHUB_REF_NAME: job.tag, GITHUB_REF_TYPE: 'tag' }),
      ...fileCommands(before),
      INPUT_TOKEN: job.token,
      ...Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])),
      ...job.env,
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void (log += text));
  const ended = once(child, 'close').then(async ([code]) => ({
    code: code as number | null,
    outputs: fileCommands(await readFile(file('output'), 'utf8')),
    summary: await readFile(file('summary'), 'utf8'),
    log,
  }));
  return {
    child,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(log) && resolve();
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        look();
        void ended.then((ran) => reject(new Error(`${name} ended with ${ran.code} before ${pattern}\n${ran.log}`)));
      }),
  };
}

export async function runAction(
  suite: string,
  name: string,
  inputs: Readonly<Record<string, string>>,
  job: RunnerJob,
): Promise<Ran> {
  return await (await startAction(suite, name, inputs, job)).ended;
}

/** The runner's files: `name<<delimiter`, lines of the value, the delimiter. */
function fileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^([^\n=<]+)<<(\S+)\n([\s\S]*?)\n?^\2$/gm))
    values[name] = value;
  return values;
}
