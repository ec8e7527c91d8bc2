export const id = 6917;
export const ids = [6917,9298];
export const modules = {

/***/ 8932:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DB: () => (/* binding */ parseSize),
/* harmony export */   PZ: () => (/* binding */ printSize),
/* harmony export */   Xq: () => (/* binding */ formatSize),
/* harmony export */   ZH: () => (/* binding */ sizeUnits),
/* harmony export */   ik: () => (/* binding */ readSize),
/* harmony export */   pG: () => (/* binding */ sizeWords)
/* harmony export */ });
/* harmony import */ var _quantity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9092);

/** The units of sizes, in bytes: kB to PB count in thousands, KiB to PiB in 1024s. */
const sizeUnits = {
    B: 1,
    kB: 1e3,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    PB: 1e15,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    TiB: 2 ** 40,
    PiB: 2 ** 50,
};
/** Other ways to write them, and what to write instead. */
const sizeWords = {
    k: 'KiB',
    m: 'MiB',
    g: 'GiB',
    t: 'TiB',
    b: 'B',
    byte: 'B',
    bytes: 'B',
};
const expected = 'a size such as "512 MB" or "2 GiB"';
/**
 * Reads "512 MB", "2 GB" (decimal), "2 GiB" (binary). "0" needs no unit.
 * @returns whole bytes
 * @throws UnitError
 */
function parseSize(text) {
    return readSize(text, 0);
}
/** As parseSize, for the part of `text` from `from` to its end. */
function readSize(text, from) {
    const quantity = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .readQuantity */ .ae)(text, from, expected);
    const tail = text.slice(quantity.end);
    if (tail !== '')
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, `${JSON.stringify(tail.slice(0, 20))} behind it`, { offset: quantity.end });
    if (quantity.unit === '' && quantity.value === 0)
        return 0;
    const bytes = Math.round(quantity.value * (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unitOf */ .uF)(quantity, sizeUnits, sizeWords, expected));
    if (!Number.isSafeInteger(bytes))
        throw (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .unexpected */ .os)(expected, 'one too large to count', { offset: quantity.at });
    return bytes;
}
const scale = ['PB', 'TB', 'GB', 'MB', 'kB'];
const exactScale = [...scale, 'PiB', 'TiB', 'GiB', 'MiB', 'KiB', 'B'];
/** A measured size for people, rounded, in decimal units: "2.1 GB", "812 B". */
function formatSize(bytes) {
    if (bytes < 0)
        return `-${formatSize(-bytes)}`;
    for (const unit of scale) {
        const value = bytes / (sizeUnits[unit] ?? 1);
        // 999.96 kB would be rounded to "1000 kB".
        if (value >= 0.99995)
            return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(Math.max(value, 1), value < 100 ? 1 : 0)} ${unit}`;
    }
    return `${(0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .rounded */ .Wf)(bytes, 0)} B`;
}
/** A size that was written, printed so that parseSize reads back exactly the same. */
function printSize(bytes) {
    const found = (0,_quantity_js__WEBPACK_IMPORTED_MODULE_0__/* .shortest */ .pr)(bytes, sizeUnits, exactScale, Math.round);
    return found === undefined ? formatSize(bytes) : `${found.digits} ${found.unit}`;
}


/***/ }),

/***/ 3692:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ct: () => (/* binding */ rollbackCommand),
/* harmony export */   LC: () => (/* binding */ acceptLossCommand),
/* harmony export */   VJ: () => (/* binding */ resumeCommand),
/* harmony export */   i5: () => (/* binding */ keepRowsCommand)
/* harmony export */ });
// The commands that views tell people to run. A word of a release goes into a command only when a shell reads it as itself.
const word = (text) => /^[A-Za-z0-9._/:@%+=-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replace(/'/g, "'\\''")}'`;
const at = (state) => `--environment ${word(state.opened.environment)} --release ${word(state.release)}`;
const rollbackCommand = (state) => `runbook rollback ${at(state)}`;
const acceptLossCommand = (state) => `runbook rollback ${at(state)} --accept-loss`;
const keepRowsCommand = (state) => `runbook rollback ${at(state)} --rows-written-since keep`;
const resumeCommand = (state) => `runbook release ${word(state.opened.version)} --environment ${word(state.opened.environment)}`;


/***/ }),

