import type { Did, Failed, Intends, Undoing, Undone } from '@release-runbook/record/events';
import type { ReleaseState } from '@release-runbook/record/state';

interface Bar {
  readonly section: string;
  readonly name: string;
  readonly kind: 'done' | 'crit' | 'active';
  readonly from: number;
  readonly to: number;
}

/** GitHub draws no diagram of unlimited length; the first bars tell the most. */
const most = 60;

/** The record as a Mermaid Gantt chart; undefined where nothing has a duration yet. */
export function timeline(state: ReleaseState): string | undefined {
  const all = bars(state).slice(0, most);
  if (all.length === 0) return undefined;
  const lines = ['gantt', '  dateFormat x', '  axisFormat %H:%M:%S'];
  let section = '';
  for (const bar of all) {
    if (bar.section !== section) lines.push(`  section ${bar.section}`);
    section = bar.section;
    lines.push(`  ${bar.name} :${bar.kind}, ${bar.from}, ${Math.max(bar.to, bar.from + 1)}`);
  }
  return lines.join('\n');
}

/** Mermaid has no way to escape; what it could read as its own is left out. */
const word = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N} .%_/-]+/gu, ' ')
    .trim()
    .slice(0, 60) || 'item';

type Begins = Intends | Undoing;
type Ends = Did | Failed | Undone;

function bars(state: ReleaseState): Bar[] {
  const open = new Map<string, Begins>();
  const found: Bar[] = [];
  for (const event of state.events) {
    if (event.event === 'intends' || event.event === 'undoing') open.set(event.item, event);
    else if (event.event === 'did' || event.event === 'failed' || event.event === 'undone') close(event);
  }
  const last = Date.parse(state.events.at(-1)?.at ?? '');
  for (const begins of open.values()) add(begins, last, 'active');
  return found;

  function close(event: Ends): void {
    const begins = open.get(event.item);
    if (begins === undefined) return;
    open.delete(event.item);
    add(begins, Date.parse(event.at), event.event === 'failed' ? 'crit' : 'done');
  }
  function add(begins: Begins, to: number, kind: Bar['kind']): void {
    const from = Date.parse(begins.at);
    if (Number.isNaN(from) || Number.isNaN(to)) return;
    found.push({
      section: begins.event === 'undoing' ? 'rollback' : begins.step,
      name: word(begins.item),
      kind,
      from,
      to,
    });
  }
}
