export const id = 4002;
export const ids = [4002,7227];
export const modules = {

/***/ 4002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  explain: () => (/* binding */ explain)
});

// EXTERNAL MODULE: ./packages/units/lib/nearest.js
var nearest = __webpack_require__(5135);
// EXTERNAL MODULE: ./packages/runbook/lib/finding.js
var finding = __webpack_require__(6619);
// EXTERNAL MODULE: ./packages/runbook/lib/sections.js
var sections = __webpack_require__(3408);
// EXTERNAL MODULE: ./packages/runbook/lib/schema/common.js
var common = __webpack_require__(7227);
// EXTERNAL MODULE: ./packages/runbook/lib/tree.js
var lib_tree = __webpack_require__(64);
;// CONCATENATED MODULE: ./packages/runbook/lib/shape.js



const defOf = (schema) => schema._zod.def;
/** Which of a union's options was meant: by the type of what stands there, and of maps by the key that tells the kind. */
function choose(options, input) {
    const kind = kindOf(input);
    const fitting = options.flatMap((option, index) => (kindsOf(option).has(kind) ? [{ option, index }] : []));
    if (fitting.length === 0)
        return { kind: 'type' };
    const [only] = fitting;
    if (fitting.length === 1 && only !== undefined)
        return { kind: 'option', index: only.index };
    if (input.kind !== 'map')
        return kind === 'text' ? textChoice(fitting) : { kind: 'type' };
    const required = fitting.map(({ option, index }) => ({ index, keys: requiredKeys(option) }));
    const telling = required.map(({ index, keys }) => ({
        index,
        keys: keys.filter((key) => !required.every((other) => other.keys.includes(key))),
    }));
    const present = telling
        .map(({ index, keys }) => ({ index, keys, met: keys.filter((key) => input.entries.has(key)) }))
        .filter(({ met }) => met.length > 0);
    const [first, second] = present;
    if (first === undefined) {
        const fallback = telling.find(({ keys }) => keys.length === 0);
        return fallback === undefined
            ? { kind: 'none', kinds: telling.map(({ keys }) => keys) }
            : { kind: 'option', index: fallback.index };
    }
    if (second === undefined)
        return { kind: 'option', index: first.index };
    return { kind: 'both', keys: [first.met[0] ?? '', second.met[0] ?? ''] };
}
function textChoice(fitting) {
    const free = fitting.find(({ option }) => wordsOf(option).length === 0);
    return free === undefined ? { kind: 'type' } : { kind: 'option', index: free.index };
}
/** The schema for a path, following in unions what was meant. */
function schemaAt(root, whole, path) {
    let schema = root;
    for (const [index, key] of path.entries()) {
        if (schema === undefined)
            return undefined;
        const input = (0,lib_tree.at)(whole, path.slice(0, index));
        let inner = unwrap(schema);
        while (inner !== undefined && defOf(inner).type === 'union' && input !== undefined) {
            const choice = choose(optionsOf(inner), input);
            const option = choice.kind === 'option' ? optionsOf(inner)[choice.index] : undefined;
            inner = option === undefined ? undefined : unwrap(option);
        }
        if (inner === undefined)
            return undefined;
        const def = defOf(inner);
        schema = def.shape === undefined ? (def.element ?? def.valueType) : def.shape[String(key)];
    }
    return schema;
}
function plainOf(schema) {
    const { type, innerType } = defOf(schema);
    return type === 'optional' && innerType !== undefined ? plainOf(innerType) : schema;
}
function unwrap(schema) {
    const { type, innerType, in: input } = defOf(schema);
    if (type === 'optional' && innerType !== undefined)
        return unwrap(innerType);
    return type === 'pipe' && input !== undefined ? unwrap(input) : schema;
}
const optionsOf = (schema) => defOf(unwrap(schema)).options ?? [];
function keysOf(schema) {
    const def = defOf(unwrap(schema));
    if (def.options !== undefined)
        return [...new Set(def.options.flatMap(keysOf))];
    return Object.keys(def.shape ?? {});
}
function requiredKeys(schema) {
    const shape = defOf(unwrap(schema)).shape ?? {};
    return Object.keys(shape).filter((key) => shape[key]?._zod.optin !== 'optional');
}
function kindOf(tree) {
    if (tree.kind !== 'scalar')
        return tree.kind;
    const { value } = tree;
    if (value === null)
        return 'nothing';
    return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}
