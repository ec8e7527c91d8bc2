export const id = 7931;
export const ids = [7931];
export const modules = {

/***/ 6025:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ resumeRecord),
/* harmony export */   e: () => (/* binding */ createRecord)
/* harmony export */ });
/* harmony import */ var _fold_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2436);
/* harmony import */ var _store_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8338);
/* harmony import */ var _release_runbook_hosts_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7214);



/** Creates a release's record with its `opened` event. */
async function createRecord(release, opened, options) {
    const [event] = await options.store.append(release, 0, options.lease, [opened]);
    return recorder(release, event === undefined ? [] : [event], [], 1, options);
}
/** Goes on with a release's record from its state as it was read. */
function resumeRecord(state, options) {
    return recorder(state.release, state.events, state.torn, state.next, options);
}
function recorder(release, known, torn, from, options) {
    const { store, lease, hosts, redact } = options;
    let events = [...known];
    let next = from;
    let cached;
    const took = (added) => {
        events = [...events, ...added];
        next += added.length;
        cached = undefined;
    };
    const state = () => {
        const opened = events[0];
        if (opened?.event !== 'opened')
            throw new Error('a record begins with opened');
        cached ??= (0,_fold_js__WEBPACK_IMPORTED_MODULE_0__.foldEvents)(opened, events, torn, next);
        return cached;
    };
    const write = async (...added) => {
        if (added.length > 0)
            took(await store.append(release, next, lease, added));
    };
    /** Writes `event` before `make` begins, or with the first job that it starts on the record's home. */
    const announced = async (event, id, make) => {
        const withJob = event.host === undefined ? undefined : store.announce(event.host, release, next, lease, event);
        let pending = withJob;
        if (pending === undefined)
            await write(event);
        const start = async (job) => {
            if (event.host === undefined)
                throw new Error(`${id} starts a job and names no host`);
            const announcement = pending;
            pending = undefined;
            const host = hosts.get(event.host);
            try {
                const result = await host.supervise({
                    ...job,
                    id,
                    release,
                    epoch: lease.epoch,
                    ...(announcement === undefined ? {} : { announce: announcement.announcement }),
                });
                if (announcement !== undefined)
                    took([announcement.event]);
                return result;
            }
            catch (error) {
                if (error instanceof _release_runbook_hosts_host__WEBPACK_IMPORTED_MODULE_2__/* .Refusal */ .P_)
                    throw new _store_js__WEBPACK_IMPORTED_MODULE_1__/* .AppendRefused */ .j(error.code === 70 ? 'conflict' : error.code === 71 ? 'lock' : 'epoch', store.place);
                throw error;
            }
        };
        const value = await make(start);
        // `make` found nothing to start: what it did is announced all the same.
        if (pending !== undefined) {
            pending = undefined;
            await write(event);
        }
        return value;
    };
    /** After a failure it is not always known whether the announcement reached the record: look. */
    const catchUp = async () => {
        const text = await store.read(release);
        if (text === undefined)
            return;
        const found = (0,_fold_js__WEBPACK_IMPORTED_MODULE_0__.fold)(text, release);
        events = [...found.events];
        next = found.next;
        cached = undefined;
    };
    return {
        release,
        epoch: lease.epoch,
        state,
        write,
        async change(step, { item, undo, host, make }) {
            if (state().items.find((known) => known.item === item)?.state === 'done')
                return undefined;
            const began = performance.now();
            const intends = { event: 'intends', step, item, undo, ...(host === undefined ? {} : { host }) };
            try {
                const { value, data } = await announced(intends, item, make);
                await write({ event: 'did', step, item, ms: Math.round(performance.now() - began), ...(data === undefined ? {} : { data }) });
                return { value };
            }
            catch (error) {
                if (error instanceof _store_js__WEBPACK_IMPORTED_MODULE_1__/* .AppendRefused */ .j)
                    throw error;
                const failed = {
                    event: 'failed',
                    step,
                    item,
                    ms: Math.round(performance.now() - began),
                    message: redact(error instanceof Error ? error.message : String(error)),
                };
                try {
                    await catchUp();
                    if (state().items.some((known) => known.item === item && known.state === 'announced'))
                        await write(failed);
                }
                catch {
                    // The first failure is the one to tell; an item without an end is settled by whoever comes next.
                }
                throw error;
            }
        },
        async undo({ item, host, make }) {
            const began = performance.now();
            const { how, data } = await announced({ event: 'undoing', step: 'rollback', item, ...(host === undefined ? {} : { host }) }, `undo-${item}`, make);
            await write({ event: 'undone', step: 'rollback', item, ms: Math.round(performance.now() - began), how: redact(how), ...(data === undefined ? {} : { data }) });
        },
    };
}


