import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cpus, homedir, loadavg, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const root = resolve('.');
/** What the suite's supervisor takes for granted on a host: sh, coreutils, grep, and two programs of util-linux. */
const coreutils =
  'basename cat chmod comm cp cut date dd df dirname du env expr false fold head id join kill ln ls md5sum mkdir mkfifo mktemp mv nl nohup nproc od paste printenv printf pwd readlink realpath rm rmdir seq sha256sum sleep sort split stat stdbuf stty sync tac tail tee test timeout touch tr true truncate tty uname uniq wc';
const programs = ['sh', ...coreutils.split(' '), 'grep', 'flock', 'setsid'];
const budgetMs = 30_000;
/** Beside other work the demo gets only its share of the machine. */
const share = () => Math.max(1, (loadavg()[0] ?? 1) / cpus().length);

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'rr-demo-test-')));
  for (const name of ['bin', 'home', 'tmp', 'clone/examples']) mkdirSync(join(folder, name), { recursive: true });
  if (!existsSync(join(root, 'dist/demo/index.js'))) throw new Error('dist/ is not built: npm run build');
  cpSync(join(root, 'dist'), join(folder, 'clone/dist'), { recursive: true });
  cpSync(join(root, 'examples/demo'), join(folder, 'clone/examples/demo'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function find(program: string): string | undefined {
  return findAll(program)[0];
}

function findAll(program: string): readonly string[] {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((one) => join(one, program))
    .filter((path) => existsSync(path));
}

/** A Node of this major version: the one that runs this, one on the PATH, or the one among the development dependencies. */
function nodeOf(major: number): string {
  const cache = process.env['RELEASE_RUNBOOK_CACHE'] ?? join(homedir(), '.cache/release-runbook');
  const candidates = [
    process.execPath,
    ...findAll('node'),
    join(root, 'node_modules/.bin/node'),
    join(cache, 'node20/node_modules/node/bin/node'),
  ].filter((path) => existsSync(path));
  const found = candidates.find((path) =>
    execFileSync(path, ['-p', 'process.versions.node']).toString().startsWith(`${major}.`),
  );
  if (found === undefined)
    throw new Error(`no Node ${major} here (looked at ${candidates.join(', ')}): run scripts/install-tools.sh`);
  return realpathSync(found);
}

/** Processes that work in this test's folder. */
function left(): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) &&
        !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
      );
    } catch {
      return false;
    }
  });
}

/** Runs the demo of this test's copy with a PATH that holds next to nothing. */
async function demo(
  node: string,
  options: { interruptAt?: RegExp; args?: readonly string[] } = {},
): Promise<{ code: number | null; text: string; ms: number }> {
  for (const program of programs) {
    const path = find(program);
    if (path !== undefined) symlinkSync(path, join(folder, 'bin', program));
  }
  symlinkSync(node, join(folder, 'bin/node'));
  const began = performance.now();
  const child = spawn(join(folder, 'bin/node'), ['dist/demo/index.js', ...(options.args ?? [])], {
    cwd: join(folder, 'clone'),
    env: { PATH: join(folder, 'bin'), HOME: join(folder, 'home'), TMPDIR: join(folder, 'tmp') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (options.interruptAt?.test(text) === true) child.kill('SIGINT');
    });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, text, ms: performance.now() - began };
}

function change(file: string, from: string, to: string): void {
  const path = join(folder, 'clone/examples/demo', file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  writeFileSync(path, text.replace(from, to));
}

describe.each([20, 24])('the demo on Node %d, without bash, git, python and sqlite3', (major) => {
  test('goes there and back, and all is as before', async () => {
    const { code, text, ms } = await demo(nodeOf(major));
    expect({ code, text }).toEqual({
      code: 0,
      text: expect.stringContaining('All is as before, and no request was lost.'),
    });
    for (const part of [
      'canary  100% passed',
      'traffic blue=50 green=50',
      'rolled-back (exit 1): v1.1.0 serves again',
      'rolled-back (exit 0): v1.0.0 serves again',
      '0 requests without an answer',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/^.{9}NO /m);
    expect(text.split('\n').length).toBeLessThan(100);
    expect(left()).toEqual([]);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    expect(readdirSync(join(folder, 'home'))).toEqual([]);
    expect(ms).toBeLessThan(budgetMs * share());
  });
});

describe('the demo does not say that all is as before when it is not', () => {
  test('a row that the new version changes', async () => {
    change(
      'versions/v1.1.0/app.mjs',
      'async function answer',
      'if (process.env.SLOT) db.exec("UPDATE notes SET text = \'mine\' WHERE id = 7");\nasync function answer',
    );
    const { code, text } = await demo(nodeOf(24));
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringMatching(/NO +rows from before: 200 notes: 0 missing, 1 changed/),
    });
    expect(text).toContain('kept: ');
    expect(left()).toEqual([]);
  });

  test('a row that the new version deletes: the release does not get through', async () => {
    change(
      'versions/v1.1.0/app.mjs',
      'async function answer',
      "if (process.env.SLOT) db.exec('DELETE FROM notes WHERE id = 7');\nasync function answer",
    );
    const { code, text } = await demo(nodeOf(24));
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringMatching(/NO +commands: runbook release v1\.1\.0 --yes ended with/),
    });
    expect(left()).toEqual([]);
  });

  test('a slot that does not hold what it held', async () => {
    change(
      'code.mjs',
      '  fill(kept);',
      "  fill(kept);\n  cpSync(import.meta.filename ?? process.argv[1], join(slot, 'left-behind.mjs'));",
    );
    const { code, text } = await demo(nodeOf(24));
    expect({ code, text }).toEqual({
      code: 1,
      text: expect.stringMatching(/NO +code, configuration: the files that serve differ/),
    });
    expect(left()).toEqual([]);
  });
});

describe('the demo that is stopped', () => {
  test('ends everything and removes its folder', async () => {
    const { code, text } = await demo(nodeOf(24), { interruptAt: /deploy {2}web/ });
    expect({ code, text }).toEqual({ code: 130, text: expect.stringContaining('SIGINT: ending what was started') });
    expect(left()).toEqual([]);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  test('--help says what it does', async () => {
    const { code, text } = await demo(nodeOf(24), { args: ['--help'] });
    expect(code).toBe(0);
    expect(text).toContain('--keep');
  });
});
