import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bulk } from '../support/servers/data/bulk.ts';
import { loadMongo } from '../support/servers/data/mongo.ts';
import { loadMysql } from '../support/servers/data/mysql.ts';
import { loadPostgres } from '../support/servers/data/postgres.ts';
import { type MongoServer, startMongo } from '../support/servers/mongo.ts';
import { startMariadb, startMysql } from '../support/servers/mysql.ts';
import { startPostgres } from '../support/servers/postgres.ts';
import { lives, removeFolder, run, temporaryFolder } from '../support/servers/process.ts';
import { programPath, type Server, type SqlServer } from '../support/servers/server.ts';

/** How many rows each table holds, asked of the server itself. */
async function counts(server: Server, tables: readonly string[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of tables) {
    if (server.engine === 'mongodb') {
      const client = await (server as MongoServer).client();
      found[table] = await client.db('shop').collection(table).countDocuments();
      continue;
    }
    const quoted =
      server.engine === 'postgres'
        ? table.replace(/^([^.]+)\.(.*)$/, (_, schema, name) => `"${schema}"."${name.replaceAll('"', '""')}"`)
        : `\`${table.replaceAll('`', '``')}\``;
    const only = server.engine === 'postgres' ? 'ONLY ' : '';
    found[table] = Number(await (server as SqlServer).sql(`SELECT COUNT(*) FROM ${only}${quoted}`));
  }
  return found;
}

async function denied(server: Server): Promise<string> {
  const error = await (server.engine === 'mongodb'
    ? (server as MongoServer).client(server.reader).then((c) => c.db('shop').collection('customers').deleteMany({}))
    : (server as SqlServer).sql('DELETE FROM nothing_in_it', { account: server.reader })
  ).then(
    () => 'not refused',
    (refusal: Error) => refusal.message,
  );
  return error;
}

const dumps: Record<Server['engine'], (server: Server, file: string) => Promise<string>> = {
  mariadb: (server, file) => mysqldump(server, file, 'mariadb-dump', []),
  mysql: (server, file) => mysqldump(server, file, 'mysqldump', ['--set-gtid-purged=OFF', '--column-statistics=0']),
  postgres: (server, file) =>
    run(
      join(server.programs, 'pg_dump'),
      ['-w', '-Fc', '-f', file, '-h', '127.0.0.1', '-p', `${server.port}`, '-U', 'postgres', 'shop'],
      {
        env: { PGPASSWORD: server.admin.password },
      },
    ),
  mongodb: (server, file) =>
    run(join(server.programs, 'mongodump'), [`--uri=${server.url({ account: server.admin })}`, `--archive=${file}`]),
};
const mysqldump = (server: Server, file: string, program: string, args: string[]) =>
  run(
    join(server.programs, program),
    [
      '--no-defaults',
      '-h127.0.0.1',
      `-P${server.port}`,
      '-uroot',
      '--single-transaction',
      '--routines',
      '--events',
      '--hex-blob',
      '--default-character-set=utf8mb4',
      ...args,
      `--result-file=${file}`,
      'shop',
    ],
    { env: { MYSQL_PWD: server.admin.password } },
  );

describe.each([
  { name: 'MariaDB', start: startMariadb, load: loadMysql, version: /^10\.\d+\.\d+-MariaDB/, program: /\/mariadbd$/ },
  { name: 'MySQL', start: startMysql, load: loadMysql, version: /^9\.\d+\.\d+/, program: /\/mysqld$/ },
  { name: 'PostgreSQL', start: startPostgres, load: loadPostgres, version: /^15\./, program: /\/postgres$/ },
  {
    name: 'PostgreSQL 18',
    start: () => startPostgres({ version: '18' }),
    load: loadPostgres,
    version: /^18\./,
    program: /\/postgres$/,
  },
  { name: 'FerretDB', start: startMongo, load: loadMongo, version: /^7\./, program: /\/ferretdb$/ },
])('$name', ({ start, load, version, program }) => {
  let server: Server;
  let rows: Readonly<Record<string, number>>;
  beforeAll(async () => {
    server = await start();
    ({ rows } = await (load as (server: Server) => ReturnType<typeof loadMongo>)(server));
  });
  afterAll(() => server?.stop());

  test('is a real server, loaded', async () => {
    expect(server.version).toMatch(version);
    expect(await readlink(`/proc/${server.pid}/exe`)).toMatch(program);
    expect(await counts(server, Object.keys(rows))).toEqual(rows);
  });

  test('refuses what an account may not do', async () => {
    expect(await denied(server)).toMatch(/denied/);
  });

  test('can be dumped by its own client', async () => {
    const folder = await temporaryFolder('dump');
    try {
      await dumps[server.engine](server, join(folder, 'file'));
      expect(existsSync(join(folder, 'file'))).toBe(true);
    } finally {
      await removeFolder(folder);
    }
  });

  test('grows, is killed, and comes back with all its rows', async () => {
    const grown = await bulk(server, 5);
    expect(grown).toEqual({ bulk_events: 5000, bulk_totals: 500 });
    const before = server.pid;
    await server.kill();
    expect(await lives(before)).toBe(false);
    await server.restart();
    const tables = server.engine === 'postgres' ? ['public.bulk_events', 'sales.orders'] : ['bulk_events', 'customers'];
    expect(Object.values(await counts(server, tables))).toEqual([5000, server.engine === 'mongodb' ? 3 : 4]);
  });

  test('leaves neither a process nor a folder', async () => {
    const { pid, folder } = server;
    await server.stop();
    expect(await lives(pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
    await server.stop(); // again is no error
  });
});

test('a server dies with its test', async () => {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(new URL('../support/servers/postgres.ts', import.meta.url).href)});
    const server = await startPostgres();
    console.log(JSON.stringify({ pid: server.pid, folder: server.folder }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
  const { pid, folder } = JSON.parse(line) as { pid: number; folder: string };
  expect(await lives(pid)).toBe(true);
  child.kill('SIGKILL');
  const until = Date.now() + 15_000;
  while (((await lives(pid)) || existsSync(folder)) && Date.now() < until)
    await new Promise((next) => setTimeout(next, 50));
  expect(await lives(pid)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test.each([
  ['zstd', '--version'],
  ['age', '--version'],
  ['rclone', 'version'],
  ['mydumper', '--version'],
  ['s3rver', '--version'],
  ['toxiproxy-server', '-version'],
  ['mongorestore', '--version'],
])('%s is there', async (program, argument) => {
  expect(await run(programPath(program), [argument])).toMatch(/\w/);
});
