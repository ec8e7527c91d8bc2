import * as z from 'zod/mini';
import { about, duration, maybe, name, program, text, variableName } from './common.ts';

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

export const database = sqlite;
export const databases = z.record(name, database);
export type DatabaseSpec = z.infer<typeof database>;
export type SqliteSpec = z.infer<typeof sqlite>;
