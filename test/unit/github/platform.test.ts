import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readJob } from '@release-runbook/github/job';
import { defuse, githubPlatform, redactDeep, summaryLimit } from '@release-runbook/github/platform';
import fc from 'fast-check';
import { record } from '../views/records.ts';

function open(redact = (text: string) => text, more: Partial<Parameters<typeof githubPlatform>[0]> = {}) {
  const lines: string[] = [];
  const annotations: [string, string, object][] = [];
  let written = '';
  let clock = 0;
  const annotate = (kind: string) => (text: string | Error, properties?: object) =>
    void annotations.push([kind, String(text), properties ?? {}]);
  const summary = {
    emptyBuffer: () => summary,
    addRaw: (text: string) => {
      written = text;
      return summary;
    },
    write: async () => summary,
  };
  const core = {
    info: (text: string) => void lines.push(text),
    startGroup: (text: string) => void lines.push(`group ${text}`),
    endGroup: () => void lines.push('end'),
    error: annotate('error'),
    warning: annotate('warning'),
    notice: annotate('notice'),
    summary,
  };
  const shown: string[] = [];
  const publisher = {
    show: ({ state }: { state: object }) => void shown.push(JSON.stringify(state)),
    flush: async () => {},
    problems: new Map<string, string>(),
  };
  const platform = githubPlatform({
    core: core as never,
    publisher,
    redact,
    locale: () => 'en',
    signal: new AbortController().signal,
    workspace: '/srv/checkout',
    now: () => clock,
    ...more,
  });
  return { platform, shown, lines, annotations, written: () => written, wait: (ms: number) => void (clock += ms) };
}

describe('the log', () => {
  test('is no command to the runner, whatever a program prints', () => {
    const evil = fc.array(
      fc.constantFrom('::', '##[', '\n', ' ', '\t', 'error', 'add-mask::x', ':', '#', '[', 'text'),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(evil, (parts) => {
        for (const line of defuse(parts.join('')).split('\n')) {
          expect(line.trimStart()).not.toMatch(/^::/);
          expect(line).not.toContain('##[');
        }
      }),
    );
    expect(defuse('a :: b')).toBe('a :: b');
  });

  test('groups do not nest', async () => {
    const { platform, lines } = open();
    await platform.group('one', () => platform.group('two', async () => platform.log('x')));
    expect(lines).toEqual(['group one', 'two', 'x', 'end']);
  });

  test('progress is told now and then, and at the end', () => {
    const { platform, lines, wait } = open();
    for (let done = 0; done <= 100; done += 1) {
      platform.progress({ what: 'main', done, total: 100, unit: 'rows' });
      wait(100);
    }
    expect(lines).toEqual([
      'main: 0 of 100 rows (0 %)',
      'main: 50 of 100 rows (50 %)',
      'main: 100 of 100 rows (100 %)',
    ]);
  });
});

test('ten annotations of a kind, at their line; the rest is in the log', () => {
  const { platform, annotations, lines } = open((text) => text.replaceAll('hunter2', '***'));
  for (let at = 1; at <= 12; at += 1)
    platform.annotate('error', `wrong ${at} hunter2`, {
      file: '/srv/checkout/.github/runbook.yml',
      line: at,
      column: 3,
    });
  platform.annotate('warning', 'other');
  expect(annotations).toHaveLength(11);
  expect(annotations[0]).toEqual([
    'error',
    'wrong 1 ***',
    { file: '.github/runbook.yml', startLine: 1, startColumn: 3 },
  ]);
  expect(lines).toEqual([
    'error: /srv/checkout/.github/runbook.yml:11:3: wrong 11 ***',
    'error: /srv/checkout/.github/runbook.yml:12:3: wrong 12 ***',
  ]);
  expect(platform.left()).toEqual({ error: 2, warning: 0, notice: 0 });
});

describe('the summary', () => {
  test('is never over what GitHub shows', async () => {
    const { platform, written } = open();
    await platform.summarize(`## 发布\n\n${'记录\n\n'.repeat(400_000)}`);
    expect(Buffer.byteLength(written())).toBeLessThanOrEqual(summaryLimit);
    expect(Buffer.byteLength(written())).toBeGreaterThan(summaryLimit / 2);
    expect(written()).toContain('This is cut short.');
  });

  test('holds no secret, also one that is written otherwise once it is escaped', async () => {
    const secret = 'p<w>*x_1@a';
    const { platform, written } = open((text) => text.replaceAll(secret, '***'));
    await platform.publish(
      record({ event: 'failed', step: 'deploy', item: 'code', ms: 1, message: `login with ${secret} failed` }),
      {},
    );
    expect(written()).toContain('login with &#42;&#42;&#42; failed');
    expect(written()).not.toMatch(/p&lt;w|x_1/);
  });
});

test('deep redaction reaches keys and values', () => {
  expect(
    redactDeep({ a: ['x-secret', { 'secret-k': 1 }], b: null, c: 2 }, (text) => text.replaceAll('secret', '***')),
  ).toEqual({
    a: ['x-***', { '***-k': 1 }],
    b: null,
    c: 2,
  });
});

describe('in a public repository', () => {
  const state = record(
    {
      event: 'failed',
      step: 'deploy',
      item: 'deploy:code',
      ms: 3,
      message: 'nothing answers at http://web1.example.com:3000/ (/srv/shop)',
    },
    { event: 'measured', step: 'smoke', item: 'smoke:list:p95', value: 412, unit: 'ms' },
  );

  test('summary, comment and notes tell of no place', async () => {
    const { platform, written, shown } = open(undefined, { public: true });
    await platform.publish(state, { wayBack: undefined });
    for (const text of [written(), shown.join()]) {
      expect(text).toContain('nothing answers at');
      expect(text).not.toMatch(/web1|\/srv/);
      expect(text).toContain('412');
    }
    expect((await platform.everybody())('it lies in /srv/shop')).toBe('it lies in <path>');
  });

  test('elsewhere they do', async () => {
    const { platform, written, shown } = open();
    await platform.publish(state, { wayBack: undefined });
    for (const text of [written(), shown.join()]) expect(text).toContain('/srv/shop');
    expect((await platform.everybody())('it lies in /srv/shop')).toBe('it lies in /srv/shop');
  });
});

test('the visibility is that of the event; what nothing tells is taken for public', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'job-'));
  try {
    const seen = async (event: object | undefined) => {
      const file = join(folder, 'event.json');
      if (event !== undefined) await writeFile(file, JSON.stringify(event));
      const path = event === undefined ? {} : { GITHUB_EVENT_PATH: file };
      return readJob({ GITHUB_REPOSITORY: 'acme/shop', ...path }).public;
    };
    expect(await seen({ repository: { visibility: 'public', private: false } })).toBe(true);
    expect(await seen({ repository: { visibility: 'internal', private: true } })).toBe(false);
    expect(await seen({ repository: { private: true } })).toBe(false);
    expect(await seen({ repository: { private: false } })).toBe(true);
    expect(await seen({ schedule: '0 2 * * *' })).toBe(true);
    expect(await seen(undefined)).toBe(true);
    expect(readJob({}).public).toBe(false);
  } finally {
    await rm(folder, { recursive: true });
  }
});
