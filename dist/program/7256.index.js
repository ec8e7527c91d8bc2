export const id = 7256;
export const ids = [7256];
export const modules = {

/***/ 5896:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   Yj: () => (/* binding */ servicesOf),
/* harmony export */   ht: () => (/* binding */ variablesOf)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

/** Slot and port of a track, as variables. @throws RunbookError when the track has no place now */
function variablesOf(context, track) {
    const place = context.tracks[track];
    if (place === undefined)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`there is no ${track} track now, so nothing of it can be measured`);
    return { ...context.variables, TRACK: track, PORT: String(place.port), SLOT: place.slot };
}
/** The place of a service on a track; a service without slots has one place for both. */
function placeOf(service, context, track) {
    const [only] = service.places();
    if (only !== undefined && only.slot === null)
        return only;
    const place = context.tracks[track];
    if (place === undefined)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`there is no ${track} track now, so the log of ${service.name} on it cannot be read`);
    return service.place(place.slot);
}
/** The services to look at: the one named, else all. */
function servicesOf(context, name) {
    if (name === undefined)
        return Object.values(context.services);
    const service = context.services[name];
    if (service !== undefined)
        return [service];
    throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`there is no service ${name}`, {
        hint: `known: ${Object.keys(context.services).join(', ') || 'none'}`,
    });
}


/***/ }),

/***/ 3072:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Du: () => (/* binding */ metricDimension),
/* harmony export */   Lc: () => (/* binding */ rowsThreshold),
/* harmony export */   mq: () => (/* binding */ metricThreshold)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9932);

/** What a metric's value is measured in; undefined for a command's number, whose unit its author knows. */
function metricDimension(metric) {
    if ('http' in metric)
        return metric.http.value === 'errors' ? 'percent' : 'duration';
    return 'command' in metric ? undefined : 'rate';
}
/**
 * The metric's `expect:`, read in the dimension of its value.
 * @throws UnitError
 */
function metricThreshold(metric) {
    return metric.expect === undefined ? undefined : (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__/* .parseThreshold */ .B7)(metric.expect, metricDimension(metric));
}
/**
 * `rows:` as a threshold on the count; undefined for `kept` or when nothing is expected.
 * @throws UnitError
 */
function rowsThreshold(expectation) {
    const { rows } = expectation;
    return rows === undefined || rows === 'kept' ? undefined : (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__/* .parseThreshold */ .B7)(String(rows), 'count');
}


/***/ }),

/***/ 7256:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  canary: () => (/* binding */ canary)
});

// EXTERNAL MODULE: ./packages/record/lib/store.js
var store = __webpack_require__(8338);
// EXTERNAL MODULE: ./packages/traffic/lib/weights.js
var lib_weights = __webpack_require__(4210);
// EXTERNAL MODULE: ./packages/units/lib/duration.js
var duration = __webpack_require__(7165);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
;// CONCATENATED MODULE: ./packages/judge/lib/holds-for.js
/**
 * Whether a condition has held, without a break, for `forMs` up to now ("for: 30m"). Only time between two samples
 * counts: what comes after the last one was not seen.
 * @param samples in any order; those after `nowMs` are ignored
 * @param maxGapMs samples further apart, or the last one longer ago, leave a hole in what was observed
 */
function holdsFor(samples, forMs, nowMs, maxGapMs = Number.POSITIVE_INFINITY) {
    const backwards = samples.filter((sample) => sample.atMs <= nowMs).toSorted((a, b) => b.atMs - a.atMs);
    const last = backwards[0];
    if (last === undefined || nowMs - last.atMs > maxGapMs)
        return 'not-yet-observed';
    if (spanMs(backwards, maxGapMs, (sample) => sample.breached === true) >= forMs)
        return 'holds';
    const observedMs = spanMs(backwards, maxGapMs, (sample) => sample.breached !== undefined);
    return observedMs >= forMs ? 'clear' : 'not-yet-observed';
}
/** The ms from the newest sample back to the last one of its run; -1 when the newest does not match. */
function spanMs(backwards, maxGapMs, matches) {
    const newest = backwards[0];
    let oldest;
    for (const sample of backwards) {
        if (!matches(sample) || (oldest !== undefined && oldest.atMs - sample.atMs > maxGapMs))
            break;
        oldest = sample;
    }
    return newest === undefined || oldest === undefined ? -1 : newest.atMs - oldest.atMs;
}
/** How many of the newest samples, given from old to new, were breached in a row ("> 3 in a row"). */
function breachedInARow(samples) {
    const lastOther = samples.findLastIndex((sample) => sample.breached !== true);
    return samples.length - 1 - lastOther;
}

// EXTERNAL MODULE: ./packages/units/lib/percent.js
var percent = __webpack_require__(4924);
// EXTERNAL MODULE: ./packages/units/lib/threshold.js + 1 modules
var lib_threshold = __webpack_require__(9932);
// EXTERNAL MODULE: ./packages/metrics/lib/place.js
var place = __webpack_require__(5896);
;// CONCATENATED MODULE: ./packages/metrics/lib/triggers.js




/** The label of issues that `complaints` counts. */
const complaintLabel = 'complaint';
/** The source of a trigger; undefined for `rows-lost`, which the steps that know the backup count themselves. */
function openTrigger(spec, context, options = {}) {
    const track = options.track ?? 'canary';
    const source = (kind, threshold, measure, begin) => ({
        kind,
        threshold,
        forMs: spec.for,
        begin: begin ?? (async () => { }),
        async measure() {
            const { words, ...sample } = await measure();
            return { ...sample, text: `${words}, fires when ${(0,lib_threshold/* formatThreshold */.B6)(threshold)}` };
        },
    });
    if ('severe-errors' in spec) {
        const lines = lazy(async () => {
            const { countingLines, severePattern } = await __webpack_require__.e(/* import() */ 3937).then(__webpack_require__.bind(__webpack_require__, 3937));
            return countingLines(context, undefined, (service) => service.spec.severe ?? severePattern);
        });
        return source('severe-errors', spec['severe-errors'], async () => {
            const sample = await (await lines()).measure(track);
            return {
                ...sample,
                words: `${sample.count} severe ${sample.count === 1 ? 'error' : 'errors'} in the log of the last hour`,
            };
        }, async () => (await lines()).begin?.(track));
    }
    if ('complaints' in spec) {
        const label = spec.label ?? complaintLabel;
        const issues = lazy(async () => (await __webpack_require__.e(/* import() */ 7252).then(__webpack_require__.bind(__webpack_require__, 7252))).forgeMetric({ label }, context));
        return source('complaints', spec.complaints, async () => {
            const sample = await (await issues()).measure(track);
            return {
                ...sample,
                words: `${sample.count} ${sample.count === 1 ? 'issue' : 'issues'} labelled ${label} in the last hour`,
            };
        });
    }
    if ('slower-than-before' in spec)
        return source('slower-than-before', spec['slower-than-before'], () => slower(track, options));
    if ('health-failed' in spec) {
        const look = healthLooker(context, track);
        return source('health-failed', spec['health-failed'], look);
    }
    return undefined;
}
function lazy(make) {
    let made;
    return () => {
        made ??= make();
        return made;
    };
}
async function slower(track, { speed, beforeMs }) {
    if (speed === undefined)
        throw new lib_error/* RunbookError */.rk('slower-than-before cannot be observed: the canary has no `http` metric that measures times');
    if (beforeMs === undefined || beforeMs <= 0)
        throw new lib_error/* RunbookError */.rk('slower-than-before cannot be observed: no time from before this release is in the record');
    const sample = await speed.measure(track);
    if (sample.value === null)
        return { value: null, count: 0, unit: 'percent', words: 'nothing was measured' };
    const value = (sample.value / beforeMs - 1) * 100;
    const change = value < 0 ? `${(0,percent/* formatPercent */.l9)(-value)} faster` : `${(0,percent/* formatPercent */.l9)(value)} slower`;
    const ms = (time) => `${Math.round(time * 10) / 10} ms`;
    return {
        value,
        count: sample.count,
        unit: 'percent',
        words: `${ms(sample.value)}, before ${ms(beforeMs)}: ${change}`,
    };
}
/** Looks that failed in a row, over all services of the track; one good look of all of them begins anew. */
function healthLooker(context, track) {
    let inARow = 0;
    return async () => {
        const services = Object.values(context.services).filter((service) => service.spec.health !== undefined);
        if (services.length === 0)
            throw new lib_error/* RunbookError */.rk('health-failed cannot be observed: no service has a `health:`');
        const failed = [];
        for (const service of services) {
            const problem = await service.ask((0,place/* placeOf */.$t)(service, context, track));
            if (problem !== undefined)
                failed.push(`${service.name}: ${problem}`);
        }
        inARow = failed.length === 0 ? 0 : inARow + 1;
        const words = failed.length === 0
            ? `health is good (${services.map((each) => each.name).join(', ')})`
            : `health failed ${inARow} in a row (${failed.join('; ')})`;
        return { value: inARow, count: services.length, unit: 'count', words };
    };
}

