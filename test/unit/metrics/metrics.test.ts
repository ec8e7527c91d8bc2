import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Hosts } from '@release-runbook/hosts/types';
import { openMetric } from '@release-runbook/metrics/open';
import { openTrigger } from '@release-runbook/metrics/triggers';
import type { MetricContext } from '@release-runbook/metrics/types';
import { eventWindow } from '@release-runbook/metrics/window';
import { openService } from '@release-runbook/services/open';
import type { Service } from '@release-runbook/services/types';
import { parseThreshold } from '@release-runbook/units/threshold';
import { json, serve, type TestServer, workspace } from '../checks/support.ts';

let hosts: Hosts;
let root: string;
let close: () => Promise<void>;
let stable: TestServer;
let canary: TestServer;
let service: Service;
let now = 0;
let health = 200;
let turn = 0;
const minute = 60_000;

beforeAll(async () => {
  ({ root, hosts, close } = await workspace());
  stable = await serve((_, response) => json(response, { version: 'v1' }));
  canary = await serve(async (request, response) => {
    if (request.url === '/health') return json(response, {}, health);
    if (request.url === '/slow') await new Promise((resolve) => setTimeout(resolve, 30));
    if (request.url === '/some' && turn++ % 4 === 0) return json(response, {}, 500);
    if (request.url === '/none') return json(response, {}, 500);
    json(response, { version: 'v2' });
  });
  for (const slot of ['blue', 'green']) await mkdir(join(root, slot));
  service = await openService(
    'backend',
    {
      on: 'app',
      command: { start: ['true'] },
      slots: { blue: { port: stable.port, directory: 'blue' }, green: { port: canary.port, directory: 'green' } },
      health: 'http://127.0.0.1:$PORT/health',
      log: ['app.log'],
    },
    hosts.get('app'),
    { variables: {} },
  );
});
afterAll(async () => {
  await stable.close();
  await canary.close();
  await close();
});
beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 2);
  health = 200;
  turn = 0;
  for (const slot of ['blue', 'green']) await writeFile(join(root, slot, 'app.log'), 'ERROR from before\n');
});

const context = (more: Partial<MetricContext> = {}): MetricContext => ({
  hosts,
  services: { backend: service },
  tracks: { stable: { slot: 'blue', port: stable.port }, canary: { slot: 'green', port: canary.port } },
  variables: { VERSION: 'v2' },
  defaultHost: 'app',
  issues: undefined,
  since: new Date(now - 10 * minute),
  now: () => new Date(now),
  ...more,
});

describe('http', () => {
  const http = (options: object) =>
    openMetric({ name: 'm', http: { url: 'http://127.0.0.1:$PORT/', ...options } }, context());
  test('asks each track', async () => {
    const metric = http({ requests: 3, contains: 'v2', value: 'errors' });
    expect(await metric.measure('canary')).toEqual({ value: 0, count: 3, unit: 'percent' });
    expect(await metric.measure('stable')).toEqual({ value: 100, count: 3, unit: 'percent' });
  });
  test('times, and the share of errors', async () => {
    const sample = await http({ url: 'http://127.0.0.1:$PORT/slow', requests: 4, value: 'p50' }).measure('canary');
    expect(sample).toMatchObject({ count: 4, unit: 'ms' });
    expect(sample.value).toBeGreaterThan(28);
    expect(await http({ url: 'http://127.0.0.1:$PORT/some', value: 'errors' }).measure('canary')).toEqual({
      value: 25,
      count: 20,
      unit: 'percent',
    });
    expect((await http({ url: 'http://127.0.0.1:$PORT/some', value: 'max' }).measure('canary')).count).toBe(15);
  });
  test('errs when no answer is as it should be, or there is no track', async () => {
    await expect(http({ url: 'http://127.0.0.1:$PORT/none' }).measure('canary')).rejects.toThrow(
      'none of 20 requests to the canary track was answered as it should: status 500',
    );
    await expect(http({ url: 'http://127.0.0.1:$WHAT/' }).measure('canary')).rejects.toThrow(
      '$WHAT, which has no value',
    );
    await expect(
      openMetric(
        { name: 'm', http: { url: 'http://127.0.0.1:$PORT/' } },
        context({ tracks: { stable: undefined, canary: undefined } }),
      ).measure('canary'),
    ).rejects.toThrow('there is no canary track now');
  });
});

describe('log', () => {
  test('counts new lines of the track that match', async () => {
    const metric = openMetric({ name: 'm', log: { pattern: 'timeout' } }, context());
    await metric.begin?.('canary');
    await appendFile(join(root, 'green/app.log'), 'a timeout\nfine\nanother timeout\n');
    await appendFile(join(root, 'blue/app.log'), 'a timeout\n');
    expect(await metric.measure('canary')).toEqual({ value: 2, count: 2, unit: 'per hour' });
    now += 59 * minute;
    expect((await metric.measure('canary')).value).toBe(2);
    now += 2 * minute;
    expect((await metric.measure('canary')).value).toBe(0);
    expect((await metric.measure('stable')).value).toBe(0);
  });
  test('errs for a wrong pattern or service', async () => {
    await expect(openMetric({ name: 'm', log: { pattern: '(' } }, context()).measure('canary')).rejects.toThrow(
      'is no regular expression',
    );
    await expect(
      openMetric({ name: 'm', log: { service: 'front' } }, context()).measure('canary'),
    ).rejects.toMatchObject({ message: 'there is no service front', hint: 'known: backend' });
  });
});

