import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Backup, Database } from '@release-runbook/databases/types';
import type { NewEvent } from '@release-runbook/record/events';
import { canary } from '@release-runbook/steps/canary';
import { openTriggers } from '@release-runbook/steps/triggers';
import { canaryRunbook } from '../../support/canary-runbook.ts';
import { fakeContext, fakeWorld, openFakeRelease, stateOf } from '../../support/fake-context.ts';

const MINUTE = 60_000;

async function start(
  when: string,
  options: Parameters<typeof openFakeRelease>[1] & { rps?: number; more?: string } = {},
) {
  const world = await fakeWorld(
    canaryRunbook({ when, ...(options.more === undefined ? {} : { more: options.more }) }),
    options.rps,
  );
  const ctx = fakeContext(world);
  const { recorder } = await openFakeRelease(ctx, options);
  const triggers = () => openTriggers(ctx, { recorder, previous: undefined });
  return {
    world,
    ctx,
    recorder,
    triggers,
    backend: world.services.backend as NonNullable<typeof world.services.backend>,
  };
}

describe('severe-errors', () => {
  test('fire when there are more in an hour than allowed, and nothing is multiplied', async () => {
    const { world, backend, triggers } = await start('{ severe-errors: "> 10/h" }');
    const opened = await triggers();
    backend.lines.green = Array(10).fill('ERROR it broke');
    await world.clock.sleep(10_000);
    expect(await opened.evaluate()).toMatchObject([{ name: 'severe-errors', state: 'not-yet-observed' }]);
    backend.lines.green.push('INFO all is well', 'Traceback (most recent call last):');
    await world.clock.sleep(10_000);
    const [state] = await opened.evaluate();
    expect(state).toMatchObject({ state: 'fired', rule: { file: 'runbook.yml' } });
    expect(state?.text).toContain('11 severe errors in the log of the last hour, fires when > 10/h');
  });
  test('are clear only after an hour', async () => {
    const { world, triggers } = await start('{ severe-errors: "> 10/h" }');
    const opened = await triggers();
    await world.clock.sleep(59 * MINUTE);
    expect((await opened.evaluate())[0]).toMatchObject({
      state: 'not-yet-observed',
      text: expect.stringContaining('(watched for 59 min of 1 h)'),
    });
    await world.clock.sleep(MINUTE);
    expect((await opened.evaluate())[0]?.state).toBe('clear');
  });
  test('a log that cannot be read is not observed', async () => {
    const { world, triggers } = await start('{ severe-errors: "> 10/h" }');
    const { RunbookError } = await import('@release-runbook/units/error');
    (world.services.backend as { log: unknown }).log = async () => {
      throw new RunbookError('service backend has no log that can be read');
    };
    expect(await (await triggers()).evaluate()).toMatchObject([
      { state: 'not-yet-observed', text: expect.stringContaining('no log that can be read') },
    ]);
  });
});

describe('complaints', () => {
  test('are asked of the forge, at most once a minute', async () => {
    const { world, triggers } = await start('{ complaints: "> 20/h", label: complaint }');
    let asked = 0;
    world.issues = (label) => (++asked > 0 && label === 'complaint' ? 21 : 0);
    const opened = await triggers();
    expect((await opened.evaluate())[0]).toMatchObject({
      state: 'fired',
      text: expect.stringContaining('21 issues labelled complaint'),
    });
    await world.clock.sleep(10_000);
    await opened.evaluate();
    expect(asked).toBe(1);
    await opened.evaluate({ thorough: true });
    expect(asked).toBe(2);
  });
  test('a forge that gives no answer is not observed', async () => {
    const { world, triggers } = await start('{ complaints: "> 20/h" }');
    world.issues = () => undefined;
    expect((await (await triggers()).evaluate())[0]?.state).toBe('not-yet-observed');
  });
});

describe('health-failed', () => {
  test('fires in a row', async () => {
    const { world, backend, triggers } = await start('{ health-failed: "> 3 in a row" }');
    backend.health = (slot) => (slot === 'green' ? 'status 503' : undefined);
    const opened = await triggers();
    for (let turn = 0; turn < 3; turn++) {
      expect((await opened.evaluate())[0]?.state).toBe('clear');
      await world.clock.sleep(5_000);
    }
    expect((await opened.evaluate())[0]).toMatchObject({ state: 'fired', text: expect.stringContaining('status 503') });
  });
  test('with `for:` it must hold so long', async () => {
    const { world, backend, triggers } = await start('{ health-failed: "> 0", for: 1m }');
    backend.health = () => 'status 503';
    const opened = await triggers();
    const states: string[] = [];
    for (let at = 0; at <= MINUTE; at += 5_000) {
      states.push((await opened.evaluate())[0]?.state as string);
      await world.clock.sleep(5_000);
    }
    expect(states).toEqual([...Array(12).fill('not-yet-observed'), 'fired']);
  });
});

