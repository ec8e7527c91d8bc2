import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { notReading } from '@release-runbook/runbook/sql';
import { counted } from '@release-runbook/units/count';
import { RunbookError } from '@release-runbook/units/error';
import { percentile } from './http.ts';
import { filler, judged, type Outcome, shown } from './outcome.ts';
import type { CheckContext, CheckMeasurement } from './types.ts';

/** Times vary; of so many the median is taken. */
const timedRuns = 5;

/** A query, its first value, and how long it takes. */
export async function checkSql(
  spec: CheckSpecs['sql'],
  context: CheckContext,
  captured: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const database = context.databases[spec.database];
  if (database === undefined)
    throw new RunbookError(`there is no database ${spec.database}`, {
      hint: `known: ${Object.keys(context.databases).join(', ') || 'none'}`,
    });
  const got = notReading(spec.query);
  if (got !== undefined) throw new RunbookError(`a check only reads, and its query is ${got}`);
  const fill = filler(context.variables, captured);
  const instance = context.instances?.[spec.database] ?? (await database.live());
  const query = fill.fill(spec.query);
  const times: number[] = [];
  let rows: readonly (readonly unknown[])[] = [];
  for (let run = 0; run < (spec.time === undefined ? 1 : timedRuns); run++) {
    const result = await database.query(instance, query);
    rows = result.rows;
    times.push(result.ms);
  }
  const actual = rows[0]?.[0];
  const problems: string[] = [];
  const texts: string[] = [];
  const measurements: CheckMeasurement[] = [];
  if (spec.equals !== undefined) {
    const good =
      String(actual) === String(typeof spec.equals === 'string' ? fill.fill(spec.equals) : spec.equals) &&
      rows.length > 0;
    (good ? texts : problems).push(`${rows.length === 0 ? 'no row' : shown(actual)}, expected ${shown(spec.equals)}`);
  }
  if (spec.value !== undefined) {
    const value =
      typeof actual === 'bigint' || (typeof actual === 'string' && actual.trim() !== '') ? Number(actual) : actual;
    if (typeof value === 'number' && !Number.isNaN(value)) {
      measurements.push({ name: 'value', value, unit: 'number' });
      const { good, text } = judged('value', value, spec.value);
      (good ? texts : problems).push(text);
    } else problems.push(`${rows.length === 0 ? 'no row' : shown(actual)}, expected a number ${spec.value.text}`);
  }
  const ms = percentile(times, 50);
  measurements.push({ name: 'time', value: ms, unit: 'ms' });
  if (spec.time !== undefined) {
    const { good, text } = judged(`median time of ${times.length}`, ms, spec.time);
    (good ? texts : problems).push(text);
  }
  if (problems.length > 0)
    return {
      verdict: 'fail',
      text: problems.join('; '),
      mend: `ask the database ${spec.database} by hand: ${spec.query.trim()}`,
      measurements,
    };
  return {
    verdict: 'pass',
    text: texts.length === 0 ? counted(rows.length, 'row') : texts.join('; '),
    measurements,
  };
}
