export const id = 8311;
export const ids = [8311];
export const modules = {

/***/ 8311:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var _release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(429);

/** Brings back what a release did, from its record. */
function run() {
    return (0,_release_runbook_github_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)('rollback', async (inputs, around) => {
        const { rollbackAction } = await __webpack_require__.e(/* import() */ 5764).then(__webpack_require__.bind(__webpack_require__, 5764));
        return rollbackAction(inputs, around);
    });
}


/***/ })

};
