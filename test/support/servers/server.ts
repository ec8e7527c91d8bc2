import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** An account of a server. `port` is where it must log in: MongoDB's reader has a port of its own. */
export interface Account {
  readonly user: string;
  readonly password: string;
  readonly port: number;
}

/**
 * Three accounts with real rights. `admin` may do all; `owner` may do all inside the database `shop` and nothing outside it,
 * as an application's user; `reader` may only read `shop`. Passwords have the characters that break URLs, option files and
 * shells.
 */
export interface Accounts {
  readonly admin: Account;
  readonly owner: Account;
  readonly reader: Account;
}

/** A real server of the test's own on 127.0.0.1, in a temporary folder. */
export interface Server extends Accounts {
  readonly engine: 'mariadb' | 'mysql' | 'postgres' | 'mongodb';
  /** As the server itself tells it. */
  readonly version: string;
  readonly port: number;
  /** MySQL's and MariaDB's socket file, PostgreSQL's folder of sockets. */
  readonly socket: string | undefined;
  /** The temporary folder: data, socket, log. */
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  /** The folder with the engine's clients and its server program: for a `PATH`, or `programs:` of a runbook. */
  readonly programs: string;
  /** Of the process that holds the data (of FerretDB, that answers). Changes with `restart`. */
  readonly pid: number;
  /** A URL with the account's name and password, percent-encoded. Default: the database `shop` as its owner. */
  url(options?: { database?: string; account?: Account }): string;
  /** Ends it in an orderly way and removes its folder. May be called again. */
  stop(): Promise<void>;
  /** SIGKILL; the folder stays for `restart`. */
  kill(): Promise<void>;
  /** Starts it again on its data and port, after `kill` or while it runs. */
  restart(): Promise<void>;
}

/** A server that is asked in SQL, through the engine's own client. */
export interface SqlServer extends Server {
  /**
   * Runs SQL from standard input and gives what it prints: a line a row, columns separated by tabs, no headings. Stops at the
   * first error and throws it. Default: the database `shop` as admin.
   */
  sql(text: string, options?: { database?: string; account?: Account }): Promise<string>;
}

/** The database that `owner` and `reader` have rights in. */
export const DATABASE = 'shop';

const passwords = {
  admin: `adm"in' \\#1@:/%&`,
  owner: `o%77n:er/p@ss #1'"\\$HOME\`x\``,
  reader: 'read=er;?&{}[]|<>*!~^',
};

export function accounts(admin: string, port: number, readerPort: number = port): Accounts {
  return {
    admin: { user: admin, password: passwords.admin, port },
    owner: { user: 'owner', password: passwords.owner, port },
    reader: { user: 'reader', password: passwords.reader, port: readerPort },
  };
}

export function urlOf(scheme: string, account: Account, database: string): string {
  const part = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `${scheme}://${part(account.user)}:${part(account.password)}@127.0.0.1:${account.port}/${part(database)}`;
}

const cache = process.env.RELEASE_RUNBOOK_CACHE ?? join(homedir(), '.cache', 'release-runbook');
const hint = 'run: bash scripts/install-tools.sh';

/** A folder of programs that the tools' set-up made: `mysql/bin`, `postgresql-18/bin`. As its real path: unprivileged users can enter it. */
export function installedFolder(name: string): string {
  const folder = join(cache, 'servers', name);
  if (!existsSync(folder)) throw new Error(`${folder} is not there; ${hint}`);
  return realpathSync(folder);
}

/** The newest PostgreSQL that Debian's packages put on this machine, but for the one of `installedFolder`. */
export function debianPostgres(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isInteger) : [];
  const found = versions.sort((a, b) => b - a).map((version) => join(root, `${version}`, 'bin'));
  const first = found.find((folder) => existsSync(join(folder, 'initdb')));
  if (first === undefined) throw new Error(`no PostgreSQL server in ${root}; ${hint}`);
  return first;
}

/** A program by PATH, the cache's folder, or where Debian puts servers. */
export function programPath(name: string): string {
  const folders = [join(cache, 'bin'), ...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed; ${hint}`);
  return found;
}
