export const id = 5504;
export const ids = [5504];
export const modules = {

/***/ 5368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F0: () => (/* binding */ SUPERVISE),
/* harmony export */   Gt: () => (/* binding */ frame),
/* harmony export */   Sr: () => (/* binding */ AGENT),
/* harmony export */   V4: () => (/* binding */ BOOT),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   ln: () => (/* binding */ REFUSED)
/* harmony export */ });
/**
 * What runs on a host: a few lines of POSIX sh, sent along with every call. Needs nothing there but sh, coreutils (dd, tail,
 * wc, mv) and util-linux (flock, setsid), or busybox.
 *
 * Framing: the remote command is always BOOT. Its standard input is one line with a length, so many bytes of program, then
 * whatever that program reads: scripts as blocks of known length, input of a program, and at last the lifeline. So nothing
 * that may be secret ever stands in an argument list, and a script that reads standard input cannot swallow the rest.
 */
const BOOT = 'read -r n; eval "$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null)"';
/** Quotes a text for sh. Single quotes leave nothing to expand. */
function quote(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/** The framed program: what goes to standard input before anything else. */
function frame(program) {
    return `${Buffer.byteLength(program)}\n${program}`;
}
/** Exit codes of the suite's own sh functions, where no user's program can be meant. */
const REFUSED = { conflict: 70, lock: 71, epoch: 72, space: 73, damaged: 74 };
/**
 * Functions shared by the record's store and the supervisor. RR_STATE is the environment's folder on the host.
 * `lock` is one file, so that a crash never leaves half of it: "epoch nonce" and the holder as JSON on the second line.
 */
const AGENT = `
umask 077
rr_mutex() { mkdir -p "$RR_STATE/records" "$RR_STATE/jobs" || exit 73; exec 9>"$RR_STATE/mutex" || exit 73; flock 9; }
rr_block() { # file length: the next bytes of standard input into a file, whole or not at all
  if [ "$2" -eq 0 ]; then : >"$1"; return; fi
  dd bs="$2" count=1 iflag=fullblock of="$1" 2>/dev/null && [ "$(wc -c <"$1")" -eq "$2" ] || exit 73
}
rr_put() { # file text: replaced at once, durable
  printf '%s\\n' "$2" | dd of="$1.partial" conv=fsync 2>/dev/null && mv "$1.partial" "$1" || exit 73
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
  dd bs="$4" count=1 iflag=fullblock oflag=append conv=notrunc,fsync of="$f" 2>/dev/null || exit 73
  [ "$(wc -c <"$f")" -eq "$((before + $4))" ] || exit 73
  [ "$lines" -gt 0 ] || sync "$RR_STATE/records" 2>/dev/null || :
}
rr_started() { # pid: when it started, in ticks since boot; tells a process from a later one with its number
  [ -r "/proc/$1/stat" ] || return 1
  read -r line <"/proc/$1/stat" || return 1
  set -- \${line##*) }; [ "$1" != Z ] || return 1
  echo "\${20}"
}
rr_pid() { # job folder: the pid of the job when it still runs
  [ -s "$1/pid" ] || return 1
  read -r pid start epoch <"$1/pid"
  [ "$(rr_started "$pid")" = "$start" ] || return 1
  echo "$pid"
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
const SUPERVISE = `
rr_supervise() {
  exec 3<&0
  : >"$RR_JOB/out"
  RR_JOB="$RR_JOB" RR_EPOCH="$RR_EPOCH" setsid sh -c '
    trap : TERM INT HUP
    read -r line </proc/$$/stat; set -- \${line##*) }
    echo "$$ \${20} $RR_EPOCH" >"$RR_JOB/pid.leader" && mv "$RR_JOB/pid.leader" "$RR_JOB/pid"
    sh "$RR_JOB/run" </dev/null >>"$RR_JOB/out" 2>&1
    echo "$?" >"$RR_JOB/exit.partial" && mv "$RR_JOB/exit.partial" "$RR_JOB/exit"
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
  echo "rr-exit $code" >&2
}
`;


/***/ }),

/***/ 7214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  P_: () => (/* binding */ Refusal),
  Df: () => (/* binding */ makeHost),
  HB: () => (/* binding */ unreachable)
});

// UNUSED EXPORTS: isConnectionError, jobFolder, sha256

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/hosts/lib/agent.js
var agent = __webpack_require__(5368);
;// CONCATENATED MODULE: ./packages/hosts/lib/programs.js

/** `cd` and `export` lines in front of a program. Values stand in a text on standard input, never in arguments. */
function prelude(spec, directory, env) {
    const lines = [`cd ${(0,agent/* quote */.hD)(directory)} || { echo "release-runbook: the folder ${directory.replaceAll(/[^\w./~-]/g, '?')} is not there" >&2; exit 126; }`];
    if (spec.path !== undefined && spec.path.length > 0)
        lines.push(`export PATH=${(0,agent/* quote */.hD)(spec.path.join(':'))}:"$PATH"`);
    for (const [name, value] of Object.entries({ ...spec.env, ...env })) {
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
            throw new Error(`not a variable's name: ${name}`);
        lines.push(`export ${name}=${(0,agent/* quote */.hD)(value)}`);
    }
    return `${lines.join('\n')}\n`;
}
/** The line that becomes the program. */
function exec(program) {
    return `exec ${program.map(agent/* quote */.hD).join(' ')}\n`;
}
/** What a `run:` becomes: a launcher, and the script's text when it is one (bash reads it from a file). */
function launcher(run, scriptPath) {
    if (typeof run !== 'string')
        return { line: exec(run), script: '' };
    return { line: exec(['bash', '-eo', 'pipefail', scriptPath]), script: run };
}

// EXTERNAL MODULE: ./packages/hosts/lib/transport.js
var transport = __webpack_require__(6056);
;// CONCATENATED MODULE: ./packages/hosts/lib/host.js