/***/ 2639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fl: () => (/* binding */ formatValue),
/* harmony export */   GD: () => (/* binding */ wasRefused),
/* harmony export */   Jf: () => (/* binding */ waitsForLoss),
/* harmony export */   KC: () => (/* binding */ lastMeasurements),
/* harmony export */   SF: () => (/* binding */ undone),
/* harmony export */   e9: () => (/* binding */ failures),
/* harmony export */   m2: () => (/* binding */ heldWhy),
/* harmony export */   pm: () => (/* binding */ clock),
/* harmony export */   s4: () => (/* binding */ itemMs),
/* harmony export */   xB: () => (/* binding */ lastVerdicts)
/* harmony export */ });
/* unused harmony export stepOf */
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_size__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8932);


/**
 * What failed, in the order in which it did: failed changes, and judgements that failed or could not be made. The judgement
 * that ended a step repeats what led to it, and is told only where it says something new.
 */
function failures(state) {
    const bad = state.events.filter((event) => event.event === 'failed' || (event.event === 'judged' && isBad(event)));
    const causes = bad.filter((event) => !isDecision(event)).map(textOf);
    const told = new Set();
    return bad
        .filter((event) => {
        const text = textOf(event);
        const repeats = isDecision(event) && (told.has(text) || causes.some((cause) => text.includes(cause)));
        told.add(text);
        return !repeats;
    })
        .map((event) => ({ step: event.step, item: event.item, text: textOf(event), at: event.at }));
}
const textOf = (event) => (event.event === 'failed' ? event.message : event.text);
const isDecision = (event) => event.event === 'judged' && event.decision !== undefined;
const isBad = (judged) => judged.verdict === 'fail' || judged.verdict === 'error';
/** Undone items with the step that had made them. */
function undone(state) {
    return state.events
        .filter((event) => event.event === 'undone')
        .map((event) => ({ ...event, of: stepOf(state, event.item) ?? event.step }));
}
const stepOf = (state, item) => state.items.find((one) => one.item === item)?.intends.step;
/** How long an item took, ms: measured when it is done, else until it failed or was undone; undefined while it runs. */
function itemMs(state, item) {
    if (item.did !== undefined)
        return item.did.ms;
    const failed = state.events.find((event) => event.event === 'failed' && event.item === item.item);
    return failed?.ms;
}
/** Was it closed without ever having served? Then it was refused before anything was changed. */
const wasRefused = (state) => state.status === 'closed' && !state.events.some(({ event }) => event === 'serving');
/** The last judgement of each rule of each step, without those that say how a step ended. */
function lastVerdicts(state) {
    const last = new Map();
    for (const judged of state.judged) {
        if (isDecision(judged))
            continue;
        const key = `${judged.step}\n${judged.item}`;
        last.delete(key);
        last.set(key, judged);
    }
    return [...last.values()];
}
/** The last measurement of each item of each step. */
function lastMeasurements(state) {
    const last = new Map();
    for (const measured of state.measured)
        last.set(`${measured.step}\n${measured.item}`, measured);
    return [...last.values()];
}
/** A measurement with its unit, for people. */
function formatValue(value, unit) {
    if (value === null)
        return '–';
    if (unit === 'ms')
        return (0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(value);
    if (unit === 'bytes')
        return (0,_release_runbook_units_size__WEBPACK_IMPORTED_MODULE_1__/* .formatSize */ .Xq)(value);
    const number = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
    if (unit === '' || unit === 'number' || unit === 'count')
        return number;
    if (unit === 'percent' || unit === '%')
        return `${number} %`;
    return `${number} ${unit}`;
}
/** Is what waits the question about rows written since the backup? */
function waitsForLoss(state) {
    return state.events.some((event) => event.event === 'undoing' || event.event === 'undone' || event.step === 'rollback');
}
/** The reason of the last hold, when the release is still held. */
function heldWhy(state) {
    if (state.status !== 'held')
        return undefined;
    return state.events.findLast((event) => event.event === 'held')?.why;
}
/** "2026-11-21 02:11:09" of an event's time. */
const clock = (at) => at.slice(0, 19).replace('T', ' ');


/***/ }),

/***/ 8985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vk: () => (/* binding */ totalMs),
/* harmony export */   u: () => (/* binding */ stepName),
/* harmony export */   wS: () => (/* binding */ planSections)
/* harmony export */ });
/* unused harmony export renderPlan */
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4789);
/* harmony import */ var _messages_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9306);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(176);
/* harmony import */ var _way_back_line_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5262);





