export const id = 9932;
export const ids = [9932,7165,4924];
export const modules = {

/***/ 7165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $7: () => (/* binding */ readDuration),
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   Sh: () => (/* binding */ durationWords),
/* harmony export */   WQ: () => (/* binding */ durationUnits),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   cb: () => (/* binding */ printDuration)
/* harmony export */ });
/* harmony import */ var _quantity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9092);

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const longest = 36_525 * day;
/** The units of durations, in ms. */
const durationUnits = {
    ms: 1,
    s: second,
    m: minute,
    min: minute,
    h: hour,
    d: day,
};
/** Other ways to write them, and what to write instead. */
const durationWords = {
    sec: 's',
    secs: 's',
    second: 's',
    seconds: 's',
    mins: 'min',
    minute: 'min',
    minutes: 'min',
    hr: 'h',
    hrs: 'h',
    hour: 'h',
    hours: 'h',
    day: 'd',
    days: 'd',
    msec: 'ms',
    millisecond: 'ms',
    milliseconds: 'ms',
};
const expected = 'a duration such as "500 ms", "30m" or "1h30m"';
/**
 * Reads "500ms", "5 s", "30m", "1h30m", "72h", "14d". Units go from large to small, each once. "0" needs no unit.
 * @returns ms, exact to the microsecond, at most 100 years
 * @throws UnitError
 */
function parseDuration(text) {
    return readDuration(text, 0);
}
/** As parseDuration, for the part of `text` from `from` to its end. */
function readDuration(text, from) {
    let total = 0;
    let last = Number.POSITIVE_INFINITY;
    let offset = from;
    do {
        const quantity = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .readQuantity */ .ae)(text, offset, expected);
        if (quantity.unit === '' && quantity.value === 0 && offset === from && quantity.end === text.length)
            return 0;
        const unit = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unitOf */ .uF)(quantity, durationUnits, durationWords, expected);
        if (unit >= last) {
            throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, `"${quantity.unit}" after a unit that is not larger`, { offset: quantity.unitAt });
        }
        total += quantity.value * unit;
        last = unit;
        offset = quantity.end;
    } while (offset < text.length);
    if (total > longest)
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, 'one of more than 100 years', { offset: from });
    return Math.round(total * 1000) / 1000;
}
/** A measured duration for people, rounded: "340 ms", "1.2 s", "10 min 3 s", "1 h 30 min", "3 d 2 h". */
function formatDuration(ms) {
    if (!Number.isFinite(ms))
        return `${ms} ms`;
    if (ms < 0)
        return `-${formatDuration(-ms)}`;
    if (ms < 1 && ms > 0)
        return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(ms, 3)} ms`;
    // Compared after rounding, so that no "1000 ms" and no "60 s" come out.
    if (Math.round(ms * 10) < second * 10)
        return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(ms, 1)} ms`;
    if (Math.round(ms / 100) < 600)
        return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(ms / second, 1)} s`;
    if (Math.round(ms / second) < 3600)
        return pair(Math.round(ms / second), 60, 'min', 's');
    if (Math.round(ms / minute) < 1440)
        return pair(Math.round(ms / minute), 60, 'h', 'min');
    return pair(Math.round(ms / hour), 24, 'd', 'h');
}
function pair(total, size, large, small) {
    const rest = total % size;
    const head = `${Math.floor(total / size)} ${large}`;
    return rest === 0 ? head : `${head} ${rest} ${small}`;
}
/** A duration that was written, printed so that parseDuration reads back exactly the same: "1 h 30 min", "1.234 s". */
function printDuration(ms) {
    const parts = [];
    let rest = ms;
    for (const [name, size] of [
        ['d', day],
        ['h', hour],
        ['min', minute],
    ]) {
        const whole = Math.floor(rest / size);
        if (whole > 0)
            parts.push(`${whole} ${name}`);
        rest -= whole * size;
    }
    rest = Math.round(rest * 1000) / 1000;
    if (rest >= second)
        parts.push(`${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(rest / second, 6)} s`);
    else if (rest > 0 || parts.length === 0)
        parts.push(`${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(rest, 3)} ms`);
    return parts.join(' ');
}


/***/ }),

/***/ 4924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l9: () => (/* binding */ formatPercent),
/* harmony export */   lo: () => (/* binding */ parsePercent),
/* harmony export */   oO: () => (/* binding */ readPercent)
/* harmony export */ });
/* harmony import */ var _quantity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9092);

const expected = 'a percentage such as "5%"';
/**
 * Reads "5%" as 5. "0" needs no sign.
 * @returns percent, not a fraction
 * @throws UnitError, also above 100 unless that was allowed
 */
function parsePercent(text, options = {}) {
    return readPercent(text, 0, options);
}
/** As parsePercent, for the part of `text` from `from` to its end. */
function readPercent(text, from, options) {
    const { value, unit, at, unitAt, end } = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .readQuantity */ .ae)(text, from, expected);
    const tail = text.slice(end);
    if (tail !== '')
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, `${JSON.stringify(tail.slice(0, 20))} behind it`, { offset: end });
    if (unit === '' && value === 0)
        return 0;
    if (unit === '')
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, 'a number without a percent sign', { offset: at });
    if (unit !== '%')
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, `the unit ${JSON.stringify(unit)}`, { offset: unitAt, nearest: '%' });
    if (value > 100 && options.above100 !== true) {
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)('a percentage from 0% to 100%', `${value}%`, { offset: at });
    }
    return value;
}
/** A percentage for people, with at most two decimals: "5%", "0.25%", "33.33%". */
function formatPercent(percent) {
    return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(percent, 2)}%`;
}