const EXEC_TIMEOUT = 60_000;
const JOB_TIMEOUT = 30 * 60_000;
const GRACE_TENTHS = 50;
const BEAT = 5_000;
/** The name of a job's folder. */
function jobFolder(release, id) {
    const safe = (text) => text.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
    return `jobs/${safe(release)}/${safe(id)}`;
}
function makeHost(name, spec, scope, connection) {
    let home;
    const where = () => {
        home ??= (async () => {
            const found = await (0,transport/* converse */.iq)(connection.transport, 'printf "%s\\n" "$HOME"; for p in flock setsid dd tail; do command -v "$p" >/dev/null || echo "$p"; done\n', {
                timeoutMs: EXEC_TIMEOUT,
            });
            if (found.code !== 0)
                throw unreachable(connection.label, found.stderr, found.timedOut);
            const [folder = '', ...missing] = found.stdout.trim().split('\n');
            if (missing.length > 0)
                throw new error/* RunbookError */.rk(`host ${connection.label}: ${missing.join(', ')} not found there; nothing was changed`, {
                    hint: 'install util-linux and coreutils on the host (Debian: apt-get install util-linux coreutils)',
                });
            return folder;
        })();
        home.catch(() => {
            home = undefined;
        });
        return home;
    };
    const resolve = async (path) => {
        const root = await where();
        const base = connection.base ?? root;
        const start = absolute(spec.directory ?? '.', base, root);
        return path === undefined ? start : absolute(path, start, root);
    };
    const state = async () => external_node_path_.posix.join(scope.root ?? external_node_path_.posix.join(await where(), '.release-runbook'), scope.system, scope.environment);
    const run = async (program, options = {}) => {
        const ended = await (0,transport/* converse */.iq)(connection.transport, program, {
            blocks: options.input === undefined ? [] : [options.input],
            timeoutMs: options.timeoutMs ?? EXEC_TIMEOUT,
            onOutput: options.onOutput,
            whole: options.whole ?? false,
        });
        if (ended.code === 255 && isConnectionError(ended.stderr))
            throw unreachable(connection.label, ended.stderr, false);
        return ended;
    };
    const host = {
        name,
        kind: connection.kind,
        spec,
        state,
        directory: () => resolve(undefined),
        async exec(program, options = {}) {
            const seconds = Math.ceil((options.timeoutMs ?? EXEC_TIMEOUT) / 1000) + 2;
            const guarded = connection.kind === 'ssh' ? ['timeout', '-k', '2', String(seconds), ...program] : program;
            return run(prelude(spec, await resolve(options.directory), options.env) + exec(guarded), options);
        },
        async shell(text, options = {}) {
            return run(prelude(spec, await resolve(options.directory), { RR_STATE: await state(), ...options.env }) + text, options);
        },
        async supervise(job) {
            return supervise(job, { folder: await state(), directory: await resolve(job.directory), spec, connection });
        },
        async jobState(release, id) {
            const folder = external_node_path_.posix.join(await state(), jobFolder(release, id));
            const found = await host.shell(`${agent/* AGENT */.Sr}${JOB_STATE}`, { env: { RR_JOB: folder } });
            return parseJobState(found.stdout);
        },
        async stopJob(release, id, graceMs = 5_000) {
            const folder = external_node_path_.posix.join(await state(), jobFolder(release, id));
            const text = `${agent/* AGENT */.Sr}if pid=$(rr_pid "$RR_JOB"); then rr_stop "$pid" "$RR_TENTHS"; fi\n${JOB_STATE}`;
            const found = await host.shell(text, {
                env: { RR_JOB: folder, RR_TENTHS: String(Math.ceil(graceMs / 100)) },
                timeoutMs: graceMs + 30_000,
            });
            return parseJobState(found.stdout);
        },
        async daemon(options) {
            const inside = prelude(spec, await resolve(options.directory), options.env) +
                // The daemon closes what it inherited, so that no caller waits for it.
                `mkdir -p ${(0,agent/* quote */.hD)(external_node_path_.posix.dirname(options.log))} ${(0,agent/* quote */.hD)(external_node_path_.posix.dirname(options.pidFile))}\n` +
                `setsid sh -c 'echo "$$" >"$0.partial" && mv "$0.partial" "$0"; exec "$@"' ${(0,agent/* quote */.hD)(options.pidFile)} ${options.program.map(agent/* quote */.hD).join(' ')} ` +
                `</dev/null >>${(0,agent/* quote */.hD)(options.log)} 2>&1 &\necho "$!"\n`;
            const started = await run(inside);
            if (started.code !== 0)
                throw new error/* RunbookError */.rk(`host ${connection.label}: ${options.program[0]} could not be started: ${started.stderr.trim()}`);
            return Number(started.stdout.trim());
        },
        async read(path) {
            const found = await host.shell('[ -e "$RR_FILE" ] || exit 3\ncat -- "$RR_FILE"\n', { env: { RR_FILE: await resolve(path) }, whole: true });
            if (found.code === 3)
                return undefined;
            if (found.code !== 0)
                throw new error/* RunbookError */.rk(`host ${connection.label}: ${path} cannot be read: ${found.stderr.trim()}`);
            return found.stdout;
        },
        async write(path, text, mode = 0o600) {
            const target = await resolve(path);
            const program = `${agent/* AGENT */.Sr}mkdir -p "$(dirname "$RR_FILE")" && rr_block "$RR_FILE.partial" "$RR_LENGTH" && chmod "$RR_MODE" "$RR_FILE.partial" && sync "$RR_FILE.partial" 2>/dev/null; mv "$RR_FILE.partial" "$RR_FILE"\n`;
            const done = await host.shell(program, {
                env: { RR_FILE: target, RR_LENGTH: String(Buffer.byteLength(text)), RR_MODE: mode.toString(8) },
                input: text,
            });
            if (done.code === agent/* REFUSED */.ln.space)
                throw noSpace(connection.label, target);
            if (done.code !== 0)
                throw new error/* RunbookError */.rk(`host ${connection.label}: ${target} cannot be written: ${done.stderr.trim()}`);
        },
        send: async (localPath, remotePath, progress) => connection.send(localPath, await resolve(remotePath), host, progress),
        fetch: async (remotePath, localPath, progress) => connection.fetch(await resolve(remotePath), localPath, host, progress),
        close: () => connection.close(),
    };
    return host;
}
async function supervise(job, { folder, directory, spec, connection }) {
    const place = external_node_path_.posix.join(folder, jobFolder(job.release, job.id));
    const { line, script } = launcher(job.run, external_node_path_.posix.join(place, 'script'));
    const run = prelude(spec, directory, job.env) + line;
    const announce = job.announce;
    const appended = announce === undefined ? '' : `${announce.line}\n`;
    const program = `${agent/* AGENT */.Sr}${agent/* SUPERVISE */.F0}
RR_STATE=${(0,agent/* quote */.hD)(folder)} RR_JOB=${(0,agent/* quote */.hD)(place)} RR_EPOCH=${job.epoch} RR_GRACE=${GRACE_TENTHS}
rr_mutex; rr_epoch
mkdir -p "$RR_JOB" && rm -f "$RR_JOB/pid" "$RR_JOB/exit" "$RR_JOB/heartbeat" "$RR_JOB/stopping" || exit 73
rr_block "$RR_JOB/run" ${Buffer.byteLength(run)}; rr_block "$RR_JOB/script" ${Buffer.byteLength(script)}
${announce === undefined ? '' : `rr_append ${(0,agent/* quote */.hD)(announce.record)} ${(0,agent/* quote */.hD)(announce.nonce)} ${announce.seq} ${Buffer.byteLength(appended)}`}
rr_supervise
`;
    const ended = await (0,transport/* converse */.iq)(connection.transport, program, {
        blocks: [run, script, appended],
        timeoutMs: job.timeoutMs ?? JOB_TIMEOUT,
        beatMs: BEAT,
        onOutput: job.onOutput,
    });
    const exit = /^rr-exit (\d+)$/m.exec(ended.stderr);
    if (exit)
        return { code: Number(exit[1]), output: ended.stdout, ms: ended.ms, timedOut: ended.timedOut };
    if (ended.timedOut)
        return { code: 137, output: ended.stdout, ms: ended.ms, timedOut: true };
    throw refused(ended.code, ended.stderr, job, connection.label, place);
}
function refused(code, stderr, job, label, place) {
    if (code === agent/* REFUSED */.ln.conflict || code === agent/* REFUSED */.ln.lock || code === agent/* REFUSED */.ln.epoch)
        return new Refusal(code, job.id);
    if (code === agent/* REFUSED */.ln.space)
        return noSpace(label, place);
    if (code === 255 || isConnectionError(stderr))
        return unreachable(label, stderr, false);
    return new error/* RunbookError */.rk(`host ${label}: ${job.id} could not be supervised (exit ${code}): ${stderr.trim()}`, {
        hint: 'whether it was started is not known; `runbook rollback` looks before it undoes anything',
    });
}
/** The host refused an append or a start: another writer (70), another holder (71), a newer epoch (72). */
class Refusal extends Error {
    code;
    constructor(code, what) {
        super(`refused (${code}): ${what}`);
        this.code = code;
    }
}
const JOB_STATE = `
if pid=$(rr_pid "$RR_JOB"); then
  read -r pid start epoch <"$RR_JOB/pid"
  now=$(date +%s); beat=$(stat -c %Y "$RR_JOB/heartbeat" 2>/dev/null || stat -c %Y "$RR_JOB/pid")
  echo "running $pid $epoch $((now - beat))"
elif [ -s "$RR_JOB/exit" ]; then read -r code <"$RR_JOB/exit"; echo "done $code"
elif [ -e "$RR_JOB/out" ]; then echo lost
else echo none; fi
[ ! -e "$RR_JOB/out" ] || tail -c 20000 "$RR_JOB/out"
`;
function parseJobState(text) {
    const end = text.indexOf('\n');
    const [word, a = '', b = '', c = ''] = text.slice(0, end).split(' ');
    const output = text.slice(end + 1);
    if (word === 'running')
        return { state: 'running', pid: Number(a), epoch: Number(b), heartbeatAgeMs: Number(c) * 1000 };
    if (word === 'done')
        return { state: 'done', code: Number(a), output };
    return word === 'lost' ? { state: 'lost', output } : { state: 'none' };
}
function absolute(path, base, home) {
    if (path === '~' || path.startsWith('~/'))
        return external_node_path_.posix.join(home, path.slice(1));
    return (0,external_node_path_.isAbsolute)(path) ? path : external_node_path_.posix.join(base, path);
}
function isConnectionError(stderr) {
    return /^(ssh: |ssh_exchange|kex_exchange|mux_client|Host key verification failed|.*Permission denied \(|Connection (closed|reset|timed out|refused)|client_loop: )/m.test(stderr);
}
function unreachable(label, stderr, timedOut) {
    const said = stderr.trim().split('\n').at(-1) ?? '';
    const hint = /Host key verification/.test(stderr)
        ? 'put the host\'s key into known_hosts (`ssh-keyscan -H HOST`, compare it with the host\'s own), or name a secret in `known-hosts:`'
        : /Permission denied/.test(stderr)
            ? 'name the key in `key: $SECRET`, or add it to the host\'s authorized_keys'
            : 'try the same by hand: ssh -o BatchMode=yes USER@HOST true';
    return new error/* RunbookError */.rk(`host ${label} cannot be reached: ${timedOut ? 'no answer in time' : said || 'ssh ended without a word'}; nothing was started there`, { hint });
}
function noSpace(label, path) {
    return new error/* RunbookError */.rk(`host ${label}: no space left, or not writable, at ${path}; the change was not started`, {
        hint: `free some space there (df -h ${external_node_path_.posix.dirname(path)}) and run the same command again`,
    });
}
/** SHA-256 of a text, hex. */
function sha256(data) {
    return createHash('sha256').update(data).digest('hex');
}


/***/ }),