describe('command', () => {
  const command = (run: string) => openMetric({ name: 'm', command: { on: 'app', run } }, context()).measure('canary');
  test('reads a number', async () => {
    expect(await command('echo " 1.5e1"')).toEqual({ value: 15, count: 1, unit: 'number' });
    expect((await command('[ "$TRACK" = canary ] && echo "$PORT"')).value).toBe(canary.port);
    expect(await command('true')).toEqual({ value: null, count: 0, unit: 'number' });
    expect((await command('echo NaN')).value).toBeNull();
    await expect(command('echo 5 requests')).rejects.toThrow('printed "5 requests", expected a number');
    await expect(command('echo no >&2; false')).rejects.toThrow('ended with 1: no');
  });
});

describe('forge', () => {
  test('counts issues since the release began, at most an hour', async () => {
    const asked: string[] = [];
    const issues = async (label: string, since: Date) => {
      asked.push(`${label} ${since.toISOString()}`);
      return 21;
    };
    const metric = openMetric({ name: 'm', forge: { label: 'complaint' } }, context({ issues }));
    expect(await metric.measure('canary')).toEqual({ value: 21, count: 21, unit: 'per hour' });
    now += 2 * 60 * minute;
    await metric.measure('canary');
    expect(asked).toEqual(['complaint 2026-11-21T01:50:00.000Z', 'complaint 2026-11-21T03:00:00.000Z']);
  });
  test('errs when it cannot be asked', async () => {
    await expect(openMetric({ name: 'm', forge: { label: 'x' } }, context()).measure('canary')).rejects.toThrow(
      'cannot be asked without a token',
    );
    await expect(
      openMetric({ name: 'm', forge: { label: 'x' } }, context({ issues: async () => undefined })).measure('canary'),
    ).rejects.toThrow('gave no answer');
  });
});

test('a rate is the number of events in the last hour, not a short time multiplied', () => {
  const window = eventWindow();
  window.add(1, 0);
  expect(window.count(6_000)).toBe(1);
  window.add(10, 30 * minute);
  expect(window.count(59 * minute)).toBe(11);
  expect(window.count(60 * minute)).toBe(10);
  expect(window.count(91 * minute)).toBe(0);
});

describe('triggers', () => {
  test('severe errors of the canary, by the default pattern', async () => {
    const trigger = openTrigger({ 'severe-errors': parseThreshold('> 10/h') }, context());
    await trigger?.begin();
    await appendFile(
      join(root, 'green/app.log'),
      'Traceback (most recent call last):\n  at x\nERROR y\nno ERROR here\nFATAL\n',
    );
    await appendFile(join(root, 'blue/app.log'), 'CRITICAL\n');
    expect(await trigger?.measure()).toEqual({
      value: 3,
      count: 3,
      unit: 'per hour',
      text: '3 severe errors in the log of the last hour, fires when > 10/h',
    });
    expect(trigger).toMatchObject({ kind: 'severe-errors', forMs: undefined });
  });
  test('complaints', async () => {
    const trigger = openTrigger(
      { complaints: parseThreshold('> 20/h'), label: 'angry' },
      context({ issues: async (label) => (label === 'angry' ? 1 : 0) }),
    );
    expect((await trigger?.measure())?.text).toBe('1 issue labelled angry in the last hour, fires when > 20/h');
    await expect(openTrigger({ complaints: parseThreshold('> 20/h') }, context())?.measure()).rejects.toThrow(
      'cannot be asked',
    );
  });
  test('slower than before', async () => {
    const spec = { 'slower-than-before': parseThreshold('> 50%'), for: 30 * minute };
    const speed = { measure: async () => ({ value: 160, count: 20, unit: 'ms' }) };
    const trigger = openTrigger(spec, context(), { speed, beforeMs: 80 });
    expect(await trigger?.measure()).toEqual({
      value: 100,
      count: 20,
      unit: 'percent',
      text: '160 ms, before 80 ms: 100% slower, fires when > 50%',
    });
    expect(trigger?.forMs).toBe(30 * minute);
    expect((await openTrigger(spec, context(), { speed, beforeMs: 320 })?.measure())?.text).toContain('50% faster');
    await expect(openTrigger(spec, context(), { speed })?.measure()).rejects.toThrow(
      'no time from before this release',
    );
    await expect(openTrigger(spec, context(), { beforeMs: 3 })?.measure()).rejects.toThrow('no `http` metric');
  });
  test('health that failed in a row', async () => {
    const trigger = openTrigger({ 'health-failed': parseThreshold('> 3 in a row') }, context());
    expect(await trigger?.measure()).toMatchObject({
      value: 0,
      text: 'health is good (backend), fires when > 3 in a row',
    });
    health = 503;
    await trigger?.measure();
    expect(await trigger?.measure()).toMatchObject({ value: 2, text: expect.stringContaining('answered 503') });
    health = 200;
    expect((await trigger?.measure())?.value).toBe(0);
  });
  test('rows are counted by the steps', () => {
    expect(openTrigger({ 'rows-lost': parseThreshold('> 0'), in: ['reports'] }, context())).toBeUndefined();
  });
});
