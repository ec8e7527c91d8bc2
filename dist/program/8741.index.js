export const id = 8741;
export const ids = [8741];
export const modules = {

/***/ 4455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ filler),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   g$: () => (/* binding */ judged),
/* harmony export */   w4: () => (/* binding */ hostOf)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9932);


/** Variables that are no secrets. */
const open = new Set(['VERSION', 'PREVIOUS_VERSION', 'RELEASE', 'TRACK', 'PORT', 'SLOT', 'DATE']);
const reference = /\$(?:\{([A-Za-z0-9_][A-Za-z0-9_.-]*)\}|([A-Z_][A-Z0-9_]*))/g;
function filler(variables, captured = {}) {
    const secrets = Object.entries(variables)
        .filter(([name, value]) => !open.has(name) && value.length >= 4 && value !== 'true' && value !== 'false')
        .sort(([, a], [, b]) => b.length - a.length);
    const fill = (text) => {
        const unknown = new Set();
        // In one pass, so that nothing that an answer or a secret holds is read as a name.
        const filled = text.replace(reference, (whole, braced, plain) => {
            const name = braced ?? plain ?? '';
            const value = Object.hasOwn(captured, name)
                ? captured[name]
                : Object.hasOwn(variables, name)
                    ? variables[name]
                    : undefined;
            if (value === undefined)
                unknown.add(whole);
            return value ?? whole;
        });
        if (unknown.size === 0)
            return filled;
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${[...unknown].join(', ')} has no value`, {
            hint: 'a `capture:` of an earlier check or step gives ${name}; secrets come from the environment of the step',
        });
    };
    const fillAll = (value) => {
        if (typeof value === 'string')
            return fill(value);
        if (Array.isArray(value))
            return value.map(fillAll);
        if (typeof value !== 'object' || value === null)
            return value;
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillAll(each)]));
    };
    return {
        fill,
        fillAll: fillAll,
        hide(text) {
            let hidden = text;
            for (const [name, value] of secrets)
                hidden = hidden.replaceAll(value, `$${name}`);
            return hidden.length > 300 ? `${hidden.slice(0, 299)}…` : hidden;
        },
        with: (more) => filler(variables, { ...captured, ...more }),
    };
}
/** "P95 80 ms of 20 requests, expected < 200 ms", and whether it holds. */
function judged(label, value, threshold) {
    return {
        good: (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_1__/* .holds */ .v9)(threshold, value),
        text: `${label} ${(0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_1__/* .formatValue */ .Fl)(value, threshold.dimension)}, expected ${(0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_1__/* .formatThreshold */ .B6)(threshold)}`,
    };
}
/** One line that names a value for people: JSON, cut. */
function shown(value) {
    const text = value === undefined ? 'nothing' : JSON.stringify(value);
    return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
/** The host of a check that may say `on:`. */
function hostOf(context, on, url) {
    const loopback = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(?=[:/?#]|$)/i.test(url);
    const name = on ?? (loopback ? context.defaultHost : undefined);
    return name === undefined ? undefined : context.hosts.get(name);
}


/***/ }),

/***/ 7360:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JT: () => (/* binding */ runChecks),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   k_: () => (/* binding */ runCheck)
/* harmony export */ });
/* unused harmony export groups */
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4455);


/** Where each kind is implemented; a new kind is a line here. */
const kinds = {
    http: async () => (await __webpack_require__.e(/* import() */ 7211).then(__webpack_require__.bind(__webpack_require__, 7211))).checkHttp,
    journey: async () => (await __webpack_require__.e(/* import() */ 3215).then(__webpack_require__.bind(__webpack_require__, 3215))).checkJourney,
    polling: async () => (await __webpack_require__.e(/* import() */ 3044).then(__webpack_require__.bind(__webpack_require__, 3044))).checkPolling,
    disk: async () => (await __webpack_require__.e(/* import() */ 5706).then(__webpack_require__.bind(__webpack_require__, 5706))).checkDisk,
    env: async () => (await __webpack_require__.e(/* import() */ 3416).then(__webpack_require__.bind(__webpack_require__, 3416))).checkEnv,
    'git-tag': async () => (await __webpack_require__.e(/* import() */ 7638).then(__webpack_require__.bind(__webpack_require__, 7638))).checkGitTag,
    command: async () => (await __webpack_require__.e(/* import() */ 1726).then(__webpack_require__.bind(__webpack_require__, 1726))).checkCommand,
    sql: async () => (await __webpack_require__.e(/* import() */ 2127).then(__webpack_require__.bind(__webpack_require__, 2127))).checkSql,
    commit: async () => (await __webpack_require__.e(/* import() */ 4202).then(__webpack_require__.bind(__webpack_require__, 4202))).checkCommit,
};
/** A check that is not through by then is given up, whatever its own limits are. */
const longestMs = 15 * 60_000;
const stopMs = 3_000;
/** Runs one check. Never throws for what the check meets: what could not be judged has the verdict `error`. */
async function runCheck(spec, context) {
    return (await run(spec, context, {})).result;
}
async function run(spec, context, captured) {
    const [kind, options] = Object.entries(spec)[0];
    const start = performance.now();
    const outcome = await guarded(kind, options, context, captured);
    const fill = (0,_outcome_js__WEBPACK_IMPORTED_MODULE_1__/* .filler */ .D)(context.variables);
    const hide = (text) => fill.hide(text);
    const result = {
        name: nameOf(spec),
        verdict: outcome.verdict,
        text: outcome.text.split('\n').map(hide).slice(0, 20).join('\n'),
        ...(outcome.mend === undefined || outcome.verdict === 'pass' ? {} : { mend: hide(outcome.mend) }),
        severity: options.severity ?? 'fail',
        measurements: outcome.measurements ?? [],
        ms: performance.now() - start,
    };
    return { result, captured: outcome.captured ?? {} };
}
async function guarded(kind, options, context, captured) {
    let timer;
    let stop;
    const given = new Promise((resolve) => {
        timer = setTimeout(() => resolve({ verdict: 'error', text: `given up after ${longestMs / 60_000} min` }), longestMs);
        // A moment for the check to clean up after itself.
        stop = () => {
            clearTimeout(timer);
            timer = setTimeout(() => resolve({ verdict: 'error', text: 'stopped before it was through' }), stopMs);
        };
        if (context.signal?.aborted === true)
            resolve({ verdict: 'error', text: 'stopped before it began' });
        context.signal?.addEventListener('abort', stop, { once: true });
    });
    try {
        if (context.signal?.aborted === true)
            return await given;
        const check = (await kinds[kind]());
        return await Promise.race([check(options, context, captured), given]);
    }
    catch (error) {
        if (error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk)
            return { verdict: 'error', text: `could not be judged: ${error.message}`, mend: error.hint };
        return {
            verdict: 'error',
            text: `could not be judged: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
        };
    }
    finally {
        clearTimeout(timer);
        if (stop !== undefined)
            context.signal?.removeEventListener('abort', stop);
    }
}
/** The check's `name:`, else one made of its kind and what it looks at. */
function nameOf(spec) {
    const [kind, options] = Object.entries(spec)[0];
    if (options.name !== undefined)
        return options.name;
    const about = options;
    const what = about.url ?? about.file ?? about.path ?? about.on ?? about.database;
    return what === undefined ? kind : `${kind} ${what}`;
}
/**
 * Runs checks and gives their results in the order of `specs`. Side by side, but for two reasons to wait: a check that uses
 * `${name}` begins after the one that captures it, and a check with a limit of time runs while no other does.
 */