// EXTERNAL MODULE: ./packages/steps/lib/variables.js
var variables = __webpack_require__(2532);
;// CONCATENATED MODULE: ./packages/steps/lib/canary/metric-context.js

/**
 * What metrics and triggers may ask of this release.
 * @param service the service whose port $PORT is; default the first one with a port
 */
function metricContext(ctx, { recorder }, service) {
    const { opened, release } = recorder.state();
    const { forge } = ctx;
    const place = (track) => {
        const { tracks } = opened;
        // A first release has no stable version that could be measured.
        if (track === 'stable' && (tracks === null || opened.previous === null))
            return undefined;
        const port = service === undefined ? (0,variables/* mainPort */.Fh)(ctx, tracks, track) : (0,variables/* portOf */.HM)(ctx, service, (0,variables/* slotOf */.SW)(ctx, service, tracks, track));
        return { slot: tracks?.[track] ?? '', port: Number(port) };
    };
    const spec = service === undefined ? Object.values(ctx.runbook.services)[0] : ctx.runbook.services[service];
    return {
        hosts: ctx.hosts,
        services: ctx.services,
        tracks: { stable: place('stable'), canary: place('canary') },
        variables: { ...ctx.secrets, ...(0,variables/* releaseVariables */.hV)(ctx, { version: opened.version, previous: opened.previous, release }) },
        defaultHost: spec?.on,
        issues: forge === undefined ? undefined : (label, since) => forge.issues(label, since),
        since: new Date(opened.at),
        now: () => ctx.clock.now(),
    };
}

;// CONCATENATED MODULE: ./packages/steps/lib/triggers.js






const OFTEN_MS = 5_000;
/** A forge counts our questions. */
const FORGE_MS = 60_000;
const HOUR_MS = 3_600_000;
/**
 * The runbook's triggers on the canary of a release.
 * @param everyMs pause between measurements of the gate: what sends requests is not done more often than that
 */
async function openTriggers(ctx, release, everyMs = OFTEN_MS) {
    const kinds = new Map();
    const running = [];
    for (const [index, spec] of (ctx.runbook.rollback.when ?? []).entries()) {
        const kind = kindOf(spec);
        const number = (kinds.get(kind) ?? 0) + 1;
        kinds.set(kind, number);
        const looker = await openLooker(ctx, release, spec, everyMs);
        const rule = ctx.runbook.position(['rollback', 'when', index]);
        running.push(await watched(ctx, looker, { name: number === 1 ? kind : `${kind} ${number}`, forMs: spec.for ?? 0, rule }));
    }
    return {
        async evaluate(options = {}) {
            const states = [];
            for (const one of running)
                states.push(await one(options.thorough === true));
            return states;
        },
    };
}
/** The trigger's word in the runbook. */
function kindOf(spec) {
    return Object.keys(spec).find((key) => key !== 'for' && key !== 'in' && key !== 'label');
}
/** A trigger as the record tells it. */
function triggerFinding(state, step) {
    const verdict = state.state === 'fired' ? 'fail' : state.state === 'clear' ? 'pass' : 'inconclusive';
    return { event: 'judged', step, item: `trigger:${state.name}`, verdict, text: state.text, ...(state.rule === undefined ? {} : { rule: state.rule }) };
}
/** "; not yet observed: complaints (0 issues …)": what a step's end must not hide. Empty when all was observed. */
function notObserved(states) {
    const open = states.filter(({ state }) => state === 'not-yet-observed');
    return open.length === 0 ? '' : `; not yet observed: ${open.map(({ text }) => text).join('; ')}`;
}
async function watched(ctx, looker, { name, forMs, rule }) {
    const { threshold, spanMs = 0 } = looker;
    const now = () => ctx.clock.now().getTime();
    await attempt(async () => looker.begin?.());
    const sinceMs = looker.sinceMs ?? now();
    let samples = [];
    let text = 'not looked at yet';
    let dueAt = 0;
    let pauseMs = looker.everyMs;
    return async (thorough) => {
        const began = now();
        if (thorough || began >= dueAt) {
            let value = null;
            const trouble = await attempt(async () => {
                const found = await looker.look();
                value = found.value;
                text = ctx.redact(found.text);
            });
            if (trouble !== undefined)
                text = ctx.redact(trouble);
            const atMs = now();
            samples.push({ atMs, breached: value === null ? undefined : (0,lib_threshold/* holds */.v9)(threshold, value) });
            // A look that takes long must not be all that is done.
            pauseMs = Math.max(looker.everyMs, 10 * (atMs - began));
            dueAt = began + pauseMs;
        }
        const gapMs = 3 * pauseMs + OFTEN_MS;
        samples = samples.filter(({ atMs }) => atMs >= now() - forMs - 2 * gapMs);
        const standing = forMs > 0 ? holdsFor(samples, forMs, now(), gapMs) : atOnce(samples.at(-1)?.breached);
        const watchedMs = now() - sinceMs;
        if (standing === 'holds')
            return { name, state: 'fired', text: `${name}: ${text}${forMs > 0 ? `, for ${(0,duration/* formatDuration */.a3)(forMs)}` : ''}`, rule };
        if (standing === 'clear' && watchedMs >= spanMs)
            return { name, state: 'clear', text: `${name}: ${text}`, rule };
        const needsMs = Math.max(forMs, spanMs);
        const why = needsMs > 0 ? ` (watched for ${(0,duration/* formatDuration */.a3)(watchedMs)} of ${(0,duration/* formatDuration */.a3)(needsMs)})` : '';
        return { name, state: 'not-yet-observed', text: `${name}: ${text}${why}`, rule };
    };
}
function atOnce(breached) {
    return breached === undefined ? 'not-yet-observed' : breached ? 'holds' : 'clear';
}
async function openLooker(ctx, release, spec, everyMs) {
    const worded = (threshold, found) => ({ ...found, text: `${found.text}, fires when ${(0,lib_threshold/* formatThreshold */.B6)(threshold)}` });
    if ('rows-lost' in spec) {
        const { rowsLost } = await __webpack_require__.e(/* import() */ 1652).then(__webpack_require__.bind(__webpack_require__, 9271));
        const threshold = spec['rows-lost'];
        const count = rowsLost(ctx, release, spec.in);
        return { threshold, everyMs: OFTEN_MS, look: async () => worded(threshold, await count()) };
    }
    if ('slower-than-before' in spec) {
        const { slowerThanBefore } = await __webpack_require__.e(/* import() */ 3646).then(__webpack_require__.bind(__webpack_require__, 3646));
        const threshold = spec['slower-than-before'];
        const measure = slowerThanBefore(ctx, release);
        return { threshold, everyMs: Math.max(everyMs, OFTEN_MS), look: async () => worded(threshold, await measure()) };
    }
    const source = openTrigger(spec, metricContext(ctx, release));
    if (source === undefined)
        throw new Error(`no source for the trigger ${kindOf(spec)}`);
    const { threshold } = source;
    const look = () => source.measure();
    const begin = () => source.begin();
    if ('complaints' in spec)
        return { threshold, everyMs: FORGE_MS, spanMs: HOUR_MS, sinceMs: Date.parse(release.recorder.state().opened.at), begin, look };
    if ('severe-errors' in spec)
        return { threshold, everyMs: OFTEN_MS, spanMs: HOUR_MS, begin, look };
    return { threshold, everyMs: Math.min(everyMs, OFTEN_MS), begin, look };
}
/** What cannot be looked at was not observed; the reason is told. Undefined: it went well. */
async function attempt(work) {
    try {
        await work();
        return undefined;
    }
    catch (error) {
        if (error instanceof lib_error/* RunbookError */.rk)
            return error.message;
        throw error;
    }
}