/***/ 2208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DD: () => (/* binding */ maxBody),
/* harmony export */   w$: () => (/* binding */ sendRequest)
/* harmony export */ });
/* unused harmony export checkAddress */
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

/** Longer answers are cut, and say so. */
const maxBody = 10 * 1024 * 1024;
/** No series of requests takes longer; those left over are reported as not sent. */
const longestMs = 10 * 60_000;
/**
 * Sends a request from a host (undefined: from this machine) and measures it there, so that the way to the host is not in
 * the times. Nothing but http and https is asked, and no proxy.
 * @throws RunbookError for an address that is none, or when the host has no program that can ask
 */
async function sendRequest(host, request) {
    checkAddress(request.url);
    if (host === undefined || host.kind === 'local')
        return fromHere(request);
    const { fromHost } = await __webpack_require__.e(/* import() */ 175).then(__webpack_require__.bind(__webpack_require__, 175));
    return fromHost(host, request);
}
/** @throws RunbookError for what is no http or https address */
function checkAddress(url) {
    let parsed;
    try {
        parsed = new URL(url);
    }
    catch {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk('the address of a request cannot be read', {
            hint: 'it begins with http:// or https://, and every variable in it must have a value',
        });
    }
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`an address begins with http:// or https://, not with ${parsed.protocol}`);
    }
    return parsed;
}
async function fromHere(request) {
    // The first call of fetch loads it; that must not be in the first request's time.
    await fetch('data:,');
    const timings = [];
    let first;
    const deadline = performance.now() + longestMs;
    for (let index = 0; index < (request.count ?? 1); index++) {
        if (performance.now() > deadline || request.signal?.aborted === true) {
            timings.push({
                status: undefined,
                ms: Number.NaN,
                bytes: 0,
                contains: undefined,
                error: 'not sent: out of time',
            });
            break;
        }
        const start = performance.now();
        try {
            const answer = await once(request);
            const ms = performance.now() - start;
            const body = answer.body.toString('utf8');
            first ??= { body, cut: answer.cut, headers: answer.headers };
            const contains = request.contains === undefined ? undefined : body.includes(request.contains);
            timings.push({ status: answer.status, ms, bytes: answer.bytes, contains, error: undefined });
        }
        catch (error) {
            const ms = performance.now() - start;
            timings.push({ status: undefined, ms, bytes: 0, contains: undefined, error: reasonOf(error, request.timeoutMs) });
        }
    }
    return { timings, body: '', cut: false, headers: {}, ...first, from: 'this machine' };
}
async function once(request) {
    const limit = AbortSignal.timeout(Math.ceil(request.timeoutMs ?? 10_000));
    const signal = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]);
    let url = checkAddress(request.url);
    let method = request.method ?? 'GET';
    let body = request.body;
    let headers = { ...request.headers };
    for (let left = request.redirects ?? 5;; left--) {
        const answer = await fetch(url, {
            method,
            headers,
            redirect: 'manual',
            signal,
            ...(body === undefined ? {} : { body }),
        });
        const location = answer.headers.get('location');
        if (answer.status < 300 || answer.status > 399 || location === null || request.redirects === 0) {
            return { status: answer.status, headers: Object.fromEntries(answer.headers), ...(await bounded(answer)) };
        }
        await answer.body?.cancel();
        if (left <= 0)
            throw new Error('too many redirects');
        const next = checkAddress(new URL(location, url).href);
        if (next.origin !== url.origin)
            headers = withoutCredentials(headers);
        url = next;
        if (answer.status === 303 || (answer.status < 303 && method === 'POST')) {
            method = method === 'HEAD' ? 'HEAD' : 'GET';
            body = undefined;
        }
    }
}
function withoutCredentials(headers) {
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie|.*(token|key|secret).*)$/i.test(name)));
}
async function bounded(answer) {
    const chunks = [];
    let bytes = 0;
    if (answer.body === null)
        return { body: Buffer.alloc(0), bytes, cut: false };
    for await (const chunk of answer.body) {
        if (bytes + chunk.length > maxBody)
            return { body: Buffer.concat(chunks), bytes: maxBody, cut: true };
        chunks.push(chunk);
        bytes += chunk.length;
    }
    return { body: Buffer.concat(chunks), bytes, cut: false };
}
function reasonOf(error, timeoutMs = 10_000) {
    const { name, message, cause } = error;
    if (name === 'TimeoutError')
        return `no answer within ${Math.ceil(timeoutMs)} ms`;
    if (name === 'AbortError')
        return 'stopped';
    if (cause?.code === 'ECONNREFUSED')
        return 'connection refused';
    return cause === undefined ? message : `${cause.code ?? cause.message}`;
}


