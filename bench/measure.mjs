// What every bench needs: medians, lines, and what one start of a program costs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const probe = fileURLToPath(new URL('probe.cjs', import.meta.url));

/** The Node that runners give to actions, where it is installed; else the one that runs this. */
export function runnersNode() {
  const installed = `${root}node_modules/node/bin/node`;
  return existsSync(installed) ? installed : process.execPath;
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const round = (value, digits) => Number(value.toFixed(digits));

/** One result, as a JSON line on standard output; what is undefined is left out. */
export function result(bench, name, value, unit, ratio, more = {}) {
  process.stdout.write(`${JSON.stringify({ bench, case: name, value, unit, ratio, ...more })}\n`);
}

export const progress = (text) => process.stderr.write(`${text}\n`);

/**
 * Starts a program once; one that has no RUNNER_TEMP gets an empty one, as the first action of a job.
 * @returns CPU time of all its threads, user and system, time elapsed since it was started, and CPU time of keeping its
 * compiled code, all ms
 */
export function startOnce(node, program) {
  if (program.env?.RUNNER_TEMP !== undefined) return start(node, program);
  const temporary = mkdtempSync(join(program.cwd, 'temporary-'));
  try {
    return start(node, { ...program, env: { ...program.env, RUNNER_TEMP: temporary } });
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function start(node, { name, file, env, cwd, untilSpawn = false, status }) {
  const run = spawnSync(node, ['--require', probe, file], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, LANG: 'C', ...env, ...(untilSpawn ? { BENCH_UNTIL: 'spawn' } : {}) },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  const told = run.output?.[3]?.length ? JSON.parse(String(run.output[3])) : { problem: 'told no costs' };
  const problem =
    told.problem ?? (status !== undefined && run.status !== status ? `ended with ${run.status}` : undefined);
  if (problem !== undefined) throw new Error(`${name}: ${problem}\n${run.stdout}${run.stderr}`.trim());
  return told;
}

/** Starts all programs in turn, `runs` times, so that what disturbs the machine disturbs all of them. */
export function startInTurn(node, programs, runs) {
  const costs = new Map(programs.map(({ name }) => [name, []]));
  // The first start of each reads its files from the disk.
  for (const program of programs) startOnce(node, program);
  for (let i = 0; i < runs; i++) {
    for (const program of programs) costs.get(program.name).push(startOnce(node, program));
    if ((i + 1) % 5 === 0) progress(`  ${i + 1} of ${runs} rounds`);
  }
  return costs;
}
