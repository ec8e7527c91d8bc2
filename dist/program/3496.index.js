export const id = 3496;
export const ids = [3496];
export const modules = {

/***/ 4455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ filler),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   g$: () => (/* binding */ judged),
/* harmony export */   w4: () => (/* binding */ hostOf)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9932);


/** Variables that are no secrets. */
const open = new Set(['VERSION', 'PREVIOUS_VERSION', 'RELEASE', 'TRACK', 'PORT', 'SLOT', 'DATE']);
const reference = /\$(?:\{([A-Za-z0-9_][A-Za-z0-9_.-]*)\}|([A-Z_][A-Z0-9_]*))/g;
function filler(variables, captured = {}) {
    const secrets = Object.entries(variables)
        .filter(([name, value]) => !open.has(name) && value.length >= 4 && value !== 'true' && value !== 'false')
        .sort(([, a], [, b]) => b.length - a.length);
    const fill = (text) => {
        const unknown = new Set();
        // In one pass, so that nothing that an answer or a secret holds is read as a name.
        const filled = text.replace(reference, (whole, braced, plain) => {
            const name = braced ?? plain ?? '';
            const value = Object.hasOwn(captured, name)
                ? captured[name]
                : Object.hasOwn(variables, name)
                    ? variables[name]
                    : undefined;
            if (value === undefined)
                unknown.add(whole);
            return value ?? whole;
        });
        if (unknown.size === 0)
            return filled;
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${[...unknown].join(', ')} has no value`, {
            hint: 'a `capture:` of an earlier check or step gives ${name}; secrets come from the environment of the step',
        });
    };
    const fillAll = (value) => {
        if (typeof value === 'string')
            return fill(value);
        if (Array.isArray(value))
            return value.map(fillAll);
        if (typeof value !== 'object' || value === null)
            return value;
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillAll(each)]));
    };
    return {
        fill,
        fillAll: fillAll,
        hide(text) {
            let hidden = text;
            for (const [name, value] of secrets)
                hidden = hidden.replaceAll(value, `$${name}`);
            return hidden.length > 300 ? `${hidden.slice(0, 299)}…` : hidden;
        },
        with: (more) => filler(variables, { ...captured, ...more }),
    };
}
/** "P95 80 ms of 20 requests, expected < 200 ms", and whether it holds. */
function judged(label, value, threshold) {
    return {
        good: (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_1__/* .holds */ .v9)(threshold, value),
        text: `${label} ${(0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_1__/* .formatValue */ .Fl)(value, threshold.dimension)}, expected ${(0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_1__/* .formatThreshold */ .B6)(threshold)}`,
    };
}
/** One line that names a value for people: JSON, cut. */
function shown(value) {
    const text = value === undefined ? 'nothing' : JSON.stringify(value);
    return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
/** The host of a check that may say `on:`. */
function hostOf(context, on, url) {
    const loopback = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(?=[:/?#]|$)/i.test(url);
    const name = on ?? (loopback ? context.defaultHost : undefined);
    return name === undefined ? undefined : context.hosts.get(name);
}


/***/ }),

/***/ 7360:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JT: () => (/* binding */ runChecks),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   k_: () => (/* binding */ runCheck)
/* harmony export */ });
/* unused harmony export groups */
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4455);


/** Where each kind is implemented; a new kind is a line here. */
const kinds = {
    http: async () => (await __webpack_require__.e(/* import() */ 7211).then(__webpack_require__.bind(__webpack_require__, 7211))).checkHttp,
    journey: async () => (await __webpack_require__.e(/* import() */ 3215).then(__webpack_require__.bind(__webpack_require__, 3215))).checkJourney,
    polling: async () => (await __webpack_require__.e(/* import() */ 3044).then(__webpack_require__.bind(__webpack_require__, 3044))).checkPolling,
    disk: async () => (await __webpack_require__.e(/* import() */ 5706).then(__webpack_require__.bind(__webpack_require__, 5706))).checkDisk,
    env: async () => (await __webpack_require__.e(/* import() */ 3416).then(__webpack_require__.bind(__webpack_require__, 3416))).checkEnv,
    'git-tag': async () => (await __webpack_require__.e(/* import() */ 7638).then(__webpack_require__.bind(__webpack_require__, 7638))).checkGitTag,
    command: async () => (await __webpack_require__.e(/* import() */ 1726).then(__webpack_require__.bind(__webpack_require__, 1726))).checkCommand,
    sql: async () => (await __webpack_require__.e(/* import() */ 2127).then(__webpack_require__.bind(__webpack_require__, 2127))).checkSql,
    commit: async () => (await __webpack_require__.e(/* import() */ 4202).then(__webpack_require__.bind(__webpack_require__, 4202))).checkCommit,
};
/** A check that is not through by then is given up, whatever its own limits are. */
const longestMs = 15 * 60_000;
const stopMs = 3_000;
/** Runs one check. Never throws for what the check meets: what could not be judged has the verdict `error`. */
async function runCheck(spec, context) {
    return (await run(spec, context, {})).result;
}
async function run(spec, context, captured) {
    const [kind, options] = Object.entries(spec)[0];
    const start = performance.now();
    const outcome = await guarded(kind, options, context, captured);
    const fill = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .filler */ .D)(context.variables);
    const hide = (text) => fill.hide(text);
    const result = {
        name: nameOf(spec),
        verdict: outcome.verdict,
        text: outcome.text.split('\n').map(hide).slice(0, 20).join('\n'),
        ...(outcome.mend === undefined || outcome.verdict === 'pass' ? {} : { mend: hide(outcome.mend) }),
        severity: options.severity ?? 'fail',
        measurements: outcome.measurements ?? [],
        ms: performance.now() - start,
    };
    return { result, captured: outcome.captured ?? {} };
}
async function guarded(kind, options, context, captured) {
    let timer;
    let stop;
    const given = new Promise((resolve) => {
        timer = setTimeout(() => resolve({ verdict: 'error', text: `given up after ${longestMs / 60_000} min` }), longestMs);
        // A moment for the check to clean up after itself.
        stop = () => {
            clearTimeout(timer);
            timer = setTimeout(() => resolve({ verdict: 'error', text: 'stopped before it was through' }), stopMs);
        };
        if (context.signal?.aborted === true)
            resolve({ verdict: 'error', text: 'stopped before it began' });
        context.signal?.addEventListener('abort', stop, { once: true });
    });
    try {
        if (context.signal?.aborted === true)
            return await given;
        const check = (await kinds[kind]());
        return await Promise.race([check(options, context, captured), given]);
    }
    catch (error) {
        if (error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk)
            return { verdict: 'error', text: `could not be judged: ${error.message}`, mend: error.hint };
        return {
            verdict: 'error',
            text: `could not be judged: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
        };
    }
    finally {
        clearTimeout(timer);
        if (stop !== undefined)
            context.signal?.removeEventListener('abort', stop);
    }
}
/** The check's `name:`, else one made of its kind and what it looks at. */
function nameOf(spec) {
    const [kind, options] = Object.entries(spec)[0];
    if (options.name !== undefined)
        return options.name;
    const about = options;
    const what = about.url ?? about.file ?? about.path ?? about.on ?? about.database;
    return what === undefined ? kind : `${kind} ${what}`;
}
/**
 * Runs checks and gives their results in the order of `specs`. Side by side, but for two reasons to wait: a check that uses
 * `${name}` begins after the one that captures it, and a check with a limit of time runs while no other does.
 */
