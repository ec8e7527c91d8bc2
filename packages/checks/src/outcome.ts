import type { Verdict } from '@release-runbook/record/events';
import { RunbookError } from '@release-runbook/units/error';
import { formatThreshold, formatValue, holds, type Threshold } from '@release-runbook/units/threshold';
import type { CheckContext, CheckMeasurement } from './types.ts';

/** What one kind of check finds; the registry adds name, severity and time. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly text: string;
  readonly mend?: string | undefined;
  readonly measurements?: readonly CheckMeasurement[];
  /** Values kept for later checks, by name. */
  readonly captured?: Readonly<Record<string, string>>;
}

/** Fills in texts, and hides what was filled in from messages. */
export interface Filler {
  /** @throws RunbookError for a name without a value */
  fill(text: string): string;
  /** As `fill`, in every text of a JSON value. */
  fillAll<T>(value: T): T;
  /** The text with every secret value replaced by its name, and cut to what fits a message. */
  hide(text: string): string;
  /** A filler that knows more captured values. */
  with(captured: Readonly<Record<string, string>>): Filler;
}

/** Variables that are no secrets. */
const open = new Set(['VERSION', 'PREVIOUS_VERSION', 'RELEASE', 'TRACK', 'PORT', 'SLOT', 'DATE']);
const reference = /\$(?:\{([A-Za-z0-9_][A-Za-z0-9_.-]*)\}|([A-Z_][A-Z0-9_]*))/g;

export function filler(
  variables: Readonly<Record<string, string>>,
  captured: Readonly<Record<string, string>> = {},
): Filler {
  const secrets = Object.entries(variables)
    .filter(([name, value]) => !open.has(name) && value.length >= 4 && value !== 'true' && value !== 'false')
    .sort(([, a], [, b]) => b.length - a.length);
  const fill = (text: string): string => {
    const unknown = new Set<string>();
    // In one pass, so that nothing that an answer or a secret holds is read as a name.
    const filled = text.replace(reference, (whole, braced: string | undefined, plain: string | undefined) => {
      const name = braced ?? plain ?? '';
      const value = Object.hasOwn(captured, name)
        ? captured[name]
        : Object.hasOwn(variables, name)
          ? variables[name]
          : undefined;
      if (value === undefined) unknown.add(whole);
      return value ?? whole;
    });
    if (unknown.size === 0) return filled;
    throw new RunbookError(`${[...unknown].join(', ')} has no value`, {
      hint: 'a `capture:` of an earlier check or step gives ${name}; secrets come from the environment of the step',
    });
  };
  const fillAll = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return value.map(fillAll);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillAll(each)]));
  };
  return {
    fill,
    fillAll: fillAll as Filler['fillAll'],
    hide(text) {
      let hidden = text;
      for (const [name, value] of secrets) hidden = hidden.replaceAll(value, `$${name}`);
      return hidden.length > 300 ? `${hidden.slice(0, 299)}…` : hidden;
    },
    with: (more) => filler(variables, { ...captured, ...more }),
  };
}

/** "P95 80 ms of 20 requests, expected < 200 ms", and whether it holds. */
export function judged(label: string, value: number, threshold: Threshold): { good: boolean; text: string } {
  return {
    good: holds(threshold, value),
    text: `${label} ${formatValue(value, threshold.dimension)}, expected ${formatThreshold(threshold)}`,
  };
}

/** One line that names a value for people: JSON, cut. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** The host of a check that may say `on:`. */
export function hostOf(context: CheckContext, on: string | undefined, url: string) {
  const loopback = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(?=[:/?#]|$)/i.test(url);
  const name = on ?? (loopback ? context.defaultHost : undefined);
  return name === undefined ? undefined : context.hosts.get(name);
}
