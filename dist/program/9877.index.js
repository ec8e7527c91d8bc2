export const id = 9877;
export const ids = [9877];
export const modules = {

/***/ 6074:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ startOrder),
/* harmony export */   u: () => (/* binding */ findCycle)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

/**
 * The services in the order of their start: each behind those it names in `after:`, and otherwise as they are written.
 * Names that are no services are passed over.
 * @throws RunbookError when they wait for each other
 */
function startOrder(services) {
    const cycle = findCycle(services);
    if (cycle !== undefined) {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`services wait for each other: ${cycle.join(' → ')}`, { hint: 'take one "after:" away' });
    }
    const order = [];
    const visit = (name) => {
        if (order.includes(name) || !Object.hasOwn(services, name))
            return;
        for (const before of services[name]?.after ?? [])
            visit(before);
        order.push(name);
    };
    for (const name of Object.keys(services))
        visit(name);
    return order;
}
/** The first cycle found in `after:`, its first service again at its end: a, b, a. */
function findCycle(services) {
    const clear = new Set();
    const visit = (name, path) => {
        const start = path.indexOf(name);
        if (start >= 0)
            return [...path.slice(start), name];
        if (clear.has(name) || !Object.hasOwn(services, name))
            return undefined;
        for (const before of services[name]?.after ?? []) {
            const cycle = visit(before, [...path, name]);
            if (cycle !== undefined)
                return cycle;
        }
        clear.add(name);
        return undefined;
    };
    for (const name of Object.keys(services)) {
        const cycle = visit(name, []);
        if (cycle !== undefined)
            return cycle;
    }
    return undefined;
}


/***/ }),

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

/***/ 9877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rollback: () => (/* binding */ rollback)
});

// EXTERNAL MODULE: ./packages/record/lib/recorder.js
var lib_recorder = __webpack_require__(6025);
// EXTERNAL MODULE: ./packages/runbook/lib/load.js + 5 modules
var load = __webpack_require__(5844);
// EXTERNAL MODULE: ./packages/units/lib/duration.js
var duration = __webpack_require__(7165);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/steps/lib/context.js + 8 modules
var context = __webpack_require__(5504);
// EXTERNAL MODULE: ./packages/steps/lib/environment.js
var lib_environment = __webpack_require__(6548);
// EXTERNAL MODULE: ./packages/steps/lib/lock.js
var lock = __webpack_require__(2838);
// EXTERNAL MODULE: ./packages/steps/lib/outcome.js
var outcome = __webpack_require__(4785);
// EXTERNAL MODULE: ./packages/steps/lib/plan.js
var plan = __webpack_require__(8730);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/steps/lib/backup.js
var lib_backup = __webpack_require__(9995);
// EXTERNAL MODULE: ./packages/steps/lib/expectations.js
var expectations = __webpack_require__(9718);
// EXTERNAL MODULE: ./packages/steps/lib/migration.js
var lib_migration = __webpack_require__(1277);
// EXTERNAL MODULE: ./packages/steps/lib/way-back.js
var way_back = __webpack_require__(8332);
;// CONCATENATED MODULE: ./packages/steps/lib/rollback/database.js






async function decideDatabase(ctx, state, database) {
    const { name } = database;
    const id = (0,lib_backup/* backupIn */.Ws)(state, name);
    const item = state.items.find((known) => known.item === `migrate:${name}` && known.state !== 'undone');
    if (id === undefined)
        return { database, backup: undefined, action: 'nothing', why: 'no backup of this release: nothing was done to it', written: {}, differs: false, missing: {} };
    const backup = await (0,lib_backup/* findBackup */.SC)(database, id);
    if (backup === undefined)
        throw new lib_error/* RunbookError */.rk(`the backup ${id} of ${name} is no longer on ${database.host.name}; the database was not touched`, {
            hint: `bring a copy back to its folder there: ${copiesOf(state, name)}`,
        });
    const since = await database.since(backup);
    const kept = (0,expectations/* keptTables */.G)(ctx.runbook.migrate[name], ctx.runbook.rollback.when);
    const missing = Object.fromEntries(since.filter((one) => kept.includes(one.table) && one.missing > 0).map(({ table, missing }) => [table, missing]));
    const written = writtenRows(since, kept, item === undefined ? {} : ownRows(state, name));
    const { action, why } = await decide(ctx, database, backup, item, missing, written);
    return { database, backup, action, why, written, differs: since.some((one) => one.added + one.changed + one.missing > 0), missing };
}
async function decide(ctx, database, backup, item, missing, written) {
    const spec = ctx.runbook.migrate[database.name];
    const lost = Object.entries(missing).map(([table, rows]) => `${rows} rows of ${table}`);
    if (lost.length > 0)
        return { action: 'restore', why: `${lost.join(', ')} are gone` };
    if (item === undefined || spec === undefined)
        return { action: 'nothing', why: 'it was not migrated' };
    const { schema } = await database.compare({ address: backup.path, kind: 'scratch' }, await database.live());
    if ((0,lib_migration/* downScript */.aD)(spec) !== undefined && (schema.length > 0 || item.state !== 'announced'))
        return { action: 'down', why: 'by the down script that was rehearsed' };
    if ((0,way_back/* undoesByRestore */.U)(ctx, database.name))
        return { action: 'restore', why: 'as the runbook says' };
    if (schema.length === 0)
        return { action: 'nothing', why: 'the migration had not changed the schema' };
    if (item.state === 'done')
        return { action: 'nothing', why: 'the schema stays: the old version works on it (rehearsed)' };
    if (Object.keys(written).length === 0)
        return { action: 'restore', why: 'the migration died half-way, and nothing was written since the backup' };
    return { action: 'nothing', why: `the migration died half-way and rows were written since; its changes stay, and the old version is checked on them: ${schema.join('; ')}` };
}
/**
 * Rows that a restore would change or take away: new and changed ones, and deleted ones that would come back; less those that
 * the migration itself writes, as the rehearsal counted them.
 */
