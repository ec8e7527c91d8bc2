import { posix } from 'node:path';
import { GROUP, PROCESS } from '@release-runbook/hosts/group';
import { lastLines, runOn } from '@release-runbook/hosts/run';
import type { CommandSpec } from '@release-runbook/runbook/schema/services';
import { RunbookError } from '@release-runbook/units/error';
import type { Manager } from './manager.ts';
import type { ManagerContext } from './open.ts';
import { portFree } from './port.ts';
import type { Place } from './types.ts';

/**
 * Writes who it is before it becomes the service: pid, start in ticks since boot, boot. So the file is true even when the
 * runner died in this moment, and a later process of the same number is not taken for the service.
 */
const BECOME = `${PROCESS}
file=$1; shift
rr_look "$$"
# A process of which nobody knows could be stopped by nobody.
echo "$$ $rr_start $rr_boot" >"$file.partial" && mv "$file.partial" "$file" || { rm -f "$file.partial"; exit 1; }
exec "$@"
`;

/** Reads the file that BECOME writes ($RR_FILE). */
const READ = `${GROUP}
pid=; start=; boot=
[ ! -s "$RR_FILE" ] || read -r pid start boot <"$RR_FILE"
`;

const STATUS = `${READ}
rr_leads "$pid" "$start" "$boot" || { echo gone; exit 0; }
pages=; [ ! -r "/proc/$pid/statm" ] || read -r all pages rest <"/proc/$pid/statm"
echo "running $pid \${pages:-} $(getconf PAGESIZE 2>/dev/null || echo 4096)"
`;

/** The whole group is asked to end, then killed; exit 1 when something of it is still there. */
const STOP = `${READ}
if rr_alive "$pid" "$start" "$boot"; then
  rr_stop "$pid" "$RR_TENTHS"
  if rr_group "$pid"; then echo "$pid"; exit 1; fi
fi
rm -f "$RR_FILE"
`;

/** A service that the suite itself detaches, or one that is started and stopped by the user's own commands. */
export function commandManager(spec: CommandSpec, context: ManagerContext): Manager {
  const { command } = spec;
  return 'stop' in command ? ownCommands(spec, command, context) : detached(spec, command.start, context);
}

function detached(spec: CommandSpec, program: readonly string[], { name, host, argumentsOf }: ManagerContext): Manager {
  const fileOf = async (place: Place, ending: string) =>
    posix.join(await host.state(), 'services', `${place.slot === null ? name : `${name}-${place.slot}`}.${ending}`);
  const stopMs = spec['stop-within'] ?? 10_000;

  const stop = async (place: Place): Promise<void> => {
    const result = await host.shell(STOP, {
      env: { RR_FILE: await fileOf(place, 'process'), RR_TENTHS: String(Math.ceil(stopMs / 100)) },
      timeoutMs: stopMs + 30_000,
    });
    if (result.code === 0) return;
    throw new RunbookError(
      `service ${name} on host ${host.name} could not be stopped: ${lastLines(result) || 'no answer'} is still there after KILL`,
      {
        hint: `see what it waits for: ps -o pid,stat,wchan,args -g ${result.stdout.trim()}`,
      },
    );
  };
  const status = async (place: Place) => {
    const result = await host.shell(STATUS, { env: { RR_FILE: await fileOf(place, 'process') }, timeoutMs: 20_000 });
    const [word, pid = '', pages = '', pageSize = ''] = result.stdout.trim().split(' ');
    if (word !== 'running' && word !== 'gone') {
      throw new RunbookError(`service ${name}: host ${host.name} could not tell whether it runs: ${lastLines(result)}`);
    }
    const running = word === 'running';
    const memoryBytes = running && pageSize !== '' ? Number(pages) * Number(pageSize) : undefined;
    return { running, pid: running ? Number(pid) : undefined, restarts: undefined, memoryBytes };
  };

  return {
    stop: async (place) => {
      await stop(place);
      if (place.port !== undefined) await portFree(host, place.port, `service ${name}`);
    },
    status,
    logs: async (place) => [await fileOf(place, 'log')],
    traces: async (place) => [await fileOf(place, 'log'), await fileOf(place, 'pid')],
    async start(place, { directory, env }) {
      await stop(place);
      if (place.port !== undefined) await portFree(host, place.port, `service ${name}`);
      const file = await fileOf(place, 'process');
      const pid = await host.daemon({
        program: ['/bin/sh', '-c', BECOME, 'sh', file, ...argumentsOf(place, env, program)],
        directory,
        env,
        log: await fileOf(place, 'log'),
        pidFile: await fileOf(place, 'pid'),
      });
      // Until the file is there, or the program has ended already, which the wait for health will say.
      const wait =
        'i=0; while [ ! -s "$RR_FILE" ] && [ "$i" -lt 500 ]; do sleep 0.01; i=$((i + 1)); done; [ -s "$RR_FILE" ]\n';
      const written = await host.shell(wait, { env: { RR_FILE: file }, timeoutMs: 20_000, unfenced: true });
      if (written.code !== 0)
        throw new RunbookError(
          `service ${name} on host ${host.name} (pid ${pid}) could not write who it is to ${file}, so it was not started`,
          { hint: `is there space, and may this user write there? df -h ${posix.dirname(file)}` },
        );
    },
  };
}

function ownCommands(
  spec: CommandSpec,
  commands: Extract<CommandSpec['command'], { stop: unknown }>,
  { name, host, argumentsOf }: ManagerContext,
): Manager {
  // Where the last start was: stop and status may be asked before any.
  const environmentOf = (place: Place) => ({
    ...(place.port === undefined ? {} : { PORT: String(place.port) }),
    ...(place.slot === null ? {} : { SLOT: place.slot }),
  });
  const stopMs = spec['stop-within'] ?? 10_000;
  const status = async (place: Place) => {
    const result = await runOn(host, commands.status, {
      directory: place.directory,
      env: environmentOf(place),
      timeoutMs: 30_000,
    });
    if (result.timedOut)
      throw new RunbookError(`service ${name}: its \`status\` gave no answer within 30 s on host ${host.name}`);
    return { running: result.code === 0, pid: undefined, restarts: undefined, memoryBytes: undefined };
  };
  const stop = async (place: Place): Promise<void> => {
    const result = await runOn(host, commands.stop, {
      directory: place.directory,
      env: environmentOf(place),
      timeoutMs: stopMs + 60_000,
    });
    const deadline = performance.now() + stopMs;
    for (;;) {
      if (!(await status(place)).running) return;
      if (performance.now() > deadline) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new RunbookError(
      `service ${name} on host ${host.name}: its \`stop\` ended with ${result.code}, and its \`status\` says that it still runs\n${lastLines(result)}`,
    );
  };
  return {
    status,
    stop,
    logs: async () => [],
    traces: async () => [],
    async start(place, { directory, env }) {
      if ((await status(place)).running) await stop(place);
      const start = typeof commands.start === 'string' ? commands.start : argumentsOf(place, env, commands.start);
      const result = await runOn(host, typeof start === 'string' ? start : [...start], {
        directory,
        env,
        timeoutMs: 5 * 60_000,
      });
      if (result.code === 0) return;
      throw new RunbookError(
        `service ${name} on host ${host.name}: its \`start\` ended with ${result.timedOut ? 'no answer' : result.code}\n${lastLines(result)}`,
      );
    },
  };
}
