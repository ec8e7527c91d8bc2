export const id = 3416;
export const ids = [3416];
export const modules = {

/***/ 3416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkEnv: () => (/* binding */ checkEnv)
});

// EXTERNAL MODULE: ./packages/units/lib/threshold.js + 1 modules
var threshold = __webpack_require__(9932);
// EXTERNAL MODULE: ./packages/units/lib/nearest.js
var nearest = __webpack_require__(5135);
;// CONCATENATED MODULE: ./packages/checks/lib/dotenv.js
const line = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=[^\S\n]*/;
/**
 * Reads a .env file as the common libraries do: `export` allowed, comments from # at the start or after a space, 'literal',
 * "with \\n", quoted values may go over several lines.
 */
function parseDotEnv(text) {
    const values = new Map();
    const repeated = new Set();
    const unread = [];
    const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
    let at = 0;
    let number = 0;
    while (at < source.length) {
        number++;
        const newline = source.indexOf('\n', at);
        const end = newline < 0 ? source.length : newline;
        const whole = source.slice(at, end);
        const found = line.exec(whole);
        if (found === null) {
            if (!/^\s*(#.*)?$/.test(whole))
                unread.push(number);
            at = end + 1;
            continue;
        }
        const name = found[1] ?? '';
        const from = at + found[0].length;
        const value = valueAt(source, from, end);
        if (value === undefined)
            unread.push(number);
        else {
            if (values.has(name))
                repeated.add(name);
            values.set(name, value.text);
        }
        const next = value?.end ?? end;
        number += source.slice(from, next).split('\n').length - 1;
        const rest = source.indexOf('\n', next);
        at = rest < 0 ? source.length : rest + 1;
    }
    return { values, repeated: [...repeated], unread };
}
function valueAt(source, from, end) {
    const quote = source[from];
    if (quote !== '"' && quote !== "'" && quote !== '`') {
        const raw = source.slice(from, end);
        return { text: raw.replace(/(^|\s)#.*$/, '').trim(), end };
    }
    let text = '';
    for (let at = from + 1; at < source.length; at++) {
        const char = source[at] ?? '';
        if (char === quote)
            return { text, end: at };
        if (quote === '"' && char === '\\') {
            const next = source[++at] ?? '';
            text +=
                { n: '\n', r: '\r', t: '\t' }[next] ?? (next === '"' || next === '\\' || next === '$' ? next : `\\${next}`);
        }
        else
            text += char;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/checks/lib/strength.js
/** Words that stand in values which somebody meant to replace, or thought up. */
const words = [
    'password',
    'passwort',
    'passwd',
    'secret',
    'changeme',
    'change',
    'replace',
    'example',
    'default',
    'admin',
    'root',
    'test',
    'demo',
    'dev',
    'local',
    'development',
    'production',
    'prod',
    'flask',
    'django',
    'jwt',
    'token',
    'key',
    'your',
    'my',
    'here',
    'this',
    'random',
    'string',
    'insecure',
    'letmein',
    'welcome',
    'dragon',
    'monkey',
    'master',
    'login',
    'user',
    'please',
    'super',
    'not',
    'in',
    'to',
    'me',
    'a',
    'the',
    'is',
    'xxx',
    'todo',
    'placeholder',
    'brand',
    'diagnosis',
    'app',
];
const sequences = [
    'abcdefghijklmnopqrstuvwxyz',
    '01234567890',
    'qwertyuiop',
    'asdfghjkl',
    'zxcvbnm',
    '1q2w3e4r5t6y7u8i9o0p',
];
const leastBits = 80;
/**
 * Why a value is weak, without the value; undefined when nothing speaks against it. Guessed from its look: words, runs and
 * repetitions count little, the rest as if it were random; 80 bits are asked (14 random letters and digits, 20 of hex).
 */
function weakness(value) {
    const lower = value.toLowerCase();
    const distinct = new Set(value).size;
    if (distinct <= 1)
        return 'one character repeated';
    for (let size = 1; size <= lower.length / 2; size++) {
        if (lower.length % size === 0 && lower.slice(0, size).repeat(lower.length / size) === lower) {
            return 'the same part repeated';
        }
    }
    const rest = withoutGuessable(lower);
    if (rest.length < lower.length / 2)
        return 'made of common words or runs of neighbouring characters';
    if (distinct < 8)
        return `only ${distinct} different characters`;
    const bits = rest.length * Math.log2(alphabet(value, distinct));
    return bits < leastBits ? `about ${Math.floor(bits)} bits of guesswork, ${leastBits} are asked` : undefined;
}
function alphabet(value, distinct) {
    let size = 0;
    if (/^[0-9a-f-]+$/i.test(value))
        size = 16;
    else {
        if (/[a-z]/.test(value))
            size += 26;
        if (/[A-Z]/.test(value))
            size += 26;
        if (/[0-9]/.test(value))
            size += 10;
        if (/[^A-Za-z0-9]/.test(value))
            size += 20;
    }
    // Few different characters in a long value are no sample of a large alphabet.
    return Math.max(2, Math.min(size, distinct * 2));
}
/** What is left when words and runs of four and more are taken out. */
function withoutGuessable(text) {
    let rest = text;
    for (const sequence of sequences) {
        for (const row of [sequence, sequence.split('').reverse().join('')]) {
            for (let size = row.length; size >= 4; size--) {
                for (let from = 0; from + size <= row.length; from++)
                    rest = rest.replaceAll(row.slice(from, from + size), '');
            }
        }
    }
    rest = rest.replaceAll(/(.)\1{3,}/g, '');
    const long = words.filter((word) => word.length >= 4).sort((a, b) => b.length - a.length);
    for (const word of long)
        rest = rest.replaceAll(word, '');
    return rest
        .split(/[^a-z0-9]+/)
        .filter((part) => !words.includes(part) && !/^(19|20)\d\d$/.test(part))
        .join('');
}

;// CONCATENATED MODULE: ./packages/checks/lib/env.js




/** A .env file on a host: names are told, values never. */
async function checkEnv(spec, context) {
    const host = context.hosts.get(spec.on);
    const text = await host.read(spec.file);
    if (text === undefined) {
        return {
            verdict: 'fail',
            text: `there is no file ${spec.file} on host ${spec.on}`,
            mend: `write it there with ${Object.keys(spec.require).join(', ')}`,
        };
    }
    const { values, repeated, unread } = parseDotEnv(text);
    const problems = [];
    const rules = Object.entries(spec.require);
    for (const [name, rule] of rules) {
        const value = values.get(name);
        if (value === undefined) {
            const near = (0,nearest/* nearest */.p)(name, [...values.keys()].filter((each) => !Object.hasOwn(spec.require, each)));
            problems.push(`${name} is missing${near === undefined ? '' : ` (there is ${near})`}`);
            continue;
        }
        const problem = problemOf(rule, value);
        if (problem !== undefined)
            problems.push(`${name} ${problem}`);
        if (repeated.includes(name))
            problems.push(`${name} stands there more than once`);
    }
    if (unread.length > 0)
        problems.push(`line ${unread.slice(0, 5).join(', ')} cannot be read`);
    const measurements = [{ name: 'problems', value: problems.length, unit: 'count' }];
    const where = `${spec.file} on host ${spec.on}`;
    if (problems.length === 0)
        return {
            verdict: 'pass',
            text: `${where}: ${rules.length} of ${rules.length} variables as required`,
            measurements,
        };
    const weak = problems.some((problem) => problem.includes(' is weak'));
    const mend = `change them in ${where}${weak ? '; a strong value: python3 -c "import secrets; print(secrets.token_urlsafe(48))"' : ''}`;
    return { verdict: 'fail', text: `${where}: ${problems.join('; ')}`, mend, measurements };
}
function problemOf(rule, value) {
    if (value === '')
        return 'is empty';
    const least = rule['min-length'];
    if (least !== undefined && value.length < least)
        return `has ${value.length} characters, expected at least ${least}`;
    if (rule.strong === true) {
        const why = weakness(value);
        if (why !== undefined)
            return `is weak: ${why}`;
    }
    if (rule.equals !== undefined && value !== rule.equals)
        return `is not ${JSON.stringify(rule.equals)}`;
    if (rule.not !== undefined && value === rule.not)
        return `is ${JSON.stringify(rule.not)}, which it must not be`;
    if (rule.at !== undefined) {
        const number = Number(value);
        if (value.trim() === '' || Number.isNaN(number))
            return 'is no number';
        if (!(0,threshold/* holds */.v9)(rule.at, number))
            return `is not ${(0,threshold/* formatThreshold */.B6)(rule.at)}`;
    }
    return undefined;
}


/***/ })

};
