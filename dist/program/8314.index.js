export const id = 8314;
export const ids = [8314];
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

/***/ 8314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   commandRouter: () => (/* binding */ commandRouter)
/* harmony export */ });
/* harmony import */ var _release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1596);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _weights_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4210);



const timeoutMs = 60_000;
/** A router that is set and asked by the user's own scripts. */
function commandRouter(spec, { hosts, variables, slots, }) {
    const ask = async (what, run, env = {}) => {
        const host = hosts.get(spec.on);
        const result = await (0,_release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_2__/* .runOn */ .l9)(host, run, { env: { ...variables, ...env }, timeoutMs });
        if (result.timedOut)
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`the router's \`${what}\` on host ${spec.on} did not end within ${timeoutMs / 1000} s`);
        if (result.code === 0)
            return result.stdout;
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`the router's \`${what}\` on host ${spec.on} ended with ${result.code}: ${(0,_release_runbook_hosts_run__WEBPACK_IMPORTED_MODULE_2__/* .lastLines */ .w$)(result)}`);
    };
    return {
        async set(weights) {
            (0,_weights_js__WEBPACK_IMPORTED_MODULE_1__/* .checkWeights */ .qO)(weights);
            await ask('set', spec.set, { WEIGHTS: (0,_weights_js__WEBPACK_IMPORTED_MODULE_1__/* .formatWeights */ .V7)(weights) });
        },
        async read() {
            return (0,_weights_js__WEBPACK_IMPORTED_MODULE_1__/* .parseWeights */ .vt)(await ask('get', spec.get), slots, "the router's `get`");
        },
        async requests() {
            if (spec.requests === undefined)
                return undefined;
            return (0,_weights_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRequests */ .wO)(await ask('requests', spec.requests), slots, "the router's `requests`");
        },
    };
}


/***/ }),

/***/ 4210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ML: () => (/* binding */ sameWeights),
/* harmony export */   V7: () => (/* binding */ formatWeights),
/* harmony export */   qO: () => (/* binding */ checkWeights),
/* harmony export */   vt: () => (/* binding */ parseWeights),
/* harmony export */   wO: () => (/* binding */ parseRequests)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_nearest__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5135);


/** Rounding in a router (HAProxy has 256 steps) must not look like a lost part of the traffic. */
const tolerance = 0.5;
/** "blue=95 green=5", as scripts get it and print it. */
function formatWeights(weights) {
    return Object.entries(weights)
        .map(([slot, percent]) => `${slot}=${Number(percent.toFixed(3))}`)
        .join(' ');
}
/**
 * Reads "blue=95 green=5" (a percent sign may follow, commas or lines may stand between).
 * @param slots the only names allowed, all of which must be there; undefined: any
 * @throws RunbookError that names what was printed
 */
function parseWeights(text, slots, what) {
    const weights = parsePairs(text, slots, what, 'weights such as "blue=95 green=5"', '%?');
    const sum = Object.values(weights).reduce((total, percent) => total + percent, 0);
    if (Math.abs(sum - 100) > tolerance) {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}: the weights add up to ${Number(sum.toFixed(3))}, not to 100`);
    }
    return weights;
}
/** Reads "blue=950 green=50", requests by slot. */
function parseRequests(text, slots, what) {
    return parsePairs(text, slots, what, 'requests such as "blue=950 green=50"', '');
}
function parsePairs(text, slots, what, expected, sign) {
    const pattern = new RegExp(`^([A-Za-z0-9][A-Za-z0-9_.-]*)=(\\d{1,15}(?:\\.\\d{1,9})?)${sign}$`);
    const found = {};
    const words = text
        .trim()
        .split(/[\s,]+/)
        .filter((word) => word !== '');
    if (words.length === 0)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed nothing, expected ${expected}`);
    for (const word of words) {
        const [, name, value] = pattern.exec(word) ?? [];
        if (name === undefined)
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}, expected ${expected}`);
        if (Object.hasOwn(found, name))
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}: ${name} stands there twice`);
        if (slots !== undefined && !slots.includes(name)) {
            const near = (0,_release_runbook_units_nearest__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(name, slots);
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}: there is no slot ${name}, expected ${slots.join(' and ')}`, {
                hint: near === undefined ? undefined : `did you mean ${near}?`,
            });
        }
        found[name] = Number(value);
    }
    const missing = (slots ?? []).filter((slot) => !Object.hasOwn(found, slot));
    if (missing.length > 0)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}: ${missing.join(' and ')} is missing`);
    return found;
}
function shown(text) {
    const line = text.trim();
    return JSON.stringify(line.length > 200 ? `${line.slice(0, 199)}…` : line);
}
/** Whether two sets of weights are the same, up to rounding; a slot that is not named has 0. */
function sameWeights(a, b) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((slot) => Math.abs((a[slot] ?? 0) - (b[slot] ?? 0)) <= tolerance);
}
/** @throws RunbookError for weights that no router should be given */
function checkWeights(weights) {
    const values = Object.values(weights);
    const sum = values.reduce((total, percent) => total + percent, 0);
    if (values.every((percent) => percent >= 0 && percent <= 100) && Math.abs(sum - 100) <= tolerance)
        return;
    throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`weights must be from 0 to 100 and add up to 100, got ${formatWeights(weights)}`);
}


/***/ })

};
