export const id = 5844;
export const ids = [5844];
export const modules = {

/***/ 6619:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $5: () => (/* binding */ unknownWord),
/* harmony export */   KE: () => (/* binding */ listed),
/* harmony export */   au: () => (/* binding */ didYouMean),
/* harmony export */   hD: () => (/* binding */ quote)
/* harmony export */ });
/* harmony import */ var _release_runbook_units_nearest__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5135);

/** A word in quotes, with all that would be accepted when it is a short list. */
const listed = (words) => [...words].map((word) => JSON.stringify(word)).join(', ');
const didYouMean = (word) => word === undefined ? undefined : `did you mean ${JSON.stringify(word)}?`;
const quote = (text) => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
/** "unknown key "sevices" in hosts.app, expected …" with the nearest; a long list only when nothing is near. */
function unknownWord(what, word, where, known) {
    const near = (0,_release_runbook_units_nearest__WEBPACK_IMPORTED_MODULE_0__/* .nearest */ .p)(word, known);
    const owner = where === '' ? '' : ` in ${where}`;
    const expected = near !== undefined && known.length > 8
        ? quote(near)
        : known.length === 1
            ? listed(known)
            : `one of ${listed(known)}`;
    const message = `unknown ${what} ${quote(word)}${owner}, expected ${expected}`;
    return near === undefined ? { message } : { message, hint: `did you mean ${JSON.stringify(near)}?` };
}


/***/ }),

/***/ 5844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  buildRunbook: () => (/* binding */ buildRunbook),
  checkRunbook: () => (/* binding */ checkRunbook),
  inlineRunbook: () => (/* binding */ inlineRunbook),
  loadRunbook: () => (/* binding */ loadRunbook),
  parseRunbook: () => (/* binding */ parseRunbook),
  readEnvironments: () => (/* binding */ readEnvironments),
  readRunbookText: () => (/* binding */ readRunbookText),
  restoreRunbook: () => (/* binding */ restoreRunbook)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
// EXTERNAL MODULE: ./packages/runbook/lib/tree.js
var lib_tree = __webpack_require__(64);
;// CONCATENATED MODULE: ./packages/runbook/lib/problems.js


/** One error for many: each is printed on its own line. */
function gather(problems) {
    const [first] = problems;
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    const lines = problems.map(({ at, message }) => at === undefined ? message : `${at.file}:${at.line}:${at.column}: ${message}`);
    return new lib_error/* RunbookError */.rk(`the runbook has ${count}; nothing was touched:\n${lines.join('\n')}`, {
        at: first?.at,
        hint: first?.hint,
        problems,
    });
}
function byPosition(a, b) {
    return (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0);
}
/** Findings as errors at their positions, in the order of the file. */
function errorsOf(findings, tree, locate) {
    return findings
        .map(({ path, part, inside, message, hint }) => {
        const at = locate((0,lib_tree/* offsetOf */.b4)(tree, path, part, inside));
        return new lib_error/* RunbookError */.rk(message, { at, hint });
    })
        .sort(byPosition);
}

// EXTERNAL MODULE: ./packages/units/lib/nearest.js
var nearest = __webpack_require__(5135);
// EXTERNAL MODULE: ./packages/runbook/lib/finding.js
var lib_finding = __webpack_require__(6619);
;// CONCATENATED MODULE: ./packages/runbook/lib/schema/checks.js
/** Kinds of checks: an entry is a map of one of these names to its options. Each schema is loaded when it is met. */
const checkKinds = {
    http: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(6626)]).then(__webpack_require__.bind(__webpack_require__, 6626))).http,
    journey: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(7844)]).then(__webpack_require__.bind(__webpack_require__, 7844))).journey,
    polling: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(907)]).then(__webpack_require__.bind(__webpack_require__, 907))).polling,
    disk: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(6535)]).then(__webpack_require__.bind(__webpack_require__, 6535))).disk,
    env: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(8551)]).then(__webpack_require__.bind(__webpack_require__, 8551))).env,
    'git-tag': async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(9865)]).then(__webpack_require__.bind(__webpack_require__, 9865))).gitTag,
    command: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(6241)]).then(__webpack_require__.bind(__webpack_require__, 6241))).command,
    sql: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(2952)]).then(__webpack_require__.bind(__webpack_require__, 2952))).sql,
    commit: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(127)]).then(__webpack_require__.bind(__webpack_require__, 127))).commit,
};

// EXTERNAL MODULE: ./packages/runbook/lib/sections.js
var lib_sections = __webpack_require__(3408);
;// CONCATENATED MODULE: ./packages/runbook/lib/assemble.js




