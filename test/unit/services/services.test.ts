import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Hosts } from '@release-runbook/hosts/types';
import { waitHealthy } from '@release-runbook/services/health';
import { openService } from '@release-runbook/services/open';
import { parseList } from '@release-runbook/services/pm2';
import { listens, portFree } from '@release-runbook/services/port';
import fc from 'fast-check';
import { json, serve, type TestServer, workspace } from '../checks/support.ts';

let hosts: Hosts;
let close: () => Promise<void>;
let server: TestServer;
let status = 200;
beforeAll(async () => {
  ({ hosts, close } = await workspace());
  server = await serve((_, response) => json(response, {}, status));
});
afterAll(async () => {
  await server.close();
  await close();
});

describe('what pm2 prints', () => {
  const list = JSON.stringify([{ name: 'shop', pid: 7, pm2_env: { status: 'online', args: ['[{', '"]'] } }]);
  const banner = `\n   __/\\\\\\[]\\\n \u001b[32m[PM2] \u001b[39mSpawning PM2 daemon\n[PM2][WARN] Ignoring [x]\n`;
  test.each([
    ['alone', list],
    ['after a banner', banner + list],
    ['before news', `${list}\n>>>> In-memory PM2 is out-of-date, do:\n>>>> $ pm2 update [now]\n`],
    ['between both', `${banner}${list}\n[PM2] done []\n`],
  ])('the list %s', (_, text) => expect(parseList(text, 'app')).toMatchObject([{ name: 'shop', pid: 7 }]));
  test('an empty list, or none', () => {
    expect(parseList(`${banner}[]`, 'app')).toEqual([]);
    expect(() => parseList('[PM2] broken', 'app')).toThrow('host app: pm2 printed no list of its processes');
    expect(() => parseList('[{"name":"cut', 'app')).toThrow('printed no list');
  });
  test('names and texts of any kind', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: fc.string(), note: fc.string() }), { minLength: 1 }), (processes) => {
        expect(parseList(`x ${JSON.stringify(processes)} y`, 'app')).toEqual(processes);
      }),
    );
  });
});

describe('places', () => {
  const spec = { on: 'app', command: { start: ['true'] } };
  test('without slots there is one', async () => {
    const service = await openService('web', { ...spec, port: 5000 }, hosts.get('app'), { variables: {} });
    expect(service.places()).toEqual([{ slot: null, port: 5000, directory: '.' }]);
    expect(() => service.place('blue')).toThrow('service web has no slots, so none is called blue');
  });
  test('with slots each has its own', async () => {
    const slots = { blue: { port: 1, directory: 'b' }, green: { port: 2, directory: 'g' } };
    const service = await openService('web', { ...spec, slots }, hosts.get('app'), { variables: {} });
    expect(service.place('green')).toEqual({ slot: 'green', port: 2, directory: 'g' });
    expect(() => service.place('red')).toThrow('service web has no slot red; it has blue and green');
    await expect(
      openService('web', { ...spec, slots: { blue: slots.blue } }, hosts.get('app'), { variables: {} }),
    ).rejects.toThrow('needs two places');
  });
});

describe('ports', () => {
  test('taken and free', async () => {
    expect(await listens(hosts.get('app'), server.port)).toBe(true);
    await expect(portFree(hosts.get('app'), server.port, 'web', 200)).rejects.toMatchObject({
      hint: `see which one it is, and end it: ss -ltnp 'sport = :${server.port}'`,
    });
    const gone = await serve(() => {});
    await gone.close();
    expect(await listens(hosts.get('app'), gone.port)).toBe(false);
  });
});

describe('waiting for health', () => {
  const wait = (more: object) =>
    waitHealthy({
      name: 'web',
      host: hosts.get('app'),
      port: server.port,
      url: server.url,
      readyMs: 700,
      status: async () => ({ running: true, pid: 7, restarts: 0, memoryBytes: undefined }),
      tail: async () => ['line 1', 'line 2'],
      ...more,
    });
  test('ends with the first good answer', async () => {
    status = 503;
    setTimeout(() => {
      status = 204;
    }, 200);
    expect((await wait({ readyMs: 5_000 })).ms).toBeGreaterThan(150);
  });
  test('a good answer of another program does not count', async () => {
    status = 200;
    const gone = async () => ({ running: false, pid: undefined, restarts: undefined, memoryBytes: undefined });
    await expect(wait({ status: gone })).rejects.toThrow(
      `service web on host app: the process is gone; ${server.url} answered 200`,
    );
    await expect(wait({ status: async () => ({ ...(await gone()), hopeless: 'pm2 gave it up' }) })).rejects.toThrow(
      'pm2 gave it up',
    );
  });
  test('time that ran out tells the last answer and the log', async () => {
    status = 500;
    await expect(wait({})).rejects.toThrow(
      `service web on host app: not healthy within 700 ms: ${server.url} answered 500; it runs (pid 7) (asked from host app)\nthe end of its log:\n  line 1\n  line 2`,
    );
    await expect(wait({ tail: () => Promise.reject(new Error('gone')) })).rejects.toThrow('its log is empty');
  });
});
