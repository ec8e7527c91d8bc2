import type { Change } from '../changes.ts';
import { display, type Name } from '../names.ts';
import { forLock, isMysql, type Scene } from '../scene.ts';
import type { Severity } from '../types.ts';
import { commitsItself } from './run.ts';

// What is said once a file: locks without a limit, and what a failure in its middle leaves.

/** The table for which others wait while this is done, and which was there before. */
export function lockedTable(change: Change, scene: Scene): Name | undefined {
  if (!('table' in change) || change.table === undefined || scene.world.isNew(change.table)) return undefined;
  switch (change.kind) {
    case 'write':
      return change.verb === 'truncate' ? change.table : undefined;
    case 'validate-constraint':
    case 'load':
    case 'create-table':
      return undefined;
    case 'maintain':
      return change.concurrently || change.verb === 'vacuum' ? undefined : change.table;
    case 'create-index':
    case 'drop-index':
      // MySQL takes a lock for the metadata at the begin and the end in any case.
      return change.concurrently ? undefined : change.table;
    default:
      return change.table;
  }
}

/** A lock that is waited for without end holds up everybody behind it. */
export function judgeTimeout(change: Change, scene: Scene): void {
  const { file, engine, words } = scene;
  const table = lockedTable(change, scene);
  if (table === undefined || engine === 'sqlite') return;
  file.lock ??= { table, line: scene.position(change.at).line };
  const waits = file.statements[file.statement]?.waits === true;
  if (file.lockTimeout || waits || file.told.has('no-lock-timeout')) return;
  file.told.add('no-lock-timeout');
  const what = isMysql(engine) ? 'lock_wait_timeout' : 'lock_timeout';
  const set = isMysql(engine) ? 'SET SESSION lock_wait_timeout = 5;' : "SET lock_timeout = '5s';";
  scene.report({
    rule: 'no-lock-timeout',
    severity: forLock(scene, table, 'warning'),
    at: change.at,
    params: { table: display(table), what },
    safeWay: [words.say.timeout, set],
  });
}

/** What a failure in the middle leaves behind: MySQL and MariaDB commit at each change of a table. */
export function judgeHalfApplied(scene: Scene): void {
  const { statements, transaction } = scene.file;
  const writes = (change: Change) => change.kind === 'write' && change.verb !== 'truncate';
  const changing = statements.filter(({ changes }) => changes.some(commitsItself));
  const writing = statements.filter(({ changes }) => changes.some(writes));
  if (scene.engine === 'postgres') {
    const second = statements.filter((one) => changing.includes(one) || writing.includes(one))[1];
    // Between a BEGIN and a COMMIT of its own it is whole again.
    const own = statements.some(({ changes }) => changes.some(({ kind }) => kind === 'transaction'));
    if (!transaction && !own && second !== undefined) report(scene, second.at, 'outside', 'warning');
    return;
  }
  const [first] = changing;
  if (!isMysql(scene.engine) || first === undefined) return;
  const mixed = writing.length > 0;
  // The statement behind which a failure leaves something done.
  const at = mixed ? Math.max(first.at, writing[0]?.at ?? 0) : changing[1]?.at;
  if (at !== undefined) report(scene, at, mixed ? 'mixed' : '', mixed ? 'warning' : 'notice');
}

function report(scene: Scene, at: number, what: string, severity: Severity): void {
  scene.report({ rule: 'half-applied', severity, at, params: { what }, safeWay: [scene.words.say.oneStatement] });
}
