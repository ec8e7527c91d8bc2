import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openService } from '@release-runbook/services/open';
import type { Service } from '@release-runbook/services/types';
import { alive, ask, type Fixture, fixture } from './fixture.ts';

let here: Fixture;
let service: Service;

const open = (more: object = {}) =>
  openService(
    'web',
    {
      on: 'app',
      command: { start: [process.execPath, 'app.cjs', '$PORT'] },
      slots: {
        blue: { port: here.ports.blue, directory: 'blue' },
        green: { port: here.ports.green, directory: 'green' },
      },
      health: 'http://127.0.0.1:$PORT/health',
      ready: 10_000,
      'stop-within': 500,
      ...more,
    },
    here.host,
    { variables: { RELEASE: 'r1' } },
  );

beforeAll(async () => {
  here = await fixture();
  service = await open();
});
afterAll(async () => {
  for (const place of service.places()) await service.stop(place);
  await here.close();
});

describe('a service that the suite detaches', () => {
  test('starts, answers, is started anew, stops, and all of it twice', async () => {
    const blue = service.place('blue');
    expect((await service.status(blue)).running).toBe(false);
    await service.stop(blue);
    await service.start(blue, { VERSION: 'v1' });
    await service.healthy(blue);
    const first = await ask(here.ports.blue);
    expect(first).toMatchObject({ version: 'v1', args: [String(here.ports.blue)] });
    expect(await service.status(blue)).toMatchObject({ running: true, pid: first.pid });
    await service.start(blue, { VERSION: 'v2' });
    await service.healthy(blue);
    const second = await ask(here.ports.blue);
    expect(second.version).toBe('v2');
    expect(await alive(here.host, first.pid)).toBe(false);
    await service.stop(blue);
    expect(await alive(here.host, second.pid)).toBe(false);
    await service.stop(blue);
    expect((await service.status(blue)).running).toBe(false);
  });

  test('a stubborn program is killed after stop-within, and its children with it', async () => {
    const green = service.place('green');
    await service.start(green, { VERSION: 'v1', STUBBORN: '1', CHILD: '1' });
    await service.healthy(green);
    const { pid } = await ask(here.ports.green);
    const child = (await here.host.exec(['pgrep', '-g', String(pid), 'sleep'])).stdout.trim();
    expect(child).toMatch(/^\d+$/);
    await service.stop(green);
    expect(await alive(here.host, pid)).toBe(false);
    expect(await alive(here.host, Number(child))).toBe(false);
  });

  test('children left by a leader that died are stopped too', async () => {
    const green = service.place('green');
    await service.start(green, { VERSION: 'v1', CHILD: '1' });
    await service.healthy(green);
    const { pid } = await ask(here.ports.green);
    const child = Number((await here.host.exec(['pgrep', '-g', String(pid), 'sleep'])).stdout.trim());
    process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await service.status(green)).running).toBe(false);
    await service.stop(green);
    expect(await alive(here.host, child)).toBe(false);
  });

  test('a later process with the same number is not taken for the service, and not stopped', async () => {
    const green = service.place('green');
    await service.start(green, { VERSION: 'v1' });
    await service.healthy(green);
    const file = join(await here.host.state(), 'services/web-green.process');
    const [pid, start, boot] = (await readFile(file, 'utf8')).trim().split(' ');
    await writeFile(file, `${pid} ${Number(start) - 100} ${boot}\n`);
    expect((await service.status(green)).running).toBe(false);
    // Its port is still taken, and that is said.
    await expect(service.stop(green)).rejects.toThrow('held by another program');
    expect(await alive(here.host, Number(pid))).toBe(true);
    await writeFile(file, `${pid} ${start} another-boot\n`);
    expect((await service.status(green)).running).toBe(false);
    await writeFile(file, `${pid} ${start} ${boot}\n`);
    await service.stop(green);
    expect(await alive(here.host, Number(pid))).toBe(false);
  });

  test('a program that crashes at start fails at once, with the end of its log', async () => {
    const green = service.place('green');
    const begun = Date.now();
    await service.start(green, { VERSION: 'v1', CRASH: '1' });
    await expect(service.healthy(green)).rejects.toThrow(
      /web \(green\) on host app: the process is gone; [^]*CRITICAL: no database/,
    );
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  test('a program that is not there fails with what the shell said', async () => {
    const wrong = await open({ command: { start: ['no-such-program'] } });
    await wrong.start(wrong.place('green'), {});
    await expect(wrong.healthy(wrong.place('green'))).rejects.toThrow(/the process is gone[^]*no-such-program/);
  });

  test('without `health:` it must run for a moment and listen', async () => {
    const { health: _, ...spec } = service.spec;
    const silent = await openService('web', spec, here.host, { variables: {} });
    await silent.start(silent.place('green'), { VERSION: 'v1' });
    expect((await silent.healthy(silent.place('green'))).ms).toBeGreaterThanOrEqual(1_000);
    await silent.stop(silent.place('green'));
  });

  test('a variable without a value in `start:` is an error, and so is a secret', async () => {
    const wrong = await open({ command: { start: ['echo', '$API_TOKEN'] } });
    await expect(wrong.start(wrong.place('green'), { API_TOKEN: 'x' })).rejects.toThrow(
      'service web: `start:` names $API_TOKEN, which has no value',
    );
  });
});

