import { findCycle } from '../order.ts';
import { hasPort, portServices } from '../ports.ts';
import type { ServiceSpec } from '../schema/services.ts';
import { checkSections } from '../sections.ts';
import { namesIn } from '../substitute.ts';
import type { RunbookPath } from '../types.ts';
import type { Subject } from './subject.ts';

/** Services: order, names, ports, slots. */
export function checkServices(subject: Subject): void {
  const { services } = subject.sections;
  if (services === undefined) return;
  const cycle = findCycle(services);
  if (cycle !== undefined) {
    const [first = ''] = cycle;
    subject.problem(
      ['services', first, 'after'],
      `services wait for each other: ${cycle.join(' → ')}, expected an order`,
      {
        hint: 'take one "after:" away',
        part: 'key',
      },
    );
  }
  checkProcesses(subject, services);
  checkPorts(subject, services);
  for (const [name, service] of Object.entries(services)) {
    checkSlots(subject, name, service);
    if (service.health !== undefined && usesPort(service.health) && !hasPort(service)) {
      subject.problem(['services', name, 'health'], `$PORT in "health", but "${name}" has no port`, {
        hint: 'add "port: 5000", or slots',
      });
    }
    checkPattern(subject, service.severe, ['services', name, 'severe']);
  }
  checkSameSlots(subject, services);
  checkPortUses(subject, services);
}

export function checkPattern(subject: Subject, pattern: string | undefined, path: RunbookPath): void {
  if (pattern === undefined) return;
  try {
    new RegExp(pattern);
  } catch (error) {
    subject.problem(path, `expected a regular expression: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const usesPort = (text: string): boolean => namesIn(text).includes('PORT');

/** Two processes of one name in one pm2 would replace each other. */
function checkProcesses(subject: Subject, services: Readonly<Record<string, ServiceSpec>>): void {
  const seen = new Map<string, string>();
  for (const [name, service] of Object.entries(services)) {
    if (!('pm2' in service)) continue;
    const slots = Object.keys(service.slots ?? {});
    const processes = slots.length === 0 ? [service.pm2] : slots.map((slot) => `${service.pm2}-${slot}`);
    for (const process of processes) {
      const key = `${service.on} ${process}`;
      const other = seen.get(key);
      if (other !== undefined) {
        subject.problem(
          ['services', name, 'pm2'],
          `the services "${other}" and "${name}" have the same pm2 process "${process}" on "${service.on}", expected a name of its own for each`,
        );
        break;
      }
      seen.set(key, name);
    }
  }
}

function checkPorts(subject: Subject, services: Readonly<Record<string, ServiceSpec>>): void {
  const seen = new Map<string, string>();
  const claim = (host: string, port: number, owner: string, path: RunbookPath): void => {
    const key = `${host}:${port}`;
    const other = seen.get(key);
    if (other === undefined) seen.set(key, owner);
    else
      subject.problem(path, `port ${port} on "${host}" is taken by ${other}, expected a port of its own for ${owner}`);
  };
  for (const [name, service] of Object.entries(services)) {
    if (service.slots === undefined) {
      if (service.port !== undefined) claim(service.on, service.port, `"${name}"`, ['services', name, 'port']);
    }
    for (const [slot, { port }] of Object.entries(service.slots ?? {})) {
      claim(service.on, port, `"${name}" slot "${slot}"`, ['services', name, 'slots', slot, 'port']);
    }
  }
}

function checkSlots(subject: Subject, name: string, service: ServiceSpec): void {
  if (service.slots === undefined) return;
  const path: RunbookPath = ['services', name, 'slots'];
  const slots = Object.entries(service.slots);
  if (slots.length !== 2) {
    subject.problem(path, `"${name}" has ${slots.length === 1 ? 'one slot' : `${slots.length} slots`}, expected two`, {
      hint: 'one slot serves while the other gets the new version: blue and green, for example',
    });
  }
  const [first, second] = slots;
  if (first !== undefined && second !== undefined && normal(first[1].directory) === normal(second[1].directory)) {
    subject.problem(
      [...path, second[0], 'directory'],
      `the slots "${first[0]}" and "${second[0]}" share the directory "${second[1].directory}", expected one for each: a version lies in each`,
    );
  }
  for (const key of ['port', 'directory'] as const) {
    if (service[key] === undefined) continue;
    subject.problem(['services', name, key], `"${key}" beside "slots", expected it in each slot only`, { part: 'key' });
  }
}

const normal = (directory: string): string => directory.replace(/\/+/g, '/').replace(/^\.\/|\/$/g, '');

/** Traffic goes to a slot, and all services of it must be there. */
function checkSameSlots(subject: Subject, services: Readonly<Record<string, ServiceSpec>>): void {
  const slotted = Object.entries(services).filter(([, { slots }]) => slots !== undefined);
  const [first, ...others] = slotted;
  if (first === undefined) return;
  const wanted = Object.keys(first[1].slots ?? {});
  for (const [name, { slots }] of others) {
    const names = Object.keys(slots ?? {});
    if (names.length !== 2) continue;
    if (names.length === wanted.length && names.every((slot) => wanted.includes(slot))) continue;
    subject.problem(
      ['services', name, 'slots'],
      `the slots of "${name}" are called ${names.join(', ')}, expected ${wanted.join(', ')} as those of "${first[0]}": traffic goes to one slot of all services`,
    );
  }
}

/** $PORT in a request stands for one service's port. */
function checkPortUses(subject: Subject, services: Readonly<Record<string, ServiceSpec>>): void {
  const { sections } = subject;
  const use = (url: string | undefined, service: string | undefined, path: RunbookPath): void => {
    if (url === undefined || !usesPort(url)) return;
    const named = service === undefined ? undefined : services[service];
    if (named !== undefined && !hasPort(named)) {
      subject.problem(path, `$PORT of "${service}", which has no port`, { hint: 'add "port: 5000", or slots, to it' });
    }
    if (service !== undefined) return;
    const candidates = portServices(services);
    if (candidates.length === 1) return;
    const which = candidates.length === 0 ? 'no service has a port' : `it could be that of ${candidates.join(' or ')}`;
    const hint =
      candidates.length === 0 ? 'add "port:" or "slots:" to the service' : 'add "service: NAME" beside the url';
    subject.problem(path, `$PORT in the url, but ${which}`, { hint });
  };
  for (const section of checkSections) {
    sections[section]?.forEach((check, index) => {
      const path = [section, index];
      if ('http' in check) use(check.http.url, check.http.service, [...path, 'http', 'url']);
      if ('polling' in check) {
        use(check.polling.url, check.polling.service, [...path, 'polling', 'url']);
        use(check.polling.full, check.polling.service, [...path, 'polling', 'full']);
        use(check.polling.capture?.url, check.polling.service, [...path, 'polling', 'capture', 'url']);
      }
      if ('journey' in check) {
        const { steps, cleanup = [], service } = check.journey;
        steps.forEach(({ url }, step) => {
          use(url, service, [...path, 'journey', 'steps', step, 'url']);
        });
        cleanup.forEach(({ url }, step) => {
          use(url, service, [...path, 'journey', 'cleanup', step, 'url']);
        });
      }
    });
  }
  sections.canary?.metrics?.forEach((metric, index) => {
    if ('http' in metric) use(metric.http.url, metric.http.service, ['canary', 'metrics', index, 'http', 'url']);
  });
}
