import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mysqlEngine } from '@release-runbook/databases/mysql';
import { openDatabase } from '@release-runbook/databases/open';
import type { ServerEngine } from '@release-runbook/databases/server/engine';
import type { Database } from '@release-runbook/databases/types';
import { localHost } from '@release-runbook/hosts/local';
import type { Host } from '@release-runbook/hosts/types';
import type { MysqlSpec } from '@release-runbook/runbook/schema/databases';
import { startMariadb, startMysql } from '../../support/servers/mysql.ts';
import type { Account, SqlServer } from '../../support/servers/server.ts';

export const ENGINES = [
  ['mariadb', startMariadb],
  ['mysql', startMysql],
] as const;

export interface Bench {
  readonly server: SqlServer;
  readonly folder: string;
  readonly host: Host;
  /** As admin, by the socket; `account`: by TCP as another one. */
  engine(options?: { account?: Account; password?: string; host?: Host }): ServerEngine;
  database(options?: { account?: Account; host?: Host }): Promise<Database>;
  close(): Promise<void>;
}

/** A server of its own, and a host whose folders have a space and a quote in their names. */
export async function makeBench(start: (typeof ENGINES)[number][1], args: readonly string[] = []): Promise<Bench> {
  const server = await start({ args });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "rr my'sql-")));
  const host = localHost(
    'db',
    { local: true, directory: folder },
    { system: 'demo', environment: 'test', root: join(folder, 'state') },
  );
  const parts = (account: Account | undefined, password?: string) => {
    const who = { ...(account ?? server.admin), ...(password === undefined ? {} : { password }) };
    const spec: MysqlSpec = {
      engine: server.engine as MysqlSpec['engine'],
      url: '$URL',
      on: 'db',
      env: 'DATABASE_URL',
      programs: server.programs,
      'lock-timeout': 2000,
      ...(account === undefined && server.socket !== undefined ? { socket: server.socket } : {}),
    };
    return { spec, env: { URL: server.url({ account: who }) } };
  };
  return {
    server,
    folder,
    host,
    engine(options = {}) {
      const { spec, env } = parts(options.account, options.password);
      return mysqlEngine('main', spec, options.host ?? host, { env });
    },
    async database(options = {}) {
      const { spec, env } = parts(options.account);
      return openDatabase('main', spec, options.host ?? host, { env, directory: join(folder, 'backups') });
    },
    async close() {
      await host.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A host whose caller dies when the `n`th shell call has run, before it hears of it: what it began goes on to its end. */
export function dying(host: Host, n: number): Host {
  let calls = 0;
  return {
    ...host,
    async shell(text, options) {
      calls++;
      if (calls > n) throw new Error('dead');
      const ended = await host.shell(text, options);
      if (calls === n) throw new Error('dead');
      return ended;
    },
  };
}

/** Inserts a customer and a line of the audit in one transaction each, as fast as the server answers, until it is stopped. */
export function startWriter(server: SqlServer): {
  stop(): Promise<number>;
  committed: () => number;
  ended: () => boolean;
} {
  const client = join(server.programs, server.engine === 'mysql' ? 'mysql' : 'mariadb');
  const child: ChildProcessWithoutNullStreams = spawn(
    client,
    [
      '--no-defaults',
      '--batch',
      '--skip-column-names',
      '--unbuffered',
      `--socket=${server.socket}`,
      '--user=root',
      'shop',
    ],
    { env: { ...process.env, MYSQL_PWD: server.admin.password } },
  );
  let committed = 0;
  let stopping = false;
  let ended = false;
  const next = () => {
    if (stopping) child.stdin.end();
    else
      child.stdin.write(
        `BEGIN; INSERT INTO customers (email, name) VALUES (CONCAT('w', UUID()), 'writer'); INSERT INTO audit (what) VALUES (LAST_INSERT_ID()); COMMIT; SELECT 'done';\n`,
      );
  };
  child.stdout.on('data', (text: Buffer) => {
    committed += text.toString().split('done').length - 1;
    next();
  });
  child.stderr.pipe(process.stderr);
  child.stdin.on('error', () => {});
  const closed = new Promise<void>((resolve) =>
    child.on('close', () => {
      ended = true;
      resolve();
    }),
  );
  next();
  return {
    committed: () => committed,
    ended: () => ended,
    async stop() {
      stopping = true;
      await closed;
      return committed;
    },
  };
}
