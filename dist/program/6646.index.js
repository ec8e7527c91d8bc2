export const id = 6646;
export const ids = [6646,1698];
export const modules = {

/***/ 6646:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   finishResult: () => (/* binding */ finishResult)
/* harmony export */ });
/* harmony import */ var _release_runbook_views_escape__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4789);
/* harmony import */ var _release_runbook_views_messages__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9306);
/* harmony import */ var _release_runbook_views_way_back_line__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5262);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1698);




/** Bytes of a job's outputs, all of them together, are 1 MB; a result beyond this keeps what decides and loses its details. */
const resultLimit = 400_000;
const marks = { proceed: '✅', hold: '⏸️', refuse: '🚫', 'roll-back': '⏪', failed: '💥' };
/** Tells a step's result: outputs, one annotation, the summary. Returns it as it was told, without secrets. */
async function finishResult(finish) {
    const { core, masker, platform } = finish;
    const result = (0,_platform_js__WEBPACK_IMPORTED_MODULE_2__.redactDeep)(finish.given, masker.redact);
    for (const [name, value] of Object.entries(outputsOf(result, finish)))
        core.setOutput(name, value);
    const m = (0,_release_runbook_views_messages__WEBPACK_IMPORTED_MODULE_0__.messages)(finish.locale);
    const line = `${finish.action} ${m.decision[result.decision]} (${result.reason}): ${result.text}`;
    const next = result.next === undefined ? '' : ` ${m.next} ${result.next}`;
    const kind = result.decision === 'hold' ? 'notice' : 'error';
    if (result.decision === 'proceed')
        (platform ?? { log: core.info }).log(line);
    else if (platform !== undefined)
        platform.annotate(kind, `${line}${next}`);
    else
        core[kind](`${line}${next}`);
    await summary(result, finish);
    return result;
}
function outputsOf(result, finish) {
    const { details, wayBack } = result;
    const whole = JSON.stringify({ schema: finish.schema, action: finish.action, ...result });
    const short = () => JSON.stringify({ schema: finish.schema, action: finish.action, ...result, details: {}, cut: true });
    const values = {
        decision: result.decision,
        reason: result.reason,
        result: Buffer.byteLength(whole) > resultLimit ? short() : whole,
        record: textOf(details.record),
        release: result.release ?? '',
        'way-back': wayBack === undefined ? '' : (0,_release_runbook_views_way_back_line__WEBPACK_IMPORTED_MODULE_1__/* .wayBackLine */ .r)(wayBack, (0,_release_runbook_views_messages__WEBPACK_IMPORTED_MODULE_0__.messages)(finish.locale).locale),
    };
    for (const name of finish.outputs) {
        if (!(name in values) && details[name] !== undefined)
            values[name] = textOf(details[name]);
    }
    return values;
}
const textOf = (value) => {
    if (value === undefined || value === null)
        return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
};
async function summary(result, { action, platform, locale, core, masker }) {
    const m = (0,_release_runbook_views_messages__WEBPACK_IMPORTED_MODULE_0__.messages)(locale);
    const parts = [
        `## ${marks[result.decision]} ${(0,_release_runbook_views_escape__WEBPACK_IMPORTED_MODULE_3__.code)(action)}: ${(0,_release_runbook_views_escape__WEBPACK_IMPORTED_MODULE_3__.escapeText)(m.decision[result.decision])}`,
        `${(0,_release_runbook_views_escape__WEBPACK_IMPORTED_MODULE_3__.escapeText)(result.text)} (${(0,_release_runbook_views_escape__WEBPACK_IMPORTED_MODULE_3__.code)(result.reason)})`,
    ];
    if (result.next !== undefined)
        parts.push(`${m.next}\n\n${(0,_release_runbook_views_escape__WEBPACK_IMPORTED_MODULE_3__.fence)(result.next)}`);
    const last = platform?.last();
    if (last !== undefined) {
        const { renderSummary } = await __webpack_require__.e(/* import() */ 9298).then(__webpack_require__.bind(__webpack_require__, 6917));
        const { state, extra } = last;
        parts.push(renderSummary(state, { locale: m.locale, wayBack: result.wayBack ?? extra.wayBack, plan: extra.plan }));
    }
    else if (result.wayBack !== undefined)
        parts.push(`**${(0,_release_runbook_views_escape__WEBPACK_IMPORTED_MODULE_3__.escapeText)((0,_release_runbook_views_way_back_line__WEBPACK_IMPORTED_MODULE_1__/* .wayBackLine */ .r)(result.wayBack, m.locale))}**`);
    const markdown = `${parts.join('\n\n')}\n`;
    if (platform !== undefined)
        return platform.summarize(markdown);
    try {
        await core.summary.addRaw(masker.redact(markdown)).write({ overwrite: true });
    }
    catch {
        // A runner without summaries has the annotation.
    }
}


/***/ }),

