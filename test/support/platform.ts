import type { ReleaseState } from '@release-runbook/record/state';
import type { Platform } from '@release-runbook/steps/platform';

export interface Watched extends Platform {
  readonly lines: string[];
  readonly annotations: string[];
  readonly published: ReleaseState[];
  cancel(): void;
}

/** A platform that keeps what it is told. RUNBOOK_TEST_LOG=1 prints it as well. */
export function watchedPlatform(): Watched {
  const lines: string[] = [];
  const annotations: string[] = [];
  const published: ReleaseState[] = [];
  const stop = new AbortController();
  const log = (text: string) => {
    lines.push(text);
    if (process.env.RUNBOOK_TEST_LOG === '1')
      process.stderr.write(`${(performance.now() / 1000).toFixed(2)} ${text}\n`);
  };
  return {
    lines,
    annotations,
    published,
    log,
    async group(title, work) {
      log(`== ${title}`);
      return await work();
    },
    progress() {},
    annotate(kind, text) {
      annotations.push(`${kind}: ${text}`);
    },
    async publish(state) {
      published.push(state);
    },
    signal: stop.signal,
    cancel: () => stop.abort(),
  };
}
