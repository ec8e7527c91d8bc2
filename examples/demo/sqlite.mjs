// One small face for the two SQLite libraries: node:sqlite, or the WASM build where Node has none. They lock files in
// different ways, so SQLITE_LIBRARY is decided once and given to every program that opens the file.

/** @returns {Promise<{ all(sql: string, ...values: unknown[]): object[], exec(sql: string): void, close(): void }>} */
export async function openDatabase(path) {
  return process.env.SQLITE_LIBRARY === 'node' ? openNative(path) : openWasm(path);
}

/** The library that this Node can use; backups need more of node:sqlite than its first versions had. */
export async function chooseLibrary() {
  const native = await import('node:sqlite').catch(() => undefined);
  return typeof native?.backup === 'function' ? 'node' : 'wasm';
}

async function openNative(path) {
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(path, { timeout: 5000 });
  return {
    all: (sql, ...values) => db.prepare(sql).all(...values),
    exec: (sql) => db.exec(sql),
    close: () => db.close(),
  };
}

async function openWasm(path) {
  const library =
    process.env.SQLITE_WASM ?? new URL('../../dist/sqlite-client/node-sqlite3-wasm.cjs', import.meta.url).href;
  const { Database } = (await import(library)).default;
  const db = new Database(path);
  // The library's own busy handler sleeps whole seconds, so waiting is done here.
  db.exec('PRAGMA busy_timeout = 0');
  return {
    all: (sql, ...values) => patiently(() => db.all(sql, values)),
    exec: (sql) => patiently(() => db.exec(sql)),
    close: () => db.close(),
  };
}

/** Tries again while another program holds the lock. */
function patiently(work) {
  const end = Date.now() + 5000;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!/database is locked/.test(error.message) || Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}