describe('the log', () => {
  const log = (name: string) => join(here.root, 'blue/logs', name);

  test('reads on after the mark, keeps a torn line, and tolerates rotation and emptying', async () => {
    const logging = await open({ log: ['logs/app.log'] });
    const blue = logging.place('blue');
    const none = await logging.log(blue, undefined);
    expect(none.lines).toEqual([]);
    await writeFile(log('app.log'), 'one\ntwo\nthr');
    const first = await logging.log(blue, none.mark);
    expect(first.lines).toEqual(['one', 'two']);
    await appendFile(log('app.log'), 'ee\r\nvier ü\n');
    const second = await logging.log(blue, first.mark);
    expect(second.lines).toEqual(['three', 'vier ü']);
    expect((await logging.log(blue, second.mark)).lines).toEqual([]);

    await appendFile(log('app.log'), 'last of the old\n');
    await rename(log('app.log'), log('app.log.1'));
    await writeFile(log('app.log'), 'first of the new\n');
    const third = await logging.log(blue, second.mark);
    expect(third.lines).toEqual(['last of the old', 'first of the new']);

    await writeFile(log('app.log'), 'emptied, then much longer than it was before\n');
    let emptied = await logging.log(blue, third.mark);
    if (emptied.lines.length === 0) emptied = await logging.log(blue, emptied.mark);
    expect(emptied.lines).toEqual(['emptied, then much longer than it was before']);
  });

  test('reads a large log in bounded parts, and bytes that are no UTF-8', async () => {
    const logging = await open({ log: ['logs/large.log'] });
    const blue = logging.place('blue');
    await writeFile(log('large.log'), '');
    let { mark } = await logging.log(blue, undefined);
    const line = `${'x'.repeat(99)}\n`;
    await writeFile(log('large.log'), Buffer.concat([Buffer.from([0xff, 0xfe, 10]), Buffer.from(line.repeat(20_000))]));
    let count = 0;
    let reads = 0;
    for (; reads < 20; reads++) {
      const next = await logging.log(blue, mark);
      mark = next.mark;
      if (next.lines.length === 0) break;
      count += next.lines.length;
      expect(next.lines.length * 100).toBeLessThanOrEqual(700_000);
    }
    expect(count).toBe(20_001);
    expect(reads).toBeGreaterThan(2);
  });

  test('a folder that is not there is an error, not an empty log', async () => {
    const logging = await open({ log: ['nowhere/app.log'] });
    await expect(logging.log(logging.place('blue'), undefined)).rejects.toThrow(
      'nowhere/app.log cannot be read: its folder is not there',
    );
  });
});

describe('a service with commands of its own', () => {
  test('is started, asked and stopped by them', async () => {
    const own = await open({
      command: {
        start: `nohup "${process.execPath}" app.cjs >own.log 2>&1 </dev/null & echo $! >own.pid`,
        stop: 'kill "$(cat own.pid)"',
        status: ['sh', '-c', 'curl -fsS -o own.out "http://127.0.0.1:$PORT/"'],
      },
      log: ['own.log'],
    });
    const green = own.place('green');
    expect((await own.status(green)).running).toBe(false);
    await own.start(green, { VERSION: 'v7' });
    await own.healthy(green);
    expect(await ask(here.ports.green)).toMatchObject({ version: 'v7' });
    expect((await own.status(green)).running).toBe(true);
    await own.stop(green);
    expect((await own.status(green)).running).toBe(false);
    await own.stop(green);
  });

  test('a `stop` that does not stop is an error with what it said', async () => {
    const own = await open({ command: { start: 'true', stop: 'echo not allowed >&2; exit 4', status: 'true' } });
    await expect(own.stop(own.place('green'))).rejects.toThrow(
      /its `stop` ended with 4, and its `status` says that it still runs\nnot allowed/,
    );
  });
});
