import * as z from 'zod/mini';
import { about, duration, expects, maybe, name, program, secret, text, variableName } from './common.ts';

export const sqlite = z.strictObject({
  engine: about('The kind of database.', z.literal('sqlite')),
  path: about("The database file; relative to the host's directory.", text),
  on: about('The host that it lies on.', name),
  env: maybe(
    "The variable by which the application and its scripts find the file; set to a copy's path in a rehearsal.",
    variableName,
  ),
  client: maybe(
    'What speaks to the file on its host. Default: sqlite3, else python3. A list is a program that speaks the client protocol.',
    z.union([z.enum(['sqlite3', 'python3']), program]),
  ),
  'busy-timeout': maybe('How long to wait for a lock that another program holds. Default 5 s.', duration),
});

/** A server's database: where it answers is one URL, the application's own. */
const server = {
  url: expects(
    'a URL as the application has it, in a secret: "$DATABASE_URL"; or without a password: mysql://user@127.0.0.1:3306/shop',
    z.string().check(z.minLength(1)),
  ).check(
    z.describe(
      'How it is reached from the host `on`: `$NAME` of a secret, or user@host:port/database with the password in `password`.',
    ),
  ),
  on: about('The host where its client programs run: the one that it lies on, if it can be.', name),
  password: maybe('The name of the secret that holds the password, where the URL has none.', secret),
  socket: maybe("The server's Unix socket on that host (PostgreSQL: its folder); else host and port of the URL.", text),
  env: maybe(
    'The variable by which the application and its scripts find the database (its URL); or several: { host: DB_HOST, port: DB_PORT, … }. In a rehearsal they lead to the copy.',
    z.union([
      variableName,
      z.strictObject({
        url: maybe('The whole URL.', variableName),
        host: maybe('The host.', variableName),
        port: maybe('The port.', variableName),
        socket: maybe('The socket; empty for a copy without one.', variableName),
        user: maybe('The user.', variableName),
        password: maybe('The password.', variableName),
        database: maybe('The name of the database.', variableName),
      }),
    ]),
  ),
  programs: maybe(
    "Folder of the engine's own programs on the host (mysqldump, pg_dump, mongodump, and the server for the scratch copy). Default: found by PATH and where Debian puts them.",
    text,
  ),
  'lock-timeout': maybe('How long a migration waits for a lock before it gives up. Default 10 s.', duration),
};

export const mysql = z.strictObject({
  engine: about('The kind of database.', z.enum(['mysql', 'mariadb'])),
  ...server,
});
export const postgres = z.strictObject({
  engine: about('The kind of database.', z.literal('postgres')),
  ...server,
});
export const mongodb = z.strictObject({
  engine: about('The kind of database.', z.literal('mongodb')),
  ...server,
});

export const database = z.union([sqlite, mysql, postgres, mongodb]);
export const databases = z.record(name, database);
export type DatabaseSpec = z.infer<typeof database>;
export type SqliteSpec = z.infer<typeof sqlite>;
export type MysqlSpec = z.infer<typeof mysql>;
export type PostgresSpec = z.infer<typeof postgres>;
export type MongodbSpec = z.infer<typeof mongodb>;
export type ServerSpec = MysqlSpec | PostgresSpec | MongodbSpec;
