export const id = 3916;
export const ids = [3916,4011];
export const modules = {

/***/ 4011:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   sshHost: () => (/* binding */ sshHost)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6466);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5663);
/* harmony import */ var _agent_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5368);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7214);
/* harmony import */ var _transport_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(6056);











/**
 * A host over the system's ssh: batch mode, strict host keys, one multiplexed connection. Keys and known hosts given as
 * secrets lie in a private folder of this process while it runs.
 */
function sshHost(name, spec, scope, secrets) {
    let folder;
    const label = `${name} (${spec.ssh})`;
    const options = async () => {
        folder ??= prepare(spec, label, secrets);
        folder.catch(() => {
            folder = undefined;
        });
        return sshOptions(spec, await folder);
    };
    const transport = async () => (0,_transport_js__WEBPACK_IMPORTED_MODULE_10__/* .start */ .ni)('ssh', [...(await options()), spec.ssh, `sh -c ${(0,_agent_js__WEBPACK_IMPORTED_MODULE_8__/* .quote */ .hD)(_agent_js__WEBPACK_IMPORTED_MODULE_8__/* .BOOT */ .V4)}`], process.env);
    const connection = {
        kind: 'ssh',
        label,
        transport,
        base: undefined,
        send: (from, to, host, progress) => send(from, to, host, transport, label, progress),
        fetch: (from, to, host, progress) => fetchFile(from, to, host, transport, label, progress),
        async close() {
            if (folder === undefined)
                return;
            const args = await options();
            await new Promise((done) => (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('ssh', [...args, '-O', 'exit', spec.ssh], { stdio: 'ignore' }).on('close', done).on('error', done));
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(await folder, { recursive: true, force: true });
            folder = undefined;
        },
    };
    return (0,_host_js__WEBPACK_IMPORTED_MODULE_9__/* .makeHost */ .Df)(name, spec, scope, connection);
}
/** A socket's path may have 104 bytes: the folder's name is short, and ssh hashes the rest. */
async function prepare(spec, label, secrets) {
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdtemp)('/tmp/rr-');
    for (const [file, named] of [['key', spec.key], ['known_hosts', spec['known-hosts']]]) {
        if (named === undefined)
            continue;
        const value = secrets[named.slice(1)];
        if (value === undefined || value === '')
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_7__/* .RunbookError */ .rk(`host ${label}: the secret ${named} is not in this step's environment; nothing was started`, {
                hint: `add to the step: env: { ${named.slice(1)}: \${{ secrets.${named.slice(1)} }} }`,
            });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, file), value.endsWith('\n') ? value : `${value}\n`, { mode: 0o600 });
    }
    return folder;
}
function sshOptions(spec, folder) {
    const set = (option) => ['-o', option];
    return [
        '-T',
        ...(spec.config === undefined ? [] : ['-F', spec.config]),
        ...(spec.port === undefined ? [] : ['-p', String(spec.port)]),
        ...(spec.key === undefined ? [] : ['-i', (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'key'), ...set('IdentitiesOnly=yes')]),
        ...(spec['known-hosts'] === undefined ? [] : set(`UserKnownHostsFile=${(0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, 'known_hosts')}`)),
        ...set('BatchMode=yes'),
        ...set('StrictHostKeyChecking=yes'),
        ...set('ConnectTimeout=10'),
        ...set('ServerAliveInterval=10'),
        ...set('ServerAliveCountMax=3'),
        ...set('ControlMaster=auto'),
        ...set(`ControlPath=${(0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, '%C')}`),
        ...set('ControlPersist=60'),
    ];
}
const RECEIVE = `
mkdir -p "$(dirname "$RR_FILE")" && rm -rf "$RR_FILE.partial" && cat >"$RR_FILE.partial" && sync "$RR_FILE.partial" 2>/dev/null
[ -e "$RR_FILE.partial" ] || exit 73
sum=$(sha256sum <"$RR_FILE.partial") || exit 73
echo "\${sum%% *}"
`;
async function send(from, to, host, transport, label, progress) {
    const folder = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.stat)(from)).isDirectory();
    const source = folder ? (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('tar', ['-C', (0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(from), '-cf', '-', (0,node_path__WEBPACK_IMPORTED_MODULE_4__.basename)(from)], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout : (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.createReadStream)(from);
    const meter = hashing(progress);
    const child = await transport();
    const [out, err] = [(0,_transport_js__WEBPACK_IMPORTED_MODULE_10__/* .collector */ .g7)(), (0,_transport_js__WEBPACK_IMPORTED_MODULE_10__/* .collector */ .g7)()];
    child.stdout.on('data', (chunk) => out.add(chunk));
    child.stderr.on('data', (chunk) => err.add(chunk));
    const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve(code ?? 1)));
    const program = `RR_FILE=${(0,_agent_js__WEBPACK_IMPORTED_MODULE_8__/* .quote */ .hD)(to)}; umask 077; ${RECEIVE}`;
    child.stdin.write((0,_agent_js__WEBPACK_IMPORTED_MODULE_8__/* .frame */ .Gt)(program));
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_6__.pipeline)(source, meter.stream, child.stdin).catch(() => { });
    const code = await ended;
    if (code === 255)
        throw (0,_host_js__WEBPACK_IMPORTED_MODULE_9__/* .unreachable */ .HB)(label, err.text(), false);
    const there = out.text().trim();
    if (code !== 0 || there !== meter.result().sha256) {
        await host.shell('rm -rf "$RR_FILE.partial"', { env: { RR_FILE: to } });
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_7__/* .RunbookError */ .rk(`host ${label}: ${to} did not arrive whole (${err.text().trim() || 'its hash differs'}); what had arrived was removed`, {
            hint: 'free some space on the host and run the same command again',
        });
    }
    const finish = folder
        ? 'mkdir "$RR_FILE.unpacked" && tar -C "$RR_FILE.unpacked" -xf "$RR_FILE.partial" && rm -rf "$RR_FILE" "$RR_FILE.partial" && mv "$RR_FILE.unpacked"/* "$RR_FILE" && rmdir "$RR_FILE.unpacked"'
        : 'mv "$RR_FILE.partial" "$RR_FILE"';
    const done = await host.shell(`umask 077; rm -rf "$RR_FILE.unpacked"; ${finish}`, { env: { RR_FILE: to } });
    if (done.code !== 0)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_7__/* .RunbookError */ .rk(`host ${label}: ${to} could not be put in place: ${done.stderr.trim()}`);
    return meter.result();
}
async function fetchFile(from, to, host, transport, label, progress) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.dirname)(to), { recursive: true });
    const before = await host.shell('sha256sum <"$RR_FILE"', { env: { RR_FILE: from }, timeoutMs: 600_000 });
    if (before.code !== 0)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_7__/* .RunbookError */ .rk(`host ${label}: ${from} cannot be read: ${before.stderr.trim()}`);
    const child = await transport();
    const err = (0,_transport_js__WEBPACK_IMPORTED_MODULE_10__/* .collector */ .g7)();
    child.stderr.on('data', (chunk) => err.add(chunk));
    child.stdin.end((0,_agent_js__WEBPACK_IMPORTED_MODULE_8__/* .frame */ .Gt)(`exec cat -- ${(0,_agent_js__WEBPACK_IMPORTED_MODULE_8__/* .quote */ .hD)(node_path__WEBPACK_IMPORTED_MODULE_4__.posix.normalize(from))}\n`));
    const meter = hashing(progress);
    const partial = `${to}.partial`;
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_6__.pipeline)(child.stdout, meter.stream, (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.createWriteStream)(partial, { mode: 0o600 }));
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.open)(partial, 'r');
    await handle.sync();
    await handle.close();
    if (before.stdout.slice(0, 64) !== meter.result().sha256) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(partial, { force: true });
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_7__/* .RunbookError */ .rk(`host ${label}: ${from} did not arrive whole (${err.text().trim() || 'its hash differs'}); what had arrived was removed`);
    }
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rename)(partial, to);
    return meter.result();
}
function hashing(progress) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)('sha256');
    let bytes = 0;
    let done;
    const stream = new node_stream__WEBPACK_IMPORTED_MODULE_5__.Transform({
        transform(chunk, _encoding, next) {
            hash.update(chunk);
            bytes += chunk.length;
            progress?.(bytes);
            next(null, chunk);
        },
    });
    return {
        stream,
        result() {
            done ??= { bytes, sha256: hash.digest('hex') };
            return done;
        },
    };
}


