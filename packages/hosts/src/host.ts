import { isAbsolute, posix } from 'node:path';
import type { HostSpec } from '@release-runbook/runbook/schema/hosts';
import { RunbookError } from '@release-runbook/units/error';
import { AGENT, quote, REFUSED } from './agent.ts';
import { isConnectionError, noSpace, Refusal, unreachable } from './error.ts';
import { callFenced, parseSweep, SWEEP } from './fence.ts';
import type { Address, Forward } from './forward.ts';
import { GRACE_TENTHS } from './group.ts';
import { exec, prelude } from './programs.ts';
import { JOB_STATE, jobFolder, parseJobState, STOP_JOB, supervise } from './supervise.ts';
import { converse, type Transport } from './transport.ts';
import type { ExecOptions, Fence, Host, ProgramResult, Transfer } from './types.ts';

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
  forward(to: Address): Promise<Forward>;
  close(): Promise<void>;
}

const EXEC_TIMEOUT = 60_000;

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

  let fence: Fence | undefined;
  let unswept = false;
  const isFenced = (options: ExecOptions = {}) => fence !== undefined && options.unfenced !== true;
  const run = async (program: string, options: ExecOptions = {}): Promise<ProgramResult> => {
    const { input, onOutput, whole = false, timeoutMs = EXEC_TIMEOUT } = options;
    if (fence !== undefined && isFenced(options)) {
      if (unswept) await host.sweep();
      return callFenced(connection, program, { fence, folder: await state(), input, onOutput, whole, timeoutMs });
    }
    const blocks = input === undefined ? [] : [input];
    const ended = await converse(connection.transport, program, { blocks, timeoutMs, onOutput, whole });
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
      // A lifeline that closes needs no second clock.
      const guarded =
        connection.kind === 'ssh' && !isFenced(options) ? ['timeout', '-k', '2', String(seconds), ...program] : program;
      return run(prelude(spec, await resolve(options.directory), options.env) + exec(guarded), options);
    },
    async shell(text, options = {}) {
      return run(
        prelude(spec, await resolve(options.directory), { RR_STATE: await state(), ...options.env }) + text,
        options,
      );
    },
    fence(one) {
      fence = one;
    },
    async sweep() {
      if (fence === undefined) throw new Error('a sweep needs a fence');
      unswept = true;
      const done = await host.shell(SWEEP, {
        directory: '/',
        env: { RR_EPOCH: String(fence.epoch), RR_GRACE: String(GRACE_TENTHS) },
        unfenced: true,
        whole: true,
      });
      if (done.code === REFUSED.epoch) throw new Refusal('epoch', connection.label);
      if (done.code === REFUSED.space) throw noSpace(connection.label, await state());
      const { found, left } = parseSweep(done.stdout);
      if (done.code !== 0 || left.length > 0)
        throw new RunbookError(
          `host ${connection.label}: ${left.length > 0 ? `process group ${left.join(', ')} of an earlier run still runs there, also after KILL` : `what an earlier run left there could not be looked for (exit ${done.code}): ${done.stderr.trim()}`}; nothing else was started there`,
          { hint: `see what it waits for: ps -o pid,pgid,stat,wchan,args -g ${left[0] ?? 'PID'}` },
        );
      unswept = false;
      return found;
    },
    async supervise(job) {
      if (unswept) await host.sweep();
      return supervise(job, { folder: await state(), directory: await resolve(job.directory), spec, connection });
    },
    async jobState(release, id) {
      const folder = posix.join(await state(), jobFolder(release, id));
      const found = await host.shell(JOB_STATE, { directory: '/', env: { RR_JOB: folder }, unfenced: true });
      return parseJobState(found.stdout);
    },
    async stopJob(release, id, graceMs = 5_000) {
      const folder = posix.join(await state(), jobFolder(release, id));
      const found = await host.shell(STOP_JOB, {
        directory: '/',
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
        unfenced: true,
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
    async send(localPath, remotePath, progress) {
      // The bytes need no guard: they end with their sender, under a name that is no one's yet.
      if (fence !== undefined) await host.shell(':\n');
      return connection.send(localPath, await resolve(remotePath), host, progress);
    },
    fetch: async (remotePath, localPath, progress) =>
      connection.fetch(await resolve(remotePath), localPath, host, progress),
    forward: (to) => connection.forward(to),
    close: () => connection.close(),
  };
  return host;
}

function absolute(path: string, base: string, home: string): string {
  if (path === '~' || path.startsWith('~/')) return posix.join(home, path.slice(1));
  return isAbsolute(path) ? path : posix.join(base, path);
}
