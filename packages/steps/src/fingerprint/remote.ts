/**
 * Measures places on a host, and compares them with what was measured before: all in one call. POSIX sh, coreutils, find and
 * xargs (or busybox); git where a place is a work tree of it.
 *
 * Standard input, lines "word<tab>value":
 *   place ID, in DIRECTORY, how (all: git's view or the whole tree; paths; top: configuration beside the code only; named:
 *   only named files), skip PATTERN (of find -path), path PATH, config FILE, end.
 * RR_FOLDER is the folder of the release's measurements, RR_NOW the name of this one: before (the release), steady (before the
 * first item of deploy: what changed since then changes by itself) or after (a rollback).
 *
 * Lists stay on the host, sorted: "f HASH PATH", "m MODE PATH", "l HASH-OF-TARGET PATH", "x - PATH" (cannot be read, or gone).
 * Configuration is hashed with a key that never leaves the host: a short secret cannot be guessed from the record.
 */
export const MEASURE = `
umask 077; LC_ALL=C; export LC_ALL
now="$RR_FOLDER/$RR_NOW"; before="$RR_FOLDER/before"; steady="$RR_FOLDER/steady"
rm -rf "$now"; mkdir -p "$now" || exit 73
if [ "$RR_NOW" = before ]; then
  [ -s "$RR_FOLDER/key" ] || od -An -N32 -tx1 /dev/urandom | tr -d ' \\n' >"$RR_FOLDER/key" || exit 73
  # As many releases as are looked at. Their names begin with the time.
  ls "\${RR_FOLDER%/*}" | sort -r | tail -n +31 | while read -r old; do rm -rf "\${RR_FOLDER%/*}/$old"; done
fi
tab=$(printf '\\t')
repository() { GIT_OPTIONAL_LOCKS=0 git -c core.quotePath=false -c core.fsmonitor=false "$@" 2>/dev/null; }
sum() { sha256sum | cut -d ' ' -f 1; }

tree() { # the files below a folder that are neither made by runs nor configuration; what to skip follows
  from=$1; shift
  find "$from" "$@" \\( -type d \\( -name .git -o -name .hg -o -name .svn -o -name node_modules -o -name .venv -o -name venv \\
    -o -name __pycache__ -o -name '.*_cache' -o -name .cache -o -name .tox -o -name .nyc_output -o -name .pm2 \\
    -o -name .release-runbook -o -name logs -o -name log -o -name tmp -o -name temp \\) -prune \\) -o \\
    \\( -type f -o -type l \\) ! -name '*.pyc' ! -name '*.pyo' ! -name '*.log' ! -name '*.log.*' ! -name '*.pid' ! -name '*.sock' \\
    ! -name '*.swp' ! -name '*.tmp' ! -name '*.partial' ! -name nohup.out ! -name .DS_Store ! -name '*.db' ! -name '*.db-*' \\
    ! -name '*.sqlite' ! -name '*.sqlite-*' ! -name '*.sqlite3' ! -name '*.sqlite3-*' ! -name '*
*' -print 2>/dev/null | sed 's|/\\./|/|g'
}
paths() { # what the runbook names, whatever its name is
  while read -r path; do
    if [ -d "$path" ] && [ ! -L "$path" ]; then tree "./$path/." "$@"
    elif [ -e "$path" ] || [ -L "$path" ]; then printf './%s\\n' "$path"; fi
  done <"$now/$id.paths"
}
environment() { grep -E '(^|/)\\.env[^/]*$'; }
code() { grep -vE '(^|/)\\.env[^/]*$'; }

lines() { # of the names on standard input
  while read -r name; do
    if [ -L "$name" ]; then printf '%s\\n' "$name" >&5
    elif [ -f "$name" ] && [ -r "$name" ]; then printf '%s\\n' "$name" >&4
    else printf 'x - %s\\n' "$name"; fi
  done 4>"$now/files" 5>"$now/links"
  tr '\\n' '\\0' <"$now/files" | xargs -0 -r stat -c 'm %a %n' 2>/dev/null
  tr '\\n' '\\0' <"$now/files" | xargs -0 -r sha256sum 2>/dev/null | sed -E 's/^(.?[0-9a-f]{64})  /f \\1 /'
  while read -r name; do printf 'l %s %s\\n' "$(readlink "$name" | sum)" "$name"; done <"$now/links"
}
bounded() { # the names in a file: few and small enough to be read as a whole
  [ "$(wc -l <"$1")" -le "$RR_MOST" ] || return 1
  all=0
  tr '\\n' '\\0' <"$1" | xargs -0 -r stat -c %s 2>/dev/null >"$now/sizes"
  while read -r size; do all=$((all + size)); done <"$now/sizes"
  [ "$all" -le "$RR_BYTES" ]
}

names() { # kind, then two measurements: names of which something differs
  comm -3 "$2/$id.$1" "$3/$id.$1" | sed "s/^$tab//; s/^[a-z] [^ ]* //; s|^\\./||" | sort -u
}
differs() { # kind: names of which something differs from before, but for those that changed while nothing was deployed
  [ -f "$before/$id.$1" ] || { printf 'lost\\t%s\\n' "$1"; return; }
  names "$1" "$before" "$now" >"$now/differs"
  if [ "$RR_NOW" = after ] && [ "$1" = code ] && [ -f "$steady/$id.code" ]; then
    names code "$before" "$steady" >"$now/moving"
    comm -23 "$now/differs" "$now/moving" >"$now/rest" && mv "$now/rest" "$now/differs"
  fi
  printf 'changed\\t%s\\t%s\\n' "$1" "$(($(wc -l <"$now/differs")))"
  head -n 10 "$now/differs" | while read -r name; do printf 'name\\t%s\\t%s\\n' "$1" "$name"; done
}

measure() ( # what to skip
  printf 'place\\t%s\\n' "$id"
  : >"$now/$id.names"; : >"$now/$id.env"
  if ! cd "$directory" 2>/dev/null; then printf 'absent\\n'
  else
    commit=
    case $how in
      all)
        if command -v git >/dev/null 2>&1 && [ -n "$(repository ls-files | head -n 1)" ]; then commit=$(repository rev-parse --verify -q HEAD); fi
        tree . "$@" >"$now/tree"
        if [ -n "$commit" ]; then
          printf 'commit\\t%s\\n' "$commit"
          repository diff --no-ext-diff --no-renames --name-only --relative HEAD -- . | sed 's|^|./|' | code >"$now/$id.names"
        else code <"$now/tree" >"$now/$id.names"; fi
        environment <"$now/tree" >"$now/$id.env" ;;
      paths)
        paths "$@" >"$now/tree"
        code <"$now/tree" >"$now/$id.names"
        environment <"$now/tree" >"$now/$id.env" ;;
    esac
    if [ "$how" != named ]; then for name in ./.env*; do [ ! -f "$name" ] || printf '%s\\n' "$name"; done >>"$now/$id.env"; fi
    if ! bounded "$now/$id.names"; then printf 'unbounded\\t%s\\n' "$(($(wc -l <"$now/$id.names")))"
    elif [ "$how" = all ] || [ "$how" = paths ]; then
      lines <"$now/$id.names" | sort -u >"$now/$id.code" || exit 73
      printf 'code\\t%s\\t%s\\n' "$(sum <"$now/$id.code")" "$(($(wc -l <"$now/$id.names")))"
      [ "$RR_NOW" = before ] || differs code
    fi
  fi
  if [ -s "$RR_FOLDER/key" ]; then
    [ ! -f "$now/$id.config" ] || cat "$now/$id.config" >>"$now/$id.env"
    sort -u "$now/$id.env" | while read -r name; do
      shown=\${name#./}
      printf 'file\\t%s\\n' "$shown" >&3
      if [ -f "$name" ] && [ -r "$name" ]; then
        printf 'f %s %s\\n' "$({ cat "$RR_FOLDER/key" "$name"; stat -L -c %a "$name"; } 2>/dev/null | sum)" "$shown"
      else printf 'x - %s\\n' "$shown"; fi
    done 3>"$now/told" | sort -u >"$now/$id.configuration" || exit 73
    cat "$now/told"
    printf 'configuration\\t%s\\n' "$({ cat "$RR_FOLDER/key" "$now/$id.configuration"; } | sum)"
    [ "$RR_NOW" = before ] || differs configuration
  else printf 'lost\\tconfiguration\\n'; fi
  exit 0
)

cat >"$now/asked"
set --
while IFS="$tab" read -r word value; do
  case $word in
    place) id=$value; directory=; how=all; set -- ;;
    in) directory=$value ;;
    how) how=$value ;;
    skip) set -- "$@" -path "$value" -prune -o ;;
    path) printf '%s\\n' "$value" >>"$now/$id.paths" ;;
    config) printf '%s\\n' "$value" >>"$now/$id.config" ;;
    end) measure "$@" </dev/null || exit 73 ;;
  esac
done <"$now/asked"
rm -f "$now/asked" "$now/tree" "$now/files" "$now/links" "$now/sizes" "$now/differs" "$now/moving" "$now/told" "$now"/*.names "$now"/*.env "$now"/*.paths "$now"/*.config
# On a full disk a list may have been cut.
echo whole >"$now/whole" && [ -s "$now/whole" ] || exit 73
`;
