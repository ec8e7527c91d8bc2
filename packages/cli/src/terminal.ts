import type { ReleaseState } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import type { Platform } from '@release-runbook/steps/platform';
import { formatPosition, type Position } from '@release-runbook/units/error';
import { plain } from '@release-runbook/views/escape';
import { width } from '@release-runbook/views/table';
import type { Io, Output } from './io.ts';
import type { CliMessages } from './messages.ts';
import { type Pace, pace, progressText } from './progress.ts';

export interface TerminalOptions {
  readonly io: Io;
  readonly messages: () => CliMessages;
  /** Standard output is for one JSON document: all lines go to standard error. */
  readonly json: boolean;
  readonly quiet: boolean;
}

/** A person at a terminal, or whatever reads a terminal's output. */
export interface Terminal {
  /** The platform for steps. One that was stopped by a signal gets a fresh one by `renew`. */
  platform(): Platform;
  renew(): Platform;
  /** Name shown before the lines of what runs now. */
  step(name: string): void;
  /** A line of result: always shown, on standard output (standard error with --json). */
  say(text: string): void;
  /** To standard error. */
  complain(text: string): void;
  colour(name: Colour, text: string): string;
  /** The release's state as it was last told. */
  last(): { readonly state: ReleaseState; readonly wayBack: WayBack | undefined } | undefined;
  /** Has a person asked to stop? */
  stopped(): boolean;
  /** What a stop means for what was done: told when it comes. */
  undoOnStop(undo: boolean): void;
  close(): void;
}

export type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold';
const codes: Readonly<Record<Colour, number>> = { red: 31, yellow: 33, green: 32, dim: 2, bold: 1 };

const redrawMs = 100;
const lineMs = 5000;

export function openTerminal({ io, messages, json, quiet }: TerminalOptions): Terminal {
  const logs: Output = json ? io.stderr : io.stdout;
  const dumb = io.env['TERM'] === 'dumb';
  const colours = (output: Output) => output.isTTY === true && !dumb && (io.env['NO_COLOR'] ?? '') === '';
  const redraw = logs.isTTY === true && !dumb && !quiet;
  const paces = new Map<string, { pace: Pace; shown: number }>();
  let controller = new AbortController();
  let name = '';
  let indent = '';
  let drawn = false;
  let asked = 0;
  let undoes = false;
  let told: { state: ReleaseState; wayBack: WayBack | undefined } | undefined;

  const paint = (output: Output, colour: Colour, text: string) =>
    colours(output) ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
  const erase = () => {
    if (drawn) logs.write('\r\u001b[K');
    drawn = false;
  };
  const print = (output: Output, text: string) => {
    erase();
    output.write(`${text}\n`);
  };
  const head = (output: Output) => {
    const time = io.now().toTimeString().slice(0, 8);
    return `${paint(output, 'dim', time)} ${name === '' ? '' : `${paint(output, 'bold', name)}  `}`;
  };
  /** Lines of a program's own output may carry anything: only their text is shown. */
  const log = (text: string) => {
    if (quiet) return;
    for (const line of plain(text).trimEnd().split('\n')) print(logs, `${head(logs)}${indent}${line}`);
  };

  const stopListening = io.onSignal(() => {
    asked++;
    if (asked === 1) {
      print(io.stderr, `\n${paint(io.stderr, 'yellow', messages().stopping(undoes))}`);
      controller.abort();
    } else {
      print(io.stderr, paint(io.stderr, 'red', messages().ended));
      io.exit(130);
    }
  });

  const platform = (): Platform => ({
    log,
    async group(title, work) {
      log(title);
      const before = indent;
      indent += '  ';
      try {
        return await work();
      } finally {
        indent = before;
      }
    },
    progress(line) {
      if (quiet) return;
      const now = io.now().getTime();
      const known = paces.get(line.what) ?? { pace: pace(), shown: redraw ? 0 : now };
      paces.set(line.what, known);
      const rate = known.pace.rate(now, line.done);
      const ended = line.total !== undefined && line.done >= line.total;
      if (ended) paces.delete(line.what);
      if (ended && !redraw) return;
      if (!ended && now - known.shown < (redraw ? redrawMs : lineMs)) return;
      known.shown = now;
      const text = plain(progressText(line, rate, messages())).replaceAll('\n', ' ');
      if (!redraw) return log(text);
      if (ended) return erase();
      drawn = true;
      const room = (logs.columns ?? 80) - 1 - (name === '' ? 9 : 11 + width(name));
      logs.write(`\r\u001b[K${head(logs)}${fit(text, room)}`);
    },
    annotate(kind, text, at?: Position) {
      const place = at === undefined ? '' : `${formatPosition(at)}: `;
      const colour = kind === 'error' ? 'red' : kind === 'warning' ? 'yellow' : 'dim';
      if (quiet && kind === 'notice') return;
      print(
        kind === 'notice' ? logs : io.stderr,
        `${place}${paint(kind === 'notice' ? logs : io.stderr, colour, kind)}: ${plain(text)}`,
      );
    },
    async publish(state, { wayBack }) {
      told = { state, wayBack };
    },
    signal: controller.signal,
  });

  return {
    platform,
    renew() {
      controller = new AbortController();
      return platform();
    },
    step(next) {
      name = next;
    },
    say: (text) => print(json ? io.stderr : io.stdout, text),
    complain: (text) => print(io.stderr, text),
    colour: (colour, text) => paint(logs, colour, text),
    last: () => told,
    stopped: () => asked > 0,
    undoOnStop(undo) {
      undoes = undo;
    },
    close() {
      erase();
      stopListening();
    },
  };
}

/** The beginning of a text that fits into so many columns. */
function fit(text: string, room: number): string {
  if (width(text) <= room) return text;
  let kept = '';
  for (const character of text) {
    if (width(kept) + width(character) > room - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
