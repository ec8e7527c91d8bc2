// Clones TEST_ORIGIN at the ref of the event into the workspace, and waits first while TEST_GATE/<run>-<job> exists: how a test
// holds a job until something has changed, as a reviewer's approval does.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const {
  TEST_ORIGIN: origin,
  TEST_GATE: gate,
  GITHUB_RUN_ID: run,
  GITHUB_JOB: job,
  GITHUB_REF: ref,
  GITHUB_WORKSPACE: workspace,
} = process.env;
while (existsSync(join(gate, `${run}-${job}`))) await sleep(50);
for (const name of readdirSync(workspace)) rmSync(join(workspace, name), { recursive: true, force: true });
const git = (...args) =>
  execFileSync('git', ['-C', workspace, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
const whole = process.env['INPUT_FETCH-DEPTH'] === '0';
git('init', '--quiet');
git('remote', 'add', 'origin', `file://${origin}`);
git(
  'fetch',
  '--quiet',
  ...(whole ? ['--tags'] : ['--no-tags', '--depth=1']),
  'origin',
  ...(whole ? ['+refs/heads/*:refs/remotes/origin/*'] : []),
  `+${ref}:${ref}`,
);
git('checkout', '--quiet', '--detach', ref);
