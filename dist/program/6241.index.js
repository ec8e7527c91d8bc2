export const id = 6241;
export const ids = [6241,7227];
export const modules = {

/***/ 6241:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   command: () => (/* binding */ command)
/* harmony export */ });
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8395);
/* harmony import */ var _common_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7227);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(135);



const command = zod_mini__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    ..._shared_js__WEBPACK_IMPORTED_MODULE_1__/* .shared */ .ue,
    on: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.about)('The host that it runs on.', _common_js__WEBPACK_IMPORTED_MODULE_0__.name),
    run: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.about)('Passes when it exits 0.', _common_js__WEBPACK_IMPORTED_MODULE_0__.run),
    timeout: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('How long it may take. Default 60 s.', _common_js__WEBPACK_IMPORTED_MODULE_0__.duration),
    contains: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('A text that its output must contain.', _common_js__WEBPACK_IMPORTED_MODULE_0__.text),
});


/***/ }),

/***/ 135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   aj: () => (/* binding */ httpRequest),
/* harmony export */   ue: () => (/* binding */ shared),
/* harmony export */   zn: () => (/* binding */ places)
/* harmony export */ });
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8395);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3305);
/* harmony import */ var _common_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7227);


const shared = {
    name: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('The name of the check in reports. Default: made from what it does.', _common_js__WEBPACK_IMPORTED_MODULE_0__.text),
    severity: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('warn is reported and does not decide. Default fail.', zod_mini__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['fail', 'warn'])),
};
const places = {
    on: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)("Where the request is sent from. Default: the service's host for 127.0.0.1, else the runner.", _common_js__WEBPACK_IMPORTED_MODULE_0__.name),
    service: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('The service whose port $PORT is, where several have one.', _common_js__WEBPACK_IMPORTED_MODULE_0__.name),
};
const httpRequest = {
    url: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.about)('$PORT is the port of the track; $NAME a variable of the step.', _common_js__WEBPACK_IMPORTED_MODULE_0__.text),
    method: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('Default GET.', zod_mini__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])),
    headers: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('Headers of the request. Secrets are named: "Bearer $API_TOKEN".', zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(_common_js__WEBPACK_IMPORTED_MODULE_0__.text, zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text shows the runbook's own syntax
    json: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('The body, sent as JSON. `${name}` stands for a captured value.', zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J()),
    status: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('The status expected. Default: any 2xx.', zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().check(zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._gte */ .qm(100), zod_mini__WEBPACK_IMPORTED_MODULE_2__/* ._lte */ .Zm(599))),
    body: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('Dotted paths into the JSON answer, each with the value expected, or a threshold for a number ("> 0").', zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(_common_js__WEBPACK_IMPORTED_MODULE_0__.text, zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5J())),
    contains: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('A text that the answer must contain.', _common_js__WEBPACK_IMPORTED_MODULE_0__.text),
    header: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('Headers that the answer must have.', zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(_common_js__WEBPACK_IMPORTED_MODULE_0__.text, zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
    capture: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('Dotted paths into the JSON answer, kept under a name for later steps.', zod_mini__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(_common_js__WEBPACK_IMPORTED_MODULE_0__.name, _common_js__WEBPACK_IMPORTED_MODULE_0__.text)),
    timeout: (0,_common_js__WEBPACK_IMPORTED_MODULE_0__.maybe)('How long a request may take before it is given up. Default 10 s.', _common_js__WEBPACK_IMPORTED_MODULE_0__.duration),
};


/***/ }),

/***/ 7227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   about: () => (/* binding */ about),
/* harmony export */   duration: () => (/* binding */ duration),
/* harmony export */   expectationOf: () => (/* binding */ expectationOf),
/* harmony export */   expects: () => (/* binding */ expects),
/* harmony export */   maybe: () => (/* binding */ maybe),
/* harmony export */   name: () => (/* binding */ name),
/* harmony export */   percent: () => (/* binding */ percent),
/* harmony export */   port: () => (/* binding */ port),
/* harmony export */   program: () => (/* binding */ program),
/* harmony export */   run: () => (/* binding */ run),
/* harmony export */   secret: () => (/* binding */ secret),
/* harmony export */   size: () => (/* binding */ size),
/* harmony export */   text: () => (/* binding */ text),
/* harmony export */   threshold: () => (/* binding */ threshold),
/* harmony export */   variableName: () => (/* binding */ variableName),
/* harmony export */   variables: () => (/* binding */ variables),
/* harmony export */   window: () => (/* binding */ window)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_percent__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4924);
/* harmony import */ var _release_runbook_units_size__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8932);
/* harmony import */ var _release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9932);
/* harmony import */ var _release_runbook_units_window__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6305);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8532);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8395);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3305);







