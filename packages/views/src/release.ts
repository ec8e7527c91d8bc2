import type { RecordEvent } from '@release-runbook/record/events';
import { foldEvents } from '@release-runbook/record/fold';
import type { Plan } from '@release-runbook/record/plan';
import type { ReleaseState } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import { formatDuration } from '@release-runbook/units/duration';
import { acceptLossCommand, keepRowsCommand, resumeCommand, rollbackCommand } from './commands.ts';
import { code, escapeText, fence, link } from './escape.ts';
import {
  clock,
  failures,
  formatValue,
  heldWhy,
  itemMs,
  lastMeasurements,
  lastVerdicts,
  undone,
  waitsForLoss,
  wasRefused,
} from './facts.ts';
import { type Locale, type Messages, messages } from './messages.ts';
import { planSections } from './plan.ts';
import { table } from './table.ts';
import { timeline } from './timeline.ts';
import { rowsByTable, wayBackLine } from './way-back-line.ts';

export interface ReleaseView {
  readonly locale: Locale;
  readonly wayBack?: WayBack | undefined;
  readonly plan?: Plan | undefined;
  readonly runUrl?: string | undefined;
  /** For people: where the record is. */
  readonly place?: string | undefined;
  /** What to run next, where the step that ended knows better than the record. */
  readonly next?: string | undefined;
}

/** The record as Markdown, the most urgent first, so that cutting its end costs the least. */
export function renderRelease(state: ReleaseState, view: ReleaseView): string {
  return sections(state, view, messages(view.locale)).join('\n\n').concat('\n');
}

/** As renderRelease, with the plan and a timeline: for a job's summary. */
export function renderSummary(state: ReleaseState, view: ReleaseView): string {
  const m = messages(view.locale);
  const drawn = timeline(state);
  return [
    ...sections(state, view, m),
    ...(drawn === undefined ? [] : [`### ${m.timeline}\n\n${fence(drawn, 'mermaid')}`]),
    ...(view.plan === undefined ? [] : planSections(view.plan, m, '###')),
  ]
    .join('\n\n')
    .concat('\n');
}

/**
 * What was done since a time, and no more: for an action that works alone, in whose record there is no release to tell of.
 * Empty when nothing was done.
 */
export function renderDone(state: ReleaseState, since: string, locale: Locale): string {
  const m = messages(locale);
  const events = state.events.flatMap((event): readonly RecordEvent[] => {
    if (event.event !== 'opened' && event.at < since) return [];
    // Which version serves again, and why it was brought back, is a release's.
    if (event.event === 'judged' && event.item === 'rollback') return [];
    return [event.event === 'rolled-back' ? { ...event, text: '' } : event];
  });
  const own = foldEvents(state.opened, events, [], state.next);
  const parts = [failed(own, m), undoing(own, m), steps(own, m), verdicts(own, m), measurements(own, m)];
  const told = parts.filter((part) => part !== '');
  return told.length === 0 ? '' : `${told.join('\n\n')}\n`;
}

function sections(state: ReleaseState, view: ReleaseView, m: Messages): string[] {
  return [
    head(state, view, m),
    waiting(state, view, m),
    failed(state, m),
    undoing(state, m),
    steps(state, m),
    verdicts(state, m),
    measurements(state, m),
    foot(state, view, m),
  ].filter((section) => section !== '');
}

const marks: Readonly<Record<ReleaseState['status'], string>> = {
  open: '⏳',
  held: '⏸️',
  serving: '✅',
  superseded: '✅',
  closed: '✅',
  'rolling-back': '⏪',
  'rolled-back': '↩️',
};

function head(state: ReleaseState, view: ReleaseView, m: Messages): string {
  const { system, version, environment } = state.opened;
  const refused = wasRefused(state);
  const status = refused ? m.refused : m.status[state.status];
  const lines = [
    `## ${refused ? '🚫' : marks[state.status]} ${escapeText(m.headline(system, version, environment, status))}`,
  ];
  if (view.wayBack !== undefined) lines.push('', `**${escapeText(wayBackLine(view.wayBack, view.locale))}**`);
  return lines.join('\n');
}