/***/ }),

/***/ 9092:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AN: () => (/* binding */ skipSpace),
/* harmony export */   Lt: () => (/* binding */ got),
/* harmony export */   Nf: () => (/* binding */ suggestUnit),
/* harmony export */   Wf: () => (/* binding */ rounded),
/* harmony export */   ae: () => (/* binding */ readQuantity),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   os: () => (/* binding */ unexpected),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   pr: () => (/* binding */ shortest),
/* harmony export */   uF: () => (/* binding */ unitOf)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5135);


/** More digits than this would not survive arithmetic and printing unchanged. */
const mostDigits = 12;
const pattern = /\s*(\d+(?:\.\d+)?)(\s*)(%|\/\s*[A-Za-z]*|[A-Za-zµ]+)?\s*/y;
/**
 * Reads the number and unit at `from`, with the spaces around them.
 * @param expected what stands there in a right text, such as `a duration such as "30m"`
 * @throws UnitError when there is no number, or one with more digits than can be kept
 */
function readQuantity(text, from, expected) {
    pattern.lastIndex = from;
    const found = pattern.exec(text);
    if (found === null)
        throw unexpected(expected, got(text, from), { offset: skipSpace(text, from) });
    const [whole, digits = '', space = '', unit = ''] = found;
    const at = from + whole.indexOf(digits);
    if (digits.length - (digits.includes('.') ? 1 : 0) > mostDigits) {
        throw unexpected(expected, `a number of more than ${mostDigits} digits`, { offset: at });
    }
    return {
        value: Number(digits),
        unit: unit.replace(/\s/g, ''),
        at,
        unitAt: at + digits.length + space.length,
        end: from + whole.length,
    };
}
/** The number of `units` that a unit's name stands for; @throws UnitError naming the nearest one. */
function unitOf(quantity, units, words, expected) {
    const { unit, unitAt } = quantity;
    const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (factor !== undefined)
        return factor;
    if (unit === '')
        throw unexpected(expected, 'a number without a unit', { offset: quantity.at });
    throw unexpected(expected, `the unit ${quote(unit)}`, { offset: unitAt, nearest: suggestUnit(unit, units, words) });
}
/** The unit that was probably meant; `words` maps spelled-out and ambiguous units to those that exist. */
function suggestUnit(unit, units, words) {
    const word = unit.toLowerCase();
    if (Object.hasOwn(words, word))
        return words[word];
    const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(unit, Object.keys(units));
    // With two letters, one slip makes any unit of any other: "MB" is not a mistyped "ms".
    return unit.length > 2 || near?.toLowerCase() === word ? near : undefined;
}
/** A UnitError that says what was expected and what was got instead. */
function unexpected(expected, actual, more) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .UnitError */ .tR(`expected ${expected}, got ${actual}`, { ...more, expected });
}
/** What stands in the text at `from`, to be put after "got". */
function got(text, from) {
    const rest = text.slice(from).trim();
    return rest === '' ? 'nothing' : quote(rest);
}
/** A text in quotes, cut when it is too long for a message. */
function quote(text) {
    return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
/** The offset of the first character at or after `from` that is no space. */
function skipSpace(text, from) {
    let offset = from;
    while (offset < text.length && /\s/.test(text.charAt(offset)))
        offset++;
    return offset;
}
/** A number with at most `decimals` decimals, and none that are zeros. */
function rounded(value, decimals) {
    const text = value.toFixed(decimals);
    const short = text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
    return short === '-0' ? '0' : short;
}
/** A number that was written, in digits alone: String would print very small ones as "1e-7". */
function plain(value) {
    const text = String(value);
    return text.includes('e-') ? rounded(value, mostDigits) : text;
}
/**
 * `value` in the unit that gives the shortest number which still reads back as exactly `value`; undefined when no unit
 * does. Of equally short ones the first wins. `kept` is the rounding that reading applies.
 */
function shortest(value, units, names, kept = (value) => value) {
    let best;
    for (const unit of names) {
        const factor = units[unit];
        if (factor === undefined)
            continue;
        const digits = plain(Number((value / factor).toPrecision(mostDigits)));
        const readable = /^\d+(\.\d+)?$/.test(digits) && digits.replace('.', '').length <= mostDigits;
        if (!readable || kept(Number(digits) * factor) !== value)
            continue;
        if (best === undefined || digits.length < best.digits.length)
            best = { digits, unit };
    }
    return best;
}


/***/ }),

