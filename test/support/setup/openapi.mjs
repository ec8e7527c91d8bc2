// Obtains GitHub's OpenAPI description and keeps what test/support/github-server answers, as JSON Schema.
// Prints the path of the reduced file. Plain JavaScript: the machine's own Node (20 or newer) runs it without a build.
//
//   node test/support/setup/openapi.mjs [--force]
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const version = '23.0.2';
const member = 'package/generated/api.github.com.json';
const cache = process.env.RELEASE_RUNBOOK_CACHE || join(homedir(), '.cache', 'release-runbook');
const operationsFile = fileURLToPath(new URL('../github-server/operations.json', import.meta.url));

const exists = (path) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Words of a schema that say nothing about validity; they are two thirds of the file. */
const silent = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'title',
  'deprecated',
  'readOnly',
  'writeOnly',
  'discriminator',
  'default',
  'xml',
]);

/** OpenAPI 3.0's schema as JSON Schema: `nullable` becomes the type null, boolean exclusive limits become numbers. */
function toJsonSchema(schema) {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (schema === null || typeof schema !== 'object') return schema;
  if (typeof schema.$ref === 'string') return { $ref: `github${schema.$ref}` };
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (silent.has(key) || key.startsWith('x-') || key === 'nullable') continue;
    if (key === 'properties' || key === 'patternProperties') {
      out[key] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, toJsonSchema(one)]));
    } else if (key === 'enum' || key === 'required') out[key] = value;
    else out[key] = toJsonSchema(value);
  }
  for (const [flag, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ]) {
    if (typeof out[flag] !== 'boolean') continue;
    if (out[flag]) {
      out[flag] = out[limit];
      delete out[limit];
    } else delete out[flag];
  }
  if (!schema.nullable) return out;
  if (out.enum && !out.enum.includes(null)) out.enum = [...out.enum, null];
  if (out.type) {
    out.type = [out.type, 'null'].flat();
    // `type: object, nullable, allOf: [..]`: the parts do not admit null by themselves.
    if (!out.allOf && !out.anyOf && !out.oneOf) return out;
    delete out.type;
  }
  return { anyOf: [{ type: 'null' }, out] };
}

function reduce(description, operations) {
  const resolve = (one) =>
    one?.$ref
      ? resolve(
          one.$ref
            .slice(2)
            .split('/')
            .reduce((at, key) => at[key.replaceAll('~1', '/')], description),
        )
      : one;
  const schemas = {};
  const reach = (node) => {
    if (Array.isArray(node)) return node.forEach(reach);
    if (node === null || typeof node !== 'object') return;
    const name = typeof node.$ref === 'string' && node.$ref.match(/^github#\/components\/schemas\/(.+)$/)?.[1];
    if (name && !(name in schemas)) {
      schemas[name] = toJsonSchema(description.components.schemas[name]);
      reach(schemas[name]);
    }
    for (const value of Object.values(node)) reach(value);
  };
  const body = (content) => {
    const [type, media] =
      Object.entries(content ?? {}).find(([name]) => name.includes('json')) ?? Object.entries(content ?? {})[0] ?? [];
    return type ? { type, schema: toJsonSchema(media.schema ?? {}) } : undefined;
  };
  const kept = {};
  for (const key of operations) {
    const [method, path] = key.split(' ');
    const item = description.paths[path];
    const operation = item?.[method.toLowerCase()];
    if (!operation)
      throw new Error(`${key} is not in GitHub's description ${version}: correct github-server/operations.json`);
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolve);
    const request = resolve(operation.requestBody);
    kept[key] = {
      parameters: parameters.map((p) => ({
        name: p.name,
        in: p.in,
        required: p.required === true,
        schema: toJsonSchema(p.schema),
      })),
      request: request ? { required: request.required === true, ...body(request.content) } : undefined,
      responses: Object.fromEntries(
        Object.entries(operation.responses).map(([status, one]) => [status, body(resolve(one).content) ?? {}]),
      ),
    };
    reach(kept[key]);
  }
  reach({ $ref: 'github#/components/schemas/basic-error' });
  return { source: `@octokit/openapi ${version}`, operations: kept, components: { schemas } };
}

/** The one file of the 385 MB package, taken out of its tarball. */
async function fetchDescription() {
  const whole = join(cache, `api.github.com-${version}.json`);
  if (await exists(whole)) return readFile(whole, 'utf8');
  const folder = await mkdtemp(join(cache, 'openapi-'));
  try {
    const pack = ['pack', `@octokit/openapi@${version}`, '--pack-destination', folder, '--loglevel', 'error'];
    await run('npm', pack, { cwd: folder, timeout: 300_000 }).catch((cause) => {
      throw new Error(
        `GitHub's description could not be fetched; try: npm ${pack.join(' ')}\n${cause.stderr ?? cause.message}`,
      );
    });
    await run('tar', ['-xzf', join(folder, `octokit-openapi-${version}.tgz`), '-C', folder, member]);
    const text = await readFile(join(folder, member), 'utf8');
    JSON.parse(text);
    await rename(join(folder, member), whole);
    return text;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const operationsText = await readFile(operationsFile, 'utf8');
const self = await readFile(fileURLToPath(import.meta.url), 'utf8');
// Named after all that shapes it: a changed list or script never meets an old file.
const digest = createHash('sha256').update(operationsText).update(self).digest('hex').slice(0, 12);
const reduced = join(cache, `github-openapi-${version}-${digest}.json`);
if (process.argv.includes('--force') || !(await exists(reduced))) {
  await mkdir(cache, { recursive: true });
  const text = JSON.stringify(reduce(JSON.parse(await fetchDescription()), JSON.parse(operationsText)));
  const partial = `${reduced}.${process.pid}.partial`;
  await writeFile(partial, text);
  await rename(partial, reduced);
}
process.stdout.write(`${reduced}\n`);
