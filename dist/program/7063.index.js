export const id = 7063;
export const ids = [7063];
export const modules = {

/***/ 7063:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   httpMetric: () => (/* binding */ httpMetric)
/* harmony export */ });
/* harmony import */ var _release_runbook_hosts_request__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2208);
/* harmony import */ var _release_runbook_runbook_substitute__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9956);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5896);




const defaultRequests = 20;
/** Requests of the suite's own to a track: their times, or the share of them that went wrong. */
function httpMetric(options, context) {
    const value = options.value ?? 'p95';
    return {
        async measure(track) {
            const variables = (0,_place_js__WEBPACK_IMPORTED_MODULE_2__/* .variablesOf */ .ht)(context, track);
            const { text: url, unknown } = (0,_release_runbook_runbook_substitute__WEBPACK_IMPORTED_MODULE_3__/* .substitute */ .V)(options.url, variables);
            if (unknown.length > 0)
                throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`the metric's address names ${unknown.map((name) => `$${name}`).join(', ')}, which has no value`);
            const local = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(?=[:/?#]|$)/i.test(url);
            const host = local && context.defaultHost !== undefined ? context.hosts.get(context.defaultHost) : undefined;
            const count = options.requests ?? defaultRequests;
            const { timings } = await (0,_release_runbook_hosts_request__WEBPACK_IMPORTED_MODULE_0__/* .sendRequest */ .w$)(host, { url, count, contains: options.contains });
            const good = timings.filter(({ status, contains }) => status !== undefined &&
                (options.status === undefined ? status >= 200 && status <= 299 : status === options.status) &&
                contains !== false);
            if (value === 'errors')
                return {
                    value: ((timings.length - good.length) / timings.length) * 100,
                    count: timings.length,
                    unit: 'percent',
                };
            // A fast refusal is no fast answer: times are those of the good answers, and without one there is an error.
            if (good.length === 0) {
                const [first] = timings;
                throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`none of ${timings.length} requests to the ${track} track was answered as it should: ${first?.error ?? `status ${first?.status}`}`);
            }
            const times = good.map((each) => each.ms);
            if (times.some(Number.isNaN))
                throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk('the host has no program that measures times; install python3 or curl there');
            return { value: percentile(times, percents[value]), count: times.length, unit: 'ms' };
        },
    };
}
const percents = { p50: 50, p95: 95, p99: 99, max: 100 };
/** The nearest-rank percentile. */
function percentile(values, percent) {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}


/***/ })

};
