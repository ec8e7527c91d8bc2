import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { matches, valueAt } from '@release-runbook/checks/answer';
import { percentile } from '@release-runbook/checks/http';
import { groups, runCheck, runChecks } from '@release-runbook/checks/registry';
import type { Host, Hosts } from '@release-runbook/hosts/types';
import type { CheckSpec } from '@release-runbook/runbook/schema/checks';
import { below, contextOf, json, serve, type TestServer, workspace } from './support.ts';

let server: TestServer;
let hosts: Hosts;
let close: () => Promise<void>;
let failures = 0;
const reports = new Map<string, string>();

beforeAll(async () => {
  ({ hosts, close } = await workspace());
  server = await serve(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://x');
    if (pathname === '/list')
      return json(response, { items: [{ id: 7, title: 'é' }, { id: 8 }], total: 2, ok: true, none: null }, 200, {
        'x-version': 'v1.1.0',
      });
    if (pathname === '/slow') await sleep(Number(searchParams.get('ms')));
    if (pathname === '/hang') return;
    if (pathname === '/flaky' && failures-- > 0) return json(response, {}, 503);
    if (pathname === '/echo')
      return json(response, { method: request.method, headers: request.headers, body: request.body });
    if (pathname === '/from') return void response.writeHead(302, { location: '/list' }).end();
    if (pathname === '/loop') return void response.writeHead(302, { location: '/loop' }).end();
    if (pathname === '/large') return void response.end(Buffer.alloc(12 * 1024 * 1024, 'x'));
    if (pathname === '/text') return void response.end('plain words');
    if (pathname === '/drop') return void response.destroy();
    if (pathname === '/reports' && request.method === 'POST') {
      const id = `r${reports.size + 1}`;
      reports.set(id, request.body);
      return json(response, { report: { id } }, 201);
    }
    const id = pathname.split('/')[2] ?? '';
    if (pathname.startsWith('/reports/') && request.method === 'DELETE')
      return void response.writeHead(reports.delete(id) ? 204 : 404).end();
    if (pathname.startsWith('/reports/'))
      return reports.has(id) ? json(response, { id, note: reports.get(id) }) : json(response, {}, 404);
    if (pathname === '/poll')
      return searchParams.get('since') === '2'
        ? json(response, [])
        : json(response, Array(200).fill('data of a report'));
    if (pathname === '/poll-all') return json(response, Array(200).fill('data of a report'));
    if (pathname === '/empty') return void response.end();
    json(response, { pathname }, pathname === '/broken' ? 500 : 200);
  });
});
afterAll(async () => {
  await server.close();
  await close();
});
beforeEach(() => {
  failures = 0;
  reports.clear();
});

const context = (more = {}) =>
  contextOf(hosts, { variables: { PORT: String(server.port), API_TOKEN: 'sesame-open-1' }, ...more });
const base = 'http://127.0.0.1:$PORT';
const check = (spec: CheckSpec, more = {}) => runCheck(spec, context(more));
const http = (options: Omit<Extract<CheckSpec, { http: unknown }>['http'], 'url'> & { url?: string }, more = {}) =>
  check({ http: { ...options, url: `${base}${options.url ?? '/list'}` } }, more);

/** A host that is reached by a program, on this machine: what ssh would do. */
function remote(path?: string): Hosts {
  const app = hosts.get('app');
  const env: Record<string, string> = path === undefined ? {} : { PATH: path };
  const host: Host = {
    ...app,
    kind: 'ssh',
    shell: (text, options) => app.shell(text, { ...options, env: { ...env, ...options?.env } }),
  };
  return { get: () => host, names: () => ['app'], fence: () => {}, close: async () => {} };
}

