/** A stream that text goes to; a part of NodeJS.WriteStream. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What the program has of its surroundings: the process's own, or a test's. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** Asks a person yes or no; undefined where nobody can be asked (no TTY). */
  readonly ask?: ((question: string) => Promise<boolean>) | undefined;
  /** Calls back at each signal to end; returns how to stop listening. */
  readonly onSignal: (listener: (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void) => () => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}