function waiting(state: ReleaseState, view: ReleaseView, m: Messages): string {
  const why = heldWhy(state);
  if (why === undefined && view.next === undefined) return '';
  const lines: string[] = [`### ${m.waits}`, ''];
  if (why !== undefined) lines.push(`${escapeText(why)}`, '');
  if (state.heldUntil !== undefined && why !== undefined) lines.push(escapeText(m.until(clock(state.heldUntil))), '');
  if (view.next !== undefined) lines.push(m.next, '', fence(view.next));
  else if (waitsForLoss(state)) {
    lines.push(m.acceptLoss, '', fence(acceptLossCommand(state)), '', m.keepRows, '', fence(keepRowsCommand(state)));
  } else lines.push(m.resume, '', fence(resumeCommand(state)), '', m.comeBack, '', fence(rollbackCommand(state)));
  return lines.join('\n');
}

function failed(state: ReleaseState, m: Messages): string {
  const found = failures(state);
  if (found.length === 0) return '';
  const rows = found.map(
    ({ step, item, text }) => `- ❌ ${escapeText(m.failedAt(m.stepName[step], item, bounded(text)))}`,
  );
  return `### ${m.failures}\n\n${rows.join('\n')}`;
}

/** A message of a program may be long; its beginning says what it is, its end what happened. */
function bounded(text: string): string {
  const characters = [...text];
  return characters.length <= 600 ? text : `${characters.slice(0, 200).join('')} … ${characters.slice(-380).join('')}`;
}

function undoing(state: ReleaseState, m: Messages): string {
  const done = undone(state).map(
    (one) => `- ${escapeText(m.undoneItem(m.stepName[one.of], one.item, bounded(one.how), formatDuration(one.ms)))}`,
  );
  const now = state.items
    .filter((item) => item.state === 'undoing')
    .map((item) => `- ${escapeText(m.undoing(m.stepName[item.intends.step], item.item))}`);
  const back = state.rolledBack;
  if (done.length === 0 && now.length === 0 && back === undefined) return '';
  const cost: string[] = [];
  if (back !== undefined) {
    const lost = rowsByTable(back.lost, m);
    const exported = rowsByTable(back.exported, m);
    cost.push(m.cost(formatDuration(back.ms)), lost === '' ? m.noneLost : m.lost(lost));
    if (exported !== '') cost.push(m.exported(exported));
    if (back.text !== '') cost.push(bounded(back.text));
  }
  const parts = [`### ${m.undone}`, [...done, ...now].join('\n'), cost.map(escapeText).join(' ')];
  return parts.filter((part) => part !== '').join('\n\n');
}

function steps(state: ReleaseState, m: Messages): string {
  if (state.items.length === 0) return '';
  const rows = state.items.map((item) => {
    const ms = itemMs(state, item);
    return [
      m.stepName[item.intends.step],
      escapeText(item.item),
      m.item[item.state],
      ms === undefined ? '' : escapeText(formatDuration(ms)),
    ];
  });
  return `### ${m.steps}\n\n${table([m.step, m.itemTitle, m.state, m.duration], rows)}`;
}

const verdictMarks = { pass: '✅', fail: '❌', inconclusive: '❔', error: '⚠️' } as const;

function verdicts(state: ReleaseState, m: Messages): string {
  const judged = lastVerdicts(state);
  if (judged.length === 0) return '';
  const rows = judged.map((one) => [
    m.stepName[one.step],
    escapeText(one.item),
    `${verdictMarks[one.verdict]} ${m.verdict[one.verdict]}`,
    escapeText(bounded(one.text)),
  ]);
  return `### ${m.verdicts}\n\n${table([m.step, m.itemTitle, m.verdictTitle, m.numbers], rows)}`;
}

function measurements(state: ReleaseState, m: Messages): string {
  const measured = lastMeasurements(state);
  if (measured.length === 0) return '';
  const rows = measured.map((one) => [
    m.stepName[one.step],
    escapeText(one.item),
    escapeText(formatValue(one.value, one.unit)),
  ]);
  return `<details><summary>${m.measurements} (${measured.length})</summary>\n\n${table([m.step, m.itemTitle, m.value], rows)}\n\n</details>`;
}

function foot(state: ReleaseState, view: ReleaseView, m: Messages): string {
  const parts = [m.record(code(state.release), view.place === undefined ? undefined : code(view.place))];
  if (view.runUrl !== undefined) parts.push(link(m.run, view.runUrl));
  const torn = state.torn.length === 0 ? '' : ` ⚠️ ${escapeText(m.torn(state.torn.join(', ')))}`;
  return `<sub>${parts.join(' · ')}</sub>${torn}`;
}
