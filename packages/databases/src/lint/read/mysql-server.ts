import type { Change } from '../changes.ts';
import { cursor, isWord, split } from './cursor.ts';
import type { Token } from './tokens.ts';

const ROLES = new Set(['USER', 'ROLE']);

/** GRANT, REVOKE and what makes, changes and drops users; undefined: it is none of these. */
export function readRights(tokens: readonly Token[], at: number): Change[] | undefined {
  const [first, second] = tokens;
  const verb = first?.value ?? '';
  const user =
    ['CREATE', 'ALTER', 'DROP', 'RENAME'].includes(verb) && ROLES.has(tokenAfterReplace(tokens)?.value ?? '');
  const grants = verb === 'GRANT' || verb === 'REVOKE' || (verb === 'SET' && isWord(second, 'PASSWORD'));
  if (!user && !grants) return undefined;
  const password = tokens.some(
    (token, index) => token.kind === 'string' && introducesPassword(tokens[index - 1], tokens[index - 2]),
  );
  const what = user ? `${verb} ${tokenAfterReplace(tokens)?.value}` : verb === 'SET' ? 'SET PASSWORD' : verb;
  return [{ kind: 'rights', what, password, at }];
}

const tokenAfterReplace = (tokens: readonly Token[]): Token | undefined =>
  isWord(tokens[1], 'OR') ? tokens[3] : tokens[1];

/** IDENTIFIED BY 'x', IDENTIFIED WITH plugin AS 'x', SET PASSWORD = 'x', PASSWORD('x'). */
function introducesPassword(before: Token | undefined, earlier: Token | undefined): boolean {
  if (isWord(before, 'BY') || isWord(before, 'AS')) return true;
  if (isWord(before, '(')) return isWord(earlier, 'PASSWORD');
  return isWord(before, '=') && !isWord(earlier, 'REQUIRE');
}

const OFF = /^(0|off|false)$/i;
const SAFETY: Readonly<Record<string, string>> = {
  foreign_key_checks: 'foreign_key_checks = 0',
  unique_checks: 'unique_checks = 0',
  check_constraint_checks: 'check_constraint_checks = 0',
  sql_log_bin: 'sql_log_bin = 0',
};

/** SET; undefined: it is none. Of several settings each is one change. */
export function readSet(tokens: readonly Token[], at: number): Change[] | undefined {
  if (!isWord(tokens[0], 'SET')) return undefined;
  return split(tokens.slice(1)).map((part, index) => readSetting(part, index === 0 ? at : (part[0]?.start ?? at)));
}

function readSetting(part: readonly Token[], at: number): Change {
  const rest = cursor(part);
  let server = false;
  // GLOBAL x, @@GLOBAL.x, @@x, SESSION x
  while (rest.take('@'));
  const scope = rest.takeOne(['GLOBAL', 'PERSIST', 'PERSIST_ONLY', 'SESSION', 'LOCAL']);
  if (scope !== undefined) {
    server = scope === 'GLOBAL' || scope.startsWith('PERSIST');
    rest.take('.');
  } else if (isWord(part[0], '@') && !isWord(part[1], '@')) return { kind: 'other', at };
  const name = rest.word()?.toLowerCase() ?? '';
  if (name === 'transaction' || name === 'names' || name === 'statement') return { kind: 'other', at };
  rest.take(':');
  rest.take('=');
  const value = rest.peek()?.value.toLowerCase() ?? '';
  if (server) return { kind: 'setting', name, value, scope: 'server', at };
  const off = SAFETY[name];
  if (off !== undefined && OFF.test(value)) return { kind: 'checks-off', what: off, at };
  if (name === 'autocommit' && OFF.test(value)) return { kind: 'transaction', verb: 'begin', at };
  return { kind: 'setting', name, value, scope: 'session', at };
}