/** Parses each section that is there with its own schema. */
async function parseSections(tree) {
    const findings = [];
    const sections = {};
    for (const [name, { value }] of tree.entries) {
        if ((0,lib_tree/* isNull */.kZ)(value))
            continue;
        if (isOneOf(lib_sections/* checkSections */.fM, name)) {
            const checks = await parseChecks(tree, name, value, findings);
            if (checks !== undefined)
                sections[name] = checks;
        }
        else if (isSchemaSection(name)) {
            const parsed = await parse(await lib_sections/* sectionSchemas */.u4[name](), tree, [name], value, findings);
            if (parsed !== undefined)
                sections[name] = parsed.value;
        }
    }
    return { sections: sections, findings };
}
const isSchemaSection = (name) => Object.hasOwn(lib_sections/* sectionSchemas */.u4, name);
const isOneOf = (words, word) => words.some((one) => one === word);
async function parse(schema, tree, path, value, findings) {
    const result = schema.safeParse((0,lib_tree/* toJson */.aB)(value));
    if (result.success)
        return { value: result.data };
    const { explain } = await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(4002)]).then(__webpack_require__.bind(__webpack_require__, 4002));
    findings.push(...explain(schema, tree, result.error.issues, path));
    return undefined;
}
/** A list of checks: each entry a map of one kind to its options. */
async function parseChecks(tree, section, list, findings) {
    const before = findings.length;
    if (list.kind !== 'list') {
        findings.push({
            path: [section],
            message: `${section}: expected a list of checks, each such as "- http: { url: … }"`,
        });
        return undefined;
    }
    const checks = [];
    for (const [index, item] of list.items.entries()) {
        const path = [section, index];
        const kind = kindOf(item, path, findings);
        const options = kind === undefined ? undefined : (0,lib_tree/* child */.jf)(item, kind);
        if (kind === undefined || options === undefined)
            continue;
        // "- git-tag:" with nothing behind it has no options.
        const value = (0,lib_tree/* isNull */.kZ)(options) ? (0,lib_tree/* emptyMap */.MZ)(options.at) : options;
        const parsed = await parse(await checkKinds[kind](), tree, [...path, kind], value, findings);
        if (parsed !== undefined)
            checks.push({ [kind]: parsed.value });
    }
    return findings.length === before ? checks : undefined;
}
function kindOf(item, path, findings) {
    const kinds = Object.keys(checkKinds);
    const where = `${path[0]}[${Number(path[1]) + 1}]`;
    if (item.kind !== 'map' || item.entries.size === 0) {
        const hint = item.kind === 'scalar' && typeof item.value === 'string' && kinds.includes(item.value)
            ? `write "- ${item.value}: {}"`
            : undefined;
        findings.push({ path, message: `${where}: expected a check, a map with one of ${(0,lib_finding/* listed */.KE)(kinds)}`, hint });
        return undefined;
    }
    const keys = [...item.entries.keys()];
    const unknown = keys.filter((key) => !kinds.includes(key));
    for (const key of unknown) {
        const planned = (0,lib_sections/* notYet */.y8)(path, key);
        const unknownCheck = (0,lib_finding/* unknownWord */.$5)('check', key, where, kinds);
        const finding = planned ?? { ...unknownCheck, hint: unknownCheck.hint ?? indentHint(keys, kinds) };
        findings.push({ path: [...path, key], part: 'key', ...finding });
    }
    if (unknown.length > 0)
        return undefined;
    const [kind, second] = keys;
    if (second === undefined)
        return kind;
    findings.push({
        path: [...path, second],
        part: 'key',
        message: `"${kind}" and "${second}" together in ${where}, expected one check an entry`,
        hint: `put "- " before "${second}"`,
    });
    return undefined;
}
/** Options one level too far left stand beside their check. */
const indentHint = (keys, kinds) => {
    const kind = keys.find((key) => kinds.includes(key));
    return kind === undefined ? undefined : `options of "${kind}" are indented below it`;
};

// EXTERNAL MODULE: ./packages/runbook/lib/digest.js
var digest = __webpack_require__(8364);
;// CONCATENATED MODULE: ./packages/runbook/lib/reading.js








