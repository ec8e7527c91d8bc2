export const id = 8730;
export const ids = [8730,8364,4785,2436];
export const modules = {

/***/ 2436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fold: () => (/* binding */ fold),
/* harmony export */   foldEvents: () => (/* binding */ foldEvents),
/* harmony export */   parseRecord: () => (/* binding */ parseRecord)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

/** Events of a record's text. A torn line (an append that died) is left out and its number kept; other damage is an error. */
function parseRecord(text, name) {
    const lines = text.split('\n');
    const last = lines.pop();
    // What stands behind the last line break was never whole, and so never announced anything that began.
    if (last !== '')
        lines.push(last);
    const events = [];
    const torn = [];
    for (const [number, line] of lines.entries()) {
        const event = parseLine(line);
        if (event === undefined && isTorn(line, number))
            torn.push(number);
        else if (event === undefined || event.seq !== number)
            throw damaged(name, number);
        else if (last !== '' && number === lines.length - 1)
            torn.push(number);
        else
            events.push(event);
    }
    return { events, torn, next: lines.length };
}
function parseLine(line) {
    try {
        const event = JSON.parse(line);
        return typeof event === 'object' && event !== null && typeof event.event === 'string' ? event : undefined;
    }
    catch {
        return undefined;
    }
}
/** The beginning of an event with this number, cut anywhere. */
function isTorn(line, number) {
    const start = `{"seq":${number},"at":"`;
    return line.startsWith(start) || start.startsWith(line);
}
function damaged(name, number) {
    return new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`the record of ${name} is damaged at line ${number + 1}; nothing was changed`, {
        hint: 'work from a whole copy: `runbook rollback --record FILE` (each job keeps one as an artifact)',
    });
}
/** The state of a release. Throws RunbookError when the record does not begin with `opened`. */
function fold(text, name) {
    const { events, torn, next } = parseRecord(text, name);
    const [opened] = events;
    if (opened?.event !== 'opened')
        throw damaged(name, 0);
    return foldEvents(opened, events, torn, next);
}
function foldEvents(opened, events, torn, next) {
    const items = new Map();
    const measured = [];
    const judged = [];
    let status = 'open';
    let rolledBack;
    let held;
    const change = (item, more) => {
        const known = items.get(item);
        if (known !== undefined)
            items.set(item, { ...known, ...more });
    };
    for (const event of events) {
        switch (event.event) {
            case 'opened':
                break;
            case 'intends':
                // Announced again after an undo: it belongs at the end, since that is when it happened.
                items.delete(event.item);
                items.set(event.item, { item: event.item, state: 'announced', intends: event, did: undefined, message: undefined });
                held = undefined;
                break;
            case 'did':
                change(event.item, { state: 'done', did: event });
                break;
            case 'failed':
                change(event.item, { state: 'failed', message: event.message });
                break;
            case 'measured':
                measured.push(event);
                break;
            case 'judged':
                judged.push(event);
                break;
            case 'held':
                held = event;
                break;
            case 'undoing':
                change(event.item, { state: 'undoing' });
                status = 'rolling-back';
                held = undefined;
                break;
            case 'undone':
                change(event.item, { state: 'undone' });
                break;
            case 'rolled-back':
                rolledBack = event;
                status = 'rolled-back';
                break;
            case 'serving':
                status = 'serving';
                break;
            case 'superseded':
                status = 'superseded';
                break;
            case 'closed':
                status = 'closed';
                break;
            case 'noted':
                break;
        }
    }
    return {
        release: opened.release,
        opened,
        status: held !== undefined && (status === 'open' || status === 'rolling-back') ? 'held' : status,
        items: [...items.values()],
        measured,
        judged,
        rolledBack,
        heldUntil: held?.until,
        events,
        torn,
        next,
    };
}


/***/ }),

/***/ 8364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ canonicalJson),
/* harmony export */   f: () => (/* binding */ sha256Hex)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/**
 * JSON in one form only: keys of maps in the order of their UTF-16 code units, no spaces; keys whose value is undefined
 * are left out. As RFC 8785 has it, so other programs can compute the same digest.
 */