/***/ 1698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   defuse: () => (/* binding */ defuse),
/* harmony export */   githubPlatform: () => (/* binding */ githubPlatform),
/* harmony export */   redactDeep: () => (/* binding */ redactDeep),
/* harmony export */   summaryLimit: () => (/* binding */ summaryLimit)
/* harmony export */ });
/** Annotations of a kind that GitHub shows of one step. */
const annotationLimit = 10;
/** Bytes of a step's summary; over it, nothing of it is shown. */
const summaryLimit = 1024 * 1024;
/** Progress is a line of the log, so not more often than this, ms. */
const progressEvery = 5000;
/**
 * Lines of a program's output are text: at the beginning of a line the runner would read `::name::` as a command to itself,
 * and `##[name]` anywhere.
 */
function defuse(text) {
    return text.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replace(/##(?=\[)/g, '#\u200b#');
}
function githubPlatform(options) {
    const { core, redact, now = () => performance.now() } = options;
    const counts = { error: 0, warning: 0, notice: 0 };
    const spoken = new Map();
    let depth = 0;
    let last;
    const log = (text) => core.info(defuse(redact(text)));
    async function summarize(markdown) {
        try {
            const [{ cut }, { link }, { messages }] = await Promise.all([
                __webpack_require__.e(/* import() */ 9404).then(__webpack_require__.bind(__webpack_require__, 9404)),
                __webpack_require__.e(/* import() */ 4789).then(__webpack_require__.bind(__webpack_require__, 4789)),
                __webpack_require__.e(/* import() */ 9306).then(__webpack_require__.bind(__webpack_require__, 9306)),
            ]);
            const m = messages(last === undefined ? undefined : options.locale(last.state));
            // GitHub's file may hold some bytes of its own; its limit is not worth coming near.
            const short = cut(redact(markdown), summaryLimit - 4096, `${m.cutShort} ${link(m.seeRun, options.runUrl)}`, Buffer.byteLength);
            await core.summary.emptyBuffer().addRaw(short).write({ overwrite: true });
        }
        catch (error) {
            // A runner without summaries has the log.
            log(`summary: ${error instanceof Error ? error.message : String(error)}`);
        }
    }
    return {
        log,
        async group(title, work) {
            // The runner knows one level.
            depth += 1;
            if (depth === 1)
                core.startGroup(defuse(redact(title)));
            else
                log(title);
            try {
                return await work();
            }
            finally {
                depth -= 1;
                if (depth === 0)
                    core.endGroup();
            }
        },
        progress({ what, done, total, unit }) {
            const before = spoken.get(what) ?? Number.NEGATIVE_INFINITY;
            const end = total !== undefined && done >= total;
            if (!end && now() - before < progressEvery)
                return;
            spoken.set(what, now());
            const share = total === undefined || total === 0 ? '' : ` (${Math.floor((done / total) * 100)} %)`;
            log(`${what}: ${done}${total === undefined ? '' : ` of ${total}`} ${unit}${share}`);
        },
        annotate(kind, text, at) {
            counts[kind] += 1;
            // The command that makes an annotation escapes what it is given.
            const safe = redact(text);
            if (counts[kind] > annotationLimit)
                log(`${kind}: ${at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `}${text}`);
            else
                core[kind](safe, at === undefined ? {} : place(at, options.workspace));
        },
        async publish(state, extra) {
            try {
                const clean = redactDeep(state, redact);
                last = { state: clean, extra: redactDeep(extra, redact) };
                options.publisher.show({ state: clean, wayBack: last.extra.wayBack, final: extra.final === true });
                const { renderSummary } = await Promise.all(/* import() */[__webpack_require__.e(3010), __webpack_require__.e(6917)]).then(__webpack_require__.bind(__webpack_require__, 6917));
                const view = {
                    locale: options.locale(clean),
                    wayBack: last.extra.wayBack,
                    plan: last.extra.plan,
                    runUrl: options.runUrl,
                };
                await summarize(renderSummary(clean, view));
            }
            catch (error) {
                log(`summary: ${error instanceof Error ? error.message : String(error)}`);
            }
        },
        signal: options.signal,
        last: () => last,
        summarize,
        left: () => ({
            error: Math.max(0, counts.error - annotationLimit),
            warning: Math.max(0, counts.warning - annotationLimit),
            notice: Math.max(0, counts.notice - annotationLimit),
        }),
    };
}
function place(at, workspace) {
    const file = at.file.startsWith(`${workspace}/`) ? at.file.slice(workspace.length + 1) : at.file;
    return { file, startLine: at.line, startColumn: at.column };
}
/** Before anything is escaped: a secret with a "<" in it is no longer the same text afterwards. */
function redactDeep(value, redact) {
    if (typeof value === 'string')
        return redact(value);
    if (Array.isArray(value))
        return value.map((item) => redactDeep(item, redact));
    if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactDeep(item, redact)]));
    }
    return value;
}


/***/ })

};
