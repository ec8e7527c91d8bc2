import type { Rule } from '../rules.ts';

/** What a text is about; empty where it does not apply. */
export interface Params {
  /** `orders`, `shop.orders`. */
  readonly table: string;
  /** `orders.note`. */
  readonly column: string;
  /** Of an index, a constraint, a routine … */
  readonly name: string;
  /** A new name, type or value. */
  readonly to: string;
  /** An old type or value. */
  readonly from: string;
  /** A kind of thing, or a piece of the statement. */
  readonly what: string;
  /** Several, with commas. */
  readonly list: string;
  /** The phrase for how the old version meets it, and the table's rows where they are known. */
  readonly when: string;
  readonly rows: string;
}

const index = (p: Params) => (p.name === '' ? 'an index' : `index ${p.name}`);
const constraint = (p: Params) => (p.name === '' ? '' : ` ${p.name}`);

/** What a rewriting is like where nobody waits for all of it. */
const REWRITES: Readonly<Record<string, string>> = {
  online: 'the application goes on, the space is needed twice, and replicas fall behind',
  'sqlite-lock': 'every other writer of the database waits',
  'perhaps-volatile': 'if its default is computed for each row, reads and writes wait meanwhile',
};

const texts = {
  'drop-table': (p) => `table ${p.table} is dropped: the old version fails on it ${p.when}`,
  'drop-column': (p) => `column ${p.column} is dropped: the old version fails on it ${p.when}`,
  'drop-object': (p) => `${p.what} ${p.name} is dropped: what the old version does with it fails ${p.when}`,
  'drop-constraint': (p) =>
    `${p.what}${constraint(p)} of ${p.table} is dropped: nothing keeps the old version's rows right, and an upsert by it fails, ${p.when}`,
  'drop-index': (p) => `${index(p)} is dropped: queries of the old version that need it get slow ${p.when}`,
  'drop-default': (p) =>
    `${p.column} loses its default: inserts of the old version that rely on it get NULL or fail ${p.when}`,
  'drop-not-null': (p) => `${p.column} may become NULL: the old version may not expect that ${p.when}`,
  'rename-table': (p) => `table ${p.table} is renamed to ${p.to}: the old version does not find it ${p.when}`,
  'rename-column': (p) => `column ${p.column} is renamed to ${p.to}: the old version does not find it ${p.when}`,
  'rename-object': (p) => `${p.what} ${p.name} is renamed to ${p.to}: the old version does not find it ${p.when}`,
  'replace-object': (p) => `${p.what} ${p.name} is replaced: the old version gets the new one too ${p.when}`,
  'narrow-type': (p) =>
    `${p.column} becomes narrower${p.from === '' ? '' : `, ${p.from} to ${p.to}`}: values of the old version that do not fit fail, or are cut, ${p.when}`,
  'change-type': (p) =>
    p.from === ''
      ? `${p.column} becomes ${p.to}, and its present type is not known here: the old version fails where it writes or reads something else ${p.when}`
      : `${p.column} changes from ${p.from} to ${p.to}: the old version writes and reads ${p.from} ${p.when}`,
  'restate-column': (p) =>
    `${p.column} is stated anew, and how it was is not known here: NOT NULL, DEFAULT, COMMENT, AUTO_INCREMENT and character set that are not repeated are dropped, and a smaller type cuts or refuses values`,
  'set-not-null': (p) => `${p.column} becomes NOT NULL: writes of the old version without a value fail ${p.when}`,
  'add-column-not-null': (p) =>
    `${p.column} is new, NOT NULL and without default: the old version, which does not know it, cannot insert ${p.when}${p.what === 'refused' ? ', and the statement itself fails on a table with rows' : ''}`,
  'add-unique': (p) =>
    `(${p.list}) of ${p.table} becomes unique: writes of the old version that repeat a value fail ${p.when}`,
  'add-primary-key': (p) =>
    `(${p.list}) becomes the primary key of ${p.table}: writes of the old version that repeat a value, or have none, fail ${p.when}`,
  'add-check': (p) =>
    `a new CHECK${constraint(p)} on ${p.table}: writes of the old version that break it fail ${p.when}`,
  'add-foreign-key': (p) =>
    `(${p.list}) of ${p.table} becomes a foreign key to ${p.to}: writes and deletes of the old version that break it fail ${p.when}`,
  'add-trigger': (p) => `a new trigger ${p.name} on ${p.table}: it fires for the old version's writes too ${p.when}`,
  'add-event': (p) => `event ${p.name} runs by itself as soon as it is made, also on the copy of a rehearsal`,
  'drop-enum-value': (p) =>
    `${p.column} loses ${p.list}: writes of the old version with it fail, and rows that have it become empty or stop the statement, ${p.when}`,
  'rename-enum-value': (p) =>
    `value ${p.from} of ${p.name} becomes ${p.to}: the old version writes ${p.from}, which fails, and reads a value that it does not know, ${p.when}`,
  'new-enum-value': (p) => `${p.name} gets the value ${p.to}: the old version may read what it does not know ${p.when}`,
  'identity-always': (p) =>
    `${p.column} becomes GENERATED ALWAYS: inserts of the old version that give it a value fail ${p.when}`,
  'row-security': (p) =>
    `row security on ${p.table}: the old version may no longer see or write rows, without an error, ${p.when}`,

  'index-locks': (p) =>
    p.what === 'database'
      ? `${index(p)} of ${p.table} is built while every other writer of the database waits${p.rows}`
      : `${index(p)} is built while writes to ${p.table} wait${p.rows}`,
  'drop-index-locks': (p) => `${index(p)} is dropped under a lock for which all queries on its table wait`,
  'constraint-builds-index': (p) =>
    `${p.what}${constraint(p)} builds an index while reads and writes of ${p.table} wait${p.rows}`,
  'constraint-scans': (p) =>
    `${p.what}${constraint(p)} reads all of ${p.table} while ${p.to === '' ? 'reads and writes of it' : `writes to it and to ${p.to}`} wait${p.rows}`,
  'not-null-scans': (p) =>
    `SET NOT NULL on ${p.column} reads the whole table while reads and writes of it wait${p.rows}`,
  'table-rewrite': (p) =>
    p.to === ''
      ? `${p.what} writes all of ${p.table} anew while reads and writes of it wait${p.rows}`
      : `${p.what} writes all of ${p.table} anew: ${REWRITES[p.to] ?? p.to}${p.rows}`,
  'table-copy': (p) => `${p.what} copies all of ${p.table} while writes to it wait${p.rows}`,
  'change-charset': (p) =>
    `the character set of ${p.table} becomes ${p.to}: the whole table is converted while writes to it wait, and a longer encoding may cut indexes and change types${p.rows}`,
  'change-primary-key': (p) =>
    `the primary key of ${p.table} changes: the whole table and each of its indexes are built anew${p.what}${p.rows}`,
  'vacuum-full': (p) => `VACUUM FULL writes ${p.table} anew while reads and writes of it wait${p.rows}`,
  cluster: (p) => `CLUSTER writes ${p.table} anew while reads and writes of it wait${p.rows}`,
  reindex: (p) =>
    `REINDEX builds the indexes of ${p.table} anew while writes to it, and queries that need them, wait${p.rows}`,
  'refresh-locks': (p) => `REFRESH MATERIALIZED VIEW locks ${p.table} against reading until it is done`,
  'partition-locks': (p) =>
    `${p.what} of ${p.table}: ${p.to === 'attach' ? 'the rows of the new partition are all read under a lock unless a CHECK proves its bounds' : p.to === 'detach' ? 'reads and writes of the whole table wait for it' : 'partitions are copied while writes to them wait'}`,
  'lock-table': (p) =>
    `LOCK TABLE makes others wait${p.table === '' ? '' : ` for ${p.table}`} until the transaction ends`,
  'backfill-under-lock': (p) =>
    `${p.table} is written while this file's transaction holds the lock of line ${p.what}: reads and writes of ${p.list} wait until both are done`,
  'no-lock-timeout': (p) =>
    `${p.table} is locked, and no ${p.what} is set: behind one long query the statement waits, and all other queries on the table wait behind it`,
  'concurrently-in-transaction': (p) => `${p.what} does not run inside a transaction: the file fails here`,

  'delete-without-where': (p) => `DELETE without a WHERE that chooses: all rows of ${p.table} go${p.rows}`,
  'update-without-where': (p) =>
    `UPDATE without a WHERE that chooses: all rows of ${p.table} are locked and written in one go${p.rows}`,
  truncate: (p) =>
    `TRUNCATE empties ${p.table}${p.rows}: the old version finds nothing, and only a restore brings the rows back`,
  'drop-partition': (p) => `the rows of a partition of ${p.table} go with it: only a restore brings them back`,
  'table-rebuild': (p) =>
    p.what === 'swap'
      ? `${p.table} is replaced by a table that was filled beside it: rows written between the copy and the swap are lost, and triggers, rights and foreign keys stay with the old one`
      : `${p.table} is rebuilt: columns that the old version uses must all be there again, and indexes, triggers and views on it must be made again behind it`,
  'rebuild-order': (p) =>
    `${p.table} is renamed away before its successor is there: foreign keys, triggers and views of other tables follow it to ${p.to} and stay there when that is dropped`,
  'rebuild-cascades': (p) =>
    `${p.table} is dropped with foreign keys enforced: SQLite deletes its rows first, and with ON DELETE CASCADE those that point at it`,
  'checks-off': (p) => `${p.what}: what it checks is not checked, and broken rows stay without an error`,
  'load-data': (p) => `${p.what} needs a file or a stream that is neither in the release nor in a rehearsal`,

  'syntax-error': (p) => p.what,
  unsupported: (p) =>
    p.to === '' ? `SQLite has no ${p.what}` : `${p.what} is known to SQLite ${p.to} and newer: an older one refuses it`,
  'unknown-statement': (p) => `${p.what} begins no statement that is known here: nothing is said about it`,
  'not-looked-into': (p) =>
    p.list === ''
      ? `${p.what} is not looked into: what it does is seen in the rehearsal only`
      : `${p.what} is looked into in part (${p.list}): what it puts together, and which branch it takes, is seen in the rehearsal only`,
  'explicit-transaction': (p) =>
    p.to === 'own'
      ? `${p.what} ends a transaction of the file's own: what was committed stays when a later statement fails`
      : `${p.what} breaks the transaction in which this file is applied: what stands before it stays when a later statement fails`,
  'implicit-commit': (p) =>
    `${p.what} commits the open transaction by itself: ROLLBACK takes back neither it nor what stands before it`,
  'half-applied': (p) =>
    p.what === 'outside'
      ? 'this file has a statement that cannot be in a transaction, so none of it is: a failure in the middle leaves the file half applied'
      : p.what === 'mixed'
        ? 'this file changes tables and rows: each change of a table commits by itself, so a failure in the middle leaves the file half applied'
        : 'this file has several changes of tables, and each commits by itself: a failure in the middle leaves the file half applied',
  'enum-value-in-transaction': (p) =>
    `the value ${p.to} is used in the transaction that adds it to ${p.name}: PostgreSQL refuses that`,
  'pragma-without-effect': (p) =>
    `PRAGMA ${p.what} has no effect inside a transaction, and this file is applied within one`,
  'needs-delimiter': () =>
    'this body has semicolons: the mysql program ends the statement at the first of them unless DELIMITER says otherwise',
  'client-command': (p) =>
    `${p.what} is a command of a client program, not SQL: it is refused where another client applies the file`,
  database: (p) => `${p.what} ${p.name}: a migration changes one database, and no backup of it brings another one back`,
  'other-database': (p) =>
    `${p.name} is named: in a rehearsal, or after a swap, that may be another database than the one that is migrated`,
  rights: (p) =>
    `${p.what}: users and rights are no part of the database's backup, and no undo of the migration takes them back`,
  'password-in-sql': () => 'a password stands in this file, and so in the repository and in the logs of the server',
  'server-setting': (p) =>
    `${p.what} is set for the whole server: other databases get it too, and no undo takes it back`,
  waiver: (p) => p.what,
} satisfies Record<Rule, (p: Params) => string>;

