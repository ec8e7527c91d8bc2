import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { canonicalJson, sha256Hex } from '@release-runbook/runbook/digest';
import {
  buildRunbook,
  checkRunbook,
  inlineRunbook,
  loadRunbook,
  parseRunbook,
  readEnvironments,
  restoreRunbook,
} from '@release-runbook/runbook/load';
import type { Runbook } from '@release-runbook/runbook/types';

const file = fileURLToPath(new URL('fixtures/full.yml', import.meta.url));
const text = readFileSync(file, 'utf8');
const data = ({ position: _, ...rest }: Runbook) => rest;

describe('a whole runbook', () => {
  test('has no problems in any environment', async () => {
    const { environments, problems, warnings } = await checkRunbook(text, 'full.yml');
    expect(environments).toEqual(['production', 'rehearsal']);
    expect(problems).toEqual([]);
    expect(warnings.map(({ message }) => message)).toEqual([
      'not yet observed: this trigger must hold for 30 min, and the gate takes 8 s in all',
    ]);
    expect(await readEnvironments(text, 'full.yml')).toEqual(['production', 'rehearsal']);
  });

  test('its texts with units become values', async () => {
    const runbook = await loadRunbook(file, { environment: 'production' });
    expect(runbook).toMatchObject({
      system: 'brand-diagnosis',
      locale: 'zh-CN',
      environment: 'production',
      home: 'app',
      window: { from: 120, to: 720, zone: 'Asia/Shanghai' },
      previous: 'v1.0.0',
      onCall: 'Ops, +86 10 5550 0100',
      stopWrites: [],
      source: { git: {} },
      rollback: { budget: { decide: 300_000, execute: 600_000, verify: 300_000 }, 'rows-written-since': 'ask' },
    });
    expect(runbook.canary).toMatchObject({ weights: [5, 25, 50, 100], each: 1_800_000 });
    expect(runbook.services.backend).toMatchObject({
      ready: 30_000,
      slots: { blue: { port: 5000, directory: 'blue' } },
    });
    expect(runbook.preflight[1]).toEqual({ commit: {} });
    expect(runbook.preflight[2]).toMatchObject({
      disk: { free: { op: '>=', value: 2e9, dimension: 'size', text: '>= 2 GB' } },
    });
    expect(runbook.smoke[0]).toMatchObject({ http: { p95: { op: '<', value: 200 } } });
    expect(runbook.migrate.main?.expect?.users).toEqual({ rows: '>= 6' });
    expect(runbook.rollback.when?.[0]).toMatchObject({ 'severe-errors': { value: 10, dimension: 'rate' } });
  });

  test('an environment is laid over the common part', async () => {
    const runbook = await loadRunbook(file, { environment: 'rehearsal' });
    expect(runbook.hosts.app).toEqual({ local: true, directory: '/tmp/brand-diagnosis' });
    expect(runbook.window).toBeUndefined();
    expect(runbook.canary).toMatchObject({ each: 2000, 'hold-for': 1000, weights: [5, 25, 50, 100] });
    expect(runbook.backup).toEqual({ keep: 2, copies: [{ on: 'vault', directory: '/backups' }] });
    expect(runbook.preflight).toHaveLength(1);
  });

  test('positions are those of the file, also of what an environment overrides', async () => {
    const runbook = await loadRunbook(file, { environment: 'rehearsal' });
    const at = (path: readonly (string | number)[]) => {
      const found = runbook.position(path);
      return text.split('\n')[(found?.line ?? 0) - 1]?.slice((found?.column ?? 0) - 1);
    };
    expect(at(['smoke', 1, 'http', 'max'])).toMatch(/^< 1000 ms, retry-for/);
    expect(at(['preflight', 0, 'disk', 'free'])).toMatch(/^">= 100 MB" /);
    expect(at(['services', 'backend', 'slots', 'green'])).toMatch(/^green: /);
    expect(at(['deploy', 2])).toBe('restart: backend');
    expect(at(['canary', 'each'])).toMatch(/^2s, /);
    expect(at(['smoke', 0, 'http', 'not-there'])).toMatch(/^http: /);
    expect(runbook.position([])).toEqual({ file, line: 2, column: 1 });
  });

  test.each(['production', 'rehearsal'])('restored from its record it is the same: %s', async (environment) => {
    const runbook = await loadRunbook(file, { environment });
    expect(runbook.digest).toBe(sha256Hex(canonicalJson(runbook.resolved)));
    for (const stored of [JSON.stringify(runbook.resolved), canonicalJson(runbook.resolved)]) {
      const restored = await restoreRunbook(JSON.parse(stored));
      expect(data(restored)).toEqual(data(runbook));
      expect(restored.position(['smoke'])).toBeUndefined();
    }
  });

  test('its digest does not depend on the order of keys or on comments', async () => {
    const one = await parseRunbook('runbook: v1\nsystem: a\nhosts: { x: { local: true } }\nlocale: en\n', 'a.yml');
    const two = await parseRunbook(
      '# c\nlocale: en\nhosts:\n  x:\n    local: true\nsystem: "a"\nrunbook: v1\n',
      'b.yml',
    );
    expect(two.digest).toBe(one.digest);
    const other = await parseRunbook('runbook: v1\nsystem: a\nhosts: { x: { local: true } }\nlocale: zh-CN\n', 'a.yml');
    expect(other.digest).not.toBe(one.digest);
  });
});

