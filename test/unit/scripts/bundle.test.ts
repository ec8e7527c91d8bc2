import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

type Files = Map<string, string>;
interface Scripts {
  deferOutside(files: Files): Promise<Files>;
  deferPrograms(files: Files, programs: Record<string, string>): Files;
  mergeNamedChunks(files: Files): Files;
  minify(source: string): Promise<string>;
}

const folder = mkdtempSync(join(tmpdir(), 'release-runbook-bundle-'));
let scripts: Scripts;
beforeAll(async () => {
  const load = (name: string): Promise<object> => import(join(process.cwd(), 'scripts', name));
  scripts = Object.assign({}, await load('defer.mjs'), await load('merge.mjs'), await load('minify.mjs')) as Scripts;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The entry as ncc writes it: modules of Node, and the names of chunks. */
const entry = `
/******/ var __webpack_modules__ = ({

/***/ 7:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ })
/******/ });
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
`;
const chunk = (id: number, modules: string) =>
  `export const id = ${id};\nexport const ids = [${id}];\nexport const modules = {\n\n${modules}\n\n};\n`;
const module = (id: number, body: string) =>
  `/***/ ${id}:\n/***/ ((module, exports, __webpack_require__) => {\n${body}\n/***/ })`;

/** Runs a module of a chunk in a Node of its own: what it gives out, and which modules were loaded when. */
function run(code: string, id: number, script: string): unknown {
  const file = join(folder, `${Math.random()}.mjs`);
  writeFileSync(file, code);
  const program = `
    const { modules } = await import(${JSON.stringify(pathToFileURL(file).href)});
    const told = [];
    class Agent { kind = 'agent'; }
    const require = (n) => { told.push(n); return n === 7 ? { Agent } : { own: true }; };
    require.t = (value) => ({ space: value });
    const exports = {};
    modules[${id}]({}, exports, require);
    told.push('evaluated');
    ${script}
    console.log(JSON.stringify(told));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

describe('what lies outside of the bundle', () => {
  const source = module(
    5,
    `var external_https_ = __webpack_require__(7);
     var namespace = /*#__PURE__*/__webpack_require__.t(external_https_, 2);
     var own = __webpack_require__(8);
     exports.make = () => new external_https_.Agent().kind;
     exports.whole = () => ({ external_https_ }).external_https_ === external_https_;
     exports.space = () => 'Agent' in namespace.space;
     exports.shadowed = (external_https_) => external_https_;
     exports.named = () => ({ external_https_: 1 }).external_https_;`,
  );

  test('is loaded when it is first used; the modules of the bundle as before', async () => {
    const files = await scripts.deferOutside(
      new Map([
        ['index.js', entry],
        ['5.index.js', chunk(5, source)],
      ]),
    );
    const code = files.get('5.index.js') ?? '';
    expect(run(code, 5, 'told.push(exports.make());')).toEqual([8, 'evaluated', 7, 'agent']);
    expect(run(code, 5, 'told.push(exports.shadowed(1), exports.named());')).toEqual([8, 'evaluated', 1, 1]);
    expect(run(code, 5, 'told.push(exports.space());')).toEqual([8, 'evaluated', 7, true]);
  });

  test('a chunk that takes nothing of it stays as it is', async () => {
    const plain = chunk(6, module(6, 'exports.one = 1;'));
    const files = await scripts.deferOutside(
      new Map([
        ['index.js', entry],
        ['6.index.js', plain],
      ]),
    );
    expect(files.get('6.index.js')).toBe(plain);
  });

  test('a bundle that is written differently is an error, not a slow start', async () => {
    await expect(scripts.deferOutside(new Map([['index.js', 'export {}']]))).rejects.toThrow('does ncc write');
  });

  test('a program built apart is loaded by what takes something of it', () => {
    const imports = `import * as NAME from "./undici.cjs";\nmodule.exports = x({ Agent: () => (NAME.Agent) });\n`;
    const files = scripts.deferPrograms(new Map([['index.js', imports]]), { undici: './undici.cjs' });
    expect(files.get('index.js')).toBe(
      'module.exports = x({ Agent: () => (__WEBPACK_EXTERNAL_createRequire(import.meta.url)("./undici.cjs").Agent) });\n',
    );
    const whole = imports.replace('(NAME.Agent)', 'NAME');
    expect(() => scripts.deferPrograms(new Map([['index.js', whole]]), { undici: './undici.cjs' })).toThrow(
      'as a whole',
    );
  });
});

describe('named chunks', () => {
  const taken = '/* import() | step */';
  const files = () =>
    new Map([
      ['index.js', entry],
      ['1.index.js', chunk(1, module(11, `exports.one = 1;`))],
      ['2.index.js', chunk(2, module(22, `exports.two = 2;`))],
      [
        '3.index.js',
        chunk(
          3,
          `${module(33, `const load = () => Promise.all(${taken}[__webpack_require__.e(1), __webpack_require__.e(2)]).then();`)},\n${module(34, `const other = () => Promise.all(/* import() */[__webpack_require__.e(2), __webpack_require__.e(1), __webpack_require__.e(4)]).then();`)}`,
        ),
      ],
      ['4.index.js', chunk(4, module(44, ''))],
    ]);

  test('lie in one file, which every import of one of them loads once', async () => {
    const merged = scripts.mergeNamedChunks(files());
    expect([...merged.keys()].sort()).toEqual(['3.index.js', '4.index.js', 'index.js', 'step.js']);
    expect(merged.get('index.js')).toContain('return {"1":"step.js","2":"step.js"}[chunkId] ?? chunkId + ".index.js";');
    expect(merged.get('3.index.js')).toContain(`Promise.all(${taken}[__webpack_require__.e(1)])`);
    expect(merged.get('3.index.js')).toContain('[__webpack_require__.e(1), __webpack_require__.e(4)]');
    const step = merged.get('step.js') ?? '';
    expect(run(step, 22, 'told.push(exports.two);')).toEqual(['evaluated', 2]);
    expect(step).toContain('export const ids = [1, 2];');
  });

  test('a chunk that is written differently is an error', () => {
    expect(() => scripts.mergeNamedChunks(files().set('1.index.js', 'export {}'))).toThrow('1.index.js');
  });
});

test('minified modules stand in parentheses, and do the same', async () => {
  const code = await scripts.minify(chunk(5, module(5, `const text = 'für';\nexports.text = () => text;`)));
  expect(code).toMatch(/modules=\{5:\(\(/);
  expect(code).not.toMatch(/[^ -~\n]/);
  expect(run(code, 5, 'told.push(exports.text());')).toEqual(['evaluated', 'für']);
});
