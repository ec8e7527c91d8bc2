// Cold start of each action: to an early exit on wrong input, and until its step begins on a runbook of 100 lines.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, progress, result, root, round, startInTurn } from './measure.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const actions = ['preflight-check', 'db-backup', 'migrate', 'deploy', 'smoke-test', 'canary-gate', 'rollback'];
const wrongInput = { INPUT_LOCALE: 'tlh' };

/** What the last step of a release finds: `uses:` with a version and nothing else, in a checkout with a runbook. */
const rightInput = { INPUT_VERSION: 'v2.0.0' };

export async function start({ node, runs, peers, dist, elapsed }) {
  const folder = mkdtempSync(join(tmpdir(), 'release-runbook-bench-'));
  try {
    mkdirSync(join(folder, '.github'));
    cpSync(here('runbook.yml'), join(folder, '.github/runbook.yml'));
    assertLines(join(folder, '.github/runbook.yml'));
    const event = join(folder, 'event.json');
    writeFileSync(event, '{}');
    const runner = {
      GITHUB_WORKSPACE: folder,
      GITHUB_EVENT_PATH: event,
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REPOSITORY: 'example/shop',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'https://api.github.com',
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_JOB: 'release',
      GITHUB_ACTOR: 'somebody',
      GITHUB_SHA: '0123456789012345678901234567890123456789',
      GITHUB_REF: 'refs/tags/v2.0.0',
      RUNNER_TEMP: folder,
      RUNNER_ENVIRONMENT: 'self-hosted',
      SECRET_KEY: 'of-the-bench',
    };
    const programs = [{ name: 'empty program', file: here('empty.mjs'), cwd: folder, status: 0 }];
    for (const action of actions) {
      const file = join(dist, action, 'index.js');
      programs.push({ name: `${action}, early exit`, file, cwd: folder, env: { ...runner, ...wrongInput }, status: 1 });
      programs.push({
        name: `${action}, step begins`,
        file,
        cwd: folder,
        env: { ...runner, ...rightInput },
        untilSpawn: true,
      });
    }
    for (const { name, path } of peers)
      programs.push({ name: `peer ${name}`, file: resolve(path), cwd: folder, env: runner });
    progress(`start: ${programs.length} programs, ${runs} times each, ${node}`);
    const costs = startInTurn(node, programs, runs);
    const figure = elapsed ? 'elapsedMs' : 'cpuMs';
    const of = (name) => median(costs.get(name).map((cost) => cost[figure]));
    const empty = of('empty program');
    for (const { name } of programs)
      result('start', name, round(of(name), 1), elapsed ? 'ms' : 'ms CPU', round(of(name) / empty, 2));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function assertLines(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
  if (lines !== 100) throw new Error(`bench/runbook.yml has ${lines} lines, expected 100 (${root})`);
}
