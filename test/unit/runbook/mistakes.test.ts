import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { checkRunbook, loadRunbook, parseRunbook } from '@release-runbook/runbook/load';
import { formatError, RunbookError } from '@release-runbook/units/error';

const folder = fileURLToPath(new URL('fixtures/mistakes/', import.meta.url));
const fixture = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The lines "#! line:column: message — hint" at the end of a fixture. */
const expected = (text: string): string[] =>
  text.split('\n').flatMap((line) => (line.startsWith('#! ') ? [line.slice(3)] : []));

const printed = ({ at, message, hint }: RunbookError): string =>
  `${at?.line}:${at?.column}: ${message}${hint === undefined ? '' : ` — ${hint}`}`;

async function failure(promise: Promise<unknown>): Promise<RunbookError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RunbookError)) throw new Error(`expected a RunbookError, got ${String(error)}`);
  return error;
}

describe('each mistake has its message at its line and column', () => {
  for (const name of readdirSync(folder)) {
    test(name, async () => {
      const text = fixture(name);
      expect(expected(text).length).toBeGreaterThan(0);
      const { problems } = await checkRunbook(text, name);
      expect(problems.map(printed)).toEqual(expected(text));
      expect(problems.every(({ at }) => at?.file === name)).toBe(true);
    });
  }
});

test('all of them come in one error, which prints one a line', async () => {
  const error = await failure(parseRunbook(fixture('keys.yml'), 'keys.yml'));
  expect(error.problems.length).toBe(7);
  expect(error.at).toEqual({ file: 'keys.yml', line: 3, column: 1 });
  expect(error.message).toMatch(
    /^the runbook has 7 problems; nothing was touched:\nkeys\.yml:3:1: unknown key "sevices"/,
  );
  expect(formatError(error).split('\n')[1]).toBe('  did you mean "services"?');
});

test('no message holds the secret that it speaks of', async () => {
  const error = await failure(parseRunbook(fixture('secrets.yml'), 'secrets.yml', { environment: 'production' }));
  expect(formatError(error)).not.toContain('hunter2');
  expect(error.message).not.toContain('hunter2');
});

describe('files', () => {
  async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const temporary = await mkdtemp(join(tmpdir(), 'runbook-'));
    try {
      return await use(temporary);
    } finally {
      await rm(temporary, { recursive: true });
    }
  }

  test('5 MB are refused before parsing', () =>
    inFolder(async (temporary) => {
      const file = join(temporary, 'large.yml');
      await writeFile(file, 'runbook: v1\n'.repeat(440_000));
      expect(formatError(await failure(loadRunbook(file)))).toBe(
        `${file}:1:1: the file has 5.3 MB, expected a runbook of at most 1 MiB; nothing of it was read\n  is this the right file? a runbook is a page of YAML`,
      );
    }));

  test('a text of more than 1 MiB is refused too', async () => {
    const { problems } = await checkRunbook('#'.repeat(2 ** 20 + 1), 'runbook.yml');
    expect(problems.map(printed)[0]).toMatch(/^1:1: the file has 1\.0 MB, expected a runbook of at most 1 MiB/);
  });

  test('a missing file and a folder', () =>
    inFolder(async (temporary) => {
      const file = join(temporary, 'none.yml');
      expect((await failure(loadRunbook(file))).message).toBe(`there is no runbook at ${file}`);
      expect((await failure(loadRunbook(temporary))).message).toBe(`${temporary} is a folder, expected a runbook file`);
    }));

  test.each([
    ['', '1:1: the file is empty, expected a runbook that begins with "runbook: v1"'],
    ['# only a comment\n', '1:1: the file is empty, expected a runbook that begins with "runbook: v1"'],
    ['runbook: v1\nsystem: a\0b\n', '2:10: not a YAML file: it holds bytes that are no text'],
    [`a: ${'['.repeat(200)}${']'.repeat(200)}`, '1:64: nested too deep, expected at most 60 levels'],
    [' - '.repeat(300_000), '1:1: nested too deep, expected at most 60 levels'],
    ['runbook: v1\nsystem: shop\nhosts: { app: { local: .nan } }\n', '3:24: expected a number that is finite'],
    ['runbook: v1\nsystem: shop\n? [a]\n: b\n', '3:3: expected a key that is a word'],
    ['runbook: v1\nsystem: shop\n__proto__: { a: 1 }\n', '3:1: expected a key that is a word'],
  ])('%#', async (text, message) => {
    const { problems } = await checkRunbook(text, 'runbook.yml');
    expect(problems.map(printed)).toEqual([message]);
  });
});