/***/ 8932:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DB: () => (/* binding */ parseSize),
/* harmony export */   PZ: () => (/* binding */ printSize),
/* harmony export */   Xq: () => (/* binding */ formatSize),
/* harmony export */   ZH: () => (/* binding */ sizeUnits),
/* harmony export */   ik: () => (/* binding */ readSize),
/* harmony export */   pG: () => (/* binding */ sizeWords)
/* harmony export */ });
/* harmony import */ var _quantity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9092);

/** The units of sizes, in bytes: kB to PB count in thousands, KiB to PiB in 1024s. */
const sizeUnits = {
    B: 1,
    kB: 1e3,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    PB: 1e15,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    TiB: 2 ** 40,
    PiB: 2 ** 50,
};
/** Other ways to write them, and what to write instead. */
const sizeWords = {
    k: 'KiB',
    m: 'MiB',
    g: 'GiB',
    t: 'TiB',
    b: 'B',
    byte: 'B',
    bytes: 'B',
};
const expected = 'a size such as "512 MB" or "2 GiB"';
/**
 * Reads "512 MB", "2 GB" (decimal), "2 GiB" (binary). "0" needs no unit.
 * @returns whole bytes
 * @throws UnitError
 */
function parseSize(text) {
    return readSize(text, 0);
}
/** As parseSize, for the part of `text` from `from` to its end. */
function readSize(text, from) {
    const quantity = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .readQuantity */ .ae)(text, from, expected);
    const tail = text.slice(quantity.end);
    if (tail !== '')
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, `${JSON.stringify(tail.slice(0, 20))} behind it`, { offset: quantity.end });
    if (quantity.unit === '' && quantity.value === 0)
        return 0;
    const bytes = Math.round(quantity.value * (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unitOf */ .uF)(quantity, sizeUnits, sizeWords, expected));
    if (!Number.isSafeInteger(bytes))
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, 'one too large to count', { offset: quantity.at });
    return bytes;
}
const scale = ['PB', 'TB', 'GB', 'MB', 'kB'];
const exactScale = [...scale, 'PiB', 'TiB', 'GiB', 'MiB', 'KiB', 'B'];
/** A measured size for people, rounded, in decimal units: "2.1 GB", "812 B". */
function formatSize(bytes) {
    if (bytes < 0)
        return `-${formatSize(-bytes)}`;
    for (const unit of scale) {
        const value = bytes / (sizeUnits[unit] ?? 1);
        // 999.96 kB would be rounded to "1000 kB".
        if (value >= 0.99995)
            return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(Math.max(value, 1), value < 100 ? 1 : 0)} ${unit}`;
    }
    return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(bytes, 0)} B`;
}
/** A size that was written, printed so that parseSize reads back exactly the same. */
function printSize(bytes) {
    const found = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .shortest */ .pr)(bytes, sizeUnits, exactScale, Math.round);
    return found === undefined ? formatSize(bytes) : `${found.digits} ${found.unit}`;
}


