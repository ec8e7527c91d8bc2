export const id = 5764;
export const ids = [5764,665];
export const modules = {

/***/ 5764:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   rollbackAction: () => (/* binding */ rollbackAction)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5663);
/* harmony import */ var _step_context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(665);




/**
 * Undoes a release from its record. Started by a workflow on its own, it undoes what this very run released and nothing
 * else; started by hand, the newest, or back to the version that was named.
 */
async function rollbackAction(inputs, around) {
    const { job } = around;
    const rowsWrittenSince = rowsRule(inputs['rows-written-since'], inputs['accept-loss']);
    const runbook = inputs.record === undefined ? undefined : await runbookOfRecord((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(job.workspace, inputs.record), inputs.environment);
    // A rollback finds its own version in the record; the tag that started this workflow says nothing about it.
    const own = { ...inputs, version: inputs.version ?? '-' };
    return (0,_step_context_js__WEBPACK_IMPORTED_MODULE_3__.withContext)('rollback', own, around, runbook, async (ctx) => {
        const { rollback } = await Promise.all(/* import() */[__webpack_require__.e(9932), __webpack_require__.e(5504), __webpack_require__.e(8730), __webpack_require__.e(7931), __webpack_require__.e(8741), __webpack_require__.e(5844), __webpack_require__.e(9877)]).then(__webpack_require__.bind(__webpack_require__, 9877));
        const ofRun = runToUndo(inputs, job);
        const result = await rollback(ctx, {
            reason: inputs.reason ?? (ofRun === undefined ? `by hand, ${job.actor ?? 'somebody'}` : `run ${ofRun} did not come through`),
            acceptLoss: inputs['accept-loss'],
            dryRun: inputs['dry-run'],
            // A person has other ways to say so than a workflow that may start on its own.
            force: false,
            release: inputs.release,
            to: inputs.to,
            ofRun,
            rowsWrittenSince,
        });
        // What waits for people must not keep the environment from the person who decides.
        if (!inputs['dry-run'] && result.decision === 'hold')
            await ctx.store.release(ctx.holder.nonce);
        return { ...result, details: { ...outputsOf(result), ...result.details } };
    });
}
/** The outputs of this action's own, out of the step's numbers. */
function outputsOf({ details }) {
    return {
        version: details.to,
        ...(typeof details.ms === 'number' ? { seconds: Math.round(details.ms / 100) / 10 } : {}),
    };
}
function runToUndo(inputs, job) {
    if (inputs['of-run'] !== undefined)
        return inputs['of-run'];
    if (inputs.release !== undefined || inputs.to !== undefined || process.env.GITHUB_EVENT_NAME === 'workflow_dispatch')
        return undefined;
    return job.run?.id;
}
function rowsRule(given, acceptLoss) {
    if (given === undefined)
        return undefined;
    if (given !== 'ask' && given !== 'keep') {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__/* .RunbookError */ .rk(`input "rows-written-since" is ${JSON.stringify(given)}, expected ask or keep`);
    }
    if (given === 'keep' && acceptLoss) {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__/* .RunbookError */ .rk('"accept-loss" restores the database, "rows-written-since: keep" leaves it as it is; expected one of them', {
            hint: 'a dry run tells what each would cost',
        });
    }
    return given;
}
/** A copy of a record holds the runbook it was made with: no checkout is needed to come back. */
async function runbookOfRecord(file, environment) {
    const name = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(process.cwd(), file);
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__/* .RunbookError */ .rk(`the record ${name} cannot be read (${error.code}); nothing was changed`, {
            hint: 'expected a copy of a record, one event a line (.jsonl): each job keeps one as an artifact',
        });
    }
    const [{ parseRecord }, { restoreRunbook }] = await Promise.all([
        __webpack_require__.e(/* import() */ 2436).then(__webpack_require__.bind(__webpack_require__, 2436)),
        Promise.all(/* import() */[__webpack_require__.e(5844), __webpack_require__.e(8364)]).then(__webpack_require__.bind(__webpack_require__, 5844)),
    ]);
    const [opened] = parseRecord(text, name).events;
    if (opened?.event !== 'opened')
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__/* .RunbookError */ .rk(`${name} is no record: its first line is no "opened" event; nothing was changed`);
    if (environment !== undefined && environment !== opened.environment) {
        throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__/* .RunbookError */ .rk(`${name} is a record of ${opened.environment}, expected one of ${environment}; nothing was changed`);
    }
    return restoreRunbook(opened.runbook);
}


/***/ }),

/***/ 665:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  withContext: () => (/* binding */ withContext)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var error = __webpack_require__(5663);
;// CONCATENATED MODULE: ./packages/github/lib/alone.js



/** The section that a text in `config` is, when it is not several by their names. */
const sections = {
    'preflight-check': 'preflight',
    'db-backup': 'backup',
    migrate: 'migrate',
    deploy: 'deploy',
    'smoke-test': 'smoke',
    'canary-gate': 'canary',
    rollback: 'rollback',
};
/** The one host of an action that works alone: the runner. */
const host = 'runner';
/**
 * The runbook of an action that was given none: made from its inputs. Undefined when it works with the runbook's file.
 * @throws RunbookError for inputs that do not fit together, with positions in `config`
 */
