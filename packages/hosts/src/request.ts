import { RunbookError } from '@release-runbook/units/error';
import type { Host } from './types.ts';

/** One HTTP request, sent once or several times, one after another. */
export interface HttpRequest {
  readonly url: string;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** How long one request may take. Default 10 s. */
  readonly timeoutMs?: number | undefined;
  /** Default 1. */
  readonly count?: number | undefined;
  /** Redirects followed. Default 5; 0 gives the redirect itself as the answer. */
  readonly redirects?: number | undefined;
  /** Looked for in the body of every answer. */
  readonly contains?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What one request gave; `ms` runs from sending it until its body was read. */
export interface HttpTiming {
  /** Undefined when there was no answer. */
  readonly status: number | undefined;
  /** NaN when the program that asked cannot tell. */
  readonly ms: number;
  readonly bytes: number;
  /** Whether `contains` was found; undefined when it was not asked. */
  readonly contains: boolean | undefined;
  readonly error: string | undefined;
}

export interface HttpAnswers {
  readonly timings: readonly HttpTiming[];
  /** Of the first answer: body (cut at `maxBody`) and headers, names in lower case. */
  readonly body: string;
  readonly cut: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Who asked: `this machine`, or `host app (python3)`. */
  readonly from: string;
}

/** Longer answers are cut, and say so. */
export const maxBody = 10 * 1024 * 1024;
/** No series of requests takes longer; those left over are reported as not sent. */
const longestMs = 10 * 60_000;

/**
 * Sends a request from a host (undefined: from this machine) and measures it there, so that the way to the host is not in
 * the times. Nothing but http and https is asked, and no proxy.
 * @throws RunbookError for an address that is none, or when the host has no program that can ask
 */
export async function sendRequest(host: Host | undefined, request: HttpRequest): Promise<HttpAnswers> {
  checkAddress(request.url);
  if (host === undefined || host.kind === 'local') return fromHere(request);
  const { fromHost } = await import('./request-remote.ts');
  return fromHost(host, request);
}

/** @throws RunbookError for what is no http or https address */
export function checkAddress(url: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new RunbookError('the address of a request cannot be read', {
      hint: 'it begins with http:// or https://, and every variable in it must have a value',
    });
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new RunbookError(`an address begins with http:// or https://, not with ${parsed.protocol}`);
  }
  return parsed;
}

async function fromHere(request: HttpRequest): Promise<HttpAnswers> {
  // The first call of fetch loads it; that must not be in the first request's time.
  await fetch('data:,');
  const timings: HttpTiming[] = [];
  let first: { body: string; cut: boolean; headers: Readonly<Record<string, string>> } | undefined;
  const deadline = performance.now() + longestMs;
  for (let index = 0; index < (request.count ?? 1); index++) {
    if (performance.now() > deadline || request.signal?.aborted === true) {
      timings.push({
        status: undefined,
        ms: Number.NaN,
        bytes: 0,
        contains: undefined,
        error: 'not sent: out of time',
      });
      break;
    }
    const start = performance.now();
    try {
      const answer = await once(request);
      const ms = performance.now() - start;
      const body = answer.body.toString('utf8');
      first ??= { body, cut: answer.cut, headers: answer.headers };
      const contains = request.contains === undefined ? undefined : body.includes(request.contains);
      timings.push({ status: answer.status, ms, bytes: answer.bytes, contains, error: undefined });
    } catch (error) {
      const ms = performance.now() - start;
      timings.push({ status: undefined, ms, bytes: 0, contains: undefined, error: reasonOf(error, request.timeoutMs) });
    }
  }
  return { timings, body: '', cut: false, headers: {}, ...first, from: 'this machine' };
}

async function once(request: HttpRequest) {
  const limit = AbortSignal.timeout(Math.ceil(request.timeoutMs ?? 10_000));
  const signal = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]);
  let url = checkAddress(request.url);
  let method = request.method ?? 'GET';
  let body = request.body;
  let headers: Record<string, string> = { ...request.headers };
  for (let left = request.redirects ?? 5; ; left--) {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status > 399 || location === null || request.redirects === 0) {
      return { status: answer.status, headers: Object.fromEntries(answer.headers), ...(await bounded(answer)) };
    }
    await answer.body?.cancel();
    if (left <= 0) throw new Error('too many redirects');
    const next = checkAddress(new URL(location, url).href);
    if (next.origin !== url.origin) headers = withoutCredentials(headers);
    url = next;
    if (answer.status === 303 || (answer.status < 303 && method === 'POST')) {
      method = method === 'HEAD' ? 'HEAD' : 'GET';
      body = undefined;
    }
  }
}

function withoutCredentials(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(authorization|cookie|.*(token|key|secret).*)$/i.test(name)),
  );
}

async function bounded(answer: Response): Promise<{ body: Buffer; bytes: number; cut: boolean }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (answer.body === null) return { body: Buffer.alloc(0), bytes, cut: false };
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    if (bytes + chunk.length > maxBody) return { body: Buffer.concat(chunks), bytes: maxBody, cut: true };
    chunks.push(chunk);
    bytes += chunk.length;
  }
  return { body: Buffer.concat(chunks), bytes, cut: false };
}

function reasonOf(error: unknown, timeoutMs = 10_000): string {
  const { name, message, cause } = error as Error & { cause?: Error & { code?: string } };
  if (name === 'TimeoutError') return `no answer within ${Math.ceil(timeoutMs)} ms`;
  if (name === 'AbortError') return 'stopped';
  return cause === undefined ? message : (reasons[cause.code ?? ''] ?? cause.code ?? cause.message);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset before the answer was whole',
  UND_ERR_SOCKET: 'the connection was closed before the answer was whole',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ETIMEDOUT: 'no connection in time',
  EHOSTUNREACH: 'no way to the host',
  ENOTFOUND: 'the name of the host is not known',
};
