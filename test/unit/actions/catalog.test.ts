import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionSpec, actionNames, actions } from '@release-runbook/github/actions';
import { aloneRunbook } from '@release-runbook/github/alone';
import { readJob } from '@release-runbook/github/job';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

// A checkout, as the examples have one.
let workspace: string;
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'catalog-'));
  await mkdir(join(workspace, 'migrations'));
});
afterAll(() => rm(workspace, { recursive: true }));

describe.each(actionNames)('%s', (name) => {
  const spec: ActionSpec = actions[name];
  const manifest = parse(read(`actions/${name}/action.yml`)) as {
    inputs: Record<string, { description: string; required: boolean; default?: string }>;
    outputs: Record<string, { description: string }>;
    runs: { using: string; main: string };
    branding: object;
  };
  const readme = read(`actions/${name}/README.md`);

  test('action.yml says what the table says', () => {
    expect(manifest.runs).toEqual({ using: 'node24', main: `../../dist/${name}/index.js` });
    expect(Object.keys(manifest.inputs)).toEqual(Object.keys(spec.inputs));
    for (const [input, { description, required, default: value }] of Object.entries(spec.inputs))
      expect(manifest.inputs[input]).toEqual({
        description,
        required: required === true,
        ...(value === undefined ? {} : { default: value }),
      });
    expect(manifest.outputs).toEqual(
      Object.fromEntries(Object.entries(spec.outputs).map(([key, description]) => [key, { description }])),
    );
  });

  test('no description holds an expression, which the runner would try to evaluate', () => {
    for (const { description } of [
      ...Object.values(spec.inputs),
      ...Object.values(spec.outputs).map((text) => ({ description: text })),
    ])
      expect(description).not.toContain('${{');
  });

  test('README and catalog name every input and output', () => {
    for (const key of [...Object.keys(spec.inputs), ...Object.keys(spec.outputs)])
      expect(readme).toContain(`| \`${key}\``);
    expect(read('action-catalog.md')).toContain(`[${name}](actions/${name}/README.md)`);
  });

  test('the examples are YAML, and take inputs that there are', () => {
    const blocks = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => parse(yaml) as unknown);
    expect(blocks).toHaveLength(2);
    const steps = uses(blocks);
    expect(steps.length).toBeGreaterThanOrEqual(2);
    for (const step of steps) {
      const used = actionNames.find((one) => step.uses.endsWith(`/actions/${one}@v1`));
      if (used === undefined) continue;
      for (const input of Object.keys(step.with ?? {})) expect(Object.keys(actions[used].inputs)).toContain(input);
    }
  });

  test('the example without a runbook makes one that is valid', async () => {
    const [block = ''] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml ?? '');
    expect(block.trimEnd().split('\n').length).toBeLessThanOrEqual(13);
    const step = uses(parse(block)).find((one) => one.uses.endsWith(`/actions/${name}@v1`));
    const inputs = Object.fromEntries(Object.entries(step?.with ?? {}).map(([key, value]) => [key, String(value)]));
    const job = readJob({ GITHUB_REPOSITORY: 'acme/shop', GITHUB_WORKSPACE: workspace, RUNNER_TEMP: workspace });
    const runbook = await aloneRunbook(
      name,
      { runbook: 'none.yml', config: undefined, environment: undefined, ...inputs },
      job,
    );
    expect(runbook?.system).toBe('shop');
  });
});

interface Step {
  readonly uses: string;
  readonly with?: Record<string, unknown>;
}
function uses(value: unknown): Step[] {
  if (Array.isArray(value)) return value.flatMap(uses);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'uses' in value ? [value as Step] : [];
  return [...own, ...Object.values(value).flatMap(uses)];
}