/***/ }),

/***/ 6056:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g7: () => (/* binding */ collector),
/* harmony export */   iq: () => (/* binding */ converse),
/* harmony export */   ni: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _agent_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5368);


/** Output kept of one stream. More is cut in the middle: beginnings and ends tell most. */
const KEEP = 1024 * 1024;
function collector(onText, keep = KEEP) {
    const chunks = [];
    let kept = 0;
    let dropped = 0;
    const decoder = new TextDecoder();
    return {
        add(chunk) {
            onText?.(decoder.decode(chunk, { stream: true }));
            chunks.push(chunk);
            kept += chunk.length;
            while (kept > keep && chunks.length > 1) {
                const first = chunks.shift();
                kept -= first.length;
                dropped += first.length;
            }
        },
        text: () => (dropped > 0 ? `[${dropped} bytes left out]\n` : '') + Buffer.concat(chunks).toString('utf8'),
    };
}
/**
 * Sends a framed program, then `blocks`, and waits for the end. With `beat`, standard input stays open as the lifeline (a line
 * every `beatMs`) and a time-out closes it; without, it is closed after the blocks and a time-out kills.
 */
async function converse(transport, program, options) {
    const started = performance.now();
    const child = await transport();
    return await new Promise((resolve, reject) => {
        const out = collector(options.onOutput, options.whole ? Number.POSITIVE_INFINITY : KEEP);
        const err = collector(options.onError);
        let timedOut = false;
        let beat;
        child.stdout.on('data', (chunk) => out.add(chunk));
        child.stderr.on('data', (chunk) => err.add(chunk));
        // A program that ends without reading its input breaks the pipe; its exit code tells the story.
        child.stdin.on('error', () => { });
        const timer = setTimeout(() => {
            timedOut = true;
            child.stdin.end();
            // The other end gets the time to stop its group; a host that answers no more is given up.
            setTimeout(() => child.kill('SIGKILL'), options.beatMs ? 15_000 : 1_000).unref();
        }, options.timeoutMs);
        child.on('error', (error) => {
            clearTimeout(timer);
            clearInterval(beat);
            reject(error);
        });
        child.on('close', (code, signal) => {
            clearTimeout(timer);
            clearInterval(beat);
            const number = code ?? (signal === 'SIGKILL' ? 137 : 143);
            resolve({ code: number, stdout: out.text(), stderr: err.text(), ms: performance.now() - started, timedOut });
        });
        child.stdin.write((0,_agent_js__WEBPACK_IMPORTED_MODULE_1__/* .frame */ .Gt)(program));
        for (const block of options.blocks ?? [])
            child.stdin.write(block);
        if (options.beatMs === undefined)
            child.stdin.end();
        else
            beat = setInterval(() => child.stdin.write('.\n'), options.beatMs);
    });
}
/** A child with all three pipes, in a session of its own: a signal to the runner's group is for the runner to answer. */
function start(program, args, env) {
    return (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
}


/***/ }),

/***/ 8338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ number),
/* harmony export */   j: () => (/* binding */ AppendRefused)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

class AppendRefused extends _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk {
    why;
    constructor(why, place) {
        const texts = {
            conflict: 'another writer has appended to this release\'s record meanwhile',
            lock: 'the lock of this environment is no longer held by this run',
            epoch: 'the lock of this environment was taken over by a newer run',
        };
        super(`${texts[why]} (${place}); this run has stopped, and changes nothing more`, {
            hint: '`runbook status` shows who holds the environment and what was done',
        });
        this.why = why;
    }
}
/** Lines for events, numbered from `seq`. */
function number(events, seq, epoch, now = () => new Date()) {
    return events.map((event, i) => ({ seq: seq + i, at: now().toISOString(), epoch, ...event }));
}


/***/ }),

/***/ 9956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ substitute),
/* harmony export */   w: () => (/* binding */ namesIn)
/* harmony export */ });
const reference = /\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*)(?![A-Za-z0-9_]))/g;
/**
 * Replaces $NAME and ${NAME} (upper case alone: `${name}` is a captured value of a journey) by the variables given, and by
 * nothing else: the process's own environment is not looked at, and what was put in is not read again.
 */
function substitute(text, variables) {
    const unknown = new Set();
    const replaced = text.replace(reference, (whole, braced, plain) => {
        const name = braced ?? plain ?? '';
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        if (value === undefined)
            unknown.add(name);
        return value ?? whole;
    });
    return { text: replaced, unknown: [...unknown] };
}
/** The names of variables that stand in a text, each once. */
function namesIn(text) {
    return substitute(text, {}).unknown;
}


/***/ }),

/***/ 4503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ portFree),
/* harmony export */   b: () => (/* binding */ listens)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

/** Exit 0 when something listens. The kernel's own tables: no program needed but grep, and no connection made. */
const LISTENS = `
if [ -r /proc/net/tcp ]; then
  hex=$(printf '%04X' "$RR_PORT")
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q ": [0-9A-F]*:$hex [0-9A-F]*:0000 0A"
else
  lsof -nP -iTCP:"$RR_PORT" -sTCP:LISTEN >/dev/null 2>&1
fi
`;
/** Whether anything listens on the port of the host. */
async function listens(host, port) {
    return (await host.shell(LISTENS, { env: { RR_PORT: String(port) }, timeoutMs: 20_000 })).code === 0;
}
/**
 * Waits until nothing listens on the port any more.
 * @throws RunbookError: a service started now would not get it, and a health check would ask the wrong program
 */
async function portFree(host, port, what, withinMs = 3_000) {
    const deadline = performance.now() + withinMs;
    while (await listens(host, port)) {
        if (performance.now() > deadline) {
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`port ${port} on host ${host.name} is held by another program, so ${what} cannot have it`, {
                hint: `see which one it is, and end it: ss -ltnp 'sport = :${port}'`,
            });
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}


/***/ }),

/***/ 5504:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ Cancelled),
  openContext: () => (/* binding */ openContext),
  secretsOf: () => (/* binding */ secretsOf)
});

// UNUSED EXPORTS: systemClock

// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
;// CONCATENATED MODULE: ./packages/databases/lib/open.js
/** One line an engine; its code is loaded when a runbook has it. */
const ENGINES = {
    sqlite: async () => (await __webpack_require__.e(/* import() */ 6794).then(__webpack_require__.bind(__webpack_require__, 6794))).openSqlite,
};
/** A database by its section of the runbook. Nothing is touched until the first call; `name` is its name in the runbook. */
async function openDatabase(name, spec, host, options = {}) {
    const open = await ENGINES[spec.engine]();
    return open(name, spec, host, options);
}

// EXTERNAL MODULE: ./packages/units/lib/nearest.js
var nearest = __webpack_require__(5135);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./packages/hosts/lib/agent.js
var agent = __webpack_require__(5368);
// EXTERNAL MODULE: ./packages/hosts/lib/host.js + 1 modules
var host = __webpack_require__(7214);
// EXTERNAL MODULE: ./packages/hosts/lib/transport.js
var transport = __webpack_require__(6056);
;// CONCATENATED MODULE: ./packages/hosts/lib/local.js