/** The plan as Markdown: way back first, then what would be done and how each thing is undone. */
function renderPlan(plan, locale) {
    return planSections(plan, messages(locale), '##').join('\n\n').concat('\n');
}
/** @param level of the plan's own heading; the parts get one more */
function planSections(plan, m, level) {
    const p = m.plan;
    const sub = `${level}#`;
    const parts = [
        `${level} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)(p.title(plan.system, plan.version, plan.environment))}\n\n**${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)((0,_way_back_line_js__WEBPACK_IMPORTED_MODULE_2__/* .wayBackLine */ .r)(plan.wayBack, m.locale))}**\n\n${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)(p.from(plan.previous))}`,
    ];
    if (plan.warnings.length > 0) {
        parts.push(`${sub} ${p.warnings}\n\n${plan.warnings.map((warning) => `- ⚠️ ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)(warning)}`).join('\n')}`);
    }
    parts.push((0,_table_js__WEBPACK_IMPORTED_MODULE_4__/* .table */ .tp)([m.step, m.itemTitle, p.what, p.undo, p.forecast], plan.items.map((item) => [
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)(stepName(item.step, m)),
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)(item.item),
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)(item.what),
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)(item.undo ?? p.changesNothing),
        item.forecastMs === undefined ? '' : (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)((0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(item.forecastMs)),
    ])));
    const total = totalMs(plan);
    if (total !== undefined)
        parts.push((0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.escapeText)(p.total((0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(total))));
    parts.push(schema(plan, p, sub), `${p.digest}: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.code)(plan.digest)}`);
    return parts;
}
function schema(plan, p, sub) {
    if (plan.schema === undefined)
        return p.notRehearsed;
    if (plan.schema.length === 0)
        return p.schemaSame;
    return `${sub} ${p.schema}\n\n${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__.fence)(plan.schema.join('\n'), 'diff')}`;
}
/** Undefined where nothing has a forecast. */
function totalMs(plan) {
    const known = plan.items.flatMap((item) => (item.forecastMs === undefined ? [] : [item.forecastMs]));
    return known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms, 0);
}
function stepName(step, m) {
    return Object.hasOwn(m.stepName, step) ? m.stepName[step] : step;
}


/***/ }),

/***/ 6917:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  renderRelease: () => (/* binding */ renderRelease),
  renderSummary: () => (/* binding */ renderSummary)
});

// EXTERNAL MODULE: ./packages/units/lib/duration.js
var duration = __webpack_require__(7165);
// EXTERNAL MODULE: ./packages/views/lib/commands.js
var commands = __webpack_require__(3692);
// EXTERNAL MODULE: ./packages/views/lib/escape.js
var lib_escape = __webpack_require__(4789);
// EXTERNAL MODULE: ./packages/views/lib/facts.js
var facts = __webpack_require__(2639);
// EXTERNAL MODULE: ./packages/views/lib/messages.js
var messages = __webpack_require__(9306);
// EXTERNAL MODULE: ./packages/views/lib/plan.js
var plan = __webpack_require__(8985);
// EXTERNAL MODULE: ./packages/views/lib/table.js
var table = __webpack_require__(176);
;// CONCATENATED MODULE: ./packages/views/lib/timeline.js
/** GitHub draws no diagram of unlimited length; the first bars tell the most. */
const most = 60;
/** The record as a Mermaid Gantt chart; undefined where nothing has a duration yet. */
function timeline(state) {
    const all = bars(state).slice(0, most);
    if (all.length === 0)
        return undefined;
    const lines = ['gantt', '  dateFormat x', '  axisFormat %H:%M:%S'];
    let section = '';
    for (const bar of all) {
        if (bar.section !== section)
            lines.push(`  section ${bar.section}`);
        section = bar.section;
        lines.push(`  ${bar.name} :${bar.kind}, ${bar.from}, ${Math.max(bar.to, bar.from + 1)}`);
    }
    return lines.join('\n');
}
/** Mermaid has no way to escape; what it could read as its own is left out. */
const word = (text) => text
    .replace(/[^\p{L}\p{N} .%_/-]+/gu, ' ')
    .trim()
    .slice(0, 60) || 'item';
function bars(state) {
    const open = new Map();
    const found = [];
    for (const event of state.events) {
        if (event.event === 'intends' || event.event === 'undoing')
            open.set(event.item, event);
        else if (event.event === 'did' || event.event === 'failed' || event.event === 'undone')
            close(event);
    }
    const last = Date.parse(state.events.at(-1)?.at ?? '');
    for (const begins of open.values())
        add(begins, last, 'active');
    return found;
    function close(event) {
        const begins = open.get(event.item);
        if (begins === undefined)
            return;
        open.delete(event.item);
        add(begins, Date.parse(event.at), event.event === 'failed' ? 'crit' : 'done');
    }
    function add(begins, to, kind) {
        const from = Date.parse(begins.at);
        if (Number.isNaN(from) || Number.isNaN(to))
            return;
        found.push({
            section: begins.event === 'undoing' ? 'rollback' : begins.step,
            name: word(begins.item),
            kind,
            from,
            to,
        });
    }
}

