import { posix } from 'node:path';
import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import { RunbookError } from '@release-runbook/units/error';
import { AGENT, APPEND, quote, REFUSED } from './agent.ts';
import { HostError, isConnectionError, noSpace, Refusal, unreachable } from './error.ts';
import { GRACE_TENTHS, GROUP, LIFELINE, PROCESS } from './group.ts';
import { launcher, prelude } from './programs.ts';
import { converse, type Transport, wholeLines } from './transport.ts';
import type { Job, JobResult, JobState } from './types.ts';

const JOB_TIMEOUT = 30 * 60_000;

/**
 * RR_JOB is the job's folder; `run` in it is the launcher (directory, variables, program). The leader of the new session writes
 * pid and exit code itself, so both are true even when this shell died; it holds the mutex until its pid is written, so that
 * whoever raises the epoch finds it.
 */
const SUPERVISE = `${AGENT}${APPEND}${GROUP}${LIFELINE}
rr_supervise() {
  exec 3<&0
  : >"$RR_JOB/out"
  RR_JOB="$RR_JOB" RR_EPOCH="$RR_EPOCH" RR_UMASK="$RR_UMASK" setsid sh -c '${PROCESS}
    trap : TERM INT HUP
    rr_look $$
    echo "$$ $rr_start $rr_boot $RR_EPOCH" >"$RR_JOB/pid.new" && mv "$RR_JOB/pid.new" "$RR_JOB/pid" || exit 73
    exec 9>&-
    ( umask "$RR_UMASK"; exec sh "$RR_JOB/run" ) </dev/null >>"$RR_JOB/out" 2>&1
    echo "$?" >"$RR_JOB/exit.partial" && mv "$RR_JOB/exit.partial" "$RR_JOB/exit" || rm -f "$RR_JOB/exit.partial"
  ' 3<&- </dev/null >/dev/null 2>&1 &
  leader=$!
  exec 9>&-
  rr_life "$leader"
  echo "rr-started $leader" >&2
  if tail --help 2>/dev/null | grep -q -e --pid; then
    tail --pid="$leader" -f -s 0.05 -c +1 "$RR_JOB/out" 2>/dev/null &
    wait "$leader" 2>/dev/null; wait "$!" 2>/dev/null
  else
    wait "$leader" 2>/dev/null; cat "$RR_JOB/out"
  fi
  stopped=; ! rr_unlife || stopped=1
  code=137; [ ! -s "$RR_JOB/exit" ] || read -r code <"$RR_JOB/exit"
  # No exit code because nothing can be written any more: that is another thing than a job that was killed.
  [ -s "$RR_JOB/exit" ] || [ -n "$stopped" ] || (echo probe >"$RR_JOB/probe") 2>/dev/null || echo rr-full >&2
  rm -f "$RR_JOB/probe"
  echo "rr-exit $code" >&2
}
`;

/** The job's folder, under the environment's folder on the host. */
export function jobFolder(release: string, id: string): string {
  return `jobs/${safe(release)}/${safe(id)}`;
}

/** A text as the name of a file. */
export function safe(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
}

