import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { nearest } from '@release-runbook/units/nearest';
import { formatThreshold, holds } from '@release-runbook/units/threshold';
import { parseDotEnv } from './dotenv.ts';
import type { Outcome } from './outcome.ts';
import { weakness } from './strength.ts';
import type { CheckContext } from './types.ts';

type Rule = CheckSpecs['env']['require'][string];

/** A .env file on a host: names are told, values never. */
export async function checkEnv(spec: CheckSpecs['env'], context: CheckContext): Promise<Outcome> {
  const host = context.hosts.get(spec.on);
  const text = await host.read(spec.file);
  if (text === undefined) {
    return {
      verdict: 'fail',
      text: `there is no file ${spec.file} on host ${spec.on}`,
      mend: `write it there with ${Object.keys(spec.require).join(', ')}`,
    };
  }
  const { values, repeated, unread } = parseDotEnv(text);
  const problems: string[] = [];
  const rules = Object.entries(spec.require);
  for (const [name, rule] of rules) {
    const value = values.get(name);
    if (value === undefined) {
      const near = nearest(
        name,
        [...values.keys()].filter((each) => !Object.hasOwn(spec.require, each)),
      );
      problems.push(`${name} is missing${near === undefined ? '' : ` (there is ${near})`}`);
      continue;
    }
    const problem = problemOf(rule, value);
    if (problem !== undefined) problems.push(`${name} ${problem}`);
    if (repeated.includes(name)) problems.push(`${name} stands there more than once`);
  }
  if (unread.length > 0) problems.push(`line ${unread.slice(0, 5).join(', ')} cannot be read`);
  const measurements = [{ name: 'problems', value: problems.length, unit: 'count' }];
  const where = `${spec.file} on host ${spec.on}`;
  if (problems.length === 0)
    return {
      verdict: 'pass',
      text: `${where}: ${rules.length} of ${rules.length} variables as required`,
      measurements,
    };
  const weak = problems.some((problem) => problem.includes(' is weak'));
  const mend = `change them in ${where}${weak ? '; a strong value: python3 -c "import secrets; print(secrets.token_urlsafe(48))"' : ''}`;
  return { verdict: 'fail', text: `${where}: ${problems.join('; ')}`, mend, measurements };
}

function problemOf(rule: Rule, value: string): string | undefined {
  if (value === '') return 'is empty';
  const least = rule['min-length'];
  if (least !== undefined && value.length < least) return `has ${value.length} characters, expected at least ${least}`;
  if (rule.strong === true) {
    const why = weakness(value);
    if (why !== undefined) return `is weak: ${why}`;
  }
  if (rule.equals !== undefined && value !== rule.equals) return `is not ${JSON.stringify(rule.equals)}`;
  if (rule.not !== undefined && value === rule.not) return `is ${JSON.stringify(rule.not)}, which it must not be`;
  if (rule.at !== undefined) {
    const number = Number(value);
    if (value.trim() === '' || Number.isNaN(number)) return 'is no number';
    if (!holds(rule.at, number)) return `is not ${formatThreshold(rule.at)}`;
  }
  return undefined;
}
