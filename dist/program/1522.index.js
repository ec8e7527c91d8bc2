export const id = 1522;
export const ids = [1522];
export const modules = {

/***/ 1522:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   preflight: () => (/* binding */ preflight)
/* harmony export */ });
/* harmony import */ var _release_runbook_checks_registry__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7360);
/* harmony import */ var _release_runbook_units_size__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8932);
/* harmony import */ var _release_runbook_units_window__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6305);
/* harmony import */ var _check_context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(867);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6548);
/* harmony import */ var _lock_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2838);
/* harmony import */ var _migration_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1277);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4785);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8730);
/* harmony import */ var _rehearse_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2652);
/* harmony import */ var _run_step_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(246);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2532);












/**
 * Is everything ready, and is there a way back? Changes nothing, and opens no record. With `rehearse`, every migration is
 * taken through its life on a copy of the newest verified backup, so that reviewers see what it does before they approve.
 */
async function preflight(ctx, options) {
    try {
        const environment = await (0,_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .readEnvironment */ .Qo)(ctx);
        const checks = await ready(ctx, environment);
        const rehearsals = options.rehearse ? await rehearseAll(ctx, environment) : [];
        const plan = await (0,_plan_js__WEBPACK_IMPORTED_MODULE_8__.planRelease)(ctx, rehearsals.length === 0 ? undefined : { schema: rehearsals.flatMap(({ schema }) => schema), wayBack: knownWay(rehearsals) });
        for (const check of checks) {
            ctx.platform.log(`${check.verdict === 'pass' ? 'ok  ' : check.severity === 'warn' ? 'warn' : 'FAIL'} ${check.name}: ${check.text}${check.mend === undefined ? '' : ` (mend: ${check.mend})`}`);
            if (check.verdict !== 'pass')
                ctx.platform.annotate(check.severity === 'warn' ? 'warning' : 'error', `${check.name}: ${check.text}`);
        }
        const details = {
            digest: plan.digest,
            plan,
            checks: checks.map(({ name, verdict, text, severity }) => ({ name, verdict, text, severity })),
            rehearsals: rehearsals.map(({ database, upMs, downMs, oldVersion, problems }) => ({ database, upMs, downMs, oldVersion: oldVersion.text, problems })),
        };
        const wayBack = plan.wayBack;
        const broken = checks.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'fail');
        if (broken.length > 0) {
            const outside = broken.length === 1 && broken[0]?.name === 'window';
            return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_7__.result)('refuse', outside ? 'outside-window' : 'not-ready', broken.map(({ name, text }) => `${name}: ${text}`).join('; '), {
                wayBack,
                details,
                next: `nothing was changed; ${broken.map(({ mend }) => mend).filter((mend) => mend !== undefined).join('; ') || 'mend these and run it again'}`,
            });
        }
        const failed = rehearsals.flatMap(({ problems }) => problems);
        if (failed.length > 0)
            return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_7__.result)('refuse', 'rehearsal-failed', `the rehearsal on a restored backup failed: ${failed.join('; ')}`, { wayBack, details, next: 'nothing was changed; mend the migration and release again' });
        return (0,_outcome_js__WEBPACK_IMPORTED_MODULE_7__.result)('proceed', 'done', `ready: ${checks.length} checks passed${rehearsals.length === 0 ? '' : `, ${rehearsals.length} migration(s) rehearsed`}`, { wayBack, details });
    }
    catch (error) {
        return (0,_run_step_js__WEBPACK_IMPORTED_MODULE_10__/* .refused */ .J)(ctx, error);
    }
}
/** The way back first, then the runbook's own checks. */
async function ready(ctx, environment) {
    const { current, lock } = environment;
    const previous = current?.opened.version ?? ctx.runbook.previous ?? null;
    const own = [];
    const add = (name, good, text, mend) => own.push({ name, verdict: good ? 'pass' : 'fail', text, severity: 'fail', measurements: [], ms: 0, ...(mend === undefined || good ? {} : { mend }) });
    if (previous === null)
        add('previous version', ctx.first === true, ctx.first === true ? 'this is the first release' : 'no earlier release is recorded: there is nothing to come back to', 'name it in the runbook (`previous:`), or pass --first');
    else
        add('previous version', true, previous);
    const { window } = ctx.runbook;
    if (window !== undefined) {
        const now = ctx.clock.now();
        const open = (0,_release_runbook_units_window__WEBPACK_IMPORTED_MODULE_2__/* .inWindow */ .gO)(window, now);
        add('window', open, open ? `inside ${(0,_release_runbook_units_window__WEBPACK_IMPORTED_MODULE_2__/* .formatWindow */ .A4)(window)}` : `outside ${(0,_release_runbook_units_window__WEBPACK_IMPORTED_MODULE_2__/* .formatWindow */ .A4)(window)}; it opens at ${(0,_release_runbook_units_window__WEBPACK_IMPORTED_MODULE_2__/* .nextOpening */ .gR)(window, now).toISOString()}`, 'wait for the window, or change it in the runbook');
    }
    const holder = lock.holder;
    if (holder !== undefined && holder.nonce !== ctx.holder.nonce && !(holder.run === ctx.holder.run && ctx.run !== null))
        add('lock', false, `the environment is held by ${(0,_lock_js__WEBPACK_IMPORTED_MODULE_5__/* .describeHolder */ .sG)(holder)}`, 'runbook status');
    if (environment.open !== undefined && environment.open.opened.run?.id !== ctx.run?.id)
        add('open release', false, `release ${environment.open.release} is ${environment.open.status}`, `runbook rollback --release ${environment.open.release}`);
    for (const database of Object.values(ctx.databases)) {
        const { needed, free } = await database.space();
        add(`space for ${database.name}`, free >= needed, `${(0,_release_runbook_units_size__WEBPACK_IMPORTED_MODULE_1__/* .formatSize */ .Xq)(needed)} needed for backup, verification and rescue, ${(0,_release_runbook_units_size__WEBPACK_IMPORTED_MODULE_1__/* .formatSize */ .Xq)(free)} free on ${database.host.name}`, `free some space on ${database.host.name}`);
    }
    const names = { version: ctx.version, previous, release: '' };
    const tracks = (0,_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .tracksNow */ .ZF)(ctx, current);
    const context = await (0,_check_context_js__WEBPACK_IMPORTED_MODULE_3__/* .checkContext */ .M)(ctx, names, { PORT: (0,_variables_js__WEBPACK_IMPORTED_MODULE_11__/* .mainPort */ .Fh)(ctx, tracks, 'stable'), TRACK: 'stable' });
    return [...own, ...(await (0,_release_runbook_checks_registry__WEBPACK_IMPORTED_MODULE_0__/* .runChecks */ .JT)(ctx.runbook.preflight, context))];
}
async function rehearseAll(ctx, environment) {
    const rehearsals = [];
    const previous = environment.current?.opened.version ?? ctx.runbook.previous ?? null;
    for (const [name, spec] of Object.entries(ctx.runbook.migrate)) {
        const database = ctx.databases[name];
        if (database === undefined)
            continue;
        const newest = (await database.backups()).findLast(({ verified }) => verified !== undefined);
        const release = `rehearsal-${ctx.holder.nonce.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 16)}`;
        // Without a backup yet, a fresh one is made: that reads the database, and writes beside it only.
        const backup = newest ?? (await database.verify(await database.backup(`${name}-${release}`)));
        const migration = await (0,_migration_js__WEBPACK_IMPORTED_MODULE_6__/* .prepareMigration */ .wh)(ctx, database, spec, { version: ctx.version, previous, release });
        rehearsals.push(await ctx.platform.group(`Rehearsal of ${name} on ${backup.id}`, () => (0,_rehearse_js__WEBPACK_IMPORTED_MODULE_9__/* .rehearse */ .K)(ctx, migration, backup, environment.lock.epoch)));
    }
    return rehearsals;
}
function knownWay(rehearsals) {
    const downMs = rehearsals.reduce((sum, { downMs: ms }) => sum + (ms ?? 0), 0);
    return downMs === 0 ? {} : { seconds: Math.ceil(downMs / 1000) + 3 };
}


