/**
 * What runs on a host: a few lines of POSIX sh, sent along with every call. Needs nothing there but sh, coreutils (dd, tail,
 * wc, mv) and util-linux (flock, setsid), or busybox.
 *
 * Framing: the remote command is always BOOT. Its standard input is one line with a length, so many bytes of program, then
 * whatever that program reads: scripts as blocks of known length, input of a program, and at last the lifeline. So nothing
 * that may be secret ever stands in an argument list, and a script that reads standard input cannot swallow the rest.
 */
export const BOOT = 'read -r n; eval "$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null)"';

/** Quotes a text for sh. Single quotes leave nothing to expand. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The framed program: what goes to standard input before anything else. */
export function frame(program: string): string {
  return `${Buffer.byteLength(program)}\n${program}`;
}

/** Exit codes of the suite's own sh functions, where no user's program can be meant. */
export const REFUSED = { conflict: 70, lock: 71, epoch: 72, space: 73, damaged: 74 } as const;

/**
 * Functions shared by the record's store and the supervisor. RR_STATE is the environment's folder on the host.
 * `lock` is one file, so that a crash never leaves half of it: "epoch nonce" and the holder as JSON on the second line.
 */
export const AGENT = `
RR_UMASK=$(umask); umask 077
rr_mutex() { mkdir -p "$RR_STATE/records" "$RR_STATE/jobs" || exit 73; exec 9>"$RR_STATE/mutex" || exit 73; flock 9; }
rr_block() { # file length: the next bytes of standard input into a file, whole or not at all
  if [ "$2" -eq 0 ]; then : >"$1"; return; fi
  dd bs="$2" count=1 iflag=fullblock of="$1" 2>/dev/null && [ "$(wc -c <"$1")" -eq "$2" ] || exit 73
}
rr_put() { # file text: replaced at once, durable
  printf '%s\\n' "$2" | dd of="$1.partial" conv=fsync 2>/dev/null && mv "$1.partial" "$1" || { rm -f "$1.partial"; exit 73; }
}
rr_epoch() { # an older epoch than one seen here is refused
  seen=0; [ ! -s "$RR_STATE/epoch" ] || read -r seen <"$RR_STATE/epoch"
  [ "$RR_EPOCH" -ge "$seen" ] || exit 72
  [ "$RR_EPOCH" -eq "$seen" ] || rr_put "$RR_STATE/epoch" "$RR_EPOCH"
}
rr_append() { # record nonce seq length: lock, epoch and place are compared, then the block is appended and synced
  e=0; n=-; [ ! -s "$RR_STATE/lock" ] || read -r e n <"$RR_STATE/lock"
  { [ "$n" = "$2" ] && [ "$e" -eq "$RR_EPOCH" ]; } || exit 71
  f="$RR_STATE/records/$1.jsonl"; lines=0; torn=
  if [ -s "$f" ]; then
    lines=$(wc -l <"$f"); [ -z "$(tail -c 1 "$f")" ] || { torn=1; lines=$((lines + 1)); }
  fi
  [ "$lines" -eq "$3" ] || exit 70
  [ -z "$torn" ] || printf '\\n' >>"$f" || exit 73
  before=$(wc -c <"$f" 2>/dev/null || echo 0)
  dd bs="$4" count=1 iflag=fullblock oflag=append conv=notrunc,fsync of="$f" 2>/dev/null && [ "$(wc -c <"$f")" -eq "$((before + $4))" ] || {
    # The part that found space goes again; of a new record nothing stays.
    if [ "$before" -eq 0 ]; then rm -f "$f"; else truncate -s "$before" "$f" 2>/dev/null || :; fi
    exit 73
  }
  [ "$lines" -gt 0 ] || sync "$RR_STATE/records" 2>/dev/null || :
}
rr_started() { # pid: when it started, in ticks since boot; tells a process from a later one with its number
  [ -r "/proc/$1/stat" ] || return 1
  read -r line <"/proc/$1/stat" || return 1
  set -- \${line##*) }; [ "$1" != Z ] || return 1
  echo "\${20}"
}
rr_pid() { # job folder: the pid of the job when anything of its group still runs
  [ -s "$1/pid" ] || return 1
  read -r pid start epoch <"$1/pid"
  now=$(rr_started "$pid") || now=
  if [ "$now" != "$start" ]; then
    # The leader may end before its group does (a child that ignores TERM); until then its number is given to nobody else.
    [ -z "$now" ] && [ "$(stat -c %Y "$1/pid")" -ge "$(rr_boot)" ] && rr_group "$pid" || return 1
  fi
  echo "$pid"
}
rr_boot() { # seconds since 1970; a group's number from before says nothing
  while read -r name seconds; do [ "$name" != btime ] || { echo "$seconds"; return; }; done </proc/stat
  echo 0
}
rr_stop() { # pid tenths: the whole group, first asked, then killed
  kill -TERM -"$1" 2>/dev/null || return 0
  i=0
  while [ "$i" -lt "$2" ] && rr_group "$1"; do sleep 0.1; i=$((i + 1)); done
  kill -KILL -"$1" 2>/dev/null || :
  i=0
  while [ "$i" -lt 20 ] && rr_group "$1"; do sleep 0.1; i=$((i + 1)); done
}
rr_group() { # pid: is anything of its process group alive (a zombie is not)
  kill -0 -"$1" 2>/dev/null || return 1
  for stat in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$stat" || continue
    set -- "$1" \${line##*) }
    [ "$4" = "$1" ] && [ "$2" != Z ] && return 0
  done
  return 1
}
`;

