export const id = 8353;
export const ids = [8353,228];
export const modules = {

/***/ 228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ statusOf),
/* harmony export */   createApi: () => (/* binding */ createApi),
/* harmony export */   listOf: () => (/* binding */ listOf),
/* harmony export */   objectOf: () => (/* binding */ objectOf),
/* harmony export */   tell: () => (/* binding */ tell)
/* harmony export */ });
/* unused harmony export WrongAnswer */
/* harmony import */ var _octokit_plugin_retry__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9735);
/* harmony import */ var _octokit_plugin_throttling__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6856);
/* harmony import */ var _octokit_rest__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1267);



/** An answer that is no refusal, and still not what was asked for. */
class WrongAnswer extends Error {
}
/** Slower answers than this use up the budget. */
const promptMs = 1000;
/**
 * Octokit with retries, spacing and pages, and a budget: each failure and each slow answer costs its time, and when the
 * budget is spent, every further request fails at once. So GitHub's bad days cost a rollback seconds, whatever they are.
 */
function createApi(options) {
    const { requestMs = 10_000, budgetMs = 10_000, retryMs = 1000, now = () => performance.now() } = options;
    let spent = 0;
    let down;
    function spend(ms, why) {
        spent += ms;
        if (spent >= budgetMs)
            down ??= why;
    }
    async function budgeted(url, init = {}) {
        if (down !== undefined)
            throw abort(down);
        const started = now();
        const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(requestMs, budgetMs - spent))));
        const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
        try {
            const response = await fetch(url, { ...init, signal });
            // The body is read here, so that a time limit and a cut connection count, wherever in the answer they come.
            const body = [204, 205, 304].includes(response.status) ? null : await response.arrayBuffer();
            const ms = now() - started;
            if (response.status >= 500 || response.status === 429)
                spend(ms + retryMs, `GitHub answers ${response.status}`);
            else
                spend(Math.max(0, ms - promptMs), 'GitHub is slow');
            const read = new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
            // The paging plugin looks at it.
            return Object.defineProperty(read, 'url', { value: response.url });
        }
        catch (error) {
            const why = timeout.aborted ? 'GitHub does not answer' : `GitHub cannot be reached (${cause(error)})`;
            spend(now() - started + retryMs, why);
            // What timed out once is not asked again; a connection that broke is.
            throw timeout.aborted ? abort(why) : error;
        }
    }
    const unwilling = (retryAfter) => {
        if (retryAfter * 1000 <= budgetMs - spent && retryAfter <= 5) {
            spend(retryAfter * 1000, 'GitHub limits the rate of requests');
            return true;
        }
        down ??= `GitHub limits the rate of requests, for ${retryAfter} s more`;
        return false;
    };
    const octokit = new (_octokit_rest__WEBPACK_IMPORTED_MODULE_0__/* .Octokit */ .E.plugin(_octokit_plugin_retry__WEBPACK_IMPORTED_MODULE_1__/* .retry */ .L, _octokit_plugin_throttling__WEBPACK_IMPORTED_MODULE_2__/* .throttling */ .A))({
        auth: options.token,
        baseUrl: options.baseUrl,
        userAgent: 'release-runbook',
        request: { fetch: budgeted },
        // Everything that Octokit would print is told once, by whoever asked.
        log: { debug() { }, info() { }, warn() { }, error() { } },
        // 429 is the throttling plugin's; both together would wait twice.
        retry: { retries: 2, retryAfterBaseValue: retryMs, doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451] },
        throttle: {
            enabled: options.spacing ?? true,
            id: options.baseUrl,
            onRateLimit: unwilling,
            onSecondaryRateLimit: unwilling,
        },
    });
    octokit.hook.wrap('request', async (request, parameters) => {
        if (down !== undefined)
            throw new Error(down);
        try {
            return await request(parameters);
        }
        catch (error) {
            if (statusOf(error) === 401)
                down ??= 'GitHub refuses the token (401)';
            if (statusOf(error) === 429)
                down ??= 'GitHub limits the rate of requests';
            throw error;
        }
    });
    return {
        rest: octokit.rest,
        paginate: octokit.paginate,
        repository: { owner: options.owner, repo: options.repo },
        down: () => down,
    };
}
/** Octokit and its plugins do not try again what was aborted. */
const abort = (why) => Object.assign(new Error(why), { name: 'AbortError' });
function cause(error) {
    const inner = error instanceof Error ? error.cause : undefined;
    const code = inner instanceof Error ? (inner.code ?? inner.message) : undefined;
    return code ?? (error instanceof Error ? error.message : String(error));
}
/** The status with which GitHub refused; undefined for anything else. */
function statusOf(error) {
    if (!(error instanceof Error) || error.name !== 'HttpError' || !('response' in error))
        return undefined;
    // Without a response it is a connection that broke, which Octokit numbers 500.
    return error.response === undefined ? undefined : error.status;
}
/** Octokit takes half an answer for a text, and a lost one for an empty text: so the shape is looked at before it is used. */
function objectOf(data, ...keys) {
    const value = data;
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && keys.every((key) => key in value))
        return data;
    throw new WrongAnswer('GitHub sent half an answer');
}
function listOf(data) {
    if (Array.isArray(data))
        return data;
    throw new WrongAnswer('GitHub sent half an answer');
}
/** A failure in one line, for people. */
function tell(error) {
    const status = statusOf(error);
    const text = error instanceof Error ? error.message : String(error);
    const line = (text.split('\n')[0] ?? '').replace(/ - https:\/\/docs\.github\.com\S*/, '').slice(0, 200);
    if (status === 403 && /not accessible/.test(text))
        return 'the token may not write there (403)';
    return status === undefined ? line : `${line.startsWith('<') ? 'GitHub answers' : line} (${status})`;
}