async function runChecks(specs, context, options = {}) {
    const results = [];
    let captured = {};
    let done = 0;
    const one = async (index) => {
        const spec = specs[index];
        if (spec === undefined)
            return;
        const ran = await run(spec, context, captured);
        results[index] = ran.result;
        captured = { ...captured, ...ran.captured };
        options.progress?.(ran.result, ++done, specs.length);
    };
    for (const group of groups(specs)) {
        let next = 0;
        const worker = async () => {
            for (let index = group[next++]; index !== undefined; index = group[next++])
                await one(index);
        };
        await Promise.all(Array.from({ length: Math.min(options.parallel ?? 4, group.length) }, worker));
    }
    return results;
}
/** Indices that may run side by side, in order. */
function groups(specs) {
    const all = [];
    let open = [];
    let capturing = new Set();
    const close = () => {
        if (open.length > 0)
            all.push(open);
        open = [];
        capturing = new Set();
    };
    for (const [index, spec] of specs.entries()) {
        const text = JSON.stringify(spec);
        const timed = /"(p95|max|time)":\{/.test(text);
        if (timed || [...capturing].some((name) => text.includes(`\${${name}}`)))
            close();
        open.push(index);
        for (const name of 'http' in spec ? Object.keys(spec.http.capture ?? {}) : [])
            capturing.add(name);
        if (timed)
            close();
    }
    close();
    return all;
}


/***/ }),

