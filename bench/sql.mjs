// What the bash script asks of SQLite, by the library that the demo uses.
//   node sql.mjs DATABASE backup FILE | check | rows | schema | apply FILE
import { copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { openDatabase } = await import(new URL('../examples/demo/sqlite.mjs', import.meta.url).href);
const [path, what, file] = process.argv.slice(2);
const db = await openDatabase(path);
const tables = () =>
  db.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").map(({ name }) => name);

const commands = {
  // Readers and writers wait while the file is copied: a copy of a few kilobytes.
  backup: () => {
    db.exec('BEGIN IMMEDIATE');
    copyFileSync(path, file);
    db.exec('COMMIT');
  },
  check: () => {
    const [answer] = db.all('PRAGMA integrity_check');
    if (Object.values(answer)[0] !== 'ok') throw new Error(`${path}: ${Object.values(answer)[0]}`);
  },
  rows: () => {
    for (const name of tables()) console.log(`${name} ${db.all(`SELECT count(*) AS rows FROM "${name}"`)[0].rows}`);
  },
  schema: () => {
    for (const { sql } of db.all('SELECT sql FROM sqlite_schema ORDER BY name')) console.log(sql);
  },
  apply: () => {
    // The lock first and alone: what is tried again must not have begun already.
    db.exec('BEGIN IMMEDIATE');
    db.exec(`${readFileSync(file, 'utf8')};COMMIT;`);
  },
};
try {
  commands[what]();
} catch (error) {
  console.error(`${fileURLToPath(import.meta.url)}: ${error.message}`);
  process.exitCode = 1;
} finally {
  db.close();
}