function canonicalJson(value) {
    if (Array.isArray(value))
        return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
    if (typeof value === 'object' && value !== null) {
        const entries = Object.entries(value).filter(([, item]) => item !== undefined);
        entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
        return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
    }
    if (typeof value === 'number' && !Number.isFinite(value))
        throw new TypeError(`${value} has no form in JSON`);
    return JSON.stringify(value ?? null);
}
/** SHA-256 of a text (as UTF-8) or of bytes, hex. */
function sha256Hex(data) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest('hex');
}


/***/ }),

/***/ 6548:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EZ: () => (/* binding */ served),
/* harmony export */   Qo: () => (/* binding */ readEnvironment),
/* harmony export */   ZF: () => (/* binding */ tracksNow)
/* harmony export */ });
/* harmony import */ var _release_runbook_record_fold__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2436);

/** How many of an environment's releases are looked at: enough for forecasts, and for going back several. */
const HISTORY = 30;
async function readEnvironment(ctx) {
    const { lock, records } = await ctx.store.load(HISTORY);
    const releases = records.map(({ release, text }) => (0,_release_runbook_record_fold__WEBPACK_IMPORTED_MODULE_0__.fold)(text, release));
    const newestFirst = releases.toReversed();
    return {
        lock,
        releases,
        current: newestFirst.find((release) => ['serving', 'superseded', 'closed'].includes(release.status) && served(release)),
        open: newestFirst.find(({ status }) => status === 'open' || status === 'held' || status === 'rolling-back'),
    };
}
/** Did this release ever carry all traffic? One that was closed without is a refused one. */
function served(release) {
    return release.events.some(({ event }) => event === 'serving');
}
/** Slots by track before a release: stable is where the serving release lies. Null without slotted services. */
function tracksNow(ctx, current) {
    const slotted = Object.values(ctx.runbook.services).find(({ slots }) => slots !== undefined);
    if (slotted?.slots === undefined)
        return null;
    const names = Object.keys(slotted.slots);
    const stable = servingSlot(current) ?? names[0];
    return { stable, canary: names.find((slot) => slot !== stable) };
}
function servingSlot(release) {
    const serving = release?.events.findLast((event) => event.event === 'serving');
    return serving?.event === 'serving' && serving.slot !== null ? serving.slot : undefined;
}


/***/ }),

/***/ 4785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Outcome: () => (/* binding */ Outcome),
/* harmony export */   result: () => (/* binding */ result)
/* harmony export */ });
/** Ends a step from anywhere inside it with a decision. What is thrown otherwise is a mistake of the user, or a bug. */
class Outcome extends Error {
    decision;
    reason;
    next;
    details;
    constructor(decision, reason, text, more = {}) {
        super(text, more.cause === undefined ? {} : { cause: more.cause });
        this.decision = decision;
        this.reason = reason;
        this.next = more.next;
        this.details = more.details ?? {};
    }
}
function result(decision, reason, text, more = {}) {
    return {
        decision,
        reason,
        text,
        release: more.release ?? null,
        details: more.details ?? {},
        ...(more.next === undefined ? {} : { next: more.next }),
        ...(more.wayBack === undefined ? {} : { wayBack: more.wayBack }),
    };
}


/***/ }),

/***/ 8730:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   digestOf: () => (/* binding */ digestOf),
/* harmony export */   planDigest: () => (/* binding */ planDigest),
/* harmony export */   planRelease: () => (/* binding */ planRelease)
/* harmony export */ });
/* harmony import */ var _release_runbook_runbook_digest__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8364);
/* harmony import */ var _release_runbook_units_percent__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4924);
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6548);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4785);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5243);
/* harmony import */ var _way_back_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8332);






