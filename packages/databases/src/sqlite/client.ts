import { randomBytes } from 'node:crypto';
import type { Host } from '@release-runbook/hosts/types';
import type { SqliteSpec } from '@release-runbook/runbook/schema/databases';
import { formatDuration } from '@release-runbook/units/duration';
import { RunbookError } from '@release-runbook/units/error';
import { cliProgram, cliReply, cliScript } from './cli.ts';
import { PROGRESS, type Reply, type Request, type Result, type Step } from './protocol.ts';

/** SQLite's own message, and the step at which it came. */
export class SqliteError extends RunbookError {
  override readonly name = 'SqliteError';
  readonly step: number;
  /** As SQLite says it. */
  readonly words: string;
  constructor(message: string, step: number, words: string, hint?: string) {
    super(message, { hint });
    this.step = step;
    this.words = words;
  }
}

export interface Session {
  readonly steps: readonly Step[];
  readonly attach?: Request['attach'];
  readonly timeoutMs?: number;
  /** Bytes of a backup. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

export interface Client {
  /** One connection to the file at `path` (absolute), its steps in order. Throws SqliteError. */
  run(path: string, session: Session): Promise<{ version: string; results: readonly Result[] }>;
}

const BUSY_MS = 5_000;
const LONG = 6 * 3_600_000;

export function makeClient(name: string, spec: SqliteSpec, host: Host): Client {
  let found: Promise<Speaker> | undefined;
  const busyMs = spec['busy-timeout'] ?? BUSY_MS;
  return {
    async run(path, { steps, attach = [], timeoutMs = LONG, progress }) {
      found ??= choose(name, spec, host);
      found.catch(() => {
        found = undefined;
      });
      const speak = await found;
      const request: Request = { protocol: 1, path, busyMs, attach, steps };
      const reply = await speak(request, { timeoutMs, ...(progress && { onOutput: progressReader(progress) }) });
      if (!reply.ok) throw describe(name, path, reply, busyMs);
      return reply;
    },
  };
}

function describe(
  name: string,
  path: string,
  { at, message }: { at: number; message: string },
  busyMs: number,
): SqliteError {
  const fail = (text: string, hint?: string) => new SqliteError(`database ${name}: ${text}`, at, message, hint);
  if (/database (table )?is locked/.test(message))
    return fail(
      `another program held a lock for longer than ${formatDuration(busyMs)}; nothing was changed`,
      `see who holds it: fuser -v '${path}' or lsof '${path}'; a longer wait is set by busy-timeout`,
    );
  if (/no such file|unable to open/.test(message))
    return fail(
      `the file ${path} cannot be opened: ${message}`,
      "is `path:` right, relative to the host's directory, and may this user read and write it and its folder?",
    );
  if (/No space left|disk is full/.test(message)) return fail(message, `free some space on its host (df -h '${path}')`);
  if (/no such module/.test(message))
    return fail(message, "the client's SQLite lacks this extension; set `client:` to one that has it");
  if (/readonly database/.test(message)) return fail(message, `this user may not write ${path}, or not its folder`);
  return fail(message);
}

type Speaker = (request: Request, options: { timeoutMs: number; onOutput?: (text: string) => void }) => Promise<Reply>;

const PROBE = `
if command -v python3 >/dev/null 2>&1; then
  python3 -I -c 'import sqlite3, sys; print("python3", sqlite3.sqlite_version, int(sys.version_info >= (3, 7)))' 2>/dev/null || :
fi
if command -v sqlite3 >/dev/null 2>&1; then echo "sqlite3 $(sqlite3 --version | cut -d " " -f 1) 1"; fi
`;

/** python3 first: it reports progress, and its values need no parsing. */
async function choose(name: string, spec: SqliteSpec, host: Host): Promise<Speaker> {
  if (Array.isArray(spec.client)) return program(name, host, spec.client);
  const versions = new Map<string, string>();
  for (const line of (await host.shell(PROBE)).stdout.split('\n')) {
    const [client = '', version = '', usable] = line.split(' ');
    if (usable === '1' && newer(version, client === 'sqlite3' ? 33 : 8)) versions.set(client, version);
  }
  for (const client of spec.client === undefined ? ['python3', 'sqlite3'] : [spec.client]) {
    const version = versions.get(client);
    if (version === undefined) continue;
    if (client === 'sqlite3') return cli(host, version);
    const { PYTHON } = await import('./python.ts');
    return program(name, host, ['python3', '-I', '-c', PYTHON]);
  }
  const looked = spec.client ?? 'python3 (3.7 or newer, with its module sqlite3) and sqlite3 (3.33 or newer)';
  throw new RunbookError(
    `database ${name}: nothing on host ${host.name} can open SQLite files; looked for ${looked}; nothing was changed`,
    {
      hint: `apt-get install ${spec.client ?? 'python3'}, or name a program of your own with \`client:\``,
    },
  );
}

function newer(version: string, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > 3 || (a === 3 && b >= minor);
}

function program(name: string, host: Host, command: readonly string[]): Speaker {
  return async (request, options) => {
    const ended = await host.exec(command, { input: JSON.stringify(request), ...options });
    const last = ended.stdout.trimEnd().split('\n').at(-1) ?? '';
    try {
      return JSON.parse(last) as Reply;
    } catch {
      const words = ended.timedOut
        ? `no answer within ${formatDuration(options.timeoutMs)}`
        : ended.stderr.trim().slice(-500) || `exit ${ended.code}`;
      throw new SqliteError(`database ${name}: its client ${command[0]} gave no answer: ${words}`, -1, words);
    }
  };
}

function cli(host: Host, version: string): Speaker {
  return async (request, options) => {
    const mark = `mark-${randomBytes(12).toString('hex')}`;
    const ended = await host.exec(cliProgram(request.path), {
      input: cliScript(request, version, mark),
      timeoutMs: options.timeoutMs,
    });
    return cliReply(
      ended.stdout,
      ended.timedOut ? 'Error: no answer in time' : ended.stderr,
      mark,
      request.steps.length,
    );
  };
}

function progressReader(tell: (done: number, total: number) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const match = PROGRESS.exec(line);
      if (match) tell(Number(match[1]), Number(match[2]));
    }
  };
}
