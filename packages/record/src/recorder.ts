import { Refusal } from '@release-runbook/hosts/error';
import type { Hosts, Job, JobResult } from '@release-runbook/hosts/types';
import type { Failed, Intends, NewEvent, RecordEvent, Step, UndoData, Undoing } from './events.ts';
import { fold, foldEvents } from './fold.ts';
import type { ReleaseState } from './state.ts';
import type { Lease, Store } from './store.ts';

/** Starts a supervised job; id, release, epoch and, on the record's home, the announcement are filled in. */
export type StartJob = (job: Omit<Job, 'id' | 'release' | 'epoch' | 'announce'>) => Promise<JobResult>;

/** A change: announced (durably), made, confirmed. */
export interface Change<T> {
  readonly item: string;
  readonly undo: UndoData | null;
  /** The host of the job that `make` starts, if it starts one. The announcement then goes with the job. */
  readonly host?: string;
  readonly make: (start: StartJob) => Promise<{ value: T; data?: Readonly<Record<string, unknown>> }>;
}

export interface Undo {
  readonly item: string;
  readonly host?: string;
  readonly make: (start: StartJob) => Promise<{ how: string; data?: Readonly<Record<string, unknown>> }>;
}

/** The open record of one release, written under the environment's lock. One call at a time: callers await each. */
export interface Recorder {
  readonly release: string;
  readonly epoch: number;
  state(): ReleaseState;
  write(...events: readonly NewEvent[]): Promise<void>;
  /** Undefined: the item is done already. */
  change<T>(step: Step, change: Change<T>): Promise<{ value: T } | undefined>;
  /** Announces, undoes, confirms. An undo that died is simply begun again: each is repeatable. */
  undo(undo: Undo): Promise<void>;
}

export interface RecorderOptions {
  readonly store: Store;
  readonly lease: Lease;
  readonly hosts: Hosts;
  /** Takes secrets out of texts before they are written. */
  readonly redact: (text: string) => string;
  /** Aborted when the job is being cancelled: no change is begun any more. */
  readonly signal?: AbortSignal;
}

/** Creates a release's record with its `opened` event. */
export async function createRecord(
  release: string,
  opened: NewEvent & { event: 'opened' },
  options: RecorderOptions,
): Promise<Recorder> {
  const [event] = await options.store.append(release, 0, options.lease, [opened]);
  return recorder(release, event === undefined ? [] : [event], [], 1, options);
}

/** Goes on with a release's record from its state as it was read. */
export function resumeRecord(state: ReleaseState, options: RecorderOptions): Recorder {
  return recorder(state.release, state.events, state.torn, state.next, options);
}

function recorder(
  release: string,
  known: readonly RecordEvent[],
  torn: readonly number[],
  from: number,
  options: RecorderOptions,
): Recorder {
  const { store, lease, hosts, redact } = options;
  let events = [...known];
  let next = from;
  let cached: ReleaseState | undefined;
  // Announced in the call that starts a job, and that call broke: whether it was written, and the job begun, is not known.
  let doubtful: RecordEvent | undefined;
  const took = (added: readonly RecordEvent[]) => {
    events = [...events, ...added];
    next += added.length;
    cached = undefined;
  };
  const state = () => {
    const opened = events[0];
    if (opened?.event !== 'opened') throw new Error('a record begins with opened');
    cached ??= foldEvents(opened, doubtful === undefined ? events : [...events, doubtful], torn, next);
    return cached;
  };
  const write = async (...added: readonly NewEvent[]) => {
    if (doubtful !== undefined) await catchUp();
    if (added.length > 0)
      took(
        await store.append(
          release,
          next,
          lease,
          added.map((event) => withoutSecrets(event, redact)),
        ),
      );
  };

  /** Writes `event` before `make` begins, or with the first job that it starts on the record's home. */
  const announced = async <T>(
    event: Omit<Intends, 'seq' | 'at' | 'epoch'> | Omit<Undoing, 'seq' | 'at' | 'epoch'>,
    id: string,
    make: (start: StartJob) => Promise<T>,
  ): Promise<T> => {
    const withJob = event.host === undefined ? undefined : store.announce(event.host, release, next, lease, event);
    let pending = withJob;
    if (pending === undefined) await write(event);
    const start: StartJob = async (job) => {
      if (event.host === undefined) throw new Error(`${id} starts a job and names no host`);
      const announcement = pending;
      pending = undefined;
      const host = hosts.get(event.host);
      try {
        const result = await host.supervise({
          ...job,
          id,
          release,
          epoch: lease.epoch,
          ...(announcement === undefined ? {} : { announce: announcement.announcement }),
        });
        if (announcement !== undefined) took([announcement.event]);
        return result;
      } catch (error) {
        if (!(error instanceof Refusal) && announcement !== undefined) {
          doubtful = announcement.event;
          cached = undefined;
        }
        throw error;
      }
    };
    const value = await make(start);
    // `make` found nothing to start: what it did is announced all the same.
    if (pending !== undefined) {
      pending = undefined;
      await write(event);
    }
    return value;
  };

  /** After a failure it is not always known whether the announcement reached the record: look. */
  const catchUp = async () => {
    const text = await store.read(release);
    if (text === undefined) return;
    const found = fold(text, release);
    events = [...found.events];
    next = found.next;
    doubtful = undefined;
    cached = undefined;
  };

  return {
    release,
    epoch: lease.epoch,
    state,
    write,
    async change(step, { item, undo, host, make }) {
      options.signal?.throwIfAborted();
      if (state().items.find((known) => known.item === item)?.state === 'done') return undefined;
      const began = performance.now();
      const intends = { event: 'intends', step, item, undo, ...(host === undefined ? {} : { host }) } as const;
      try {
        const { value, data } = await announced(intends, item, make);
        await write({
          event: 'did',
          step,
          item,
          ms: Math.round(performance.now() - began),
          ...(data === undefined ? {} : { data }),
        });
        return { value };
      } catch (error) {
        if (error instanceof Refusal) throw error;
        const failed: Omit<Failed, 'seq' | 'at' | 'epoch'> = {
          event: 'failed',
          step,
          item,
          ms: Math.round(performance.now() - began),
          message: redact(error instanceof Error ? error.message : String(error)),
        };
        try {
          await catchUp();
          if (state().items.some((known) => known.item === item && known.state === 'announced')) await write(failed);
        } catch {
          // The first failure is the one to tell; an item without an end is settled by whoever comes next.
        }
        throw error;
      }
    },
    async undo({ item, host, make }) {
      const began = performance.now();
      const { how, data } = await announced(
        { event: 'undoing', step: 'rollback', item, ...(host === undefined ? {} : { host }) },
        `undo-${item}`,
        make,
      );
      await write({
        event: 'undone',
        step: 'rollback',
        item,
        ms: Math.round(performance.now() - began),
        how: redact(how),
        ...(data === undefined ? {} : { data }),
      });
    },
  };
}

/** Keys whose values are words for people, and may quote what a program printed. Names and ids are compared, and stay. */
const PROSE = new Set(['text', 'message', 'how', 'why']);

function withoutSecrets<T>(value: T, redact: (text: string) => string, key = ''): T {
  if (typeof value === 'string') return (PROSE.has(key) ? redact(value) : value) as T;
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one as unknown, redact, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withoutSecrets(one as unknown, redact, name)]),
  ) as T;
}
