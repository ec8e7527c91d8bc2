import { describe, expect, test } from '@jest/globals';
import { repositoryOf } from '@release-runbook/cli/forge';
import { cliMessages } from '@release-runbook/cli/messages';
import { pace, progressText } from '@release-runbook/cli/progress';
import { openTerminal } from '@release-runbook/cli/terminal';
import { type Around, fakeIo } from './support.ts';

const m = cliMessages('en');
const esc = '\u001b';

function open(around: Around = {}, more: { json?: boolean; quiet?: boolean } = {}) {
  let now = 0;
  const { io, called, signal } = fakeIo(around);
  const terminal = openTerminal({
    io: { ...io, now: () => new Date(now) },
    messages: () => m,
    json: more.json ?? false,
    quiet: more.quiet ?? false,
  });
  const at = (ms: number) => {
    now = ms;
  };
  return { terminal, called, signal, at };
}

describe('terminal', () => {
  test('lines have the time and the step; a program’s own control characters are taken out', async () => {
    const { terminal, called } = open();
    terminal.step('deploy');
    const platform = terminal.platform();
    await platform.group('web', async () => platform.log(`${esc}[31mred${esc}[0m\nsecond\n`));
    expect(called().out).toMatch(
      /^\d\d:\d\d:\d\d deploy {2}web\n\d\d:\d\d:\d\d deploy {4}red\n\d\d:\d\d:\d\d deploy {4}second\n$/,
    );
  });

  test('with --json the log is on standard error; with --quiet there is none', () => {
    const json = open({}, { json: true });
    json.terminal.platform().log('one');
    expect(json.called()).toMatchObject({ out: '', err: expect.stringContaining('one') });
    const quiet = open({}, { quiet: true });
    quiet.terminal.platform().log('one');
    quiet.terminal.platform().annotate('error', 'two', { file: 'runbook.yml', line: 3, column: 5 });
    expect(quiet.called()).toMatchObject({ out: '', err: 'runbook.yml:3:5: error: two\n' });
  });

  test('colours only on a TTY, and not with NO_COLOR', () => {
    expect(open({ tty: true }).terminal.colour('red', 'x')).toBe(`${esc}[31mx${esc}[0m`);
    expect(open({ tty: true, env: { NO_COLOR: '1' } }).terminal.colour('red', 'x')).toBe('x');
    expect(open().terminal.colour('red', 'x')).toBe('x');
  });

  test('progress without a TTY: a line every 5 s', () => {
    const { terminal, called, at } = open();
    const platform = terminal.platform();
    for (let s = 0; s <= 20; s++) {
      at(s * 1000);
      platform.progress({ what: 'main', done: s * 1e6, total: 20e6, unit: 'bytes' });
    }
    const lines = called().out.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('main  5 MB of 20 MB (25 %), 1 MB/s, 15 s left');
  });

  test('progress on a TTY is rewritten in place, fits the width, and is gone before the next line', () => {
    const { terminal, called, at } = open({ tty: true, env: { NO_COLOR: '1' } });
    const platform = terminal.platform();
    for (const [ms, done] of [
      [0, 0],
      [50, 1],
      [1000, 2e6],
      [2000, 4e6],
    ] as const) {
      at(ms);
      platform.progress({ what: 'a database with quite a long name for the width', done, total: 8e6, unit: 'bytes' });
    }
    platform.log('next');
    const drawn = called().out.split(`\r${esc}[K`);
    // Drawn at 1 and 2 s (the clock begins at 0, which is too soon after "never"); then erased, once.
    expect(drawn).toHaveLength(4);
    for (const line of drawn) expect(line.trimEnd().length).toBeLessThan(60);
    expect(drawn.at(-1)).toMatch(/next\n$/);
  });

  test('the first signal stops what is new, the second ends at once', () => {
    const { terminal, called, signal } = open();
    const platform = terminal.platform();
    signal();
    expect(platform.signal.aborted).toBe(true);
    expect(terminal.stopped()).toBe(true);
    expect(called().err).toContain('nothing new is started');
    expect(terminal.renew().signal.aborted).toBe(false);
    expect(called().exits).toEqual([]);
    signal();
    expect(called().exits).toEqual([130]);
    expect(called().err).toContain('runbook rollback');
  });
});

describe('progress', () => {
  test('the rate forgets what is long ago, and a new beginning', () => {
    const one = pace();
    expect(one.rate(0, 0)).toBeUndefined();
    expect(one.rate(1000, 100)).toBe(100);
    for (let s = 2; s <= 40; s++) one.rate(s * 1000, 100);
    expect(one.rate(41_000, 100)).toBe(0);
    expect(one.rate(42_000, 5)).toBeUndefined();
  });

  test.each([
    [{ what: 'wait', done: 12_000, total: 30_000, unit: 'ms' }, 'wait  12 s of 30 s (40 %), 18 s left'],
    [{ what: 'smoke', done: 2, total: 5, unit: 'checks' }, 'smoke  2 of 5 checks'],
    [{ what: 'smoke', done: 0, total: 1, unit: 'checks' }, 'smoke  0 of 1 check'],
    [{ what: 'rows', done: 500, unit: 'rows' }, 'rows  500 rows, 10 rows/s'],
    [{ what: 'x', done: 0, total: 0, unit: 'bytes' }, 'x  0 B of 0 B, 10 B/s'],
  ] as const)('%j', (line, text) => {
    expect(progressText(line, 10, m)).toBe(text);
  });
});

test('GitHub repositories by their remote; a token goes to no other server', () => {
  const at = { owner: 'acme', repo: 'shop', baseUrl: 'https://api.github.com' };
  for (const url of [
    'git@github.com:acme/shop.git',
    'https://github.com/acme/shop',
    'https://x:y@github.com/acme/shop.git',
    'ssh://git@github.com:22/acme/shop.git',
  ])
    expect(repositoryOf(url, {})).toEqual(at);
  expect(repositoryOf('https://git.example.com/acme/shop', {})).toBeUndefined();
  expect(repositoryOf('https://git.example.com/acme/shop', { GH_HOST: 'git.example.com' })?.baseUrl).toBe(
    'https://git.example.com/api/v3',
  );
  expect(repositoryOf('/srv/git/shop.git', {})).toBeUndefined();
});
