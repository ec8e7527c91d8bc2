export const id = 7252;
export const ids = [7252];
export const modules = {

/***/ 7252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   forgeMetric: () => (/* binding */ forgeMetric)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

const hourMs = 3_600_000;
/** Issues with a label opened since the release began, at most within the last 60 minutes. Both tracks get the same number. */
function forgeMetric(options, context) {
    return {
        async measure() {
            if (context.issues === undefined)
                throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`issues labelled ${options.label} cannot be counted: the forge cannot be asked without a token`);
            const since = new Date(Math.max(context.since.getTime(), context.now().getTime() - hourMs));
            const count = await context.issues(options.label, since);
            if (count === undefined)
                throw new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`issues labelled ${options.label} cannot be counted: the forge gave no answer`);
            return { value: count, count, unit: 'per hour' };
        },
    };
}


/***/ })

};
