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

/**
 * Throws when the account cannot see all that a dump must hold: without TRIGGER, triggers are left out of it without a word,
 * and routines of others likewise.
 */
export async function checkRights(context: Context, place: Place): Promise<void> {
  const rights = await readRights(context, place);
  const account = (await run(context, place, "SELECT CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)), '@', QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)));", 'the account cannot be read', { apart: true })).trim();
  const missing = ['SELECT', 'SHOW VIEW', 'TRIGGER', 'EVENT'].filter((name) => !has(rights, name));
  if (missing.length === 0) return;
  throw new RunbookError(
    `database ${context.name}: user ${place.server.user} lacks ${missing.join(', ')}, so a dump would fail or leave things out; nothing was changed`,
    { hint: `as an administrator: GRANT ${missing.join(', ')} ON ${id(place.database)}.* TO ${account};` },
  );
}

/**
 * The lock under which the dump and the session that counts begin at one moment: over all of the server where the account may
 * (it waits for no open transaction), else over the database's tables.
 */
export async function snapshotLock(
  context: Context,
  place: Place,
  tables: readonly string[],
): Promise<{ sql: string } | { sql: undefined; why: string }> {
  const rights = await readRights(context, place);
  if (['RELOAD', 'ALL PRIVILEGES', 'FLUSH_TABLES'].some((name) => rights.everywhere.has(name)))
    return { sql: 'FLUSH TABLES WITH READ LOCK' };
  if (has(rights, 'LOCK TABLES') && tables.length > 0)
    return { sql: `LOCK TABLES ${tables.map((table) => `${id(table)} READ`).join(', ')}` };
  if (tables.length === 0) return { sql: 'SELECT 1 INTO @rr' };
  return { sql: undefined, why: `user ${place.server.user} may neither RELOAD (the server) nor LOCK TABLES (${place.database}.*)` };
}
