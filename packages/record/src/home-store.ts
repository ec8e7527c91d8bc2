import { AGENT, APPEND, REFUSED } from '@release-runbook/hosts/agent';
import { HostError, Refusal } from '@release-runbook/hosts/error';
import type { Host } from '@release-runbook/hosts/types';
import { RunbookError } from '@release-runbook/units/error';
import type { Holder, RecordEvent } from './events.ts';
import { type LockState, number, type Store, type StoredRecord } from './store.ts';

/** Separates records in one answer; JSON never holds it unescaped. */
const MARK = '\u001e';

/** Puts the newest records and the lock on standard output. Release ids begin with their UTC time: names sort by age. */
const LOAD = `
[ ! -s "$RR_STATE/lock" ] || cat "$RR_STATE/lock"
cd "$RR_STATE/records" 2>/dev/null || exit 0
ls | grep '\\.jsonl$' | tail -n "$RR_LIMIT" | while read -r f; do printf '\\036%s\\n' "\${f%.jsonl}"; cat "./$f"; printf '\\036-\\n'; done
`;

const TAKE = `
rr_mutex
e=0; n=-; [ ! -s "$RR_STATE/lock" ] || read -r e n <"$RR_STATE/lock"
if [ "$n" = "$RR_NONCE" ]; then :
elif [ "$n" = - ] || [ "$e" = "$RR_TAKEOVER" ]; then
  e=$((e + 1))
  rr_put "$RR_STATE/epoch" "$e"
  rr_put "$RR_STATE/lock" "$e $RR_NONCE
$RR_HOLDER"
fi
cat "$RR_STATE/lock"
`;

const ADOPT = `
rr_mutex
f="$RR_STATE/records/$RR_RECORD.jsonl"
rr_block "$f.partial" "$RR_LENGTH"
sync "$f.partial" 2>/dev/null || :
[ ! -e "$f" ] || mv "$f" "$f.replaced-$(date -u +%Y%m%dT%H%M%SZ)"
mv "$f.partial" "$f"
`;

/** The lock with a sum of it, so that no other than this one is replaced. */
const LOOK = `
[ -s "$RR_STATE/lock" ] || exit 0
cksum <"$RR_STATE/lock"; cat "$RR_STATE/lock"
`;

const MEND = `
rr_mutex
[ "$(cksum <"$RR_STATE/lock")" = "$RR_SUM" ] || exit 0
e=0; [ ! -s "$RR_STATE/epoch" ] || read -r e <"$RR_STATE/epoch"
case "$e" in '' | *[!0-9]*) echo "the epoch beside the lock cannot be read either" >&2; exit 1 ;; esac
rr_put "$RR_STATE/lock" "$e -"
echo mended
`;

const RELEASE = `
rr_mutex
[ -s "$RR_STATE/lock" ] || exit 0
read -r e n <"$RR_STATE/lock"
[ "$n" = "$RR_NONCE" ] || exit 0
rr_put "$RR_STATE/lock" "$e -"
`;

/**
 * The record on the environment's home host, in the suite's folder there: readable whenever that host can be changed at all,
 * also from a laptop while the forge is down.
 */
