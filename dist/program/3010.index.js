export const id = 3010;
export const ids = [3010,9306,7165,4789];
export const modules = {

/***/ 7165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $7: () => (/* binding */ readDuration),
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   Sh: () => (/* binding */ durationWords),
/* harmony export */   WQ: () => (/* binding */ durationUnits),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   cb: () => (/* binding */ printDuration)
/* harmony export */ });
/* harmony import */ var _quantity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9092);

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const longest = 36_525 * day;
/** The units of durations, in ms. */
const durationUnits = {
    ms: 1,
    s: second,
    m: minute,
    min: minute,
    h: hour,
    d: day,
};
/** Other ways to write them, and what to write instead. */
const durationWords = {
    sec: 's',
    secs: 's',
    second: 's',
    seconds: 's',
    mins: 'min',
    minute: 'min',
    minutes: 'min',
    hr: 'h',
    hrs: 'h',
    hour: 'h',
    hours: 'h',
    day: 'd',
    days: 'd',
    msec: 'ms',
    millisecond: 'ms',
    milliseconds: 'ms',
};
const expected = 'a duration such as "500 ms", "30m" or "1h30m"';
/**
 * Reads "500ms", "5 s", "30m", "1h30m", "72h", "14d". Units go from large to small, each once. "0" needs no unit.
 * @returns ms, exact to the microsecond, at most 100 years
 * @throws UnitError
 */
