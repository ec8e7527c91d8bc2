import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localHost } from '@release-runbook/hosts/local';
import { openService } from '@release-runbook/services/open';
import type { Service } from '@release-runbook/services/types';
import { alive, ask, type Fixture, fixture } from './fixture.ts';

let here: Fixture;
let service: Service;

const open = (more: object = {}) =>
  openService(
    'backend',
    {
      on: 'app',
      pm2: 'shop',
      start: [process.execPath, 'app.cjs', '--port=$PORT'],
      slots: {
        blue: { port: here.ports.blue, directory: 'blue' },
        green: { port: here.ports.green, directory: 'green' },
      },
      health: 'http://127.0.0.1:$PORT/health',
      env: { NOTE: 'of $VERSION' },
      ready: 15_000,
      'stop-within': 1_000,
      ...more,
    },
    here.host,
    { variables: {} },
  );

beforeAll(async () => {
  here = await fixture();
  service = await open();
});
afterAll(() => here.close());

describe('a service of pm2', () => {
  test('is not running before it was ever started, and asking wakes no daemon', async () => {
    expect(await service.status(service.place('blue'))).toEqual({
      running: false,
      pid: undefined,
      restarts: undefined,
      memoryBytes: undefined,
    });
    await expect(readFile(join(here.root, 'pm2/pm2.pid'))).rejects.toThrow('ENOENT');
  });

  test('starts with its variables, and the daemon does not keep them', async () => {
    const blue = service.place('blue');
    await service.start(blue, { VERSION: 'v1', API_TOKEN: 'sesame-1' });
    await service.healthy(blue);
    expect(await ask(here.ports.blue)).toMatchObject({
      version: 'v1',
      note: 'of v1',
      args: [`--port=${here.ports.blue}`],
    });
    const status = await service.status(blue);
    expect(status).toMatchObject({ running: true, restarts: 0 });
    expect(status.memoryBytes).toBeGreaterThan(1_000_000);
    const daemon = (await readFile(join(here.root, 'pm2/pm2.pid'), 'utf8')).trim();
    expect(await readFile(`/proc/${daemon}/environ`, 'utf8')).not.toContain('sesame');
  });

  test('starting anew brings new code and new variables, and drops old ones', async () => {
    const blue = service.place('blue');
    const before = await ask(here.ports.blue);
    await writeFile(
      join(here.root, 'blue/app.cjs'),
      `${await readFile(join(here.root, 'green/app.cjs'), 'utf8')}\nconsole.log('new code', process.env.API_TOKEN);`,
    );
    await service.start(blue, { VERSION: 'v2' });
    await service.healthy(blue);
    const after = await ask(here.ports.blue);
    expect(after).toMatchObject({ version: 'v2', note: 'of v2' });
    expect(after.pid).not.toBe(before.pid);
    const { lines } = await service.log(blue, JSON.stringify([]));
    expect(lines).toContain('new code undefined');
  });

  test('two slots run beside each other; stopping one confirms that it is gone', async () => {
    const [blue, green] = [service.place('blue'), service.place('green')];
    await service.start(green, { VERSION: 'v3' });
    await service.healthy(green);
    expect(await ask(here.ports.blue)).toMatchObject({ version: 'v2' });
    const { pid } = await ask(here.ports.green);
    await service.stop(green);
    expect(await alive(here.host, pid)).toBe(false);
    expect((await service.status(green)).running).toBe(false);
    await service.stop(green);
    expect((await service.status(blue)).running).toBe(true);
  });

  test('its log gives the lines since a mark', async () => {
    const blue = service.place('blue');
    const { mark, lines } = await service.log(blue, undefined);
    expect(lines).toEqual([]);
    await fetch(`http://127.0.0.1:${here.ports.blue}/fail`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const next = await service.log(blue, mark);
    expect(next.lines).toEqual(['ERROR failed on request']);
    expect((await service.log(blue, next.mark)).lines).toEqual([]);
  });

  test('a program that crashes at start fails early, with the end of its log', async () => {
    const green = service.place('green');
    const begun = Date.now();
    await service.start(green, { VERSION: 'v4', CRASH: '1' });
    await expect(service.healthy(green)).rejects.toThrow(
      /service backend \(green\) on host app: pm2 .*\n.*end of its log:\n[^]*CRITICAL: no database/,
    );
    expect(Date.now() - begun).toBeLessThan(12_000);
    await service.stop(green);
  });

  test('an answer that does not come within `ready` fails, and says what was answered', async () => {
    const impatient = await open({ ready: 2_000 });
    const green = impatient.place('green');
    await impatient.start(green, { VERSION: 'v5', SLOW: '60000' });
    await expect(impatient.healthy(green)).rejects.toThrow(
      /not healthy within 2 s: http:.*answered 503; it runs \(pid \d+\)/,
    );
    await impatient.stop(green);
  });

  test('a port that another program holds is said before anything is started', async () => {
    const other = createServer((_, response) => response.end('{}'));
    await new Promise<void>((done) => other.listen(here.ports.green, '127.0.0.1', done));
    try {
      await expect(service.start(service.place('green'), { VERSION: 'v6' })).rejects.toThrow(
        `port ${here.ports.green} on host app is held by another program`,
      );
    } finally {
      await new Promise((done) => other.close(done));
    }
  });

  test('what `pm2 save` saved follows, so that a resurrection brings back what should run', async () => {
    await here.host.exec(['pm2', 'save', '--force']);
    const dump = async () =>
      (JSON.parse(await readFile(join(here.root, 'pm2/dump.pm2'), 'utf8')) as { name: string }[]).map(
        (each) => each.name,
      );
    expect(await dump()).toContain('shop-blue');
    await service.stop(service.place('blue'));
    expect(await dump()).not.toContain('shop-blue');
  });

  test('pm2 not there: the message says what to add', async () => {
    const bare = localHost(
      'app',
      { local: true, directory: here.root, env: { PATH: '/usr/bin:/bin' } },
      { system: 's', environment: 'e' },
    );
    const lost = await openService('backend', service.spec, bare, { variables: {} });
    await expect(lost.status(lost.place('blue'))).rejects.toMatchObject({
      message: expect.stringContaining('pm2 was not found on host app'),
      hint: expect.stringContaining('`path:`'),
    });
    await expect(lost.start(lost.place('blue'), { VERSION: 'v1' })).rejects.toThrow('pm2 was not found on host app');
    await bare.close();
  });
});
