export const id = 347;
export const ids = [347,7165,4924];
export const modules = {

/***/ 5170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   deploy: () => (/* binding */ deploy),
/* harmony export */   placeOfItem: () => (/* binding */ placeOfItem)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _migration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1277);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4785);
/* harmony import */ var _run_step_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(246);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2532);






const WITHIN = 30 * 60_000;
/** Brings code, configuration and services of the new version into place: in the idle slot, or where the old one was. */
function deploy(ctx) {
    return (0,_run_step_js__WEBPACK_IMPORTED_MODULE_4__/* .runStep */ .e)(ctx, 'deploy', async ({ recorder }) => {
        for (const item of ctx.runbook.deploy) {
            ctx.platform.signal.throwIfAborted();
            if ('restart' in item)
                await restart(ctx, recorder, item);
            else
                await run(ctx, recorder, item);
        }
        return { text: `${ctx.runbook.deploy.length} items deployed` };
    });
}
/** Where a run item works: its service's place (with slots, the canary's), or its host's directory. */
function placeOfItem(ctx, item, recorder) {
    const service = item.service === undefined ? undefined : ctx.services[item.service];
    if (service !== undefined) {
        const slot = (0,_variables_js__WEBPACK_IMPORTED_MODULE_5__/* .slotOf */ .SW)(ctx, service.name, recorder.state().opened.tracks, 'canary');
        return { host: service.host.name, directory: service.place(slot).directory, slot, port: (0,_variables_js__WEBPACK_IMPORTED_MODULE_5__/* .portOf */ .HM)(ctx, service.name, slot) };
    }
    const host = item.on ?? ctx.hosts.names()[0];
    if (host === undefined)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`deploy item ${item.name} has no host to run on`);
    return { host, directory: undefined, slot: null, port: '' };
}
async function run(ctx, recorder, item) {
    const { opened, release } = recorder.state();
    const { host, directory, slot, port } = placeOfItem(ctx, item, recorder);
    const withinMs = item.within ?? WITHIN;
    await ctx.platform.group(item.name, () => recorder.change('deploy', {
        item: `deploy:${item.name}`,
        undo: { previousVersion: opened.previous, slot },
        host,
        make: async (start) => {
            const result = await start({
                run: item.run,
                ...(directory === undefined ? {} : { directory }),
                env: { ...(0,_variables_js__WEBPACK_IMPORTED_MODULE_5__/* .releaseVariables */ .hV)(ctx, { version: opened.version, previous: opened.previous, release }), TRACK: 'canary', SLOT: slot ?? '', PORT: port },
                timeoutMs: withinMs,
                onOutput: (text) => ctx.platform.log(ctx.redact(text.trimEnd())),
            });
            if (result.timedOut)
                throw new _outcome_js__WEBPACK_IMPORTED_MODULE_3__.Outcome('roll-back', 'timed-out', `${item.name} took longer than ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(withinMs)} and was stopped`);
            if (result.code !== 0)
                throw new _outcome_js__WEBPACK_IMPORTED_MODULE_3__.Outcome('roll-back', 'step-failed', `${item.name} ended with exit code ${result.code}: ${(0,_migration_js__WEBPACK_IMPORTED_MODULE_2__/* .lastLines */ .w$)(result.output)}`);
            return { value: undefined };
        },
    }));
}
async function restart(ctx, recorder, item) {
    const { opened, release } = recorder.state();
    const service = ctx.services[item.restart];
    if (service === undefined)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`there is no service ${item.restart}`);
    const slot = (0,_variables_js__WEBPACK_IMPORTED_MODULE_5__/* .slotOf */ .SW)(ctx, service.name, opened.tracks, 'canary');
    const place = service.place(slot);
    await recorder.change('deploy', {
        item: `restart:${service.name}`,
        undo: { previousVersion: opened.previous, slot },
        make: async () => {
            const names = { version: opened.version, previous: opened.previous, release };
            await service.start(place, await (0,_variables_js__WEBPACK_IMPORTED_MODULE_5__/* .serviceVariables */ .nV)(ctx, names, service.name, slot, 'canary'));
            try {
                const { ms } = await service.healthy(place);
                ctx.platform.log(`${service.name}${slot === null ? '' : ` (${slot})`} is healthy on ${opened.version} after ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(ms)}`);
                return { value: undefined, data: { healthyMs: Math.round(ms), slot } };
            }
            catch (error) {
                if (!(error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk))
                    throw error;
                throw new _outcome_js__WEBPACK_IMPORTED_MODULE_3__.Outcome('roll-back', 'not-healthy', error.message, { cause: error });
            }
        },
    });
}


