export const id = 7165;
export const ids = [7165];
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


/***/ })

};