// EXTERNAL MODULE: ./packages/steps/lib/outcome.js
var outcome = __webpack_require__(4785);
;// CONCATENATED MODULE: ./packages/steps/lib/canary/harm.js

/** The canary does harm: the traffic goes back first, then the finding is written. */
class Harm extends outcome.Outcome {
    finding;
    constructor(reason, finding, details) {
        const at = finding.rule === undefined ? '' : ` (${finding.rule.file}:${finding.rule.line})`;
        super('roll-back', reason, `${finding.text}${at}`, { details });
        this.finding = finding;
    }
}

// EXTERNAL MODULE: ./packages/steps/lib/context.js + 8 modules
var context = __webpack_require__(5504);
;// CONCATENATED MODULE: ./packages/steps/lib/canary/interruptible.js

/**
 * Gives up waiting for a question when the job is being cancelled; the question itself may go on and is not heard. Never for
 * something that changes the system: that has to be awaited.
 */
async function interruptible(work, signal) {
    let stop = () => { };
    const cancelled = new Promise((_, reject) => {
        stop = () => reject(new context/* Cancelled */.c());
        if (signal.aborted)
            stop();
        else
            signal.addEventListener('abort', stop, { once: true });
    });
    try {
        return await Promise.race([work, cancelled]);
    }
    finally {
        signal.removeEventListener('abort', stop);
        work.catch(() => { });
        cancelled.catch(() => { });
    }
}

;// CONCATENATED MODULE: ./packages/steps/lib/canary/gate.js



const MINUTE_MS = 60_000;
/** The pause between measurements: a tenth of the weight's time, at least 1 s, at most 1 min. */
function defaultEvery(spec) {
    return spec.every ?? Math.min(MINUTE_MS, Math.max(1_000, spec.each / 10));
}
/**
 * Evaluates the triggers, in whatever state the gate is.
 * @throws Harm when one has fired, Cancelled when the job is being cancelled
 */
async function lookAtTriggers({ ctx, triggers }, weight, options = {}) {
    const states = await interruptible(triggers.evaluate(options), ctx.platform.signal);
    const fired = states.find(({ state }) => state === 'fired');
    if (fired === undefined)
        return states;
    const finding = triggerFinding(fired, 'canary');
    throw new Harm('trigger-fired', { ...finding, text: `at ${weight}%: ${fired.text}` }, { weight, trigger: fired.name });
}
/** The last look at a weight, complete: what it says goes into the record. */
async function concludeTriggers(gate, weight) {
    const states = await lookAtTriggers(gate, weight, { thorough: true });
    const open = notObserved(states);
    if (open !== '')
        gate.ctx.platform.log(`${weight}%${open}`);
    return states;
}
function nowMs({ ctx }) {
    return ctx.clock.now().getTime();
}

;// CONCATENATED MODULE: ./packages/judge/lib/threshold-judge.js
const noCounters = {
    count: 0,
    successful: 0,
    failed: 0,
    inconclusive: 0,
    error: 0,
    consecutiveError: 0,
    consecutiveSuccess: 0,
};
/** The counters after one more verdict. */
function countVerdict(counters, verdict) {
    if (verdict === 'error') {
        return {
            ...counters,
            error: counters.error + 1,
            consecutiveError: counters.consecutiveError + 1,
            consecutiveSuccess: 0,
        };
    }
    return {
        ...counters,
        count: counters.count + 1,
        successful: counters.successful + (verdict === 'pass' ? 1 : 0),
        failed: counters.failed + (verdict === 'fail' ? 1 : 0),
        inconclusive: counters.inconclusive + (verdict === 'inconclusive' ? 1 : 0),
        consecutiveError: 0,
        consecutiveSuccess: verdict === 'pass' ? counters.consecutiveSuccess + 1 : 0,
    };
}
/**
 * Where a metric stands. Limits that are exceeded decide first, and of several the gravest: error, inconclusive,
 * failed. Then successes in a row; then the count, which without the successes asked for is a failure, or
 * inconclusive where failures are limited too and stayed within their limit.
 *
 * A metric that is told to end before anything decided is successful, as in Argo Rollouts; a gate that wants more
 * than the absence of failure asks for a count.
 */
function assess(counters, limits, { terminating, last }) {
    if (last === undefined)
        return terminating ? 'successful' : 'pending';
    if (last === 'running')
        return 'running';
    const exceeded = limitExceeded(counters, limits);
    if (exceeded !== undefined)
        return exceeded;
    const wantedInARow = limits.consecutiveSuccessLimit ?? 0;
    if (wantedInARow > 0 && counters.consecutiveSuccess >= wantedInARow)
        return 'successful';
    if (counters.count >= measurementsToTake(limits)) {
        if (wantedInARow <= 0)
            return 'successful';
        return (limits.failureLimit ?? 0) < 0 ? 'failed' : 'inconclusive';
    }
    return terminating ? 'successful' : 'running';
}
/** Whether a phase is final. */
function isDecided(phase) {
    return phase !== 'pending' && phase !== 'running';
}
function limitExceeded(counters, limits) {
    if (exceeds(counters.consecutiveError, limits.consecutiveErrorLimit ?? 4))
        return 'error';
    if (exceeds(counters.inconclusive, limits.inconclusiveLimit ?? 0))
        return 'inconclusive';
    return exceeds(counters.failed, limits.failureLimit ?? 0) ? 'failed' : undefined;
}
function exceeds(value, limit) {
    return limit >= 0 && value > limit;
}
function measurementsToTake({ count = 0, intervalMs }) {
    if (count > 0)
        return count;
    return intervalMs === undefined ? 1 : Number.POSITIVE_INFINITY;
}

;// CONCATENATED MODULE: ./packages/metrics/lib/open.js
/** Where each kind is implemented; a new kind is a line here. */
const sources = {
    http: async () => (await __webpack_require__.e(/* import() */ 7063).then(__webpack_require__.bind(__webpack_require__, 7063))).httpMetric,
    log: async () => (await __webpack_require__.e(/* import() */ 3937).then(__webpack_require__.bind(__webpack_require__, 3937))).logMetric,
    forge: async () => (await __webpack_require__.e(/* import() */ 7252).then(__webpack_require__.bind(__webpack_require__, 7252))).forgeMetric,
    command: async () => (await __webpack_require__.e(/* import() */ 2538).then(__webpack_require__.bind(__webpack_require__, 2538))).commandMetric,
};
/** The source of one metric; nothing is asked before its first measurement. Keep it: a log's place lives in it. */
function openMetric(spec, context) {
    let opened;
    const open = async () => {
        if ('http' in spec)
            return (await sources.http())(spec.http, context);
        if ('log' in spec)
            return (await sources.log())(spec.log, context);
        if ('forge' in spec)
            return (await sources.forge())(spec.forge, context);
        return (await sources.command())(spec.command, context);
    };
    return {
        async measure(track) {
            opened ??= open();
            return (await opened).measure(track);
        },
        async begin(track) {
            opened ??= open();
            await (await opened).begin?.(track);
        },
    };
}

