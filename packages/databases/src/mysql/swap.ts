import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { PROGRAM_KINDS, readObjects } from './catalog.ts';
import { CLIENT, type Context, clientEnv, failed, LONG_MS, rows, run } from './client.ts';
import { programsSql } from './dump.ts';
import { MysqlError } from './errors.ts';
import { keepPrograms, type ProgramsKept, readPrograms } from './kept.ts';
import { id, literal, PROGRAMS, READING } from './sql.ts';

/** How long the renaming waits for others before they are ended, and how often. */
const WAIT_S = 2;
const ATTEMPTS = 5;

/**
 * One RENAME TABLE moves all tables of live into the rescue and all of the copy into live, at once; foreign keys follow. Views,
 * triggers, routines and events cannot be renamed: those of live are kept as SQL in the rescue before anything is dropped,
 * those of the copy came with it as SQL and are made in live afterwards. Where a call finds itself is read from the table
 * that holds this SQL: in the copy, nothing was renamed yet; in live, the renaming is done and they are still to be made.
 */
export async function swap(context: Context, fresh: string, rescue: string): Promise<void> {
  const at = (database: string): Place => ({ ...context.live, database });
  const live = context.live;
  const names = await look(context, [live.database, fresh, rescue]);
  const [inLive, inFresh, inRescue] = [live.database, fresh, rescue].map((name) => names.get(name));
  const waiting = inLive?.includes(PROGRAMS) ? await readPrograms(context, live) : undefined;
  if (waiting !== undefined) await makePrograms(context, waiting);
  if (inFresh?.includes(PROGRAMS)) {
    if (waiting === undefined && inRescue?.some((table) => !table.startsWith('_release_runbook_')))
      throw new RunbookError(
        `database ${context.name}: the rescue ${rescue} is there already, with tables; nothing was changed`,
        { hint: 'give this restore a label of its own, or drop that database' },
      );
    await keepLive(context, at(rescue), inLive !== undefined);
    await rename(context, at(fresh), at(rescue));
    const kept = await readPrograms(context, live);
    if (kept === undefined) throw new Error(`the tables of ${fresh} came without ${PROGRAMS}`);
    await makePrograms(context, kept);
  } else if (waiting === undefined && inRescue === undefined)
    throw new RunbookError(
      `database ${context.name}: there is no copy ${fresh} to swap in, and no rescue ${rescue} of a swap that was; nothing was changed`,
    );
  const left = (await look(context, [fresh])).get(fresh);
  if (left !== undefined && left.length === 0)
    await run(context, live, `DROP DATABASE IF EXISTS ${id(fresh)};`, `${fresh} cannot be dropped`, { apart: true });
}

/** Only one renames at a time: a statement of a dead client goes on in the server until it is through. */
const lock = ({ live }: Context) =>
  `DO GET_LOCK(LEFT(CONCAT('release-runbook ', ${literal(live.database)}), 60), 600);\n`;

/** The tables of databases, by their names; of those that are there. */
async function look(context: Context, databases: readonly string[]): Promise<Map<string, string[]>> {
  const list = databases.map(literal).join(', ');
  const sql = `${READING}${lock(context)}SELECT JSON_ARRAY(SCHEMA_NAME, NULL) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME IN (${list});
SELECT JSON_ARRAY(TABLE_SCHEMA, TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_SCHEMA IN (${list}) AND TABLE_TYPE <> 'VIEW';`;
  const found = await rows<[string, string | null]>(context, context.live, sql, 'its names cannot be read', {
    apart: true,
    timeoutMs: LONG_MS,
  });
  const tables = new Map<string, string[]>();
  for (const [database, table] of found) {
    const names = tables.get(database) ?? [];
    tables.set(database, names);
    if (table !== null) names.push(table);
  }
  return tables;
}

/** Makes the rescue with what cannot be renamed, as SQL; once. */
async function keepLive(context: Context, rescue: Place, hasLive: boolean): Promise<void> {
  const { live } = context;
  if (!hasLive) {
    await run(context, live, `CREATE DATABASE IF NOT EXISTS ${id(live.database)};`, 'it cannot be made', {
      apart: true,
    });
    return;
  }
  const sql = `${READING}SELECT CONCAT('CHARACTER SET ', DEFAULT_CHARACTER_SET_NAME, ' COLLATE ', DEFAULT_COLLATION_NAME) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${literal(live.database)};`;
  const defaults = (await run(context, live, sql, 'it cannot be read')).trim();
  const make = `CREATE DATABASE IF NOT EXISTS ${id(rescue.database)} ${defaults};`;
  await run(context, rescue, make, `the rescue ${rescue.database} cannot be made`, { apart: true });
  if ((await readPrograms(context, rescue)) !== undefined) return;
  const objects = await readObjects(context, live);
  const text = `ALTER DATABASE ${defaults};\n${await programsSql(context, live, objects)}`;
  await keepPrograms(context, rescue, {
    sql: text,
    objects: objects.filter(({ kind }) => PROGRAM_KINDS.includes(kind)),
  });
}