function writtenRows(since, kept, own) {
    const beyond = (found, migration) => Math.max(0, found - (migration ?? 0));
    const rows = since.map((one) => {
        const mine = own[one.table];
        const deleted = kept.includes(one.table) ? 0 : beyond(one.missing, mine?.missing);
        return [one.table, beyond(one.added, mine?.added) + beyond(one.changed, mine?.changed) + deleted];
    });
    return Object.fromEntries(rows.filter(([, count]) => count > 0));
}
function ownRows(state, database) {
    const note = state.events.findLast((event) => event.event === 'noted' && event.data?.database === database && event.data.own !== undefined);
    return note?.event === 'noted' ? note.data?.own : {};
}
function copiesOf(state, name) {
    const copies = state.items.find(({ item }) => item === `backup:${name}`)?.did?.data?.copies;
    return Array.isArray(copies) && copies.length > 0 ? copies.map((one) => `${one.place}:${one.path}`).join(', ') : 'no copy was made elsewhere';
}
/** Runs the down script on the live database, and proves that it undid: the schema is that of the backup. */
async function runDown(ctx, recorder, way) {
    const { database, backup } = way;
    const spec = ctx.runbook.migrate[database.name];
    const down = spec === undefined ? undefined : (0,lib_migration/* downScript */.aD)(spec);
    if (spec === undefined || down === undefined || backup === undefined)
        throw new Error(`${database.name} has no down script`);
    const { version, previous } = recorder.state().opened;
    const migration = await (0,lib_migration/* sentMigration */.R8)(database, spec, { version, previous, release: recorder.release });
    await recorder.undo({
        item: `migrate:${database.name}`,
        host: database.host.name,
        make: async (start) => {
            const live = await database.live();
            (0,lib_migration/* mustSucceed */.MX)(await start((0,lib_migration/* scriptJob */.DF)(ctx, migration, down, live)), `the down script of ${database.name}`, migration.withinMs);
            const { schema } = await database.compare({ address: backup.path, kind: 'scratch' }, live);
            if (schema.length > 0)
                throw new lib_error/* RunbookError */.rk(`the down script of ${database.name} ended with exit code 0, and the schema is not as before: ${schema.join('; ')}`);
            return { how: 'by the down script; the schema is as before' };
        },
    });
}
/** Exports what was written since the backup, then restores: the present database is kept as the rescue. */
async function runRestore(ctx, recorder, way) {
    const { database, backup } = way;
    if (backup === undefined)
        throw new Error(`${database.name} has no backup`);
    let exported = {};
    if (way.differs) {
        const folder = external_node_path_.posix.join(await database.host.state(), 'exports', recorder.release, database.name);
        const made = await database.exportSince(backup, folder);
        exported = made.rows;
        await recorder.write({ event: 'noted', step: 'rollback', text: `rows written since the backup of ${database.name} exported to ${database.host.name}:${made.path}`, data: { exported: made.rows, path: made.path, database: database.name } });
        ctx.platform.log(`rows written since the backup are kept in ${made.path} on ${database.host.name}`);
    }
    const item = `migrate:${database.name}`;
    const known = recorder.state().items.some((one) => one.item === item);
    await recorder.undo({
        item: known ? item : `restore:${database.name}`,
        make: async () => {
            const { rescue } = await database.restore(backup, recorder.release);
            return { how: `restored from ${backup.id}${rescue === undefined ? '' : `; the database that was replaced is kept as ${rescue}`}`, data: { backup: backup.id, rescue: rescue ?? null } };
        },
    });
    return exported;
}

// EXTERNAL MODULE: ./packages/traffic/lib/shift.js
var shift = __webpack_require__(9627);
// EXTERNAL MODULE: ./packages/runbook/lib/order.js
var order = __webpack_require__(6074);
// EXTERNAL MODULE: ./packages/steps/lib/deploy.js
var deploy = __webpack_require__(5170);
// EXTERNAL MODULE: ./packages/steps/lib/variables.js
var variables = __webpack_require__(2532);
;// CONCATENATED MODULE: ./packages/steps/lib/rollback/services.js







