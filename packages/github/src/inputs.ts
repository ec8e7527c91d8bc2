import { RunbookError } from '@release-runbook/units/error';
import { nearest } from '@release-runbook/units/nearest';
import { type ActionName, actions, type InputSpec } from './actions.ts';

type Specs<A extends ActionName> = (typeof actions)[A]['inputs'];
type Value<S> = S extends { flag: true } ? boolean : S extends { required: true } ? string : string | undefined;

/** What an action was given: flags as booleans, what was left out or empty as its default, else undefined. */
export type Inputs<A extends ActionName> = { readonly [K in keyof Specs<A>]: Value<Specs<A>[K]> };

/** Variable in which the runner hands an input over: spaces become underscores, the rest stays, in upper case. */
export const inputVariable = (name: string): string => `INPUT_${name.replace(/ /g, '_').toUpperCase()}`;

/**
 * Reads an action's inputs out of the environment of its step.
 * @throws RunbookError with all that is wrong with them
 */
export function getInputs<A extends ActionName>(action: A, env: NodeJS.ProcessEnv = process.env): Inputs<A> {
  const specs: Readonly<Record<string, InputSpec>> = actions[action].inputs;
  const problems: RunbookError[] = [];
  const values: Record<string, string | boolean | undefined> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const given = (env[inputVariable(name)] ?? '').trim();
    const text = given === '' ? fallback(spec, env) : given;
    if (spec.flag) values[name] = flag(name, text ?? 'false', problems);
    else values[name] = text;
    if (spec.required && text === undefined) {
      problems.push(new RunbookError(`input "${name}" is missing, expected: ${spec.description}`));
    }
  }
  problems.push(...unknownInputs(action, env));
  const [only] = problems;
  if (only !== undefined) throw problems.length === 1 ? only : new RunbookError('wrong inputs', { problems });
  return values as Inputs<A>;
}

/** A default that is an expression is the runner's to evaluate; without a runner there is the environment alone. */
function fallback(spec: InputSpec, env: NodeJS.ProcessEnv): string | undefined {
  if (spec.default === undefined || spec.default === '') return undefined;
  return spec.default.startsWith('${{') ? env.GITHUB_TOKEN || undefined : spec.default;
}

function flag(name: string, text: string, problems: RunbookError[]): boolean {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  problems.push(new RunbookError(`input "${name}" is ${JSON.stringify(text)}, expected true or false`));
  return false;
}

function* unknownInputs(action: ActionName, env: NodeJS.ProcessEnv): Generator<RunbookError> {
  const known = Object.keys(actions[action].inputs);
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith('INPUT_') || known.some((name) => inputVariable(name) === variable)) continue;
    const name = variable.slice('INPUT_'.length).toLowerCase();
    // A misspelt input would be left out in silence, `dry-run` among them. A composite action around this one leaves its
    // own inputs in no variable of ours, so what is near to none of the names is not ours either.
    const near = nearest(name, known);
    if (near !== undefined) {
      yield new RunbookError(`unknown input "${name}" of ${action}`, { hint: `did you mean "${near}"?` });
    }
  }
}

/** The values of secret inputs, for masking, before they are read or checked in any way. */
export function secretInputs(action: ActionName, env: NodeJS.ProcessEnv = process.env): string[] {
  const specs: Readonly<Record<string, InputSpec>> = actions[action].inputs;
  return Object.entries(specs).flatMap(([name, spec]) => {
    const value = spec.secret ? (env[inputVariable(name)] ?? '') : '';
    // An address without a password or a query is none: masked, it would be missing from every report.
    return value === '' || /^[a-z][a-z0-9+.-]*:[^@?]*$/i.test(value) ? [] : [value];
  });
}
