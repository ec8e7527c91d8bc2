// Builds dist/ from the emitted JavaScript (after `tsc -b`): one program that every action and the CLI share, with a stub of
// two lines for each, and the SQLite client as a program of its own. With --check nothing is written: what differs is told.
//   node scripts/bundle.mjs [--check] [--out FOLDER] [--sizes]
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { deferOutside, deferPrograms } from './defer.mjs';
import { mergeNamedChunks } from './merge.mjs';
import { minify } from './minify.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean' },

    out: { type: 'string' },
    sizes: { type: 'boolean' },
  },
});
const out = resolve(options.out ?? join(root, 'dist'));
// Paths inside the bundles are relative to where ncc starts.
process.chdir(root);

const bundles = [
  {
    folder: 'program',
    entry: 'actions/lib/program.js',
    // @actions/core imports it, a start needs none of it, and it is more code than all the rest that a start reads.
    apart: { undici: './undici.cjs' },
    // ncc emits no .wasm; PostgreSQL's grammar looks for it beside its chunk.
    copies: [join(root, 'node_modules/libpg-query/wasm/libpg-query.wasm')],
  },
  { folder: 'program', name: 'undici', entry: createRequire(join(root, 'packages/github/lib/')).resolve('undici') },
  {
    folder: 'sqlite-client',
    entry: 'packages/databases/lib/sqlite/node-client.js',
    // ncc emits no .wasm; the library looks for it beside itself.
    copies: [require.resolve('node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm')],
    // The demo's own programs take the library from here; as .cjs, since dist/ holds ES modules.
    renamed: { 'node-sqlite3-wasm.cjs': require.resolve('node-sqlite3-wasm') },
  },
];

/** Every file of dist/ by its path. */
async function build() {
  const ncc = require('@vercel/ncc');
  const files = new Map();
  for (const { folder, name, entry, apart, copies = [], renamed = {} } of bundles) {
    const { code, assets } = await ncc(resolve(entry), {
      cache: false,
      minify: false,
      sourceMap: false,
      sourceMapRegister: false,
      target: 'es2022',
      license: name === undefined ? 'licenses.txt' : `${name}.licenses.txt`,
      quiet: true,
      externals: apart ?? {},
    });
    const given = Object.entries(assets).filter(([asset]) => asset !== 'package.json');
    const scripts = given.filter(([asset]) => asset.endsWith('.js')).map(([asset, { source }]) => [asset, `${source}`]);
    for (const [asset, { source }] of given)
      if (!asset.endsWith('.js')) files.set(`${folder}/${asset}`, Buffer.from(source));
    let built = new Map([[name === undefined ? 'index.js' : `${name}.cjs`, code], ...scripts]);
    if (apart !== undefined) built = await deferOutside(mergeNamedChunks(deferPrograms(built, apart)));
    for (const [path, source] of built)
      files.set(`${folder}/${path}`, Buffer.from(await minify(withFolder(path, source))));
    for (const [name, path] of Object.entries(renamed)) files.set(`${folder}/${name}`, await readFile(path));
    for (const path of copies) files.set(`${folder}/${path.slice(path.lastIndexOf('/') + 1)}`, await readFile(path));
  }
  for (const name of await stubs()) files.set(`${name}/index.js`, Buffer.from(stub(name)));
  files.set('demo/index.js', Buffer.from("import '../../examples/demo/demo.mjs';\n"));
  files.set('package.json', Buffer.from('{ "type": "module" }\n'));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The chunks are ES modules: a library in them that was made for CommonJS finds its folder all the same. */
function withFolder(path, code) {
  if (!path.endsWith('.js') || !/\b__dirname\b/.test(code) || /\b(?:const|let|var) __dirname\b/.test(code)) return code;
  return `import { fileURLToPath as pathOfUrl } from 'node:url';\nconst __dirname = pathOfUrl(new URL('.', import.meta.url));\n${code}`;
}

/** The actions, by the one table of them, and the programs for a terminal. */
async function stubs() {
  const { actionNames } = await import(pathToFileURL(resolve('packages/github/lib/actions.js')).href);
  return [...actionNames, 'cli'];
}

function stub(name) {
  const first = name === 'cli' ? '#!/usr/bin/env node\n' : '';
  return `${first}import { run } from '../program/index.js';\nawait run('${name}');\n`;
}

function assertPortable(files) {
  for (const [path, bytes] of files)
    if (!path.endsWith('.wasm') && bytes.includes(root))
      throw new Error(`${path} holds the folder it was built in (${root})`);
}

async function present(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
}

async function differences(files) {
  const told = (await present(out)).filter((path) => !files.has(path)).map((path) => `not built any more: ${path}`);
  for (const [path, bytes] of files) {
    const there = await readFile(join(out, path)).catch(() => undefined);
    if (there === undefined) told.push(`missing: ${path}`);
    else if (!there.equals(bytes)) told.push(`differs: ${path}`);
  }
  return told;
}

async function write(files) {
  for (const path of await present(out)) if (!files.has(path)) await rm(join(out, path));
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    const there = await readFile(join(out, path)).catch(() => undefined);
    if (there?.equals(bytes) !== true) await writeFile(join(out, path), bytes);
  }
  await chmod(join(out, 'cli/index.js'), 0o755);
}

function tellSizes(files) {
  const sums = new Map();
  for (const [path, bytes] of files) {
    const kind = path.endsWith('.wasm') ? 'WASM' : path.endsWith('.txt') ? 'licenses' : (path.split('/')[0] ?? '');
    sums.set(kind, (sums.get(kind) ?? 0) + bytes.length);
  }
  for (const [kind, size] of sums) console.log(`${String(Math.round(size / 100) / 10).padStart(8)} kB  ${kind}`);
}

try {
  const files = await build();
  assertPortable(files);
  if (options.sizes) tellSizes(files);
  if (options.check) {
    const told = await differences(files);
    if (told.length > 0) {
      console.error(`dist/ is not in step with the sources: run npm run build and commit it\n${told.join('\n')}`);
      process.exitCode = 1;
    }
  } else await write(files);
} catch (error) {
  // ncc's own stack is one line of a megabyte.
  console.error(`dist/ was not built: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