/** Variables that programs on this machine inherit: those of a login. All others are named in the runbook, as for any host. */
const INHERITED = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR)$/;
/** This machine as a host. */
function localHost(name, spec, scope) {
    const env = Object.fromEntries(Object.entries({ HOME: (0,external_node_os_.homedir)(), ...process.env }).filter(([key]) => INHERITED.test(key)));
    return (0,host/* makeHost */.Df)(name, spec, scope, {
        kind: 'local',
        label: `${name} (this machine)`,
        transport: async () => (0,transport/* start */.ni)('sh', ['-c', agent/* BOOT */.V4], env),
        base: process.cwd(),
        send: copy,
        fetch: copy,
        close: async () => { },
    });
}
async function copy(from, to, _host, progress) {
    const partial = `${to}.partial`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(to), { recursive: true });
    await (0,promises_.rm)(partial, { recursive: true, force: true });
    try {
        await (0,promises_.cp)(from, partial, { recursive: true, preserveTimestamps: true });
    }
    catch (error) {
        await (0,promises_.rm)(partial, { recursive: true, force: true });
        throw new lib_error/* RunbookError */.rk(`${from} cannot be copied to ${to}: ${error.message}; nothing was left there`);
    }
    const [before, after] = [await hashTree(from), await hashTree(partial)];
    if (before.sha256 !== after.sha256)
        throw new lib_error/* RunbookError */.rk(`${to} differs from ${from} after copying; the copy was not taken`);
    const whole = await (0,promises_.stat)(partial);
    if (whole.isFile()) {
        const handle = await (0,promises_.open)(partial, 'r');
        await handle.sync();
        await handle.close();
    }
    else
        await (0,promises_.rm)(to, { recursive: true, force: true });
    await (0,promises_.rename)(partial, to);
    progress?.(after.bytes);
    return after;
}
async function hashTree(path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let bytes = 0;
    const visit = async (at, label) => {
        if ((await (0,promises_.stat)(at)).isDirectory()) {
            for (const entry of (await (0,promises_.readdir)(at)).sort())
                await visit((0,external_node_path_.join)(at, entry), `${label}/${entry}`);
            return;
        }
        if (label !== '')
            hash.update(`${label}\0`);
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(at), async function* (source) {
            for await (const chunk of source) {
                hash.update(chunk);
                bytes += chunk.length;
                yield;
            }
        });
    };
    await visit(path, '');
    return { bytes, sha256: hash.digest('hex') };
}

;// CONCATENATED MODULE: ./packages/hosts/lib/open.js



/**
 * The hosts of an environment; each connects when first used. The code for ssh is loaded only where a host asks for it, so
 * call this before the hosts are needed.
 */
async function openHosts(specs, scope, secrets) {
    const ssh = Object.values(specs).some((spec) => 'ssh' in spec) ? await __webpack_require__.e(/* import() */ 4011).then(__webpack_require__.bind(__webpack_require__, 4011)) : undefined;
    const opened = new Map();
    return {
        names: () => Object.keys(specs),
        get(name) {
            const known = opened.get(name);
            if (known !== undefined)
                return known;
            const spec = specs[name];
            if (spec === undefined) {
                const near = (0,nearest/* nearest */.p)(name, Object.keys(specs));
                throw new lib_error/* RunbookError */.rk(`there is no host "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`);
            }
            const host = 'ssh' in spec && ssh !== undefined ? ssh.sshHost(name, spec, scope, secrets) : localHost(name, spec, scope);
            opened.set(name, host);
            return host;
        },
        async close() {
            await Promise.all([...opened.values()].map((host) => host.close()));
            opened.clear();
        },
    };
}

// EXTERNAL MODULE: ./packages/record/lib/store.js
var store = __webpack_require__(8338);
;// CONCATENATED MODULE: ./packages/record/lib/home-store.js



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
function homeStore(host, place, now = () => new Date()) {
    const call = async (program, env, input) => {
        const done = await host.shell(agent/* AGENT */.Sr + program, { env, whole: true, ...(input === undefined ? {} : { input }) });
        if (done.timedOut)
            throw new lib_error/* RunbookError */.rk(`the record at ${place} did not answer in time`, { hint: `look for a process that holds ${place}/mutex (fuser)` });
        if (done.code === agent/* REFUSED */.ln.conflict)
            throw new store/* AppendRefused */.j('conflict', place);
        if (done.code === agent/* REFUSED */.ln.lock)
            throw new store/* AppendRefused */.j('lock', place);
        if (done.code === agent/* REFUSED */.ln.epoch)
            throw new store/* AppendRefused */.j('epoch', place);
        if (done.code === agent/* REFUSED */.ln.space)
            throw new lib_error/* RunbookError */.rk(`the record at ${place} cannot be written: no space left, or no right to; the change it announces was not started`, {
                hint: 'free some space on that host (df -h ~/.release-runbook), then run the same command again',
            });
        if (done.code !== 0)
            throw new lib_error/* RunbookError */.rk(`the record at ${place}: ${done.stderr.trim() || `exit ${done.code}`}`);
        return done.stdout;
    };
    return {
        place,
        async load(limit) {
            const text = await call(LOAD, { RR_LIMIT: String(limit) });
            const [lock = '', ...parts] = text.split(MARK);
            const records = [];
            for (const part of parts) {
                const end = part.indexOf('\n');
                const release = part.slice(0, end);
                if (release !== '-')
                    records.push({ release, text: part.slice(end + 1) });
            }
            return { lock: parseLock(lock, place), records };
        },
        async read(release) {
            checkId(release);
            return host.read(`${await host.state()}/records/${release}.jsonl`);
        },
        async append(release, seq, lease, events) {
            checkId(release);
            const numbered = (0,store/* number */.a)(events, seq, lease.epoch, now);
            const block = numbered.map((event) => `${JSON.stringify(event)}\n`).join('');
            await call('rr_mutex; rr_epoch; rr_append "$RR_RECORD" "$RR_NONCE" "$RR_SEQ" "$RR_LENGTH"\n', {
                RR_RECORD: release,
                RR_NONCE: lease.nonce,
                RR_EPOCH: String(lease.epoch),
                RR_SEQ: String(seq),
                RR_LENGTH: String(Buffer.byteLength(block)),
            }, block);
            return numbered;
        },
        announce(on, release, seq, lease, event) {
            if (on !== host.name)
                return undefined;
            const [numbered] = (0,store/* number */.a)([event], seq, lease.epoch, now);
            return { announcement: { record: release, nonce: lease.nonce, seq, line: JSON.stringify(numbered) }, event: numbered };
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
        async release(nonce) {
            await call(RELEASE, { RR_NONCE: nonce });
        },
    };
}
function parseLock(text, place) {
    const [first = '', second = ''] = text.split('\n');
    if (first === '')
        return { epoch: 0, holder: undefined };
    const [epoch = '', nonce = ''] = first.split(' ');
    if (!/^\d+$/.test(epoch))
        throw damagedLock(place);
    if (nonce === '-')
        return { epoch: Number(epoch), holder: undefined };
    try {
        return { epoch: Number(epoch), holder: JSON.parse(second) };
    }
    catch {
        throw damagedLock(place);
    }
}
function damagedLock(place) {
    return new lib_error/* RunbookError */.rk(`the lock at ${place}/lock cannot be read`, {
        hint: 'when no release or rollback of this environment runs anywhere: `runbook unlock --force`',
    });
}
/** A release id becomes a file's name. */
function checkId(release) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.+-]{0,150}$/.test(release))
        throw new lib_error/* RunbookError */.rk(`not a release's id: ${JSON.stringify(release)}`, { hint: '`runbook status` lists the releases' });
}

