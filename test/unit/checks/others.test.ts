import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseDf } from '@release-runbook/checks/disk';
import { parseDotEnv } from '@release-runbook/checks/dotenv';
import { openGit } from '@release-runbook/checks/git';
import { runCheck } from '@release-runbook/checks/registry';
import { weakness } from '@release-runbook/checks/strength';
import { compareVersions } from '@release-runbook/checks/version';
import type { Database } from '@release-runbook/databases/types';
import type { Hosts } from '@release-runbook/hosts/types';
import type { CheckSpec } from '@release-runbook/runbook/schema/checks';
import { parseThreshold } from '@release-runbook/units/threshold';
import fc from 'fast-check';
import { below, contextOf, workspace } from './support.ts';

let root: string;
let hosts: Hosts;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ root, hosts, close } = await workspace());
});
afterAll(() => close());
const check = (spec: CheckSpec, more = {}) => runCheck(spec, contextOf(hosts, more));

describe('disk', () => {
  test('free space, enough or not', async () => {
    expect(await check({ disk: { on: 'app', free: below('>= 1 kB') } })).toMatchObject({
      verdict: 'pass',
      measurements: [{ name: 'free', unit: 'bytes' }],
    });
    const bad = await check({ disk: { on: 'app', path: '/tmp', free: below('>= 8 PB') } });
    expect(bad.text).toMatch(/^free at \/\S* on host app [\d.]+ \wB, expected >= 8 PB$/);
    expect(bad).toMatchObject({ verdict: 'fail', mend: expect.stringContaining('du -xh') });
    expect(await check({ disk: { on: 'app', path: '/no/such', free: below('>= 1 kB') } })).toMatchObject({
      verdict: 'error',
      text: expect.stringContaining('/no/such'),
    });
    expect(await check({ disk: { on: 'nowhere', free: below('>= 1 kB') } })).toMatchObject({
      verdict: 'error',
      text: expect.stringContaining('there is no host "nowhere"'),
    });
  });
  test('what df prints', () => {
    const head = 'Filesystem 1024-blocks Used Available Capacity Mounted on\n';
    expect(parseDf(`${head}/dev/sda 100 40 60 40% /\n`)).toEqual({ mounted: '/', free: 61_440 });
    expect(parseDf(`${head}nas:/my share 100 40 60 40% /mnt/my share\n`)).toEqual({
      mounted: '/mnt/my share',
      free: 61_440,
    });
    expect(parseDf('df: no such file')).toBeUndefined();
  });
});

describe('env', () => {
  const strong = 'kT9vQ2mXw7RbYc4LzN8pGh5sJdF3aE6uWqZx';
  const file = async (text: string) => writeFile(join(root, '.env'), text);
  const env = (require: Extract<CheckSpec, { env: unknown }>['env']['require']) =>
    check({ env: { on: 'app', file: '.env', require } });
  test('passes when everything is as required', async () => {
    await file(`# settings\nexport SECRET_KEY="${strong}"\nDEBUG=false # not here\nWORKERS = 12\nEMPTY_IS_FINE=\n`);
    const result = await env({
      SECRET_KEY: { 'min-length': 32, strong: true },
      DEBUG: { equals: 'false', not: 'true' },
      WORKERS: { at: parseThreshold('>= 10') },
    });
    expect(result).toMatchObject({ verdict: 'pass', text: '.env on host app: 3 of 3 variables as required' });
  });
  test('names what is wrong, and no value', async () => {
    await file(
      `SECERT_KEY=${strong}\nAPI_KEY=sesameSESAME\nDEBUG=trueish\nWORKERS=4\nNAME=\nTWICE=1\nTWICE=2\nnonsense\n`,
    );
    const result = await env({
      SECRET_KEY: {},
      API_KEY: { 'min-length': 32 },
      DEBUG: { equals: 'false' },
      WORKERS: { at: parseThreshold('>= 10') },
      NAME: {},
      TWICE: {},
      ABSENT: {},
    });
    expect(result.text).toBe(
      '.env on host app: SECRET_KEY is missing (there is SECERT_KEY); API_KEY has 12 characters, expected at least 32; DEBUG is not "false"; WORKERS is not >= 10; NAME is empty; TWICE stands there more than once; ABSENT is missing; line 8 cannot be read',
    );
    expect(JSON.stringify(result)).not.toMatch(/sesame|trueish|kT9v/);
  });
  test('a weak value is told with the reason and a way to a strong one', async () => {
    await file('SECRET_KEY=please-change-me-in-production-secret-key\n');
    const result = await env({ SECRET_KEY: { strong: true } });
    expect(result).toMatchObject({
      verdict: 'fail',
      text: expect.stringContaining('SECRET_KEY is weak: made of common words'),
      mend: expect.stringContaining('token_urlsafe'),
    });
  });
  test('a file that is not there', async () => {
    expect(await check({ env: { on: 'app', file: 'none.env', require: { A: {} } } })).toMatchObject({
      verdict: 'fail',
      text: 'there is no file none.env on host app',
      mend: 'write it there with A',
    });
  });
  test('rules of .env files', () => {
    const { values, repeated, unread } = parseDotEnv(
      '\uFEFFA=1\r\nB = two words # comment\r\nC="a\\nb \\"q\\" \\$x" # c\nD=\'raw \\n $x #\'\nE=a#b\nF="first\nsecond"\nG=after\n # comment\nH=\nA=3\n1X=no\nexport I=i\nJ="never closed\n',
    );
    expect(Object.fromEntries(values)).toEqual({
      A: '3',
      B: 'two words',
      C: 'a\nb "q" $x',
      D: 'raw \\n $x #',
      E: 'a#b',
      F: 'first\nsecond',
      G: 'after',
      H: '',
      I: 'i',
    });
    expect(repeated).toEqual(['A']);
    expect(unread).toEqual([12, 14]);
  });
  test('any text is read without an error, and what is written in quotes comes back', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void parseDotEnv(text)));
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        const clean = value.replaceAll("'", '').replaceAll('\r', '');
        expect(parseDotEnv(`X='${clean}'\nY=1\n`).values.get('X')).toBe(clean);
      }),
    );
  });
  test.each([
    'changeme',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'abcabcabcabcabcabcabcabcabcabcabc',
    'your-secret-key-here-change-me',
    'abcdefghijklmnopqrstuvwxyz012345',
    'password12345678901234567890123',
    'Tr0ub4dor',
    '1111111111222222222233333333334',
    'dev-secret-key-2026',
  ])('%s is weak', (value) => expect(weakness(value)).toBeDefined());
  test('random values are strong', () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
    const random = fc
      .array(fc.nat({ max: 63 }), { minLength: 43, maxLength: 64 })
      .map((all) => all.map((each) => alphabet[each]).join(''));
    fc.assert(
      fc.property(fc.noShrink(random), (value) => new Set(value).size < 16 || weakness(value) === undefined),
      { seed: 7 },
    );
    expect(weakness('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')).toBeUndefined();
  });
});

