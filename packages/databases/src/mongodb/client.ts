import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { Forward } from '@release-runbook/hosts/forward';
import type { Host } from '@release-runbook/hosts/types';
import type { MongodbSpec } from '@release-runbook/runbook/schema/databases';
import { RunbookError } from '@release-runbook/units/error';
import type { Db, MongoClient, MongoClientOptions } from 'mongodb';
import { once } from '../backup-files.ts';
import { shell } from '../files.ts';
import type { Place, Server } from '../server/engine.ts';
import { connectionParameters } from './address.ts';
import { mongoError } from './errors.ts';
import { split } from './names.ts';
import { findTools, type Tools } from './programs.ts';

/** What every part of the engine works with. */
export interface Context {
  readonly name: string;
  readonly spec: MongodbSpec;
  readonly host: Host;
  readonly live: Place;
  readonly tools: () => Promise<Tools>;
  /** Work that reads, with the driver, from this machine. `what` is for the error: "its documents cannot be counted". */
  read<T>(place: Place, what: string, work: (db: Db) => Promise<T>): Promise<T>;
  /** Work that changes something; refused when a newer run has fenced the host off. */
  change<T>(place: Place, what: string, work: (db: Db) => Promise<T>, state?: () => string): Promise<T>;
}

/** A connection that nobody used for so long is closed: it would keep the process from ending. */
const IDLE_MS = 200;

interface Open {
  readonly client: MongoClient;
  readonly way: Forward;
}

export function makeContext(name: string, spec: MongodbSpec, host: Host, live: Place): Context {
  const pool = new Map<string, { open: Promise<Open>; users: number; timer?: NodeJS.Timeout }>();

  const use = async <T>(
    place: Place,
    what: string,
    work: (db: Db) => Promise<T>,
    options: { role: string; state?: () => string },
  ): Promise<T> => {
    const { server } = place;
    const key = `${server.kind} ${server.host}:${server.port}`;
    const entry = pool.get(key) ?? { open: connect(host, server), users: 0 };
    pool.set(key, entry);
    clearTimeout(entry.timer);
    entry.users++;
    let said = '';
    try {
      const { client, way } = await entry.open;
      try {
        return await work(client.db(split(place).database));
      } finally {
        said = way.said();
      }
    } catch (error) {
      const failed = error instanceof ConnectError ? error.cause : error;
      throw mongoError(name, place, failed, what, {
        said: error instanceof ConnectError ? error.said : said,
        role: options.role,
        ...(options.state === undefined ? {} : { state: options.state() }),
      });
    } finally {
      entry.users--;
      const close = () => {
        if (pool.get(key) === entry) pool.delete(key);
        entry.open.then(end, () => {});
      };
      const failed = await entry.open.then(
        () => false,
        () => true,
      );
      if (failed) pool.delete(key);
      else if (entry.users === 0) entry.timer = setTimeout(close, IDLE_MS);
    }
  };
  return {
    name,
    spec,
    host,
    live,
    tools: once(() => findTools(name, host, spec)),
    read: (place, what, work) => use(place, what, work, { role: 'read' }),
    async change(place, what, work, state) {
      await shell(host, ':', {}, `database ${name}`);
      return use(place, what, work, { role: 'readWrite', ...(state === undefined ? {} : { state }) });
    },
  };
}

const end = async ({ client, way }: Open) => {
  await client.close(true).catch(() => {});
  await way.close();
};

class ConnectError extends Error {
  readonly said: string;
  constructor(cause: unknown, said: string) {
    super('connect', { cause });
    this.said = said;
  }
}

async function connect(host: Host, server: Server): Promise<Open> {
  const { MongoClient } = await import(/* webpackChunkName: "mongodb" */ 'mongodb');
  const way = await host.forward(server);
  const parameters = connectionParameters(server);
  const tls = await tlsOptions(host, server, parameters);
  const address = way.host.includes(':') ? `[${way.host}]` : way.host;
  const client = new MongoClient(`mongodb://${address}:${way.port}/?${parameters.toString()}`, {
    ...tls,
    ...(server.user === '' ? {} : { auth: { username: server.user, password: server.password ?? '' } }),
    appName: APP,
    maxPoolSize: 4,
    serverSelectionTimeoutMS: 10_000,
    connectTimeoutMS: 10_000,
    serverMonitoringMode: 'poll',
    retryWrites: false,
  });
  try {
    await client.connect();
    const hello = await client.db('admin').command({ hello: 1 });
    if (hello['isWritablePrimary'] === false)
      throw new RunbookError(
        `${server.host}:${server.port} is no primary${typeof hello['primary'] === 'string' ? ` (the primary is ${hello['primary']})` : ''}; nothing was changed`,
        { hint: 'name the primary in the url: dumps and restores are of the newest state' },
      );
    return { client, way };
  } catch (error) {
    const said = way.said();
    await end({ client, way });
    throw new ConnectError(error, said);
  }
}

/** By which the suite's own sessions are known to the server. */
export const APP = 'release-runbook';

/** Files that a URL names lie on the host, and the certificate is of the host's name, not of this end of the way there. */
async function tlsOptions(host: Host, server: Server, parameters: URLSearchParams): Promise<MongoClientOptions> {
  const file = async (name: string) => {
    const path = parameters.get(name);
    parameters.delete(name);
    if (path === null) return undefined;
    const text = await host.read(path);
    if (text === undefined)
      throw new RunbookError(`there is no file ${path} on host ${host.name}, which ${name} of the url names`);
    return text;
  };
  const ca = await file('tlsCAFile');
  const pem = await file('tlsCertificateKeyFile');
  const on = ['tls', 'ssl'].some((name) => parameters.get(name) === 'true') || ca !== undefined || pem !== undefined;
  if (!on) return {};
  return {
    tls: true,
    ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
    checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(server.host, certificate),
    ...(ca === undefined ? {} : { ca }),
    ...(pem === undefined ? {} : { cert: pem, key: pem }),
  } as MongoClientOptions;
}