/***/ }),

/***/ 3916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   copyBackup: () => (/* binding */ copyBackup)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _release_runbook_hosts_ssh__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4011);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_size__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8932);






/** Brings a verified backup to another place through the runner, and hashes it again where it lies. */
async function copyBackup(ctx, database, backup, spec) {
    const scope = { system: ctx.runbook.system, environment: ctx.runbook.environment };
    const own = 'ssh' in spec ? (0,_release_runbook_hosts_ssh__WEBPACK_IMPORTED_MODULE_3__.sshHost)('copy', { ssh: spec.ssh }, scope, ctx.env) : undefined;
    const target = own ?? ctx.hosts.get(spec.on);
    const place = 'ssh' in spec ? spec.ssh : spec.on;
    const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'rr-copy-'));
    try {
        const local = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(backup.path));
        const report = (what) => (bytes) => ctx.platform.progress({ what, done: bytes, total: backup.bytes, unit: 'bytes' });
        await database.host.fetch(backup.path, local, report(`${backup.id} from ${database.host.name}`));
        const path = node_path__WEBPACK_IMPORTED_MODULE_2__.posix.join(spec.directory, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(backup.path));
        const sent = await target.send(local, path, report(`${backup.id} to ${place}`));
        if (sent.sha256 !== backup.sha256)
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_4__/* .RunbookError */ .rk(`the copy of ${backup.id} at ${place}:${path} has another hash than the backup`, { hint: 'the backup itself is whole; look at the disk of that place' });
        ctx.platform.log(`${backup.id}: ${(0,_release_runbook_units_size__WEBPACK_IMPORTED_MODULE_5__/* .formatSize */ .Xq)(sent.bytes)} copied to ${place}:${path}`);
        return { place, path, sha256: sent.sha256 };
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
        await own?.close();
    }
}


/***/ })

};
