import { describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@release-runbook/record/events';
import { fold } from '@release-runbook/record/fold';
import { number } from '@release-runbook/record/store';
import { redactor, redactRecord, redactState } from '@release-runbook/views/redact';
import { cameBack, did, intends, opened } from './records.ts';

const runbook = {
  system: 'shop',
  locale: 'zh-CN',
  hosts: {
    web1: { ssh: 'deploy@web1.shop.example.com', directory: '/srv/shop' },
    vault: { ssh: 'vault', env: { A: 'b' } },
  },
  databases: { main: { engine: 'sqlite', path: 'data/shop.db', on: 'web1' } },
};

describe('a text for everybody', () => {
  const redact = redactor(runbook);
  test.each([
    ['web on web1 answered', 'web on host1 answered'],
    ['service web on host vault: not healthy', 'service web on host host2: not healthy'],
    ['copied to deploy@web1.shop.example.com:/backups/a.sqlite', 'copied to <address>:<path>'],
    ['http://10.0.0.7:5000/api/orders?id=7 answered 500', '<address> answered 500'],
    ['connect to 10.0.0.7:5432 and [fe80::1]', 'connect to <address> and […]'],
    ['from db.internal:3306', 'from <host>'],
    ['mail to ops@example.com', 'mail to <address>'],
    ['no room in /srv/shop/data and ~/x, ../y', 'no room in <path> and <path>, <path>'],
    ['data/shop.db cannot be opened', '<path> cannot be opened'],
    [
      'the migration of main ended with exit code 1: Traceback | Bob, 42',
      'the migration of main ended with exit code 1: <output>',
    ],
    [
      'orders: 1 row is new (id 7); users: 2 rows changed (name "Bob": mail)',
      'orders: 1 row is new (<keys>); users: 2 rows changed (<keys>)',
    ],
    ['results: 1 row is missing (report, the key [2, "a"])', 'results: 1 row is missing (<keys>)'],
    ['"Bob", expected "Alice"', '"…", expected "…"'],
    ['it is gone\nthe end of its log:\n  user Bob', 'it is gone <log>'],
  ])('%s', (text, wanted) => {
    expect(redact(text)).toBe(wanted);
  });

  test.each([
    'P95 412 ms, expected < 200 ms',
    'severe errors 12/h, fires when > 10/h',
    '12 rows of orders written since its backup',
    'v1.0.0 serves again after 5.7 s (undone in 4.3 s of 10 min, verified in 1.4 s of 5 min); no row lost',
    'lock taken over: process 4711 is gone',
    'outside 02:00-12:00 Asia/Shanghai; it opens at 2026-11-22 02:00 Asia/Shanghai',
    "the old version doesn't run, and that isn't good",
  ])('%s stays', (text) => {
    expect(redactor({ hosts: { web1: { local: true } } })(text)).toBe(text);
  });
});

describe('a record for everybody', () => {
  const events: readonly NewEvent[] = [
    { ...opened, runbook, release: 'r1' } as NewEvent,
    { ...intends('backup', 'backup:main'), host: 'web1' } as NewEvent,
    {
      ...did('backup', 'backup:main', 340),
      data: {
        id: 'main-r1',
        path: '/srv/backups/main-r1.sqlite',
        rows: { orders: 12 },
        copies: [{ place: 'vault', path: 'x/y' }],
      },
    } as NewEvent,
    {
      event: 'failed',
      step: 'deploy',
      item: 'deploy:code',
      ms: 3,
      message: 'code ended with exit code 1: Bob at /srv/shop',
    },
    {
      event: 'judged',
      step: 'smoke',
      item: 'http http://10.0.0.7/x',
      verdict: 'fail',
      text: '"Bob"',
      rule: { file: '.github/runbook.yml', line: 3, column: 1 },
    },
  ];
  const text = `${number(events, 0, 1)
    .map((event) => JSON.stringify(event))
    .join('\n')}\n{"seq":5,"at":"20`;

  test('tells what was done and with which numbers, and of no place and no row', () => {
    const redacted = redactRecord(text);
    for (const word of ['web1', 'vault', '/srv', 'Bob', '10.0.0.7', 'shop.db', 'deploy@', 'x/y'])
      expect(redacted).not.toContain(word);
    const state = fold(redacted, 'r1');
    expect(state.opened).toMatchObject({ redacted: true, version: 'v1.1.0', runbook: { locale: 'zh-CN' } });
    expect(state.items).toMatchObject([
      {
        item: 'backup:main',
        state: 'done',
        intends: { host: 'host1' },
        did: { ms: 340, data: { id: 'main-r1', rows: { orders: 12 } } },
      },
    ]);
    expect(state.judged).toMatchObject([{ item: 'http <address>', verdict: 'fail', rule: { line: 3 } }]);
    expect(state.torn).toEqual([5]);
  });

  test('what is shown of a state is of the same kind', () => {
    const state = redactState(fold(text, 'r1'));
    expect(JSON.stringify(state)).not.toMatch(/web1|Bob|\/srv/);
    const plain = cameBack();
    expect(redactState(plain).events.slice(1)).toEqual(plain.events.slice(1));
    expect(redactState(plain).status).toBe('rolled-back');
  });
});