// EXTERNAL MODULE: ./packages/runbook/lib/substitute.js
var substitute = __webpack_require__(9956);
// EXTERNAL MODULE: ./packages/hosts/lib/request.js
var request = __webpack_require__(2208);
// EXTERNAL MODULE: ./packages/units/lib/duration.js
var duration = __webpack_require__(7165);
// EXTERNAL MODULE: ./packages/services/lib/port.js
var lib_port = __webpack_require__(4503);
;// CONCATENATED MODULE: ./packages/services/lib/health.js




const shortestPause = 50;
const longestPause = 500;
/** Asking the manager costs more than asking the service, so it is asked less often. */
const statusEvery = 1_000;
/** A service without `health:` must have run for so long. */
const settled = 1_000;
/**
 * Asks until the service answers 2xx and is still the process that its manager knows: an answer alone may come from another
 * program on the same port.
 * @throws RunbookError with the last answer and the log's last 20 lines, early when the process is gone
 */
async function waitHealthy(question) {
    const { host, readyMs } = question;
    const start = performance.now();
    const left = () => readyMs - (performance.now() - start);
    let pause = shortestPause;
    let askedAt = start;
    let last = 'it was not asked yet';
    while (left() > 0) {
        const answer = await ask(question, Math.max(200, Math.min(5_000, left())), performance.now() - start);
        last = answer.text;
        if (answer.good || performance.now() - askedAt >= statusEvery) {
            askedAt = performance.now();
            const status = await question.status();
            const gone = status.hopeless ?? (status.running ? undefined : 'the process is gone');
            if (gone !== undefined)
                throw await failure(question, `${gone}; ${last}`);
            if (answer.good)
                return { ms: performance.now() - start };
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(pause, Math.max(0, left()))));
        pause = Math.min(longestPause, pause * 1.5);
    }
    const status = await question.status();
    const running = status.running ? `it runs (pid ${status.pid ?? 'unknown'})` : 'the process is gone';
    throw await failure(question, `not healthy within ${(0,duration/* formatDuration */.a3)(readyMs)}: ${last}; ${running}`, `asked from host ${host.name}`);
}
/** One question: whether it was answered well, and with what. */
async function ask({ host, url, port }, timeoutMs, sinceMs) {
    if (url === undefined) {
        const open = port === undefined || (await (0,lib_port/* listens */.b)(host, port));
        return { good: open && sinceMs >= settled, text: open ? 'it has no `health:`' : `nothing listens on port ${port}` };
    }
    const { timings } = await (0,request/* sendRequest */.w$)(host, { url, timeoutMs });
    const [answer] = timings;
    if (answer?.status === undefined)
        return { good: false, text: `${url} gave ${answer?.error ?? 'no answer'}` };
    return { good: answer.status >= 200 && answer.status <= 299, text: `${url} answered ${answer.status}` };
}
async function failure({ name, host, tail }, what, how) {
    let lines;
    try {
        lines = await tail();
    }
    catch {
        lines = [];
    }
    const log = lines.length === 0 ? '\nits log is empty' : `\nthe end of its log:\n${lines.map((line) => `  ${line}`).join('\n')}`;
    return new lib_error/* RunbookError */.rk(`service ${name} on host ${host.name}: ${what}${how === undefined ? '' : ` (${how})`}${log}`);
}

;// CONCATENATED MODULE: ./packages/services/lib/log.js

/**
 * Reads what was added since a place. Per file: a line "name-of-part identity size", then base64 of the bytes.
 * Input: lines "identity offset path". A file that was rotated away is found again by its inode in the same folder, and its
 * rest is read before the new one. The 32 bytes before the offset are sent along: when they are others, the file was emptied
 * and written anew.
 */
const READ = `
part() { # path offset budget
  size=$(wc -c <"$1" | tr -d ' ')
  from=$(($2 > 32 ? $2 - 32 : 0))
  echo "part $(ls -id "$1" | awk '{print $1; exit}') $size $from"
  tail -c +$((from + 1)) "$1" | head -c $(($3 + 32)) | base64 | tr -d '\\n'
  echo
}
while read -r id offset budget path; do
  if [ ! -e "$path" ]; then
    if [ -d "$(dirname "$path")" ]; then echo "file absent"; else echo "file nofolder"; fi
    continue
  fi
  [ -r "$path" ] || { echo "file unreadable"; continue; }
  now=$(ls -id "$path" | awk '{print $1; exit}')
  if [ "$id" = end ]; then
    echo "file now"
    size=$(wc -c <"$path" | tr -d ' ')
    part "$path" "$size" 0
    continue
  fi
  if [ "$id" != "$now" ] && [ "$id" != - ]; then
    old=$(find "$(dirname "$path")" -maxdepth 1 -inum "$id" 2>/dev/null | head -n 1)
    echo "file rotated"
    if [ -n "$old" ] && [ -r "$old" ]; then part "$old" "$offset" "$budget"; else echo "part - 0 0"; echo; fi
    part "$path" 0 "$budget"
    continue
  fi
  echo "file now"
  part "$path" "$offset" "$budget"
done
`;
/** What fits encoded into the output of one program (1 MiB). */
const budgetBytes = 640 * 1024;
/**
 * Lines written to the files since the mark; undefined marks the end as it is now and gives no lines. At most 640 KiB a call:
 * the next call goes on. A last line without its end is kept for the next call. Files that are not there yet are empty.
 * @throws RunbookError when a file cannot be read, or not even its folder is there
 */
