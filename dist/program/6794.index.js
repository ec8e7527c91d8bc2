export const id = 6794;
export const ids = [6794];
export const modules = {

/***/ 6794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSqlite: () => (/* binding */ openSqlite)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/units/lib/error.js
var lib_error = __webpack_require__(5663);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./packages/units/lib/duration.js
var duration = __webpack_require__(7165);
;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/protocol.js
/** While a backup runs, clients may write such lines before the reply: bytes done, bytes in all. */
const PROGRESS = /^progress (\d+) (\d+)$/;
/** A value as SQL would write it: big integers and blobs as text. */
function decode(value) {
    if (value === null || typeof value !== 'object')
        return value;
    if ('int' in value)
        return value.int;
    if ('blob' in value)
        return `x'${value.blob}'`;
    return value.real === '-Infinity' ? -Infinity : Infinity;
}
/** A value that is a text, or as text. */
const asText = (value) => String(decode(value ?? null));
/** `name` as an identifier in SQL. */
const id = (name) => `"${name.replaceAll('"', '""')}"`;
/** `text` as a literal in SQL. */
const literal = (text) => `'${text.replaceAll("'", "''")}'`;

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/cli.js


/**
 * The protocol spoken through the program `sqlite3` (>= 3.33): a script in its own language, with a marker after each
 * step, and SQL literals as output, the only mode which tells blobs, big integers and NULL apart.
 */
function cliProgram(path) {
    // As URI: it never looks like an option, and a missing file is not created.
    const uri = `file:${path.split('/').map(encodeURIComponent).join('/')}?mode=rw`;
    return ['sqlite3', '-batch', '-bail', '-init', '/dev/null', uri];
}
/** `version`: of the program, which decides over an option that 3.50 brought. `mark`: random, so that no value can look like it. */
function cliScript(request, version, mark) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const raw = major > 3 || minor >= 50 ? ' --escape off' : '';
    const lines = [`.timeout ${Math.trunc(request.busyMs)}`, '.headers on', `.mode quote${raw}`];
    for (const { as, path } of request.attach)
        lines.push(`ATTACH ${literal(`file:${path.split('/').map(encodeURIComponent).join('/')}?mode=rw`)} AS ${id(as)};`);
    lines.push(`.print ${mark}`);
    for (const step of request.steps) {
        lines.push(...stepLines(step, raw));
        lines.push(`.print ${mark}`);
    }
    lines.push('SELECT sqlite_version();');
    return `${lines.join('\n')}\n`;
}
function stepLines(step, raw) {
    if ('backup' in step)
        return [`.backup main ${argument(step.backup)}`];
    const sql = `${statement(step.sql)}\n;`;
    if (!('to' in step))
        return ['.timer on', sql, '.timer off'];
    return [
        '.headers off',
        `.mode list${raw}`,
        `.output ${argument(step.to)}`,
        sql,
        '.output stdout',
        '.headers on',
        `.mode quote${raw}`,
    ];
}
/** A path as argument of a dot command, which reads C escapes between double quotes. */
function argument(path) {
    if (/[\p{Cc}]/u.test(path))
        throw new lib_error/* RunbookError */.rk(`the path ${JSON.stringify(path)} holds control characters, which sqlite3 does not take`);
    return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
/** sqlite3 reads lines: at a statement's beginning "." starts a command, and a line "go" or "/" ends a statement. */
function statement(sql) {
    if (!/^[A-Za-z]/.test(sql))
        throw new lib_error/* RunbookError */.rk(`this is no SQL statement: ${sql.slice(0, 40)}`);
    const odd = sql.split('\n').find((line, i) => i > 0 && /^\s*(\/|go)\s*(--.*|\/\*.*)?$/i.test(line));
    if (odd !== undefined)
        throw new lib_error/* RunbookError */.rk(`the program sqlite3 takes the line ${JSON.stringify(odd)} for the end of the statement`, {
            hint: 'join it with the line before, or set `client: python3`',
        });
    return sql;
}
function cliReply(stdout, stderr, mark, steps) {
    const parts = stdout.split(`${mark}\n`);
    if (stdout.startsWith('['))
        return { ok: false, at: -1, message: 'the result is larger than 1 MB' };
    if (parts.length !== steps + 2)
        return { ok: false, at: parts.length - 2, message: sqliteMessage(stderr) };
    const results = parts.slice(1, -1).map(readResult);
    return { ok: true, version: asText(readResult(parts.at(-1) ?? '').rows[0]?.[0]), results };
}
/** `Runtime error near line 7: database is locked (5)` → `database is locked`. */
function sqliteMessage(stderr) {
    const line = stderr.split('\n').find((text) => /error/i.test(text)) ?? stderr.trim();
    return (line.replace(/^.*?[Ee]rror[^:]*: (near line \d+: )?(stepping, )?/, '').replace(/ \(\d+\)$/, '') ||
        'sqlite3 ended without a word; is the statement complete?');
}
function readResult(text) {
    const time = /^Run Time: real ([0-9.]+).*\n?/m.exec(text);
    const rows = readRows(time ? text.replace(time[0], '') : text);
    const [head, ...rest] = rows;
    return { columns: (head ?? []).map(String), rows: rest, ms: Number(time?.[1] ?? 0) * 1000 };
}
const VALUE = /(NULL)|[Xx]'([0-9A-Fa-f]*)'|(unistr\()?'((?:[^']|'')*)'\)?|([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)|([+-]?Inf)/y;
/** Rows of SQL literals, separated by commas and line ends. */
function readRows(text) {
    const rows = [];
    let row = [];
    VALUE.lastIndex = 0;
    while (VALUE.lastIndex < text.length) {
        const at = VALUE.lastIndex;
        const match = VALUE.exec(text);
        if (!match)
            throw new Error(`sqlite3's output is not understood: ${text.slice(at, at + 80)}`);
        row.push(value(match));
        const next = text[VALUE.lastIndex];
        if (next !== ',') {
            rows.push(row);
            row = [];
        }
        if (next === '\r')
            VALUE.lastIndex++;
        VALUE.lastIndex++;
    }
    return rows;
}
function value([, none, blob, unistr, string, number, infinity]) {
    if (none !== undefined)
        return null;
    if (blob !== undefined)
        return { blob: blob.toLowerCase() };
    if (string !== undefined) {
        const text = string.replaceAll("''", "'");
        return unistr === undefined
            ? text
            : text.replace(/\\u([0-9a-f]{4})|\\\\/gi, (_all, hex) => hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)));
    }
    if (number !== undefined) {
        const parsed = Number(number);
        if (/^[+-]?[0-9]+$/.test(number) && !Number.isSafeInteger(parsed))
            return { int: number };
        return Number.isFinite(parsed) ? parsed : { real: parsed < 0 ? '-Infinity' : 'Infinity' };
    }
    return { real: infinity?.startsWith('-') ? '-Infinity' : 'Infinity' };
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/client.js





/** SQLite's own message, and the step at which it came. */
class SqliteError extends lib_error/* RunbookError */.rk {
    name = 'SqliteError';
    step;
    /** As SQLite says it. */
    words;
    constructor(message, step, words, hint) {
        super(message, { hint });
        this.step = step;
        this.words = words;
    }
}
const BUSY_MS = 5_000;
const LONG = 6 * 3_600_000;
function makeClient(name, spec, host) {
    let found;
    const busyMs = spec['busy-timeout'] ?? BUSY_MS;
    return {
        async run(path, { steps, attach = [], timeoutMs = LONG, progress }) {
            found ??= choose(name, spec, host);
            found.catch(() => {
                found = undefined;
            });
            const speak = await found;
            const request = { protocol: 1, path, busyMs, attach, steps };
            const reply = await speak(request, { timeoutMs, ...(progress && { onOutput: progressReader(progress) }) });
            if (!reply.ok)
                throw describe(name, path, reply, busyMs);
            return reply;
        },
    };
}
function describe(name, path, { at, message }, busyMs) {
    const fail = (text, hint) => new SqliteError(`database ${name}: ${text}`, at, message, hint);
    if (/database (table )?is locked/.test(message))
        return fail(`another program held a lock for longer than ${(0,duration/* formatDuration */.a3)(busyMs)}; nothing was changed`, `see who holds it: fuser -v '${path}' or lsof '${path}'; a longer wait is set by busy-timeout`);
    if (/no such file|unable to open/.test(message))
        return fail(`the file ${path} cannot be opened: ${message}`, "is `path:` right, relative to the host's directory, and may this user read and write it and its folder?");
    if (/no such module/.test(message))
        return fail(message, "the client's SQLite lacks this extension; set `client:` to one that has it");
    if (/readonly database/.test(message))
        return fail(message, `this user may not write ${path}, or not its folder`);
    return fail(message);
}
const PROBE = `
if command -v python3 >/dev/null 2>&1; then
  python3 -I -c 'import sqlite3, sys; print("python3", sqlite3.sqlite_version, int(sys.version_info >= (3, 7)))' 2>/dev/null || :
fi
if command -v sqlite3 >/dev/null 2>&1; then echo "sqlite3 $(sqlite3 --version | cut -d " " -f 1) 1"; fi
`;
/** python3 first: it reports progress, and its values need no parsing. */
async function choose(name, spec, host) {
    if (Array.isArray(spec.client))
        return program(name, host, spec.client);
    const versions = new Map();
    for (const line of (await host.shell(PROBE)).stdout.split('\n')) {
        const [client = '', version = '', usable] = line.split(' ');
        if (usable === '1' && newer(version, client === 'sqlite3' ? 33 : 8))
            versions.set(client, version);
    }
    for (const client of spec.client === undefined ? ['python3', 'sqlite3'] : [spec.client]) {
        const version = versions.get(client);
        if (version === undefined)
            continue;
        if (client === 'sqlite3')
            return cli(host, version);
        const { PYTHON } = await __webpack_require__.e(/* import() */ 5935).then(__webpack_require__.bind(__webpack_require__, 5935));
        return program(name, host, ['python3', '-I', '-c', PYTHON]);
    }
    const looked = spec.client ?? 'python3 (3.7 or newer, with its module sqlite3) and sqlite3 (3.33 or newer)';
    throw new lib_error/* RunbookError */.rk(`database ${name}: nothing on host ${host.name} can open SQLite files; looked for ${looked}; nothing was changed`, {
        hint: `apt-get install ${spec.client ?? 'python3'}, or name a program of your own with \`client:\``,
    });
}
function newer(version, minor) {
    const [a = 0, b = 0] = version.split('.').map(Number);
    return a > 3 || (a === 3 && b >= minor);
}
function program(name, host, command) {
    return async (request, options) => {
        const ended = await host.exec(command, { input: JSON.stringify(request), ...options });
        const last = ended.stdout.trimEnd().split('\n').at(-1) ?? '';
        try {
            return JSON.parse(last);
        }
        catch {
            const words = ended.timedOut
                ? `no answer within ${(0,duration/* formatDuration */.a3)(options.timeoutMs)}`
                : ended.stderr.trim().slice(-500) || `exit ${ended.code}`;
            throw new SqliteError(`database ${name}: its client ${command[0]} gave no answer: ${words}`, -1, words);
        }
    };
}
function cli(host, version) {
    return async (request, options) => {
        const mark = `mark-${(0,external_node_crypto_.randomBytes)(12).toString('hex')}`;
        const ended = await host.exec(cliProgram(request.path), {
            input: cliScript(request, version, mark),
            timeoutMs: options.timeoutMs,
        });
        return cliReply(ended.stdout, ended.timedOut ? 'Error: no answer in time' : ended.stderr, mark, request.steps.length);
    };
}
function progressReader(tell) {
    let rest = '';
    return (text) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
            const match = PROGRESS.exec(line);
            if (match)
                tell(Number(match[1]), Number(match[2]));
        }
    };
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/text.js

