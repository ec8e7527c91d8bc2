/** One kind of bad luck, for requests whose `METHOD /path?query` matches. */
export type Trouble = {
  match: RegExp;
  /** How often; without it, until removed. */
  times?: number;
  /** Lets this many matching requests pass first. */
  after?: number;
  /** Answers so, in GitHub's words, without doing anything. */
  status?: number;
  message?: string;
  headers?: Record<string, string>;
  /** GitHub's two rate limits, in their documented form, instead of `status`. */
  limit?: 'secondary' | 'primary';
  /** Waits so long, then goes on: with the trouble above, or as if nothing were. */
  delayMs?: number;
  /** Never answers, until the server is closed. */
  hang?: boolean;
  /** Carries the request out, then sends half of the answer and cuts the connection. */
  truncated?: boolean;
  /** Cuts the connection: before the request is carried out, or after it, when only the answer is lost. */
  drop?: boolean | 'answer';
};

export type Injected = { /** How many requests met it. */ readonly hits: number; remove(): void };

export type Reply = { status: number; body?: unknown; text?: string; headers: Record<string, string> };

const words: Record<number, string> = {
  401: 'Bad credentials',
  403: 'Resource not accessible by integration',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  422: 'Validation Failed',
  429: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  500: 'Server Error',
  503: 'Service unavailable',
};

const documentation = 'https://docs.github.com/rest';

/** The reply that the trouble makes by itself, if it does: `status` or `limit`. */
export function troubledReply(trouble: Trouble, now: Date): Reply | undefined {
  const extra = trouble.headers ?? {};
  if (trouble.limit === 'secondary') {
    const body = {
      message: trouble.message ?? words[429],
      documentation_url: `${documentation}/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits`,
    };
    return { status: trouble.status ?? 403, body, headers: { 'retry-after': '60', ...extra } };
  }
  if (trouble.limit === 'primary') {
    const reset = String(Math.ceil(now.getTime() / 1000) + 60);
    const exhausted = { 'x-ratelimit-remaining': '0', 'x-ratelimit-used': '5000', 'x-ratelimit-reset': reset };
    const body = {
      message: trouble.message ?? 'API rate limit exceeded for installation ID 1.',
      documentation_url: documentation,
    };
    return { status: trouble.status ?? 403, body, headers: { ...exhausted, ...extra } };
  }
  if (trouble.status === undefined) return undefined;
  if (trouble.status === 502 || trouble.status === 504) {
    // GitHub's front answers these, and in HTML.
    const text = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    return { status: trouble.status, text, headers: { 'content-type': 'text/html', ...extra } };
  }
  const message = trouble.message ?? words[trouble.status] ?? 'Error';
  const retry: Record<string, string> = trouble.status === 429 ? { 'retry-after': '60' } : {};
  const body = { message, documentation_url: documentation, status: String(trouble.status) };
  return { status: trouble.status, body, headers: { ...retry, ...extra } };
}

export function createTroubles() {
  const active: { trouble: Trouble; seen: number; hits: number }[] = [];
  return {
    fail(trouble: Trouble): Injected {
      if (trouble.match.global || trouble.match.sticky)
        throw new Error('match must have no g or y flag: it would remember');
      const entry = { trouble, seen: 0, hits: 0 };
      active.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        remove() {
          const at = active.indexOf(entry);
          if (at >= 0) active.splice(at, 1);
        },
      };
    },
    /** The first that matches; it is counted as met. */
    meet(line: string): Trouble | undefined {
      for (const entry of active) {
        const { match, times = Number.POSITIVE_INFINITY, after = 0 } = entry.trouble;
        if (entry.hits >= times || !match.test(line)) continue;
        entry.seen += 1;
        if (entry.seen <= after) continue;
        entry.hits += 1;
        return entry.trouble;
      }
      return undefined;
    },
  };
}
