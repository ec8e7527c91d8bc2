import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { bytesIn, PIPES } from '../server/pipe.ts';
import type { Progress, SchemaObject } from '../types.ts';
import { CLIENT, type Context, clientEnv, failed, LONG_MS, run } from './client.ts';
import { END, HEADER, type Header, SEPARATOR } from './dump.ts';
import { keepPrograms } from './kept.ts';
import { checkMaking } from './rights.ts';
import { id, READING } from './sql.ts';

/** Prints the first line of a dump. */
const FIRST = `${PIPES}
rr_unpack "$RR_FILE" <"$RR_FILE" 2>/dev/null | head -n 1`;

/** All of a dump into the database that it was taken of; what it is called is in the texts of its views and routines. */
const WHOLE = `${CLIENT}${PIPES}
rr_load "$RR_FILE" rr_mysql --database="$RR_DATABASE"`;

/**
 * The tables alone, into a database of another name; what makes views, triggers, routines and events is printed. There they
 * would name the wrong database, stop the renaming of tables (1435), and events would run.
 */
const TABLES = `${CLIENT}${PIPES}
rr_tables() {
  LC_ALL=C sed -e '/^${SEPARATOR}/,$ {' -e "w $rr_here/programs" -e d -e '}' | rr_mysql --database="$RR_DATABASE"
}
: >"$rr_here/programs"
rr_load "$RR_FILE" rr_tables || exit
printf '\\n'; cat "$rr_here/programs"`;

export async function load(
  context: Context,
  file: string,
  place: Place,
  progress?: (p: Progress) => void,
): Promise<void> {
  const { host, name } = context;
  const first = await host.shell(FIRST, { env: { RR_FILE: file } });
  const header = headerOf(first.stdout);
  if (header === undefined)
    throw new RunbookError(`${file} is no dump of a database by this tool, or is cut or empty; nothing was changed`);
  if (place.server.kind === 'live') await checkMaking(context, place, header);
  const target = id(place.database);
  await run(
    context,
    place,
    `${READING}SET SESSION lock_wait_timeout=60;
DROP DATABASE IF EXISTS ${target};
CREATE DATABASE ${target} CHARACTER SET ${header.characterSet} COLLATE ${header.collation};`,
    `${place.database} cannot be made`,
    { apart: true },
  );
  const whole = place.database === header.database;
  if (place.server.kind === 'scratch') await makeDefiners(context, place, header.definers);
  const bytes = bytesIn((done) => progress?.({ what: `load of ${name}`, done, total: undefined, unit: 'bytes' }));
  const ended = await host.shell(whole ? WHOLE : TABLES, {
    env: {
      ...(await clientEnv(context, place.server)),
      RR_FILE: file,
      RR_DATABASE: place.database,
    },
    timeoutMs: LONG_MS,
    onOutput: bytes,
    whole: true,
  });
  const state = `${place.database} is not complete`;
  if (ended.code === 97)
    throw new RunbookError(`database ${name}: ${file} cannot be unpacked: it is cut or damaged; ${state}`);
  if (ended.code !== 0) throw failed(context, place, `${file} cannot be loaded`, ended, state);
  if (!ended.stdout.includes(END))
    throw new RunbookError(`database ${name}: ${file} ends before its trailer: it is cut; ${state}`);
  if (whole) return;
  const at = ended.stdout.indexOf(`\n${SEPARATOR}`) + 1;
  const line = ended.stdout.indexOf('\n', at);
  const objects = JSON.parse(ended.stdout.slice(at + SEPARATOR.length, line)) as SchemaObject[];
  const sql = `ALTER DATABASE CHARACTER SET ${header.characterSet} COLLATE ${header.collation};\n${ended.stdout.slice(line + 1)}`;
  await keepPrograms(context, place, { sql, objects });
}

function headerOf(text: string): Header | undefined {
  if (!text.startsWith(HEADER)) return undefined;
  try {
    const header = JSON.parse(text.slice(HEADER.length)) as Header;
    const names = [header.characterSet, header.collation];
    return names.every((name) => /^\w+$/.test(name)) && Array.isArray(header.definers) ? header : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A scratch server knows no accounts but one; views and routines are made for their definers, and run as them: so these are
 * made there, without a way to log in.
 */
async function makeDefiners(context: Context, place: Place, definers: readonly string[]): Promise<void> {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  const own = [`${place.server.user}@%`, `${place.server.user}@localhost`, `${place.server.user}@127.0.0.1`];
  const lines = definers
    .filter((definer) => !own.includes(definer))
    .map((definer) => {
      const at = definer.lastIndexOf('@');
      const account = `${quoted(definer.slice(0, at))}@${quoted(definer.slice(at + 1))}`;
      return `CREATE USER IF NOT EXISTS ${account} ACCOUNT LOCK;\nGRANT ALL ON *.* TO ${account};\n`;
    });
  if (lines.length === 0) return;
  await run(context, place, `${READING}${lines.join('')}`, 'its definers cannot be made', { apart: true });
}

/** What CHECK TABLE says against tables and views; empty: nothing. */
export async function selfCheck(context: Context, place: Place, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const sql = names.map((name) => `CHECK TABLE ${id(name)} QUICK;\n`).join('');
  const text = await run(context, place, READING + sql, 'its tables cannot be checked', { timeoutMs: LONG_MS });
  return text.split('\n').flatMap((line) => {
    const [table = '', , type = '', words = ''] = line.split('\t');
    return /^(error|warning)$/i.test(type) || (type === 'status' && !/^(OK|Table is already up to date)$/.test(words))
      ? [`${table}: ${words}`]
      : [];
  });
}