async function aloneRunbook(action, inputs, job) {
    const { config, environment } = inputs;
    // A rollback takes what it undoes from the record, so all that it needs is where that lies.
    const bare = action === 'rollback' && config === undefined && !(0,external_node_fs_.existsSync)((0,external_node_path_.resolve)(job.workspace, inputs.runbook ?? ''));
    if (config === undefined && inputs.url === undefined && !bare)
        return undefined;
    const system = systemName(job);
    const base = {
        hosts: { [host]: { local: true, directory: job.workspace } },
        ...source(action, job),
        ...fromInputs(action, inputs, job),
    };
    const { inlineRunbook, restoreRunbook } = await Promise.all(/* import() */[__webpack_require__.e(5844), __webpack_require__.e(8364)]).then(__webpack_require__.bind(__webpack_require__, 5844));
    if (config !== undefined) {
        const given = { section: sections[action], config, system, environment };
        const runbook = await inlineRunbook({ ...given, base });
        // A host that was named keeps the record better than a runner that may vanish.
        const named = Object.keys(runbook.hosts).find((name) => name !== host);
        return named === undefined || runbook.home !== host ? runbook : inlineRunbook({ ...given, base: { ...base, record: { on: named } } });
    }
    // Nobody wrote this one, so nobody is told how its parts should fit together; rollback's own rules for data hold anyway.
    return restoreRunbook({ runbook: 'v1', system, environment: environment ?? 'default', ...base });
}
function systemName(job) {
    const name = (job.repository?.repo ?? (0,external_node_path_.basename)(job.workspace))
        .replace(/[^A-Za-z0-9_.-]/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '');
    return name.slice(0, 64) || 'alone';
}
/** A checkout is a version's files. Without one there are none, and an empty folder says so. */
function source(action, job) {
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(job.workspace, '.git')))
        return { source: { git: { directory: job.workspace } } };
    if (action === 'migrate' || action === 'deploy')
        return { source: { directory: job.workspace } };
    const empty = (0,external_node_path_.join)(job.temporary, 'release-runbook-no-checkout');
    (0,external_node_fs_.mkdirSync)(empty, { recursive: true });
    return { source: { directory: empty } };
}
function fromInputs(action, inputs, job) {
    if (inputs.url === undefined)
        return {};
    if (action === 'smoke-test')
        return { smoke: [{ http: httpCheck(inputs) }], previous: 'before' };
    const name = inputs.name ?? 'main';
    const databases = { [name]: { engine: 'sqlite', path: sqlitePath(inputs.url, job.workspace), on: host } };
    if (action === 'db-backup')
        return { databases, backup: backupSection(inputs, job.workspace), previous: 'before' };
    if (action !== 'migrate')
        return { databases };
    if (inputs.files === undefined) {
        throw new error/* RunbookError */.rk('input "files" is missing, expected the folder of SQL files to run, such as "migrations"', {
            hint: 'with a runbook, leave out "url": its migrate section says what runs',
        });
    }
    return { databases, migrate: { [name]: { files: inputs.files, undo: { restore: {} } } }, previous: 'before' };
}
/** `sqlite:app.db`, `sqlite:///srv/app.db`. The URL itself may hold a password, so no message repeats it. */
function sqlitePath(url, workspace) {
    const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(url) ?? [];
    if (scheme.toLowerCase() !== 'sqlite' && scheme.toLowerCase() !== 'sqlite3') {
        throw new error/* RunbookError */.rk(scheme === ''
            ? 'input "url" is no URL, expected one such as "sqlite:app.db"'
            : `not yet supported: databases by a URL of scheme "${scheme}"`, { hint: 'supported now: sqlite:FILE' });
    }
    const path = rest.replace(/^\/\/(?=\/|\.)/, '').replace(/\?.*$/s, '');
    if (path === '' || path.startsWith('//'))
        throw new error/* RunbookError */.rk('input "url" names no file, expected one such as "sqlite:app.db"');
    return (0,external_node_path_.resolve)(workspace, path);
}
function backupSection(inputs, workspace) {
    const keep = inputs.keep === undefined ? {} : { keep: whole('keep', inputs.keep) };
    const { to } = inputs;
    if (to === undefined)
        return keep;
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(to)?.[1]?.toLowerCase();
    if (scheme === undefined)
        return { ...keep, directory: (0,external_node_path_.resolve)(workspace, to) };
    const ssh = /^ssh:\/\/([^/\s]+)(\/.*)$/i.exec(to);
    if (scheme !== 'ssh' || ssh === null) {
        throw new error/* RunbookError */.rk(scheme === 'ssh'
            ? 'input "to" names no folder, expected ssh://user@host/folder'
            : `not yet supported: backups to "${scheme}:"`, {
            hint: 'supported now: a folder, or ssh://user@host/folder',
        });
    }
    return { ...keep, copies: [{ ssh: ssh[1], directory: ssh[2] }] };
}
function httpCheck(inputs) {
    return {
        url: inputs.url,
        ...(inputs.status === undefined ? {} : { status: whole('status', inputs.status) }),
        ...(inputs.p95 === undefined ? {} : { p95: inputs.p95 }),
        ...(inputs.contains === undefined ? {} : { contains: inputs.contains }),
    };
}
function whole(name, text) {
    if (/^\d{1,9}$/.test(text))
        return Number(text);
    throw new error/* RunbookError */.rk(`input "${name}" is ${JSON.stringify(text)}, expected a whole number`);
}

