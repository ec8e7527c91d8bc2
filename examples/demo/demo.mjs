// A release, there and back, on a small system of its own: npm run demo
import { parseArgs } from 'node:util';
import { before, compare, counts } from './program/compare.mjs';
import { ask, buildSystem, endSystem, runbook } from './program/system.mjs';
import { startTraffic } from './program/traffic.mjs';
import { seconds, words } from './program/words.mjs';
import { chooseLibrary, openDatabase } from './sqlite.mjs';

// node:sqlite says of itself that it is experimental; that is known.
process.removeAllListeners('warning');

const began = Date.now();
const say = (text) =>
  process.stdout.write(`${`+${((Date.now() - began) / 1000).toFixed(1)}`.padStart(5)} s  ${text}\n`);

/** @returns {Promise<number>} the exit code */
async function main() {
  const { values } = parseArgs({
    options: {
      keep: { type: 'boolean' },
      locale: { type: 'string', default: 'en' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const locale = values.locale in words ? values.locale : 'en';
  const w = words[locale];
  if (values.help) {
    process.stdout.write(w.help);
    return 0;
  }
  process.env.SQLITE_LIBRARY = await chooseLibrary();
  let good = false;
  let stopping = false;
  const system = { children: [] };
  const end = async (keep) => {
    await endSystem(system, keep);
    if (keep && system.root !== undefined) say(w.kept(system.root));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      say(w.stopped(signal));
      await end(values.keep === true);
      process.exit(130);
    });
  try {
    await buildSystem(system);
    good = await play(system, w, locale);
  } catch (error) {
    if (!stopping) say(error.stack);
  }
  // A signal that came meanwhile ends the process itself.
  if (stopping) await new Promise(() => {});
  stopping = true;
  await end(values.keep === true || !good);
  return good ? 0 : 1;
}

async function play(system, w, locale) {
  const was = await before(system);
  const traffic = startTraffic(system.url);
  const db = await openDatabase(system.database);
  const served = (key) => Object.values(traffic.versions).reduce((sum, version) => sum + version[key], 0);
  const sight = () => {
    const rows = Object.entries(counts(db)).map(([table, count]) => `${table} ${count}`);
    const answered = Object.entries(traffic.versions).map(
      ([version, { ok, failed }]) => `${version} ${ok}${failed > 0 ? ` (${w.errors(failed)})` : ''}`,
    );
    return `${w.rows}: ${rows.join(', ')} | ${w.answered}: ${answered.join(', ') || 0} | ${w.lost}: ${traffic.lost.length}`;
  };
  const table = [];
  const note = (moment, back) => {
    const { notes, labels } = counts(db);
    table.push([
      moment,
      notes,
      labels ?? '–',
      traffic.notes.size,
      served('ok'),
      served('failed'),
      traffic.lost.length,
      seconds(back?.ms),
      seconds(back?.budgetMs),
    ]);
  };
  const failures = [];
  const run = async (title, args, expected) => {
    say(`=== ${title}: runbook ${args.join(' ')}`);
    const { code, result } = await runbook(system, [...args, '--locale', locale, '--json'], (line) =>
      showLine(line, system.root),
    );
    const back = result?.rollback ?? result?.cameBack;
    const text = result?.rollback?.text ?? result?.text;
    if (text !== undefined) say(`    ${w.ended(result.rollback?.reason ?? result.reason, code)}: ${text}`);
    if (typeof back?.ms === 'number') say(`    ${w.back(back.ms, back.budgetMs, back.within)}`);
    note(code === expected ? w.moments[table.length] : `runbook ${args.join(' ')}`, back);
    if (code === expected) return true;
    failures.push(w.wrongEnd(args.join(' '), code, expected));
    return false;
  };
  const stopWatching = watchWeights(system, (weights) => say(` >> ${w.traffic} ${weights} | ${sight()}`));
  try {
    say(`${w.serves} | ${sight()}`);
    note(w.moments[0]);
    const acts = [
      [w.acts.release, ['release', 'v1.1.0', '--yes'], 0],
      [w.acts.bad, ['release', 'v1.2.0', '--yes'], 1],
      [w.acts.back, ['rollback', '--yes', '--reason', 'the demo'], 0],
    ];
    for (const act of acts) if (!(await run(...act))) break;
  } finally {
    stopWatching();
    db.close();
    await traffic.stop();
  }
  const found = await compare(system, was, traffic);
  const others = Object.entries(traffic.versions).filter(([version, { failed }]) => failed > 0 && version !== 'v1.2.0');
  found.push({ what: 'requests', good: traffic.lost.length === 0, text: w.lostRequests(traffic.lost) });
  found.push({
    what: 'errors',
    good: others.length === 0,
    text: w.wrongErrors(others.map(([version, { failed }]) => `${version} (${failed})`).join(', ')),
  });
  for (const text of failures) found.push({ what: 'commands', good: false, text });
  showTable([w.table, ...table]);
  say(`=== ${w.asBefore}`);
  for (const { what, good, text } of found) say(`    ${good ? w.yes : w.no} ${w.checks[what]}: ${text}`);
  const good = found.every((one) => one.good);
  say(good ? w.all : w.not);
  return good;
}

/** Progress, which a terminal would draw over, and titles of what the next line tells as well. */
const leftOut =
  /^\S+ +(\d+% on \S+, .*|code|Migration of .*|forecast .*|rows written since: .*|(Traffic to|The (old|new) version|Databases).*)$/;

/** The program's lines without their time of day. */
function showLine(line, root) {
  const text = line.replace(/^\d\d:\d\d:\d\d /, '').replaceAll(`${root}/`, '');
  if (!leftOut.test(text)) say(`    ${text}`);
}

function showTable(rows) {
  // A Chinese character is as wide as two letters.
  const width = (text) => [...String(text)].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  for (const row of rows)
    say(
      `    ${row.map((cell, column) => (column === 0 ? `${cell}${' '.repeat(widths[0] - width(cell))}` : `${' '.repeat(widths[column] - width(cell))}${cell}`)).join('  ')}`,
    );
}

/** Tells each change of the router's weights; returns what stops it. */
function watchWeights(system, tell) {
  let last = '';
  const timer = setInterval(async () => {
    const found = await ask(`${system.url}/_router`).catch(() => undefined);
    if (found?.status !== 200) return;
    const weights = Object.entries(JSON.parse(found.text))
      .map(([slot, { weight }]) => `${slot}=${weight}`)
      .join(' ');
    const changed = last !== '' && weights !== last;
    last = weights;
    if (changed) tell(weights);
  }, 100);
  return () => clearInterval(timer);
}

process.exitCode = await main();
