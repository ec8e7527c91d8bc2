export const id = 1652;
export const ids = [1652];
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

/***/ 9271:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   rowsLost: () => (/* binding */ rowsLost)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _backup_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9995);


/**
 * Counts rows of this release's verified backup that are missing now, by key.
 * @throws RunbookError for what cannot be told: no verified backup, a table that no backup has, or one without a key
 */
function rowsLost(ctx, { recorder }, tables) {
    const found = new Map();
    const backups = async () => {
        for (const database of Object.values(ctx.databases)) {
            if (found.has(database))
                continue;
            const backup = await (0,_backup_js__WEBPACK_IMPORTED_MODULE_1__/* .findBackup */ .SC)(database, (0,_backup_js__WEBPACK_IMPORTED_MODULE_1__/* .backupIn */ .Ws)(recorder.state(), database.name));
            if (backup?.verified !== undefined)
                found.set(database, backup);
        }
        if (found.size === 0)
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk('rows-lost cannot be observed: this release has no verified backup to compare with');
        return found;
    };
    return async () => {
        const missing = {};
        for (const [database, backup] of await backups()) {
            const own = tables.filter((table) => Object.hasOwn(backup.inspection.rows, table));
            if (own.length === 0)
                continue;
            for (const { table, key, missing: count } of await database.since(backup, own)) {
                if (key === null)
                    throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`rows-lost cannot be observed in ${table}: it has no key by which rows are told apart`);
                missing[table] = (missing[table] ?? 0) + count;
            }
        }
        const unknown = tables.filter((table) => !Object.hasOwn(missing, table));
        if (unknown.length > 0)
            throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`rows-lost cannot be observed: no verified backup of this release has the table ${unknown.join(', ')}`);
        const value = Object.values(missing).reduce((sum, count) => sum + count, 0);
        const where = Object.entries(missing).filter(([, count]) => count > 0).map(([table, count]) => `${table}: ${count}`);
        return { value, text: value === 0 ? `no row of the backup is missing in ${tables.join(', ')}` : `${value} rows of the backup are missing (${where.join(', ')})` };
    };
}


/***/ })

};