const WITHIN = 30 * 60_000;
const SHIFT_DEADLINE = 30_000;
/** All requests to the old version, confirmed by the router; the old version is up before. */
async function trafficBack(ctx, recorder) {
    const { items, opened } = recorder.state();
    const moved = items.filter(({ item, state }) => item.startsWith('traffic') && state !== 'undone');
    const { router } = ctx;
    if (moved.length === 0 || router === undefined || opened.tracks === null || opened.previous === null)
        return false;
    const { stable, canary } = opened.tracks;
    await stableUp(ctx, recorder);
    for (const { item } of moved.toReversed()) {
        await recorder.undo({
            item,
            make: async () => {
                await (0,shift/* shift */.B)(router, { [stable]: 100, [canary]: 0 }, { deadlineMs: SHIFT_DEADLINE, now: () => ctx.clock.now().getTime(), sleep: (ms) => ctx.clock.sleep(ms) });
                return { how: `all requests to ${stable} (${opened.previous}), confirmed` };
            },
        });
    }
    return true;
}
/** Services that the release started, in the places of the new version. */
function started(ctx, recorder) {
    const { items, opened } = recorder.state();
    return items.flatMap(({ item, state }) => {
        const service = item.startsWith('restart:') ? ctx.services[item.slice('restart:'.length)] : undefined;
        if (service === undefined || state === 'undone')
            return [];
        return [{ service, slot: (0,variables/* slotOf */.SW)(ctx, service.name, opened.tracks, 'canary'), item }];
    });
}
/** Stops the new version. A service in one place is down from here until the old version is started. */
async function stopNew(ctx, recorder) {
    for (const { service, slot, item } of started(ctx, recorder).toReversed()) {
        if (slot === null) {
            await recorder.write({ event: 'undoing', step: 'rollback', item });
            await service.stop(service.place(slot));
        }
        else {
            await recorder.undo({
                item,
                make: async () => {
                    await service.stop(service.place(slot));
                    return { how: `stopped in slot ${slot}` };
                },
            });
        }
    }
}
/** Code and configuration: the undo of each deploy item, newest first. */
async function undoDeploys(ctx, recorder) {
    const remaining = [];
    const { items, opened, release } = recorder.state();
    for (const { item, state } of items.toReversed()) {
        const spec = ctx.runbook.deploy.find((one) => 'run' in one && `deploy:${one.name}` === item);
        if (spec === undefined || !('run' in spec) || state === 'undone')
            continue;
        const { undo } = spec;
        if (typeof undo === 'object' && !Array.isArray(undo) && 'none' in undo) {
            remaining.push(`${spec.name}: ${undo.none}`);
            await recorder.undo({ item, make: async () => ({ how: `cannot be undone: ${undo.none}` }) });
            continue;
        }
        const { host, directory, slot, port } = (0,deploy.placeOfItem)(ctx, spec, recorder);
        const withinMs = spec.within ?? WITHIN;
        await recorder.undo({
            item,
            host,
            make: async (start) => {
                const result = await start({
                    run: undo,
                    ...(directory === undefined ? {} : { directory }),
                    env: { ...(0,variables/* releaseVariables */.hV)(ctx, { version: opened.version, previous: opened.previous, release }), TRACK: 'stable', SLOT: slot ?? '', PORT: port },
                    timeoutMs: withinMs,
                    onOutput: (text) => ctx.platform.log(ctx.redact(text.trimEnd())),
                });
                if (result.timedOut)
                    throw new lib_error/* RunbookError */.rk(`the undo of ${spec.name} took longer than ${(0,duration/* formatDuration */.a3)(withinMs)} and was stopped`);
                if (result.code !== 0)
                    throw new lib_error/* RunbookError */.rk(`the undo of ${spec.name} ended with exit code ${result.code}: ${(0,lib_migration/* lastLines */.w$)(result.output)}`);
                return { how: `undone to ${opened.previous ?? 'nothing'}` };
            },
        });
    }
    return remaining;
}
/** Every service that the old version runs: those that the release replaced or stopped, and the stable slots. */
function stableServices(ctx, recorder) {
    const { tracks } = recorder.state().opened;
    return (0,order/* startOrder */.l)(ctx.runbook.services).flatMap((name) => {
        const service = ctx.services[name];
        return service === undefined ? [] : [{ service, slot: (0,variables/* slotOf */.SW)(ctx, name, tracks, 'stable') }];
    });
}
/** Starts the old version where it does not run, and waits until it is healthy. */
async function stableUp(ctx, recorder) {
    const { items, opened, release } = recorder.state();
    if (opened.previous === null)
        return;
    const names = { version: opened.previous, previous: opened.previous, release };
    for (const { service, slot } of stableServices(ctx, recorder)) {
        const place = service.place(slot);
        const replaced = items.find(({ item, state }) => (item === `restart:${service.name}` || item === `stop-writes:${service.name}`) && state !== 'undone' && slot === null);
        const touched = slot !== null || replaced !== undefined || items.some(({ item }) => item === `restart:${service.name}` || item === `stop-writes:${service.name}`);
        if (!touched)
            continue;
        const start = async () => {
            if (!(await service.status(place)).running)
                await service.start(place, await (0,variables/* serviceVariables */.nV)(ctx, names, service.name, slot, 'stable'));
            await service.healthy(place);
        };
        if (replaced === undefined)
            await start();
        else
            await recorder.undo({
                item: replaced.item,
                make: async () => {
                    await start();
                    return { how: `${opened.previous} started and healthy` };
                },
            });
    }
    // Before the new version is stopped in its slot, its items are not undone yet: `stopNew` undoes them.
    const slotted = (item) => item.startsWith('restart:') && ctx.runbook.services[item.slice('restart:'.length)]?.slots !== undefined;
    for (const { item, state } of recorder.state().items)
        if ((item.startsWith('stop-writes:') || item.startsWith('restart:')) && !slotted(item) && state !== 'undone')
            await recorder.undo({ item, make: async () => ({ how: 'the old version runs and is healthy' }) });
}
/** Stops everything that may have the database open. */
async function stopAll(ctx, recorder) {
    const { tracks } = recorder.state().opened;
    for (const { service } of stableServices(ctx, recorder).toReversed())
        for (const slot of tracks === null || service.spec.slots === undefined ? [null] : [tracks.canary, tracks.stable])
            await service.stop(service.place(slot));
}

;// CONCATENATED MODULE: ./packages/steps/lib/rollback/targets.js