// EXTERNAL MODULE: ./packages/runbook/lib/metric.js
var lib_metric = __webpack_require__(3072);
;// CONCATENATED MODULE: ./packages/judge/lib/verdict.js

const noDataVerdicts = { hold: 'inconclusive', fail: 'fail', pass: 'pass' };
/**
 * The verdict on one measurement. An Error means that it could not be taken; null, undefined and NaN (a ratio of
 * nothing to nothing) mean that it was taken and there was no data.
 * @param requests how many requests the value comes from, where the rule asks for a minimum of them
 */
function judgeMeasurement(value, rule, requests) {
    if (value instanceof Error)
        return 'error';
    if (value === null || value === undefined || Number.isNaN(value))
        return noDataVerdicts[rule.noData ?? 'hold'];
    // A number of requests that is not known is not enough. (NaN compares false, so it is not enough either.)
    if (rule.minimumRequests !== undefined && !((requests ?? 0) >= rule.minimumRequests))
        return 'inconclusive';
    if (rule.fail !== undefined && (0,lib_threshold/* holds */.v9)(rule.fail, value))
        return 'fail';
    if (rule.pass !== undefined && (0,lib_threshold/* holds */.v9)(rule.pass, value))
        return 'pass';
    if (rule.pass !== undefined && rule.fail !== undefined)
        return 'inconclusive';
    return rule.pass === undefined ? 'pass' : 'fail';
}

;// CONCATENATED MODULE: ./packages/steps/lib/canary/judge-metric.js




/** From grave to good: with two rules the graver verdict is the metric's. */
const gravity = ['fail', 'error', 'inconclusive', 'pass'];
/**
 * The verdict on one look. Undefined: no rule of the metric applies, since its only one is against a stable that has no traffic.
 * @param expected the metric's `expect:`, parsed in its dimension
 */
function judgeLook(spec, expected, look) {
    const worse = spec['worse-than-stable'];
    const base = { noData: spec['no-data'], minimumRequests: spec['min-requests'] };
    const { canary, against } = look;
    const verdicts = [];
    const texts = [`${spec.name} ${shown(spec, canary)}`];
    if (expected !== undefined) {
        verdicts.push(judgeMeasurement(judge_metric_valueOf(canary), { ...base, pass: expected }, requestsOf(spec, canary, look.requests?.canary)));
        texts.push(`expected ${(0,lib_threshold/* formatThreshold */.B6)(expected)}`);
    }
    if (worse !== undefined && against !== undefined) {
        const { stable } = against;
        const higherIsWorse = expected === undefined || !expected.op.startsWith('>');
        const change = worseBy(judge_metric_valueOf(against.canary), judge_metric_valueOf(stable), higherIsWorse);
        const requests = Math.min(requestsOf(spec, against.canary, look.requests?.canary) ?? 0, requestsOf(spec, stable, look.requests?.stable) ?? 0);
        verdicts.push(judgeMeasurement(change, { ...base, fail: worse }, requests));
        texts.push(`stable ${shown(spec, stable)}${typeof change === 'number' ? `: ${worsePercent(change)}` : ''}, fails when ${(0,lib_threshold/* formatThreshold */.B6)(worse)} worse`);
    }
    const verdict = gravity.find((one) => verdicts.includes(one));
    if (base.minimumRequests !== undefined && verdict === 'inconclusive')
        texts.push(`no verdict below ${base.minimumRequests} requests`);
    return { verdict, text: texts.join(', ') };
}
/** "412 ms", "no data", or why it could not be measured. */
function shown(spec, sample) {
    if (sample instanceof Error)
        return `could not be measured (${sample.message})`;
    return sample.value === null || Number.isNaN(sample.value) ? 'no data' : (0,lib_threshold/* formatValue */.Fl)(sample.value, (0,lib_metric/* metricDimension */.Du)(spec) ?? 'number');
}
function worsePercent(change) {
    if (change === Number.POSITIVE_INFINITY)
        return 'worse, where stable has none';
    return change < 0 ? `${(0,percent/* formatPercent */.l9)(-change)} better` : `${(0,percent/* formatPercent */.l9)(change)} worse`;
}
/** Percent by which the canary is worse; infinite where stable has nothing of a bad thing and the canary something. */
function worseBy(canary, stable, higherIsWorse) {
    if (canary instanceof Error)
        return canary;
    if (stable instanceof Error)
        return stable;
    if (canary === null || stable === null)
        return null;
    const difference = higherIsWorse ? canary - stable : stable - canary;
    if (difference === 0)
        return 0;
    if (stable === 0)
        return difference > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    return (difference / Math.abs(stable)) * 100;
}
function judge_metric_valueOf(sample) {
    return sample instanceof Error ? sample : sample.value;
}
/** Requests of its own are what an http metric's value rests on; others see what the users send. */
function requestsOf(spec, sample, seen) {
    if (sample instanceof Error)
        return undefined;
    return 'http' in spec ? sample.count : seen;
}

;// CONCATENATED MODULE: ./packages/steps/lib/canary/metrics.js






/** How many measurements of a metric the record gets at a weight at most, changes of the verdict apart. */
const RECORDED = 20;
function openMetrics(ctx, release, spec, everyMs) {
    const metrics = (spec.metrics ?? []).map((metric, index) => {
        const context = metricContext(ctx, release, serviceOf(metric));
        return { metric, context, source: openMetric(metric, context), expected: (0,lib_metric/* metricThreshold */.mq)(metric), rule: ctx.runbook.position(['canary', 'metrics', index]) };
    });
    /** What a source cannot measure is a verdict; anything else it throws is a bug. */
    const tried = async (measure) => {
        try {
            return await measure();
        }
        catch (error) {
            if (error instanceof lib_error/* RunbookError */.rk)
                return new lib_error/* RunbookError */.rk(ctx.redact(error.message));
            throw error;
        }
    };
    return {
        async begin() {
            for (const { source } of metrics)
                await quiet(() => source.begin?.('canary'));
        },
        async at(weight, startMs) {
            const running = await Promise.all(metrics.map((one) => openAt(one, weight, startMs)));
            return {
                dueAt: () => Math.min(...running.map(({ dueAt }) => dueAt()), Number.POSITIVE_INFINITY),
                async measure(nowMs, requests) {
                    const events = [];
                    // One after another: what measures times must not be disturbed by what else is measured.
                    for (const one of running)
                        if (one.dueAt() <= nowMs)
                            events.push(...(await one.measure(nowMs, requests)));
                    return events;
                },
                standings: () => running.map(({ standing }) => standing()),
            };
        },
    };
    async function openAt({ metric, context, source, expected, rule }, weight, startMs) {
        const relative = metric['worse-than-stable'] !== undefined && weight < 100 && context.tracks.stable !== undefined;
        const compare = relative ? comparison(metric, context, source, weight, tried) : undefined;
        await compare?.begin();
        const pauseMs = metric.every ?? everyMs;
        const endMs = startMs + spec.each;
        const limits = { failureLimit: metric.failures, consecutiveErrorLimit: metric.errors, inconclusiveLimit: -1, intervalMs: pauseMs };
        const decides = metric['dry-run'] !== true && (expected !== undefined || relative);
        const item = `canary:${weight}%:${metric.name}`;
        let dueAt = Math.min(startMs + pauseMs, endMs);
        let counters = noCounters;
        let verdict;
        let recorded;
        let text = `${metric.name} was not measured yet`;
        let short = `${metric.name} …`;
        return {
            dueAt: () => dueAt,
            async measure(nowMs, requests) {
                // The last one stands at the end of the weight, whatever the pause.
                dueAt = nowMs < endMs ? Math.min(nowMs + pauseMs, endMs) : nowMs + pauseMs;
                const canary = await tried(() => source.measure('canary'));
                const look = { canary, requests, ...(compare === undefined ? {} : { against: await compare.measure(canary) }) };
                const judged = judgeLook(metric, expected, look);
                verdict = judged.verdict;
                if (verdict !== undefined)
                    counters = countVerdict(counters, verdict);
                text = relative || metric['worse-than-stable'] === undefined ? judged.text : `${judged.text}; not evaluated against stable, which has no traffic`;
                short = `${metric.name} ${shown(metric, canary)}${look.against === undefined ? '' : ` (stable ${shown(metric, look.against.stable)})`}`;
                if (recorded !== undefined && recorded.verdict === verdict && nowMs < recorded.atMs + spec.each / RECORDED)
                    return [];
                recorded = { atMs: nowMs, verdict };
                return [{ event: 'measured', step: 'canary', item, value: valueIn(canary), unit: unitIn(canary), data: dataOf(look, verdict) }];
            },
            standing() {
                const phase = assess(counters, limits, { terminating: false, last: verdict });
                return { spec: metric, rule, phase: decided(phase, counters, verdict) ? 'successful' : phase, counters, verdict, text, short, decides };
            },
        };
    }
}
/**
 * Absence of failure is not enough: the last look and at least half of all were conclusive, and one passed. Counted failures
 * within the limit are no failure.
 */