describe.each([
  ['from this machine', () => ({})],
  ['by python3 on the host', () => ({ hosts: remote(), defaultHost: 'app' })],
  ['by curl on the host', () => ({ hosts: curlOnly(), defaultHost: 'app' })],
])('http %s', (_, where) => {
  test('status, body, text and header as expected', async () => {
    const result = await http(
      {
        status: 200,
        body: {
          'items.0.id': 7,
          'items[1].id': '> 7',
          'items.length': 2,
          total: '= 2',
          ok: true,
          none: null,
          'items.0': { id: 7, title: 'é' },
        },
        contains: 'é',
        header: { 'X-Version': 'v1.1.0' },
      },
      where(),
    );
    expect(result.text).toMatch(/^status 200; [\d.]+ ms$/);
    expect(result).toMatchObject({ verdict: 'pass', severity: 'fail', measurements: [{ name: 'time', unit: 'ms' }] });
    expect(result.mend).toBeUndefined();
  });
  test.each([
    [{ url: '/broken' }, 'status 500, expected 200 to 299'],
    [{ status: 404 }, 'status 200, expected 404'],
    [{ body: { total: 3 } }, 'total is 2, expected 3'],
    [{ body: { total: '2' } }, 'total is 2, expected "2"'],
    [{ body: { 'items.length': '> 2' } }, 'items.length is 2, expected "> 2"'],
    [{ body: { nothing: 1 } }, 'nothing is nothing, expected 1'],
    [{ url: '/text', body: { a: 1 } }, 'the answer is no JSON: "plain words"'],
    [{ contains: 'absent' }, 'the answer does not contain "absent"'],
    [{ header: { 'x-version': 'v2' } }, 'header x-version is "v1.1.0", expected "v2"'],
    [{ capture: { id: 'items.9.id' } }, '`capture: id`: the answer has no items.9.id'],
    [{ url: '/loop' }, 'too many redirects'],
  ])('%j fails', async (options, text) => {
    const result = await http(options, where());
    expect(result).toMatchObject({
      verdict: 'fail',
      text: expect.stringContaining(text),
      mend: expect.stringContaining('curl -i'),
    });
  });
  test('a redirect is followed, or is the answer when it is expected', async () => {
    expect(await http({ url: '/from', body: { total: 2 } }, where())).toMatchObject({ verdict: 'pass' });
    expect(await http({ url: '/from', status: 302, header: { location: '/list' } }, where())).toMatchObject({
      verdict: 'pass',
    });
  });
  test('P95 and maximum hold, or fail with their numbers', async () => {
    const good = await http({ p95: below('< 5 s'), max: below('< 5 s'), requests: 5 }, where());
    expect(good).toMatchObject({
      verdict: 'pass',
      measurements: [
        { name: 'p95', unit: 'ms' },
        { name: 'max', unit: 'ms' },
      ],
    });
    expect(good.text).toMatch(/P95 of 5 requests .*ms, expected < 5 s; maximum of 5 requests/);
    const bad = await http({ url: '/slow?ms=60', p95: below('< 50 ms'), requests: 3 }, where());
    expect(bad.text).toMatch(/^P95 of 3 requests (6|7|8|9|1\d)\d*(\.\d)? ms, expected < 50 ms$/);
    expect(bad.verdict).toBe('fail');
  });
  test('no answer in time, no answer at all, nobody there', async () => {
    expect(await http({ url: '/hang', timeout: 300 }, where())).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/no answer (within 300 ms|in time)/),
    });
    const dropped = await http({ url: '/drop' }, where());
    expect(dropped.verdict).toBe('fail');
    expect(dropped.text).not.toMatch(/\b[A-Z]+(_[A-Z]+)+\b/);
    const gone = await serve(() => {});
    await gone.close();
    expect(await check({ http: { url: gone.url } }, where())).toMatchObject({
      verdict: 'fail',
      text: 'connection refused',
    });
  });
  test('headers and JSON are sent', async () => {
    const body = { name: 'ü "x"\n', port: '$PORT', none: null };
    const result = await http(
      {
        url: '/echo',
        headers: { Authorization: 'Bearer $API_TOKEN', 'X-Q': 'a\\b "c"' },
        json: body,
        body: {
          method: 'POST',
          'headers.x-q': 'a\\b "c"',
          'headers.authorization': 'Bearer $API_TOKEN',
          'headers.content-type': 'application/json',
          body: JSON.stringify({ ...body, port: String(server.port) }),
        },
      },
      where(),
    );
    expect(result).toMatchObject({ verdict: 'pass' });
  });
  test('a long answer is cut, and its JSON not judged', async () => {
    expect(await http({ url: '/large', body: { a: 1 } }, where())).toMatchObject({ verdict: 'fail' });
  });
  test('HEAD', async () => expect(await http({ method: 'HEAD' }, where())).toMatchObject({ verdict: 'pass' }));
});

