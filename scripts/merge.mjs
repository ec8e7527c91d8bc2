/**
 * Puts the chunks that one named import() takes into one file: webpack cuts what several imports share into many, and each
 * file costs some 0.3 ms of a start. A name is given in the source: `import(/* webpackChunkName: "step" *\/ './step.ts')`.
 * @param files the JavaScript that ncc gives out, not minified, by name; the entry is index.js
 */
export function mergeNamedChunks(files) {
  const groups = groupsOf([...files.values()].join('\n'));
  const merged = new Map(files);
  const fileOf = new Map();
  const firstOf = new Map();
  for (const [name, ids] of groups) {
    const parts = ids.map((id) => take(merged, `${id}.index.js`));
    const [first] = ids;
    merged.set(
      `${name}.js`,
      `export const id = ${first};\nexport const ids = [${ids.join(', ')}];\nexport const modules = {\n${parts.join(',\n')}\n};\n`,
    );
    for (const id of ids) firstOf.set(id, first);
    for (const id of ids) fileOf.set(id, `${name}.js`);
  }
  for (const [name, code] of merged) merged.set(name, oneLoadEach(code, firstOf));
  merged.set('index.js', named(merged.get('index.js'), fileOf));
  return merged;
}

const load = String.raw`__(?:webpack|nccwpck)_require__\.e\(\d+\)`;
const several = new RegExp(
  String.raw`Promise\.all\((/\* import\(\)(?: \| (\w+))? \*/)\[((?:${load}(?:, )?)+)\]\)`,
  'g',
);
const single = /__(?:webpack|nccwpck)_require__\.e\(\/\* import\(\) \| (\w+) \*\/ (\d+)\)/g;
const numbers = (loads) => [...loads.matchAll(/\((\d+)\)/g)].map(([, id]) => Number(id));

/** The chunks of each name; one that two names take belongs to the first. */
function groupsOf(code) {
  const groups = new Map();
  const add = (name, ids) => groups.set(name, [...(groups.get(name) ?? []), ...ids]);
  for (const [, , name, loads] of code.matchAll(several)) if (name !== undefined) add(name, numbers(loads));
  for (const [, name, id] of code.matchAll(single)) add(name, [Number(id)]);
  const taken = new Set();
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, ids]) => {
      const own = [...new Set(ids)].filter((id) => !taken.has(id));
      for (const id of own) taken.add(id);
      return [name, own];
    });
}

function take(files, name) {
  const [, modules] =
    /^export const id = .*;\nexport const ids = .*;\nexport const modules = \{\n([^]*)\n\};?\s*$/.exec(
      files.get(name) ?? '',
    ) ?? [];
  if (modules === undefined)
    throw new Error(`the chunk ${name} does not look as expected: does ncc write it differently?`);
  files.delete(name);
  return modules;
}

/** An import() that takes several chunks of one file loads that file once. */
const oneLoadEach = (code, firstOf) =>
  code.replace(several, (_, comment, name, loads) => {
    const require = /^\w+/.exec(loads)[0];
    const ids = [...new Set(numbers(loads).map((id) => firstOf.get(id) ?? id))];
    return `Promise.all(${comment}[${ids.map((id) => `${require}.e(${id})`).join(', ')}])`;
  });

function named(entry, fileOf) {
  const line = 'return "" + chunkId + ".index.js";';
  if (!entry.includes(line)) throw new Error('the names of chunks were not found: does ncc write them differently?');
  return entry.replace(line, `return ${JSON.stringify(Object.fromEntries(fileOf))}[chunkId] ?? chunkId + ".index.js";`);
}
