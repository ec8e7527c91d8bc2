export const id = 3215;
export const ids = [3215];
export const modules = {

/***/ 7417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GW: () => (/* binding */ problemsOf),
/* harmony export */   Lj: () => (/* binding */ captureFrom),
/* harmony export */   fo: () => (/* binding */ requestOf)
/* harmony export */ });
/* unused harmony exports valueAt, matches */
/* harmony import */ var _release_runbook_hosts_request__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2208);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9932);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4455);




/** The request of a spec, its texts filled in. */
function requestOf(spec, filler, more = {}) {
    const headers = Object.fromEntries(Object.entries(spec.headers ?? {}).map(([name, text]) => [name.toLowerCase(), filler.fill(text)]));
    if (spec.json !== undefined)
        headers['content-type'] ??= 'application/json';
    return {
        url: filler.fill(spec.url),
        method: spec.method ?? (spec.json === undefined ? 'GET' : 'POST'),
        headers,
        body: spec.json === undefined ? undefined : JSON.stringify(filler.fillAll(spec.json)),
        timeoutMs: spec.timeout ?? 10_000,
        // An expected redirect is the answer, not a way to another one.
        redirects: spec.status !== undefined && spec.status >= 300 && spec.status <= 399 ? 0 : 5,
        contains: spec.contains === undefined ? undefined : filler.fill(spec.contains),
        ...more,
    };
}
/** What is wrong with the answers, in words; nothing when they are as expected. */
function problemsOf(spec, answers, filler) {
    const { timings } = answers;
    const problems = [];
    const of = (count) => (timings.length === 1 ? '' : `${count} of ${timings.length} requests: `);
    const silent = timings.filter((each) => each.status === undefined);
    const [firstSilent] = silent;
    if (firstSilent !== undefined)
        problems.push(`${of(silent.length)}${firstSilent.error ?? 'no answer'}`);
    const wrong = timings.filter(({ status }) => status !== undefined && (spec.status === undefined ? status < 200 || status > 299 : status !== spec.status));
    const [firstWrong] = wrong;
    if (firstWrong !== undefined)
        problems.push(`${of(wrong.length)}status ${firstWrong.status}, expected ${spec.status ?? '200 to 299'}`);
    const without = timings.filter((each) => each.contains === false);
    if (without.length > 0)
        problems.push(`${of(without.length)}the answer does not contain ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(spec.contains)}`);
    if (timings[0]?.status === undefined)
        return problems;
    for (const [name, text] of Object.entries(spec.header ?? {})) {
        const actual = answers.headers[name.toLowerCase()];
        const expected = filler.fill(text);
        if (actual !== expected)
            problems.push(`header ${name} is ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(actual)}, expected ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(text)}`);
    }
    if (spec.body === undefined)
        return problems;
    const json = parseBody(answers);
    if (json.problem !== undefined)
        return [...problems, json.problem];
    for (const [path, expected] of Object.entries(spec.body)) {
        const actual = valueAt(json.value, path);
        if (!matches(actual, filler.fillAll(expected)))
            problems.push(`${path} is ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(actual)}, expected ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(expected)}`);
    }
    return problems;
}
/** The values to keep, each as text. @throws RunbookError when one is not there */
function captureFrom(paths, answers) {
    const entries = Object.entries(paths);
    if (entries.length === 0)
        return {};
    const json = parseBody(answers);
    if (json.problem !== undefined)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`nothing can be captured: ${json.problem}`);
    return Object.fromEntries(entries.map(([name, path]) => {
        const value = valueAt(json.value, path);
        if (value !== undefined && value !== null)
            return [name, typeof value === 'string' ? value : JSON.stringify(value)];
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`\`capture: ${name}\`: the answer has no ${path}`);
    }));
}
function parseBody(answers) {
    if (answers.cut)
        return {
            problem: `the answer is longer than can be read (${Math.round(_release_runbook_hosts_request__WEBPACK_IMPORTED_MODULE_0__/* .maxBody */ .DD / 1024 / 1024)} MB, less over ssh)`,
        };
    try {
        return { value: JSON.parse(answers.body) };
    }
    catch {
        return { problem: `the answer is no JSON: ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .SP)(answers.body.slice(0, 60))}` };
    }
}
/** The value at a dotted path: "data.items.0.id", "items[0]", "items.length"; "$" is the whole. */
function valueAt(value, path) {
    const parts = path
        .replace(/^\$\.?/, '')
        .replaceAll(/\[(\d+)\]/g, '.$1')
        .split('.')
        .filter((part) => part !== '');
    let at = value;
    for (const part of parts) {
        if (Array.isArray(at) && part === 'length')
            at = at.length;
        else if (typeof at === 'object' && at !== null && Object.hasOwn(at, part))
            at = at[part];
        else
            return undefined;
    }
    return at;
}
/** Whether a value is the one expected; a text such as "> 0" is a threshold for numbers. */
function matches(actual, expected) {
    if (typeof expected === 'string') {
        const threshold = thresholdOf(expected);
        if (threshold === undefined || typeof actual === 'string')
            return actual === expected;
        return typeof actual === 'number' && (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_2__/* .holds */ .v9)(threshold, actual);
    }
    if (typeof expected !== 'object' || expected === null)
        return actual === expected;
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected))
        return false;
    const [left, right] = [actual, expected];
    const keys = Object.keys(right);
    return (keys.length === Object.keys(left).length &&
        keys.every((key) => Object.hasOwn(left, key) && matches(left[key], right[key])));
}
function thresholdOf(text) {
    if (!/^\s*(<|>|=|!=)/.test(text))
        return undefined;
    try {
        return (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_2__/* .parseThreshold */ .B7)(text, 'number');
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 3215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkJourney: () => (/* binding */ checkJourney)
/* harmony export */ });
/* harmony import */ var _release_runbook_hosts_request__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2208);
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5663);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7417);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4455);





