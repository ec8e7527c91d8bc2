// Is all as before? Asked of the system itself, not of the program that brought it back.
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openDatabase } from '../sqlite.mjs';
import { ask, processes } from './system.mjs';

/** The suite's own table, where it remembers the files that it applied. */
const own = /release_runbook/;

/** What must be found again. Taken before the first request. */
export async function before(system) {
  const db = await openDatabase(system.database);
  try {
    return {
      code: hash(join(system.root, 'slots/blue')),
      notes: db.all('SELECT * FROM notes ORDER BY id'),
      rows: counts(db),
      schema: schema(db),
      copy: copy(system),
    };
  } finally {
    db.close();
  }
}

function copy(system) {
  const path = join(system.root, 'before.db');
  copyFileSync(system.database, path);
  return path;
}

export const counts = (db) =>
  Object.fromEntries(tables(db).map((table) => [table, db.all(`SELECT count(*) AS rows FROM "${table}"`)[0].rows]));

const tables = (db) =>
  db
    .all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .map(({ name }) => name)
    .filter((name) => !own.test(name) && !name.startsWith('sqlite_'));

const schema = (db) =>
  db
    .all('SELECT type, name, sql FROM sqlite_master ORDER BY type, name')
    .filter(({ name }) => !own.test(name) && !name.startsWith('sqlite_'))
    .map(({ type, name, sql }) => `${type} ${name}: ${sql.replaceAll(/\s+/g, ' ')}`);

/** Compares everything; a line each, with what was found. */
export async function compare(system, was, traffic) {
  const lines = [];
  const add = (what, good, text) => lines.push({ what, good, text });
  const answered = await ask(`${system.url}/api/notes`);
  add('version', answered.status === 200 && answered.version === 'v1.0.0', `${answered.version} answers`);
  const code = hash(join(system.root, 'slots/blue'));
  add(
    'code',
    code === was.code,
    code === was.code
      ? `the files that serve are the same (SHA-256 ${code.slice(0, 12)}…)`
      : `the files that serve differ: ${code.slice(0, 12)}…, before ${was.code.slice(0, 12)}…`,
  );
  const weights = Object.entries(JSON.parse((await ask(`${system.url}/_router`)).text))
    .map(([slot, { weight }]) => `${slot}=${weight}`)
    .join(' ');
  add('traffic', weights === 'blue=100 green=0', weights);
  const running = Object.keys(processes(system)).join(', ');
  add('processes', running === 'blue', `running: ${running}`);
  const db = await openDatabase(system.database);
  try {
    await compareData(system, db, was, traffic, add);
  } finally {
    db.close();
  }
  return lines;
}

async function compareData(system, db, was, traffic, add) {
  const expected = await rehearsedSchema(system, was.copy);
  const found = schema(db);
  const differs = [
    ...found.filter((one) => !expected.includes(one)).map((one) => `not expected: ${one}`),
    ...expected.filter((one) => !found.includes(one)).map((one) => `missing: ${one}`),
  ];
  add(
    'schema',
    differs.length === 0,
    differs.length === 0 ? 'that of the migrations, kept (undo: keep), and nothing else' : differs.join('; '),
  );
  const notes = new Map(db.all('SELECT id, text, created_at FROM notes').map((note) => [Number(note.id), note]));
  const lost = was.notes.filter(({ id }) => !notes.has(Number(id)));
  const changed = was.notes.filter(
    ({ id, text, created_at: at }) =>
      notes.has(Number(id)) && (notes.get(Number(id)).text !== text || notes.get(Number(id)).created_at !== at),
  );
  add(
    'before',
    lost.length + changed.length === 0,
    `${was.notes.length} notes: ${lost.length} missing, ${changed.length} changed`,
  );
  const acknowledged = [...traffic.notes];
  const missing = acknowledged.filter(([id]) => !notes.has(id));
  const other = acknowledged.filter(([id, text]) => notes.has(id) && notes.get(id).text !== text);
  add(
    'since',
    missing.length + other.length + traffic.doubled.length === 0,
    `${acknowledged.length} acknowledged: ${missing.length} missing, ${other.length} changed, ${traffic.doubled.length} numbers given twice`,
  );
  const surplus = notes.size - was.notes.length - acknowledged.length;
  add('nobody', surplus === 0 || lost.length + missing.length > 0, `${surplus} notes that nobody wrote`);
  const check = db.all('PRAGMA integrity_check')[0].integrity_check;
  add('file', check === 'ok', `integrity check: ${check}`);
}

/** What the migrations of both versions make of the database as it was. */
async function rehearsedSchema(system, path) {
  const db = await openDatabase(path);
  try {
    const done = new Set();
    for (const version of ['v1.1.0', 'v1.2.0']) {
      const folder = join(system.root, 'versions', version, 'migrations');
      for (const file of readdirSync(folder).sort()) {
        if (!done.has(file)) db.exec(readFileSync(join(folder, file), 'utf8'));
        done.add(file);
      }
    }
    return schema(db);
  } finally {
    db.close();
  }
}

function hash(folder) {
  const sum = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort())
    sum.update(`${relative(folder, path)}\0`).update(readFileSync(path));
  return sum.digest('hex');
}
