import { keepCompiled } from './keep-compiled.ts';

/** The one program behind every action: each folder of dist/ holds two lines that name theirs. */
const actions: Readonly<Record<string, () => Promise<{ run(): Promise<void> }>>> = {
  cli: () => import('@release-runbook/cli/bin'),
  'canary-gate': () => import(/* webpackChunkName: "action" */ './canary-gate/main.ts'),
  'db-backup': () => import(/* webpackChunkName: "action" */ './db-backup/main.ts'),
  deploy: () => import(/* webpackChunkName: "action" */ './deploy/main.ts'),
  migrate: () => import(/* webpackChunkName: "action" */ './migrate/main.ts'),
  'preflight-check': () => import(/* webpackChunkName: "action" */ './preflight-check/main.ts'),
  rollback: () => import(/* webpackChunkName: "action" */ './rollback/main.ts'),
  'smoke-test': () => import(/* webpackChunkName: "action" */ './smoke-test/main.ts'),
};

/** Runs an action, and ends the process with its exit code. */
export async function run(name: string): Promise<void> {
  const load = actions[name];
  if (load === undefined) throw new Error(`no action ${name}`);
  keepCompiled(process.env.RUNNER_TEMP);
  await (await load()).run();
  // A forge that does not answer, or a timer of its client, must not hold the job once all is told.
  process.stdout.write('', () => process.exit());
}