// EXTERNAL MODULE: ./packages/views/lib/way-back-line.js
var way_back_line = __webpack_require__(5262);
;// CONCATENATED MODULE: ./packages/views/lib/release.js









/** The record as Markdown, the most urgent first, so that cutting its end costs the least. */
function renderRelease(state, view) {
    return sections(state, view, (0,messages.messages)(view.locale)).join('\n\n').concat('\n');
}
/** As renderRelease, with the plan and a timeline: for a job's summary. */
function renderSummary(state, view) {
    const m = (0,messages.messages)(view.locale);
    const drawn = timeline(state);
    return [
        ...sections(state, view, m),
        ...(drawn === undefined ? [] : [`### ${m.timeline}\n\n${(0,lib_escape.fence)(drawn, 'mermaid')}`]),
        ...(view.plan === undefined ? [] : (0,plan/* planSections */.wS)(view.plan, m, '###')),
    ]
        .join('\n\n')
        .concat('\n');
}
function sections(state, view, m) {
    return [
        head(state, view, m),
        waiting(state, view, m),
        failed(state, m),
        undoing(state, m),
        steps(state, m),
        verdicts(state, m),
        measurements(state, m),
        foot(state, view, m),
    ].filter((section) => section !== '');
}
const marks = {
    open: '⏳',
    held: '⏸️',
    serving: '✅',
    superseded: '✅',
    closed: '✅',
    'rolling-back': '⏪',
    'rolled-back': '↩️',
};
function head(state, view, m) {
    const { system, version, environment } = state.opened;
    const refused = (0,facts/* wasRefused */.GD)(state);
    const status = refused ? m.refused : m.status[state.status];
    const lines = [
        `## ${refused ? '🚫' : marks[state.status]} ${(0,lib_escape.escapeText)(m.headline(system, version, environment, status))}`,
    ];
    if (view.wayBack !== undefined)
        lines.push('', `**${(0,lib_escape.escapeText)((0,way_back_line/* wayBackLine */.r)(view.wayBack, view.locale))}**`);
    return lines.join('\n');
}
function waiting(state, view, m) {
    const why = (0,facts/* heldWhy */.m2)(state);
    if (why === undefined && view.next === undefined)
        return '';
    const lines = [`### ${m.waits}`, ''];
    if (why !== undefined)
        lines.push(`${(0,lib_escape.escapeText)(why)}`, '');
    if (state.heldUntil !== undefined && why !== undefined)
        lines.push((0,lib_escape.escapeText)(m.until((0,facts/* clock */.pm)(state.heldUntil))), '');
    if (view.next !== undefined)
        lines.push(m.next, '', (0,lib_escape.fence)(view.next));
    else if ((0,facts/* waitsForLoss */.Jf)(state)) {
        lines.push(m.acceptLoss, '', (0,lib_escape.fence)((0,commands/* acceptLossCommand */.LC)(state)), '', m.keepRows, '', (0,lib_escape.fence)((0,commands/* keepRowsCommand */.i5)(state)));
    }
    else
        lines.push(m.resume, '', (0,lib_escape.fence)((0,commands/* resumeCommand */.VJ)(state)), '', m.comeBack, '', (0,lib_escape.fence)((0,commands/* rollbackCommand */.Ct)(state)));
    return lines.join('\n');
}
function failed(state, m) {
    const found = (0,facts/* failures */.e9)(state);
    if (found.length === 0)
        return '';
    const rows = found.map(({ step, item, text }) => `- ❌ ${(0,lib_escape.escapeText)(m.failedAt(m.stepName[step], item, bounded(text)))}`);
    return `### ${m.failures}\n\n${rows.join('\n')}`;
}
/** A message of a program may be long; its beginning says what it is, its end what happened. */
function bounded(text) {
    const characters = [...text];
    return characters.length <= 600 ? text : `${characters.slice(0, 200).join('')} … ${characters.slice(-380).join('')}`;
}
function undoing(state, m) {
    const done = (0,facts/* undone */.SF)(state).map((one) => `- ${(0,lib_escape.escapeText)(m.undoneItem(m.stepName[one.of], one.item, bounded(one.how), (0,duration/* formatDuration */.a3)(one.ms)))}`);
    const now = state.items
        .filter((item) => item.state === 'undoing')
        .map((item) => `- ${(0,lib_escape.escapeText)(m.undoing(m.stepName[item.intends.step], item.item))}`);
    const back = state.rolledBack;
    if (done.length === 0 && now.length === 0 && back === undefined)
        return '';
    const cost = [];
    if (back !== undefined) {
        const lost = (0,way_back_line/* rowsByTable */.N)(back.lost, m);
        const exported = (0,way_back_line/* rowsByTable */.N)(back.exported, m);
        cost.push(m.cost((0,duration/* formatDuration */.a3)(back.ms)), lost === '' ? m.noneLost : m.lost(lost));
        if (exported !== '')
            cost.push(m.exported(exported));
        if (back.text !== '')
            cost.push(bounded(back.text));
    }
    const parts = [`### ${m.undone}`, [...done, ...now].join('\n'), cost.map(lib_escape.escapeText).join(' ')];
    return parts.filter((part) => part !== '').join('\n\n');
}
function steps(state, m) {
    if (state.items.length === 0)
        return '';
    const rows = state.items.map((item) => {
        const ms = (0,facts/* itemMs */.s4)(state, item);
        return [
            m.stepName[item.intends.step],
            (0,lib_escape.escapeText)(item.item),
            m.item[item.state],
            ms === undefined ? '' : (0,lib_escape.escapeText)((0,duration/* formatDuration */.a3)(ms)),
        ];
    });
    return `### ${m.steps}\n\n${(0,table/* table */.tp)([m.step, m.itemTitle, m.state, m.duration], rows)}`;
}
const verdictMarks = { pass: '✅', fail: '❌', inconclusive: '❔', error: '⚠️' };
function verdicts(state, m) {
    const judged = (0,facts/* lastVerdicts */.xB)(state);
    if (judged.length === 0)
        return '';
    const rows = judged.map((one) => [
        m.stepName[one.step],
        (0,lib_escape.escapeText)(one.item),
        `${verdictMarks[one.verdict]} ${m.verdict[one.verdict]}`,
        (0,lib_escape.escapeText)(bounded(one.text)),
    ]);
    return `### ${m.verdicts}\n\n${(0,table/* table */.tp)([m.step, m.itemTitle, m.verdictTitle, m.numbers], rows)}`;
}
function measurements(state, m) {
    const measured = (0,facts/* lastMeasurements */.KC)(state);
    if (measured.length === 0)
        return '';
    const rows = measured.map((one) => [
        m.stepName[one.step],
        (0,lib_escape.escapeText)(one.item),
        (0,lib_escape.escapeText)((0,facts/* formatValue */.Fl)(one.value, one.unit)),
    ]);
    return `<details><summary>${m.measurements} (${measured.length})</summary>\n\n${(0,table/* table */.tp)([m.step, m.itemTitle, m.value], rows)}\n\n</details>`;
}
function foot(state, view, m) {
    const parts = [m.record((0,lib_escape.code)(state.release), view.place === undefined ? undefined : (0,lib_escape.code)(view.place))];
    if (view.runUrl !== undefined)
        parts.push((0,lib_escape.link)(m.run, view.runUrl));
    const torn = state.torn.length === 0 ? '' : ` ⚠️ ${(0,lib_escape.escapeText)(m.torn(state.torn.join(', ')))}`;
    return `<sub>${parts.join(' · ')}</sub>${torn}`;
}


/***/ }),

/***/ 176:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YB: () => (/* binding */ columns),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* unused harmony export width */
/** A Markdown table; the cells are Markdown that is already escaped. */
function table(head, rows) {
    const line = (cells) => `| ${cells.map((cell) => (cell === '' ? ' ' : cell)).join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
/** How many columns a text takes in a terminal: East Asian wide characters take two. */
function width(text) {
    let columns = 0;
    for (const character of text)
        columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character)
            ? 2
            : 1;
    return columns;
}
/** Columns for a terminal, two spaces apart, the last one as it is. */
function columns(rows, indent = '  ') {
    const widths = [];
    for (const row of rows)
        row.forEach((cell, index) => {
            widths[index] = Math.max(widths[index] ?? 0, width(cell));
        });
    return rows
        .map((row) => (indent +
        row
            .map((cell, index) => index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - width(cell)))
            .join('  ')).trimEnd())
        .join('\n');
}


/***/ })

};
