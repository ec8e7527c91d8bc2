import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type ActRun, startAct, suiteCopy } from '../support/act/act.ts';
import { processesIn } from '../support/act/processes.ts';
import { freePort } from '../support/brand-diagnosis/app.ts';
import { run, runOrFail } from '../support/brand-diagnosis/run.ts';
import { type GitHubServer, startGitHubServer } from '../support/github-server/server.ts';

// A whole release on a machine that has other work to do.
jest.setTimeout(300_000);

// Each action without a runbook, in a repository of nothing but its workflow: as the READMEs show it.
const SUITE = 'release-runbook/release-runbook/actions';
const CHECKOUT = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8';

let folder: string;
let server: GitHubServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alone-'));
  server = await startGitHubServer({ owner: 'acme', repo: 'shop', token: 'a-token' });
});
afterEach(async () => {
  await server.close();
  // What was deployed still runs: the old version, as it should.
  for (const pid of await processesIn(folder)) process.kill(pid, 'SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

async function act(workflow: string, files: Readonly<Record<string, string>> = {}): Promise<ActRun> {
  const directory = join(folder, 'shop');
  for (const [path, text] of Object.entries({ '.github/workflows/alone.yml': workflow, ...files })) {
    await mkdir(join(directory, path, '..'), { recursive: true });
    await writeFile(join(directory, path), text, { mode: 0o755 });
  }
  const git = (...args: string[]) =>
    runOrFail('git', ['-C', directory, '-c', 'user.name=S', '-c', 'user.email=s@example.com', ...args]);
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  await git('add', '--all');
  await git('commit', '--quiet', '-m', 'Shop');
  const [home, eventFile] = [join(folder, 'home'), join(folder, 'event.json')];
  await mkdir(home);
  await writeFile(
    eventFile,
    JSON.stringify({
      ref: 'refs/heads/main',
      repository: {
        name: 'shop',
        full_name: 'acme/shop',
        default_branch: 'main',
        private: true,
        owner: { login: 'acme' },
      },
    }),
  );
  const env = {
    GITHUB_API_URL: server.url,
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_ATTEMPT: '1',
    TEST_ORIGIN: directory,
    TEST_GATE: folder,
    TEST_ARTIFACTS: folder,
  };
  const ran = startAct({
    event: 'push',
    workflow: join(directory, '.github/workflows/alone.yml'),
    eventFile,
    directory,
    suite: await suiteCopy(join(folder, 'suite')),
    home,
    env,
    secrets: { GITHUB_TOKEN: 'a-token' },
  });
  await ran.ended;
  return ran;
}

const query = async (database: string, sql: string) =>
  (
    await run('python3', [
      '-c',
      'import sqlite3,sys,json; print(json.dumps(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall()))',
      database,
      sql,
    ])
  ).stdout.trim();

test('db-backup to a folder; migrate; something fails; rollback reads the record that migrate left', async () => {
  const database = join(folder, 'app.db');
  await runOrFail('python3', [
    '-c',
    'import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2])',
    database,
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO orders (name) VALUES ('a'), ('b');",
  ]);
  const ran = await act(
    `
on: push
jobs:
  backup:
    runs-on: ubuntu-latest
    steps:
      - id: backup
        uses: ${SUITE}/db-backup@v1
        with: { url: 'sqlite:${database}', to: '${join(folder, 'backups')}', keep: 14 }
  migrate:
    needs: backup
    runs-on: ubuntu-latest
    steps:
      - uses: ${CHECKOUT}
      - id: migrate
        uses: ${SUITE}/migrate@v1
        with: { url: 'sqlite:${database}', files: migrations }
      - id: deploy
        run: sqlite3 '${database}' .schema && exit 1
      - id: rollback
        if: failure() || cancelled()
        uses: ${SUITE}/rollback@v1
`,
    { 'migrations/001-note.sql': 'ALTER TABLE orders ADD COLUMN note TEXT;\n' },
  );
  expect({ outputs: ran.outputs, log: ran.log.slice(-20) }).toMatchObject({
    outputs: {
      'backup.backup.decision': 'proceed',
      'backup.backup.verified': 'true',
      'backup.backup.rows': '2',
      'backup.backup.sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
      'migrate.migrate.decision': 'proceed',
      'migrate.rollback.reason': 'rolled-back',
    },
  });
  expect(ran.log.join('\n')).toMatch(/note TEXT/);
  expect((await readdir(join(folder, 'backups'), { recursive: true })).some((name) => name.endsWith('.sqlite'))).toBe(
    true,
  );
  expect(await query(database, 'SELECT * FROM orders')).toBe('[[1, "a"], [2, "b"]]');
  expect(ran.jobs).toEqual({ backup: 'success', migrate: 'failure' });
  expect(server.violations).toEqual([]);
});

const WEB = `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const version = readFileSync('version', 'utf8').trim();
createServer((_, answer) => answer.end(version)).listen(Number(process.env.PORT), '127.0.0.1');
`;

test('preflight-check, deploy, smoke-test and canary-gate by an inline config, and the rollback of both', async () => {
  const ports = [await freePort(), await freePort()];
  const srv = join(folder, 'srv');
  for (const slot of ['blue', 'green']) {
    await mkdir(join(srv, slot), { recursive: true });
    await writeFile(join(srv, slot, 'version'), 'v1\n');
    await writeFile(join(srv, slot, 'web.mjs'), WEB);
  }
  await writeFile(join(srv, 'weights'), 'blue=100 green=0');
  const config = `
            hosts: { app: { local: true, directory: ${srv} } }
            previous: v1
            services: { web: { on: app, command: { start: [node, web.mjs] }, slots: { blue: { port: ${ports[0]}, directory: blue }, green: { port: ${ports[1]}, directory: green } }, health: 'http://127.0.0.1:$PORT/' } }
            deploy:
              - { name: code, service: web, run: 'echo "$VERSION" >version', undo: 'echo "$PREVIOUS_VERSION" >version' }
              - restart: web
            smoke: [{ http: { url: 'http://127.0.0.1:$PORT/', contains: v2 } }]
            canary:
              traffic: { command: { on: app, set: 'echo "$WEIGHTS" >weights', get: cat weights } }
              weights: [50%, 100%]
              each: 1s
              every: 500ms
              metrics: [{ name: slow, http: { url: 'http://127.0.0.1:$PORT/' }, expect: "< 2 s" }]`;
  const step = (name: string) => `
      - id: ${name}
        uses: ${SUITE}/${name}@v1
        with:
          version: v2
          config: |${config}`;
  const ran = await act(`
on: push
jobs:
  ready:
    runs-on: ubuntu-latest
    steps:
      - uses: ${CHECKOUT}
      - id: ready
        uses: ${SUITE}/preflight-check@v1
        with:
          config: |
            - disk: { on: runner, free: ">= 1 MB" }
  release:
    needs: ready
    runs-on: ubuntu-latest
    steps:${['deploy', 'smoke-test', 'canary-gate', 'rollback'].map(step).join('')}
          to: v1
`);
  expect({ outputs: ran.outputs, log: ran.log.slice(-20) }).toMatchObject({
    outputs: {
      'ready.ready.decision': 'proceed',
      'release.deploy.decision': 'proceed',
      'release.smoke-test.decision': 'proceed',
      'release.canary-gate.decision': 'proceed',
      'release.rollback.reason': 'rolled-back',
    },
  });
  expect(ran.jobs).toEqual({ ready: 'success', release: 'success' });
  expect(server.violations).toEqual([]);
});
