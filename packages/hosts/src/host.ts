import { createHash } from 'node:crypto';
import { isAbsolute, posix } from 'node:path';
import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import { RunbookError } from '@release-runbook/units/error';
import { AGENT, quote, REFUSED, SUPERVISE } from './agent.ts';
import { HostError } from './error.ts';
import { exec, launcher, prelude } from './programs.ts';
import { converse, type Transport, wholeLines } from './transport.ts';
import type { ExecOptions, Host, Job, JobResult, JobState, ProgramResult, Transfer } from './types.ts';

/** Which environment of which system a host serves; its folder there is named after both. */
export interface Scope {
  readonly system: string;
  readonly environment: string;
  /** Where the suite keeps its things on a host. Default: \`~/.release-runbook\`. */
  readonly root?: string;
}

/** The part in which hosts differ: how BOOT is started there, and how files get there and back. */
export interface Connection {
  readonly kind: Host['kind'];
  /** For messages: `app (deploy@app.example.com)`. */
  readonly label: string;
  readonly transport: Transport;
  /** Folder that a relative `directory:` starts from; undefined: the login directory. */
  readonly base: string | undefined;
  send(localPath: string, remotePath: string, host: Host, progress?: (bytes: number) => void): Promise<Transfer>;
  fetch(remotePath: string, localPath: string, host: Host, progress?: (bytes: number) => void): Promise<Transfer>;
  close(): Promise<void>;
}

const EXEC_TIMEOUT = 60_000;
const JOB_TIMEOUT = 30 * 60_000;
const GRACE_TENTHS = 50;
const BEAT = 5_000;

/** The name of a job's folder. */
export function jobFolder(release: string, id: string): string {
  const safe = (text: string) => text.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
  return `jobs/${safe(release)}/${safe(id)}`;
}