/***/ }),

/***/ 1277:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DF: () => (/* binding */ scriptJob),
/* harmony export */   MX: () => (/* binding */ mustSucceed),
/* harmony export */   R8: () => (/* binding */ sentMigration),
/* harmony export */   aD: () => (/* binding */ downScript),
/* harmony export */   w$: () => (/* binding */ lastLines),
/* harmony export */   wh: () => (/* binding */ prepareMigration)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7165);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5243);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2532);







const WITHIN = 30 * 60_000;
/** The folder on the database's host that keeps what a release sent there: an undo days later runs from it. */
async function filesFolder(database, release) {
    return node_path__WEBPACK_IMPORTED_MODULE_2__.posix.join(await database.host.state(), 'files', release, database.name);
}
/**
 * Brings what the migration needs of the version to the database's host. It lies in the suite's own folder there and touches
 * nothing else.
 */
async function prepareMigration(ctx, database, spec, names) {
    const folder = await filesFolder(database, names.release);
    const paths = [...(spec.send ?? []), ...('files' in spec ? [spec.files] : [])];
    let sql = [];
    if (paths.length > 0) {
        const temporary = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'rr-files-'));
        try {
            const tree = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(temporary, database.name);
            await (0,_source_js__WEBPACK_IMPORTED_MODULE_5__/* .openSource */ .o)(ctx.runbook).extract(names.version, paths, tree);
            if ('files' in spec)
                sql = await readSql((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(tree, spec.files), spec.files);
            await database.host.send(tree, folder);
        }
        finally {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { recursive: true, force: true });
        }
    }
    return describe(database, spec, names, paths.length > 0 ? folder : undefined, sql);
}
/** The migration as an undo finds it: its files were sent when it was made. */
async function sentMigration(database, spec, names) {
    const sent = (spec.send ?? []).length > 0 || 'files' in spec;
    return describe(database, spec, names, sent ? await filesFolder(database, names.release) : undefined, []);
}
function describe(database, spec, names, folder, sql) {
    const directory = spec.directory ?? folder;
    return { database, spec, names, directory, sql, withinMs: spec.within ?? WITHIN };
}
async function readSql(folder, label) {
    const names = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder).catch(() => [])).filter((name) => name.endsWith('.sql')).sort();
    if (names.length === 0)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_3__/* .RunbookError */ .rk(`${label} holds no .sql files in this version; nothing was changed`, { hint: 'see `migrate:` in the runbook' });
    return await Promise.all(names.map(async (name) => ({ name, sql: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name), 'utf8') })));
}
/** The job that runs a script of the migration on an instance: the live database or a copy. */
function scriptJob(ctx, migration, run, instance) {
    return {
        run,
        ...(migration.directory === undefined ? {} : { directory: migration.directory }),
        env: { ...(0,_variables_js__WEBPACK_IMPORTED_MODULE_6__/* .releaseVariables */ .hV)(ctx, migration.names), ...migration.database.environment(instance) },
        timeoutMs: migration.withinMs,
        onOutput: (text) => ctx.platform.log(ctx.redact(text.trimEnd())),
    };
}
/** Throws when a script of a migration did not end well; the message carries the end of its output. */
function mustSucceed(result, what, withinMs) {
    if (result.timedOut)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_3__/* .RunbookError */ .rk(`${what} took longer than ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a3)(withinMs)} and was stopped, with all that it had started`);
    if (result.code !== 0)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_3__/* .RunbookError */ .rk(`${what} ended with exit code ${result.code}: ${lastLines(result.output)}`);
    return result;
}
function lastLines(output, lines = 5) {
    return output.trim().split('\n').slice(-lines).join(' | ') || 'it printed nothing';
}
/** The script that undoes a migration; undefined for `keep` and `restore`. */
function downScript(spec) {
    const { undo } = spec;
    if (undo === 'keep')
        return undefined;
    if (typeof undo === 'string' || Array.isArray(undo))
        return undo;
    return 'run' in undo ? undo.run : undefined;
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


/***/ })

};