function decided(phase, counters, last) {
    if (phase !== 'running' || (last !== 'pass' && last !== 'fail'))
        return false;
    return counters.successful > 0 && counters.successful + counters.failed >= counters.inconclusive;
}
/** What the record is told of a metric at the end of its weight, or when it failed. */
function findingOf({ spec, rule, phase, verdict, text, decides, counters }, weight) {
    const { successful, failed, inconclusive, error } = counters;
    const taken = [`${successful} passed`, failed > 0 && `${failed} failed`, inconclusive > 0 && `${inconclusive} without a verdict`, error > 0 && `${error} could not be measured`];
    const shownOnly = decides ? '' : spec['dry-run'] === true ? '; a dry run, which decides nothing' : '; nothing is decided by it at this weight';
    return {
        event: 'judged',
        step: 'canary',
        item: `canary:${weight}%:${spec.name}`,
        verdict: phase === 'successful' && decides ? 'pass' : phase === 'failed' ? 'fail' : phase === 'error' ? 'error' : decides ? 'inconclusive' : (verdict ?? 'inconclusive'),
        text: `${text}; measurements: ${taken.filter((one) => one !== false).join(', ')}${shownOnly}`,
        ...(rule === undefined ? {} : { rule }),
    };
}
/**
 * What a rule against stable compares. Lines of a log are counts, not ratios: they are counted anew at each weight, and those of
 * stable are taken for as many requests as the canary gets.
 */
function comparison(metric, context, source, weight, tried) {
    if (!('log' in metric))
        return { begin: async () => { }, measure: async (canary) => ({ canary, stable: await tried(() => source.measure('stable')) }) };
    const own = openMetric(metric, context);
    const begin = (track) => quiet(() => own.begin?.(track));
    return {
        async begin() {
            await begin('canary');
            await begin('stable');
        },
        async measure() {
            const stable = await tried(() => own.measure('stable'));
            const scaled = stable instanceof Error || stable.value === null ? stable : { ...stable, value: (stable.value * weight) / (100 - weight) };
            return { canary: await tried(() => own.measure('canary')), stable: scaled };
        },
    };
}
function serviceOf(metric) {
    return 'http' in metric ? metric.http.service : undefined;
}
/** A source that cannot begin says so when it is measured. */
async function quiet(begin) {
    try {
        await begin();
    }
    catch (error) {
        if (!(error instanceof lib_error/* RunbookError */.rk))
            throw error;
    }
}
function valueIn(sample) {
    return sample instanceof Error ? null : sample.value;
}
function unitIn(sample) {
    return sample instanceof Error ? 'number' : sample.unit;
}
function dataOf({ canary, against }, verdict) {
    return {
        verdict: verdict ?? 'inconclusive',
        ...(canary instanceof Error ? { error: canary.message } : { count: canary.count }),
        ...(against === undefined ? {} : { stable: valueIn(against.stable) }),
    };
}

// EXTERNAL MODULE: ./packages/traffic/lib/shift.js
var shift = __webpack_require__(9627);
;// CONCATENATED MODULE: ./packages/steps/lib/canary/traffic.js





const PREFIX = 'traffic:';
/** One item a weight: each is announced, and going back undoes all of them at once. */
function trafficItem(percent) {
    return `${PREFIX}${percent}%`;
}
async function openTraffic(ctx, recorder, router) {
    const { tracks } = recorder.state().opened;
    if (tracks === null)
        throw new lib_error/* RunbookError */.rk('a canary needs a service with two slots, and this release was opened without');
    const weights = (percent) => ({ [tracks.stable]: 100 - percent, [tracks.canary]: percent });
    const options = { now: () => ctx.clock.now().getTime() };
    const shifted = () => recorder.state().items.filter(({ item, state }) => item.startsWith(PREFIX) && state !== 'undone');
    const before = shifted()[0]?.intends.undo?.weights ?? (await weightsBefore(router, tracks, recorder));
    return {
        router,
        tracks,
        weights,
        async to(step, percent) {
            const wanted = weights(percent);
            const set = () => (0,shift/* shift */.B)(router, wanted, { ...options, sleep: (ms) => ctx.clock.sleep(ms, ctx.platform.signal) });
            const done = await recorder.change('canary', {
                item: trafficItem(percent),
                undo: { weights: before, slot: tracks.canary },
                make: async () => {
                    const confirmed = await set();
                    return { value: confirmed, data: { step, wanted, confirmed } };
                },
            });
            if (done !== undefined)
                return done.value;
            // Done in an earlier attempt, and announced then. A router that was restarted since may have forgotten it.
            const inForce = await router.read();
            return (0,lib_weights/* sameWeights */.ML)(inForce, wanted) ? inForce : await set();
        },
        async back() {
            const items = shifted();
            if (items.length === 0)
                return undefined;
            const began = performance.now();
            const announced = await tolerant(() => recorder.write(...items.toReversed().map(({ item }) => ({ event: 'undoing', step: 'canary', item }))));
            // Not stopped by a cancellation: it is what a cancellation asks for.
            const confirmed = await (0,shift/* shift */.B)(router, before, { ...options, sleep: (ms) => ctx.clock.sleep(ms) });
            const ms = Math.round(performance.now() - began);
            const how = `traffic is back: ${(0,lib_weights/* formatWeights */.V7)(confirmed)}`;
            if (announced)
                await tolerant(() => recorder.write(...items.toReversed().map(({ item }) => ({ event: 'undone', step: 'canary', item, ms, how, data: { confirmed } }))));
            return confirmed;
        },
    };
    /**
     * Going back is absolute and safe to repeat, so a record that cannot be reached does not keep users on a bad version; the
     * rollback finds the items as done and undoes them again. Another holder of the lock is another matter.
     */
    async function tolerant(write) {
        try {
            await write();
            return true;
        }
        catch (error) {
            if (!(error instanceof lib_error/* RunbookError */.rk) || error instanceof store/* AppendRefused */.j)
                throw error;
            ctx.platform.annotate('warning', ctx.redact(`going back could not be written into the record: ${error.message}`));
            return false;
        }
    }
}
async function weightsBefore(router, tracks, recorder) {
    const found = await router.read();
    // A first release has no version to divide the traffic with; what the router says there is nobody's promise.
    if (recorder.state().opened.previous === null || (found[tracks.canary] ?? 0) === 0)
        return found;
    throw new outcome.Outcome('roll-back', 'expectation-failed', `the router sends ${found[tracks.canary]}% to slot ${tracks.canary} before the canary has begun (${(0,lib_weights/* formatWeights */.V7)(found)}); by the record ${tracks.stable} carries all traffic`, { next: `set the router to ${tracks.stable}=100 ${tracks.canary}=0, and look who changed it` });
}

