export const id = 1698;
export const ids = [1698];
export const modules = {

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
