import { posix } from 'node:path';
import type { Host } from '@release-runbook/hosts/types';
import type { ServiceSpec } from '@release-runbook/runbook/schema/services';
import { substitute } from '@release-runbook/runbook/substitute';
import { RunbookError } from '@release-runbook/units/error';
import { ask, waitHealthy } from './health.ts';
import { readLog, tailLog } from './log.ts';
import type { Manager } from './manager.ts';
import type { Place, Service } from './types.ts';

/** Variables that may stand in a service's arguments; all others go by its environment, since arguments are there for all to read. */
const IN_ARGUMENTS = ['PORT', 'SLOT', 'VERSION', 'PREVIOUS_VERSION', 'RELEASE', 'TRACK'];

/** Where each kind of service is implemented; a new kind is a line here. */
const managers = {
  pm2: async () => (await import('./pm2.ts')).pm2Manager,
  command: async () => (await import('./command.ts')).commandManager,
} satisfies Record<string, () => Promise<(spec: never, context: ManagerContext) => Manager>>;

/** Lines of the log that an error shows. */
const tailLines = 20;

/** What an implementation gets to know. */
export interface ManagerContext {
  readonly name: string;
  readonly host: Host;
  /** Replaces $PORT, $SLOT, $VERSION … in arguments. */
  readonly argumentsOf: (
    place: Place,
    env: Readonly<Record<string, string>>,
    texts: readonly string[],
  ) => readonly string[];
}

/**
 * A service on its host. Nothing is asked or started yet.
 * @param options.variables what $NAME in the service's `env:`, `start:` and `health:` stands for
 */
export async function openService(
  name: string,
  spec: ServiceSpec,
  host: Host,
  options: { variables: Readonly<Record<string, string>> },
): Promise<Service> {
  const places = placesOf(name, spec);
  const startMarks = new Map<Place, string | undefined>();
  const variablesOf = (at: Place, env: Readonly<Record<string, string>> = {}) => ({
    ...options.variables,
    ...env,
    ...(at.port === undefined ? {} : { PORT: String(at.port) }),
    ...(at.slot === null ? {} : { SLOT: at.slot }),
  });
  const filled = (what: string, text: string, variables: Readonly<Record<string, string>>): string => {
    const result = substitute(text, variables);
    if (result.unknown.length === 0) return result.text;
    throw new RunbookError(
      `service ${name}: ${what} names ${result.unknown.map((each) => `$${each}`).join(', ')}, which has no value`,
      {
        hint: `known here: ${Object.keys(variables)
          .sort()
          .map((each) => `$${each}`)
          .join(', ')}`,
      },
    );
  };
  const context: ManagerContext = {
    name,
    host,
    argumentsOf(at, env, texts) {
      const all = variablesOf(at, env);
      const open = Object.fromEntries(Object.entries(all).filter(([key]) => IN_ARGUMENTS.includes(key)));
      return texts.map((text) => filled('`start:`', text, open));
    },
  };
  const manager = 'pm2' in spec ? (await managers.pm2())(spec, context) : (await managers.command())(spec, context);
  const healthOf = (at: Place) =>
    spec.health === undefined ? undefined : filled('`health:`', spec.health, variablesOf(at));
  const directoryOf = async (at: Place) => {
    const root = await host.directory();
    return posix.isAbsolute(at.directory) ? at.directory : posix.join(root, at.directory);
  };
  return {
    name,
    host,
    spec,
    places: () => places,
    place(slot) {
      const found = places.find((each) => each.slot === slot);
      if (found !== undefined) return found;
      const slots = places.map((each) => each.slot).filter((each) => each !== null);
      throw new RunbookError(
        slots.length === 0
          ? `service ${name} has no slots, so none is called ${slot}`
          : `service ${name} has no slot ${slot ?? '(none)'}; it has ${slots.join(' and ')}`,
      );
    },
    async start(at, env) {
      const variables = variablesOf(at, env);
      const own = Object.entries(spec.env ?? {}).map(
        ([key, text]) => [key, filled(`\`env: ${key}\``, text, variables)] as const,
      );
      const given = { ...Object.fromEntries(own), ...env, ...pick(variables, ['PORT', 'SLOT']) };
      startMarks.set(at, await markOf(at));
      await manager.start(at, { directory: await directoryOf(at), env: given });
    },
    stop: (at) => manager.stop(at),
    async forget(at) {
      const traces = await manager.traces(at);
      await manager.stop(at);
      if (traces.length === 0) return;
      await host.shell('while read -r file; do rm -f "$file"; done\n', { input: `${traces.join('\n')}\n` });
    },
    status: async (at) => {
      const { running, pid, restarts, memoryBytes } = await manager.status(at);
      return { running, pid, restarts, memoryBytes };
    },
    healthy: (at) =>
      waitHealthy({
        name: nameOf(name, at),
        host,
        port: at.port,
        url: healthOf(at),
        readyMs: spec.ready ?? 60_000,
        status: () => manager.status(at),
        tail: () => tailOf(at),
      }),
    ask: async (at) => {
      const answer = await ask({ host, url: healthOf(at), port: at.port }, 5_000, Number.POSITIVE_INFINITY);
      return answer.good ? undefined : answer.text;
    },
    log: async (at, mark) => {
      const files = await logsOf(at);
      if (files.length === 0 && mark === undefined) {
        throw new RunbookError(`service ${name} has no log that can be read`, {
          hint: 'name its files in `log: [logs/app.log]`',
        });
      }
      return readLog(host, files, mark);
    },
  };

  /** Where the logs end before a start, so that lines of earlier runs are not shown as its own. */
  async function markOf(at: Place): Promise<string | undefined> {
    try {
      return (await readLog(host, await logsOf(at), undefined)).mark;
    } catch (error) {
      if (error instanceof RunbookError) return undefined;
      throw error;
    }
  }

  async function tailOf(at: Place): Promise<readonly string[]> {
    const files = await logsOf(at);
    const mark = startMarks.get(at);
    const { lines } = mark === undefined ? { lines: [] } : await readLog(host, files, mark);
    if (lines.length > 0) return lines.slice(-tailLines);
    return tailLog(host, files, tailLines);
  }

  async function logsOf(at: Place): Promise<readonly string[]> {
    if (spec.log === undefined) return manager.logs(at);
    const directory = await directoryOf(at);
    return spec.log.map((path) => (posix.isAbsolute(path) ? path : posix.join(directory, path)));
  }
}

/** `backend (blue)`, or `backend`. */
export function nameOf(name: string, at: Place): string {
  return at.slot === null ? name : `${name} (${at.slot})`;
}

function placesOf(name: string, spec: ServiceSpec): readonly Place[] {
  if (spec.slots === undefined) return [{ slot: null, port: spec.port, directory: spec.directory ?? '.' }];
  const places = Object.entries(spec.slots).map(([slot, { port, directory }]) => ({ slot, port, directory }));
  const [first, second] = places;
  if (first === undefined || second === undefined) {
    throw new RunbookError(`service ${name}: \`slots:\` needs two places, each with a port and a directory`);
  }
  return places;
}

function pick(values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