/***/ }),

/***/ 9932:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B6: () => (/* binding */ formatThreshold),
  Fl: () => (/* binding */ formatValue),
  v9: () => (/* binding */ holds),
  B7: () => (/* binding */ parseThreshold)
});

// EXTERNAL MODULE: ./packages/units/lib/duration.js
var duration = __webpack_require__(7165);
// EXTERNAL MODULE: ./packages/units/lib/percent.js
var percent = __webpack_require__(4924);
// EXTERNAL MODULE: ./packages/units/lib/quantity.js
var lib_quantity = __webpack_require__(9092);
;// CONCATENATED MODULE: ./packages/units/lib/rate.js

/** The units of rates, in events per hour. */
const rateUnits = {
    '/s': 3600,
    '/min': 60,
    '/m': 60,
    '/h': 1,
    '/d': 1 / 24,
};
/** Other ways to write them, and what to write instead. */
const rateWords = {
    '/': '/h',
    '/sec': '/s',
    '/second': '/s',
    '/minute': '/min',
    '/hr': '/h',
    '/hour': '/h',
    '/day': '/d',
};
const expected = 'a rate such as "10/h" or "5/min"';
/**
 * Reads "10/h", "5/min", "2 / s", "100/d". "0" needs no unit.
 * @returns events per hour
 * @throws UnitError
 */
function parseRate(text) {
    return readRate(text, 0);
}
/** As parseRate, for the part of `text` from `from` to its end. */
function readRate(text, from) {
    const quantity = (0,lib_quantity/* readQuantity */.ae)(text, from, expected);
    const tail = text.slice(quantity.end);
    if (tail !== '')
        throw (0,lib_quantity/* unexpected */.os)(expected, `${JSON.stringify(tail.slice(0, 20))} behind it`, { offset: quantity.end });
    if (quantity.unit === '' && quantity.value === 0)
        return 0;
    return quantity.value * (0,lib_quantity/* unitOf */.uF)(quantity, rateUnits, rateWords, expected);
}
/** A measured rate for people, per hour: "12.5/h". */
function formatRate(perHour) {
    return `${(0,lib_quantity/* rounded */.Wf)(perHour, perHour < 10 ? 2 : 1)}/h`;
}
/** A rate that was written, printed so that parseRate reads back exactly the same. */
function printRate(perHour) {
    const found = (0,lib_quantity/* shortest */.pr)(perHour, rateUnits, ['/h', '/min', '/s', '/d']);
    return found === undefined ? formatRate(perHour) : found.digits + found.unit;
}

// EXTERNAL MODULE: ./packages/units/lib/size.js
var size = __webpack_require__(8932);
;// CONCATENATED MODULE: ./packages/units/lib/threshold.js





const examples = {
    duration: { article: 'a duration', text: '"< 200 ms"' },
    size: { article: 'a size', text: '">= 2 GB"' },
    percent: { article: 'a percentage', text: '"> 5%"' },
    rate: { article: 'a rate', text: '"> 10/h"' },
    count: { article: 'a count', text: '"> 3"' },
    number: { article: 'a plain number', text: '"> 3"' },
};
const comparisons = {
    '<': '<',
    '<=': '<=',
    '>': '>',
    '>=': '>=',
    '=': '=',
    '!=': '!=',
};
/** What people type instead. */
const comparisonWords = {
    '==': '=',
    '===': '=',
    '=>': '>=',
    '=<': '<=',
    '<>': '!=',
    '!==': '!=',
    '≤': '<=',
    '≥': '>=',
    '≠': '!=',
    '<': '<',
    '>': '>',
};
/**
 * Reads "< 200 ms", "> 5%", "> 10/h", ">= 2 GB", "> 3", "> 3 in a row", "= 0"; a bare number such as "0" means equality.
 * @param dimension what the place where it stands measures; without it, the unit decides
 * @throws UnitError, its offset being where in `text` the wrong part begins
 */
