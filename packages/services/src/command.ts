import { posix } from 'node:path';
import { lastLines, runOn } from '@release-runbook/hosts/run';
import type { CommandSpec } from '@release-runbook/runbook/schema/services';
import { RunbookError } from '@release-runbook/units/error';
import type { Manager } from './manager.ts';
import type { ManagerContext } from './open.ts';
import { portFree } from './port.ts';
import type { Place } from './types.ts';

/**
 * Writes who it is before it becomes the service: pid, start in ticks since boot (else what ps says), boot. So the file is
 * true even when the runner died in this moment, and a later process of the same number is not taken for the service.
 */
const BECOME = `
file=$1; shift
boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -)
if [ -r "/proc/$$/stat" ]; then read -r line <"/proc/$$/stat"; set -- "\${line##*) }" "$@"; else set -- "" "$@"; fi
fields=$1; shift
start=$(printf '%s' "$fields" | cut -d ' ' -f 20)
[ -n "$start" ] || start=$(ps -o lstart= -p "$$" | tr -s ' ' _)
# A process of which nobody knows could be stopped by nobody.
echo "$$ $start $boot" >"$file.partial" && mv "$file.partial" "$file" || { rm -f "$file.partial"; exit 1; }
exec "$@"
`;

/** Functions on the file that BECOME writes ($RR_FILE). A zombie is not alive. */
const LOOK = `
started() {
  if [ -d /proc/self ]; then
    read -r line 2>/dev/null <"/proc/$1/stat" || return 1
    set -- \${line##*) }
    [ "$1" != Z ] && [ "$1" != X ] && echo "\${20}"
  else ps -o lstart= -p "$1" | tr -s ' ' _; fi
}
group() {
  kill -0 -"$1" 2>/dev/null || return 1
  [ -d /proc/self ] || return 0
  for stat in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$stat" || continue
    set -- "$1" \${line##*) }
    [ "$4" = "$1" ] && [ "$2" != Z ] && [ "$2" != X ] && return 0
  done
  return 1
}
pid=; start=; boot=
[ ! -s "$RR_FILE" ] || read -r pid start boot <"$RR_FILE"
[ "\${boot:--}" = "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo -)" ] || pid=
leader=
if [ -n "$pid" ]; then
  now=$(started "$pid") || now=
  if [ "$now" = "$start" ]; then leader=1
  # Another process has the number by now, so nothing of the old group is left (a group in use keeps its number taken).
  elif [ -n "$now" ]; then pid=; fi
fi
`;

const STATUS = `${LOOK}
[ -n "$leader" ] || { echo gone; exit 0; }
pages=; [ ! -r "/proc/$pid/statm" ] || read -r all pages rest <"/proc/$pid/statm"
echo "running $pid \${pages:-} $(getconf PAGESIZE 2>/dev/null || echo 4096)"
`;

/** The whole group is asked to end, then killed; exit 1 when something of it is still there. */
const STOP = `${LOOK}
[ -n "$pid" ] || { rm -f "$RR_FILE"; exit 0; }
group "$pid" || { rm -f "$RR_FILE"; exit 0; }
kill -TERM -"$pid" 2>/dev/null
i=0
while group "$pid" && [ "$i" -lt "$RR_TENTHS" ]; do sleep 0.1; i=$((i + 1)); done
if group "$pid"; then
  kill -KILL -"$pid" 2>/dev/null
  i=0
  while group "$pid" && [ "$i" -lt 50 ]; do sleep 0.1; i=$((i + 1)); done
fi
if group "$pid"; then echo "$pid"; exit 1; fi
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
        'i=0; while [ ! -s "$RR_FILE" ] && [ "$i" -lt 100 ]; do sleep 0.05; i=$((i + 1)); done; [ -s "$RR_FILE" ]\n';
      const written = await host.shell(wait, { env: { RR_FILE: file }, timeoutMs: 20_000 });
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
