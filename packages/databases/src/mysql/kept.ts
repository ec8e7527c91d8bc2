import type { Place } from '../server/engine.ts';
import type { SchemaObject } from '../types.ts';
import { type Context, rows, run } from './client.ts';
import { binary, id, literal, MARKER, MIGRATIONS, PROGRAMS, READING } from './sql.ts';

/** What the suite keeps in tables of the database itself: they move with it when names are swapped. */

/** Views, triggers, routines and events as the SQL that makes them, and as what they are then. */
export interface ProgramsKept {
  readonly sql: string;
  readonly objects: readonly SchemaObject[];
}

async function hasTable(context: Context, place: Place, table: string): Promise<boolean> {
  const sql = `${READING}SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(place.database)} AND TABLE_NAME = '${table}';`;
  return (await run(context, place, sql, 'its tables cannot be read', { apart: true })).trim() === '1';
}

export async function readPrograms(context: Context, place: Place): Promise<ProgramsKept | undefined> {
  if (!(await hasTable(context, place, PROGRAMS))) return undefined;
  const sql = `${READING}SELECT HEX(sql_text), HEX(objects) FROM ${id(PROGRAMS)} WHERE id = 1;`;
  const line = (await run(context, place, sql, 'what waits for the swap cannot be read')).trim();
  if (line === '') return undefined;
  const [text = '', objects = ''] = line.split('\t').map((part) => Buffer.from(part, 'hex').toString());
  return { sql: text, objects: JSON.parse(objects) as SchemaObject[] };
}

/** All of it or nothing: one row, written at once. */
export async function keepPrograms(context: Context, place: Place, kept: ProgramsKept): Promise<void> {
  const sql = `SET NAMES utf8mb4;
CREATE TABLE IF NOT EXISTS ${id(PROGRAMS)} (id TINYINT PRIMARY KEY, sql_text LONGBLOB NOT NULL, objects LONGBLOB NOT NULL) ENGINE=InnoDB;
REPLACE INTO ${id(PROGRAMS)} VALUES (1, ${binary(kept.sql)}, ${binary(JSON.stringify(kept.objects))});`;
  await run(context, place, sql, `${place.database} cannot be written`);
}

export async function readMarker(context: Context, place: Place): Promise<string | undefined> {
  if (!(await hasTable(context, place, MARKER))) return undefined;
  const sql = `${READING}SELECT HEX(mark) FROM ${id(MARKER)} WHERE id = 1;`;
  const text = (await run(context, place, sql, 'its marker cannot be read')).trim();
  return text === '' ? undefined : Buffer.from(text, 'hex').toString();
}

export async function writeMarker(context: Context, place: Place, text: string): Promise<void> {
  const sql = `SET NAMES utf8mb4;
CREATE TABLE IF NOT EXISTS ${id(MARKER)} (id TINYINT PRIMARY KEY, mark LONGBLOB NOT NULL) ENGINE=InnoDB;
REPLACE INTO ${id(MARKER)} VALUES (1, ${binary(text)});`;
  await run(context, place, sql, 'its marker cannot be written');
}

export async function readApplied(context: Context, place: Place): Promise<Readonly<Record<string, string>>> {
  if (!(await hasTable(context, place, MIGRATIONS))) return {};
  const sql = `${READING}SELECT JSON_ARRAY(CONVERT(name USING utf8mb4), sha256) FROM ${id(MIGRATIONS)};`;
  return Object.fromEntries(
    await rows<[string, string]>(context, place, sql, 'the migrations applied to it cannot be read'),
  );
}