async function readLog(host, files, mark) {
    const known = mark === undefined ? [] : parseMark(mark);
    const paths = [...new Set([...files, ...known.map((each) => each.path)])];
    const budget = Math.floor(budgetBytes / Math.max(1, paths.length * 2));
    const asked = paths.map((path) => {
        const found = known.find((each) => each.path === path);
        if (found !== undefined)
            return found;
        // A file that appears after the first call is new as a whole.
        return { path, id: mark === undefined ? 'end' : '-', offset: 0, before: '' };
    });
    const input = asked.map(({ id, offset, path }) => `${id} ${offset} ${budget} ${path}\n`).join('');
    const result = await host.shell(READ, { input });
    if (result.code !== 0)
        throw new lib_error/* RunbookError */.rk(`host ${host.name}: logs cannot be read: ${result.stderr.trim()}`);
    const blocks = result.stdout.split(/^file /m).slice(1);
    if (blocks.length !== asked.length)
        throw new lib_error/* RunbookError */.rk(`host ${host.name}: logs cannot be read: an answer of ${blocks.length} files for ${asked.length}`);
    const lines = [];
    const marks = [];
    for (const [index, each] of asked.entries()) {
        const { found, next } = readFile(host, each, blocks[index] ?? '', budget);
        lines.push(...found);
        marks.push(next);
    }
    return { lines, mark: JSON.stringify(marks) };
}
function readFile(host, mark, block, budget) {
    const [state = '', ...rest] = block.split('\n');
    if (state === 'absent')
        return { found: [], next: { path: mark.path, id: '-', offset: 0, before: '' } };
    if (state !== 'now' && state !== 'rotated') {
        throw new lib_error/* RunbookError */.rk(`host ${host.name}: the log ${mark.path} cannot be read${state === 'nofolder' ? ': its folder is not there' : ''}`, {
            hint: 'see `log:` of the service, and whether the login may read it',
        });
    }
    const parts = [];
    for (let at = 0; at + 1 < rest.length; at += 2) {
        const [, id = '-', size = '0', from = '0'] = (rest[at] ?? '').split(' ');
        parts.push({ id, size: Number(size), from: Number(from), bytes: Buffer.from(rest[at + 1] ?? '', 'base64') });
    }
    const [first, second] = parts;
    if (first === undefined)
        throw new lib_error/* RunbookError */.rk(`host ${host.name}: the log ${mark.path} cannot be read`);
    if (mark.id === 'end') {
        return {
            found: [],
            next: { path: mark.path, id: first.id, offset: first.size, before: first.bytes.toString('base64') },
        };
    }
    if (state === 'rotated' && second !== undefined) {
        const old = take({ ...first, mark, whole: true }, budget);
        // More of the old file than fits: it is read to its end first.
        if (!old.atEnd && first.id !== '-')
            return { found: old.lines, next: { ...old.next, path: mark.path } };
        const fresh = take({ ...second, mark: { path: mark.path, id: second.id, offset: 0, before: '' }, whole: false }, budget);
        return { found: [...old.lines, ...fresh.lines], next: fresh.next };
    }
    const result = take({ ...first, mark, whole: false }, budget);
    return { found: result.lines, next: result.next };
}
function take({ id, size, from, bytes, mark, whole }, budget) {
    const lead = bytes.subarray(0, Math.max(0, mark.offset - from));
    const before = Buffer.from(mark.before, 'base64');
    const compared = Math.min(lead.length, before.length);
    const same = size >= mark.offset && lead.subarray(lead.length - compared).equals(before.subarray(before.length - compared));
    if (!same) {
        // Emptied and written anew: what is in it is read from its beginning, by the next call.
        return { lines: [], next: { path: mark.path, id, offset: 0, before: '' }, atEnd: false };
    }
    const fresh = bytes.subarray(lead.length, lead.length + budget);
    const atEnd = mark.offset + fresh.length >= size;
    const lastEnd = fresh.lastIndexOf(10) + 1;
    // One line longer than all that is read at once is given in pieces, or it would never be passed.
    const used = (whole && atEnd) || (lastEnd === 0 && fresh.length >= budget) ? fresh.length : lastEnd;
    const text = fresh.subarray(0, used).toString('utf8');
    const lines = text === ''
        ? []
        : text
            .replace(/\n$/, '')
            .split('\n')
            .map((line) => line.replace(/\r$/, ''));
    const offset = mark.offset + used;
    const tail = Buffer.concat([lead, fresh.subarray(0, used)]).subarray(-32);
    return { lines, next: { path: mark.path, id, offset, before: tail.toString('base64') }, atEnd };
}
function parseMark(mark) {
    try {
        const read = JSON.parse(mark);
        if (Array.isArray(read))
            return read;
    }
    catch {
        // Said below.
    }
    throw new lib_error/* RunbookError */.rk('the mark of a log cannot be read; measure again without it');
}
/** The last lines of the files together, for messages; nothing when they cannot be read. */
async function tailLog(host, files, lines) {
    if (files.length === 0)
        return [];
    const text = 'while read -r path; do [ -r "$path" ] && tail -n "$RR_LINES" "$path" | cut -c 1-500; done; exit 0\n';
    const result = await host.shell(text, { env: { RR_LINES: String(lines) }, input: `${files.join('\n')}\n` });
    const found = result.stdout.split('\n').filter((line) => line.trim() !== '');
    return found.slice(-lines);
}

;// CONCATENATED MODULE: ./packages/services/lib/open.js





/** Variables that may stand in a service's arguments; all others go by its environment, since arguments are there for all to read. */
const IN_ARGUMENTS = ['PORT', 'SLOT', 'VERSION', 'PREVIOUS_VERSION', 'RELEASE', 'TRACK'];
/** Where each kind of service is implemented; a new kind is a line here. */
const managers = {
    pm2: async () => (await __webpack_require__.e(/* import() */ 7505).then(__webpack_require__.bind(__webpack_require__, 7505))).pm2Manager,
    command: async () => (await __webpack_require__.e(/* import() */ 5955).then(__webpack_require__.bind(__webpack_require__, 5955))).commandManager,
};
/** Lines of the log that an error shows. */
const tailLines = 20;
/**
 * A service on its host. Nothing is asked or started yet.
 * @param options.variables what $NAME in the service's `env:`, `start:` and `health:` stands for
 */
