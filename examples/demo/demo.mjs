// A release, there and back, on a small system of its own: npm run demo
import { parseArgs } from 'node:util';
import { before, compare, counts } from './lib/compare.mjs';
import { ask, buildSystem, endSystem, runbook } from './lib/system.mjs';
import { startTraffic } from './lib/traffic.mjs';
import { chooseLibrary, openDatabase } from './sqlite.mjs';

const help = `npm run demo [-- --keep] [-- --help]

Releases a small application (SQLite, two slots behind a router, requests running all the time) with the real program:
v1.1.0 goes through all steps; v1.2.0 turns bad in the canary and is rolled back; then v1.1.0 is rolled back by hand.
At the end everything is compared with what it was: exit 0 only if all is as before and no request was lost.

  --keep    keep the folder with the system, its logs and its records
  --help    this text
`;

// node:sqlite says of itself that it is experimental; that is known.
process.removeAllListeners('warning');

/** @returns {Promise<number>} the exit code */
async function main() {
  const { values } = parseArgs({ options: { keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const library = await chooseLibrary();
  process.env.SQLITE_LIBRARY = library;
  let system;
  let good = false;
  const stop = async (signal) => {
    say(`${signal}: everything that was started is ended`);
    if (system !== undefined) await endSystem(system, values.keep === true);
    process.exit(130);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    system = await buildSystem(library);
    good = await play(system, library);
  } catch (error) {
    say(`the demo broke: ${error.stack}`);
  } finally {
    const keep = values.keep === true || !good;
    if (system !== undefined) {
      await endSystem(system, keep);
      if (keep) say(`kept: ${system.root} (records: home/.release-runbook/notes/demo/records)`);
    }
  }
  return good ? 0 : 1;
}

const began = Date.now();
const say = (text) => process.stdout.write(`${`+${((Date.now() - began) / 1000).toFixed(1)}`.padStart(5)} s  ${text}\n`);

async function play(system, library) {
  const was = await before(system);
  const traffic = startTraffic(system.url);
  const db = await openDatabase(system.database);
  const sight = () => {
    const rows = Object.entries(counts(db)).map(([table, count]) => `${table} ${count}`);
    const served = Object.entries(traffic.versions).map(([version, { ok, failed }]) => `${version} ${ok}${failed > 0 ? ` (+${failed} errors)` : ''}`);
    return `rows: ${rows.join(', ')} | answered: ${served.join(', ')} | lost: ${traffic.lost.length}`;
  };
  const watch = watchWeights(system, (weights) => say(`    >> traffic ${weights} | ${sight()}`));
  const failures = [];
  const run = async (title, args, expected) => {
    say('');
    say(`=== ${title}: runbook ${args.join(' ')}`);
    const code = await runbook(system, args, (line) => say(`    ${line}`));
    say(`    exit ${code} | ${sight()}`);
    if (code === expected) return true;
    failures.push(`runbook ${args.join(' ')} ended with ${code}, expected ${expected}`);
    return false;
  };
  say(`v1.0.0 serves, 100 requests a second | ${sight()}`);
  const common = ['--locale', 'en'];
  const acts = [
    ['a good release', ['release', 'v1.1.0', '--yes', ...common], 0],
    ['a bad release', ['release', 'v1.2.0', '--yes', ...common], 1],
    ['back by hand', ['rollback', '--reason', 'the demo', ...common], 0],
  ];
  for (const act of acts) if (!(await run(...act))) break;
  watch.stop();
  db.close();
  await traffic.stop();
  const lines = await compare(system, was, traffic, library);
  say('');
  say('=== as before?');
  for (const { what, good, text } of lines) say(`    ${good ? 'yes' : 'NO '}  ${what}: ${text}`);
  for (const text of failures) say(`    NO   ${text}`);
  return failures.length === 0 && lines.every(({ good }) => good) && traffic.lost.length === 0;
}

function watchWeights(system, tell) {
  let last = '';
  const timer = setInterval(async () => {
    const found = await ask(`${system.url}/_router`).catch(() => undefined);
    if (found?.status !== 200) return;
    const weights = Object.entries(JSON.parse(found.text)).map(([slot, { weight }]) => `${slot}=${weight}`).join(' ');
    if (last !== '' && weights !== last) tell(weights);
    last = weights;
  }, 100);
  return { stop: () => clearInterval(timer) };
}

process.exitCode = await main();