/***/ }),

/***/ 2838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HJ: () => (/* binding */ takeLock),
/* harmony export */   sG: () => (/* binding */ describeHolder)
/* harmony export */ });
/* unused harmony exports processStart, terminalHolder */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5663);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4785);




/** Takes the environment's lock, from a dead holder when that can be shown; refuses with the holder's name otherwise. */
async function takeLock(ctx, lock, options = {}) {
    const holder = lock.holder;
    const other = holder !== undefined && holder.nonce !== ctx.holder.nonce;
    const proof = other ? await proveDead(ctx, holder, options.human === true) : undefined;
    if (other && proof === undefined)
        throw locked(holder);
    const { taken, state } = await ctx.store.take(ctx.holder, proof === undefined ? undefined : lock.epoch);
    if (!taken)
        throw locked(state.holder);
    return { lease: { nonce: ctx.holder.nonce, epoch: state.epoch }, proof };
}
function locked(holder) {
    return new _outcome_js__WEBPACK_IMPORTED_MODULE_3__.Outcome('refuse', 'locked', `this environment is held by ${holder === undefined ? 'another run' : describeHolder(holder)}; nothing was changed`, {
        next: 'wait for it, or see `runbook status`; when you know that it is dead: `runbook unlock`',
    });
}
function describeHolder(holder) {
    if (holder.terminal !== undefined)
        return `a terminal (${holder.terminal.host}, process ${holder.terminal.pid}, since ${holder.since})`;
    return `run ${holder.run}, attempt ${holder.attempt}, job ${holder.job} (since ${holder.since})`;
}
/** Proof that a lock's holder is dead; undefined when nothing shows it. */
async function proveDead(ctx, holder, human) {
    const { holder: own } = ctx;
    if (human)
        return { by: 'human', text: 'a person says that the holder is dead' };
    if (holder.terminal !== undefined) {
        if (holder.terminal.host !== (0,node_os__WEBPACK_IMPORTED_MODULE_1__.hostname)())
            return undefined;
        const started = await processStart(holder.terminal.pid);
        return started === holder.terminal.startedAt ? undefined : { by: 'process-gone', text: `process ${holder.terminal.pid} is gone` };
    }
    if (holder.run === own.run && holder.attempt < own.attempt)
        return { by: 'same-run', text: `attempt ${holder.attempt} of the same run ended before attempt ${own.attempt} began` };
    if (holder.run === own.run && ctx.holderResult !== undefined && ctx.holderResult !== '' && holder.job !== own.job)
        return { by: 'needs-result', text: `the job ${holder.job} ended: ${ctx.holderResult}` };
    const ended = await ctx.forge?.ended(holder.run, holder.attempt, holder.job);
    return ended === true ? { by: 'forge', text: `the forge says that run ${holder.run} has ended` } : undefined;
}
/** When a process of this machine started; undefined: there is none. Tells it from a later one with the same number. */
async function processStart(pid) {
    try {
        const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(`/proc/${pid}/stat`, 'utf8');
        const boot = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)('/proc/sys/kernel/random/boot_id', 'utf8');
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return fields[0] === 'Z' ? undefined : `${boot.trim()}/${fields[19]}`;
    }
    catch (error) {
        if (error.code !== 'ENOENT')
            throw error;
    }
    // No /proc on this system: whether the process is there is all that can be told.
    try {
        process.kill(pid, 0);
        return 'running';
    }
    catch {
        return undefined;
    }
}
/** The holder for a terminal: this process. */
async function terminalHolder(nonce, now) {
    const startedAt = await processStart(process.pid);
    if (startedAt === undefined)
        throw new RunbookError('this process cannot find itself');
    return { run: 'terminal', attempt: 1, job: 'runbook', nonce, terminal: { host: hostname(), pid: process.pid, startedAt }, since: now.toISOString() };
}


/***/ }),

/***/ 246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  J: () => (/* binding */ refused),
  e: () => (/* binding */ runStep)
});

// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/steps/lib/context.js + 8 modules
var context = __webpack_require__(5504);
// EXTERNAL MODULE: ./packages/record/lib/recorder.js
var lib_recorder = __webpack_require__(6025);
// EXTERNAL MODULE: ./packages/steps/lib/environment.js
var lib_environment = __webpack_require__(6548);
// EXTERNAL MODULE: ./packages/steps/lib/lock.js
var lock = __webpack_require__(2838);
// EXTERNAL MODULE: ./packages/steps/lib/outcome.js
var outcome = __webpack_require__(4785);
// EXTERNAL MODULE: ./packages/steps/lib/plan.js
var plan = __webpack_require__(8730);
// EXTERNAL MODULE: ./packages/steps/lib/settle.js
var settle = __webpack_require__(1070);
;// CONCATENATED MODULE: ./packages/steps/lib/tool.js
/** Written into every record: which version of the suite made it. */
const TOOL = 'release-runbook 0.1.0';

;// CONCATENATED MODULE: ./packages/steps/lib/open-release.js







/**
 * Goes on with this run's release, or opens it: takes the lock, checks that the approved plan is the one that would run, and
 * writes `opened`. After a dead attempt, what is still in flight is stopped and settled first.
 */
async function openRelease(ctx) {
    const environment = await (0,lib_environment/* readEnvironment */.Qo)(ctx);
    const own = ownRelease(ctx, environment);
    if (own !== undefined && own.status !== 'rolled-back' && !(own.status === 'closed' && !(0,lib_environment/* served */.EZ)(own))) {
        if (own.status === 'serving' || own.status === 'superseded' || own.status === 'closed')
            return { finished: own, environment };
        if (own.status === 'rolling-back')
            throw new outcome.Outcome('refuse', 'locked', `release ${own.release} is being rolled back; nothing was changed`, { next: 'runbook rollback' });
        const { lease, proof } = await (0,lock/* takeLock */.HJ)(ctx, environment.lock);
        const recorder = (0,lib_recorder/* resumeRecord */.D)(own, { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact });
        if (proof !== undefined) {
            await recorder.write({ event: 'noted', step: 'release', text: `lock taken over: ${proof.text}`, data: { epoch: lease.epoch, by: proof.by } });
            await (0,settle/* settle */.G)(ctx, recorder);
        }
        return { recorder, environment, previous: environment.current, lease };
    }
    return await open_release_open(ctx, environment);
}
async function open_release_open(ctx, environment) {
    const { current } = environment;
    if (environment.open !== undefined)
        throw new outcome.Outcome('refuse', 'locked', `release ${environment.open.release} (${environment.open.opened.version}) is under way (${environment.open.status}); nothing was changed`, {
            next: 'wait for it, or bring it back: runbook rollback',
        });
    const previous = current?.opened.version ?? ctx.runbook.previous ?? null;
    if (previous === null && ctx.first !== true)
        throw new outcome.Outcome('refuse', 'no-previous-version', `no earlier release of ${ctx.runbook.system} is recorded for ${ctx.runbook.environment}, so there is nothing to come back to; nothing was changed`, {
            next: 'name the version that runs now in the runbook (`previous: v1.0.0`), or pass --first (input `first: true`) for a system that was never released',
        });
    const { digest, commit } = await (0,plan.planDigest)(ctx, previous);
    if (ctx.approved !== undefined && ctx.approved !== '' && ctx.approved !== digest)
        throw new outcome.Outcome('refuse', 'plan-changed', `the plan is not the one that was approved (${ctx.approved.slice(0, 12)} then, ${digest.slice(0, 12)} now); nothing was changed`, {
            next: 'run all jobs again: the plan is made anew, and approved anew',
        });
    const { lease } = await (0,lock/* takeLock */.HJ)(ctx, environment.lock);
    const release = releaseId(ctx.clock.now(), ctx.version);
    try {
        const recorder = await (0,lib_recorder/* createRecord */.e)(release, {
            event: 'opened',
            step: 'release',
            release,
            system: ctx.runbook.system,
            environment: ctx.runbook.environment,
            version: ctx.version,
            previous,
            tracks: (0,lib_environment/* tracksNow */.ZF)(ctx, current),
            runbook: ctx.runbook.resolved,
            commit,
            digest,
            tool: TOOL,
            run: ctx.run,
        }, { store: ctx.store, lease, hosts: ctx.hosts, redact: ctx.redact });
        return { recorder, environment, previous: current, lease };
    }
    catch (error) {
        await ctx.store.release(lease.nonce).catch(() => { });
        throw error;
    }
}
function ownRelease(ctx, environment) {
    const own = environment.releases.findLast((release) => ctx.release === undefined ? ctx.run !== null && release.opened.run?.id === ctx.run.id : release.release === ctx.release);
    if (own === undefined && ctx.release !== undefined)
        throw new outcome.Outcome('refuse', 'no-such-release', `there is no release ${ctx.release} in this environment; nothing was changed`, { next: 'runbook status' });
    return own;
}
/** `20261121T021109Z-v2.0.0`: sorts by time, and is a file's name. */
function releaseId(now, version) {
    const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, '');
    return `${time}-${version.replaceAll(/[^A-Za-z0-9_.+-]/g, '_').slice(0, 100)}`;
}

