import type { Change, ChangeOf } from '../changes.ts';
import { display, type Name } from '../names.ts';
import { rebuildTable } from '../safe/rebuild.ts';
import { isMysql, type Judge, type Report, type Scene } from '../scene.ts';

// How the files run: transactions, other databases, rights, what cannot be read.

export const judgeRun: Judge = (change, scene) => {
  const { words, file } = scene;
  const { say } = words;
  const { at } = change;
  const report = (
    rule: Report['rule'],
    severity: Report['severity'],
    params: Report['params'],
    safeWay: readonly string[] = [],
  ) => scene.report({ rule, severity, at, params: params ?? {}, safeWay });
  switch (change.kind) {
    case 'syntax-error':
      report('syntax-error', 'error', { what: change.message });
      break;
    case 'unsupported':
      report(
        'unsupported',
        change.since === undefined ? 'error' : 'warning',
        { what: change.what, to: change.since ?? '' },
        change.table === undefined ? [] : rebuildTable(scene, change.table, say.rebuildAs),
      );
      break;
    case 'unknown':
      report('unknown-statement', 'warning', { what: change.word });
      break;
    case 'opaque':
      report('not-looked-into', 'notice', { what: change.what, list: change.parts === 0 ? '' : String(change.parts) }, [
        say.rehearseIt,
        say.plain,
      ]);
      break;
    case 'transaction':
      transaction(change, scene);
      break;
    case 'client-command':
      report('client-command', scene.engine === 'sqlite' ? 'error' : 'warning', { what: change.word }, [
        say.remove(change.word),
      ]);
      break;
    case 'needs-delimiter':
      report('needs-delimiter', 'notice', {}, [say.delimiter]);
      break;
    case 'database':
      report('database', 'error', { what: change.what, name: change.name }, [say.byHand]);
      break;
    case 'use':
      report('other-database', 'error', { name: change.name }, [say.remove(change.name)]);
      break;
    case 'rights':
      report('rights', 'warning', { what: change.what }, [say.byHand]);
      if (change.password) report('password-in-sql', 'error', {}, [say.secret]);
      break;
    case 'setting':
      setting(change, scene);
      break;
    case 'add-enum-value':
      file.enumValues.push(change);
      break;
    case 'write':
      enumValueUsed(change, scene);
      break;
    default:
  }
  if (isMysql(scene.engine)) otherDatabase(change, scene);
  if (isMysql(scene.engine) && file.open && commitsItself(change))
    report('implicit-commit', 'warning', { what: statementWord(scene) }, [say.separateFiles]);
};

const statementWord = (scene: Scene): string =>
  /^\S+(\s+\S+)?/.exec(scene.file.statements[scene.file.statement]?.text ?? '')?.[0] ?? '';

function transaction(change: ChangeOf<'transaction'>, scene: Scene): void {
  const { file, words, engine } = scene;
  const { verb, at } = change;
  if (verb === 'savepoint') return;
  // SQLite refuses a BEGIN inside a transaction; PostgreSQL only warns of it.
  const breaks = file.transaction && (verb !== 'begin' || engine === 'sqlite');
  const what = statementWord(scene);
  if (breaks) {
    const safeWay = [words.say.remove(what)];
    scene.report({ rule: 'explicit-transaction', severity: 'error', at, params: { what }, safeWay });
  } else if (verb === 'commit')
    scene.report({ rule: 'explicit-transaction', severity: 'notice', at, params: { what, to: 'own' } });
  file.open = verb === 'begin' && !file.transaction;
}

function setting(change: ChangeOf<'setting'>, scene: Scene): void {
  const { file, words, engine } = scene;
  const { name, value, at } = change;
  const off = /^(0|off|false|no)$/.test(value);
  const on = /^(1|on|true|yes)$/.test(value);
  if (change.scope === 'server')
    scene.report({
      rule: 'server-setting',
      severity: 'warning',
      at,
      params: { what: name },
      safeWay: [words.say.byHand],
    });
  if (name === 'lock_timeout' || name === 'lock_wait_timeout') file.lockTimeout = value !== '0';
  if (engine !== 'sqlite') return;
  if (name === 'foreign_keys' || name === 'journal_mode') {
    if (file.transaction || file.open)
      scene.report({
        rule: 'pragma-without-effect',
        severity: 'notice',
        at,
        params: { what: name },
        safeWay: [words.say.remove(`PRAGMA ${name}`)],
      });
    else if (name === 'foreign_keys') file.foreignKeys = on;
  }
  if (name === 'legacy_alter_table') file.legacyAlter = on;
  const unchecked =
    (on && ['legacy_alter_table', 'writable_schema', 'ignore_check_constraints'].includes(name)) ||
    (off && name === 'foreign_keys' && !file.transaction && !file.open);
  if (unchecked)
    scene.report({
      rule: 'checks-off',
      severity: name === 'writable_schema' ? 'error' : 'notice',
      at,
      params: { what: `PRAGMA ${name} = ${value}` },
      safeWay: [words.say.rebuild, 'PRAGMA foreign_key_check;'],
    });
}

/** A new value of an enumeration cannot be used before the transaction that adds it is over. */
function enumValueUsed(change: ChangeOf<'write'>, scene: Scene): void {
  const { file, words } = scene;
  if (scene.engine !== 'postgres' || (!file.transaction && !file.open)) return;
  const added = file.enumValues.find(({ value }) => change.sql.includes(`'${value}'`));
  if (added === undefined || scene.world.made('type', added.type)) return;
  const params = { name: display(added.type), to: added.value };
  scene.report({
    rule: 'enum-value-in-transaction',
    severity: 'error',
    at: change.at,
    params,
    safeWay: [words.say.separateFiles],
  });
}

function otherDatabase(change: Change, scene: Scene): void {
  const named: readonly (Name | undefined)[] = [
    'table' in change ? change.table : undefined,
    change.kind === 'rename-table' ? change.to : undefined,
    change.kind === 'drop-object' || change.kind === 'create-object' ? change.name : undefined,
  ];
  const schema = named.find((name) => name?.schema !== undefined)?.schema;
  if (schema === undefined) return;
  const own = schema === scene.database;
  scene.report({
    rule: 'other-database',
    severity: scene.database === undefined || own ? 'notice' : 'error',
    at: change.at,
    params: { name: schema },
    safeWay: [scene.words.say.remove(`${schema}.`)],
  });
}

const COMMITTING = new Set<Change['kind']>([
  'create-table',
  'drop-table',
  'rename-table',
  'add-column',
  'drop-column',
  'rename-column',
  'restate-column',
  'alter-type',
  'set-not-null',
  'drop-not-null',
  'add-enum-value',
  'set-default',
  'drop-default',
  'add-constraint',
  'drop-constraint',
  'create-index',
  'drop-index',
  'create-trigger',
  'create-event',
  'create-object',
  'drop-object',
  'rewrite',
  'charset',
  'partition',
  'rights',
  'lock-table',
]);

/** Does MySQL commit what is open before it does this? */
export function commitsItself(change: Change): boolean {
  if (change.kind === 'create-table') return !change.temporary;
  return COMMITTING.has(change.kind) || (change.kind === 'write' && change.verb === 'truncate');
}
