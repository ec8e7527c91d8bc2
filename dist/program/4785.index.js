export const id = 4785;
export const ids = [4785];
export const modules = {

/***/ 4785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Outcome: () => (/* binding */ Outcome),
/* harmony export */   result: () => (/* binding */ result)
/* harmony export */ });
/** Ends a step from anywhere inside it with a decision. What is thrown otherwise is a mistake of the user, or a bug. */
class Outcome extends Error {
    decision;
    reason;
    next;
    details;
    constructor(decision, reason, text, more = {}) {
        super(text, more.cause === undefined ? {} : { cause: more.cause });
        this.decision = decision;
        this.reason = reason;
        this.next = more.next;
        this.details = more.details ?? {};
    }
}
function result(decision, reason, text, more = {}) {
    return {
        decision,
        reason,
        text,
        release: more.release ?? null,
        details: more.details ?? {},
        ...(more.next === undefined ? {} : { next: more.next }),
        ...(more.wayBack === undefined ? {} : { wayBack: more.wayBack }),
    };
}


/***/ })

};
