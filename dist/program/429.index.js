export const id = 429;
export const ids = [429];
export const modules = {

/***/ 5086:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kd: () => (/* binding */ holderOf),
/* harmony export */   cd: () => (/* binding */ readJob),
/* harmony export */   o_: () => (/* binding */ versionOfEvent)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

function readJob(env = process.env) {
    const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').split('/');
    const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
    const id = env.GITHUB_RUN_ID;
    const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? '1') || 1;
    const workspace = env.GITHUB_WORKSPACE || process.cwd();
    return {
        repository: owner && repo ? { owner, repo } : undefined,
        run: id === undefined || id === ''
            ? null
            : { id, attempt, url: `${server}/${owner}/${repo}/actions/runs/${id}/attempts/${attempt}` },
        job: env.GITHUB_JOB || 'job',
        commit: env.GITHUB_SHA || undefined,
        tag: env.GITHUB_REF_TYPE === 'tag' ? env.GITHUB_REF_NAME || undefined : undefined,
        actor: env.GITHUB_ACTOR || undefined,
        apiUrl: env.GITHUB_API_URL || 'https://api.github.com',
        vanishing: env.RUNNER_ENVIRONMENT === 'github-hosted',
        workspace,
        temporary: env.RUNNER_TEMP || workspace,
    };
}
/** The version that the event names: the tag, or that of a published release, or the input of a dispatch. */
async function versionOfEvent(job) {
    if (job.tag !== undefined || process.env.GITHUB_EVENT_PATH === undefined)
        return job.tag;
    // Brings half of Octokit along, so it is loaded for the events that need it alone.
    const { context } = await Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(722)]).then(__webpack_require__.bind(__webpack_require__, 722));
    const payload = context.payload;
    const found = payload.release?.tag_name ?? payload.inputs?.version;
    return typeof found === 'string' && found !== '' ? found : undefined;
}
const nonceVariable = 'RELEASE_RUNBOOK_NONCE';
/** Who holds the lock: the job, told apart from any other by a nonce that its steps share through the job's environment. */
function holderOf(job, exportVariable, now = new Date()) {
    let nonce = process.env[nonceVariable];
    if (nonce === undefined || nonce === '') {
        nonce = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
        exportVariable(nonceVariable, nonce);
    }
    return { run: job.run?.id ?? 'local', attempt: job.run?.attempt ?? 1, job: job.job, nonce, since: now.toISOString() };
}


/***/ }),

/***/ 429:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
;// CONCATENATED MODULE: ./packages/steps/lib/decision.js
/** Why, for machines: a closed list. */
const REASONS = {
    proceed: ['done', 'already-done', 'nothing-to-do', 'rolled-back', 'kept', 'dry-run'],
    hold: ['no-verdict', 'not-enough-data', 'waits-for-people', 'rows-written-since'],
    refuse: [
        'invalid-runbook',
        'invalid-input',
        'plan-changed',
        'locked',
        'outside-window',
        'not-ready',
        'no-way-back',
        'unverified-backup',
        'rehearsal-failed',
        'unknown-version',
        'no-previous-version',
        'no-such-release',
        'unreachable',
        'no-space',
    ],
    'roll-back': ['step-failed', 'expectation-failed', 'check-failed', 'trigger-fired', 'canary-worse', 'not-healthy', 'cancelled', 'timed-out'],
    failed: ['undo-failed', 'record-damaged', 'bug'],
};
/** Exit code in a job of a forge and in a terminal. */
function exitCode(decision, where) {
    if (decision === 'proceed')
        return 0;
    if (decision === 'hold')
        return where === 'forge' ? 0 : 75;
    return decision === 'failed' ? 2 : 1;
}

// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
;// CONCATENATED MODULE: ./packages/github/lib/actions.js
// The one table of what each action takes and gives. action.yml, the tables of the READMEs and action-catalog.md are
// generated from it (scripts/catalog.mjs), so this file imports nothing.
const common = {
    runbook: { description: 'The runbook, from the root of the checkout.', default: '.github/runbook.yml' },
    config: { description: "This step's sections as YAML, in a runbook's words, instead of a runbook." },
    environment: { description: "The runbook's environment. Default: the only one it has." },
    version: { description: 'The version to release. Default: the tag that started the workflow.' },
    release: { description: 'Id of the release to work on. Default: the one of this run.' },
    locale: { description: 'Language of what people read: en or zh-CN. Default: that of the runbook.' },
    token: {
        description: 'Token for comments, release notes and questions to GitHub. With a read-only one the summary tells all.',
        default: '${{ github.token }}',
        secret: true,
    },
};
/** Of the steps that open a release, or join the one of their run. */
const joining = {
    approved: { description: 'Digest of the plan that was approved; a plan that differs is refused as plan-changed.' },
    'holder-result': {
        description: 'Result of the job of this run that held the lock before (`needs.release.result`): proof that it has ended.',
    },
    first: { description: 'There is no version before this one: nothing to come back to.', default: 'false', flag: true },
};
const changing = {
    ...joining,
    'dry-run': { description: 'Tell what would be done and change nothing.', default: 'false', flag: true },
};
const outputs = {
    decision: 'proceed, hold, refuse, roll-back or failed.',
    reason: 'Why, out of a closed list.',
    result: 'Everything as JSON; `schema` is its version.',
    record: 'Where the record of the release is.',
    release: 'Id of the release.',
    'way-back': 'The way back in one line.',
};
const actions = {
    'preflight-check': {
        title: 'Release runbook: preflight check',
        description: 'Is everything ready, and is there a way back? Prints the plan and its digest; changes nothing.',
        icon: 'check-square',
        color: 'blue',
        inputs: {
            ...common,
            rehearse: {
                description: 'Rehearse the migration on the newest verified backup: schema difference, forecast, way back.',
                default: 'true',
                flag: true,
            },
            first: changing.first,
        },
        outputs: {
            ...outputs,
            digest: 'Digest of the plan, for the input `approved` of the steps that carry it out.',
            plan: 'The plan as JSON.',
        },
    },
    'db-backup': {
        title: 'Release runbook: database backup',
        description: 'Backs a database up and proves by restoring it that the backup has the same tables, rows and constraints.',
        icon: 'archive',
        color: 'blue',
        inputs: {
            ...common,
            ...changing,
            url: { description: 'Alone: the database, such as sqlite:app.db.', secret: true },
            to: { description: 'Alone: where backups go, a folder or ssh://user@host/folder.' },
            keep: { description: 'How many verified backups stay.', default: '' },
            name: { description: 'Alone: name of the database in records and file names. Default: from the URL.' },
        },
        outputs: {
            ...outputs,
            backup: 'Id of the backup.',
            verified: 'true when it was restored and compared.',
            rows: 'Rows in it.',
            sha256: 'SHA-256 of its file, hex.',
            file: 'Its file.',
        },
    },
    migrate: {
        title: 'Release runbook: migrate',
        description: 'Migrates a database after a verified backup and a rehearsal, and holds the outcome against what was expected.',
        icon: 'database',
        color: 'purple',
        inputs: {
            ...common,
            ...changing,
            url: { description: 'Alone: the database, such as sqlite:app.db.', secret: true },
            files: { description: 'Alone: SQL files or a pattern, run in the order of their names.' },
        },
        outputs: {
            ...outputs,
            applied: 'What was applied, as a JSON list.',
            backup: 'Id of the backup that a restore would use.',
        },
    },
    deploy: {
        title: 'Release runbook: deploy',
        description: 'Deploys code, configuration and services item by item, each with its undo, and waits until all are healthy.',
        icon: 'upload-cloud',
        color: 'green',
        inputs: { ...common, ...changing },
        outputs: { ...outputs, slot: 'The slot that got the new version; empty for services in one place.' },
    },
    'smoke-test': {
        title: 'Release runbook: smoke test',
        description: 'Checks functions and performance of what was deployed, with numbers. Changes nothing.',
        icon: 'activity',
        color: 'orange',
        inputs: {
            ...common,
            ...joining,
            url: { description: 'Alone: the address to ask.', secret: true },
            status: { description: 'Alone: status expected. Default: 200.' },
            p95: { description: 'Alone: threshold of the 95th percentile, such as "< 200 ms".' },
            contains: { description: 'Alone: a text that the answer must contain.' },
        },
        outputs: { ...outputs, passed: 'How many checks passed.', failed: 'How many did not.' },
    },
    'canary-gate': {
        title: 'Release runbook: canary gate',
        description: 'Shifts traffic weight by weight, compares canary with stable at each, and promotes or sets traffic back.',
        icon: 'git-branch',
        color: 'yellow',
        inputs: { ...common, ...changing },
        outputs: { ...outputs, weight: "The canary's share of traffic at the end, percent." },
    },
    rollback: {
        title: 'Release runbook: rollback',
        description: 'Undoes from the record what a release did, newest first, and proves that the system is as before.',
        icon: 'rewind',
        color: 'red',
        inputs: {
            ...common,
            to: { description: 'The version wanted back. Default: the one before the release.' },
            reason: { description: 'Why, for the record and the people told.' },
            record: { description: 'A copy of the record to work from, when its own place is gone.' },
            'of-run': {
                description: 'Id of the run whose release is undone, and no other. Default: this run; none when started by hand, or with `to` or `release`.',
            },
            'holder-result': changing['holder-result'],
            'dry-run': changing['dry-run'],
            'accept-loss': {
                description: 'Restore the database although rows written since the backup are lost; they are exported first.',
                default: 'false',
                flag: true,
            },
            'rows-written-since': { description: 'ask or keep, instead of what the runbook says.' },
        },
        outputs: {
            ...outputs,
            version: 'The version that serves now.',
            seconds: 'From decision to verified.',
            lost: 'Rows lost by table, JSON.',
            exported: 'Rows exported for re-application by table, JSON.',
        },
    },
};
const actionNames = Object.keys(actions);

