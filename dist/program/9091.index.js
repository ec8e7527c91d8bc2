export const id = 9091;
export const ids = [9091];
export const modules = {

/***/ 9091:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(429);

/** Gives traffic to the new version in steps, or takes it back. */
function run() {
    return (0,_release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)('canary-gate', async (inputs, around) => {
        const { withContext } = await __webpack_require__.e(/* import() */ 665).then(__webpack_require__.bind(__webpack_require__, 665));
        return withContext('canary-gate', inputs, around, undefined, async (ctx) => (await Promise.all(/* import() */[__webpack_require__.e(9932), __webpack_require__.e(5504), __webpack_require__.e(8730), __webpack_require__.e(7931), __webpack_require__.e(7256)]).then(__webpack_require__.bind(__webpack_require__, 7256))).canary(ctx));
    });
}


/***/ })

};
