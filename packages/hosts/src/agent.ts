/**
 * What runs on a host: a few lines of POSIX sh, sent along with every call. Needs nothing there but sh, coreutils (dd, tail,
 * wc, mv) and util-linux (flock, setsid), or busybox.
 *
 * Framing: the remote command is always BOOT. Its standard input is one line with a length, so many bytes of program, then
 * whatever that program reads: scripts as blocks of known length, input of a program, and at last the lifeline. So nothing
 * that may be secret ever stands in an argument list, and a script that reads standard input cannot swallow the rest.
 */
export const BOOT =
  'read -r n; p=$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null); case "$p" in *"#rr") eval "$p" ;; esac';

/** Quotes a text for sh. Single quotes leave nothing to expand. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * The framed program: what goes to standard input before anything else. It ends with a mark, so that one of which a part is
 * missing, since its sender died, is not begun.
 */
export function frame(program: string): string {
  const whole = `${program}\n#rr`;
  return `${Buffer.byteLength(whole)}\n${whole}`;
}

/** Exit codes of the suite's own sh functions, where no user's program can be meant. */
export const REFUSED = { conflict: 70, lock: 71, epoch: 72, space: 73 } as const;

/**
 * What every guarded call needs. RR_STATE is the environment's folder on the host. `lock` is one file, so that a crash never
 * leaves half of it: "epoch nonce" and the holder as JSON on the second line.
 */
export const AGENT = `
RR_UMASK=$(umask); umask 077
rr_mutex() {
  [ -d "$RR_STATE/records" ] && [ -d "$RR_STATE/jobs" ] || mkdir -p "$RR_STATE/records" "$RR_STATE/jobs" || exit 73
  exec 9>"$RR_STATE/mutex" || exit 73; flock 9
}
rr_block() { # file length: the next bytes of standard input into a file, whole or not at all
  true >"$1" || exit 73
  [ "$2" -lt 1048576 ] || dd bs=1048576 count=$(($2 / 1048576)) iflag=fullblock >>"$1" 2>/dev/null
  [ $(($2 % 1048576)) -eq 0 ] || dd bs=$(($2 % 1048576)) count=1 iflag=fullblock >>"$1" 2>/dev/null
  [ "$2" -eq 0 ] || [ "$(wc -c <"$1")" -eq "$2" ] || { rm -f "$1"; exit 73; }
}
rr_put() { # file text: replaced at once, durable
  printf '%s\\n' "$2" | dd of="$1.partial" conv=fsync 2>/dev/null && mv "$1.partial" "$1" || { rm -f "$1.partial"; exit 73; }
}
rr_epoch() { # an older epoch than one seen here is refused
  seen=0; [ ! -s "$RR_STATE/epoch" ] || read -r seen <"$RR_STATE/epoch"
  [ "$RR_EPOCH" -ge "$seen" ] || exit 72
  [ "$RR_EPOCH" -eq "$seen" ] || rr_put "$RR_STATE/epoch" "$RR_EPOCH"
}
`;

/** For the record's store, and a job that is announced by its start. */
export const APPEND = `
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
`;