// EXTERNAL MODULE: ./packages/units/lib/nearest.js
var nearest = __webpack_require__(5135);
;// CONCATENATED MODULE: ./packages/github/lib/inputs.js



/** Variable in which the runner hands an input over: spaces become underscores, the rest stays, in upper case. */
const inputVariable = (name) => `INPUT_${name.replace(/ /g, '_').toUpperCase()}`;
/**
 * Reads an action's inputs out of the environment of its step.
 * @throws RunbookError with all that is wrong with them
 */
function getInputs(action, env = process.env) {
    const specs = actions[action].inputs;
    const problems = [];
    const values = {};
    for (const [name, spec] of Object.entries(specs)) {
        const given = (env[inputVariable(name)] ?? '').trim();
        const text = given === '' ? fallback(spec, env) : given;
        if (spec.flag)
            values[name] = flag(name, text ?? 'false', problems);
        else
            values[name] = text;
        if (spec.required && text === undefined) {
            problems.push(new lib_error/* RunbookError */.rk(`input "${name}" is missing, expected: ${spec.description}`));
        }
    }
    problems.push(...unknownInputs(action, env));
    const [only] = problems;
    if (only !== undefined)
        throw problems.length === 1 ? only : new lib_error/* RunbookError */.rk('wrong inputs', { problems });
    return values;
}
/** A default that is an expression is the runner's to evaluate; without a runner there is the environment alone. */
function fallback(spec, env) {
    if (spec.default === undefined || spec.default === '')
        return undefined;
    return spec.default.startsWith('${{') ? env.GITHUB_TOKEN || undefined : spec.default;
}
function flag(name, text, problems) {
    const lower = text.toLowerCase();
    if (lower === 'true' || lower === 'false')
        return lower === 'true';
    problems.push(new lib_error/* RunbookError */.rk(`input "${name}" is ${JSON.stringify(text)}, expected true or false`));
    return false;
}
function* unknownInputs(action, env) {
    const known = Object.keys(actions[action].inputs);
    for (const variable of Object.keys(env)) {
        if (!variable.startsWith('INPUT_') || known.some((name) => inputVariable(name) === variable))
            continue;
        const name = variable.slice('INPUT_'.length).toLowerCase();
        // A misspelt input would be left out in silence, `dry-run` among them. A composite action around this one leaves its
        // own inputs in no variable of ours, so what is near to none of the names is not ours either.
        const near = (0,nearest/* nearest */.p)(name, known);
        if (near !== undefined) {
            yield new lib_error/* RunbookError */.rk(`unknown input "${name}" of ${action}`, { hint: `did you mean "${near}"?` });
        }
    }
}
/** The values of secret inputs, for masking, before they are read or checked in any way. */
function secretInputs(action, env = process.env) {
    const specs = actions[action].inputs;
    return Object.entries(specs).flatMap(([name, spec]) => {
        const value = spec.secret ? (env[inputVariable(name)] ?? '') : '';
        // An address without a password or a query is none: masked, it would be missing from every report.
        return value === '' || /^[a-z][a-z0-9+.-]*:[^@?]*$/i.test(value) ? [] : [value];
    });
}

