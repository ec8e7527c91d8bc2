import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../sshd.ts';
import {
  answers,
  give,
  type Identity,
  launch,
  type Running,
  removeFolder,
  run,
  temporaryFolder,
  unprivileged,
} from './process.ts';
import { accounts, DATABASE, installedFolder, programPath, type SqlServer, urlOf } from './server.ts';

export interface MysqlOptions {
  /** Further options of the server, such as `--sql-mode=`. */
  readonly args?: readonly string[];
}

interface Engine {
  readonly engine: 'mariadb' | 'mysql';
  readonly programs: string;
  readonly server: string;
  readonly client: string;
  /** Options of this engine alone. */
  readonly args: readonly string[];
  initialize(folder: string, data: string, identity: Identity): Promise<void>;
}

/** MariaDB of Debian. */
export async function startMariadb(options: MysqlOptions = {}): Promise<SqlServer> {
  return await start(options, {
    engine: 'mariadb',
    programs: '/usr/bin',
    server: programPath('mariadbd'),
    client: programPath('mariadb'),
    args: [],
    async initialize(_folder, data, identity) {
      await run(
        programPath('mariadb-install-db'),
        ['--no-defaults', `--datadir=${data}`, '--skip-test-db', '--auth-root-authentication-method=normal'],
        { identity },
      );
    },
  });
}

/** Oracle's MySQL, with its defaults: binary log, GTIDs, event scheduler. */
export async function startMysql(options: MysqlOptions = {}): Promise<SqlServer> {
  const programs = installedFolder('mysql/bin');
  const server = join(programs, 'mysqld');
  return await start(options, {
    engine: 'mysql',
    programs,
    server,
    client: join(programs, 'mysql'),
    args: ['--mysqlx=0', '--secure-file-priv=NULL'],
    async initialize(_folder, data, identity) {
      await run(
        server,
        ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, '--innodb-redo-log-capacity=8M'],
        {
          identity,
        },
      );
    },
  });
}

async function start(options: MysqlOptions, engine: Engine): Promise<SqlServer> {
  const identity = await unprivileged('mysql');
  const folder = await temporaryFolder(engine.engine, identity);
  const data = join(folder, 'data');
  const socket = join(folder, 'server.sock');
  const log = join(folder, 'log');
  const port = await freePort();
  const all = accounts('root', port);
  const launched = () =>
    launch({
      program: engine.server,
      args: [
        '--no-defaults',
        `--datadir=${data}`,
        `--port=${port}`,
        `--socket=${socket}`,
        `--pid-file=${join(folder, 'server.pid')}`,
        '--bind-address=127.0.0.1',
        `--tmpdir=${folder}`,
        // Alone: it runs before the server listens, and knows one statement a line.
        `--init-file=${join(folder, 'init.sql')}`,
        ...engine.args,
        ...(options.args ?? []),
      ],
      folder,
      log,
      identity,
      ready: () => answers(port),
    });
  let running: Running;
  try {
    await engine.initialize(folder, data, identity);
    await chmod(folder, 0o755); // others reach the socket
    await writeFile(join(folder, 'init.sql'), initialSql(all), { mode: 0o600 });
    await give(join(folder, 'init.sql'), identity);
    running = await launched();
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
  const server: SqlServer = {
    ...all,
    engine: engine.engine,
    version: '',
    port,
    socket,
    folder,
    data,
    log,
    programs: engine.programs,
    get pid() {
      return running.pid;
    },
    url: ({ database = DATABASE, account = all.owner } = {}) => urlOf('mysql', account, database),
    async sql(text, { database = DATABASE, account = all.admin } = {}) {
      return await run(
        engine.client,
        [
          '--no-defaults',
          '--batch',
          '--skip-column-names',
          '--default-character-set=utf8mb4',
          '--host=127.0.0.1',
          '--protocol=TCP',
          `--port=${account.port}`,
          `--user=${account.user}`,
          ...(database === '' ? [] : [`--database=${database}`]),
        ],
        { input: text, env: { MYSQL_PWD: account.password } },
      );
    },
    async stop() {
      await running.stop('SIGTERM');
      await removeFolder(folder);
    },
    kill: () => running.stop('SIGKILL'),
    async restart() {
      await running.stop('SIGTERM');
      running = await launched();
    },
  };
  return Object.assign(server, { version: (await server.sql('SELECT VERSION()', { database: '' })).trim() });
}

function initialSql({ admin, owner, reader }: ReturnType<typeof accounts>): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  const lines = [
    `ALTER USER root@localhost IDENTIFIED BY ${quoted(admin.password)}`,
    `CREATE USER IF NOT EXISTS root@'127.0.0.1' IDENTIFIED BY ${quoted(admin.password)}`,
    `GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION`,
    `CREATE DATABASE IF NOT EXISTS ${DATABASE} CHARACTER SET utf8mb4`,
    `CREATE USER IF NOT EXISTS owner@'%' IDENTIFIED BY ${quoted(owner.password)}`,
    `GRANT ALL ON ${DATABASE}.* TO owner@'%'`,
    `CREATE USER IF NOT EXISTS reader@'%' IDENTIFIED BY ${quoted(reader.password)}`,
    `GRANT SELECT ON ${DATABASE}.* TO reader@'%'`,
  ];
  return lines.map((line) => `${line};\n`).join('');
}
