import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { runbookJsonSchema } from '@release-runbook/runbook/json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

test('runbook.schema.json is in step (npx tsc -b && node scripts/schema.mjs)', async () => {
  expect(JSON.parse(read('../../../runbook.schema.json'))).toEqual(
    JSON.parse(JSON.stringify(await runbookJsonSchema())),
  );
});

describe('editors', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(read('../../../runbook.schema.json')));

  test('accept the whole runbook', () => {
    expect([validate(parse(read('fixtures/full.yml'))), validate.errors]).toEqual([true, null]);
  });

  test.each(['keys', 'kinds', 'later', 'version', 'no-version', 'list', 'environments'])('mark %s', (name) => {
    expect(validate(parse(read(`fixtures/mistakes/${name}.yml`)))).toBe(false);
  });

  test('get a description of every key', () => {
    const missing: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'properties' && !path.endsWith('/check')) {
          for (const [name, property] of Object.entries(inner as Record<string, { description?: string }>)) {
            if (property.description === undefined) missing.push(`${path}/${name}`);
          }
        }
        walk(inner, `${path}/${key}`);
      }
    };
    walk(JSON.parse(read('../../../runbook.schema.json')), '');
    expect(missing).toEqual([]);
  });
});
