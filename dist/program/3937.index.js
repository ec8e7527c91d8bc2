export const id = 3937;
export const ids = [3937];
export const modules = {

/***/ 3937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  countingLines: () => (/* binding */ countingLines),
  logMetric: () => (/* binding */ logMetric),
  severePattern: () => (/* binding */ severePattern)
});

// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/metrics/lib/place.js
var lib_place = __webpack_require__(5896);
;// CONCATENATED MODULE: ./packages/metrics/lib/window.js
const hourMs = 3_600_000;
function eventWindow() {
    let seen = [];
    return {
        add(count, atMs) {
            if (count > 0)
                seen.push({ atMs, count });
        },
        count(nowMs) {
            seen = seen.filter((each) => each.atMs > nowMs - hourMs);
            return seen.reduce((total, each) => total + each.count, 0);
        },
    };
}

;// CONCATENATED MODULE: ./packages/metrics/lib/log.js



/** Lines that count as severe errors where a service does not say. */
const severePattern = 'CRITICAL|FATAL|Traceback|^ERROR';
/** Reads of one measurement: a log that grows faster than this is told by the rest of the next one. */
const mostReads = 32;
/** Longer lines are matched at their beginning only: a pattern must not take minutes. */
const longestLine = 4_096;
/** Matching lines of a track's log within the last 60 minutes; see EventWindow for what that means against "> 10/h". */
function logMetric(options, context) {
    return countingLines(context, options.service, (service) => options.pattern ?? service.spec.severe ?? severePattern);
}
/** As logMetric, with a pattern a service. */
function countingLines(context, name, patternOf) {
    const tracks = new Map();
    const open = async (track) => {
        const known = tracks.get(track);
        if (known !== undefined)
            return known;
        const services = (0,lib_place/* servicesOf */.Yj)(context, name);
        if (services.length === 0)
            throw new lib_error/* RunbookError */.rk('there is no service whose log could be read');
        const readers = services.map((service) => ({
            mark: undefined,
            pattern: compile(patternOf(service)),
            service,
        }));
        for (const reader of readers)
            reader.mark = (await reader.service.log((0,lib_place/* placeOf */.$t)(reader.service, context, track), undefined)).mark;
        const opened = { readers, window: eventWindow() };
        tracks.set(track, opened);
        return opened;
    };
    return {
        async begin(track) {
            await open(track);
        },
        async measure(track) {
            const { readers, window } = await open(track);
            const now = context.now().getTime();
            for (const reader of readers) {
                const place = (0,lib_place/* placeOf */.$t)(reader.service, context, track);
                for (let read = 0; read < mostReads; read++) {
                    const { lines, mark } = await reader.service.log(place, reader.mark);
                    const moved = mark !== reader.mark;
                    reader.mark = mark;
                    window.add(lines.filter((line) => reader.pattern.test(line.slice(0, longestLine))).length, now);
                    if (!moved)
                        break;
                }
            }
            const count = window.count(now);
            return { value: count, count, unit: 'per hour' };
        },
    };
}
function compile(pattern) {
    try {
        return new RegExp(pattern, 'm');
    }
    catch (error) {
        throw new lib_error/* RunbookError */.rk(`the pattern ${JSON.stringify(pattern)} is no regular expression: ${error.message}`);
    }
}


/***/ })

};
