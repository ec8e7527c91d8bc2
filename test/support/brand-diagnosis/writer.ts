import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('scripts/writer.py', import.meta.url));
const BACKEND = fileURLToPath(
  new URL('../../../examples/brand-diagnosis/versions/v1/backend_python/', import.meta.url),
);

export type Writer = {
  /** Ids of the reports that were confirmed so far, in their order. */
  acknowledged: () => number[];
  /** What was refused or got no answer; by HTTP only. */
  failures: () => string[];
  stop: () => Promise<number[]>;
};
type Options = {
  /** The file that gets one id a line, each after its confirmation. */
  file: string;
  /** Milliseconds between two writes; default 50. */
  everyMs?: number;
};

/** Posts reports to an application or router until it is stopped. A post that fails is noted and not tried again. */
export function startHttpWriter(options: Options & { url: string }): Writer {
  const abort = new AbortController();
  const failed: string[] = [];
  const loop = async () => {
    for (let number = 1; !abort.signal.aborted; number += 1) {
      try {
        const response = await fetch(`${options.url}/api/reports`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ brand_name: `Writer brand ${number}`, question: 'Was this row kept?' }),
          signal: AbortSignal.timeout(10_000),
        });
        const body = (await response.json()) as { id?: number };
        if (response.status === 201 && typeof body.id === 'number') appendFileSync(options.file, `${body.id}\n`);
        else failed.push(`status ${response.status}`);
      } catch (error) {
        failed.push(String(error instanceof Error ? (error.cause ?? error) : error));
      }
      await sleep(options.everyMs ?? 50, undefined, { signal: abort.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  return {
    acknowledged: () => acknowledgedIn(options.file),
    failures: () => [...failed],
    stop: async () => {
      abort.abort();
      await ended;
      return acknowledgedIn(options.file);
    },
  };
}

/** Writes reports by python3's sqlite3 from a process of its own: it goes on while the application is stopped. */
export function startDatabaseWriter(options: Options & { database: string; python?: string }): Writer {
  const args = [SCRIPT, options.database, BACKEND, options.file, String(options.everyMs ?? 50)];
  const child = spawn(options.python ?? 'python3', args, { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(child, 'close');
  return {
    acknowledged: () => acknowledgedIn(options.file),
    failures: () => [],
    stop: async () => {
      child.stdin.end();
      await ended;
      return acknowledgedIn(options.file);
    },
  };
}

/** A torn last line was not yet confirmed to anybody and does not count. */
export function acknowledgedIn(file: string): number[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').slice(0, -1).map(Number);
}
