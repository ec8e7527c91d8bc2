export const id = 9667;
export const ids = [9667];
export const modules = {

/***/ 9667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(429);

/** Checks what was deployed. */
function run() {
    return (0,_release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)('smoke-test', async (inputs, around) => {
        const { withContext } = await __webpack_require__.e(/* import() */ 665).then(__webpack_require__.bind(__webpack_require__, 665));
        return withContext('smoke-test', inputs, around, undefined, async (ctx) => {
            const { smoke } = await Promise.all(/* import() */[__webpack_require__.e(9932), __webpack_require__.e(5504), __webpack_require__.e(8730), __webpack_require__.e(7931), __webpack_require__.e(3496)]).then(__webpack_require__.bind(__webpack_require__, 3496));
            const result = await smoke(ctx);
            const checks = (result.details.checks ?? []);
            const passed = checks.filter(({ verdict }) => verdict === 'pass').length;
            return { ...result, details: { passed, failed: checks.length - passed, ...result.details } };
        });
    });
}


/***/ })

};
