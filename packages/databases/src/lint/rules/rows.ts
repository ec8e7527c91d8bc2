import type { ChangeOf } from '../changes.ts';
import { display, quote, quoteName } from '../names.ts';
import { rowsOf } from '../queries.ts';
import { find, isWord, nameOf, written } from '../read/cursor.ts';
import { tokenize } from '../read/tokens.ts';
import { batch, differs } from '../safe/expand.ts';
import { isMysql, type Judge, onTable, type Scene, SMALL } from '../scene.ts';

// Rows that a migration writes or takes away.

export const judgeRows: Judge = (change, scene) => {
  const { world, words } = scene;
  const { say } = words;
  switch (change.kind) {
    case 'write':
      if (!world.isNew(change.table)) write(change, scene);
      break;
    case 'partition':
      if (change.verb === 'drop' || change.verb === 'truncate')
        scene.report({
          rule: 'drop-partition',
          severity: 'error',
          at: change.at,
          params: onTable(scene, change.table),
          safeWay: [say.laterAlone],
        });
      break;
    case 'checks-off':
      scene.report({
        rule: 'checks-off',
        severity: 'warning',
        at: change.at,
        params: { what: change.what },
        safeWay: [say.noticeOff],
      });
      break;
    case 'load':
      scene.report({
        rule: 'load-data',
        severity: 'warning',
        at: change.at,
        params: { what: change.what, table: change.table === undefined ? '' : display(change.table) },
        safeWay: [say.insertRows],
      });
      break;
    default:
  }
};

function write(change: ChangeOf<'write'>, scene: Scene): void {
  const { engine, words, file } = scene;
  const { table, verb, at } = change;
  const t = quoteName(engine, table);
  const params = onTable(scene, table);
  const count = [words.say.chooseRows, rowsOf(t)];
  if (verb === 'truncate')
    scene.report({
      rule: 'truncate',
      severity: 'error',
      at,
      params,
      safeWay: [...count, words.say.later, `TRUNCATE TABLE ${t};`],
    });
  if (verb === 'delete' && !change.bounded)
    scene.report({
      rule: 'delete-without-where',
      severity: 'error',
      at,
      params,
      safeWay: [...count, words.say.later, ...deleteAll(scene, t)],
    });
  if (verb === 'update' && !change.bounded) {
    const rows = scene.world.rows(table);
    const part = inBatches(scene, change, t);
    const safeWay = part === undefined ? count : [words.say.inBatches, part];
    scene.report({
      rule: 'update-without-where',
      severity: rows !== undefined && rows < SMALL ? 'notice' : 'warning',
      at,
      params,
      safeWay,
    });
  }
  const large = verb === 'truncate' ? false : !change.bounded && (verb !== 'insert' || change.fromQuery);
  if (engine === 'postgres' && file.lock !== undefined && large && (file.transaction || file.open))
    scene.report({
      rule: 'backfill-under-lock',
      severity: 'warning',
      at,
      params: { ...params, what: String(file.lock.line), list: display(file.lock.table) },
      safeWay: [words.say.separateFiles],
    });
}

const CHANGING =
  /^(NOW|RANDOM|RAND|UUID|GEN_RANDOM_UUID|CLOCK_TIMESTAMP|CURRENT_\w+|NEXTVAL|SYSDATE|DATETIME|RANDOMBLOB)$/;

/**
 * The statement for a part of what is still to be done, to be repeated until nothing is. Undefined where it cannot be told from
 * a row whether it is done: `amount = amount + 1`.
 */
function inBatches(scene: Scene, change: ChangeOf<'write'>, table: string): string | undefined {
  const { engine } = scene;
  const { tokens } = tokenize(change.sql, engine);
  const from = find(tokens, 'SET') + 1;
  const to = find(tokens.slice(from), 'FROM', 'WHERE', 'ORDER', 'RETURNING');
  const set = from === 0 ? [] : tokens.slice(from, to < 0 ? undefined : from + to);
  const [column, more] = change.columns;
  const [assigned, equals, ...value] = set;
  if (column === undefined || more !== undefined || !isWord(equals, '=') || nameOf(assigned) === undefined)
    return undefined;
  if (to >= 0 && isWord(tokens[from + to], 'FROM')) return undefined;
  if (value.some((token) => nameOf(token)?.toLowerCase() === column.toLowerCase() && token.kind !== 'string'))
    return undefined;
  const c = quote(engine, column);
  const changing = value.some((token) => token.kind === 'word' && CHANGING.test(token.value));
  const left = changing
    ? `${c} IS NULL`
    : differs(engine, c, value.length > 1 ? `(${written(change.sql, value)})` : written(change.sql, value));
  return batch(engine, table, written(change.sql, set), left);
}

function deleteAll({ engine }: Scene, t: string): string[] {
  if (isMysql(engine)) return [`DELETE FROM ${t} LIMIT 10000;`];
  const row = engine === 'postgres' ? 'ctid' : 'rowid';
  const some = `SELECT ${row} FROM ${t} LIMIT 10000`;
  return [`DELETE FROM ${t} WHERE ${row} ${engine === 'postgres' ? `= ANY (ARRAY(${some}))` : `IN (${some})`};`];
}