function kindsOf(schema) {
    const def = defOf(unwrap(schema));
    switch (def.type) {
        case 'object':
        case 'record':
            return new Set(['map']);
        case 'array':
            return new Set(['list']);
        case 'number':
        case 'int':
            return new Set(['number']);
        case 'boolean':
            return new Set(['boolean']);
        case 'literal':
            return new Set((def.values ?? []).map((value) => (typeof value === 'boolean' ? 'boolean' : 'text')));
        case 'union':
            return new Set((def.options ?? []).flatMap((option) => [...kindsOf(option)]));
        case 'unknown':
            return new Set(['map', 'list', 'text', 'number', 'boolean']);
        default:
            return new Set(['text']);
    }
}
/** The only words that a schema takes; none when it takes other texts too. */
function wordsOf(schema) {
    const def = defOf(unwrap(schema));
    if (def.type === 'enum')
        return Object.values(def.entries ?? {}).map(String);
    if (def.type === 'literal')
        return (def.values ?? []).filter((value) => typeof value === 'string');
    return [];
}
function isSecret(schema) {
    return (0,common.expectationOf)(unwrap(schema)) === (0,common.expectationOf)(common.secret);
}
/** What a schema takes, to be put after "expected". */
function describe(schema) {
    const def = defOf(schema);
    const told = (0,common.expectationOf)(schema);
    if (told !== undefined)
        return told;
    if (def.type === 'optional' && def.innerType !== undefined)
        return describe(def.innerType);
    if (def.type === 'pipe' && def.in !== undefined)
        return describe(def.in);
    switch (def.type) {
        case 'object': {
            const keys = requiredKeys(schema);
            return keys.length === 0 ? `a map with any of ${(0,finding/* listed */.KE)(keysOf(schema))}` : `a map with ${(0,finding/* listed */.KE)(keys)}`;
        }
        case 'record':
            return 'a map';
        case 'array':
            return boundsOf(schema).least === undefined ? 'a list' : 'a list with at least one entry';
        case 'number':
        case 'int':
            return number(schema);
        case 'boolean':
            return 'true or false';
        case 'enum':
        case 'literal':
            return oneOf(wordsOf(schema).length === 0 ? (def.values ?? []).map(String) : wordsOf(schema), def.values?.[0] === true);
        case 'union':
            return [...new Set((def.options ?? []).map(describe))].join(', or ');
        default:
            return 'a text';
    }
}
/** The bounds that checks set: of a number, of a text's or a list's length. */
function boundsOf(schema) {
    const checks = schema._zod.def.checks ?? [];
    const defs = checks.map((check) => check._zod.def);
    return {
        least: defs.find(({ check }) => check === 'greater_than')?.value ??
            defs.find(({ check }) => check === 'min_length')?.minimum,
        most: defs.find(({ check }) => check === 'less_than')?.value,
    };
}
function number(schema) {
    const { least, most } = boundsOf(schema);
    if (least === undefined)
        return 'a whole number';
    return most === undefined ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`;
}
function oneOf(words, plain = false) {
    if (plain)
        return words.join(' or ');
    return words.length === 1 ? (0,finding/* listed */.KE)(words) : `one of ${(0,finding/* listed */.KE)(words)}`;
}

;// CONCATENATED MODULE: ./packages/runbook/lib/explain.js





/** What zod found, in words, at its place; of a union only what concerns the kind that was meant. */
function explain(schema, tree, issues, base) {
    const whole = (0,lib_tree.at)(tree, base);
    if (whole === undefined)
        return [];
    const found = issues.flatMap((issue) => explainIssue(schema, whole, issue, [], base));
    const covering = found.filter(({ covers }) => covers === true);
    return found.filter((finding) => finding.covers === true ||
        !covering.some(({ path }) => path.slice(0, -1).every((key, index) => key === finding.path[index])));
}
function explainIssue(schema, whole, issue, from, base) {
    const local = [...from, ...issue.path];
    const path = [...base, ...local];
    const input = (0,lib_tree.at)(whole, local);
    const here = schemaAt(schema, whole, local);
    switch (issue.code) {
        case 'unrecognized_keys':
            return issue.keys.map((key) => unknownKey(key, path, here === undefined ? [] : keysOf(here)));
        case 'invalid_union':
            return here === undefined ? [] : explainUnion(here, whole, issue, local, base, schema);
        case 'custom': {
            const { offset, hint } = (issue.params ?? {});
            return [{ path, inside: offset ?? 0, message: `${label(path)}${issue.message}`, hint }];
        }
        case 'invalid_key': {
            const keys = schemaAt(schema, whole, local.slice(0, -1));
            const expected = keys === undefined ? 'another key' : describe(defOf(unwrap(keys)).keyType ?? keys);
            return [{ path, part: 'key', message: `the key ${(0,finding/* quote */.hD)(String(path.at(-1)))}: expected ${expected}` }];
        }
        default:
            if (input === undefined)
                return [missing(path, here)];
            return [wrong(path, input, here, issue)];
    }
}
function missing(path, schema) {
    const expected = schema === undefined ? '' : `, expected ${describe(schema)}`;
    const key = String(path.at(-1));
    const owner = path.length > 1 ? ` in ${place(path.slice(0, -1))}` : '';
    return { path: path.slice(0, -1), message: `${(0,finding/* quote */.hD)(key)} is missing${owner}${expected}` };
}
function wrong(path, input, schema, issue) {
    if (schema === undefined)
        return { path, message: `${label(path)}not valid here` };
    if (isSecret(schema)) {
        return {
            path,
            message: `${label(path)}expected ${describe(schema)}, got something else`,
            hint: 'the value itself never stands in the file: put it in the environment of the step and name it here',
        };
    }
    const words = wordsOf(schema);
    if (input.kind === 'scalar' && typeof input.value === 'string') {
        const planned = (0,sections/* notYet */.y8)(path.slice(0, -1), input.value);
        if (planned !== undefined)
            return { path, ...planned, covers: true };
    }
    const short = issue.code === 'too_small' && (issue.origin === 'array' || issue.origin === 'string');
    const actual = short ? 'an empty one' : got(input);
    const close = words.length > 0 && input.kind === 'scalar' && typeof input.value === 'string'
        ? (0,finding/* didYouMean */.au)((0,nearest/* nearest */.p)(input.value, words))
        : quotesHint(input, schema);
    return { path, message: `${label(path)}expected ${describe(schema)}, got ${actual}`, hint: close };
}
function quotesHint(input, schema) {
    if (input.kind !== 'scalar' || input.value === null)
        return undefined;
    const wanted = kindsOf(schema);
    // A number without its unit is not mended by quotes.
    const plain = defOf(plainOf(schema)).type === 'string';
    if (typeof input.value !== 'string' && plain)
        return `write it in quotes: "${input.source}"`;
    if (typeof input.value !== 'string' || input.value.trim() === '')
        return undefined;
    if (wanted.has('number') && Number.isFinite(Number(input.value)))
        return `write it without quotes: ${input.value}`;
    return undefined;
}
/** An unknown key, or a known one of a later version. */
function unknownKey(key, path, known) {
    const planned = (0,sections/* notYet */.y8)(path, key);
    const at = [...path, key];
    if (planned !== undefined)
        return { path: at, part: 'key', ...planned, covers: true };
    return { path: at, part: 'key', ...(0,finding/* unknownWord */.$5)('key', key, path.length === 0 ? '' : place(path), known) };
}
function explainUnion(union, whole, issue, local, base, root) {
    const input = (0,lib_tree.at)(whole, local);
    const path = [...base, ...local];
    if (input === undefined)
        return [missing(path, union)];
    const choice = choose(optionsOf(union), input);
    if (choice.kind === 'option') {
        const errors = issue.errors[choice.index] ?? [];
        return errors.flatMap((error) => explainIssue(root, whole, error, local, base));
    }
    if (choice.kind === 'both') {
        const [first = '', second = ''] = choice.keys;
        return [
            {
                path: [...path, second],
                part: 'key',
                message: `${(0,finding/* quote */.hD)(first)} and ${(0,finding/* quote */.hD)(second)} together in ${place(path)}, expected one of them`,
            },
        ];
    }
    if (choice.kind === 'none') {
        const known = [...new Set(optionsOf(union).flatMap(keysOf))];
        const keys = input.kind === 'map' ? [...input.entries.keys()] : [];
        const unknown = keys.filter((key) => !known.includes(key)).map((key) => unknownKey(key, path, known));
        if (unknown.some(({ covers, hint }) => covers === true || hint !== undefined))
            return unknown;
        const kinds = choice.kinds.map((words) => (words.length === 1 ? (0,finding/* quote */.hD)(words[0] ?? '') : `{ ${words.join(', ')} }`));
        return [{ path, message: `${label(path)}expected one of ${kinds.join(', ')}, got ${keysGot(keys)}` }];
    }
    return [wrong(path, input, union, issue)];
}
const keysGot = (keys) => keys.length === 0 ? 'an empty map' : `a map with ${(0,finding/* listed */.KE)(keys.slice(0, 6))}`;
/** A path for people: services.backend.slots.blue.port, smoke[2].http.url */
function place(path) {
    return path.map((key, index) => (typeof key === 'number' ? `[${key + 1}]` : index === 0 ? key : `.${key}`)).join('');
}
const label = (path) => (path.length === 0 ? '' : `${place(path)}: `);
/** What stands there, to be put after "got". */
function got(input) {
    switch (input.kind) {
        case 'map':
            return 'a map';
        case 'list':
            return input.items.length === 0 ? 'an empty list' : 'a list';
        case 'scalar':
            return gotScalar(input);
    }
}
function gotScalar({ value, source }) {
    if (value === null)
        return 'nothing';
    if (typeof value === 'number')
        return `the number ${source}`;
    return typeof value === 'string' ? `the text ${(0,finding/* quote */.hD)(value)}` : String(value);
}


/***/ }),

/***/ 7227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   about: () => (/* binding */ about),
/* harmony export */   duration: () => (/* binding */ duration),
/* harmony export */   expectationOf: () => (/* binding */ expectationOf),
/* harmony export */   expects: () => (/* binding */ expects),
/* harmony export */   maybe: () => (/* binding */ maybe),
/* harmony export */   name: () => (/* binding */ name),
/* harmony export */   percent: () => (/* binding */ percent),
/* harmony export */   port: () => (/* binding */ port),
/* harmony export */   program: () => (/* binding */ program),
/* harmony export */   run: () => (/* binding */ run),
/* harmony export */   secret: () => (/* binding */ secret),
/* harmony export */   size: () => (/* binding */ size),
/* harmony export */   text: () => (/* binding */ text),
/* harmony export */   threshold: () => (/* binding */ threshold),
/* harmony export */   variableName: () => (/* binding */ variableName),
/* harmony export */   variables: () => (/* binding */ variables),
/* harmony export */   window: () => (/* binding */ window)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7165);
/* harmony import */ var _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5663);
/* harmony import */ var _release_runbook_units_percent__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4924);
/* harmony import */ var _release_runbook_units_size__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8932);
/* harmony import */ var _release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9932);
/* harmony import */ var _release_runbook_units_window__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6305);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8532);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8395);
/* harmony import */ var zod_mini__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3305);







// A runbook is parsed once a process: compiling a function for each map costs more than it saves.
zod_mini__WEBPACK_IMPORTED_MODULE_6__/* .config */ .$W({ jitless: true });
/** What errors say after "expected"; a schema's description is for editors instead. */
const expectations = new WeakMap();
/** Gives a schema the words that an error says after "expected". */
function expects(text, schema) {
    expectations.set(schema, text);
    return schema;
}
/** The words given by `expects`, also to the schema that this one was derived from. */
function expectationOf(schema) {
    for (let at = schema; at !== undefined; at = at._zod.parent) {
        const text = expectations.get(at);
        if (text !== undefined)
            return text;
    }
    return undefined;
}
/** A key of a map with its description, which editors show from runbook.schema.json. */
function about(text, schema) {
    return schema.check(zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .describe */ .q0y(text));
}
/** A key that may be left out, with its description. */
function maybe(text, schema) {
    return zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .optional */ .lqM(schema).check(zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .describe */ .q0y(text));
}
/**
 * A text with a unit. The schema's input is the text as people write it, its output the parsed value
 * (durations in ms, sizes in bytes, percents as 0–100). A wrong unit becomes an issue at the text's own place.
 */
function unit(parse, expected) {
    return expects(expected, zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .pipe */ .FsL(zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP(), zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .transform */ .pdi((text, ctx) => {
        try {
            return parse(text);
        }
        catch (error) {
            if (!(error instanceof _release_runbook_units_error__WEBPACK_IMPORTED_MODULE_1__/* .UnitError */ .tR))
                throw error;
            const params = { offset: error.offset, hint: error.hint };
            ctx.issues.push({ code: 'custom', input: text, message: error.message, params });
            return zod_mini__WEBPACK_IMPORTED_MODULE_6__/* .NEVER */ .tm;
        }
    })));
}
const duration = unit(_release_runbook_units_duration__WEBPACK_IMPORTED_MODULE_0__/* .parseDuration */ .E9, 'a duration such as "30m", "500 ms" or "72h"');
const size = unit(_release_runbook_units_size__WEBPACK_IMPORTED_MODULE_3__/* .parseSize */ .DB, 'a size such as "2 GB" or "512 MiB"');
const percent = unit((text) => (0,_release_runbook_units_percent__WEBPACK_IMPORTED_MODULE_2__/* .parsePercent */ .lo)(text), 'a percentage such as "5%"');
const window = unit(_release_runbook_units_window__WEBPACK_IMPORTED_MODULE_5__/* .parseWindow */ .Et, 'a window such as "02:00-12:00 Asia/Shanghai"');
const threshold = (dimension, example) => unit((text) => (0,_release_runbook_units_threshold__WEBPACK_IMPORTED_MODULE_4__/* .parseThreshold */ .B7)(text, dimension), `a threshold such as "${example}"`);
/** A name that people give: of a host, a service, an item. */
const name = expects('a name: letters, digits, "-", "_", ".", beginning with a letter or digit, at most 64', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._regex */ .Fk(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)));
/** A text of at least one character. */
const text = expects('a text', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._minLength */ .m9(1)));
/** A program with its arguments; no shell touches it. */
const program = expects('a list: a program and its arguments', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .array */ .YOg(expects('an argument as text', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP())).check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._minLength */ .m9(1)));
/** A bash script (text), or a program with its arguments (list; no shell touches it). */
const run = expects('a bash script as text, or a list: a program and its arguments', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .union */ .KCZ([zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._minLength */ .m9(1)), program]));
const port = expects('a port from 1 to 65535', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .int */ .Whr().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._gte */ .qm(1), zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._lte */ .Zm(65535)));
/** The name of a variable of the step's environment that holds a secret: `$NAME`. The value is never written in the file. */
const secret = expects('the name of a secret, such as "$API_TOKEN"', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._regex */ .Fk(/^\$[A-Z_][A-Z0-9_]*$/)));
const variableName = expects('a name of a variable: letters, digits and "_", not beginning with a digit', zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP().check(zod_mini__WEBPACK_IMPORTED_MODULE_8__/* ._regex */ .Fk(/^[A-Za-z_][A-Za-z0-9_]*$/)));
const variables = zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .record */ .g1P(variableName, zod_mini__WEBPACK_IMPORTED_MODULE_7__/* .string */ .YjP());


/***/ }),

/***/ 6305:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A4: () => (/* binding */ formatWindow),
  gO: () => (/* binding */ inWindow),
  gR: () => (/* binding */ nextOpening),
  Et: () => (/* binding */ parseWindow)
});

// EXTERNAL MODULE: ./packages/units/lib/error.js
var error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/units/lib/nearest.js
var nearest = __webpack_require__(5135);
// EXTERNAL MODULE: ./packages/units/lib/quantity.js
var quantity = __webpack_require__(9092);
;// CONCATENATED MODULE: ./packages/units/lib/zone.js


const formats = new Map();
/** The clock of a zone's wall at an instant, as if it were UTC: ms since 1970, and the day of the week from it. */
function wallClock(zone, instantMs) {
    const parts = {};
    for (const { type, value } of formatOf(zone).formatToParts(instantMs))
        parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
}
/** Wall clock minus UTC at an instant, in ms; instants are taken to the second. */
function zoneOffset(zone, instantMs) {
    const whole = Math.floor(instantMs / 1000) * 1000;
    return wallClock(zone, whole) - whole;
}
/** Checks the name of a zone; @throws UnitError with the nearest one. */
function checkZone(name, offset) {
    const expected = 'a time zone such as Asia/Shanghai or UTC';
    // Newer engines accept offsets, older ones do not; and an offset knows no summer time.
    if (/^[+-]/.test(name))
        throw (0,quantity/* unexpected */.os)(expected, `the offset ${(0,quantity/* quote */.hD)(name)}`, { offset });
    try {
        formatOf(name);
    }
    catch {
        throw (0,quantity/* unexpected */.os)(expected, (0,quantity/* quote */.hD)(name), { offset, nearest: nearestZone(name) });
    }
}
function formatOf(zone) {
    const known = formats.get(zone);
    if (known !== undefined)
        return known;
    const format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
    });
    formats.set(zone, format);
    return format;
}
/** By the whole name, else by its city alone ("Shanghai", "China/Shanghai"). */
function nearestZone(name) {
    const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
    const whole = (0,nearest/* nearest */.p)(name, zones);
    if (whole !== undefined)
        return whole;
    const city = (0,nearest/* nearest */.p)(lastPart(name), zones.map(lastPart));
    return city === undefined ? undefined : zones.find((zone) => lastPart(zone) === city);
}
function lastPart(zone) {
    return zone.slice(zone.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./packages/units/lib/window.js




const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const expected = 'a window such as "02:00-12:00 Asia/Shanghai" or "Mon-Fri 21:30-02:00 Asia/Shanghai"';
/**
 * Reads "02:00-12:00 Asia/Shanghai", with days before it if it does not open on each: "Mon-Fri", "Mon,Wed,Sat-Sun".
 * A window that passes midnight belongs to the day on which it opens.
 * @throws UnitError
 */
function parseWindow(text) {
    let at = (0,quantity/* skipSpace */.AN)(text, 0);
    let days = weekdays;
    if (/[A-Za-z]/.test(text.charAt(at))) {
        const word = wordAt(text, at);
        days = parseDays(word, at);
        at = (0,quantity/* skipSpace */.AN)(text, at + word.length);
    }
    const times = /^(\d{1,2}:\d\d)(\s*-\s*)(\d{1,2}:\d\d)(?=\s|$)/.exec(text.slice(at, at + 64));
    if (times === null)
        throw (0,quantity/* unexpected */.os)(expected, (0,quantity/* got */.Lt)(text, at), { offset: at });
    const [whole, first = '', dash = '', second = ''] = times;
    const from = parseTime(first, at, 1439);
    const to = parseTime(second, at + first.length + dash.length, 1440);
    if (from === to) {
        throw (0,quantity/* unexpected */.os)('a window that ends after it begins (00:00-24:00 is the whole day)', (0,quantity/* quote */.hD)(whole), { offset: at });
    }
    at = (0,quantity/* skipSpace */.AN)(text, at + whole.length);
    const zone = wordAt(text, at);
    if (zone === '')
        throw (0,quantity/* unexpected */.os)(expected, `${(0,quantity/* quote */.hD)(text.trim())} without a time zone`, { offset: text.length });
    checkZone(zone, at);
    const end = (0,quantity/* skipSpace */.AN)(text, at + zone.length);
    if (end < text.length)
        throw (0,quantity/* unexpected */.os)(expected, `${(0,quantity/* got */.Lt)(text, end)} behind it`, { offset: end });
    return { days, from, to, zone, text: text.trim() };
}
function wordAt(text, at) {
    return /^\S*/.exec(text.slice(at, at + 256))?.[0] ?? '';
}
function parseTime(text, at, most) {
    const [hours = 0, minutes = 0] = text.split(':').map(Number);
    const total = hours * 60 + minutes;
    if (minutes > 59 || total > most) {
        throw (0,quantity/* unexpected */.os)(`a time from 00:00 to ${most === 1440 ? '24:00' : '23:59'}`, (0,quantity/* quote */.hD)(text), { offset: at });
    }
    return total;
}
function parseDays(text, at) {
    const found = new Set();
    let offset = at;
    for (const range of text.split(',')) {
        const [first = '', last = first, ...more] = range.split('-');
        if (more.length > 0)
            throw (0,quantity/* unexpected */.os)('days such as Mon-Fri', (0,quantity/* quote */.hD)(range), { offset });
        const end = indexOfDay(last, offset + range.length - last.length);
        for (let index = indexOfDay(first, offset);; index = (index + 1) % 7) {
            found.add(weekdays[index] ?? 'Mon');
            if (index === end)
                break;
        }
        offset += range.length + 1;
    }
    return weekdays.filter((day) => found.has(day));
}
function indexOfDay(text, offset) {
    const index = weekdays.indexOf(text);
    if (index >= 0)
        return index;
    const full = weekdays.find((day) => text.slice(0, 3).toLowerCase() === day.toLowerCase());
    throw new error/* UnitError */.tR(`expected a day (${weekdays.join(', ')}), got ${(0,quantity/* quote */.hD)(text)}`, {
        offset,
        expected: 'a day such as Mon',
        nearest: full ?? (0,nearest/* nearest */.p)(text, weekdays),
    });
}
/** Whether the window is open at `date`; its first minute is in it, the minute at which it ends is not. */
function inWindow(window, date) {
    const wall = wallClock(window.zone, date.getTime());
    const minutes = Math.floor((wall - Math.floor(wall / dayMs) * dayMs) / minuteMs);
    if (window.from < window.to)
        return opensOn(window, wall) && minutes >= window.from && minutes < window.to;
    return (minutes >= window.from && opensOn(window, wall)) || (minutes < window.to && opensOn(window, wall - dayMs));
}
function opensOn(window, wall) {
    const day = weekdays[(new Date(wall).getUTCDay() + 6) % 7];
    return day !== undefined && window.days.includes(day);
}
/** The first instant at or after `date` at which the window is open: `date` itself while it is. */
function nextOpening(window, date) {
    if (inWindow(window, date))
        return date;
    const now = date.getTime();
    const wall = wallClock(window.zone, now);
    const today = Math.floor(wall / dayMs) * dayMs;
    let first = Number.POSITIVE_INFINITY;
    // Two weeks: a window of one day a week may fall into the hour that summer time leaves out.
    for (let day = -1; day <= 15; day++) {
        for (const instant of openings(window.zone, today + day * dayMs + window.from * minuteMs)) {
            if (instant > now && instant < first && inWindow(window, new Date(instant)))
                first = instant;
        }
    }
    return new Date(first);
}
/**
 * The instants at which the wall shows `wall` (none, one, or two where clocks are set back), and the one at which
 * clocks are changed near it, since that too can open a window.
 */
function openings(zone, wall) {
    const before = zoneOffset(zone, wall - dayMs);
    const after = zoneOffset(zone, wall + dayMs);
    if (before === after)
        return [wall - before];
    let low = wall - dayMs;
    let high = wall + dayMs;
    while (high - low > 1000) {
        const middle = low + Math.floor((high - low) / 2000) * 1000;
        if (zoneOffset(zone, middle) === before)
            low = middle;
        else
            high = middle;
    }
    return [wall - before, high, wall - after];
}
/** The window in one canonical form, which parseWindow reads back as the same. */
function formatWindow(window) {
    const times = `${clock(window.from)}-${clock(window.to)} ${window.zone}`;
    return window.days.length === 7 ? times : `${formatDays(window.days)} ${times}`;
}
function formatDays(days) {
    const runs = [];
    for (const day of days) {
        const run = runs.at(-1);
        const last = run?.at(-1);
        if (run !== undefined && last !== undefined && weekdays.indexOf(last) + 1 === weekdays.indexOf(day))
            run.push(day);
        else
            runs.push([day]);
    }
    return runs.map((run) => (run.length < 3 ? run.join(',') : `${run[0]}-${run.at(-1)}`)).join(',');
}
function clock(minutes) {
    const two = (value) => String(value).padStart(2, '0');
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}


/***/ })

};
