export const id = 9448;
export const ids = [9448];
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

/***/ 9448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   migrate: () => (/* binding */ migrate)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _backup_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9995);
/* harmony import */ var _expectations_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9718);
/* harmony import */ var _migration_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1277);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4785);
/* harmony import */ var _rehearse_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2652);
/* harmony import */ var _run_step_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(246);
/* harmony import */ var _way_back_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8332);








/** Migrates every database of `migrate:`: rehearsed on this release's verified backup first, then for real. */
function migrate(ctx) {
    return (0,_run_step_js__WEBPACK_IMPORTED_MODULE_6__/* .runStep */ .e)(ctx, 'migrate', async (release) => {
        const texts = [];
        const details = {};
        for (const name of Object.keys(ctx.runbook.migrate)) {
            const done = await migrateOne(ctx, release, name);
            texts.push(done.text);
            details[name] = done.details;
        }
        return { text: texts.length === 0 ? 'no migration in the runbook' : texts.join('; '), details };
    });
}
async function migrateOne(ctx, release, name) {
    const { recorder } = release;
    const database = ctx.databases[name];
    const spec = ctx.runbook.migrate[name];
    if (database === undefined || spec === undefined)
        throw new Error(`no database ${name}`);
    const backup = await (0,_backup_js__WEBPACK_IMPORTED_MODULE_1__/* .backupOf */ .GH)(release, database);
    if (backup === undefined)
        throw new _outcome_js__WEBPACK_IMPORTED_MODULE_4__.Outcome('refuse', 'unverified-backup', `${name} has no verified backup of this release`, { next: 'run the backup step before the migration' });
    const { version, previous } = recorder.state().opened;
    const migration = await (0,_migration_js__WEBPACK_IMPORTED_MODULE_3__/* .prepareMigration */ .wh)(ctx, database, spec, { version, previous, release: recorder.release });
    const known = recorder.state().items.find(({ item }) => item === `migrate:${name}`);
    if (known?.state === 'done')
        return { text: `${name} is migrated already`, details: {} };
    if (known !== undefined && known.state !== 'undone')
        throw new _outcome_js__WEBPACK_IMPORTED_MODULE_4__.Outcome('roll-back', 'step-failed', `an earlier attempt died in the migration of ${name}; what it did is not known`);
    const rehearsal = await ctx.platform.group(`Rehearsal of ${name} on a restored backup`, () => (0,_rehearse_js__WEBPACK_IMPORTED_MODULE_5__/* .rehearse */ .K)(ctx, migration, backup, recorder.epoch));
    const seen = { event: 'noted', step: 'migrate', text: `rehearsal of ${name}`, data: { database: name, schema: rehearsal.schema, own: rehearsal.own, oldVersion: rehearsal.oldVersion, upMs: rehearsal.upMs, downMs: rehearsal.downMs ?? null } };
    await recorder.write(...rehearsal.events, seen);
    if (rehearsal.problems.length > 0)
        throw new _outcome_js__WEBPACK_IMPORTED_MODULE_4__.Outcome('refuse', 'rehearsal-failed', `the rehearsal of ${name} on a restored backup failed: ${rehearsal.problems.join('; ')}`, { next: 'mend the migration and release again' });
    ctx.platform.log(`forecast for the migration of ${name}: ${(0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(rehearsal.upMs)}`);
    await apply(ctx, release, migration, backup.id);
    const live = await database.live();
    const expected = await (0,_expectations_js__WEBPACK_IMPORTED_MODULE_2__/* .checkExpectations */ .E)(database, spec, live, backup);
    await recorder.write(...expected.map((one) => ({ event: 'judged', step: 'migrate', item: `expect:${one.table}`, verdict: one.holds ? 'pass' : 'fail', text: one.text })));
    const broken = expected.filter((one) => !one.holds);
    if (broken.length > 0)
        throw new _outcome_js__WEBPACK_IMPORTED_MODULE_4__.Outcome('roll-back', 'expectation-failed', `after the migration of ${name}: ${broken.map(({ text }) => text).join('; ')}`);
    return { text: `${name} migrated (${rehearsal.schema.length} changes of the schema)`, details: { schema: rehearsal.schema, oldVersion: rehearsal.oldVersion.text, forecastMs: Math.round(rehearsal.upMs) } };
}
async function apply(ctx, { recorder }, migration, backup) {
    const { database, spec, names } = migration;
    const live = await database.live();
    const undo = { backup, previousVersion: names.previous, restore: (0,_way_back_js__WEBPACK_IMPORTED_MODULE_7__/* .undoesByRestore */ .U)(ctx, database.name) };
    const item = `migrate:${database.name}`;
    await ctx.platform.group(`Migration of ${database.name}`, async () => {
        if ('files' in spec) {
            await recorder.change('migrate', { item, undo, make: async () => ({ value: undefined, data: { applied: await database.applyFiles(live, migration.sql) } }) });
            return;
        }
        await recorder.change('migrate', {
            item,
            undo,
            host: database.host.name,
            make: async (start) => {
                (0,_migration_js__WEBPACK_IMPORTED_MODULE_3__/* .mustSucceed */ .MX)(await start((0,_migration_js__WEBPACK_IMPORTED_MODULE_3__/* .scriptJob */ .DF)(ctx, migration, spec.run, live)), `the migration of ${database.name}`, migration.withinMs);
                return { value: undefined };
            },
        });
    });
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


/***/ })

};