async function runChecks(specs, context, options = {}) {
    const results = [];
    let captured = {};
    let done = 0;
    const one = async (index) => {
        const spec = specs[index];
        if (spec === undefined)
            return;
        const ran = await run(spec, context, captured);
        results[index] = ran.result;
        captured = { ...captured, ...ran.captured };
        options.progress?.(ran.result, ++done, specs.length);
    };
    for (const group of groups(specs)) {
        let next = 0;
        const worker = async () => {
            for (let index = group[next++]; index !== undefined; index = group[next++])
                await one(index);
        };
        await Promise.all(Array.from({ length: Math.min(options.parallel ?? 4, group.length) }, worker));
    }
    return results;
}
/** Indices that may run side by side, in order. */
function groups(specs) {
    const all = [];
    let open = [];
    let capturing = new Set();
    const close = () => {
        if (open.length > 0)
            all.push(open);
        open = [];
        capturing = new Set();
    };
    for (const [index, spec] of specs.entries()) {
        const text = JSON.stringify(spec);
        const timed = /"(p95|max|time)":\{/.test(text);
        if (timed || [...capturing].some((name) => text.includes(`\${${name}}`)))
            close();
        open.push(index);
        for (const name of 'http' in spec ? Object.keys(spec.http.capture ?? {}) : [])
            capturing.add(name);
        if (timed)
            close();
    }
    close();
    return all;
}


/***/ }),