/** What a release would do: hashed, so that an approval is of this and nothing else. Measurements are no part of it. */
async function planDigest(ctx, previous) {
    const commit = await (0,_source_js__WEBPACK_IMPORTED_MODULE_4__/* .openSource */ .o)(ctx.runbook).identify(ctx.version);
    if (commit === undefined)
        throw new _outcome_js__WEBPACK_IMPORTED_MODULE_3__.Outcome('refuse', 'unknown-version', `version ${ctx.version} is not known here; nothing was changed`, {
            next: 'git fetch --tags, or see `source:` in the runbook',
        });
    const { system, environment, digest: runbook } = ctx.runbook;
    return { digest: digestOf({ system, environment, version: ctx.version, previous, commit, runbook }), commit };
}
function digestOf(plan) {
    return (0,_release_runbook_runbook_digest__WEBPACK_IMPORTED_MODULE_0__/* .sha256Hex */ .f)((0,_release_runbook_runbook_digest__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .d)(plan));
}
/** Everything that a release of `ctx.version` would do, in order, with the way back of each item. */
async function planRelease(ctx, rehearsed) {
    const environment = await (0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .readEnvironment */ .Qo)(ctx);
    const previous = environment.current?.opened.version ?? ctx.runbook.previous ?? null;
    const { digest } = await planDigest(ctx, previous);
    const items = plannedItems(ctx, environment.releases, environment.current);
    const warnings = [];
    if (previous === null)
        warnings.push('This is the first release: there is no version to come back to.');
    if (environment.open !== undefined)
        warnings.push(`Release ${environment.open.release} is under way (${environment.open.status}).`);
    if (environment.current?.opened.version === ctx.version)
        warnings.push(`${ctx.version} already serves.`);
    return {
        system: ctx.runbook.system,
        environment: ctx.runbook.environment,
        version: ctx.version,
        previous,
        items,
        warnings,
        wayBack: plannedWayBack(ctx, previous, items, rehearsed?.wayBack),
        schema: rehearsed?.schema,
        digest,
    };
}
function plannedItems(ctx, releases, current) {
    const { runbook } = ctx;
    const tracks = (0,_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .tracksNow */ .ZF)(ctx, current);
    const items = [];
    const add = (step, item, what, undo) => items.push({ step, item, what, undo, forecastMs: lastTime(releases, item) });
    for (const service of runbook.stopWrites)
        add('backup', `stop-writes:${service}`, `stop ${service}, so that nothing is written`, `start ${service}`);
    for (const database of Object.keys(runbook.databases))
        add('backup', `backup:${database}`, `back up ${database}, and prove it by restoring it`, null);
    for (const [database, migration] of Object.entries(runbook.migrate)) {
        const what = 'files' in migration ? `apply the files of ${migration.files} to ${database}` : `migrate ${database}: ${firstLine(migration.run)}`;
        const undo = migration.undo === 'keep' ? 'none needed: the old version works on the new schema (rehearsed)' : (0,_way_back_js__WEBPACK_IMPORTED_MODULE_5__/* .undoesByRestore */ .U)(ctx, database) ? 'restore the backup' : 'the down script, rehearsed';
        add('migrate', `migrate:${database}`, `${what} (after a rehearsal on a restored backup)`, undo);
    }
    for (const item of runbook.deploy) {
        if ('restart' in item) {
            const slotted = runbook.services[item.restart]?.slots !== undefined && tracks !== null;
            add('deploy', `restart:${item.restart}`, slotted ? `start ${item.restart} in slot ${tracks.canary}, beside the old version in ${tracks.stable}` : `start the new ${item.restart} in place of the old one`, slotted ? `stop it in slot ${tracks.canary}` : `start the old ${item.restart}`);
        }
        else {
            const undo = typeof item.undo === 'object' && !Array.isArray(item.undo) ? `cannot be undone: ${item.undo.none}` : firstLine(item.undo);
            add('deploy', `deploy:${item.name}`, `${item.name}: ${firstLine(item.run)}`, undo);
        }
    }
    if (runbook.smoke.length > 0)
        add('smoke', 'smoke', `${runbook.smoke.length} checks of the new version`, null);
    for (const weight of runbook.canary?.weights ?? [])
        add('canary', `traffic:${(0,_release_runbook_units_percent__WEBPACK_IMPORTED_MODULE_1__/* .formatPercent */ .l9)(weight)}`, `${(0,_release_runbook_units_percent__WEBPACK_IMPORTED_MODULE_1__/* .formatPercent */ .l9)(weight)} of the requests to the new version`, 'all requests to the old version');
    return items;
}
/** How long the item took when it was last done, ms. */
function lastTime(releases, item) {
    for (const release of releases.toReversed()) {
        const known = release.items.find((candidate) => candidate.item === item)?.did?.ms;
        if (known !== undefined)
            return known;
    }
    return undefined;
}
function plannedWayBack(ctx, previous, items, rehearsed) {
    const restores = Object.keys(ctx.runbook.migrate).some((database) => (0,_way_back_js__WEBPACK_IMPORTED_MODULE_5__/* .undoesByRestore */ .U)(ctx, database));
    const obstacles = items.filter(({ undo }) => undo?.startsWith('cannot be undone') === true).map(({ what, undo }) => `${what}: ${undo}`);
    if (previous === null)
        obstacles.unshift('this is the first release: there is no version to come back to');
    return {
        possible: obstacles.length === 0,
        how: restores ? 'restore' : ctx.runbook.canary !== undefined ? 'traffic' : 'code',
        seconds: undefined,
        lost: restores ? undefined : {},
        obstacles,
        to: previous,
        ...rehearsed,
    };
}
function firstLine(run) {
    if (typeof run !== 'string')
        return run.join(' ');
    const lines = run.trim().split('\n');
    return lines.length > 1 ? `${lines[0]} … (${lines.length} lines)` : (lines[0] ?? '');
}


