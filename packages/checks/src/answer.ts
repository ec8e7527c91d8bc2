import type { HttpAnswers, HttpRequest } from '@release-runbook/hosts/request';
import { maxBody } from '@release-runbook/hosts/request';
import type { CheckSpecs } from '@release-runbook/runbook/schema/checks';
import { RunbookError } from '@release-runbook/units/error';
import { holds, parseThreshold, type Threshold } from '@release-runbook/units/threshold';
import { type Filler, shown } from './outcome.ts';

type JourneyStep = CheckSpecs['journey']['steps'][number];
/** What http checks, the steps of journeys and their cleanup have in common. */
export type RequestSpec = Pick<
  JourneyStep,
  'url' | 'method' | 'headers' | 'json' | 'status' | 'body' | 'contains' | 'header' | 'capture' | 'timeout'
>;

/** The request of a spec, its texts filled in. */
export function requestOf(
  spec: RequestSpec,
  filler: Filler,
  more: Pick<HttpRequest, 'count' | 'signal'> = {},
): HttpRequest {
  const headers: Record<string, string> = Object.fromEntries(
    Object.entries(spec.headers ?? {}).map(([name, text]) => [name.toLowerCase(), filler.fill(text)]),
  );
  if (spec.json !== undefined) headers['content-type'] ??= 'application/json';
  return {
    url: filler.fill(spec.url),
    method: spec.method ?? (spec.json === undefined ? 'GET' : 'POST'),
    headers,
    body: spec.json === undefined ? undefined : JSON.stringify(filler.fillAll(spec.json)),
    timeoutMs: spec.timeout ?? 10_000,
    // An expected redirect is the answer, not a way to another one.
    redirects: spec.status !== undefined && spec.status >= 300 && spec.status <= 399 ? 0 : 5,
    contains: spec.contains === undefined ? undefined : filler.fill(spec.contains),
    ...more,
  };
}

/** What is wrong with the answers, in words; nothing when they are as expected. */
export function problemsOf(spec: RequestSpec, answers: HttpAnswers, filler: Filler): readonly string[] {
  const { timings } = answers;
  const problems: string[] = [];
  const of = (count: number) => (timings.length === 1 ? '' : `${count} of ${timings.length} requests: `);
  const silent = timings.filter((each) => each.status === undefined);
  const [firstSilent] = silent;
  if (firstSilent !== undefined) problems.push(`${of(silent.length)}${firstSilent.error ?? 'no answer'}`);
  const wrong = timings.filter(
    ({ status }) =>
      status !== undefined && (spec.status === undefined ? status < 200 || status > 299 : status !== spec.status),
  );
  const [firstWrong] = wrong;
  if (firstWrong !== undefined)
    problems.push(`${of(wrong.length)}status ${firstWrong.status}, expected ${spec.status ?? '200 to 299'}`);
  const without = timings.filter((each) => each.contains === false);
  if (without.length > 0) problems.push(`${of(without.length)}the answer does not contain ${shown(spec.contains)}`);
  if (timings[0]?.status === undefined) return problems;
  for (const [name, text] of Object.entries(spec.header ?? {})) {
    const actual = answers.headers[name.toLowerCase()];
    const expected = filler.fill(text);
    if (actual !== expected) problems.push(`header ${name} is ${shown(actual)}, expected ${shown(text)}`);
  }
  if (spec.body === undefined) return problems;
  const json = parseBody(answers);
  if (json.problem !== undefined) return [...problems, json.problem];
  for (const [path, expected] of Object.entries(spec.body)) {
    const actual = valueAt(json.value, path);
    if (!matches(actual, filler.fillAll(expected)))
      problems.push(`${path} is ${shown(actual)}, expected ${shown(expected)}`);
  }
  return problems;
}

/** The values to keep, each as text. @throws RunbookError when one is not there */
export function captureFrom(
  paths: Readonly<Record<string, string>>,
  answers: HttpAnswers,
): Readonly<Record<string, string>> {
  const entries = Object.entries(paths);
  if (entries.length === 0) return {};
  const json = parseBody(answers);
  if (json.problem !== undefined) throw new RunbookError(`nothing can be captured: ${json.problem}`);
  return Object.fromEntries(
    entries.map(([name, path]) => {
      const value = valueAt(json.value, path);
      if (value !== undefined && value !== null)
        return [name, typeof value === 'string' ? value : JSON.stringify(value)];
      throw new RunbookError(`\`capture: ${name}\`: the answer has no ${path}`);
    }),
  );
}

function parseBody(answers: HttpAnswers): { value?: unknown; problem?: string } {
  if (answers.cut)
    return {
      problem: `the answer is longer than can be read (${Math.round(maxBody / 1024 / 1024)} MB, less over ssh)`,
    };
  try {
    return { value: JSON.parse(answers.body) };
  } catch {
    return { problem: `the answer is no JSON: ${shown(answers.body.slice(0, 60))}` };
  }
}

/** The value at a dotted path: "data.items.0.id", "items[0]", "items.length"; "$" is the whole. */
export function valueAt(value: unknown, path: string): unknown {
  const parts = path
    .replace(/^\$\.?/, '')
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '');
  let at = value;
  for (const part of parts) {
    if (Array.isArray(at) && part === 'length') at = at.length;
    else if (typeof at === 'object' && at !== null && Object.hasOwn(at, part))
      at = (at as Record<string, unknown>)[part];
    else return undefined;
  }
  return at;
}

/** Whether a value is the one expected; a text such as "> 0" is a threshold for numbers. */
export function matches(actual: unknown, expected: unknown): boolean {
  if (typeof expected === 'string') {
    const threshold = thresholdOf(expected);
    if (threshold === undefined || typeof actual === 'string') return actual === expected;
    return typeof actual === 'number' && holds(threshold, actual);
  }
  if (typeof expected !== 'object' || expected === null) return actual === expected;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  const [left, right] = [actual as Record<string, unknown>, expected as Record<string, unknown>];
  const keys = Object.keys(right);
  return (
    keys.length === Object.keys(left).length &&
    keys.every((key) => Object.hasOwn(left, key) && matches(left[key], right[key]))
  );
}

function thresholdOf(text: string): Threshold | undefined {
  if (!/^\s*(<|>|=|!=)/.test(text)) return undefined;
  try {
    return parseThreshold(text, 'number');
  } catch {
    return undefined;
  }
}