/***/ }),

/***/ 8353:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ pullsBetween),
/* harmony export */   commitOfTag: () => (/* binding */ commitOfTag),
/* harmony export */   pullOfMerge: () => (/* binding */ pullOfMerge)
/* harmony export */ });
/* harmony import */ var _octokit_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(228);

/** The commit that a tag points at, through an annotated tag; undefined when there is no such tag. */
async function commitOfTag(api, tag) {
    try {
        const { data } = await api.rest.git.getRef({ ...api.repository, ref: `tags/${tag}` });
        let target = (0,_octokit_js__WEBPACK_IMPORTED_MODULE_0__.objectOf)(data, 'object').object;
        // A tag may point at a tag; nobody means more than a few.
        for (let depth = 0; target.type === 'tag' && depth < 5; depth += 1) {
            const answer = await api.rest.git.getTag({ ...api.repository, tag_sha: target.sha });
            target = (0,_octokit_js__WEBPACK_IMPORTED_MODULE_0__.objectOf)(answer.data, 'object').object;
        }
        return target.type === 'commit' ? target.sha : undefined;
    }
    catch (error) {
        if ((0,_octokit_js__WEBPACK_IMPORTED_MODULE_0__/* .statusOf */ .c)(error) === 404)
            return undefined;
        throw error;
    }
}
/** The pull request whose merge is this commit; undefined when it was pushed without one. */
async function pullOfMerge(api, commit) {
    return (await pullsOf(api, commit)).find((pull) => pull.merge_commit_sha === commit && pull.merged_at !== null)
        ?.number;
}
async function pullsOf(api, commit_sha) {
    const query = { ...api.repository, commit_sha, per_page: 100 };
    const pages = api.paginate.iterator(api.rest.repos.listPullRequestsAssociatedWithCommit, query);
    const found = [];
    for await (const page of pages)
        found.push(...(0,_octokit_js__WEBPACK_IMPORTED_MODULE_0__.listOf)(page.data));
    return found;
}
/** Merged pull requests between two versions, lowest number first, and whether that are all of them. */
async function pullsBetween(api, previous, version, most) {
    const basehead = `${previous}...${version}`;
    const commits = [];
    let complete = true;
    const pages = api.paginate.iterator(api.rest.repos.compareCommitsWithBasehead, {
        ...api.repository,
        basehead,
        per_page: 100,
    });
    for await (const page of pages) {
        // The paging plugin gives the list inside for some answers, and the answer for others.
        const data = page.data;
        commits.push(...(0,_octokit_js__WEBPACK_IMPORTED_MODULE_0__.listOf)(Array.isArray(data) ? data : (0,_octokit_js__WEBPACK_IMPORTED_MODULE_0__.objectOf)(data, 'commits').commits).map(({ sha }) => sha));
        if (commits.length < most.commits)
            continue;
        complete = commits.length === most.commits;
        break;
    }
    const numbers = new Set();
    for (const commit of commits.slice(-most.commits)) {
        for (const pull of await pullsOf(api, commit)) {
            if (pull.merged_at !== null && pull.merge_commit_sha !== null)
                numbers.add(pull.number);
        }
    }
    const sorted = [...numbers].sort((a, b) => a - b);
    return { numbers: sorted.slice(0, most.pulls), complete: complete && sorted.length <= most.pulls };
}


/***/ })

};
