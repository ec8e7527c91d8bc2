const reference = /\$(?:\{([A-Z_][A-Z0-9_]*)\}|([A-Z_][A-Z0-9_]*)(?![A-Za-z0-9_]))/g;

export interface Substitution {
  readonly text: string;
  /** Names that stand in the text and were not given, each once; they are left as they were written. */
  readonly unknown: readonly string[];
}

/**
 * Replaces $NAME and ${NAME} (upper case alone: `${name}` is a captured value of a journey) by the variables given, and by
 * nothing else: the process's own environment is not looked at, and what was put in is not read again.
 */
export function substitute(text: string, variables: Readonly<Record<string, string>>): Substitution {
  const unknown = new Set<string>();
  const replaced = text.replace(reference, (whole, braced: string | undefined, plain: string | undefined) => {
    const name = braced ?? plain ?? '';
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined) unknown.add(name);
    return value ?? whole;
  });
  return { text: replaced, unknown: [...unknown] };
}

/** The names of variables that stand in a text, each once. */
export function namesIn(text: string): readonly string[] {
  return substitute(text, {}).unknown;
}
