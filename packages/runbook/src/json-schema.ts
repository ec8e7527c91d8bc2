import * as z from 'zod/mini';
import { checkKinds } from './schema/checks.ts';
import { environmentKeys, fileKeys, type SchemaSection, sectionSchemas } from './sections.ts';

type Json = Record<string, unknown>;

const descriptions: Readonly<Record<string, string>> = {
  runbook: 'The version of this format.',
  system: 'The name of the system; its records are kept under it.',
  environments: 'What differs by environment: laid over the common part, maps key by key, lists and scalars replaced.',
  locale: 'The language of comments, notes and reports.',
  window: 'When a release may begin, such as "02:00-12:00 Asia/Shanghai". A rollback is never held by it.',
  hosts: 'The machines, by name. The first one keeps the record, if `record:` does not say otherwise.',
  services: 'The processes that serve, by name.',
  databases: 'The databases, by name.',
  source: "Where the files of a version come from. Default: a tag of the checkout's git.",
  preflight: 'Checks before anything is changed.',
  backup: 'The backups that are made and verified before a migration.',
  migrate: 'The migration of each database, by its name.',
  'stop-writes': 'Services stopped from backup to the end of smoke, so that nothing is written meanwhile.',
  deploy: 'What brings the new version into place, in this order; undone in the opposite one.',
  smoke: 'Checks of the new version before it gets traffic, and of the old one after a rollback.',
  canary: 'How the traffic moves to the new version, and what is watched meanwhile.',
  rollback: 'What starts a rollback, and what it may cost.',
  previous: 'The version before the first release that the record knows of.',
  'on-call': 'Who is called when an undo fails: a name and a number, shown in that message.',
  record: 'Where the record is kept.',
};

/** JSON Schema (draft 2020-12) of a runbook file, for editors. Made from the schemas that read it. */
export async function runbookJsonSchema(): Promise<Json> {
  const sections: Record<string, Json> = {};
  for (const name of Object.keys(sectionSchemas) as SchemaSection[])
    sections[name] = toJson(await sectionSchemas[name]());
  const check = await checkEntry();
  sections.preflight = { type: 'array', items: { $ref: '#/$defs/check' } };
  sections.smoke = { type: 'array', items: { $ref: '#/$defs/check' } };
  const own = Object.fromEntries(
    environmentKeys.map((key) => [key, orEmpty(section(key, parts.includes(key) ? `part-of-${key}` : key))]),
  );
  const common = Object.fromEntries(
    [...fileKeys, 'system'].map((key) => {
      if (key === 'runbook') return [key, { description: descriptions[key], const: 'v1' }];
      if (key === 'environments')
        return [key, { description: descriptions[key], ...byName({ $ref: '#/$defs/environment' }) }];
      return [key, key === 'system' ? section(key) : orEmpty(section(key))];
    }),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'runbook.yml',
    description: 'What a release of a system is, and how it comes back.',
    type: 'object',
    properties: common,
    required: ['runbook', 'system'],
    additionalProperties: false,
    $defs: {
      environment: {
        description: 'Laid over the common part of the file. A key without a value takes the common one away.',
        type: ['object', 'null'],
        properties: own,
        additionalProperties: false,
      },
      check,
      ...sections,
      ...Object.fromEntries(parts.map((name) => [`part-of-${name}`, partOf(sections[name])])),
    },
  };
}

const section = (name: string, definition = name): Json => ({
  description: descriptions[name],
  $ref: `#/$defs/${definition}`,
});

/** A section whose lines are all commented out is none. */
const orEmpty = ({ description, ...schema }: Json): Json => ({ description, anyOf: [schema, { type: 'null' }] });

const byName = (schema: Json): Json => ({
  type: 'object',
  propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$' },
  additionalProperties: schema,
});

const parts = ['hosts', 'services', 'databases', 'backup', 'migrate', 'canary', 'rollback'];

/** What an environment overrides may be a part of a section, which is complete only together with the common one. */
function partOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(partOf);
  if (typeof schema !== 'object' || schema === null) return schema;
  // Lists are replaced as a whole, so their entries are complete.
  const entries = Object.entries(schema).filter(([key]) => key !== 'required');
  return Object.fromEntries(entries.map(([key, value]) => [key, key === 'items' ? value : partOf(value)]));
}

/** One entry of a list of checks: a map of exactly one kind, so that editors offer all of them. */
async function checkEntry(): Promise<Json> {
  const properties: Record<string, Json> = {};
  for (const [kind, load] of Object.entries(checkKinds)) {
    const schema = toJson(await load());
    const optional = schema.required === undefined;
    properties[kind] = optional ? { ...schema, type: ['object', 'null'] } : schema;
  }
  return { type: 'object', properties, minProperties: 1, maxProperties: 1, additionalProperties: false };
}

function toJson(schema: z.core.$ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' }) as Json;
  return json;
}
