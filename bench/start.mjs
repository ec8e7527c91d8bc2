// Cold start of each action: to an early exit on wrong input, and until its step begins on a runbook of 100 lines, as the first
// action of a job and as a later one.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, progress, result, root, round, startInTurn, startOnce } from './measure.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const actions = ['preflight-check', 'db-backup', 'migrate', 'deploy', 'smoke-test', 'canary-gate', 'rollback'];
const wrongInput = { INPUT_LOCALE: 'tlh' };

/** `uses:` with a version and nothing else, in a checkout with a runbook. */
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
      RUNNER_ENVIRONMENT: 'self-hosted',
      SECRET_KEY: 'of-the-bench',
    };
    // What a first action leaves to the later ones of its job: its compiled code, and who holds the lock.
    const later = { RUNNER_TEMP: join(folder, 'later'), RELEASE_RUNBOOK_NONCE: 'of-the-bench', BENCH_KEEP: 'no' };
    mkdirSync(later.RUNNER_TEMP);
    const programs = [{ name: 'empty program', file: here('empty.mjs'), cwd: folder, status: 0 }];
    for (const action of actions) {
      const program = { file: join(dist, action, 'index.js'), cwd: folder };
      const begins = { ...program, untilSpawn: true };
      programs.push({ ...program, name: `${action}, early exit`, env: { ...runner, ...wrongInput }, status: 1 });
      programs.push({ ...begins, name: `${action}, step begins`, env: { ...runner, ...rightInput } });
      programs.push({ ...begins, name: `${action}, later step begins`, env: { ...runner, ...rightInput, ...later } });
    }
    const [, , first] = programs;
    startOnce(node, { ...first, env: { ...first.env, RUNNER_TEMP: later.RUNNER_TEMP } });
    for (const { name, path } of peers)
      programs.push({ name: `peer ${name}`, file: resolve(path), cwd: folder, env: runner });
    progress(`start: ${programs.length} programs, ${runs} times each, ${node}`);
    const costs = startInTurn(node, programs, runs);
    const figure = elapsed ? 'elapsedMs' : 'cpuMs';
    const of = (name, by = median, what = figure) => by(costs.get(name).map((cost) => cost[what]));
    const least = (values) => Math.min(...values);
    for (const { name } of programs)
      result('start', name, round(of(name), 1), elapsed ? 'ms' : 'ms CPU', round(of(name) / of('empty program'), 2), {
        least: round(of(name, least), 1),
        leastRatio: round(of(name, least) / of('empty program', least), 2),
      });
    result(
      'start',
      `${first.name}, then its compiled code is kept`,
      round(of(first.name, median, 'keepMs'), 1),
      'ms CPU',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function assertLines(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
  if (lines !== 100) throw new Error(`bench/runbook.yml has ${lines} lines, expected 100 (${root})`);
}