// EXTERNAL MODULE: ./packages/github/lib/job.js
var lib_job = __webpack_require__(5086);
;// CONCATENATED MODULE: ./packages/github/lib/step-context.js




/**
 * Opens a step's context from an action's inputs, does the work with it, and closes it. The result gets what every action
 * tells: where the record is.
 * @param given a runbook that was found elsewhere; undefined: that of the inputs
 */
async function withContext(action, inputs, around, given, work) {
    const { job, masker } = around;
    const alone = given === undefined ? await aloneRunbook(action, inputs, job) : undefined;
    const runbook = given ?? alone ?? (await fileRunbook(inputs, job));
    const { openContext, secretsOf } = await Promise.all(/* import() */[__webpack_require__.e(5504), __webpack_require__.e(7165)]).then(__webpack_require__.bind(__webpack_require__, 5504));
    masker.add(Object.values(secretsOf(runbook, process.env)));
    const ctx = await openContext(await stepInputs(inputs, runbook, alone !== undefined, around));
    try {
        const result = inputs['dry-run'] === true && action !== 'rollback'
            ? await dryRun(ctx, action)
            : await work(ctx, alone !== undefined);
        const record = result.release === null ? ctx.store.place : `${ctx.store.place}/${result.release}.jsonl`;
        return { ...result, details: { record, ...result.details } };
    }
    finally {
        await ctx.close();
    }
}
async function fileRunbook(inputs, job) {
    const { loadRunbook } = await Promise.all(/* import() */[__webpack_require__.e(5844), __webpack_require__.e(8364)]).then(__webpack_require__.bind(__webpack_require__, 5844));
    const file = inputs.runbook ?? '.github/runbook.yml';
    // Read from the checkout, and named as it was given, so that annotations find their line.
    if ((0,external_node_path_.resolve)(job.workspace) !== process.cwd())
        process.chdir(job.workspace);
    return loadRunbook(file, { environment: inputs.environment, variables: process.env });
}
async function stepInputs(inputs, runbook, alone, around) {
    const { job, platform, forge } = around;
    const version = inputs.version ?? (await (0,lib_job/* versionOfEvent */.o_)(job)) ?? (alone ? (job.commit ?? 'local') : undefined);
    if (version === undefined) {
        const { Outcome } = await __webpack_require__.e(/* import() */ 4785).then(__webpack_require__.bind(__webpack_require__, 4785));
        throw new Outcome('refuse', 'unknown-version', 'this workflow was not started by a tag, and no version was given; nothing was changed', {
            next: 'pass the input `version`, or start the workflow by a tag',
        });
    }
    // The record of an action that works alone lives as long as its job.
    const root = alone && isLocal(runbook) ? { root: (0,external_node_path_.join)(job.temporary, 'release-runbook') } : {};
    const first = inputs.first === true || (alone && runbook.previous === undefined);
    return {
        runbook,
        version,
        holder: (0,lib_job/* holderOf */.Kd)(job, core.exportVariable),
        run: job.run,
        env: process.env,
        vanishing: job.vanishing,
        first,
        platform,
        forge,
        ...root,
        ...(inputs.release === undefined ? {} : { release: inputs.release }),
        ...(inputs.approved === undefined ? {} : { approved: inputs.approved }),
        ...(inputs['holder-result'] === undefined ? {} : { holderResult: inputs['holder-result'] }),
    };
}
const isLocal = (runbook) => {
    const home = runbook.home === undefined ? undefined : runbook.hosts[runbook.home];
    return home !== undefined && 'local' in home;
};
const planned = {
    'db-backup': 'backup',
    migrate: 'migrate',
    deploy: 'deploy',
    'canary-gate': 'canary',
};
/** What the step would do, out of the plan of the whole release. */
async function dryRun(ctx, action) {
    const [{ planRelease }, { renderPlanText }, { result }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(8730), __webpack_require__.e(4924)]).then(__webpack_require__.bind(__webpack_require__, 8730)),
        Promise.all(/* import() */[__webpack_require__.e(3010), __webpack_require__.e(5757)]).then(__webpack_require__.bind(__webpack_require__, 5757)),
        __webpack_require__.e(/* import() */ 4785).then(__webpack_require__.bind(__webpack_require__, 4785)),
    ]);
    const plan = await planRelease(ctx);
    const items = plan.items.filter(({ step }) => step === planned[action]);
    ctx.platform.log(renderPlanText({ ...plan, items }, ctx.runbook.locale));
    const text = items.length === 0 ? 'nothing would be done' : `would do: ${items.map(({ what }) => what).join('; ')}`;
    return result('proceed', 'dry-run', text, { wayBack: plan.wayBack, details: { items, digest: plan.digest } });
}


/***/ })

};