describe('rows-lost', () => {
  const backup = {
    id: 'main-1',
    verified: { at: '', how: 'restored' },
    inspection: { rows: { reports: 5, notes: 1 } },
  } as unknown as Backup;
  const made: readonly NewEvent[] = [
    { event: 'intends', step: 'backup', item: 'backup:main', undo: null },
    { event: 'did', step: 'backup', item: 'backup:main', ms: 1, data: { id: 'main-1' } },
  ];
  const database = (missing: () => number, key: string[] | null = ['id']) =>
    ({
      name: 'main',
      backups: async () => [backup],
      since: async (_: Backup, tables: string[]) =>
        tables.map((table) => ({ table, key, added: 3, changed: 0, missing: missing() })),
    }) as unknown as Database;
  const rule = '{ rows-lost: "> 0", in: [reports] }';
  const more = 'databases: { main: { engine: sqlite, path: app.db, on: app } }';
  test('counts what is missing of the verified backup', async () => {
    const { world, triggers } = await start(rule, { events: made, more });
    let missing = 0;
    world.databases.main = database(() => missing);
    const opened = await triggers();
    expect((await opened.evaluate())[0]).toMatchObject({ state: 'clear' });
    missing = 2;
    await world.clock.sleep(5_000);
    expect((await opened.evaluate())[0]).toMatchObject({
      state: 'fired',
      text: 'rows-lost: 2 rows of the backup are missing (reports: 2), fires when > 0',
    });
  });
  test.each([
    ['no backup in the record', [], ['id']],
    ['no key', made, null],
  ])('%s: not observed', async (_what, events, key) => {
    const { world, triggers } = await start(rule, { events, more });
    world.databases.main = database(() => 1, key);
    expect((await (await triggers()).evaluate())[0]?.state).toBe('not-yet-observed');
  });
});

describe('slower-than-before', () => {
  let servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    servers = [];
  });
  const listen = async (ms: number): Promise<number> => {
    const server = createServer((_, response) => setTimeout(() => response.end('ok'), ms));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const begin = async (blueMs: number, greenMs: number, when = '{ slower-than-before: "> 50%" }') => {
    const blue = await listen(blueMs);
    const green = await listen(greenMs);
    const yaml = canaryRunbook({
      when,
      more: 'smoke: [{ http: { name: list, url: "http://127.0.0.1:$PORT/", p95: "< 9 s", requests: 5 } }]',
    });
    const world = await fakeWorld(yaml.replace('5000', String(blue)).replace('5001', String(green)));
    const ctx = fakeContext(world);
    const { recorder } = await openFakeRelease(ctx, {
      before: [{ event: 'measured', step: 'smoke', item: 'smoke:list:p95', value: 10, unit: 'ms' }],
    });
    return { world, ctx, recorder };
  };
  test('against the record of the release before', async () => {
    const { world, ctx, recorder } = await begin(1, 60);
    const opened = await openTriggers(ctx, { recorder, previous: stateOf(world, '20261101T020000Z-v1.0.0') });
    const [state] = await opened.evaluate();
    expect(state?.state).toBe('fired');
    expect(state?.text).toMatch(/list: P95 \d+(\.\d+)? ms, v1\.0\.0 10 ms: \d+(\.\d+)?% slower, fires when > 50%/);
  });
  test('without one, against stable now', async () => {
    const { ctx, recorder } = await begin(40, 41);
    const [state] = await (await openTriggers(ctx, { recorder, previous: undefined })).evaluate();
    expect(state?.text).toMatch(/list: P95 [\d.]+ ms, stable now [\d.]+ ms: /);
  });
});

describe('in the gate', () => {
  test('a trigger that fires while the gate waits for requests brings the traffic back', async () => {
    const { world, ctx, backend } = await start('{ health-failed: "> 3 in a row" }', { rps: 0 });
    world.clock.at(MINUTE, () => {
      backend.health = () => 'status 503';
    });
    const result = await canary(ctx);
    expect(result).toMatchObject({
      decision: 'roll-back',
      reason: 'trigger-fired',
      details: { weight: 5, trigger: 'health-failed' },
    });
    expect(result.text).toMatch(
      /at 5%: health-failed: health failed 4 in a row .*\(runbook\.yml:\d+\); traffic is back \(blue=100 green=0\)/,
    );
    expect(world.router.inForce).toEqual({ blue: 100, green: 0 });
    expect(stateOf(world).judged.at(-2)).toMatchObject({
      item: 'trigger:health-failed',
      verdict: 'fail',
      rule: { file: 'runbook.yml' },
    });
    expect(world.clock.elapsed()).toBeLessThan(1.5 * MINUTE);
  });
  test('one that fires while a verdict is missing does as well', async () => {
    const { world, ctx, backend } = await start('{ severe-errors: "> 10/h" }');
    world.answers = () => '';
    world.clock.at(12 * MINUTE, () => {
      backend.lines.green = Array(11).fill('FATAL');
    });
    expect(await canary(ctx)).toMatchObject({ decision: 'roll-back', reason: 'trigger-fired' });
    expect(world.clock.elapsed()).toBeLessThan(12.2 * MINUTE);
  });
  test('what could not be seen in the time of the gate is said, and is no pass', async () => {
    const { world, ctx } = await start('{ severe-errors: "> 10/h" }, { health-failed: "> 0", for: 2h }');
    const result = await canary(ctx);
    expect(result.decision).toBe('proceed');
    expect(result.text).toMatch(
      /not yet observed: severe-errors: 0 severe errors .*health-failed: .*\(watched for 40 min .* of 2 h\)/,
    );
    expect(
      stateOf(world)
        .judged.filter(({ item }) => item.startsWith('trigger:'))
        .map(({ verdict }) => verdict),
    ).toEqual(Array(8).fill('inconclusive'));
  });
});
