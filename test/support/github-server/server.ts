import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Validator } from './description.ts';
import { loadValidator } from './description.ts';
import type { Handler } from './handler.ts';
import { Refusal } from './handler.ts';
import { rateLimit } from './handlers/actions.ts';
import { createObjects } from './objects.ts';
import { paged } from './paging.ts';
import type { Route } from './routes.ts';
import { createRouter, handlers } from './routes.ts';
import type { Seed } from './seed.ts';
import { createSeed } from './seed.ts';
import type { Scope, State } from './state.ts';
import { emptyState } from './state.ts';
import type { Injected, Reply, Trouble } from './trouble.ts';
import { createTroubles, troubledReply } from './trouble.ts';

export type Options = {
  owner?: string;
  repo?: string;
  /** When given, requests without exactly this token are refused with 401. */
  token?: string;
  permissions?: State['permissions'];
  actor?: State['actor'];
  immutableReleases?: boolean;
  /** The clock behind all times that the server writes. */
  now?: () => Date;
  port?: number;
};

export type Recorded = {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: unknown;
  /** What was answered; 0 while it is not, and when the connection was cut or left hanging. */
  status: number;
  /** True when a `fail` had its hand in it. */
  troubled: boolean;
};

export type GitHubServer = {
  /** For GITHUB_API_URL and Octokit's `baseUrl`. */
  url: string;
  state: State;
  seed: Seed;
  /** All requests, oldest first. */
  requests: Recorded[];
  /** What broke GitHub's description, by client or server, one sentence each. Tests assert that it is empty. */
  violations: string[];
  fail(trouble: Trouble): Injected;
  close(): Promise<void>;
};

const documentation = 'https://docs.github.com/rest';
const writes = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);

function permitted(state: State, handler: Handler, writing: boolean): boolean {
  if (handler.scope.length === 0) return true;
  const level = (scope: Scope) =>
    typeof state.permissions === 'string' ? state.permissions : (state.permissions[scope] ?? 'none');
  if (writing) return handler.scope.some((scope) => ['all', 'write'].includes(level(scope)));
  // What is public can be read by any token; the metadata by whoever sees the repository.
  return !state.repo.private || handler.scope.some((scope) => scope === 'metadata' || level(scope) !== 'none');
}