describe('git-tag and commit', () => {
  let repository: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: repository,
      stdio: 'pipe',
    })
      .toString()
      .trim();
  const tag = (options: object, version: string, previous: string | null = 'v1.0.0') =>
    check({ 'git-tag': options }, { git: openGit(repository), version, previous });
  beforeAll(async () => {
    repository = join(root, 'repository');
    await mkdir(repository);
    git('init', '-q', '-b', 'main');
    for (const version of ['v1.0.0', 'v1.1.0']) {
      git('commit', '-q', '--allow-empty', '-m', version);
      git('tag', '-a', version, '-m', version);
    }
    git('checkout', '-q', '-b', 'side');
    git('commit', '-q', '--allow-empty', '-m', 'side');
    git('tag', 'v1.2.0');
  });
  test('there, on a branch, greater', async () => {
    const result = await tag({ branch: 'main', grows: true }, 'v1.1.0');
    expect(result.text).toMatch(/^tag v1.1.0 is [0-9a-f]{10}, on main, greater than v1.0.0$/);
    expect(result.verdict).toBe('pass');
    expect((await tag({ grows: true }, 'v1.1.0', null)).verdict).toBe('pass');
  });
  test.each([
    [{}, 'v9.9.9', 'fail', 'there is no tag v9.9.9 in this checkout'],
    [{}, 'main', 'fail', 'there is no tag main'],
    [{}, '--help', 'fail', 'there is no tag --help'],
    [{ branch: 'main' }, 'v1.2.0', 'fail', 'does not lie on main'],
    [{ branch: 'mian' }, 'v1.2.0', 'error', 'there is no branch mian'],
    [{ grows: true }, 'v1.0.0', 'fail', 'v1.0.0 is not greater than v1.0.0'],
  ])('%j of %s: %s', async (options, version, verdict, text) => {
    expect(await tag(options, version)).toMatchObject({ verdict, text: expect.stringContaining(text) });
  });
  test('without a checkout it cannot be judged', async () => {
    expect((await check({ 'git-tag': {} })).verdict).toBe('error');
    const nowhere = { git: openGit(join(root, 'nowhere')), version: 'v1' };
    expect(await check({ 'git-tag': {} }, nowhere)).toMatchObject({
      verdict: 'error',
      text: expect.stringContaining('git cannot be run on this machine'),
    });
  });
  test('the checks of the commit', async () => {
    const commit = (checks: readonly { name: string; conclusion: string | null }[] | undefined, names?: string[]) =>
      check(
        { commit: names === undefined ? {} : { checks: names } },
        { git: openGit(repository), commitChecks: async () => checks },
      );
    const ok = { name: 'test', conclusion: 'success' };
    expect(await commit([ok, { name: 'lint', conclusion: 'skipped' }])).toMatchObject({
      verdict: 'pass',
      text: expect.stringContaining('2 of 2 checks passed'),
    });
    expect(await commit([ok], ['test', 'lint'])).toMatchObject({
      verdict: 'fail',
      text: expect.stringContaining('lint did not run'),
    });
    expect(await commit([ok, { name: 'lint', conclusion: 'failure' }])).toMatchObject({
      verdict: 'fail',
      text: expect.stringContaining('lint: failure'),
    });
    expect(await commit([{ name: 'test', conclusion: null }])).toMatchObject({
      verdict: 'inconclusive',
      text: expect.stringContaining('still running'),
    });
    expect(await commit([])).toMatchObject({ verdict: 'fail', text: expect.stringContaining('has no checks') });
    expect((await commit(undefined)).verdict).toBe('inconclusive');
  });
});

