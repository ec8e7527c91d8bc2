import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckContext } from '@release-runbook/checks/types';
import { openHosts } from '@release-runbook/hosts/open';
import type { Hosts } from '@release-runbook/hosts/types';
import { parseThreshold } from '@release-runbook/units/threshold';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen[];
  readonly close: () => Promise<void>;
}

/** A real server whose answers are a function of the request. */
export async function serve(answer: (seen: Seen, response: ServerResponse) => void): Promise<TestServer> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

export function json(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

export async function workspace(): Promise<{ root: string; hosts: Hosts; close: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'checks-'));
  const hosts = await openHosts(
    { app: { local: true, directory: root } },
    { system: 'checks-test', environment: 'unit' },
    {} as never,
  );
  return {
    root,
    hosts,
    async close() {
      await hosts.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export function contextOf(hosts: Hosts, more: Partial<CheckContext> = {}): CheckContext {
  return {
    hosts,
    databases: {},
    variables: {},
    version: 'v1.1.0',
    previous: 'v1.0.0',
    git: undefined,
    commitChecks: undefined,
    defaultHost: undefined,
    ...more,
  };
}

export const below = (text: string) => parseThreshold(text);
