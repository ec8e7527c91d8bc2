export const id = 4789;
export const ids = [4789];
export const modules = {

/***/ 4789:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   code: () => (/* binding */ code),
/* harmony export */   escapeText: () => (/* binding */ escapeText),
/* harmony export */   fence: () => (/* binding */ fence),
/* harmony export */   link: () => (/* binding */ link),
/* harmony export */   marker: () => (/* binding */ marker),
/* harmony export */   oneLine: () => (/* binding */ oneLine),
/* harmony export */   plain: () => (/* binding */ plain)
/* harmony export */ });
// What comes from a record (versions, messages of programs, table names) is text to show, never Markdown or HTML to obey.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const ansi = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
// Control characters, and those that turn the reading direction around, hide in a line, or break one.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
/** Half a character would be refused, or break the encoding, further on. */
const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd');
const invisible = '\u200b';
/** Without colours, cursor movements and invisible characters; line ends are LF. */
function plain(text) {
    return wellFormed(text).replace(ansi, '').replace(/\r\n?/g, '\n').replace(controls, '');
}
/** On one line. */
function oneLine(text) {
    return plain(text)
        .replace(/[\n\t ]+/g, ' ')
        .trim();
}
const entity = (character) => `&#${character.codePointAt(0)};`;
/**
 * Text within a line of Markdown: no structure, no HTML, no mention, no reference, no link. What Markdown would read is
 * written as entities, which it never takes for structure (CommonMark 0.31, 2.5); mentions and references, which the
 * forge looks for after that, are broken by a character of no width.
 */
function escapeText(text) {
    return oneLine(text)
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[`*[\]\\|~$]/g, entity)
        .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, entity)
        .replace(/@(?=[A-Za-z0-9])/g, `@${invisible}`)
        .replace(/(?<!&)#(?=[A-Za-z0-9])/g, `${entity('#')}${invisible}`)
        .replace(/(?<!&)#(?!\d+;)/g, entity)
        .replace(/:(?=\/\/)/g, `:${invisible}`)
        .replace(/www\./gi, (www) => `${www.slice(0, 3)}${invisible}.`)
        .replace(/(GH)-(?=\d)/gi, `$1${invisible}-`)
        .replace(/^[-+=]/, entity)
        .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits, mark) => `${digits}${entity(mark)}`);
}
/** A name, a version or a command as code within a line, also inside a table. */
function code(text) {
    const inner = oneLine(text)
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/[`*_[\]\\|~$#@!]|:(?=\/\/)/g, entity)
        .replace(/(www|GH)(?=[.-])/gi, `$1${invisible}`);
    return `<code>${inner}</code>`;
}
/** A block of code whose fence is longer than any run of backticks in it. */
function fence(text, info = '') {
    const body = plain(text).replace(/\n+$/, '');
    const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map((run) => run[0].length));
    const marks = '`'.repeat(longest + 1);
    return `${marks}${info}\n${body}\n${marks}`;
}
/** A link; the text alone where the address is none that a browser should open. */
function link(text, url) {
    return url !== undefined && /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:[/?#][!#$%&'*+,./0-9:;=?@A-Z_a-z~-]*)?$/.test(url)
        ? `[${escapeText(text)}](${url})`
        : escapeText(text);
}
/** A marker that a reader does not see. It cannot be closed early by what it holds. */
function marker(kind, ...key) {
    const parts = key.map((part) => encodeURIComponent(wellFormed(part)).replace(/-/g, '%2D').replace(/!/g, '%21'));
    return `<!-- release-runbook ${kind} ${parts.join('/')} -->`;
}


/***/ })

};
