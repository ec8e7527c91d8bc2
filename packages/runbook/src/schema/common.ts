import { parseDuration } from '@release-runbook/units/duration';
import { UnitError } from '@release-runbook/units/error';
import { parsePercent } from '@release-runbook/units/percent';
import { parseSize } from '@release-runbook/units/size';
import { type Dimension, parseThreshold, type Threshold } from '@release-runbook/units/threshold';
import { parseWindow, type Window } from '@release-runbook/units/window';
import * as z from 'zod/mini';

// A runbook is parsed once a process: compiling a function for each map costs more than it saves.
z.config({ jitless: true });

/** What errors say after "expected"; a schema's description is for editors instead. */
const expectations = new WeakMap<object, string>();

/** Gives a schema the words that an error says after "expected". */
export function expects<T extends z.core.$ZodType>(text: string, schema: T): T {
  expectations.set(schema._zod, text);
  return schema;
}

/** The words given by `expects`, also to the schema that this one was derived from. */
export function expectationOf(schema: z.core.$ZodType): string | undefined {
  for (let at: z.core.$ZodType | undefined = schema; at !== undefined; at = at._zod.parent) {
    const text = expectations.get(at._zod);
    if (text !== undefined) return text;
  }
  return undefined;
}

/**
 * A key of a map with its description, which editors show from runbook.schema.json. A view of the schema: many keys share
 * one, and a clone of it, as `.check(z.describe(…))` makes, costs a start as much as a new one.
 */
export function about<T extends z.core.$ZodType>(text: string, schema: T): T {
  const view = Object.create(schema) as T;
  z.globalRegistry.add(view, { description: text });
  return view;
}

/** A key that may be left out, with its description. */
export function maybe<T extends z.ZodMiniType>(text: string, schema: T): z.ZodMiniOptional<T> {
  return about(text, z.optional(schema));
}

/**
 * A text with a unit. The schema's input is the text as people write it, its output the parsed value
 * (durations in ms, sizes in bytes, percents as 0–100). A wrong unit becomes an issue at the text's own place.
 */
function unit<T>(parse: (text: string) => T, expected: string) {
  return expects(
    expected,
    z.pipe(
      z.string(),
      z.transform((text: string, ctx): T => {
        try {
          return parse(text);
        } catch (error) {
          if (!(error instanceof UnitError)) throw error;
          const params = { offset: error.offset, hint: error.hint };
          ctx.issues.push({ code: 'custom', input: text, message: error.message, params });
          return z.NEVER;
        }
      }),
    ),
  );
}

export const duration = unit(parseDuration, 'a duration such as "30m", "500 ms" or "72h"');
export const size = unit(parseSize, 'a size such as "2 GB" or "512 MiB"');
export const percent = unit((text) => parsePercent(text), 'a percentage such as "5%"');
export const window = unit<Window>(parseWindow, 'a window such as "02:00-12:00 Asia/Shanghai"');
export const threshold = (dimension: Dimension, example: string) =>
  unit<Threshold>((text) => parseThreshold(text, dimension), `a threshold such as "${example}"`);

/** A name that people give: of a host, a service, an item. */
export const name = expects(
  'a name: letters, digits, "-", "_", ".", beginning with a letter or digit, at most 64',
  z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)),
);

/** A text of at least one character. */
export const text = expects('a text', z.string().check(z.minLength(1)));

/** A program with its arguments; no shell touches it. */
export const program = expects(
  'a list: a program and its arguments',
  z.array(expects('an argument as text', z.string())).check(z.minLength(1)),
);

/** A bash script (text), or a program with its arguments (list; no shell touches it). */
export const run = expects(
  'a bash script as text, or a list: a program and its arguments',
  z.union([z.string().check(z.minLength(1)), program]),
);
export type Run = z.infer<typeof run>;

/** A path that stays below the folder it starts from. */
export const pathBelow = expects(
  'a path below the folder, such as "lib" or "config/app.yml"',
  z.string().check(z.regex(/^(?![/~])(?!(?:.*\/)?\.\.(?:\/|$))[^\n\t]+$/)),
);

export const port = expects('a port from 1 to 65535', z.int().check(z.minimum(1), z.maximum(65535)));

/** The name of a variable of the step's environment that holds a secret: `$NAME`. The value is never written in the file. */
export const secret = expects(
  'the name of a secret, such as "$API_TOKEN"',
  z.string().check(z.regex(/^\$[A-Z_][A-Z0-9_]*$/)),
);

export const variableName = expects(
  'a name of a variable: letters, digits and "_", not beginning with a digit',
  z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/)),
);
export const variables = z.record(variableName, z.string());