const TOKEN = /(\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|([A-Za-z0-9_$\u0080-\uffff]+(?:\.[0-9]+)?)|("(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?)|('(?:[^']|'')*'?)|(;)|[\s\S]/g;
/** The tokens of SQLite's SQL as far as statements need them; spaces and comments are gaps. */
function tokens(sql) {
    const found = [];
    let line = 1;
    for (const match of sql.matchAll(TOKEN)) {
        const [text, gap, word, quoted, string, semi] = match;
        const kind = gap !== undefined
            ? 'gap'
            : word !== undefined
                ? 'word'
                : quoted !== undefined
                    ? 'quoted'
                    : string !== undefined
                        ? 'string'
                        : semi !== undefined
                            ? 'semi'
                            : 'other';
        found.push({ kind, text, line });
        for (const char of text)
            if (char === '\n')
                line++;
    }
    return found;
}
/**
 * A text as single statements, without their semicolons. Ends where SQLite's sqlite3_complete() says: a trigger only at
 * `; END ;`. Comments before a statement are dropped, those inside stay, since they become part of the schema.
 */
function splitStatements(sql) {
    const statements = [];
    let current = [];
    const flush = () => {
        const first = current[0];
        while (current.at(-1)?.kind === 'gap')
            current.pop();
        if (first)
            statements.push({
                sql: current.map((t) => t.text).join(''),
                line: first.line,
                verb: first.kind === 'word' ? first.text.toUpperCase() : '',
            });
        current = [];
    };
    let head = [];
    let tail = [];
    for (const token of tokens(sql.replace(/^\uFEFF/, ''))) {
        if (token.kind === 'gap') {
            if (current.length > 0)
                current.push(token);
            continue;
        }
        const word = token.kind === 'semi' ? ';' : token.kind === 'word' ? token.text.toUpperCase() : '·';
        if (head.length < 4)
            head.push(word);
        const trigger = isTrigger(head);
        if (word === ';' && (!trigger || (tail.at(-1) === 'END' && tail.at(-2) === ';'))) {
            flush();
            head = [];
            tail = [];
            continue;
        }
        tail = [...tail.slice(-1), word];
        current.push(token);
    }
    flush();
    return statements;
}
function isTrigger(head) {
    const at = head[0] === 'EXPLAIN' ? 1 : 0;
    if (head[at] !== 'CREATE')
        return false;
    return head[at + 1] === 'TRIGGER' || (/^TEMP(ORARY)?$/.test(head[at + 1] ?? '') && head[at + 2] === 'TRIGGER');
}
const CONTROL = {
    BEGIN: 'each file is one transaction already',
    COMMIT: 'each file is one transaction already',
    END: 'each file is one transaction already',
    ROLLBACK: 'each file is one transaction already',
    VACUUM: 'SQLite does not run it inside a transaction',
    ATTACH: 'a migration changes one database',
    DETACH: 'a migration changes one database',
};
/** The statements of a migration's file. Throws where one would break out of the file's transaction. */
function migrationStatements(name, sql) {
    const statements = splitStatements(sql);
    for (const { verb, line, sql: text } of statements) {
        const at = { file: name, line, column: 1 };
        if (verb === 'ROLLBACK' && /^rollback\s+(transaction\s+)?to\b/i.test(text))
            continue;
        const why = CONTROL[verb];
        if (why !== undefined)
            throw new lib_error/* RunbookError */.rk(`${verb} is not allowed here: ${why}; nothing was changed`, {
                at,
                hint: 'remove this statement',
            });
        if (verb === '')
            throw new lib_error/* RunbookError */.rk(`this is no SQL statement: ${text.slice(0, 40)}; nothing was changed`, { at });
    }
    return statements;
}
const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
const TIGHT = /^[(),=<>|*]$/;
/**
 * A definition in normal form, for comparison: no comments, single spaces, identifiers unquoted where they can be
 * (SQLite quotes names when it rewrites a definition in ALTER TABLE).
 */
function normalise(sql) {
    let text = '';
    let gap = false;
    let last = '';
    for (const token of tokens(sql)) {
        if (token.kind === 'gap') {
            gap = true;
            continue;
        }
        let next = token.text;
        if (token.kind === 'quoted') {
            const inner = next.slice(1, -1);
            next = PLAIN.test(inner)
                ? inner
                : text_id(next[0] === '[' ? inner : inner.replaceAll((next[0] ?? '').repeat(2), next[0] ?? ''));
        }
        // A name that lost its quotes must not run into the word before it: DEFAULT"x".
        const wordy = token.kind !== 'other' && token.kind !== 'semi';
        const glued = token.kind === 'quoted' && /\w$/.test(last);
        if (text !== '' &&
            (gap || glued) &&
            !(TIGHT.test(last) && wordy) &&
            !(TIGHT.test(next) && !TIGHT.test(last)) &&
            !(TIGHT.test(last) && TIGHT.test(next)))
            text += ' ';
        text += next;
        last = next;
        gap = false;
    }
    return text.replace(/ ?;+$/, '');
}
const text_id = (name) => `"${name.replaceAll('"', '""')}"`;
/** Whether a table's definition ends in WITHOUT ROWID. */
function isWithoutRowid(sql) {
    const words = [];
    let depth = 0;
    for (const token of tokens(sql)) {
        if (token.text === '(')
            depth++;
        if (token.text === ')') {
            depth--;
            if (depth === 0)
                words.length = 0;
        }
        if (depth === 0 && token.kind === 'word')
            words.push(token.text.toUpperCase());
    }
    return words.some((word, i) => word === 'WITHOUT' && words[i + 1] === 'ROWID');
}
/** The module of a virtual table's definition in lower case; undefined for other definitions. */
function virtualModule(sql) {
    const found = tokens(sql).filter((token) => token.kind !== 'gap');
    const word = (at) => (found[at]?.kind === 'word' ? found[at].text.toUpperCase() : '');
    if (word(0) !== 'CREATE' || word(1) !== 'VIRTUAL')
        return undefined;
    const using = found.findIndex((_, at) => word(at) === 'USING');
    return using < 0 ? undefined : found[using + 1]?.text.toLowerCase();
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/schema.js


/** The suite's own table, which says which migration files were applied. Left out of all that is compared. */
const MIGRATIONS = '_release_runbook_migrations';
const MASTER = 'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name';
/** Tables in which extensions keep a virtual table's content: their rows are no rows of the application. */
const SHADOWS = {
    fts3: ['content', 'segments', 'segdir', 'docsize', 'stat'],
    fts4: ['content', 'segments', 'segdir', 'docsize', 'stat'],
    fts5: ['data', 'idx', 'content', 'docsize', 'config'],
    rtree: ['node', 'rowid', 'parent'],
    rtree_i32: ['node', 'rowid', 'parent'],
    geopoly: ['node', 'rowid', 'parent'],
};
/** The result of MASTER as objects and tables. */
function readSchema(master) {
    const rows = master.rows.map((row) => ({
        kind: row[0],
        name: asText(row[1]),
        table: asText(row[2]),
        sql: row[3],
    }));
    const modules = new Map();
    for (const { name, sql } of rows) {
        const module = sql === null ? undefined : virtualModule(sql);
        if (module !== undefined)
            modules.set(name, module);
    }
    const shadows = new Set([...modules].flatMap(([name, module]) => (SHADOWS[module] ?? []).map((end) => `${name}_${end}`)));
    const own = rows.filter(({ name, table }) => !/^sqlite_/i.test(name) && table !== MIGRATIONS && !shadows.has(table));
    return {
        objects: own.map(({ kind, name, sql }) => ({ kind, name, definition: normalise(sql ?? '') })),
        tables: own
            .filter(({ kind }) => kind === 'table')
            .map(({ name, sql }) => ({ name, withoutRowid: isWithoutRowid(sql ?? ''), module: modules.get(name) })),
    };
}
/** The columns of all tables at once: result rows begin with the table's name. `schema`: main, or an attached one. */
function columnsQuery(tables, schema) {
    return tables.map((table) => ({
        sql: `SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(${literal(table)}, ${literal(schema)})`,
    }));
}
function readColumns(result) {
    return (result.rows
        // 1: hidden columns of virtual tables, which are arguments rather than data.
        .filter((row) => row[5] !== 1)
        .map((row) => ({
        name: asText(row[0]),
        type: asText(row[1]).toUpperCase(),
        notNull: row[2] === 1,
        fallback: row[3],
        key: Number(row[4]),
        generated: row[5] === 2 || row[5] === 3,
    })));
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/apply.js






/**
 * Applies the files that the database does not know yet, each in one transaction together with the note of it; so a death
 * anywhere leaves each file applied or not. Foreign keys are not enforced meanwhile (dropping a table to rebuild it would
 * delete its children), but a file that leaves more violations than it found is rolled back:
 * https://www.sqlite.org/lang_altertable.html#otheralter
 */
async function applyFiles(client, path, files) {
    const plans = files.map((file) => ({
        ...file,
        sha256: (0,external_node_crypto_.createHash)('sha256').update(file.sql).digest('hex'),
        statements: migrationStatements(file.name, file.sql),
    }));
    const known = await applied(client, path);
    for (const { name, sha256 } of plans) {
        const before = known.get(name);
        if (before !== undefined && before !== sha256)
            throw new lib_error/* RunbookError */.rk(`${name} was changed after it was applied (SHA-256 then ${before.slice(0, 12)}…, now ${sha256.slice(0, 12)}…); nothing was changed`, {
                hint: `bring back its old text, and put what is new into a new file`,
            });
    }
    const guard = await canCheckForeignKeys(client, path);
    const done = [];
    for (const plan of plans) {
        if (known.has(plan.name))
            continue;
        await applyOne(client, path, plan, guard, done);
        done.push(plan.name);
    }
    return done;
}
async function applied(client, path) {
    const { results } = await client.run(path, {
        steps: [{ sql: `SELECT name FROM sqlite_master WHERE name = ${literal(MIGRATIONS)}` }],
    });
    if (results[0]?.rows.length !== 1)
        return new Map();
    const rows = (await client.run(path, { steps: [{ sql: `SELECT name, sha256 FROM ${MIGRATIONS}` }] })).results[0]?.rows ?? [];
    return new Map(rows.map((row) => [asText(row[0]), asText(row[1])]));
}
async function canCheckForeignKeys(client, path) {
    try {
        await client.run(path, { steps: [{ sql: 'SELECT count(*) FROM pragma_foreign_key_check' }] });
        return true;
    }
    catch (error) {
        if (error instanceof SqliteError && /foreign key mismatch/.test(error.words))
            return false;
        throw error;
    }
}
async function applyOne(client, path, plan, guard, done) {
    // A CHECK on a temporary table turns "more than before" into an error inside the transaction, whatever the client.
    const check = id('_release_runbook_check');
    const count = '(SELECT count(*) FROM pragma_foreign_key_check)';
    const before = [
        { sql: 'PRAGMA foreign_keys = OFF' },
        ...(guard
            ? [
                {
                    sql: `CREATE TEMP TABLE ${check} (before INTEGER, after INTEGER, CONSTRAINT no_new_foreign_key_violations CHECK (after <= before))`,
                },
            ]
            : []),
        { sql: 'BEGIN IMMEDIATE' },
        ...(guard ? [{ sql: `INSERT INTO temp.${check} VALUES (${count}, 0)` }] : []),
        {
            sql: `CREATE TABLE IF NOT EXISTS main.${MIGRATIONS} (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL) WITHOUT ROWID`,
        },
    ];
    const after = [
        ...(guard ? [{ sql: `UPDATE temp.${check} SET after = ${count}` }] : []),
        {
            sql: `INSERT INTO main.${MIGRATIONS} VALUES (${literal(plan.name)}, ${literal(plan.sha256)}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`,
        },
        { sql: 'COMMIT' },
    ];
    try {
        await client.run(path, { steps: [...before, ...plan.statements.map(({ sql }) => ({ sql })), ...after] });
    }
    catch (error) {
        if (!(error instanceof SqliteError) || /database (table )?is locked/.test(error.words))
            throw error;
        const state = `${plan.name} was rolled back as a whole${done.length > 0 ? `; applied before it and kept: ${done.join(', ')}` : '; nothing was changed'}`;
        if (/no_new_foreign_key_violations/.test(error.words))
            throw new lib_error/* RunbookError */.rk(`${plan.name} leaves rows whose parent is missing; ${state}`, {
                hint: 'PRAGMA foreign_key_check on a rehearsal copy lists them',
            });
        const line = plan.statements[error.step - before.length]?.line;
        throw new lib_error/* RunbookError */.rk(`${error.words}; ${state}`, { at: { file: plan.name, line: line ?? 1, column: 1 } });
    }
}

// EXTERNAL MODULE: ./packages/units/lib/size.js
var size = __webpack_require__(8932);
;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/files.js


/** Work on files of the database's host. Paths travel in variables; the texts are constant. */
async function shell(host, text, env, what) {
    const ended = await host.shell(`umask 077\n${text}`, { env, timeoutMs: 6 * 3_600_000 });
    if (ended.code !== 0)
        throw failure(what, ended);
    return ended.stdout;
}
function failure(what, ended) {
    return new lib_error/* RunbookError */.rk(`${what}: ${reason(ended)}`);
}
const reason = (ended) => ended.timedOut ? 'no end in time' : ended.stderr.trim().split('\n').at(-1) || `exit ${ended.code}`;
const isFull = (text) => /No space left|disk is full|Disk quota exceeded|File too large/i.test(text);
/** Size and hash of a file; undefined when there is none. */
async function fingerprint(host, path) {
    const text = `[ -f "$RR_FILE" ] || exit 0
wc -c <"$RR_FILE" && if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$RR_FILE"; else shasum -a 256 <"$RR_FILE"; fi`;
    const [bytes, sum] = (await shell(host, text, { RR_FILE: path }, `${path} cannot be read`)).split('\n');
    const sha256 = /^[0-9a-f]{64}/.exec(sum ?? '')?.[0];
    return sha256 === undefined ? undefined : { bytes: Number(bytes), sha256 };
}
/** Bytes of a file, 0 when there is none. */
async function sizeOf(host, path) {
    return Number(await shell(host, 'if [ -f "$RR_FILE" ]; then wc -c <"$RR_FILE"; else echo 0; fi', { RR_FILE: path }, `${path} cannot be read`));
}
/** Makes a folder for this user alone. */
async function makeFolder(host, path) {
    await shell(host, 'mkdir -p "$RR_FOLDER" && [ -w "$RR_FOLDER" ]', { RR_FOLDER: path }, `the folder ${path} cannot be made`);
}
/** Free bytes, and a word that tells file systems apart. The folder need not be there yet. */
async function freeSpace(host, folder) {
    const text = 'd="$RR_FOLDER"; while [ ! -d "$d" ]; do d=$(dirname "$d"); done; df -Pk "$d" | tail -n 1';
    const line = (await shell(host, text, { RR_FOLDER: folder }, `the free space of ${folder} cannot be read`)).trim();
    const match = /^(.*?)\s+\d+\s+\d+\s+(\d+)\s+\S+\s+(\/.*)$/.exec(line);
    if (!match)
        throw new lib_error/* RunbookError */.rk(`the free space of ${folder} cannot be read from "${line}"`);
    return { free: Number(match[2]) * 1024, device: `${match[1]} ${match[3]}` };
}
/** Throws before the first byte is written when there is not enough space. */
async function needSpace(host, folder, needed, what) {
    const { free } = await freeSpace(host, folder);
    if (free < needed)
        throw new lib_error/* RunbookError */.rk(`${what} needs ${(0,size/* formatSize */.Xq)(needed)} in ${folder} on host ${host.name}, ${(0,size/* formatSize */.Xq)(free)} are free; nothing was changed`, {
            hint: 'free space there, or lower `keep:` of the backups',
        });
}
/** Copies a file that nobody writes to, durably. What is left of an earlier copy, with its journals, goes first. */
async function copyCold(host, from, to) {
    const text = `rm -f "$RR_TO" "$RR_TO-wal" "$RR_TO-shm" "$RR_TO-journal" || exit 1
mkdir -p "$(dirname "$RR_TO")" && cp "$RR_FROM" "$RR_TO" && sync "$RR_TO" && exit 0
rm -f "$RR_TO"; exit 1`;
    const ended = await host.shell(`umask 077\n${text}`, { env: { RR_FROM: from, RR_TO: to }, timeoutMs: 6 * 3_600_000 });
    if (ended.code === 0)
        return;
    if (isFull(ended.stderr))
        throw new lib_error/* RunbookError */.rk(`the disk under ${to} on host ${host.name} became full; the copy was removed and nothing else was changed`);
    throw failure(`${from} cannot be copied to ${to}`, ended);
}
/** Removes databases with everything SQLite and its clients leave beside them. */
async function removeDatabase(host, path) {
    const text = 'rm -f "$RR_FILE" "$RR_FILE-wal" "$RR_FILE-shm" "$RR_FILE-journal" && { [ ! -d "$RR_FILE.lock" ] || rmdir "$RR_FILE.lock"; }';
    await shell(host, text, { RR_FILE: path }, `${path} cannot be removed`);
}
/** Makes an empty file for this user alone, so that what fills it needs no umask. */
async function createPrivate(host, path) {
    await shell(host, 'rm -f "$RR_FILE" && : >"$RR_FILE"', { RR_FILE: path }, `${path} cannot be made`);
}
/** Gives a finished file its name: content durable first, then the name. */
async function publish(host, partial, path) {
    const text = 'sync "$RR_PARTIAL" && mv -f "$RR_PARTIAL" "$RR_FILE" && sync "$(dirname "$RR_FILE")"';
    await shell(host, text, { RR_PARTIAL: partial, RR_FILE: path }, `${partial} cannot be renamed to ${path}`);
}
/** Whether the file's header says WAL; undefined for a file without a header. */
async function journalMode(host, path) {
    const text = '[ ! -f "$RR_FILE" ] || dd if="$RR_FILE" bs=1 skip=18 count=1 2>/dev/null | od -An -tu1';
    const byte = (await shell(host, text, { RR_FILE: path }, `${path} cannot be read`)).trim();
    return byte === '2' ? 'wal' : byte === '1' ? 'delete' : undefined;
}
/** Processes that have the file open, as far as this user may see them. */
async function holders(host, path) {
    const text = `[ -f "$RR_FILE" ] || exit 0
if [ -d /proc/self/fd ]; then
  for f in /proc/[0-9]*/fd/*; do
    if [ "$f" -ef "$RR_FILE" ]; then p=\${f#/proc/}; p=\${p%%/*}; echo "$p $(cat "/proc/$p/comm" 2>/dev/null)"; fi
  done | sort -u
elif command -v lsof >/dev/null 2>&1; then lsof -F pc "$RR_FILE" | sed -n 's/^p//p' | while read -r p; do echo "$p $(ps -o comm= -p "$p")"; done
else echo "0 unknown: neither /proc nor lsof is here"; fi`;
    const lines = (await shell(host, text, { RR_FILE: path }, `who has ${path} open cannot be seen`)).trim().split('\n');
    return lines
        .filter((line) => line !== '')
        .map((line) => ({ pid: Number(line.split(' ')[0]), program: line.replace(/^\d+ /, '') }));
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/inspect.js



const ATTEMPTS = 3;
/**
 * Objects and exact counts of a file within one read transaction; `backup` copies the same snapshot into that file, before
 * the transaction ends. Counting needs the tables' names, so the schema is read first and again inside.
 */
async function inspect(client, path, options = {}) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const first = await client.run(path, { steps: [{ sql: MASTER }] });
        const outside = first.results[0];
        if (outside === undefined)
            break;
        const schema = readSchema(outside);
        const counts = schema.tables.map((table) => ({ sql: `SELECT count(*) FROM ${id(table.name)}` }));
        const copy = options.backup === undefined ? [] : [{ backup: options.backup }];
        const { version, results } = await client.run(path, {
            steps: [
                { sql: 'BEGIN' },
                { sql: MASTER },
                { sql: 'PRAGMA page_count' },
                { sql: 'PRAGMA page_size' },
                ...counts,
                ...copy,
                { sql: 'COMMIT' },
            ],
            progress: options.progress,
        });
        if (JSON.stringify(results[1]?.rows) !== JSON.stringify(outside.rows))
            continue;
        const number = (at) => Number(results[at]?.rows[0]?.[0]);
        return {
            objects: schema.objects,
            rows: Object.fromEntries(schema.tables.map((table, i) => [table.name, number(4 + i)])),
            bytes: number(2) * number(3),
            serverVersion: `SQLite ${version}`,
        };
    }
    throw new lib_error/* RunbookError */.rk(`the schema of ${path} changed ${ATTEMPTS} times while it was read; nothing was changed`, {
        hint: 'another migration seems to be running; wait for its end',
    });
}
/** SQLite's own checks of a file. */
async function selfCheck(client, path) {
    const { results } = await client.run(path, { steps: [{ sql: 'PRAGMA integrity_check(10)' }] });
    const integrity = (results[0]?.rows ?? []).map((row) => asText(row[0])).filter((line) => line !== 'ok');
    return { integrity, foreignKeys: await foreignKeyViolations(client, path) };
}
/** Rows whose parent is missing; a text where the keys themselves are declared wrongly, which SQLite tells only here. */
async function foreignKeyViolations(client, path) {
    try {
        const { results } = await client.run(path, { steps: [{ sql: 'SELECT count(*) FROM pragma_foreign_key_check' }] });
        return Number(results[0]?.rows[0]?.[0]);
    }
    catch (error) {
        const words = error.words ?? '';
        if (/foreign key mismatch/.test(words))
            return words;
        throw error;
    }
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/backup.js





const ID = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;
const MARGIN = 1024 * 1024;
function safeName(text, what) {
    if (!ID.test(text) || text.length > 200)
        throw new lib_error/* RunbookError */.rk(`"${text.slice(0, 60)}" cannot be the name of a ${what}: letters, digits, ".", "_", "+" and "-" only, beginning with a letter or digit`);
    return text;
}
/** Bytes of the live database with what waits in its WAL. */
async function liveBytes({ host, path }) {
    const live = await path();
    return (await sizeOf(host, live)) + (await sizeOf(host, `${live}-wal`));
}
async function space(context) {
    const bytes = await liveBytes(context);
    const [beside, apart] = [
        await freeSpace(context.host, external_node_path_.posix.dirname(await context.path())),
        await freeSpace(context.host, await context.directory()),
    ];
    // The backup and its verification lie in the backups' folder, what a restore loads lies beside the live database.
    if (beside.device === apart.device)
        return { needed: 3 * bytes + MARGIN, free: apart.free };
    return apart.free / 2 < beside.free
        ? { needed: 2 * bytes + MARGIN, free: apart.free }
        : { needed: bytes + MARGIN, free: beside.free };
}
async function backup(context, name, progress) {
    const { host, client } = context;
    const folder = await context.directory();
    const file = external_node_path_.posix.join(folder, `${safeName(name, 'backup')}.sqlite`);
    const partial = `${file}.partial`;
    const live = await context.path();
    const finished = await readStored(context, name);
    if (finished !== undefined && (await sizeOf(host, file)) === finished.bytes)
        return finished;
    await makeFolder(host, folder);
    await removePartials(context);
    const expected = await liveBytes(context);
    await needSpace(host, folder, expected + MARGIN, `the backup of database ${context.name}`);
    let inspection;
    try {
        await createPrivate(host, partial);
        inspection = await inspect(client, live, {
            backup: partial,
            progress: progress && ((done, total) => progress({ what: `backup of ${context.name}`, done, total, unit: 'bytes' })),
        });
        if ((await journalMode(host, partial)) === 'wal')
            await client.run(partial, { steps: [{ sql: 'PRAGMA journal_mode = DELETE' }] });
    }
    catch (error) {
        await removeDatabase(host, partial);
        if (!(error instanceof Error) || !isFull(error.message))
            throw error;
        const { free } = await freeSpace(host, folder);
        throw new lib_error/* RunbookError */.rk(`the disk under ${folder} on host ${host.name} became full during the backup of database ${context.name} ` +
            `(some ${(0,size/* formatSize */.Xq)(expected)} needed, ${(0,size/* formatSize */.Xq)(free)} free now); the unfinished backup was removed and nothing else was changed`, { hint: 'free space there, or lower `keep:` of the backups' });
    }
    const { foreignKeys } = await selfCheck(client, partial);
    const print = await fingerprint(host, partial);
    if (print === undefined)
        throw new lib_error/* RunbookError */.rk(`the backup of database ${context.name} vanished from ${partial} while it was written`, {
            hint: 'does something tidy up that folder?',
        });
    await publish(host, partial, file);
    const stored = {
        id: name,
        database: context.name,
        engine: 'sqlite',
        path: file,
        ...print,
        at: new Date().toISOString(),
        inspection,
        verified: undefined,
        copies: [],
        sqlite: { journal: (await journalMode(host, live)) ?? 'delete', foreignKeys },
    };
    await write(context, stored);
    progress?.({ what: `backup of ${context.name}`, done: print.bytes, total: print.bytes, unit: 'bytes' });
    return stored;
}
async function verify(context, backup, progress) {
    const { host, client } = context;
    const tell = (done) => progress?.({ what: `verification of ${backup.id}`, done, total: backup.bytes, unit: 'bytes' });
    tell(0);
    await checkFile(context, backup);
    const scratch = external_node_path_.posix.join(await context.directory(), 'scratch', `verify-${safeName(backup.id, 'backup')}.sqlite`);
    await makeFolder(host, external_node_path_.posix.dirname(scratch));
    await needSpace(host, external_node_path_.posix.dirname(scratch), backup.bytes + MARGIN, `verifying backup ${backup.id}`);
    try {
        await copyCold(host, backup.path, scratch);
        await checkContent(context, backup, scratch);
        const restored = await inspect(client, scratch);
        const problems = differences(backup.inspection, restored);
        if (problems.length > 0)
            throw damaged(backup, `what it restores to is not what it was taken of: ${problems.slice(0, 10).join('; ')}`);
    }
    finally {
        await removeDatabase(host, scratch);
    }
    tell(backup.bytes);
    const rows = Object.values(backup.inspection.rows).reduce((sum, n) => sum + n, 0);
    const verified = {
        at: new Date().toISOString(),
        how: `restored to a scratch file; integrity_check and foreign_key_check passed; ${backup.inspection.objects.length} objects and ${rows} rows equal to the snapshot's`,
    };
    const done = { ...backup, verified };
    await note(context, done);
    return done;
}
/** Whether the file is the one that was written: its database, its size, its hash. */
async function checkFile(context, backup) {
    if (backup.database !== context.name || backup.engine !== 'sqlite')
        throw damaged(backup, `it is of database ${backup.database} (${backup.engine}), not of ${context.name} (sqlite)`);
    const print = await fingerprint(context.host, backup.path);
    if (print === undefined)
        throw damaged(backup, `there is no file ${backup.path}`);
    if (print.bytes !== backup.bytes)
        throw damaged(backup, `${backup.path} has ${print.bytes} bytes and had ${backup.bytes} when it was written: it was cut or replaced`);
    if (print.sha256 !== backup.sha256)
        throw damaged(backup, `${backup.path} is not what was written: its SHA-256 is ${print.sha256}, was ${backup.sha256}`);
}
/** SQLite's own checks on a copy of the backup. */
async function checkContent(context, backup, copy) {
    let check;
    try {
        check = await selfCheck(context.client, copy);
    }
    catch (error) {
        throw damaged(backup, `SQLite cannot read it: ${error.message}`);
    }
    if (check.integrity.length > 0)
        throw damaged(backup, `integrity_check: ${check.integrity.slice(0, 3).join('; ')}`);
    const known = (await readStored(context, backup.id))?.sqlite?.foreignKeys ?? 0;
    if (check.foreignKeys !== known)
        throw damaged(backup, `foreign_key_check finds ${check.foreignKeys} violations, ${known} when it was written`);
}
function damaged(backup, why) {
    return new lib_error/* RunbookError */.rk(`backup ${backup.id} cannot be trusted: ${why}`, {
        hint: 'take an older verified backup or a copy; `db-backup` makes a new one',
    });
}
function differences(wanted, found) {
    const problems = [];
    const key = (o) => `${o.kind} ${o.name}`;
    const have = new Map(found.objects.map((o) => [key(o), o.definition]));
    for (const o of wanted.objects) {
        if (!have.has(key(o)))
            problems.push(`${key(o)} is missing`);
        else if (have.get(key(o)) !== o.definition)
            problems.push(`${key(o)} differs`);
        have.delete(key(o));
    }
    for (const name of have.keys())
        problems.push(`${name} is too many`);
    for (const table of new Set([...Object.keys(wanted.rows), ...Object.keys(found.rows)]))
        if (wanted.rows[table] !== found.rows[table])
            problems.push(`${table} has ${found.rows[table] ?? 'no'} rows instead of ${wanted.rows[table] ?? 'no'}`);
    return problems;
}
async function readStored(context, name) {
    const text = await context.host.read(external_node_path_.posix.join(await context.directory(), `${safeName(name, 'backup')}.json`));
    if (text === undefined)
        return undefined;
    try {
        const stored = JSON.parse(text);
        return typeof stored.sha256 === 'string' && stored.id === name
            ? { ...stored, verified: stored.verified ?? undefined }
            : undefined;
    }
    catch {
        return undefined;
    }
}
/** The journal mode that the live database had when the backup was made. */
const journalOf = async (context, backup) => (await readStored(context, backup.id))?.sqlite?.journal;
async function write(context, stored) {
    await context.host.write(external_node_path_.posix.join(await context.directory(), `${stored.id}.json`), `${JSON.stringify(stored, null, 2)}\n`);
}
async function note(context, backup) {
    await write(context, { ...(await readStored(context, backup.id)), ...backup });
}
async function listing(context) {
    const { stdout } = await context.host.shell('[ ! -d "$RR_FOLDER" ] || ls -1 "$RR_FOLDER"', {
        env: { RR_FOLDER: await context.directory() },
    });
    return stdout.split('\n').filter((line) => line !== '');
}
async function backups(context) {
    const found = [];
    const names = await listing(context);
    for (const file of names) {
        const name = file.replace(/\.json$/, '');
        if (name === file || !ID.test(name) || !names.includes(`${name}.sqlite`))
            continue;
        const stored = await readStored(context, name);
        if (stored?.database === context.name)
            found.push(stored);
    }
    return found.sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
}
const OLD_COPIES = '[ ! -d "$RR_FOLDER" ] || find "$RR_FOLDER" -type f -name "verify-*" -mmin +1440 -exec rm -f {} +';
/** Partials of a dead writer, and files whose description was never written: both were never announced as backups. */
async function removePartials(context) {
    const names = await listing(context);
    await context.host.shell(OLD_COPIES, { env: { RR_FOLDER: external_node_path_.posix.join(await context.directory(), 'scratch') } });
    for (const file of names) {
        const whole = /^(.*)\.sqlite$/.exec(file)?.[1];
        const orphan = whole !== undefined && !names.includes(`${whole}.json`);
        const partial = /^(.*\.partial)(-wal|-shm|-journal|\.lock)?$/.exec(file)?.[1];
        if (orphan || partial !== undefined)
            await removeDatabase(context.host, external_node_path_.posix.join(await context.directory(), partial ?? file));
    }
}
async function prune(context, keep, spare) {
    const all = await backups(context);
    const verified = all.filter((b) => b.verified !== undefined);
    // Only verified backups count, one of them always stays, and what is newer than the newest may just be being verified.
    const newest = verified.at(-1);
    if (newest === undefined)
        return [];
    const stay = new Set([...verified.slice(-Math.max(1, keep)).map((b) => b.id), ...spare]);
    const gone = all.filter((b) => !stay.has(b.id) && !(b.verified === undefined && b.at > newest.at));
    const folder = await context.directory();
    for (const { id } of gone) {
        // The description first: a file without one is removed before the next backup, a description without a file is none.
        await context.host.shell('rm -f "$RR_NOTE"', { env: { RR_NOTE: external_node_path_.posix.join(folder, `${id}.json`) } });
        await removeDatabase(context.host, external_node_path_.posix.join(folder, `${id}.sqlite`));
    }
    return gone.map((b) => b.id);
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/pairs.js


/** The tables of two files side by side. */
async function readPairs(client, main, other) {
    const attach = [{ as: 'other', path: other }];
    const masters = await client.run(main, {
        attach,
        steps: [
            { sql: MASTER.replace('sqlite_master', 'main.sqlite_master') },
            { sql: MASTER.replace('sqlite_master', 'other.sqlite_master') },
        ],
    });
    const [left, right] = masters.results;
    const schemas = { main: readSchema(left), other: readSchema(right) };
    const names = { main: schemas.main.tables.map((t) => t.name), other: schemas.other.tables.map((t) => t.name) };
    const { results } = await client.run(main, {
        attach,
        steps: [...columnsQuery(names.main, 'main'), ...columnsQuery(names.other, 'other')],
    });
    const columns = results.map(readColumns);
    const of = {
        main: new Map(names.main.map((name, i) => [name, columns[i] ?? []])),
        other: new Map(names.other.map((name, i) => [name, columns[names.main.length + i] ?? []])),
    };
    const before = new Map(schemas.other.tables.map((t) => [t.name, t]));
    const both = schemas.main.tables.flatMap((table) => {
        const old = before.get(table.name);
        return old === undefined ? [] : [pair(table, old, of.main.get(table.name) ?? [], of.other.get(table.name) ?? [])];
    });
    return { schemas, columns: of, both };
}
/** The primary key's columns in its order, or an alias of the rowid, or null. */
function keyOf(table, columns) {
    const key = columns.filter((c) => c.key > 0).sort((a, b) => a.key - b.key);
    if (key.length > 0)
        return key.map((c) => c.name);
    if (table.module !== undefined && !/^(fts|rtree|geopoly)/.test(table.module))
        return null;
    const rowid = rowidOf(columns);
    return rowid === undefined ? null : [rowid];
}
/** A name of the rowid that no column has taken. */
function rowidOf(columns) {
    const taken = new Set(columns.map((c) => c.name.toLowerCase()));
    return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name));
}
function pair(table, old, main, other) {
    const had = new Set(other.filter((c) => !c.generated).map((c) => c.name));
    const keys = [keyOf(table, main), keyOf(old, other)];
    const key = JSON.stringify(keys[0]) === JSON.stringify(keys[1]) ? (keys[0] ?? null) : null;
    // SQLite lets NULL into primary keys, except these; `=` would never find such a row again.
    const never = (name) => [main, other].every((columns, i) => {
        const column = columns.find((c) => c.name === name);
        const integer = column?.type === 'INTEGER' && columns.filter((c) => c.key > 0).length === 1;
        return column === undefined || column.notNull || integer || [table, old][i]?.withoutRowid === true;
    });
    const loose = (key ?? []).filter((name) => !never(name));
    const tie = loose.length === 0 ? undefined : rowidOf([...main, ...other]);
    const same = (a, b) => (key ?? []).map((name) => `${b}.${id(name)} ${loose.includes(name) ? 'IS' : '='} ${a}.${id(name)}`);
    const tied = (a, b) => tie === undefined
        ? []
        : [`(${a}.${tie} = ${b}.${tie} OR ${loose.map((name) => `${a}.${id(name)} IS NOT NULL`).join(' AND ')})`];
    return {
        table: table.name,
        key,
        tie,
        columns: main.filter((c) => !c.generated && had.has(c.name)).map((c) => c.name),
        main,
        other,
        on: (a, b) => [...same(a, b), ...tied(a, b)].join(' AND '),
    };
}
/** Values differ: by type and content, whatever collation and affinity the columns have. */
const differs = (a, b, column) => `+${a}.${id(column)} COLLATE BINARY IS NOT +${b}.${id(column)}`;
/** A condition out of many, without a deep tree: SQLite allows expressions of depth 1000, tables 2000 columns. */
function any(conditions) {
    if (conditions.length <= 1)
        return conditions[0] ?? '0';
    const half = conditions.length >> 1;
    return `(${any(conditions.slice(0, half))} OR ${any(conditions.slice(half))})`;
}
/** FROM … WHERE … for the three ways in which rows of a pair with a key differ; `a` is the row of main, `b` of other. */
function selections(p) {
    const t = id(p.table);
    return {
        added: `FROM main.${t} AS a WHERE NOT EXISTS (SELECT 1 FROM other.${t} AS b WHERE ${p.on('a', 'b')})`,
        changed: `FROM main.${t} AS a JOIN other.${t} AS b ON ${p.on('a', 'b')} WHERE ${any(p.columns.map((c) => differs('a', 'b', c)))}`,
        missing: `FROM other.${t} AS b WHERE NOT EXISTS (SELECT 1 FROM main.${t} AS a WHERE ${p.on('b', 'a')})`,
    };
}
/** Rows of one side that the other has fewer of, for tables without a key; `n` is how many. */
function surplus(p, side) {
    const t = id(p.table);
    const columns = p.columns.map((c) => `${id(c)} COLLATE BINARY AS ${id(c)}`).join(', ');
    const names = p.columns.map(id).join(', ');
    const [plus, minus] = side === 'main' ? ['main', 'other'] : ['other', 'main'];
    return (`SELECT ${names}, sum(s) AS n FROM (SELECT ${columns}, 1 AS s FROM ${plus}.${t} UNION ALL SELECT ${columns}, -1 AS s FROM ${minus}.${t}) ` +
        `GROUP BY ${p.columns.map((c) => `${id(c)} COLLATE BINARY, typeof(${id(c)})`).join(', ')} HAVING sum(s) > 0`);
}
/** Three statements, each with one number: added, changed, missing. */
function countSteps(p) {
    if (p.columns.length === 0)
        return [{ sql: 'SELECT 0' }, { sql: 'SELECT 0' }, { sql: 'SELECT 0' }];
    if (p.key === null)
        return [
            { sql: `SELECT coalesce(sum(n), 0) FROM (${surplus(p, 'main')})` },
            { sql: 'SELECT 0' },
            { sql: `SELECT coalesce(sum(n), 0) FROM (${surplus(p, 'other')})` },
        ];
    const s = selections(p);
    return [
        { sql: `SELECT count(*) ${s.added}` },
        { sql: `SELECT count(*) ${s.changed}` },
        { sql: `SELECT count(*) ${s.missing}` },
    ];
}
const firstNumber = (result) => Number(result?.rows[0]?.[0] ?? 0);

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/compare.js


const EXAMPLES = 10;
/** What is different in `after`. All comparing happens in SQL, on one snapshot of each file. */
async function compare(client, before, after) {
    if (before === after)
        return { schema: [], rows: [] };
    const pairs = await readPairs(client, after, before);
    const attach = [{ as: 'other', path: before }];
    const gone = pairs.schemas.other.tables.filter((t) => !pairs.schemas.main.tables.some((other) => other.name === t.name));
    const fresh = pairs.schemas.main.tables.filter((t) => !pairs.schemas.other.tables.some((other) => other.name === t.name));
    const { results } = await client.run(after, {
        attach,
        steps: [
            { sql: 'BEGIN' },
            ...gone.map((t) => ({ sql: `SELECT count(*) FROM other.${id(t.name)}` })),
            ...fresh.map((t) => ({ sql: `SELECT count(*) FROM main.${id(t.name)}` })),
            ...pairs.both.flatMap((p) => [...countSteps(p), ...exampleSteps(p)]),
            { sql: 'COMMIT' },
        ],
    });
    let at = 1;
    const take = () => results[at++];
    const rows = [
        ...gone.map((t) => [firstNumber(take()), `${t.name}: % gone with the table`]),
        ...fresh.map((t) => [firstNumber(take()), `${t.name}: % in a new table`]),
    ].flatMap(([count, text]) => (count > 0 ? [text.replace('%', rowsText(count))] : []));
    for (const p of pairs.both) {
        const [added, changed, missing] = [firstNumber(take()), firstNumber(take()), firstNumber(take())];
        const examples = p.key === null ? undefined : { missing: take(), changed: take(), added: take() };
        rows.push(...tableRows(p, { added, changed, missing }, examples));
    }
    return { schema: schemaDifferences(pairs), rows };
}
function exampleSteps(p) {
    if (p.key === null)
        return [];
    if (p.columns.length === 0)
        return [{ sql: 'SELECT 0 WHERE 0' }, { sql: 'SELECT 0 WHERE 0' }, { sql: 'SELECT 0 WHERE 0' }];
    const s = selections(p);
    const key = (row) => (p.key ?? []).map((c, i) => `${row}.${id(c)} AS k${i}`).join(', ');
    const which = p.columns.map((c, i) => `${differs('a', 'b', c)} AS d${i}`).join(', ');
    return [
        { sql: `SELECT ${key('b')} ${s.missing} LIMIT ${EXAMPLES}` },
        { sql: `SELECT ${key('a')}, ${which} ${s.changed} LIMIT ${EXAMPLES}` },
        { sql: `SELECT ${key('a')} ${s.added} LIMIT ${EXAMPLES}` },
    ];
}
const rowsText = (count) => (count === 1 ? '1 row' : `${count} rows`);
function tableRows(p, counts, examples) {
    const lines = [];
    // Ten examples a table in all, the losses first.
    let left = EXAMPLES;
    const say = (count, what, groups) => {
        if (count === 0)
            return;
        const shown = [];
        let named = 0;
        for (const { keys, columns } of groups) {
            const some = keys.slice(0, left);
            if (some.length === 0)
                continue;
            left -= some.length;
            named += some.length;
            shown.push(some.join(', ') + columns);
        }
        const more = count > named ? `${shown.length > 0 ? '; ' : ''}${count - named} more` : '';
        const label = p.key === null ? '' : shown.length === 0 ? '' : ` (${p.key.join(', ')} ${shown.join('; ')}${more})`;
        lines.push(`${p.table}: ${rowsText(count)} ${what}${label}`);
    };
    const plain = (result) => [
        { keys: (result?.rows ?? []).map((row) => keyText(p, row)), columns: '' },
    ];
    say(counts.missing, counts.missing === 1 ? 'is missing' : 'are missing', plain(examples?.missing));
    say(counts.changed, 'changed', changedGroups(p, examples?.changed));
    say(counts.added, counts.added === 1 ? 'is new' : 'are new', plain(examples?.added));
    return lines;
}
function changedGroups(p, result) {
    const groups = new Map();
    const width = p.key?.length ?? 0;
    for (const row of result?.rows ?? []) {
        const columns = p.columns.filter((_, i) => row[width + i] === 1).join(', ');
        groups.set(columns, [...(groups.get(columns) ?? []), keyText(p, row)]);
    }
    return [...groups].map(([columns, keys]) => ({ keys, columns: `: ${columns}` }));
}
function keyText(p, row) {
    const parts = (p.key ?? []).map((_, i) => {
        const value = decode(row[i] ?? null);
        return typeof value === 'string'
            ? JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
            : String(value);
    });
    return parts.length === 1 ? (parts[0] ?? '') : `[${parts.join(', ')}]`;
}
/** The schema's differences in words; columns where they tell it, else that the definition differs. */
function schemaDifferences({ schemas, columns }) {
    const lines = [];
    const key = (o) => `${o.kind} ${o.name}`;
    const after = new Map(schemas.main.objects.map((o) => [key(o), o]));
    for (const old of schemas.other.objects) {
        const now = after.get(key(old));
        after.delete(key(old));
        if (now === undefined)
            lines.push(`${key(old)} is gone`);
        else if (now.definition !== old.definition) {
            const parts = old.kind === 'table'
                ? columnDifferences(columns.other.get(old.name) ?? [], columns.main.get(old.name) ?? [])
                : [];
            lines.push(...(parts.length > 0 ? parts : ['its definition differs']).map((part) => `${key(old)}: ${part}`));
        }
    }
    for (const name of after.keys())
        lines.push(`${name} is new`);
    return lines;
}
function columnDifferences(before, after) {
    const lines = [];
    const now = new Map(after.map((c) => [c.name, c]));
    for (const old of before) {
        const column = now.get(old.name);
        now.delete(old.name);
        if (column === undefined)
            lines.push(`column ${old.name} is gone`);
        else if (declaration(column) !== declaration(old))
            lines.push(`column ${old.name} was ${declaration(old)}, is ${declaration(column)}`);
    }
    for (const column of now.values())
        lines.push(`column ${column.name} is new (${declaration(column)})`);
    return lines;
}
function declaration(c) {
    const words = [
        c.type || 'no type',
        c.notNull ? 'NOT NULL' : '',
        c.fallback === null ? '' : `DEFAULT ${c.fallback}`,
        c.key > 0 ? `key ${c.key}` : '',
        c.generated ? 'generated' : '',
    ];
    return words.filter((word) => word !== '').join(' ');
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/restore.js




/**
 * Loads the backup beside the live database, checks it, then swaps by two renames. What a death leaves is read from the
 * names, and from a note of the new file's inode: the live name carries the old file, none, or that inode.
 */
async function restore(context, backup, label, options = {}) {
    const { host, client } = context;
    const live = await context.path();
    const rescue = `${live}.rescue-${safeName(label, 'rescue')}`;
    const fresh = `${live}.restoring`;
    const noteFile = external_node_path_.posix.join(await context.directory(), 'restores', `${label}.json`);
    const noted = await readNote(context, noteFile);
    const found = await look(context, live, rescue);
    if (noted !== undefined && found.live === noted.inode) {
        if (noted.backup !== backup.id)
            throw new lib_error/* RunbookError */.rk(`restore ${label} of database ${context.name} already put backup ${noted.backup} back, not ${backup.id}; nothing was changed`, { hint: 'give this restore a label of its own' });
        return { rescue: found.rescue === undefined ? undefined : rescue };
    }
    if (found.live !== undefined && found.rescue !== undefined)
        throw new lib_error/* RunbookError */.rk(`database ${context.name}: the rescue ${rescue} is there, and ${live} is neither the file it was taken from nor a restored one; nothing was changed`, {
            hint: `an application has probably made a new file after the restore began: stop it, look at ${live}, move it away, then run this again`,
        });
    await checkFile(context, backup);
    if (!options.evenIfOpen)
        await refuseHolders(context, found.live === undefined ? rescue : live);
    await needSpace(host, external_node_path_.posix.dirname(live), backup.bytes + 1024 * 1024, `restoring backup ${backup.id}`);
    await copyCold(host, backup.path, fresh);
    await checkContent(context, backup, fresh);
    const journal = (await journalMode(host, found.live === undefined ? rescue : live)) ??
        (await journalOf(context, backup)) ??
        'delete';
    if (journal === 'wal')
        await client.run(fresh, { steps: [{ sql: 'PRAGMA journal_mode = WAL' }] });
    // Folding the WAL in makes the rescue one file. Where that is not possible (the file is damaged), the WAL moves along.
    if (found.live !== undefined && (await sizeOf(host, `${live}-wal`)) > 0)
        await client.run(live, { steps: [{ sql: 'PRAGMA wal_checkpoint(TRUNCATE)' }] }).catch(() => undefined);
    const { live: inode } = await look(context, fresh, rescue);
    await host.write(noteFile, `${JSON.stringify({ inode, backup: backup.id, rescue, at: new Date().toISOString() })}\n`);
    await swap(context, live, rescue, fresh);
    const after = await look(context, live, rescue);
    return { rescue: after.rescue === undefined ? undefined : rescue };
}
async function refuseHolders(context, file) {
    const open = await holders(context.host, file);
    if (open.length === 0)
        return;
    const list = open.map(({ pid, program }) => (pid === 0 ? program : `${pid} (${program})`)).join(', ');
    throw new lib_error/* RunbookError */.rk(`database ${context.name} cannot be swapped while processes have ${file} open: ${list}; they would go on writing into the rescue; nothing was changed`, {
        hint: 'stop these processes (the services of this database), then run this again',
    });
}
async function readNote(context, file) {
    const text = await context.host.read(file);
    try {
        return text === undefined ? undefined : JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
const LOOK = `
for f in "$RR_LIVE" "$RR_RESCUE"; do
  if [ -e "$f" ]; then ls -di "$f" | sed 's/^ *//; s/ .*//'; else echo -; fi
done`;
/** Inodes. */
async function look(context, live, rescue) {
    const ended = await context.host.shell(LOOK, { env: { RR_LIVE: live, RR_RESCUE: rescue } });
    const [first, second] = ended.stdout.split('\n');
    const inode = (text) => (text !== undefined && /^\d+$/.test(text) ? text : undefined);
    if (ended.code !== 0 || !first || !second)
        throw new lib_error/* RunbookError */.rk(`database ${context.name}: ${live} cannot be looked at: ${ended.stderr.trim()}`);
    return { live: inode(first), rescue: inode(second) };
}
/**
 * Exit 75: owner cannot be given. Order: the main file leaves first, its journals after it, and only a name without any
 * journal beside it receives the new file; so no journal is ever applied to a file it does not belong to.
 */
const SWAP = `
set -eu
mode() { stat -c %a "$1" 2>/dev/null || stat -f %Lp "$1"; }
owner() { stat -c %u:%g "$1" 2>/dev/null || stat -f %u:%g "$1"; }
folder=$(dirname "$RR_LIVE")
like=$RR_LIVE; [ -e "$like" ] || like=$RR_RESCUE
if [ -e "$like" ]; then
  [ "$(owner "$like")" = "$(owner "$RR_FRESH")" ] || chown "$(owner "$like")" "$RR_FRESH" || exit 75
  chmod "$(mode "$like")" "$RR_FRESH"
fi
rm -f "$RR_FRESH-wal" "$RR_FRESH-shm" "$RR_FRESH-journal"
sync "$RR_FRESH"
if [ -e "$RR_LIVE" ]; then mv "$RR_LIVE" "$RR_RESCUE"; fi
for end in -wal -shm -journal; do
  if [ -e "$RR_LIVE$end" ]; then
    if [ -e "$RR_RESCUE" ]; then mv "$RR_LIVE$end" "$RR_RESCUE$end"; else rm -f "$RR_LIVE$end"; fi
  fi
done
# node-sqlite3-wasm locks by an empty folder, which a killed program leaves behind.
if [ -d "$RR_LIVE.lock" ]; then rmdir "$RR_LIVE.lock"; fi
sync "$folder"
mv "$RR_FRESH" "$RR_LIVE"
sync "$folder"
`;
async function swap(context, live, rescue, fresh) {
    const ended = await context.host.shell(SWAP, { env: { RR_LIVE: live, RR_RESCUE: rescue, RR_FRESH: fresh } });
    if (ended.code === 0)
        return;
    if (ended.code === 75)
        throw new lib_error/* RunbookError */.rk(`database ${context.name}: the restored file cannot be given the owner of ${live}: ${ended.stderr.trim()}; ${live} was not touched`, { hint: `run as the file's owner or as root` });
    throw new lib_error/* RunbookError */.rk(`database ${context.name}: swapping ${fresh} and ${live} failed: ${ended.stderr.trim()}`, {
        hint: `run this again; whatever happened, the database of before is ${live} or ${rescue}`,
    });
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite/since.js





const nameOf = (work) => (work.kind === 'pair' ? work.pair.table : work.table.name);
async function readWork(context, backup, tables, path) {
    const { schemas, columns, both } = await readPairs(context.client, path, backup.path);
    const only = (here, there) => here.filter((t) => !there.some((other) => other.name === t.name));
    const work = [
        ...both.map((pair) => ({ kind: 'pair', pair })),
        ...only(schemas.main.tables, schemas.other.tables).map((table) => ({ kind: 'fresh', table, columns: columns.main.get(table.name) ?? [] })),
        ...only(schemas.other.tables, schemas.main.tables).map((table) => ({ kind: 'gone', table, columns: columns.other.get(table.name) ?? [] })),
    ];
    return tables === undefined ? work : work.filter((w) => tables.includes(nameOf(w)));
}
function workCounts(work) {
    if (work.kind === 'pair')
        return countSteps(work.pair);
    const count = { sql: `SELECT count(*) FROM ${work.kind === 'fresh' ? 'main' : 'other'}.${id(work.table.name)}` };
    const none = { sql: 'SELECT 0' };
    return work.kind === 'fresh' ? [count, none, none] : [none, none, count];
}
/** What the live database (or another instance) has, changed or lost against the backup: all tables, or those named. */
async function since(context, backup, tables, instance) {
    await checkFile(context, backup);
    const path = instance?.address ?? (await context.path());
    const work = await readWork(context, backup, tables, path);
    const { results } = await context.client.run(path, {
        attach: [{ as: 'other', path: backup.path }],
        steps: [{ sql: 'BEGIN' }, ...work.flatMap(workCounts), { sql: 'COMMIT' }],
    });
    return work.map((w, i) => ({
        table: nameOf(w),
        key: w.kind === 'pair' ? w.pair.key : keyOf(w.table, w.columns),
        added: firstNumber(results[1 + 3 * i]),
        changed: firstNumber(results[2 + 3 * i]),
        missing: firstNumber(results[3 + 3 * i]),
    }));
}
/**
 * Those rows as files: `<n>-<table>.jsonl` with all columns (integers beyond 2^53 as text, blobs as hex) and
 * `<n>-<table>.sql`, which brings additions and changes back into the backup's schema. Deletions are comments there:
 * deleting again is a human's decision.
 */
async function exportSince(context, backup, directory) {
    const { host, client } = context;
    const path = external_node_path_.posix.resolve(await host.directory(), directory);
    await makeFolder(host, path);
    await checkFile(context, backup);
    const work = await readWork(context, backup, undefined, await context.path());
    const steps = [{ sql: 'BEGIN' }];
    for (const [i, w] of work.entries()) {
        const file = external_node_path_.posix.join(path, `${String(i + 1).padStart(3, '0')}-${nameOf(w)
            .replaceAll(/[^A-Za-z0-9_-]/g, '_')
            .slice(0, 80)}`);
        for (const ending of ['.jsonl', '.sql'])
            await createPrivate(host, file + ending);
        steps.push(...workCounts(w), { sql: exportQuery(w, 'json'), to: `${file}.jsonl` }, { sql: exportQuery(w, 'sql'), to: `${file}.sql` });
    }
    const { results } = await client.run(await context.path(), {
        attach: [{ as: 'other', path: backup.path }],
        steps: [...steps, { sql: 'COMMIT' }],
    });
    const rows = {};
    for (const [i, w] of work.entries()) {
        const count = [1, 2, 3].reduce((sum, n) => sum + firstNumber(results[5 * i + n]), 0);
        if (count > 0)
            rows[nameOf(w)] = count;
    }
    await host.shell('find "$RR_FOLDER" -type f -name "[0-9]*-*" -size 0 -exec rm -f {} + && sync "$RR_FOLDER"', {
        env: { RR_FOLDER: path },
    });
    return { path, rows };
}
/** One text column: a line for each row. */
function exportQuery(work, format) {
    const union = (parts) => parts.map((part) => `SELECT * FROM (${part})`).join(' UNION ALL ');
    if (work.kind !== 'pair') {
        const [alias, side] = work.kind === 'fresh' ? ['a', 'main'] : ['b', 'other'];
        const line = makeLine(work.table.name, keyOf(work.table, work.columns), plain(work.columns), format);
        return `SELECT ${work.kind === 'fresh' ? line.added('a') : line.missing('b')} AS line FROM ${side}.${id(work.table.name)} AS ${alias}`;
    }
    const p = work.pair;
    if (p.columns.length === 0)
        return "SELECT '' AS line WHERE 0";
    if (p.key === null) {
        const line = makeLine(p.table, null, p.columns, format);
        return union([
            `SELECT ${line.missing('b')} AS line FROM (${surplus(p, 'other')}) AS b`,
            `SELECT ${line.added('a')} AS line FROM (${surplus(p, 'main')}) AS a`,
        ]);
    }
    // JSON tells everything that a row has; SQL what the backup's schema can take.
    const line = makeLine(p.table, p.key, format === 'json' ? plain(p.main) : p.columns, format, p.tie);
    const old = makeLine(p.table, p.key, format === 'json' ? plain(p.other) : p.columns, format, p.tie);
    const s = selections(p);
    return union([
        `SELECT ${old.missing('b')} AS line ${s.missing}`,
        `SELECT ${line.changed('a', 'b', plain(p.other))} AS line ${s.changed}`,
        `SELECT ${line.added('a')} AS line ${s.added}`,
    ]);
}
const plain = (columns) => columns.filter((c) => !c.generated).map((c) => c.name);
function makeLine(table, key, columns, format, tie) {
    const names = [...(key ?? []).filter((k) => !columns.includes(k)), ...columns];
    if (format === 'json') {
        const object = (row, of) => concat([
            "'{'",
            ...of.flatMap((c, i) => [literal(`${i > 0 ? ',' : ''}${JSON.stringify(c)}:`), jsonValue(`${row}.${id(c)}`)]),
            "'}'",
        ]);
        const start = (change) => literal(`{"table":${JSON.stringify(table)},"change":"${change}",`);
        const keyPart = (row) => (key === null ? [] : [literal('"key":'), object(row, key), "','"]);
        return {
            added: (a) => concat([start('added'), ...keyPart(a), literal('"row":'), object(a, columns), "'}'"]),
            changed: (a, b, before) => concat([
                start('changed'),
                ...keyPart(a),
                literal('"row":'),
                object(a, columns),
                literal(',"before":'),
                object(b, before),
                "'}'",
            ]),
            missing: (b) => concat([start('missing'), ...keyPart(b), literal('"row":'), object(b, columns), "'}'"]),
        };
    }
    const where = (row) => [...(key ?? columns), ...(tie === undefined ? [] : [tie])].flatMap((c, i) => [
        literal(`${i > 0 ? ' AND ' : ' WHERE '}${id(c)} IS `),
        sqlValue(`${row}.${id(c)}`),
    ]);
    return {
        added: (a) => concat([
            literal(`INSERT INTO ${id(table)} (${names.map(id).join(', ')}) VALUES (`),
            ...names.flatMap((c, i) => [...(i > 0 ? ["', '"] : []), sqlValue(`${a}.${id(c)}`)]),
            "');'",
        ]),
        changed: (a) => concat([
            literal(`UPDATE ${id(table)} SET `),
            ...columns.flatMap((c, i) => [literal(`${i > 0 ? ', ' : ''}${id(c)} = `), sqlValue(`${a}.${id(c)}`)]),
            ...where(a),
            "';'",
        ]),
        missing: (b) => concat([literal(`-- DELETE FROM ${id(table)}`), ...where(b), "';'"]),
    };
}
/** Balanced, because SQLite allows expressions of depth 1000. */
function concat(parts) {
    if (parts.length <= 1)
        return parts[0] ?? "''";
    const half = parts.length >> 1;
    return `(${concat(parts.slice(0, half))} || ${concat(parts.slice(half))})`;
}
const MAX = '1.7976931348623157e308';
function jsonValue(v) {
    return (`CASE typeof(${v}) WHEN 'null' THEN 'null' WHEN 'blob' THEN '"' || hex(${v}) || '"' ` +
        `WHEN 'integer' THEN CASE WHEN +${v} BETWEEN -9007199254740991 AND 9007199254740991 THEN CAST(${v} AS TEXT) ELSE '"' || ${v} || '"' END ` +
        `WHEN 'real' THEN CASE WHEN abs(${v}) > ${MAX} THEN '"' || CASE WHEN +${v} < 0 THEN '-' ELSE '' END || 'Infinity"' ELSE printf('%!.17g', ${v}) END ` +
        `ELSE json_quote(${v}) END`);
}
/** A literal on one line, without control characters: programs print those in their own ways. */
function sqlValue(v) {
    const control = `instr(${v}, char(0)) > 0 OR ${v} GLOB '*[' || char(1) || '-' || char(8) || char(11) || char(12) || char(14) || '-' || char(31) || ']*'`;
    return (`CASE typeof(${v}) WHEN 'text' THEN CASE WHEN ${control} THEN 'CAST(x''' || hex(${v}) || ''' AS TEXT)' ` +
        `ELSE replace(replace(quote(${v}), char(10), '''||char(10)||'''), char(13), '''||char(13)||''') END ` +
        `WHEN 'real' THEN CASE WHEN +${v} > ${MAX} THEN '9e999' WHEN +${v} < -${MAX} THEN '-9e999' ELSE printf('%!.17g', ${v}) END ` +
        `ELSE quote(${v}) END`);
}

;// CONCATENATED MODULE: ./packages/databases/lib/sqlite.js












const QUERY_MS = 10 * 60_000;
/** SQLite on its host; what opens the file there is chosen when first needed. */
function openSqlite(name, spec, host, options = {}) {
    const client = makeClient(name, spec, host);
    const context = {
        name,
        spec,
        host,
        client,
        path: once(() => resolve(host, spec.path)),
        directory: once(() => backupFolder(name, host, options.directory)),
    };
    const scratchFolder = async () => external_node_path_.posix.join(await context.directory(), 'scratch');
    return {
        name,
        engine: 'sqlite',
        host,
        live: async () => ({ address: await context.path(), kind: 'live' }),
        environment: (instance) => (spec.env === undefined ? {} : { [spec.env]: instance.address }),
        inspect: (instance) => inspect(client, instance.address),
        space: () => space(context),
        backup: (id, progress) => backup(context, id, progress),
        verify: (taken, progress) => verify(context, taken, progress),
        backups: () => backups(context),
        note: (taken) => note(context, taken),
        prune: (keep, spare) => prune(context, keep, spare),
        async scratch(taken, label) {
            const path = external_node_path_.posix.join(await scratchFolder(), `${safeName(label, 'scratch copy')}.sqlite`);
            await checkFile(context, taken);
            await makeFolder(host, await scratchFolder());
            await needSpace(host, await scratchFolder(), taken.bytes, `a copy of backup ${taken.id}`);
            await removeDatabase(host, path);
            await copyCold(host, taken.path, path);
            return { address: path, kind: 'scratch' };
        },
        async drop(instance) {
            if (instance.kind !== 'scratch' || external_node_path_.posix.dirname(instance.address) !== (await scratchFolder()))
                throw new lib_error/* RunbookError */.rk(`database ${name}: ${instance.address} is no scratch copy, so it is not dropped; nothing was changed`);
            await removeDatabase(host, instance.address);
        },
        applyFiles: (instance, files) => applyFiles(client, instance.address, files),
        async query(instance, sql) {
            const [statement, ...more] = splitStatements(sql);
            if (statement === undefined || more.length > 0)
                throw new lib_error/* RunbookError */.rk(`database ${name}: a query is one statement, this text holds ${more.length + (statement ? 1 : 0)}`);
            const guard = instance.kind === 'live' ? [{ sql: 'PRAGMA query_only = ON' }] : [];
            const { results } = await client.run(instance.address, {
                steps: [...guard, { sql: statement.sql }],
                timeoutMs: QUERY_MS,
            });
            const result = results.at(-1);
            return {
                columns: result?.columns ?? [],
                rows: (result?.rows ?? []).map((row) => row.map(decode)),
                ms: result?.ms ?? 0,
            };
        },
        compare: (before, after) => compare(client, before.address, after.address),
        since: (taken, tables, instance) => since(context, taken, tables, instance),
        exportSince: (taken, directory) => exportSince(context, taken, directory),
        restore: (taken, label, how) => restore(context, taken, label, how),
    };
}
function once(make) {
    let made;
    return () => {
        made ??= make();
        made.catch(() => {
            made = undefined;
        });
        return made;
    };
}
/** Absolute, links resolved: a rename must replace the file, not a link to it. */
async function resolve(host, path) {
    const absolute = external_node_path_.posix.resolve(await host.directory(), path);
    const ended = await host.shell('readlink -f "$RR_FILE" || printf "%s\\n" "$RR_FILE"', { env: { RR_FILE: absolute } });
    return ended.stdout.replace(/\n$/, '') || absolute;
}
async function backupFolder(name, host, directory) {
    return directory === undefined
        ? external_node_path_.posix.join(await host.state(), 'backups', name)
        : external_node_path_.posix.resolve(await host.directory(), directory, name);
}


/***/ }),

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


/***/ })

};
