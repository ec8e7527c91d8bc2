import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { type Context, run } from './client.ts';
import { id } from './sql.ts';

/** What the account may do, as SHOW GRANTS tells it: everywhere, and in one database. */
interface Rights {
  readonly everywhere: ReadonlySet<string>;
  readonly here: ReadonlySet<string>;
}

/** `shop\_%` in a GRANT is a pattern, `shop` a name. */
function covers(pattern: string, database: string): boolean {
  const text = pattern
    .replaceAll(/[.*+?^${}()|[\]]/g, '\\$&')
    .replaceAll(/\\\\([_%])|_|%/g, (all, escaped: string | undefined) => escaped ?? (all === '%' ? '.*' : '.'));
  return new RegExp(`^(?:${text.replaceAll(/\\(?=[_%])/g, '')})$`, 'i').test(database);
}

export async function readRights(context: Context, place: Place): Promise<Rights> {
  // MySQL tells what comes from roles only when they are named; MariaDB tells it by itself.
  const sql =
    context.flavour === 'mysql'
      ? `SET @r = (SELECT IF(CURRENT_ROLE() = 'NONE', '', CONCAT(' USING ', CURRENT_ROLE()))); SET @s = CONCAT('SHOW GRANTS FOR CURRENT_USER()', @r); PREPARE s FROM @s; EXECUTE s;`
      : 'SHOW GRANTS;';
  const text = await run(context, place, sql, 'the rights of the account cannot be read', { apart: true });
  const everywhere = new Set<string>();
  const here = new Set<string>();
  for (const line of text.split('\n')) {
    const match = /^GRANT (.+?) ON (?:\*|`((?:[^`]|``)*)`)\.\* TO /.exec(line);
    if (match === null) continue;
    const names = (match[1] ?? '').split(',').map((name) => name.trim().toUpperCase());
    if (match[2] === undefined) for (const name of names) everywhere.add(name);
    else if (covers(match[2].replaceAll('``', '`'), place.database)) for (const name of names) here.add(name);
  }
  return { everywhere, here };
}

const has = (rights: Rights, name: string): boolean =>
  [rights.everywhere, rights.here].some((set) => set.has(name) || set.has('ALL PRIVILEGES'));

async function accountOf(context: Context, place: Place): Promise<{ name: string; quoted: string }> {
  const sql = `SELECT CURRENT_USER(); SELECT CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)), '@', QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)));`;
  const text = await run(context, place, sql, 'the account cannot be read', { apart: true });
  const [name = '', quoted = ''] = text.split('\n');
  return { name, quoted };
}

/**
 * Throws when the account could not make again what a dump holds, before anything is dropped for it: views and routines of
 * other definers, triggers and functions where there is a binary log.
 */
export async function checkMaking(
  context: Context,
  place: Place,
  { definers, logged }: { readonly definers: readonly string[]; readonly logged: boolean },
): Promise<void> {
  const { everywhere } = await readRights(context, place);
  const may = (...names: string[]) => ['SUPER', 'ALL PRIVILEGES', ...names].some((name) => everywhere.has(name));
  const account = await accountOf(context, place);
  const others = definers.filter((definer) => definer !== account.name);
  const right = context.flavour === 'mysql' ? 'SET_ANY_DEFINER' : 'SET USER';
  if (others.length > 0 && !may(right, 'SET_USER_ID'))
    throw new RunbookError(
      `database ${context.name}: views, triggers, routines or events of it run as ${others.join(', ')}, and user ${place.server.user} may not make such ones; nothing was changed`,
      { hint: `as an administrator: GRANT ${right} ON *.* TO ${account.quoted};` },
    );
  if (!logged || may()) return;
  const strict = await run(
    context,
    place,
    'SELECT @@log_bin = 1 AND @@log_bin_trust_function_creators = 0;',
    'its settings cannot be read',
    { apart: true },
  );
  if (strict.trim() === '1')
    throw new RunbookError(
      `database ${context.name}: the server has a binary log, and does not let user ${place.server.user} make triggers and functions; nothing was changed`,
      {
        hint: `as an administrator: SET ${context.flavour === 'mysql' ? 'PERSIST' : 'GLOBAL'} log_bin_trust_function_creators = 1;`,
      },
    );
}

/**
 * Throws when the account cannot see all that a dump must hold: without TRIGGER, triggers are left out of it without a word,
 * and routines of others likewise.
 */
export async function checkRights(context: Context, place: Place): Promise<void> {
  const rights = await readRights(context, place);
  const account = await accountOf(context, place);
  const missing = ['SELECT', 'SHOW VIEW', 'TRIGGER', 'EVENT'].filter((name) => !has(rights, name));
  // Who may do nothing with routines does not even see that there are some.
  const seesRoutines =
    ['EXECUTE', 'ALTER ROUTINE', 'CREATE ROUTINE'].some((name) => has(rights, name)) ||
    ['SELECT', 'SHOW_ROUTINE'].some((name) => rights.everywhere.has(name));
  if (!seesRoutines) missing.push('EXECUTE');
  if (missing.length === 0) return;
  throw new RunbookError(
    `database ${context.name}: user ${place.server.user} lacks ${missing.join(', ')}, so a dump would fail or leave things out; nothing was changed`,
    { hint: `as an administrator: GRANT ${missing.join(', ')} ON ${id(place.database)}.* TO ${account.quoted};` },
  );
}

/** Whether the account may hold the whole server still for a moment. */
export async function mayLock(context: Context, place: Place): Promise<boolean> {
  const { everywhere } = await readRights(context, place);
  return ['RELOAD', 'ALL PRIVILEGES', 'FLUSH_TABLES'].some((name) => everywhere.has(name));
}