/** The releases to undo, newest first; empty with a reason when there is nothing to undo. */
function chooseTargets(ctx, environment, options) {
    const undoable = environment.releases.filter((release) => isUndoable(release));
    if (options.release !== undefined)
        return one(environment, undoable, environment.releases.find(({ release }) => release === options.release), options.release);
    if (options.ofRun !== undefined) {
        const own = environment.releases.findLast(({ opened }) => opened.run?.id === options.ofRun);
        if (own === undefined)
            return { targets: [], nothing: `run ${options.ofRun} opened no release: nothing was changed` };
        if (own.status === 'serving' || own.status === 'superseded')
            return { targets: [], nothing: `${own.opened.version} serves: its release came through before the run ended` };
        if (own.status === 'held' && Date.parse(own.heldUntil ?? '') > ctx.clock.now().getTime())
            return { targets: [], nothing: `release ${own.release} is held until ${own.heldUntil}: it is left alone` };
        return one(environment, undoable, own, own.release);
    }
    if (options.to !== undefined)
        return backTo(undoable, options.to);
    const newest = undoable.at(-1);
    return newest === undefined ? { targets: [], nothing: 'no release of this environment is left to undo' } : { targets: [newest], nothing: '' };
}
function one(environment, undoable, target, id) {
    if (target === undefined)
        throw new outcome.Outcome('refuse', 'no-such-release', `there is no release ${id}; nothing was changed`, { next: environment.releases.length === 0 ? 'runbook release VERSION' : 'runbook status --all' });
    if (!undoable.includes(target))
        return { targets: [], nothing: `release ${id} is ${target.status}: nothing is left to undo` };
    const newer = undoable.slice(undoable.indexOf(target) + 1);
    if (newer.length > 0)
        throw new outcome.Outcome('refuse', 'no-such-release', `release ${id} is not the newest: ${newer.map(({ opened }) => opened.version).join(', ')} came after it; nothing was changed`, {
            next: `undo all of them, newest first: runbook rollback --to ${target.opened.previous ?? '(none)'}`,
        });
    return { targets: [target], nothing: '' };
}
function backTo(undoable, version) {
    const targets = [];
    for (const release of undoable.toReversed()) {
        if (release.opened.version === version && (0,lib_environment/* served */.EZ)(release))
            return { targets, nothing: `${version} serves already` };
        targets.push(release);
        if (release.opened.previous === version)
            return { targets, nothing: '' };
    }
    throw new outcome.Outcome('refuse', 'unknown-version', `the record knows no way back to ${version}; nothing was changed`, {
        next: `versions that can be brought back: ${[...new Set(undoable.map(({ opened }) => opened.previous ?? ''))].filter((known) => known !== '').join(', ') || 'none'}`,
    });
}
function isUndoable(release) {
    if (release.status === 'rolled-back')
        return false;
    return (0,lib_environment/* served */.EZ)(release) || release.status === 'open' || release.status === 'held' || release.status === 'rolling-back';
}

// EXTERNAL MODULE: ./packages/checks/lib/registry.js
var registry = __webpack_require__(7360);
// EXTERNAL MODULE: ./packages/steps/lib/check-context.js
var check_context = __webpack_require__(867);
// EXTERNAL MODULE: ./packages/steps/lib/old-version.js + 1 modules
var old_version = __webpack_require__(9168);
// EXTERNAL MODULE: ./packages/steps/lib/smoke.js
var smoke = __webpack_require__(3496);
;// CONCATENATED MODULE: ./packages/steps/lib/rollback/verify.js







/** The system is as before: the old version healthy and passing what it is known to pass, no row of the backup missing. */
async function verify(ctx, recorder, ways) {
    const problems = [];
    const texts = [];
    const judge = async (item, good, text) => {
        await recorder.write({ event: 'judged', step: 'rollback', item: `as-before:${item}`, verdict: good ? 'pass' : 'fail', text });
        (good ? texts : problems).push(text);
    };
    const { opened, release } = recorder.state();
    if (opened.previous !== null) {
        for (const { service, slot } of stableServices(ctx, recorder)) {
            const place = service.place(slot);
            const { running } = await service.status(place);
            if (running && service.spec.health !== undefined)
                await service.healthy(place);
            await judge(`service:${service.name}`, running, running ? `${service.name} runs on ${opened.previous}` : `${service.name} does not run`);
        }
    }
    for (const way of ways)
        await verifyDatabase(ctx, way, judge);
    const known = knownChecks(recorder);
    const checks = ctx.runbook.smoke.filter(old_version/* isOnline */.s);
    if (opened.previous !== null && known.length > 0 && checks.length > 0) {
        const names = { version: opened.previous, previous: null, release };
        const results = await (0,registry/* runChecks */.JT)(checks, await (0,check_context/* checkContext */.M)(ctx, names, { PORT: (0,variables/* mainPort */.Fh)(ctx, opened.tracks, 'stable'), TRACK: 'stable' }));
        const own = results.filter(({ name }) => known.includes(name));
        await recorder.write(...own.flatMap((one) => (0,smoke/* checkEvents */.u)('rollback', one)));
        const broken = own.filter(({ verdict }) => verdict !== 'pass');
        await judge('checks', broken.length === 0, broken.length === 0 ? `${opened.previous} passes the ${own.length} checks that it passed before` : broken.map(({ name, text }) => `${name}: ${text}`).join('; '));
    }
    return { problems, texts };
}
async function verifyDatabase(ctx, way, judge) {
    const { database, backup, action } = way;
    if (backup === undefined)
        return;
    const live = await database.live();
    if (action !== 'nothing') {
        const { schema } = await database.compare({ address: backup.path, kind: 'scratch' }, live);
        await judge(`schema:${database.name}`, schema.length === 0, schema.length === 0 ? `${database.name}: schema as before` : `${database.name}: ${schema.join('; ')}`);
    }
    const kept = (0,expectations/* keptTables */.G)(ctx.runbook.migrate[database.name], ctx.runbook.rollback.when);
    const tables = action === 'restore' ? undefined : kept;
    if (tables !== undefined && tables.length === 0)
        return;
    const missing = (await database.since(backup, tables)).filter((one) => one.missing > 0);
    await judge(`rows:${database.name}`, missing.length === 0, missing.length === 0 ? `${database.name}: no row of the backup is missing` : `${database.name}: ${missing.map((one) => `${one.missing} rows of ${one.table}`).join(', ')} missing`);
}
/** Checks that the rehearsal saw the old version pass. */
function knownChecks(recorder) {
    return recorder.state().events.flatMap((event) => {
        const old = event.event === 'noted' ? event.data?.oldVersion : undefined;
        return old?.checks ?? [];
    });
}

