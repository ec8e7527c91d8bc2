import type { Run } from '@release-runbook/runbook/schema/common';
import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import type { Address, Forward } from './forward.ts';

/** What a program on a host did. Output is kept up to a bound (1 MiB each) and marked when cut. */
export interface ProgramResult {
  /** Exit code; 128 + N after signal N, as shells say it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  readonly timedOut: boolean;
}

export interface ExecOptions {
  /** Where it starts; relative to the host's directory. Default: the host's directory. */
  readonly directory?: string;
  /** Added to the host's own `env:`. Values never appear in an argument list. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Default 60 s; the program is killed after it. */
  readonly timeoutMs?: number;
  readonly onOutput?: (text: string) => void;
  /** Keep all of the output: for files that are read, never for programs that talk. */
  readonly whole?: boolean;
  /** Past the fence: for what only reads, and for the record, whose calls compare lock and epoch themselves. */
  readonly unfenced?: boolean;
}

/**
 * What a run that holds the environment's lock puts around its calls. Each is then refused (Refusal) by a host that has seen a
 * newer epoch, is stopped with all that it started when the runner or the connection dies, and can be found by a later run.
 */
export interface Fence {
  readonly release: string;
  /** Of the lock. */
  readonly epoch: number;
}

/** What an older run, or a dead one, had left running on a host; it is stopped by now. */
export interface Leftover {
  /** Of the leader of its process group. */
  readonly pid: number;
  /** Under the environment's folder on the host: `jobs/<release>/<id>`, or `jobs/<release>/call.<…>`. */
  readonly path: string;
  /** The leader's name, as the system has it. */
  readonly program: string;
}

/**
 * A change on a host, run under the supervisor: its own process group, its pid and epoch in a file, output to a file, and a
 * lifeline: when the runner or the connection dies, the group is stopped. How it ended can be asked later.
 */
export interface Job {
  /** Unique in the release: `migrate:main`, `undo-deploy:code`. Running an id again forgets its last run. */
  readonly id: string;
  readonly release: string;
  readonly epoch: number;
  readonly run: Run;
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default 30 min. */
  readonly timeoutMs?: number;
  /** Called with the output as it appears, in whole lines. */
  readonly onOutput?: (text: string) => void;
  /**
   * Appended to the record before the job starts, in the same call; only where this host is also the record's home.
   * The job is not started when the append is refused.
   */
  readonly announce?: Announcement;
}

/** What the supervisor needs to append an event in the same call: made by the record's store. */
export interface Announcement {
  readonly record: string;
  readonly nonce: string;
  readonly seq: number;
  readonly line: string;
}

export interface JobResult {
  readonly code: number;
  /** Both streams, in the order of their writing; the last 1 MiB. */
  readonly output: string;
  readonly ms: number;
  readonly timedOut: boolean;
}

/** What is known of a job on its host, read from what the supervisor left there. */
export type JobState =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly pid: number; readonly epoch: number }
  | { readonly state: 'done'; readonly code: number; readonly output: string }
  /** Begun, no longer running, and left no exit code: killed, or the host went down. */
  | { readonly state: 'lost'; readonly output: string };

export interface Transfer {
  readonly bytes: number;
  readonly sha256: string;
}

export interface Host {
  readonly name: string;
  readonly kind: 'local' | 'ssh';
  readonly spec: HostSpec;
  /** Absolute folder of the suite for this system and environment on the host: `~/.release-runbook/<system>/<environment>`. */
  state(): Promise<string>;
  /** Absolute path of the host's `directory:`. */
  directory(): Promise<string>;
  /** Runs a program with its arguments; no shell sees them. Does not throw for a code other than 0. */
  exec(program: readonly string[], options?: ExecOptions): Promise<ProgramResult>;
  /** Runs a POSIX sh text of the suite's own (never built from inputs; inputs go in `env`). */
  shell(text: string, options?: ExecOptions): Promise<ProgramResult>;
  /** Runs a change under the supervisor and waits for it. */
  supervise(job: Job): Promise<JobResult>;
  jobState(release: string, id: string): Promise<JobState>;
  /** Ends a job's process group (TERM, then KILL after `graceMs`, default 5 s). Returns what it found. */
  stopJob(release: string, id: string, graceMs?: number): Promise<JobState>;
  /**
   * From now on every `exec`, `shell`, `daemon`, `write` and `send` is behind this fence. A daemon, once it is started, is not:
   * it outlives its runner on purpose.
   */
  fence(fence: Fence): void;
  /**
   * Raises the epoch on the host to the fence's and stops everything that still runs there in the environment's name. As long
   * as that has not succeeded, nothing else is started there through this host.
   */
  sweep(): Promise<readonly Leftover[]>;
  /** Starts a program detached from everything (own session), output appended to `log`. Returns its pid. */
  daemon(options: {
    program: readonly string[];
    directory?: string;
    env?: Readonly<Record<string, string>>;
    log: string;
    pidFile: string;
  }): Promise<number>;
  /** Text of a file, undefined when there is none. */
  read(path: string): Promise<string | undefined>;
  /** Writes a file: partial name, fsync, rename. Mode default 0600. */
  write(path: string, text: string, mode?: number): Promise<void>;
  /** A file or folder to the host, hashed at both ends (a folder as a tar stream, hash of the stream). */
  send(localPath: string, remotePath: string, progress?: (bytes: number) => void): Promise<Transfer>;
  /** A file from the host, hashed at both ends; written as .partial and renamed. */
  fetch(remotePath: string, localPath: string, progress?: (bytes: number) => void): Promise<Transfer>;
  /** A way from this machine to an address as the host sees it; past the fence, as it is for drivers that read. */
  forward(to: Address): Promise<Forward>;
  /** Closes the connection. What runs under the supervisor is stopped by its lifeline. */
  close(): Promise<void>;
}

/** The environment's hosts by name; each is connected when first used. */
export interface Hosts {
  get(name: string): Host;
  names(): readonly string[];
  /** Puts the fence around the calls of all hosts, also of those that are opened later. */
  fence(fence: Fence): void;
  close(): Promise<void>;
}