function parseThreshold(text, dimension) {
    const wanted = expectation(dimension);
    const opAt = (0,lib_quantity/* skipSpace */.AN)(text, 0);
    const written = /^[<>=!≤≥≠<>]*/.exec(text.slice(opAt, opAt + 8))?.[0] ?? '';
    const op = written === '' ? '=' : comparisons[written];
    if (op === undefined) {
        throw (0,lib_quantity/* unexpected */.os)(wanted, (0,lib_quantity/* quote */.hD)(written), { offset: opAt, nearest: comparisonWords[written] });
    }
    const from = opAt + written.length;
    const row = /\s+in\s+a\s+row\s*$/.exec(text.slice(-40));
    if (row !== null)
        return inARow(text, text.slice(0, text.length - row[0].length), from, op, dimension);
    const found = readValue(text, from, dimension);
    if (written === '' && found.dimension !== 'count' && found.dimension !== 'number' && found.value !== 0) {
        throw (0,lib_quantity/* unexpected */.os)(wanted, `${(0,lib_quantity/* got */.Lt)(text, 0)} without a comparison`, { offset: opAt });
    }
    return { op, ...found, text: text.trim() };
}
function expectation(dimension) {
    if (dimension === undefined)
        return 'a threshold such as "< 200 ms", "> 5%", "> 10/h" or ">= 2 GB"';
    return `${examples[dimension].article} such as ${examples[dimension].text}`;
}
function inARow(text, head, from, op, dimension) {
    if (dimension !== undefined && dimension !== 'count' && dimension !== 'number') {
        throw (0,lib_quantity/* unexpected */.os)(expectation(dimension), 'a count "in a row"', { offset: (0,lib_quantity/* skipSpace */.AN)(text, from) });
    }
    const { value } = readValue(head, from, 'count');
    const least = op === '>' ? value + 1 : value;
    // "Fewer than 3 in a row" is true of nearly everything, and "other than 3" of nothing that is meant.
    if ((op !== '>' && op !== '>=') || least < 1) {
        throw (0,lib_quantity/* unexpected */.os)('a run such as "> 3 in a row" or ">= 3 in a row"', (0,lib_quantity/* quote */.hD)(text.trim()), {
            offset: (0,lib_quantity/* skipSpace */.AN)(text, 0),
        });
    }
    return { op, value, dimension: 'count', inARow: least, text: text.trim() };
}
function readValue(text, from, dimension) {
    const wanted = expectation(dimension);
    const start = (0,lib_quantity/* skipSpace */.AN)(text, from);
    const minus = text.charAt(start) === '-';
    const { value, unit, at, unitAt, end } = (0,lib_quantity/* readQuantity */.ae)(text, minus ? start + 1 : from, wanted);
    if (unit === '') {
        if (end !== text.length)
            throw (0,lib_quantity/* unexpected */.os)(wanted, `${(0,lib_quantity/* got */.Lt)(text, end)} behind the number`, { offset: end });
        return { value: minus && value !== 0 ? -value : value, dimension: bare(value, minus, dimension, at) };
    }
    if (minus)
        throw (0,lib_quantity/* unexpected */.os)(wanted, 'a negative one', { offset: start });
    const actual = dimensionOf(unit);
    if (actual === undefined) {
        throw (0,lib_quantity/* unexpected */.os)(wanted, `the unit ${(0,lib_quantity/* quote */.hD)(unit)}`, { offset: unitAt, nearest: suggestion(unit, dimension) });
    }
    if (dimension !== undefined && actual !== dimension) {
        throw (0,lib_quantity/* unexpected */.os)(wanted, examples[actual].article, { offset: at });
    }
    return { value: readers[actual](text, from), dimension: actual };
}
/** The dimension of a number without a unit. */
function bare(value, minus, dimension, at) {
    if (dimension === undefined || dimension === 'number')
        return 'number';
    if (minus && value !== 0)
        throw (0,lib_quantity/* unexpected */.os)(expectation(dimension), 'a negative number', { offset: at - 1 });
    if (dimension === 'count') {
        if (!Number.isInteger(value))
            throw (0,lib_quantity/* unexpected */.os)(expectation('count'), 'a number with decimals', { offset: at });
        return 'count';
    }
    // Nothing is nothing in every unit.
    if (value !== 0)
        throw (0,lib_quantity/* unexpected */.os)(expectation(dimension), 'a number without a unit', { offset: at });
    return dimension;
}
const readers = {
    duration: duration/* readDuration */.$7,
    size: size/* readSize */.ik,
    percent: (text, from) => (0,percent/* readPercent */.oO)(text, from, { above100: true }),
    rate: readRate,
};
function dimensionOf(unit) {
    if (unit === '%')
        return 'percent';
    if (Object.hasOwn(rateUnits, unit))
        return 'rate';
    if (Object.hasOwn(duration/* durationUnits */.WQ, unit))
        return 'duration';
    return Object.hasOwn(size/* sizeUnits */.ZH, unit) ? 'size' : undefined;
}
function suggestion(unit, dimension) {
    if (dimension === 'rate' || (dimension === undefined && unit.startsWith('/'))) {
        return (0,lib_quantity/* suggestUnit */.Nf)(unit.startsWith('/') ? unit : `/${unit}`, rateUnits, rateWords);
    }
    if (dimension === 'duration')
        return (0,lib_quantity/* suggestUnit */.Nf)(unit, duration/* durationUnits */.WQ, duration/* durationWords */.Sh);
    if (dimension === 'size')
        return (0,lib_quantity/* suggestUnit */.Nf)(unit, size/* sizeUnits */.ZH, size/* sizeWords */.pG);
    if (dimension !== undefined)
        return undefined;
    return (0,lib_quantity/* suggestUnit */.Nf)(unit, { ...duration/* durationUnits */.WQ, ...size/* sizeUnits */.ZH }, { ...size/* sizeWords */.pG, ...duration/* durationWords */.Sh });
}
/** Whether `value`, in the threshold's base unit, meets the condition. What is not a number meets none. */
function holds(threshold, value) {
    if (Number.isNaN(value))
        return false;
    switch (threshold.op) {
        case '<':
            return value < threshold.value;
        case '<=':
            return value <= threshold.value;
        case '>':
            return value > threshold.value;
        case '>=':
            return value >= threshold.value;
        case '=':
            return value === threshold.value;
        case '!=':
            return value !== threshold.value;
    }
}
/** The threshold in one canonical form, which parseThreshold reads back as the same. */
function formatThreshold(threshold) {
    const { op, value, dimension } = threshold;
    return `${op} ${printers[dimension](value)}${threshold.inARow === undefined ? '' : ' in a row'}`;
}
const printers = {
    duration: duration/* printDuration */.cb,
    size: size/* printSize */.PZ,
    percent: (value) => `${(0,lib_quantity/* plain */.pj)(value)}%`,
    rate: printRate,
    count: lib_quantity/* plain */.pj,
    number: lib_quantity/* plain */.pj,
};
/** A measured value for people, rounded, with its unit: "187.4 ms", "2.1 GB", "0.25%", "12.5/h", "3". */
function formatValue(value, dimension) {
    switch (dimension) {
        case 'duration':
            return (0,duration/* formatDuration */.a3)(value);
        case 'size':
            return (0,size/* formatSize */.Xq)(value);
        case 'percent':
            return (0,percent/* formatPercent */.l9)(value);
        case 'rate':
            return formatRate(value);
        case 'count':
        case 'number':
            return (0,lib_quantity/* rounded */.Wf)(value, 3);
    }
}


/***/ })

};
