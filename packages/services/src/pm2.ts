import { stripVTControlCharacters } from 'node:util';
import { lastLines } from '@release-runbook/hosts/run';
import type { ExecOptions, Host, ProgramResult } from '@release-runbook/hosts/types';
import type { Pm2Spec } from '@release-runbook/runbook/schema/services';
import { RunbookError } from '@release-runbook/units/error';
import type { Manager, ManagerStatus } from './manager.ts';
import type { ManagerContext } from './open.ts';
import { portFree } from './port.ts';
import type { Place } from './types.ts';

/** A process as `pm2 jlist` tells it; only what is used here. Its environment is in there too, so the text is never shown. */
export interface Pm2Process {
  readonly name: string;
  readonly pid?: number;
  readonly monit?: { readonly memory?: number };
  readonly pm2_env?: {
    readonly status?: string;
    readonly restart_time?: number;
    readonly unstable_restarts?: number;
    readonly pm_out_log_path?: string;
    readonly pm_err_log_path?: string;
  };
}

const settings = { PM2_DISCRETE_MODE: 'true', NO_COLOR: '1' };

/** Asked without waking pm2: its daemon, where there is none, would be started by the question. */
const LIST = `
command -v pm2 >/dev/null 2>&1 || exit 127
pid=$(cat "\${PM2_HOME:-$HOME/.pm2}/pm2.pid" 2>/dev/null) && kill -0 "$pid" 2>/dev/null || { echo '[]'; exit 0; }
exec pm2 jlist </dev/null
`;

/**
 * Deleted, not stopped: a process that pm2 still knows keeps its old program and variables, and comes back with
 * `pm2 resurrect`. Where somebody uses `pm2 save`, what was saved is brought up to date. The daemon is started here, by a
 * call without the service's variables, or it would keep them.
 */
const DELETE = `
command -v pm2 >/dev/null 2>&1 || exit 127
said=$(pm2 delete "$RR_NAME" </dev/null 2>&1); code=$?
if [ "$code" -ne 0 ]; then
  case "$said" in *"not found"*|*"doesn't exist"*) ;; *) printf '%s\\n' "$said" >&2; exit "$code" ;; esac
fi
`;

const SAVE = `
if grep -qE "\\"name\\": *\\"$RR_NAME\\"" "\${PM2_HOME:-$HOME/.pm2}/dump.pm2" 2>/dev/null; then
  pm2 save --force </dev/null >/dev/null 2>&1 || exit 1
fi
`;

/** Restarts so quick and so many that the program will not come up. */
const hopelessRestarts = 3;