async function openService(name, spec, host, options) {
    const places = placesOf(name, spec);
    const startMarks = new Map();
    const variablesOf = (at, env = {}) => ({
        ...options.variables,
        ...env,
        ...(at.port === undefined ? {} : { PORT: String(at.port) }),
        ...(at.slot === null ? {} : { SLOT: at.slot }),
    });
    const filled = (what, text, variables) => {
        const result = (0,substitute/* substitute */.V)(text, variables);
        if (result.unknown.length === 0)
            return result.text;
        throw new lib_error/* RunbookError */.rk(`service ${name}: ${what} names ${result.unknown.map((each) => `$${each}`).join(', ')}, which has no value`, {
            hint: `known here: ${Object.keys(variables)
                .sort()
                .map((each) => `$${each}`)
                .join(', ')}`,
        });
    };
    const context = {
        name,
        host,
        argumentsOf(at, env, texts) {
            const all = variablesOf(at, env);
            const open = Object.fromEntries(Object.entries(all).filter(([key]) => IN_ARGUMENTS.includes(key)));
            return texts.map((text) => filled('`start:`', text, open));
        },
    };
    const manager = 'pm2' in spec ? (await managers.pm2())(spec, context) : (await managers.command())(spec, context);
    const healthOf = (at) => spec.health === undefined ? undefined : filled('`health:`', spec.health, variablesOf(at));
    const directoryOf = async (at) => {
        const root = await host.directory();
        return external_node_path_.posix.isAbsolute(at.directory) ? at.directory : external_node_path_.posix.join(root, at.directory);
    };
    return {
        name,
        host,
        spec,
        places: () => places,
        place(slot) {
            const found = places.find((each) => each.slot === slot);
            if (found !== undefined)
                return found;
            const slots = places.map((each) => each.slot).filter((each) => each !== null);
            throw new lib_error/* RunbookError */.rk(slots.length === 0
                ? `service ${name} has no slots, so none is called ${slot}`
                : `service ${name} has no slot ${slot ?? '(none)'}; it has ${slots.join(' and ')}`);
        },
        async start(at, env) {
            const variables = variablesOf(at, env);
            const own = Object.entries(spec.env ?? {}).map(([key, text]) => [key, filled(`\`env: ${key}\``, text, variables)]);
            const given = { ...Object.fromEntries(own), ...env, ...pick(variables, ['PORT', 'SLOT']) };
            startMarks.set(at, await markOf(at));
            await manager.start(at, { directory: await directoryOf(at), env: given });
        },
        stop: (at) => manager.stop(at),
        status: async (at) => {
            const { running, pid, restarts, memoryBytes } = await manager.status(at);
            return { running, pid, restarts, memoryBytes };
        },
        healthy: (at) => waitHealthy({
            name: nameOf(name, at),
            host,
            port: at.port,
            url: healthOf(at),
            readyMs: spec.ready ?? 60_000,
            status: () => manager.status(at),
            tail: () => tailOf(at),
        }),
        ask: async (at) => {
            const answer = await ask({ host, url: healthOf(at), port: at.port }, 5_000, Number.POSITIVE_INFINITY);
            return answer.good ? undefined : answer.text;
        },
        log: async (at, mark) => {
            const files = await logsOf(at);
            if (files.length === 0 && mark === undefined) {
                throw new lib_error/* RunbookError */.rk(`service ${name} has no log that can be read`, {
                    hint: 'name its files in `log: [logs/app.log]`',
                });
            }
            return readLog(host, files, mark);
        },
    };
    /** Where the logs end before a start, so that lines of earlier runs are not shown as its own. */
    async function markOf(at) {
        try {
            return (await readLog(host, await logsOf(at), undefined)).mark;
        }
        catch (error) {
            if (error instanceof lib_error/* RunbookError */.rk)
                return undefined;
            throw error;
        }
    }
    async function tailOf(at) {
        const files = await logsOf(at);
        const mark = startMarks.get(at);
        const { lines } = mark === undefined ? { lines: [] } : await readLog(host, files, mark);
        if (lines.length > 0)
            return lines.slice(-tailLines);
        return tailLog(host, files, tailLines);
    }
    async function logsOf(at) {
        if (spec.log === undefined)
            return manager.logs(at);
        const directory = await directoryOf(at);
        return spec.log.map((path) => (external_node_path_.posix.isAbsolute(path) ? path : external_node_path_.posix.join(directory, path)));
    }
}
/** `backend (blue)`, or `backend`. */
function nameOf(name, at) {
    return at.slot === null ? name : `${name} (${at.slot})`;
}
function placesOf(name, spec) {
    if (spec.slots === undefined)
        return [{ slot: null, port: spec.port, directory: spec.directory ?? '.' }];
    const places = Object.entries(spec.slots).map(([slot, { port, directory }]) => ({ slot, port, directory }));
    const [first, second] = places;
    if (first === undefined || second === undefined) {
        throw new lib_error/* RunbookError */.rk(`service ${name}: \`slots:\` needs two places, each with a port and a directory`);
    }
    return places;
}
function pick(values, names) {
    return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

;// CONCATENATED MODULE: ./packages/traffic/lib/open.js
/** Where each kind of router is implemented; a new kind is a line here. */
const routers = {
    command: async () => (await __webpack_require__.e(/* import() */ 8314).then(__webpack_require__.bind(__webpack_require__, 8314))).commandRouter,
};
/**
 * The router of `canary: traffic:`; nothing is asked before its first method.
 * @param variables what its scripts get beside $WEIGHTS
 * @param slots the names that weights may have; without them any name is taken that the router tells
 */
function openRouter(spec, hosts, variables, slots) {
    let loaded;
    const router = () => {
        loaded ??= routers.command().then((make) => make(spec.command, { hosts, variables, slots }));
        return loaded;
    };
    return {
        set: async (weights) => (await router()).set(weights),
        read: async () => (await router()).read(),
        requests: async () => (await router()).requests(),
    };
}

;// CONCATENATED MODULE: ./packages/steps/lib/context.js







const systemClock = {
    now: () => new Date(),
    sleep: (ms, signal) => new Promise((resolve, reject) => {
        if (signal?.aborted)
            return reject(new Cancelled());
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', stop);
            resolve();
        }, ms);
        const stop = () => {
            clearTimeout(timer);
            reject(new Cancelled());
        };
        signal?.addEventListener('abort', stop, { once: true });
    }),
};
/** The job is being cancelled. */
class Cancelled extends Error {
    constructor() {
        super('cancelled');
    }
}
/** Names of secrets in a runbook: `$NAME`, upper case, that the environment has. */
function secretsOf(runbook, env) {
    const found = {};
    for (const [, braced, plain] of JSON.stringify(runbook.resolved).matchAll(/\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*))/g)) {
        const name = (braced ?? plain);
        const value = env[name];
        if (value !== undefined && value !== '' && !OWN.has(name))
            found[name] = value;
    }
    return found;
}
/** Variables that the suite sets itself; one of the same name in the step's environment is no secret and is not used. */
const OWN = new Set(['VERSION', 'PREVIOUS_VERSION', 'RELEASE', 'TRACK', 'PORT', 'SLOT', 'ENVIRONMENT', 'SYSTEM', 'WEIGHTS', 'HOME', 'PATH', 'PWD', 'USER', 'LANG']);
async function openContext(inputs) {
    const { runbook } = inputs;
    const secrets = secretsOf(runbook, inputs.env);
    const specs = Object.fromEntries(Object.entries(runbook.hosts).map(([name, spec]) => [name, withSecrets(spec, secrets)]));
    const scope = { system: runbook.system, environment: runbook.environment, ...(inputs.root === undefined ? {} : { root: inputs.root }) };
    const hosts = await openHosts(specs, scope, inputs.env);
    const store = openStore(inputs, hosts);
    const services = await Promise.all(Object.entries(runbook.services).map(async ([name, spec]) => [name, await openService(name, spec, hosts.get(spec.on), { variables: secrets })]));
    const databases = await Promise.all(Object.entries(runbook.databases).map(async ([name, spec]) => {
        const options = runbook.backup.directory === undefined ? {} : { directory: runbook.backup.directory };
        return [name, await openDatabase(name, spec, hosts.get(spec.on), options)];
    }));
    const values = Object.values(secrets).filter((value) => value.length >= 4);
    return {
        ...inputs,
        clock: inputs.clock ?? systemClock,
        hosts,
        store: inputs.wrapStore?.(store) ?? store,
        services: Object.fromEntries(services),
        databases: Object.fromEntries(databases),
        router: runbook.canary === undefined ? undefined : openRouter(runbook.canary.traffic, hosts, secrets),
        secrets,
        redact: (text) => values.reduce((rest, value) => rest.replaceAll(value, '***'), text),
        close: () => hosts.close(),
    };
}
function openStore(inputs, hosts) {
    const { runbook } = inputs;
    if (runbook.home === undefined)
        throw new lib_error/* RunbookError */.rk('a record needs a host to lie on, and the runbook has none', { hint: 'add `hosts:` to the environment; the first one keeps the record' });
    const host = hosts.get(runbook.home);
    if (host.kind === 'local' && inputs.vanishing === true && inputs.root === undefined)
        throw new lib_error/* RunbookError */.rk(`the record would lie on host ${runbook.home}, which is this runner and vanishes after the job; nothing was started`, {
            hint: 'give the environment a host by `ssh:`, or run this job on a self-hosted runner',
        });
    return homeStore(host, `${runbook.home}:${inputs.root ?? '~/.release-runbook'}/${runbook.system}/${runbook.environment}`, inputs.clock?.now);
}
function withSecrets(spec, secrets) {
    if (spec.env === undefined)
        return spec;
    return { ...spec, env: Object.fromEntries(Object.entries(spec.env).map(([name, value]) => [name, (0,substitute/* substitute */.V)(value, secrets).text])) };
}


/***/ })

};
