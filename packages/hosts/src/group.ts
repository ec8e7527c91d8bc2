/**
 * POSIX sh for process groups on a host. A process is known by its number, its start (ticks since boot) and the boot, so that
 * a later one with the same number is not taken for it. Needs Linux's /proc. No single quotes: it goes into quoted scripts.
 */
export const PROCESS = `
rr_look() { # pid: sets rr_start and rr_boot; fails when there is no such process (a zombie is none)
  rr_boot=-; read -r rr_boot 2>/dev/null </proc/sys/kernel/random/boot_id
  read -r rr_line 2>/dev/null <"/proc/$1/stat" || return 1
  set -- \${rr_line##*) }
  case "$1" in Z|X) return 1 ;; esac
  rr_start=\${20}
}
`;

/** What is needed to look at a group and to stop it. */
export const GROUP = `${PROCESS}
rr_leads() { # pid start boot: 0 that very process runs; 1 it has ended; 2 so has all of its group
  [ -n "$1" ] || return 2
  rr_look "$1"
  case $? in
    0) [ "$rr_start" = "$2" ] && [ "$rr_boot" = "$3" ] || return 2 ;;
    # The leader may end before its group does; until then its number is given to nobody else.
    *) [ "$rr_boot" = "$3" ] && return 1; return 2 ;;
  esac
}
rr_alive() { # pid start boot: does anything of the group run
  rr_leads "$1" "$2" "$3"
  case $? in 0) ;; 1) rr_group "$1" ;; *) return 1 ;; esac
}
rr_group() { # pid: is anything of its process group alive (a zombie is not)
  kill -0 -"$1" 2>/dev/null || return 1
  for rr_stat in /proc/[0-9]*/stat; do
    read -r rr_line 2>/dev/null <"$rr_stat" || continue
    set -- "$1" \${rr_line##*) }
    [ "$4" = "$1" ] && [ "$2" != Z ] && [ "$2" != X ] && return 0
  done
  return 1
}
rr_gone() { # pid tenths: waits until nothing of its group is left; looks often at first, since most end at once
  i=0
  while [ "$i" -lt "$2" ] && rr_group "$1"; do
    [ "$i" -gt 0 ] || for rr_pause in 0.01 0.02 0.03; do sleep "$rr_pause"; rr_group "$1" || return 0; done
    sleep 0.1; i=$((i + 1))
  done
}
rr_stop() { # pid tenths: the whole group, first asked, then killed
  kill -TERM -"$1" 2>/dev/null || return 0
  rr_gone "$1" "$2"
  kill -KILL -"$1" 2>/dev/null || :
  rr_gone "$1" 50
}
`;

/**
 * The lifeline: when standard input closes, the group is stopped. Standard input is kept as 3 meanwhile. RR_GRACE: tenths of a
 * second between TERM and KILL.
 */
export const LIFELINE = `
rr_life() { # leader
  # Nobody may read any more what this shell says; it has to see the end all the same.
  trap "" PIPE
  ( while read -r rr_line; do :; done; trap "" TERM; rr_stop "$1" "$RR_GRACE" ) <&3 >/dev/null 2>&1 &
  life=$!
  exec 3<&- </dev/null
}
rr_unlife() { # 0: the lifeline had closed, and by now the group is stopped
  { kill "$life"; wait "$life"; } 2>/dev/null
}
`;

/** Tenths of a second that a group has to end by itself. */
export const GRACE_TENTHS = 50;