describe('environments', () => {
  const two = 'runbook: v1\nsystem: shop\nenvironments:\n  production: {}\n  staging: {}\n';

  test('one of several must be named', async () => {
    const error = await failure(parseRunbook(two, 'r.yml'));
    expect(error.problems.map(printed)).toEqual([
      '3:1: this runbook has 2 environments, expected the name of one of "production", "staging" — name it: --environment production',
    ]);
  });

  test('one that does not exist', async () => {
    const error = await failure(parseRunbook(two, 'r.yml', { environment: 'prodution' }));
    expect(error.problems.map(printed)).toEqual([
      '3:1: no environment is called "prodution", expected one of "production", "staging" — did you mean "production"?',
    ]);
  });

  test('a runbook without environments has the one called default', async () => {
    const text = 'runbook: v1\nsystem: shop\n';
    expect((await parseRunbook(text, 'r.yml')).environment).toBe('default');
    const error = await failure(parseRunbook(text, 'r.yml', { environment: 'production' }));
    expect(error.problems[0]?.message).toMatch(
      /no environment is called "production": this runbook has no "environments:"/,
    );
  });
});

test('a secret that is named and not set is told when the environment is given', async () => {
  const text = 'runbook: v1\nsystem: shop\nhosts: { app: { ssh: a@example.com, key: $DEPLOY_KEY } }\n';
  await expect(parseRunbook(text, 'r.yml', { variables: { DEPLOY_KEY: 'x' } })).resolves.toBeDefined();
  const error = await failure(parseRunbook(text, 'r.yml', { variables: {} }));
  expect(error.problems.map(printed)).toEqual([
    "3:42: $DEPLOY_KEY is not set in the environment of this step, expected the secret's value there — in a workflow add to the step: env: { DEPLOY_KEY: ${{ secrets.DEPLOY_KEY }} }; in a terminal: export DEPLOY_KEY=…",
  ]);
});

describe('warnings', () => {
  const canary = (metric: string, rest = ''): string => `runbook: v1
system: shop
hosts: { app: { local: true } }
services: { a: { on: app, pm2: a, start: [a], slots: { blue: { port: 1, directory: a }, green: { port: 2, directory: b } } } }
deploy: [{ restart: a }]
canary:
  traffic: { command: { on: app, set: ./set, get: ./get } }
  weights: [5%, 100%]
  each: 1m
  metrics: [${metric}]
${rest}`;
  const warnings = async (text: string): Promise<string[]> => {
    const checked = await checkRunbook(text, 'r.yml');
    expect(checked.problems.map(printed)).toEqual([]);
    return checked.warnings.map(printed);
  };

  test('a rule against stable alone has no meaning at 100%', async () => {
    expect(await warnings(canary('{ name: x, log: {}, worse-than-stable: "> 50%" }'))).toEqual([
      '10:33: "x" has no meaning at 100%, where there is no stable track left: it decides nothing there — add "expect:" with an absolute threshold',
    ]);
    expect(await warnings(canary('{ name: x, log: {}, worse-than-stable: "> 50%", expect: < 5/h }'))).toEqual([]);
  });

  test('a trigger that the gate cannot have seen', async () => {
    const rest = 'rollback: { when: [{ severe-errors: "> 10/h", for: 2m }, { complaints: "> 20/h", for: 121 s }] }';
    expect(await warnings(canary('{ name: x, log: {}, expect: < 5/h }', rest))).toEqual([
      '11:87: not yet observed: this trigger must hold for 2 min 1 s, and the gate takes 2 min in all — the release reports it as not yet observed, not as passed',
    ]);
  });

  test('services that no release would start anew', async () => {
    const text = (rest: string) =>
      `runbook: v1\nsystem: shop\nhosts: { app: { local: true } }\nservices: { web: { on: app, pm2: web, start: [a] } }\n${rest}`;
    expect(await warnings(text(''))).toEqual([
      '4:1: services, but no "deploy:": a release would back up, migrate and test, start nothing anew, and end with web on the old version, recorded as the new one — add "deploy:" with what brings a version into place, and "- restart: web" at its end',
    ]);
    expect(await warnings(text('deploy: []\n'))).toHaveLength(1);
    expect(await warnings(text('deploy: [{ restart: web }]\n'))).toEqual([]);
  });

  test('a copy beside the original', async () => {
    const text = `runbook: v1
system: shop
hosts: { app: { ssh: a@example.com } }
databases: { main: { engine: sqlite, path: a.db, on: app } }
backup: { copies: [{ on: app, directory: /a }, { ssh: a@example.com, directory: /b }] }
`;
    const text1 =
      'this copy lies on the same host as the database "main", expected another host: what takes one takes both';
    expect(await warnings(text)).toEqual([`5:26: ${text1}`, `5:55: ${text1}`]);
  });
});
