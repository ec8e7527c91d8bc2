export const id = 1816;
export const ids = [1816];
export const modules = {

/***/ 1816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(429);

/** Migrates. Alone it makes the verified backup itself that a migration needs. */
function run() {
    return (0,_release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)('migrate', async (inputs, around) => {
        const { withContext } = await __webpack_require__.e(/* import() */ 665).then(__webpack_require__.bind(__webpack_require__, 665));
        return withContext('migrate', inputs, around, undefined, async (ctx, alone) => {
            const { migrate } = await Promise.all(/* import() */[__webpack_require__.e(9932), __webpack_require__.e(5504), __webpack_require__.e(8730), __webpack_require__.e(7931), __webpack_require__.e(8741), __webpack_require__.e(9448)]).then(__webpack_require__.bind(__webpack_require__, 9448));
            if (!alone)
                return migrate(ctx);
            const { backup } = await Promise.all(/* import() */[__webpack_require__.e(5504), __webpack_require__.e(8730), __webpack_require__.e(7931), __webpack_require__.e(1294)]).then(__webpack_require__.bind(__webpack_require__, 9995));
            const before = await backup(ctx);
            return before.decision === 'proceed' ? migrate(ctx) : before;
        });
    });
}


/***/ })

};
