/**
 * The client protocol for Node: a program of its own, `node sqlite-client.mjs`. Takes node:sqlite where Node has it with
 * its backup function (>= 22.16), else node-sqlite3-wasm. The two lock in different ways: every program that opens the
 * file must take the same one; SQLITE_LIBRARY=node or wasm says which.
 */
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Reply, Request, Result, Step, WireValue } from './protocol.ts';

type Value = null | number | bigint | string | Uint8Array;

interface Connection {
  readonly version: string;
  all(sql: string): { columns: string[]; rows: Value[][] };
  each(sql: string, take: (first: Value) => void): void;
  backup(to: string, tell: (done: number, total: number) => void): Promise<void>;
  close(): void;
}

async function connect(path: string, busyMs: number): Promise<Connection> {
  if (!fs.existsSync(path)) throw new Error(`no such file: ${path}`);
  const wanted = process.env['SQLITE_LIBRARY'];
  if (wanted !== 'wasm') {
    const native = await import('node:sqlite').catch(() => undefined);
    if (typeof native?.backup === 'function') return nativeConnection(native, path, busyMs);
    if (wanted === 'node')
      throw new Error(`Node ${process.versions.node} has no node:sqlite with backup(); 22.16 or newer does`);
  }
  return wasmConnection(path, busyMs);
}

function nativeConnection(native: typeof import('node:sqlite'), path: string, busyMs: number): Connection {
  const db = new native.DatabaseSync(path, { enableForeignKeyConstraints: false, timeout: busyMs });
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    return statement;
  };
  const version = String(prepare('SELECT sqlite_version()').all().map(Object.values)[0]);
  return {
    version,
    all(sql) {
      const statement = prepare(sql);
      return { rows: statement.all() as unknown as Value[][], columns: statement.columns().map((c) => c.name) };
    },
    each(sql, take) {
      for (const row of prepare(sql).iterate()) take((row as unknown as Value[])[0] ?? null);
    },
    async backup(to, tell) {
      const size = Number((prepare('PRAGMA page_size').all() as unknown as Value[][])[0]?.[0]);
      await native.backup(db, to, {
        rate: 1024,
        progress: ({ totalPages, remainingPages }) => tell((totalPages - remainingPages) * size, totalPages * size),
      });
    },
    close: () => db.close(),
  };
}

async function wasmConnection(path: string, busyMs: number): Promise<Connection> {
  const header = Buffer.alloc(20);
  const file = fs.openSync(path, 'r');
  fs.readSync(file, header, 0, 20, 0);
  fs.closeSync(file);
  if (header[18] === 2)
    throw new Error(
      'the database is in WAL mode, which node-sqlite3-wasm does not know; take python3, sqlite3, or Node 22.16 or newer',
    );
  // It looks for its .wasm in __dirname, which a bundle as ES module lacks: there, the file lies beside this program.
  Object.assign(globalThis, { __dirname: dirname(fs.realpathSync(process.argv[1] ?? '.')) });
  // For a few statements, V8's optimizing compiler costs more than all the rest.
  setFlagsFromString('--liftoff-only');
  const wasm = await import('node-sqlite3-wasm');
  const { Database } = wasm.default ?? wasm;
  freeStaleLock(path);
  const db = new Database(path, { fileMustExist: true });
  // This library's own busy handler sleeps whole seconds, so waiting is done here.
  db.exec('PRAGMA busy_timeout = 0; PRAGMA foreign_keys = OFF');
  const rows = (sql: string) => patiently(busyMs, () => db.all(sql) as Record<string, Value>[]);
  return {
    version: String(rows('SELECT sqlite_version() AS v')[0]?.['v']),
    all(sql) {
      const found = rows(sql);
      return { columns: Object.keys(found[0] ?? {}), rows: found.map((row) => Object.values(row)) };
    },
    each(sql, take) {
      const statement = patiently(busyMs, () => db.prepare(sql));
      try {
        for (const row of statement.iterate()) take(Object.values(row as Record<string, Value>)[0] ?? null);
      } finally {
        statement.finalize();
      }
    },
    async backup(to, tell) {
      // This library has no backup function and no WAL: while the open transaction holds its lock (which is exclusive
      // among its users), the file is the snapshot.
      if (!db.inTransaction) throw new Error('a backup needs an open transaction');
      fs.copyFileSync(path, to);
      fs.chmodSync(to, 0o600);
      const { size } = fs.statSync(to);
      tell(size, size);
    },
    close: () => db.close(),
  };
}

