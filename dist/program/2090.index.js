export const id = 2090;
export const ids = [2090];
export const modules = {

/***/ 2090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(429);

/** Backs up and proves it. The outputs of its own tell of the first database: alone there is one. */
function run() {
    return (0,_release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)('db-backup', async (inputs, around) => {
        const { withContext } = await __webpack_require__.e(/* import() */ 665).then(__webpack_require__.bind(__webpack_require__, 665));
        return withContext('db-backup', inputs, around, undefined, async (ctx) => {
            const { backup } = await Promise.all(/* import() */[__webpack_require__.e(5504), __webpack_require__.e(8730), __webpack_require__.e(7931), __webpack_require__.e(1294)]).then(__webpack_require__.bind(__webpack_require__, 9995));
            const result = await backup(ctx);
            const [first] = (result.details.backups ?? []);
            if (first === undefined)
                return result;
            return { ...result, details: { backup: first.id, file: first.path, sha256: first.sha256, ...result.details } };
        });
    });
}


/***/ })

};