/** Only what the shell needs, and curl. */
function curlOnly(): Hosts {
  const app = hosts.get('app');
  const path = '/usr/bin:/bin';
  const host: Host = {
    ...app,
    kind: 'ssh',
    shell: (text, options) =>
      app.shell(text.replace('for tool in python3 curl wget', 'for tool in curl'), {
        ...options,
        env: { PATH: path, ...options?.env },
      }),
  };
  return { get: () => host, names: () => ['app'], fence: () => {}, close: async () => {} };
}

describe('http', () => {
  test('is tried again until it passes', async () => {
    failures = 2;
    expect(await http({ url: '/flaky', 'retry-for': 5_000 })).toMatchObject({ verdict: 'pass' });
    failures = 1_000;
    expect(await http({ url: '/flaky', 'retry-for': 600 })).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/status 503.*\(tried [23] times\)/),
    });
  });
  test('secrets are not told', async () => {
    const result = await http({
      url: '/echo',
      headers: { 'x-token': '$API_TOKEN' },
      body: { 'headers.x-token': 'other' },
    });
    expect(result).toMatchObject({ verdict: 'fail', text: 'headers.x-token is "$API_TOKEN", expected "other"' });
  });
  test.each([
    ['file:///etc/passwd', 'an address begins with http:// or https://, not with file:'],
    ['nonsense', 'cannot be read'],
    ['http://$NOWHERE/', '$NOWHERE has no value'],
    ['http://127.0.0.1/${id}', '${id} has no value'],
  ])('%s cannot be judged', async (url, text) => {
    expect(await check({ http: { url } })).toMatchObject({ verdict: 'error', text: expect.stringContaining(text) });
  });
  test('a host without programs says what to install', async () => {
    const app = hosts.get('app');
    const host = { ...app, kind: 'ssh' as const, shell: () => app.shell('exit 0') };
    const bare: Hosts = { get: () => host, names: () => [], fence: () => {}, close: async () => {} };
    expect(await http({}, { hosts: bare, defaultHost: 'app' })).toMatchObject({
      verdict: 'error',
      text: expect.stringContaining('has no program'),
      mend: expect.stringContaining('python3 or curl'),
    });
  });
  test('a check that is told to stop stops', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const result = await http({ url: '/hang', timeout: 60_000 }, { signal: stop.signal });
    expect(result.verdict).not.toBe('pass');
    expect(result.ms).toBeLessThan(5_000);
    expect(await http({}, { signal: AbortSignal.abort() })).toMatchObject({
      verdict: 'error',
      text: 'stopped before it began',
    });
  });
  test('its name is given or made', async () => {
    expect((await http({ name: 'history list', severity: 'warn' })).name).toBe('history list');
    expect((await http({})).name).toBe('http http://127.0.0.1:$PORT/list');
  });
});

describe('journey', () => {
  const steps = [
    { name: 'create', url: `${base}/reports`, json: { brand: 'x' }, status: 201, capture: { id: 'report.id' } },
    { name: 'read', url: `${base}/reports/\${id}`, body: { id: '${id}' } },
  ];
  const cleanup = [{ url: `${base}/reports/\${id}`, method: 'DELETE' as const, status: 204 }];
  test('carries captured values on, and cleans up', async () => {
    expect(await check({ journey: { steps, cleanup } })).toMatchObject({
      verdict: 'pass',
      text: expect.stringMatching(/^2 steps in /),
      measurements: [{ name: 'create' }, { name: 'read' }],
    });
    expect(reports.size).toBe(0);
  });
  test('stops at the step that fails, and cleans up all the same', async () => {
    const broken = { name: 'broken', url: `${base}/broken` };
    expect(await check({ journey: { steps: [...steps, broken, { url: `${base}/never` }], cleanup } })).toMatchObject({
      verdict: 'fail',
      text: 'broken (3 of 4): status 500, expected 200 to 299',
    });
    expect(reports.size).toBe(0);
    expect(server.seen.some((each) => each.url === '/never')).toBe(false);
  });
  test('what was not made needs no cleaning; a cleanup that fails is told', async () => {
    expect((await check({ journey: { steps: [{ url: `${base}/broken` }], cleanup } })).text).toBe(
      'step 1 (1 of 1): status 500, expected 200 to 299',
    );
    expect(await check({ journey: { steps, cleanup: [{ ...cleanup[0]!, status: 200 }] } })).toMatchObject({
      verdict: 'fail',
      text: 'all steps passed, cleanup 1: status 204, expected 200',
    });
  });
});