/** A service that pm2 keeps running; the process of a slot is called NAME-SLOT. */
export function pm2Manager(spec: Pm2Spec, { name, host, argumentsOf }: ManagerContext): Manager {
  const nameOf = (place: Place) => (place.slot === null ? spec.pm2 : `${spec.pm2}-${place.slot}`);
  const stopMs = spec['stop-within'] ?? 10_000;
  // Paths of the logs outlive the process in pm2's list.
  const logs = new Map<string, readonly string[]>();

  const remove = async (process: string): Promise<void> => {
    const result = await host.shell(DELETE + SAVE, {
      env: { ...settings, RR_NAME: process },
      timeoutMs: stopMs + 30_000,
    });
    if (result.code !== 0) throw refused(host, `service ${name} could not be stopped`, result);
  };

  const list = async (): Promise<readonly Pm2Process[]> => {
    const result = await host.shell(LIST, { env: settings, timeoutMs: 30_000 });
    if (result.code !== 0) throw refused(host, 'the list of processes could not be read', result);
    return parseList(result.stdout, host.name);
  };

  const find = async (process: string): Promise<Pm2Process | undefined> => {
    const found = (await list()).find((each) => each.name === process);
    const paths = [found?.pm2_env?.pm_out_log_path, found?.pm2_env?.pm_err_log_path].filter(
      (path) => path !== undefined,
    );
    if (paths.length > 0) logs.set(process, [...new Set(paths)]);
    return found;
  };

  const logsOf = async (place: Place): Promise<readonly string[]> => {
    const process = nameOf(place);
    if (!logs.has(process)) await find(process);
    const known = logs.get(process);
    if (known !== undefined) return known;
    // A process that is not in the list has its log where pm2 puts it.
    const home = await host.shell('printf "%s" "${PM2_HOME:-$HOME/.pm2}"\n');
    return ['out', 'error'].map((kind) => `${home.stdout}/logs/${process}-${kind}.log`);
  };

  return {
    async start(place, { directory, env }) {
      const process = nameOf(place);
      await remove(process);
      if (place.port !== undefined) await portFree(host, place.port, `service ${name}`);
      const [program = '', ...args] = argumentsOf(place, env, spec.start);
      const command = ['pm2', 'start', program, '--name', process, '--cwd', directory, '--interpreter', 'none'];
      const options: ExecOptions = { directory, env: { ...env, ...settings }, timeoutMs: 60_000 };
      const result = await host.exec([...command, '--kill-timeout', String(stopMs), '--', ...args], options);
      if (result.code !== 0) throw refused(host, `service ${name} could not be started`, result);
      await host.shell(SAVE, { env: { ...settings, RR_NAME: process } });
    },
    async stop(place) {
      const process = nameOf(place);
      await remove(process);
      if (place.port !== undefined) await portFree(host, place.port, `service ${name}`, stopMs);
    },
    async status(place): Promise<ManagerStatus> {
      const found = await find(nameOf(place));
      const env = found?.pm2_env;
      const status = env?.status;
      const pid = found?.pid !== undefined && found.pid > 0 ? found.pid : undefined;
      const restarts = env?.restart_time;
      return {
        running: status === 'online' && pid !== undefined,
        pid,
        restarts,
        memoryBytes: found?.monit?.memory,
        hopeless: hopelessness(status, restarts ?? 0),
      };
    },
    logs: logsOf,
    traces: logsOf,
  };
}

function hopelessness(status: string | undefined, restarts: number): string | undefined {
  if (status === undefined) return 'pm2 does not know it';
  if (status === 'errored') return `pm2 gave it up as errored after ${restarts} restarts`;
  if (status === 'stopped') return 'pm2 says stopped: its program ended';
  return restarts >= hopelessRestarts ? `pm2 restarts it again and again (${restarts} times so far)` : undefined;
}

/**
 * The list in what `pm2 jlist` printed. Around it pm2 may print its banner, news of its daemon and of updates.
 * @throws RunbookError when there is none
 */
export function parseList(text: string, host: string): readonly Pm2Process[] {
  let empty = false;
  for (let at = text.indexOf('['); at >= 0; at = text.indexOf('[', at + 1)) {
    const next = /\S/.exec(text.slice(at + 1, at + 50))?.[0];
    if (next !== '{' && next !== ']') continue;
    const end = endOfArray(text, at);
    if (end === undefined) continue;
    const found = processes(text.slice(at, end));
    if (found === undefined) continue;
    if (found.length > 0) return found;
    empty = true;
  }
  if (empty) return [];
  throw new RunbookError(`host ${host}: pm2 printed no list of its processes`, {
    hint: `try it on the host: pm2 jlist | head -c 300`,
  });
}

function processes(json: string): readonly Pm2Process[] | undefined {
  try {
    const read = JSON.parse(json) as readonly Pm2Process[];
    return read.every((each) => typeof each?.name === 'string') ? read : undefined;
  } catch {
    return undefined;
  }
}

/** The index behind the bracket that closes the one at `from`; brackets in strings do not count. */
function endOfArray(text: string, from: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && --depth === 0) return at + 1;
  }
  return undefined;
}

function refused(host: Host, what: string, result: ProgramResult): RunbookError {
  if (result.code === 127) {
    return new RunbookError(`${what}: pm2 was not found on host ${host.name}`, {
      hint: "add its folder to the host's `path:` (on the host, `command -v pm2` tells it), or install it: npm install -g pm2",
    });
  }
  if (result.timedOut)
    return new RunbookError(
      `${what}: pm2 on host ${host.name} gave no answer within ${Math.round(result.ms / 1000)} s`,
    );
  const said = stripVTControlCharacters(lastLines(result));
  return new RunbookError(`${what}: pm2 on host ${host.name} ended with ${result.code}: ${said}`);
}
