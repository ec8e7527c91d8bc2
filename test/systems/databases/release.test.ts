import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startMariadb, startMysql } from '../../support/servers/mysql.ts';
import { startPostgres } from '../../support/servers/postgres.ts';
import type { SqlServer } from '../../support/servers/server.ts';

const SERVERS = [
  ['mariadb', startMariadb],
  ['mysql', startMysql],
  ['postgres', startPostgres],
] as const satisfies readonly (readonly [string, () => Promise<SqlServer>])[];

/** A service of a few lines: what matters here is its database. */
const APP = `
import http.server, os
class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = (open("version").read()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), App).serve_forever()
`;

describe.each(SERVERS)('a whole release on %s, and back', (engine, start) => {
  let server: SqlServer;
  let folder: string;
  let port: number;

  beforeAll(async () => {
    server = await start();
    folder = mkdtempSync(join(tmpdir(), 'rr-release-'));
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    port = (probe.address() as { port: number }).port;
    await new Promise((resolve) => probe.close(resolve));
    mkdirSync(join(folder, 'live', 'app'), { recursive: true });
    for (const version of ['v1', 'v2']) {
      mkdirSync(join(folder, 'versions', version, 'migrations'), { recursive: true });
      writeFileSync(join(folder, 'versions', version, 'version'), version);
      writeFileSync(join(folder, 'versions', version, 'app.py'), APP);
    }
    const first =
      'CREATE TABLE reports (id INT PRIMARY KEY, title VARCHAR(50) NOT NULL);\nCREATE TABLE scraps (id INT PRIMARY KEY);\n';
    writeFileSync(join(folder, 'versions/v1/migrations/001_reports.sql'), first);
    writeFileSync(join(folder, 'versions/v2/migrations/001_reports.sql'), first);
    writeFileSync(
      join(folder, 'versions/v2/migrations/002_titles.sql'),
      'ALTER TABLE reports DROP COLUMN title;\nALTER TABLE reports ADD COLUMN length INT;\nDELETE FROM scraps;\n',
    );
    writeFileSync(join(folder, 'runbook.yml'), runbook());
  }, 120_000);
  afterAll(async () => {
    cli('rollback', '--yes', '--accept-loss');
    // The service that still runs is known by the folder that it started in.
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      try {
        if (readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)) process.kill(Number(pid));
      } catch {}
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const runbook = () => `
runbook: v1
system: reports
source: { directory: ${folder}/versions/$VERSION }
hosts:
  here: { local: true, directory: ${folder}/live }
services:
  web:
    on: here
    directory: app
    command: { start: [python3, app.py] }
    port: ${port}
    health: http://127.0.0.1:$PORT/
databases:
  main:
    engine: ${engine}
    url: $DATABASE_URL
    on: here
    env: DATABASE_URL
    programs: ${server.programs}
    ${server.socket === undefined ? '' : `socket: ${server.socket}`}
stop-writes: [web]
migrate:
  main: { files: migrations, undo: { restore: {}, warm: true }, expect: { reports: { rows: kept } } }
deploy:
  - name: code
    on: here
    run: cp ${folder}/versions/$VERSION/* app/ 2>/dev/null || true
    undo: if [ -n "$PREVIOUS_VERSION" ]; then cp ${folder}/versions/$PREVIOUS_VERSION/* app/ 2>/dev/null || true; fi
  - restart: web
smoke:
  - http: { url: http://127.0.0.1:$PORT/, status: 200 }
`;

  function cli(...args: string[]) {
    const [command = '', ...rest] = args;
    const ended = spawnSync(
      process.execPath,
      ['dist/cli/index.js', command, '--runbook', join(folder, 'runbook.yml'), ...rest],
      {
        encoding: 'utf8',
        env: { ...process.env, HOME: folder, DATABASE_URL: server.url({ account: server.admin }), NO_COLOR: '1' },
      },
    );
    return { code: ended.status, text: ended.stdout + ended.stderr };
  }

  const columns = async () => {
    const where = engine === 'postgres' ? "table_schema = 'public'" : "table_schema = 'shop'";
    const rows = await server.sql(
      `SELECT column_name FROM information_schema.columns WHERE ${where} AND table_name = 'reports' ORDER BY 1;`,
    );
    return rows.trim().split('\n');
  };

  test('v1 serves; v2 is told, proven, and brought back with its rows', async () => {
    const first = cli('release', 'v1', '--first', '--yes');
    expect(first.code === 0 ? '' : first.text).toBe('');
    await server.sql("INSERT INTO reports VALUES (1, 'one'), (2, 'two'), (3, 'three');");

    const plan = cli('plan', 'v2');
    expect(plan.text).toContain('migrations/002_titles.sql:3:');
    // An error of the lint refuses the release; the old version serves again, on the database that was not touched.
    const refused = cli('release', 'v2', '--yes');
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/002_titles\.sql:3: .*scraps/);
    expect(await columns()).toEqual(['id', 'title']);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('v1');
    const file = join(folder, 'versions/v2/migrations/002_titles.sql');
    const waiver = '-- release-runbook: allow delete-without-where: nobody misses scraps\nDELETE';
    writeFileSync(file, readFileSync(file, 'utf8').replace('DELETE', waiver));
    const second = cli('release', 'v2', '--yes');
    expect(second.code === 0 ? '' : second.text).toBe('');
    expect(second.text).toMatch(/second load of main-.* is ready beside it/);
    expect(await columns()).toEqual(['id', 'length']);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('v2');

    // Written after the backup: the rollback asks first, and loses nothing that it does not export.
    await server.sql('INSERT INTO reports (id, length) VALUES (4, 4);');
    const asked = cli('rollback', '--yes');
    expect(asked.code).toBe(75);
    expect(asked.text).toMatch(/1 row/);
    const back = cli('rollback', '--yes', '--accept-loss');
    expect(back.code === 0 ? '' : back.text).toBe('');
    expect(await columns()).toEqual(['id', 'title']);
    expect((await server.sql('SELECT id, title FROM reports ORDER BY 1;')).trim().split('\n')).toEqual([
      '1\tone',
      '2\ttwo',
      '3\tthree',
    ]);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('v1');
    const exported = spawnSync('grep', ['-rl', '"key":\\[4\\]', join(folder, '.release-runbook')], {
      encoding: 'utf8',
    });
    expect(exported.stdout.trim().split('\n')).toHaveLength(1);
    // The password is nowhere in what is kept.
    const secret = spawnSync('grep', ['-rlF', server.admin.password, join(folder, '.release-runbook')], {
      encoding: 'utf8',
    });
    expect(secret.stdout).toBe('');
    const status = cli('status');
    expect(status.text).toMatch(/v1/);
  }, 240_000);
});
