export const id = 3846;
export const ids = [3846];
export const modules = {

/***/ 3846:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   githubForge: () => (/* binding */ githubForge)
/* harmony export */ });
/**
 * What steps ask GitHub. Undefined for all that it does not answer, and `trouble` is told why: an answer that is not there
 * is never a pass.
 */
function githubForge(open, trouble) {
    async function ask(what, question) {
        try {
            const api = await open();
            return api === undefined ? undefined : await question(api);
        }
        catch (error) {
            trouble(what, error);
            return undefined;
        }
    }
    return {
        commitChecks: (commit) => ask(`checks of commit ${commit}`, async (api) => {
            const { listOf } = await Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(228)]).then(__webpack_require__.bind(__webpack_require__, 228));
            const found = [];
            const query = { ...api.repository, ref: commit, per_page: 100 };
            for await (const page of api.paginate.iterator(api.rest.checks.listForRef, query)) {
                found.push(...listOf(page.data).map(({ name, conclusion }) => ({ name, conclusion })));
            }
            return found;
        }),
        issues: (label, since) => ask(`issues labelled ${label}`, async (api) => {
            const { listOf } = await Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(228)]).then(__webpack_require__.bind(__webpack_require__, 228));
            // GitHub's `since` means "changed since"; what was opened earlier is left out here, and so are pull requests.
            const query = {
                ...api.repository,
                labels: label,
                state: 'all',
                since: since.toISOString(),
                per_page: 100,
            };
            let count = 0;
            for await (const page of api.paginate.iterator(api.rest.issues.listForRepo, query)) {
                count += listOf(page.data).filter((issue) => Date.parse(issue.created_at) >= floor(since) && issue.pull_request === undefined).length;
            }
            return count;
        }),
        ended: (run, attempt, job) => ask(`run ${run}`, (api) => ended(api, Number(run), attempt, job)),
    };
}
/** GitHub's times have whole seconds. */
const floor = (since) => Math.floor(since.getTime() / 1000) * 1000;
async function ended(api, run_id, attempt, job) {
    if (!Number.isSafeInteger(run_id))
        return undefined;
    const { listOf, objectOf } = await Promise.all(/* import() */[__webpack_require__.e(8439), __webpack_require__.e(56), __webpack_require__.e(228)]).then(__webpack_require__.bind(__webpack_require__, 228));
    const at = { ...api.repository, run_id };
    const run = objectOf((await api.rest.actions.getWorkflowRun(at)).data, 'id', 'status');
    // The next attempt begins when the one before has ended.
    if ((run.run_attempt ?? 1) > attempt || run.status === 'completed')
        return true;
    const jobs = [];
    const query = { ...at, attempt_number: attempt, per_page: 100 };
    for await (const page of api.paginate.iterator(api.rest.actions.listJobsForWorkflowRunAttempt, query))
        jobs.push(...listOf(page.data));
    // The API knows jobs by their displayed name: "call / release" for a called workflow's, "release (a, b)" in a matrix.
    const named = jobs.filter(({ name }) => {
        const last = name.split(' / ').at(-1) ?? name;
        return last === job || last.startsWith(`${job} (`);
    });
    if (named.length === 0)
        return undefined;
    return named.every(({ status }) => status === 'completed');
}


/***/ })

};