export function makeHost(name: string, spec: HostSpec, scope: Scope, connection: Connection): Host {
  let home: Promise<string> | undefined;
  const where = () => {
    home ??= (async () => {
      const found = await converse(
        connection.transport,
        'printf "%s\\n" "$HOME"; for p in flock setsid dd tail; do command -v "$p" >/dev/null || echo "$p"; done\n',
        {
          timeoutMs: EXEC_TIMEOUT,
        },
      );
      if (found.code !== 0) throw unreachable(connection.label, found.stderr, found.timedOut);
      const [folder = '', ...missing] = found.stdout.trim().split('\n');
      if (missing.length > 0)
        throw new RunbookError(`host ${connection.label}: ${missing.join(', ')} not found there; nothing was changed`, {
          hint: 'install util-linux and coreutils on the host (Debian: apt-get install util-linux coreutils)',
        });
      return folder;
    })();
    home.catch(() => {
      home = undefined;
    });
    return home;
  };
  const resolve = async (path: string | undefined): Promise<string> => {
    const root = await where();
    const base = connection.base ?? root;
    const start = absolute(spec.directory ?? '.', base, root);
    return path === undefined ? start : absolute(path, start, root);
  };
  const state = async () =>
    posix.join(scope.root ?? posix.join(await where(), '.release-runbook'), scope.system, scope.environment);

  const run = async (program: string, options: ExecOptions = {}): Promise<ProgramResult> => {
    const ended = await converse(connection.transport, program, {
      blocks: options.input === undefined ? [] : [options.input],
      timeoutMs: options.timeoutMs ?? EXEC_TIMEOUT,
      onOutput: options.onOutput,
      whole: options.whole ?? false,
    });
    if (ended.code === 255 && isConnectionError(ended.stderr)) throw unreachable(connection.label, ended.stderr, false);
    return ended;
  };

  const host: Host = {
    name,
    kind: connection.kind,
    spec,
    state,
    directory: () => resolve(undefined),
    async exec(program, options = {}) {
      const seconds = Math.ceil((options.timeoutMs ?? EXEC_TIMEOUT) / 1000) + 2;
      const guarded = connection.kind === 'ssh' ? ['timeout', '-k', '2', String(seconds), ...program] : program;
      return run(prelude(spec, await resolve(options.directory), options.env) + exec(guarded), options);
    },
    async shell(text, options = {}) {
      return run(
        prelude(spec, await resolve(options.directory), { RR_STATE: await state(), ...options.env }) + text,
        options,
      );
    },
    async supervise(job) {
      return supervise(job, { folder: await state(), directory: await resolve(job.directory), spec, connection });
    },
    async jobState(release, id) {
      const folder = posix.join(await state(), jobFolder(release, id));
      const found = await host.shell(`${AGENT}${JOB_STATE}`, { env: { RR_JOB: folder } });
      return parseJobState(found.stdout);
    },
    async stopJob(release, id, graceMs = 5_000) {
      const folder = posix.join(await state(), jobFolder(release, id));
      const text = `${AGENT}if pid=$(rr_pid "$RR_JOB"); then rr_stop "$pid" "$RR_TENTHS"; fi\n${JOB_STATE}`;
      const found = await host.shell(text, {
        env: { RR_JOB: folder, RR_TENTHS: String(Math.ceil(graceMs / 100)) },
        timeoutMs: graceMs + 30_000,
      });
      return parseJobState(found.stdout);
    },
    async daemon(options) {
      const inside =
        prelude(spec, await resolve(options.directory), options.env) +
        // The daemon closes what it inherited, so that no caller waits for it.
        `mkdir -p ${quote(posix.dirname(options.log))} ${quote(posix.dirname(options.pidFile))}\n` +
        `setsid sh -c 'echo "$$" >"$0.partial" && mv "$0.partial" "$0"; exec "$@"' ${quote(options.pidFile)} ${options.program.map(quote).join(' ')} ` +
        `</dev/null >>${quote(options.log)} 2>&1 &\necho "$!"\n`;
      const started = await run(inside);
      if (started.code !== 0)
        throw new RunbookError(
          `host ${connection.label}: ${options.program[0]} could not be started: ${started.stderr.trim()}`,
        );
      return Number(started.stdout.trim());
    },
    async read(path) {
      const found = await host.shell('[ -e "$RR_FILE" ] || exit 3\ncat -- "$RR_FILE"\n', {
        env: { RR_FILE: await resolve(path) },
        whole: true,
      });
      if (found.code === 3) return undefined;
      if (found.code !== 0)
        throw new RunbookError(`host ${connection.label}: ${path} cannot be read: ${found.stderr.trim()}`);
      return found.stdout;
    },
    async write(path, text, mode = 0o600) {
      const target = await resolve(path);
      const program = `${AGENT}mkdir -p "$(dirname "$RR_FILE")" && rr_block "$RR_FILE.partial" "$RR_LENGTH" && chmod "$RR_MODE" "$RR_FILE.partial" && sync "$RR_FILE.partial" 2>/dev/null; mv "$RR_FILE.partial" "$RR_FILE"\n`;
      const done = await host.shell(program, {
        env: { RR_FILE: target, RR_LENGTH: String(Buffer.byteLength(text)), RR_MODE: mode.toString(8) },
        input: text,
      });
      if (done.code === REFUSED.space) throw noSpace(connection.label, target);
      if (done.code !== 0)
        throw new RunbookError(`host ${connection.label}: ${target} cannot be written: ${done.stderr.trim()}`);
    },
    send: async (localPath, remotePath, progress) =>
      connection.send(localPath, await resolve(remotePath), host, progress),
    fetch: async (remotePath, localPath, progress) =>
      connection.fetch(await resolve(remotePath), localPath, host, progress),
    close: () => connection.close(),
  };
  return host;
}

async function supervise(
  job: Job,
  {
    folder,
    directory,
    spec,
    connection,
  }: { folder: string; directory: string; spec: HostSpec; connection: Connection },
): Promise<JobResult> {
  const place = posix.join(folder, jobFolder(job.release, job.id));
  const { line, script } = launcher(job.run, posix.join(place, 'script'));
  // The launcher holds what may be secret: it removes itself when it has been read.
  const run = `rm -f "$0"\n${prelude(spec, directory, job.env)}${line}`;
  const announce = job.announce;
  const appended = announce === undefined ? '' : `${announce.line}\n`;
  const program = `${AGENT}${SUPERVISE}
RR_STATE=${quote(folder)} RR_JOB=${quote(place)} RR_EPOCH=${job.epoch} RR_GRACE=${GRACE_TENTHS}
rr_mutex; rr_epoch
mkdir -p "$RR_JOB" && rm -f "$RR_JOB/pid" "$RR_JOB/exit" "$RR_JOB/heartbeat" "$RR_JOB/stopping" || exit 73
rr_block "$RR_JOB/run" ${Buffer.byteLength(run)}; rr_block "$RR_JOB/script" ${Buffer.byteLength(script)}
${announce === undefined ? '' : `rr_append ${quote(announce.record)} ${quote(announce.nonce)} ${announce.seq} ${Buffer.byteLength(appended)}`}
rr_supervise
`;
  const lines = wholeLines(job.onOutput);
  const ended = await converse(connection.transport, program, {
    blocks: [run, script, appended],
    timeoutMs: job.timeoutMs ?? JOB_TIMEOUT,
    beatMs: BEAT,
    onOutput: lines.add,
  });
  lines.end();
  const exit = /^rr-exit (\d+)$/m.exec(ended.stderr);
  if (/^rr-full$/m.test(ended.stderr))
    throw new HostError(
      'no-space',
      `host ${connection.label}: no space left at ${place} while ${job.id} ran, so how it ended could not be written there`,
      {
        hint: `free some space there first (df -h ${folder})`,
      },
    );
  if (exit) return { code: Number(exit[1]), output: ended.stdout, ms: ended.ms, timedOut: ended.timedOut };
  if (ended.timedOut) return { code: 137, output: ended.stdout, ms: ended.ms, timedOut: true };
  throw refused(ended.code, ended.stderr, job, connection.label, place);
}

