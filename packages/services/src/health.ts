import { sendRequest } from '@release-runbook/hosts/request';
import type { Host } from '@release-runbook/hosts/types';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import type { ManagerStatus } from './manager.ts';
import { listens } from './port.ts';

export interface HealthQuestion {
  /** For messages: `backend (blue)`. */
  readonly name: string;
  readonly host: Host;
  readonly port: number | undefined;
  /** With $PORT replaced; undefined: the service only has to run, and to listen on its port where it has one. */
  readonly url: string | undefined;
  readonly readyMs: number;
  readonly status: () => Promise<ManagerStatus>;
  readonly tail: () => Promise<readonly string[]>;
}

const shortestPause = 20;
const longestPause = 500;
/** Asking the manager costs more than asking the service, so it is asked less often. */
const statusEvery = 1_000;
/** A service without `health:` must have run for so long. */
const settled = 1_000;

/**
 * Asks until the service answers 2xx and is still the process that its manager knows: an answer alone may come from another
 * program on the same port.
 * @throws RunbookError with the last answer and the log's last 20 lines, early when the process is gone
 */
export async function waitHealthy(question: HealthQuestion): Promise<{ ms: number }> {
  const { host, readyMs } = question;
  const start = performance.now();
  const left = () => readyMs - (performance.now() - start);
  let pause = shortestPause;
  let askedAt = start;
  let last = 'it was not asked yet';
  while (left() > 0) {
    const answer = await ask(question, Math.max(200, Math.min(5_000, left())), performance.now() - start);
    last = answer.text;
    if (answer.good || performance.now() - askedAt >= statusEvery) {
      askedAt = performance.now();
      const status = await question.status();
      const gone = status.hopeless ?? (status.running ? undefined : 'the process is gone');
      if (gone !== undefined) throw await failure(question, `${gone}; ${last}`);
      if (answer.good) return { ms: performance.now() - start };
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(pause, Math.max(0, left()))));
    pause = Math.min(longestPause, pause * 1.5);
  }
  const status = await question.status();
  const running = status.running ? `it runs (pid ${status.pid ?? 'unknown'})` : 'the process is gone';
  throw await failure(
    question,
    `not healthy within ${formatDuration(readyMs)}: ${last}; ${running}`,
    `asked from host ${host.name}`,
  );
}

/** One question: whether it was answered well, and with what. */
export async function ask(
  { host, url, port }: Pick<HealthQuestion, 'host' | 'url' | 'port'>,
  timeoutMs: number,
  sinceMs: number,
): Promise<{ good: boolean; text: string }> {
  if (url === undefined) {
    const open = port === undefined || (await listens(host, port));
    return { good: open && sinceMs >= settled, text: open ? 'it has no `health:`' : `nothing listens on port ${port}` };
  }
  const { timings } = await sendRequest(host, { url, timeoutMs });
  const [answer] = timings;
  if (answer?.status === undefined) return { good: false, text: `${url} gave ${answer?.error ?? 'no answer'}` };
  return { good: answer.status >= 200 && answer.status <= 299, text: `${url} answered ${answer.status}` };
}

async function failure({ name, host, tail }: HealthQuestion, what: string, how?: string): Promise<RunbookError> {
  let lines: readonly string[];
  try {
    lines = await tail();
  } catch {
    lines = [];
  }
  const log =
    lines.length === 0 ? '\nits log is empty' : `\nthe end of its log:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return new RunbookError(`service ${name} on host ${host.name}: ${what}${how === undefined ? '' : ` (${how})`}${log}`);
}