/***/ }),

/***/ 2652:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ rehearse)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _expectations_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9718);
/* harmony import */ var _migration_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1277);
/* harmony import */ var _old_version_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9168);





/**
 * Takes a migration through its whole life on copies of a backup, with nothing live touched: up, expectations, the schema's
 * difference; the old version's smoke checks on the new schema; and where there is a down script: down, schema and rows equal
 * to before, up again.
 */
async function rehearse(ctx, migration, backup, epoch) {
    const { database, spec } = migration;
    const { host } = database;
    const problems = [];
    const events = [];
    const label = `rehearsal:${database.name}`;
    const run = async (what, script, instance) => (0,_migration_js__WEBPACK_IMPORTED_MODULE_3__/* .mustSucceed */ .MX)(await host.supervise({ ...(0,_migration_js__WEBPACK_IMPORTED_MODULE_3__/* .scriptJob */ .DF)(ctx, migration, script, instance), id: `${label}:${what}`, release: migration.names.release, epoch }), `the rehearsal of ${database.name} (${what})`, migration.withinMs);
    const up = async (what, instance) => {
        const began = performance.now();
        if ('files' in spec)
            await database.applyFiles(instance, migration.sql);
        else
            await run(what, spec.run, instance);
        return performance.now() - began;
    };
    const before = { address: backup.path, kind: 'scratch' };
    const copy = await database.scratch(backup, 'rehearsal');
    let upMs = 0;
    let downMs;
    let schema = [];
    let own = {};
    let oldVersion = { tried: false, passes: false, text: 'not tried: the migration did not get through', checks: [] };
    try {
        upMs = await up('up', copy);
        events.push(measured(`${label}:up`, upMs));
        for (const expected of await (0,_expectations_js__WEBPACK_IMPORTED_MODULE_2__/* .checkExpectations */ .E)(database, spec, copy, backup)) {
            events.push({ event: 'judged', step: 'migrate', item: `${label}:${expected.table}`, verdict: expected.holds ? 'pass' : 'fail', text: expected.text });
            if (!expected.holds)
                problems.push(expected.text);
        }
        schema = (await database.compare(before, copy)).schema;
        own = Object.fromEntries((await database.since(backup, undefined, copy)).map(({ table, added, changed, missing }) => [table, { added, changed, missing }]));
        const down = (0,_migration_js__WEBPACK_IMPORTED_MODULE_3__/* .downScript */ .aD)(spec);
        if (down !== undefined) {
            const began = performance.now();
            await run('down', down, copy);
            downMs = performance.now() - began;
            events.push(measured(`${label}:down`, downMs), measured(`undo:${database.name}`, downMs));
            const left = await database.compare(before, copy);
            const differs = [...left.schema, ...left.rows];
            events.push({
                event: 'judged',
                step: 'migrate',
                item: `${label}:down`,
                verdict: differs.length === 0 ? 'pass' : 'fail',
                text: differs.length === 0 ? 'after the down script, schema and rows are as before' : `the down script ended with exit code 0 and did not undo: ${differs.join('; ')}`,
            });
            if (differs.length > 0)
                problems.push(`the down script ended with exit code 0 and did not undo: ${differs.join('; ')}`);
            else
                await up('up again', copy);
        }
        oldVersion = await (0,_old_version_js__WEBPACK_IMPORTED_MODULE_4__/* .tryOldVersion */ .n)(ctx, migration, backup, up);
        events.push({
            event: 'judged',
            step: 'migrate',
            item: `${label}:old-version`,
            verdict: !oldVersion.tried ? 'inconclusive' : oldVersion.passes ? 'pass' : 'fail',
            text: oldVersion.text,
        });
        if (spec.undo === 'keep' && oldVersion.tried && !oldVersion.passes)
            problems.push(`undo is \`keep\`, and the old version does not work on the new schema: ${oldVersion.text}`);
    }
    catch (error) {
        if (!(error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk))
            throw error;
        problems.push(error.message);
    }
    finally {
        await database.drop(copy).catch((error) => ctx.platform.log(`the rehearsal's copy ${copy.address} was not removed: ${String(error)}`));
    }
    ctx.platform.log(problems.length === 0
        ? `rehearsed on a restored backup: up in ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(upMs)}${downMs === undefined ? '' : `, down in ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(downMs)}`}; old version on the new schema: ${oldVersion.text}`
        : `the rehearsal found: ${problems.join('; ')}`);
    return { database: database.name, upMs, downMs, schema, own, oldVersion, problems, events };
}
function measured(item, ms) {
    return { event: 'measured', step: 'migrate', item, value: Math.round(ms), unit: 'ms' };
}


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
