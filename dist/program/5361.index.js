export const id = 5361;
export const ids = [5361];
export const modules = {

/***/ 5361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(429);

/** Is everything ready, and is there a way back? */
function run() {
    return (0,_release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)('preflight-check', async (inputs, around) => {
        const { withContext } = await __webpack_require__.e(/* import() */ 665).then(__webpack_require__.bind(__webpack_require__, 665));
        return withContext('preflight-check', inputs, around, undefined, async (ctx) => {
            const { preflight } = await Promise.all(/* import() */[__webpack_require__.e(9932), __webpack_require__.e(5504), __webpack_require__.e(8730), __webpack_require__.e(7931), __webpack_require__.e(8741), __webpack_require__.e(1522)]).then(__webpack_require__.bind(__webpack_require__, 1522));
            return preflight(ctx, { rehearse: inputs.rehearse });
        });
    });
}


/***/ })

};
