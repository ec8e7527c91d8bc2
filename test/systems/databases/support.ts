import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@release-runbook/databases/open';
import type { Database } from '@release-runbook/databases/types';
import { localHost } from '@release-runbook/hosts/local';
import type { Host } from '@release-runbook/hosts/types';
import type { SqliteSpec } from '@release-runbook/runbook/schema/databases';

const root = new URL('../../../', import.meta.url).pathname;
const node = createRequire(import.meta.url).resolve('node/bin/node');
const program = join(root, 'packages/databases/src/sqlite/node-client.ts');

/** Every client that a runbook can name, and the journal modes it knows. */
export const CLIENTS: Readonly<Record<string, { client: NonNullable<SqliteSpec['client']>; wal: boolean }>> = {
  python3: { client: 'python3', wal: true },
  sqlite3: { client: 'sqlite3', wal: true },
  'node:sqlite': { client: ['env', 'SQLITE_LIBRARY=node', 'NODE_NO_WARNINGS=1', node, program], wal: true },
  wasm: { client: ['env', 'SQLITE_LIBRARY=wasm', 'NODE_NO_WARNINGS=1', node, program], wal: false },
};

export interface Place {
  readonly folder: string;
  readonly file: string;
  readonly host: Host;
  readonly db: Database;
  open(spec?: Partial<SqliteSpec>): Promise<Database>;
  close(): Promise<void>;
}

/** A folder with a space and a quote in its name, a host that starts there, a database `main` in it. */
export async function makePlace(client: SqliteSpec['client'], sql: string | undefined): Promise<Place> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'rr-sqlite-')));
  const folder = join(base, "it's here");
  execFileSync('mkdir', [folder]);
  const file = join(folder, 'app.db');
  if (sql !== undefined) python(file, sql);
  const host = localHost('app', { local: true, directory: folder }, { system: 'demo', environment: 'test' });
  const open = (spec: Partial<SqliteSpec> = {}) =>
    openDatabase(
      'main',
      { engine: 'sqlite', path: 'app.db', on: 'app', env: 'DB_PATH', ...(client && { client }), ...spec },
      host,
      { directory: join(base, 'backups') },
    );
  return {
    folder,
    file,
    host,
    open,
    db: await open(),
    async close() {
      await host.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Runs SQL by a program that is not the one under test. */
export function python(file: string, sql: string): string {
  const text = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
sql = sys.stdin.read()
if sql.lstrip().upper().startswith(("SELECT", "PRAGMA INTEGRITY")):
    print(json.dumps(db.execute(sql).fetchall(), default=lambda b: b.hex()))
else:
    db.executescript(sql)
db.close()
`;
  return execFileSync('python3', ['-c', text, file], { input: sql, encoding: 'utf8' }).trim();
}

export const select = (file: string, sql: string) => JSON.parse(python(file, sql)) as unknown[][];

/** Everything that bites: composite keys, no rowid, no key, blobs, generated columns, FTS, views, triggers, foreign keys. */
export const FIXTURE = `
CREATE TABLE reports (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL COLLATE NOCASE, note TEXT, score REAL, big INTEGER, data BLOB);
INSERT INTO reports (title, note, score, big, data) VALUES
  ('one', NULL, 1.5, 9007199254740993, x'00ff10'), ('zwei; ''quoted''', 'line
feed' || char(9) || 'tab', 0.1, -9223372036854775808, x''), ('三 ☃ 🎈', '', 9e999, 0, NULL), ('', 'x', -0.0, NULL, zeroblob(3));
CREATE TABLE results (report INTEGER NOT NULL REFERENCES reports(id), "the key" TEXT NOT NULL, value ANY, PRIMARY KEY (report, "the key")) WITHOUT ROWID;
INSERT INTO results VALUES (1, 'a', 1), (1, 'b', 'text'), (2, 'a', x'aa');
CREATE TABLE tags (tag TEXT PRIMARY KEY, at TEXT);
INSERT INTO tags VALUES ('x', '1'), ('y', '2'), (NULL, '3');
CREATE TABLE log (line TEXT);
INSERT INTO log VALUES ('same'), ('same'), ('other');
CREATE TABLE sums (a INTEGER, b INTEGER, c INTEGER GENERATED ALWAYS AS (a + b) STORED, d AS (a * 2) VIRTUAL);
INSERT INTO sums VALUES (1, 2), (3, 4);
CREATE TABLE "odd ""name"" /" (rowid TEXT, _rowid_ TEXT, oid TEXT);
INSERT INTO "odd ""name"" /" VALUES ('r', 's', 't');
CREATE VIRTUAL TABLE pages USING fts5(title, body);
INSERT INTO pages VALUES ('hello', 'the world'), ('second', 'page');
CREATE INDEX reports_title ON reports (title) WHERE note IS NOT NULL;
CREATE VIEW titles AS SELECT id, title FROM reports;
CREATE TRIGGER reports_log AFTER DELETE ON reports BEGIN INSERT INTO log VALUES ('gone'); END;
CREATE TABLE blank (id INTEGER PRIMARY KEY);
`;

/** A process that inserts into \`reports\` and \`results\` in one transaction each until it is stopped; prints what it committed. */
export function startWriter(
  file: string,
  options: { hold?: boolean } = {},
): {
  child: ChildProcessWithoutNullStreams;
  committed: () => number;
  ready: Promise<void>;
  stop: (signal?: NodeJS.Signals) => Promise<void>;
} {
  const text = `
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
if sys.argv[2] == "hold":
    db.execute("BEGIN EXCLUSIVE"); print("0", flush=True); time.sleep(600)
n = 0
while True:
    db.execute("BEGIN IMMEDIATE")
    id = db.execute("INSERT INTO reports (title, note) VALUES ('writer', hex(randomblob(400)))").lastrowid
    db.execute("INSERT INTO results VALUES (?, 'w', 1)", (id,))
    if n % 7 == 0: db.execute("UPDATE reports SET note = 'seen' WHERE id = ?", (id - 3,))
    db.execute("COMMIT"); n += 1
    print(id, flush=True)
    time.sleep(0.001)
`;
  const child = spawn('python3', ['-u', '-c', text, file, options.hold ? 'hold' : 'write']);
  let last = 0;
  let rest = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      if (lines.length === 0) return;
      last = Number(lines.at(-1));
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    child,
    committed: () => last,
    ready,
    stop: async (signal = 'SIGKILL') => {
      child.kill(signal);
      await ended;
    },
  };
}

export const write = (path: string, content: string | Uint8Array) => writeFileSync(path, content);