// EXTERNAL MODULE: ./packages/steps/lib/way-back.js
var way_back = __webpack_require__(8332);
;// CONCATENATED MODULE: ./packages/steps/lib/run-step.js





/**
 * The frame of every step that changes something: joins or opens the release, does the work, writes how it ended, and turns
 * whatever was thrown into a decision. Nothing that has an undo was begun: `refuse`, and the release is closed. Otherwise a
 * failure asks for the rollback of this very release.
 */
async function runStep(ctx, step, work) {
    let opened;
    try {
        opened = await openRelease(ctx);
    }
    catch (error) {
        return refused(ctx, error);
    }
    if ('finished' in opened) {
        const { finished } = opened;
        return (0,outcome.result)('proceed', 'already-done', `${finished.opened.version} already serves (release ${finished.release})`, {
            release: finished.release,
            wayBack: (0,way_back/* wayBackOf */.m)(ctx, finished),
        });
    }
    const { recorder } = opened;
    try {
        const done = await work(opened);
        const state = recorder.state();
        const wayBack = (0,way_back/* wayBackOf */.m)(ctx, state);
        if (done.hold !== undefined)
            await recorder.write({ event: 'held', step, why: done.text, until: done.hold.until.toISOString() });
        await ctx.platform.publish(recorder.state(), { wayBack });
        return done.hold === undefined
            ? (0,outcome.result)('proceed', 'done', done.text, { release: recorder.release, wayBack, details: done.details ?? {} })
            : (0,outcome.result)('hold', done.hold.reason, done.text, { release: recorder.release, wayBack, next: done.hold.next, details: done.details ?? {} });
    }
    catch (error) {
        return await failed(ctx, step, opened, error);
    }
}
/** Before the record was opened: nothing has changed. */
function refused(ctx, error) {
    if (error instanceof outcome.Outcome)
        return (0,outcome.result)(error.decision, error.reason, ctx.redact(error.message), { next: error.next, details: error.details });
    if (error instanceof lib_error/* RunbookError */.rk)
        return (0,outcome.result)('refuse', 'invalid-input', ctx.redact(error.message), { next: error.hint });
    if (error instanceof context/* Cancelled */.c)
        return (0,outcome.result)('refuse', 'invalid-input', 'cancelled before anything was changed');
    throw error;
}
async function failed(ctx, step, opened, error) {
    const { recorder, lease } = opened;
    if (!(error instanceof outcome.Outcome) && !(error instanceof lib_error/* RunbookError */.rk) && !(error instanceof context/* Cancelled */.c))
        throw error;
    const text = ctx.redact(error.message);
    const state = recorder.state();
    const undoable = state.items.some((item) => item.intends.undo !== null && item.state !== 'undone');
    const reason = error instanceof context/* Cancelled */.c ? 'cancelled' : error instanceof outcome.Outcome ? error.reason : 'step-failed';
    const decision = undoable ? 'roll-back' : 'refuse';
    // What has ended is written while it can be: a record that cannot be written stays open, and is found by the next job.
    const trouble = await attempt(async () => {
        await recorder.write({ event: 'judged', step, item: step, verdict: 'fail', text, decision, reason });
        if (decision === 'refuse') {
            await recorder.write({ event: 'closed', step, text: `refused before anything was changed: ${text}` });
            await ctx.store.release(lease.nonce);
        }
    });
    const wayBack = (0,way_back/* wayBackOf */.m)(ctx, recorder.state());
    await ctx.platform.publish(recorder.state(), { wayBack });
    const hint = error instanceof lib_error/* RunbookError */.rk ? error.hint : error instanceof outcome.Outcome ? error.next : undefined;
    return (0,outcome.result)(decision, reasonFor(decision, reason), trouble === undefined ? text : `${text}; and ${trouble}`, {
        release: recorder.release,
        wayBack,
        next: decision === 'roll-back' ? next(state, hint) : `nothing was changed${hint === undefined ? '' : `; ${hint}`}`,
        details: error instanceof outcome.Outcome ? error.details : {},
    });
}
function reasonFor(decision, reason) {
    if (decision === 'refuse') {
        const refusals = ['rehearsal-failed', 'unverified-backup', 'no-space', 'unreachable', 'unknown-version', 'no-way-back', 'not-ready', 'locked', 'plan-changed'];
        return (refusals.includes(reason) ? reason : 'not-ready');
    }
    const reasons = ['step-failed', 'expectation-failed', 'check-failed', 'trigger-fired', 'canary-worse', 'not-healthy', 'cancelled', 'timed-out'];
    return (reasons.includes(reason) ? reason : 'step-failed');
}
function next(state, hint) {
    const done = state.items.filter((item) => item.intends.undo !== null && item.state !== 'undone').map(({ item }) => item);
    return `changed so far: ${done.join(', ')}; go back with: runbook rollback --release ${state.release}${hint === undefined ? '' : ` (${hint})`}`;
}
async function attempt(work) {
    try {
        await work();
        return undefined;
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}


/***/ }),