export function homeStore(host: Host, place: string, now: () => Date = () => new Date()): Store {
  const call = async (program: string, env: Readonly<Record<string, string>>, input?: string): Promise<string> => {
    const more = input === undefined ? {} : { input };
    const done = await host.shell(AGENT + program, { env, whole: true, unfenced: true, ...more });
    if (done.timedOut)
      throw new RunbookError(`the record at ${place} did not answer in time`, {
        hint: `look for a process that holds ${place}/mutex (fuser)`,
      });
    if (done.code === REFUSED.conflict) throw new Refusal('conflict', place);
    if (done.code === REFUSED.lock) throw new Refusal('lock', place);
    if (done.code === REFUSED.epoch) throw new Refusal('epoch', place);
    if (done.code === REFUSED.space)
      throw new HostError(
        'no-space',
        `the record at ${place} cannot be written: no space left, or no right to; the change it announces was not started`,
        {
          hint: 'free some space on that host (df -h ~/.release-runbook), then run the same command again',
        },
      );
    if (done.code !== 0) throw new RunbookError(`the record at ${place}: ${done.stderr.trim() || `exit ${done.code}`}`);
    return done.stdout;
  };

  return {
    place,
    async load(limit) {
      const text = await call(LOAD, { RR_LIMIT: String(limit) });
      const [lock = '', ...parts] = text.split(MARK);
      const records: StoredRecord[] = [];
      for (const part of parts) {
        const end = part.indexOf('\n');
        const release = part.slice(0, end);
        if (release !== '-') records.push({ release, text: part.slice(end + 1) });
      }
      return { lock: parseLock(lock, place), records };
    },
    async read(release) {
      checkId(release);
      return host.read(`${await host.state()}/records/${release}.jsonl`);
    },
    async append(release, seq, lease, events) {
      checkId(release);
      const numbered = number(events, seq, lease.epoch, now);
      const block = numbered.map((event) => `${JSON.stringify(event)}\n`).join('');
      await call(
        `${APPEND}rr_mutex; rr_epoch; rr_append "$RR_RECORD" "$RR_NONCE" "$RR_SEQ" "$RR_LENGTH"\n`,
        {
          RR_RECORD: release,
          RR_NONCE: lease.nonce,
          RR_EPOCH: String(lease.epoch),
          RR_SEQ: String(seq),
          RR_LENGTH: String(Buffer.byteLength(block)),
        },
        block,
      );
      return numbered;
    },
    announce(on, release, seq, lease, event) {
      if (on !== host.name) return undefined;
      const [numbered] = number([event], seq, lease.epoch, now) as [RecordEvent];
      return {
        announcement: { record: release, nonce: lease.nonce, seq, line: JSON.stringify(numbered) },
        event: numbered,
      };
    },
    async take(holder, takeover) {
      const text = await call(TAKE, {
        RR_NONCE: holder.nonce,
        RR_TAKEOVER: takeover === undefined ? 'no' : String(takeover),
        RR_HOLDER: JSON.stringify(holder),
      });
      const state = parseLock(text, place);
      return { taken: state.holder?.nonce === holder.nonce, state };
    },
    async adopt(release, text) {
      checkId(release);
      await call(ADOPT, { RR_RECORD: release, RR_LENGTH: String(Buffer.byteLength(text)) }, text);
    },
    async mend() {
      const [sum = '', ...rest] = (await call(LOOK, {})).split('\n');
      if (sum === '' || isReadable(rest.join('\n'), place)) return false;
      return (await call(MEND, { RR_SUM: sum })) !== '';
    },
    async release(nonce) {
      await call(RELEASE, { RR_NONCE: nonce });
    },
  };
}

function parseLock(text: string, place: string): LockState {
  const [first = '', second = ''] = text.split('\n');
  if (first === '') return { epoch: 0, holder: undefined };
  const [epoch = '', nonce = ''] = first.split(' ');
  if (!/^\d+$/.test(epoch)) throw damagedLock(place);
  if (nonce === '-') return { epoch: Number(epoch), holder: undefined };
  try {
    return { epoch: Number(epoch), holder: JSON.parse(second) as Holder };
  } catch {
    throw damagedLock(place);
  }
}

function isReadable(text: string, place: string): boolean {
  try {
    parseLock(text, place);
    return true;
  } catch {
    return false;
  }
}

function damagedLock(place: string): RunbookError {
  return new RunbookError(`the lock at ${place}/lock cannot be read`, {
    hint: 'when no release or rollback of this environment runs anywhere: `runbook unlock --force`',
  });
}

/** A release id becomes a file's name. */
export function checkId(release: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.+-]{0,150}$/.test(release))
    throw new RunbookError(`not a release's id: ${JSON.stringify(release)}`, {
      hint: '`runbook status` lists the releases',
    });
}
