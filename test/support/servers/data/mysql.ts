import { readFile } from 'node:fs/promises';
import type { SqlServer } from '../server.ts';
import type { Loaded } from './loaded.ts';

export interface MysqlDataOptions {
  /** Adds the table `old_engine`, which a snapshot does not cover. */
  readonly myisam?: boolean;
  /** Adds the view `orphan`, whose definer no longer exists: it can be dumped, not read. */
  readonly orphan?: boolean;
}

/** Fills the database `shop` of MySQL or MariaDB with what dumps, comparisons and restores trip over. Quick: 2 MB. */
export async function loadMysql(server: SqlServer, options: MysqlDataOptions = {}): Promise<Loaded> {
  await server.sql(await readFile(new URL('mysql.sql', import.meta.url), 'utf8'));
  const rows: Record<string, number> = {
    audit: 4,
    customers: 4,
    documents: 2,
    every_type: 3,
    log_without_key: 3,
    measurements: 3,
    nothing_in_it: 0,
    'odd "name" `of` a table': 2,
    order_lines: 3,
    orders: 4,
  };
  if (server.engine === 'mariadb') {
    await server.sql(MARIADB);
    Object.assign(rows, { accents: 2, prices: 1 });
  } else {
    await server.sql(MYSQL);
    Object.assign(rows, { accents: 2 });
  }
  if (options.myisam === true) {
    await server.sql('CREATE TABLE old_engine (id INT PRIMARY KEY) ENGINE=MyISAM; INSERT INTO old_engine VALUES (1)');
    rows.old_engine = 1;
  }
  if (options.orphan === true) {
    await server.sql(
      "CREATE USER gone@'%'; CREATE DEFINER=gone@'%' VIEW orphan AS SELECT 1 AS one FROM shop.audit; DROP USER gone@'%'",
    );
  }
  return { database: 'shop', rows };
}

const MARIADB = `
CREATE TABLE accents (id INT PRIMARY KEY, word VARCHAR(20) COLLATE utf8mb4_uca1400_as_cs, UNIQUE KEY word (word)) CHARSET=utf8mb4;
INSERT INTO accents VALUES (1, 'cote'), (2, 'côté');
CREATE SEQUENCE invoice_numbers START WITH 5000 INCREMENT BY 10 CACHE 20;
SELECT NEXT VALUE FOR invoice_numbers;
CREATE TABLE prices (article INT PRIMARY KEY, price DECIMAL(10, 2)) WITH SYSTEM VERSIONING;
INSERT INTO prices VALUES (1, 9.99);
UPDATE prices SET price = 10.99;
`;
const MYSQL = `
CREATE TABLE accents (
  id INT PRIMARY KEY,
  word VARCHAR(20) COLLATE utf8mb4_0900_as_cs,
  hidden INT INVISIBLE DEFAULT 7,
  UNIQUE KEY word (word),
  KEY lower_word ((LOWER(word)))
) CHARSET=utf8mb4;
INSERT INTO accents (id, word) VALUES (1, 'cote'), (2, 'côté');
`;