/***/ }),

/***/ 5243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ openSource)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
;// CONCATENATED MODULE: ./packages/checks/lib/git.js


/** The runner's git on a checkout. Refs are never read as options, and never by a shell. */
function openGit(directory) {
    const run = (...args) => git(directory, args);
    return {
        async resolve(ref) {
            const { code, stdout } = await run('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
            // Versions of git differ in whether they print the separator again.
            const hash = stdout.trim().split('\n').at(-1) ?? '';
            return code === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? hash : undefined;
        },
        async isAncestor(ancestor, ref) {
            const [older, newer] = [await this.resolve(ancestor), await this.resolve(ref)];
            if (older === undefined || newer === undefined) {
                throw new lib_error/* RunbookError */.rk(`git does not know ${older === undefined ? ancestor : ref} in this checkout`, {
                    hint: 'fetch it with its history: git fetch --tags --unshallow, or actions/checkout with fetch-depth: 0',
                });
            }
            const { code, stderr } = await run('merge-base', '--is-ancestor', older, newer);
            if (code === 0 || code === 1)
                return code === 0;
            throw new lib_error/* RunbookError */.rk(`git could not compare ${ancestor} and ${ref}: ${stderr.trim()}`);
        },
    };
}
function git(directory, args) {
    return new Promise((resolve, reject) => {
        const options = {
            cwd: directory,
            timeout: 60_000,
            maxBuffer: 1024 * 1024,
            env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat' },
        };
        (0,external_node_child_process_.execFile)('git', [...args], options, (error, stdout, stderr) => {
            const code = error === null ? 0 : error.code;
            if (typeof code === 'number')
                resolve({ code, stdout, stderr });
            else
                reject(new lib_error/* RunbookError */.rk(code === 'ENOENT'
                    ? 'git was not found on this machine, or the folder is not there'
                    : `git gave no answer: ${error?.message}`));
        });
    });
}

// EXTERNAL MODULE: ./packages/runbook/lib/digest.js
var digest = __webpack_require__(8364);
// EXTERNAL MODULE: ./packages/steps/lib/outcome.js
var outcome = __webpack_require__(4785);
;// CONCATENATED MODULE: ./packages/steps/lib/source.js








const exec = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
function openSource(runbook) {
    return 'git' in runbook.source ? gitSource((0,external_node_path_.resolve)(runbook.source.git.directory ?? '.')) : folderSource(runbook.source.directory);
}
function gitSource(directory) {
    const git = openGit(directory);
    return {
        git,
        identify: (version) => git.resolve(version),
        async extract(version, paths, target) {
            const commit = await git.resolve(version);
            if (commit === undefined)
                throw unknown(version, `git knows no tag or commit ${version} in ${directory}`, 'git fetch --tags; git tag --list');
            await (0,promises_.mkdir)(target, { recursive: true });
            const archive = (0,external_node_path_.join)(target, '..', `${commit}.tar`);
            try {
                await exec('git', ['-C', directory, 'archive', '--format=tar', `--output=${archive}`, commit, '--', ...paths]);
                await exec('tar', ['-C', target, '-xf', archive]);
            }
            catch (error) {
                throw new lib_error/* RunbookError */.rk(`the files ${paths.join(', ')} of ${version} cannot be read: ${error.stderr?.trim() ?? String(error)}`, {
                    hint: `see what the version holds: git ls-tree -r --name-only ${commit.slice(0, 12)}`,
                });
            }
            finally {
                await (0,promises_.rm)(archive, { force: true });
            }
        },
    };
}
function folderSource(pattern) {
    const folder = (version) => {
        if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(version))
            throw unknown(version, `${JSON.stringify(version)} cannot be a folder's name`, 'name a version such as v1.2.0');
        return (0,external_node_path_.resolve)(pattern.replaceAll('$VERSION', version));
    };
    return {
        git: undefined,
        async identify(version) {
            const root = folder(version);
            if (!(await isFolder(root)))
                return undefined;
            const hashes = [];
            for (const entry of await (0,promises_.readdir)(root, { recursive: true, withFileTypes: true })) {
                if (!entry.isFile())
                    continue;
                const path = (0,external_node_path_.join)(entry.parentPath, entry.name);
                hashes.push(`${(0,digest/* sha256Hex */.f)(await (0,promises_.readFile)(path))} ${(0,external_node_path_.relative)(root, path)}`);
            }
            return (0,digest/* sha256Hex */.f)(hashes.sort().join('\n'));
        },
        async extract(version, paths, target) {
            const root = folder(version);
            if (!(await isFolder(root)))
                throw unknown(version, `there is no folder ${root}`, 'see `source:` in the runbook');
            for (const path of paths) {
                if (external_node_path_.posix.normalize(path).startsWith('..') || path.startsWith('/'))
                    throw new lib_error/* RunbookError */.rk(`${path} leaves the version's folder`);
                await (0,promises_.cp)((0,external_node_path_.join)(root, path), (0,external_node_path_.join)(target, path), { recursive: true });
            }
        },
    };
}
async function isFolder(path) {
    return await (0,promises_.stat)(path).then((found) => found.isDirectory(), () => false);
}
function unknown(version, text, next) {
    return new outcome.Outcome('refuse', 'unknown-version', `version ${version} is not known: ${text}; nothing was changed`, { next });
}


