import type { Opened, RecordEvent } from '@release-runbook/record/events';
import { foldEvents } from '@release-runbook/record/fold';
import type { ReleaseState } from '@release-runbook/record/state';

// Copies for everybody's eyes: the artifact and the summary of a public repository. Secrets are masked before that, always.

export type Redact = (text: string) => string;

/** What a text may tell of places and of rows. In this order: an address holds a path, and a path may hold quotes. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // What a program printed may be anything.
  [/\b(ended with exit code \d+|exit \d+): [\s\S]*/g, '$1: <output>'],
  [/\n ?the end of its log:[\s\S]*/g, ' <log>'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>)\]]+/gi, '<address>'],
  [/(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*(?::\d+)?/g, '<address>'],
  [/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?![\w.])/g, '<address>'],
  [
    /(?<![\w:.])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:.])(?:[0-9a-f]{1,4}:)*:(?::?[0-9a-f]{1,4})+(?![\w:])/gi,
    '<address>',
  ],
  [
    /(?<![\w.-])(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|cloud|cn|hk|tw|de|eu|uk|fr|jp|us|info|biz|local|localdomain|internal|intranet|lan|corp|home|test|example)(?::\d+)?(?![\w-])/gi,
    '<host>',
  ],
  [/(?<![\w<])(?:~|\.\.?)?\/(?:[\w.@%+=~$-]+\/?)+/g, '<path>'],
  // Keys of rows, and values: "1 row is new (report 2)", [2, "a"], "Bob".
  [/(\brows? (?:(?:is|are) (?:missing|new)|changed)) \([^\n;]*\)/g, '$1 (<keys>)'],
  [/\[[^\]\n]*\]/g, '[…]'],
  [/"(?:[^"\n\\]|\\.)+"/g, '"…"'],
  [/(?<!\w)'[^'\n]+'(?!\w)/g, "'…'"],
];

/** Keys of data whose values are places, whatever they look like. */
const places = new Set(['path', 'file', 'place', 'rescue', 'url', 'address', 'directory']);

/** @param runbook the resolved one of the record: its hosts, folders and files are known by name */
export function redactor(runbook: unknown): Redact {
  const known = placesIn(runbook).sort(([a], [b]) => b.length - a.length);
  return (text) => {
    let rest = text;
    for (const [name, instead] of known)
      rest = rest.replace(
        new RegExp(`(?<![\\w.-])${escape(name)}${instead === '<path>' ? '(?:/[\\w.@%+=~$-]+)*/?' : ''}(?![\\w-])`, 'g'),
        instead,
      );
    for (const [pattern, instead] of patterns) rest = rest.replace(pattern, instead);
    return rest;
  };
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Names of places that the runbook gives, with what stands for each. */
function placesIn(runbook: unknown): [string, string][] {
  const found: [string, string][] = [];
  const add = (value: unknown, instead: string) => {
    if (typeof value === 'string' && value.length > 1) found.push([value, instead]);
  };
  const { hosts, databases } = mapOf(runbook);
  for (const [index, [name, host]] of Object.entries(mapOf(hosts)).entries()) {
    const { ssh, directory } = mapOf(host);
    add(name, `host${index + 1}`);
    add(ssh, '<address>');
    if (typeof ssh === 'string') add(ssh.slice(ssh.indexOf('@') + 1), '<address>');
    add(directory, '<path>');
  }
  for (const database of Object.values(mapOf(databases))) {
    const { path, url, socket } = mapOf(database);
    add(path, '<path>');
    add(url, '<address>');
    add(socket, '<path>');
  }
  return found;
}

const mapOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/**
 * A record without hosts, addresses, paths, and the keys and values of rows. It still tells what was done, when, and with which
 * numbers; nothing can be undone from it, and its first event says so.
 */
export function redactRecord(text: string): string {
  const lines = text.split('\n');
  let redact: Redact | undefined;
  return lines
    .map((line, number) => {
      if (line === '') return line;
      let event: RecordEvent;
      try {
        event = JSON.parse(line) as RecordEvent;
      } catch {
        // As a torn line is read; whatever it began to tell is gone.
        return `{"seq":${number},"at":"`;
      }
      redact ??= redactor(event.event === 'opened' ? event.runbook : undefined);
      return JSON.stringify(redactEvent(event, redact));
    })
    .join('\n');
}

/** As redactRecord, for what is shown of a state. */
export function redactState(state: ReleaseState): ReleaseState {
  const redact = redactor(state.opened.runbook);
  const events = state.events.map((event) => redactEvent(event, redact));
  return foldEvents(events[0] as Opened, events, state.torn, state.next);
}

function redactEvent(event: RecordEvent, redact: Redact): RecordEvent {
  if (event.event === 'opened') {
    const { locale } = mapOf(event.runbook);
    return { ...event, runbook: { ...(locale === undefined ? {} : { locale }) }, redacted: true };
  }
  const { seq, at, epoch, step, event: kind, ...rest } = event;
  return { seq, at, epoch, event: kind, step, ...(redactValues(rest, redact) as object) } as RecordEvent;
}

function redactValues(value: unknown, redact: Redact, key = ''): unknown {
  if (typeof value === 'string') return places.has(key) ? '<place>' : redact(value);
  if (Array.isArray(value)) return value.map((one) => redactValues(one, redact, key));
  if (typeof value !== 'object' || value === null) return value;
  // The rule's place is in the repository, which is public.
  if (key === 'rule') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [redact(name), redactValues(one, redact, name)]),
  );
}
