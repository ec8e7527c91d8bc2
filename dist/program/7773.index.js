export const id = 7773;
export const ids = [7773];
export const modules = {

/***/ 7773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createPublisher: () => (/* binding */ createPublisher)
/* harmony export */ });
/**
 * Keeps comment and release notes up to date beside the work: nothing of GitHub's slowness or failure reaches a step, and
 * nothing here throws.
 */
function createPublisher(options) {
    const problems = new Map();
    const pulls = new Map();
    let waiting;
    let running;
    async function work() {
        while (waiting !== undefined) {
            const view = waiting;
            waiting = undefined;
            await publish(view);
        }
    }
    async function publish(view) {
        let api;
        try {
            api = await options.open();
        }
        catch (error) {
            problems.set('GitHub', error instanceof Error ? error.message : String(error));
        }
        if (api === undefined)
            return;
        const there = api;
        await at('comment', () => comment(there, view));
        await at('release notes', () => notes(there, view));
        if (view.final && view.state.status === 'serving')
            await at('other pull requests', () => others(there, view));
    }
    async function at(place, work) {
        try {
            await work();
            problems.delete(place);
        }
        catch (error) {
            const { tell } = await Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(228)]).then(__webpack_require__.bind(__webpack_require__, 228));
            problems.set(place, tell(error));
        }
    }
    async function mainPull(api, version) {
        if (!pulls.has(version)) {
            const { commitOfTag, pullOfMerge } = await Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(8353)]).then(__webpack_require__.bind(__webpack_require__, 8353));
            const commit = await commitOfTag(api, version);
            pulls.set(version, commit === undefined ? undefined : await pullOfMerge(api, commit));
        }
        return pulls.get(version);
    }
    async function render(view, begin, limit) {
        const [{ renderRelease }, { cut }, { link }, { messages }] = await Promise.all([
            Promise.all(/* import() */[__webpack_require__.e(3010), __webpack_require__.e(6917)]).then(__webpack_require__.bind(__webpack_require__, 6917)),
            __webpack_require__.e(/* import() */ 9404).then(__webpack_require__.bind(__webpack_require__, 9404)),
            __webpack_require__.e(/* import() */ 4789).then(__webpack_require__.bind(__webpack_require__, 4789)),
            __webpack_require__.e(/* import() */ 9306).then(__webpack_require__.bind(__webpack_require__, 9306)),
        ]);
        const locale = options.locale(view.state);
        const m = messages(locale);
        const markdown = renderRelease(view.state, {
            locale,
            wayBack: view.wayBack,
            next: view.next,
            runUrl: options.runUrl,
        });
        return `${begin}${cut(options.redact(markdown), limit - begin.length, `${m.cutShort} ${link(m.seeRun, options.runUrl)}`)}`;
    }
    async function comment(api, view) {
        const { system, environment, version } = view.state.opened;
        const pull = await mainPull(api, version);
        if (pull === undefined)
            return;
        const [{ commentLimit, syncComment }, { marker }] = await Promise.all([
            Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(348)]).then(__webpack_require__.bind(__webpack_require__, 348)),
            __webpack_require__.e(/* import() */ 4789).then(__webpack_require__.bind(__webpack_require__, 4789)),
        ]);
        const mark = marker('comment', system, environment, version);
        await syncComment(api, pull, mark, await render(view, `${mark}\n`, commentLimit));
    }
    async function notes(api, view) {
        const { system, environment, version } = view.state.opened;
        const [{ syncNotes }, { marker }] = await Promise.all([
            Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(8628)]).then(__webpack_require__.bind(__webpack_require__, 8628)),
            __webpack_require__.e(/* import() */ 4789).then(__webpack_require__.bind(__webpack_require__, 4789)),
        ]);
        // Rendered once for the whole limit, and cut to the room there is.
        const whole = await render(view, '', Number.MAX_SAFE_INTEGER);
        const { cut } = await __webpack_require__.e(/* import() */ 9404).then(__webpack_require__.bind(__webpack_require__, 9404));
        const status = view.state.status;
        await syncNotes(api, {
            version,
            markers: { begin: marker('begin', system, environment), end: marker('end', system, environment) },
            section: (limit) => cut(whole, limit, options.runUrl ?? '…'),
            // People are told of a release when it serves, or when it is over; not while it may still be refused.
            create: view.final || (status !== 'open' && status !== 'closed'),
            prerelease: status === 'rolled-back' || status === 'rolling-back' || /^v?\d+\.\d+\.\d+-/.test(version),
        });
    }
    async function others(api, view) {
        const { system, environment, version, previous } = view.state.opened;
        if (previous === null)
            return;
        const [{ tellOtherPulls }, { code, link, marker }, { messages }] = await Promise.all([
            Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(498)]).then(__webpack_require__.bind(__webpack_require__, 498)),
            __webpack_require__.e(/* import() */ 4789).then(__webpack_require__.bind(__webpack_require__, 4789)),
            __webpack_require__.e(/* import() */ 9306).then(__webpack_require__.bind(__webpack_require__, 9306)),
        ]);
        const mark = marker('released', system, environment, version);
        const m = messages(options.locale(view.state));
        const run = options.runUrl === undefined ? '' : ` (${link(m.run, options.runUrl)})`;
        const body = options.redact(`${mark}\n${m.other.serving(code(version), code(environment))}${run}`);
        const main = await mainPull(api, version);
        if (!(await tellOtherPulls(api, { previous, version, main }, mark, body))) {
            problems.set('older pull requests', 'there are too many in this release to comment on each');
        }
    }
    return {
        problems,
        show(view) {
            waiting = view;
            running ??= work().finally(() => {
                running = undefined;
            });
        },
        async flush(limitMs) {
            let timer;
            const late = new Promise((resolve) => {
                timer = setTimeout(() => resolve('late'), limitMs);
            });
            const end = await Promise.race([running ?? Promise.resolve(), late]);
            clearTimeout(timer);
            if (end === 'late')
                problems.set('GitHub', 'it took too long, so what it shows may be old');
        },
    };
}


/***/ })

};
