import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import formatsPlugin from 'ajv-formats';

/** GitHub's description of what this server answers, as test/support/setup/openapi.mjs leaves it in the cache. */
type Description = {
  operations: Record<string, Operation>;
  components: { schemas: Record<string, object> };
};

type Operation = {
  parameters: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }[];
  request?: { required: boolean; type?: string; schema?: Schema };
  responses: Record<string, { type?: string; schema?: Schema }>;
};

type Schema = { type?: string | string[]; properties?: Record<string, object> };

export type Call = { path: Record<string, string>; query: URLSearchParams; body: unknown };

export type Validator = {
  /** Keys such as `GET /repos/{owner}/{repo}`. */
  operations: readonly string[];
  /** Whether the operation's body is JSON; an upload's is not. */
  takesJson(key: string): boolean;
  /** What in this request GitHub's description does not know or forbids; empty when all is well. */
  request(key: string, call: Call): string[];
  /** Likewise for an answer. A refusal that the description does not list must at least look like its `basic-error`. */
  response(key: string, status: number, body: unknown): string[];
};

let loaded: Promise<Description> | undefined;

/** The reduced description; made, and GitHub's fetched, when the cache does not have it (some four seconds). */
function loadDescription(): Promise<Description> {
  const script = fileURLToPath(new URL('../setup/openapi.mjs', import.meta.url));
  loaded ??= promisify(execFile)(process.execPath, [script]).then(
    async ({ stdout }) => JSON.parse(await readFile(stdout.trim(), 'utf8')) as Description,
  );
  return loaded;
}

const explain = (where: string, errors: ErrorObject[] | null | undefined): string[] =>
  (errors ?? []).map(
    (e) =>
      `${where}${e.instancePath} ${e.message}${e.params.additionalProperty ? ` (${e.params.additionalProperty})` : ''}`,
  );

/** A query's or path's text as the type that its schema names, so that `per_page=ten` is found. */
function coerce(text: string, schema: Schema): unknown {
  const types = [schema.type ?? 'string'].flat();
  if (types.includes('integer') || types.includes('number')) return /^-?\d+$/.test(text) ? Number(text) : text;
  if (types.includes('boolean')) return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

export async function loadValidator(): Promise<Validator> {
  const description = await loadDescription();
  // GitHub uses formats of its own (repo.nwo, timestamp): unknown ones are left unchecked.
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  formatsPlugin.default(ajv);
  // GitHub answers "" where a URL was not given (a deployment status' log_url), and calls its format uri all the same.
  ajv.addFormat('uri', /^([a-z][a-z0-9+.-]*:[^\s{}]+)?$/i);
  ajv.addSchema({ $id: 'github', components: description.components });
  const compiled = new Map<object, ValidateFunction>();
  const check = (where: string, schema: object, value: unknown): string[] => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    return validate(value) ? [] : explain(where, validate.errors);
  };
  const basicError = { $ref: 'github#/components/schemas/basic-error' };
  const operation = (key: string): Operation => {
    const found = description.operations[key];
    if (!found) throw new Error(`${key} is not in operations.json`);
    return found;
  };

  return {
    operations: Object.keys(description.operations),

    takesJson: (key) => operation(key).request?.type?.includes('json') ?? true,

    request(key, { path, query, body }) {
      const { parameters, request } = operation(key);
      const wrong: string[] = [];
      const known = new Map(parameters.map((p) => [`${p.in} ${p.name}`, p]));
      for (const [kind, values] of [['path', Object.entries(path)] as const, ['query', [...query]] as const]) {
        for (const [name, text] of values) {
          const parameter = known.get(`${kind} ${name}`);
          if (!parameter) wrong.push(`${kind} ${name} is not a parameter of this operation`);
          else wrong.push(...check(`${kind} ${name}`, parameter.schema, coerce(text, parameter.schema)));
        }
      }
      for (const p of parameters) {
        if (p.in === 'query' && p.required && !query.has(p.name)) wrong.push(`query ${p.name} is missing`);
      }
      if (!request) {
        if (body !== undefined) wrong.push('body is not part of this operation');
      } else if (body === undefined) {
        if (request.required) wrong.push('body is missing');
      } else if (request.schema && request.type?.includes('json')) {
        wrong.push(...check('body', request.schema, body));
        // GitHub ignores unknown keys in silence, which hides a typing error: here they are violations.
        const properties = request.schema.properties ?? {};
        for (const name of Object.keys(body ?? {})) {
          if (!(name in properties)) wrong.push(`body/${name} is not a property of this request`);
        }
      }
      return wrong;
    },

    response(key, status, body) {
      const described = operation(key).responses[String(status)];
      if (described?.schema && described.type?.includes('json')) return check('answer', described.schema, body);
      if (status >= 400) return check('answer', basicError, body);
      if (!described) return [`answer ${status} is not one of this operation's`];
      return body === undefined ? [] : ['answer has a body where none is described'];
    },
  };
}
