export const id = 7638;
export const ids = [7638];
export const modules = {

/***/ 7638:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkGitTag: () => (/* binding */ checkGitTag)
});

;// CONCATENATED MODULE: ./packages/checks/lib/version.js
const pattern = /^[^\d]*?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
function parse(text) {
    const found = pattern.exec(text);
    if (found === null)
        return undefined;
    return { numbers: (found[1] ?? '').split('.').map(Number), pre: found[2] === undefined ? [] : found[2].split('.') };
}
/**
 * Compares as semver 2.0.0 (section 11) does, with a prefix such as "v" and one to four numbers allowed.
 * @returns below 0 when `a` is older; undefined when one of them is no version
 */
function compareVersions(a, b) {
    const [left, right] = [parse(a), parse(b)];
    if (left === undefined || right === undefined)
        return undefined;
    for (let index = 0; index < 4; index++) {
        const difference = (left.numbers[index] ?? 0) - (right.numbers[index] ?? 0);
        if (difference !== 0)
            return difference;
    }
    if (left.pre.length === 0 || right.pre.length === 0)
        return right.pre.length - left.pre.length;
    for (let index = 0; index < Math.max(left.pre.length, right.pre.length); index++) {
        const difference = comparePart(left.pre[index], right.pre[index]);
        if (difference !== 0)
            return difference;
    }
    return 0;
}
function comparePart(a, b) {
    if (a === undefined || b === undefined)
        return a === b ? 0 : a === undefined ? -1 : 1;
    const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
    if (left && right)
        return Number(a) - Number(b);
    if (left !== right)
        return left ? -1 : 1;
    return a === b ? 0 : a < b ? -1 : 1;
}

;// CONCATENATED MODULE: ./packages/checks/lib/git-tag.js

/** The version is a tag of the checkout; where asked it lies on a branch and is greater than the version before. */
async function checkGitTag(spec, context) {
    const { git, version, previous } = context;
    const checkout = 'check out the repository with its tags (actions/checkout with fetch-depth: 0)';
    if (git === undefined)
        return { verdict: 'error', text: 'could not be judged: there is no git checkout here', mend: checkout };
    const commit = await git.resolve(`refs/tags/${version}`);
    if (commit === undefined) {
        return {
            verdict: 'fail',
            text: `there is no tag ${version} in this checkout`,
            mend: `git tag ${version} && git push origin ${version}, or ${checkout}`,
        };
    }
    const said = [`tag ${version} is ${commit.slice(0, 10)}`];
    if (spec.branch !== undefined) {
        const names = [`refs/remotes/origin/${spec.branch}`, `refs/heads/${spec.branch}`];
        const known = [];
        for (const name of names)
            if ((await git.resolve(name)) !== undefined)
                known.push(name);
        const [branch] = known;
        if (branch === undefined)
            return {
                verdict: 'error',
                text: `could not be judged: there is no branch ${spec.branch} in this checkout`,
                mend: checkout,
            };
        if (!(await git.isAncestor(commit, branch))) {
            return {
                verdict: 'fail',
                text: `tag ${version} (${commit.slice(0, 10)}) does not lie on ${spec.branch}`,
                mend: `merge it into ${spec.branch} first, and tag the merge`,
            };
        }
        said.push(`on ${spec.branch}`);
    }
    if (spec.grows === true && previous !== null) {
        const order = compareVersions(version, previous);
        if (order === undefined) {
            return {
                verdict: 'error',
                text: `could not be judged: ${version} and ${previous} are not both versions such as v1.2.3`,
            };
        }
        if (order <= 0) {
            return {
                verdict: 'fail',
                text: `${version} is not greater than ${previous}, the version before`,
                mend: 'tag a greater version; going back is what rollback is for',
            };
        }
        said.push(`greater than ${previous}`);
    }
    return { verdict: 'pass', text: said.join(', ') };
}


/***/ })

};
