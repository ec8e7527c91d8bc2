import { RunbookError } from '@release-runbook/units/error';
import type { Server } from '../server/engine.ts';

/** An error of the server or of a client program, by its number. */
export class MysqlError extends RunbookError {
  readonly number: number;
  /** The server's own words. */
  readonly words: string;
  /** Line of the text that the client was given, starting at 1. */
  readonly line: number | undefined;

  constructor(message: string, found: { number: number; words: string; line: number | undefined }, hint?: string) {
    super(message, { hint });
    this.number = found.number;
    this.words = found.words;
    this.line = found.line;
  }
}

/** The first error in what a client program wrote: `ERROR 1064 (42000) at line 3: …`, `mysqldump: Got error: 1045: …`. */
export function errorIn(stderr: string): { number: number; words: string; line: number | undefined } | undefined {
  const client = /^ERROR (\d+) \(\w+\)(?: at line (\d+))?(?: in file: '[^']*')?: (.*)$/m.exec(stderr);
  if (client)
    return {
      number: Number(client[1]),
      line: client[2] === undefined ? undefined : Number(client[2]),
      words: client[3] ?? '',
    };
  const dump = /^[\w-]*dump: Got error: (\d+): (.*)$/m.exec(stderr) ?? /^[\w-]*dump: Error (\d+): (.*)$/m.exec(stderr);
  if (dump) return { number: Number(dump[1]), words: dump[2] ?? '', line: undefined };
  const late = /^[\w-]*dump: (Couldn't execute .*?)\s*\((\d+)\)$/m.exec(stderr);
  return late ? { number: Number(late[2]), words: late[1] ?? '', line: undefined } : undefined;
}

/** How messages name an account in a GRANT. The server knows the host part; where it is not known, any. */
export const account = (server: Server): string => `'${server.user}'@'%'`;

/** What to do about an error of this number. */
export function hintOf(number: number, words: string, server: Server, database: string): string | undefined {
  const on = `\`${database}\`.*`;
  switch (number) {
    case 1045:
    case 1698:
      return `the server does not accept user ${server.user} with this password: compare with the application's own URL`;
    case 1044:
    case 1142:
    case 1143:
    case 1370: {
      const right = /([A-Z][A-Z ]+?) command denied/.exec(words)?.[1] ?? 'ALL PRIVILEGES';
      return `as an administrator: GRANT ${right} ON ${on} TO ${account(server)}`;
    }
    case 1227: {
      const right = /need \(at least one of\) the (.+?) privilege/
        .exec(words)?.[1]
        ?.split(/,| or /)[0]
        ?.trim();
      return right === undefined ? undefined : `as an administrator: GRANT ${right} ON *.* TO ${account(server)}`;
    }
    case 1049:
      return `there is no database ${database} on this server: look at the url`;
    case 1040:
    case 1203:
      return 'the server has no connection left: raise max_connections, or close some';
    case 1205:
    case 1969:
    case 3024:
      return `SHOW FULL PROCESSLIST and information_schema.INNODB_TRX tell who holds the lock`;
    case 1412:
      return 'a table was changed (DDL) while the dump ran: let migrations and backups not run at once, and run this again';
    case 1419:
      return 'as an administrator: SET PERSIST log_bin_trust_function_creators = 1 (MariaDB: SET GLOBAL), or GRANT SUPER';
    case 1153:
    case 2020:
      return 'a row is larger than max_allowed_packet of the server: raise it there (at most 1G)';
    case 1449:
      return 'a view, trigger, routine or event runs as an account that is not there: make it (CREATE USER … ACCOUNT LOCK), or make the object anew as another';
    case 1356:
      return 'a view names a table or column that is no longer there, and cannot be dumped: mend or drop it';
    case 2002:
    case 2003:
    case 2005:
    case 2013:
    case 2006:
      return 'does the server run, and does it listen where the url says, as seen from this host?';
    case 2026:
      return 'the server and the client do not agree on TLS: put ssl-mode and ssl-ca after ? in the url';
    case 2059:
    case 2061:
    case 1251:
      return "the client does not know the server's way to log in: use the client programs of the server's own version (`programs:`)";
    default:
      return undefined;
  }
}