function rootOf({ tree, position }) {
    if (tree.kind === 'map')
        return tree;
    throw gather([
        new lib_error/* RunbookError */.rk('not a runbook, expected a map of sections that begins with "runbook: v1"', {
            at: position(tree.at),
        }),
    ]);
}
function environmentNames(located) {
    const environments = (0,lib_tree/* child */.jf)(rootOf(located), 'environments');
    if (environments === undefined || (0,lib_tree/* isNull */.kZ)(environments))
        return ['default'];
    const fault = environments.kind === 'map' && environments.entries.size > 0 ? undefined : environments;
    if (fault !== undefined || environments.kind !== 'map') {
        throw gather([
            new lib_error/* RunbookError */.rk('environments: expected a map of environments by name, such as "production:"', {
                at: located.position(environments.at),
            }),
        ]);
    }
    return [...environments.entries.keys()];
}
/** Reads one environment of a file: the common part with the environment's own laid over it. */
async function assembleFile(located, options) {
    const { position } = located;
    const root = rootOf(located);
    const names = environmentNames(located);
    const findings = checkTop(root);
    const environment = options.environment ?? (names.length === 1 ? names[0] : undefined);
    if (environment === undefined || !names.includes(environment)) {
        findings.push(noEnvironment(root, names, environment));
        return { runbook: undefined, problems: errorsOf(findings, root, position), warnings: [] };
    }
    const own = (0,lib_tree.at)(root, ['environments', environment]);
    if (own !== undefined)
        checkEnvironment(environment, own, findings);
    const { findSecrets } = await __webpack_require__.e(/* import() */ 3427).then(__webpack_require__.bind(__webpack_require__, 3427));
    const secrets = findSecrets(root);
    const hidden = new Set(secrets.map(({ path }) => (0,lib_tree/* offsetOf */.b4)(root, path)));
    const common = (0,lib_tree/* without */.FF)(root, ['runbook', 'environments']);
    const tree = dropEmpty(own?.kind === 'map' ? (0,lib_tree/* merge */.h1)(common, own) : common);
    const { found, sections } = await examine(tree, options);
    const isHidden = (finding) => hidden.has((0,lib_tree/* offsetOf */.b4)(tree, finding.path));
    const problems = [
        ...errorsOf([...findings, ...secrets], root, position),
        ...errorsOf(found.problems.filter((finding) => !isHidden(finding)), tree, position),
    ].sort(byPosition);
    return {
        runbook: problems.length > 0 ? undefined : runbookOf(tree, environment, sections, position),
        problems,
        warnings: errorsOf(found.warnings, tree, position),
    };
}
/** Everything that can be said of a merged runbook: by its schemas, and by how its parts fit together. */
async function examine(tree, options) {
    const parsed = await parseSections(tree);
    const { validate, unsetSecrets } = await Promise.all(/* import() */[__webpack_require__.e(9932), __webpack_require__.e(3012)]).then(__webpack_require__.bind(__webpack_require__, 3012));
    const found = validate(tree, parsed.sections);
    found.problems.push(...parsed.findings);
    if (options.variables !== undefined)
        found.problems.push(...unsetSecrets(parsed.sections, options.variables));
    return { found, sections: parsed.sections };
}
function dropEmpty(tree) {
    return { ...tree, entries: new Map([...tree.entries].filter(([, { value }]) => !(0,lib_tree/* isNull */.kZ)(value))) };
}
function checkTop(root) {
    const findings = [];
    const version = (0,lib_tree/* child */.jf)(root, 'runbook');
    if (version === undefined) {
        findings.push({ path: [], message: '"runbook" is missing, expected "runbook: v1" on the first line' });
    }
    else if (version.kind !== 'scalar' || version.value !== 'v1') {
        const newer = version.kind === 'scalar' && /^v\d+$/.test(String(version.value));
        findings.push({
            path: ['runbook'],
            message: 'runbook: expected "v1", the only version of the format that this tool knows',
            hint: newer ? 'was the file written for a newer version of the tool?' : undefined,
        });
    }
    if (!root.entries.has('system')) {
        findings.push({
            path: [],
            message: '"system" is missing, expected the name of the system, such as "system: web-shop"',
        });
    }
    unknownKeys(root, [], lib_sections/* fileKeys */.Nh, findings);
    return findings;
}
function checkEnvironment(name, own, findings) {
    const path = ['environments', name];
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(name)) {
        findings.push({
            path,
            part: 'key',
            message: `${JSON.stringify(name)} is no name of an environment, expected letters, digits, "-", "_", "."`,
        });
    }
    if (own.kind === 'map')
        unknownKeys(own, path, lib_sections/* environmentKeys */.aZ, findings);
    else if (!(0,lib_tree/* isNull */.kZ)(own))
        findings.push({ path, message: `${path.join('.')}: expected a map of sections` });
}
function unknownKeys(tree, path, known, findings) {
    for (const key of tree.entries.keys()) {
        if (known.includes(key))
            continue;
        const planned = (0,lib_sections/* notYet */.y8)([], key);
        findings.push({
            path: [...path, key],
            part: 'key',
            ...(planned ?? (0,lib_finding/* unknownWord */.$5)('key', key, path.join('.'), known)),
        });
    }
}
function noEnvironment(root, names, wanted) {
    if (!root.entries.has('environments')) {
        return {
            path: [],
            message: `no environment is called "${wanted}": this runbook has no "environments:", and is itself the environment "default"`,
        };
    }
    const message = wanted === undefined
        ? `this runbook has ${names.length} environments, expected the name of one of ${(0,lib_finding/* listed */.KE)(names)}`
        : `no environment is called ${JSON.stringify(wanted)}, expected one of ${(0,lib_finding/* listed */.KE)(names)}`;
    const hint = wanted === undefined ? `name it: --environment ${names[0]}` : (0,lib_finding/* didYouMean */.au)((0,nearest/* nearest */.p)(wanted, names));
    return { path: ['environments'], part: 'key', message, hint };
}
/** Reads what a record keeps, or a program has put together. `checked`: it was validated before. */
async function restore(tree, { checked, position = () => undefined }) {
    if (tree.kind !== 'map') {
        throw new lib_error/* RunbookError */.rk('the record holds no runbook, expected a map of sections', {
            hint: 'is this the right file?',
        });
    }
    const findings = [];
    unknownKeys(tree, [], ['runbook', 'environment', ...lib_sections/* sectionNames */.QN], findings);
    const environmentTree = (0,lib_tree/* child */.jf)(tree, 'environment');
    const environment = environmentTree?.kind === 'scalar' && typeof environmentTree.value === 'string' ? environmentTree.value : 'default';
    const system = { keyAt: -1, value: { kind: 'scalar', at: -1, value: 'alone', source: 'alone', inner: -1 } };
    const own = (0,lib_tree/* without */.FF)(dropEmpty(tree), ['runbook', 'environment']);
    const complete = (0,lib_tree/* merge */.h1)({ ...(0,lib_tree/* emptyMap */.MZ)(own.at), entries: new Map([['system', system]]) }, own);
    if (checked) {
        const parsed = await parseSections(complete);
        findings.push(...parsed.findings);
        const problems = errorsOf(findings, complete, position);
        return {
            runbook: problems.length > 0 ? undefined : runbookOf(complete, environment, parsed.sections),
            problems,
            warnings: [],
        };
    }
    const { findSecrets } = await __webpack_require__.e(/* import() */ 3427).then(__webpack_require__.bind(__webpack_require__, 3427));
    findings.push(...findSecrets(complete));
    const { found, sections } = await examine(complete, {});
    const problems = errorsOf([...findings, ...found.problems], complete, position);
    return {
        runbook: problems.length > 0 ? undefined : runbookOf(complete, environment, sections),
        problems,
        warnings: errorsOf(found.warnings, complete, position),
    };
}
function runbookOf(tree, environment, sections, position = () => undefined) {
    const hosts = sections.hosts ?? {};
    const home = sections.record?.on ?? Object.keys(hosts)[0];
    const written = (0,lib_tree/* toJson */.aB)(tree);
    // The first host is the home: said outright, since a record may keep its keys in another order.
    const record = home === undefined ? {} : { record: { on: home } };
    const resolved = { runbook: 'v1', environment, ...written, ...record };
    return {
        system: sections.system ?? 'alone',
        locale: sections.locale ?? 'en',
        environment,
        window: sections.window,
        hosts,
        home,
        services: sections.services ?? {},
        databases: sections.databases ?? {},
        source: sections.source ?? { git: {} },
        preflight: sections.preflight ?? [],
        backup: sections.backup ?? {},
        migrate: sections.migrate ?? {},
        stopWrites: sections['stop-writes'] ?? [],
        deploy: sections.deploy ?? [],
        smoke: sections.smoke ?? [],
        canary: sections.canary,
        rollback: sections.rollback ?? {},
        previous: sections.previous,
        onCall: sections['on-call'],
        resolved,
        digest: (0,digest/* sha256Hex */.f)((0,digest/* canonicalJson */.d)(resolved)),
        position: (path) => position((0,lib_tree/* offsetOf */.b4)(tree, path)),
    };
}

