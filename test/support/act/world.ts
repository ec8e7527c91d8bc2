import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runOrFail, run as runProgram } from '../brand-diagnosis/run.ts';
import { makeWorld, type World, type WorldOptions } from '../brand-diagnosis/world.ts';
import { type GitHubServer, startGitHubServer } from '../github-server/server.ts';
import { type ActRun, startAct, suiteCopy } from './act.ts';
import type { RunnerJob } from './action.ts';

export const TOKEN = 'ghs_a-token-of-the-test';
const OWNER = 'acme';
const REPO = 'brand-diagnosis';

export interface StartOptions {
  readonly tag?: string;
  /** By hand, from main: the inputs of the dispatch. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly run?: number;
  readonly attempt?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** brand-diagnosis with v1 serving, its repository on a GitHub of the test's own, and a runner beside it. */
export interface ActWorld extends World {
  readonly server: GitHubServer;
  /** The pull request whose merge a tag points at, by tag. */
  readonly pulls: Readonly<Record<string, number>>;
  /** Another pull request that went into v2.0.0. */
  readonly other: number;
  readonly artifacts: string;
  readonly suite: string;
  /** The bare repository that jobs and hosts fetch from. */
  readonly origin: string;
  /** Starts release.yml on a tag, or rollback.yml by hand where `inputs` are given. */
  start(options: StartOptions): Promise<ActRun>;
  /** `start`, and waits for its end. */
  run(options: StartOptions): Promise<ActRun>;
  /** The run's job waits before its checkout until it is let go: what approval and queue do. */
  hold(job: string, run: number): Promise<() => Promise<void>>;
  /** A job of its own with a checkout of the tag, for startAction and runAction. */
  job(options: Partial<RunnerJob> & { tag: string }): Promise<RunnerJob>;
  /** The environment's records, oldest first, as files. */
  records(): Promise<readonly string[]>;
  comments(tag: string): readonly string[];
  notes(tag: string): string | undefined;
}

export async function makeActWorld(options: WorldOptions = {}): Promise<ActWorld> {
  // The version's files come from the job's own checkout, as on a runner.
  const world = await makeWorld({ ...options, runbook: { source: undefined, ...options.runbook } });
  const server = await startGitHubServer({ owner: OWNER, repo: REPO, token: TOKEN });
  await server.seed.git(world.repository);
  const pulls: Record<string, number> = {};
  let other = 0;
  for (const [name, { sha }] of server.state.refs) {
    if (!name.startsWith('tags/')) continue;
    const tag = name.slice('tags/'.length);
    pulls[tag] = server.seed.pull({ title: tag, mergeCommitSha: sha }).number;
    // It was merged into the branch of the one above, and so its commit is the same.
    if (tag === 'v2.0.0')
      other = server.seed.pull({
        title: 'Part of storage tiers',
        mergeCommitSha: 'b'.repeat(40),
        commits: [sha],
      }).number;
  }
  const { folder, root } = world;
  const [home, gate, artifacts] = [join(folder, 'home'), join(folder, 'gate'), join(folder, 'artifacts')];
  for (const made of [home, gate, artifacts, root]) await mkdir(made, { recursive: true });
  await symlink(root, join(home, '.release-runbook'));
  const suite = await suiteCopy(join(folder, 'suite-checkout'));
  const origin = join(folder, 'origin.git');
  const started: ActRun[] = [];
  let count = 0;

  async function checkout(tag: string): Promise<string> {
    count += 1;
    const directory = join(folder, 'work', String(count));
    await runOrFail('git', ['clone', '--quiet', origin, directory]);
    await runOrFail('git', ['-C', directory, 'checkout', '--quiet', '--detach', tag]);
    await runOrFail('git', ['-C', directory, 'remote', 'set-url', 'origin', `https://github.com/${OWNER}/${REPO}.git`]);
    return directory;
  }

  async function start({
    tag = 'v2.0.0',
    inputs,
    run = server.seed.run().id,
    attempt = 1,
    env = {},
  }: StartOptions): Promise<ActRun> {
    const directory = await checkout(inputs === undefined ? tag : 'origin/main');
    const ref = inputs === undefined ? `refs/tags/${tag}` : 'refs/heads/main';
    const eventFile = join(folder, 'work', `event-${count}.json`);
    const repository = {
      name: REPO,
      full_name: `${OWNER}/${REPO}`,
      default_branch: 'main',
      private: true,
      owner: { login: OWNER },
    };
    await writeFile(eventFile, JSON.stringify({ ref, repository, ...(inputs === undefined ? {} : { inputs }) }));
    const made = startAct({
      event: inputs === undefined ? 'push' : 'workflow_dispatch',
      workflow: join(directory, '.github/workflows', inputs === undefined ? 'release.yml' : 'rollback.yml'),
      eventFile,
      directory,
      suite,
      home,
      env: {
        GITHUB_API_URL: server.url,
        GITHUB_RUN_ID: String(run),
        GITHUB_RUN_ATTEMPT: String(attempt),
        TEST_ORIGIN: origin,
        TEST_GATE: gate,
        TEST_ARTIFACTS: artifacts,
        ...env,
      },
      secrets: { GITHUB_TOKEN: TOKEN },
    });
    started.push(made);
    return made;
  }

  const job: ActWorld['job'] = async ({ tag, ...given }) => ({
    workspace: await checkout(tag),
    temporary: join(folder, 'work', `temporary-${count}`),
    home,
    repository: `${OWNER}/${REPO}`,
    run: server.seed.run().id,
    attempt: 1,
    job: 'release',
    event: 'push',
    api: server.url,
    token: TOKEN,
    tag,
    ...given,
  });

  return {
    ...world,
    server,
    pulls,
    other,
    artifacts,
    suite,
    origin,
    start,
    async run(given) {
      const made = await start(given);
      await made.ended;
      return made;
    },
    async hold(name, number) {
      const file = join(gate, `${number}-${name}`);
      await writeFile(file, '');
      return () => rm(file);
    },
    job,
    async records() {
      const { stdout } = await runProgram('find', [root, '-name', '*.jsonl', '-path', '*/records/*']);
      return stdout
        .split('\n')
        .filter((file) => file !== '')
        .sort();
    },
    comments: (tag) => server.state.comments.filter((comment) => comment.issue === pulls[tag]).map(({ body }) => body),
    notes: (tag) => server.state.releases.find((release) => release.tag === tag)?.body ?? undefined,
    async close() {
      for (const { pid, child } of started) if (child.exitCode === null && child.signalCode === null) killGroup(pid);
      await server.close();
      await world.close();
    },
  };
}

/** A machine that loses power: every process of the group, at once. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