// EXTERNAL MODULE: ./packages/steps/lib/run-step.js + 2 modules
var run_step = __webpack_require__(246);
// EXTERNAL MODULE: ./packages/steps/lib/settle.js
var settle = __webpack_require__(1070);
;// CONCATENATED MODULE: ./packages/steps/lib/rollback.js
















const HOLD = 24 * 3600_000;
/**
 * Undoes releases from the end of their records to the beginning, on whatever state a crash left, and proves that the system
 * is as before. Can be run again until it is through.
 */
async function rollback(ctx, options) {
    let release = null;
    try {
        const environment = await (0,lib_environment/* readEnvironment */.Qo)(ctx);
        const { targets, nothing } = chooseTargets(ctx, environment, options);
        if (targets.length === 0)
            return (0,outcome.result)('proceed', 'nothing-to-do', nothing);
        if (options.dryRun)
            return await dryRun(ctx, targets, options);
        const { lease, proof } = await (0,lock/* takeLock */.HJ)(ctx, environment.lock, { human: options.force });
        if (proof !== undefined)
            ctx.platform.log(`lock taken over: ${proof.text}`);
        let last;
        for (const target of targets) {
            release = target.release;
            last = await withRecorded(ctx, target, (own) => undoRelease(own, environment, target, lease, options));
            if (last.decision !== 'proceed')
                return last;
        }
        await ctx.store.release(lease.nonce);
        return last;
    }
    catch (error) {
        return failure(ctx, error, release);
    }
}
/** The context of a release's own runbook: rollback uses what was approved, not what the branch says today. */
async function withRecorded(ctx, target, work) {
    const { opened } = target;
    const runbook = await (0,load.restoreRunbook)(opened.runbook);
    const { system, environment, version, previous, commit, digest } = opened;
    if ((0,plan.digestOf)({ system, environment, version, previous, commit, runbook: runbook.digest }) !== digest)
        throw new lib_error/* RunbookError */.rk(`the runbook in the record of ${target.release} is not the one that was approved; nothing was changed`, {
            hint: 'work from a whole copy of the record: runbook rollback --record FILE',
        });
    const own = await (0,context.openContext)({ ...ctx, runbook: { ...runbook, locale: ctx.runbook.locale }, version });
    try {
        return await work({ ...own, store: ctx.store });
    }
    finally {
        await own.close();
    }
}
async function undoRelease(ctx, environment, target, lease, options) {
    const { platform } = ctx;
    const began = ctx.clock.now().getTime();
    const recorder = (0,lib_recorder/* resumeRecord */.D)(target, { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact });
    await (0,settle/* settle */.G)(ctx, recorder);
    const ways = await decideAll(ctx, target);
    const known = target.events.find((event) => event.event === 'judged' && event.item === 'rollback');
    if (known === undefined)
        await recorder.write({ event: 'judged', step: 'rollback', item: 'rollback', verdict: 'fail', text: options.reason, decision: 'roll-back', reason: options.reason });
    if (options.acceptLoss)
        await recorder.write({ event: 'noted', step: 'rollback', text: 'a person accepts the loss of rows written since the backup', data: { acceptLoss: true } });
    for (const line of describeChain(ctx, target, ways))
        platform.log(line);
    const waits = ways.filter((way) => way.action === 'restore').map(wouldLose).filter((rows) => rows !== '').join(', ');
    // A service in one place whose old version is not known to work on the new schema would be down while people decide.
    if (waits !== '' && mustAsk(ctx, recorder, options) && target.opened.tracks === null && !oldVersionWorks(recorder))
        return await hold(ctx, recorder, waits);
    await platform.group('Traffic to the old version', () => trafficBack(ctx, recorder));
    await platform.group('The new version is stopped', () => stopNew(ctx, recorder));
    const remaining = await platform.group('Code and configuration', () => undoDeploys(ctx, recorder));
    const done = await platform.group('Databases', () => databasesBack(ctx, recorder, ways, options));
    if (done.held !== undefined)
        return await hold(ctx, recorder, done.held);
    await platform.group('The old version is up', () => stableUp(ctx, recorder));
    const executed = ctx.clock.now().getTime();
    const verified = await platform.group('As before?', () => verify(ctx, recorder, done.ways));
    if (verified.problems.length > 0)
        throw new outcome.Outcome('failed', 'undo-failed', `after the rollback of ${target.opened.version}: ${verified.problems.join('; ')}`, { next: `runbook rollback --release ${target.release}` });
    const ended = ctx.clock.now().getTime();
    const text = summary(ctx, recorder, { total: ended - began, execute: executed - began, verify: ended - executed }, remaining, done.exported);
    await recorder.write({ event: 'measured', step: 'rollback', item: 'rollback:execute', value: executed - began, unit: 'ms' }, { event: 'measured', step: 'rollback', item: 'rollback:verify', value: ended - executed, unit: 'ms' }, { event: 'rolled-back', step: 'rollback', ms: ended - began, lost: {}, exported: done.exported, text });
    await servesAgain(ctx, environment, target, lease);
    await platform.publish(recorder.state(), { wayBack: (0,way_back/* wayBackOf */.m)(ctx, recorder.state()), final: true });
    return (0,outcome.result)('proceed', 'rolled-back', text, {
        release: target.release,
        details: { ms: ended - began, executeMs: executed - began, verifyMs: ended - executed, exported: done.exported, lost: {}, to: target.opened.previous, proof: verified.texts, remaining },
    });
}
async function decideAll(ctx, target) {
    const ways = [];
    for (const database of Object.values(ctx.databases))
        ways.push(await decideDatabase(ctx, target, database));
    return ways;
}
/** Undoes what the release did to the databases. `held`: rows would be lost, and nobody has accepted that. */
async function databasesBack(ctx, recorder, ways, options) {
    const accepted = isAccepted(recorder);
    const ask = mustAsk(ctx, recorder, options);
    const exported = {};
    const final = [];
    for (const way of ways) {
        if (way.action === 'down')
            await runDown(ctx, recorder, way);
        if (way.action !== 'restore') {
            await settleMigration(recorder, way);
            final.push(way);
            continue;
        }
        const before = wouldLose(way);
        if (before !== '' && ask)
            return { held: before, exported, ways: final };
        if (before !== '' && !accepted) {
            const kept = { ...way, action: 'nothing', why: 'rows were written since the backup, and the runbook keeps them' };
            await settleMigration(recorder, kept);
            final.push(kept);
            continue;
        }
        // From here nothing writes any more; what was written between the first count and the stop is counted again.
        await stopAll(ctx, recorder);
        const now = await decideDatabase(ctx, recorder.state(), way.database);
        const after = wouldLose(now);
        if (after !== '' && !accepted) {
            await stableUp(ctx, recorder);
            return { held: after, exported, ways: final };
        }
        Object.assign(exported, await runRestore(ctx, recorder, { ...now, action: 'restore', backup: way.backup }));
        final.push(way);
    }
    return { exported, ways: final };
}
/** The migration stays, or was undone by a script: its item has an end either way. */
async function settleMigration(recorder, way) {
    const item = recorder.state().items.find((known) => known.item === `migrate:${way.database.name}`);
    if (item === undefined || item.state === 'undone')
        return;
    await recorder.undo({ item: item.item, make: async () => ({ how: `left as it is: ${way.why}` }) });
}
function isAccepted(recorder) {
    return recorder.state().events.some((event) => event.event === 'noted' && event.data?.acceptLoss === true);
}
function mustAsk(ctx, recorder, options) {
    return !isAccepted(recorder) && (options.rowsWrittenSince ?? ctx.runbook.rollback['rows-written-since'] ?? 'ask') === 'ask';
}
/** The rehearsal saw the old version pass on the new schema. */
function oldVersionWorks(recorder) {
    return recorder.state().events.some((event) => event.event === 'noted' && event.data?.oldVersion?.passes === true);
}
function wouldLose(way) {
    return Object.entries(way.written)
        .map(([table, rows]) => `${rows} rows of ${table}`)
        .join(', ');
}
async function hold(ctx, recorder, rows) {
    const { release, opened, status } = recorder.state();
    const begun = status === 'rolling-back';
    if (begun)
        await stableUp(ctx, recorder);
    const state = begun ? `code and traffic are back on ${opened.previous}; the database waits` : `nothing was undone yet, ${opened.version} is still in place`;
    const why = `${state}: restoring the backup would take ${rows} out of the database, written since (they would be exported first)`;
    const until = new Date(ctx.clock.now().getTime() + HOLD);
    await recorder.write({ event: 'held', step: 'rollback', why, until: until.toISOString() });
    await ctx.platform.publish(recorder.state(), { wayBack: (0,way_back/* wayBackOf */.m)(ctx, recorder.state()) });
    return (0,outcome.result)('hold', 'rows-written-since', why, {
        release,
        next: `restore and export: runbook rollback --release ${release} --accept-loss; or leave the database as it is: runbook rollback --release ${release} --keep-rows`,
        details: { waits: rows },
    });
}
/** The release before carries all traffic again, and its record says so. */
async function servesAgain(ctx, environment, target, lease) {
    const index = environment.releases.findIndex(({ release }) => release === target.release);
    const before = environment.releases.slice(0, index).findLast((release) => (0,lib_environment/* served */.EZ)(release) && release.status !== 'rolled-back');
    if (before === undefined || before.status === 'serving')
        return;
    const serving = before.events.findLast((event) => event.event === 'serving');
    const recorder = (0,lib_recorder/* resumeRecord */.D)(before, { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact });
    await recorder.write({ event: 'serving', step: 'rollback', version: before.opened.version, slot: serving?.event === 'serving' ? serving.slot : null });
}
function describeChain(ctx, target, ways) {
    const { opened, items } = target;
    const begun = items.filter((item) => item.intends.undo !== null && item.state !== 'undone').map(({ item }) => item);
    return [
        `Rollback of ${opened.version} (${target.release}) to ${opened.previous ?? 'nothing: it was the first release'}`,
        `  to undo, in this order: ${inOrder(begun).join(', ') || 'nothing'}`,
        ...ways.map((way) => {
            const rows = wouldLose(way);
            const cost = way.action !== 'restore' ? '' : rows === '' ? '; no row was written since its backup' : `; ${rows} written since its backup would leave it (exported first)`;
            return `  database ${way.database.name}: ${way.action === 'nothing' ? 'stays' : way.action === 'down' ? 'down script' : 'restore'} (${way.why})${cost}`;
        }),
        `  rows written since: ${ctx.runbook.rollback['rows-written-since'] ?? 'ask'}`,
    ];
}
function inOrder(items) {
    const order = ['traffic', 'restart', 'deploy', 'migrate', 'resume', 'stop-writes'];
    const rank = (item) => order.findIndex((kind) => item.startsWith(kind));
    return items.toReversed().sort((a, b) => rank(a) - rank(b));
}
async function dryRun(ctx, targets, options) {
    const chain = [];
    const written = {};
    for (const target of targets) {
        const lines = await withRecorded(ctx, target, async (own) => {
            const ways = await decideAll(own, target);
            for (const way of ways)
                if (way.action === 'restore')
                    Object.assign(written, way.written);
            return describeChain(own, target, ways);
        });
        chain.push(...lines);
    }
    for (const line of chain)
        ctx.platform.log(line);
    const newest = targets[0];
    return (0,outcome.result)('proceed', 'dry-run', `dry run: ${targets.length} release(s) would be undone; nothing was changed`, {
        release: newest.release,
        wayBack: (0,way_back/* wayBackOf */.m)(ctx, newest),
        next: options.to === undefined ? 'runbook rollback' : `runbook rollback --to ${options.to}`,
        details: { chain, wouldExport: written },
    });
}
function summary(ctx, recorder, ms, remaining, exported) {
    const { opened } = recorder.state();
    const budget = ctx.runbook.rollback.budget;
    const against = (spent, allowed) => (allowed === undefined ? (0,duration/* formatDuration */.a3)(spent) : `${(0,duration/* formatDuration */.a3)(spent)} of ${(0,duration/* formatDuration */.a3)(allowed)}`);
    const rows = Object.entries(exported).map(([table, count]) => `${count} rows of ${table}`);
    return [
        `${opened.previous ?? 'nothing'} serves again after ${(0,duration/* formatDuration */.a3)(ms.total)} (undone in ${against(ms.execute, budget?.execute)}, verified in ${against(ms.verify, budget?.verify)})`,
        rows.length === 0 ? 'no row lost' : `exported: ${rows.join(', ')}`,
        ...remaining.map((text) => `not undone: ${text}`),
    ].join('; ');
}
function failure(ctx, error, release) {
    const again = `run it again: runbook rollback${release === null ? '' : ` --release ${release}`}`;
    const contact = ctx.runbook.onCall === undefined ? '' : `; on call: ${ctx.runbook.onCall}`;
    if (error instanceof outcome.Outcome && error.decision !== 'failed')
        return { ...(0,run_step/* refused */.J)(ctx, error), release };
    if (error instanceof outcome.Outcome || error instanceof lib_error/* RunbookError */.rk) {
        const hint = error instanceof lib_error/* RunbookError */.rk ? error.hint : error.next;
        if (release === null)
            return (0,run_step/* refused */.J)(ctx, error);
        return (0,outcome.result)('failed', 'undo-failed', ctx.redact(error.message), { release, next: `${hint === undefined ? '' : `${hint}; then `}${again}${contact}` });
    }
    throw error;
}


