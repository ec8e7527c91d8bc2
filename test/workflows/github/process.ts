import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// The compiled program, in a process of its own, as a runner starts it.
const program = new URL('../../../actions/lib/program.js', import.meta.url).href;

export interface Ran {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A job whose steps share its environment: `work` is its checkout, `temp` lives as long as the job. */
export interface Job {
  run(action: string, inputs?: Readonly<Record<string, string>>): Promise<Ran>;
}

export async function startJob(folder: string, more: Readonly<Record<string, string>> = {}): Promise<Job> {
  const file = (name: string) => join(folder, name);
  await mkdir(file('temp'), { recursive: true });
  await mkdir(file('work'), { recursive: true });
  let nonce: string | undefined;
  return {
    async run(action, inputs = {}) {
      for (const name of ['output', 'summary', 'env']) await writeFile(file(name), '');
      const given = Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      );
      const env = {
        PATH: process.env.PATH,
        HOME: folder,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_WORKSPACE: file('work'),
        RUNNER_TEMP: file('temp'),
        GITHUB_RUN_ID: '7',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_JOB: 'job',
        GITHUB_SHA: 'c0ffee',
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        GITHUB_ENV: file('env'),
        ...(nonce === undefined ? {} : { RELEASE_RUNBOOK_NONCE: nonce }),
        ...more,
        ...given,
      };
      const ran = await new Promise<{ code: number; log: string }>((resolve) =>
        execFile(
          process.execPath,
          ['--input-type=module', '-e', `const { run } = await import('${program}'); await run('${action}')`],
          { cwd: env.GITHUB_WORKSPACE, env },
          (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), log: stdout + stderr }),
        ),
      );
      nonce ??= /RELEASE_RUNBOOK_NONCE<<.*\n(.*)\n/.exec(await readFile(file('env'), 'utf8'))?.[1];
      const outputs = Object.fromEntries(
        [...(await readFile(file('output'), 'utf8')).matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(
          ([, name = '', , value = '']) => [name, value],
        ),
      );
      return { ...ran, outputs, summary: await readFile(file('summary'), 'utf8') };
    },
  };
}