// EXTERNAL MODULE: ./packages/github/lib/job.js
var lib_job = __webpack_require__(5086);
;// CONCATENATED MODULE: ./packages/github/lib/mask.js
/** Shorter texts are no secrets, and masking them would hide half of every log. */
const shortest = 4;
const mask = '***';
const secretName = /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|TOKEN|SECRETS?|CREDENTIALS?|DSN|(?:API|ACCESS|SECRET|PRIVATE|SSH|SIGNING|ENCRYPTION)_?KEY)(?:_|$)/;
const urlWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]*@/i;
/**
 * All forms in which a secret may turn up: raw, each line of it, percent-encoded, decoded, as JSON, as base64; of a URL
 * the whole, and the password and its pair with the user in each of these forms. The longest first.
 */
function secretForms(secret) {
    const forms = new Set();
    for (const raw of [secret, secret.trim(), ...secret.split(/\r?\n/).map((line) => line.trim())])
        addForms(raw, forms);
    for (const { user, password } of userInfos(secret.trim())) {
        for (const form of [password, decoded(password)]) {
            addForms(form, forms);
            // As in an Authorization header.
            addForms(`${decoded(user)}:${form}`, forms);
        }
    }
    return [...forms].filter((form) => form.length >= shortest).sort((a, b) => b.length - a.length);
}
function addForms(raw, forms) {
    if (raw.length < shortest)
        return;
    forms.add(raw);
    const bytes = Buffer.from(raw);
    // Within a longer text, base64 of the same bytes begins at one of three places; its edges depend on the neighbours.
    for (const shift of [0, 1, 2]) {
        const base64 = Buffer.concat([Buffer.alloc(shift), bytes])
            .toString('base64')
            .replace(/=+$/, '');
        const cut = shift === 0 ? base64 : base64.slice(shift + 1);
        const whole = (bytes.length + shift) % 3 === 0 ? cut : cut.slice(0, -1);
        // What is left of a short secret is no longer long enough to mean it.
        if (whole.length >= 8)
            forms.add(whole).add(whole.replace(/\+/g, '-').replace(/\//g, '_'));
    }
    for (const base64 of [bytes.toString('base64'), bytes.toString('base64url')])
        forms.add(base64).add(base64.replace(/=+$/, ''));
    forms.add(JSON.stringify(raw).slice(1, -1));
    try {
        const encoded = encodeURIComponent(raw);
        forms
            .add(encoded)
            .add(encodeURI(raw))
            .add(encoded.replace(/%20/g, '+'))
            .add(encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()));
        // What browsers and RFC 3986 encode beside encodeURIComponent.
        forms.add(encoded.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`));
    }
    catch {
        // Half a character cannot be encoded, so nobody has.
    }
    forms.add(decoded(raw));
}
/** User and password by every reading of where they end: passwords with "@" or "/" in them are common, and wrong. */
function* userInfos(url) {
    const start = /^[a-z][a-z0-9+.-]*:\/\//i.exec(url)?.[0].length;
    if (start === undefined)
        return;
    const rest = url.slice(start);
    const colon = rest.indexOf(':');
    for (let at = rest.indexOf('@'); at >= 0; at = rest.indexOf('@', at + 1)) {
        if (colon >= 0 && colon < at)
            yield { user: rest.slice(0, colon), password: rest.slice(colon + 1, at) };
    }
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
/** Values of the environment that are secrets by their name, or by being a URL with a password. */
function secretValues(env) {
    return Object.entries(env).flatMap(([name, value]) => {
        if (value === undefined || value.length < shortest)
            return [];
        if (urlWithPassword.test(value))
            return [value];
        // SSH_PRIVATE_KEY may be the path of one, and NPM_TOKEN_REQUIRED a flag.
        if (!secretName.test(name.toUpperCase()) || /^(?:true|false|none|null|[~.]{0,2}\/[\w./-]*)$/i.test(value))
            return [];
        return [value];
    });
}
/** @param setSecret tells the runner, which masks one line at a time */
function createMasker(setSecret) {
    const known = new Set();
    let ordered = [];
    return {
        add(secrets) {
            for (const secret of secrets) {
                for (const form of secretForms(secret)) {
                    if (known.has(form))
                        continue;
                    known.add(form);
                    if (!form.includes('\n'))
                        setSecret(form);
                }
            }
            ordered = [...known].sort((a, b) => b.length - a.length);
        },
        redact: (text) => ordered.reduce((redacted, form) => redacted.replaceAll(form, mask), text),
    };
}

;// CONCATENATED MODULE: ./packages/github/lib/run-action.js







/** Version of the JSON in the output `result`. */
const schema = 1;
/** How long the end of a job waits for comment and notes, ms; after a cancel the runner gives 7.5 s in all. */
const flushMs = { usual: 20_000, serving: 90_000, cancelled: 3000 };
/**
 * Runs an action, and is the one place that catches. Masks before anything else; then reads the inputs, does the work, and
 * turns what came of it into outputs, annotations, a summary and an exit code (`process.exitCode`).
 */
async function runAction(action, body) {
    const masker = createMasker(core.setSecret);
    masker.add(secretInputs(action));
    masker.add(secretValues(process.env));
    const cancel = cancellation();
    let started;
    let result;
    let bug;
    try {
        const inputs = getInputs(action);
        started = await start(inputs, masker, cancel.signal);
        result = await body(inputs, started.around);
    }
    catch (error) {
        const refused = refusal(error);
        if (refused === undefined)
            bug = error;
        result = refused ?? (await bugResult(action, error, started));
        annotateProblems(error, masker, started);
    }
    try {
        await finish(action, result, masker, started, cancel.signal);
    }
    catch (error) {
        // What can be told is told; the decision stands.
        core.warning(masker.redact(`${error instanceof Error ? error.message : String(error)}`));
    }
    if (bug !== undefined && core.isDebug())
        core.debug(masker.redact(bug instanceof Error ? (bug.stack ?? bug.message) : String(bug)));
    cancel.stop();
    process.exitCode = exitCode(result.decision, 'forge');
}
function cancellation() {
    const controller = new AbortController();
    const abort = () => controller.abort();
    process.on('SIGINT', abort).on('SIGTERM', abort);
    return {
        signal: controller.signal,
        stop: () => void process.off('SIGINT', abort).off('SIGTERM', abort),
    };
}
async function start(inputs, masker, signal) {
    if (inputs.locale !== undefined && inputs.locale !== 'en' && inputs.locale !== 'zh-CN') {
        throw new lib_error/* RunbookError */.rk(`input "locale" is ${JSON.stringify(inputs.locale)}, expected en or zh-CN`);
    }
    const [{ githubPlatform }, { createPublisher }, { githubForge }] = await Promise.all([
        __webpack_require__.e(/* import() */ 1698).then(__webpack_require__.bind(__webpack_require__, 1698)),
        __webpack_require__.e(/* import() */ 7773).then(__webpack_require__.bind(__webpack_require__, 7773)),
        __webpack_require__.e(/* import() */ 3846).then(__webpack_require__.bind(__webpack_require__, 3846)),
    ]);
    const job = (0,lib_job/* readJob */.cd)();
    const troubles = new Map();
    const { redact } = masker;
    const openApi = async () => {
        if (job.repository === undefined || inputs.token === undefined)
            return undefined;
        const { createApi } = await Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(228)]).then(__webpack_require__.bind(__webpack_require__, 228));
        const github = job.apiUrl === 'https://api.github.com' || job.apiUrl.endsWith('/api/v3');
        return createApi({ token: inputs.token, baseUrl: job.apiUrl, ...job.repository, spacing: github });
    };
    let api;
    const open = () => {
        api ??= openApi();
        return api;
    };
    const locale = (state) => {
        const wanted = inputs.locale ?? state.opened.runbook?.locale;
        return wanted === 'zh-CN' ? 'zh-CN' : 'en';
    };
    const runUrl = job.run?.url;
    const publisher = createPublisher({ open, locale, runUrl, redact });
    const platform = githubPlatform({ core: core, publisher, redact, locale, runUrl, signal, workspace: job.workspace });
    const forge = githubForge(open, (what, error) => void troubles.set(what, error instanceof Error ? error.message : String(error)));
    return {
        around: { job, platform, forge, masker },
        publisher,
        locale: inputs.locale,
        environment: inputs.environment,
        troubles,
    };
}
/** A mistake of whoever wrote the runbook or the workflow; undefined for a mistake of ours. */
function refusal(error) {
    if (isOutcome(error)) {
        const { decision, reason, next, details } = error;
        return { decision, reason, text: error.message, release: null, details, ...(next === undefined ? {} : { next }) };
    }
    if (!(error instanceof lib_error/* RunbookError */.rk))
        return undefined;
    const all = error.problems.length > 0 ? error.problems : [error];
    const reason = all.some(({ at }) => at !== undefined) ? 'invalid-runbook' : 'invalid-input';
    const text = error.problems.length > 1
        ? `${error.message}: ${error.problems.length} problems`
        : (all[0]?.message ?? error.message);
    const next = all.length === 1 ? all[0]?.hint : undefined;
    return { decision: 'refuse', reason, text, release: null, details: {}, ...(next === undefined ? {} : { next }) };
}
const isOutcome = (error) => error instanceof Error && 'decision' in error && 'reason' in error;
async function bugResult(action, error, started) {
    const { messages } = await __webpack_require__.e(/* import() */ 9306).then(__webpack_require__.bind(__webpack_require__, 9306));
    const m = messages(started?.locale);
    return {
        decision: 'failed',
        reason: 'bug',
        text: m.action.bug(action, error instanceof Error ? error.message : String(error)),
        next: m.action.bugNext(started?.environment),
        release: started?.around.platform.last()?.state.release ?? null,
        details: {},
    };
}
function annotateProblems(error, masker, started) {
    if (!(error instanceof lib_error/* RunbookError */.rk))
        return;
    for (const problem of error.problems.length > 0 ? error.problems : [error]) {
        const text = problem.hint === undefined ? problem.message : `${problem.message} (${problem.hint})`;
        if (started !== undefined)
            started.around.platform.annotate('error', text, problem.at);
        else
            core.error(masker.redact(text));
    }
}
async function finish(action, given, masker, started, signal) {
    const { finishResult } = await Promise.all(/* import() */[__webpack_require__.e(3010), __webpack_require__.e(6646)]).then(__webpack_require__.bind(__webpack_require__, 6646));
    const result = await finishResult({
        action,
        given,
        masker,
        core: core,
        schema,
        outputs: Object.keys(actions[action].outputs),
        locale: started?.locale,
        platform: started?.around.platform,
    });
    if (started === undefined)
        return;
    const last = started.around.platform.last();
    if (last !== undefined) {
        const { state, extra } = last;
        started.publisher.show({
            state,
            wayBack: result.wayBack ?? extra.wayBack,
            next: result.decision === 'proceed' ? undefined : result.next,
            final: true,
        });
        await started.publisher.flush(signal.aborted ? flushMs.cancelled : state.status === 'serving' ? flushMs.serving : flushMs.usual);
    }
    const problems = new Map([...started.publisher.problems, ...started.troubles]);
    if (problems.size === 0)
        return;
    const { messages } = await __webpack_require__.e(/* import() */ 9306).then(__webpack_require__.bind(__webpack_require__, 9306));
    const told = [...problems].map(([what, why]) => `${what}: ${why}`).join('; ');
    started.around.platform.annotate('warning', `${messages(started.locale).action.notPublished} ${told}`);
}


/***/ }),

/***/ 5663:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   rk: () => (/* binding */ RunbookError),
/* harmony export */   tR: () => (/* binding */ UnitError)
/* harmony export */ });
/* unused harmony exports formatPosition, formatError */
/** An error whose message is written for the person running the release, so it is shown without a stack. */
class RunbookError extends Error {
    name = 'RunbookError';
    at;
    hint;
    problems;
    constructor(message, options = {}) {
        super(message, options.cause === undefined ? undefined : { cause: options.cause });
        this.at = options.at;
        this.hint = options.hint;
        this.problems = options.problems ?? [];
    }
}
/**
 * A text such as "< 200 ms" that could not be read. It knows no file: the caller adds `offset` to the text's own
 * position and makes a RunbookError with `at`.
 */
class UnitError extends RunbookError {
    name = 'UnitError';
    offset;
    expected;
    nearest;
    constructor(message, options = {}) {
        super(message, {
            hint: options.nearest === undefined ? undefined : `did you mean ${JSON.stringify(options.nearest)}?`,
        });
        this.offset = options.offset ?? 0;
        this.expected = options.expected;
        this.nearest = options.nearest;
    }
}
/** `file:line:column`, as compilers print it and editors open it. */
function formatPosition(at) {
    return `${at.file}:${at.line}:${at.column}`;
}
/**
 * An error as text for a terminal: `file:line:column: message`, then the hint indented by two. Where the error carries
 * problems, they are printed one after another instead of the error that gathers them. Values that are no
 * RunbookError give their message alone.
 */
function formatError(error) {
    if (!(error instanceof RunbookError))
        return error instanceof Error ? error.message : String(error);
    if (error.problems.length > 0)
        return error.problems.map(formatError).join('\n');
    const head = error.at === undefined ? error.message : `${formatPosition(error.at)}: ${error.message}`;
    return error.hint === undefined ? head : `${head}\n${error.hint.replace(/^(?=.)/gm, '  ')}`;
}


/***/ }),

/***/ 5135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** Longer words are no typing mistakes, and comparing them would take quadratic time. */
const longestWord = 64;
/**
 * The candidate that was probably meant by `word`, or undefined if none is near: at most one slip (a letter missing,
 * added, changed, or two swapped) for every three letters. Case counts only to choose between equals.
 */
function nearest(word, candidates) {
    if (word.length === 0 || word.length > longestWord)
        return undefined;
    const wanted = word.toLowerCase();
    let best;
    let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
    for (const candidate of candidates) {
        if (candidate === word)
            return candidate;
        if (Math.abs(candidate.length - wanted.length) >= bestDistance)
            continue;
        const distance = slips(wanted, candidate.toLowerCase());
        // A word of which no letter is left is no correction.
        if (distance < bestDistance && distance < Math.max(wanted.length, candidate.length)) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}
/** Damerau-Levenshtein distance in its "optimal string alignment" form: no part is edited twice. */
function slips(a, b) {
    let before = [];
    let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const same = a[row - 1] === b[column - 1];
            let cost = Math.min(at(previous, column) + 1, at(current, column - 1) + 1, at(previous, column - 1) + (same ? 0 : 1));
            if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
                cost = Math.min(cost, at(before, column - 2) + 1);
            }
            current.push(cost);
        }
        before = previous;
        previous = current;
    }
    return at(previous, b.length);
}
function at(row, column) {
    return row[column] ?? Number.POSITIVE_INFINITY;
}


/***/ })

};