/**
 * The supervisor. RR_JOB is the job's folder; \`run\` in it is the launcher (directory, variables, program). The leader of the
 * new session writes pid and exit code itself, so both are true even when this shell died. Standard input (kept as 3) brings a
 * line every few seconds as the heartbeat; when it closes, the group is stopped.
 */
export const SUPERVISE = `
rr_supervise() {
  exec 3<&0
  : >"$RR_JOB/out"
  RR_JOB="$RR_JOB" RR_EPOCH="$RR_EPOCH" RR_UMASK="$RR_UMASK" setsid sh -c '
    trap : TERM INT HUP
    read -r line </proc/$$/stat; set -- \${line##*) }
    echo "$$ \${20} $RR_EPOCH" >"$RR_JOB/pid.leader" && mv "$RR_JOB/pid.leader" "$RR_JOB/pid"
    ( umask "$RR_UMASK"; exec sh "$RR_JOB/run" ) </dev/null >>"$RR_JOB/out" 2>&1
    echo "$?" >"$RR_JOB/exit.partial" && mv "$RR_JOB/exit.partial" "$RR_JOB/exit" || rm -f "$RR_JOB/exit.partial"
  ' 3<&- 9>&- </dev/null >/dev/null 2>&1 &
  leader=$!
  [ -s "$RR_JOB/pid" ] || { echo "$leader $(rr_started "$leader") $RR_EPOCH" >"$RR_JOB/pid.parent" && mv "$RR_JOB/pid.parent" "$RR_JOB/pid"; }
  exec 9>&-
  echo "rr-started $leader" >&2
  ( while read -r beat; do : >"$RR_JOB/heartbeat"; done; : >"$RR_JOB/stopping"; rr_stop "$leader" "$RR_GRACE" ) <&3 >/dev/null 2>&1 &
  life=$!
  exec 3<&- </dev/null
  if tail --help 2>/dev/null | grep -q -e --pid; then
    tail --pid="$leader" -f -s 0.05 -c +1 "$RR_JOB/out" 2>/dev/null &
    wait "$leader" 2>/dev/null; wait "$!" 2>/dev/null
  else
    wait "$leader" 2>/dev/null; cat "$RR_JOB/out"
  fi
  # A lifeline that has closed is still stopping the rest of the group: wait for it.
  if [ -e "$RR_JOB/stopping" ]; then wait "$life" 2>/dev/null; else kill "$life" 2>/dev/null; fi
  code=137; [ ! -s "$RR_JOB/exit" ] || read -r code <"$RR_JOB/exit"
  # No exit code because nothing can be written any more: that is another thing than a job that was killed.
  [ -s "$RR_JOB/exit" ] || [ -e "$RR_JOB/stopping" ] || (echo probe >"$RR_JOB/probe") 2>/dev/null || echo rr-full >&2
  rm -f "$RR_JOB/probe"
  echo "rr-exit $code" >&2
}
`;