;// CONCATENATED MODULE: ./packages/steps/lib/canary/share.js
/** Below so many requests nothing is said of a share. */
const LEAST_REQUESTS = 20;
/** So many requests have to be expected on the canary: with three, none at all comes by chance in 5 % of the looks. */
const LEAST_ON_CANARY = 3;
/** Standard deviations that chance may take, two sides: one wrong alarm in some 16,000 looks. */
const DEVIATIONS = 4;
/** Routers round (256 steps, whole percents), and connections outlive a change: percent points. */
const ROUNDING = 1;
/** How many requests are needed to say anything of a share in percent. */
function requestsNeeded(wanted) {
    return Math.max(LEAST_REQUESTS, Math.ceil((LEAST_ON_CANARY * 100) / wanted));
}
/**
 * Whether the observed share is the wanted one, as far as chance allows: the binomial deviation of so many requests, and the
 * router's rounding.
 * @param wanted percent on the canary
 */
function judgeShare(observed, canary, wanted) {
    if (observed === undefined || observed.requests < requestsNeeded(wanted))
        return 'too-few-requests';
    const share = observed.share[canary] ?? 0;
    if (share === 0)
        return 'none';
    const p = wanted / 100;
    const allowed = DEVIATIONS * 100 * Math.sqrt((p * (1 - p)) / observed.requests) + ROUNDING;
    if (share > wanted + allowed)
        return 'too-much';
    return share < wanted - allowed ? 'too-little' : 'as-wanted';
}

;// CONCATENATED MODULE: ./packages/steps/lib/canary/wait-for-share.js








/** A canary that gets more than it should is harm; twice in a row is no accident of one look. */
const TOO_MUCH = 2;
/**
 * Waits until the users' requests are divided as the router was told, before the weight's clock starts. A router that cannot
 * tell is taken at its word, and the record says so. No requests within the time: a hold, never a pass.
 */
async function waitForShare(gate, weight) {
    const { ctx, recorder, traffic } = gate;
    const item = `canary:${weight}%:share`;
    const began = nowMs(gate);
    let from = await counts(gate, traffic.router);
    if (from === undefined) {
        await recorder.write({ event: 'noted', step: 'canary', text: `${weight}%: the router cannot tell requests by slot, so the observed share was not compared` });
        return undefined;
    }
    let tooMuch = 0;
    let last = 'no request came';
    for (;;) {
        await lookAtTriggers(gate, weight);
        const to = await counts(gate, traffic.router);
        if (to instanceof lib_error/* RunbookError */.rk || to === undefined)
            last = to === undefined ? 'the router no longer tells requests' : to.message;
        else if (from instanceof lib_error/* RunbookError */.rk)
            from = to;
        else {
            const observed = (0,shift/* observedShare */._)(from, to);
            const verdict = judgeShare(observed, traffic.tracks.canary, weight);
            const share = observed?.share[traffic.tracks.canary] ?? 0;
            if (observed !== undefined)
                last = `${(0,percent/* formatPercent */.l9)(share)} of ${observed.requests} requests came to the canary, wanted ${weight}%`;
            if (verdict === 'as-wanted') {
                await recorder.write({ event: 'measured', step: 'canary', item, value: share, unit: 'percent', data: { requests: observed?.requests ?? 0, wanted: weight } });
                ctx.platform.log(`${weight}%: ${last}`);
                return undefined;
            }
            if (verdict === 'too-much') {
                tooMuch++;
                if (tooMuch >= TOO_MUCH) {
                    const finding = { event: 'judged', step: 'canary', item, verdict: 'fail', text: `at ${weight}%: ${last}: the router sends more than it was told` };
                    throw new Harm('expectation-failed', finding, { weight, share });
                }
            }
            // A wrong share is looked at anew from here (connections of before may have lived on); what is too little grows on.
            if (verdict === 'too-much' || verdict === 'too-little' || wentBack(from, to))
                from = to;
        }
        const waitedMs = nowMs(gate) - began;
        if (waitedMs >= gate.holdForMs) {
            const text = `${weight}%: ${last} in ${(0,duration/* formatDuration */.a3)(waitedMs)} (at least ${requestsNeeded(weight)} are needed for a verdict on the share)`;
            return { passed: false, reason: 'not-enough-data', text };
        }
        ctx.platform.progress({ what: `${weight}% on ${traffic.tracks.canary}, waiting for requests: ${last}`, done: waitedMs, total: gate.holdForMs, unit: 'ms' });
        await ctx.clock.sleep(Math.min(gate.tickMs, gate.holdForMs - waitedMs), ctx.platform.signal);
    }
}
/** A router that was restarted counts from the beginning. */
function wentBack(from, to) {
    return Object.entries(to).some(([slot, count]) => count < (from[slot] ?? 0));
}
/** Requests by slot now. Undefined: the router cannot tell; an error: it could not be asked this time. */
async function counts({ ctx }, router) {
    try {
        return await interruptible(router.requests(), ctx.platform.signal);
    }
    catch (error) {
        if (error instanceof lib_error/* RunbookError */.rk)
            return error;
        throw error;
    }
}

;// CONCATENATED MODULE: ./packages/steps/lib/canary/watch-weight.js








/** The record's item for a weight that passed: a gate that is begun again goes on behind it. */
function weightItem(weight) {
    return `canary:${weight}%`;
}
/**
 * Watches the canary at one weight: the observed share first, then metrics and triggers for `each`. What has no verdict then is
 * watched on for `hold-for`.
 * @throws Harm when a metric failed or a trigger fired, Cancelled when the job is being cancelled
 */
