export const id = 1294;
export const ids = [1294,7165,4924];
export const modules = {

/***/ 9995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GH: () => (/* binding */ backupOf),
/* harmony export */   SC: () => (/* binding */ findBackup),
/* harmony export */   Ws: () => (/* binding */ backupIn),
/* harmony export */   backup: () => (/* binding */ backup)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_size__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8932);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _run_step_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(246);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2532);




/** Verified backups below this number are never pruned. */
const KEEP = 14;
/** Stops what the runbook says must not write, backs up every database, proves each backup by restoring it, and copies it. */
function backup(ctx) {
    return (0,_run_step_js__WEBPACK_IMPORTED_MODULE_2__/* .runStep */ .e)(ctx, 'backup', async ({ recorder }) => {
        await stopWrites(ctx, recorder);
        const made = [];
        for (const database of Object.values(ctx.databases))
            made.push(await backupOne(ctx, recorder, database));
        if (made.length === 0)
            return { text: 'no database in the runbook: nothing to back up' };
        const rows = made.reduce((sum, one) => sum + total(one), 0);
        return {
            text: made.map((one) => `${one.database}: ${total(one)} rows in ${(0,_release_runbook_units_size__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(one.bytes)}, verified by restoring`).join('; '),
            details: { backups: made.map(({ id, database, path, bytes, sha256, copies }) => ({ id, database, path, bytes, sha256, copies })), verified: true, rows },
        };
    });
}
async function stopWrites(ctx, recorder) {
    const tracks = recorder.state().opened.tracks;
    for (const name of ctx.runbook.stopWrites) {
        const service = ctx.services[name];
        if (service === undefined)
            continue;
        const slot = (0,_variables_js__WEBPACK_IMPORTED_MODULE_3__/* .slotOf */ .SW)(ctx, name, tracks, 'stable');
        await recorder.change('backup', {
            item: `stop-writes:${name}`,
            undo: { slot, previousVersion: recorder.state().opened.previous },
            make: async () => {
                await service.stop(service.place(slot));
                return { value: undefined };
            },
        });
        ctx.platform.log(`${name} is stopped: nothing is written until it is started again`);
    }
}
async function backupOne(ctx, recorder, database) {
    const { name } = database;
    const known = backupIn(recorder.state(), name);
    const changed = await recorder.change('backup', {
        item: `backup:${name}`,
        undo: null,
        make: async () => {
            const id = `${name}-${recorder.release}`;
            const progress = (p) => ctx.platform.progress({ ...p, what: `${name}: ${p.what}` });
            const written = await database.backup(id, progress);
            const verified = await database.verify(written, progress);
            const copied = await copies(ctx, database, verified);
            await database.note(copied);
            ctx.platform.log(`${name}: ${total(copied)} rows, ${(0,_release_runbook_units_size__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(copied.bytes)}, verified by restoring: ${copied.path}`);
            return { value: copied, data: { id, path: copied.path, bytes: copied.bytes, sha256: copied.sha256, rows: copied.inspection.rows, verified: copied.verified?.how ?? null, copies: copied.copies } };
        },
    });
    const backup = changed?.value ?? (await findBackup(database, known));
    if (backup === undefined)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`the backup ${known} of ${name} is no longer on ${database.host.name}`, { hint: 'run all jobs again: a new backup is made' });
    if (changed !== undefined)
        await prune(ctx, recorder, database);
    return backup;
}
/** Old backups go only after a new one was proven. One that cannot be deleted is no reason to fail a release. */
async function prune(ctx, recorder, database) {
    try {
        const spare = recorder.state().items.flatMap(({ did }) => (typeof did?.data?.id === 'string' ? [did.data.id] : []));
        const gone = await database.prune(ctx.runbook.backup.keep ?? KEEP, spare);
        if (gone.length > 0)
            await recorder.write({ event: 'noted', step: 'backup', text: `old backups of ${database.name} deleted: ${gone.join(', ')}` });
    }
    catch (error) {
        ctx.platform.annotate('warning', `old backups of ${database.name} were not deleted: ${error.message}`);
    }
}
async function copies(ctx, database, backup) {
    const wanted = ctx.runbook.backup.copies ?? [];
    if (wanted.length === 0)
        return backup;
    const { copyBackup } = await __webpack_require__.e(/* import() */ 3916).then(__webpack_require__.bind(__webpack_require__, 3916));
    const done = [];
    for (const spec of wanted)
        done.push(await copyBackup(ctx, database, backup, spec));
    return { ...backup, copies: done };
}
/** The id of the backup that a release made of a database. */
function backupIn(state, database) {
    const did = state.items.find(({ item }) => item === `backup:${database}`)?.did;
    return typeof did?.data?.id === 'string' ? did.data.id : undefined;
}
async function findBackup(database, id) {
    return id === undefined ? undefined : (await database.backups()).find((backup) => backup.id === id);
}
/** The backup that this release made of a database, verified; throws when there is none. */
async function backupOf(release, database) {
    const backup = await findBackup(database, backupIn(release.recorder.state(), database.name));
    return backup?.verified === undefined ? undefined : backup;
}
function total(backup) {
    return Object.values(backup.inspection.rows).reduce((sum, rows) => sum + rows, 0);
}


/***/ }),

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


/***/ })

};
