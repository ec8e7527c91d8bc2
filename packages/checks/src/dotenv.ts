export interface DotEnv {
  readonly values: ReadonlyMap<string, string>;
  /** Names that stand there more than once; the last one counts. */
  readonly repeated: readonly string[];
  /** Numbers of the lines that could not be read, from 1. */
  readonly unread: readonly number[];
}

const line = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*=[^\S\n]*/;

/**
 * Reads a .env file as the common libraries do: `export` allowed, comments from # at the start or after a space, 'literal',
 * "with \\n", quoted values may go over several lines.
 */
export function parseDotEnv(text: string): DotEnv {
  const values = new Map<string, string>();
  const repeated = new Set<string>();
  const unread: number[] = [];
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
      if (!/^\s*(#.*)?$/.test(whole)) unread.push(number);
      at = end + 1;
      continue;
    }
    const name = found[1] ?? '';
    const from = at + found[0].length;
    const value = valueAt(source, from, end);
    if (value === undefined) unread.push(number);
    else {
      if (values.has(name)) repeated.add(name);
      values.set(name, value.text);
    }
    const next = value?.end ?? end;
    number += source.slice(from, next).split('\n').length - 1;
    const rest = source.indexOf('\n', next);
    at = rest < 0 ? source.length : rest + 1;
  }
  return { values, repeated: [...repeated], unread };
}

function valueAt(source: string, from: number, end: number): { text: string; end: number } | undefined {
  const quote = source[from];
  if (quote !== '"' && quote !== "'" && quote !== '`') {
    const raw = source.slice(from, end);
    return { text: raw.replace(/(^|\s)#.*$/, '').trim(), end };
  }
  let text = '';
  for (let at = from + 1; at < source.length; at++) {
    const char = source[at] ?? '';
    if (char === quote) return { text, end: at };
    if (quote === '"' && char === '\\') {
      const next = source[++at] ?? '';
      text +=
        { n: '\n', r: '\r', t: '\t' }[next] ?? (next === '"' || next === '\\' || next === '$' ? next : `\\${next}`);
    } else text += char;
  }
  return undefined;
}
