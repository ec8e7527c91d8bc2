export const id = 3030;
export const ids = [3030];
export const modules = {

/***/ 3030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(429);

/** Deploys code, configuration and services. */
function run() {
    return (0,_release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)('deploy', async (inputs, around) => {
        const { withContext } = await __webpack_require__.e(/* import() */ 665).then(__webpack_require__.bind(__webpack_require__, 665));
        return withContext('deploy', inputs, around, undefined, async (ctx) => (await Promise.all(/* import() */[__webpack_require__.e(5504), __webpack_require__.e(8730), __webpack_require__.e(7931), __webpack_require__.e(347)]).then(__webpack_require__.bind(__webpack_require__, 5170))).deploy(ctx));
    });
}


/***/ })

};
