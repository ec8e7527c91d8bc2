// Everything that is tested, from a fresh clone: installs what is missing, builds, compares dist/, lints, runs all tests.
// The last line is "N passed, N failed". Run it by `npm test`; `npm run test:full` tries every point of the fault matrix.
//   node scripts/test.mjs [--full] [--vectors FOLDER] [--only NAME[,NAME]]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: { full: { type: 'boolean' }, vectors: { type: 'string' }, only: { type: 'string' } },
});
const cache = process.env.RELEASE_RUNBOOK_CACHE ?? join(homedir(), '.cache', 'release-runbook');
const temporary = mkdtempSync(join(tmpdir(), 'release-runbook-test-'));
const bin = join(root, 'node_modules', '.bin');
const env = {
  ...process.env,
  PATH: [bin, join(cache, 'bin'), process.env.PATH].join(delimiter),
  RELEASE_RUNBOOK_VENV: join(cache, 'flask'),
  ...(options.full ? { FULL: '1' } : {}),
};

function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' });
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** A step that is one test: it passes when the program ends with 0. */
const once =
  (program, ...args) =>
  async () =>
    (await run(program, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

/** A jest project: its tests are counted one by one, and a suite that could not run counts as failed. */
const jest =
  (project, ...args) =>
  async () => {
    const file = join(temporary, `${project}.json`);
    const code = await run('node', [
      '--experimental-vm-modules',
      '--no-warnings',
      'node_modules/jest/bin/jest.js',
      `--selectProjects=${project}`,
      '--json',
      `--outputFile=${file}`,
      ...args,
    ]);
    try {
      const found = JSON.parse(readFileSync(file, 'utf8'));
      const failed = found.numFailedTests + found.numRuntimeErrorTestSuites;
      return { passed: found.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
    } catch {
      return { passed: 0, failed: 1 };
    }
  };

/** npm ci takes all packages away before it brings them: not while those are there that the lock file names. */
async function packages() {
  return asLocked() ? { passed: 1, failed: 0 } : once('npm', 'ci', '--no-audit', '--no-fund')();
}

function asLocked() {
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  try {
    const [locked, there] = [read('package-lock.json'), read('node_modules/.package-lock.json')];
    return (
      Object.entries(there).every(
        ([path, { version }]) => locked[path] !== undefined && locked[path].version === version,
      ) && Object.entries(locked).every(([path, { optional }]) => path === '' || optional || there[path] !== undefined)
    );
  } catch {
    return false;
  }
}

// First what everything else needs: when one of these fails, the rest cannot be tried.
const foundation = [
  ['tools', once('bash', 'scripts/install-tools.sh')],
  ['packages', packages],
  ['compile', once('npx', 'tsc', '-b')],
];
const steps = [
  ['test-types', once('npx', 'tsc', '-p', 'test/tsconfig.json')],
  ['dist', once('node', 'scripts/bundle.mjs', '--check')],
  ['schema', once('node', 'scripts/schema.mjs', '--check')],
  ['catalog', once('node', 'scripts/catalog.mjs', '--check')],
  ['format', once('npx', 'biome', 'ci', '.')],
  ['oxlint', once('npx', 'oxlint', '--type-aware', '--deny-warnings')],
  ['knip', once('npx', 'knip')],
  ['actionlint', once('actionlint')],
  ['zizmor', once('zizmor', '--offline', '--quiet', '.')],
  ['demo', once('node', 'dist/demo/index.js')],
  ['own-vectors', once('node', 'test/vectors/run.mjs')],
  ['unit', jest('unit')],
  // What asserts times runs alone.
  ['brand-diagnosis', jest('systems', '--maxWorkers=1', '--testPathPatterns=systems/brand-diagnosis')],
  ['systems', jest('systems', '--maxWorkers=2', '--testPathIgnorePatterns=systems/brand-diagnosis')],
  ['workflows', jest('workflows', '--maxWorkers=1')],
  ['faults', jest('faults', '--maxWorkers=1')],
  ...(options.vectors === undefined ? [] : [['vectors', once('node', 'test/vectors/run.mjs', options.vectors)]]),
];

const only = options.only?.split(',');
const total = { passed: 0, failed: 0 };
const lines = [];
async function perform(name, step) {
  const began = Date.now();
  console.log(`\n== ${name}`);
  const { passed, failed } = await step();
  total.passed += passed;
  total.failed += failed;
  lines.push(
    `${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(Math.round((Date.now() - began) / 1000)).padStart(5)} s`,
  );
  return failed === 0;
}

let whole = true;
for (const [name, step] of foundation) whole = whole && (await perform(name, step));
if (whole) {
  const wanted = steps.filter(([name]) => only === undefined || only.includes(name));
  // These two wait much and use one core each: side by side they take the time of the longer one.
  const together = wanted.filter(([name]) => name === 'workflows' || name === 'faults');
  for (const [name, step] of wanted) {
    if (name === together[0]?.[0]) await Promise.all(together.map(([one, work]) => perform(one, work)));
    else if (!together.some(([one]) => one === name)) await perform(name, step);
  }
}
rmSync(temporary, { recursive: true, force: true });
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && whole ? 0 : 1);