;// CONCATENATED MODULE: ./packages/runbook/lib/yaml.js


/** A runbook is a page; what is larger is something else. */
const mostBytes = 1024 * 1024;
/** With all aliases written out. */
const mostValues = 100_000;
const deepest = 60;
const mostProblems = 20;
function tooLarge(file, bytes) {
    const size = bytes < 1e7 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e6)} MB`;
    return gather([
        new lib_error/* RunbookError */.rk(`the file has ${size}, expected a runbook of at most 1 MiB; nothing of it was read`, {
            at: { file, line: 1, column: 1 },
            hint: 'is this the right file? a runbook is a page of YAML',
        }),
    ]);
}
/**
 * Reads a file's text.
 * @throws RunbookError with every place where it is not YAML
 */
async function readTree(text, file) {
    const bytes = Buffer.byteLength(text);
    if (bytes > mostBytes)
        throw tooLarge(file, bytes);
    const fail = (message, line = 1, column = 1, hint) => gather([new lib_error/* RunbookError */.rk(message, { at: { file, line, column }, hint })]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const binary = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffd]/);
    if (binary >= 0) {
        const before = text.slice(0, binary).split('\n');
        throw fail('not a YAML file: it holds bytes that are no text', before.length, (before.at(-1)?.length ?? 0) + 1);
    }
    // The YAML library compiles a regular expression as long as the indentation: this one would end the process.
    const deepLine = text.split('\n').findIndex((line) => /^[\s?:-]{400}/.test(line));
    if (deepLine >= 0)
        throw fail(`nested too deep, expected at most ${deepest} levels`, deepLine + 1);
    const yaml = await __webpack_require__.e(/* import() */ 8815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    const lines = new yaml.LineCounter();
    const position = (offset) => {
        if (offset < 0)
            return undefined;
        const { line, col } = lines.linePos(offset);
        return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    let document;
    try {
        document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    }
    catch (error) {
        if (error instanceof RangeError)
            throw fail(`nested too deep, expected at most ${deepest} levels`);
        throw error;
    }
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0)
        throw gather(explainFaults(faults, text, position));
    if (document.contents === null) {
        throw fail('the file is empty, expected a runbook that begins with "runbook: v1"');
    }
    return { tree: new Converter(yaml, document, text, position).convert(document.contents, 0), position };
}
/** Errors of the YAML library in words for people; of several in one line the first, the others follow from it. */
function explainFaults(faults, text, position) {
    const problems = new Map();
    for (const fault of [...faults].sort((a, b) => a.pos[0] - b.pos[0])) {
        const [offset] = fault.pos;
        const start = text.lastIndexOf('\n', offset - 1) + 1;
        const line = text.slice(start, text.indexOf('\n', offset) < 0 ? undefined : text.indexOf('\n', offset));
        // Faults behind an unquoted ">" are found only where the text goes on.
        const threshold = /(?:^|[\s:,[{-])([<>]=?\s*\d[^\s,}\]#]*)/.exec(line);
        const at = position(threshold === null ? offset : start + threshold.index + threshold[0].indexOf(threshold[1] ?? ''));
        if (at === undefined || problems.has(at.line))
            continue;
        problems.set(at.line, new lib_error/* RunbookError */.rk(...wordsFor(fault, text, threshold?.[1], at)));
    }
    return [...problems.values()].slice(0, mostProblems);
}
function wordsFor(fault, text, threshold, at) {
    if (threshold !== undefined && fault.code !== 'DUPLICATE_KEY') {
        return [
            'not valid YAML: a value cannot begin with ">", expected a text in quotes',
            { at, hint: `write ">…" in quotes, such as "> 10/h"` },
        ];
    }
    switch (fault.code) {
        case 'DUPLICATE_KEY': {
            const key = /^[^\s:,}]+/.exec(text.slice(fault.pos[0]))?.[0] ?? '';
            return [`the key "${key.slice(0, 40)}" stands here a second time, expected each key once`, { at }];
        }
        case 'TAB_AS_INDENT':
            return ['a tab, expected spaces: YAML does not allow tabs as indentation', { at }];
        case 'MULTIPLE_DOCS':
            return ['a second document begins here, expected one runbook a file', { at, hint: 'take the line "---" away' }];
        case 'TAG_RESOLVE_FAILED':
            return ['a tag ("!…"), expected plain YAML without tags', { at }];
        default:
            return [`not valid YAML: ${fault.message.split('\n')[0]?.replace(/; please .*$/, '')}`, { at }];
    }
}
class Converter {
    #known = new Map();
    #open = new Set();
    #yaml;
    #document;
    #text;
    #position;
    constructor(yaml, document, text, position) {
        this.#yaml = yaml;
        this.#document = document;
        this.#text = text;
        this.#position = position;
    }
    convert(node, depth) {
        return this.#read(node, depth).tree;
    }
    #fail(message, node) {
        throw gather([new lib_error/* RunbookError */.rk(message, { at: this.#position(node.range?.[0] ?? 0) })]);
    }
    #read(node, depth) {
        const known = this.#known.get(node);
        if (known !== undefined)
            return known;
        if (depth > deepest)
            this.#fail(`nested too deep, expected at most ${deepest} levels`, node);
        if (this.#open.has(node))
            this.#fail('an alias inside of what it stands for, expected one that ends', node);
        this.#open.add(node);
        const found = this.#build(node, depth);
        this.#open.delete(node);
        if (found.size > mostValues) {
            this.#fail(`aliases that stand for more than ${mostValues} values, expected a runbook of a page`, node);
        }
        this.#known.set(node, found);
        return found;
    }
    #build(node, depth) {
        const at = node.range?.[0] ?? 0;
        if (this.#yaml.isAlias(node)) {
            const target = node.resolve(this.#document);
            if (target === undefined)
                this.#fail(`the alias "*${node.source}" stands for nothing above it`, node);
            return this.#read(target, depth + 1);
        }
        if (this.#yaml.isMap(node))
            return this.#map(node, node.items, depth);
        if (this.#yaml.isSeq(node)) {
            const read = node.items.map((item) => {
                if (this.#yaml.isPair(item))
                    this.#fail('a pair, expected a value', node);
                return this.#read(item, depth + 1);
            });
            return {
                tree: { kind: 'list', at, items: read.map(({ tree }) => tree) },
                size: read.reduce((sum, { size }) => sum + size, 1),
            };
        }
        return { tree: this.#scalar(node), size: 1 };
    }
    #map(node, pairs, depth) {
        const entries = new Map();
        let size = 1;
        const inherited = [];
        for (const { key, value } of pairs) {
            const name = 'value' in key ? key.value : undefined;
            if (name === undefined || name === null || typeof name === 'object' || name === '__proto__') {
                this.#fail('expected a key that is a word', key);
            }
            const keyAt = key.range?.[0] ?? 0;
            const word = typeof name === 'string' ? name : (key.source ?? String(name));
            const read = value === null
                ? { tree: { kind: 'scalar', at: keyAt, value: null, source: '', inner: -1 }, size: 1 }
                : this.#read(value, depth + 1);
            size += read.size;
            if (word === '<<')
                inherited.push(...(read.tree.kind === 'list' ? read.tree.items : [read.tree]));
            else
                entries.set(word, { keyAt, value: read.tree });
        }
        // The merge key of YAML 1.1: what stands in the map itself wins.
        for (const from of inherited) {
            if (from.kind !== 'map')
                this.#fail('expected a map behind "<<"', node);
            for (const [word, entry] of from.entries)
                if (!entries.has(word))
                    entries.set(word, entry);
        }
        return { tree: { kind: 'map', at: node.range?.[0] ?? 0, entries }, size };
    }
    #scalar(node) {
        const [start = 0, end = 0] = node.range ?? [];
        const source = this.#text.slice(start, end);
        const { value } = node;
        if (typeof value === 'number' && !Number.isFinite(value))
            this.#fail('expected a number that is finite', node);
        const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
            ? value
            : this.#fail('expected a text, a number, true or false', node);
        let inner = -1;
        if (source === scalar)
            inner = start;
        else if (source.slice(1, -1) === scalar)
            inner = start + 1;
        return { kind: 'scalar', at: start, value: scalar, source, inner };
    }
}

;// CONCATENATED MODULE: ./packages/runbook/lib/load.js






/**
 * Reads a runbook file for one environment.
 * @throws RunbookError with every problem of the file, each at its position
 */
async function loadRunbook(file, options = {}) {
    return parseRunbook(await readRunbookText(file), file, options);
}
/** The text of a runbook file, refused when it is too large, missing, or no UTF-8. */
async function readRunbookText(file) {
    try {
        const { size } = await (0,promises_.stat)(file);
        if (size > mostBytes)
            throw tooLarge(file, size);
        return await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        if (error instanceof lib_error/* RunbookError */.rk)
            throw error;
        const code = error.code ?? 'unknown error';
        const reasons = {
            ENOENT: `there is no runbook at ${file}`,
            EISDIR: `${file} is a folder, expected a runbook file`,
            EACCES: `${file} may not be read by this user`,
        };
        throw new lib_error/* RunbookError */.rk(reasons[code] ?? `${file} cannot be read (${code})`, {
            hint: 'the default is .github/runbook.yml in the checkout; is the repository checked out, and the path right?',
            cause: error,
        });
    }
}
/** As loadRunbook, for a text already read; `file` is the name that positions get. */
async function parseRunbook(text, file, options = {}) {
    const located = await readTree(text, file);
    return finish(await assembleFile(located, options));
}
/**
 * The environments that a file has, in its order; "default" for a file without any.
 * @throws RunbookError when the file is not YAML, or its environments are no map
 */
async function readEnvironments(text, file) {
    return environmentNames(await readTree(text, file));
}
/** Every problem and warning of every environment of a file; throws nothing for what stands in it. */
async function checkRunbook(text, file, options = {}) {
    let located;
    let environments;
    try {
        located = await readTree(text, file);
        environments = environmentNames(located);
    }
    catch (error) {
        if (!(error instanceof lib_error/* RunbookError */.rk))
            throw error;
        return { environments: [], problems: error.problems.length > 0 ? error.problems : [error], warnings: [] };
    }
    const readings = [];
    for (const environment of environments)
        readings.push(await assembleFile(located, { ...options, environment }));
    return {
        environments,
        problems: unique(readings.flatMap(({ problems }) => problems)),
        warnings: unique(readings.flatMap(({ warnings }) => warnings)),
    };
}
/** Environments share the common part, and so its problems. */
function unique(errors) {
    const seen = new Map();
    for (const error of errors) {
        const key = `${error.at?.line}:${error.at?.column}:${error.message}`;
        if (!seen.has(key))
            seen.set(key, error);
    }
    return [...seen.values()].sort(byPosition);
}
/**
 * The runbook that a record keeps (`Runbook.resolved`). Only the schema is checked again: a runbook that was good enough
 * to release with must be good enough to come back with.
 */
async function restoreRunbook(resolved) {
    return finish(await restore((0,lib_tree/* treeOf */.g7)(resolved), { checked: true }));
}
/** A runbook put together by a program, such as an action that works alone; checked as a file would be. */
async function buildRunbook(resolved) {
    return finish(await restore((0,lib_tree/* treeOf */.g7)(resolved), { checked: false }));
}
/** The runbook of an action that works alone with `config: |`. Errors stand at `config:line:column`. */
async function inlineRunbook(options) {
    const { section, config, system, environment, base = {} } = options;
    const located = config.trim() === '' ? undefined : await readTree(config, 'config');
    const under = (0,lib_tree/* treeOf */.g7)({
        ...base,
        ...(system === undefined ? {} : { system }),
        ...(environment === undefined ? {} : { environment }),
    });
    const written = located === undefined ? (0,lib_tree/* emptyMap */.MZ)() : asSections(located, section);
    const tree = (0,lib_tree/* merge */.h1)(under, written);
    return finish(await restore(tree, { checked: false, position: located?.position }));
}
function asSections({ tree }, section) {
    if (tree.kind === 'map' && (tree.entries.has(section) || isSections(tree)))
        return tree;
    return { kind: 'map', at: tree.at, entries: new Map([[section, { keyAt: tree.at, value: tree }]]) };
}
const several = [
    'hosts',
    'services',
    'databases',
    'deploy',
    'preflight',
    'smoke',
    'canary',
    'backup',
    'migrate',
    'rollback',
];
const isSections = (tree) => tree.entries.size > 0 && [...tree.entries.keys()].some((key) => several.includes(key));
function finish(reading) {
    if (reading.runbook === undefined || reading.problems.length > 0)
        throw gather(reading.problems);
    return reading.runbook;
}


/***/ }),

/***/ 3408:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nh: () => (/* binding */ fileKeys),
/* harmony export */   QN: () => (/* binding */ sectionNames),
/* harmony export */   aZ: () => (/* binding */ environmentKeys),
/* harmony export */   fM: () => (/* binding */ checkSections),
/* harmony export */   u4: () => (/* binding */ sectionSchemas),
/* harmony export */   y8: () => (/* binding */ notYet)
/* harmony export */ });
const top = () => Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(5011)]).then(__webpack_require__.bind(__webpack_require__, 5011));
/** The sections, each with its schema, loaded when a runbook has it. `preflight` and `smoke` are in checks.ts. */
const sectionSchemas = {
    system: async () => (await top()).system,
    locale: async () => (await top()).locale,
    window: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(7227)]).then(__webpack_require__.bind(__webpack_require__, 7227))).window,
    hosts: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(8683)]).then(__webpack_require__.bind(__webpack_require__, 8683))).hosts,
    services: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(3078)]).then(__webpack_require__.bind(__webpack_require__, 3078))).services,
    databases: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(146)]).then(__webpack_require__.bind(__webpack_require__, 146))).databases,
    source: async () => (await top()).source,
    backup: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(4508)]).then(__webpack_require__.bind(__webpack_require__, 4508))).backup,
    migrate: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(3577)]).then(__webpack_require__.bind(__webpack_require__, 3577))).migrate,
    'stop-writes': async () => (await top()).stopWrites,
    deploy: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(6417)]).then(__webpack_require__.bind(__webpack_require__, 6417))).deploy,
    canary: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(8418)]).then(__webpack_require__.bind(__webpack_require__, 8418))).canary,
    rollback: async () => (await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(9932), __webpack_require__.e(1246)]).then(__webpack_require__.bind(__webpack_require__, 1246))).rollback,
    previous: async () => (await top()).previous,
    'on-call': async () => (await top()).onCall,
    record: async () => (await top()).record,
};
const checkSections = ['preflight', 'smoke'];
/** In the order in which a runbook reads best. */
const sectionNames = [
    'system',
    'locale',
    'window',
    'hosts',
    'services',
    'databases',
    'source',
    'preflight',
    'backup',
    'migrate',
    'stop-writes',
    'deploy',
    'smoke',
    'canary',
    'rollback',
    'previous',
    'on-call',
    'record',
];
/** What an environment may say of itself. */
const environmentKeys = sectionNames.filter((name) => name !== 'system');
const fileKeys = ['runbook', 'system', 'environments', ...environmentKeys];
/** What a later version will have, by where it stands ("*" is any key or index), so that nobody looks for a typing mistake. */
const later = [
    { at: '', what: 'the section', words: ['watch', 'notify', 'guard', 'drill', 'load', 'schedule'], now: '' },
    {
        at: 'hosts.*',
        what: 'the kind of host',
        words: ['compose', 'docker', 'kubernetes', 'k8s', 'ansible', 'winrm', 'podman'],
        now: 'local, ssh',
    },
    {
        at: 'services.*',
        what: 'the kind of service',
        words: ['systemd', 'compose', 'docker', 'kubernetes', 'supervisor', 'iis'],
        now: 'pm2, command',
    },
    {
        at: 'databases.*',
        what: 'the engine',
        words: ['mysql', 'mariadb', 'postgres', 'postgresql', 'mongodb', 'mongo', 'redis', 'mssql', 'oracle'],
        now: 'sqlite',
    },
    { at: 'databases.*', what: 'a database by', words: ['url'], now: 'engine: sqlite with path and on' },
    {
        at: 'canary.traffic',
        what: 'the router',
        words: ['nginx', 'haproxy', 'nacos', 'gateway-api', 'envoy', 'traefik', 'istio'],
        now: 'command',
    },
    {
        at: 'canary.metrics.*',
        what: 'the source',
        words: ['prometheus', 'sql', 'elasticsearch', 'influx', 'datadog', 'mann-whitney', 'sequential', 'per'],
        now: 'http, log, forge, command',
    },
    { at: 'preflight.*', what: 'the check', words: laterChecks(), now: nowChecks() },
    { at: 'smoke.*', what: 'the check', words: laterChecks(), now: nowChecks() },
    { at: 'backup.copies.*', what: 'the place', words: ['s3', 'rclone', 'url', 'oss'], now: 'on, ssh' },
    { at: 'backup', what: 'the option', words: ['encrypt', 'mask'], now: 'keep, directory, copies' },
    { at: 'source', what: 'the source', words: ['image', 'archive', 'registry'], now: 'git, directory' },
];
function laterChecks() {
    return ['tls', 'headers', 'port', 'log', 'load', 'hurl', 'junit', 'k6', 'dns', 'browser'];
}
function nowChecks() {
    return 'http, journey, polling, disk, env, git-tag, command, sql, commit';
}
/** What to say of a word that belongs to a later version; undefined for any other word. */
function notYet(path, word) {
    const found = later.find(({ at, words }) => words.includes(word) && matches(at, path));
    if (found === undefined)
        return undefined;
    const message = `not yet supported: ${found.what} "${word}"`;
    return found.now === '' ? { message } : { message, hint: `supported now: ${found.now}` };
}
function matches(pattern, path) {
    const parts = pattern === '' ? [] : pattern.split('.');
    return parts.length === path.length && parts.every((part, index) => part === '*' || part === String(path[index]));
}


/***/ }),

/***/ 64:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FF: () => (/* binding */ without),
/* harmony export */   MZ: () => (/* binding */ emptyMap),
/* harmony export */   aB: () => (/* binding */ toJson),
/* harmony export */   at: () => (/* binding */ at),
/* harmony export */   b4: () => (/* binding */ offsetOf),
/* harmony export */   g7: () => (/* binding */ treeOf),
/* harmony export */   h1: () => (/* binding */ merge),
/* harmony export */   jf: () => (/* binding */ child),
/* harmony export */   kZ: () => (/* binding */ isNull)
/* harmony export */ });
const emptyMap = (at = -1) => ({ kind: 'map', at, entries: new Map() });
function treeOf(value) {
    if (Array.isArray(value))
        return { kind: 'list', at: -1, items: value.map(treeOf) };
    if (typeof value === 'object' && value !== null) {
        const entries = Object.entries(value).filter(([, item]) => item !== undefined);
        return {
            kind: 'map',
            at: -1,
            entries: new Map(entries.map(([key, item]) => [key, { keyAt: -1, value: treeOf(item) }])),
        };
    }
    const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return { kind: 'scalar', at: -1, value: scalar, source: JSON.stringify(scalar), inner: -1 };
}
function toJson(tree) {
    switch (tree.kind) {
        case 'scalar':
            return tree.value;
        case 'list':
            return tree.items.map(toJson);
        case 'map':
            return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, toJson(entry.value)]));
    }
}
const isNull = (tree) => tree.kind === 'scalar' && tree.value === null;
/** `over` laid over `base`: maps key by key, lists and scalars replaced, a key without a value takes the common one away. */
function merge(base, over) {
    const entries = new Map(base.entries);
    for (const [key, entry] of over.entries) {
        const common = entries.get(key);
        if (common !== undefined && isNull(entry.value))
            entries.delete(key);
        else if (common?.value.kind === 'map' && entry.value.kind === 'map') {
            entries.set(key, { keyAt: entry.keyAt, value: merge(common.value, entry.value) });
        }
        else
            entries.set(key, entry);
    }
    return { kind: 'map', at: base.at, entries };
}
/** `tree` without the given keys. */
function without(tree, keys) {
    return { ...tree, entries: new Map([...tree.entries].filter(([key]) => !keys.includes(key))) };
}
function child(tree, key) {
    if (tree?.kind === 'map')
        return tree.entries.get(String(key))?.value;
    if (tree?.kind === 'list' && typeof key === 'number')
        return tree.items[key];
    return undefined;
}
function at(tree, path) {
    let found = tree;
    for (const key of path)
        found = child(found, key);
    return found;
}
/**
 * The offset to point at for a path: a scalar itself, a map or list by its key, else where it begins; for something that
 * is not there, the nearest thing around it.
 * @param inside offset within a scalar's text
 */
function offsetOf(tree, path, part = 'value', inside = 0) {
    let found = tree;
    let offset = tree.at;
    for (const key of path) {
        const next = child(found, key);
        if (next === undefined)
            return offset;
        const keyAt = found.kind === 'map' ? found.entries.get(String(key))?.keyAt : undefined;
        offset = keyAt !== undefined && (next.kind !== 'scalar' || part === 'key' || isNull(next)) ? keyAt : next.at;
        found = next;
    }
    return part === 'value' && inside > 0 && found.kind === 'scalar' && found.inner >= 0 ? found.inner + inside : offset;
}


/***/ })

};