/***/ 867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ checkContext)
/* harmony export */ });
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5243);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2532);


/** What checks of this release may ask. `instances`: databases that stand in for the live ones. */
async function checkContext(ctx, names, variables, instances = {}, defaultHost = Object.values(ctx.runbook.services)[0]?.on) {
    return {
        hosts: ctx.hosts,
        databases: ctx.databases,
        variables: { ...ctx.secrets, ...(0,_variables_js__WEBPACK_IMPORTED_MODULE_1__/* .releaseVariables */ .hV)(ctx, names), ...variables },
        version: names.version,
        previous: names.previous,
        git: (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .openSource */ .o)(ctx.runbook).git,
        commitChecks: ctx.forge === undefined ? undefined : (commit) => ctx.forge.commitChecks(commit),
        instances,
        defaultHost,
        signal: ctx.platform.signal,
    };
}


/***/ }),

/***/ 3496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   smoke: () => (/* binding */ smoke),
/* harmony export */   u: () => (/* binding */ checkEvents)
/* harmony export */ });
/* harmony import */ var _release_runbook_checks_registry__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7360);
/* harmony import */ var _check_context_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(867);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4785);
/* harmony import */ var _run_step_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(246);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2532);





/** Proves the new version where it runs, before any traffic goes to it: functions and times, with numbers. */
function smoke(ctx) {
    return (0,_run_step_js__WEBPACK_IMPORTED_MODULE_3__/* .runStep */ .e)(ctx, 'smoke', async ({ recorder }) => {
        const { opened, release } = recorder.state();
        const context = await (0,_check_context_js__WEBPACK_IMPORTED_MODULE_1__/* .checkContext */ .M)(ctx, { version: opened.version, previous: opened.previous, release }, { PORT: (0,_variables_js__WEBPACK_IMPORTED_MODULE_4__/* .mainPort */ .Fh)(ctx, opened.tracks, 'canary'), TRACK: 'canary' });
        const results = await (0,_release_runbook_checks_registry__WEBPACK_IMPORTED_MODULE_0__/* .runChecks */ .JT)(ctx.runbook.smoke, context);
        await recorder.write(...results.flatMap((one, i) => checkEvents('smoke', one, ctx.runbook.position(['smoke', i]))));
        for (const [i, one] of results.entries()) {
            ctx.platform.log(`${one.verdict === 'pass' ? 'ok  ' : one.severity === 'warn' ? 'warn' : 'FAIL'} ${one.name}: ${one.text}`);
            if (one.verdict !== 'pass')
                ctx.platform.annotate(one.severity === 'warn' ? 'warning' : 'error', `${one.name}: ${one.text}`, ctx.runbook.position(['smoke', i]));
        }
        const broken = results.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'fail');
        if (broken.length > 0)
            throw new _outcome_js__WEBPACK_IMPORTED_MODULE_2__.Outcome('roll-back', 'check-failed', broken.map(({ name, text }) => `${name}: ${text}`).join('; '), { details: { checks: summary(results) } });
        return { text: `${results.length} of ${results.length} checks passed`, details: { checks: summary(results) } };
    });
}
/** Events of a check: its measurements and its verdict. */
function checkEvents(step, check, rule) {
    return [
        ...check.measurements.map((one) => ({ event: 'measured', step, item: `${step}:${check.name}:${one.name}`, value: one.value, unit: one.unit })),
        { event: 'judged', step, item: `${step}:${check.name}`, verdict: check.verdict, text: check.text, ...(rule === undefined ? {} : { rule }) },
    ];
}
function summary(results) {
    return results.map(({ name, verdict, text, ms }) => ({ name, verdict, text, ms: Math.round(ms) }));
}


/***/ })

};
