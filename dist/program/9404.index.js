export const id = 9404;
export const ids = [9404];
export const modules = {

/***/ 9404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cut: () => (/* binding */ cut)
/* harmony export */ });
/**
 * Shortens Markdown to `limit`: ends before a heading, else before a line, never inside a fence or an open <details>,
 * and says so with a link to the whole.
 * @param size of a text, in the unit of `limit`; UTF-16 units by default, which are never fewer than characters
 */
function cut(markdown, limit, more, size = (text) => text.length) {
    if (size(markdown) <= limit)
        return markdown;
    const tail = `\n\n${more}\n`;
    const room = limit - size(tail);
    if (room <= 0)
        return size(more) <= limit ? more : '';
    const all = places(markdown).filter(({ at }) => at > 0);
    const fits = ({ at }) => size(markdown.slice(0, at).trimEnd()) <= room;
    const place = lastFitting(all.filter(({ heading }) => heading), fits) ?? lastFitting(all, fits);
    const kept = place === undefined ? '' : markdown.slice(0, place.at).trimEnd();
    return kept === '' ? more : `${kept}${tail}`;
}
/** The last of the places, which are in order, that fits; by halving, since each look measures the whole text before it. */
function lastFitting(places, fits) {
    let [low, high] = [0, places.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (fits(places[middle]))
            low = middle + 1;
        else
            high = middle;
    }
    return places[low - 1];
}
function places(markdown) {
    const found = [];
    let fenced;
    let open = 0;
    let at = 0;
    for (const line of markdown.split('\n')) {
        const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
        const run = marks?.[1] ?? '';
        if (fenced === undefined && open === 0)
            found.push({ at, heading: /^#{1,6} /.test(line) });
        if (fenced !== undefined) {
            if (run[0] === fenced.mark && run.length >= fenced.length && marks?.[2]?.trim() === '')
                fenced = undefined;
        }
        else if (run !== '') {
            fenced = { mark: run[0] ?? '`', length: run.length };
        }
        else {
            open += (line.match(/<details\b/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
            if (open < 0)
                open = 0;
        }
        at += line.length + 1;
    }
    return found;
}


/***/ })

};
