import { parse, print } from '@swc/core';
import { moduleFunctions } from './webpack.mjs';

/**
 * Makes a bundle load what lies outside of it (Node's own modules, programs built apart) when it is first used, and not when
 * a module that imports it is evaluated: @actions/core alone imports http, https, tls and undici, and a start needs none.
 * Nothing is replaced: a binding `x = require(N)` becomes `x = () => require(N)`, and each `x` a call of it.
 * @param files the JavaScript that ncc gives out, not minified, by name
 */
export async function deferOutside(files) {
  const outside = new Set(
    [...files.values()].flatMap((code) => [...code.matchAll(external)].map(([, id]) => Number(id))),
  );
  if (outside.size === 0) throw new Error('no module of Node was found in the bundle: does ncc write it differently?');
  const entries = [...files].map(async ([name, code]) => [name, await defer(code, outside)]);
  return new Map(await Promise.all(entries));
}

/**
 * The same for programs built apart: ncc imports them at the entry's beginning. What its modules take of them are getters.
 * @param programs their files by the names they are imported by
 */
export function deferPrograms(files, programs) {
  let entry = files.get('index.js');
  for (const path of Object.values(programs)) {
    const [line, name] =
      new RegExp(String.raw`^import \* as (\w+) from "${path.replaceAll('.', '\\.')}";\n`, 'm').exec(entry) ?? [];
    if (line === undefined)
      throw new Error(`no import of ${path} was found in the bundle: does ncc write it differently?`);
    entry = entry
      .replace(line, '')
      .replaceAll(`${name}.`, `__WEBPACK_EXTERNAL_createRequire(import.meta.url)("${path}").`);
    if (entry.includes(name)) throw new Error(`${path} is taken as a whole, and would be loaded at once`);
  }
  return new Map([...files, ['index.js', entry]]);
}

const external =
  /^\/\*\*\*\/ (\d+):\n.*\n\s*module\.exports = __WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)\(".*"\);$/gm;

async function defer(code, outside) {
  const tree = await parse(code, { syntax: 'ecmascript', target: 'es2022' });
  let changed = false;
  for (const webpackModule of moduleFunctions(tree.body)) {
    const bindings = deferrable(webpackModule, outside);
    if (bindings.length === 0) continue;
    webpackModule.body = rewrite(webpackModule.body, (node) => bindings.some((binding) => isSame(node, binding)));
    changed = true;
  }
  return changed ? (await print(tree)).code : code;
}

/** Bindings to a module outside (`require(N)`), and to the namespace that webpack makes of one (`require.t(x, 2)`). */
function deferrable({ params, body }, outside) {
  const require = params[2]?.pat ?? params[2];
  const found = [];
  if (require === undefined) return found;
  const declarations = (body.stmts ?? []).filter(({ type }) => type === 'VariableDeclaration');
  for (const { id, init } of declarations.flatMap(({ declarations: all }) => all)) {
    if (id.type !== 'Identifier' || init?.type !== 'CallExpression') continue;
    const { callee } = init;
    const [first] = init.arguments.map(({ expression }) => expression);
    const direct = isSame(callee, require) && outside.has(first?.value);
    const namespace =
      callee.type === 'MemberExpression' &&
      isSame(callee.object, require) &&
      callee.property.value === 't' &&
      found.some((binding) => isSame(first, binding));
    if (direct || namespace) found.push(id);
  }
  return found;
}

/** swc tells bindings of one name apart by their scope. */
const isSame = (node, binding) =>
  node?.type === 'Identifier' && node.value === binding.value && node.ctxt === binding.ctxt;

function rewrite(node, isDeferred) {
  if (Array.isArray(node)) return node.map((one) => rewrite(one, isDeferred));
  if (node === null || typeof node !== 'object') return node;
  if (isDeferred(node)) return called(node);
  const entries = Object.entries(node).map(([key, child]) => [key, rewrite(child, isDeferred)]);
  const copy = Object.fromEntries(entries);
  if (node.type === 'VariableDeclarator' && isDeferred(node.id))
    return { ...copy, id: node.id, init: lazily(copy.init) };
  if (node.type === 'ObjectExpression')
    copy.properties = node.properties.map((property) => spelt(property, isDeferred));
  return copy;
}

/** `{ x }` cannot hold a call. */
const spelt = (property, isDeferred) =>
  isDeferred(property)
    ? { type: 'KeyValueProperty', key: property, value: called(property) }
    : rewrite(property, isDeferred);

// In parentheses: `new x.Agent()` would otherwise construct what the call gives.
const called = (callee) => ({
  type: 'ParenthesisExpression',
  span: callee.span,
  expression: { type: 'CallExpression', span: callee.span, ctxt: 0, callee, arguments: [], typeArguments: null },
});

const lazily = (body) => ({
  type: 'ArrowFunctionExpression',
  span: body.span,
  ctxt: 0,
  params: [],
  body,
  async: false,
  generator: false,
  typeParameters: null,
  returnType: null,
});