/***/ }),

/***/ 3496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   smoke: () => (/* binding */ smoke),
/* harmony export */   u: () => (/* binding */ checkEvents)
/* harmony export */ });
/* harmony import */ var _release_runbook_checks_registry__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7360);
/* harmony import */ var _check_context_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(867);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4785);
/* harmony import */ var _run_step_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(246);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2532);





/** Proves the new version where it runs, before any traffic goes to it: functions and times, with numbers. */
function smoke(ctx) {
    return (0,_run_step_js__WEBPACK_IMPORTED_MODULE_3__/* .runStep */ .e)(ctx, 'smoke', async ({ recorder }) => {
        const { opened, release } = recorder.state();
        const context = await (0,_check_context_js__WEBPACK_IMPORTED_MODULE_1__/* .checkContext */ .M)(ctx, { version: opened.version, previous: opened.previous, release }, { PORT: (0,_variables_js__WEBPACK_IMPORTED_MODULE_4__/* .mainPort */ .Fh)(ctx, opened.tracks, 'canary'), TRACK: 'canary' });
        const results = await (0,_release_runbook_checks_registry__WEBPACK_IMPORTED_MODULE_0__/* .runChecks */ .JT)(ctx.runbook.smoke, context);
        await recorder.write(...results.flatMap((one, i) => checkEvents('smoke', one, ctx.runbook.position(['smoke', i]))));
        for (const [i, one] of results.entries()) {
            ctx.platform.log(`${one.verdict === 'pass' ? 'ok  ' : one.severity === 'warn' ? 'warn' : 'FAIL'} ${one.name}: ${one.text}`);
            if (one.verdict !== 'pass')
                ctx.platform.annotate(one.severity === 'warn' ? 'warning' : 'error', `${one.name}: ${one.text}`, ctx.runbook.position(['smoke', i]));
        }
        const broken = results.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'fail');
        if (broken.length > 0)
            throw new _outcome_js__WEBPACK_IMPORTED_MODULE_2__.Outcome('roll-back', 'check-failed', broken.map(({ name, text }) => `${name}: ${text}`).join('; '), { details: { checks: summary(results) } });
        return { text: `${results.length} of ${results.length} checks passed`, details: { checks: summary(results) } };
    });
}
/** Events of a check: its measurements and its verdict. */
function checkEvents(step, check, rule) {
    return [
        ...check.measurements.map((one) => ({ event: 'measured', step, item: `${step}:${check.name}:${one.name}`, value: one.value, unit: one.unit })),
        { event: 'judged', step, item: `${step}:${check.name}`, verdict: check.verdict, text: check.text, ...(rule === undefined ? {} : { rule }) },
    ];
}
function summary(results) {
    return results.map(({ name, verdict, text, ms }) => ({ name, verdict, text, ms: Math.round(ms) }));
}