/** Steps one after another, each with what earlier ones captured; the first that fails ends it. Cleanup is sent always. */
async function checkJourney(spec, context, captured) {
    let fill = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .filler */ .D)(context.variables, captured);
    const measurements = [];
    let failure;
    let totalMs = 0;
    for (const [index, step] of spec.steps.entries()) {
        const name = step.name ?? `step ${index + 1}`;
        const sent = await attempt(step, spec.on, context, fill);
        if (sent.ms !== undefined) {
            measurements.push({ name, value: sent.ms, unit: 'ms' });
            totalMs += sent.ms;
        }
        if (sent.problem !== undefined) {
            failure = `${name} (${index + 1} of ${spec.steps.length}): ${sent.problem}`;
            break;
        }
        fill = fill.with(sent.captured);
    }
    const left = [];
    // Cleaning up goes on when the run is told to stop.
    const { signal: _, ...calm } = context;
    for (const [index, request] of (spec.cleanup ?? []).entries()) {
        const sent = await attempt(request, spec.on, calm, fill);
        // What was never captured was never made, so there is nothing to clean.
        if (sent.problem !== undefined && !(failure !== undefined && sent.unfilled))
            left.push(`cleanup ${index + 1}: ${sent.problem}`);
    }
    if (failure !== undefined) {
        const mend = 'send the step by hand; what came before it passed';
        return { verdict: 'fail', text: [failure, ...left].join('; '), mend, measurements };
    }
    if (left.length > 0)
        return {
            verdict: 'fail',
            text: `all steps passed, ${left.join('; ')}`,
            mend: 'remove by hand what the journey left',
            measurements,
        };
    return {
        verdict: 'pass',
        text: `${spec.steps.length} ${spec.steps.length === 1 ? 'step' : 'steps'} in ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(totalMs)}`,
        measurements,
    };
}
async function attempt(spec, on, context, fill) {
    let request;
    try {
        request = (0,_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .requestOf */ .fo)(spec, fill, context.signal === undefined ? {} : { signal: context.signal });
    }
    catch (error) {
        if (!(error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__/* .RunbookError */ .rk))
            throw error;
        return { problem: error.message, unfilled: true, captured: {} };
    }
    try {
        const answers = await (0,_release_runbook_hosts_request__WEBPACK_IMPORTED_MODULE_0__/* .sendRequest */ .w$)((0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .hostOf */ .w4)(context, on, request.url), request);
        const ms = answers.timings[0]?.ms;
        const timed = ms === undefined || Number.isNaN(ms) ? {} : { ms };
        const problems = (0,_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .problemsOf */ .GW)(spec, answers, fill);
        if (problems.length > 0)
            return { ...timed, problem: problems.join('; '), captured: {} };
        return { ...timed, captured: (0,_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .captureFrom */ .Lj)(spec.capture ?? {}, answers) };
    }
    catch (error) {
        if (!(error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__/* .RunbookError */ .rk))
            throw error;
        return { problem: error.message, captured: {} };
    }
}


/***/ })

};
