export const id = 5706;
export const ids = [5706];
export const modules = {

/***/ 5706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkDisk: () => (/* binding */ checkDisk),
/* harmony export */   parseDf: () => (/* binding */ parseDf)
/* harmony export */ });
/* harmony import */ var _release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1596);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4455);



/** Free space where a path lies on its host (default: the host's directory). */
async function checkDisk(spec, context) {
    const host = context.hosts.get(spec.on);
    const path = spec.path ?? '.';
    const result = await host.exec(['df', '-Pk', path.startsWith('-') ? `./${path}` : path], {
        env: { LC_ALL: 'C' },
        timeoutMs: 30_000,
    });
    if (result.timedOut)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`df gave no answer within 30 s on host ${spec.on} (a network disk that hangs?)`);
    const { mounted, free } = parseDf(result.stdout) ?? {};
    if (result.code !== 0 || free === undefined)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`df on host ${spec.on} ended with ${result.code}: ${(0,_release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_2__/* .lastLines */ .w$)(result)}`);
    const { good, text } = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .judged */ .g$)(`free at ${mounted} on host ${spec.on}`, free, spec.free);
    return {
        verdict: good ? 'pass' : 'fail',
        text,
        mend: `see what fills it: du -xh --max-depth=2 ${mounted} | sort -h | tail -n 20`,
        measurements: [{ name: 'free', value: free, unit: 'bytes' }],
    };
}
/** The file system of `df -Pk` (one line each, sizes in 1024 bytes; POSIX). */
function parseDf(text) {
    const line = text.trim().split('\n').at(-1) ?? '';
    const found = /\s(\d+)\s+(\d+)\s+(-?\d+)\s+(\d+%|-)\s+(\/.*)$/.exec(line);
    return found === null ? undefined : { mounted: found[5] ?? '/', free: Number(found[3]) * 1024 };
}


/***/ }),

/***/ 1596:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l9: () => (/* binding */ runOn),
/* harmony export */   w$: () => (/* binding */ lastLines)
/* harmony export */ });
/* unused harmony export programOf */
/** The program that a `run:` is: a text is a bash script that stops at the first error, a list goes to no shell. */
function programOf(run) {
    return typeof run === 'string' ? ['bash', '-eo', 'pipefail', '-c', run] : run;
}
/** Runs a `run:` that changes nothing (a check, a question to a router); what changes something goes to `supervise`. */
function runOn(host, run, options = {}) {
    return host.exec(programOf(run), options);
}
/** The last lines that a program wrote, for messages: its errors, else its output. */
function lastLines(result, lines = 5) {
    const text = result.stderr.trim() === '' ? result.stdout : result.stderr;
    return text.trim().split('\n').slice(-lines).join('\n');
}


/***/ })

};