function refused(code: number, stderr: string, job: Job, label: string, place: string): Error {
  if (code === REFUSED.conflict || code === REFUSED.lock || code === REFUSED.epoch) return new Refusal(code, job.id);
  if (code === REFUSED.space) return noSpace(label, place);
  if (/^rr-started /m.test(stderr))
    return new HostError(
      'unreachable',
      `the connection to host ${label} broke while ${job.id} ran there; with the connection gone, it is stopped there with all that it had started`,
      {
        hint: 'once the host answers again; the rollback looks first whether it still runs',
      },
    );
  if (code === 255 || isConnectionError(stderr)) return unreachable(label, stderr, false);
  return new RunbookError(`host ${label}: ${job.id} could not be supervised (exit ${code}): ${stderr.trim()}`, {
    hint: 'whether it was started is not known; `runbook rollback` looks before it undoes anything',
  });
}

/** The host refused an append or a start: another writer (70), another holder (71), a newer epoch (72). */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, what: string) {
    super(`refused (${code}): ${what}`);
    this.code = code;
  }
}

const JOB_STATE = `
if pid=$(rr_pid "$RR_JOB"); then
  read -r pid start epoch <"$RR_JOB/pid"
  now=$(date +%s); beat=$(stat -c %Y "$RR_JOB/heartbeat" 2>/dev/null || stat -c %Y "$RR_JOB/pid")
  echo "running $pid $epoch $((now - beat))"
elif [ -s "$RR_JOB/exit" ]; then read -r code <"$RR_JOB/exit"; echo "done $code"
elif [ -e "$RR_JOB/out" ]; then echo lost
else echo none; fi
[ ! -e "$RR_JOB/out" ] || tail -c 20000 "$RR_JOB/out"
`;

function parseJobState(text: string): JobState {
  const end = text.indexOf('\n');
  const [word, a = '', b = '', c = ''] = text.slice(0, end).split(' ');
  const output = text.slice(end + 1);
  if (word === 'running')
    return { state: 'running', pid: Number(a), epoch: Number(b), heartbeatAgeMs: Number(c) * 1000 };
  if (word === 'done') return { state: 'done', code: Number(a), output };
  return word === 'lost' ? { state: 'lost', output } : { state: 'none' };
}

function absolute(path: string, base: string, home: string): string {
  if (path === '~' || path.startsWith('~/')) return posix.join(home, path.slice(1));
  return isAbsolute(path) ? path : posix.join(base, path);
}

export function isConnectionError(stderr: string): boolean {
  return /^(ssh: |ssh_exchange|kex_exchange|mux_client|Host key verification failed|.*Permission denied \(|Connection (closed|reset|timed out|refused)|client_loop: )/m.test(
    stderr,
  );
}

export function unreachable(label: string, stderr: string, timedOut: boolean): RunbookError {
  const said = stderr.trim().split('\n').at(-1) ?? '';
  const hint = /Host key verification/.test(stderr)
    ? "put the host's key into known_hosts (`ssh-keyscan -H HOST`, compare it with the host's own), or name a secret in `known-hosts:`"
    : /Permission denied/.test(stderr)
      ? "name the key in `key: $SECRET`, or add it to the host's authorized_keys"
      : 'try the same by hand: ssh -o BatchMode=yes USER@HOST true';
  return new HostError(
    'unreachable',
    `host ${label} cannot be reached: ${timedOut ? 'no answer in time' : said || 'ssh ended without a word'}; nothing was started there`,
    { hint },
  );
}

function noSpace(label: string, path: string): RunbookError {
  return new HostError(
    'no-space',
    `host ${label}: no space left, or not writable, at ${path}; the change was not started`,
    {
      hint: `free some space there (df -h ${posix.dirname(path)}) and run the same command again`,
    },
  );
}

/** SHA-256 of a text, hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