/** Tries again while another program holds the lock. */
function patiently<T>(busyMs: number, work: () => T): T {
  const end = performance.now() + busyMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!/database is locked/.test((error as Error).message) || performance.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

/** node-sqlite3-wasm locks by a folder, which a killed program leaves behind. Without anybody who has the file open it is stale. */
function freeStaleLock(path: string): void {
  const lock = `${path}.lock`;
  const since = fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (process.platform !== 'linux' || since === undefined || Date.now() - since < 1000) return;
  const { dev, ino } = fs.statSync(path);
  for (const pid of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    try {
      for (const fd of fs.readdirSync(`/proc/${pid}/fd`)) {
        const open = fs.statSync(`/proc/${pid}/fd/${fd}`, { throwIfNoEntry: false });
        if (open?.ino === ino && open.dev === dev) return;
      }
    } catch (error) {
      // Another user's process: whether it has the file open cannot be seen, so the lock stays.
      if ((error as NodeJS.ErrnoException).code === 'EACCES' && mayOpen(pid)) return;
    }
  }
  fs.rmSync(lock, { recursive: true, force: true });
}

/** Kernel threads and the like have no command line and open no databases. */
function mayOpen(pid: string): boolean {
  try {
    return /\b(node|bun|deno)\b/.test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

function wire(value: Value): WireValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : { int: String(value) };
  if (value instanceof Uint8Array) return { blob: Buffer.from(value).toString('hex') };
  if (typeof value === 'number' && !Number.isFinite(value)) return { real: String(value) };
  return value;
}

async function runStep(db: Connection, step: Step): Promise<Result> {
  const start = performance.now();
  if ('backup' in step) {
    let last = 0;
    await db.backup(step.backup, (done, total) => {
      if (Date.now() - last < 500 && done < total) return;
      last = Date.now();
      fs.writeSync(1, `progress ${done} ${total}\n`);
    });
    return { columns: [], rows: [], ms: performance.now() - start };
  }
  if ('to' in step) {
    const file = fs.openSync(step.to, 'w', 0o600);
    try {
      db.each(step.sql, (line) => fs.writeSync(file, `${String(line)}\n`));
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    return { columns: [], rows: [], ms: performance.now() - start };
  }
  const { columns, rows } = db.all(step.sql);
  return { columns, rows: rows.map((row) => row.map(wire)), ms: performance.now() - start };
}

async function reply(text: string): Promise<Reply> {
  let at = -1;
  try {
    const request = JSON.parse(text) as Request;
    const db = await connect(request.path, request.busyMs);
    try {
      for (const { as, path } of request.attach) {
        if (!fs.existsSync(path)) throw new Error(`no such file: ${path}`);
        db.all(`ATTACH '${path.replaceAll("'", "''")}' AS "${as}"`);
      }
      const results: Result[] = [];
      for (const step of request.steps) {
        at++;
        results.push(await runStep(db, step));
      }
      return { ok: true, version: db.version, results };
    } finally {
      db.close();
    }
  } catch (error) {
    return { ok: false, at, message: (error as Error).message };
  }
}

async function answer(text: string): Promise<string> {
  const line = JSON.stringify(await reply(text));
  return line.length > 1_000_000
    ? JSON.stringify({ ok: false, at: -1, message: 'the result is larger than 1 MB' })
    : line;
}

/**
 * Answers for many clients: each writes its request into `<folder>/<name>.in`, its name as a line into the pipe
 * `<folder>/requests`, and reads the pipe `<folder>/<name>.out`. For where starting Node each time costs more than the work.
 */
async function serve(folder: string): Promise<void> {
  const { createInterface } = await import('node:readline');
  // Opened for both, so that it does not end when a client closes it.
  const names = createInterface({ input: fs.createReadStream(`${folder}/requests`, { flags: 'r+' }) });
  for await (const name of names) {
    const line = await answer(fs.readFileSync(`${folder}/${name}.in`, 'utf8'));
    fs.writeFileSync(`${folder}/${name}.out`, `${line}\n`);
  }
}

const [, , mode, folder] = process.argv;
if (mode === '--serve' && folder !== undefined) await serve(folder);
else process.stdout.write(`${await answer(fs.readFileSync(0, 'utf8'))}\n`);
