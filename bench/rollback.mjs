// Time to come back, decision to verified: what the record of the demo says, after a bad canary and by hand.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSystem, endSystem, runbook } from '../examples/demo/program/system.mjs';
import { startTraffic } from '../examples/demo/program/traffic.mjs';
import { chooseLibrary } from '../examples/demo/sqlite.mjs';
import { median, progress, result, round } from './measure.mjs';

const acts = [
  { args: ['release', 'v1.1.0', '--yes'], exit: 0 },
  { args: ['release', 'v1.2.0', '--yes'], exit: 1, name: 'after a bad canary' },
  { args: ['rollback', '--yes', '--reason', 'the bench'], exit: 0, name: 'by hand' },
];

export async function rollback({ repeats }) {
  process.env.SQLITE_LIBRARY = await chooseLibrary();
  const seconds = new Map();
  for (let i = 0; i < repeats; i++) {
    for (const [name, value] of await once()) seconds.set(name, [...(seconds.get(name) ?? []), value]);
    progress(`rollback: ${i + 1} of ${repeats}`);
  }
  for (const [name, values] of seconds) result('rollback', name, round(median(values), 2), 's');
}

async function once() {
  const system = { children: [] };
  let traffic;
  const found = new Map();
  try {
    await buildSystem(system);
    traffic = startTraffic(system.url);
    for (const { args, exit, name } of acts) {
      const lines = [];
      const { code } = await runbook(system, [...args, '--locale', 'en'], (line) => lines.push(line));
      if (code !== exit)
        throw new Error(
          `runbook ${args.join(' ')} ended with ${code}, expected ${exit}\n${lines.slice(-20).join('\n')}`,
        );
      const ended = name === undefined ? [] : cameBack(system);
      for (const event of ended) if (![...found.values()].includes(event)) found.set(name, event);
    }
  } finally {
    await traffic?.stop();
    await endSystem(system, false);
  }
  return [...found].map(([name, event]) => [name, JSON.parse(event).ms / 1000]);
}

/** The lines of all records that end a rollback. */
function cameBack(system) {
  const folder = join(system.home, '.release-runbook/notes/demo/records');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.includes('"event":"rolled-back"'));
}
