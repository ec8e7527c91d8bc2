import { dirname, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { freePort } from '../sshd.ts';
import { startPostgres } from './postgres.ts';
import { answers, launch, type Running, removeFolder, temporaryFolder } from './process.ts';
import { type Account, accounts, DATABASE, programPath, type Server, type SqlServer, urlOf } from './server.ts';

export interface MongoServer extends Server {
  /** A connected client of the driver; `stop` closes it. */
  client(account?: Account): Promise<MongoClient>;
  /** The PostgreSQL that holds the data. */
  readonly store: SqlServer;
}

/**
 * FerretDB on PostgreSQL with DocumentDB: a real server of MongoDB's protocol. What differs from mongod: it takes every
 * account that it creates for an administrator, and ignores views, capped collections' limits, and transactions. So `owner`
 * has all rights, and `reader` logs in at a port of its own, behind which is a PostgreSQL role that may only read.
 */
export async function startMongo(): Promise<MongoServer> {
  const store = await startPostgres({
    version: '18',
    bare: true,
    settings: {
      shared_preload_libraries: 'pg_cron,pg_documentdb_core,pg_documentdb',
      'cron.database_name': 'postgres',
    },
  });
  const program = programPath('ferretdb');
  const folder = await temporaryFolder('ferretdb');
  const port = await freePort();
  const readerPort = await freePort();
  const all = accounts('postgres', port, readerPort);
  const log = join(folder, 'log');
  const clients: MongoClient[] = [];
  const url = ({ database = DATABASE, account = all.owner } = {}) =>
    `${urlOf('mongodb', account, database)}?authSource=admin`;
  const client = async (account: Account = all.admin) => {
    const opened = new MongoClient(url({ account }), { serverSelectionTimeoutMS: 10_000 });
    clients.push(opened);
    return await opened.connect();
  };
  const gateway = async (listen: number, account: Account, name: string) =>
    await launch({
      program,
      args: [
        `--state-dir=${folder}`,
        `--listen-addr=127.0.0.1:${listen}`,
        '--telemetry=disable',
        '--debug-addr=-',
        '--log-level=WARN',
      ],
      env: {
        FERRETDB_POSTGRESQL_URL: urlOf('postgres', { ...account, port: store.port }, 'postgres'),
        DO_NOT_TRACK: '1',
      },
      folder,
      log: join(folder, name),
      ready: () => answers(listen),
    });
  let gateways: Running[] = [];
  const open = async () => {
    gateways = [await gateway(port, all.admin, 'log')];
    gateways.push(await gateway(readerPort, all.reader, 'log-reader'));
  };
  const close = async (signal: NodeJS.Signals) => {
    await Promise.all(clients.splice(0).map((one) => one.close(true)));
    await Promise.all(gateways.map((one) => one.stop(signal)));
  };
  try {
    await store.sql('CREATE EXTENSION documentdb CASCADE', { database: 'postgres' });
    await store.sql(
      `CREATE ROLE reader LOGIN PASSWORD '${all.reader.password}';
       GRANT documentdb_readonly_role, pg_read_all_data TO reader;
       GRANT USAGE ON SCHEMA documentdb_core TO reader;`,
      { database: 'postgres' },
    );
    await open();
    const admin = await client();
    await admin.db('admin').command({
      createUser: all.owner.user,
      pwd: all.owner.password,
      roles: [
        { role: 'readWriteAnyDatabase', db: 'admin' },
        { role: 'clusterAdmin', db: 'admin' },
      ],
    });
    const { version } = await admin.db('admin').command({ buildInfo: 1 });
    return {
      ...all,
      engine: 'mongodb',
      version: String(version),
      port,
      socket: undefined,
      folder,
      data: store.data,
      log,
      programs: dirname(programPath('mongodump')),
      get pid() {
        return (gateways[0] as Running).pid;
      },
      url,
      client,
      store,
      async stop() {
        await close('SIGTERM');
        await store.stop();
        await removeFolder(folder);
      },
      async kill() {
        await close('SIGKILL');
        await store.kill();
      },
      async restart() {
        await close('SIGTERM');
        await store.restart();
        await open();
      },
    };
  } catch (error) {
    await close('SIGKILL');
    await store.stop();
    await removeFolder(folder);
    throw error;
  }
}
