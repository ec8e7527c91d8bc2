export const id = 2127;
export const ids = [2127,7211];
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

/***/ 7211:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkHttp: () => (/* binding */ checkHttp),
/* harmony export */   percentile: () => (/* binding */ percentile)
/* harmony export */ });
/* harmony import */ var _release_runbook_hosts_request__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2208);
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5663);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7417);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4455);





/** Requests that are measured when a P95 is asked: fewer would make it the maximum. */
const requestsForP95 = 20;
/** An HTTP request, its answer, and how long it takes. */
async function checkHttp(spec, context, captured) {
    const until = performance.now() + (spec['retry-for'] ?? 0);
    let pauseMs = 250;
    for (let turn = 1;; turn++) {
        const outcome = await once(spec, context, captured);
        if (outcome.verdict === 'pass' || performance.now() + pauseMs > until || context.signal?.aborted === true) {
            return turn === 1 || outcome.verdict === 'pass'
                ? outcome
                : { ...outcome, text: `${outcome.text} (tried ${turn} times)` };
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        pauseMs = Math.min(2_000, pauseMs * 2);
    }
}
async function once(spec, context, captured) {
    const fill = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .filler */ .D)(context.variables, captured);
    const count = spec.requests ?? (spec.p95 === undefined ? 1 : requestsForP95);
    const request = (0,_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .requestOf */ .fo)(spec, fill, { count, ...(context.signal === undefined ? {} : { signal: context.signal }) });
    const answers = await (0,_release_runbook_hosts_request__WEBPACK_IMPORTED_MODULE_0__/* .sendRequest */ .w$)((0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .hostOf */ .w4)(context, spec.on, request.url), request);
    const problems = [...(0,_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .problemsOf */ .GW)(spec, answers, fill)];
    const { measurements, texts } = measure(spec, answers, problems);
    let kept = {};
    if (problems.length === 0) {
        try {
            kept = (0,_answer_js__WEBPACK_IMPORTED_MODULE_3__/* .captureFrom */ .Lj)(spec.capture ?? {}, answers);
        }
        catch (error) {
            if (!(error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__/* .RunbookError */ .rk))
                throw error;
            problems.push(error.message);
        }
    }
    if (problems.length === 0) {
        const status = `status ${answers.timings[0]?.status}`;
        return { verdict: 'pass', text: [status, ...texts].join('; '), measurements, captured: kept };
    }
    const mend = `look at the answer, from ${answers.from.replace(/ \(.*/, '')}: curl -i${spec.method === undefined || spec.method === 'GET' ? '' : ` -X ${spec.method}`} '${spec.url.replaceAll("'", '')}'`;
    return { verdict: 'fail', text: problems.join('; '), mend, measurements };
}
/** Times of the answers; limits that do not hold are added to `problems`. */
function measure(spec, answers, problems) {
    const times = answers.timings.filter((each) => each.status !== undefined).map((each) => each.ms);
    const measurements = [];
    const texts = [];
    if (times.length === 0)
        return { measurements, texts };
    if (times.some(Number.isNaN)) {
        if (spec.p95 !== undefined || spec.max !== undefined)
            problems.push(`${answers.from} cannot measure times; python3 or curl can`);
        return { measurements, texts };
    }
    const limits = [
        ['p95', 'P95', percentile(times, 95), spec.p95],
        ['max', 'maximum', Math.max(...times), spec.max],
    ];
    for (const [name, label, value, threshold] of limits) {
        if (threshold === undefined)
            continue;
        measurements.push({ name, value, unit: 'ms' });
        const { good, text } = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .judged */ .g$)(`${label} of ${times.length} ${times.length === 1 ? 'request' : 'requests'}`, value, threshold);
        (good ? texts : problems).push(text);
    }
    if (spec.p95 === undefined && spec.max === undefined) {
        const value = percentile(times, 50);
        measurements.push({ name: 'time', value, unit: 'ms' });
        texts.push(times.length === 1 ? (0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(value) : `median of ${times.length} requests ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(value)}`);
    }
    return { measurements, texts };
}
/** The nearest-rank percentile: the smallest value that so many percent of the values do not exceed. */
function percentile(values, percent) {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}


/***/ }),

/***/ 2127:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkSql: () => (/* binding */ checkSql)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _http_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7211);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4455);



/** Times vary; of so many the median is taken. */
const timedRuns = 5;
/** A query, its first value, and how long it takes. */
async function checkSql(spec, context, captured) {
    const database = context.databases[spec.database];
    if (database === undefined)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`there is no database ${spec.database}`, {
            hint: `known: ${Object.keys(context.databases).join(', ') || 'none'}`,
        });
    if (!/^\s*(select|with|values|pragma|explain|show)\b/i.test(spec.query)) {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk('a check only reads: its query begins with SELECT, WITH, VALUES, SHOW, EXPLAIN or PRAGMA');
    }
    const fill = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .filler */ .D)(context.variables, captured);
    const instance = context.instances?.[spec.database] ?? (await database.live());
    const query = fill.fill(spec.query);
    const times = [];
    let rows = [];
    for (let run = 0; run < (spec.time === undefined ? 1 : timedRuns); run++) {
        const result = await database.query(instance, query);
        rows = result.rows;
        times.push(result.ms);
    }
    const actual = rows[0]?.[0];
    const problems = [];
    const texts = [];
    const measurements = [];
    if (spec.equals !== undefined) {
        const good = String(actual) === String(typeof spec.equals === 'string' ? fill.fill(spec.equals) : spec.equals) &&
            rows.length > 0;
        (good ? texts : problems).push(`${rows.length === 0 ? 'no row' : (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(actual)}, expected ${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(spec.equals)}`);
    }
    if (spec.value !== undefined) {
        const value = typeof actual === 'bigint' || (typeof actual === 'string' && actual.trim() !== '') ? Number(actual) : actual;
        if (typeof value === 'number' && !Number.isNaN(value)) {
            measurements.push({ name: 'value', value, unit: 'number' });
            const { good, text } = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .judged */ .g$)('value', value, spec.value);
            (good ? texts : problems).push(text);
        }
        else
            problems.push(`${rows.length === 0 ? 'no row' : (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .SP)(actual)}, expected a number ${spec.value.text}`);
    }
    const ms = (0,_http_js__WEBPACK_IMPORTED_MODULE_1__.percentile)(times, 50);
    measurements.push({ name: 'time', value: ms, unit: 'ms' });
    if (spec.time !== undefined) {
        const { good, text } = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_2__/* .judged */ .g$)(`median time of ${times.length}`, ms, spec.time);
        (good ? texts : problems).push(text);
    }
    if (problems.length > 0)
        return {
            verdict: 'fail',
            text: problems.join('; '),
            mend: `ask the database ${spec.database} by hand: ${spec.query.trim()}`,
            measurements,
        };
    return {
        verdict: 'pass',
        text: texts.length === 0 ? `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}` : texts.join('; '),
        measurements,
    };
}


/***/ })

};
