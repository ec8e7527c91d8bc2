import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { frame } from './agent.ts';

/** Starts BOOT on a host; the caller owns its streams. Throws RunbookError when the host cannot be reached. */
export type Transport = () => Promise<ChildProcessWithoutNullStreams>;

/** Output kept of one stream. More is cut in the middle: beginnings and ends tell most. */
const KEEP = 1024 * 1024;

export function collector(onText?: (text: string) => void, keep = KEEP): { add(chunk: Buffer): void; text(): string } {
  const chunks: Buffer[] = [];
  let kept = 0;
  let dropped = 0;
  const decoder = new TextDecoder();
  return {
    add(chunk) {
      onText?.(decoder.decode(chunk, { stream: true }));
      chunks.push(chunk);
      kept += chunk.length;
      while (kept > keep && chunks.length > 1) {
        const first = chunks.shift() as Buffer;
        kept -= first.length;
        dropped += first.length;
      }
    },
    text: () => (dropped > 0 ? `[${dropped} bytes left out]\n` : '') + Buffer.concat(chunks).toString('utf8'),
  };
}

/** Hands a text on in whole lines: what is looked for in it (a secret, say) may come in two pieces. `end` hands on the rest. */
export function wholeLines(onText: ((text: string) => void) | undefined): { add(text: string): void; end(): void } {
  let rest = '';
  return {
    add(text) {
      const all = rest + text;
      const end = all.lastIndexOf('\n') + 1;
      rest = all.slice(end);
      if (end > 0) onText?.(all.slice(0, end));
    },
    end() {
      if (rest !== '') onText?.(rest);
      rest = '';
    },
  };
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  readonly timedOut: boolean;
}

/**
 * Sends a framed program, then `blocks`, and waits for the end. With `lifeline`, standard input stays open, and a time-out closes
 * it; without, it is closed after the blocks and a time-out kills.
 */
export async function converse(
  transport: Transport,
  program: string,
  options: {
    blocks?: readonly (string | Uint8Array)[];
    timeoutMs: number;
    lifeline?: boolean;
    whole?: boolean;
    onOutput?: ((text: string) => void) | undefined;
    onError?: ((text: string) => void) | undefined;
  },
): Promise<Ended> {
  const started = performance.now();
  const child = await transport();
  return await new Promise<Ended>((resolve, reject) => {
    const out = collector(options.onOutput, options.whole ? Number.POSITIVE_INFINITY : KEEP);
    const err = collector(options.onError);
    let timedOut = false;
    child.stdout.on('data', (chunk: Buffer) => out.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.add(chunk));
    // A program that ends without reading its input breaks the pipe; its exit code tells the story.
    child.stdin.on('error', () => {});
    const timer = setTimeout(() => {
      timedOut = true;
      child.stdin.end();
      // The other end gets the time to stop its group; a host that answers no more is given up.
      setTimeout(() => child.kill('SIGKILL'), options.lifeline ? 15_000 : 1_000).unref();
    }, options.timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const number = code ?? (signal === 'SIGKILL' ? 137 : 143);
      resolve({ code: number, stdout: out.text(), stderr: err.text(), ms: performance.now() - started, timedOut });
    });
    child.stdin.write(frame(program));
    for (const block of options.blocks ?? []) child.stdin.write(block);
    if (!options.lifeline) child.stdin.end();
  });
}

/** A child with all three pipes, in a session of its own: a signal to the runner's group is for the runner to answer. */
export function start(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ChildProcessWithoutNullStreams {
  return spawn(program, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
}
