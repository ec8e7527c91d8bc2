import { minify as compress, parse } from '@swc/core';
import { moduleFunctions } from './webpack.mjs';

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
  for (const { span } of moduleFunctions(tree.body)) {
    const [start, end] = [span.start - shift, span.end - shift];
    result += `${code.slice(at, start)}(${code.slice(start, end)})`;
    at = end;
  }
  return result + code.slice(at);
}
