import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';

/** Loaded only when GitHub is really asked something: `await import('./octokit.ts')`. */
export interface ApiOptions {
  readonly token: string;
  readonly baseUrl: string;
  readonly owner: string;
  readonly repo: string;
  /** Longest wait for one answer. */
  readonly requestMs?: number;
  /** Time in all that GitHub's failures and slowness may cost; then it is asked nothing more in this step. */
  readonly budgetMs?: number;
  /** Wait before the first retry; the second waits four times as long. */
  readonly retryMs?: number;
  /** Spaces writes as GitHub asks for. Off against a server that is not GitHub's. */
  readonly spacing?: boolean;
  readonly now?: () => number;
}

export interface Api {
  readonly rest: Octokit['rest'];
  readonly paginate: Octokit['paginate'];
  readonly repository: { readonly owner: string; readonly repo: string };
  /** Why GitHub is asked nothing more, once it is so. */
  down(): string | undefined;
}

/** An answer that is no refusal, and still not what was asked for. */
export class WrongAnswer extends Error {}

/** Slower answers than this use up the budget. */
const promptMs = 1000;

/**
 * Octokit with retries, spacing and pages, and a budget: each failure and each slow answer costs its time, and when the
 * budget is spent, every further request fails at once. So GitHub's bad days cost a rollback seconds, whatever they are.
 */
export function createApi(options: ApiOptions): Api {
  const { requestMs = 10_000, budgetMs = 10_000, retryMs = 1000, now = () => performance.now() } = options;
  // The retry plugin waits once and then four times retryMs: of three attempts each costs a third of that.
  const waitMs = (5 * retryMs) / 3;
  let spent = 0;
  let down: string | undefined;

  function spend(ms: number, why: string): void {
    spent += ms;
    if (spent >= budgetMs) down ??= why;
  }

  async function budgeted(url: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> {
    if (down !== undefined) throw abort(down);
    const started = now();
    const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(requestMs, budgetMs - spent))));
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    try {
      const response = await fetch(url, { ...init, signal });
      // The body is read here, so that a time limit and a cut connection count, wherever in the answer they come.
      const body = [204, 205, 304].includes(response.status) ? null : await response.arrayBuffer();
      const ms = now() - started;
      if (response.status >= 500 || response.status === 429) spend(ms + waitMs, `GitHub answers ${response.status}`);
      else spend(Math.max(0, ms - promptMs), 'GitHub is slow');
      const read = new Response(body, {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      });
      // The paging plugin looks at it.
      return Object.defineProperty(read, 'url', { value: response.url });
    } catch (error) {
      const why = timeout.aborted ? 'GitHub does not answer' : `GitHub cannot be reached (${cause(error)})`;
      spend(now() - started + waitMs, why);
      // What timed out once is not asked again; a connection that broke is.
      throw timeout.aborted ? abort(why) : error;
    }
  }

  const unwilling = (retryAfter: number): boolean => {
    if (retryAfter * 1000 <= budgetMs - spent && retryAfter <= 5) {
      spend(retryAfter * 1000, 'GitHub limits the rate of requests');
      return true;
    }
    down ??= `GitHub limits the rate of requests, for ${retryAfter} s more`;
    return false;
  };

  const octokit = new (Octokit.plugin(retry, throttling))({
    auth: options.token,
    baseUrl: options.baseUrl,
    userAgent: 'release-runbook',
    request: { fetch: budgeted },
    // Everything that Octokit would print is told once, by whoever asked.
    log: { debug() {}, info() {}, warn() {}, error() {} },
    // 429 is the throttling plugin's; both together would wait twice.
    retry: { retries: 2, retryAfterBaseValue: retryMs, doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451] },
    throttle: {
      enabled: options.spacing ?? true,
      id: options.baseUrl,
      onRateLimit: unwilling,
      onSecondaryRateLimit: unwilling,
    },
  });
  octokit.hook.wrap('request', async (request, parameters) => {
    if (down !== undefined) throw new Error(down);
    try {
      // The retry plugin counts in an object that all requests share: the next one would wait 16 s where 1 is meant. Hooks
      // further in get these parameters and no others, so they are changed in place.
      parameters.request = { ...parameters.request, retryCount: 0 } as typeof parameters.request;
      return await request(parameters);
    } catch (error) {
      if (statusOf(error) === 401) down ??= 'GitHub refuses the token (401)';
      if (statusOf(error) === 429) down ??= 'GitHub limits the rate of requests';
      throw error;
    }
  });
  return {
    rest: octokit.rest,
    paginate: octokit.paginate,
    repository: { owner: options.owner, repo: options.repo },
    down: () => down,
  };
}

/** Octokit and its plugins do not try again what was aborted. */
const abort = (why: string): Error => Object.assign(new Error(why), { name: 'AbortError' });

function cause(error: unknown): string {
  const inner = error instanceof Error ? error.cause : undefined;
  const code = inner instanceof Error ? ((inner as NodeJS.ErrnoException).code ?? inner.message) : undefined;
  return code ?? (error instanceof Error ? error.message : String(error));
}

/** The status with which GitHub refused; undefined for anything else. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'HttpError' || !('response' in error)) return undefined;
  // Without a response it is a connection that broke, which Octokit numbers 500.
  return error.response === undefined ? undefined : (error as Error & { status?: number }).status;
}

/** Octokit takes half an answer for a text, and a lost one for an empty text: so the shape is looked at before it is used. */
export function objectOf<T>(data: T, ...keys: readonly (keyof T & string)[]): T {
  const value: unknown = data;
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && keys.every((key) => key in value))
    return data;
  throw new WrongAnswer('GitHub sent half an answer');
}

export function listOf<T>(data: readonly T[]): readonly T[] {
  if (Array.isArray(data)) return data;
  throw new WrongAnswer('GitHub sent half an answer');
}

/** A failure in one line, for people. */
export function tell(error: unknown): string {
  const status = statusOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split('\n')[0] ?? '').replace(/ - https:\/\/docs\.github\.com\S*/, '').slice(0, 200);
  if (status === 403 && /not accessible/.test(text)) return 'the token may not write there (403)';
  return status === undefined ? line : `${line.startsWith('<') ? 'GitHub answers' : line} (${status})`;
}
