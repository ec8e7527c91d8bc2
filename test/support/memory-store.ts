import { Refusal } from '@release-runbook/hosts/error';
import type { Holder } from '@release-runbook/record/events';
import { type LockState, number, type Store } from '@release-runbook/record/store';

/** A store in memory with the meaning of the real ones: seq, lock and epoch are compared at every append. */
export interface MemoryStore extends Store {
  /** Text of every record, by release. */
  readonly records: Map<string, string>;
  lock(): LockState;
}

export function memoryStore(now: () => Date = () => new Date()): MemoryStore {
  const records = new Map<string, string>();
  const place = 'memory';
  let epoch = 0;
  let holder: Holder | undefined;
  const state = (): LockState => ({ epoch, holder });
  const lines = (release: string) => (records.get(release) ?? '').split('\n').length - 1;
  return {
    place,
    records,
    lock: state,
    async load(limit) {
      const names = [...records.keys()].sort().slice(-limit);
      return { lock: state(), records: names.map((release) => ({ release, text: records.get(release) as string })) };
    },
    async read(release) {
      return records.get(release);
    },
    async append(release, seq, lease, events) {
      if (holder?.nonce !== lease.nonce) throw new Refusal('lock', place);
      if (epoch !== lease.epoch) throw new Refusal('epoch', place);
      if (lines(release) !== seq) throw new Refusal('conflict', place);
      const numbered = number(events, seq, lease.epoch, now);
      records.set(
        release,
        (records.get(release) ?? '') + numbered.map((event) => `${JSON.stringify(event)}\n`).join(''),
      );
      return numbered;
    },
    announce: () => undefined,
    async take(wanted, takeover) {
      if (holder?.nonce !== wanted.nonce && (holder === undefined || takeover === epoch)) {
        epoch++;
        holder = wanted;
      }
      return { taken: holder?.nonce === wanted.nonce, state: state() };
    },
    async adopt(release, text) {
      records.set(release, text);
    },
    mend: async () => false,
    async release(nonce) {
      if (holder?.nonce === nonce) holder = undefined;
    },
  };
}
