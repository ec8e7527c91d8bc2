/**
 * A definition as it will be after a dump and a load. The server writes `x IN ('a', 'b')` of a varchar as
 * `(ARRAY['a'::character varying, …])::text[]` the first time, and with the cast at each element once it has read that again.
 */
export function normalDefinition(definition: string): string {
  const opening = '(ARRAY[';
  let result = '';
  let at = 0;
  for (;;) {
    const start = definition.indexOf(opening, at);
    if (start < 0) return result + definition.slice(at);
    const read = elements(definition, start + opening.length);
    const cast =
      read === undefined
        ? null
        : /^\)::((?:[\w .]|"[^"]*")+(?:\(\d+(?:,\d+)?\))?)\[\]/.exec(definition.slice(read.end));
    if (read === undefined || cast === null) {
      result += definition.slice(at, start + opening.length);
      at = start + opening.length;
      continue;
    }
    result += `${definition.slice(at, start)}ARRAY[${read.elements.map((element) => `(${normalDefinition(element)})::${cast[1]}`).join(', ')}]`;
    at = read.end + cast[0].length;
  }
}

/** The elements of an array from here to its closing bracket; `end` is after it. */
function elements(text: string, from: number): { elements: readonly string[]; end: number } | undefined {
  const found: string[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < text.length; at++) {
    const mark = text[at];
    if (mark === "'" || mark === '"') {
      const close = text.indexOf(mark, at + 1);
      if (close < 0) return undefined;
      at = close;
    } else if (mark === '(' || mark === '[') depth++;
    else if (depth > 0 && (mark === ')' || mark === ']')) depth--;
    else if (mark === ']') return { elements: [...found, text.slice(start, at)], end: at + 1 };
    else if (mark === ',' && depth === 0) {
      found.push(text.slice(start, at));
      start = text[at + 1] === ' ' ? at + 2 : at + 1;
    }
  }
  return undefined;
}
