import { RunbookError } from '@release-runbook/units/error';
import type { Held, Judged, Measured, Opened, RecordEvent, RolledBack } from './events.ts';
import type { Item, ReleaseState, ReleaseStatus } from './state.ts';

/** Events of a record's text. A torn line (an append that died) is left out and its number kept; other damage is an error. */
export function parseRecord(
  text: string,
  name: string,
): { events: readonly RecordEvent[]; torn: readonly number[]; next: number } {
  const lines = text.split('\n');
  const last = lines.pop() as string;
  // What stands behind the last line break was never whole, and so never announced anything that began.
  if (last !== '') lines.push(last);
  const events: RecordEvent[] = [];
  const torn: number[] = [];
  for (const [number, line] of lines.entries()) {
    const event = parseLine(line);
    if (event === undefined && isTorn(line, number)) torn.push(number);
    else if (event === undefined || event.seq !== number) throw damaged(name, number);
    else if (last !== '' && number === lines.length - 1) torn.push(number);
    else events.push(event);
  }
  return { events, torn, next: lines.length };
}

function parseLine(line: string): RecordEvent | undefined {
  try {
    const event = JSON.parse(line) as RecordEvent;
    return typeof event === 'object' && event !== null && typeof event.event === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}

/** The beginning of an event with this number, cut anywhere. */
function isTorn(line: string, number: number): boolean {
  const start = `{"seq":${number},"at":"`;
  return line.startsWith(start) || start.startsWith(line);
}

function damaged(name: string, number: number): RunbookError {
  return new RunbookError(`the record of ${name} is damaged at line ${number + 1}; nothing was changed`, {
    hint: 'work from a whole copy: `runbook rollback --record FILE` (each job keeps one as an artifact)',
  });
}

/** The state of a release. Throws RunbookError when the record does not begin with `opened`. */
export function fold(text: string, name: string): ReleaseState {
  const { events, torn, next } = parseRecord(text, name);
  const [opened] = events;
  if (opened?.event !== 'opened') throw damaged(name, 0);
  return foldEvents(opened, events, torn, next);
}

export function foldEvents(
  opened: Opened,
  events: readonly RecordEvent[],
  torn: readonly number[],
  next: number,
): ReleaseState {
  const items = new Map<string, Item>();
  const measured: Measured[] = [];
  const judged: Judged[] = [];
  let status: ReleaseStatus = 'open';
  let rolledBack: RolledBack | undefined;
  let held: Held | undefined;
  const change = (item: string, more: Partial<Item>) => {
    const known = items.get(item);
    if (known !== undefined) items.set(item, { ...known, ...more });
  };
  for (const event of events) {
    switch (event.event) {
      case 'opened':
        break;
      case 'intends':
        // Announced again after an undo: it belongs at the end, since that is when it happened.
        items.delete(event.item);
        items.set(event.item, {
          item: event.item,
          state: 'announced',
          intends: event,
          did: undefined,
          message: undefined,
        });
        held = undefined;
        break;
      case 'did':
        change(event.item, { state: 'done', did: event });
        break;
      case 'failed':
        change(event.item, { state: 'failed', message: event.message });
        break;
      case 'measured':
        measured.push(event);
        break;
      case 'judged':
        judged.push(event);
        break;
      case 'held':
        held = event;
        break;
      case 'undoing':
        change(event.item, { state: 'undoing' });
        status = 'rolling-back';
        held = undefined;
        break;
      case 'undone':
        change(event.item, { state: 'undone' });
        break;
      case 'rolled-back':
        rolledBack = event;
        status = 'rolled-back';
        break;
      case 'serving':
        status = 'serving';
        break;
      case 'closed':
        status = 'closed';
        break;
      case 'noted':
        if (event.data?.resumed === true) held = undefined;
        break;
    }
  }
  return {
    release: opened.release,
    opened,
    status: held !== undefined && (status === 'open' || status === 'rolling-back') ? 'held' : status,
    items: [...items.values()],
    measured,
    judged,
    rolledBack,
    heldUntil: held?.until,
    events,
    torn,
    next,
  };
}
