export const id = 2436;
export const ids = [2436];
export const modules = {

/***/ 2436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fold: () => (/* binding */ fold),
/* harmony export */   foldEvents: () => (/* binding */ foldEvents),
/* harmony export */   parseRecord: () => (/* binding */ parseRecord)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);

/** Events of a record's text. A torn line (an append that died) is left out and its number kept; other damage is an error. */
function parseRecord(text, name) {
    const lines = text.split('\n');
    const last = lines.pop();
    // What stands behind the last line break was never whole, and so never announced anything that began.
    if (last !== '')
        lines.push(last);
    const events = [];
    const torn = [];
    for (const [number, line] of lines.entries()) {
        const event = parseLine(line);
        if (event === undefined && isTorn(line, number))
            torn.push(number);
        else if (event === undefined || event.seq !== number)
            throw damaged(name, number);
        else if (last !== '' && number === lines.length - 1)
            torn.push(number);
        else
            events.push(event);
    }
    return { events, torn, next: lines.length };
}
function parseLine(line) {
    try {
        const event = JSON.parse(line);
        return typeof event === 'object' && event !== null && typeof event.event === 'string' ? event : undefined;
    }
    catch {
        return undefined;
    }
}
/** The beginning of an event with this number, cut anywhere. */
function isTorn(line, number) {
    const start = `{"seq":${number},"at":"`;
    return line.startsWith(start) || start.startsWith(line);
}
function damaged(name, number) {
    return new _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_0__/* .RunbookError */ .rk(`the record of ${name} is damaged at line ${number + 1}; nothing was changed`, {
        hint: 'work from a whole copy: `runbook rollback --record FILE` (each job keeps one as an artifact)',
    });
}
/** The state of a release. Throws RunbookError when the record does not begin with `opened`. */
function fold(text, name) {
    const { events, torn, next } = parseRecord(text, name);
    const [opened] = events;
    if (opened?.event !== 'opened')
        throw damaged(name, 0);
    return foldEvents(opened, events, torn, next);
}
function foldEvents(opened, events, torn, next) {
    const items = new Map();
    const measured = [];
    const judged = [];
    let status = 'open';
    let rolledBack;
    let held;
    const change = (item, more) => {
        const known = items.get(item);
        if (known !== undefined)
            items.set(item, { ...known, ...more });
    };
    for (const event of events) {
        switch (event.event) {
            case 'opened':
                break;
            case 'intends':
                // Announced again after an undo: it belongs at the end, since that is when it happened.
                items.delete(event.item);
                items.set(event.item, { item: event.item, state: 'announced', intends: event, did: undefined, message: undefined });
                held = undefined;
                break;
            case 'did':
                change(event.item, { state: 'done', did: event });
                break;
            case 'failed':
                change(event.item, { state: 'failed', message: event.message });
                break;
            case 'measured':
                measured.push(event);
                break;
            case 'judged':
                judged.push(event);
                break;
            case 'held':
                held = event;
                break;
            case 'undoing':
                change(event.item, { state: 'undoing' });
                status = 'rolling-back';
                held = undefined;
                break;
            case 'undone':
                change(event.item, { state: 'undone' });
                break;
            case 'rolled-back':
                rolledBack = event;
                status = 'rolled-back';
                break;
            case 'serving':
                status = 'serving';
                break;
            case 'superseded':
                status = 'superseded';
                break;
            case 'closed':
                status = 'closed';
                break;
            case 'noted':
                break;
        }
    }
    return {
        release: opened.release,
        opened,
        status: held !== undefined && (status === 'open' || status === 'rolling-back') ? 'held' : status,
        items: [...items.values()],
        measured,
        judged,
        rolledBack,
        heldUntil: held?.until,
        events,
        torn,
        next,
    };
}


/***/ })

};
