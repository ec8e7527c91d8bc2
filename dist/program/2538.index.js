export const id = 2538;
export const ids = [2538];
export const modules = {

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


/***/ }),

/***/ 2538:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   commandMetric: () => (/* binding */ commandMetric)
/* harmony export */ });
/* harmony import */ var _release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1596);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5896);



const timeoutMs = 60_000;
/** The number that the user's own program prints. Nothing printed is no data; anything else than a number is an error. */
function commandMetric(options, context) {
    return {
        async measure(track) {
            const run = typeof options.run === 'string' ? options.run : [...options.run];
            const result = await (0,_release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_2__/* .runOn */ .l9)(context.hosts.get(options.on), run, { env: (0,_place_js__WEBPACK_IMPORTED_MODULE_1__/* .variablesOf */ .ht)(context, track), timeoutMs });
            if (result.timedOut)
                throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`the metric's command on host ${options.on} did not end within ${timeoutMs / 1000} s`);
            if (result.code !== 0)
                throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`the metric's command on host ${options.on} ended with ${result.code}: ${(0,_release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_2__/* .lastLines */ .w$)(result)}`);
            const text = result.stdout.trim();
            if (text === '' || /^(nan|null|none)$/i.test(text))
                return { value: null, count: 0, unit: 'number' };
            const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
            if (!Number.isFinite(value))
                throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`the metric's command on host ${options.on} printed ${JSON.stringify(text.slice(0, 80))}, expected a number`);
            return { value, count: 1, unit: 'number' };
        },
    };
}


/***/ })

};