async function watchWeight(gate, weight) {
    const { ctx, recorder, traffic, spec } = gate;
    const { signal } = ctx.platform;
    const held = await waitForShare(gate, weight);
    if (held !== undefined)
        return held;
    const start = nowMs(gate);
    const end = start + spec.each;
    const metrics = await interruptible(gate.metrics.at(weight, start), signal);
    const from = await counts(gate, traffic.router);
    for (;;) {
        await lookAtTriggers(gate, weight);
        const requests = await requestsSince(gate, from);
        if (metrics.dueAt() <= nowMs(gate)) {
            await recorder.write(...(await interruptible(metrics.measure(nowMs(gate), requests), signal)));
            await failIfWorse(gate, metrics, weight);
            ctx.platform.log(line(gate, weight, end, metrics));
        }
        const now = nowMs(gate);
        if (now >= end) {
            const open = openQuestions(metrics, requests, from !== undefined);
            if (open.length === 0)
                return await pass(gate, weight, metrics);
            if (now >= end + gate.holdForMs) {
                await recorder.write(...metrics.standings().map((standing) => findingOf(standing, weight)));
                return { passed: false, reason: 'no-verdict', text: `${weight}%: no verdict after ${(0,duration/* formatDuration */.a3)(now - start)}: ${open.join('; ')}` };
            }
        }
        ctx.platform.progress({ what: line(gate, weight, end, metrics), done: Math.min(now - start, spec.each), total: spec.each, unit: 'ms' });
        const nextMs = Math.min(now + gate.tickMs, metrics.dueAt(), now < end ? end : end + gate.holdForMs);
        await ctx.clock.sleep(Math.max(1, nextMs - now), signal);
    }
}
async function pass(gate, weight, metrics) {
    const triggers = await concludeTriggers(gate, weight);
    const standings = metrics.standings();
    const text = standings.length === 0 ? 'no metric is configured; no trigger fired' : standings.map(({ text: one }) => one).join('; ');
    await gate.recorder.write(...standings.map((standing) => findingOf(standing, weight)), ...triggers.map((state) => triggerFinding(state, 'canary')), { event: 'judged', step: 'canary', item: weightItem(weight), verdict: 'pass', text });
    gate.ctx.platform.log(`${weight}% passed: ${text}`);
    return { passed: true, text, triggers };
}
async function failIfWorse({ recorder }, metrics, weight) {
    const bad = metrics.standings().find(({ decides, phase }) => decides && (phase === 'failed' || phase === 'error'));
    if (bad === undefined)
        return;
    const finding = findingOf(bad, weight);
    throw new Harm(bad.phase === 'failed' ? 'canary-worse' : 'check-failed', { ...finding, text: `at ${weight}%: ${finding.text}` }, {
        weight,
        metric: bad.spec.name,
        measurements: recorder.state().measured.filter(({ item }) => item === finding.item).map(({ value }) => value),
    });
}
/** What still has no verdict, in words. */
function openQuestions(metrics, requests, routerTells) {
    const open = metrics.standings().filter(({ decides, phase }) => decides && phase !== 'successful');
    const texts = open.map(({ text }) => text);
    // What came before the clock began proves nothing about the time since.
    return routerTells && (requests.canary ?? 0) === 0 ? ['no request came to the canary', ...texts] : texts;
}
async function requestsSince(gate, from) {
    const none = { canary: undefined, stable: undefined };
    if (from === undefined || from instanceof lib_error/* RunbookError */.rk)
        return none;
    const to = await counts(gate, gate.traffic.router);
    if (to === undefined || to instanceof lib_error/* RunbookError */.rk)
        return none;
    const { stable, canary } = gate.traffic.tracks;
    // A router that counts from the beginning again has at least so many.
    const grown = (slot) => ((to[slot] ?? 0) >= (from[slot] ?? 0) ? (to[slot] ?? 0) - (from[slot] ?? 0) : (to[slot] ?? 0));
    return { canary: grown(canary), stable: grown(stable) };
}
/** "25% on green, 12 min left: errors 0.4% (stable 0.2%), p95 120 ms". */
function line(gate, weight, end, metrics) {
    const leftMs = end - nowMs(gate);
    const left = leftMs > 0 ? `${(0,duration/* formatDuration */.a3)(leftMs)} left` : 'waiting for a verdict';
    const values = metrics.standings().map(({ short, decides }) => (decides ? short : `${short} (shown only)`));
    return `${weight}% on ${gate.traffic.tracks.canary}, ${left}${values.length === 0 ? '' : `: ${values.join(', ')}`}`;
}

// EXTERNAL MODULE: ./packages/steps/lib/run-step.js + 2 modules
var run_step = __webpack_require__(246);
// EXTERNAL MODULE: ./packages/record/lib/fold.js
var fold = __webpack_require__(2436);
// EXTERNAL MODULE: ./packages/record/lib/recorder.js
var lib_recorder = __webpack_require__(6025);
;// CONCATENATED MODULE: ./packages/steps/lib/serve.js





/**
 * The promotion: this release serves, the one before is superseded, and the lock is free for the next one. The old slot keeps
 * running, so that the way back is the traffic alone. A release that was told so once is not told again.
 */
async function serve(ctx, release) {
    const { recorder, lease } = release;
    await resumeWrites(ctx, release);
    // First the record before, then the own one: with `serving` written a release is over, and nobody would come back for the rest.
    await supersede(ctx, release);
    const { opened } = recorder.state();
    await recorder.write({ event: 'serving', step: 'canary', version: opened.version, slot: opened.tracks?.canary ?? null });
    try {
        await ctx.store.release(lease.nonce);
    }
    catch (error) {
        // The release serves all the same; the next one finds that this holder has ended.
        if (!(error instanceof lib_error/* RunbookError */.rk))
            throw error;
        ctx.platform.annotate('warning', `the lock of this environment was not freed: ${ctx.redact(error.message)}`);
    }
}
async function supersede(ctx, { recorder, previous, lease }) {
    if (previous === undefined)
        return;
    try {
        // Read anew: the record may have grown since this release was opened.
        const text = await ctx.store.read(previous.release);
        if (text === undefined)
            return;
        const state = (0,fold.fold)(text, previous.release);
        if (state.status !== 'serving')
            return;
        const before = (0,lib_recorder/* resumeRecord */.D)(state, { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact });
        await before.write({ event: 'superseded', step: 'canary', by: recorder.release });
    }
    catch (error) {
        // What is proven good is not brought back for a line in an old record; what really stops us stops the next append as well.
        if (!(error instanceof lib_error/* RunbookError */.rk))
            throw error;
        ctx.platform.annotate('warning', `release ${previous.release} was not marked as superseded: ${ctx.redact(error.message)}`);
    }
}
/** Starts what `stop-writes:` stopped and deploy has not started since: traffic needs it, on the stable track as well. */
async function resumeWrites(ctx, { recorder }) {
    const { opened, release } = recorder.state();
    for (const name of ctx.runbook.stopWrites) {
        const service = ctx.services[name];
        const { items } = recorder.state();
        const stopped = items.some(({ item, state }) => item === `stop-writes:${name}` && state !== 'undone');
        const resumed = items.some(({ item, state }) => item === `resume:${name}` && state === 'done');
        if (service === undefined || !stopped || resumed)
            continue;
        const slot = (0,variables/* slotOf */.SW)(ctx, name, opened.tracks, 'stable');
        const place = service.place(slot);
        if ((await service.status(place)).running)
            continue;
        // The stable slot holds the version before; a service in one place was deployed over.
        const version = slot === null ? opened.version : (opened.previous ?? opened.version);
        await recorder.change('canary', {
            item: `resume:${name}`,
            undo: { slot },
            make: async () => {
                const names = { version, previous: opened.previous, release };
                await service.start(place, await (0,variables/* serviceVariables */.nV)(ctx, names, name, slot, slot === null ? 'canary' : 'stable'));
                try {
                    await service.healthy(place);
                }
                catch (error) {
                    if (!(error instanceof lib_error/* RunbookError */.rk))
                        throw error;
                    throw new outcome.Outcome('roll-back', 'not-healthy', error.message, { cause: error });
                }
                return { value: undefined, data: { slot } };
            },
        });
        ctx.platform.log(`${name}${slot === null ? '' : ` (${slot})`} is started again: writes go on`);
    }
}

;// CONCATENATED MODULE: ./packages/steps/lib/canary.js














/**
 * Gives the new version more and more of the traffic, watches it at each weight, and at the end lets it serve. Without `canary:`
 * it serves at once. Whatever goes wrong, the traffic is back at the stable track before this returns.
 */
