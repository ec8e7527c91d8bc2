import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Refusal } from '@release-runbook/hosts/error';
import { localHost } from '@release-runbook/hosts/local';
import { sshHost } from '@release-runbook/hosts/ssh';
import type { Host } from '@release-runbook/hosts/types';
import type { Holder, NewEvent } from '@release-runbook/record/events';
import { fold } from '@release-runbook/record/fold';
import { homeStore } from '@release-runbook/record/home-store';
import type { Store } from '@release-runbook/record/store';
import { type Sshd, startSshd } from '../../support/sshd.ts';

let folder: string;
let sshd: Sshd;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-'));
  sshd = await startSshd();
});
afterAll(async () => {
  await sshd.stop();
  await rm(folder, { recursive: true, force: true });
});

const holder = (nonce: string): Holder => ({
  run: '7',
  attempt: 1,
  job: 'release',
  nonce,
  since: '2026-11-21T02:00:00.000Z',
});
const opened: NewEvent = {
  event: 'opened',
  step: 'release',
  release: 'r1',
  system: 's',
  environment: 'e',
  version: 'v2',
  previous: 'v1',
  tracks: null,
  runbook: { text: "it's 100 % \n \u001e 数据" },
  commit: 'c',
  digest: 'd',
  tool: 't',
  run: null,
};
const noted = (text: string): NewEvent => ({ event: 'noted', step: 'release', text });