/***/ }),

/***/ 9627:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ shift),
/* harmony export */   _: () => (/* binding */ observedShare)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _weights_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4210);



/**
 * Sets weights and reads them back until the router tells the same. Safe to repeat.
 * @returns the weights that were read back
 * @throws RunbookError that says which weights are in force
 */
async function shift(router, wanted, options = {}) {
    const { deadlineMs = 30_000, now = () => performance.now(), sleep = (ms) => new Promise((done) => setTimeout(done, ms)), } = options;
    const until = now() + deadlineMs;
    let inForce;
    let problem;
    let pauseMs = 100;
    for (;;) {
        try {
            await router.set(wanted);
            problem = 'the router took them without an error, and tells others';
        }
        catch (error) {
            problem = messageOf(error);
        }
        // Read also after a refusal: what counts is what is in force, and a script may fail after it has set them.
        try {
            inForce = await router.read();
            if ((0,_weights_js__WEBPACK_IMPORTED_MODULE_2__/* .sameWeights */ .ML)(inForce, wanted))
                return inForce;
        }
        catch (error) {
            inForce = undefined;
            problem = messageOf(error);
        }
        if (now() + pauseMs > until)
            break;
        await sleep(pauseMs);
        pauseMs = Math.min(2_000, pauseMs * 2);
    }
    const state = inForce === undefined ? 'which weights are in force is not known' : `in force are ${(0,_weights_js__WEBPACK_IMPORTED_MODULE_2__/* .formatWeights */ .V7)(inForce)}`;
    throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk(`the weights ${(0,_weights_js__WEBPACK_IMPORTED_MODULE_2__/* .formatWeights */ .V7)(wanted)} could not be set within ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(deadlineMs)}; ${state}. ${problem}`);
}
function messageOf(error) {
    if (error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .RunbookError */ .rk)
        return error.message;
    throw error;
}
/**
 * The share of the requests between two readings that each slot got, in percent; undefined when there were none, or when the
 * router began to count anew between them.
 */
