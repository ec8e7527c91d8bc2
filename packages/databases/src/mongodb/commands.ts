import { createHash } from 'node:crypto';
import { RunbookError } from '@release-runbook/units/error';
import type { BSON, Db, Document } from 'mongodb';
import type { Place } from '../server/engine.ts';
import { APP, type Context } from './client.ts';
import { members } from './members.ts';
import { MIGRATIONS, split } from './names.ts';

/** Commands that only read; an aggregation, where it does not write its result. */
const READING = [
  'find',
  'count',
  'distinct',
  'aggregate',
  'listCollections',
  'listIndexes',
  'collStats',
  'dbStats',
  'buildInfo',
  'hello',
  'ping',
  'explain',
];
const ROWS = 10_000;
const QUERY_MS = 10 * 60_000;

function parse({ EJSON }: typeof BSON, text: string, what: string): unknown {
  try {
    return EJSON.parse(text, { relaxed: true });
  } catch (error) {
    throw new RunbookError(`${what} is no JSON: ${(error as Error).message}`, {
      hint: 'a command is a document such as {"count": "orders", "query": {"paid": true}}',
    });
  }
}

function isCommand(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function writes(command: Document): string | undefined {
  const [word = ''] = Object.keys(command);
  if (!READING.includes(word)) return word;
  if (word === 'explain') return isCommand(command['explain']) ? writes(command['explain']) : word;
  const stages = word === 'aggregate' && Array.isArray(command['pipeline']) ? (command['pipeline'] as unknown[]) : [];
  return stages
    .flatMap((stage) => (isCommand(stage) ? Object.keys(stage) : []))
    .find((key) => key === '$out' || key === '$merge');
}

/** Runs one command. Of a cursor all documents are rows, at most 10,000; of another command its reply is the one row. */
export async function query(
  context: Context,
  place: Place,
  text: string,
  options: { readOnly: boolean },
): Promise<{ columns: readonly string[]; rows: readonly (readonly unknown[])[]; ms: number }> {
  const { BSON } = await import(/* webpackChunkName: "mongodb" */ 'mongodb');
  const command = parse(BSON, text, `database ${context.name}: the query`);
  if (!isCommand(command))
    throw new RunbookError(`database ${context.name}: a query is one command document, such as {"count": "orders"}`);
  const writing = writes(command);
  if (options.readOnly && writing !== undefined)
    throw new RunbookError(
      `database ${context.name}: a query only reads here, and "${writing}" may write; nothing was changed`,
      {
        hint: `commands that read: ${READING.join(', ')}`,
      },
    );
  const started = performance.now();
  const documents = await (options.readOnly ? context.read : context.change)(place, 'the query failed', (db) =>
    run(db, command),
  );
  const ms = performance.now() - started;
  const columns = [...new Set(documents.flatMap((document) => Object.keys(document)))];
  const plain = (value: unknown) => (value === undefined ? null : plainOf(BSON, value));
  return { columns, rows: documents.map((document) => columns.map((column) => plain(document[column]))), ms };
}

function plainOf({ EJSON }: typeof BSON, value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null
    ? (EJSON.serialize({ value }, { relaxed: true })['value'] as unknown)
    : value;
}

/** Of a reply: what says that it came, and when. */
const ENVELOPE = ['ok', '$clusterTime', 'operationTime'];

async function run(db: Db, command: Document): Promise<readonly Document[]> {
  const [word = ''] = Object.keys(command);
  if (['find', 'aggregate', 'listCollections', 'listIndexes'].includes(word)) {
    const whole = word === 'aggregate' ? { ...command, cursor: command['cursor'] ?? {} } : command;
    const cursor = db.runCursorCommand({ ...whole, ...(word.startsWith('list') ? {} : { maxTimeMS: QUERY_MS }) });
    const found: Document[] = [];
    for await (const document of cursor) {
      found.push(document as Document);
      if (found.length >= ROWS) break;
    }
    await cursor.close();
    return found;
  }
  const reply = await db.command(command);
  if (word === 'distinct') return (reply['values'] as unknown[]).map((value) => ({ value }));
  return [Object.fromEntries(Object.entries(reply).filter(([key]) => !ENVELOPE.includes(key)))];
}

interface Applied {
  readonly _id: string;
  readonly sha256: string;
  /** Commands that were run; the file is applied when it is all of them. */
  readonly done: number;
  readonly of: number;
  /** Of the commands that were run. */
  readonly head: string;
}

async function record(db: Db, place: Place): Promise<string> {
  const found = (await members(db, place)).find(({ name }) => name === MIGRATIONS);
  return found?.actual ?? split(place).prefix + MIGRATIONS;
}

export async function applied(db: Db, place: Place): Promise<Readonly<Record<string, string>>> {
  const found = await db
    .collection<Applied>(await record(db, place))
    .find({})
    .toArray();
  return Object.fromEntries(found.filter((one) => one.done === one.of).map((one) => [one._id, one.sha256]));
}

/**
 * Runs the commands of a `.json` file: an array, or one document a line. Each that was run is counted in the suite's own
 * collection, so that a file that failed in its middle goes on with the command that failed.
 */
export async function apply(
  context: Context,
  place: Place,
  file: { name: string; sql: string; sha256: string },
): Promise<void> {
  const { BSON } = await import(/* webpackChunkName: "mongodb" */ 'mongodb');
  const commands = commandsOf(BSON, file);
  const head = (n: number) =>
    createHash('sha256')
      .update(BSON.EJSON.stringify(commands.slice(0, n), { relaxed: false }))
      .digest('hex');
  await context.change(place, `${file.name} cannot be applied`, async (db) => {
    const notes = db.collection<Applied>(await record(db, place));
    const known = await notes.findOne({ _id: file.name });
    const begun = known?.done ?? 0;
    if (known !== null && known.head !== head(begun))
      throw new RunbookError(
        `${file.name} was changed after its first ${begun} commands were run, and they are no longer what was run; nothing was changed`,
        { hint: 'bring back the commands that were run, and change only those after them' },
      );
    for (let i = begun; i < commands.length; i++) {
      const problem = await attempt(db, commands[i] as Document);
      if (problem !== undefined)
        throw new RunbookError(
          `${file.name}: command ${i + 1} of ${commands.length} (${Object.keys(commands[i] as Document)[0]}) failed: ${problem}; ${i === 0 ? 'nothing was changed by this file' : `the ${i} before it were run, and stay`}`,
          {
            hint: 'MongoDB has no transaction over commands: mend the file and run this again, it goes on with that command',
          },
        );
      await notes.replaceOne(
        { _id: file.name },
        { sha256: file.sha256, done: i + 1, of: commands.length, head: head(i + 1) },
        { upsert: true },
      );
    }
  });
}

function commandsOf(bson: typeof BSON, file: { name: string; sql: string }): readonly Document[] {
  if (!file.name.endsWith('.json'))
    throw new RunbookError(
      `${file.name} cannot be applied to MongoDB: only .json files with commands can; nothing was changed`,
      {
        hint: 'for a script, use `run: mongosh "$DATABASE_URL" FILE` in `migrate:`',
      },
    );
  const text = file.sql.trim();
  const given = text.startsWith('[')
    ? parse(bson, text, file.name)
    : text
        .split('\n')
        .map((line, i) => [line.trim(), i + 1] as const)
        .filter(([line]) => line !== '')
        .map(([line, number]) => parse(bson, line, `${file.name}:${number}`));
  const commands = Array.isArray(given) ? given : [];
  if (commands.length === 0 || !commands.every(isCommand))
    throw new RunbookError(`${file.name} holds no commands; nothing was changed`, {
      hint: 'expected an array of command documents, or one a line: [{"createIndexes": "orders", "indexes": [{"key": {"at": 1}, "name": "at"}]}]',
    });
  return commands;
}

/** Why a command did not do what it says, also where the server says ok and tells of single documents. */
async function attempt(db: Db, command: Document): Promise<string | undefined> {
  try {
    const reply = await db.command(command);
    const errors = reply['writeErrors'] as readonly { index: number; errmsg: string }[] | undefined;
    const concern = reply['writeConcernError'] as { errmsg: string } | undefined;
    const first = errors?.[0];
    return first === undefined ? concern?.errmsg : `document ${first.index + 1}: ${first.errmsg}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What holds a transaction open, or works on the database, for longer than that. Own sessions do not count. */
export async function longTransactions(db: Db, place: Place, seconds: number): Promise<readonly string[]> {
  const { database } = split(place);
  const admin = db.admin();
  const look = (command: Document) =>
    admin.command({ currentOp: 1, ...command }).then((reply) => reply['inprog'] as Document[]);
  // Without the right to see all sessions, those of the own account are seen.
  const found = await look({ $all: true }).catch(() => look({ $ownOps: true }).catch(() => []));
  return found.flatMap((one) => {
    if (one['appName'] === APP) return [];
    const opened = Number(one['transaction']?.timeOpenMicros ?? 0) / 1e6;
    const here = String(one['ns'] ?? '').startsWith(`${database}.`);
    const running = one['active'] === true && here ? Number(one['secs_running'] ?? 0) : 0;
    const age = Math.max(opened, running);
    if (age <= seconds) return [];
    const who = [one['client'], one['appName']].filter((part) => typeof part === 'string' && part !== '').join(' ');
    const what = opened > 0 ? 'a transaction open' : `${one['op'] ?? 'an operation'} on ${one['ns']} running`;
    return [
      `session ${one['opid'] ?? one['connectionId'] ?? '?'}${who === '' ? '' : ` (${who})`}: ${what} for ${Math.round(age)} s`,
    ];
  });
}