function parseDuration(text) {
    return readDuration(text, 0);
}
/** As parseDuration, for the part of `text` from `from` to its end. */
function readDuration(text, from) {
    let total = 0;
    let last = Number.POSITIVE_INFINITY;
    let offset = from;
    do {
        const quantity = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .readQuantity */ .ae)(text, offset, expected);
        if (quantity.unit === '' && quantity.value === 0 && offset === from && quantity.end === text.length)
            return 0;
        const unit = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unitOf */ .uF)(quantity, durationUnits, durationWords, expected);
        if (unit >= last) {
            throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, `"${quantity.unit}" after a unit that is not larger`, { offset: quantity.unitAt });
        }
        total += quantity.value * unit;
        last = unit;
        offset = quantity.end;
    } while (offset < text.length);
    if (total > longest)
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, 'one of more than 100 years', { offset: from });
    return Math.round(total * 1000) / 1000;
}
/** A measured duration for people, rounded: "340 ms", "1.2 s", "10 min 3 s", "1 h 30 min", "3 d 2 h". */
function formatDuration(ms) {
    if (!Number.isFinite(ms))
        return `${ms} ms`;
    if (ms < 0)
        return `-${formatDuration(-ms)}`;
    if (ms < 1 && ms > 0)
        return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(ms, 3)} ms`;
    // Compared after rounding, so that no "1000 ms" and no "60 s" come out.
    if (Math.round(ms * 10) < second * 10)
        return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(ms, 1)} ms`;
    if (Math.round(ms / 100) < 600)
        return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(ms / second, 1)} s`;
    if (Math.round(ms / second) < 3600)
        return pair(Math.round(ms / second), 60, 'min', 's');
    if (Math.round(ms / minute) < 1440)
        return pair(Math.round(ms / minute), 60, 'h', 'min');
    return pair(Math.round(ms / hour), 24, 'd', 'h');
}
function pair(total, size, large, small) {
    const rest = total % size;
    const head = `${Math.floor(total / size)} ${large}`;
    return rest === 0 ? head : `${head} ${rest} ${small}`;
}
/** A duration that was written, printed so that parseDuration reads back exactly the same: "1 h 30 min", "1.234 s". */
function printDuration(ms) {
    const parts = [];
    let rest = ms;
    for (const [name, size] of [
        ['d', day],
        ['h', hour],
        ['min', minute],
    ]) {
        const whole = Math.floor(rest / size);
        if (whole > 0)
            parts.push(`${whole} ${name}`);
        rest -= whole * size;
    }
    rest = Math.round(rest * 1000) / 1000;
    if (rest >= second)
        parts.push(`${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(rest / second, 6)} s`);
    else if (rest > 0 || parts.length === 0)
        parts.push(`${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(rest, 3)} ms`);
    return parts.join(' ');
}


/***/ }),

/***/ 9092:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AN: () => (/* binding */ skipSpace),
/* harmony export */   Lt: () => (/* binding */ got),
/* harmony export */   Nf: () => (/* binding */ suggestUnit),
/* harmony export */   Wf: () => (/* binding */ rounded),
/* harmony export */   ae: () => (/* binding */ readQuantity),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   os: () => (/* binding */ unexpected),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   pr: () => (/* binding */ shortest),
/* harmony export */   uF: () => (/* binding */ unitOf)
/* harmony export */ });
/* harmony import */ var _error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5663);
/* harmony import */ var _nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5135);


/** More digits than this would not survive arithmetic and printing unchanged. */
const mostDigits = 12;
const pattern = /\s*(\d+(?:\.\d+)?)(\s*)(%|\/\s*[A-Za-z]*|[A-Za-zµ]+)?\s*/y;
/**
 * Reads the number and unit at `from`, with the spaces around them.
 * @param expected what stands there in a right text, such as `a duration such as "30m"`
 * @throws UnitError when there is no number, or one with more digits than can be kept
 */
function readQuantity(text, from, expected) {
    pattern.lastIndex = from;
    const found = pattern.exec(text);
    if (found === null)
        throw unexpected(expected, got(text, from), { offset: skipSpace(text, from) });
    const [whole, digits = '', space = '', unit = ''] = found;
    const at = from + whole.indexOf(digits);
    if (digits.length - (digits.includes('.') ? 1 : 0) > mostDigits) {
        throw unexpected(expected, `a number of more than ${mostDigits} digits`, { offset: at });
    }
    return {
        value: Number(digits),
        unit: unit.replace(/\s/g, ''),
        at,
        unitAt: at + digits.length + space.length,
        end: from + whole.length,
    };
}
/** The number of `units` that a unit's name stands for; @throws UnitError naming the nearest one. */
function unitOf(quantity, units, words, expected) {
    const { unit, unitAt } = quantity;
    const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (factor !== undefined)
        return factor;
    if (unit === '')
        throw unexpected(expected, 'a number without a unit', { offset: quantity.at });
    throw unexpected(expected, `the unit ${quote(unit)}`, { offset: unitAt, nearest: suggestUnit(unit, units, words) });
}
/** The unit that was probably meant; `words` maps spelled-out and ambiguous units to those that exist. */
function suggestUnit(unit, units, words) {
    const word = unit.toLowerCase();
    if (Object.hasOwn(words, word))
        return words[word];
    const near = (0,_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(unit, Object.keys(units));
    // With two letters, one slip makes any unit of any other: "MB" is not a mistyped "ms".
    return unit.length > 2 || near?.toLowerCase() === word ? near : undefined;
}
/** A UnitError that says what was expected and what was got instead. */
function unexpected(expected, actual, more) {
    return new _error_js__WEBPACK_IMPORTED_MODULE_0__/* .UnitError */ .tR(`expected ${expected}, got ${actual}`, { ...more, expected });
}
/** What stands in the text at `from`, to be put after "got". */
function got(text, from) {
    const rest = text.slice(from).trim();
    return rest === '' ? 'nothing' : quote(rest);
}
/** A text in quotes, cut when it is too long for a message. */
function quote(text) {
    return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
/** The offset of the first character at or after `from` that is no space. */
function skipSpace(text, from) {
    let offset = from;
    while (offset < text.length && /\s/.test(text.charAt(offset)))
        offset++;
    return offset;
}
/** A number with at most `decimals` decimals, and none that are zeros. */
function rounded(value, decimals) {
    const text = value.toFixed(decimals);
    const short = text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
    return short === '-0' ? '0' : short;
}
/** A number that was written, in digits alone: String would print very small ones as "1e-7". */
function plain(value) {
    const text = String(value);
    return text.includes('e-') ? rounded(value, mostDigits) : text;
}
/**
 * `value` in the unit that gives the shortest number which still reads back as exactly `value`; undefined when no unit
 * does. Of equally short ones the first wins. `kept` is the rounding that reading applies.
 */
function shortest(value, units, names, kept = (value) => value) {
    let best;
    for (const unit of names) {
        const factor = units[unit];
        if (factor === undefined)
            continue;
        const digits = plain(Number((value / factor).toPrecision(mostDigits)));
        const readable = /^\d+(\.\d+)?$/.test(digits) && digits.replace('.', '').length <= mostDigits;
        if (!readable || kept(Number(digits) * factor) !== value)
            continue;
        if (best === undefined || digits.length < best.digits.length)
            best = { digits, unit };
    }
    return best;
}


/***/ }),

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


/***/ }),

/***/ 9306:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   messages: () => (/* binding */ messages)
/* harmony export */ });
const en = {
    locale: 'en',
    status: {
        open: 'in progress',
        held: 'held, waits for people',
        serving: 'serving',
        superseded: 'superseded',
        closed: 'closed',
        'rolling-back': 'rolling back',
        'rolled-back': 'rolled back',
    },
    refused: 'refused, nothing was changed',
    verdict: {
        pass: 'pass',
        fail: 'fail',
        inconclusive: 'inconclusive',
        error: 'error',
    },
    item: { announced: 'in flight', done: 'done', failed: 'failed', undoing: 'being undone', undone: 'undone' },
    decision: {
        proceed: 'goes on',
        hold: 'holds',
        refuse: 'refused, nothing changed',
        'roll-back': 'rolls back',
        failed: 'failed',
    },
    title: (system, version, environment) => `${system} ${version} → ${environment}`,
    headline: (system, version, environment, status) => `${system} ${version} to ${environment}: ${status}`,
    wayBack: {
        label: 'Way back',
        nothing: (to) => (to === null ? 'nothing to undo yet' : `nothing to undo yet, ${to} serves`),
        no: 'no',
        yes: 'yes',
        how: { nothing: '', traffic: 'by traffic', code: 'by code alone', restore: 'by code and a restore' },
        to: (version) => (version === null ? '' : ` to ${version}`),
        time: (duration) => (duration === undefined ? 'time not measured yet' : `in about ${duration}`),
        nothingLost: 'nothing lost',
        notKnown: 'rows lost: not known',
        lost: (rows) => `loses ${rows}`,
        obstacles: (text) => `in the way: ${text}`,
    },
    rows: (count, table) => `${count} ${count === 1 ? 'row' : 'rows'} of ${table}`,
    and: ', ',
    failures: 'What failed',
    failedAt: (step, item, text) => `${step}, ${item}: ${text}`,
    undone: 'What was undone, and what it cost',
    undoneItem: (step, item, how, duration) => `${step}, ${item}: ${how} (${duration})`,
    undoing: (step, item) => `${step}, ${item}: being undone`,
    cost: (duration) => `From decision to verified: ${duration}.`,
    noneLost: 'No row was lost.',
    lost: (rows) => `Lost: ${rows}.`,
    exported: (rows) => `Exported for re-application: ${rows}.`,
    waits: 'What waits',
    until: (at) => `Until ${at} UTC it is left alone.`,
    acceptLoss: 'To go on with the restore, accepting the loss:',
    keepRows: 'To leave the database as it is:',
    resume: 'To go on:',
    comeBack: 'To come back:',
    next: 'Next:',
    steps: 'Steps',
    step: 'Step',
    itemTitle: 'Item',
    state: 'State',
    duration: 'Duration',
    verdicts: 'Checks and thresholds',
    verdictTitle: 'Verdict',
    numbers: 'Numbers',
    measurements: 'Measurements',
    value: 'Value',
    timeline: 'Timeline',
    record: (release, place) => place === undefined ? `Record: ${release}` : `Record: ${release} at ${place}`,
    run: 'Run',
    torn: (lines) => `Lines of the record that could not be read: ${lines}.`,
    cutShort: 'This is cut short. The whole:',
    seeRun: 'the run',
    plan: {
        title: (system, version, environment) => `Plan: ${system} ${version} to ${environment}`,
        from: (previous) => (previous === null ? 'First release.' : `Serving now: ${previous}.`),
        what: 'What',
        undo: 'Undone by',
        forecast: 'Forecast',
        changesNothing: 'changes nothing',
        warnings: 'Warnings',
        schema: 'Schema difference, as rehearsed',
        schemaSame: 'The rehearsal left the schema as it was.',
        notRehearsed: 'Not rehearsed.',
        digest: 'Plan digest',
        total: (duration) => `Forecast in all: ${duration}`,
    },
    other: {
        serving: (version, environment) => `This is in ${version}, which now serves ${environment}.`,
    },
    notes: (environment) => `Release to ${environment}`,
    stepName: {
        release: 'release',
        preflight: 'preflight',
        backup: 'backup',
        migrate: 'migrate',
        deploy: 'deploy',
        smoke: 'smoke',
        canary: 'canary',
        rollback: 'rollback',
        watch: 'watch',
        drill: 'drill',
    },
    action: {
        annotationsMore: (count) => `${count} more of this kind are in the log`,
        notPublished: 'Could not be published:',
        bug: (action, message) => `${action} broke by a mistake of its own: ${message}`,
        bugNext: (environment) => `The record tells what was begun: runbook status${environment === undefined ? '' : ` --environment ${environment}`}; then run this job again, or runbook rollback.`,
        refused: 'Nothing was changed. Correct it and run this job again.',
    },
};
const zh = {
    locale: 'zh-CN',
    status: {
        open: '进行中',
        held: '已暂停，等待人工决定',
        serving: '已上线',
        superseded: '已被新版本取代',
        closed: '已关闭',
        'rolling-back': '正在回滚',
        'rolled-back': '已回滚',
    },
    refused: '已拒绝，未做任何改动',
    verdict: { pass: '通过', fail: '不通过', inconclusive: '无法判定', error: '出错' },
    item: { announced: '执行中', done: '完成', failed: '失败', undoing: '正在撤销', undone: '已撤销' },
    decision: { proceed: '继续', hold: '暂停', refuse: '拒绝，未做任何改动', 'roll-back': '回滚', failed: '失败' },
    title: (system, version, environment) => `${system} ${version} → ${environment}`,
    headline: (system, version, environment, status) => `${system} ${version} 发布到 ${environment}：${status}`,
    wayBack: {
        label: '退路',
        nothing: (to) => (to === null ? '尚无需要撤销的内容' : `尚无需要撤销的内容，${to} 正在服务`),
        no: '无',
        yes: '有',
        how: { nothing: '', traffic: '切换流量', code: '只恢复代码', restore: '恢复代码并还原数据库' },
        to: (version) => (version === null ? '' : `回到 ${version}`),
        time: (duration) => (duration === undefined ? '耗时尚未测得' : `约需 ${duration}`),
        nothingLost: '不丢失数据',
        notKnown: '丢失行数未知',
        lost: (rows) => `将丢失 ${rows}`,
        obstacles: (text) => `阻碍：${text}`,
    },
    rows: (count, table) => `${table} ${count} 行`,
    and: '、',
    failures: '失败原因',
    failedAt: (step, item, text) => `${step} / ${item}：${text}`,
    undone: '已撤销的内容与代价',
    undoneItem: (step, item, how, duration) => `${step} / ${item}：${how}（${duration}）`,
    undoing: (step, item) => `${step} / ${item}：正在撤销`,
    cost: (duration) => `从决定到验证完成：${duration}。`,
    noneLost: '没有丢失任何行。',
    lost: (rows) => `丢失：${rows}。`,
    exported: (rows) => `已导出，可重新写入：${rows}。`,
    waits: '等待处理',
    until: (at) => `在 ${at} UTC 之前不会自动处理。`,
    acceptLoss: '接受丢失并继续还原：',
    keepRows: '保留数据库现状：',
    resume: '继续：',
    comeBack: '退回：',
    next: '下一步：',
    steps: '步骤',
    step: '步骤',
    itemTitle: '项目',
    state: '状态',
    duration: '耗时',
    verdicts: '检查与阈值',
    verdictTitle: '结论',
    numbers: '数值',
    measurements: '测量值',
    value: '数值',
    timeline: '时间线',
    record: (release, place) => (place === undefined ? `记录：${release}` : `记录：${release}，位于 ${place}`),
    run: '运行',
    torn: (lines) => `记录中无法读取的行：${lines}。`,
    cutShort: '内容过长，已截断。完整内容：',
    seeRun: '本次运行',
    plan: {
        title: (system, version, environment) => `计划：${system} ${version} 发布到 ${environment}`,
        from: (previous) => (previous === null ? '首次发布。' : `当前版本：${previous}。`),
        what: '内容',
        undo: '撤销方式',
        forecast: '预计',
        changesNothing: '不做改动',
        warnings: '警告',
        schema: '预演得到的表结构差异',
        schemaSame: '预演后表结构没有变化。',
        notRehearsed: '未预演。',
        digest: '计划摘要',
        total: (duration) => `预计总耗时：${duration}`,
    },
    other: { serving: (version, environment) => `本改动包含在 ${version} 中，现已在 ${environment} 上线。` },
    notes: (environment) => `发布到 ${environment}`,
    stepName: {
        release: '发布',
        preflight: '发布前检查',
        backup: '备份',
        migrate: '迁移',
        deploy: '部署',
        smoke: '冒烟测试',
        canary: '灰度',
        rollback: '回滚',
        watch: '观察',
        drill: '演练',
    },
    action: {
        annotationsMore: (count) => `另有 ${count} 条同类信息见日志`,
        notPublished: '以下内容未能发布：',
        bug: (action, message) => `${action} 自身出错：${message}`,
        bugNext: (environment) => `已开始的操作见记录：runbook status${environment === undefined ? '' : ` --environment ${environment}`}；随后重新运行本作业，或执行 runbook rollback。`,
        refused: '未做任何改动。请更正后重新运行本作业。',
    },
};
const tables = { en, 'zh-CN': zh };
/** The texts of a language; English for one that there is none of. */
function messages(locale) {
    return locale === 'zh-CN' || locale === 'zh' || locale === 'zh_CN' ? tables['zh-CN'] : tables.en;
}


/***/ }),

/***/ 5262:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ rowsByTable),
/* harmony export */   r: () => (/* binding */ wayBackLine)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _messages_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9306);


/** The one line that is shown everywhere: can we go back now, how, in how many seconds, and what would be lost. Plain text. */
function wayBackLine(wayBack, locale) {
    const m = (0,_messages_js__WEBPACK_IMPORTED_MODULE_1__.messages)(locale);
    const w = m.wayBack;
    const separator = locale === 'zh-CN' ? '，' : ', ';
    const colon = locale === 'zh-CN' ? '：' : ': ';
    const obstacles = wayBack.obstacles.length === 0 ? [] : [w.obstacles(wayBack.obstacles.join('; '))];
    const told = (parts) => `${w.label}${colon}${parts.join(separator)}`;
    if (!wayBack.possible)
        return told([w.no, ...obstacles]);
    if (wayBack.how === 'nothing')
        return told([w.nothing(wayBack.to), ...obstacles]);
    const time = w.time(wayBack.seconds === undefined ? undefined : (0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(wayBack.seconds * 1000));
    const joined = locale === 'zh-CN' || wayBack.seconds === undefined ? separator : ' ';
    const how = `${w.how[wayBack.how]}${w.to(wayBack.to)}`;
    return told([w.yes, `${how}${joined}${time}`, losses(wayBack, m), ...obstacles]);
}
function losses(wayBack, m) {
    if (wayBack.lost === undefined)
        return m.wayBack.notKnown;
    const text = rowsByTable(wayBack.lost, m);
    return text === '' ? m.wayBack.nothingLost : m.wayBack.lost(text);
}
/** "12 rows of orders, 1 row of users"; empty when there is none. */
function rowsByTable(rows, m) {
    return Object.entries(rows)
        .filter(([, count]) => count > 0)
        .map(([table, count]) => m.rows(count, table))
        .join(m.and);
}


/***/ })

};
