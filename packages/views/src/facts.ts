import type { Failed, Judged, Measured, Step, Undone } from '@release-runbook/record/events';
import { type Item, type ReleaseState, waitsInRollback } from '@release-runbook/record/state';
import { formatDuration } from '@release-runbook/units/duration';
import { formatSize } from '@release-runbook/units/size';

// What the views tell of a record, before it is put into words of a language.

export interface Failure {
  readonly step: Step;
  readonly item: string;
  readonly text: string;
  readonly at: string;
}

/**
 * What failed, in the order in which it did: failed changes, and judgements that failed or could not be made. The judgement
 * that ended a step repeats what led to it, and is told only where it says something new.
 */
export function failures(state: ReleaseState): readonly Failure[] {
  const bad = state.events.filter(
    (event): event is Failed | Judged => event.event === 'failed' || (event.event === 'judged' && isBad(event)),
  );
  const causes = bad.filter((event) => !isDecision(event)).map(textOf);
  const told = new Set<string>();
  return bad
    .filter((event) => {
      const text = textOf(event);
      const repeats = isDecision(event) && (told.has(text) || causes.some((cause) => text.includes(cause)));
      told.add(text);
      return !repeats;
    })
    .map((event) => ({ step: event.step, item: event.item, text: textOf(event), at: event.at }));
}

const textOf = (event: Failed | Judged): string => (event.event === 'failed' ? event.message : event.text);
const isDecision = (event: Failed | Judged): boolean => event.event === 'judged' && event.decision !== undefined;
const isBad = (judged: Judged): boolean => judged.verdict === 'fail' || judged.verdict === 'error';

/** Undone items with the step that had made them. */
export function undone(state: ReleaseState): readonly (Undone & { readonly of: Step })[] {
  return state.events
    .filter((event): event is Undone => event.event === 'undone')
    .map((event) => ({ ...event, of: stepOf(state, event.item) ?? event.step }));
}

export const stepOf = (state: ReleaseState, item: string): Step | undefined =>
  state.items.find((one) => one.item === item)?.intends.step;

/** How long an item took, ms: measured when it is done, else until it failed or was undone; undefined while it runs. */
export function itemMs(state: ReleaseState, item: Item): number | undefined {
  if (item.did !== undefined) return item.did.ms;
  const failed = state.events.find((event): event is Failed => event.event === 'failed' && event.item === item.item);
  return failed?.ms;
}

/** Was it closed without ever having served? Then it was refused before anything was changed. */
export const wasRefused = (state: ReleaseState): boolean =>
  state.status === 'closed' && !state.events.some(({ event }) => event === 'serving');

/** The last judgement of each rule of each step, without those that say how a step ended. */
export function lastVerdicts(state: ReleaseState): readonly Judged[] {
  const last = new Map<string, Judged>();
  for (const judged of state.judged) {
    if (isDecision(judged)) continue;
    const key = `${judged.step}\n${judged.item}`;
    last.delete(key);
    last.set(key, judged);
  }
  return [...last.values()];
}

/** The last measurement of each item of each step. */
export function lastMeasurements(state: ReleaseState): readonly Measured[] {
  const last = new Map<string, Measured>();
  for (const measured of state.measured) last.set(`${measured.step}\n${measured.item}`, measured);
  return [...last.values()];
}

/** A measurement with its unit, for people. */
export function formatValue(value: number | null, unit: string): string {
  if (value === null) return '–';
  if (unit === 'ms') return formatDuration(value);
  if (unit === 'bytes') return formatSize(value);
  const number = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  if (unit === '' || unit === 'number' || unit === 'count') return number;
  if (unit === 'percent' || unit === '%') return `${number} %`;
  return `${number} ${unit}`;
}

/** Is what waits the question about rows written since the backup? */
export function waitsForLoss(state: ReleaseState): boolean {
  return state.events.some(
    (event) => event.event === 'undoing' || event.event === 'undone' || event.step === 'rollback',
  );
}

/** The reason of the last hold, when the release, or the rollback of one that serves, is still held. */
export function heldWhy(state: ReleaseState): string | undefined {
  if (state.status !== 'held' && !waitsInRollback(state)) return undefined;
  return state.events.findLast((event) => event.event === 'held')?.why;
}

/** "2026-11-21 02:11:09" of an event's time. */
export const clock = (at: string): string => at.slice(0, 19).replace('T', ' ');
