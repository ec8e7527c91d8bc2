export const id = 1726;
export const ids = [1726];
export const modules = {

/***/ 1726:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkCommand: () => (/* binding */ checkCommand)
/* harmony export */ });
/* harmony import */ var _release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1596);
/* harmony import */ var _release_runbook_runbook_substitute__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9956);
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4455);




const given = ['VERSION', 'PREVIOUS_VERSION', 'RELEASE', 'TRACK', 'PORT', 'SLOT'];
/** A program or script of the user's own: passes when it exits 0, and prints `contains` where that is asked. */
async function checkCommand(spec, context) {
    const timeoutMs = spec.timeout ?? 60_000;
    // Secrets only to scripts that name them.
    const named = new Set([...given, ...(0,_release_runbook_runbook_substitute__WEBPACK_IMPORTED_MODULE_2__/* .namesIn */ .w)(typeof spec.run === 'string' ? spec.run : spec.run.join('\n'))]);
    const env = Object.fromEntries(Object.entries(context.variables).filter(([name]) => named.has(name)));
    const program = typeof spec.run === 'string' ? spec.run : [...spec.run];
    const result = await (0,_release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_3__/* .runOn */ .l9)(context.hosts.get(spec.on), program, { env, timeoutMs });
    const measurements = [{ name: 'time', value: result.ms, unit: 'ms' }];
    if (result.timedOut)
        return {
            verdict: 'error',
            text: `could not be judged: it did not end within ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(timeoutMs)} on host ${spec.on}`,
            measurements,
        };
    if (result.code !== 0) {
        const last = (0,_release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_3__/* .lastLines */ .w$)(result, 1);
        return {
            verdict: 'fail',
            text: `ended with ${result.code} on host ${spec.on}${last === '' ? '' : `: ${last}`}`,
            mend: 'run it by hand on the host, in its directory',
            measurements,
        };
    }
    const wanted = spec.contains === undefined ? undefined : (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .filler */ .D)(context.variables).fill(spec.contains);
    if (wanted !== undefined && !result.stdout.includes(wanted)) {
        return {
            verdict: 'fail',
            text: `printed ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)((0,_release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_3__/* .lastLines */ .w$)({ stdout: result.stdout, stderr: '' }, 1))}, expected ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(spec.contains)} in it`,
            measurements,
        };
    }
    return { verdict: 'pass', text: `ended with 0 in ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(result.ms)}`, measurements };
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
