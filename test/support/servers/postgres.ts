import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../sshd.ts';
import { give, launch, type Running, removeFolder, run, temporaryFolder, unprivileged } from './process.ts';
import { type Accounts, accounts, DATABASE, debianPostgres, installedFolder, type SqlServer, urlOf } from './server.ts';

export interface PostgresOptions {
  /** Default: Debian's own (15). */
  readonly version?: 'debian' | '18';
  /** Settings: `{ max_connections: '5' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** For DocumentDB, which logs in to its own server: nobody needs a password, and there are no `shop`, owner and reader. */
  readonly bare?: boolean;
}

/** PostgreSQL, by default with passwords (SCRAM) for all connections. `owner` owns the database `shop` and may create no other. */
export async function startPostgres(options: PostgresOptions = {}): Promise<SqlServer> {
  const programs = options.version === '18' ? installedFolder('postgresql-18/bin') : debianPostgres();
  const identity = await unprivileged('postgres');
  const folder = await temporaryFolder('postgres', identity);
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const port = await freePort();
  const all = accounts('postgres', port);
  const settings = { listen_addresses: '127.0.0.1', fsync: 'off', ...options.settings };
  const environment = { PGPASSWORD: all.admin.password, PGCONNECT_TIMEOUT: '10' };
  const psql = (user: string, database: string) => [
    '-X',
    '-q',
    '-A',
    '-t',
    '-F\t',
    '-v',
    'ON_ERROR_STOP=1',
    '-h',
    '127.0.0.1',
    '-p',
    `${port}`,
    '-U',
    user,
    '-d',
    database,
  ];
  const launched = () =>
    launch({
      program: join(programs, 'postgres'),
      args: [
        '-D',
        data,
        '-p',
        `${port}`,
        '-k',
        folder,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      folder,
      log,
      identity,
      ready: () =>
        run(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', `${port}`]).then(
          () => true,
          () => false,
        ),
    });
  const sql: SqlServer['sql'] = async (text, { database = DATABASE, account = all.admin } = {}) =>
    await run(join(programs, 'psql'), psql(account.user, database), {
      input: text,
      env: { ...environment, PGPASSWORD: account.password },
    });
  let running: Running | undefined;
  let version: string;
  try {
    const password = join(folder, 'password');
    await writeFile(password, all.admin.password, { mode: 0o600 });
    await give(password, identity);
    await run(
      join(programs, 'initdb'),
      [
        '-D',
        data,
        '-U',
        'postgres',
        '-A',
        options.bare === true ? 'trust' : 'scram-sha-256',
        `--pwfile=${password}`,
        '-E',
        'UTF8',
        '--no-sync',
      ],
      { identity },
    );
    await rm(password);
    running = await launched();
    if (options.bare !== true) await prepare(sql, all);
    version = (await sql('SHOW server_version', { database: 'postgres' })).trim();
  } catch (error) {
    await running?.stop('SIGKILL');
    await removeFolder(folder);
    throw error;
  }
  let current = running;
  return {
    ...all,
    engine: 'postgres',
    version,
    port,
    socket: folder,
    folder,
    data,
    log,
    programs,
    get pid() {
      return current.pid;
    },
    url: ({ database = DATABASE, account = all.owner } = {}) => urlOf('postgres', account, database),
    sql,
    async stop() {
      await current.stop('SIGINT'); // "fast": does not wait for clients
      await removeFolder(folder);
    },
    kill: () => current.stop('SIGKILL'),
    async restart() {
      await current.stop('SIGINT');
      current = await launched();
    },
  };
}

async function prepare(sql: SqlServer['sql'], { owner, reader }: Accounts): Promise<void> {
  await sql(
    `CREATE ROLE owner LOGIN PASSWORD ${quoted(owner.password)};
     CREATE ROLE reader LOGIN PASSWORD ${quoted(reader.password)};
     CREATE DATABASE ${DATABASE} OWNER owner;
     REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC;
     GRANT CONNECT ON DATABASE ${DATABASE} TO reader;`,
    { database: 'postgres' },
  );
  await sql('ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT ON TABLES TO reader');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