// A runbook is parsed once a process: compiling a function for each map costs more than it saves.
zod_mini__WEBPACK_IMPORTED_MODULE_6__/* .config */ .$W({ jitless: true });
/** What errors say after "expected"; a schema's description is for editors instead. */
const expectations = new WeakMap();
/** Gives a schema the words that an error says after "expected". */
function expects(text, schema) {
    expectations.set(schema, text);
    return schema;
}
/** The words given by `expects`, also to the schema that this one was derived from. */
function expectationOf(schema) {
    for (let at = schema; at !== undefined; at = at._zod.parent) {
        const text = expectations.get(at);
        if (text !== undefined)
            return text;
    }
    return undefined;
}
/** A key of a map with its description, which editors show from runbook.schema.json. */
function about(text, schema) {
    return schema.check(zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .describe */ .q0y(text));
}
/** A key that may be left out, with its description. */
function maybe(text, schema) {
    return zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(schema).check(zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .describe */ .q0y(text));
}
/**
 * A text with a unit. The schema's input is the text as people write it, its output the parsed value
 * (durations in ms, sizes in bytes, percents as 0–100). A wrong unit becomes an issue at the text's own place.
 */
function unit(parse, expected) {
    return expects(expected, zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .pipe */ .FsL(zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP(), zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .transform */ .pdi((text, ctx) => {
        try {
            return parse(text);
        }
        catch (error) {
            if (!(error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .UnitError */ .tR))
                throw error;
            const params = { offset: error.offset, hint: error.hint };
            ctx.issues.push({ code: 'custom', input: text, message: error.message, params });
            return zod_mini__WEBPACK_IMPORTED_MODULE_6__/* .NEVER */ .tm;
        }
    })));
}
const duration = unit(_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .parseDuration */ .E9, 'a duration such as "30m", "500 ms" or "72h"');
const size = unit(_release_runbook_units_size__WEBPACK_IMPORTED_MODULE_3__/* .parseSize */ .DB, 'a size such as "2 GB" or "512 MiB"');
const percent = unit((text) => (0,_release_runbook_units_percent__WEBPACK_IMPORTED_MODULE_2__/* .parsePercent */ .lo)(text), 'a percentage such as "5%"');
const window = unit(_release_runbook_units_window__WEBPACK_IMPORTED_MODULE_5__/* .parseWindow */ .Et, 'a window such as "02:00-12:00 Asia/Shanghai"');
const threshold = (dimension, example) => unit((text) => (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_4__/* .parseThreshold */ .B7)(text, dimension), `a threshold such as "${example}"`);
/** A name that people give: of a host, a service, an item. */
const name = expects('a name: letters, digits, "-", "_", ".", beginning with a letter or digit, at most 64', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._regex */ .Fk(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)));
/** A text of at least one character. */
const text = expects('a text', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._minLength */ .m9(1)));
/** A program with its arguments; no shell touches it. */
const program = expects('a list: a program and its arguments', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .array */ .YOg(expects('an argument as text', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP())).check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._minLength */ .m9(1)));
/** A bash script (text), or a program with its arguments (list; no shell touches it). */
const run = expects('a bash script as text, or a list: a program and its arguments', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .union */ .KCZ([zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._minLength */ .m9(1)), program]));
const port = expects('a port from 1 to 65535', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .int */ .Whr().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._gte */ .qm(1), zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._lte */ .Zm(65535)));
/** The name of a variable of the step's environment that holds a secret: `$NAME`. The value is never written in the file. */
const secret = expects('the name of a secret, such as "$API_TOKEN"', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._regex */ .Fk(/^\$[A-Z_][A-Z0-9_]*$/)));
const variableName = expects('a name of a variable: letters, digits and "_", not beginning with a digit', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._regex */ .Fk(/^[A-Za-z_][A-Za-z0-9_]*$/)));
const variables = zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .record */ .g1P(variableName, zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP());


/***/ }),

/***/ 6305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A4: () => (/* binding */ formatWindow),
  gO: () => (/* binding */ inWindow),
  gR: () => (/* binding */ nextOpening),
  Et: () => (/* binding */ parseWindow)
});

