import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { RunbookError } from '@release-runbook/units/error';
import { AGENT, quote, REFUSED } from './agent.ts';
import { isConnectionError, noSpace, Refusal, unreachable } from './error.ts';
import { GRACE_TENTHS, GROUP, LIFELINE, PROCESS } from './group.ts';
import { broken, safe } from './supervise.ts';
import { converse, type Ended, type Transport, wholeLines } from './transport.ts';
import type { Fence, Leftover } from './types.ts';

/**
 * A call behind the fence. RR_CALL: the path of its entry, an empty file whose name tells the leader's pid, start and boot: no
 * byte on the disk is needed for it, so that what makes room can run on a full one. RR_RUN: the program. The leader holds the
 * mutex until its entry is there, so that whoever raises the epoch finds it. What the program reads (4), and a program that is
 * too long for a variable (5), have no names any more when it begins. What it leaves running in good order (a user's own start
 * command) stays.
 */
const CALL = `${AGENT}${GROUP}${LIFELINE}
rr_call() { # length of the input, or -; of the program, or -
  jobs=\${RR_CALL%/*}; [ -d "$jobs" ] || mkdir -p "$jobs" || exit 73
  if [ "$1" = - ]; then exec 4</dev/null
  else rr_block "$RR_CALL.in" "$1"; exec 4<"$RR_CALL.in"; rm -f "$RR_CALL.in"; fi
  if [ "$2" != - ]; then rr_block "$RR_CALL.in" "$2"; exec 5<"$RR_CALL.in"; rm -f "$RR_CALL.in"; fi
  exec 3<&0
  rr_mutex; rr_epoch
  RR_CALL="$RR_CALL" RR_UMASK="$RR_UMASK" RR_RUN="$RR_RUN" setsid sh -c '${PROCESS}
    rr_look $$
    true >"$RR_CALL.$$.$rr_start.$rr_boot" || exit 73
    exec 9>&-
    echo rr-started >&2
    umask "$RR_UMASK"; rr_run=$RR_RUN; unset RR_CALL RR_UMASK RR_RUN
    eval "$rr_run"
  ' <&4 3<&- 4<&- &
  leader=$!
  exec 4<&- 5<&- 9>&-
  rr_life "$leader"
  wait "$leader" 2>/dev/null; code=$?
  rr_unlife
  rm -f "$RR_CALL".*
  echo rr-ended >&2
  exit "$code"
}
`;

/** On standard error, around what the program writes there. */
const STARTED = 'rr-started\n';
const ENDED = 'rr-ended\n';

/** A longer program goes through a file: Linux takes 128 KiB as one variable. */
const LONGEST = 100_000;
const FROM_FILE = 'rr_run=$(cat <&5); exec 5<&-; eval "$rr_run"';

/** Runs a program on a host behind the fence: refused to an older epoch, stopped with all that it started when the lifeline closes. */
export async function callFenced(
  { label, transport }: { label: string; transport: Transport },
  program: string,
  options: {
    fence: Fence;
    /** The environment's folder on the host. */
    folder: string;
    input: string | Uint8Array | undefined;
    timeoutMs: number;
    whole: boolean;
    onOutput: ((text: string) => void) | undefined;
  },
): Promise<Ended> {
  const { fence, folder, input } = options;
  const call = posix.join(folder, 'jobs', safe(fence.release), `call.${randomBytes(6).toString('hex')}`);
  const long = Buffer.byteLength(program) > LONGEST;
  let started = false;
  const errors = wholeLines((text) => {
    started ||= text.includes(STARTED);
  });
  const ended = await converse(
    transport,
    `${CALL}
RR_STATE=${quote(folder)} RR_CALL=${quote(call)} RR_EPOCH=${fence.epoch} RR_GRACE=${GRACE_TENTHS}
RR_RUN=${quote(long ? FROM_FILE : program)}
rr_call ${input === undefined ? '-' : Buffer.byteLength(input)} ${long ? Buffer.byteLength(program) : '-'}
`,
    {
      blocks: [...(input === undefined ? [] : [input]), ...(long ? [program] : [])],
      timeoutMs: options.timeoutMs,
      lifeline: true,
      whole: options.whole,
      onOutput: options.onOutput,
      onError: (text) => {
        if (!started) errors.add(text);
      },
    },
  );
  if (started) {
    const end = ended.stderr.lastIndexOf(ENDED);
    if (end < 0 && !ended.timedOut) throw broken(label, 'a program of this step');
    const stderr = end < 0 ? ended.stderr : ended.stderr.slice(0, end) + ended.stderr.slice(end + ENDED.length);
    return { ...ended, stderr: stderr.replace(STARTED, '') };
  }
  if (ended.timedOut) return ended;
  if (ended.code === REFUSED.epoch) throw new Refusal('epoch', label);
  if (ended.code === REFUSED.space) throw noSpace(label, call);
  if (ended.code === 255 || isConnectionError(ended.stderr)) throw unreachable(label, ended.stderr, false);
  throw new RunbookError(
    `host ${label}: a program could not be started (exit ${ended.code}): ${ended.stderr.trim() || 'no word why'}`,
  );
}

/**
 * Raises the epoch, after which nothing older can begin, then stops whatever runs there in the environment's name: "run PID PATH
 * PROGRAM" of each before, "left PID" of what could not be killed.
 */
export const SWEEP = `${AGENT}${GROUP}
rr_mutex; rr_epoch
pids=; gone=
for f in "$RR_STATE"/jobs/*/*/pid "$RR_STATE"/jobs/*/call.*; do
  [ -e "$f" ] || continue
  case "$f" in
    */pid) read -r pid start boot epoch <"$f"; what=\${f%/pid} ;;
    *.in) rm -f "$f"; continue ;;
    *) boot=\${f##*.}; what=\${f%.*}; start=\${what##*.}; what=\${what%.*}; pid=\${what##*.}; what=\${what%.*} ;;
  esac
  if rr_alive "$pid" "$start" "$boot"; then
    program=; read -r program 2>/dev/null <"/proc/$pid/comm"
    echo "run $pid \${what#"$RR_STATE/"} $program"
    pids="$pids $pid"
  else case "$f" in */pid) ;; *) rm -f "$f" ;; esac; fi
done
exec 9>&-
for pid in $pids; do rr_stop "$pid" "$RR_GRACE" & done
wait
for pid in $pids; do ! rr_group "$pid" || echo "left $pid"; done
`;

/** Reads what SWEEP printed. */
export function parseSweep(text: string): { found: readonly Leftover[]; left: readonly number[] } {
  const lines = text.split('\n').map((line) => line.split(' '));
  return {
    found: lines.flatMap(([word, pid, path = '', ...program]) =>
      word === 'run' ? [{ pid: Number(pid), path, program: program.join(' ') }] : [],
    ),
    left: lines.flatMap(([word, pid]) => (word === 'left' ? [Number(pid)] : [])),
  };
}
