import type { Io, Output } from './io.ts';
import { main } from './main.ts';

/** `runbook` as a process: its streams, its signals, its exit code. */
export async function run(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  const io: Io = {
    stdout: lasting(process.stdout),
    stderr: lasting(process.stderr),
    env: process.env,
    now: () => new Date(),
    ...(process.stdin.isTTY === true && process.stdout.isTTY === true ? { ask } : {}),
    onSignal(listener) {
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
      };
    },
    exit: (code) => process.exit(code),
  };
  const code = await main(argv, io);
  // Connections kept alive must not keep the program; what is written must be out.
  process.exitCode = code;
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

/** A reader who goes away (`| head`, a closed terminal) ends the output, never a release in the middle. */
function lasting(stream: NodeJS.WriteStream): Output {
  let gone = false;
  stream.on('error', () => {
    gone = true;
  });
  return {
    write: (text) => {
      if (!gone) stream.write(text);
    },
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
  };
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || !stream.writable) return Promise.resolve();
  return new Promise((resolve) => stream.write('', () => resolve()));
}

async function ask(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-C and the end of input are no yes.
    const answer = await Promise.race([
      lines.question(question),
      new Promise<string>((resolve) => lines.once('close', () => resolve('')).once('SIGINT', () => resolve(''))),
    ]);
    return /^(y|yes|是)$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
