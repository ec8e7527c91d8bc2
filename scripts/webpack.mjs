/**
 * The functions of webpack's modules in a syntax tree of swc, in their order: `123: (module, exports, require) => {…}`, also
 * where they stand in parentheses.
 */
export function moduleFunctions(tree) {
  const found = [];
  const visit = (node) => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    else if (node !== null && typeof node === 'object') {
      const value = node.type === 'KeyValueProperty' && node.key.type === 'NumericLiteral' ? node.value : undefined;
      const inner = value?.type === 'ParenthesisExpression' ? value.expression : value;
      if (inner?.type === 'ArrowFunctionExpression' || inner?.type === 'FunctionExpression') found.push(inner);
      else for (const child of Object.values(node)) visit(child);
    }
  };
  visit(tree);
  return found.sort((a, b) => a.span.start - b.span.start);
}
