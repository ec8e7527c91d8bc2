import type { ReleaseState } from '@release-runbook/record/state';
import type { WayBack } from '@release-runbook/record/way-back';
import type { Locale } from '@release-runbook/views/messages';
import type { Api } from './octokit.ts';

export interface Published {
  readonly state: ReleaseState;
  readonly wayBack?: WayBack | undefined;
  readonly next?: string | undefined;
  readonly final: boolean;
}

export interface PublisherOptions {
  /** Undefined: there is no token. */
  readonly open: () => Promise<Api | undefined>;
  readonly locale: () => Locale;
  readonly runUrl?: string | undefined;
  readonly redact: (text: string) => string;
}

export interface Publisher {
  /** Shows this state in comment and notes; returns at once. A newer state replaces one that waits. */
  show(view: Published): void;
  /** Waits for what is under way, at most so long (ms). */
  flush(limitMs: number): Promise<void>;
  /** What could not be published, by place; what went well later is not in it. */
  readonly problems: ReadonlyMap<string, string>;
}

/**
 * Keeps comment and release notes up to date beside the work: nothing of GitHub's slowness or failure reaches a step, and
 * nothing here throws.
 */
export function createPublisher(options: PublisherOptions): Publisher {
  const problems = new Map<string, string>();
  const pulls = new Map<string, number | undefined>();
  let waiting: Published | undefined;
  let running: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting !== undefined) {
      const view = waiting;
      waiting = undefined;
      await publish(view);
    }
  }

  async function publish(view: Published): Promise<void> {
    let api: Api | undefined;
    try {
      api = await options.open();
    } catch (error) {
      problems.set('GitHub', error instanceof Error ? error.message : String(error));
    }
    if (api === undefined) return;
    const there = api;
    await at('comment', () => comment(there, view));
    await at('release notes', () => notes(there, view));
    if (view.final && view.state.status === 'serving') await at('other pull requests', () => others(there, view));
  }

  async function at(place: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      problems.delete(place);
    } catch (error) {
      const { tell } = await import('./octokit.ts');
      problems.set(place, tell(error));
    }
  }

  async function mainPull(api: Api, version: string): Promise<number | undefined> {
    if (!pulls.has(version)) {
      const { commitOfTag, pullOfMerge } = await import('./pulls.ts');
      const commit = await commitOfTag(api, version);
      pulls.set(version, commit === undefined ? undefined : await pullOfMerge(api, commit));
    }
    return pulls.get(version);
  }

  async function render(view: Published, begin: string, limit: number): Promise<string> {
    const [{ renderRelease }, { cut }, { link }, { messages }] = await Promise.all([
      import('@release-runbook/views/release'),
      import('@release-runbook/views/cut'),
      import('@release-runbook/views/escape'),
      import('@release-runbook/views/messages'),
    ]);
    const locale = options.locale();
    const m = messages(locale);
    const markdown = renderRelease(view.state, {
      locale,
      wayBack: view.wayBack,
      next: view.next,
      runUrl: options.runUrl,
    });
    return `${begin}${cut(options.redact(markdown), limit - begin.length, `${m.cutShort} ${link(m.seeRun, options.runUrl)}`)}`;
  }

  async function comment(api: Api, view: Published): Promise<void> {
    const { system, environment, version } = view.state.opened;
    const pull = await mainPull(api, version);
    if (pull === undefined) return;
    const [{ commentLimit, syncComment }, { marker }] = await Promise.all([
      import('./comment.ts'),
      import('@release-runbook/views/escape'),
    ]);
    const mark = marker('comment', system, environment, version);
    await syncComment(api, pull, mark, await render(view, `${mark}\n`, commentLimit));
  }

  async function notes(api: Api, view: Published): Promise<void> {
    const { system, environment, version } = view.state.opened;
    const [{ syncNotes }, { marker }] = await Promise.all([
      import('./notes.ts'),
      import('@release-runbook/views/escape'),
    ]);
    // Rendered once for the whole limit, and cut to the room there is.
    const whole = await render(view, '', Number.MAX_SAFE_INTEGER);
    const { cut } = await import('@release-runbook/views/cut');
    const status = view.state.status;
    await syncNotes(api, {
      version,
      markers: { begin: marker('begin', system, environment), end: marker('end', system, environment) },
      section: (limit) => cut(whole, limit, options.runUrl ?? '…'),
      // People are told of a release when it serves, or when it is over; not while it may still be refused.
      create: status !== 'open' && status !== 'closed',
      prerelease: status === 'rolled-back' || status === 'rolling-back' || /^v?\d+\.\d+\.\d+-/.test(version),
    });
  }

  async function others(api: Api, view: Published): Promise<void> {
    const { system, environment, version, previous } = view.state.opened;
    if (previous === null) return;
    const [{ tellOtherPulls }, { code, link, marker }, { messages }] = await Promise.all([
      import('./other-pulls.ts'),
      import('@release-runbook/views/escape'),
      import('@release-runbook/views/messages'),
    ]);
    const mark = marker('released', system, environment, version);
    const m = messages(options.locale());
    const run = options.runUrl === undefined ? '' : ` (${link(m.run, options.runUrl)})`;
    const body = options.redact(`${mark}\n${m.other.serving(code(version), code(environment))}${run}`);
    const main = await mainPull(api, version);
    if (!(await tellOtherPulls(api, { previous, version, main }, mark, body))) {
      problems.set('older pull requests', 'there are too many in this release to comment on each');
    }
  }

  return {
    problems,
    show(view) {
      waiting = view;
      running ??= work().finally(() => {
        running = undefined;
      });
    },
    async flush(limitMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), limitMs);
      });
      const end = await Promise.race([running ?? Promise.resolve(), late]);
      clearTimeout(timer);
      if (end === 'late') problems.set('GitHub', 'it took too long, so what it shows may be old');
    },
  };
}