function observedShare(before, after) {
    if (before === undefined || after === undefined)
        return undefined;
    const growth = Object.entries(after).map(([slot, count]) => [slot, count - (before[slot] ?? 0)]);
    const requests = growth.reduce((total, [, count]) => total + count, 0);
    if (requests <= 0 || growth.some(([, count]) => count < 0))
        return undefined;
    return { share: Object.fromEntries(growth.map(([slot, count]) => [slot, (count / requests) * 100])), requests };
}


/***/ }),

/***/ 4210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ML: () => (/* binding */ sameWeights),
/* harmony export */   V7: () => (/* binding */ formatWeights),
/* harmony export */   qO: () => (/* binding */ checkWeights),
/* harmony export */   vt: () => (/* binding */ parseWeights),
/* harmony export */   wO: () => (/* binding */ parseRequests)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_nearest__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5135);


/** Rounding in a router (HAProxy has 256 steps) must not look like a lost part of the traffic. */
const tolerance = 0.5;
/** "blue=95 green=5", as scripts get it and print it. */
function formatWeights(weights) {
    return Object.entries(weights)
        .map(([slot, percent]) => `${slot}=${Number(percent.toFixed(3))}`)
        .join(' ');
}
/**
 * Reads "blue=95 green=5" (a percent sign may follow, commas or lines may stand between).
 * @param slots the only names allowed, all of which must be there; undefined: any
 * @throws RunbookError that names what was printed
 */
function parseWeights(text, slots, what) {
    const weights = parsePairs(text, slots, what, 'weights such as "blue=95 green=5"', '%?');
    const sum = Object.values(weights).reduce((total, percent) => total + percent, 0);
    if (Math.abs(sum - 100) > tolerance) {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}: the weights add up to ${Number(sum.toFixed(3))}, not to 100`);
    }
    return weights;
}
/** Reads "blue=950 green=50", requests by slot. */
function parseRequests(text, slots, what) {
    return parsePairs(text, slots, what, 'requests such as "blue=950 green=50"', '');
}
function parsePairs(text, slots, what, expected, sign) {
    const pattern = new RegExp(`^([A-Za-z0-9][A-Za-z0-9_.-]*)=(\\d{1,15}(?:\\.\\d{1,9})?)${sign}$`);
    const found = {};
    const words = text
        .trim()
        .split(/[\s,]+/)
        .filter((word) => word !== '');
    if (words.length === 0)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed nothing, expected ${expected}`);
    for (const word of words) {
        const [, name, value] = pattern.exec(word) ?? [];
        if (name === undefined)
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}, expected ${expected}`);
        if (Object.hasOwn(found, name))
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}: ${name} stands there twice`);
        if (slots !== undefined && !slots.includes(name)) {
            const near = (0,_release_runbook_units_nearest__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(name, slots);
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}: there is no slot ${name}, expected ${slots.join(' and ')}`, {
                hint: near === undefined ? undefined : `did you mean ${near}?`,
            });
        }
        found[name] = Number(value);
    }
    const missing = (slots ?? []).filter((slot) => !Object.hasOwn(found, slot));
    if (missing.length > 0)
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`${what} printed ${shown(text)}: ${missing.join(' and ')} is missing`);
    return found;
}
function shown(text) {
    const line = text.trim();
    return JSON.stringify(line.length > 200 ? `${line.slice(0, 199)}…` : line);
}
/** Whether two sets of weights are the same, up to rounding; a slot that is not named has 0. */
function sameWeights(a, b) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((slot) => Math.abs((a[slot] ?? 0) - (b[slot] ?? 0)) <= tolerance);
}
/** @throws RunbookError for weights that no router should be given */
function checkWeights(weights) {
    const values = Object.values(weights);
    const sum = values.reduce((total, percent) => total + percent, 0);
    if (values.every((percent) => percent >= 0 && percent <= 100) && Math.abs(sum - 100) <= tolerance)
        return;
    throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`weights must be from 0 to 100 and add up to 100, got ${formatWeights(weights)}`);
}


/***/ })

};