test('what is left out is empty', async () => {
  const runbook = await parseRunbook('runbook: v1\nsystem: shop\nsmoke:\nhosts:\n', 'r.yml');
  expect(runbook).toMatchObject({
    locale: 'en',
    hosts: {},
    smoke: [],
    deploy: [],
    backup: {},
    rollback: {},
    source: { git: {} },
  });
  expect(runbook.canary).toBeUndefined();
  expect(runbook.home).toBeUndefined();
});

test('anchors, aliases and merge keys', async () => {
  const runbook = await parseRunbook(
    `runbook: v1
system: shop
hosts: { app: { local: true } }
services:
  a: &a { on: app, pm2: a, start: [a], ready: 5s }
  b: { <<: *a, pm2: b }
`,
    'r.yml',
  );
  expect(runbook.services.b).toEqual({ on: 'app', pm2: 'b', start: ['a'], ready: 5000 });
});

test('a key without a value takes the common one away', async () => {
  const text = `runbook: v1
system: shop
environments: { production: {}, staging: { hosts: { lb: }, smoke: } }
hosts: { app: { local: true }, lb: { ssh: lb.example.com } }
smoke: [{ http: { url: http://shop.example.com } }]
`;
  const staging = await parseRunbook(text, 'r.yml', { environment: 'staging' });
  expect(Object.keys(staging.hosts)).toEqual(['app']);
  expect(staging.smoke).toEqual([]);
  expect((await parseRunbook(text, 'r.yml', { environment: 'production' })).smoke).toHaveLength(1);
});

describe('without a file', () => {
  test('a whole section inline', async () => {
    const runbook = await inlineRunbook({
      section: 'smoke',
      config: '- http: { url: http://shop.example.com, p95: < 200 ms }\n',
      system: 'shop',
      environment: 'production',
    });
    expect(runbook).toMatchObject({ system: 'shop', environment: 'production' });
    expect(runbook.smoke[0]).toMatchObject({ http: { p95: { value: 200 } } });
    expect(runbook.position(['smoke', 0])).toBeUndefined();
  });

  test('several sections inline, over what other inputs say', async () => {
    const runbook = await inlineRunbook({
      section: 'deploy',
      config: 'hosts: { app: { ssh: app.example.com } }\ndeploy: [{ name: code, run: a, undo: b }]\n',
      base: { hosts: { app: { directory: '/srv' } }, locale: 'zh-CN' },
    });
    expect(runbook.hosts.app).toEqual({ ssh: 'app.example.com', directory: '/srv' });
    expect(runbook.deploy).toHaveLength(1);
    expect(runbook.locale).toBe('zh-CN');
  });

  test('a section that is a map', async () => {
    const runbook = await inlineRunbook({
      section: 'backup',
      config: 'keep: 3\n',
    });
    expect(runbook.backup).toEqual({ keep: 3 });
    expect(runbook.system).toBe('alone');
  });

  test('mistakes stand at their place in the input', async () => {
    await expect(inlineRunbook({ section: 'smoke', config: '- http:\n    url: x\n    p59: < 5 s\n' })).rejects.toThrow(
      'config:3:5: unknown key "p59" in smoke[1].http, expected "p95"',
    );
  });

  test('put together by a program, and checked', async () => {
    const hosts = { here: { local: true } };
    const databases = { main: { engine: 'sqlite', path: 'app.db', on: 'here' } };
    const runbook = await buildRunbook({ hosts, databases });
    expect(runbook).toMatchObject({ system: 'alone', environment: 'default', home: 'here', hosts });
    await expect(buildRunbook({ databases })).rejects.toThrow('no host is called "here", "hosts:" has none');
  });

  test('a record is not held to rules that came after it', async () => {
    const old = {
      runbook: 'v1',
      environment: 'production',
      system: 'shop',
      hosts: { a: { local: true } },
      'stop-writes': ['gone'],
    };
    expect((await restoreRunbook(old)).stopWrites).toEqual(['gone']);
    await expect(restoreRunbook('x')).rejects.toThrow('the record holds no runbook');
    await expect(restoreRunbook({ ...old, canary: 5 })).rejects.toThrow('canary: expected a map');
  });
});