/** Sentences of the safe ways. */
const say = {
  now: 'In this release:',
  laterAlone: 'Do it in a later release, when no old version runs any more.',
  later: 'In a later release, when no old version runs any more:',
  without: (what: string) =>
    `In this release, make the new version work without ${what}, and leave it in the database.`,
  insertsWithout: (column: string) => `So that the new version can insert without ${column}:`,
  instead: 'Instead:',
  unlessFits: (what: string) => `In this release, the new version writes to ${what} only what will be allowed.`,
  alwaysWrites: (column: string) => `In this release, the new version always gives ${column} a value.`,
  defaultFor: "Let the database give one to the old version's rows, with a value of your choice:",
  nullsLeft: 'Fill the rows that have none; repeat this until it changes no row:',
  batches: 'Then bring over what is there; repeat this until it changes no row:',
  sync: 'Keep both in step while either version may write:',
  typeOfOld: 'Its type is that of the old one, which is not known here.',
  asFor: (rule: string) => `As for ${rule} above.`,
  syncByCode: 'The new version writes both, and reads the new one.',
  readNew: 'The new version reads and writes the new one.',
  columnAlone: 'First the column alone, then what is demanded of it:',
  count: 'Count first; this must give 0:',
  ownFile: 'In a file of its own, which is then applied without a transaction:',
  failedIndex: 'If that fails it leaves an index that is not valid; before trying again:',
  thenFile: 'Then, in a further file, so that the first lock is not held meanwhile:',
  keepName: (name: string) => `Keep the name ${name} in the database; use the new one in the code alone.`,
  newName: (name: string) => `Give the new definition a name of its own, and leave ${name} to the old version.`,
  dropOld: 'In a later release, drop the old one.',
  readBoth: (value: string) => `In this release, the new version understands ${value} and does not write it yet.`,
  writeThen: (value: string) => `In a later release, when no old version runs any more, write ${value}.`,
  unused: 'See whether it is used; leave it while this number grows:',
  invisible: 'First only hide it from the optimizer, which is undone at once:',
  quiet: 'Keep it for a time when the application does not write, with the duration that the rehearsal measured.',
  onlineTool: 'A tool can copy the table beside its writers: gh-ost, pt-online-schema-change.',
  needsUnique: 'It needs a unique index over all rows of the view.',
  bounds: 'First state the bounds of the partition as a CHECK of its own, so that attaching need not read it.',
  chooseRows: 'Choose the rows, and count them before:',
  inBatches: 'Write them in batches, in a file of its own; repeat this until it changes no row:',
  separateFiles: 'Put the change of the table and the writing of rows into files of their own.',
  oneStatement:
    'One change of a table a file, and one statement for several changes of one table; rows in a file of their own.',
  timeout: 'At the begin of the file:',
  remove: (what: string) => `Take ${what} out of the file.`,
  repeat: 'Repeat all of its definition; this shows how it is:',
  rebuild: 'Make the indexes, triggers and views again in the same file, and check at its end:',
  rebuildAs: (added: string, old: string) =>
    `Create ${added} beside ${old}, in the new shape; this shows how ${old} is, with its indexes and triggers:`,
  rebuildWith: (what: string) => (added: string, old: string) =>
    `Create ${added} as ${old} is, with ${what}; this shows how it is, with its indexes and triggers:`,
  rebuildWithout: (what: string) => (added: string, old: string) =>
    `Create ${added} as ${old} is, without ${what}; this shows how it is, with its indexes and triggers:`,
  rebuildSwap: 'Then copy, drop, rename, make the indexes and triggers again, and check:',
  ordinary: 'A plain VACUUM takes no such lock, and makes the space usable again:',
  byHand: 'Do it by hand, by the one who runs the server, before the release.',
  secret: 'Let the one who runs the server set it; a password that was in a repository must be changed.',
  insertRows:
    'Write the rows as INSERT, or load them by a script of the migration (`run:`), which is sent with the release.',
  rehearseIt: 'Look at the schema and the rows that the rehearsal shows.',
  plain: 'Write the statements as SQL of their own where that can be.',
  byDefault: 'Let inserts that give a value go on:',
  delimiter: 'Put DELIMITER // before it, // behind its END, and DELIMITER ; after that.',
  swap: 'Add columns to the table itself, and fill them in batches.',
  noticeOff: 'Leave the check on, and mend the rows that it names.',
  ignoresOld: 'Write the trigger so that rows of the old version pass it unchanged.',
  disabledEvent: 'Make it disabled, and let the new version turn it on:',
  sequence: 'Add the column without numbers, then number the rows in batches:',
  defaultLater: 'Add the column empty, give it its default for new rows, then fill it:',
  statedValue: 'Keep it as a column that the application fills, or compute it in a view.',
};