test('versions are compared as semver does', () => {
  const ordered = [
    'v1.0.0-alpha',
    '1.0.0-alpha.1',
    'v1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    'v1.0.1',
    'v1.2',
    'v1.10',
    'v2',
    'release-2026.11.21',
  ];
  for (let index = 1; index < ordered.length; index++) {
    expect(compareVersions(ordered[index] ?? '', ordered[index - 1] ?? '')).toBeGreaterThan(0);
    expect(compareVersions(ordered[index - 1] ?? '', ordered[index] ?? '')).toBeLessThan(0);
  }
  expect(compareVersions('v1.0.0+a', '1.0.0+b')).toBe(0);
  expect(compareVersions('main', 'v1')).toBeUndefined();
});

describe('command', () => {
  const command = (run: string | string[], more = {}, context = {}) =>
    check({ command: { on: 'app', run, ...more } }, context);
  test('passes and fails', async () => {
    expect(
      await command(
        'cat >/dev/null; echo "ready $VERSION"',
        { contains: 'ready $VERSION' },
        { variables: { VERSION: 'v1.1.0' } },
      ),
    ).toMatchObject({ verdict: 'pass' });
    expect(await command('false; true')).toMatchObject({ verdict: 'fail', text: 'ended with 1 on host app' });
    expect(await command(['sh', '-c', 'echo no disk >&2; exit 3'])).toMatchObject({
      verdict: 'fail',
      text: 'ended with 3 on host app: no disk',
    });
    expect(await command(['echo', 'other'], { contains: 'ready' })).toMatchObject({
      verdict: 'fail',
      text: 'printed "other", expected "ready" in it',
    });
    expect(await command('sleep 30', { timeout: 200 })).toMatchObject({
      verdict: 'error',
      text: expect.stringContaining('did not end within 200 ms'),
    });
    expect((await command(['no-such-program'])).verdict).toBe('fail');
  });
  test('gets the secrets that it names, and no others; they are not told', async () => {
    const variables = { API_TOKEN: 'sesame-open', OTHER: 'hidden-value' };
    const result = await command(
      'echo "[$API_TOKEN][$(printenv OTHER || echo none)]" >&2; exit 1',
      {},
      { variables: { ...variables } },
    );
    expect(result.text).toBe('ended with 1 on host app: [$API_TOKEN][none]');
  });
});

describe('sql', () => {
  const asked: string[] = [];
  const database = {
    live: async () => ({ address: 'live.db', kind: 'live' }),
    query: async (instance: { address: string }, sql: string) => {
      asked.push(`${instance.address}: ${sql}`);
      return { columns: ['n'], rows: sql.includes('none') ? [] : [[6]], ms: asked.length * 10 };
    },
  } as unknown as Database;
  const sql = (options: object, more = {}) => {
    asked.length = 0;
    return check(
      { sql: { database: 'main', query: 'SELECT COUNT(*) FROM reports', ...options } },
      { databases: { main: database }, ...more },
    );
  };
  test('values', async () => {
    expect(await sql({ equals: 6 })).toMatchObject({ verdict: 'pass', text: '6, expected 6' });
    expect(await sql({ equals: '7' })).toMatchObject({ verdict: 'fail', text: '6, expected "7"' });
    expect(await sql({ value: below('>= 6') })).toMatchObject({
      verdict: 'pass',
      measurements: [{ name: 'value', value: 6 }, { name: 'time' }],
    });
    expect(await sql({ query: 'select none', value: below('= 6') })).toMatchObject({
      verdict: 'fail',
      text: 'no row, expected a number = 6',
    });
  });
  test('time is the median of five', async () => {
    expect(await sql({ time: below('< 50 ms') })).toMatchObject({
      verdict: 'pass',
      text: 'median time of 5 30 ms, expected < 50 ms',
    });
    expect(asked).toHaveLength(5);
    expect((await sql({ time: below('< 30 ms') })).verdict).toBe('fail');
  });
  test('a rehearsal asks its copy; writing and unknown databases are refused', async () => {
    await sql({}, { instances: { main: { address: 'copy.db', kind: 'scratch' } } });
    expect(asked).toEqual(['copy.db: SELECT COUNT(*) FROM reports']);
    expect(await sql({ query: 'DELETE FROM reports' })).toMatchObject({
      verdict: 'error',
      text: expect.stringContaining('a check only reads'),
    });
    expect(await sql({ database: 'other' })).toMatchObject({
      verdict: 'error',
      text: expect.stringContaining('there is no database other'),
      mend: 'known: main',
    });
    expect(asked).toEqual([]);
  });
});
