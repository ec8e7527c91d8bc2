import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { split } from './names.ts';

/** What the driver's errors carry: the server's number, and its words. */
interface ServerError extends Error {
  readonly code?: number | string;
}

const UNAUTHORIZED = 13;
const AUTHENTICATION = 18;

/** The number of a server's error; undefined: it is none of the server's. */
export function codeOf(error: unknown): number | undefined {
  const code = (error as ServerError | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
}

/** A right that is missing: servers of MongoDB's protocol have numbers of their own for it. */
export const isUnauthorized = (error: unknown): boolean =>
  codeOf(error) === UNAUTHORIZED || /permission denied|must be owner|not authorized/i.test((error as Error).message);

/** The command that gives a right on a database to an account. */
function grant(place: Place, role: string): string {
  const source = new URLSearchParams(place.server.parameters ?? '').get('authSource') ?? 'admin';
  return `as an administrator, in mongosh: db.getSiblingDB("${source}").grantRolesToUser("${place.server.user}", [{ role: "${role}", db: "${split(place).database}" }])`;
}

/** What to do, by what a driver's or a tool's error says. `role`: the one that the work needs. */
export function hintOf(error: unknown, place: Place, role: string): string | undefined {
  const words = (error as Error).message;
  if (codeOf(error) === AUTHENTICATION || /authentication failed|AuthenticationFailed|auth error/i.test(words))
    return `the server does not accept user ${place.server.user} with this password: compare with the application's own URL, also its authSource`;
  if (isUnauthorized(error)) return grant(place, role);
  if (/requires authentication|command \w+ requires/i.test(words))
    return 'the server asks for a user: put it into the url, and its password into the secret';
  if (
    /ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|Server selection timed out|server selection error|closed/i.test(
      words,
    )
  )
    return 'does the server run, and does it listen where the url says, as seen from the host `on`?';
  if (/certificate|TLS|SSL/i.test(words)) return 'put tls=true and tlsCAFile=… (a file on the host) after ? in the url';
  return undefined;
}

/** An error of the driver as one for people; what is no error of the server or the connection is a bug and stays. */
export function mongoError(
  name: string,
  place: Place,
  error: unknown,
  what: string,
  options: { role?: string; state?: string; said?: string } = {},
): unknown {
  if (error instanceof RunbookError || !(error instanceof Error) || !error.name.startsWith('Mongo')) return error;
  const { role = 'read', state = 'nothing was changed', said = '' } = options;
  const words = error.message.replace(/\.$/, '').slice(0, 500);
  return new RunbookError(`database ${name}: ${what}: ${words}${said === '' ? '' : ` (${said})`}; ${state}`, {
    hint: hintOf(error, place, role),
  });
}