/***/ }),

/***/ 8332:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ undoesByRestore),
/* harmony export */   m: () => (/* binding */ wayBackOf)
/* harmony export */ });
/** Forecast of what going back takes, by what has been done and what was measured. */
const SECONDS = { traffic: 3, service: 4, restore: 5 };
/**
 * The way back from a release as it stands now. Pure over the record: the same everywhere it is shown. Rows that a restore
 * would lose are not counted here (that asks the database); rollback and its dry run count them.
 */
function wayBackOf(ctx, state) {
    const { runbook } = ctx;
    const to = state.opened.previous;
    const begun = state.items.filter((item) => item.intends.undo !== null && item.state !== 'undone');
    const obstacles = runbook.deploy
        .filter((item) => 'run' in item && typeof item.undo === 'object' && !Array.isArray(item.undo) && begun.some((done) => done.item === `deploy:${item.name}`))
        .map((item) => ('undo' in item && typeof item.undo === 'object' && 'none' in item.undo ? item.undo.none : ''));
    if (begun.length === 0)
        return { possible: true, how: 'nothing', seconds: 0, lost: {}, obstacles: [], to };
    const restores = begun.filter(({ item }) => item.startsWith('migrate:') && undoesByRestore(ctx, item.slice('migrate:'.length)));
    const slotted = state.opened.tracks !== null;
    const how = restores.length > 0 ? 'restore' : slotted ? 'traffic' : 'code';
    const measured = state.measured.filter(({ item }) => item.startsWith('undo:')).reduce((sum, { value }) => sum + (value ?? 0), 0) / 1000;
    const seconds = SECONDS.traffic + (slotted ? 0 : SECONDS.service) + restores.length * SECONDS.restore + measured;
    return {
        possible: to !== null && obstacles.length === 0,
        how,
        seconds,
        lost: restores.length > 0 ? undefined : {},
        obstacles: to === null ? ['this is the first release: there is no version to come back to', ...obstacles] : obstacles,
        to,
    };
}
function undoesByRestore(ctx, database) {
    const undo = ctx.runbook.migrate[database]?.undo;
    return typeof undo === 'object' && !Array.isArray(undo) && 'restore' in undo;
}


/***/ })

};
