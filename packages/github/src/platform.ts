import type * as Core from '@actions/core';
import type { ReleaseState } from '@release-runbook/record/state';
import type { Platform } from '@release-runbook/steps/platform';
import type { Position } from '@release-runbook/units/error';
import type { Locale } from '@release-runbook/views/messages';
import type { Publisher } from './publisher.ts';

type Console = Pick<typeof Core, 'info' | 'error' | 'warning' | 'notice' | 'startGroup' | 'endGroup' | 'summary'>;
type Extra = Parameters<Platform['publish']>[1];

/** Annotations of a kind that GitHub shows of one step. */
const annotationLimit = 10;
/** Bytes of a step's summary; over it, nothing of it is shown. */
export const summaryLimit = 1024 * 1024;
/** Progress is a line of the log, so not more often than this, ms. */
const progressEvery = 5000;

export interface GitHubPlatform extends Platform {
  /** The last state that a step published. */
  last(): { readonly state: ReleaseState; readonly extra: Extra } | undefined;
  /** What a text becomes where everybody may read it; elsewhere it stays. */
  everybody(): Promise<(text: string) => string>;
  /** The last state for a summary, with the way back as it is known at the end. */
  shown(wayBack: Extra['wayBack']): Promise<string | undefined>;
  /** Replaces the step's summary, cut to what GitHub shows. */
  summarize(markdown: string): Promise<void>;
  /** How many annotations of each kind were left out. */
  left(): Readonly<Record<'error' | 'warning' | 'notice', number>>;
}

export interface PlatformOptions {
  readonly core: Console;
  readonly publisher: Publisher;
  readonly redact: (text: string) => string;
  readonly locale: () => Locale;
  /** An action alone: there is no release to publish, and the summary tells what was done. */
  readonly alone?: () => boolean;
  /** Everybody may read the summary: places and rows are left out of it. */
  readonly public?: boolean;
  /** The resolved runbook, as soon as it is known: what is left out is known by its names. */
  readonly runbook?: () => unknown;
  readonly runUrl?: string | undefined;
  readonly signal: AbortSignal;
  readonly workspace: string;
  readonly now?: () => number;
}

/**
 * Lines of a program's output are text: at the beginning of a line the runner would read `::name::` as a command to itself,
 * and `##[name]` anywhere.
 */
export function defuse(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replace(/##(?=\[)/g, '#\u200b#');
}

export function githubPlatform(options: PlatformOptions): GitHubPlatform {
  const { core, redact, now = () => performance.now() } = options;
  const counts = { error: 0, warning: 0, notice: 0 };
  const spoken = new Map<string, number>();
  let depth = 0;
  let last: ReturnType<GitHubPlatform['last']>;
  const states = new Map<string, ReleaseState>();
  const began = new Date().toISOString();

  const log = (text: string): void => core.info(defuse(redact(text)));

  /** A release as its record tells it; of an action alone what it did, in each of its records, and no release. */
  async function summaryOf({ state, extra }: NonNullable<ReturnType<GitHubPlatform['last']>>): Promise<string> {
    const { renderDone, renderSummary } = await import('@release-runbook/views/release');
    const locale = options.locale();
    if (options.alone?.() === true) return [...states.values()].map((one) => renderDone(one, began, locale)).join('\n');
    return renderSummary(state, { locale, wayBack: extra.wayBack, plan: extra.plan, runUrl: options.runUrl });
  }

  async function summarize(markdown: string): Promise<void> {
    try {
      const [{ cut }, { link }, { messages }] = await Promise.all([
        import('@release-runbook/views/cut'),
        import('@release-runbook/views/escape'),
        import('@release-runbook/views/messages'),
      ]);
      const m = messages(options.locale());
      // GitHub's file may hold some bytes of its own; its limit is not worth coming near.
      const short = cut(
        redact(markdown),
        summaryLimit - 4096,
        `${m.cutShort} ${link(m.seeRun, options.runUrl)}`,
        Buffer.byteLength,
      );
      await core.summary.emptyBuffer().addRaw(short).write({ overwrite: true });
    } catch (error) {
      // A runner without summaries has the log.
      log(`summary: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    log,
    async group(title, work) {
      // The runner knows one level.
      depth += 1;
      if (depth === 1) core.startGroup(defuse(redact(title)));
      else log(title);
      try {
        return await work();
      } finally {
        depth -= 1;
        if (depth === 0) core.endGroup();
      }
    },
    progress({ what, done, total, unit }) {
      const before = spoken.get(what) ?? Number.NEGATIVE_INFINITY;
      const end = total !== undefined && done >= total;
      if (!end && now() - before < progressEvery) return;
      spoken.set(what, now());
      const share = total === undefined || total === 0 ? '' : ` (${Math.floor((done / total) * 100)} %)`;
      log(`${what}: ${done}${total === undefined ? '' : ` of ${total}`} ${unit}${share}`);
    },
    annotate(kind, text, at) {
      counts[kind] += 1;
      // The command that makes an annotation escapes what it is given.
      const safe = redact(text);
      if (counts[kind] > annotationLimit)
        log(`${kind}: ${at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `}${text}`);
      else core[kind](safe, at === undefined ? {} : place(at, options.workspace));
    },
    async publish(state, extra) {
      try {
        const known = redactDeep(state, redact);
        const clean =
          options.public === true ? (await import('@release-runbook/views/redact')).redactState(known) : known;
        last = { state: clean, extra: redactDeep(extra, redact) };
        if (options.alone?.() !== true)
          options.publisher.show({ state: clean, wayBack: last.extra.wayBack, final: extra.final === true });
        states.set(clean.release, clean);
        await summarize(await summaryOf(last));
      } catch (error) {
        log(`summary: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    signal: options.signal,
    last: () => last,
    async everybody() {
      if (options.public !== true) return (text) => text;
      return (await import('@release-runbook/views/redact')).redactor(options.runbook?.());
    },
    async shown(wayBack) {
      if (last === undefined) return undefined;
      const extra = wayBack === undefined ? last.extra : { ...last.extra, wayBack };
      return summaryOf({ ...last, extra });
    },
    summarize,
    left: () => ({
      error: Math.max(0, counts.error - annotationLimit),
      warning: Math.max(0, counts.warning - annotationLimit),
      notice: Math.max(0, counts.notice - annotationLimit),
    }),
  };
}

function place(at: Position, workspace: string): { file: string; startLine: number; startColumn: number } {
  const file = at.file.startsWith(`${workspace}/`) ? at.file.slice(workspace.length + 1) : at.file;
  return { file, startLine: at.line, startColumn: at.column };
}

/** Before anything is escaped: a secret with a "<" in it is no longer the same text afterwards. */
export function redactDeep<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, redact)) as T;
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactDeep(item, redact)])) as T;
  }
  return value;
}
