import { RunbookError } from '@release-runbook/units/error';
import type { Place } from '../server/engine.ts';
import { CLIENT, type Context, clientEnv, failed, LONG_MS } from './client.ts';
import { READING } from './sql.ts';
import { splitScript } from './text.ts';

const QUERY = `${CLIENT}rr_mysql --xml --binary-as-hex --database="$RR_DATABASE" <"$rr_here/sql"`;
const CLOCK = 'SELECT UNIX_TIMESTAMP(SYSDATE(6)) AS rr_clock;\n';

/** One statement; what it takes is timed on the server, between two looks at its clock. */
export async function query(
  context: Context,
  place: Place,
  sql: string,
  options: { readonly readOnly: boolean },
): Promise<{ columns: readonly string[]; rows: readonly (readonly unknown[])[]; ms: number }> {
  const [statement, ...more] = splitScript('query', sql).statements;
  if (statement === undefined || more.length > 0)
    throw new RunbookError(
      `database ${context.name}: a query is one statement, this text holds ${more.length + (statement ? 1 : 0)}`,
    );
  const guard = options.readOnly ? 'SET SESSION TRANSACTION READ ONLY;\nSTART TRANSACTION;\n' : '';
  const text = `${READING}SET SESSION sql_mode=@@GLOBAL.sql_mode;\n${guard}${CLOCK}${statement.sql}\n;\n${CLOCK}`;
  const ended = await context.host.shell(QUERY, {
    env: { ...(await clientEnv(context, place.server, text)), RR_DATABASE: place.database },
    whole: true,
    timeoutMs: LONG_MS,
  });
  if (ended.code !== 0) throw failed(context, place, 'the query failed', ended);
  const sets = [...ended.stdout.matchAll(/<resultset[^>]*>([\s\S]*?)<\/resultset>/g)].map(([, body]) =>
    rowsIn(body ?? ''),
  );
  const clock = (set: ReturnType<typeof rowsIn> | undefined) => Number(set?.[0]?.[0]?.value ?? 0) * 1000;
  const result = sets.length > 2 ? (sets[1] ?? []) : [];
  return {
    columns: result[0]?.map(({ name }) => name) ?? [],
    rows: result.map((row) => row.map(({ value }) => value)),
    ms: Math.max(0, clock(sets.at(-1)) - clock(sets[0])),
  };
}

const FIELD = /<field name="([^"]*)"(?:\s+xsi:nil="true"\s*\/>|>([\s\S]*?)<\/field>)/g;

/** The client's XML: the one form in which a null is no text. */
function rowsIn(body: string): { name: string; value: string | null }[][] {
  return [...body.matchAll(/<row>([\s\S]*?)<\/row>/g)].map(([, row = '']) =>
    [...row.matchAll(FIELD)].map(([, name = '', value]) => ({
      name: plain(name),
      value: value === undefined ? null : plain(value),
    })),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const plain = (text: string) => text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