/** GitHub takes `token X` and `Bearer X` alike. */
function authorized(header: string | undefined, token: string): boolean {
  const [scheme = '', given] = (header ?? '').split(/ +/);
  return ['token', 'bearer'].includes(scheme.toLowerCase()) && given === token;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * GitHub's REST API for one repository, in memory, on a free port of 127.0.0.1. Each request and answer is held against
 * GitHub's own description. The first start on a machine fetches that (some four seconds).
 */
export async function startGitHubServer(options: Options = {}): Promise<GitHubServer> {
  const validator: Validator = await loadValidator();
  const now = options.now ?? (() => new Date());
  const state = emptyState(options.owner ?? 'acme', options.repo ?? 'shop');
  if (options.permissions) state.permissions = options.permissions;
  if (options.actor) state.actor = options.actor;
  state.immutableReleases = options.immutableReleases ?? false;
  const seed = createSeed(state, now);
  const route = createRouter(validator.operations);
  const missing = validator.operations.filter((key) => !(key in handlers) && key !== 'GET /rate_limit');
  if (missing.length) throw new Error(`operations.json names what no handler answers: ${missing.join(', ')}`);
  const troubles = createTroubles();
  const requests: Recorded[] = [];
  const violations: string[] = [];
  const closing = new AbortController();
  let url = '';

  const refuse = (status: number, message: string, errors?: object[]): Reply => ({
    status,
    body: { message, ...(errors && { errors }), documentation_url: documentation, status: String(status) },
    headers: {},
  });

  /** The answer of a GitHub that is well. */
  function reply(recorded: Recorded, at: Route | undefined, raw: Buffer): Reply {
    const { method, path, headers } = recorded;
    const line = `${method} ${path}`;
    const asked = new URL(path, url);
    if (!headers['user-agent']) {
      violations.push(`${line}: no User-Agent, which GitHub refuses`);
      return refuse(403, 'Request forbidden by administrative rules.');
    }
    if (options.token && !authorized(headers.authorization, options.token)) {
      return refuse(401, headers.authorization ? 'Bad credentials' : 'Requires authentication');
    }
    if (!at) {
      violations.push(`${line}: not among the operations that this server answers (operations.json)`);
      return refuse(404, 'Not Found');
    }
    const answer = (): Reply => {
      const { owner, repo } = at.path;
      if (
        owner !== undefined &&
        (owner.toLowerCase() !== state.repo.owner.toLowerCase() ||
          repo?.toLowerCase() !== state.repo.name.toLowerCase())
      ) {
        return refuse(404, 'Not Found');
      }
      const wrong = validator.request(at.key, { path: at.path, query: asked.searchParams, body: recorded.body });
      if (wrong.length) {
        violations.push(...wrong.map((one) => `${line}: ${one}`));
        return refuse(422, `Invalid request.\n\n${wrong.join('\n')}`);
      }
      if (at.key === 'GET /rate_limit') {
        const core = rateLimit(requests.length, now());
        return { status: 200, body: { resources: { core, search: core }, rate: core }, headers: {} };
      }
      const handler = handlers[at.key];
      if (!handler) throw new Error(`no handler for ${at.key}`);
      if (!permitted(state, handler, writes.has(method))) return refuse(403, 'Resource not accessible by integration');
      const body = (typeof recorded.body === 'object' && recorded.body !== null ? recorded.body : {}) as Record<
        string,
        unknown
      >;
      const objects = createObjects(state, url);
      const result = handler.answer({
        state,
        seed,
        objects,
        path: at.path,
        query: asked.searchParams,
        body,
        raw,
        headers,
      });
      if ('status' in result) return { ...result, headers: {} };
      const { part, link } = paged(result.all, asked);
      const content = result.list ? { total_count: result.all.length, [result.list]: part } : part;
      return { status: 200, body: content, headers: link ? { link } : {} };
    };
    let done: Reply;
    try {
      done = answer();
    } catch (error) {
      if (error instanceof Refusal) done = refuse(error.status, error.message, error.errors);
      else {
        violations.push(`${line}: the test server itself failed: ${(error as Error).stack}`);
        done = refuse(500, 'Server Error');
      }
    }
    // As the client will see it: through JSON.
    const seen = done.body === undefined ? undefined : JSON.parse(JSON.stringify(done.body));
    for (const wrong of validator.response(at.key, done.status, seen))
      violations.push(`${line}: ${done.status}: ${wrong}`);
    return done;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyOf(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const recorded: Recorded = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers,
      body: undefined,
      status: 0,
      troubled: false,
    };
    requests.push(recorded);
    const line = `${recorded.method} ${recorded.path}`;
    const at = route(recorded.method, new URL(recorded.path, url).pathname);
    if (raw.length && at && !validator.takesJson(at.key)) recorded.body = `${raw.length} bytes`;
    else if (raw.length) {
      try {
        recorded.body = JSON.parse(raw.toString('utf8'));
      } catch {
        violations.push(`${line}: the body is not JSON`);
        recorded.body = raw.toString('utf8');
      }
    }
    const trouble = troubles.meet(line);
    recorded.troubled = trouble !== undefined;
    if (trouble?.delayMs) await sleep(trouble.delayMs, undefined, { signal: closing.signal });
    if (trouble?.hang) return;
    if (trouble?.drop === true) {
      request.socket.destroy();
      return;
    }
    const done = (trouble && troubledReply(trouble, now())) ?? reply(recorded, at, raw);
    if (trouble?.drop === 'answer') {
      request.socket.destroy();
      return;
    }
    recorded.status = done.status;
    const limits = rateLimit(requests.length, now());
    const text = done.text ?? (done.body === undefined ? '' : JSON.stringify(done.body));
    const content = Buffer.from(text);
    response.writeHead(done.status, {
      ...(content.length && { 'content-type': 'application/json; charset=utf-8' }),
      ...(done.status !== 204 && { 'content-length': content.length }),
      'x-github-media-type': 'github.v3; format=json',
      'x-github-request-id': `TEST:${requests.length}`,
      'x-ratelimit-limit': limits.limit,
      'x-ratelimit-remaining': limits.remaining,
      'x-ratelimit-reset': limits.reset,
      'x-ratelimit-resource': 'core',
      'x-ratelimit-used': limits.used,
      ...done.headers,
    });
    if (!trouble?.truncated) {
      response.end(content);
      return;
    }
    response.write(content.subarray(0, Math.floor(content.length / 2)), () => request.socket.destroy());
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!closing.signal.aborted) violations.push(`${request.method} ${request.url}: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    state,
    seed,
    requests,
    violations,
    fail: (trouble) => troubles.fail(trouble),
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
