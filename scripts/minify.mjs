import { minify as compress, parse } from '@swc/core';

/**
 * A bundle's chunk, smaller and quicker to start: minified by swc, with parentheses put around each of webpack's module
 * functions. V8 compiles a function in parentheses at once; without them it reads each module twice, first to skip it.
 */
export async function minify(source) {
  const { code } = await compress(source, {
    module: true,
    compress: true,
    mangle: true,
    ecma: 2022,
    format: { comments: false, asciiOnly: true },
  });
  const tree = await parse(code, { syntax: 'ecmascript', target: 'es2022' });
  // swc numbers the characters of all that it has read in one row; ASCII alone, they are the positions in this text.
  const shift = tree.span.start - (code.length - code.trimStart().length);
  let result = '';
  let at = 0;
  for (const { start, end } of moduleFunctions(tree.body)) {
    result += `${code.slice(at, start - shift)}(${code.slice(start - shift, end - shift)})`;
    at = end - shift;
  }
  return result + code.slice(at);
}

/** Places of the outermost functions under a number: `123: (module, exports, require) => {…}`. */
function moduleFunctions(tree) {
  const found = [];
  const visit = (node) => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    else if (node !== null && typeof node === 'object') {
      const value = node.type === 'KeyValueProperty' && node.key.type === 'NumericLiteral' ? node.value : undefined;
      if (value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression') found.push(value.span);
      else for (const [key, child] of Object.entries(node)) if (key !== 'span') visit(child);
    }
  };
  visit(tree);
  return found.sort((a, b) => a.start - b.start);
}