// EXTERNAL MODULE: ./packages/units/lib/error.js
var error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/units/lib/nearest.js
var nearest = __webpack_require__(5135);
// EXTERNAL MODULE: ./packages/units/lib/quantity.js
var quantity = __webpack_require__(9092);
;// CONCATENATED MODULE: ./packages/units/lib/zone.js


const formats = new Map();
/** The clock of a zone's wall at an instant, as if it were UTC: ms since 1970, and the day of the week from it. */
function wallClock(zone, instantMs) {
    const parts = {};
    for (const { type, value } of formatOf(zone).formatToParts(instantMs))
        parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
}
/** Wall clock minus UTC at an instant, in ms; instants are taken to the second. */
function zoneOffset(zone, instantMs) {
    const whole = Math.floor(instantMs / 1000) * 1000;
    return wallClock(zone, whole) - whole;
}
/** Checks the name of a zone; @throws UnitError with the nearest one. */
function checkZone(name, offset) {
    const expected = 'a time zone such as Asia/Shanghai or UTC';
    // Newer engines accept offsets, older ones do not; and an offset knows no summer time.
    if (/^[+-]/.test(name))
        throw (0,quantity/* unexpected */.os)(expected, `the offset ${(0,quantity/* quote */.hD)(name)}`, { offset });
    try {
        formatOf(name);
    }
    catch {
        throw (0,quantity/* unexpected */.os)(expected, (0,quantity/* quote */.hD)(name), { offset, nearest: nearestZone(name) });
    }
}
function formatOf(zone) {
    const known = formats.get(zone);
    if (known !== undefined)
        return known;
    const format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
    });
    formats.set(zone, format);
    return format;
}
/** By the whole name, else by its city alone ("Shanghai", "China/Shanghai"). */
function nearestZone(name) {
    const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
    const whole = (0,nearest/* nearest */.p)(name, zones);
    if (whole !== undefined)
        return whole;
    const city = (0,nearest/* nearest */.p)(lastPart(name), zones.map(lastPart));
    return city === undefined ? undefined : zones.find((zone) => lastPart(zone) === city);
}
function lastPart(zone) {
    return zone.slice(zone.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./packages/units/lib/window.js




const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const expected = 'a window such as "02:00-12:00 Asia/Shanghai" or "Mon-Fri 21:30-02:00 Asia/Shanghai"';
/**
 * Reads "02:00-12:00 Asia/Shanghai", with days before it if it does not open on each: "Mon-Fri", "Mon,Wed,Sat-Sun".
 * A window that passes midnight belongs to the day on which it opens.
 * @throws UnitError
 */
function parseWindow(text) {
    let at = (0,quantity/* skipSpace */.AN)(text, 0);
    let days = weekdays;
    if (/[A-Za-z]/.test(text.charAt(at))) {
        const word = wordAt(text, at);
        days = parseDays(word, at);
        at = (0,quantity/* skipSpace */.AN)(text, at + word.length);
    }
    const times = /^(\d{1,2}:\d\d)(\s*-\s*)(\d{1,2}:\d\d)(?=\s|$)/.exec(text.slice(at, at + 64));
    if (times === null)
        throw (0,quantity/* unexpected */.os)(expected, (0,quantity/* got */.Lt)(text, at), { offset: at });
    const [whole, first = '', dash = '', second = ''] = times;
    const from = parseTime(first, at, 1439);
    const to = parseTime(second, at + first.length + dash.length, 1440);
    if (from === to) {
        throw (0,quantity/* unexpected */.os)('a window that ends after it begins (00:00-24:00 is the whole day)', (0,quantity/* quote */.hD)(whole), { offset: at });
    }
    at = (0,quantity/* skipSpace */.AN)(text, at + whole.length);
    const zone = wordAt(text, at);
    if (zone === '')
        throw (0,quantity/* unexpected */.os)(expected, `${(0,quantity/* quote */.hD)(text.trim())} without a time zone`, { offset: text.length });
    checkZone(zone, at);
    const end = (0,quantity/* skipSpace */.AN)(text, at + zone.length);
    if (end < text.length)
        throw (0,quantity/* unexpected */.os)(expected, `${(0,quantity/* got */.Lt)(text, end)} behind it`, { offset: end });
    return { days, from, to, zone, text: text.trim() };
}
function wordAt(text, at) {
    return /^\S*/.exec(text.slice(at, at + 256))?.[0] ?? '';
}
function parseTime(text, at, most) {
    const [hours = 0, minutes = 0] = text.split(':').map(Number);
    const total = hours * 60 + minutes;
    if (minutes > 59 || total > most) {
        throw (0,quantity/* unexpected */.os)(`a time from 00:00 to ${most === 1440 ? '24:00' : '23:59'}`, (0,quantity/* quote */.hD)(text), { offset: at });
    }
    return total;
}
function parseDays(text, at) {
    const found = new Set();
    let offset = at;
    for (const range of text.split(',')) {
        const [first = '', last = first, ...more] = range.split('-');
        if (more.length > 0)
            throw (0,quantity/* unexpected */.os)('days such as Mon-Fri', (0,quantity/* quote */.hD)(range), { offset });
        const end = indexOfDay(last, offset + range.length - last.length);
        for (let index = indexOfDay(first, offset);; index = (index + 1) % 7) {
            found.add(weekdays[index] ?? 'Mon');
            if (index === end)
                break;
        }
        offset += range.length + 1;
    }
    return weekdays.filter((day) => found.has(day));
}
function indexOfDay(text, offset) {
    const index = weekdays.indexOf(text);
    if (index >= 0)
        return index;
    const full = weekdays.find((day) => text.slice(0, 3).toLowerCase() === day.toLowerCase());
    throw new error/* UnitError */.tR(`expected a day (${weekdays.join(', ')}), got ${(0,quantity/* quote */.hD)(text)}`, {
        offset,
        expected: 'a day such as Mon',
        nearest: full ?? (0,nearest/* nearest */.p)(text, weekdays),
    });
}
/** Whether the window is open at `date`; its first minute is in it, the minute at which it ends is not. */
function inWindow(window, date) {
    const wall = wallClock(window.zone, date.getTime());
    const minutes = Math.floor((wall - Math.floor(wall / dayMs) * dayMs) / minuteMs);
    if (window.from < window.to)
        return opensOn(window, wall) && minutes >= window.from && minutes < window.to;
    return (minutes >= window.from && opensOn(window, wall)) || (minutes < window.to && opensOn(window, wall - dayMs));
}
function opensOn(window, wall) {
    const day = weekdays[(new Date(wall).getUTCDay() + 6) % 7];
    return day !== undefined && window.days.includes(day);
}
/** The first instant at or after `date` at which the window is open: `date` itself while it is. */
function nextOpening(window, date) {
    if (inWindow(window, date))
        return date;
    const now = date.getTime();
    const wall = wallClock(window.zone, now);
    const today = Math.floor(wall / dayMs) * dayMs;
    let first = Number.POSITIVE_INFINITY;
    // Two weeks: a window of one day a week may fall into the hour that summer time leaves out.
    for (let day = -1; day <= 15; day++) {
        for (const instant of openings(window.zone, today + day * dayMs + window.from * minuteMs)) {
            if (instant > now && instant < first && inWindow(window, new Date(instant)))
                first = instant;
        }
    }
    return new Date(first);
}
/**
 * The instants at which the wall shows `wall` (none, one, or two where clocks are set back), and the one at which
 * clocks are changed near it, since that too can open a window.
 */
function openings(zone, wall) {
    const before = zoneOffset(zone, wall - dayMs);
    const after = zoneOffset(zone, wall + dayMs);
    if (before === after)
        return [wall - before];
    let low = wall - dayMs;
    let high = wall + dayMs;
    while (high - low > 1000) {
        const middle = low + Math.floor((high - low) / 2000) * 1000;
        if (zoneOffset(zone, middle) === before)
            low = middle;
        else
            high = middle;
    }
    return [wall - before, high, wall - after];
}
/** The window in one canonical form, which parseWindow reads back as the same. */
function formatWindow(window) {
    const times = `${clock(window.from)}-${clock(window.to)} ${window.zone}`;
    return window.days.length === 7 ? times : `${formatDays(window.days)} ${times}`;
}
function formatDays(days) {
    const runs = [];
    for (const day of days) {
        const run = runs.at(-1);
        const last = run?.at(-1);
        if (run !== undefined && last !== undefined && weekdays.indexOf(last) + 1 === weekdays.indexOf(day))
            run.push(day);
        else
            runs.push([day]);
    }
    return runs.map((run) => (run.length < 3 ? run.join(',') : `${run[0]}-${run.at(-1)}`)).join(',');
}
function clock(minutes) {
    const two = (value) => String(value).padStart(2, '0');
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}


/***/ })

};