/***/ 867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ checkContext)
/* harmony export */ });
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5243);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2532);


/** What checks of this release may ask. `instances`: databases that stand in for the live ones. */
async function checkContext(ctx, names, variables, instances = {}, defaultHost = Object.values(ctx.runbook.services)[0]?.on) {
    return {
        hosts: ctx.hosts,
        databases: ctx.databases,
        variables: { ...ctx.secrets, ...(0,_variables_js__WEBPACK_IMPORTED_MODULE_1__/* .releaseVariables */ .hV)(ctx, names), ...variables },
        version: names.version,
        previous: names.previous,
        git: (0,_source_js__WEBPACK_IMPORTED_MODULE_0__/* .openSource */ .o)(ctx.runbook).git,
        commitChecks: ctx.forge === undefined ? undefined : (commit) => ctx.forge.commitChecks(commit),
        instances,
        defaultHost,
        signal: ctx.platform.signal,
    };
}


/***/ }),

/***/ 9718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ checkExpectations),
/* harmony export */   G: () => (/* binding */ keptTables)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9932);

/**
 * Looks whether the tables hold what the runbook expects. `kept` compares by key with the backup; on a copy that nobody writes
 * to, the counts tell it.
 */
async function checkExpectations(database, spec, instance, backup) {
    const expectations = Object.entries(spec.expect ?? {});
    if (expectations.length === 0)
        return [];
    const { rows } = await database.inspect(instance);
    const kept = expectations.filter(([, { rows: wanted }]) => wanted === 'kept').map(([table]) => table);
    const missing = kept.length === 0 ? new Map() : await missingRows(database, backup, instance, kept);
    return expectations.map(([table, { rows: wanted }]) => {
        const found = rows[table];
        if (found === undefined)
            return { table, holds: false, rows: undefined, text: `${table}: there is no such table` };
        if (wanted === undefined)
            return { table, holds: true, rows: found, text: `${table}: ${found} rows` };
        if (wanted === 'kept') {
            const gone = missing.get(table) ?? 0;
            return { table, holds: gone === 0, rows: found, text: gone === 0 ? `${table}: ${found} rows, none missing` : `${table}: ${gone} of ${backup.inspection.rows[table] ?? '?'} rows of the backup are missing` };
        }
        const threshold = (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__/* .parseThreshold */ .B7)(typeof wanted === 'number' ? `= ${wanted}` : wanted, 'count');
        return { table, holds: (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__/* .holds */ .v9)(threshold, found), rows: found, text: `${table}: ${found} rows, expected ${(0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_0__/* .formatThreshold */ .B6)(threshold)}` };
    });
}
/** Rows of the backup, by key, that an instance no longer has. */
async function missingRows(database, backup, instance, tables) {
    const differences = await database.since(backup, tables, instance);
    return new Map(differences.map(({ table, missing }) => [table, missing]));
}
/** Tables of which no row may ever be missing: those expected to be kept, and those of `rows-lost` triggers. */
function keptTables(spec, triggers) {
    const expected = Object.entries(spec?.expect ?? {}).flatMap(([table, { rows }]) => (rows === 'kept' ? [table] : []));
    const triggered = (triggers ?? []).flatMap((trigger) => ('rows-lost' in trigger && 'in' in trigger ? trigger.in : []));
    return [...new Set([...expected, ...triggered])];
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

/***/ 9168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s: () => (/* binding */ isOnline),
  n: () => (/* binding */ tryOldVersion)
});

