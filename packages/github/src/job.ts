import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Holder } from '@release-runbook/record/events';

/** The job that an action runs in, as the runner tells it. */
export interface Job {
  /** Undefined outside of a forge. */
  readonly repository: { readonly owner: string; readonly repo: string } | undefined;
  readonly run: { readonly id: string; readonly attempt: number; readonly url?: string } | null;
  readonly job: string;
  readonly commit: string | undefined;
  /** Tag that started the workflow. */
  readonly tag: string | undefined;
  readonly actor: string | undefined;
  readonly apiUrl: string;
  /** Everybody may read the repository's runs, with their artifacts and summaries. So it is as well where nothing tells. */
  readonly public: boolean;
  /** The runner is a machine that is thrown away after the job. */
  readonly vanishing: boolean;
  readonly workspace: string;
  /** A folder that lives as long as the job. */
  readonly temporary: string;
}

export function readJob(env: NodeJS.ProcessEnv = process.env): Job {
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').split('/');
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const id = env.GITHUB_RUN_ID;
  const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? '1') || 1;
  const workspace = env.GITHUB_WORKSPACE || process.cwd();
  return {
    repository: owner && repo ? { owner, repo } : undefined,
    run:
      id === undefined || id === ''
        ? null
        : { id, attempt, url: `${server}/${owner}/${repo}/actions/runs/${id}/attempts/${attempt}` },
    job: env.GITHUB_JOB || 'job',
    commit: env.GITHUB_SHA || undefined,
    tag: env.GITHUB_REF_TYPE === 'tag' ? env.GITHUB_REF_NAME || undefined : undefined,
    actor: env.GITHUB_ACTOR || undefined,
    apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
    public: Boolean(owner && repo) && isPublic(env.GITHUB_EVENT_PATH),
    vanishing: env.RUNNER_ENVIRONMENT === 'github-hosted',
    workspace,
    temporary: env.RUNNER_TEMP || workspace,
  };
}

interface EventFile {
  readonly repository?: { readonly visibility?: unknown; readonly private?: unknown };
}

/** By the event that started the run: each has the repository, with its visibility. */
function isPublic(eventFile: string | undefined): boolean {
  const { visibility, private: closed } = readEvent(eventFile)?.repository ?? {};
  return visibility === undefined ? closed !== true : visibility === 'public';
}

function readEvent(file: string | undefined): EventFile | undefined {
  try {
    return JSON.parse(readFileSync(file ?? '', 'utf8')) as EventFile;
  } catch {
    // No event, as where a program only resembles a runner.
    return undefined;
  }
}

/** The version that the event names: the tag, or that of a published release, or the input of a dispatch. */
export async function versionOfEvent(job: Job): Promise<string | undefined> {
  if (job.tag !== undefined || process.env.GITHUB_EVENT_PATH === undefined) return job.tag;
  // Brings half of Octokit along, so it is loaded for the events that need it alone.
  const { context } = await import('@actions/github');
  const payload = context.payload as { release?: { tag_name?: unknown }; inputs?: { version?: unknown } | null };
  const found = payload.release?.tag_name ?? payload.inputs?.version;
  return typeof found === 'string' && found !== '' ? found : undefined;
}

const nonceVariable = 'RELEASE_RUNBOOK_NONCE';

/** Who holds the lock: the job, told apart from any other by a nonce that its steps share through the job's environment. */
export function holderOf(job: Job, exportVariable: (name: string, value: string) => void, now = new Date()): Holder {
  let nonce = process.env[nonceVariable];
  if (nonce === undefined || nonce === '') {
    nonce = randomUUID();
    exportVariable(nonceVariable, nonce);
  }
  return { run: job.run?.id ?? 'local', attempt: job.run?.attempt ?? 1, job: job.job, nonce, since: now.toISOString() };
}