const probe = {
  duplicates: (of: string) => `${of}: duplicates`,
  nulls: (of: string) => `${of}: rows without a value`,
  orphans: (of: string, to: string) => `${of}: rows without their row in ${to}`,
  violations: (of: string, condition: string) => `${of}: rows against ${condition}`,
  tooLong: (of: string, type: string) => `${of}: values that do not fit ${type}`,
  gone: (of: string, list: string) => `${of}: rows with ${list}`,
  rows: (of: string) => `${of}: rows, where the statement needs an empty table`,
  none: (label: string) => `${label}: none`,
  found: (label: string, count: number) => `${label}: ${count}`,
  written: '; the migration writes this table before, which may mend it: the rehearsal tells',
};

const waiver = {
  unknownRule: (rule: string, nearest: string | undefined) =>
    `this waiver names the rule ${rule}, which there is not${nearest === undefined ? '' : `: did you mean ${nearest}?`}`,
  noReason: (rule: string) =>
    `this waiver of ${rule} gives no reason, and is not followed: -- release-runbook: allow ${rule}: why`,
  unused: (rule: string) => `this waiver of ${rule} stands before nothing that it could silence`,
  form: 'this waiver cannot be read: -- release-runbook: allow RULE: reason',
};

export const en = {
  texts: texts as Readonly<Record<Rule, (p: Params) => string>>,
  say,
  probe,
  waiver,
  /** How the old version meets a change. */
  canary: 'while both versions run',
  comeBack: 'when it has to come back',
  rows: (count: string) => ` (${count} rows)`,
  usedColumn: (column: string) => `DROP COLUMN for ${column}, which a key or an index uses`,
};

export type Words = typeof en;