async function canary(ctx, options = {}) {
    const weights = ctx.runbook.canary?.weights ?? [100];
    if (options.to !== undefined && !weights.some((weight) => weight <= options.to)) {
        const text = `to: ${options.to}% is below the first weight of the runbook (${weights.map((weight) => `${weight}%`).join(', ')}); nothing was changed`;
        return (0,run_step/* refused */.J)(ctx, new lib_error/* RunbookError */.rk(text, { hint: `the lowest that has a meaning is ${weights[0]}` }));
    }
    return (0,run_step/* runStep */.e)(ctx, 'canary', async (release) => {
        await resumeWrites(ctx, release);
        if (ctx.runbook.canary !== undefined) {
            const end = await guarded(ctx, release, options);
            if (end.serves === undefined)
                return end.done;
            await serve(ctx, release);
            return end.serves;
        }
        await serve(ctx, release);
        const { version, tracks } = release.recorder.state().opened;
        return { text: `${version} serves`, details: { weight: 100, slot: tracks?.canary ?? null } };
    });
}
/** The gate, with the traffic set back when it ends in any way but a good one. */
async function guarded(ctx, release, options) {
    const { canary: spec } = ctx.runbook;
    if (spec === undefined || ctx.router === undefined)
        throw new Error('a gate needs `canary:` and its router');
    const { recorder } = release;
    const traffic = await openTraffic(ctx, recorder, ctx.router);
    const everyMs = defaultEvery(spec);
    try {
        const gate = {
            ctx,
            recorder,
            spec,
            traffic,
            metrics: openMetrics(ctx, release, spec, everyMs),
            triggers: await openTriggers(ctx, release, everyMs),
            tickMs: Math.min(everyMs, 5_000),
            holdForMs: spec['hold-for'] ?? spec.each,
        };
        return await climb(gate, options);
    }
    catch (error) {
        // Another run has taken this environment over: what the traffic should be is its business now.
        if (error instanceof store/* AppendRefused */.j)
            throw error;
        throw await setBack(ctx, traffic, release, error);
    }
}
async function climb(gate, { to = 100 }) {
    const { ctx, recorder, spec, traffic } = gate;
    const { opened, judged } = recorder.state();
    // Without a version before there is nothing to divide the traffic with.
    const weights = (opened.previous === null ? [100] : spec.weights).filter((weight) => weight <= to);
    const has = (weight) => judged.some(({ item, verdict }) => item === weightItem(weight) && verdict === 'pass');
    const last = weights.at(-1);
    if (last === undefined)
        return { done: { text: 'a first release has no version to divide the traffic with: it takes all of it at 100%, and none before', details: { weight: 0 } } };
    let triggers = [];
    await gate.metrics.begin();
    for (const [step, weight] of weights.entries()) {
        if (ctx.platform.signal.aborted)
            throw new context/* Cancelled */.c();
        const passed = has(weight);
        if (passed && weight !== last)
            continue;
        const confirmed = await traffic.to(step, weight);
        if (passed)
            continue;
        ctx.platform.log(`${weight}%: the router confirms ${(0,lib_weights/* formatWeights */.V7)(confirmed)}; watched for ${(0,duration/* formatDuration */.a3)(spec.each)}`);
        const end = await watchWeight(gate, weight);
        if (!end.passed)
            return { done: hold(gate, weight, end) };
        triggers = end.triggers;
        await ctx.platform.publish(recorder.state(), {});
    }
    const list = weights.map((weight) => `${weight}%`).join(', ');
    const details = { weight: last, slot: traffic.tracks.canary, triggers: triggers.map(({ name, state, text }) => ({ name, state, text })) };
    if (last < 100)
        return { done: { text: `${opened.version} passed at ${list}${notObserved(triggers)}; it stays at ${last}%`, details } };
    return { serves: { text: `${opened.version} serves: passed at ${list}${notObserved(triggers)}`, details } };
}
/** Time ran out without harm: the traffic stays where it is, and people decide. */
function hold({ ctx, recorder, traffic, holdForMs }, weight, { reason, text }) {
    const { version } = recorder.state().opened;
    return {
        text,
        details: { weight, slot: traffic.tracks.canary },
        hold: {
            reason,
            until: new Date(ctx.clock.now().getTime() + holdForMs),
            next: `${version} stays at ${weight}% (slot ${traffic.tracks.canary}); run this job again to watch on from there, or go back: runbook rollback --release ${recorder.release}`,
        },
    };
}
/** Traffic first; then the finding is written, and the error told with the state that the system is in. */
async function setBack(ctx, traffic, { recorder }, error) {
    let state;
    try {
        const weights = await traffic.back();
        state = weights === undefined ? 'no traffic was shifted' : `traffic is back (${(0,lib_weights/* formatWeights */.V7)(weights)})`;
    }
    catch (trouble) {
        if (!(trouble instanceof lib_error/* RunbookError */.rk) || trouble instanceof store/* AppendRefused */.j)
            throw trouble;
        state = `and the traffic could not be set back: ${trouble.message}`;
    }
    ctx.platform.log(ctx.redact(state));
    if (error instanceof Harm) {
        ctx.platform.annotate('error', ctx.redact(error.message), error.finding.rule);
        try {
            await recorder.write(error.finding);
        }
        catch (trouble) {
            if (!(trouble instanceof lib_error/* RunbookError */.rk))
                throw trouble;
            state = `${state}; the finding could not be written: ${trouble.message}`;
        }
    }
    if (error instanceof outcome.Outcome)
        return new outcome.Outcome('roll-back', error.reason, `${error.message}; ${state}`, { ...(error.next === undefined ? {} : { next: error.next }), details: error.details, cause: error });
    if (error instanceof context/* Cancelled */.c)
        return new outcome.Outcome('roll-back', 'cancelled', `the gate was cancelled; ${state}`, { cause: error });
    if (error instanceof lib_error/* RunbookError */.rk)
        return new lib_error/* RunbookError */.rk(`${error.message}; ${state}`, { hint: error.hint, at: error.at, cause: error });
    return error;
}


/***/ }),

/***/ 9627:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ shift),
/* harmony export */   _: () => (/* binding */ observedShare)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _weights_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4210);



/**
 * Sets weights and reads them back until the router tells the same. Safe to repeat.
 * @returns the weights that were read back
 * @throws RunbookError that says which weights are in force
 */
async function shift(router, wanted, options = {}) {
    const { deadlineMs = 30_000, now = () => performance.now(), sleep = (ms) => new Promise((done) => setTimeout(done, ms)), } = options;
    const until = now() + deadlineMs;
    let inForce;
    let problem;
    let pauseMs = 100;
    for (;;) {
        try {
            await router.set(wanted);
            problem = 'the router took them without an error, and tells others';
        }
        catch (error) {
            problem = messageOf(error);
        }
        // Read also after a refusal: what counts is what is in force, and a script may fail after it has set them.
        try {
            inForce = await router.read();
            if ((0,_weights_js__WEBPACK_IMPORTED_MODULE_2__/* .sameWeights */ .ML)(inForce, wanted))
                return inForce;
        }
        catch (error) {
            inForce = undefined;
            problem = messageOf(error);
        }
        if (now() + pauseMs > until)
            break;
        await sleep(pauseMs);
        pauseMs = Math.min(2_000, pauseMs * 2);
    }
    const state = inForce === undefined ? 'which weights are in force is not known' : `in force are ${(0,_weights_js__WEBPACK_IMPORTED_MODULE_2__/* .formatWeights */ .V7)(inForce)}`;
    throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`the weights ${(0,_weights_js__WEBPACK_IMPORTED_MODULE_2__/* .formatWeights */ .V7)(wanted)} could not be set within ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(deadlineMs)}; ${state}. ${problem}`);
}
function messageOf(error) {
    if (error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk)
        return error.message;
    throw error;
}
/**
 * The share of the requests between two readings that each slot got, in percent; undefined when there were none, or when the
 * router began to count anew between them.
 */
function observedShare(before, after) {
    if (before === undefined || after === undefined)
        return undefined;
    const growth = Object.entries(after).map(([slot, count]) => [slot, count - (before[slot] ?? 0)]);
    const requests = growth.reduce((total, [, count]) => total + count, 0);
    if (requests <= 0 || growth.some(([, count]) => count < 0))
        return undefined;
    return { share: Object.fromEntries(growth.map(([slot, count]) => [slot, (count / requests) * 100])), requests };
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
