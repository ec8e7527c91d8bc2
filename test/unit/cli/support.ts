import type { Io, Output } from '@release-runbook/cli/io';
import { main } from '@release-runbook/cli/main';

export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly exits: readonly number[];
}

export interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly tty?: boolean;
  readonly answer?: boolean;
  /** Called with a function that sends a signal. */
  readonly started?: (signal: () => void, seen: () => string) => void;
}

export function fakeIo(around: Around = {}): { io: Io; called: () => Omit<Called, 'code'>; signal: () => void } {
  let out = '';
  let err = '';
  const exits: number[] = [];
  const listeners = new Set<(signal: 'SIGINT') => void>();
  const { answer } = around;
  const output = (write: (text: string) => void): Output => ({ write, isTTY: around.tty, columns: 60 });
  const io: Io = {
    stdout: output((text) => {
      out += text;
    }),
    stderr: output((text) => {
      err += text;
    }),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...around.env },
    now: () => new Date(),
    ...(answer === undefined
      ? {}
      : {
          ask: async (question: string) => {
            out += question;
            return answer;
          },
        }),
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exit: (code) => void exits.push(code),
  };
  const signal = () => {
    for (const listener of listeners) listener('SIGINT');
  };
  return { io, called: () => ({ out, err, exits }), signal };
}

/** Calls the program as a shell would, in this process. */
export async function runbook(argv: readonly string[], around: Around = {}): Promise<Called> {
  const { io, called, signal } = fakeIo(around);
  around.started?.(signal, () => called().out);
  const code = await main(argv, io);
  return { code, ...called() };
}