async function rename(context: Context, fresh: Place, rescue: Place): Promise<void> {
  const { live } = context;
  for (let attempt = 1; ; attempt++) {
    const tables = await look(context, [live.database, fresh.database]);
    const moves = (from: string, to: string) =>
      (tables.get(from) ?? []).map((table) => `${id(from)}.${id(table)} TO ${id(to)}.${id(table)}`);
    const all = [...moves(live.database, rescue.database), ...moves(fresh.database, live.database)];
    const sql = `${READING}SET SESSION lock_wait_timeout=${WAIT_S};\n${lock(context)}${await drops(context, ['TRIGGER', 'EVENT'])}RENAME TABLE ${all.join(', ')};`;
    try {
      await run(context, live, sql, 'its tables cannot be renamed', { state: 'its tables are as they were' });
      return;
    } catch (error) {
      // The connection may be lost and the statement have gone through in the server: it is waited for, and looked at.
      const now = await look(context, [fresh.database]);
      if (!now.get(fresh.database)?.includes(PROGRAMS)) return;
      const busy = error instanceof MysqlError && error.number === 1205;
      if (busy && attempt < ATTEMPTS) {
        await endSessions(context, [live.database, fresh.database]);
        continue;
      }
      const kept = await readPrograms(context, rescue);
      if (kept !== undefined) await makePrograms(context, kept);
      throw error;
    }
  }
}

/** Statements that drop what is there of these kinds in live. */
async function drops(context: Context, kinds: readonly ('TRIGGER' | 'EVENT' | 'ROUTINE' | 'VIEW')[]): Promise<string> {
  const db = literal(context.live.database);
  const I = 'information_schema';
  const source = {
    TRIGGER: `SELECT JSON_ARRAY('TRIGGER', TRIGGER_NAME) FROM ${I}.TRIGGERS WHERE TRIGGER_SCHEMA = ${db}`,
    EVENT: `SELECT JSON_ARRAY('EVENT', EVENT_NAME) FROM ${I}.EVENTS WHERE EVENT_SCHEMA = ${db}`,
    ROUTINE: `SELECT JSON_ARRAY(ROUTINE_TYPE, ROUTINE_NAME) FROM ${I}.ROUTINES WHERE ROUTINE_SCHEMA = ${db} AND ROUTINE_TYPE <> 'PACKAGE BODY'`,
    VIEW: `SELECT JSON_ARRAY('VIEW', TABLE_NAME) FROM ${I}.TABLES WHERE TABLE_SCHEMA = ${db} AND TABLE_TYPE = 'VIEW'`,
  };
  const sql = READING + kinds.map((kind) => `${source[kind]};\n`).join('');
  const found = await rows<[string, string]>(context, context.live, sql, 'its objects cannot be read');
  return found.map(([kind, name]) => `DROP ${kind} IF EXISTS ${id(context.live.database)}.${id(name)};\n`).join('');
}

/** Live's views, triggers, routines and events become those of the text; the note of it goes last. */
async function makePrograms(context: Context, kept: ProgramsKept): Promise<void> {
  const { live } = context;
  const state = `the tables of ${live.database} are in place, views, triggers, routines and events not all: run the same command again`;
  const old = await drops(context, ['TRIGGER', 'EVENT', 'ROUTINE', 'VIEW']);
  const ended = await context.host.shell(`${CLIENT}rr_mysql --database="$RR_DATABASE"`, {
    env: { ...(await clientEnv(context, live.server)), RR_DATABASE: live.database },
    input: `${READING}${lock(context)}${old}${kept.sql}\nDROP TABLE IF EXISTS ${id(live.database)}.${id(PROGRAMS)};\n`,
    timeoutMs: LONG_MS,
  });
  if (ended.code !== 0)
    throw failed(context, live, 'its views, triggers, routines and events cannot be made', ended, state);
}

/** Ends the sessions that keep tables of these databases from being renamed. */
async function endSessions(context: Context, databases: readonly string[]): Promise<void> {
  const list = databases.map(literal).join(', ');
  const sessions = `SELECT ID FROM information_schema.PROCESSLIST WHERE DB IN (${list}) AND ID <> CONNECTION_ID()`;
  const holders = `SELECT t.PROCESSLIST_ID FROM performance_schema.metadata_locks l JOIN performance_schema.threads t ON t.THREAD_ID = l.OWNER_THREAD_ID WHERE l.OBJECT_SCHEMA IN (${list}) AND t.PROCESSLIST_ID <> CONNECTION_ID()`;
  const found = new Set<string>();
  for (const sql of context.flavour === 'mysql' ? [holders, sessions] : [sessions]) {
    const text = await run(context, context.live, `${READING}${sql};`, 'sessions', { apart: true }).catch(() => '');
    for (const line of text.split('\n')) if (/^\d+$/.test(line)) found.add(line);
  }
  // One may have ended by itself meanwhile, and one may not be ours to end: the renaming tells.
  await Promise.all(
    [...found].map((session) =>
      run(context, context.live, `KILL ${session};`, 'sessions', { apart: true }).catch(() => ''),
    ),
  );
}

/** Why names cannot be swapped here; undefined: they can. */
export async function cannotSwap(context: Context, probe: string): Promise<string | undefined> {
  const { live } = context;
  const db = literal(live.database);
  const sql = `${READING}SELECT JSON_ARRAY(TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME) FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_SCHEMA = ${db} AND TABLE_SCHEMA <> ${db};`;
  const others = await rows<[string, string, string]>(context, live, sql, 'its foreign keys cannot be read', {
    apart: true,
  });
  const [first] = others;
  if (first !== undefined)
    return `the foreign key ${first[2]} of ${first[0]}.${first[1]} would follow the tables into the rescue`;
  try {
    const make = `CREATE DATABASE ${id(probe)}; DROP DATABASE ${id(probe)};`;
    await run(context, live, make, 'no database can be made beside it', { apart: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof MysqlError) || ![1044, 1227].includes(error.number)) throw error;
    return `user ${live.server.user} may not make databases beside ${live.database}: GRANT ALL ON \`${live.database.replaceAll('_', '\\_')}\\_%\`.* TO '${live.server.user}'@'%'`;
  }
}