describe.each(['local', 'ssh'])('the record on a %s home host', (kind) => {
  let host: Host;
  let store: Store;
  let place: string;
  let count = 0;
  beforeEach(() => {
    count += 1;
    const scope = { system: `s${count}`, environment: kind, root: folder };
    place = join(folder, scope.system, kind);
    host =
      kind === 'local'
        ? localHost('app', { local: true }, scope)
        : sshHost(
            'app',
            { ssh: `${sshd.user}@127.0.0.1`, port: sshd.port, key: '$KEY', 'known-hosts': '$KNOWN' },
            scope,
            { KEY: sshd.key, KNOWN: sshd.knownHosts },
          );
    store = homeStore(host, place);
  });

  test('what was appended is read back as it was', async () => {
    expect(await store.load(5)).toEqual({ lock: { epoch: 0, holder: undefined }, records: [] });
    const { state } = await store.take(holder('a'));
    const lease = { nonce: 'a', epoch: state.epoch };
    await store.append('r1', 0, lease, [opened]);
    await store.append('r1', 1, lease, [noted('one'), noted('two')]);
    const { records, lock } = await store.load(5);
    expect(lock).toEqual({ epoch: 1, holder: holder('a') });
    const found = fold(records[0]?.text ?? '', 'r1');
    expect(found.opened.runbook).toEqual({ text: "it's 100 % \n \u001e 数据" });
    expect(found.events.map(({ seq, epoch }) => [seq, epoch])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    await host.close();
  });

  test('of two writers, the second is refused and nothing of it is written', async () => {
    const { state } = await store.take(holder('a'));
    const lease = { nonce: 'a', epoch: state.epoch };
    await store.append('r1', 0, lease, [opened]);
    const both = await Promise.allSettled(
      [1, 2, 3, 4].map((i) => store.append('r1', 1, lease, [noted(`writer ${i}`)])),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of both) if (one.status === 'rejected') expect(one.reason).toMatchObject({ why: 'conflict' });
    expect(fold((await store.read('r1')) ?? '', 'r1').events).toHaveLength(2);
    await host.close();
  });

  test('a lock is taken once, freed by its holder alone, and each new holder has a higher epoch', async () => {
    const first = await Promise.all(['a', 'b', 'c', 'd'].map((nonce) => store.take(holder(nonce))));
    expect(first.filter(({ taken }) => taken)).toHaveLength(1);
    const winner = first.find(({ taken }) => taken)?.state.holder?.nonce ?? '';
    expect((await store.take(holder(winner))).state.epoch).toBe(1);
    await store.release('somebody');
    expect((await store.load(1)).lock.holder?.nonce).toBe(winner);
    await store.release(winner);
    expect((await store.load(1)).lock).toEqual({ epoch: 1, holder: undefined });
    expect((await store.take(holder('z'))).state.epoch).toBe(2);
    await host.close();
  });

  test('after a takeover the old holder can neither write nor start anything', async () => {
    await store.take(holder('old'));
    await store.append('r1', 0, { nonce: 'old', epoch: 1 }, [opened]);
    expect((await store.take(holder('new'))).taken).toBe(false);
    expect((await store.take(holder('new'), 9)).taken).toBe(false);
    const taken = await store.take(holder('new'), 1);
    expect(taken).toMatchObject({ taken: true, state: { epoch: 2 } });
    await expect(store.append('r1', 1, { nonce: 'old', epoch: 1 }, [noted('late')])).rejects.toBeInstanceOf(Refusal);
    await expect(host.supervise({ id: 'late', release: 'r1', epoch: 1, run: ['true'] })).rejects.toThrow(
      'was taken over by a newer run',
    );
    await store.append('r1', 1, { nonce: 'new', epoch: 2 }, [noted('new')]);
    await host.close();
  });

  test('an announcement and its job are one call: refused together', async () => {
    await store.take(holder('a'));
    const lease = { nonce: 'a', epoch: 1 };
    await store.append('r1', 0, lease, [opened]);
    const wrong = store.announce('app', 'r1', 5, lease, noted('wrong place'));
    await expect(
      host.supervise({
        id: 'x',
        release: 'r1',
        epoch: 1,
        run: ['touch', join(place, 'started')],
        ...(wrong && { announce: wrong.announcement }),
      }),
    ).rejects.toThrow('another writer has appended');
    await expect(readFile(join(place, 'started'))).rejects.toThrow();
    const right = store.announce('app', 'r1', 1, lease, noted('right'));
    await host.supervise({
      id: 'x',
      release: 'r1',
      epoch: 1,
      run: ['touch', join(place, 'started')],
      ...(right && { announce: right.announcement }),
    });
    await readFile(join(place, 'started'));
    expect(fold((await store.read('r1')) ?? '', 'r1').events).toHaveLength(2);
    expect(store.announce('other', 'r1', 2, lease, noted('elsewhere'))).toBeUndefined();
    await host.close();
  });

  test('a torn line is closed by the next append, and a damaged lock is named', async () => {
    await store.take(holder('a'));
    const lease = { nonce: 'a', epoch: 1 };
    await store.append('r1', 0, lease, [opened]);
    await appendFile(join(place, 'records/r1.jsonl'), '{"seq":1,"at":"2026-');
    expect(fold((await store.read('r1')) ?? '', 'r1')).toMatchObject({ torn: [1], next: 2 });
    await store.append('r1', 2, lease, [noted('after')]);
    expect(fold((await store.read('r1')) ?? '', 'r1').events).toHaveLength(2);
    await writeFile(join(place, 'lock'), 'rubbish\n');
    await expect(store.load(1)).rejects.toThrow(/the lock at .* cannot be read/);
    expect(await store.mend()).toBe(true);
    // Free, and whoever held it before can write no more once it is taken.
    expect((await store.load(1)).lock).toEqual({ epoch: 1, holder: undefined });
    expect((await store.take(holder('b'))).state.epoch).toBe(2);
    expect(await store.mend()).toBe(false);
    expect((await store.load(1)).lock.holder?.nonce).toBe('b');
    await writeFile(join(place, 'lock'), '2 b\n{"run":');
    await writeFile(join(place, 'epoch'), 'rubbish\n');
    await expect(store.mend()).rejects.toThrow('the epoch beside the lock cannot be read either');
    await host.close();
  });

  test('a copy takes the place of a damaged record, which is kept beside it', async () => {
    await store.take(holder('a'));
    await store.append('r1', 0, { nonce: 'a', epoch: 1 }, [opened]);
    const copy = (await store.read('r1')) ?? '';
    await writeFile(join(place, 'records/r1.jsonl'), 'rubbish');
    await store.adopt('r1', copy);
    expect(await store.read('r1')).toBe(copy);
    expect((await store.load(5)).records).toHaveLength(1);
    await host.close();
  });
});
