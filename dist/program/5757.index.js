export const id = 5757;
export const ids = [5757];
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


/***/ }),

/***/ 5757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   renderPlanText: () => (/* binding */ renderPlanText),
/* harmony export */   renderStatusText: () => (/* binding */ renderStatusText)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _commands_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3692);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4789);
/* harmony import */ var _facts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2639);
/* harmony import */ var _messages_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9306);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8985);
/* harmony import */ var _table_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(176);
/* harmony import */ var _way_back_line_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5262);








/** The record for a terminal: headline, way back, what waits, what failed, what was undone, the steps. No colours. */
function renderStatusText(state, view) {
    const m = (0,_messages_js__WEBPACK_IMPORTED_MODULE_2__.messages)(view.locale);
    const { system, version, environment } = state.opened;
    const parts = [
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(m.headline(system, version, environment, (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .wasRefused */ .GD)(state) ? m.refused : m.status[state.status])),
    ];
    if (view.wayBack !== undefined)
        parts.push((0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)((0,_way_back_line_js__WEBPACK_IMPORTED_MODULE_4__/* .wayBackLine */ .r)(view.wayBack, view.locale)));
    parts.push(...waits(state, view, m), ...went(state, m));
    const rows = state.items.map((item) => {
        const ms = (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .itemMs */ .s4)(state, item);
        return [
            m.stepName[item.intends.step],
            (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(item.item),
            m.item[item.state],
            ms === undefined ? '' : (0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(ms),
        ];
    });
    if (rows.length > 0)
        parts.push('', `${m.steps}:`, (0,_table_js__WEBPACK_IMPORTED_MODULE_6__/* .columns */ .YB)(rows));
    const judged = (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .lastVerdicts */ .xB)(state).map((one) => [
        m.stepName[one.step],
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(one.item),
        m.verdict[one.verdict],
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(one.text),
    ]);
    if (judged.length > 0)
        parts.push('', `${m.verdicts}:`, (0,_table_js__WEBPACK_IMPORTED_MODULE_6__/* .columns */ .YB)(judged));
    parts.push('', m.record((0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(state.release), view.place === undefined ? undefined : (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(view.place)));
    if (state.torn.length > 0)
        parts.push(m.torn(state.torn.join(', ')));
    return `${parts.join('\n')}\n`;
}
function waits(state, view, m) {
    const why = (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .heldWhy */ .m2)(state);
    const lines = [];
    if (why !== undefined) {
        lines.push('', `${m.waits}: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(why)}`);
        if (state.heldUntil !== undefined)
            lines.push(`  ${m.until((0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .clock */ .pm)(state.heldUntil))}`);
    }
    if (view.next !== undefined)
        lines.push(`  ${m.next} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(view.next)}`);
    else if (why !== undefined && (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .waitsForLoss */ .Jf)(state)) {
        lines.push(`  ${m.acceptLoss} ${(0,_commands_js__WEBPACK_IMPORTED_MODULE_7__/* .acceptLossCommand */ .LC)(state)}`, `  ${m.keepRows} ${(0,_commands_js__WEBPACK_IMPORTED_MODULE_7__/* .keepRowsCommand */ .i5)(state)}`);
    }
    else if (why !== undefined) {
        lines.push(`  ${m.resume} ${(0,_commands_js__WEBPACK_IMPORTED_MODULE_7__/* .resumeCommand */ .VJ)(state)}`, `  ${m.comeBack} ${(0,_commands_js__WEBPACK_IMPORTED_MODULE_7__/* .rollbackCommand */ .Ct)(state)}`);
    }
    return lines;
}
function went(state, m) {
    const lines = [];
    const bad = (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .failures */ .e9)(state);
    if (bad.length > 0) {
        lines.push('', `${m.failures}:`, ...bad.map(({ step, item, text }) => `  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(m.failedAt(m.stepName[step], item, text))}`));
    }
    const back = (0,_facts_js__WEBPACK_IMPORTED_MODULE_1__/* .undone */ .SF)(state);
    if (back.length > 0) {
        lines.push('', `${m.undone}:`);
        for (const one of back)
            lines.push(`  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(m.undoneItem(m.stepName[one.of], one.item, one.how, (0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(one.ms)))}`);
    }
    const cost = state.rolledBack;
    if (cost !== undefined) {
        const lost = (0,_way_back_line_js__WEBPACK_IMPORTED_MODULE_4__/* .rowsByTable */ .N)(cost.lost, m);
        const exported = (0,_way_back_line_js__WEBPACK_IMPORTED_MODULE_4__/* .rowsByTable */ .N)(cost.exported, m);
        lines.push(`  ${m.cost((0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(cost.ms))} ${lost === '' ? m.noneLost : (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(m.lost(lost))}`);
        if (exported !== '')
            lines.push(`  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(m.exported(exported))}`);
    }
    return lines;
}
/** The plan for a terminal. */
function renderPlanText(plan, locale) {
    const m = (0,_messages_js__WEBPACK_IMPORTED_MODULE_2__.messages)(locale);
    const p = m.plan;
    const parts = [
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(p.title(plan.system, plan.version, plan.environment)),
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)((0,_way_back_line_js__WEBPACK_IMPORTED_MODULE_4__/* .wayBackLine */ .r)(plan.wayBack, locale)),
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(p.from(plan.previous)),
        ...plan.warnings.map((warning) => `! ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(warning)}`),
        '',
        (0,_table_js__WEBPACK_IMPORTED_MODULE_6__/* .columns */ .YB)([
            [m.step, m.itemTitle, p.what, p.undo, p.forecast],
            ...plan.items.map((item) => [
                (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)((0,_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .stepName */ .u)(item.step, m)),
                (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(item.item),
                (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(item.what),
                (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.oneLine)(item.undo ?? p.changesNothing),
                item.forecastMs === undefined ? '' : (0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(item.forecastMs),
            ]),
        ]),
    ];
    const total = (0,_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .totalMs */ .Vk)(plan);
    if (total !== undefined)
        parts.push(p.total((0,_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(total)));
    if (plan.schema === undefined)
        parts.push('', p.notRehearsed);
    else if (plan.schema.length === 0)
        parts.push('', p.schemaSame);
    else
        parts.push('', `${p.schema}:`, ...plan.schema.map((line) => `  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__.plain)(line)}`));
    parts.push('', `${p.digest}: ${plan.digest}`);
    return `${parts.join('\n')}\n`;
}


/***/ })

};
