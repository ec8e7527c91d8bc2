// Runs published test vectors, transcribed to JSON, against the compiled judge: node test/vectors/run.mjs FOLDER...
// Without a folder, the project's own cases. Needs `npm run compile` before.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assess, countVerdict, isDecided, noCounters } from '../../packages/judge/lib/threshold-judge.js';
import { parseDuration } from '../../packages/units/lib/duration.js';

const verdicts = { Successful: 'pass', Failed: 'fail', Inconclusive: 'inconclusive', Error: 'error' };

/** Upstream's names for a metric's fields, to the judge's. Numbers may be written as text there. */
function limitsOf(metric) {
  const limits = {};
  for (const [key, value] of Object.entries(metric)) {
    if (key === 'interval') limits.intervalMs = parseDuration(value);
    else limits[key] = Number(value);
  }
  return limits;
}

function lastOf(phase) {
  if (phase === null || phase === undefined) return undefined;
  return verdicts[phase] ?? 'running';
}

/** Each kind of case by its key in the file: the list of what is wrong, empty when the case passes. */
const kinds = {
  assessMetricStatus(entry) {
    const wrong = [];
    for (const [moment, expected] of Object.entries(entry.expected)) {
      if (expected === null) continue;
      const terminating = moment === 'terminating=true';
      const counters = { ...noCounters, ...entry.counters };
      const last = lastOf(entry.lastMeasurementPhase);
      const phase = assess(counters, limitsOf(entry.metric), { terminating, last });
      if (phase !== expected.toLowerCase()) wrong.push(`${moment}: expected ${expected.toLowerCase()}, got ${phase}`);
    }
    return wrong;
  },
  sequences(entry) {
    const limits = limitsOf(entry.metric);
    let counters = noCounters;
    let phase = assess(counters, limits, { terminating: false, last: undefined });
    let decidedAfter = null;
    for (const [index, measurement] of entry.measurements.entries()) {
      const verdict = verdicts[measurement];
      counters = countVerdict(counters, verdict);
      phase = assess(counters, limits, { terminating: false, last: verdict });
      if (!isDecided(phase)) continue;
      decidedAfter = index + 1;
      break;
    }
    const wrong = [];
    const expected = entry.expectedPhase.toLowerCase();
    if (phase !== expected) wrong.push(`expected ${expected}, got ${phase}`);
    if (decidedAfter !== entry.decidedAfter) {
      wrong.push(`expected the decision after ${entry.decidedAfter}, got it after ${decidedAfter}`);
    }
    return wrong;
  },
};

/** What accompanies the cases in a file. */
const descriptions = new Set(['about', 'defaults', 'conventions', 'toleranceSensitiveNote']);

let passed = 0;
let failed = 0;
let recognised = 0;

function runFile(path) {
  const document = JSON.parse(readFileSync(path, 'utf8'));
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    console.log(`${path}: no file of cases`);
    return;
  }
  for (const [kind, cases] of Object.entries(document)) {
    if (descriptions.has(kind) || !Array.isArray(cases)) continue;
    recognised++;
    const run = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (run === undefined) {
      console.log(`${path}: ${kind}: not supported yet, ${cases.length} not tried`);
      continue;
    }
    for (const entry of cases) runCase(path, kind, entry, run);
    console.log(`${path}: ${kind}: ${cases.length} tried`);
  }
}

function runCase(path, kind, entry, run) {
  let wrong;
  try {
    wrong = run(entry);
  } catch (error) {
    wrong = [String(error)];
  }
  if (wrong.length === 0) passed++;
  else failed++;
  for (const line of wrong) console.log(`${path}: ${kind}: ${entry.id}: ${line}`);
}

const given = process.argv.slice(2);
const folders = given.length > 0 ? given : [fileURLToPath(new URL('cases', import.meta.url))];
for (const folder of folders) {
  for (const name of readdirSync(folder).toSorted()) if (name.endsWith('.json')) runFile(join(folder, name));
}
if (recognised === 0) {
  console.log(`no cases found in ${folders.join(', ')}: expected *.json with lists such as "assessMetricStatus"`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || recognised === 0 ? 1 : 0;