/** Runs a change under the supervisor, in the environment's `folder` on the host, and waits for it. */
export async function supervise(
  job: Job,
  {
    folder,
    directory,
    spec,
    connection,
  }: { folder: string; directory: string; spec: HostSpec; connection: { label: string; transport: Transport } },
): Promise<JobResult> {
  const place = posix.join(folder, jobFolder(job.release, job.id));
  const { line, script } = launcher(job.run, posix.join(place, 'script'));
  // The launcher holds what may be secret: it removes itself when it has been read.
  const run = `rm -f "$0"\n${prelude(spec, directory, job.env)}${line}`;
  const announce = job.announce;
  const appended = announce === undefined ? '' : `${announce.line}\n`;
  const program = `${SUPERVISE}
RR_STATE=${quote(folder)} RR_JOB=${quote(place)} RR_EPOCH=${job.epoch} RR_GRACE=${GRACE_TENTHS}
rr_mutex; rr_epoch
mkdir -p "$RR_JOB" && rm -f "$RR_JOB/pid" "$RR_JOB/exit" || exit 73
rr_block "$RR_JOB/run" ${Buffer.byteLength(run)}; rr_block "$RR_JOB/script" ${Buffer.byteLength(script)}
${announce === undefined ? '' : `rr_append ${quote(announce.record)} ${quote(announce.nonce)} ${announce.seq} ${Buffer.byteLength(appended)}`}
rr_supervise
`;
  const lines = wholeLines(job.onOutput);
  const ended = await converse(connection.transport, program, {
    blocks: [run, script, appended],
    timeoutMs: job.timeoutMs ?? JOB_TIMEOUT,
    lifeline: true,
    onOutput: lines.add,
  });
  lines.end();
  const exit = /^rr-exit (\d+)$/m.exec(ended.stderr);
  if (/^rr-full$/m.test(ended.stderr))
    throw new HostError(
      'no-space',
      `host ${connection.label}: no space left at ${place} while ${job.id} ran, so how it ended could not be written there`,
      {
        hint: `free some space there first (df -h ${folder})`,
      },
    );
  if (exit) return { code: Number(exit[1]), output: ended.stdout, ms: ended.ms, timedOut: ended.timedOut };
  if (ended.timedOut) return { code: 137, output: ended.stdout, ms: ended.ms, timedOut: true };
  throw notSupervised(ended.code, ended.stderr, job, connection.label, place);
}

function notSupervised(code: number, stderr: string, job: Job, label: string, place: string): Error {
  if (code === REFUSED.conflict) return new Refusal('conflict', label);
  if (code === REFUSED.lock) return new Refusal('lock', label);
  if (code === REFUSED.epoch) return new Refusal('epoch', label);
  if (code === REFUSED.space) return noSpace(label, place);
  if (/^rr-started /m.test(stderr)) return broken(label, job.id);
  if (code === 255 || isConnectionError(stderr)) return unreachable(label, stderr, false);
  return new RunbookError(`host ${label}: ${job.id} could not be supervised (exit ${code}): ${stderr.trim()}`, {
    hint: 'whether it was started is not known; `runbook rollback` looks before it undoes anything',
  });
}

/** The connection went away under something that runs on its lifeline. */
export function broken(label: string, what: string): HostError {
  return new HostError(
    'unreachable',
    `the connection to host ${label} broke while ${what} ran there; with the connection gone, it is stopped there with all that it had started`,
    {
      hint: 'once the host answers again; the rollback looks first whether it still runs',
    },
  );
}

const READ_PID = 'pid=; [ ! -s "$RR_JOB/pid" ] || read -r pid start boot epoch <"$RR_JOB/pid"\n';

const TELL = `
if rr_alive "$pid" "$start" "$boot"; then echo "running $pid $epoch"
elif [ -s "$RR_JOB/exit" ]; then read -r code <"$RR_JOB/exit"; echo "done $code"
elif [ -e "$RR_JOB/out" ]; then echo lost
else echo none; fi
[ ! -e "$RR_JOB/out" ] || tail -c 20000 "$RR_JOB/out"
`;

/** RR_JOB: the job's folder. */
export const JOB_STATE = `${GROUP}${READ_PID}${TELL}`;

/** Ends the job's group first; RR_TENTHS between TERM and KILL. */
export const STOP_JOB = `${GROUP}${READ_PID}
if rr_alive "$pid" "$start" "$boot"; then rr_stop "$pid" "$RR_TENTHS"; fi
${TELL}`;

/** Reads what JOB_STATE printed. */
export function parseJobState(text: string): JobState {
  const end = text.indexOf('\n');
  const [word, a = '', b = ''] = text.slice(0, end).split(' ');
  const output = text.slice(end + 1);
  if (word === 'running') return { state: 'running', pid: Number(a), epoch: Number(b) };
  if (word === 'done') return { state: 'done', code: Number(a), output };
  return word === 'lost' ? { state: 'lost', output } : { state: 'none' };
}
