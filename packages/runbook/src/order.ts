import { RunbookError } from '@release-runbook/units/error';

type Services = Readonly<Record<string, { readonly after?: readonly string[] | undefined }>>;

/**
 * The services in the order of their start: each behind those it names in `after:`, and otherwise as they are written.
 * Names that are no services are passed over.
 * @throws RunbookError when they wait for each other
 */
export function startOrder(services: Services): string[] {
  const cycle = findCycle(services);
  if (cycle !== undefined) {
    throw new RunbookError(`services wait for each other: ${cycle.join(' → ')}`, { hint: 'take one "after:" away' });
  }
  const order: string[] = [];
  const visit = (name: string): void => {
    if (order.includes(name) || !Object.hasOwn(services, name)) return;
    for (const before of services[name]?.after ?? []) visit(before);
    order.push(name);
  };
  for (const name of Object.keys(services)) visit(name);
  return order;
}

/** The first cycle found in `after:`, its first service again at its end: a, b, a. */
export function findCycle(services: Services): string[] | undefined {
  const clear = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    const start = path.indexOf(name);
    if (start >= 0) return [...path.slice(start), name];
    if (clear.has(name) || !Object.hasOwn(services, name)) return undefined;
    for (const before of services[name]?.after ?? []) {
      const cycle = visit(before, [...path, name]);
      if (cycle !== undefined) return cycle;
    }
    clear.add(name);
    return undefined;
  };
  for (const name of Object.keys(services)) {
    const cycle = visit(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