// EXTERNAL MODULE: ./packages/checks/lib/registry.js
var registry = __webpack_require__(7360);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/steps/lib/check-context.js
var check_context = __webpack_require__(867);
// EXTERNAL MODULE: ./packages/steps/lib/environment.js
var environment = __webpack_require__(6548);
;// CONCATENATED MODULE: ./packages/steps/lib/free-port.js

/** A port of a host on which nobody listens now. */
async function freePort(host) {
    const found = await host.shell('cat /proc/net/tcp /proc/net/tcp6 2>/dev/null');
    const used = new Set([...found.stdout.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4})/gm)].map(([, hex]) => Number.parseInt(hex, 16)));
    for (let i = 0; i < 100; i++) {
        const port = 20_000 + Math.floor(Math.random() * 12_000);
        if (!used.has(port))
            return port;
    }
    throw new lib_error/* RunbookError */.rk(`host ${host.name} has no free port between 20000 and 32000`);
}

// EXTERNAL MODULE: ./packages/steps/lib/variables.js
var variables = __webpack_require__(2532);
;// CONCATENATED MODULE: ./packages/steps/lib/old-version.js






/**
 * Starts the old version beside everything, on a free port and a copy of the backup; runs the smoke checks before and after
 * the migration. A check that the old version never passed is the new version's alone, and does not count.
 */
async function tryOldVersion(ctx, migration, backup, up) {
    const { database, spec, names } = migration;
    const service = oldService(ctx, spec['old-version']);
    const checks = ctx.runbook.smoke.filter(isOnline);
    const not = (text) => ({ tried: false, passes: false, text: `not tried: ${text}`, checks: [] });
    if (names.previous === null)
        return not('this is the first release');
    if (service === undefined)
        return not('no service has a start program that the suite can run beside the old one');
    if (ctx.runbook.databases[database.name]?.env === undefined)
        return not(`databases.${database.name} has no \`env:\`, so the old version cannot be given a copy`);
    if (checks.length === 0)
        return not('the runbook has no smoke checks that ask the service');
    const copy = await database.scratch(backup, 'old-version');
    const stable = service.place((0,variables/* slotOf */.SW)(ctx, service.name, (0,environment/* tracksNow */.ZF)(ctx, (await (0,environment/* readEnvironment */.Qo)(ctx)).current), 'stable'));
    const place = { slot: 'rehearsal', port: await freePort(service.host), directory: stable.directory };
    try {
        const env = await (0,variables/* serviceVariables */.nV)(ctx, { ...names, version: names.previous }, service.name, stable.slot, 'stable', { [database.name]: { ...database.environment(copy) } });
        await service.start(place, { ...env, PORT: String(place.port) });
        await service.healthy(place);
        const context = await (0,check_context/* checkContext */.M)(ctx, { ...names, version: names.previous }, { PORT: String(place.port), TRACK: 'stable' }, { [database.name]: copy }, service.spec.on);
        const passed = (await (0,registry/* runChecks */.JT)(checks, context)).filter(({ verdict }) => verdict === 'pass').map(({ name }) => name);
        await up('up for the old version', copy);
        const after = await (0,registry/* runChecks */.JT)(checks, context);
        const broken = after.filter(({ name, verdict }) => passed.includes(name) && verdict !== 'pass');
        return {
            tried: true,
            passes: broken.length === 0,
            text: broken.length === 0 ? `${names.previous} passes its ${passed.length} checks on the new schema` : `${names.previous} fails on the new schema: ${broken.map(({ name, text }) => `${name}: ${text}`).join('; ')}`,
            checks: after.filter(({ verdict }) => verdict === 'pass').map(({ name }) => name),
        };
    }
    catch (error) {
        if (!(error instanceof lib_error/* RunbookError */.rk))
            throw error;
        return not(error.message);
    }
    finally {
        await service.stop(place).catch(() => { });
        await database.drop(copy).catch(() => { });
    }
}
function oldService(ctx, name) {
    const startable = Object.values(ctx.services).filter(({ spec }) => spec.health !== undefined && ('pm2' in spec || !('stop' in spec.command)));
    return name === undefined ? startable[0] : startable.find((service) => service.name === name);
}
/** Checks that ask a running version, and not the machine. */
function isOnline(spec) {
    return 'http' in spec || 'journey' in spec || 'polling' in spec;
}


/***/ })

};