/***/ 1070:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ settle)
/* harmony export */ });
/**
 * After a dead runner: items that were announced and have no end. Their jobs may still run on the host; they are stopped, and
 * what is known of them is written. Undo then starts from a state that no longer moves.
 */
async function settle(ctx, recorder) {
    const { items, release, events } = recorder.state();
    const undoing = events.findLast((event) => event.event === 'undoing');
    for (const { item, state, intends } of items) {
        const id = state === 'undoing' ? `undo-${item}` : item;
        const host = state === 'undoing' && undoing?.event === 'undoing' && undoing.item === item ? undoing.host : intends.host;
        if ((state !== 'announced' && state !== 'undoing') || host === undefined)
            continue;
        const on = ctx.hosts.get(host);
        const found = await on.jobState(release, id);
        if (found.state === 'running')
            ctx.platform.log(`${item}: process group ${found.pid} still runs on ${host}; stopping it`);
        const after = found.state === 'running' ? await on.stopJob(release, id) : found;
        const text = found.state === 'running'
            ? `${item} was still running on ${host} (process group ${found.pid}); it was stopped`
            : after.state === 'done'
                ? `${item} ended on ${host} with exit code ${after.code}, unseen`
                : after.state === 'lost'
                    ? `${item} was begun on ${host} and did not come to an end`
                    : `${item} was announced and not begun on ${host}`;
        await recorder.write({ event: 'noted', step: 'rollback', text, data: { item, host, found: found.state, after: after.state } });
    }
}


/***/ }),

/***/ 2532:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fh: () => (/* binding */ mainPort),
/* harmony export */   HM: () => (/* binding */ portOf),
/* harmony export */   SW: () => (/* binding */ slotOf),
/* harmony export */   hV: () => (/* binding */ releaseVariables),
/* harmony export */   nV: () => (/* binding */ serviceVariables)
/* harmony export */ });
/* unused harmony export databaseVariables */
/* harmony import */ var _environment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6548);

/** What scripts, checks and services are told of a release. */
function releaseVariables(ctx, release) {
    return {
        SYSTEM: ctx.runbook.system,
        ENVIRONMENT: ctx.runbook.environment,
        VERSION: release.version,
        PREVIOUS_VERSION: release.previous ?? '',
        RELEASE: release.release,
    };
}
/** Variables of every database's live instance, by which scripts and applications find it. */
async function databaseVariables(ctx, instead = {}) {
    const all = {};
    for (const [name, database] of Object.entries(ctx.databases))
        Object.assign(all, instead[name] ?? database.environment(await database.live()));
    return all;
}
/** Port of a service on a track, as text; empty when it has none. */
function portOf(ctx, service, slot) {
    const spec = ctx.runbook.services[service];
    const port = slot === null ? spec?.port : spec?.slots?.[slot]?.port;
    return port === undefined ? '' : String(port);
}
/** The slot of a service that a release works on: the canary's for a slotted service, null for one in one place. */
function slotOf(ctx, service, tracks, track) {
    if (ctx.runbook.services[service]?.slots === undefined)
        return null;
    return (tracks ?? (0,_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .tracksNow */ .ZF)(ctx, undefined))?.[track] ?? null;
}
/** Variables that a service's process is started with. */
async function serviceVariables(ctx, release, service, slot, track, databases = {}) {
    return {
        ...releaseVariables(ctx, release),
        ...(await databaseVariables(ctx, databases)),
        TRACK: track,
        SLOT: slot ?? '',
        PORT: portOf(ctx, service, slot),
    };
}
/** $PORT of checks: that of the canary's (or only) place of the first service that has one. */
function mainPort(ctx, tracks, track) {
    for (const service of Object.keys(ctx.runbook.services)) {
        const port = portOf(ctx, service, slotOf(ctx, service, tracks, track));
        if (port !== '')
            return port;
    }
    return '';
}


/***/ })

};