describe('polling', () => {
  const saves = below('>= 90%');
  test('passes when a poll without news is small', async () => {
    const result = await check({
      polling: {
        url: `${base}/poll?since=\${total}`,
        full: `${base}/poll?since=0`,
        saves,
        capture: { url: `${base}/list`, values: { total: 'total' } },
      },
    });
    expect(result).toMatchObject({ verdict: 'pass', text: '2 B instead of 3.8 kB: saves 99.95%, expected >= 90%' });
  });
  test('fails when it is as large as the full one', async () => {
    expect(await check({ polling: { url: `${base}/poll-all`, full: `${base}/poll-all`, saves } })).toMatchObject({
      verdict: 'fail',
      text: expect.stringContaining('saves 0%, expected >= 90%'),
    });
    expect(await check({ polling: { url: `${base}/broken`, full: `${base}/poll-all`, saves } })).toMatchObject({
      verdict: 'fail',
      text: expect.stringContaining('gave status 500'),
    });
    expect((await check({ polling: { url: `${base}/poll-all`, full: `${base}/empty`, saves } })).verdict).toBe('error');
  });
});

describe('several checks', () => {
  test('keep their order, wait for captures, and report progress', async () => {
    const specs: CheckSpec[] = [
      { http: { url: `${base}/slow?ms=50` } },
      { http: { url: `${base}/reports`, json: {}, status: 201, capture: { report: 'report.id' } } },
      { http: { url: `${base}/reports/\${report}`, body: { id: '${report}' } } },
      { http: { url: `${base}/list`, p95: below('< 5 s'), requests: 2 } },
      { http: { url: `${base}/broken`, severity: 'warn' } },
    ];
    const seen: number[] = [];
    const results = await runChecks(specs, context(), {
      progress: (_, done, total) => void (expect(total).toBe(5), seen.push(done)),
    });
    expect(results.map((each) => each.verdict)).toEqual(['pass', 'pass', 'pass', 'pass', 'fail']);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect(groups(specs)).toEqual([[0, 1], [2], [3], [4]]);
  });
  test('a value that was not captured is an error of the check that uses it', async () => {
    const results = await runChecks(
      [{ http: { url: `${base}/broken`, capture: { id: 'id' } } }, { http: { url: `${base}/reports/\${id}` } }],
      context(),
    );
    expect(results.map((each) => each.verdict)).toEqual(['fail', 'error']);
  });
});

test('values at paths', () => {
  expect(valueAt({ a: [{ b: 1 }] }, '$.a[0].b')).toBe(1);
  expect(valueAt([1, 2], 'length')).toBe(2);
  expect(valueAt({ a: 1 }, '$')).toEqual({ a: 1 });
  expect(valueAt({ a: 1 }, 'constructor')).toBeUndefined();
  expect(matches('> 0', '> 0')).toBe(true);
  expect(matches(1, '> 0')).toBe(true);
  expect(matches([1, { a: 2 }], [1, { a: '>= 2' }])).toBe(true);
  expect(matches([], {})).toBe(false);
});
test('nearest-rank percentiles', () => {
  const values = Array.from({ length: 20 }, (_, index) => index + 1);
  expect([percentile(values, 95), percentile(values, 50), percentile([3], 95), percentile([5, 1], 100)]).toEqual([
    19, 10, 3, 5,
  ]);
});
