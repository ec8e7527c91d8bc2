import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { parse } from 'yaml';

const WORKFLOWS = fileURLToPath(new URL('../../../.github/workflows/', import.meta.url));

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';
export interface Need {
  readonly result: Result;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** Does this job of the real file start when the jobs that it needs ended so? GitHub puts success() before a condition without a status function. */
export async function starts(workflow: string, job: string, needs: Readonly<Record<string, Need>>): Promise<boolean> {
  const file = parse(await readFile(`${WORKFLOWS}${workflow}`, 'utf8')) as {
    jobs: Record<string, { if?: string; needs?: string | string[] }>;
  };
  const found = file.jobs[job];
  if (found === undefined) throw new Error(`${workflow} has no job ${job}`);
  const wanted = [found.needs ?? []].flat();
  if (wanted.join() !== Object.keys(needs).join()) throw new Error(`${job} needs ${wanted.join(', ')}`);
  const text = (found.if ?? 'success()').replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1');
  const results = Object.values(needs).map(({ result }) => result);
  const status: Record<string, boolean> = {
    success: results.every((result) => result === 'success'),
    failure: results.includes('failure'),
    cancelled: results.includes('cancelled'),
    always: true,
  };
  const whole = Object.keys(status).some((name) => text.includes(`${name}()`)) ? text : `success() && (${text})`;
  const functions = Object.entries(status).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  const tree = new Parser(new Lexer(whole).lex().tokens, ['needs'], functions).parse();
  const context = new data.Dictionary({ key: 'needs', value: dictionary(needs) });
  const value = new Evaluator(tree, context, new Map(functions.map((one) => [one.name, one]))).evaluate();
  return value.coerceString() === 'true';
}

function dictionary(needs: Readonly<Record<string, Need>>): data.Dictionary {
  const text = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([key, value]) => ({ key, value: new data.StringData(value) }));
  return new data.Dictionary(
    ...Object.entries(needs).map(([key, { result, outputs = {} }]) => ({
      key,
      value: new data.Dictionary(
        { key: 'result', value: new data.StringData(result) },
        { key: 'outputs', value: new data.Dictionary(...text(outputs)) },
      ),
    })),
  );
}
