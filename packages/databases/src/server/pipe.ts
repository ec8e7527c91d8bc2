/**
 * Pipes on a host whose every part is checked: POSIX sh has no `pipefail`, and a dump that died in the middle must never look
 * whole. The texts use `$RR_FILE`; a compressed file's ending says how it was compressed.
 */

/** `zst` where the host has zstd, else `gz`: printed by this text. */
export const COMPRESSION = 'if command -v zstd >/dev/null 2>&1; then echo zst; else echo gz; fi\n';

/**
 * Functions for a script that dumps or loads. Exit code 97: the compressor failed; else that of the program.
 *
 * - `rr_dump FILE PROGRAM...`: the program's output, compressed into FILE by its ending; prints `rr-bytes N` (bytes the program
 *   has written) on standard output every half second. With \`rr_began\` and \`rr_first\`, the file of that name is made when the
 *   program has written so many bytes; they are compressed by themselves, which all unpackers join.
 * - `rr_load FILE PROGRAM...`: FILE, unpacked, is the program's standard input; prints `rr-bytes N` (bytes of FILE read).
 */
export const PIPES = `
# In a subshell of its own (a pipe, the background) only: it becomes the program, whose /proc/PID/io is then read.
rr_pack() { case "$1" in *.zst) exec zstd -q -T2 -3 -c;; *.gz) exec gzip -c;; *) exec cat;; esac; }
rr_unpack() { case "$1" in *.zst) exec zstd -q -d -c;; *.gz) exec gzip -d -c;; *) exec cat;; esac; }
rr_watch() { # pid field: until the process has ended
  while kill -0 "$1" 2>/dev/null; do
    while read -r name value; do [ "$name" != "$2:" ] || echo "rr-bytes $value"; done 2>/dev/null <"/proc/$1/io" || :
    sleep 0.5
  done
}
rr_dump() {
  rr_to=$1; shift
  rr_fifo="$rr_to.fifo"; rm -f "$rr_fifo"; mkfifo -m 600 "$rr_fifo" || return 97
  {
    if [ -n "\${rr_began-}" ]; then
      dd bs="$rr_first" count=1 iflag=fullblock 2>/dev/null | rr_pack "\${rr_to%.partial}" && : >"$rr_began" || exit 97
    fi
    rr_pack "\${rr_to%.partial}"
  } <"$rr_fifo" >"$rr_to" & rr_packer=$!
  "$@" >"$rr_fifo" & rr_program=$!
  rr_watch "$rr_packer" rchar & rr_watcher=$!
  wait "$rr_program"; rr_code=$?
  kill "$rr_watcher" 2>/dev/null; wait "$rr_watcher" 2>/dev/null
  wait "$rr_packer"; rr_packed=$?
  rm -f "$rr_fifo"
  [ "$rr_code" -eq 0 ] || return "$rr_code"
  [ "$rr_packed" -eq 0 ] || return 97
}
rr_load() {
  rr_from=$1; shift
  rr_fifo="$rr_from.fifo-$$"; rm -f "$rr_fifo"; mkfifo -m 600 "$rr_fifo" || return 97
  rr_unpack "$rr_from" <"$rr_from" >"$rr_fifo" & rr_packer=$!
  rr_watch "$rr_packer" rchar & rr_watcher=$!
  "$@" <"$rr_fifo"; rr_code=$?
  wait "$rr_packer"; rr_packed=$?
  kill "$rr_watcher" 2>/dev/null; wait "$rr_watcher" 2>/dev/null
  rm -f "$rr_fifo"
  [ "$rr_code" -eq 0 ] || return "$rr_code"
  [ "$rr_packed" -eq 0 ] || return 97
}
`;

/** Calls `onBytes` with the newest `rr-bytes` of a program's output. */
export function bytesIn(onBytes: (bytes: number) => void): (text: string) => void {
  return (text) => {
    const all = [...text.matchAll(/^rr-bytes (\d+)$/gm)];
    const last = all.at(-1)?.[1];
    if (last !== undefined) onBytes(Number(last));
  };
}
